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
from pan_desktop.domain.dates_in_text import Precision
from pan_desktop.domain.layout import AS_EVER, Layout
from pan_desktop.domain.progress import (
    COMPLETE,
    CompletionLevel,
    OverallMethod,
    OverallProgress,
    Rate,
    Rounding,
    overall_progress,
)

if TYPE_CHECKING:
    from datetime import date, datetime, time


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
    REPRESENTED = "represented"
    """Someone else came in her place and speaks for her commitments."""
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


class ReleveState(StrEnum):
    """How far a relevé has come; all but a draft are locked."""

    DRAFT = "draft"
    ISSUED = "issued"
    CORRECTED = "corrected"
    """Issued again after it was reopened."""
    APPROVED = "approved"


class ActivityState(StrEnum):
    """How far a planned activity has come."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    IMPOSSIBLE = "impossible"
    """It can no longer be done; its commitment stays under 100 % (domain facts, 0.4 C1)."""


class AmendmentKind(StrEnum):
    """What became of a commitment in the middle of its plan."""

    AMENDED = "amended"
    SPLIT = "split"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Axis:
    """A theme of a plan, holding some of its commitments."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something that an activity has produced can be seen."""

    id: str
    address: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """A planned activity of a commitment.

    ``percent`` is the rate noted outside meetings, on ``noted_on``.
    """

    id: str
    number: int
    title: str
    weight: Decimal = Decimal(1)
    state: ActivityState = ActivityState.PLANNED
    starts: date | None = None
    ends: date | None = None
    percent: int | None = None
    noted_on: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of a commitment in the middle of its plan; ``former_title`` is what it was."""

    id: str
    kind: AmendmentKind
    day: date
    reason: str
    former_title: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment of a plan; ``weight`` counts in a weighted overall progress.

    ``origin_id`` is the commitment it was split from.
    """

    id: str
    number: int
    title: str = ""
    institution: str = ""
    weight: Decimal = Decimal(1)
    axis_id: str | None = None
    activities: tuple[Activity, ...] = ()
    completion: CompletionLevel | None = None
    origin_id: str | None = None
    amendments: tuple[Amendment, ...] = ()

    @property
    def ended(self) -> Amendment | None:
        """Return how it left the plan, None while it is part of it."""
        over = (a for a in self.amendments if a.kind is not AmendmentKind.AMENDED)
        return min(over, key=lambda a: a.day, default=None)

    def counts_on(self, day: date) -> bool:
        """Tell whether the commitment is part of its plan on ``day``."""
        return self.ended is None or day < self.ended.day


@dataclass(frozen=True, slots=True)
class Statement:
    """A commitment's rate as ``author`` stated it between two meetings."""

    id: str
    commitment_id: str
    day: date
    percent: int
    author: str
    reason: str


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
    midterm: date | None = None
    """The day of the mid-term review, where the office names one."""

    @property
    def middle(self) -> date:
        """Return the plan's mid-term: the day the office names, else the middle of its period."""
        return self.midterm or self.starts + (self.ends - self.starts) / 2


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the committee meets; ``name`` is printed as it stands ("Prénom NOM")."""

    id: str
    civility: Civility
    name: str
    institution: str = ""
    email: str = ""
    aliases: tuple[str, ...] = ()
    """Her name as it stands elsewhere (in video calls); given where a question needs them."""


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
    state: ReleveState = ReleveState.DRAFT
    template_id: str | None = None
    """The house template that its relevé is written with; None for the program's own."""
    connection: str = ""
    """How to join it from afar (link, identifier, code), as typed; only invitations say it."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """What became of one person at one meeting, and what she spoke for there.

    ``represented`` is kept as it was that day, whatever happens to the mandates afterwards.
    ``by`` is who came in the place of a person that is REPRESENTED. ``arrived`` and ``left``
    are kept only where the secretariat notes them; the relevé does not print them.
    """

    id: str
    person: Person
    presence: Presence
    represented: tuple[tuple[Role, int], ...] = ()
    by: Person | None = None
    arrived: time | None = None
    left: time | None = None


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """One activity of a commitment at one meeting."""

    id: str
    activity: Activity
    percent: int | None = None
    details: str = ""
    marks: str = ""
    """The marks of ``details``, as ``domain.marks`` writes them."""


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
    marks: str = ""
    """The marks of ``details``, as ``domain.marks`` writes them."""
    activities: tuple[ActivityReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due: the days it covers, how exactly, and the words that said so."""

    first: date
    last: date
    precision: Precision
    said: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is to become of a decision or an action: who, by when, and the day it was done.

    ``owner`` is in words ("les administrations concernées"); ``owner_id`` names the person
    where it is one that the office knows.
    """

    owner: str = ""
    owner_id: str | None = None
    deadline: Deadline | None = None
    done_on: date | None = None
    done_meeting_id: str | None = None
    """The meeting that took note of it."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A point of the relevé, in a tree: ``level`` is its depth, counted from 0."""

    id: str
    parent_id: str | None
    position: float
    level: int
    text: str
    kind: ConclusionKind = ConclusionKind.INFORMATION
    marks: str = ""
    """The marks of ``text``, as ``domain.marks`` writes them."""
    numbered: bool = False
    """Whether it is counted among its neighbours rather than given a bullet."""
    follow_up: FollowUp = FollowUp()


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
    layout: Layout = AS_EVER
    """Which parts its relevé has, as the meeting's house template sets them."""

    @property
    def present(self) -> tuple[Attendance, ...]:
        """Return who was there, in the order of the lowest commitment spoken for."""
        return self.with_presence(Presence.PRESENT)

    def with_presence(self, presence: Presence) -> tuple[Attendance, ...]:
        """Return who is recorded so, in the order of the lowest commitment spoken for."""
        found = (a for a in self.attendances if a.presence is presence)
        return tuple(sorted(found, key=_speaking_order))

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
    state: ReleveState = ReleveState.DRAFT
    plan_id: str = ""


@dataclass(frozen=True, slots=True)
class LastKnown:
    """A commitment's last stated progress before some meeting."""

    percent: int
    details: str
    day: date
    marks: str = ""
    silent: int = 0
    """At how many meetings in a row, up to that one's, nobody reported anything new."""


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action of an earlier meeting that is not done."""

    id: str
    text: str
    follow_up: FollowUp
    meeting_id: str
    day: date


@dataclass(frozen=True, slots=True)
class UsualSentence:
    """A sentence the office writes often; ``short_name`` types it."""

    id: str
    short_name: str
    text: str


@dataclass(frozen=True, slots=True)
class MeetingTemplate:
    """How a kind of meeting is usually held: who meets, when, where, and its agenda's titles."""

    id: str
    name: str
    body: str
    at: time | None
    place: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A finding that someone has looked at and says is right as it is."""

    id: str
    finding: str
    """The finding's own key (``Finding.key``)."""
    check: str
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReleveVersion:
    """A relevé as it was issued: its file is kept, and what it digests to."""

    id: str
    number: int
    state: ReleveState
    file_name: str
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    issued_at: datetime
    author: str
    reopened_at: datetime | None = None
    reopened_by: str = ""
    reopened_reason: str = ""


def _speaking_order(attendance: Attendance) -> tuple[bool, int, bool]:
    """Order by lowest commitment, the titular before the alternate, then as recorded."""
    lowest = min(((n, role is Role.ALTERNATE) for role, n in attendance.represented), default=None)
    return (lowest is None, *(lowest or (0, False)))
