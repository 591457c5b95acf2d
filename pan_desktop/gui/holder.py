"""One window on one database: a second one would put back what the first has changed."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QLockFile

from pan_desktop.app.first_look import database_file
from pan_desktop.domain.errors import StoreBusyError

HELD = (
    "Cette base est déjà ouverte dans une autre fenêtre (programme {pid}, ordinateur {host}) : "
    "elle n’a pas été ouverte ici. Employez l’autre fenêtre, ou fermez-la d’abord."
)


def hold(database: str) -> QLockFile | None:
    """Return the lock that keeps a second window off a database file; keep it while it is open.

    None for a database on a server, and where no lock can be laid (a folder that cannot be
    written). A lock left by a program that died is taken over. Raises StoreBusyError when
    another window holds the database.
    """
    file = database_file(database)
    if file is None:
        return None
    with suppress(OSError):  # told when the store is opened
        file.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(f"{file}.lock")
    lock.setStaleLockTime(0)
    if lock.tryLock(0):
        return lock
    if lock.error() is QLockFile.LockError.LockFailedError:
        pid, host, _program = lock.getLockInfo()
        raise StoreBusyError(HELD.format(pid=pid, host=host))
    return None
