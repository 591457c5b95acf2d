"""Where a database is, and what kind of file lies there, found out without SQLAlchemy.

The window is painted before SQLAlchemy is loaded, so this reads with raw sqlite3 only.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from enum import Enum
from pathlib import Path

from pan_desktop.domain.errors import StoreDamagedError, StoreReadOnlyError, StoreTooNewError
from pan_desktop.store.failures import CANNOT_OPEN, DAMAGED, translating

REVISIONS = ("0001",)
"""Every schema this program knows, oldest first; the last is the present one."""

APPLICATION_ID = 0x50414E44
"""Marks the file as ours ("PAND"), so that `file` and we ourselves can tell."""

TOO_NEW = (
    "Cette base a été créée par une version plus récente de PAN Desktop : elle n’a pas été "
    "modifiée. Installez la version récente, ou ouvrez une autre base."
)


class Found(Enum):
    """What lies where the database should be."""

    NOTHING = "nothing"
    PRESENT = "present"
    OLDER = "older"


def sqlite_file(database: str) -> Path | None:
    """Return the file a database name means, None when it is another server's URL.

    ``database`` is a path, a ``sqlite:///`` URL or a URL of another kind.
    """
    if database.startswith("sqlite:///"):
        return Path(database.removeprefix("sqlite:///"))
    return None if "://" in database else Path(database)


def find(file: Path) -> Found:
    """Tell what lies at ``file``.

    Raises StoreDamagedError when it is no database of ours, StoreTooNewError when a newer
    program made it, StoreReadOnlyError when it cannot be reached at all.
    """
    try:
        if file.is_dir():
            raise StoreReadOnlyError(CANNOT_OPEN)
        if not file.exists() or file.stat().st_size == 0:
            return Found.NOTHING
    except OSError as error:
        raise StoreReadOnlyError(CANNOT_OPEN) from error
    with translating(), closing(connect(file)) as connection:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = {
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if not tables:
            return Found.NOTHING
        if application != APPLICATION_ID or "alembic_version" not in tables:
            raise StoreDamagedError(DAMAGED)
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if not rows:
        raise StoreDamagedError(DAMAGED)
    revision = rows[0][0]
    if revision == REVISIONS[-1]:
        return Found.PRESENT
    if revision in REVISIONS:
        return Found.OLDER
    raise StoreTooNewError(TOO_NEW)


def connect(file: Path) -> sqlite3.Connection:
    """Open ``file`` with raw sqlite3 for reading what is there, never creating it."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=5)
