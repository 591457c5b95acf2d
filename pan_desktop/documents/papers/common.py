"""What the papers share: texts with places to fill in, letter heads, who is what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.documents.compose import list_item, typed_runs
from pan_desktop.documents.model import Document, ItemList, Paragraph, Properties, Run, Runs
from pan_desktop.domain.calendar import date_in_words, hour, plain_date
from pan_desktop.domain.papers import SECRETARIAT, filled
from pan_desktop.domain.typography import NBSP, enumeration
from pan_desktop.domain.wording import civility, quality

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pan_desktop.documents.model import Block
    from pan_desktop.domain.model import MeetingRecord, Person, Role
    from pan_desktop.domain.typography import Typography

LIST = "{liste}"
"""A paragraph of its own in a text: the list goes there."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every paper of a meeting is made with."""

    record: MeetingRecord
    style: Typography
    author: str
    """Who signs; the secretariat where nobody is named."""
    written: datetime
    """An aware instant, by the clock of the meeting's zone: a letter is dated by it."""

    @property
    def moment(self) -> str:
        """Return "14 octobre 2026"."""
        return plain_date(self.record.meeting.day)

    @property
    def signature(self) -> str:
        """Return who signs."""
        return " ".join(self.author.split()) or SECRETARIAT

    def values(self, appel: str) -> dict[str, str]:
        """Return what fills the places of a text."""
        meeting = self.record.meeting
        return {
            "appel": appel,
            "instance": meeting.body.name,
            "plan": self.record.plan.label,
            "date": self.moment,
            "heure": hour(meeting.at, self.style),
            "lieu": " ".join(meeting.place.split()),
        }

    def runs(self, text: str) -> Runs:
        """Return a text as runs, dressed in the style."""
        return typed_runs(text, "", self.style)

    def paragraph(self, text: str, *, half: bool = False, apart: bool = False) -> Paragraph:
        """Return a text as a paragraph; ``half`` and ``apart`` as the model has them."""
        return Paragraph(self.runs(text), half, apart)

    def labelled(self, label: str, text: str) -> Paragraph:
        """Return "Objet : …", set apart, the label bold."""
        words = (Run(f"{label}{NBSP}: ", bold=True), *self.runs(text))
        return Paragraph(words, apart=True)

    def bullets(self, entries: Iterable[str]) -> ItemList:
        """Return texts as a list with bullets."""
        return ItemList(tuple(list_item(0, text, "", False, self.style) for text in entries))

    def body(self, text: str, values: dict[str, str], entries: Iterable[str] = ()) -> list[Block]:
        """Return a text as paragraphs, its places filled in, the list where it says so."""
        found: list[Block] = []
        for part in text.split("\n\n"):
            words = part.strip()
            if words == LIST:
                found.append(self.bullets(entries))
            elif words:
                found.append(self.paragraph(filled(words, values)))
        return found

    def document(self, name: str, blocks: Iterable[Block]) -> Document:
        """Return a whole paper called ``name``."""
        meeting = self.record.meeting
        properties = Properties(
            title=f"{name}, {meeting.body.name}, {date_in_words(meeting.day)}",
            subject=f"Plan d’action national {self.record.plan.label}",
            author=self.signature,
            created=self.written,
            identifier=meeting.id,
        )
        return Document(properties, self.style, tuple(blocks))

    def called(self, person: Person) -> str:
        """Return "Mme Salma AZROUNI" as the style writes it."""
        return f"{civility(person.civility, self.style)}{NBSP}{person.name}"


def qualities(person: Person, speaks_for: tuple[tuple[Role, int], ...]) -> str:
    """Return in what capacities a person comes, without numbers: "point focal"."""
    roles = dict.fromkeys(role for role, _ in speaks_for)
    return ", ".join(quality(role, person.civility, ()) for role in roles)


def charge(person: Person, speaks_for: tuple[tuple[Role, int], ...]) -> str:
    """Return what a person comes for: "point focal engagements 1 et 3, suppléante …"."""
    roles = dict.fromkeys(role for role, _ in speaks_for)
    return ", ".join(
        quality(role, person.civility, tuple(n for r, n in speaks_for if r is role))
        for role in roles
    )


def numbers(speaks_for: tuple[tuple[Role, int], ...]) -> str:
    """Return the commitments spoken for: "1, 3 et 8"."""
    return enumeration([str(number) for number in sorted({n for _, n in speaks_for})])
