"""The files that the program writes, known again later: what someone changed is never replaced.

What was written at a place is kept as the digest of its bytes, in the store, so that it is still
known after the program was closed.
"""

from __future__ import annotations

import hashlib
import os
from enum import Enum
from typing import TYPE_CHECKING

from pan_desktop.app.office import for_good, reading
from pan_desktop.documents.outside import LARGEST_FILE, PackageError, read_bounded
from pan_desktop.documents.saving import save
from pan_desktop.domain.calendar import moment_in_words
from pan_desktop.domain.errors import (
    FileTakenError,
    FileVerificationError,
    InputError,
    NotFoundError,
    SurroundingsError,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.store.unit_of_work import UnitOfWork

TAKEN = "Un fichier « {name} » existe déjà : il n’a pas été touché. Faut-il le remplacer ?"
CHANGED = (
    "« {name} » a été modifié en dehors de PAN Desktop depuis qu’il y a été écrit le {at} : il n’a "
    "pas été touché. Faut-il le remplacer ?"
)
UNREADABLE_THERE = (
    "« {name} » existe et ne peut pas être lu, on ne sait donc pas s’il a été modifié : il n’a pas "
    "été touché. Faut-il le remplacer ?"
)
GONE = (
    "« {name} » n’est plus là où il a été écrit : rien n’a été ouvert. Exportez de nouveau le "
    "relevé."
)
NOT_AS_MEANT = (
    "Le fichier relu après écriture diffère de ce qui devait y être : il n’a remplacé aucun autre. "
    "Vérifiez le disque, puis recommencez."
)


class Existing(Enum):
    """What becomes of a file that already stands where one is to be written."""

    ASK = "ask"
    """It stays unless it is as the program left it."""
    KEEP_CHANGED = "keep changed"
    """It stays when the program wrote it and someone changed it since."""
    REPLACE = "replace"


def guard(office: Office, target: Path, existing: Existing) -> None:
    """Raise FileTakenError when the file at ``target`` is not to be replaced."""
    if existing is Existing.REPLACE or not _is_file(target):
        return
    digest = _digest_of(target)
    ours, written_at = office.run(known, path=place_of(target), digest=digest or "").result
    if ours or (existing is Existing.KEEP_CHANGED and written_at is None):
        return
    if digest is None:
        raise FileTakenError(UNREADABLE_THERE.format(name=target.name))
    if written_at is not None:
        at = moment_in_words(written_at.astimezone())
        raise FileTakenError(CHANGED.format(name=target.name, at=at))
    raise FileTakenError(TAKEN.format(name=target.name))


def replace(target: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file whole or not at all, and read it back; a ``private`` one is its owner's only.

    Raises FileUnwritableError or FileVerificationError with what was there before kept.
    """

    def check(temporary: Path) -> None:
        if temporary.read_bytes() != content:
            raise FileVerificationError(NOT_AS_MEANT)

    save(content, target, check, private=private)


def put(
    office: Office, target: Path, content: bytes, *, meeting_id: str, private: bool = False
) -> str:
    """Write a file whole or not at all, remember it, and return the digest of its bytes.

    A ``private`` one is its owner's only, as for ``replace``.
    Raises FileUnwritableError or FileVerificationError with what was there before kept.
    """
    replace(target, content, private=private)
    return note(office, target, content, meeting_id=meeting_id)


def note(office: Office, target: Path, content: bytes, *, meeting_id: str) -> str:
    """Remember a file that was just written and return the digest of its bytes."""
    digest = digest_of(content)
    try:
        office.run(remember, meeting_id=meeting_id, path=place_of(target), digest=digest)
    except SurroundingsError:
        # The file is written, and that is what was asked for. Where a full disk or a read-only
        # database cannot note it, the next export asks once more than it need.
        return digest
    return digest


@reading
def known(work: UnitOfWork, *, path: str, digest: str) -> tuple[bool, datetime | None]:
    """Tell whether a file is as the program left it, and when it last wrote at that place."""
    noted = work.read.written_digest(path)
    at: datetime | None = None
    if noted is not None:
        at = (work.read.row("written_file", noted[0]) or {}).get("updated_at")
    ours = noted is not None and noted[1] == digest
    return ours or bool(digest and work.read.versions_of_digest(digest)), at


@for_good
def remember(work: UnitOfWork, *, meeting_id: str, path: str, digest: str) -> None:
    """Keep what the program wrote at a place."""
    noted = work.read.written_digest(path)
    if noted is None:
        work.insert("written_file", meeting_id=meeting_id, path=path, digest=digest)
    else:
        work.update("written_file", noted[0], meeting_id=meeting_id, digest=digest)


def read(file: Path, *, kept: str = "rien n’a été fait", limit: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file from outside, at most ``limit``; ``kept`` says what was left.

    Raises NotFoundError or InputError with a sentence, for a folder or a device too.
    """
    try:
        return read_bounded(file, limit)
    except PackageError as error:
        absent = isinstance(error.__cause__, FileNotFoundError)
        raise (NotFoundError if absent else InputError)(error.sentence(str(file), kept)) from error


def still_there(_office: Office, *, path: Path) -> Path:
    """Return a path that something stands at. Raises NotFoundError with a sentence."""
    try:
        path.stat()
    except (OSError, ValueError) as error:
        raise NotFoundError(GONE.format(name=path.name)) from error
    return path


def place_of(target: Path) -> str:
    """Return what names a place on the disk, links followed."""
    return os.path.realpath(target)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _is_file(target: Path) -> bool:
    """Tell whether a file stands there; what else stands in the way, writing will tell."""
    try:
        return target.exists() and not target.is_dir()
    except (OSError, ValueError):
        return False


def _digest_of(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
