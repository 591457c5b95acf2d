"""Files that only their owner may read: looked at, and closed to others where they are not."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OTHERS = 0o077


def files_of(database: Path, copies: Path | None = None) -> Iterator[Path]:
    """Give the database and what lies beside it under its name, and its copies."""
    folder = database.absolute().parent
    with suppress(OSError):
        yield from (each for each in folder.iterdir() if each.name.startswith(database.name))
    if copies is not None and copies.is_dir():
        stem = database.stem
        yield copies
        with suppress(OSError):
            yield from (each for each in copies.iterdir() if each.name.startswith(stem))


def within(folder: Path) -> Iterator[Path]:
    """Give a folder and all that lies in it."""
    yield folder
    with suppress(OSError):
        yield from folder.rglob("*")


def close_to_others(files: Iterable[Path]) -> tuple[Path, ...]:
    """Take from everyone but the owner the right to read each file; return those that had it.

    What belongs to somebody else, or lies where nobody's rights are kept (FAT), is left as it is.
    On Windows a file has its folder's rights, and the user's own folders are closed to others.
    """
    if os.name != "posix":
        return ()
    closed = []
    for file in files:
        with suppress(OSError):
            known = file.lstat()
            ours = known.st_uid == os.geteuid() and not stat.S_ISLNK(known.st_mode)
            if ours and known.st_mode & OTHERS:
                # By its name: opening and closing it would give up SQLite's own locks on it.
                file.chmod(stat.S_IMODE(known.st_mode) & ~OTHERS)
                if not file.stat().st_mode & OTHERS:
                    closed.append(file)
    return tuple(closed)
