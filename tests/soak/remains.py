"""What must be found where a program was killed, whatever it was doing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from pan_desktop.app import meetings, search
from pan_desktop.app.office import Office
from pan_desktop.domain.searching import SearchFilters

if TYPE_CHECKING:
    from pathlib import Path


class LostError(AssertionError):
    """Something that was to be kept is not there, or is there twice."""


def must(held: object, words: str) -> None:
    """Raise LostError with ``words`` unless something holds."""
    if not held:
        raise LostError(words)


def whole(database: Path) -> None:
    """Look whether a database is sound. Raises LostError."""
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        must(found == [("ok",)], f"integrity_check: {found[:3]}")
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        must(not broken, f"foreign_key_check: {broken[:3]}")


def counts(database: Path) -> dict[str, int]:
    """Return how many rows each table of the content has."""
    with closing(sqlite3.connect(database)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'step'"
            " AND name NOT GLOB 'search_*' AND name NOT GLOB 'sqlite_*'"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in names
        }


def usable(database: Path) -> None:
    """Open a database with the program, write into it and search it. Raises LostError."""
    office = Office(str(database))
    latest = office.run(meetings.list_meetings).result[0]
    office.run(meetings.add_item, meeting_id=latest.id, title="Après la panne")
    found = search.search(office, text="panne", filters=SearchFilters())
    office.close()
    must(found, "what is written afterwards is not found")
