"""Which of the rows that an entry removes may go: what another has written meanwhile stays.

Rows that hang together (a meeting with all that is in it) go or stay as one. A point of an outline
goes alone; those under it that its remover did not know are hung elsewhere.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from pan_desktop.store import tables
from pan_desktop.store.merging.entries import BOOKKEEPING
from pan_desktop.store.merging.groups import last_wins

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from pan_desktop.store.changes import Row, RowChange
    from pan_desktop.store.merging.writer import Key

_AT_ONCE = 500


class Removals:
    """The removals of one entry, looked at together before any is done."""

    def __init__(
        self,
        connection: Connection,
        changes: Sequence[RowChange],
        rows: Mapping[Key, Row | None],
        disagreements: Sequence[Row],
    ) -> None:
        """Look at the removals among ``changes``; ``rows`` is what the database says of each."""
        self._connection = connection
        self._said = {
            (c.table, str(c.before["id"])): c.before
            for c in changes
            if c.after is None and c.before is not None
        }
        self._present = {key: row for key in self._said if (row := rows[key]) is not None}
        self._moved = {
            (c.table, str(c.after["id"])): c.after
            for c in changes
            if c.before is not None and c.after is not None
        }
        self._tree: dict[Key, Key] = {}
        """The row with which each goes or stays."""
        self.hanging: dict[str, list[str]] = {}
        """Points that stay, by the identifier of the removed one that they hang under."""
        self.kept: frozenset[Key] = frozenset()
        """Rows that are not removed after all."""
        self.gone: dict[str, Row] = {}
        """Points that are removed."""
        if not self._present:
            return
        for key, row in self._present.items():
            self._join(key, row)
        stay = {self.root_of(key) for key in self._obstacles(disagreements)}
        self.kept = frozenset(key for key in self._present if self.root_of(key) in stay)
        self.gone = {
            key[1]: row
            for key, row in self._present.items()
            if key[0] == "conclusion" and key not in self.kept
        }
        self._keep_from_the_kept()

    def root_of(self, key: Key) -> Key:
        """Return the row that stands for all that goes or stays with this one."""
        while (above := self._tree.get(key)) is not None:
            key = above
        return key

    def _join(self, key: Key, row: Row) -> None:
        """Tie a row to those it falls with that are removed as well."""
        for name, column, falls in _owners(key[0]):
            owner = name, str(row[column])
            if falls and name != key[0] and owner in self._present:
                mine, theirs = self.root_of(key), self.root_of(owner)
                if mine != theirs:
                    self._tree[mine] = theirs

    def _obstacles(self, disagreements: Sequence[Row]) -> set[Key]:
        """Return the removed rows of which something is still needed."""
        found = {key for key, row in self._present.items() if self._changed(key, row)}
        for row in disagreements:
            about = row["of_table"], row["row_id"]
            if about in self._present and ("disagreement", row["id"]) not in self._said:
                found.add(about)
        return found | self._needed()

    def _changed(self, key: Key, row: Row) -> bool:
        """Tell whether a row says something that its remover did not see."""
        said = self._said[key]
        return any(
            row[column] != said[column]
            for column in said
            if column != "id"
            and column not in BOOKKEEPING
            # Of a disagreement all counts but when its words were written.
            and (column != "at" if key[0] == "disagreement" else not last_wins(key[0], column))
        )

    def _needed(self) -> set[Key]:
        """Return the removed rows that others refer to which are not removed."""
        found: set[Key] = set()
        for name in {key[0] for key in self._present}:
            ids = [key[1] for key in self._present if key[0] == name]
            for child, column in referring(name):
                for child_id, owner in self._children(child, column, ids):
                    if (child, child_id) in self._said or self._goes(child, child_id, column):
                        continue
                    if child == name == "conclusion":
                        self.hanging.setdefault(owner, []).append(child_id)
                    else:
                        found.add((name, owner))
        return found

    def _goes(self, child: str, child_id: str, column: str) -> bool:
        """Tell whether the entry itself makes a row refer to something else."""
        return column in self._moved.get((child, child_id), {})

    def _children(self, child: str, column: str, ids: list[str]) -> list[tuple[str, str]]:
        table = tables.metadata.tables[child]
        found: list[tuple[str, str]] = []
        for part in range(0, len(ids), _AT_ONCE):
            where = table.c[column].in_(ids[part : part + _AT_ONCE])
            rows = self._connection.execute(select(table.c.id, table.c[column]).where(where))
            found += [(row[0], row[1]) for row in rows]
        return found

    def _keep_from_the_kept(self) -> None:
        """Note the kept points that hang under removed ones."""
        for key, row in self._present.items():
            if key[0] == "conclusion" and key in self.kept and row["parent_id"] in self.gone:
                self.hanging.setdefault(row["parent_id"], []).append(key[1])


@cache
def _owners(name: str) -> tuple[tuple[str, str, bool], ...]:
    """Return the tables that rows of ``name`` refer to, by which column, and if they fall along."""
    return tuple(
        (key.referred_table.name, key.elements[0].parent.name, key.ondelete == "CASCADE")
        for key in tables.metadata.tables[name].foreign_key_constraints
    )


@cache
def referring(name: str) -> tuple[tuple[str, str], ...]:
    """Return the tables whose rows refer to ``name``, and by which column."""
    return tuple(
        (table.name, column)
        for table in tables.metadata.sorted_tables
        for owner, column, _falls in _owners(table.name)
        if owner == name
    )
