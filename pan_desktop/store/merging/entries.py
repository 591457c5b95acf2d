"""What one transaction wrote, as JSON can hold it: kept for undo, sent to others, merged again.

Of a row that was changed only what differs is kept, of one made or removed all of it.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, LargeBinary, Numeric, Time

from pan_desktop.store import tables
from pan_desktop.store.changes import RowChange
from pan_desktop.store.merging.groups import group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BOOKKEEPING = ("version", "created_at", "updated_at")
"""The columns that every write changes, whatever it is about."""

Packed = dict[str, Any]
"""One row before and after, as JSON can hold it."""


class Entry(NamedTuple):
    """What one transaction wrote: the changes of its rows, in order."""

    id: str
    at: datetime
    """When it was done, by the clock of the machine on which it was."""
    author: str
    changes: tuple[RowChange, ...]
    """Of a row that was changed only what its author saw before, and what differs after."""
    origin: str = ""
    """The replica on which it was done."""

    def written(self) -> str:
        """Return the entry as one line of JSON."""
        return json.dumps(
            {
                "id": self.id,
                "at": self.at.isoformat(),
                "author": self.author,
                "origin": self.origin,
                "changes": [packed(change, whole=True) for change in self.changes],
            },
            ensure_ascii=False,
        )

    @classmethod
    def read(cls, line: str) -> Entry:
        """Return the entry that ``written`` wrote."""
        found = json.loads(line)
        changes = tuple(_all_unpacked(found["changes"]))
        at = datetime.fromisoformat(found["at"])
        return cls(found["id"], at, found["author"], changes, found["origin"])


def written(changes: Iterable[RowChange], *, whole: bool = False) -> str:
    """Return changes as JSON; ``whole`` also the versions and instants of their rows."""
    return json.dumps([packed(change, whole=whole) for change in changes])


def read(text: str) -> list[RowChange]:
    """Return the changes that ``written`` wrote, in this or an older program.

    What is of a table or column that the schema no longer has is left out: nothing can take it. A
    migration that gives something another name says so in what is kept as JSON, too.
    """
    return _all_unpacked(json.loads(text))


def offered_rows(text: str) -> list[RowChange]:
    """Return what a disagreement offers: rows before and after, as ``written`` wrote them."""
    return read(text)


def packed(change: RowChange, *, whole: bool = False) -> Packed:
    """Return a change as JSON can hold it; of a changed row only what differs.

    ``whole`` also the row's version and instants, which are no part of what was meant, and the
    columns that stand or fall with a changed one. A column of which nobody knows what it said
    before has none.
    """
    before, after = change.before, change.after
    row = after or before or {}
    left_out = () if whole else BOOKKEEPING
    if before is not None and after is not None:
        differing = [
            k for k in after if k not in left_out and (k not in before or before[k] != after[k])
        ]
        if whole:
            tied = {k for column in differing for k in group(change.table, column)}
            differing += [k for k in after if k in tied and k in before and k not in differing]
        before = {key: before[key] for key in differing if key in before}
        after = {key: after[key] for key in differing}
    return {
        "table": change.table,
        "id": row["id"],
        "before": _written(before, left_out),
        "after": _written(after, left_out),
    }


def unpacked(found: Packed) -> RowChange:
    """Return the change that ``packed`` packed; each row has its identifier."""
    table, row_id = found["table"], found["id"]
    return RowChange(
        table, _read(table, row_id, found["before"]), _read(table, row_id, found["after"])
    )


def _all_unpacked(changes: Iterable[Packed]) -> list[RowChange]:
    return [unpacked(found) for found in changes if found["table"] in tables.metadata.tables]


def joined(first: list[Packed], then: list[Packed]) -> list[Packed]:
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


def _written(row: dict[str, Any] | None, left_out: tuple[str, ...]) -> dict[str, Any] | None:
    if row is None:
        return None
    return {key: _plain(value) for key, value in row.items() if key not in left_out}


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
        key: readers[key](value) if value is not None else None
        for key, value in row.items()
        if key in readers
    }
    return {"id": row_id, **values}


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - what JSON knows by itself
    return value


@cache
def _readers(table: str) -> dict[str, Callable[[Any], Any]]:
    """Return, for each column, how to read what JSON says of it."""
    found: dict[str, Callable[[Any], Any]] = {}
    for column in tables.metadata.tables[table].columns:
        kind = column.type
        found[column.name] = _as_it_is
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
