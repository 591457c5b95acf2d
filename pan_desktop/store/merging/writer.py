"""Writes the rows that a merge settles: many of one shape at once, or one by one to see which fail.

Tells each row whole, as it was and as it is, without asking the database again.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Integer, Numeric, bindparam, delete, insert, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from pan_desktop.store import tables
from pan_desktop.store.changes import Row, RowChange

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

Key = tuple[str, str]
"""A table's name and a row's identifier."""
_AT_ONCE = 500
_OWNED = {
    "agenda_item": "meeting_id",
    "attendance": "meeting_id",
    "attendance_file": "meeting_id",
    "progress_report": "meeting_id",
    "activity_report": "meeting_id",
    "confirmation": "meeting_id",
    "releve_version": "meeting_id",
    "written_file": "meeting_id",
    "meeting": "id",
}


class Writer:
    """The rows that one merge is about, and what it writes of them."""

    def __init__(self, connection: Connection, now: datetime, *, careful: bool) -> None:
        """Write through ``connection`` at ``now``; ``careful`` each row in a savepoint."""
        self._connection = connection
        self._now = now
        self._careful = careful
        self._plain = connection.dialect.name != "sqlite"
        self._waiting: list[tuple[Any, Row]] = []
        self.rows: dict[Key, Row | None] = {}
        self.changes: list[RowChange] = []
        self.meeting_waits = False
        """Whether a write that may open or close a relevé has not reached the database."""

    def load(self, keys: Iterable[Key]) -> None:
        """Read the rows, as many of a table at once as there are."""
        wanted: dict[str, list[str]] = {}
        for name, row_id in keys:
            if (name, row_id) not in self.rows:
                self.rows[name, row_id] = None
                wanted.setdefault(name, []).append(row_id)
        for name, ids in wanted.items():
            table = tables.metadata.tables[name]
            for part in range(0, len(ids), _AT_ONCE):
                statement = select(table).where(table.c.id.in_(ids[part : part + _AT_ONCE]))
                for row in self._connection.execute(statement).mappings():
                    self.rows[name, row["id"]] = dict(row)

    def row(self, key: Key) -> Row | None:
        """Return a row as it is now, None when it is gone."""
        if key not in self.rows:
            self.flush()
            self.load([key])
        return self.rows[key]

    def insert(self, name: str, row: Row) -> bool:
        """Write a new row; False when the database refuses it (told at once when careful)."""
        whole = self._clean({**whole_row(name, row), "version": 1, "updated_at": self._now})
        whole["created_at"] = row.get("created_at") or self._now
        if not self._put(_insert(name), whole):
            return False
        self._changed(name, None, whole)
        return True

    def update(self, key: Key, values: Row) -> bool:
        """Change a row that is there; False when the database refuses it."""
        before = self.rows[key]
        assert before is not None
        changed = self._clean(values)
        changed |= {"version": before["version"] + 1, "updated_at": self._now}
        if not self._put(_update(key[0], tuple(changed)), {**changed, "the_id": key[1]}):
            return False
        self._changed(key[0], before, {**before, **changed})
        return True

    def remove(self, key: Key) -> bool:
        """Remove a row that is there; False when the database refuses it."""
        before = self.rows[key]
        assert before is not None
        if not self._put(_delete(key[0]), {"the_id": key[1]}):
            return False
        self._changed(key[0], before, None)
        return True

    def waiting(self) -> list[tuple[Any, Row]]:
        """Take over what the database does not have yet: statements, in order, and their rows."""
        waiting, self._waiting = self._waiting, []
        self.meeting_waits = False
        return waiting

    def flush(self) -> None:
        """Let the database have what waits, rows of one shape in one go."""
        waiting = self.waiting()
        start = 0
        for end in range(1, len(waiting) + 1):
            if end == len(waiting) or waiting[end][0] is not waiting[start][0]:
                rows = [row for _, row in waiting[start:end]]
                self._connection.execute(waiting[start][0], rows if len(rows) > 1 else rows[0])
                start = end

    def _put(self, statement: Any, row: Row) -> bool:  # noqa: ANN401 - a statement
        if not self._careful:
            self._waiting.append((statement, row))
            return True
        try:
            with self._connection.begin_nested():
                self._connection.execute(statement, row)
        except DBAPIError as error:
            if not is_refusal(error):
                raise
            return False
        return True

    def _changed(self, name: str, before: Row | None, after: Row | None) -> None:
        self.rows[name, str((after or before or {})["id"])] = after
        self.changes.append(RowChange(name, before, after))
        self.meeting_waits = self.meeting_waits or (name == "meeting" and not self._careful)

    def _clean(self, row: Row) -> Row:
        """Return a row as PostgreSQL takes it, whose texts hold no character 0."""
        if not self._plain:
            return row
        return {k: v.replace("\0", "") if isinstance(v, str) else v for k, v in row.items()}


def is_refusal(error: DBAPIError) -> bool:
    """Tell whether the database refuses what was to be written, rather than fails itself."""
    if isinstance(error, IntegrityError | DataError):
        return True
    # What is too large for PostgreSQL, as a name of 3,000 letters for an index: it always will be.
    return str(getattr(error.orig, "sqlstate", None) or "").startswith("54")


def whole_row(name: str, row: Row) -> Row:
    """Return a new row with what the schema gives to the columns that it leaves out."""
    return {**defaults(name), **row}


def meeting_of(connection: Connection, name: str, row: Row) -> str | None:
    """Return the meeting that a row belongs to, None when it is of none, or of one not known."""
    if name in _OWNED:
        return row.get(_OWNED[name])
    for column, table in (
        ("agenda_item_id", tables.agenda_item),
        ("attendance_id", tables.attendance),
    ):
        if row.get(column):
            where = table.c.id == row[column]
            return connection.execute(select(table.c.meeting_id).where(where)).scalar()
    return None


@cache
def defaults(name: str) -> Row:
    """Return what the schema gives to the columns that a new row leaves out."""
    found: Row = {}
    for column in tables.metadata.tables[name].columns:
        if column.primary_key or column.name in {"version", "created_at", "updated_at"}:
            continue
        given: Any = column.server_default
        said = None if given is None else str(getattr(given.arg, "text", given.arg))
        if said is None:
            found[column.name] = None
        elif isinstance(column.type, Boolean):
            found[column.name] = said == "true"
        elif isinstance(column.type, Integer):
            found[column.name] = int(said)
        elif isinstance(column.type, Numeric):
            found[column.name] = Decimal(said)
        else:
            found[column.name] = said
    return found


@cache
def _insert(name: str) -> Any:  # noqa: ANN401 - an Insert
    return insert(tables.metadata.tables[name])


@cache
def _update(name: str, columns: tuple[str, ...]) -> Any:  # noqa: ANN401 - an Update
    table = tables.metadata.tables[name]
    values: dict[str, Any] = {column: bindparam(column) for column in columns}
    return update(table).where(table.c.id == bindparam("the_id")).values(values)


@cache
def _delete(name: str) -> Any:  # noqa: ANN401 - a Delete
    table = tables.metadata.tables[name]
    return delete(table).where(table.c.id == bindparam("the_id"))
