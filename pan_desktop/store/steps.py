"""The steps that undo and redo go along: what was done, kept in the store beside what it changed.

A step is the rows of one use case before and after. It is written in the same transaction, so
that it is there exactly when the change is, also after the window was closed or the process
killed. Letters typed one after the other in one text make one step.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, LargeBinary, Numeric, Time, bindparam, delete, insert, select, update

from pan_desktop.domain.ids import new_id
from pan_desktop.store import tables
from pan_desktop.store.changes import RowChange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Connection

    from pan_desktop.store.heads import Heads

PAUSE = timedelta(seconds=2)
"""Typing that rests longer begins a new step."""
LONGEST = timedelta(seconds=10)
"""A step of typing takes in no more than this."""
KEPT = 1000
"""So many steps are kept; older ones cannot be undone any more."""

_OURS = ("version", "created_at", "updated_at")


class Step(NamedTuple):
    """One thing done."""

    id: str
    changes: list[RowChange]


class LastStep(NamedTuple):
    """The step that what is typed next may join, with its changes as they are kept."""

    id: str
    typing: str
    created_at: datetime
    updated_at: datetime
    undone: bool
    changes: list[dict[str, Any]]


class Steps:
    """The steps of one database, within the transaction of one use case."""

    def __init__(
        self, connection: Connection, now: Callable[[], datetime], heads: Heads | None = None
    ) -> None:
        """Read and write through ``connection``; ``now`` gives the instant of writes.

        ``heads`` remembers the last step between the transactions of one program.
        """
        self._connection = connection
        self._now = now
        self._heads = heads

    def record(self, changes: Sequence[RowChange], typing: str = "") -> None:
        """Keep what has just been done; what had been undone before can no longer be redone.

        ``typing`` names the text being typed: what follows soon in the same text joins its step.
        """
        if not changes:
            return
        now = self._now()
        last = self._last()
        if last is not None and last.undone:
            self._connection.execute(delete(_steps()).where(_steps().c.undone))
            last = None
        new = [_packed(change) for change in changes]
        if typing and last is not None and _goes_on(last, typing, now):
            last = last._replace(updated_at=now, changes=_merged(last.changes, new))
            row = {"changes": json.dumps(last.changes), "updated_at": now}
            self._connection.execute(_growth(), {**row, "step": last.id})
        else:
            last = LastStep(new_id(), typing, now, now, undone=False, changes=new)
            row = last._asdict() | {"changes": json.dumps(new)}
            self._connection.execute(insert(_steps()), row)
            self._forget_old()
        if self._heads is not None:
            self._heads.step = last

    def _last(self) -> LastStep | None:
        if self._heads is not None and self._heads.step is not None:
            return self._heads.step
        row = self._connection.execute(_last()).mappings().first()
        if row is None:
            return None
        packed = json.loads(row["changes"])
        found = row["id"], row["typing"], row["created_at"], row["updated_at"], row["undone"]
        return LastStep(*found, changes=packed)

    def last_done(self) -> Step | None:
        """Return the step that undo would take back."""
        return self._found(_steps().c.id.desc(), undone=False)

    def last_undone(self) -> Step | None:
        """Return the step that redo would do again."""
        return self._found(_steps().c.id, undone=True)

    def mark(self, step_id: str, *, undone: bool) -> None:
        """Keep that a step was taken back, or done again."""
        self._forget_last()
        self._connection.execute(
            update(_steps()).where(_steps().c.id == step_id), {"undone": undone}
        )

    def forget(self, step_id: str) -> None:
        """Drop a step that can be neither undone nor redone."""
        self._forget_last()
        self._connection.execute(delete(_steps()).where(_steps().c.id == step_id))

    def _forget_last(self) -> None:
        if self._heads is not None:
            self._heads.step = None

    def _found(self, order: Any, *, undone: bool) -> Step | None:  # noqa: ANN401 - a column's order
        where = _steps().c.undone.is_(undone)
        statement = select(_steps()).where(where).order_by(order).limit(1)
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            return None
        return Step(row["id"], [_unpacked(packed) for packed in json.loads(row["changes"])])

    def _forget_old(self) -> None:
        oldest = select(_steps().c.id).order_by(_steps().c.id.desc()).offset(KEPT).limit(1)
        self._connection.execute(delete(_steps()).where(_steps().c.id <= oldest.scalar_subquery()))


def opposite(changes: Iterable[RowChange]) -> list[RowChange]:
    """Return the changes that lead back, so that reverting those does the first again."""
    return [RowChange(c.table, c.after, c.before) for c in reversed(list(changes))]


@cache
def _steps() -> Any:  # noqa: ANN401 - a Table, read column by column
    return tables.step


@cache
def _last() -> Any:  # noqa: ANN401 - a Select, built once
    return select(_steps()).order_by(_steps().c.id.desc()).limit(1)


@cache
def _growth() -> Any:  # noqa: ANN401 - an Update, built once
    columns = ("changes", "updated_at")
    where = _steps().c.id == bindparam("step")
    return update(_steps()).where(where).values({name: bindparam(name) for name in columns})


def _goes_on(last: LastStep, typing: str, now: datetime) -> bool:
    """Tell whether what is typed now belongs to the last step."""
    rested, began = now - last.updated_at, now - last.created_at
    return last.typing == typing and rested <= PAUSE and began <= LONGEST


def _packed(change: RowChange) -> dict[str, Any]:
    """Return a change as JSON can hold it; of a changed row only what differs."""
    before, after = change.before, change.after
    row = after or before or {}
    if before is not None and after is not None:
        differing = [k for k in after if k not in _OURS and before[k] != after[k]]
        before = {key: before[key] for key in differing}
        after = {key: after[key] for key in differing}
    return {
        "table": change.table,
        "id": row["id"],
        "before": _written(change.table, before),
        "after": _written(change.table, after),
    }


def _unpacked(packed: dict[str, Any]) -> RowChange:
    table, row_id = packed["table"], packed["id"]
    return RowChange(
        table, _read(table, row_id, packed["before"]), _read(table, row_id, packed["after"])
    )


def _merged(first: list[dict[str, Any]], then: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return two lists of changes as one; of two changes of one row nothing between is kept."""
    found = {(change["table"], change["id"]): change for change in first}
    result = list(first)
    for change in then:
        known = found.get((change["table"], change["id"]))
        if known is None or known["after"] is None or change["before"] is None:
            result.append(change)
            continue
        if known["before"] is not None:
            known["before"] = {**change["before"], **known["before"]}
        known["after"] = None if change["after"] is None else {**known["after"], **change["after"]}
    return [c for c in result if c["before"] is not None or c["after"] is not None]


def _written(table: str, row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {key: _plain(value) for key, value in row.items() if key not in _OURS}


def _plain(value: object) -> object:
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _read(table: str, row_id: str, row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    readers = _readers(table)
    values = {
        key: readers[key](value) if value is not None and key in readers else value
        for key, value in row.items()
    }
    return {"id": row_id, **values}


@cache
def _readers(table: str) -> dict[str, Callable[[Any], Any]]:
    """Return, for the columns whose values JSON does not know, how to read them again."""
    found: dict[str, Callable[[Any], Any]] = {}
    for column in tables.metadata.tables[table].columns:
        kind = column.type
        if isinstance(kind, tables.UtcInstant):
            found[column.name] = lambda text: datetime.fromisoformat(text).astimezone(UTC)
        elif isinstance(kind, Date):
            found[column.name] = date.fromisoformat
        elif isinstance(kind, Time):
            found[column.name] = time.fromisoformat
        elif isinstance(kind, LargeBinary):
            found[column.name] = b64decode
        elif isinstance(kind, Numeric) and kind.asdecimal:
            found[column.name] = Decimal
    return found
