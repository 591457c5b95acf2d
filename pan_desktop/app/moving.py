"""Moving a whole office between a file and a server: one command, every row compared.

Also out of the local side of a shared office whose server is lost, or a copy of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.app.places import is_shared, local_file, replicas_folder
from pan_desktop.app.secrets_kept import password_for
from pan_desktop.domain.calendar import moment_in_words
from pan_desktop.domain.errors import (
    InputError,
    NotFoundError,
    PanError,
    SharedUnreachableError,
)
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.domain.keys import Key
    from pan_desktop.store.shared.moving import Moved

NO_SOURCE = "Il n’y a pas de base à l’endroit de départ : rien n’a été changé. Vérifiez le chemin."
SAME = "Le départ et l’arrivée sont la même base : rien n’a été changé. Indiquez-en une autre."
CONFIRMED = (
    "L’office y est tel que le serveur l’avait le {until}, rien de ce poste n’attendant sa "
    "confirmation."
)
UNCONFIRMED = (
    "L’office y est tel que le serveur l’avait le {until}, avec {waited} de ce poste encore sans "
    "sa confirmation."
)
NEITHER = (
    "Un déplacement se fait entre un fichier et une base partagée : rien n’a été changé. Pour "
    "copier un fichier, employez « pan-desktop backup »."
)


STILL_THERE = (
    "Le serveur de cette base partagée répond encore\u00a0: rien n’a été déplacé. Donnez son "
    "adresse comme départ. Pour revenir à cette copie, déplacez-la d’abord dans un "
    "fichier\u202f; si le serveur est perdu malgré tout, ajoutez «\u00a0--lost\u00a0»."
)


def move(*, source: str, target: str, key: Key | None = None, lost: bool = False) -> Moved:
    """Copy the office at ``source`` into the empty database at ``target``, and compare every row.

    Each is a file or the address of a shared office; ``key`` opens the file. The source is left as
    it is. A file may be the local side of a shared office, or a copy of one: on a server it is the
    same office again, which is refused while the server that it has answers, unless that is said
    to be ``lost``. Raises InputError also when the target holds something already.
    """
    from pan_desktop.store.shared import moving
    from pan_desktop.store.shared.rescuing import server_of

    if source == target:
        raise InputError(SAME)
    file = local_file(target)
    if is_shared(source):
        if file is None or is_shared(target):
            raise InputError(NEITHER)
        return moving.to_file(source, password_for(source), file, key)
    start = local_file(source)
    if start is None or not start.is_file():
        raise NotFoundError(NO_SOURCE)
    server = server_of(start, key)
    if not is_shared(target):
        if not server or file is None:
            raise InputError(NEITHER)
        return moving.out_of_replica(start, file, key)
    if server and not lost and _answers(server, start):
        raise InputError(STILL_THERE)
    return moving.to_server(start, key, target, password_for(target))


def told(moved: Moved) -> str:
    """Return what a replica that was moved held, in a sentence, "" where it was none."""
    if moved.left is None:
        return ""
    waited = counted(len(moved.left.waiting), "changement")
    until = moment_in_words(moved.left.until.astimezone())
    said = UNCONFIRMED if moved.left.waiting else CONFIRMED
    return said.format(until=until, waited=waited)


def _answers(server: str, file: Path) -> bool:
    """Tell whether a shared office is still in service where this machine knows it to be.

    A server that answers but lets nobody in may have it.
    """
    from pan_desktop.store.shared.addresses import known_addresses
    from pan_desktop.store.shared.failures import NO_DATABASE, NO_OFFICE, NOT_WHOLE
    from pan_desktop.store.shared.line import ServerLine

    folders = {file.absolute().parent, file.absolute().parent.parent, replicas_folder()}
    for address in {a for folder in folders for a in known_addresses(server, folder)}:
        line = ServerLine(address, password_for(address))
        try:
            if line.connect().office == server:
                return True
        except SharedUnreachableError:
            continue
        except PanError as error:  # of another version it is in service all the same
            if error.sentence not in {NO_DATABASE, NO_OFFICE, NOT_WHOLE}:
                return True
        finally:
            line.close()
    return False
