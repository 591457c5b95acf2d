"""Where a database is, and what kind of file lies there, found out without SQLAlchemy.

The window is painted before SQLAlchemy is loaded, so this reads with the raw driver only.
"""

from __future__ import annotations

from contextlib import closing
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.domain.errors import (
    PanError,
    SecretNeededError,
    StoreDamagedError,
    StoreReadOnlyError,
    StoreTooNewError,
    WrongSecretError,
)
from pan_desktop.store.failures import (
    CANNOT_OPEN,
    DAMAGED,
    ENCRYPTED,
    WRONG_KEY,
    translating,
)
from pan_desktop.store.opening import connect_to_read, has_salt, is_encrypted

if TYPE_CHECKING:
    from pan_desktop.domain.keys import Key

REVISIONS = ("0001",)
"""Every schema this program knows, oldest first; the last is the present one."""

APPLICATION_ID = 0x50414E44
"""Marks the file as ours ("PAND"), so that `file` and we ourselves can tell."""

TOO_NEW = (
    "Cette base a été créée par une version plus récente de PAN Desktop : elle n’a pas été "
    "modifiée. Installez la version récente, ou ouvrez une autre base."
)


FOLDER_GONE = (
    "Le dossier de cette base n’existe pas, ou n’est pas accessible : rien n’a été créé. Branchez "
    "le disque ou reliez le réseau où elle se trouve, ou corrigez son nom, puis recommencez."
)
MOVED = (
    "La base a été déplacée de cet endroit vers « {to} » sur l’ordinateur « {host} » : rien n’a "
    "été créé ni modifié. Ouvrez-la là, ou effacez « {note} » pour en commencer une autre ici."
)
_NOTE = ".déplacée.txt"


class Found(Enum):
    """What lies where the database should be."""

    NOTHING = "nothing"
    PRESENT = "present"
    OLDER = "older"


def sqlite_file(database: str) -> Path | None:
    """Return the file a database name means, None when it is another server's URL.

    ``database`` is a path, a ``sqlite:///`` URL or a URL of another kind.
    """
    if database.startswith("sqlite:///"):
        return Path(database.removeprefix("sqlite:///"))
    return None if "://" in database else Path(database)


def followed(database: str) -> str:
    """Return the database that a name leads to: another file where the base was moved away.

    Raises StoreReadOnlyError when it was moved to where this computer finds nothing.
    """
    file = sqlite_file(database)
    if file is None or not file.name:  # a name that is no file's is told when it is opened
        return database
    note = _note(file)
    if not note.exists() or file.exists():
        return database
    try:
        _sentence, host, to = note.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return database
    if Path(to).is_file():
        return followed(to)
    raise StoreReadOnlyError(MOVED.format(to=to, host=host, note=note.name))


def leave_note(file: Path, to: Path, host: str) -> None:
    """Say where ``file`` was that the base lies at ``to`` now. Raises OSError."""
    said = f"La base « {file.name} » a été déplacée. Ordinateur, puis nouvelle place :"
    _note(file).write_text(f"{said}\n{host}\n{to.absolute()}\n", encoding="utf-8")


def _note(file: Path) -> Path:
    return file.with_name(file.name + _NOTE)


def find(file: Path, key: Key | None = None) -> Found:
    """Tell what lies at ``file``, which ``key`` opens where it is encrypted.

    Raises StoreDamagedError when it is no database of ours, StoreTooNewError when a newer
    program made it, StoreReadOnlyError when it cannot be reached at all, SecretNeededError when
    it is encrypted and no key was given, WrongSecretError when the key does not open it.
    """
    if _is_nothing(file):
        return Found.NOTHING
    try:
        with translating(), closing(connect_to_read(file, key)) as connection:
            # Reads the first page and no other: what is wrong further on is damage.
            application = connection.execute("PRAGMA application_id").fetchone()[0]
    except StoreDamagedError as error:
        raise _explained(error, file, key) from error
    with translating(), closing(connect_to_read(file, key)) as connection:
        tables = {
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if not tables:
            return Found.NOTHING
        if application != APPLICATION_ID or "alembic_version" not in tables:
            raise StoreDamagedError(DAMAGED)
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if not rows:
        raise StoreDamagedError(DAMAGED)
    revision = rows[0][0]
    if revision == REVISIONS[-1]:
        return Found.PRESENT
    if revision in REVISIONS:
        return Found.OLDER
    raise StoreTooNewError(TOO_NEW)


def _is_nothing(file: Path) -> bool:
    """Tell whether there is no database yet; raises StoreReadOnlyError where none can be."""
    try:
        if file.is_dir():
            raise StoreReadOnlyError(CANNOT_OPEN)
        if not file.exists() and not file.parent.is_dir():
            # A disk that was pulled, a network that is away: an empty base there would be believed.
            raise StoreReadOnlyError(FOLDER_GONE)
        return not file.exists() or file.stat().st_size == 0
    except OSError as error:
        raise StoreReadOnlyError(CANNOT_OPEN) from error


def _explained(error: PanError, file: Path, key: Key | None) -> PanError:
    """Return why the first page of ``file`` cannot be read: damage, or a key that is not its own.

    A file whose first page is damaged cannot be told from one with another key. Nobody has it
    open in this process, not having been able to read it.
    """
    if not is_encrypted(file):
        return error
    if key is None:
        return SecretNeededError(ENCRYPTED)
    return WrongSecretError(WRONG_KEY) if has_salt(file) else error
