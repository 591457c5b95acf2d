"""Finds a name in every text that the store holds, whoever wrote it and wherever."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Text, select

from pan_desktop.domain.folding import folded
from pan_desktop.store import tables
from pan_desktop.store.changes import RowChange
from pan_desktop.store.journal.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Table

_CARDS = {"person", "person_alias"}
_SLICE = 1000


class Mention(NamedTuple):
    """A text in which a name stands."""

    table: str
    row_id: str
    column: str
    text: str
    subjects: tuple[str, ...]
    """The meetings, people and commitments that the row is about."""


def mentions(connection: Connection, names: Sequence[str]) -> Iterator[Mention]:
    """Give the texts in which one of the names stands, capitals and accents aside.

    All texts of the office are read, the cards of people apart; what undo keeps is not.
    """
    wanted = [folded(name) for name in names if name.strip()]
    for table in tables.metadata.sorted_tables:
        if table.name in _CARDS or table.name in tables.LOCAL:
            continue
        columns = [column.name for column in table.columns if isinstance(column.type, Text)]
        if columns:
            yield from _in_table(connection, table, columns, wanted)


def _in_table(
    connection: Connection, table: Table, columns: list[str], wanted: list[str]
) -> Iterator[Mention]:
    plain = [table.c[name] for name in columns]
    keys = [column for column in table.columns if column.name == "id" or column.foreign_keys]
    statement = select(*keys, *plain).order_by(table.c.id)
    subjects = Subjects(connection)
    for row in connection.execute(statement, execution_options={"yield_per": _SLICE}).mappings():
        for name in columns:
            said = folded(row[name] or "")
            if any(one in said for one in wanted):
                about = subjects.of([RowChange(table.name, None, dict(row))])
                yield Mention(table.name, row["id"], name, row[name], tuple(sorted(about)))
