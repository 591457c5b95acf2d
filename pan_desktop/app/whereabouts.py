"""Where the database lies: whether that is safe, said in plain words, and the way to safety."""

from __future__ import annotations

import socket
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.app.places import is_shared
from pan_desktop.domain.errors import (
    BackupFailedError,
    InputError,
    StoreBusyError,
    StoreReadOnlyError,
)
from pan_desktop.store.location import followed, leave_note, sqlite_file
from pan_desktop.store.safety.places import Place, PlaceKind, conflict_copies, place_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office

__all__ = ["Whereabouts", "followed", "move_to_safety", "warning", "whereabouts"]

SYNCED = (
    "La base est dans un dossier synchronisé{by} : deux ordinateurs qui y écrivent en font deux "
    "bases, et une copie prise à moitié peut l’abîmer. Mettez-la en lieu sûr ; ses sauvegardes "
    "peuvent continuer d’aller dans ce dossier."
)
NETWORK = (
    "La base est sur un autre ordinateur du réseau{by} : une coupure peut interrompre un "
    "enregistrement, et deux personnes ne peuvent pas y écrire ensemble. Mettez-la en lieu sûr ; "
    "ses sauvegardes peuvent continuer d’aller à cet endroit."
)
REMOVABLE = (
    "La base est sur un support amovible : débranché pendant le travail, il ne reçoit pas ce que "
    "vous venez de saisir. Mettez-la en lieu sûr ; ses sauvegardes peuvent continuer d’aller sur "
    "ce support."
)
CONFLICTS = (
    "Le programme de synchronisation a fait une deuxième version de la base : « {names} ». Elle "
    "n’a pas été touchée ; ouvrez-la pour voir si elle contient ce qui manque à celle-ci."
)
SHARED = (
    "Cette base est partagée par un serveur : elle n’a pas été déplacée, sa copie sur cet "
    "ordinateur étant déjà en lieu sûr."
)
IN_TROUBLE = (
    "La base n’a pas été déplacée, des changements attendant encore d’y être enregistrés. "
    "Réessayez d’abord de les enregistrer."
)
NOT_REMOVED = (
    "La base n’a pas été déplacée, un autre programme la retenant : elle reste où elle était. "
    "Fermez l’autre programme, puis recommencez."
)
ALREADY = "La base est déjà dans ce dossier : elle n’a pas été déplacée."


class Whereabouts(NamedTuple):
    """Where a database lies, and what is to be said of that."""

    file: str
    kind: PlaceKind = PlaceKind.SAFE
    service: str = ""
    sentence: str = ""
    """Why the place is not safe and what to do, "" where it is."""
    conflicts: tuple[str, ...] = ()
    """The versions of it that a synchroniser made."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return everything that is to be said."""
        names = " », « ".join(self.conflicts)
        told = CONFLICTS.format(names=names) if names else ""
        return tuple(sentence for sentence in (self.sentence, told) if sentence)


class Moved(NamedTuple):
    """Where the database lies now, and where its copies go."""

    database: str
    copies: str


def whereabouts(office: Office) -> Whereabouts:
    """Return where the database lies and what is to be said of it."""
    return _found(office.database)


def warning(database: str) -> tuple[str, ...]:
    """Return what the command line says of the place of a database; nothing of a safe one."""
    return _found(database).sentences


def move_to_safety(office: Office, *, now: datetime, folder: Path | None = None) -> Moved:
    """Move the database into the program's own folder; its copies go where they went before.

    ``folder`` stands in for that folder. It is copied and the copy verified before anything is
    removed; a copy of it stays among the backups, and a note says where it went. Raises the
    PanError that says why it stays where it is.
    """
    source = sqlite_file(office.database)
    if source is None or is_shared(office.database):
        raise InputError(SHARED)
    if office.trouble is not None:
        raise StoreBusyError(IN_TROUBLE)
    place = folder or office.data
    if place is None:
        raise StoreReadOnlyError(NOT_REMOVED)
    target = _free(place, source)
    copies = _moved(office, source, target, now)
    office.database = str(target)
    office.open()
    return Moved(str(target), str(copies))


def _moved(office: Office, source: Path, target: Path, now: datetime) -> Path:
    from pan_desktop.domain.backups import Why
    from pan_desktop.store.failures import translating
    from pan_desktop.store.opening import connect
    from pan_desktop.store.safety.backup import copy_to
    from pan_desktop.store.safety.copies import choose_folder, folder_of, keep_copy

    copies = folder_of(source).absolute()
    keep_copy(source, Why.MOVE, now, key=office.key, folder=copies, always=True)
    office.close()
    _make(target.parent)
    with translating(), closing(connect(source, office.key, isolation_level=None)) as writer:
        # Nobody writes between the copy and the removal.
        writer.execute("BEGIN IMMEDIATE")
        copy_to(source, target, key=office.key)
        try:
            leave_note(source, target, socket.gethostname())
        except OSError as error:
            target.unlink()
            raise StoreReadOnlyError(NOT_REMOVED) from error
    try:
        source.unlink()
    except OSError as error:
        target.unlink()
        raise StoreBusyError(NOT_REMOVED) from error
    for beside in ("-wal", "-shm", "-journal"):
        with suppress(OSError):
            source.with_name(source.name + beside).unlink()
    with suppress(BackupFailedError):  # they go beside the database then, which is no harm
        choose_folder(target, copies)
    return copies


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnlyError(NOT_REMOVED) from error


def _free(folder: Path, source: Path) -> Path:
    """Return a name in ``folder`` that nothing has."""
    if folder.absolute() == source.absolute().parent:
        raise InputError(ALREADY)
    target, number = folder / source.name, 1
    while target.exists():
        number += 1
        target = folder / f"{source.stem} {number}{source.suffix}"
    return target


def _found(database: str) -> Whereabouts:
    file = None if is_shared(database) else sqlite_file(database)
    if file is None:
        return Whereabouts(database)
    place = place_of(file)
    conflicts = tuple(copy.name for copy in conflict_copies(file))
    return Whereabouts(str(file.absolute()), place.kind, place.service, _said(place), conflicts)


def _said(place: Place) -> str:
    words = {PlaceKind.SYNCED: SYNCED, PlaceKind.NETWORK: NETWORK, PlaceKind.REMOVABLE: REMOVABLE}
    by = f" par {place.service}" if place.kind is PlaceKind.SYNCED else f" ({place.service})"
    return words.get(place.kind, "").format(by=by if place.service else "")
