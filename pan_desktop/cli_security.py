"""The passphrase on the command line: where it comes from, and the command that changes it.

It is never an argument, which every user of the machine can see: it comes from a file, from the
environment or from the keyboard.
"""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.cli_words import FrenchParser, complain, tell
from pan_desktop.domain.errors import InputError, SecretNeededError, WrongSecretError

if TYPE_CHECKING:
    import argparse

    from pan_desktop.app.office import Office
    from pan_desktop.app.protection import Rewritten
    from pan_desktop.domain.keys import Key

VARIABLE = "PAN_DESKTOP_PASSPHRASE"
NOT_GIVEN = (
    "Cette base est protégée par une phrase secrète : elle n’a pas été ouverte. Donnez la phrase "
    f"par « --passphrase-file FICHIER » ou par la variable {VARIABLE}."
)
NEW_NOT_GIVEN = (
    "La nouvelle phrase secrète manque : rien n’a été changé. Donnez-la par "
    "« --new-passphrase-file FICHIER », ou lancez la commande dans un terminal."
)
UNREADABLE = (
    "Le fichier « {name} » ne peut pas être lu comme une phrase secrète : rien n’a été fait. "
    "Écrivez-y la phrase, sur une seule ligne."
)
NOT_TWICE = (
    "Les deux saisies de la nouvelle phrase secrète diffèrent : rien n’a été changé. Recommencez."
)
NOT_PROTECTED = (
    "Cette base n’est pas protégée par une phrase secrète : rien n’a été changé. « pan-desktop "
    "protect » la protège."
)
PROTECTED = (
    "La base est protégée. Sa clé de secours, ci-dessous, remplace la phrase secrète si elle est "
    "oubliée : imprimez-la et gardez-la hors de cet ordinateur, elle ne sera plus affichée."
)
UNPROTECTED = (
    "La base et ses copies de sauvegarde ne sont plus protégées : quiconque lit ces fichiers lit "
    "ce qu’elles contiennent. « pan-desktop protect » les protège de nouveau."
)
COPY_LEFT = (
    "La copie « {name} » n’a pas pu être réécrite : elle reste avec la protection d’avant. "
    "Supprimez-la quand elle ne sert plus."
)
BY_RESTORE = "(« pan-desktop backup --list » les montre, « pan-desktop restore » en reprend une.)"
_LARGEST = 4096


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that says where the passphrase is."""
    parser.add_argument(
        "--passphrase-file",
        metavar="FICHIER",
        type=Path,
        help="fichier qui contient la phrase secrète d’une base protégée, ou sa clé de secours "
        f"(sinon : la variable {VARIABLE}, ou le clavier)",
    )


def add_command(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    """Add the command that puts a passphrase on a database, changes it or takes it off."""
    command = commands.add_parser(
        "protect",
        help="protège la base par une phrase secrète",
        description="Protège la base par une phrase secrète, ou change celle qu’elle a, et affiche "
        "sa clé de secours. Sans la phrase ni la clé, personne ne peut plus ouvrir la base.",
    )
    command.add_argument(
        "--new-passphrase-file",
        metavar="FICHIER",
        type=Path,
        help="fichier qui contient la nouvelle phrase secrète (sinon : le clavier)",
    )
    command.add_argument(
        "--remove", action="store_true", help="retire la protection : la base redevient lisible"
    )
    command.set_defaults(command=_protect)


def key_for(database: str, options: argparse.Namespace) -> Key | None:
    """Return the key that opens ``database``, None when it is not protected.

    Keeps the passphrase given in ``options.secret``. For a command that works on the copies
    (``options.copies_too``) one that opens a copy is enough. Raises SecretNeededError when nobody
    gave one, WrongSecretError when it is not the right one.
    """
    from pan_desktop.app.office import Office
    from pan_desktop.app.protection import (
        copies_need_secret,
        has_copies,
        needs_secret,
        unlock,
        unlock_by_code,
    )

    # Taken away from the programs that are started from here.
    given = os.environ.pop(VARIABLE, "")
    options.secret = ""
    if not needs_secret(database) and not copies_need_secret(database):
        return None
    if options.passphrase_file is not None:
        given = _read(options.passphrase_file)
    elif not given:
        given = _typed("Phrase secrète : ", SecretNeededError(NOT_GIVEN))
    options.secret = given
    office = Office(database)
    try:
        try:
            return unlock_by_code(office, code=given)
        except WrongSecretError:
            raise
        except InputError:  # it is no code
            return unlock(office, passphrase=given)
    except WrongSecretError as error:
        if not has_copies(office):
            raise
        if not options.copies_too:
            raise WrongSecretError(f"{error.sentence} {BY_RESTORE}") from error
        return _of_copies(office, given)


def _of_copies(office: Office, given: str) -> Key:
    from pan_desktop.app.protection import unlock_copies

    try:
        return unlock_copies(office, code=given)
    except WrongSecretError:
        raise
    except InputError:
        return unlock_copies(office, passphrase=given)


def _protect(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import protection
    from pan_desktop.app.passphrases import Level, strength

    if options.remove:
        if office.key is None:
            raise InputError(NOT_PROTECTED)
        done = protection.unprotect(office, current=options.secret)
        _rewrite_copies(office, done)
        complain(UNPROTECTED)
        return
    passphrase = _new(options)
    told = strength(passphrase)
    if told.level is Level.WEAK:
        complain(told.sentence)
    done = protection.protect(office, passphrase=passphrase, current=options.secret)
    complain(PROTECTED)
    assert done.new is not None
    for line in done.new.code:
        tell(line)
    _rewrite_copies(office, done)


def _rewrite_copies(office: Office, done: Rewritten) -> None:
    """Write the backup copies anew as the office was, and tell of those that could not be."""
    from pan_desktop.app.protection import rewrite_copy

    for copy in done.copies:
        if not rewrite_copy(office, copy=copy, old=done.old, new=done.new):
            complain(COPY_LEFT.format(name=copy.name))


def _new(options: argparse.Namespace) -> str:
    if options.new_passphrase_file is not None:
        return _read(options.new_passphrase_file)
    first = _typed("Nouvelle phrase secrète : ", InputError(NEW_NOT_GIVEN))
    if _typed("La même, encore une fois : ", InputError(NEW_NOT_GIVEN)) != first:
        raise InputError(NOT_TWICE)
    return first


def _typed(prompt: str, otherwise: Exception) -> str:
    """Ask at the keyboard, showing no letter; raise ``otherwise`` when nobody is there."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise otherwise
    try:
        return getpass(prompt)
    except EOFError:
        raise otherwise from None


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
        text = content.decode("utf-8-sig").strip()
    except (OSError, ValueError):
        text = ""
    else:
        if len(content) > _LARGEST:
            text = ""
    if not text:
        raise InputError(UNREADABLE.format(name=file.name))
    return text
