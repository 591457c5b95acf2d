"""What the program keeps is its user's alone: the database, its copies, drafts and preferences."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pan_desktop.app.backups import file_of
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pan_desktop.app.office import Office

CLOSED = (
    "{files} de la base pouvaient être lus par d’autres comptes de cet ordinateur. Cet accès leur "
    "est retiré ; rien d’autre n’a été changé."
)
CLOSED_ONE = (
    "Un fichier de la base pouvait être lu par d’autres comptes de cet ordinateur. Cet accès leur "
    "est retiré ; rien d’autre n’a été changé."
)


def close_to_others(
    office: Office, *, data: Path | None = None, quietly: Sequence[Path] = ()
) -> str:
    """Close the office's files to everyone but their owner; return what to tell, "" for nothing.

    ``data`` is the program's own folder, where drafts are. What is ``quietly`` closed (preferences
    that the system writes as it likes) is nothing to tell of.
    """
    from pan_desktop.store.safety import owner_only
    from pan_desktop.store.safety.copies import default_folder, folder_of
    from pan_desktop.store.safety.rescue import FOLDER

    found: list[Path] = []
    with suppress(InputError):
        file = file_of(office)
        folder = folder_of(file)
        found += owner_only.files_of(file, folder)
        if folder != default_folder(file):
            found.remove(folder)  # somebody's own, like a key: its other files are none of ours
    if data is not None and (data / FOLDER).is_dir():
        found += owner_only.within(data / FOLDER)
    owner_only.close_to_others(quietly)
    closed = owner_only.close_to_others(found)
    if not closed:
        return ""
    if len(closed) == 1:
        return CLOSED_ONE
    return CLOSED.format(files=counted(len(closed), "fichier"))
