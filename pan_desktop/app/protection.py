"""The protection of an office by a passphrase: opening it, putting it on, changing it, off.

An office that is protected carries its key (``Office.key``) while it is open, and nothing else
keeps it. Whoever takes the protection off or changes it must know the passphrase, or the recovery
code: an unlocked window that was left alone is not enough.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.app.passphrases import Level, strength
from pan_desktop.app.places import local_file
from pan_desktop.app.written import replace
from pan_desktop.domain.errors import (
    FileTakenError,
    InputError,
    PanError,
    ReadingOnlyError,
    StoreDamagedError,
    SurroundingsError,
    WrongSecretError,
)
from pan_desktop.domain.keys import SALT_BYTES, Key, normalised
from pan_desktop.store.failures import WRONG_CODE, WRONG_KEY
from pan_desktop.store.location import find, sqlite_file
from pan_desktop.store.opening import fitting, has_salt, is_encrypted, is_plain, salt_of
from pan_desktop.store.safety.copies import copies, mark_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pan_desktop.app.office import Office

EMPTY = (
    "La phrase secrète est vide : rien n’a été changé. Saisissez une phrase, ou faites-en proposer "
    "une."
)
NOT_HERE = (
    "Cette base partagée n’a pas encore de copie sur cet ordinateur : il n’y a rien à protéger. "
    "Ouvrez-la une première fois, puis recommencez."
)
TOO_EASY = (
    "Cette phrase secrète se devine trop facilement : rien n’a été changé. Choisissez-en une plus "
    "longue, de plusieurs mots sans rapport entre eux, ou faites-en proposer une."
)
TAKEN = (
    "Un fichier « {name} » existe déjà : il n’a pas été touché et la page n’est pas enregistrée. "
    "Choisissez un autre nom."
)
IN_TROUBLE = (
    "Des changements attendent d’être enregistrés : la protection de la base n’a pas été changée. "
    "Attendez que la base soit de nouveau accessible, puis recommencez."
)
NOT_CONFIRMED = (
    "La phrase secrète actuelle n’est pas celle-là : rien n’a été changé. Saisissez-la de nouveau, "
    "ou donnez à sa place la clé de secours."
)


def needs_secret(database: str) -> bool:
    """Tell whether ``database``, which this process has not opened, is protected.

    Of a shared office that is its local side.
    """
    file = local_file(database)
    return file is not None and is_encrypted(file)


def unlock(office: Office, *, passphrase: str) -> Key:
    """Return the key that a passphrase gives for the office, protected and not open yet; 0.3 s.

    Raises WrongSecretError when it does not open it, the other errors of opening as they come.
    """
    return _tried(office, partial(Key.derived, passphrase), WRONG_KEY)


def unlock_by_code(office: Office, *, code: str) -> Key:
    """Return the key that a recovery code says for the office, protected and not open yet.

    Raises InputError when it was copied badly, WrongSecretError when it opens another database.
    """
    return _tried(office, partial(Key.of_code, code), WRONG_CODE)


def copies_need_secret(database: str) -> bool:
    """Tell whether the copies of ``database``, damaged or gone, need a passphrase to be read."""
    file = local_file(database)
    if file is None or not file.name or is_plain(file):
        return False
    return any(is_encrypted(copy.file) for copy in copies(file)[:1])


class Protection(NamedTuple):
    """How an office is protected."""

    on: bool
    shared: bool = False
    """Whether it is the local side of a shared office, whose server protects itself."""
    copies: int = 0
    """How many backup copies there are, which are as secret as the office."""


class Rewritten(NamedTuple):
    """The keys that opened the office before and open it now; None is for one in the clear."""

    old: Key | None
    new: Key | None
    copies: tuple[Path, ...]
    """What is as secret and still as it was, backup copies above all: ``rewrite_copy``."""


def protection(office: Office) -> Protection:
    """Tell how the office is protected."""
    shared = sqlite_file(office.database) is None
    return Protection(office.key is not None, shared, len(copies(_file(office))))


def protect(office: Office, *, passphrase: str, current: str = "") -> Rewritten:
    """Write the office's database anew, to be opened by ``passphrase``; tell the keys.

    An office that is protected already needs its ``current`` passphrase, or its recovery code.
    Raises the PanError that says why it was not done; everything is then as it was.
    """
    if not normalised(passphrase):
        raise InputError(EMPTY)
    if strength(passphrase).level is Level.REFUSED:
        raise InputError(TOO_EASY)
    _confirm(office, current)
    return _rewrite(office, Key.fresh(passphrase))


def unprotect(office: Office, *, current: str) -> Rewritten:
    """Write the office's database anew in the clear; ``current`` as for ``protect``."""
    _confirm(office, current)
    return _rewrite(office, None)


def rewrite_copy(_office: Office, *, copy: Path, old: Key | None, new: Key | None) -> bool:
    """Write a backup copy anew as the office was, and tell whether it could be.

    One that another passphrase opens, or that is damaged, is left as it is.
    """
    from pan_desktop.store.safety.conversion import convert

    try:
        convert(copy, fitting(copy, old), new)
    except PanError:
        return False
    return True


def write_recovery_page(_office: Office, *, file: Path, content: bytes) -> Path:
    """Write the page of the recovery code where there is no file yet.

    Raises FileTakenError when there is one, FileUnwritableError when it cannot be written.
    """
    if file.exists():
        raise FileTakenError(TAKEN.format(name=file.name))
    replace(file, content)
    return file


def _rewrite(office: Office, key: Key | None) -> Rewritten:
    from pan_desktop.store.safety.conversion import convert

    file = _file(office)
    old = office.key
    if office.refusal:
        raise ReadingOnlyError(office.refusal)
    office.open()  # what is not there yet is made, and what is broken is told, before all else
    if office.trouble is not None:
        raise SurroundingsError(IN_TROUBLE)
    follow = _as_secret(office, file)
    office.close()
    try:
        convert(file, old, key)
        office.key = key
    finally:
        office.open()
    return Rewritten(old, key, follow)


def _as_secret(office: Office, file: Path) -> tuple[Path, ...]:
    """Return what else holds the office's words: its copies, and what could not be saved once."""
    from pan_desktop.store.safety.rescue import About, Refuge

    found = [copy.file for copy in copies(file)]
    if office.data is not None:
        about = About(mark_of(file, office.key) or 0, str(file.absolute()))
        found += Refuge(office.data, office.key).everything(about)
    return tuple(found)


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


def _file(office: Office) -> Path:
    file = local_file(office.database, office.replicas)
    if file is None:
        raise InputError(NOT_HERE)
    return file


def _tried(office: Office, derived: Callable[[bytes], Key], sentence: str) -> Key:
    """Return the key that opens the office: or, where its file is damaged, its newest copy.

    The beginning of a damaged file tells a wrong key and lost bytes apart no more; a copy of the
    same salt does, and any where the file does not even look encrypted or its salt is gone.
    """
    file = _file(office)
    salt = salt_of(file).ljust(SALT_BYTES)
    newest = [copy.file for copy in copies(file)[:1]]
    spoilt = not is_encrypted(file) or not has_salt(file)
    told = [copy for copy in newest if spoilt or salt_of(copy) == salt]
    for place in (file, *told):
        key = derived(salt_of(place).ljust(SALT_BYTES))
        with suppress(WrongSecretError, StoreDamagedError):
            find(place, key)
            return key
    raise WrongSecretError(sentence)
