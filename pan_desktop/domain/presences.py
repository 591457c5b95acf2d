"""Who came to the meetings of a plan: what each person and each commitment shows over time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pan_desktop.domain.model import Presence, ReleveState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, time

    from pan_desktop.domain.model import ActionPlan, Commitment, Mandate, Person, Role


@dataclass(frozen=True, slots=True)
class MeetingDay:
    """A meeting as a column of a matrix."""

    id: str
    day: date
    at: time
    body: str
    state: ReleveState = ReleveState.DRAFT


@dataclass(frozen=True, slots=True)
class Came:
    """What is recorded of one person at one meeting; ``by_id`` came in her place."""

    meeting_id: str
    person_id: str
    presence: Presence
    spoke_for: tuple[tuple[Role, int], ...] = ()
    by_id: str | None = None


class Cell(Enum):
    """What a matrix shows where a row meets a meeting."""

    PRESENT = "present"
    REPRESENTED = "represented"
    EXCUSED = "excused"
    ABSENT = "absent"
    GUEST = "guest"
    """There without a mandate that day."""
    NOT_EXPECTED = "not_expected"

    @property
    def expected(self) -> bool:
        """Tell whether someone was waited for."""
        return self not in {Cell.GUEST, Cell.NOT_EXPECTED}

    @property
    def spoken_for(self) -> bool:
        """Tell whether someone was there for the row."""
        return self in {Cell.PRESENT, Cell.REPRESENTED}


@dataclass(frozen=True, slots=True)
class Share:
    """Of how many meetings where someone was expected, how many saw someone."""

    seen: int
    expected: int

    @property
    def percent(self) -> int | None:
        """Return it as a whole percent, rounded to the nearest; None where nobody was expected."""
        if not self.expected:
            return None
        return (200 * self.seen + self.expected) // (2 * self.expected)


def share_of(cells: Iterable[Cell]) -> Share:
    """Return the share of the meetings where someone was expected that saw someone."""
    waited = [cell for cell in cells if cell.expected]
    return Share(sum(cell.spoken_for for cell in waited), len(waited))


@dataclass(frozen=True, slots=True)
class PersonPresence:
    """A person across the meetings, a cell a meeting."""

    person: Person
    numbers: tuple[int, ...]
    """The commitments she was ever charged with in the plan."""
    cells: tuple[Cell, ...]
    missed: int
    """How many of the last meetings she was expected at in a row saw neither her nor another."""
    last_seen: date | None

    @property
    def id(self) -> str:
        """Return the person's identifier."""
        return self.person.id

    @property
    def share(self) -> Share:
        """Return how often she, or who came in her place, was there."""
        return share_of(self.cells)


@dataclass(frozen=True, slots=True)
class CommitmentPresence:
    """A commitment across the meetings: whether anyone spoke for it."""

    commitment: Commitment
    cells: tuple[Cell, ...]
    missed: int
    last_seen: date | None

    @property
    def id(self) -> str:
        """Return the commitment's identifier."""
        return self.commitment.id

    @property
    def share(self) -> Share:
        """Return how often someone spoke for it."""
        return share_of(self.cells)


@dataclass(frozen=True, slots=True)
class InstitutionPresence:
    """An institution's people across the meetings, together."""

    id: str
    share: Share
    people: int


@dataclass(frozen=True, slots=True)
class Presences:
    """Who came to the meetings of a plan."""

    meetings: tuple[MeetingDay, ...]
    people: tuple[PersonPresence, ...]
    commitments: tuple[CommitmentPresence, ...]
    institutions: tuple[InstitutionPresence, ...]


def presences(
    plan: ActionPlan,
    meetings: Sequence[MeetingDay],
    came: Iterable[Came],
    mandates: Sequence[Mandate],
    people: Iterable[Person],
) -> Presences:
    """Return who came to the meetings held, in the order given.

    No record reads as absent where a mandate was in force that day; people whose only part is
    an alternate's are expected only where recorded.
    """
    recorded = {(c.meeting_id, c.person_id): c for c in came}
    known = {person.id: person for person in people}
    held: defaultdict[str, list[Mandate]] = defaultdict(list)
    for mandate in mandates:
        held[mandate.person.id].append(mandate)
    there = dict.fromkeys([*held, *(person_id for _, person_id in recorded)])
    rows = [
        _person(known[person_id], meetings, recorded, held.get(person_id, []))
        for person_id in there
        if person_id in known
    ]
    rows = [row for row in rows if any(cell is not Cell.NOT_EXPECTED for cell in row.cells)]
    rows.sort(key=lambda row: (not row.numbers, row.numbers[:1], row.person.name))
    return Presences(
        tuple(meetings),
        tuple(rows),
        tuple(_commitment(c, meetings, recorded.values()) for c in plan.commitments),
        _institutions(rows),
    )


def _person(
    person: Person,
    meetings: Sequence[MeetingDay],
    recorded: dict[tuple[str, str], Came],
    mandates: Sequence[Mandate],
) -> PersonPresence:
    cells = tuple(
        _cell(recorded.get((meeting.id, person.id)), meeting.day, mandates) for meeting in meetings
    )
    numbers = sorted({number for mandate in mandates for number in mandate.commitments})
    return PersonPresence(person, tuple(numbers), cells, *_absence(cells, meetings))


def _cell(came: Came | None, day: date, mandates: Sequence[Mandate]) -> Cell:
    in_force = [mandate for mandate in mandates if mandate.covers(day)]
    if came is None:
        # An alternate is not waited for: she comes when the titular does not.
        titular = any(mandate.role.value == "focal_point" for mandate in in_force)
        return Cell.ABSENT if titular else Cell.NOT_EXPECTED
    match came.presence:
        case Presence.PRESENT:
            return Cell.PRESENT if came.spoke_for or in_force else Cell.GUEST
        case Presence.REPRESENTED:
            return Cell.REPRESENTED
        case Presence.EXCUSED:
            return Cell.EXCUSED
    return Cell.ABSENT


def _commitment(
    commitment: Commitment, meetings: Sequence[MeetingDay], recorded: Iterable[Came]
) -> CommitmentPresence:
    spoken = {
        came.meeting_id
        for came in recorded
        if came.presence is Presence.PRESENT
        and any(number == commitment.number for _, number in came.spoke_for)
    }
    cells = tuple(
        Cell.PRESENT
        if meeting.id in spoken
        else Cell.ABSENT
        if commitment.counts_on(meeting.day)
        else Cell.NOT_EXPECTED
        for meeting in meetings
    )
    return CommitmentPresence(commitment, cells, *_absence(cells, meetings))


def _absence(cells: Sequence[Cell], meetings: Sequence[MeetingDay]) -> tuple[int, date | None]:
    """Return for how many meetings in a row nobody came, and the last day someone did."""
    missed = 0
    for cell in reversed(cells):
        if cell.spoken_for or cell is Cell.GUEST:
            break
        missed += cell.expected
    seen = (
        meeting.day
        for cell, meeting in zip(cells, meetings, strict=True)
        if cell.spoken_for or cell is Cell.GUEST
    )
    return missed, max(seen, default=None)


def _institutions(rows: Iterable[PersonPresence]) -> tuple[InstitutionPresence, ...]:
    houses: defaultdict[str, list[PersonPresence]] = defaultdict(list)
    for row in rows:
        if row.share.expected:
            houses[row.person.institution].append(row)
    return tuple(
        InstitutionPresence(
            name, share_of(cell for row in houses[name] for cell in row.cells), len(houses[name])
        )
        for name in sorted(houses, key=lambda name: (not name, name))
    )
