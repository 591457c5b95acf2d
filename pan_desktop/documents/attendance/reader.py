"""Reads a report of a video call, or any list of names: the one way in."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from pan_desktop.documents.attendance import lists, people, tools
from pan_desktop.documents.attendance.dating import SHIFTED, Clock, anchored, settled
from pan_desktop.documents.attendance.labels import Field, field_of
from pan_desktop.documents.attendance.moments import Moment, moment
from pan_desktop.documents.attendance.people import Reading, Record
from pan_desktop.documents.attendance.shapes import MEASURED, Shape, shape
from pan_desktop.documents.attendance.sheet import Attendee, LeftOut, Sheet, seconds_there
from pan_desktop.documents.attendance.tables import Table, tables_in, told_duration
from pan_desktop.documents.attendance.text import (
    CUT,
    TOO_LARGE,
    Grid,
    Row,
    check_size,
    decoded,
    rows_of,
)
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.attendance.tables import Fact

__all__ = ["Clock", "Sheet", "read", "read_pasted"]

NOBODY = (
    "«\u00a0{name}\u00a0» ne contient aucune liste de noms\u00a0: rien n’a été repris. Choisissez "
    "le rapport de présence exporté, ou collez les noms, un par ligne."
)
NO_LINE = (
    "Aucune ligne de «\u00a0{name}\u00a0» n’a pu être prise (ligne {line}\u00a0: {reason})\u00a0: "
    "rien n’a été repris. Exportez de nouveau le rapport de présence."
)
FEWER = "le fichier annonce {told} participants et n’en nomme que {found}"
_UNIVERSAL = re.compile(r"(?:utc|gmt)(?! ?[+-] ?\d)")
_DIGITS, _WORDS = re.compile(r"\d+"), re.compile(r"[^@.]+")
_WHEN = frozenset({Shape.MOMENT, Shape.TIME, Shape.DURATION})
_HALVES = str.maketrans({"A": "P", "a": "p", "ص": "م", "前": "後", "上": "下", "전": "후"})
"""What is before noon and what is after it are written alike."""
WORKBOOKS = frozenset({".xlsx", ".xlsm"})


def read(content: bytes, name: str, clock: Clock) -> Sheet:
    """Read a report called ``name`` of the call held at ``clock``.

    Raises InputError in one French sentence for what is no such report, is of another day, is cut
    or is too large: nothing of it is taken then.
    """
    check_size(len(content), name)
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(b"PK\x03\x04") or PurePath(name).suffix.lower() in WORKBOOKS:
        from pan_desktop.documents.attendance.workbook import grid_of  # not at start

        grid = grid_of(content, name)
        return _sheet(grid, name, digest, clock, [])
    text = decoded(content, name)
    return _read_text(text, name, digest, clock)


def read_pasted(text: str, name: str, clock: Clock) -> Sheet:
    """Read a list that was pasted or typed. Raises InputError as ``read`` does."""
    content = text.encode("utf-8", "replace")
    check_size(len(content), name)
    return _read_text(text, name, hashlib.sha256(content).hexdigest(), clock)


def _read_text(text: str, name: str, digest: str, clock: Clock) -> Sheet:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _sheet(rows_of(text, name), name, digest, clock, list(enumerate(lines, 1)))


def _sheet(grid: Grid, name: str, digest: str, clock: Clock, lines: list[tuple[int, str]]) -> Sheet:
    tables, facts = tables_in(grid.rows)
    usable = [table for table in tables if table.columns.named]
    timed = [table for table in usable if table.columns.timed or table.columns.listing]
    if tables:
        _check_whole(grid, tables, name)
    if not timed:
        return _listed(grid, tables, name=name, digest=digest, clock=clock, lines=lines)
    if len(timed) > 1:
        timed = [t for t in timed[:-1] if not _of_the_call(t, timed[-1])] + timed[-1:]
    tool = tools.recognised(timed, facts)
    reading = _reading(timed, tables, facts, clock, name)
    sets = [people.records(table, reading) for table in timed]
    found = people.gathered(_merged(sets))
    if not found:
        raise InputError(_nobody(name, reading))
    short = _fewer_than_told(found, facts)
    return Sheet(
        name,
        tool,
        digest,
        tuple(found),
        tuple(sorted({*reading.left_out, *short}, key=lambda left: (left.line, left.reason))),
        tuple(dict.fromkeys(reading.remarks)),
    )


def _nobody(name: str, reading: Reading) -> str:
    """Return why nobody was found: no line at all, or none that could be taken."""
    if not reading.left_out:
        return NOBODY.format(name=name)
    first = min(reading.left_out)
    return NO_LINE.format(name=name, line=first.line, reason=first.reason)


# When ------------------------------------------------------------------------------------


def _reading(
    timed: Sequence[Table], tables: Sequence[Table], facts: Sequence[Fact], clock: Clock, name: str
) -> Reading:
    """Return how the moments are understood and when the report itself ends."""
    told = [m for table in timed for m in _moments(table)]
    universal = any(_UNIVERSAL.search(folded(t.label(t.columns.join))) for t in timed)
    dating = settled(told, clock, name, universal=universal)
    dating = anchored(dating, [each for table in timed for each in _by_name(table)])
    reading = Reading(dating)
    if dating.correction:
        hours = int(dating.correction / timedelta(hours=1))
        reading.remarks.append(SHIFTED.format(hours=hours))
    others = [t for t in tables if t not in timed]
    cells = [fact.value for fact in facts]
    cells += [cell for table in others for row in table.rows for cell in row.cells]
    said = [m for cell in cells if shape(cell) is Shape.MOMENT and (m := moment(cell))]
    ends: list[datetime] = [at for m in said if (at := dating.local(m)) is not None]
    if len(ends) > 1:
        reading.ends = max(ends)
    if reading.ends is None:
        known = [at for m in told if (at := dating.local(m)) is not None]
        reading.ends = max(known, default=None)
    return reading


def _moments(table: Table) -> list[Moment]:
    columns = table.columns
    found: list[Moment] = []
    for row in table.rows:
        for place in (columns.join, columns.leave, columns.day):
            said = moment(row.cell(place)) if place is not None else None
            if said is not None and (said.at is not None or place == columns.day):
                found.append(said)
    return found


def _by_name(table: Table) -> list[list[Moment]]:
    """Return the moments of each name."""
    found: defaultdict[str, list[Moment]] = defaultdict(list)
    columns = table.columns
    for row in table.rows:
        said = moment(row.cell(columns.join)) if columns.join is not None else None
        if said is not None and said.at is not None:
            found[row.cell(columns.name)].append(said)
    return list(found.values())


# Which tables ----------------------------------------------------------------------------


def _of_the_call(table: Table, last: Table) -> bool:
    """Tell whether a table is about the call itself: Zoom's lines before the people's."""
    if len(table.rows) != 1 or len(last.rows) == 0:
        return False
    row = table.rows[0]
    labels = [field_of(cell) for cell in table.header.cells] if table.header is not None else []
    numbered = any(shape(cell) is Shape.NUMBER for cell in row.cells)
    return Field.MEETING in labels or (numbered and _differ(table, last))


def _differ(table: Table, last: Table) -> bool:
    ours = list(table.header.cells) if table.header is not None else []
    theirs = list(last.header.cells) if last.header is not None else []
    return ours != theirs


def _merged(sets: Sequence[Sequence[Record]]) -> list[Record]:
    """Return the records of several tables, those of one person told twice told once.

    Teams tells each person in one section (first arrival, last departure) and each stay in
    another: the stays are taken, unless they do not come to as long as the person was there.
    """
    found = _by_person(sets[-1])
    for earlier in reversed(sets[:-1]):
        for key, summary in _by_person(earlier).items():
            details = found.get(key, [])
            if not details or _covers(summary, details):
                found[key] = summary
            elif not _same_span(summary, details):
                found[key] = [*details, *summary]
    records = [record for group in found.values() for record in group]
    order = {key: place for place, key in enumerate(_by_person([r for s in sets for r in s]))}
    return sorted(records, key=lambda record: (order[_key(record)], record.line))


def _key(record: Record) -> str:
    return record.email or folded(record.shown)


def _by_person(records: Sequence[Record]) -> dict[str, list[Record]]:
    groups: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[_key(record)].append(record)
    return dict(groups)


def _span(records: Sequence[Record]) -> tuple[datetime, datetime] | None:
    stays = [record.stay for record in records if record.stay is not None]
    if not stays:
        return None
    return min(stay.joined for stay in stays), max(stay.left for stay in stays)


def _same_span(summary: Sequence[Record], details: Sequence[Record]) -> bool:
    ours, theirs = _span(summary), _span(details)
    if ours is None:
        return True
    minute = timedelta(minutes=1)
    return theirs is not None and all(
        abs(a - b) < minute for a, b in zip(ours, theirs, strict=True)
    )


def _covers(summary: Sequence[Record], details: Sequence[Record]) -> bool:
    """Tell whether the one line of a person says more than her stays: some of them are missing."""
    ours, theirs = _span(summary), _span(details)
    if ours is None or theirs is None:
        return ours is not None
    wider = ours[0] <= theirs[0] and theirs[1] <= ours[1]
    return wider and not _same_span(summary, details)


# Whether it is whole ---------------------------------------------------------------------


def _check_whole(grid: Grid, tables: Sequence[Table], name: str) -> None:
    """Raise InputError for a file that stops in the middle of its last line."""
    table = tables[-1]
    last, others = table.rows[-1], table.rows[:-1]
    final = next(row for row in reversed(grid.rows) if row.filled)
    if final.line != last.line:
        if not grid.closed:  # a section was begun
            raise InputError(CUT.format(name=name, line=final.line))
        return
    columns = table.columns
    usual = min((len(row.cells) for row in others), default=_width(table))
    short = len(last.cells) < usual
    broken = any(
        cell and not fits
        for place, fits in (
            (columns.join, _is_timed(last.cell(columns.join))),
            (columns.leave, _is_timed(last.cell(columns.leave))),
            (columns.duration, told_duration(last.cell(columns.duration)) is not None),
            (columns.email, shape(last.cell(columns.email)) is Shape.EMAIL),
        )
        if (cell := last.cell(place))
    )
    cut = (short or _begins_another(last, others)) if not grid.closed else short and broken
    if cut or (broken and not grid.closed):
        raise InputError(CUT.format(name=name, line=last.line))


def _is_timed(cell: str) -> bool:
    found = moment(cell)
    return found is not None and found.at is not None


def _width(table: Table) -> int:
    return len(table.header.cells) if table.header is not None else 0


def _begins_another(last: Row, others: Sequence[Row]) -> bool:
    """Tell whether the very last cell is but the beginning of one: by what that column says."""
    place = len(last.cells) - 1
    word = last.cell(place)
    said = {cell for row in others if (cell := row.cell(place))}
    if not said:
        return False
    if not word:
        usual = [row.cell(place) for row in others]
        return len(usual) > 1 and all(shape(cell) in _WHEN for cell in usual)
    if shape(word) is Shape.DURATION:
        lengths = [found for cell in said if (found := told_duration(cell)) is not None]
        mine = told_duration(word)
        return mine is not None and not mine[1] and all(exact for _, exact in lengths)
    if shape(word) in MEASURED:
        forms = {_form(cell) for cell in said if shape(cell) is shape(word)}
        if not forms:
            return any(shape(cell) in MEASURED for cell in said)
        form = _form(word)
        return form not in forms and any(len(other) > len(form) for other in forms)
    few = len(said) <= 4 and word not in said
    return "@" in word or (few and any(other.startswith(word) for other in said))


def _form(cell: str) -> str:
    """Return how a moment or an address is written: "0/0/0, 0:0:0 PM", "a@a.a"."""
    digits = _DIGITS.sub("0", cell)
    return _WORDS.sub("a", digits) if "@" in cell else digits.translate(_HALVES)


def _fewer_than_told(found: Sequence[Attendee], facts: Sequence[Fact]) -> list[LeftOut]:
    """Return what the report says of its own number of people, where it names fewer."""
    numbers = [fact for fact in facts if shape(fact.value) is Shape.NUMBER]
    if len(numbers) != 1 or not numbers[0].value.isdecimal():
        return []
    told = int(numbers[0].value)
    if not len(found) < told < 10_000:
        return []
    return [LeftOut(numbers[0].line, FEWER.format(told=told, found=len(found)))]


# Lists without hours ---------------------------------------------------------------------


def _listed(
    grid: Grid,
    tables: Sequence[Table],
    *,
    name: str,
    digest: str,
    clock: Clock,
    lines: list[tuple[int, str]],
) -> Sheet:
    """Return who a list without hours names."""
    reading = Reading(settled([], clock, name))
    usable = [table for table in tables if table.columns.named]
    if usable:
        records = [r for table in usable for r in people.records(table, reading)]
        left_out = reading.left_out
    elif tables or _is_data(grid):
        raise InputError(NOBODY.format(name=name))
    else:
        if len(grid.rows) > lists.MOST_LINES:
            raise InputError(TOO_LARGE.format(name=name))
        lines = lines or [(row.line, "\t".join(row.cells)) for row in grid.rows]
        records, left_out = lists.listed(lines, clock.day)
    if not records or (not usable and len(left_out) > len(records) + 3):
        raise InputError(NOBODY.format(name=name))
    found = [_timed(person) for person in people.gathered(records)]
    return Sheet(name, tools.LIST, digest, tuple(found), tuple(left_out))


def _timed(person: Attendee) -> Attendee:
    return replace(person, seconds=seconds_there(person.stays)) if person.stays else person


def _is_data(grid: Grid) -> bool:
    """Tell whether most lines hold numbers or moments: no list of names."""
    said = [row for row in grid.rows if row.filled]
    measured = MEASURED - {Shape.EMAIL, Shape.TIME}
    # A number before each name only counts them.
    holding = sum(any(shape(cell) in measured for cell in row.cells[1:]) for row in said)
    holding += sum(len(row.cells) == 1 and shape(row.cells[0]) in measured for row in said)
    return holding * 2 >= len(said)
