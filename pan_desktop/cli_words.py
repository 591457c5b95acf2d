"""What the command line says, and how: in French, which argparse does not know, on any terminal."""

from __future__ import annotations

import argparse
import codecs
import io
import os
import re
import sys
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from pan_desktop.domain.errors import FileUnwritableError
from pan_desktop.domain.typography import NBSP, Typography, glue

if TYPE_CHECKING:
    from collections.abc import Iterable


UNSAID = (
    "Le résultat n’a pas pu être affiché, le disque qui le reçoit étant plein ou débranché ; ce "
    "qui était demandé est fait. Recommencez vers un autre endroit."
)
_PLAIN = "pan-plain"
_STAND_INS = str.maketrans(
    {"’": "'", "«": '"', "»": '"', "–": "-", "—": "-", "•": "-", "œ": "oe", "Œ": "OE", "æ": "ae"}
)

_SENTENCES = (
    (r"the following arguments are required: (.+)", "il manque {0}"),
    (r"unrecognized arguments: (.+)", "« {0} » n’est pas attendu"),
    (r"argument (?:COMMANDE): invalid choice: '(.+?)' .+", "la commande « {0} » n’existe pas"),
    (r"argument (.+?): expected one argument", "{0} attend une valeur"),
    (
        (
            r"argument (?:.+?): "
            r"((?:le style|l’identifiant|la date|l’heure|le nombre|le PDF|le document) .+)"
        ),
        "{0}",
    ),
    (r"ambiguous option: (\S+) could match .+", "« {0} » est ambigu"),
)


class _FrenchFormatter(argparse.HelpFormatter):
    """Help as French is printed: its words, and no break before a colon or inside guillemets."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Add the usage line with its French prefix."""
        super().add_usage(usage, actions, groups, prefix or f"Emploi{NBSP}: ")

    def start_section(self, heading: str | None) -> None:
        """Begin a part of the help, whose heading argparse ends with a colon."""
        super().start_section(heading and f"{heading}{NBSP}")

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(glue(text), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return super()._fill_text(glue(text), width, indent)


class FrenchParser(argparse.ArgumentParser):
    """A parser whose help and errors are French sentences; errors end with exit code 2."""

    def __init__(self, **options: str) -> None:
        """Take the options of ArgumentParser that are plain words."""
        super().__init__(add_help=False, formatter_class=_FrenchFormatter, **options)  # type: ignore[arg-type]
        self._positionals.title = "Arguments"
        self._optionals.title = "Options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide et s’arrête")

    def error(self, message: str) -> NoReturn:
        """Say in French what is wrong with the command typed, and stop with exit code 2."""
        found = message
        for pattern, sentence in _SENTENCES:
            match = re.fullmatch(pattern, message)
            if match:
                found = sentence.format(*match.groups())
                break
        complain(
            f"Commande non comprise : {found}. Rien n’a été fait ; l’aide s’affiche avec "
            f"« {self.prog} --help »."
        )
        sys.exit(2)

    def _print_message(self, message: str, file: object = None) -> None:
        """Print help or the version as any other result."""
        tell(message.rstrip("\n"))


def speak_plainly() -> None:
    """Have letters without accents stand in where the terminal has no others (LC_ALL=C)."""
    codecs.register_error(_PLAIN, _in_plain_letters)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_PLAIN)


def tell(text: str) -> None:
    """Print a line of the result.

    Ends the program quietly when nobody reads on (``| head``). Raises FileUnwritableError when
    it goes to a file that cannot take it.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        # What is left in Python's own buffer would fail once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            sys.exit(0)
        raise FileUnwritableError(UNSAID) from error


def complain(text: str) -> None:
    """Print a line for the person, beside the result; where nobody reads it, go on."""
    if sys.stderr is None:  # closed; print() would take the output's place
        return
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def _in_plain_letters(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    character = error.object[error.start]
    if "\udc80" <= character <= "\udcff":  # a byte of a file's name that is no text
        return bytes([ord(character) - 0xDC00]), error.start + 1
    apart = unicodedata.normalize("NFKD", character.translate(_STAND_INS))
    return apart.encode("ascii", "ignore").decode() or "?", error.start + 1


# What several commands take -------------------------------------------------------------------


def typography(text: str) -> Typography:
    """Return a style of typography by its name, for ``argparse``."""
    try:
        return Typography(text)
    except ValueError:
        raise argparse.ArgumentTypeError("le style est « fidele » ou « soigne »") from None


def identifier(text: str) -> str:
    """Return an identifier that can be looked up, for ``argparse``."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("l’identifiant n’est pas du texte") from None
    return text


def add_pdf(command: argparse.ArgumentParser) -> None:
    """Add the option that says who makes a PDF."""
    command.add_argument(
        "--pdf",
        type=_pdf_by,
        default="pages",
        metavar="FAISEUR",
        help="qui fait un PDF : « pages », le programme (par défaut), ou « libreoffice », qui "
        "doit être installé et part du fichier Word",
    )


def _pdf_by(text: str) -> str:
    if text not in {"pages", "libreoffice"}:
        raise argparse.ArgumentTypeError("le PDF se fait par « pages » ou « libreoffice »")
    return text
