"""Lends an encrypted database that lost its first page the one of its newest copy, to be read.

Without it SQLCipher reads nothing at all: it stands there where the tables begin. All pages are
signed with one key and their own number, so those of a copy fit where the key is the same: until
the passphrase was changed. Tables begin where they did until the office is written anew.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

from pan_desktop.domain.errors import StoreDamagedError, WrongSecretError
from pan_desktop.store.location import find
from pan_desktop.store.opening import (
    PAGE_BYTES,
    connect,
    driver_errors,
    is_plain,
    salt_of,
    signs,
)
from pan_desktop.store.safety.copies import copies

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.domain.keys import Key

_MOST_PAGES = 200_000
"""A row of a copy that is made so long is the largest that SQLite takes."""


def with_beginning(source: Path, key: Key | None, folder: Path) -> Path:
    """Return the file to read ``source`` from: itself, or one in ``folder`` with a lent first page.

    ``source`` is only read. Raises OSError where there is no room.
    """
    if key is None or is_plain(source):
        return source
    try:
        find(source, key)
    except (StoreDamagedError, WrongSecretError):
        pass
    else:
        return source
    if not signs(source, key):
        return source
    for copy in copies(source):
        if salt_of(copy.file) == key.salt:
            try:
                return _lent(source, copy.file, key, folder)
            except driver_errors():  # that copy is damaged as well
                continue
    return source


def _lent(source: Path, copy: Path, key: Key, folder: Path) -> Path:
    lender, lent = folder / "copie", folder / "lue"
    shutil.copyfile(copy, lender)
    pages = _stretched(lender, key, -(-source.stat().st_size // PAGE_BYTES))
    shutil.copyfile(source, lent)
    with lender.open("rb") as first, lent.open("r+b") as stream:
        stream.write(first.read(PAGE_BYTES))
        stream.truncate(pages * PAGE_BYTES)  # SQLite reads no file that is shorter than it says
    lender.unlink()
    log = source.with_name(f"{source.name}-wal")
    if log.exists():
        shutil.copyfile(log, lent.with_name(f"{lent.name}-wal"))
    return lent


def _stretched(lender: Path, key: Key, pages: int) -> int:
    """Make a copy at least so long, that its first page knows of all pages; return its length.

    In a table of one row, which stands for none of the others: the first page holds where they
    begin, and nothing else that changes by it.
    """
    with closing(connect(lender, key, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # as the log of the source needs it
        length = connection.execute("PRAGMA page_count").fetchone()[0]
        missing = min(pages - length, _MOST_PAGES)
        if missing > 0:
            blob = missing * PAGE_BYTES
            connection.execute("INSERT INTO alembic_version VALUES (zeroblob(?))", (blob,))
            connection.execute("DELETE FROM alembic_version WHERE typeof(version_num) = 'blob'")
        return int(connection.execute("PRAGMA page_count").fetchone()[0])
