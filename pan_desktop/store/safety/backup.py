"""Copies a database while it is in use, and keeps the copy only when it is seen to be whole.

Every copy that the program makes of a database is made here: at each close, before a migration,
an import, a restoration, a repair or a move.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pan_desktop.domain.errors import BackupFailedError, PanError, StoreDamagedError
from pan_desktop.store.failures import translated
from pan_desktop.store.opening import connect, driver_errors
from pan_desktop.store.safety.conversion import flush
from pan_desktop.store.safety.half_made import half_made_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pan_desktop.domain.keys import Key

Result = TypeVar("Result")

KEPT = "Tout ce que vous avez saisi reste enregistré dans la base."
NO_ROOM = (
    "La copie de sauvegarde n’est pas faite, le disque du dossier « {folder} » étant plein. {kept} "
    "Libérez de la place, ou choisissez un autre dossier."
)
NO_FOLDER = (
    "La copie de sauvegarde n’est pas faite, le dossier « {folder} » n’existant plus ou son disque "
    "étant débranché. {kept} Rebranchez-le, ou choisissez un autre dossier."
)
NO_RIGHT = (
    "La copie de sauvegarde n’est pas faite, le dossier « {folder} » n’acceptant pas de fichier. "
    "{kept} Demandez le droit d’y écrire, ou choisissez un autre dossier."
)
REFUSED = (
    "La copie de sauvegarde n’est pas faite, le disque du dossier « {folder} » ayant refusé une "
    "écriture ({reason}). {kept} Recommencez, ou choisissez un autre dossier."
)
UNSOUND = (
    "La copie de sauvegarde n’est pas gardée, la base elle-même étant abîmée ou mal relue. Les "
    "copies précédentes sont intactes. Vérifiez la base (« pan-desktop doctor »), ou reprenez une "
    "copie."
)

UNREADABLE = (
    "La copie de sauvegarde n’est pas faite, la base ne pouvant pas être lue en ce moment. Les "
    "copies précédentes sont intactes. Fermez les autres programmes qui l’emploient, puis "
    "recommencez."
)

PAGES = 256
"""Copied at a time, one megabyte; between two such steps others get their turn."""
_SUMS = {"version": "sum(version)", "updated_at": "max(updated_at)"}
_BESIDE = ("", "-journal", "-wal", "-shm")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class State(NamedTuple):
    """What a database holds at one moment."""

    rows: dict[str, int]
    """How many rows each table has, but those of SQLite itself and of the search."""
    mark: str
    """The same for two databases only when they hold the same versions of the same rows."""
    last_change: datetime | None
    """When a row was last written; None for a database that has none."""


class Copied(NamedTuple):
    """What a new copy was found to hold."""

    state: State
    broken: int
    """How many references of the database lead nowhere; the copy has the same."""


def copy_to(
    file: Path,
    target: Path,
    *,
    key: Key | None = None,
    told: Callable[[float], None] = lambda _part: None,
) -> Copied:
    """Copy the database ``file`` as it is now to ``target``, and return what the copy holds.

    Others may write meanwhile; the copy is of the moment it began. It lies under another name, its
    owner's alone from the first byte, until it was read back: whole, and with as many rows in
    each table as the database has. It then takes the place of what was at ``target``. One that
    ``key`` opens is copied encrypted with it. ``told`` gets the part done, 0 to 1;
    what it raises stops the copy. Raises BackupFailedError, and leaves nothing behind.
    """
    folder = target.parent
    try:
        temporary = _room(folder)
    except OSError as error:
        raise failed(error, folder) from error
    try:
        state = _filled(file, temporary, key, told)
        broken = _examined(temporary, key, state)
        flush(temporary)
        temporary.replace(target)
        with suppress(OSError):  # some network folders cannot be flushed; the copy is there
            flush(folder)
    except (OSError, PanError) as error:
        raise failed(error, folder) from error
    except driver_errors() as error:
        raise failed(error, folder) from error
    finally:
        for beside in _BESIDE:
            with suppress(OSError):
                temporary.with_name(temporary.name + beside).unlink(missing_ok=True)
    return Copied(state, broken)


def state_of(connection: sqlite3.Connection) -> State:
    """Return what a database holds, all at one moment if a transaction is open."""
    rows, parts, last = {}, [], ""
    for name, columns in _tables(connection):
        asked = {"count(*)", f'(SELECT max(rowid) FROM "{name}")'}  # noqa: S608 - our own names
        asked |= {sums for column, sums in _SUMS.items() if column in columns}
        if "hash" in columns:  # of the journal: the last tells all that was ever done apart
            asked.add(f'(SELECT hash FROM "{name}" ORDER BY rowid DESC LIMIT 1)')  # noqa: S608
        words = sorted(asked)
        values = connection.execute(f'SELECT {", ".join(words)} FROM "{name}"').fetchone()  # noqa: S608
        found = dict(zip(words, values, strict=True))
        rows[name] = found["count(*)"]
        parts.append(f"{name}:{values}")
        last = max(last, str(found.get(_SUMS["updated_at"]) or "") if name != "step" else "")
    return State(rows, "\n".join(parts), _instant(last))


def failed(error: BaseException, folder: Path) -> BackupFailedError:
    """Return the sentence for a copy into ``folder`` that could not be made."""
    if isinstance(error, BackupFailedError):
        return error
    code = error.errno if isinstance(error, OSError) else None
    driver = getattr(error, "sqlite_errorcode", 0) & 0xFF
    words = {"folder": folder, "kept": KEPT}
    if code in _FULL or driver == sqlite3.SQLITE_FULL:
        return BackupFailedError(NO_ROOM.format(**words))
    if not folder.is_dir():
        return BackupFailedError(NO_FOLDER.format(**words))
    if code in _FORBIDDEN or driver in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
        return BackupFailedError(NO_RIGHT.format(**words))
    if driver in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return BackupFailedError(UNSOUND)
    reason = f"erreur {code} du système" if code is not None else f"erreur {driver} de SQLite"
    return BackupFailedError(REFUSED.format(reason=reason, **words))


def _room(folder: Path) -> Path:
    """Return a new empty file in ``folder`` that only its owner can read."""
    temporary = half_made_in(folder)
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        if os.name == "posix":  # on Windows a file is its folder's, which is the user's own
            with suppress(OSError):  # FAT and some network folders know no owner
                os.fchmod(descriptor, 0o600)  # whatever the umask took away
    finally:
        os.close(descriptor)
    return temporary


def _filled(file: Path, temporary: Path, key: Key | None, told: Callable[[float], None]) -> State:
    """Copy every page of one moment, and return what the database held at that moment."""
    with (
        _reading(file, key) as (source, state),
        closing(connect(temporary, key, isolation_level=None)) as copy,
    ):
        # A new file that is thrown away when anything fails needs no way back, and is flushed
        # once at the end.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(
            copy,
            pages=PAGES,
            progress=lambda _status, left, whole: told(1 - left / max(whole, 1)),
        )
        # A copy is one file, with no other beside it: it can be read from where nothing can be
        # written. Alone with it, SQLite makes no other on the way there either.
        copy.execute("PRAGMA locking_mode = EXCLUSIVE")
        copy.execute("PRAGMA journal_mode = DELETE")
        return state


@contextmanager
def _reading(file: Path, key: Key | None) -> Iterator[tuple[sqlite3.Connection, State]]:
    """Give the database within a transaction that sees one moment, and what it holds then."""
    with closing(_read_by(lambda: connect(file, key, isolation_level=None))) as source:
        _read_by(lambda: source.execute("BEGIN"))
        yield source, _read_by(lambda: state_of(source))


def _read_by(reading: Callable[[], Result]) -> Result:
    """Return what the database answers. Raises BackupFailedError when it is that which fails."""
    try:
        return reading()
    except driver_errors() as error:
        damaged = isinstance(translated(error), StoreDamagedError)
        raise BackupFailedError(UNSOUND if damaged else UNREADABLE) from error


def _examined(temporary: Path, key: Key | None, state: State) -> int:
    """Return how many references of the copy lead nowhere.

    Raises BackupFailedError unless it is whole and holds what the database did.
    """
    with closing(connect(temporary, key, mode="ro")) as copy:
        sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        if not sound or state_of(copy) != state:
            raise BackupFailedError(UNSOUND)
        return len(copy.execute("PRAGMA foreign_key_check").fetchall())


def _tables(connection: sqlite3.Connection) -> Iterator[tuple[str, set[str]]]:
    """Give each table with its columns; not SQLite's own, nor those of the search."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' "
        "AND name NOT GLOB 'search_*' ORDER BY name"
    ).fetchall()
    for (name,) in names:
        yield name, {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
