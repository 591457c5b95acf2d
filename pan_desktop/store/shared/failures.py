"""Turns what PostgreSQL and the network say into sentences: unreachable for now, or refused.

What is unreachable comes back by itself and is tried again; what is refused (a password, a right, a
schema) needs someone to do something. Neither sentence repeats an address, a password or a value.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from pan_desktop.domain.errors import (
    PanError,
    SharedRefusedError,
    SharedUnreachableError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

WRONG_ADDRESS = (
    "PAN Desktop ne sait pas ouvrir la base à cette adresse : rien n’a été créé ni modifié. "
    "Indiquez un fichier, ou une adresse « postgresql://nom@serveur/base »."
)
UNREACHABLE = (
    "Le serveur de la base partagée ne répond pas : vos changements sont gardés sur ce poste et "
    "seront envoyés dès qu’il répondra."
)
NEVER_FILLED = (
    "Le serveur de la base partagée ne répond pas et ce poste n’en a pas encore de copie : rien "
    "n’a été ouvert. Vérifiez l’adresse et le réseau, puis recommencez."
)
REFUSED_NAME = (
    "Le serveur a refusé le nom ou le mot de passe : vos changements sont gardés sur ce poste. "
    "Saisissez de nouveau le mot de passe."
)
NOT_ADMITTED = (
    "Le serveur n’admet pas votre nom depuis ce poste : vos changements y sont gardés. Demandez à "
    "la personne qui l’administre d’autoriser la connexion."
)
NO_DATABASE = (
    "Le serveur ne connaît pas cette base : rien n’a été créé. Vérifiez le nom de la base auprès "
    "de la personne qui administre le serveur."
)
NO_TLS = (
    "La liaison chiffrée demandée n’a pas pu être établie avec le serveur : rien n’a été envoyé. "
    "Vérifiez le réglage du chiffrement auprès de la personne qui administre le serveur."
)
NO_RIGHT = (
    "Votre nom n’a pas le droit de faire cela sur le serveur : rien n’y a été changé. Demandez-le "
    "à la personne qui l’administre."
)
NO_OFFICE = (
    "La base existe sur le serveur, mais elle ne contient pas encore d’office : rien n’a été créé. "
    "La personne qui l’administre la prépare par « pan-desktop shared --create »."
)
NOT_WHOLE = (
    "Cette base partagée n’est pas complète, un déplacement vers elle n’ayant pas été mené à son "
    "terme : rien n’y a été ouvert. Relancez « pan-desktop move »."
)
TOO_NEW = (
    "La base partagée a été préparée par une version plus récente de PAN Desktop : elle n’a pas "
    "été modifiée. Installez la version récente."
)
OLDER = (
    "La base partagée date d’une version plus ancienne de PAN Desktop : elle n’a pas été modifiée, "
    "et vos changements sont gardés sur ce poste. Demandez à la personne qui l’a créée de la "
    "mettre à jour."
)
OLDER_AND_YOURS = (
    "La base partagée date d’une version plus ancienne de PAN Desktop : elle n’a pas été modifiée, "
    "et vos changements sont gardés sur ce poste. Votre nom permet de la mettre à jour, par "
    "« pan-desktop shared --upgrade »."
)
OTHER_OFFICE = (
    "Cette adresse mène maintenant à une autre base partagée : rien n’y a été envoyé et vos "
    "changements sont gardés sur ce poste. Vérifiez l’adresse avant de continuer."
)
FAILED = (
    "Le serveur de la base partagée a refusé une opération ({code}) : vos changements sont gardés "
    "sur ce poste. Prévenez la personne qui l’administre."
)

_REFUSED = {
    "28P01": REFUSED_NAME,
    "28000": REFUSED_NAME,
    "3D000": NO_DATABASE,
    "42501": NO_RIGHT,
}
_QUOTED = re.compile(r'"[^"]*"|«[^»]*»')
_MISSING = ("does not exist", "n'existe pas", "n’existe pas")
_TOLD = (
    ((("pg_hba.conf",),), NOT_ADMITTED),
    ((("permission denied for", "droit refusé pour"),), NO_RIGHT),
    ((("database", "base de données"), _MISSING), NO_DATABASE),
    ((("role", "rôle"), _MISSING), REFUSED_NAME),
    ((("password", "mot de passe", "authentication", "authentification"),), REFUSED_NAME),
)
"""What each refusal before a session has in its words, of each group one, and what it means."""
_PASSING = ("08", "57", "53", "40", "55", "25")
"""Classes of conditions that pass: the line, a server that stops or is full, a lock, a cut."""


def translated(error: DBAPIError) -> PanError:
    """Return what a user may be told about an error of the line."""
    original: Any = error.orig
    code = getattr(original, "sqlstate", None) or ""
    if code in _REFUSED:
        return SharedRefusedError(_REFUSED[code])
    if code[:2] in _PASSING:
        return SharedUnreachableError(UNREACHABLE)
    if code:
        return SharedRefusedError(FAILED.format(code=code))
    return _told_in_words(str(original).casefold())


def _told_in_words(said: str) -> PanError:
    """Return what an error without a code means: libpq has none before there is a session.

    libpq's own words are English; those of the server are in the language that it was set to.
    What it was asked for (a host, a base, a name) stands in quotes and may say anything.
    """
    said = _QUOTED.sub("", said)
    for words, sentence in _TOLD:
        if all(any(word in said for word in either) for either in words):
            return SharedRefusedError(sentence)
    cut = "closed unexpectedly" in said or "connection reset" in said
    if ("ssl" in said or "certificate" in said) and not cut:
        return SharedRefusedError(NO_TLS)
    return SharedUnreachableError(UNREACHABLE)


@contextmanager
def reaching() -> Iterator[None]:
    """Raise what the server or the line says as SharedUnreachableError or SharedRefusedError."""
    import psycopg

    try:
        yield
    except DBAPIError as error:
        raise translated(error) from None
    except psycopg.Error as error:
        raise translated(DBAPIError("", None, error)) from None
    except (OSError, UnicodeError) as error:
        raise SharedUnreachableError(UNREACHABLE) from error
