"""Of each replica the entry that was merged last, as the server and every other replica know it.

Entries are sent in the order in which they were written, so all that a replica had sent before that
one was merged, too. One row a replica is then enough to know, where the server is lost and made
again from any replica, what it had confirmed and its author has not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from pan_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from pan_desktop.store.changes import Row

_LAST = tables.last_entry


def noting(
    connection: Connection, merged: Iterable[tuple[str, str]], now: datetime
) -> list[tuple[Any, Row]]:
    """Return the statements, with their rows, that note what was ``merged``, in order.

    Each is given by its replica and its own identifier; what is of no replica is passed over.
    """
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as putting
    else:
        from sqlalchemy.dialects.postgresql import insert as putting  # type: ignore[assignment]
    put = putting(_LAST)
    new = {"entry": put.excluded.entry, "updated_at": put.excluded.updated_at}
    put = put.on_conflict_do_update(index_elements=[_LAST.c.id], set_=new)
    times = {"version": 1, "created_at": now, "updated_at": now}
    last = {origin: entry for origin, entry in merged if origin}
    return [(put, {"id": origin, "entry": entry, **times}) for origin, entry in last.items()]


def note(connection: Connection, merged: Iterable[tuple[str, str]], now: datetime) -> None:
    """Note what was ``merged``, as ``noting`` says it."""
    for statement, row in noting(connection, merged, now):
        connection.execute(statement, row)


def all_noted(connection: Connection) -> list[Row]:
    """Return what is noted, each row whole."""
    return [dict(row) for row in connection.execute(select(_LAST)).mappings()]


def replace(connection: Connection, rows: Sequence[Row]) -> None:
    """Let this be what is noted, and nothing else."""
    connection.execute(delete(_LAST))
    if rows:
        connection.execute(insert(_LAST), list(rows))
