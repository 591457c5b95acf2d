"""Where the file lies that a database name means: itself, or the local side of a shared office.

Without SQLAlchemy and without the network: the window asks before it is painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.store.location import sqlite_file
from pan_desktop.store.shared.addresses import chosen, is_shared, known_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["chosen", "is_shared", "local_file", "replicas_folder"]


def local_file(database: str, replicas: Path | None = None) -> Path | None:
    """Return the file on this machine, None for a shared office that it has no side of yet."""
    if is_shared(database):
        return known_file(database, replicas or replicas_folder())
    return sqlite_file(database)


def replicas_folder() -> Path:
    """Return the user's own folder for the local sides of shared offices."""
    from platformdirs import user_data_path

    return user_data_path("PAN Desktop", appauthor=False) / "Bases partagées"
