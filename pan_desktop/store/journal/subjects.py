"""What a change is about: the meetings, people and commitments to whose story it belongs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from pan_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from pan_desktop.store.changes import Row, RowChange

_THEMSELVES = {"meeting", "person", "commitment"}
SAID = ("meeting_id", "person_id", "commitment_id", "owner_id", "by_id")
"""Columns that name a subject."""
LEADING = {
    "agenda_item_id": "agenda_item",
    "attendance_id": "attendance",
    "activity_id": "activity",
    "mandate_id": "mandate",
}
"""Columns that lead to a row which names one."""


class Subjects:
    """Finds subjects, within one transaction."""

    def __init__(
        self, connection: Connection, around: Mapping[tuple[str, str], Row | None] | None = None
    ) -> None:
        """Ask through ``connection`` for the rows that changes lead to, but for those ``around``.

        What is known already, None for a row that is not there, is not asked again.
        """
        self._connection = connection
        self._rows: dict[tuple[str, str], Row] = {
            key: {"id": key[1]} if row is None else row for key, row in (around or {}).items()
        }

    def of(self, changes: Sequence[RowChange]) -> set[str]:
        """Return the identifiers of all that the changes are about."""
        for change in changes:
            # What was removed along with what hung on it is in no table any more.
            known = change.after or change.before or {}
            self._rows[change.table, known["id"]] = known
        found: set[str] = set()
        for change in changes:
            for row in (change.before, change.after):
                found |= self._said(change.table, row) if row is not None else set()
        return found

    def _said(self, table: str, row: Row) -> set[str]:
        found = {str(row[column]) for column in SAID if row.get(column)}
        if table in _THEMSELVES:
            found.add(str(row["id"]))
        for column, parent in LEADING.items():
            if row.get(column):
                found |= self._said(parent, self._row(parent, str(row[column])))
        return found

    def _row(self, table: str, row_id: str) -> Row:
        key = table, row_id
        if key not in self._rows:
            found = self._connection.execute(_statement(table), {"row_id": row_id})
            row = found.mappings().first()
            self._rows[key] = dict(row) if row is not None else {"id": row_id}
        return self._rows[key]


@cache
def _statement(table: str) -> Any:  # noqa: ANN401 - a Select, built once
    columns = tables.metadata.tables[table].c
    asked = [columns[name] for name in ("id", *SAID, *LEADING) if name in columns]
    return select(*asked).where(columns.id == bindparam("row_id"))
