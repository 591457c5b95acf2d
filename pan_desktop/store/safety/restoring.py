"""Puts a copy in the place of the database: whole, or not at all.

The copy is copied once more beside the database, checked, and brought up to date there. What is
present is kept among the copies. Then, while nobody else can have the database open, one renaming
puts the new file in the old one's place. A kill at any moment leaves the one or the other.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.backups import Why, copy_name
from pan_desktop.domain.errors import (
    BackupFailedError,
    PanError,
    RestoreFailedError,
    StoreBusyError,
    StoreDamagedError,
)
from pan_desktop.store.failures import translating
from pan_desktop.store.location import Found, find
from pan_desktop.store.opening import connect, fitting, in_use
from pan_desktop.store.safety.backup import (
    UNREADABLE,
    UNSOUND,
    copy_to,
    failed,
    state_of,
)
from pan_desktop.store.safety.conversion import convert, flush
from pan_desktop.store.safety.copies import folder_of, keep_copy
from pan_desktop.store.safety.half_made import half_made_in
from pan_desktop.store.safety.logs import lonely_log, put_log_aside

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime

    from pan_desktop.domain.keys import Key

NOT_PUT_BACK = (
    "La restauration n’a pas eu lieu, le disque de la base n’acceptant pas le fichier repris : la "
    "base est restée comme elle était. Libérez de la place, puis recommencez."
)
OPEN_ELSEWHERE = (
    "La base est ouverte dans un autre programme : rien n’a été restauré ni changé. Fermez l’autre "
    "fenêtre de PAN Desktop, puis recommencez."
)
NO_COPY = (
    "« {name} » n’est pas une copie lisible d’une base de PAN Desktop : rien n’a été changé. "
    "Choisissez une autre copie."
)
SPOILT = " (abîmée)"
_ATTEMPTS = 3


class Restored(NamedTuple):
    """What there is after a restoration."""

    kept: Path | None
    """Where the state that was present lies now; None when there was no database."""
    sound: bool
    """Whether that state could be copied as a database, not only byte by byte."""


def put_back(
    file: Path,
    copy: Path,
    now: datetime,
    *,
    key: Key | None = None,
    told: Callable[[float], None] = lambda _part: None,
) -> Restored:
    """Put ``copy`` in the place of the database ``file``, which this process must have closed.

    ``now`` is the aware instant that the present state is kept under. Raises the PanError that
    says why it did not happen; the database is then as it was.
    """
    older = _is_older(copy, key)
    _refuse_if_open(file, key)
    incoming = half_made_in(file.absolute().parent)
    try:
        _bring(copy, incoming, key, told)
        if older:
            _bring_up_to_date(incoming, key)
        return _swapped(file, incoming, now, key)
    finally:
        for beside in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                incoming.with_name(incoming.name + beside).unlink(missing_ok=True)


def _is_older(copy: Path, key: Key | None) -> bool:
    """Tell whether the copy is of an older program.

    Raises the PanError that says why it cannot be restored.
    """
    try:
        found = find(copy, fitting(copy, key))
    except StoreDamagedError as error:
        raise RestoreFailedError(NO_COPY.format(name=copy.name)) from error
    if found is Found.NOTHING:
        raise RestoreFailedError(NO_COPY.format(name=copy.name))
    return found is Found.OLDER


def _refuse_if_open(file: Path, key: Key | None) -> None:
    """Raise StoreBusyError when another has the database open, before anything is copied.

    Whoever opens it later is still found when the place is taken.
    """
    if not file.exists() or lonely_log(file) is not None:
        return
    try:
        # Nothing is written: of a database that is damaged every byte is kept.
        with translating(), closing(connect(file, key, timeout=1.0, isolation_level=None)) as alone:
            alone.execute("PRAGMA locking_mode = EXCLUSIVE")
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("ROLLBACK")
    except StoreBusyError as error:
        raise StoreBusyError(OPEN_ELSEWHERE) from error
    except PanError:  # what is wrong is told where it stands in the way
        return


def _bring(copy: Path, incoming: Path, key: Key | None, told: Callable[[float], None]) -> None:
    """Make the file that is to be the database, beside it, under a name of its own."""
    with suppress(OSError):
        incoming.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        copy_to(copy, incoming, key=fitting(copy, key), told=told)
    except BackupFailedError as error:
        of_the_copy = error.sentence in {UNSOUND, UNREADABLE}
        sentence = NO_COPY.format(name=copy.name) if of_the_copy else NOT_PUT_BACK
        raise RestoreFailedError(sentence) from error
    if key is not None and fitting(incoming, key) is None:
        convert(incoming, None, key)  # a copy from before the office was encrypted


def _bring_up_to_date(incoming: Path, key: Key | None) -> None:
    from pan_desktop.store.engine import bring_up_to_date  # SQLAlchemy and Alembic

    bring_up_to_date(incoming, key)
    flush(incoming)


def _swapped(file: Path, incoming: Path, now: datetime, key: Key | None) -> Restored:
    if not file.exists() or lonely_log(file) is not None:
        if in_use(file):
            raise StoreBusyError(OPEN_ELSEWHERE)
        with suppress(OSError):  # or taking the place says why it cannot
            put_log_aside(file)
        _take_place(file, incoming)
        return Restored(None, sound=True)
    for _ in range(_ATTEMPTS):
        try:
            kept = keep_copy(file, Why.RESTORE, now, key=key)
            alone = _alone(file, key)
        except (BackupFailedError, StoreDamagedError):
            if not _is_damaged(file, key):
                raise
            if in_use(file):  # by a program that has its key: nothing is damaged
                raise StoreBusyError(OPEN_ELSEWHERE) from None
            kept_bytes = keep_bytes(file, now)
            _take_place(file, incoming)
            return Restored(kept_bytes, sound=False)
        with closing(alone):
            # Whoever wrote between the copy and the lock must not lose it.
            if state_of(alone) == kept.state:
                if os.name == "nt":  # where what is open cannot be replaced
                    alone.close()
                _take_place(file, incoming)
                return Restored(kept.copy.file, sound=True)
    raise StoreBusyError(OPEN_ELSEWHERE)


def _alone(file: Path, key: Key | None) -> sqlite3.Connection:
    """Return the one connection to the database, nothing of it being left in its -wal.

    Raises StoreBusyError when another has it open.
    """
    try:
        with translating():
            connection = connect(file, key, timeout=1.0, isolation_level=None)
            try:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                # Only who has the database alone may leave the -wal: what is in it goes into the
                # file, and no -wal is left that would be taken for the new file's.
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("BEGIN EXCLUSIVE")
            except BaseException:
                connection.close()
                raise
    except StoreBusyError as error:
        raise StoreBusyError(OPEN_ELSEWHERE) from error
    return connection


def _is_damaged(file: Path, key: Key | None) -> bool:
    try:
        with translating(), closing(connect(file, key)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok")
    except StoreDamagedError:
        return True
    except PanError:
        return False


def keep_bytes(file: Path, now: datetime, why: Why = Why.RESTORE) -> Path:
    """Keep a database that cannot be read, with its -wal, byte by byte among the copies.

    Nobody may have it open. Its name is none that is ever removed. Raises BackupFailedError when
    that is not possible.
    """
    folder = folder_of(file)
    moment = now.astimezone().replace(tzinfo=None, microsecond=0)
    named = Path(copy_name(file.name, moment, why))
    kept = folder / f"{named.stem}{SPOILT}{named.suffix}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for beside in ("-wal", ""):
            source = file.with_name(file.name + beside)
            if source.exists():
                target = kept.with_name(kept.name + beside)
                os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600))
                shutil.copyfile(source, target)
                flush(target)
    except OSError as error:
        raise failed(error, folder) from error
    return kept


def _take_place(file: Path, incoming: Path) -> None:
    """Let the new file be the database; what lay beside the old one went into it, or was kept."""
    try:
        for beside in ("-wal", "-shm", "-journal"):
            file.with_name(file.name + beside).unlink(missing_ok=True)
        incoming.replace(file)
    except OSError as error:
        raise RestoreFailedError(NOT_PUT_BACK) from error
    with suppress(OSError):
        flush(file.absolute().parent)
