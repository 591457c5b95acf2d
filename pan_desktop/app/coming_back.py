"""A server that came back from an older dump: what this machine still has of it is not lost.

Whether the server goes on from what a replica has read, its journal tells: it is chained by hash
and nothing of it ever goes. Where it does not, a verified copy of the replica is made before
anything is read anew, and what the server lacks is sent to it again (``store.shared.returning``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pan_desktop.app.office import reading
from pan_desktop.app.places import local_file
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import BackupFailedError, SharedRefusedError
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.sharing import Runs
    from pan_desktop.store.changes import Row
    from pan_desktop.store.shared.line import ServerLine
    from pan_desktop.store.unit_of_work import UnitOfWork

CAME_BACK = (
    "Le serveur de la base partagée est revenu à un état plus ancien que celui de ce poste\u00a0: "
    "ce qu’il n’avait plus ({rows}) lui est renvoyé, et l’état d’avant est gardé dans la copie "
    "«\u00a0{copy}\u00a0». Vérifiez les dernières réunions, et prévenez la personne qui administre "
    "le serveur."
)
CAME_BACK_READING = (
    "Le serveur de la base partagée est revenu à un état plus ancien que celui de ce poste\u00a0: "
    "votre nom ne permettant que de lire, rien ne lui est renvoyé, mais l’état d’avant est gardé "
    "dans la copie «\u00a0{copy}\u00a0». Prévenez la personne qui administre le serveur."
)
CAME_BACK_WHOLE = (
    "Le serveur de la base partagée était revenu à un état plus ancien que celui de ce "
    "poste\u00a0: tout ce qu’il n’avait plus lui a déjà été renvoyé, et l’état d’avant est gardé "
    "dans la copie «\u00a0{copy}\u00a0»."
)
READ_ANEW = (
    "La copie de ce poste ne correspondait plus à la base partagée\u00a0: elle a été relue en "
    "entier, et l’état d’avant est gardé dans la copie «\u00a0{copy}\u00a0». Vérifiez les "
    "dernières réunions."
)
NOT_KEPT = (
    "Le serveur de la base partagée est revenu à un état plus ancien que celui de ce poste, qui "
    "n’a pas pu être gardé dans une copie\u00a0: rien n’a été relu ni changé ici. {why}"
)
_AT_ONCE = 1000


def fork_of(office: Runs, line: ServerLine) -> int | None:
    """Return the last entry of the journal that server and replica share, 0 for none.

    None when the server goes on from all that is here.
    """
    last: Row | None = office.run(_last_told).result
    if last is None:
        return None
    known = _shared_entry(office, line, last["sequence"])
    if known == last["sequence"]:
        return None
    if known == last["sequence"] - 1:
        there = line.journal_entry(last["sequence"])
        if there is not None and _grown(last, there):
            return None
    return known


def keep(office: Runs, now: datetime) -> Path:
    """Have a verified copy of this machine's side, and return it.

    Raises SharedRefusedError when none can be made; nothing must be read anew then.
    """
    from pan_desktop.store.safety.copies import keep_copy

    file = local_file(office.database, office.replicas)
    assert file is not None  # it is open
    try:
        return keep_copy(file, Why.REREAD, now, key=office.key).copy.file
    except BackupFailedError as error:
        raise SharedRefusedError(NOT_KEPT.format(why=error.sentence)) from error


def told(fork: int | None, rows: int, copy: Path, *, may_write: bool) -> str:
    """Return what happened, what was kept and what to do, in a sentence."""
    if fork is None:
        return READ_ANEW.format(copy=copy.name)
    if not may_write:
        return CAME_BACK_READING.format(copy=copy.name)
    if not rows:
        return CAME_BACK_WHOLE.format(copy=copy.name)
    return CAME_BACK.format(copy=copy.name, rows=counted(rows, "ligne"))


def _shared_entry(office: Runs, line: ServerLine, last: int) -> int:
    while last > 0:
        here: list[tuple[int, str]] = office.run(_hashes, last=last, limit=_AT_ONCE).result
        if not here:
            return 0
        there = line.hashes(here[-1][0], last)
        for sequence, hash_ in here:
            if there.get(sequence) == hash_:
                return sequence
        last = here[-1][0] - 1
    return 0


def _grown(here: Row, there: Row) -> bool:
    """Tell whether an entry is the same there, and holds all that it does here or more."""
    same = all(here[name] == there[name] for name in ("previous", "at", "author", "typing"))
    return bool(same and there["until"] >= here["until"])


@reading
def _last_told(work: UnitOfWork) -> Any:  # noqa: ANN401 - a Row
    return work.replica.last_told()


@reading
def _hashes(work: UnitOfWork, *, last: int, limit: int) -> list[tuple[int, str]]:
    return work.replica.hashes(last, limit)
