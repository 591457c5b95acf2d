"""What a server that came back from an older dump lacks, as a replica that was ahead still has it.

The journal tells: a replica holds the server's own, and where the two part, what follows on the
replica names each row and each column that was written after the dump. The values are the
replica's. What nobody wrote there since the server came back takes them; what somebody did is
settled as everywhere (``merging``), so that two who send the same again change nothing twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from pan_desktop.domain.journal import How, Touched
from pan_desktop.domain.model import ReleveState
from pan_desktop.store import tables
from pan_desktop.store.changes import Row, RowChange
from pan_desktop.store.journal.chain import unpacked
from pan_desktop.store.journal.journal import together
from pan_desktop.store.merging.entries import BOOKKEEPING, Packed, packed
from pan_desktop.store.merging.groups import group
from pan_desktop.store.shared.moving import owners_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

Key = tuple[str, str]
_AT_ONCE = 200
"""So many rows go in one entry at most."""
_DRAFT = ReleveState.DRAFT.value


class Lost(NamedTuple):
    """A row that was written after the dump, as the server had it when it was last read."""

    touched: Touched
    author: str
    row: Row | None
    """None for one that was removed."""


class Written(NamedTuple):
    """What is to be sent again as one entry."""

    author: str
    changes: list[Packed]


class Since(NamedTuple):
    """What was written on the server since it came back."""

    touched: dict[Key, tuple[Touched, str]]
    said: dict[Key, list[Row]]
    """What rows said in between, as far as the log tells."""

    @classmethod
    def of(
        cls, journal: Iterable[Mapping[str, Any]], fork: int, later: Iterable[RowChange]
    ) -> Since:
        """Take it from the journal after entry ``fork``, and from what the log tells."""
        said: dict[Key, list[Row]] = {}
        for change in later:
            if change.after is not None:
                said.setdefault((change.table, change.after["id"]), []).append(change.after)
        return cls(touched_after(journal, fork), said)


def touched_after(
    rows: Iterable[Mapping[str, Any]], sequence: int
) -> dict[Key, tuple[Touched, str]]:
    """Return what the journal's ``rows`` after an entry tell of, each row once, with its author."""
    found: dict[Key, tuple[Touched, str]] = {}
    for row in rows:
        if row["sequence"] <= sequence:
            continue
        for one in unpacked(row["changes"]):
            known = found.get((one.table, one.id))
            whole = one if known is None else together(known[0], one)
            if known is not None and known[0].how is How.CHANGED and not known[0].columns:
                whole = whole._replace(columns=())  # no one knows which: all
            found[one.table, one.id] = whole, row["author"]
    return found


def lost(connection: Connection, fork: int) -> list[Lost]:
    """Return what was written after entry ``fork`` of the journal here, as the rows say it now."""
    journal = tables.journal
    after = select(journal).where(journal.c.sequence > fork).order_by(journal.c.sequence)
    rows = (dict(row) for row in connection.execute(after).mappings())
    touched = touched_after(rows, fork)
    found = []
    for (name, row_id), (one, author) in touched.items():
        if name in tables.metadata.tables and name not in tables.LOCAL:
            found.append(Lost(one, author, _row(connection, name, row_id)))
    return found


def sent_again(connection: Connection, found: Sequence[Lost], since: Since) -> list[Written]:
    """Return what to send so that the server, whose rows ``connection`` gives, has it again.

    In the order in which it can stand: relevés are opened first and closed last, rows come after
    those that they refer to.
    """
    plan = _Plan(connection, since)
    for one in _owners_first(found):
        plan.add(one)
    written: list[Written] = []
    for author, change in plan.steps():
        last = written[-1] if written else None
        if last is None or last.author != author or len(last.changes) == _AT_ONCE:
            written.append(last := Written(author, []))
        last.changes.append(change)
    return written


class _Plan:
    """The changes that bring back what is lacking, by when each can be made."""

    def __init__(self, connection: Connection, since: Since) -> None:
        self._connection = connection
        self._there, self._said = since
        self._opened: list[tuple[str, Packed]] = []
        self._made: list[tuple[str, Packed]] = []
        self._removed: list[tuple[str, Packed]] = []
        self._closed: list[tuple[str, Packed]] = []

    def steps(self) -> list[tuple[str, Packed]]:
        """Return all of them, with their authors."""
        return [*self._opened, *self._made, *reversed(self._removed), *self._closed]

    def add(self, one: Lost) -> None:
        """Bring one row back to what it said."""
        key = one.touched.table, one.touched.id
        now = _row(self._connection, *key)
        if one.row is None:
            # What somebody wrote in meanwhile, not knowing of its removal, stays.
            if now is not None and key not in self._there:
                change = packed(RowChange(key[0], now, None), whole=True)
                self._removed.append((one.author, change))
        elif now is not None:
            self._change(one, one.row, now)
        elif key not in self._there:
            self._make(one, one.row)
        elif one.touched.how is How.CHANGED:  # somebody removed it since: it is for her to choose
            said = _said(one.touched, one.row)
            before = {**one.row, **dict.fromkeys(said)}
            self._made.append((one.author, packed(RowChange(key[0], before, one.row), whole=True)))

    def _make(self, one: Lost, row: Row) -> None:
        if one.touched.table == "meeting" and row["state"] != _DRAFT:
            self._state(self._closed, one, _DRAFT, row["state"])
            row = {**row, "state": _DRAFT}
        change = packed(RowChange(one.touched.table, None, row), whole=True)
        self._made.append((one.author, change))

    def _change(self, one: Lost, row: Row, now: Row) -> None:
        table = one.touched.table
        columns = _said(one.touched, row)
        if table == "meeting" and "state" in columns and not self._both(one, "state"):
            columns.remove("state")
            if now["state"] != _DRAFT:  # it was opened again, or nothing of it could be written
                self._state(self._opened, one, now["state"], _DRAFT)
            if row["state"] != _DRAFT:
                self._state(self._closed, one, _DRAFT, row["state"])
        differing = {
            column: row[column]
            for column in columns
            if row[column] != now[column] and not self._passed(one, column, row[column])
        }
        if not differing:
            return
        change = packed(RowChange(table, now, {**now, **differing}), whole=True)
        for column in list(change["before"]):
            if self._both(one, column):
                # What it said when both began is known nowhere.
                del change["before"][column]
        self._made.append((one.author, change))

    def _state(self, steps: list[tuple[str, Packed]], one: Lost, before: str, after: str) -> None:
        rows = ({"id": one.touched.id, "state": state} for state in (before, after))
        steps.append((one.author, packed(RowChange("meeting", *rows), whole=True)))

    def _passed(self, one: Lost, column: str, value: object) -> bool:
        """Tell whether the server had a value since it came back, and has a later one now."""
        said = self._said.get((one.touched.table, one.touched.id), ())
        return any(column in row and row[column] == value for row in said)

    def _both(self, one: Lost, column: str) -> bool:
        """Tell whether somebody wrote a column on the server as well, or one tied to it."""
        known = self._there.get((one.touched.table, one.touched.id))
        if known is None:
            return False
        columns = known[0].columns
        return not columns or any(c in columns for c in group(one.touched.table, column))


def _said(touched: Touched, row: Row) -> list[str]:
    """Return the columns of a row that were written."""
    every = [column for column in row if column != "id" and column not in BOOKKEEPING]
    return [column for column in every if column in touched.columns] or every


def _row(connection: Connection, name: str, row_id: str) -> Row | None:
    table = tables.metadata.tables[name]
    found = connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    return None if found is None else dict(found)


def _owners_first(found: Sequence[Lost]) -> list[Lost]:
    """Return the rows in an order in which each comes after those that it refers to."""
    ordered: list[Lost] = []
    for table in tables.metadata.sorted_tables:
        here = {one.touched.id: one for one in found if one.touched.table == table.name}
        tied = [key for key in table.foreign_key_constraints if key.referred_table is table]
        rows = [one.row for one in here.values() if one.row is not None]
        columns = [key.elements[0].parent.name for key in tied]
        ordered += [here[row["id"]] for row in owners_first(rows, columns)]
        ordered += [one for one in here.values() if one.row is None]
    return ordered
