"""The protection of an office by a passphrase: opening it, putting it on, changing it, off.

An office that is protected carries its key (``Office.key``) while it is open, and nothing else
keeps it. Whoever takes the protection off or changes it must know the passphrase, or the recovery
code: an unlocked window that was left alone is not enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.app.passphrases import Level, strength
from pan_desktop.domain.errors import InputError, WrongSecretError
from pan_desktop.domain.keys import Key, normalised
from pan_desktop.store.failures import WRONG_CODE, WRONG_KEY
from pan_desktop.store.location import find, sqlite_file
from pan_desktop.store.opening import is_encrypted, salt_of

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office

EMPTY = (
    "La phrase secrète est vide : rien n’a été changé. Saisissez une phrase, ou faites-en proposer "
    "une."
)
ON_A_SERVER = (
    "Cette base est sur un serveur, qui la protège lui-même : rien n’a été changé. Une phrase "
    "secrète ne protège qu’une base contenue dans un fichier."
)
TOO_EASY = (
    "Cette phrase secrète se devine trop facilement : rien n’a été changé. Choisissez-en une plus "
    "longue, de plusieurs mots sans rapport entre eux, ou faites-en proposer une."
)
NOT_CONFIRMED = (
    "La phrase secrète actuelle n’est pas celle-là : rien n’a été changé. Saisissez-la de nouveau, "
    "ou donnez à sa place la clé de secours."
)


def needs_secret(database: str) -> bool:
    """Tell whether ``database``, which this process has not opened, is protected."""
    file = sqlite_file(database)
    return file is not None and is_encrypted(file)


def unlock(office: Office, *, passphrase: str) -> Key:
    """Return the key that a passphrase gives for the office, protected and not open yet; 0.3 s.

    Raises WrongSecretError when it does not open it, the other errors of opening as they come.
    """
    file = _file(office.database)
    return _tried(file, Key.derived(passphrase, salt_of(file)), WRONG_KEY)


def unlock_by_code(office: Office, *, code: str) -> Key:
    """Return the key that a recovery code says for the office, protected and not open yet.

    Raises InputError when it was copied badly, WrongSecretError when it opens another database.
    """
    file = _file(office.database)
    return _tried(file, Key.of_code(code, salt_of(file)), WRONG_CODE)


def is_protected(office: Office) -> bool:
    """Tell whether the office is protected by a passphrase."""
    return office.key is not None


def protect(office: Office, *, passphrase: str, current: str = "") -> Key:
    """Write the office's database anew, to be opened by ``passphrase``; return its key.

    An office that is protected already needs its ``current`` passphrase, or its recovery code.
    Raises the PanError that says why it was not done; everything is then as it was.
    """
    if not normalised(passphrase):
        raise InputError(EMPTY)
    if strength(passphrase).level is Level.REFUSED:
        raise InputError(TOO_EASY)
    _confirm(office, current)
    key = Key.fresh(passphrase)
    _rewrite(office, key)
    return key


def unprotect(office: Office, *, current: str) -> None:
    """Write the office's database anew in the clear; ``current`` as for ``protect``."""
    _confirm(office, current)
    _rewrite(office, None)


def _rewrite(office: Office, key: Key | None) -> None:
    from pan_desktop.store.conversion import convert

    file = _file(office.database)
    office.open()  # what is not there yet is made, and what is broken is told, before all else
    office.close()
    try:
        convert(file, office.key, key)
        office.key = key
    finally:
        office.open()


def _confirm(office: Office, secret: str) -> None:
    """Raise WrongSecretError unless ``secret`` opens the office: its passphrase or its code."""
    key = office.key
    if key is None or Key.derived(secret, key.salt) == key:
        return
    try:
        if Key.of_code(secret, key.salt) == key:
            return
    except InputError:
        pass
    raise WrongSecretError(NOT_CONFIRMED)


def _file(database: str) -> Path:
    file = sqlite_file(database)
    if file is None:
        raise InputError(ON_A_SERVER)
    return file


def _tried(file: Path, key: Key, sentence: str) -> Key:
    try:
        find(file, key)
    except WrongSecretError as error:
        raise WrongSecretError(sentence) from error
    return key
