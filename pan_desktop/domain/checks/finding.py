"""What the checks are given, and what they give back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from pan_desktop.domain.progress import COMPLETE
from pan_desktop.domain.typography import Typography, enumeration
from pan_desktop.domain.wording import civility

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pan_desktop.domain.model import (
        LastKnown,
        Mandate,
        MeetingRecord,
        Person,
        ProgressReport,
    )
    from pan_desktop.domain.wording import Sentences


class Level(StrEnum):
    """How much a finding weighs."""

    BLOCKING = "blocking"
    """The relevé is not issued before someone confirms that it is right as it is."""
    WARNING = "warning"
    INFO = "info"


class Field(StrEnum):
    """Which text of the relevé a place is in."""

    PLACE = "place"
    """Where the meeting is held; its id is the meeting's."""
    TITLE = "title"
    """An agenda item's title; its id is the item's."""
    HEADING = "heading"
    """The own wording of an item's section; its id is the item's."""
    POINT = "point"
    """A point of a section; its id is the conclusion's."""
    DETAILS = "details"
    """The details of a commitment; its id is the progress report's."""


@dataclass(frozen=True, slots=True)
class Place:
    """A text of the relevé, named so that the window can go there."""

    field: Field
    id: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that is offered, never made: ``found`` at ``start`` becomes ``replacement``."""

    place: Place
    start: int
    found: str
    replacement: str

    def applied(self, text: str) -> str | None:
        """Return ``text`` with the change made, None when it no longer stands there."""
        end = self.start + len(self.found)
        if text[self.start : end] != self.found:
            return None
        return f"{text[: self.start]}{self.replacement}{text[end:]}"


@dataclass(frozen=True, slots=True)
class Reassignment:
    """A commitment mistaken for another in what a person came for ("14 et 16" for "13 et 16").

    Offered where it is a likely cause, never made.
    """

    person_id: str
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found by the check ``id``: in ``message`` what, where, and what to look at."""

    id: str
    level: Level
    message: str
    commitments: tuple[int, ...] = ()
    item: str | None = None
    """The identifier of the agenda item it is about."""
    people: tuple[str, ...] = ()
    """The identifiers of the persons it is about."""
    place: Place | None = None
    """The text to look at, where there is one."""
    repairs: tuple[Repair, ...] = ()
    hint: str = ""
    """A likely cause, to be judged by a person; never a correction."""
    reassignment: Reassignment | None = None

    @property
    def key(self) -> str:
        """Return what tells the finding from others, in hexadecimal.

        It stays while the same thing is found, and changes with what was found: a confirmation
        does not outlive what it confirmed.
        """
        place = (self.place.field.value, self.place.id) if self.place else ("", "")
        said = (self.id, *place, *map(str, self.commitments), *self.people, self.message)
        return sha256("\x1f".join(said).encode()).hexdigest()[:32]

    @property
    def sentences(self) -> str:
        """Return the message and, where there is one, the hint."""
        return f"{self.message} {self.hint}".rstrip()


@dataclass(frozen=True, slots=True)
class Undecided:
    """Two texts, or a change and a removal, between which nobody has chosen yet."""

    where: str
    """What it is about: "point « Budget », texte"."""
    place: Place | None
    texts: bool
    """Whether two texts stand against each other."""


@dataclass(frozen=True, slots=True)
class Subject:
    """All that the checks look at."""

    record: MeetingRecord
    sentences: Sentences
    mandates: tuple[Mandate, ...] = ()
    """Those of the plan, of whatever time."""
    last_known: Mapping[str, LastKnown] = field(default_factory=dict)
    """By commitment identifier, what the last earlier meeting stated."""
    holidays: Mapping[date, str] = field(default_factory=dict)
    """The names of the public holidays, by day."""
    undecided: tuple[Undecided, ...] = ()
    """What waits for a choice in this meeting."""

    @property
    def in_force(self) -> tuple[Mandate, ...]:
        """Return the mandates in force on the meeting's day."""
        day = self.record.meeting.day
        return tuple(mandate for mandate in self.mandates if mandate.covers(day))

    @property
    def open_reports(self) -> tuple[ProgressReport, ...]:
        """Return the reports that are not at 100 %, by number: only their details are printed."""
        return tuple(r for r in self.record.scope if r.percent != COMPLETE)


# Words -----------------------------------------------------------------------------------


def engagements(numbers: Iterable[int]) -> str:
    """Return "engagement 4", "engagements 14 et 15"."""
    listed = [str(number) for number in sorted(set(numbers))]
    return f"{'engagement' if len(listed) == 1 else 'engagements'} {enumeration(listed)}"


def about(numbers: Iterable[int]) -> str:
    """Return the words that open a message: "Engagements 14 et 15"."""
    words = engagements(numbers)
    return words[0].upper() + words[1:]


def person_name(person: Person) -> str:
    """Return "Mme Salma AZROUNI"."""
    return f"{civility(person.civility, Typography.SOIGNE)} {person.name}"


def quoted(texts: Sequence[str]) -> str:
    """Return texts between French quotation marks: "« a » et « b »"."""
    return enumeration([f"« {text} »" for text in texts])


def shortened(text: str, length: int = 70) -> str:
    """Return a text in one line, cut at a word where it is long."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return f"{line[: length - 1].rsplit(' ', 1)[0]}…"
