"""Turns a database driver's errors into the two families of design: the machine's, and ours.

The machine's (busy, full, read-only, damaged) become one French sentence each. A broken rule of
the schema that a user can run into becomes a ConflictError; any other is left as it is, for it
is a fault of ours.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pan_desktop.domain.errors import (
    ConflictError,
    PanError,
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreReadOnlyError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY = (
    "La base est occupée par un autre programme : rien n’a été enregistré. Fermez l’autre "
    "programme, puis recommencez."
)
FULL = (
    "Le disque est plein : ce dernier changement n’est pas enregistré, tout ce qui précède l’est. "
    "Libérez de la place, puis recommencez."
)
READ_ONLY = (
    "La base ne peut pas être modifiée, le fichier ou son dossier étant en lecture seule : rien "
    "n’a été enregistré. Demandez le droit d’écriture ou choisissez un autre dossier."
)
DAMAGED = (
    "Ce fichier n’est pas une base de PAN Desktop, ou il est endommagé : il n’a pas été modifié. "
    "Choisissez un autre fichier ou reprenez une copie de sauvegarde."
)
CANNOT_OPEN = (
    "La base ne peut pas être ouverte à cet endroit : rien n’a été créé ni modifié. Vérifiez que "
    "le dossier existe et que vous pouvez y écrire."
)
ENCRYPTED = (
    "Cette base est protégée par une phrase secrète : elle n’a pas été ouverte. Donnez sa phrase "
    "secrète, ou sa clé de secours."
)
WRONG_KEY = (
    "Cette phrase secrète n’ouvre pas la base : rien n’a été ouvert ni modifié. Recommencez, ou "
    "employez la clé de secours."
)
WRONG_CODE = (
    "Cette clé de secours est celle d’une autre base, ou d’avant le dernier changement de phrase "
    "secrète : rien n’a été ouvert. Prenez la page imprimée en dernier pour cette base."
)
UNKNOWN_ADDRESS = (
    "PAN Desktop ne sait pas ouvrir la base à cette adresse : rien n’a été créé ni modifié. "
    "Indiquez un fichier, ou une adresse « sqlite:///fichier »."
)
IO_FAILED = (
    "Le disque a refusé une lecture ou une écriture : ce dernier changement n’est pas enregistré. "
    "Vérifiez que le disque est bien branché et qu’il y reste de la place, puis recommencez."
)

_BY_CODE: dict[int, tuple[type[PanError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreBusyError, BUSY),
    sqlite3.SQLITE_LOCKED: (StoreBusyError, BUSY),
    sqlite3.SQLITE_FULL: (StoreFullError, FULL),
    sqlite3.SQLITE_READONLY: (StoreReadOnlyError, READ_ONLY),
    sqlite3.SQLITE_PERM: (StoreReadOnlyError, READ_ONLY),
    sqlite3.SQLITE_CORRUPT: (StoreDamagedError, DAMAGED),
    sqlite3.SQLITE_NOTADB: (StoreDamagedError, DAMAGED),
    sqlite3.SQLITE_CANTOPEN: (StoreReadOnlyError, CANNOT_OPEN),
    sqlite3.SQLITE_IOERR: (StoreFullError, IO_FAILED),
}

_RULES = {
    "meeting.body_id, meeting.day, meeting.at": (
        "Une autre réunion de cette instance est déjà enregistrée à cette date et à cette heure : "
        "rien n’a été changé. Corrigez la date ou l’heure, ou ouvrez la réunion existante."
    ),
    "plan.label": (
        "Un plan porte déjà ce libellé : rien n’a été changé. Choisissez un autre libellé."
    ),
    "commitment.plan_id, commitment.number": (
        "Un engagement de ce plan porte déjà ce numéro : rien n’a été changé. Choisissez un autre "
        "numéro."
    ),
    "axis.plan_id, axis.number": (
        "Un axe de ce plan porte déjà ce numéro : rien n’a été changé. Choisissez un autre numéro."
    ),
    "releve_version.meeting_id, releve_version.number": (
        "Une autre version de ce relevé a été diffusée sous ce numéro : rien n’a été changé. "
        "Ouvrez la réunion et diffusez de nouveau le relevé."
    ),
    "body.name": ("Une instance porte déjà ce nom : rien n’a été changé. Choisissez un autre nom."),
}


def translated(error: BaseException) -> PanError | None:
    """Return what a user may be told about a driver's error, None when it is our own fault."""
    original, driver = _origin(error)
    if driver is None:
        return None
    if isinstance(original, driver.IntegrityError):
        broken = str(original).removeprefix("UNIQUE constraint failed: ")
        return ConflictError(_RULES[broken]) if broken in _RULES else None
    code = getattr(original, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:  # no room for the index of the log
        return StoreFullError(FULL)
    code &= 0xFF  # extended codes carry the primary one in their low byte
    if code in _BY_CODE:
        family, sentence = _BY_CODE[code]
        return family(sentence)
    return None


def _origin(error: BaseException) -> tuple[Any, Any]:
    """Return a driver's own error and the driver, None for one that no driver raised."""
    original = getattr(error, "orig", None) or error
    driver = next((each for each in _drivers() if isinstance(original, each.Error)), None)
    return original, driver


@contextmanager
def refusing(sentence: str) -> Iterator[None]:
    """Say by ``sentence`` that a rule of the database refuses what is written, as ConflictError.

    For what was written elsewhere, which no use case has looked at; a rule that has a sentence of
    its own says that.
    """
    try:
        yield
    except Exception as error:
        original, driver = _origin(error)
        if driver is None or not isinstance(original, driver.IntegrityError):
            raise
        raise translated(error) or ConflictError(sentence) from error


def _drivers() -> Iterator[Any]:
    """Yield the drivers that may have raised: SQLCipher has exceptions of its own."""
    yield sqlite3
    if (encrypted := sys.modules.get("sqlcipher3.dbapi2")) is not None:
        yield encrypted


@contextmanager
def translating() -> Iterator[None]:
    """Raise a driver's errors as the user's, where they are; let all others through."""
    try:
        yield
    except Exception as error:
        found = translated(error)
        if found is None:
            raise
        raise found from error
