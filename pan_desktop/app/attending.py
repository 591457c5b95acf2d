"""Writes who was in the call: presences, hours, other names, guests and mandates, in one step.

Kept are the first arrival and the last departure, each stay, which report said so by its digest
and lines; never the file, a number called from, or an identifier of an account (law 09-08).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from pan_desktop.app.likeness import MatchKind
from pan_desktop.app.meetings import set_presence, set_times
from pan_desktop.app.people import add_person, change_person, set_aliases
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Presence
from pan_desktop.domain.names import same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pan_desktop.app.attendance import Caller, CallStay, Preview
    from pan_desktop.app.people import MandateEdit, PersonEdit
    from pan_desktop.domain.model import Civility, Person
    from pan_desktop.store.unit_of_work import UnitOfWork

NOT_KNOWN = (
    "L’une des personnes choisies n’existe plus\u00a0: rien n’a été enregistré. Relisez le fichier."
)
_LAST = time(23, 59, 59)
_NUMBER = 5
"""A name with so many digits may hold a telephone number."""


class Settled(StrEnum):
    """What is to become of someone who was in the call."""

    PERSON = "person"
    """She is someone the office knows."""
    NEW = "new"
    """She gets a card, and a mandate where one is given; without one she is a guest."""
    ASIDE = "aside"
    """Nothing is written of her."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What someone decided of one caller.

    ``remember`` keeps the name shown as another name of the person; ``keep_email`` writes the
    address on a card that has none.
    """

    caller_id: str
    settled: Settled
    person_id: str = ""
    card: PersonEdit | None = None
    mandate: MandateEdit | None = None
    remember: bool = True
    keep_email: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written: how many by presence, who is new, and who still needs a person."""

    present: int = 0
    excused: int = 0
    absent: int = 0
    new: int = 0
    short: tuple[str, ...] = ()
    """Who was there for less than the least."""
    waiting: tuple[str, ...] = ()
    """Who is neither certain nor settled."""


def certain(seen: Preview) -> tuple[Decision, ...]:
    """Return the decisions that need nobody: those of whom it is certain who they are."""
    return tuple(
        Decision(caller.id, Settled.PERSON, caller.match.best.person_id, remember=False)
        for caller in seen.people
        if caller.match.kind is MatchKind.CERTAIN and caller.match.best is not None
    )


def apply(
    work: UnitOfWork, *, seen: Preview, decisions: Sequence[Decision], least: int = 0
) -> Applied:
    """Write who was in the call: those decided upon, as one step; the same again changes nothing.

    Present is who stayed ``least`` seconds or more. Raises LockedError when the relevé is issued,
    NotFoundError or InputError when what was shown does not exist any more.
    """
    return _Writer(work, seen, least).write(decisions)


class _Writer:
    """Writes one preview."""

    def __init__(self, work: UnitOfWork, seen: Preview, least: int) -> None:
        self._work = work
        self._seen = seen
        self._least = least
        self._callers = {caller.id: caller for caller in seen.people}
        record = work.read.record(seen.meeting_id)
        self._day = record.meeting.day
        self._presences = {a.person.id: a.presence for a in record.attendances}
        self._people = {person.id: person for person in work.read.people()}
        self._made: dict[tuple[Civility, str], str] = {}
        self._short: list[str] = []

    def write(self, decisions: Sequence[Decision]) -> Applied:
        """Write what was decided and return what came of it."""
        groups: defaultdict[str, list[Caller]] = defaultdict(list)
        settled = {d.caller_id for d in decisions}
        for decision in decisions:
            caller = self._callers[decision.caller_id]
            if decision.settled is Settled.ASIDE:
                continue
            person_id = self._person(decision)
            if decision.settled is Settled.PERSON and decision.remember:
                self._remember(person_id, caller)
            if decision.keep_email:
                self._keep_email(person_id, caller)
            groups[person_id].append(caller)
        written = self._write_presences(groups)
        waiting = [c.shown for c in self._seen.people if c.id not in settled]
        return Applied(
            written.count(Presence.PRESENT),
            written.count(Presence.EXCUSED),
            written.count(Presence.ABSENT),
            len(self._made),
            tuple(self._short),
            tuple(waiting),
        )

    def _person(self, decision: Decision) -> str:
        if decision.settled is Settled.NEW:
            assert decision.card is not None
            called = decision.card.civility, folded(decision.card.name)
            if called not in self._made:  # one person on two devices is one card
                card, mandate = decision.card, decision.mandate
                self._made[called] = add_person(self._work, person=card, mandate=mandate)
            return self._made[called]
        if decision.person_id not in self._people:
            raise InputError(NOT_KNOWN)
        return decision.person_id

    # Cards --------------------------------------------------------------------------------

    def _remember(self, person_id: str, caller: Caller) -> None:
        """Keep the names someone was shown under, unless they are her own or another's."""
        person = self._people[person_id]
        own = {folded(name) for name in (person.name, *person.aliases)}
        others = {
            folded(name)
            for other in self._people.values()
            if other.id != person_id
            for name in (other.name, *other.aliases)
        }
        fresh = [
            name
            for name in caller.names
            if not _is_private(name)
            and folded(name) not in own | others
            and same_words(name) != same_words(person.name)
        ]
        if not fresh:
            return
        names = [*self._work.read.aliases().get(person_id, {}), *fresh]
        set_aliases(self._work, person_id=person_id, names=names)
        self._refresh(person_id)

    def _keep_email(self, person_id: str, caller: Caller) -> None:
        """Write the address on a card that has none; one that differs is never replaced."""
        person = self._people.get(person_id)
        if person is None or not caller.email or person.email:
            return
        from pan_desktop.app.people import PersonEdit

        card = PersonEdit(person.civility, person.name, person.institution, caller.email)
        change_person(self._work, person_id=person_id, person=card)
        self._refresh(person_id)

    def _refresh(self, person_id: str) -> None:
        found: Iterable[Person] = self._work.read.people()
        self._people |= {person.id: person for person in found if person.id == person_id}

    # Presences ----------------------------------------------------------------------------

    def _write_presences(self, groups: Mapping[str, Sequence[Caller]]) -> list[Presence]:
        written: list[Presence] = []
        wanted: defaultdict[Presence, list[str]] = defaultdict(list)
        came: dict[str, Sequence[Caller]] = {}
        for person_id, callers in groups.items():
            presence = self._presence(person_id, callers)
            if presence is None:
                continue
            written.append(presence)
            if self._presences.get(person_id) is not presence:
                wanted[presence].append(person_id)
            if presence is Presence.PRESENT:
                came[person_id] = callers
        meeting_id = self._seen.meeting_id
        for presence, ids in wanted.items():
            set_presence(
                self._work,
                meeting_id=meeting_id,
                person_ids=ids,
                presence=presence,
                seen=self._seen.recorded,
            )
        self._write_stays(came)
        return written

    def _presence(self, person_id: str, callers: Sequence[Caller]) -> Presence | None:
        """Return how a person is to be noted, None where nothing is to change."""
        there = [c for c in callers if c.presence is Presence.PRESENT]
        if there:
            if any(self._stayed(caller) for caller in there):
                return Presence.PRESENT
            self._short += [caller.shown for caller in there]
            return None
        if self._presences.get(person_id) is Presence.PRESENT:
            return None  # what the secretariat saw is more than what a list says
        return callers[0].presence

    def _stayed(self, caller: Caller) -> bool:
        return caller.seconds is None or caller.seconds >= self._least

    def _write_stays(self, groups: Mapping[str, Sequence[Caller]]) -> None:
        """Keep each stay of those who came, with the report that says so."""
        if not groups:
            return
        work, meeting_id = self._work, self._seen.meeting_id
        files = self._files(groups)
        attended = {a.person.id: a for a in work.read.record(meeting_id).attendances}
        kept = work.read.stays(meeting_id)
        for person_id, callers in groups.items():
            there = attended[person_id]
            before = kept.get(person_id, ())
            known = {(stay.joined, stay.left) for stay in before}
            told = {self._span(stay): stay for caller in callers for stay in caller.stays}
            for span in sorted(told.keys() - known):
                work.insert(
                    "stay",
                    attendance_id=there.id,
                    attendance_file_id=files[told[span].source],
                    joined=span[0],
                    left=span[1],
                )
            spans = known | told.keys()
            if not spans:
                continue
            arrived, left = _ends(spans)
            earlier = _ends(known) if known else (None, None)
            # Hours that someone typed stand.
            arrived = arrived if there.arrived in {None, earlier[0]} else there.arrived
            left = left if there.left in {None, earlier[1]} else there.left
            if left < arrived:
                continue
            set_times(work, meeting_id=meeting_id, person_id=person_id, arrived=arrived, left=left)

    def _span(self, stay: CallStay) -> tuple[time, time]:
        """Return a stay by the clock of the meeting's day, which ends at midnight."""
        ends = datetime.combine(self._day + timedelta(days=1), time())
        joined = stay.joined.time() if stay.joined < ends else _LAST
        return joined, stay.left.time() if stay.left < ends else _LAST

    def _files(self, groups: Mapping[str, Sequence[Caller]]) -> dict[int, str]:
        """Return the rows of the reports that served, made or brought up to date."""
        from pan_desktop.documents.attendance.sheet import in_ranges

        used: defaultdict[int, set[int]] = defaultdict(set)
        for callers in groups.values():
            for caller in callers:
                for place, line in caller.lines:
                    used[place].add(line)
        known = self._work.read.attendance_files(self._seen.meeting_id)
        found: dict[int, str] = {}
        for number, lines in used.items():
            source = self._seen.sources[number]
            if source.digest in known:
                found[number], before = known[source.digest]
                both = in_ranges(lines | _numbers(before))
                self._work.update("attendance_file", found[number], lines=both)
            else:
                found[number] = self._work.insert(
                    "attendance_file",
                    meeting_id=self._seen.meeting_id,
                    digest=source.digest,
                    source=source.tool,
                    lines=in_ranges(lines),
                )
        return found


def _is_private(name: str) -> bool:
    """Tell whether a shown name holds a number called from, or an address."""
    return "@" in name or sum(c.isdigit() for c in name) >= _NUMBER


def _ends(spans: Iterable[tuple[time, time]]) -> tuple[time, time]:
    """Return the first arrival and the last departure."""
    listed = list(spans)
    return min(joined for joined, _ in listed), max(left for _, left in listed)


def _numbers(ranges: str) -> set[int]:
    """Return the numbers of "2-14, 16"."""
    found: set[int] = set()
    for part in filter(None, ranges.split(", ")):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found
