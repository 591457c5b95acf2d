"""Finds what was changed beside the program: in the journal itself, or in the rows it tells of.

One pass over the journal, then one over each table; of the journal only the last word on each row
is kept in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pan_desktop.domain.journal import Flaw, Problem
from pan_desktop.store import tables
from pan_desktop.store.journal.chain import entry_hash, row_digest, unpacked
from pan_desktop.store.journal.journal import stored_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Table

_SLICE = 500
"""Rows read at once; a version of a relevé is a file of some hundred kilobytes."""


def verify(connection: Connection, *, rows: bool = True) -> list[Problem]:
    """Return what does not agree with the journal, within a transaction that only reads.

    With ``rows`` also the rows that are not as the journal left them, which would be all that
    wait to be sent in the local side of a shared office.
    """
    problems: list[Problem] = []
    last: dict[tuple[str, str], tuple[str | None, int]] = {}
    for row, flaw in checked(stored_rows(connection)):
        if flaw is not None:
            problems.append(Problem(flaw, row["sequence"]))
        for one in _told(row):
            last[one.table, one.id] = one.digest, row["sequence"]
    if rows:
        for table in tables.metadata.sorted_tables:
            if table.name not in tables.LOCAL:
                problems += _differing(connection, table, last)
        problems += [
            Problem(Flaw.ROW_REMOVED, sequence, table, row_id)
            for (table, row_id), (digest, sequence) in last.items()
            if digest is not None
        ]
    return problems


def checked(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Flaw | None]]:
    """Give each entry, the first first, with what is wrong with it: also of an exported journal."""
    sequence, previous = 0, ""
    for row in rows:
        flaw = None
        if entry_hash(row) != row["hash"] or not _readable(row):
            flaw = Flaw.ALTERED
        elif row["sequence"] != sequence + 1:
            flaw = Flaw.MISSING
        elif row["previous"] != previous:
            flaw = Flaw.ALTERED
        yield row, flaw
        sequence, previous = row["sequence"], row["hash"]


def _told(row: dict[str, Any]) -> Iterable[Any]:
    return unpacked(row["changes"]) if _readable(row) else ()


def _readable(row: dict[str, Any]) -> bool:
    try:
        unpacked(row["changes"])
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _differing(
    connection: Connection, table: Table, last: dict[tuple[str, str], tuple[str | None, int]]
) -> Iterator[Problem]:
    """Give the rows of a table that are not as the journal left them, taking each from ``last``."""
    statement = select(table).order_by(table.c.id)
    streamed = connection.execute(statement, execution_options={"yield_per": _SLICE})
    for row in streamed.mappings():
        digest, sequence = last.pop((table.name, row["id"]), (None, 0))
        if digest is None:
            yield Problem(Flaw.ROW_ADDED, sequence, table.name, row["id"])
        elif row_digest(table.name, dict(row)) != digest:
            yield Problem(Flaw.ROW_CHANGED, sequence, table.name, row["id"])
