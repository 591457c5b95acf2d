"""What the journal digests, and how: the same for every database, and for whoever checks it.

A digest covers what a row says: neither its version nor its instants, which differ between two
copies of one office, and no column that holds its default, so that it is the same whether a row
was written with it or without. It leaves out the details of presence that retention takes away
(``DETAILS``): they are few enough to be found again by trying, which would undo their purge.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Date, Float, Integer, LargeBinary, Numeric, Time

from pan_desktop.domain.journal import How, Touched
from pan_desktop.store import tables
from pan_desktop.store.columns import UtcInstant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import Column

DETAILS: dict[str, tuple[str, ...]] = {
    "stay": ("joined", "left"),
    "attendance": ("arrived", "left"),
    "attendance_file": ("digest", "source", "lines"),
    "meeting": ("connection",),
}
"""What is kept of a presence beyond what a relevé prints."""

_BOOKKEEPING = {"version", "created_at", "updated_at"}
_ABBREVIATED = 32
"""Characters of a row's digest: 128 bits are more than anyone can search for a second row."""


def row_digest(table: str, row: Mapping[str, Any]) -> str:
    """Return the digest of what a row says."""
    said = [
        (name, value)
        for name, plain, default in _columns(table)
        if row.get(name) is not None and (value := plain(row[name])) != default
    ]
    return sha256(json.dumps(said).encode()).hexdigest()[:_ABBREVIATED]


def packed(touched: Iterable[Touched]) -> str:
    """Return the rows of an entry as it is stored, digested and exported: JSON."""
    return json.dumps([(t.table, t.id, t.how, t.columns, t.digest) for t in touched])


def unpacked(changes: str) -> tuple[Touched, ...]:
    """Return the rows of an entry from the JSON that it is stored as.

    Raises ValueError, TypeError or KeyError for any other text.
    """
    return tuple(
        Touched(table, row_id, How(how), tuple(columns), digest)
        for table, row_id, how, columns, digest in json.loads(changes)
    )


def instant(at: datetime) -> str:
    """Return an instant as it is digested and exported: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def entry_hash(row: Mapping[str, Any]) -> str:
    """Return what the journal's row digests to, the hash of the row before it included.

    ``at`` and ``until`` are instants, or as ``instant`` gives them.
    """
    at, until = (
        value if isinstance(value, str) else instant(value) for value in (row["at"], row["until"])
    )
    said = [row["sequence"], at, until, row["author"], row["typing"], row["subjects"]]
    return sha256(json.dumps([*said, row["changes"], row["previous"]]).encode()).hexdigest()


@cache
def _columns(table: str) -> tuple[tuple[str, Callable[[Any], Any], Any], ...]:
    """Return the columns that a digest covers: how each value is written, and its default."""
    left_out = _BOOKKEEPING | set(DETAILS.get(table, ()))
    return tuple(
        (column.name, plain := _plain(column), _default(column, plain))
        for column in tables.metadata.tables[table].columns
        if column.name not in left_out
    )


_WRITTEN: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Boolean, bool),
    (Integer, int),
    (UtcInstant, instant),
    (LargeBinary, lambda value: sha256(value).hexdigest()),
    (Float, lambda value: repr(float(value))),
    (Numeric, lambda value: format(Decimal(value).normalize(), "f")),
    (Date, date.isoformat),
    (Time, time.isoformat),
)
"""How the values of each kind of column are written, a kind before the kinds that it is one of."""


def _plain(column: Column[Any]) -> Callable[[Any], Any]:
    return next((written for kind, written in _WRITTEN if isinstance(column.type, kind)), str)


def _default(column: Column[Any], plain: Callable[[Any], Any]) -> object:
    """Return what the database puts where nothing is said."""
    given: Any = getattr(column.server_default, "arg", None)
    if given is None:
        return None
    said = str(given)
    if isinstance(column.type, Boolean):
        return said == "true"
    return plain(said)
