"""What everyone wrote, remembered beside the program, and what must have become of it.

Of each value that was written: in the end the shared office says it, or somebody who had seen it
wrote something else in its place, or it is offered by a disagreement, or somebody removed the
disagreement that offered it, having chosen. The same for what was made and what was removed. So
nothing is lost, and nothing is done twice: what came again would put another's later word away.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.store import tables
from pan_desktop.store.merging.entries import BOOKKEEPING, read
from pan_desktop.store.merging.groups import last_wins
from pan_desktop.store.merging.writer import defaults

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pan_desktop.store.changes import Row, RowChange

Cell = tuple[str, str, str]
"""A table, a row's identifier, a column."""
Content = dict[str, dict[str, "Row"]]
"""What a database holds: its rows by table and identifier."""


class Written(NamedTuple):
    """A value that somebody wrote."""

    cell: Cell
    value: object
    number: int
    who: str
    deed: str

    def __str__(self) -> str:
        """Return it in words."""
        table, row_id, column = self.cell
        return (
            f"{self.who} {self.deed} ({self.number}): {table}.{column} of {row_id} = {self.value!r}"
        )


class Memory:
    """What was written, and what those who wrote had seen."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._number = 0
        self._written: list[Written] = []
        self._replaced: dict[tuple[Cell, object], dict[str, int]] = defaultdict(dict)
        """Values, and of each who saw it and put another in its place her last deed of that."""
        self._chosen: dict[tuple[Cell, object], dict[str, int]] = defaultdict(dict)
        """Values that a disagreement offered, and of each who closed it her last deed of that."""
        self._made: dict[tuple[str, str], list[Written]] = defaultdict(list)
        self._removed: dict[tuple[str, str], Written] = {}

    def note(self, who: str, deed: str, changes: Iterable[RowChange]) -> None:
        """Remember what somebody did."""
        self._number += 1
        for change in changes:
            if change.table == "disagreement":
                self._note_choice(who, change)
            elif change.after is None:
                self._note_removal(who, deed, change)
            else:
                self._note_values(who, deed, change)

    def _note_choice(self, who: str, change: RowChange) -> None:
        closed = change.after is None
        for offered in read((change.before or change.after or {})["offered"]):
            words: dict[str, object] = {"": None} if offered.after is None else offered.after
            for column, value in words.items():
                marks = self._chosen[(offered.table, _id(offered), column), _frozen(value)]
                if closed:
                    marks[who] = self._number
                else:  # she took her choice back
                    marks.pop(who, None)

    def _note_removal(self, who: str, deed: str, change: RowChange) -> None:
        assert change.before is not None
        row_id = _id(change)
        for column, value in change.before.items():
            self._replaced[(change.table, row_id, column), _frozen(value)][who] = self._number
        # What is removed is what everybody sees; in sight was, over it, what she had written.
        for own in self._written:
            if own.who == who and own.cell[:2] == (change.table, row_id):
                self._replaced[own.cell, own.value][who] = self._number
        mark = Written((change.table, row_id, ""), None, self._number, who, deed)
        self._removed[change.table, row_id] = mark

    def _note_values(self, who: str, deed: str, change: RowChange) -> None:
        assert change.after is not None
        row_id, before = _id(change), change.before
        given = defaults(change.table) if before is None else {}
        for column, value in change.after.items():
            if column in {"id", *BOOKKEEPING} or last_wins(change.table, column):
                continue
            cell = change.table, row_id, column
            if before is None:
                meant = column not in given or given[column] != value
            else:
                meant = column in before and before[column] != value
                if meant:
                    self._replaced[cell, _frozen(before[column])][who] = self._number
            if meant:
                self._written.append(Written(cell, _frozen(value), self._number, who, deed))
        if before is None:
            key = change.table, row_id
            self._made[key].append(Written((*key, ""), None, self._number, who, deed))

    # What must be there ----------------------------------------------------------------------

    def lost(self, content: Content) -> list[str]:
        """Return what is neither there, nor replaced by one who saw it, nor offered."""
        offered, removals = _offered(content)
        found = [
            str(written)
            for written in self._written
            if not self._accounted(written, content, offered)
        ]
        for key, written in self._removed.items():
            there = key[1] in content[key[0]]
            if (
                there
                and not self._remade(key, written)
                and not self._refused(key, content, removals)
            ):
                found.append(f"{written} was removed and is there")
        return found

    def _remade(self, key: tuple[str, str], removal: Written) -> bool:
        """Tell whether a removed row was made again, or by another who knew of none."""
        return any(
            made.number > removal.number or made.who != removal.who
            for made in self._made.get(key, ())
        )

    def _accounted(
        self, written: Written, content: Content, offered: Mapping[Cell, set[object]]
    ) -> bool:
        table, row_id, column = written.cell
        row = content[table].get(row_id)
        key = written.cell, written.value
        return (
            (row is not None and _frozen(row[column]) == written.value)
            or written.value in offered[written.cell]
            or any(
                # Who comes back to what another has put away has changed nothing in the end.
                who != written.who or number > written.number
                for put_away in (self._replaced, self._chosen)
                for who, number in put_away.get(key, {}).items()
            )
        )

    def _refused(
        self, key: tuple[str, str], content: Content, removals: set[tuple[str, str]]
    ) -> bool:
        """Tell whether a removal is offered, or that of something the row belongs to."""
        if key in removals or self._chosen.get(((*key, ""), None)):
            return True
        row = content[key[0]][key[1]]
        for reference in tables.metadata.tables[key[0]].foreign_key_constraints:
            for element in reference.elements:
                owner = reference.referred_table.name, str(row.get(element.parent.name))
                known = owner[1] in content.get(owner[0], {})
                if known and owner != key and self._refused_owner(owner, content, removals):
                    return True
        return False

    def _refused_owner(
        self, key: tuple[str, str], content: Content, removals: set[tuple[str, str]]
    ) -> bool:
        return key in self._removed and self._refused(key, content, removals)


def _offered(content: Content) -> tuple[Mapping[Cell, set[object]], set[tuple[str, str]]]:
    """Return the values that open disagreements offer, and the rows of which the removal."""
    values: dict[Cell, set[object]] = defaultdict(set)
    removals: set[tuple[str, str]] = set()
    for row in content["disagreement"].values():
        for change in read(row["offered"]):
            if change.after is None:
                removals.add((change.table, _id(change)))
            for column, value in (change.after or {}).items():
                values[change.table, _id(change), column].add(_frozen(value))
    return values, removals


def _id(change: RowChange) -> str:
    return str((change.after or change.before or {})["id"])


def _frozen(value: object) -> object:
    return bytes(value) if isinstance(value, bytearray | memoryview) else value
