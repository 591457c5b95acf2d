"""A database that is not where it was: what else there is of it, and putting that in its place.

Without SQLAlchemy: asked before the window is painted, and only where there is no file.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.app.places import is_shared, local_file
from pan_desktop.domain.errors import StoreReadOnlyError
from pan_desktop.domain.ids import new_id
from pan_desktop.store.failures import CANNOT_OPEN
from pan_desktop.store.opening import is_encrypted, is_plain, salt_of
from pan_desktop.store.safety.copies import copies, mark_of
from pan_desktop.store.safety.logs import put_log_aside
from pan_desktop.store.safety.rescue import Refuge, whole_copies

if TYPE_CHECKING:
    from pathlib import Path


class Left(Enum):
    """What there is of a database that is not in its place."""

    WHOLE = "whole"
    """A whole copy, made when it disappeared while it was open."""
    RENAMED = "renamed"
    """Itself, beside its place, by another name."""
    COPY = "copy"
    """A backup."""


class Trace(NamedTuple):
    """The best that there is of a database that is not in its place."""

    left: Left
    file: Path
    at: datetime
    """When it was last written or made, by the clock on the wall."""


def trace_of(database: str, data: Path) -> Trace | None:
    """Return the best that there is of a database that is gone; None for one that never was.

    ``data`` is the program's own folder.
    """
    file = local_file(database)
    if file is None or file.exists() or is_shared(database):
        return None
    for whole in whole_copies(data, file):
        return Trace(Left.WHOLE, whole, _written(whole))
    kept = copies(file)
    marks = Refuge(data).offices_at(str(file)) | {mark_of(copy.file, None) for copy in kept[:1]}
    salts = {salt_of(copy.file) for copy in kept if not is_plain(copy.file)}
    renamed = _by_another_name(file, {mark for mark in marks if mark}, salts)
    if renamed is not None:
        return Trace(Left.RENAMED, renamed, _written(renamed))
    for copy in kept:
        # What a protected copy holds cannot be seen without its key, which is asked for later.
        if not is_plain(copy.file) or mark_of(copy.file, None):
            return Trace(Left.COPY, copy.file, copy.at)
    return None


def bring_back(database: str, trace: Trace) -> None:
    """Put what was found where the database was: a copy is copied, a renamed file gets its name.

    Raises StoreReadOnlyError when it cannot be written there; what was found stays where it is.
    """
    file = local_file(database)
    assert file is not None
    draft = file.with_name(f".{file.name}.{new_id()}")
    try:
        if trace.left is Left.RENAMED:
            trace.file.rename(file)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with trace.file.open("rb") as source, draft.open("wb") as target:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        put_log_aside(file)  # of the database that is gone: no part of this copy
        for stale in _logs(file):
            with suppress(FileNotFoundError):
                stale.unlink()
        draft.rename(file)
    except OSError as error:
        raise StoreReadOnlyError(CANNOT_OPEN) from error
    finally:
        draft.unlink(missing_ok=True)


def _by_another_name(file: Path, marks: set[int], salts: set[bytes]) -> Path | None:
    """Return the database of one of these offices that lies beside the place of ``file``.

    A protected one is known by its salt, which its copies share. Where nothing is known, a log
    without its database tells that one was renamed: the only one there. Not one that
    was worked on under its new name: what the old name's log holds is older.
    """
    log = _logs(file)[0]
    found = []
    with suppress(OSError):
        known = marks or salts or log.exists()
        for other in file.parent.glob(f"*{file.suffix}") if known else ():
            if any(each.exists() for each in _logs(other)):
                continue
            behind = log.exists() and log.stat().st_size and _written(log) < _written(other)
            if not behind and _is_of(other, marks, salts):
                found.append(other)
    if not (marks or salts) and len(found) != 1:
        return None
    return max(found, key=_written, default=None)


def _is_of(other: Path, marks: set[int], salts: set[bytes]) -> bool:
    """Tell whether a database is of one of these offices; of any where nothing is known of them."""
    if not is_plain(other):
        return is_encrypted(other) and salt_of(other) in salts
    mark = mark_of(other, None)
    return bool(mark) and (mark in marks or not (marks or salts))


def _logs(file: Path) -> tuple[Path, Path]:
    return file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime).astimezone()
