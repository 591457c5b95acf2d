"""Moving a whole office between a file and a server: one command, every row compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.app.places import is_shared, local_file
from pan_desktop.app.secrets_kept import password_for
from pan_desktop.domain.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from pan_desktop.domain.keys import Key
    from pan_desktop.store.shared.moving import Moved

NO_SOURCE = "Il n’y a pas de base à l’endroit de départ : rien n’a été changé. Vérifiez le chemin."
SAME = "Le départ et l’arrivée sont la même base : rien n’a été changé. Indiquez-en une autre."
NEITHER = (
    "Un déplacement se fait entre un fichier et une base partagée : rien n’a été changé. Pour "
    "copier un fichier, employez « pan-desktop backup »."
)


def move(*, source: str, target: str, key: Key | None = None) -> Moved:
    """Copy the office at ``source`` into the empty database at ``target``, and compare every row.

    Each is a file or the address of a shared office; ``key`` opens the file. The source is left as
    it is. Raises InputError when the target holds something already.
    """
    from pan_desktop.store.shared import moving

    if source == target:
        raise InputError(SAME)
    if is_shared(source):
        file = local_file(target)
        if file is None:
            raise InputError(NEITHER)
        return moving.to_file(source, password_for(source), file, key)
    file = local_file(source)
    if not is_shared(target) or file is None:
        raise InputError(NEITHER)
    if not file.is_file():
        raise NotFoundError(NO_SOURCE)
    return moving.to_server(file, key, target, password_for(target))
