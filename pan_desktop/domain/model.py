"""The things the committee works with, frozen: what the store gives back and documents read.

A change goes through a use case of `app`, which writes rows; nobody edits these in place.
The French word of each is in docs/architecture.md, "Words".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from pan_desktop.domain.calendar import DEFAULT_ZONE
from pan_desktop.domain.progress import (
    COMPLETE,
    OverallMethod,
    OverallProgress,
    Rate,
    Rounding,
    overall_progress,
)

if TYPE_CHECKING:
    from datetime import date, time


class Civility(StrEnum):
    """How a person is addressed; it decides the gender of the words that follow."""

    MONSIEUR = "M"
    MADAME = "Mme"


class Role(StrEnum):
    """In what capacity a person speaks for a commitment."""

    FOCAL_POINT = "focal_point"
    ALTERNATE = "alternate"
    GUEST = "guest"


class Presence(StrEnum):
    """Whether a person came; no record at all reads as absent."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class ItemKind(StrEnum):
    """What an agenda item holds: the progress of the commitments, or points."""

    PROGRESS = "progress"
    POINTS = "points"


class ConclusionKind(StrEnum):
    """What a point is: something noted, decided, or to be done."""

    INFORMATION = "information"
    DECISION = "decision"
    ACTION = "action"


class Situation(StrEnum):
    """How a commitment's progress came to be known at a meeting."""

    TO_FILL = "to_fill"
    REPORTED = "reported"
    NO_PROGRESS = "no_progress"
    """The focal point said that nothing moved."""
    ABSENT = "absent"
    """Nobody spoke for the commitment; its percent is carried over."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A theme of a plan, holding some of its commitments."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment of a plan; ``weight`` counts in a weighted overall progress."""

    id: str
    number: int
    title: str = ""
    institution: str = ""
    weight: Decimal = Decimal(1)
    axis_id: str | None = None


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """A national action plan. Its label may change without breaking a link."""

    id: str
    label: str
    starts: date
    ends: date
    method: OverallMethod = OverallMethod.MEAN
    rounding: Rounding = Rounding.HALF_UP
    axes: tuple[Axis, ...] = ()
    commitments: tuple[Commitment, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the committee meets; ``name`` is printed as it stands ("Prénom NOM")."""

    id: str
    civility: Civility
    name: str
    institution: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Mandate:
    """A person's charge of some commitments of one plan, for a time.

    ``valid_to`` is the last day, None while it lasts.
    """

    id: str
    person: Person
    plan_id: str
    role: Role
    commitments: tuple[int, ...]
    valid_from: date
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the mandate is in force on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Body:
    """A body that meets; ``heading`` is the relevé's first line ("RÉUNION DU COMITÉ ...")."""

    id: str
    name: str
    heading: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, by the clock of ``zone``.

    ``stated_overall`` is the committee's own figure where it differs from the computed one;
    it never stands without ``stated_reason``.
    """

    id: str
    body: Body
    plan_id: str
    day: date
    at: time
    place: str = ""
    zone: str = DEFAULT_ZONE
    stated_overall: int | None = None
    stated_reason: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """What became of one person at one meeting, and what she spoke for there.

    ``represented`` is kept as it was that day, whatever happens to the mandates afterwards.
    """

    id: str
    person: Person
    presence: Presence
    represented: tuple[tuple[Role, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """One commitment at one meeting; ``percent`` is None until someone gives it.

    A meeting has one for each commitment that the plan had then: they are its scope.
    """

    id: str
    commitment: Commitment
    percent: int | None = None
    details: str = ""
    situation: Situation = Situation.TO_FILL


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A point of the relevé, in a tree: ``level`` is its depth, counted from 0."""

    id: str
    parent_id: str | None
    position: float
    level: int
    text: str
    kind: ConclusionKind = ConclusionKind.INFORMATION


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda and its section of the minutes.

    ``heading`` is the section's own wording, empty when it is the title's; an item that was
    not ``discussed`` has no section, and one not ``on_agenda`` has only a section.
    """

    id: str
    position: float
    title: str
    heading: str = ""
    kind: ItemKind = ItemKind.POINTS
    on_agenda: bool = True
    discussed: bool = True
    conclusions: tuple[Conclusion, ...] = ()

    @property
    def section_heading(self) -> str:
        """Return the words that head the item's section in the minutes."""
        return self.heading or self.title


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """Everything about one meeting, enough to write its relevé."""

    meeting: Meeting
    plan: ActionPlan
    agenda: tuple[AgendaItem, ...] = ()
    attendances: tuple[Attendance, ...] = ()
    reports: tuple[ProgressReport, ...] = ()

    @property
    def present(self) -> tuple[Attendance, ...]:
        """Return who was there, in the order of the lowest commitment spoken for."""
        there = (a for a in self.attendances if a.presence is Presence.PRESENT)
        return tuple(sorted(there, key=_speaking_order))

    @property
    def scope(self) -> tuple[ProgressReport, ...]:
        """Return the reports of all commitments that the plan had then, by number."""
        return tuple(sorted(self.reports, key=lambda r: r.commitment.number))

    @property
    def completed(self) -> tuple[ProgressReport, ...]:
        """Return the commitments at 100 %, by number."""
        return tuple(r for r in self._known if r.percent == COMPLETE)

    @property
    def under_way(self) -> tuple[ProgressReport, ...]:
        """Return the commitments known to be under 100 %, by number."""
        return tuple(r for r in self._known if r.percent != COMPLETE)

    @property
    def unknown(self) -> tuple[ProgressReport, ...]:
        """Return the commitments whose progress nobody has given, by number."""
        return tuple(r for r in self.scope if r.percent is None)

    @property
    def computed_overall(self) -> OverallProgress | None:
        """Return the overall progress by the plan's method, of the commitments known."""
        rates = [
            Rate(r.percent, r.commitment.weight, r.commitment.axis_id)
            for r in self._known
            if r.percent is not None
        ]
        return overall_progress(rates, self.plan.method, self.plan.rounding)

    @property
    def overall(self) -> int | None:
        """Return the overall progress to print: the stated one, else the computed one."""
        if self.meeting.stated_overall is not None:
            return self.meeting.stated_overall
        computed = self.computed_overall
        return computed.rounded if computed else None

    @property
    def represented(self) -> frozenset[int]:
        """Return the numbers of the commitments that someone present spoke for."""
        return frozenset(number for a in self.present for _, number in a.represented)

    @property
    def _known(self) -> tuple[ProgressReport, ...]:
        return tuple(r for r in self.scope if r.percent is not None)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    id: str
    day: date
    at: time
    body: str
    plan: str
    place: str
    present: int


@dataclass(frozen=True, slots=True)
class LastKnown:
    """A commitment's last stated progress before some meeting."""

    percent: int
    details: str
    day: date


def _speaking_order(attendance: Attendance) -> tuple[bool, int, bool]:
    """Order by lowest commitment, the titular before the alternate, then as recorded."""
    lowest = min(((n, role is Role.ALTERNATE) for role, n in attendance.represented), default=None)
    return (lowest is None, *(lowest or (0, False)))
