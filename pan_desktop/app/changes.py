"""What a use case changed, in kinds coarse enough for a screen to decide whether to refresh."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(Enum):
    """A kind of thing that screens show."""

    PLANS = "plans"
    PEOPLE = "people"
    MEETINGS = "meetings"
    AGENDA = "agenda"
    CONCLUSIONS = "conclusions"
    ATTENDANCE = "attendance"
    PROGRESS = "progress"
    ACTIVITIES = "activities"
    """What a meeting says of the activities of commitments."""
    SETTINGS = "settings"
    TEMPLATES = "templates"
    """House templates, with the parts and words of their relevés."""
    RELEVES = "releves"
    """Confirmed findings, issued versions, files written."""
    WORDS = "words"
    """Usual sentences and the words that the spelling accepts."""
    DISAGREEMENTS = "disagreements"
    """Texts that two have changed, of which one is to be chosen."""


_KINDS = {
    "setting": Kind.SETTINGS,
    "body": Kind.MEETINGS,
    "institution": Kind.PEOPLE,
    "plan": Kind.PLANS,
    "axis": Kind.PLANS,
    "commitment": Kind.PLANS,
    "amendment": Kind.PLANS,
    "statement": Kind.PROGRESS,
    "activity": Kind.PLANS,
    "evidence": Kind.PLANS,
    "person": Kind.PEOPLE,
    "person_alias": Kind.PEOPLE,
    "mandate": Kind.PEOPLE,
    "mandate_commitment": Kind.PEOPLE,
    "meeting": Kind.MEETINGS,
    "agenda_item": Kind.AGENDA,
    "conclusion": Kind.CONCLUSIONS,
    "attendance": Kind.ATTENDANCE,
    "representation": Kind.ATTENDANCE,
    "attendance_file": Kind.ATTENDANCE,
    "stay": Kind.ATTENDANCE,
    "progress_report": Kind.PROGRESS,
    "activity_report": Kind.ACTIVITIES,
    "confirmation": Kind.RELEVES,
    "releve_version": Kind.RELEVES,
    "written_file": Kind.RELEVES,
    "usual_sentence": Kind.WORDS,
    "office_word": Kind.WORDS,
    "saved_filter": Kind.SETTINGS,
    "document_template": Kind.TEMPLATES,
    "meeting_template": Kind.SETTINGS,
    "meeting_template_item": Kind.SETTINGS,
    "disagreement": Kind.DISAGREEMENTS,
}


class Changes(NamedTuple):
    """The kinds of thing that one use case changed."""

    kinds: frozenset[Kind] = frozenset()

    @classmethod
    def of(cls, tables: Iterable[str]) -> Changes:
        """Return the changes that writes to these tables amount to."""
        return cls(frozenset(_KINDS[table] for table in tables))

    @classmethod
    def everything(cls) -> Changes:
        """Return the changes of someone else, of whom nothing more is known."""
        return cls(frozenset(Kind))

    def touch(self, *kinds: Kind) -> bool:
        """Tell whether any of the ``kinds`` changed."""
        return not self.kinds.isdisjoint(kinds)
