"""A log (``-wal``) that stands without its database: what was written last may be in it alone.

SQLite deletes it as soon as an empty database is begun in the place, and would apply it to any
other file that gets the name. So it gets another name before, and is never deleted.
"""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HEADER_BYTES = 32
"""A log this long holds nothing."""
KEPT = ".gardé"


def lonely_log(file: Path) -> Path | None:
    """Return the log beside the place of a database that is gone, None where nothing is in it."""
    log = file.with_name(f"{file.name}-wal")
    try:
        gone = not file.exists() or not file.stat().st_size
        return log if gone and log.stat().st_size > _HEADER_BYTES else None
    except OSError:
        return None


def put_log_aside(file: Path) -> Path | None:
    """Give the log of a database that is gone a name that nobody takes for a log's; return it.

    With the database put beside it, both under their own names, it tells its words again. Raises
    OSError where it cannot be renamed.
    """
    log = lonely_log(file)
    if log is None:
        return None
    names = (f"{log.name}{KEPT}{number or ''}" for number in itertools.count())
    kept = next(each for each in map(log.with_name, names) if not each.exists())
    log.rename(kept)
    with suppress(OSError):  # its index, which is made anew
        file.with_name(f"{file.name}-shm").unlink(missing_ok=True)
    return kept
