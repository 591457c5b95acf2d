"""Finds what programs that were killed left beside a database: locks, and files half made.

Nothing in them is anybody's only copy: each was made of something that stayed where it was. They
take room, and may hold what a database said before it was encrypted.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from pan_desktop.store.safety.copies import folder_of
from pan_desktop.store.safety.half_made import abandoned_in, is_forgotten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BY_NAME = (".conversion", ".conversion-journal", ".incomplet", ".incomplet-wal", ".incomplet-shm")


def dead_locks(file: Path) -> list[Path]:
    """Return the lock on a database, with what is said of it, if a program here died with it.

    Of one of another computer nothing can be known here; the window takes it over in time.
    """
    lock = file.with_name(f"{file.name}.lock")
    about = file.with_name(f"{file.name}.lock.json")
    if not lock.exists() or _is_held(lock):
        return []
    return [each for each in (lock, about) if each.exists()]


def left_over(file: Path) -> list[Path]:
    """Return the files half made, beside a database and among its copies, that nobody works on."""
    found = set()
    with suppress(OSError):
        folder = file.absolute().parent
        for place in {folder, folder_of(file).absolute()}:
            found |= set(abandoned_in(place))
        found |= {each for each in _others(file) if is_forgotten(each)}
    return sorted(found)


def size_of(paths: list[Path]) -> int:
    """Return how many bytes files take, and the folders among them with all that they hold."""
    total = 0
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else (path,)
        with suppress(OSError):
            total += sum(each.stat().st_size for each in inside if each.is_file())
    return total


def clear(paths: list[Path]) -> None:
    """Remove what was found; what cannot be removed stays, and is found again."""
    for path in paths:
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def _others(file: Path) -> Iterator[Path]:
    folder = file.absolute().parent
    yield from folder.glob(".récupération-*")
    yield from folder.glob(".réparation-*")
    yield from (each for end in _BY_NAME if (each := folder / f"{file.name}{end}").exists())
    for each in folder.iterdir():
        # What lost.bring_back writes: the name and an identifier.
        if each.name.startswith(f".{file.name}.") and len(each.suffix) == len(".") + 32:
            yield each


def _is_held(lock: Path) -> bool:
    """Tell whether a program may live that holds a lock; where it cannot be told, one does."""
    if sys.platform == "win32":  # which lets nobody remove what is held
        return True
    import fcntl

    try:
        told = lock.read_text(encoding="utf-8").splitlines()
        if len(told) < 3 or told[2] != socket.gethostname():
            return True
        os.kill(int(told[0]), 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError):
        return True
    # Another process may have got its number; only the holder has the lock on the file.
    try:
        with lock.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
