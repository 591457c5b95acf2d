"""What two states of one database hold that the other does not, row by row."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.errors import StoreDamagedError
from pan_desktop.store.failures import DAMAGED, translating
from pan_desktop.store.location import Found, find
from pan_desktop.store.opening import connect, fitting
from pan_desktop.store.safety.backup import state_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Set
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.domain.keys import Key


_ASIDE = frozenset({"step", "outbox", "replica", "taken_entry", "last_entry"})
_NAMED = {
    "plan": "label",
    "commitment": "number",
    "person": "name",
    "institution": "name",
    "meeting": "day",
    "agenda_item": "title",
    "conclusion": "text",
}
"""By what a row of a table is known to who reads of it; other tables are only counted."""


class Held(NamedTuple):
    """What a copy holds, as a list shows it."""

    meetings: int
    people: int
    last_change: datetime | None
    """The aware instant at which something was last written in it."""
    office: int
    """The number that tells one office from another (``user_version``)."""


class Apart(NamedTuple):
    """How the rows of one table differ between the present and a copy."""

    lost: int = 0
    """Rows that only the present has."""
    older: int = 0
    """Rows that both have, changed since the copy was made."""
    back: int = 0
    """Rows that only the copy has."""
    named_lost: tuple[str, ...] = ()
    """By what the lost rows are known, as the database keeps it; () where they have no name."""
    named_older: tuple[str, ...] = ()
    named_back: tuple[str, ...] = ()


def held_by(file: Path, key: Key | None) -> Held:
    """Return what a copy holds. Raises the SurroundingsError that says why it cannot be read."""
    if find(file, fitting(file, key)) is Found.NOTHING:
        raise StoreDamagedError(DAMAGED)
    with translating(), closing(connect(file, fitting(file, key), mode="ro")) as connection:
        state = state_of(connection)
        office = connection.execute("PRAGMA user_version").fetchone()[0]
    rows = state.rows
    return Held(rows.get("meeting", 0), rows.get("person", 0), state.last_change, office)


def apart(present: Path, copy: Path, key: Key | None) -> dict[str, Apart]:
    """Return how the rows of each table differ; by what wrote them, not by what they say.

    Raises the SurroundingsError that says which of the two cannot be read.
    """
    with (
        translating(),
        closing(connect(present, key)) as now,
        closing(connect(copy, fitting(copy, key), mode="ro")) as then,
    ):
        known = _contents(now) | _contents(then)
        return {name: _apart(now, then, name) for name in sorted(known)}


def _apart(now: sqlite3.Connection, then: sqlite3.Connection, table: str) -> Apart:
    here, there = _rows(now, table), _rows(then, table)
    lost, back = here.keys() - there.keys(), there.keys() - here.keys()
    older = {each for each in here.keys() & there.keys() if here[each] != there[each]}
    return Apart(
        len(lost),
        len(older),
        len(back),
        _names(now, table, lost),
        _names(now, table, older),
        _names(then, table, back),
    )


def _names(connection: sqlite3.Connection, table: str, wanted: Set[str]) -> tuple[str, ...]:
    """Return by what rows are known, in the order of these names."""
    if not wanted or table not in _NAMED:
        return ()
    column = _NAMED[table]
    rows = connection.execute(f"SELECT id, {column} FROM {table} ORDER BY {column}")  # noqa: S608
    return tuple(str(name) for row_id, name in rows if row_id in wanted)


def _rows(connection: sqlite3.Connection, table: str) -> dict[str, object]:
    if table not in _contents(connection):
        return {}
    rows = connection.execute(f"SELECT id, version, updated_at FROM {table}")  # noqa: S608
    return {row[0]: row[1:] for row in rows}


def _contents(connection: sqlite3.Connection) -> set[str]:
    """Return the tables of what the office holds, not of how it was done."""
    rows = connection.execute(
        "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND c.name IN ('id', 'version', 'updated_at') "
        "GROUP BY m.name HAVING count(*) = 3"
    )
    return {row[0] for row in rows} - _ASIDE
