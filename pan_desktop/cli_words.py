"""The command line's own words in French; argparse speaks English only."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable

_SENTENCES = (
    (r"the following arguments are required: (.+)", "il manque {0}"),
    (r"unrecognized arguments: (.+)", "« {0} » n’est pas attendu"),
    (r"argument (?:COMMANDE): invalid choice: '(.+?)' .+", "la commande « {0} » n’existe pas"),
    (r"argument (.+?): expected one argument", "{0} attend une valeur"),
    (r"argument (?:.+?): (le style .+)", "{0}"),
    (r"ambiguous option: (\S+) could match .+", "« {0} » est ambigu"),
)


class _FrenchFormatter(argparse.HelpFormatter):
    """Help with a French "usage" line."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Add the usage line with its French prefix."""
        super().add_usage(usage, actions, groups, prefix or "Emploi : ")


class FrenchParser(argparse.ArgumentParser):
    """A parser whose help and errors are French sentences; errors end with exit code 2."""

    def __init__(self, **options: str) -> None:
        """Take the options of ArgumentParser that are plain words."""
        super().__init__(add_help=False, formatter_class=_FrenchFormatter, **options)  # type: ignore[arg-type]
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide et s’arrête")

    def error(self, message: str) -> NoReturn:
        """Say in French what is wrong with the command typed, and stop with exit code 2."""
        found = message
        for pattern, sentence in _SENTENCES:
            match = re.fullmatch(pattern, message)
            if match:
                found = sentence.format(*match.groups())
                break
        print(
            f"Commande non comprise : {found}. Rien n’a été fait ; l’aide s’affiche avec "
            f"« {self.prog} --help ».",
            file=sys.stderr,
        )
        sys.exit(2)
