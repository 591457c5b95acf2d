"""Puts a file in its place whole and checked, or leaves everything as it was."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.domain.errors import FileUnwritableError

if TYPE_CHECKING:
    from collections.abc import Callable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_ATTEMPTS = 100


def save(
    data: bytes, target: Path, check: Callable[[Path], None], *, private: bool = False
) -> None:
    """Write a file beside the target, have it checked, then let it take the target's place.

    ``check`` gets the path of the file as it lies on the disk and raises when it is not what
    was meant. Until it has returned nothing is replaced; whatever goes wrong, the temporary file
    is removed. While it is written the file is its owner's only; then it gets the permissions of
    the file it replaces, or those of any new file, unless it is ``private``. Raises
    FileUnwritableError.
    """
    # A link is kept, and what it points to replaced.
    place = Path(os.path.realpath(target))
    try:
        if place.is_dir():
            raise FileUnwritableError(
                f"« {target} » est un dossier : rien n’a été écrit ; indiquez un nom de fichier."
            )
        temporary, descriptor, mode = _create(place)
    except OSError as error:
        raise _unwritable(error, target, place) from error
    try:
        try:
            _fill(descriptor, data)
            check(temporary)
            if not private:
                _open_to_others(temporary, place, mode)
        except OSError as error:
            raise _unwritable(error, target, place) from error
        _replace(temporary, target, place)
    except BaseException:
        # The reason it failed is what must be told, not that the rest could not be removed.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _settle_folder(place.parent)


def _create(place: Path) -> tuple[Path, int, int]:
    """Return a new file beside the target: its path, its descriptor, its usual permissions."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    for _ in range(_ATTEMPTS):
        # A short name of its own: the target's may already be as long as names can be.
        temporary = place.parent / f".pan-{secrets.token_hex(6)}.tmp"
        try:
            descriptor = os.open(temporary, flags, 0o666)
        except FileExistsError:
            continue
        # Asking what the system gave is the only way to know the umask without changing it
        # for every thread.
        mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
        with suppress(OSError):  # FAT and some network folders know no owner
            temporary.chmod(0o600)
        return temporary, descriptor, mode
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place.parent))


def _fill(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _open_to_others(temporary: Path, place: Path, mode: int) -> None:
    if os.name != "posix":
        return  # Windows takes the folder's permissions by itself
    with suppress(FileNotFoundError):
        mode = stat.S_IMODE(place.stat().st_mode)
    with suppress(OSError):
        temporary.chmod(mode)


def _replace(temporary: Path, target: Path, place: Path) -> None:
    try:
        temporary.replace(place)
    except PermissionError as error:
        raise FileUnwritableError(
            f"« {target.name} » est ouvert dans un autre programme, comme Word, ou protégé : "
            f"{_kept(place)} ; fermez-le puis recommencez, ou choisissez un autre nom."
        ) from error
    except OSError as error:
        raise _unwritable(error, target, place) from error


def _settle_folder(folder: Path) -> None:
    """Make the new name survive a power cut.

    The file is complete and in its place by now: where a folder cannot be flushed (Windows,
    some network folders) nothing is lost that could still be told or undone.
    """
    if os.name != "posix":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _kept(place: Path) -> str:
    try:
        exists = place.exists()
    except OSError:
        exists = False
    return "le fichier qui s’y trouvait est intact" if exists else "rien n’a été écrit"


def _unwritable(error: OSError, target: Path, place: Path) -> FileUnwritableError:
    folder, kept = place.parent, _kept(place)
    code = error.errno
    if isinstance(error, NotADirectoryError) or (folder.exists() and not folder.is_dir()):
        said = f"« {folder} » n’est pas un dossier : {kept} ; choisissez un dossier."
    elif isinstance(error, FileNotFoundError):
        said = (
            f"Le dossier « {folder} » n’existe pas : {kept} ; créez-le ou choisissez-en un autre."
        )
    elif code in _FULL:
        said = (
            f"Le disque n’a plus de place pour « {target.name} » : {kept} ; "
            "libérez de la place ou choisissez un autre disque."
        )
    elif code in _FORBIDDEN:
        said = (
            f"Le dossier « {folder} » n’accepte pas de nouveau fichier, faute de droits : {kept} ; "
            "choisissez un autre dossier."
        )
    elif code == errno.ENAMETOOLONG:
        said = (
            f"Le nom « {target.name[:40]}… » est trop long : {kept} ; choisissez un nom plus court."
        )
    else:
        said = (
            f"« {target} » n’a pas pu être écrit (erreur {code} du système) : {kept} ; "
            "recommencez ou choisissez un autre emplacement."
        )
    return FileUnwritableError(said)
