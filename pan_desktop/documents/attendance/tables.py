"""Finds the tables in a report and what their columns hold: by shape first, labels as a help."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from pan_desktop.documents.attendance.labels import Field, field_of, is_mark, presence_said
from pan_desktop.documents.attendance.moments import duration, moment, plain
from pan_desktop.documents.attendance.shapes import MEASURED, Shape, shape
from pan_desktop.documents.attendance.text import Row
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERED = re.compile(r"\*|[0-9]{1,2}\. ?\D")
_ALONE = frozenset(
    ("nom", "noms", "name", "nom complet", "full name", "nom et prenom", "participants", "nombre",
     "e-mail", "email", "courriel", "adresse e-mail", "adresse electronique",
     "participant", "nom prenom", "noms et prenoms", "الاسم", "الاسم الكامل")
)  # fmt: skip
"""What heads a list of one column."""
_IN_MINUTES = re.compile(r"\((?:in )?(?:min|мин|分|분|دقي|بالدقا)")
_LOOKED_AT = 400
"""So many rows are enough to know what a column holds."""
_CLOCKED = frozenset({Shape.MOMENT, Shape.TIME, Shape.DATE})
_LEAST_SHARE = 0.6
"""A column is of a shape when at least so many of its filled cells are."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of a table's columns, None for those it does not have."""

    name: int | None = None
    first: int | None = None
    last: int | None = None
    email: int | None = None
    role: int | None = None
    waiting: int | None = None
    presence: int | None = None
    action: int | None = None
    day: int | None = None
    join: int | None = None
    leave: int | None = None
    duration: int | None = None
    marks: tuple[tuple[int, str], ...] = ()
    """The columns "Présent", "Excusé", "Absent" of which one is marked, with what each says."""

    @property
    def listing(self) -> bool:
        """Tell whether it says who was present and who was not."""
        return self.presence is not None or bool(self.marks)

    @property
    def named(self) -> bool:
        """Tell whether it says who."""
        return any(p is not None for p in (self.name, self.first, self.last, self.email))

    @property
    def timed(self) -> bool:
        """Tell whether it says when or how long."""
        return self.join is not None or self.duration is not None


@dataclass
class Table:
    """A header, None where there is none, and the rows under it."""

    header: Row | None
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def columns(self) -> Columns:
        """Return what the columns hold."""
        return _Finder(self).columns()

    def label(self, place: int | None) -> str:
        """Return what a column is called, "" where nobody says."""
        return self.header.cell(place) if self.header is not None else ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line that says something of the call: a label and a value."""

    line: int
    label: str
    value: str


def tables_in(rows: Sequence[Row]) -> tuple[list[Table], list[Fact]]:
    """Return the tables of a report, and what it says of the call itself."""
    found: list[Table] = []
    facts: list[Fact] = []
    opened: Table | None = None
    blank = True
    said = [row for row in rows if row.filled]
    places = {id(row): number for number, row in enumerate(said)}
    for row in rows:
        if not row.filled:
            blank = True
            continue
        following = said[places[id(row)] + 1 : places[id(row)] + 4]
        if _is_title(row, following, opened):
            opened = None
        elif _is_header(row, following, opened, after_gap=blank):
            opened = Table(row)
            found.append(opened)
        elif opened is not None and not (blank and row.filled <= 2 and _is_footer(row, opened)):
            opened.rows.append(_fitted(row, opened))
        elif _is_record(row, following):
            opened = Table(None, [row])
            found.append(opened)
        elif row.filled <= 2:
            facts.append(_fact(row))
        blank = False
    return [table for table in found if table.rows], facts


def _fact(row: Row) -> Fact:
    cells = [cell for cell in row.cells if cell]
    return Fact(row.line, cells[0], cells[1] if len(cells) > 1 else "")


def _is_title(row: Row, following: Sequence[Row], opened: Table | None) -> bool:
    """Tell whether a row heads a section: "2. Participants", "*Résumé de la réunion"."""
    first = row.cell(0)
    if row.filled != 1 or not first:
        return False
    if opened is None or (opened.header is not None and len(opened.header.cells) < 2):
        return _NUMBERED.match(first) is not None
    if _NUMBERED.match(first):
        return True
    return bool(following) and _is_header(following[0], following[1:], None, after_gap=True)


def _is_header(
    row: Row, following: Sequence[Row], opened: Table | None, *, after_gap: bool
) -> bool:
    """Tell whether a row says what the columns under it hold."""
    if not row.filled or any(shape(cell) in MEASURED for cell in row.cells):
        return False
    known = [field_of(cell) for cell in row.cells if cell]
    naming = {Field.NAME, Field.FIRST, Field.LAST}.intersection(known)
    if row.filled == 1 and known[0] is Field.EMAIL:
        naming = {Field.EMAIL}
    if opened is None or after_gap:
        if naming and _all_known(row, known):
            return True
        if naming and row.filled > 2 and sum(f is not None for f in known) * 2 >= row.filled:
            return True
    if row.filled < 3 and not (naming and row.filled == 2):
        return False
    if opened is not None and not _unlike(row, opened):
        return False
    return any(_measured_under(row, below) for below in following)


def _all_known(row: Row, known: Sequence[Field | None]) -> bool:
    """Tell whether every cell is a label; one alone must be nothing else ("Nom")."""
    if row.filled > 1:
        return None not in known and len(set(known)) > 1
    only = folded(next(cell for cell in row.cells if cell))
    return only in _ALONE


def _measured_under(row: Row, below: Row) -> bool:
    """Tell whether the next row holds data under headings."""
    return below.filled > 1 and any(
        row.cell(place) and shape(cell) in MEASURED for place, cell in enumerate(below.cells)
    )


def _unlike(row: Row, table: Table) -> bool:
    """Tell whether a row within a table has words wherever the others have data."""
    usual: Counter[int] = Counter()
    for other in table.rows[-20:]:
        usual.update(p for p, cell in enumerate(other.cells) if shape(cell) in MEASURED)
    if not usual:
        return False
    places = [place for place in usual if usual[place] * 2 > len(table.rows[-20:])]
    return sum(bool(row.cell(place)) for place in places) >= _LEAST_SHARE * len(places)


def _is_footer(row: Row, table: Table) -> bool:
    """Tell whether a short row after a gap is no person: "Total", "10"."""
    width = len(table.header.cells) if table.header is not None else len(table.rows[0].cells)
    second = shape(row.cell(1))
    return width > 2 and row.filled == 2 and second in MEASURED and second is not Shape.EMAIL


def _is_record(row: Row, following: Sequence[Row]) -> bool:
    """Tell whether a row without a heading is a person's: words, then a moment or an address."""
    shapes = [shape(cell) for cell in row.cells if cell]
    if not shapes or shapes[0] not in {Shape.TEXT, Shape.PHONE} or len(shapes) < 2:
        return False
    if len(shapes) > 2:
        return Shape.MOMENT in shapes or Shape.EMAIL in shapes or shapes.count(Shape.TIME) > 1
    if shapes[1] is not Shape.EMAIL:
        return False
    return not any(shape(below.cell(1)) not in {Shape.EMAIL, Shape.EMPTY} for below in following)


def _fitted(row: Row, table: Table) -> Row:
    """Put together a day and its hour where a comma within them was taken for a delimiter."""
    width = len(table.header.cells) if table.header is not None else len(table.rows[0].cells)
    if len(row.cells) <= width:
        return row
    cells: list[str] = []
    for cell in row.cells:
        if cells and shape(cell) is Shape.TIME and shape(cells[-1]) is Shape.DATE:
            cells[-1] = f"{cells[-1]} {cell}"
        else:
            cells.append(cell)
    return Row(row.line, tuple(cells))


class _Finder:
    """Finds what the columns of one table hold."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._rows = table.rows[:_LOOKED_AT]
        self._width = max(len(row.cells) for row in (*self._rows, *filter(None, (table.header,))))
        self._labels = [field_of(table.label(place)) for place in range(self._width)]
        self._cells = [[row.cell(p) for row in self._rows] for p in range(self._width)]
        self._shapes = [_shapes_of(cells) for cells in self._cells]
        self._taken: set[int] = set()

    def columns(self) -> Columns:
        """Return the places of all columns."""
        email = self._email()
        waiting, marks = self._called(Field.WAITING), self._marks()
        presence = self._presence() if not marks else None
        join, leave, day = self._clocked()
        length = self._duration(join, leave)
        self._taken |= {
            p for p in (email, waiting, presence, join, leave, day, length) if p is not None
        }
        action = self._action() if leave is None and join is not None else None
        if action is not None:
            self._taken.add(action)
        self._taken |= {place for place, _ in marks}
        found = self._names()
        found = replace(found, email=email, role=self._called(Field.ROLE), waiting=waiting)
        found = replace(found, marks=marks, presence=presence, action=action, day=day)
        return replace(found, join=join, leave=leave, duration=length)

    def _called(self, *fields: Field) -> int | None:
        return next((p for p, known in enumerate(self._labels) if known in fields), None)

    def _is(self, place: int, *shapes: Shape) -> bool:
        """Tell whether most filled cells of a column have one of the shapes."""
        total = self._shapes[place].total()
        return total > 0 and sum(self._shapes[place][s] for s in shapes) >= _LEAST_SHARE * total

    def _email(self) -> int | None:
        """Return the column of addresses, never that of identifiers that look like them."""
        places = [p for p in range(self._width) if self._is(p, Shape.EMAIL)]
        places = [p for p in places if self._labels[p] is not Field.OTHER]
        called = [p for p in places if self._labels[p] is Field.EMAIL]
        # A column so called that happens to be empty is the addresses' all the same.
        return next(iter(called or places or []), self._called(Field.EMAIL))

    def _presence(self) -> int | None:
        """Return the column that says how each stands; of a mere "Statut" a third must say so."""
        place = self._called(Field.PRESENCE)
        if place is None:
            return None
        cells = [cell for cell in self._cells[place] if cell]
        said = sum(presence_said(cell) is not None for cell in cells)
        sure = presence_said(self._table.label(place)) is not None
        return place if sure or not cells or 3 * said >= len(cells) else None

    def _marks(self) -> tuple[tuple[int, str], ...]:
        """Return the columns of which one is marked: Présent, Excusé, Absent."""
        found = tuple(
            (place, said)
            for place in range(self._width)
            if self._labels[place] in {Field.PRESENCE, None}
            and (said := presence_said(self._table.label(place))) is not None
            and all(is_mark(cell) for cell in self._cells[place] if cell)
        )
        return found if len(found) > 1 else ()

    def _clocked(self) -> tuple[int | None, int | None, int | None]:
        """Return the columns of arrivals, of departures and of the day where it stands apart."""
        refused = {Field.DURATION, Field.OTHER, Field.PRESENCE, Field.WAITING}
        places = [
            p
            for p in range(self._width)
            if self._is(p, Shape.MOMENT, Shape.TIME) and self._labels[p] not in refused
        ]
        day = next((p for p in range(self._width) if self._is(p, Shape.DATE)), None)
        places = self._without_meeting(places)
        if not places:
            # Hours that nobody can read are told, not passed over.
            return self._called(Field.JOIN), self._called(Field.LEAVE), day
        if len(places) > 2:
            places = self._likely_pair(places)
        if len(places) == 1:
            only = places[0]
            return (None, only, day) if self._labels[only] is Field.LEAVE else (only, None, day)
        join, leave = places
        if self._is(join, Shape.MOMENT) and self._is_length(leave):
            return join, None, day
        called = self._labels[join]
        turned = called is Field.LEAVE and self._labels[leave] is not Field.LEAVE
        if turned or (called is None and self._often_after(join, leave)):
            join, leave = leave, join
        return join, leave, day

    def _is_length(self, place: int) -> bool:
        """Tell whether hours beside dated ones say how long: "01:39:07"."""
        if self._labels[place] is Field.LEAVE or not self._is(place, Shape.TIME):
            return False
        return all(duration(cell) is not None for cell in self._cells[place] if cell)

    def _without_meeting(self, places: list[int]) -> list[int]:
        """Leave out when the meeting began and ended, where that is told on each line."""
        meeting = [p for p in places if self._labels[p] is Field.MEETING]
        others = [p for p in places if p not in meeting]
        if others or not meeting:
            return others
        constant = all(len(set(filter(None, self._cells[p]))) == 1 for p in meeting)
        return [] if constant and self._contradicted(meeting) else meeting

    def _contradicted(self, places: list[int]) -> bool:
        """Tell whether the durations differ from what two columns of moments span."""
        length = self._called(Field.DURATION)
        if length is None or len(places) != 2:
            return length is not None
        spans = self._spans(*places)
        told = [_seconds_told(cell) for cell in self._cells[length]]
        return any(
            s is not None and t is not None and abs(s - t) > 90
            for s, t in zip(spans, told, strict=True)
        )

    def _likely_pair(self, places: list[int]) -> list[int]:
        """Return two of several columns of moments: those called so, else the last that vary."""
        called = [p for p in places if self._labels[p] in {Field.JOIN, Field.LEAVE}]
        if len(called) >= 2:
            return called[-2:]
        varying = [p for p in places if len(set(self._cells[p])) > 1]
        return (varying if len(varying) >= 2 else places)[-2:]

    def _spans(self, join: int, leave: int) -> list[float | None]:
        found: list[float | None] = []
        for row in self._rows:
            a, b = moment(row.cell(join)), moment(row.cell(leave))
            if a is None or b is None or a.at is None or b.at is None:
                found.append(None)
                continue
            ends = [m.at.hour * 3600 + m.at.minute * 60 + m.at.second for m in (a, b) if m.at]
            found.append(float((ends[1] - ends[0]) % 86_400))
        return found

    def _often_after(self, join: int, leave: int) -> bool:
        spans = [span for span in self._spans(join, leave) if span is not None]
        return bool(spans) and median(spans) > 43_200

    def _duration(self, join: int | None, leave: int | None) -> int | None:
        """Return the column of durations; bare numbers are minutes where they fit."""
        clocked = {join, leave}
        free = [p for p in range(self._width) if p not in clocked]
        called = [p for p in free if self._labels[p] is Field.DURATION]
        called += [p for p in free if _IN_MINUTES.search(folded(self._table.label(p)))]
        likely = (Shape.DURATION, Shape.NUMBER, Shape.TIME)
        for place in called:
            if self._is(place, *likely):
                return place
        shaped = (p for p in free if self._is(p, Shape.DURATION) and self._labels[p] is None)
        found = next(shaped, None)
        if found is None and join is not None and leave is not None:
            numbers = (p for p in free if self._is(p, Shape.NUMBER))
            found = next((p for p in numbers if self._are_minutes(p, join, leave)), None)
        return found

    def _are_minutes(self, place: int, join: int, leave: int) -> bool:
        pairs = zip(self._cells[place], self._spans(join, leave), strict=True)
        known = [(_seconds_told(cell), span) for cell, span in pairs if cell and span is not None]
        return bool(known) and all(t is not None and abs(t - s) <= 90 for t, s in known)

    def _action(self) -> int | None:
        """Return the column that says whether someone came or went: two or three words in all."""
        called = self._called(Field.ACTION)
        if called is not None:
            return called
        for place in range(self._width):
            words = Counter(filter(None, self._cells[place]))
            free = place not in self._taken and self._labels[place] is None
            if free and place > 0 and self._is(place, Shape.TEXT) and 1 <= len(words) <= 3:
                return place
        return None

    def _names(self) -> Columns:
        """Return the columns that say who."""
        first, last = self._called(Field.FIRST), self._called(Field.LAST)
        names = [p for p, known in enumerate(self._labels) if known is Field.NAME]
        names = [p for p in names if p not in self._taken and not self._is(p, *MEASURED)]
        if first is not None and last is None:
            # "Nom;Prénom": the first of them is the family name.
            short = [p for p in names if folded(self._table.label(p)) in {"nom", "name", "nombre"}]
            return Columns(first=first, last=next(iter(short or names), None))
        if names:
            whole = [p for p in names if len(self._table.label(p).split()) > 1] or names
            return Columns(name=names[0] if first is None else whole[0])
        if first is not None or last is not None:
            return Columns(first=first, last=last)
        return Columns(name=self._likely_name())

    def _likely_name(self) -> int | None:
        """Return the first column of words that differ from one person to the next."""
        free = [
            p
            for p in range(self._width)
            if p not in self._taken
            and self._labels[p] is None
            and self._is(p, Shape.TEXT, Shape.PHONE)
        ]
        several = len(self._rows) > 1
        varying = [p for p in free if not several or len(set(self._cells[p])) > 1]
        return next(iter(varying), None)


def _shapes_of(cells: Sequence[str]) -> Counter[Shape]:
    """Count the shapes of a column; the last row may be cut, and counts only where it is alone."""
    sound = Counter(map(shape, filter(None, cells[:-1])))
    return sound or Counter(map(shape, filter(None, cells)))


def _seconds_told(cell: str) -> int | None:
    """Return a duration in seconds, a bare number being minutes."""
    words = plain(cell).replace(",", ".")
    if shape(cell) is Shape.NUMBER:
        return round(float(words) * 60)
    found = duration(cell)
    return found.seconds if found is not None else None


def told_duration(cell: str) -> tuple[int, bool] | None:
    """Return how long a cell says, in seconds, and whether to the second; None for nothing."""
    seconds = _seconds_told(cell)
    if seconds is None:
        return None
    found = duration(cell)
    return seconds, found is not None and found.exact
