"""From the rows of a table to people and their stays."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pan_desktop.documents.attendance.dating import Dating, row_of_another_day
from pan_desktop.documents.attendance.labels import is_original, presence_said, says_yes
from pan_desktop.documents.attendance.moments import Moment, moment
from pan_desktop.documents.attendance.shapes import Shape, is_phone, shape
from pan_desktop.documents.attendance.sheet import Attendee, LeftOut, Stay, seconds_there
from pan_desktop.documents.attendance.tables import Columns, told_duration
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Presence
from pan_desktop.domain.names import is_institution, is_status, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pan_desktop.documents.attendance.tables import Table
    from pan_desktop.documents.attendance.text import Row

NO_NAME = "la ligne n’a pas de nom"
IN_WAITING_ROOM = "la personne était en salle d’attente"
NOT_A_MOMENT = "l’heure «\u00a0{cell}\u00a0» n’est pas lisible"
BACKWARDS = "le départ précède l’arrivée"
NO_PRESENCE = "la présence n’est pas indiquée"
UNKNOWN_PRESENCE = "la présence «\u00a0{cell}\u00a0» n’est pas comprise"
NO_LEAVE = "Le départ de {name} n’est pas indiqué\u00a0: il est compté à {at:%H:%M:%S}."
_ROUNDING = 60
"""In seconds: durations are told in whole minutes."""


@dataclass
class Record:
    """What one row says of one person."""

    line: int
    shown: str
    email: str = ""
    role: str = ""
    names: tuple[str, ...] = ()
    stay: Stay | None = None
    seconds: int | None = None
    presence: Presence = Presence.PRESENT


@dataclass
class Reading:
    """What comes of a report while it is read."""

    dating: Dating
    ends: datetime | None = None
    """When the report itself ends: who has not left before left then."""
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def leave_out(self, row: Row, reason: str) -> None:
        """Keep why a row was not taken."""
        self.left_out.append(LeftOut(row.line, reason))


class _SkipError(Exception):
    """A row is left out; its words are the reason."""


def records(table: Table, reading: Reading) -> list[Record]:
    """Return what each row says; those that cannot be taken are kept in ``left_out``."""
    if table.columns.action is not None:
        return _from_events(table, reading)
    found: list[Record] = []
    for row in table.rows:
        try:
            found.append(_record(row, table, reading))
        except _SkipError as why:
            reading.leave_out(row, str(why))
    return found


def _record(row: Row, table: Table, reading: Reading) -> Record:
    columns = table.columns
    record = _who(row, table)
    if columns.waiting is not None and says_yes(row.cell(columns.waiting)):
        raise _SkipError(IN_WAITING_ROOM)
    if columns.marks:
        record.presence = _marked(row, columns)
    if columns.presence is not None:
        record.presence = _presence(row.cell(columns.presence))
    if columns.join is not None:
        record.stay = _stay(row, columns, reading, record)
    told = told_duration(row.cell(columns.duration)) if columns.duration is not None else None
    record.seconds = _seconds(record.stay, told)
    return record


def _who(row: Row, table: Table) -> Record:
    columns = table.columns
    email = row.cell(columns.email)
    email = email.casefold() if shape(email) is Shape.EMAIL else ""
    if columns.name is not None:
        shown = row.cell(columns.name)
    else:
        shown = f"{row.cell(columns.first)} {row.cell(columns.last)}".strip()
    names: tuple[str, ...] = ()
    if is_original(table.label(columns.name)):
        shown, names = _renamed(shown)
    if not shown and not email:
        raise _SkipError(NO_NAME)
    role = row.cell(columns.role) if columns.role is not None else ""
    return Record(row.line, shown or email, email, role, names or (shown or email,))


def _renamed(shown: str) -> tuple[str, tuple[str, ...]]:
    """Return the name someone had before she changed it in the call, and both.

    "Salma (Salma AÏT FICTIF)" is Zoom's way; "(Externe)" and "(MTNRA)" are no names.
    """
    fresh, former = _in_brackets(shown)
    if not fresh or is_status(former) or is_institution(former) or not written(former).parts:
        return shown, ()
    return (fresh, (fresh,)) if is_phone(former) else (former, (former, fresh))


def _in_brackets(shown: str) -> tuple[str, str]:
    """Return what stands before the last brackets and in them, brackets within them kept."""
    depth = 0
    for place in range(len(shown) - 1, -1, -1):
        depth += (shown[place] == ")") - (shown[place] == "(")
        if depth <= 0:
            return shown[:place].strip(), shown[place + 1 : -1].strip()
    return "", ""


def _marked(row: Row, columns: Columns) -> Presence:
    """Return how someone stands by which of several columns is marked."""
    said = {said for place, said in columns.marks if row.cell(place)}
    if len(said) != 1:
        raise _SkipError(NO_PRESENCE)
    return Presence(said.pop())


def _presence(cell: str) -> Presence:
    if not cell:
        raise _SkipError(NO_PRESENCE)
    said = presence_said(cell)
    if said is None:
        raise _SkipError(UNKNOWN_PRESENCE.format(cell=cell))
    return Presence(said)


def _moment(row: Row, place: int | None) -> Moment | None:
    """Return what a cell says of a moment, None for an empty one."""
    cell = row.cell(place)
    if not cell:
        return None
    found = moment(cell)
    if found is None or found.at is None:
        raise _SkipError(NOT_A_MOMENT.format(cell=cell))
    return found


def _local(row: Row, place: int | None, columns: Columns, dating: Dating) -> datetime | None:
    found = _moment(row, place)
    if found is None:
        return None
    apart = moment(row.cell(columns.day)) if columns.day is not None else None
    day = apart.on(dating.order) if apart is not None else None
    local = dating.local(found, day)
    if local is None:
        dated = found if found.numbers is not None else apart or found
        raise _SkipError(row_of_another_day(dated, dating))
    return local


def _stay(row: Row, columns: Columns, reading: Reading, record: Record) -> Stay | None:
    """Return from when to when someone was there, None where the report does not say."""
    joined = _local(row, columns.join, columns, reading.dating)
    left = _local(row, columns.leave, columns, reading.dating)
    if joined is None:
        return None
    if left is None:
        told = told_duration(row.cell(columns.duration)) if columns.duration is not None else None
        if told is not None:
            return Stay(joined, joined + timedelta(seconds=told[0]))
        return _until_the_end(joined, record.shown, reading)
    if left < joined:
        dated = (_moment(row, columns.leave) or Moment(None, None)).numbers is not None
        if dated:
            raise _SkipError(BACKWARDS)
        left += timedelta(days=1)
    return Stay(joined, left)


def _until_the_end(joined: datetime, name: str, reading: Reading) -> Stay:
    left = max(joined, reading.ends) if reading.ends is not None else joined
    reading.remarks.append(NO_LEAVE.format(name=name, at=left))
    return Stay(joined, left)


def _seconds(stay: Stay | None, told: tuple[int, bool] | None) -> int | None:
    """Return how long a row says someone was there.

    A row of first arrival and last departure may say less than what lies between: she left and
    came back. Durations in whole minutes say nothing that the hours do not say better.
    """
    if stay is None:
        return told[0] if told is not None else None
    spanned = seconds_there([stay])
    if told is None:
        return spanned
    seconds, exact = told
    return seconds if seconds < spanned - (1 if exact else _ROUNDING) else spanned


# Comings and goings ----------------------------------------------------------------------

_LEFT = (
    "left", "leave", "quitt", "parti", "sort", "depart", "verlass", "gegang", "sali", "abandon",
    "saiu", "uscit", "退", "離", "离", "나", "غادر", "خرج", "verlaten", "покин", "вышел",
)  # fmt: skip
_CAME = (
    "join", "rejoin", "rejoint", "entr", "arriv", "beigetreten", "teilgenommen", "hinzu", "unio",
    "unido", "ingres", "partecip", "参加", "加入", "참가", "انضم", "دخل", "присоед",
)  # fmt: skip


def _from_events(table: Table, reading: Reading) -> list[Record]:
    """Return the stays that someone's comings and goings come to, in any order of lines."""
    columns = table.columns
    events: defaultdict[tuple[str, str], list[tuple[datetime, int, str, Record]]]
    events = defaultdict(list)
    for row in table.rows:
        try:
            record = _who(row, table)
            at = _local(row, columns.join, columns, reading.dating)
            if at is None:
                raise _SkipError(NOT_A_MOMENT.format(cell=""))
        except _SkipError as why:
            reading.leave_out(row, str(why))
            continue
        action = folded(row.cell(columns.action))
        events[folded(record.shown), record.email].append((at, row.line, action, record))
    leaving = _leaving(events.values())
    if reading.ends is None and events:
        reading.ends = max(at for told in events.values() for at, *_ in told)
    return [
        record
        for told in events.values()
        for record in _paired(sorted(told, key=lambda e: (e[0], e[2] not in leaving, e[1])),
                              leaving, reading)
    ]  # fmt: skip


def _leaving(told: Iterable[Sequence[tuple[datetime, int, str, Record]]]) -> set[str]:
    """Return the words that say that someone left: known ones, else those that never come first."""
    words = {action for events in told for _, _, action, _ in events}
    known = {
        word
        for word in words
        if word.startswith(_LEFT) or any(w in word for w in _LEFT if len(w) > 3)
    }
    came = {word for word in words if any(w in word for w in _CAME)}
    if known - came or came == words:
        return known - came
    first = {min(events, key=lambda e: (e[0], e[1]))[2] for events in told}
    return words - first - came


def _paired(
    told: Sequence[tuple[datetime, int, str, Record]], leaving: set[str], reading: Reading
) -> list[Record]:
    """Return one person's stays: the device that came last is the first to go."""
    found: list[Record] = []
    opened: list[tuple[datetime, Record]] = []
    gone: datetime | None = None
    for at, line, action, record in told:
        if action not in leaving:
            opened.append((at, record))
            continue
        gone = at
        if opened:
            joined, came = opened.pop()
            came.stay = Stay(joined, at)
            found += [came, replace(record, line=line, stay=came.stay)]
    for joined, came in opened:
        # Who came twice and left once is gone, a line of hers being lost.
        lost = gone is not None and joined <= gone
        stay = Stay(joined, gone) if lost and gone is not None else None
        came.stay = stay or _until_the_end(joined, came.shown, reading)
        found.append(came)
    for record in found:
        record.seconds = seconds_there([record.stay]) if record.stay is not None else None
    return found


# One person, several rows ----------------------------------------------------------------


def gathered(found: Sequence[Record]) -> list[Attendee]:
    """Return the people, each once: by address, else by name as it sounds when read aloud.

    Who is without an address on one line and has one on another, under one name, is one.
    """
    addresses: defaultdict[str, set[str]] = defaultdict(set)
    for record in found:
        if record.email:
            for name in record.names:
                addresses[folded(name)].add(record.email)
    groups: dict[str, list[Record]] = {}
    for record in found:
        name = folded(record.shown)
        known = addresses.get(name, set())
        key = record.email or (next(iter(known)) if len(known) == 1 else name)
        groups.setdefault(key, []).append(record)
    return [_attendee(group) for group in groups.values()]


def _attendee(group: Sequence[Record]) -> Attendee:
    first = group[0]
    stays = tuple(sorted({r.stay for r in group if r.stay is not None}))
    return Attendee(
        shown=first.shown,
        email=next((r.email for r in group if r.email), ""),
        role=next((r.role for r in group if r.role), ""),
        stays=stays,
        seconds=_together(group, stays),
        presence=min((r.presence for r in group), key=_STRENGTH.index),
        lines=tuple(sorted({r.line for r in group})),
        names=tuple(dict.fromkeys(name for r in group for name in r.names)),
        phone=not first.email and is_phone(first.shown),
    )


_STRENGTH = (Presence.PRESENT, Presence.REPRESENTED, Presence.EXCUSED, Presence.ABSENT)


def _together(group: Sequence[Record], stays: Sequence[Stay]) -> int | None:
    """Return how long someone was there in all: hours joined, bare durations added up."""
    told = [
        record.seconds for record in group if record.stay is None and record.seconds is not None
    ]
    if not stays:
        return sum(told) if told else None
    if len(stays) == 1:
        timed = [r.seconds for r in group if r.stay is not None and r.seconds is not None]
        return max(timed, default=seconds_there(stays))
    return seconds_there(stays)
