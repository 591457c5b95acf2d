"""Writes a database anew under another key, or under none, and puts it in the old one's place.

Never in place: until the new file has been compared row by row and is on the disk, the old one is
the office's; from the instant of one renaming on, the new one is. Whoever else has the database
open keeps this from beginning.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from itertools import zip_longest
from typing import TYPE_CHECKING

from pan_desktop.domain.errors import (
    FileVerificationError,
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreReadOnlyError,
)
from pan_desktop.store.failures import translating
from pan_desktop.store.opening import by_sqlcipher, driver_errors

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from pan_desktop.domain.keys import Key

OPEN_ELSEWHERE = (
    "La base est ouverte dans un autre programme : sa protection n’a pas été changée et rien n’est "
    "perdu. Fermez l’autre programme, puis recommencez."
)
NO_ROOM = (
    "Le disque n’a pas pu recevoir la base réécrite : sa protection n’a pas été changée et rien "
    "n’est perdu. Libérez autant de place que la base en occupe, puis recommencez."
)
DAMAGED_BEFORE = (
    "La base est endommagée : sa protection n’a pas été changée. Faites-la d’abord vérifier "
    "(« pan-desktop doctor »), ou reprenez une copie de sauvegarde."
)
DIFFERS = (
    "La base réécrite n’est pas identique à la base d’origine : sa protection n’a pas été changée "
    "et rien n’est perdu. Faites vérifier la base (« pan-desktop doctor »), puis recommencez."
)
UNWRITABLE = (
    "La base ne peut pas être réécrite à cet endroit : sa protection n’a pas été changée et rien "
    "n’est perdu. Vérifiez que vous pouvez écrire dans son dossier, puis recommencez."
)
_SUFFIX = ".conversion"
_BLOCK = 1 << 20
_SAID = (
    ("malformed", StoreDamagedError, DAMAGED_BEFORE),
    ("not a database", StoreDamagedError, DAMAGED_BEFORE),
    ("full", StoreFullError, NO_ROOM),
    ("I/O", StoreFullError, NO_ROOM),
)
_PATIENCE_MS = 2000


def convert(file: Path, old: Key | None, new: Key | None) -> None:
    """Write the database ``file``, which ``old`` opens, anew so that ``new`` opens it.

    None is for a file in the clear. Raises the PanError that says why it was not; the old file is
    then as it was. What the old one had in the clear is overwritten where the disk does so.
    """
    sweep(file)
    made = _beside(file)
    old_bytes: list[int] = []
    try:
        with translating(), closing(by_sqlcipher(file, old)) as connection:
            if old is None:
                old_bytes = _descriptors(file)
            _hold(connection)
            os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _export(connection, made, new)
            # A program that was killed leaves its index of a -wal that is no more.
            file.with_name(f"{file.name}-shm").unlink(missing_ok=True)
            if os.name == "nt":  # which renames nothing over a file that is open
                connection.close()
            flush(made)
            made.replace(file)
            flush(file.parent)
    except StoreBusyError as error:
        raise StoreBusyError(OPEN_ELSEWHERE) from error
    except StoreFullError as error:
        raise StoreFullError(NO_ROOM) from error
    except StoreDamagedError as error:
        raise StoreDamagedError(DAMAGED_BEFORE) from error
    except OSError as error:
        raise StoreReadOnlyError(UNWRITABLE) from error
    else:
        for descriptor in old_bytes:
            overwrite(descriptor)
    finally:
        # Not before the connection is closed: its locks would go with them.
        for descriptor in old_bytes:
            os.close(descriptor)
        sweep(file)


def sweep(file: Path) -> None:
    """Remove what a conversion that was cut short left beside ``file``: it may be in the clear."""
    made = _beside(file)
    for name in (made, made.with_name(f"{made.name}-journal")):
        with suppress(OSError):
            name.unlink()


def overwrite(descriptor: int) -> None:
    """Write zeros over an open file, as far as the disk lets go of what was there.

    A disk without moving parts writes them elsewhere and may keep the old bytes for a while.
    """
    left = os.fstat(descriptor).st_size
    os.lseek(descriptor, 0, os.SEEK_SET)
    with suppress(OSError):
        while left > 0:
            left -= os.write(descriptor, bytes(min(left, _BLOCK)))
        os.fsync(descriptor)


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":  # which has no such thing
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(file: Path) -> Path:
    return file.with_name(file.name + _SUFFIX)


def _descriptors(file: Path) -> list[int]:
    """Open the old file and its -wal, to be written over when they have no name any more."""
    if os.name == "nt":  # where what is open cannot be replaced
        return []
    names = (file, file.with_name(f"{file.name}-wal"))
    return [os.open(name, os.O_RDWR) for name in names if name.exists()]


def _hold(connection: sqlite3.Connection) -> None:
    """Keep everyone else off the database: raises as busy when someone has it open."""
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    # Only who has it alone may leave the -wal; what is in it goes into the file.
    connection.execute("PRAGMA journal_mode = DELETE")


def _export(connection: sqlite3.Connection, made: Path, key: Key | None) -> None:
    """Write everything into the empty file ``made`` and compare it."""
    words = "" if key is None else key.for_the_driver()
    # The key is bound, not part of the statement: statements are told in errors and traces.
    connection.execute("ATTACH ? AS made KEY ?", (str(made), words))
    connection.execute("PRAGMA made.synchronous = FULL")
    connection.execute("BEGIN EXCLUSIVE")
    try:
        connection.execute("SELECT sqlcipher_export('made')")
    except driver_errors() as error:
        raise _meant(error) from error
    for mark in ("application_id", "user_version"):
        value = connection.execute(f"PRAGMA main.{mark}").fetchone()[0]
        connection.execute(f"PRAGMA made.{mark} = {int(value)}")
    _compare(connection)
    connection.execute("COMMIT")
    if connection.execute("PRAGMA made.integrity_check").fetchall() != [("ok",)]:
        raise FileVerificationError(DIFFERS)
    connection.execute("DETACH made")


def _meant(error: Exception) -> Exception:
    """Return what an error of the exporting function means: it has words, but no code."""
    words = str(error)
    return next((family(said) for sign, family, said in _SAID if sign in words), error)


def _compare(connection: sqlite3.Connection) -> None:
    """Raise unless both databases say the same, row by row and number by number."""
    schema = "SELECT type, name, tbl_name, sql FROM {}.sqlite_master ORDER BY type, name"
    _compare_rows(connection, schema)
    tables = connection.execute(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type <> 'virtual'"
        " AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    for name, without_number in tables:
        quoted = '"' + name.replace('"', '""') + '"'
        number, order = ("", "1, 2") if without_number else ("rowid, ", "rowid")
        # The table's own order: nothing is sorted. Names are the database's own.
        question = f"SELECT {number}* FROM {{}}.{quoted} ORDER BY {order}"  # noqa: S608
        _compare_rows(connection, question)


def _compare_rows(connection: sqlite3.Connection, question: str) -> None:
    here = connection.execute(question.format("main"))
    there = connection.execute(question.format("made"))
    if any(one != other for one, other in zip_longest(here, there)):
        raise FileVerificationError(DIFFERS)
