"""Opens a database file: by sqlite3, or by SQLCipher where it is encrypted.

Every connection to a database, its copies and its drafts is made here, so that none of them is
written in the clear beside an encrypted one. SQLCipher is loaded for encrypted files only.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Literal, cast

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


def connect(
    file: Path,
    key: Key | None = None,
    *,
    mode: Mode = "rw",
    timeout: float = WAIT_SECONDS,
    **options: Any,
) -> sqlite3.Connection:
    """Open ``file`` by the driver that fits; ``mode`` "rwc" alone creates it.

    A ``key`` opens an encrypted file and makes a new one encrypted; a file that is there in the
    clear is opened as it is. ``timeout`` is how long to wait for another program, in seconds;
    other options are the driver's. The connection is sqlite3's or SQLCipher's, which is its twin.
    """
    address = f"{file.absolute().as_uri()}?mode={mode}"
    if key is not None and is_plain(file):
        key = None
    return _connect(address, key, timeout=timeout, **options)


def in_memory(key: Key | None = None, **options: Any) -> sqlite3.Connection:
    """Open a database in memory that a file with this ``key`` can be copied into, and back.

    By the driver's ``backup``, which copies between two connections of one driver only.
    """
    return _connect("file::memory:", key, **options)


def driver(key: Key | None) -> ModuleType:
    """Return the module that opens files with this key: sqlite3, or SQLCipher's twin of it."""
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2

    return dbapi2


def is_plain(file: Path) -> bool:
    """Tell whether ``file`` is there and holds an SQLite database in the clear."""
    return _beginning(file, len(PLAIN)) == PLAIN


def is_encrypted(file: Path) -> bool:
    """Tell whether ``file`` looks like an encrypted database, which only its key can prove.

    It is whole pages of what looks random. While a ``-wal`` stands beside it the last page may be
    in part there.
    """
    page = _beginning(file, PAGE_BYTES)
    if len(page) < PAGE_BYTES or page.startswith(PLAIN) or len(set(page)) < _LOOKS_RANDOM:
        return False
    whole = file.stat().st_size % PAGE_BYTES == 0
    return whole or file.with_name(f"{file.name}-wal").exists()


def salt_of(file: Path) -> bytes:
    """Return the salt of an encrypted file, which its key is made with: 16 bytes."""
    return _beginning(file, SALT_BYTES)


def _beginning(file: Path, length: int) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(length)
    except OSError:
        return b""  # told by the driver, in its own words


def _connect(address: str, key: Key | None, **options: Any) -> sqlite3.Connection:
    module: Any = driver(key)
    connection: Any = module.connect(address, uri=True, **options)
    if key is not None:
        try:
            # It would tell standard error, in English, of a key that does not fit.
            connection.execute("PRAGMA cipher_log_level = NONE")
            # Not by a statement: those are told in errors and traces.
            connection.set_key(key.for_the_driver())
            connection.execute("PRAGMA temp_store = MEMORY")
        except BaseException:
            connection.close()
            raise
    return cast("sqlite3.Connection", connection)
