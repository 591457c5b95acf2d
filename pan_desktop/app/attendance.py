"""Who was in the call: reports read, people recognised, all shown before anything is written.

What is kept is decided in ``app.attending``. A telephone number is shown, so that someone can say
whose it is, and never stored.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pan_desktop.app.likeness import Match, MatchKind, Shown, propose
from pan_desktop.app.office import reading
from pan_desktop.app.written import read
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Presence
from pan_desktop.domain.names import same_words, tokens, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import Protocol

    from pan_desktop.app.meetings import Noted
    from pan_desktop.app.office import Outcome
    from pan_desktop.documents.attendance.reader import Clock, Sheet
    from pan_desktop.documents.attendance.sheet import Attendee
    from pan_desktop.domain.model import ActionPlan, Meeting, Person
    from pan_desktop.store.unit_of_work import UnitOfWork

    class Runs(Protocol):
        """The office, or a worker's stand-in for it."""

        def run(self, use_case: Callable[..., Any], **arguments: Any) -> Outcome[Any]:
            """Run a use case."""
            ...


KEPT = "rien n’a été repris"
PASTED = "liste collée"
LARGEST = 16 * 1024 * 1024
"""In bytes, of one report."""
MOST_FILES = 40
MOST_PEOPLE = 2_000
CROWD = (
    "Les fichiers nomment plus de {most} personnes\u00a0: rien n’a été repris. Choisissez les "
    "rapports d’une seule réunion du comité."
)
TOO_MANY = (
    "Plus de {most} fichiers ont été choisis\u00a0: rien n’a été repris. Choisissez les rapports "
    "d’une seule réunion."
)
_STRENGTH = (Presence.PRESENT, Presence.REPRESENTED, Presence.EXCUSED, Presence.ABSENT)


@dataclass(frozen=True, slots=True)
class CallStay:
    """From when to when someone was in the call, by the ``source``-th report."""

    source: int
    joined: datetime
    left: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """A report that was read; ``known`` when it served for this meeting before."""

    name: str
    tool: str
    digest: str
    known: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """Someone who was in the call, as the reports show her, and who she may be."""

    id: str
    shown: str
    email: str
    names: tuple[str, ...]
    role: str
    stays: tuple[CallStay, ...]
    seconds: int | None
    """How long she was there, None where the reports do not say."""
    presence: Presence
    phone: bool
    """Whether what is shown is the number she called from."""
    lines: tuple[tuple[int, int], ...]
    """The lines that name her: number of the report, line."""
    match: Match

    @property
    def first(self) -> datetime | None:
        """Return when she came first, None where the reports do not say."""
        return min((stay.joined for stay in self.stays), default=None)

    @property
    def last(self) -> datetime | None:
        """Return when she left last, None where the reports do not say."""
        return max((stay.left for stay in self.stays), default=None)


@dataclass(frozen=True, slots=True)
class Omitted:
    """A line of a report that was not taken, and why, in French."""

    source: str
    line: int
    reason: str

    @property
    def id(self) -> str:
        """Return what tells the line from others."""
        return f"{self.source} {self.line} {self.reason}"


@dataclass(frozen=True, slots=True)
class Preview:
    """Who was in the call of a meeting, before anything is written."""

    meeting_id: str
    sources: tuple[Source, ...]
    people: tuple[Caller, ...]
    left_out: tuple[Omitted, ...]
    remarks: tuple[str, ...]
    known: tuple[Person, ...]
    """Everyone the office knows, to choose from."""
    plan: ActionPlan
    """The meeting's, for a new mandate."""
    recorded: dict[str, Noted]
    """By person, how she is noted at the meeting by now."""


@dataclass(frozen=True, slots=True)
class _Room:
    """What is known of the meeting before the reports are read."""

    meeting: Meeting
    plan: ActionPlan
    people: tuple[Person, ...]
    expected: frozenset[str]
    recorded: dict[str, Noted]
    digests: frozenset[str]


def read_files(
    office: Runs, *, meeting_id: str, files: Sequence[Path], pasted: str = ""
) -> Preview:
    """Return who was in the call by the reports of one meeting; nothing is written.

    ``pasted`` is a list of names that was pasted or typed besides.

    Raises InputError in one sentence for a file that is no such report, of another day or cut,
    NotFoundError for a meeting that does not exist.
    """
    if len(files) > MOST_FILES:
        raise InputError(TOO_MANY.format(most=MOST_FILES))
    room = office.run(_room, meeting_id=meeting_id).result
    contents = [(file.name, read(file, kept=KEPT, limit=LARGEST)) for file in files]
    return _seen(room, contents=contents, pasted=pasted)


def read_contents(
    office: Runs, *, meeting_id: str, contents: Sequence[tuple[str, bytes]]
) -> Preview:
    """Return who was in the call by reports that were read already, each after its name."""
    room = office.run(_room, meeting_id=meeting_id).result
    return _seen(room, contents=contents)


def read_pasted(office: Runs, *, meeting_id: str, text: str) -> Preview:
    """Return who was in the call by a list that was pasted or typed."""
    room = office.run(_room, meeting_id=meeting_id).result
    return _seen(room, contents=[], pasted=text)


@reading
def _room(work: UnitOfWork, *, meeting_id: str) -> _Room:
    from pan_desktop.app.meetings import view_meeting

    view = view_meeting(work, meeting_id=meeting_id)
    noted = {seat.person.id: seat.noted for seat in view.seats if seat.presence is not None}
    return _Room(
        view.record.meeting,
        view.record.plan,
        work.read.people(),
        frozenset(seat.person.id for seat in view.seats if seat.expected or seat.presence),
        noted,
        frozenset(work.read.attendance_files(meeting_id)),
    )


def _seen(room: _Room, *, contents: Sequence[tuple[str, bytes]], pasted: str = "") -> Preview:
    from pan_desktop.documents.attendance import reader  # not at start

    meeting = room.meeting
    clock = reader.Clock(meeting.day, meeting.at, meeting.zone)
    sheets = _sheets(reader.read, contents, clock)
    if pasted:
        sheets.append(reader.read_pasted(pasted, PASTED, clock))
    callers = _callers(sheets)
    if len(callers) > MOST_PEOPLE:
        raise InputError(CROWD.format(most=MOST_PEOPLE))
    shown = [Shown("" if c.phone else c.shown, c.email, c.names) for c in callers]
    matches = propose(shown, room.people, expected=room.expected)
    pairs = zip(callers, matches, strict=True)
    people = [replace(caller, match=match) for caller, match in pairs]
    return Preview(
        meeting.id,
        tuple(Source(s.name, s.tool, s.digest, s.digest in room.digests) for s in sheets),
        tuple(people),
        tuple(Omitted(s.name, left.line, left.reason) for s in sheets for left in s.left_out),
        tuple(dict.fromkeys(remark for s in sheets for remark in s.remarks)),
        room.people,
        room.plan,
        room.recorded,
    )


def _sheets(
    read_sheet: Callable[[bytes, str, Clock], Sheet],
    contents: Sequence[tuple[str, bytes]],
    clock: Clock,
) -> list[Sheet]:
    """Return the reports, one that is there twice read once."""
    sheets: dict[str, Sheet] = {}
    for name, content in contents:
        sheet = read_sheet(content, name, clock)
        sheets.setdefault(sheet.digest, sheet)
    return list(sheets.values())


# One person in several reports -------------------------------------------------------------


def _callers(sheets: Sequence[Sheet]) -> list[Caller]:
    """Return everyone once, who is in several reports by address, else by name."""
    addresses: defaultdict[str, set[str]] = defaultdict(set)
    found = [(number, person) for number, s in enumerate(sheets) for person in s.people]
    for _, person in found:
        if person.email:
            addresses[_name_key(person)].add(person.email)
    groups: dict[str, list[tuple[int, Attendee]]] = {}
    for number, person in found:
        known = addresses.get(_name_key(person), set())
        email = person.email or (next(iter(known)) if len(known) == 1 else "")
        groups.setdefault(email or _name_key(person), []).append((number, person))
    return [_caller(key, group) for key, group in groups.items()]


def _name_key(person: Attendee) -> str:
    """Return what a name is known by from one report to the next: "(Externe)" and order aside."""
    taken = written(person.shown)
    words = same_words(taken.parts[0]) if taken.parts and not taken.device else ()
    return " ".join(words) if len(words) > 1 else folded(person.shown)


def _caller(key: str, group: Sequence[tuple[int, Attendee]]) -> Caller:
    people = [person for _, person in group]
    stays = {
        (stay.joined, stay.left): CallStay(number, stay.joined, stay.left)
        for number, person in reversed(group)
        for stay in person.stays
    }
    return Caller(
        id=key,
        shown=people[0].shown,
        email=next((p.email for p in people if p.email), ""),
        names=tuple(dict.fromkeys(name for p in people for name in p.names)),
        role=next((p.role for p in people if p.role), ""),
        stays=tuple(stays[span] for span in sorted(stays)),
        seconds=_seconds(people),
        presence=min((p.presence for p in people), key=_STRENGTH.index),
        phone=all(p.phone for p in people),
        lines=tuple((number, line) for number, p in group for line in p.lines),
        match=Match(MatchKind.NONE),
    )


def _seconds(people: Sequence[Attendee]) -> int | None:
    """Return how long someone was there in all: of one report as it says, of several joined."""
    if len(people) == 1:
        return people[0].seconds
    from pan_desktop.documents.attendance.sheet import seconds_there

    stays = [stay for person in people for stay in person.stays]
    told = [person.seconds for person in people if person.seconds is not None]
    return seconds_there(stays) if stays else max(told, default=None)


# What is told ------------------------------------------------------------------------------


def card_name(caller: Caller) -> str:
    """Return the name that a card for someone unknown would begin with, "" for a number."""
    if caller.phone:
        return ""
    parts = written("".join(c for c in caller.shown if not c.isdigit())).parts
    return max(parts, key=lambda part: min(len(tokens(part)), 2), default="")


def as_data(seen: Preview) -> dict[str, Any]:
    """Return a preview as the command line prints it.

    Someone whom a list calls excused or absent is told so by ``presence``.
    """
    return {
        "people": [_person_data(caller) for caller in seen.people],
        "left_out": [{"line": o.line, "reason": o.reason} for o in seen.left_out],
    }


def _person_data(caller: Caller) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": caller.shown,
        "email": caller.email,
        "intervals": [[f"{s.joined:%H:%M:%S}", f"{s.left:%H:%M:%S}"] for s in caller.stays],
        "seconds": caller.seconds,
        "match": _match_data(caller.match),
    }
    if caller.presence is not Presence.PRESENT:
        found["presence"] = caller.presence.value
    return found


def _match_data(match: Match) -> dict[str, Any] | None:
    best = match.best
    if best is None:
        return None
    return {
        "kind": match.kind.value,
        "person": best.person_id,
        "name": best.name,
        "likeness": best.likeness,
        "why": best.why,
    }


def unsettled(people: Iterable[Caller]) -> tuple[Caller, ...]:
    """Return who needs a person to say who they are."""
    return tuple(c for c in people if c.match.kind is not MatchKind.CERTAIN)
