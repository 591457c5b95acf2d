"""The protection of an office by a passphrase: opening it, putting it on, changing it, off.

An office that is protected carries its key (``Office.key``) while it is open, and nothing else
keeps it. Whoever takes the protection off or changes it must know the passphrase, or the recovery
code: an unlocked window that was left alone is not enough.
"""

from __future__ import annotations

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
from pan_desktop.store.opening import (
    fitting,
    has_salt,
    is_encrypted,
    is_plain,
    salt_of,
    signs,
    write_salt,
)
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
PERHAPS_DAMAGED = (
    "Si c’est pourtant bien elle, la base est peut-être abîmée : essayez ses copies de sauvegarde."
)
OPENS_A_COPY = (
    "Ce secret n’ouvre pas la base mais ouvre sa copie du {day} : il a été changé depuis, ou la "
    "base est abîmée. Rien n’a été modifié ; donnez le plus récent, ou essayez les copies."
)
OPENS_NOTHING = (
    "Ni la base ni ses copies de sauvegarde ne s’ouvrent ainsi : rien n’a été ouvert ni modifié. "
    "Vérifiez ce que vous avez saisi, lettre par lettre."
)
BEGINNING_LOST = (
    "Le début de la base est abîmé : la phrase ou la clé est la bonne, mais la base ne s’ouvre "
    "plus. Elle n’a pas été modifiée ; reprenez une copie de sauvegarde."
)
COPIES_ONLY = (
    "Les copies s’ouvrent, mais non la base : elle est abîmée, ou sa phrase secrète a été changée "
    "depuis. Elle n’a pas été modifiée ; ne restaurez que si vous n’en connaissez pas d’autre."
)
_MOST_SALTS = 5
"""So many passphrases of copies are tried, 0.3 s each."""
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


def unlock_copies(office: Office, *, passphrase: str = "", code: str = "") -> Key:
    """Return the key that opens a copy of the office, which it need not open: the newest such.

    Of a passphrase, or of a recovery code. Raises InputError when the code was copied badly,
    WrongSecretError when no copy is opened.
    """
    file = _file(office)
    derived = partial(Key.of_code, code) if code else partial(Key.derived, passphrase)
    of_salts = {salt_of(copy.file): copy.file for copy in reversed(copies(file))}
    newest = sorted(of_salts.items(), key=lambda each: each[1].name, reverse=True)
    for salt, copy in newest[:_MOST_SALTS]:
        key = derived(salt.ljust(SALT_BYTES))
        if not is_plain(copy) and _opens(copy, key):
            return key
    raise WrongSecretError(OPENS_NOTHING)


def has_copies(office: Office) -> bool:
    """Tell whether there is any copy of the office."""
    return bool(copies(_file(office)))


def why_closed(database: str, key: Key, error: PanError) -> PanError:
    """Return why ``database`` does not open by ``key``, which was seen to open a copy of it."""
    file = local_file(database)
    if file is None or not isinstance(error, WrongSecretError):
        return error
    if signs(file, key):
        return StoreDamagedError(BEGINNING_LOST)
    return WrongSecretError(COPIES_ONLY)


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
    """Write the page of the recovery code, its owner's only, where there is no file yet.

    Raises FileTakenError when there is one, FileUnwritableError when it cannot be written.
    """
    if file.exists():
        raise FileTakenError(TAKEN.format(name=file.name))
    replace(file, content, private=True)
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
    """Return the key that opens the office: or, where its file is damaged, the one that signed it.

    The beginning of a damaged file tells a wrong key and lost bytes apart no more. Its other pages
    do, each being signed: by the key of its own salt or, where that is lost, of its newest copy's.
    So does a copy of the same salt, and any where the salt is seen to be lost.
    """
    file = _file(office)
    salt = salt_of(file)
    key = derived(salt.ljust(SALT_BYTES))
    if _opens(file, key) or signs(file, key):
        return key
    for copy in copies(file)[:1]:
        theirs = salt_of(copy.file)
        lent = key if theirs == salt else derived(theirs.ljust(SALT_BYTES))
        if signs(file, lent):
            if salt != theirs and _opens(file, lent):  # its salt alone was lost
                write_salt(file, lent)
            return lent
        if not _opens(copy.file, lent):
            raise WrongSecretError(f"{sentence} {PERHAPS_DAMAGED}")
        if lent is key or not (is_encrypted(file) and has_salt(file)):
            return lent
        raise WrongSecretError(OPENS_A_COPY.format(day=f"{copy.at:%d/%m/%Y}"))
    raise WrongSecretError(sentence)


def _opens(file: Path, key: Key) -> bool:
    try:
        find(file, key)
    except (WrongSecretError, StoreDamagedError):
        return False
    return True
