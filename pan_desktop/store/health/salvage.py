"""Finds the rows in the pages of a damaged database, and says which table each belongs to.

What the trees still reach is where it belongs. A page that nothing leads to any more is given to a
table by what its rows look like and by the indexes, which name the rows of their table. A page
whose own order is lost is looked through byte by byte. Pages that are free are left alone: they
hold what was deleted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.store.health import pages as p

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Iterator

    from pan_desktop.store.health.pages import Cell, Pages, Value

MOST_CARVED = 4000
"""So many pages are looked through byte by byte: 16 megabytes."""
_TOLD = ("type", "name", "tbl_name", "rootpage", "sql")
"""The columns of SQLite's own table, which tells what there is and where it begins."""
_KINDS_TOLD = {"table", "index", "trigger", "view"}
_OF_TABLES = {p.TABLE_LEAF, p.TABLE_INTERIOR}
_OF_INDEXES = {p.INDEX_LEAF, p.INDEX_INTERIOR}
_OWN_NAMES = {"setting"}
"""The tables whose rows are not named by identifiers as ``new_id`` makes them."""
_IDENTIFIER = re.compile("[0-9a-f]{32}")
_FORMS = {
    "DATE": re.compile(r"\d{4}-\d\d-\d\d"),
    "TIME": re.compile(r"\d\d:\d\d(:\d\d(\.\d+)?)?"),
    "DATETIME": re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?"),
}


def _of_schema(cell: Cell) -> bool:
    return len(cell.values) == len(_TOLD) and cell.whole and cell.values[0] in _KINDS_TOLD


class Column(NamedTuple):
    """A column as SQLite knows it."""

    name: str
    kind: str
    """The type declared, without its length."""
    length: int
    """The most characters it holds; 0 for no limit."""
    filled: bool
    """Whether every row has a value."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table look like."""

    name: str
    columns: tuple[Column, ...]
    numbered: int | None
    """The place of the column that is the row's own number, None where there is none."""
    index: str
    """The index that names every row by its identifier; "" where there is none."""
    indexes: tuple[tuple[str, tuple[int, ...]], ...]
    """Every index, with the places of its columns."""
    parents: tuple[tuple[int, str], ...]
    """Columns that name a row of another table by its identifier, each with that table."""

    def fits(self, cell: Cell) -> bool:
        """Tell whether a row may be one of this table."""
        return len(cell.values) == len(self.columns) and all(
            _fits(column, value) or (place == self.numbered and value is None)
            for place, (column, value) in enumerate(zip(self.columns, cell.values, strict=True))
        )

    def row(self, cell: Cell) -> tuple[Value, ...]:
        """Return the values as SQLite would give them: a row's own number is kept apart."""
        if self.numbered is None:
            return cell.values
        place = self.numbered
        return (*cell.values[:place], cell.rowid, *cell.values[place + 1 :])

    def identity(self, cell: Cell) -> Value:
        """Return what a row is known by."""
        return cell.rowid if self.numbered == 0 else cell.values[0]


def _fits(column: Column, value: Value) -> bool:
    if value is None:
        return not column.filled
    if isinstance(value, bytes):
        return column.kind == "BLOB"
    if not isinstance(value, str):
        return column.kind in {"INTEGER", "BIGINT", "FLOAT", "NUMERIC"} or (
            column.kind == "BOOLEAN" and value in {0, 1}
        )
    if column.kind in _FORMS:
        return _FORMS[column.kind].fullmatch(value) is not None
    return column.kind in {"TEXT", "VARCHAR", "JSON"} and len(value) <= (column.length or 1 << 31)


def shapes(connection: sqlite3.Connection) -> dict[str, Shape]:
    """Return the shape of every table of a sound database that holds what people wrote.

    The search is made anew, and SQLite's and Alembic's own tables are theirs.
    """
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'search_*'"
        " AND name NOT GLOB 'sqlite_*' AND name <> 'alembic_version' ORDER BY name"
    ).fetchall()
    return {name: _shape(connection, name) for (name,) in names}


def _shape(connection: sqlite3.Connection, name: str) -> Shape:
    told = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    columns, numbered = [], None
    for place, _, declared, filled, _, key in sorted(told):
        kind, _, length = declared.upper().rstrip(")").partition("(")
        columns.append(Column(_name_of(told, place), kind, _length(kind, length), bool(filled)))
        if key and declared.upper() == "INTEGER":
            numbered = place
    indexes = connection.execute(f'PRAGMA index_list("{name}")').fetchall()
    index = next((row[1] for row in indexes if row[3] == "pk"), "")
    names = [column.name for column in columns]
    keys = connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
    parents = tuple((names.index(key[3]), key[2]) for key in keys if key[4] == "id")
    places = tuple(
        (row[1], tuple(told[1] for told in connection.execute(f'PRAGMA index_info("{row[1]}")')))
        for row in indexes
    )
    return Shape(name, tuple(columns), numbered, index, places, parents)


def _name_of(told: list[tuple[int, str]], place: int) -> str:
    return next(row[1] for row in told if row[0] == place)


def _length(kind: str, length: str) -> int:
    return int(length) if kind == "VARCHAR" and length.isdecimal() else 0


@dataclass(slots=True)
class Rows:
    """What was found of one table."""

    found: dict[Value, tuple[Value, ...]] = field(default_factory=dict)
    """The rows by what they are known by."""
    detached: set[Value] = field(default_factory=set)
    """Those that nothing led to any more: one that had been deleted may be among them."""
    torn: list[tuple[Value, ...]] = field(default_factory=list)
    """What can be read of rows that are no longer whole."""
    named: dict[Value, int] = field(default_factory=dict)
    """The identifiers that the table's index names, with the number of each row."""
    hints: dict[Value, dict[str, Value]] = field(default_factory=dict)
    """What the indexes know of rows that were not found: some of their columns."""

    remembered: dict[Value, dict[str, Value]] = field(default_factory=dict)
    """What the steps of undo know of rows that were not found."""
    uncounted: bool = False
    """Whether neither the table nor its index is whole: nobody knows how many rows there were."""

    @property
    def lost(self) -> set[Value]:
        """Return the identifiers that the index names and that were not found."""
        return self.named.keys() - self.found.keys()


class Salvage:
    """One look through all the pages of a file."""

    def __init__(self, pages: Pages, known: dict[str, Shape], judge: Judge) -> None:
        """Look through ``pages`` for rows of the tables ``known``."""
        self.pages = pages
        self.shapes = known
        self.judge = judge
        self.rows = {name: Rows() for name in known}
        self.homeless: list[tuple[Value, ...]] = []
        """What can be read of rows that no table could be found for."""
        self._kinds = {number: p.kind_of(pages[number], number) for number in pages}
        self._owners: dict[int, str] = {}
        self._claimed_twice: set[int] = set()
        self._taken: set[int] = set()
        """Pages that are a part of what was read: of trees, indexes, overflow chains."""
        self._spoken_of: dict[str, set[Value]] = {}
        self._indexes: set[str] = set()
        """What the schema tells to be an index."""
        self._counts = {len(shape.columns) for shape in known.values()}

    def read(self) -> None:
        """Find everything."""
        roots = self._roots()
        for shape in self.shapes.values():
            self._name_rows(shape, roots.get(shape.index, 0))
            self._own(shape, roots.get(shape.name, 0))
        for name, root in roots.items():
            # Where a page of a table of ours lies in an index's place, what it leads to is ours.
            if name not in self.shapes and (
                name not in self._indexes or self._kinds.get(root) in _OF_INDEXES
            ):
                self._pass_by(root)
        for number in self._claimed_twice:
            del self._owners[number]  # a page that leads to it is another's: its rows tell whose
        for number, owner in list(self._owners.items()):
            if self._kinds[number] == p.TABLE_LEAF:
                self._read_leaf(self.shapes[owner], number)
        self._note_who_is_spoken_of()
        self._read_detached()
        self._note_who_is_spoken_of()
        self._carve()
        for shape in self.shapes.values():
            self._ask_indexes(shape, roots)
            self.rows[shape.name].uncounted = self._uncounted(shape, roots)

    # The trees ------------------------------------------------------------------------------

    def _roots(self) -> dict[str, int]:
        """Return the first page of each table and index that the schema tells."""
        inside = [n for n in self._walk(1) if self._kinds.get(n) == p.TABLE_LEAF]
        found = dict(self._told(inside))
        if len(found.keys() & self.shapes.keys()) < len(self.shapes):
            # The schema's own first page is lost; its leaves lie somewhere.
            leaves = (n for n, kind in self._kinds.items() if kind == p.TABLE_LEAF)
            found = {**dict(self._told(leaves)), **found}
        return found

    def _told(self, leaves: Iterable[int]) -> Iterator[tuple[str, int]]:
        for number in leaves:
            found, unread = p.cells(self.pages, number)
            if unread:
                found += p.carved(self.pages, number, {len(_TOLD)})
            for cell in filter(_of_schema, found):
                kind, name, _, root, _ = cell.values
                if isinstance(name, str) and isinstance(root, int) and root:
                    if kind == "index":
                        self._indexes.add(name)
                    yield name, root
                self._taken.add(number)

    def _walk(self, root: int) -> list[int]:
        """Return the pages of a tree, as far as it can be followed; the strange ones too."""
        seen, waiting = {root: None}, [root]
        while waiting:
            number = waiting.pop()
            if self._kinds.get(number) in {p.TABLE_INTERIOR, p.INDEX_INTERIOR}:
                for child in p.children(self.pages[number], number):
                    if 1 < child <= self.pages.count and child not in seen:
                        seen[child] = None
                        waiting.append(child)
        return [number for number in seen if number in self._kinds]

    def _name_rows(self, shape: Shape, root: int) -> None:
        for number in self._walk(root):
            if self._kinds[number] in _OF_INDEXES:
                self._taken.add(number)
                entries = p.entries(self.pages, number)
                self.rows[shape.name].named.update((e.values[0], e.rowid) for e in entries)

    def _uncounted(self, shape: Shape, roots: dict[str, int]) -> bool:
        """Tell whether rows may be lost that nothing names."""
        if shape.name not in roots and self._is_whole(1, self._reads_schema):
            return False  # there was none
        return not (
            self._is_whole(roots.get(shape.name, 0), lambda number: self._reads(shape, number))
            or self._is_whole(roots.get(shape.index, 0), self._names, _OF_INDEXES)
        )

    def _is_whole(
        self, root: int, reads: Callable[[int], bool], kinds: Collection[int] = _OF_TABLES
    ) -> bool:
        """Tell whether a tree can be followed to its last page, and all on each be read."""
        for number in self._walk(root) or (0,):
            kind, page = self._kinds.get(number), self.pages[number]
            if kind not in kinds:
                return False
            if kind in {p.TABLE_INTERIOR, p.INDEX_INTERIOR}:
                below = p.children(page, number)
                if len(below) <= p.said(page, number) or not all(
                    1 < child <= self.pages.count for child in below
                ):
                    return False
            if kind != p.TABLE_INTERIOR and not reads(number):
                return False
        return True

    def _reads(self, shape: Shape, number: int) -> bool:
        return self._owners.get(number) == shape.name and not p.cells(self.pages, number)[1]

    def _reads_schema(self, number: int) -> bool:
        found, unread = p.cells(self.pages, number)
        return not unread and all(map(_of_schema, found))

    def _names(self, number: int) -> bool:
        entries = sum(1 for _ in p.entries(self.pages, number))
        return entries == p.said(self.pages[number], number)

    def _ask_indexes(self, shape: Shape, roots: dict[str, int]) -> None:
        """Note what the indexes of a table know of the rows that were not found."""
        rows = self.rows[shape.name]
        lost = {rows.named[identity]: identity for identity in rows.lost}
        for name, places in shape.indexes if lost else ():
            for number in self._walk(roots.get(name, 0)):
                if self._kinds[number] not in _OF_INDEXES:
                    continue
                for entry in p.entries(self.pages, number):
                    if entry.rowid in lost and len(entry.values) == len(places) + 1:
                        known = rows.hints.setdefault(lost[entry.rowid], {})
                        known |= {
                            shape.columns[at].name: value
                            for at, value in zip(places, entry.values[:-1], strict=True)
                        }

    def _pass_by(self, root: int) -> None:
        """Note the pages of a tree that holds no rows of ours, those of its long cells too."""
        for number in self._walk(root):
            self._taken.add(number)
            if self._kinds[number] == p.TABLE_LEAF:
                for cell in p.cells(self.pages, number)[0]:
                    self._taken.update(cell.overflow)

    def _own(self, shape: Shape, root: int) -> None:
        for number in self._walk(root):
            kind = self._kinds[number]
            if kind == p.TABLE_INTERIOR:
                self._taken.add(number)
            elif kind not in {None, p.TABLE_LEAF}:
                continue
            elif self._owners.setdefault(number, shape.name) != shape.name:
                self._claimed_twice.add(number)

    # Rows -----------------------------------------------------------------------------------

    def _read_leaf(self, shape: Shape, number: int) -> None:
        found, unread = p.cells(self.pages, number)
        whole = [cell for cell in found if cell.whole]
        if whole and not any(shape.fits(cell) for cell in whole):
            del self._owners[number]
            return
        if unread or not all(shape.fits(cell) for cell in found if cell.whole):
            found += p.carved(self.pages, number, {len(shape.columns)})
        for cell in found:
            self._keep(shape, cell, detached=False)
        self._taken.add(number)

    def _keep(self, shape: Shape, cell: Cell, *, detached: bool) -> None:
        self._taken.update(cell.overflow)
        rows = self.rows[shape.name]
        if not cell.whole or not shape.fits(cell):
            rows.torn.append(cell.values)
            return
        identity = shape.identity(cell)
        if identity in rows.found and not (
            # Of two states of one row, both led to or neither, the later one.
            (identity in rows.detached) == detached and _later(shape, cell, rows.found[identity])
        ):
            return
        rows.found[identity] = shape.row(cell)
        if detached:
            rows.detached.add(identity)

    def _read_detached(self) -> None:
        """Give the leaves that no tree leads to, each group under one page, to their tables."""
        free = self.pages.free()
        left = {
            number
            for number, kind in self._kinds.items()
            if kind == p.TABLE_LEAF and not {number} & (self._taken | free)
        }
        groups: dict[int, list[int]] = {}
        above = self._above(free)
        for number in sorted(left):
            groups.setdefault(above.get(number, number), []).append(number)
        for members in groups.values():
            found = [cell for number in members for cell in p.cells(self.pages, number)[0]]
            shape = self._best(found)
            if shape is not None:
                self._taken.update(members)
                for cell in found:
                    self._keep(shape, cell, detached=True)
            else:  # what is whole is tried once more, when more is known
                self._leave_homeless([cell for cell in found if not cell.whole])

    def _above(self, free: set[int]) -> dict[int, int]:
        """Return, for pages under an interior page that no tree leads to, the topmost one."""
        parent: dict[int, int] = {}
        for number, kind in self._kinds.items():
            if kind == p.TABLE_INTERIOR and number not in self._taken | free:
                for child in p.children(self.pages[number], number):
                    parent.setdefault(child, number)
        found = {}
        for number in parent:
            top, steps = number, 0
            while top in parent and steps < 20:
                top, steps = parent[top], steps + 1
            found[number] = top
        return found

    def _carve(self) -> None:
        """Look through the pages whose own order is lost."""
        free = self.pages.free()
        lost = [
            number
            for number, kind in self._kinds.items()
            if number not in self._taken
            and number not in free
            and (kind is None or kind == p.TABLE_LEAF)
            and any(self.pages[number])
        ]
        for number in lost[:MOST_CARVED]:
            owner = self._owners.get(number)
            counts = {len(self.shapes[owner].columns)} if owner else self._counts
            carved = p.carved(self.pages, number, counts)
            found = [cell for cell in carved if not _of_schema(cell)]
            shape = self.shapes[owner] if owner else self._best(found)
            for cell in found:
                if shape is not None and shape.fits(cell):
                    self._keep(shape, cell, detached=owner is None)
            if shape is None:
                self._leave_homeless(found)

    def _leave_homeless(self, found: list[Cell]) -> None:
        """Keep what can be read of rows without a table: of ours, going by what names them."""
        self.homeless += [
            cell.values
            for cell in found
            if cell.values and _IDENTIFIER.fullmatch(str(cell.values[0]))
        ]

    def _best(self, found: list[Cell]) -> Shape | None:
        """Return the table that rows of one page belong to, None where nothing tells."""
        votes: Counter[str] = Counter()
        whole = [cell for cell in found if cell.whole]
        for shape in self.shapes.values():
            if whole and all(shape.fits(cell) for cell in whole):
                if not all(self.judge(shape, shape.row(cell)) for cell in whole[:5]):
                    continue
                votes[shape.name] = 1 + sum(self._likely(shape, cell) for cell in whole)
        ranked = votes.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return None
        return self.shapes[ranked[0][0]]

    def _likely(self, shape: Shape, cell: Cell) -> int:
        """Return how much speaks for a row being of a table that it may be one of."""
        identity = cell.values[0]
        named = 100 * (identity in self.rows[shape.name].named)
        spoken_of = 10 * (identity in self._spoken_of.get(shape.name, ()))
        # Who its parents would be: known ones, or such as nobody has ever heard of.
        parents = 0
        for place, parent in shape.parents:
            if cell.values[place] is not None and parent in self.rows:
                rows = self.rows[parent]
                known = cell.values[place] in rows.found or cell.values[place] in rows.named
                parents += 10 if known else -5
        usual = _IDENTIFIER.fullmatch(str(identity)) is not None
        return named + spoken_of + parents + (usual != (shape.name in _OWN_NAMES))

    def _note_who_is_spoken_of(self) -> None:
        """Note the identifiers by which rows that were found name rows of other tables."""
        for shape in self.shapes.values():
            for place, parent in shape.parents:
                rows = self.rows[shape.name].found.values()
                self._spoken_of.setdefault(parent, set()).update(row[place] for row in rows)


class Judge:
    """Asks the rules of a sound, empty database whether a row keeps them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Ask ``connection``, whose foreign keys are off and no transaction is open."""
        self._connection = connection

    def __call__(self, shape: Shape, row: tuple[Value, ...]) -> bool:
        """Tell whether a row keeps the rules that are about itself."""
        self._connection.execute("SAVEPOINT judge")
        try:
            insert(self._connection, shape, row)
        except Exception as error:
            if not broke_a_rule(error):
                raise
            return "UNIQUE" in str(error)
        else:
            return True
        finally:
            self._connection.execute("ROLLBACK TO judge")
            self._connection.execute("RELEASE judge")


def broke_a_rule(error: Exception) -> bool:
    """Tell whether an error of either driver says that a row breaks a rule of the schema."""
    return type(error).__name__ == "IntegrityError"


def insert(connection: sqlite3.Connection, shape: Shape, row: tuple[Value, ...]) -> None:
    """Write a row. Raises the driver's IntegrityError for one that breaks a rule."""
    columns = ", ".join(f'"{column.name}"' for column in shape.columns)
    marks = ", ".join("?" * len(row))
    connection.execute(f'INSERT INTO "{shape.name}" ({columns}) VALUES ({marks})', row)


def _later(shape: Shape, cell: Cell, known: tuple[Value, ...]) -> bool:
    names = [column.name for column in shape.columns]
    if "version" not in names:
        return False
    place = names.index("version")
    then, now = known[place], shape.row(cell)[place]
    return isinstance(then, int) and isinstance(now, int) and now > then
