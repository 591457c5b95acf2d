"""Replaces a file whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.domain.errors import FileUnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = "ce qui s’y trouvait est intact"
_REASONS = {
    errno.ENOSPC: f"le disque est plein ; {_KEPT}. Libérez de la place, puis recommencez.",
    errno.EDQUOT: f"votre espace disque est épuisé ; {_KEPT}. Libérez de la place.",
    errno.EROFS: f"ce disque est en lecture seule ; {_KEPT}. Choisissez un autre dossier.",
    errno.ENOENT: "ce dossier n’existe pas ; rien n’a été écrit. Choisissez un autre dossier.",
    errno.ENOTDIR: "ce dossier n’existe pas ; rien n’a été écrit. Choisissez un autre dossier.",
    errno.EISDIR: "un dossier porte déjà ce nom ; il est intact. Choisissez un autre nom.",
    errno.ENAMETOOLONG: "ce nom est trop long ; rien n’a été écrit. Choisissez un nom plus court.",
    errno.EACCES: (
        f"le dossier ou le fichier ne peut pas être modifié ; {_KEPT}. Fermez le document s’il est "
        "ouvert ailleurs, ou choisissez un autre dossier."
    ),
}
_REASONS[errno.EPERM] = _REASONS[errno.EACCES]


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary file beside ``target``, which takes its place when the block ends well.

    The block writes the file and may check it; when it raises, the temporary file goes and
    ``target`` stays as it was. Contents and folder are flushed to the disk. Raises
    FileUnwritableError, in one French sentence, when the machine refuses.
    """
    temporary: Path | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(target))
        handle, name = tempfile.mkstemp(prefix=".~", suffix=target.suffix, dir=target.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        _flush(temporary)
        temporary.chmod(_mode(target))
        temporary.replace(target)
        temporary = None
        _flush_folder(target.parent)
    except OSError as error:
        raise unwritable(target, error) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def unwritable(target: Path, error: OSError) -> FileUnwritableError:
    """Return what to tell the user when the machine refused to write ``target``."""
    reason = _REASONS.get(
        error.errno or 0, f"le disque a refusé ({error.strerror}) ; {_KEPT}. Réessayez ailleurs."
    )
    return FileUnwritableError(f"« {target} » n’a pas pu être écrit : {reason}")


def _flush(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    """Make the new name durable; systems that cannot open a folder do so by themselves."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mode(target: Path) -> int:
    """Return the rights the file had, or those a new file gets from the user's umask."""
    if target.exists():
        return target.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
