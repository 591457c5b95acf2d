"""What merging entries will have to know, read at once instead of one question after the other.

It is only read ahead: whatever turns out not to be in it is asked for when it is needed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import or_, select

from pan_desktop.store import tables
from pan_desktop.store.journal.subjects import LEADING, SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Select

    from pan_desktop.store.changes import Row
    from pan_desktop.store.merging.entries import Entry

Key = tuple[str, str]
_AT_ONCE = 500
_TAKEN, _ROW, _OPEN, _ABOVE, _POINT = range(5)
_ALONE = {"taken_entry", "disagreement"}


class Point(NamedTuple):
    """Where a point of an outline stands."""

    parent_id: str | None
    agenda_item_id: str


class Foreseen:
    """The questions about a batch of entries, and their answers."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Think of what will be asked; nothing is asked here."""
        self.taken: set[str] = set()
        """The entries that were merged before."""
        self.rows: dict[Key, Row | None] = {}
        """The rows that the entries change, None for one that is not there."""
        self.open: list[Row] = []
        """The open disagreements about these rows."""
        self.above: dict[Key, Row] = {}
        """Rows that these lead to: only what they say of meetings, people and commitments."""
        self.points: dict[str, Point] = {}
        """Where points that the entries change stand, and all above them."""
        self._changes = [change for entry in entries for change in entry.changes]
        self._moves = any(
            change.before is not None
            and "meeting_id" in (change.after or {})
            and change.table in {"agenda_item", "attendance"}
            for change in self._changes
        )
        self._asked: list[tuple[int, str, Select[Any]]] = []
        self._owners: set[Key] = set()
        self._ask([entry.id for entry in entries])

    @property
    def statements(self) -> list[Select[Any]]:
        """Return the questions, for ``take``."""
        return [statement for _, _, statement in self._asked]

    def take(self, answers: Sequence[Sequence[Row]]) -> Foreseen:
        """Take in the rows that each question found."""
        for (kind, name, _), rows in zip(self._asked, answers, strict=True):
            if kind == _TAKEN:
                self.taken |= {row["id"] for row in rows}
            elif kind == _ROW:
                self.rows |= {(name, row["id"]): dict(row) for row in rows}
            elif kind == _OPEN:
                self.open += [dict(row) for row in rows]
            elif kind == _ABOVE:
                self.above |= {(name, row["id"]): dict(row) for row in rows}
            else:
                for row in rows:
                    self.points[row["id"]] = Point(row["parent_id"], row["agenda_item_id"])
        self.open = list({row["id"]: row for row in self.open}.values())
        for row in self.open:
            self.rows["disagreement", row["id"]] = dict(row)
        return self

    def meeting(self, column: str, owner: str) -> Row | None:
        """Return state and day of the meeting that ``column`` leads to; None when there is none.

        Raises KeyError when that was not foreseen.
        """
        if self._moves:
            raise KeyError(owner)
        if column in {"agenda_item_id", "attendance_id"}:
            row = self._known(column.removesuffix("_id"), owner)
            return None if row is None else self._known("meeting", row["meeting_id"])
        return self._known("meeting", owner)

    def _known(self, name: str, row_id: str) -> Row | None:
        key = name, row_id
        if key in self.above:
            return self.above[key]
        if key in self.rows:
            return self.rows[key]
        if key in self._owners:
            return None
        raise KeyError(key)

    def _ask(self, entries: list[str]) -> None:
        taken = tables.taken_entry.c.id
        for part in _parts(entries):
            self._asked.append((_TAKEN, "", select(taken).where(taken.in_(part))))
        wanted: dict[str, dict[str, None]] = {}
        for change in self._changes:
            row_id = str((change.after or change.before or {})["id"])
            wanted.setdefault(change.table, {})[row_id] = None
        about = tables.disagreement.c.row_id
        for name, ids in wanted.items():
            table = tables.metadata.tables[name]
            self.rows |= dict.fromkeys((name, row_id) for row_id in ids)
            for part in _parts(ids):
                self._asked.append((_ROW, name, select(table).where(table.c.id.in_(part))))
                held = select(tables.disagreement).where(about.in_(part))
                self._asked.append((_OPEN, "", held))
                self._ask_above(name, table.c.id.in_(part), self._said(name, set(part)))
        self._ask_points(list(wanted.get("conclusion", ())))

    def _said(self, name: str, ids: set[str]) -> list[Row]:
        return [
            row
            for change in self._changes
            for row in (change.before, change.after)
            if change.table == name and row is not None and row["id"] in ids
        ]

    def _ask_above(self, name: str, where: ColumnElement[bool], said: Sequence[Row] = ()) -> None:
        """Ask for what the rows of ``name`` lead to, and for what that leads to."""
        if name in _ALONE:
            return
        table = tables.metadata.tables[name]
        for column, parent in _leads(name):
            owner = tables.metadata.tables[parent]
            named = {str(row[column]) for row in said if row.get(column)}
            self._owners |= {(parent, row_id) for row_id in named}
            there: ColumnElement[bool] = owner.c.id.in_(select(table.c[column]).where(where))
            if named:
                there = or_(there, owner.c.id.in_(sorted(named)))
            columns = [owner.c[name] for name in _told(parent)]
            self._asked.append((_ABOVE, parent, select(*columns).where(there)))
            self._ask_above(parent, there)

    def _ask_points(self, ids: list[str]) -> None:
        """Ask for where the points stand, and the points above them, up to the top."""
        said = {
            str(change.after["parent_id"])
            for change in self._changes
            if change.table == "conclusion"
            and change.after is not None
            and change.after.get("parent_id")
        }
        point = tables.conclusion
        stands = point.c.id, point.c.parent_id, point.c.agenda_item_id
        for part in _parts(dict.fromkeys([*ids, *sorted(said)])):
            above = select(*stands).where(point.c.id.in_(part)).cte("above", recursive=True)
            higher = select(*stands).join(above, above.c.parent_id == point.c.id)
            found = above.union(higher)
            self._asked.append((_POINT, "", select(found)))


@cache
def _leads(name: str) -> tuple[tuple[str, str], ...]:
    """Return the columns of a table that lead to others, with the table that each leads to."""
    leading = {**LEADING, "meeting_id": "meeting"}
    columns = tables.metadata.tables[name].c
    return tuple((column, table) for column, table in leading.items() if column in columns)


@cache
def _told(name: str) -> tuple[str, ...]:
    columns = tables.metadata.tables[name].c
    wanted = ("id", "state", "day") if name == "meeting" else ("id", *SAID, *LEADING)
    return tuple(column for column in wanted if column in columns)


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    listed = list(ids)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]
