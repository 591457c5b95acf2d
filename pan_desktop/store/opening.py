"""Opens a database file: by sqlite3, or by SQLCipher where it is encrypted.

Every connection to a database, its copies and its drafts is made here, so that none of them is
written in the clear beside an encrypted one. SQLCipher is loaded for encrypted files only.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from contextlib import closing, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, cast

from pan_desktop.store.safety.logs import lonely_log

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from pan_desktop.domain.keys import Key

Mode = Literal["rw", "ro", "rwc"]
"""What may be done: read and write, read only, create as well."""

PLAIN = b"SQLite format 3\0"
"""What an SQLite file that is not encrypted begins with."""
PAGE_BYTES = 4096
SALT_BYTES = 16
_LOOKS_RANDOM = 250
"""So many of the 256 bytes are in an encrypted page; all of them nearly always."""
WAIT_SECONDS = 5.0
_ALONE_WITHIN = 1.0
"""Seconds within which a database must be had alone, where it can only be read so."""
_LOCKS_AT, _LOCK_BYTES = 0x40000000, 512
"""Where SQLite locks a database, by its file format."""


def connect(
    file: Path,
    key: Key | None = None,
    *,
    mode: Mode = "rw",
    timeout: float = WAIT_SECONDS,
    **options: Any,
) -> sqlite3.Connection:
    """Open ``file``: with a ``key`` as an encrypted one, else as one in the clear.

    ``mode`` "rwc" alone creates it. ``timeout`` is how long to wait for another program, in
    seconds; other options are the driver's. The connection is sqlite3's or SQLCipher's, which is
    its twin with exceptions of its own (``driver_errors``). A copy, which may be older than the
    office's protection, is opened with ``fitting(copy, key)``. Raises sqlite3.OperationalError for
    an empty file with a log beside it, which SQLite would delete at the first look.
    """
    if lonely_log(file) is not None:
        raise _left_alone()
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return _connect(address, key, timeout=timeout, **options)


def connect_to_read(file: Path, key: Key | None = None, *, mode: Mode = "rw") -> sqlite3.Connection:
    """Open ``file`` as ``connect`` does, also where a full disk has no room to read it as usual.

    SQLite keeps an index of its log beside the database while that is open, and makes the log
    itself. Without room for the index it is kept in memory, nobody else being let in meanwhile;
    without even a name for a log that is not there, there is nothing but the file to be read.
    """
    until = monotonic() + _ALONE_WITHIN
    while True:
        try:
            return _read_once(connect(file, key, mode=mode))
        except driver_errors() as error:
            if _code(error) not in {
                sqlite3.SQLITE_IOERR,
                sqlite3.SQLITE_FULL,
                sqlite3.SQLITE_CANTOPEN,
            }:
                raise
            refusals: tuple[type[Exception], ...] = (OSError, *driver_errors())
            try:
                return _without_index(file, key)
            except refusals as refused:
                busy = _code(refused) == sqlite3.SQLITE_BUSY
            if not busy or monotonic() > until:
                raise


def by_sqlcipher(file: Path, key: Key | None) -> sqlite3.Connection:
    """Open ``file`` by SQLCipher, also one in the clear: only it writes one as the other.

    Statements are their own transactions, unless they say otherwise.
    """
    address = f"{file.absolute().as_uri()}?mode=rw"
    return _unlocked(_sqlcipher().connect(address, uri=True, isolation_level=None), key)


def fitting(file: Path, key: Key | None) -> Key | None:
    """Return ``key`` unless ``file`` is a database in the clear.

    For copies only, as ``is_plain``.
    """
    return None if is_plain(file) else key


def in_memory(key: Key | None = None, **options: Any) -> sqlite3.Connection:
    """Open a database in memory that a file with this ``key`` can be copied into, and back.

    By the driver's ``backup``, which copies between two connections of one driver only.
    """
    return _connect("file::memory:", key, **options)


def driver(key: Key | None) -> ModuleType:
    """Return the module that opens files with this key: sqlite3, or SQLCipher's twin of it."""
    module: ModuleType = sqlite3 if key is None else _sqlcipher()
    return module


def signs(file: Path, key: Key) -> bool:
    """Tell whether any page of ``file`` is signed by ``key``: it is its own key then.

    However much of the file is damaged, its first page too. Reads all of it.
    """
    try:
        with closing(connect(file, key, mode="ro")) as connection:
            unsigned = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        return len(unsigned) < file.stat().st_size // PAGE_BYTES
    except driver_errors():
        return False


def write_salt(file: Path, key: Key) -> None:
    """Have a file that ``key`` opens begin with its salt again, where that alone was lost.

    SQLCipher writes it with the first page, which is written as it is. Where that is refused the
    salt stays lost, and all else as it was.
    """
    with (
        suppress(*driver_errors()),
        closing(connect(file, key, isolation_level=None)) as connection,
    ):
        mark = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {mark}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def driver_errors() -> tuple[type[Exception], ...]:
    """Return what a connection may raise, for an ``except`` clause: sqlite3's, and SQLCipher's."""
    loaded = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error,) if loaded is None else (sqlite3.Error, loaded.Error)


# What follows reads the file itself. It must not be a database that this process has open: where
# locks are POSIX's, closing a file gives up all locks that the process has on it, those of SQLite
# included. Another program that closes the database would then delete the -wal that is in use.


def is_plain(file: Path) -> bool:
    """Tell whether ``file``, not open in this process, is an SQLite database in the clear."""
    return _beginning(file, len(PLAIN)) == PLAIN


def is_encrypted(file: Path) -> bool:
    """Tell whether ``file``, not open in this process, looks like an encrypted database.

    Only its key can prove that it is one. It is whole pages of what looks random; while a
    ``-wal`` stands beside it the last page may be in part there.
    """
    page = _beginning(file, PAGE_BYTES)
    if len(page) < PAGE_BYTES or page.startswith(PLAIN) or len(set(page)) < _LOOKS_RANDOM:
        return False
    whole = file.stat().st_size % PAGE_BYTES == 0
    return whole or file.with_name(f"{file.name}-wal").exists()


def salt_of(file: Path) -> bytes:
    """Return the salt of an encrypted file, not open in this process: 16 bytes for its key."""
    return _beginning(file, SALT_BYTES)


def has_salt(file: Path) -> bool:
    """Tell whether a file, not open in this process, begins with bytes that look drawn by chance.

    Sixteen bytes drawn by chance hold fewer than eight different ones once in 10^12 files.
    """
    return len(set(salt_of(file))) >= SALT_BYTES // 2


def in_use(file: Path) -> bool:
    """Tell whether another program has ``file``, not open in this process, open as a database.

    It holds one of SQLite's locks then. Windows itself refuses to replace a file in use.
    """
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        with file.open("r+b") as stream:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_BYTES, _LOCKS_AT)
    except BlockingIOError:
        return True
    except OSError:  # a file system without locks, a file that is only read
        return False
    return False


def _without_index(file: Path, key: Key | None) -> sqlite3.Connection:
    # Two that waited here would wait for each other: each has what the other needs meanwhile.
    connection = connect(file, key, timeout=0)
    try:
        # Said before anything is read, or it is too late for the index.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        return _read_once(connection)
    except driver_errors() as error:
        connection.close()
        if _code(error) == sqlite3.SQLITE_BUSY or not _has_no_name_left(file):
            raise
    # Nobody is writing then, for there is no log, and nobody can begin to.
    return _read_once(_connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", key))


def _code(error: BaseException) -> int:
    """Return what SQLite calls an error, 0 for what is none of its own."""
    # Extended codes carry the primary one in their low byte.
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _has_no_name_left(file: Path) -> bool:
    """Tell whether no log of ``file`` is there, and the disk is so full that none can be made."""
    log, journal = (file.with_name(f"{file.name}{end}") for end in ("-wal", "-journal"))
    try:
        if log.exists() or (journal.exists() and journal.stat().st_size):
            return False
        # By another name: under its own, another program might write in it before it is removed.
        probe = log.with_name(f"{log.name}.{os.getpid()}")
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    probe.unlink()
    return False


def _read_once(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Read the first page, and return the connection; it is closed where that cannot be."""
    try:
        connection.execute("PRAGMA schema_version")
    except BaseException:
        connection.close()
        raise
    return connection


def _left_alone() -> sqlite3.Error:
    error = sqlite3.OperationalError("a log stands without its database")
    error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
    return error


def _beginning(file: Path, length: int) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(length)
    except OSError:
        return b""  # told by the driver, in its own words


def _sqlcipher() -> Any:  # noqa: ANN401 - sqlite3's twin, told apart by nobody
    from sqlcipher3 import dbapi2

    return dbapi2


def _connect(address: str, key: Key | None, **options: Any) -> sqlite3.Connection:
    if key is None:
        connection: sqlite3.Connection = sqlite3.connect(address, uri=True, **options)
        return connection
    return _unlocked(_sqlcipher().connect(address, uri=True, **options), key)


def _unlocked(connection: Any, key: Key | None) -> sqlite3.Connection:  # noqa: ANN401 - as above
    """Give the driver the key, and have it say and write nothing beside the file."""
    try:
        # It would tell standard error, in English, of a key that does not fit.
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            # Not by a statement: those are told in errors and traces.
            connection.set_key(key.for_the_driver())
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return cast("sqlite3.Connection", connection)
