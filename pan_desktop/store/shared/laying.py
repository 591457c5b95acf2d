"""Writes rows just as they are told, asking nobody: what the server settled, or shows over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, update

from pan_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from pan_desktop.store.changes import RowChange


class OutOfStepError(Exception):
    """The replica does not say what the server's log starts from: it must be filled anew."""


def lay(connection: Connection, changes: Iterable[RowChange], now: datetime) -> None:
    """Write rows as the ``changes`` tell them; new ones are of ``now`` unless they say when.

    Raises OutOfStepError where a row that is to be changed is not there.
    """
    for change in changes:
        table = tables.metadata.tables[change.table]
        row_id = (change.after or change.before or {})["id"]
        if change.after is None:
            connection.execute(delete(table).where(table.c.id == row_id))
            continue
        values = {key: value for key, value in change.after.items() if key != "id"}
        changing = update(table).where(table.c.id == row_id)
        if values and connection.execute(changing, values).rowcount:
            continue
        if change.before is not None:
            if values:
                raise OutOfStepError
            continue
        given = {"version": 1, "created_at": now, "updated_at": now}
        connection.execute(insert(table), {**given, **change.after})
