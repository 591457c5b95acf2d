"""The command that writes a meeting's other papers: invitation, sheet to sign, letters, list."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.cli_words import FrenchParser, add_pdf, complain, identifier, tell, typography
from pan_desktop.domain.papers import Paper
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from pan_desktop.app.office import Office


def _paper(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import papers
    from pan_desktop.app.rendering import PdfBy, PdfMaking
    from pan_desktop.app.written import Existing

    done = papers.write(
        office,
        meeting_id=options.meeting,
        paper=options.paper,
        target=options.output,
        style=options.style,
        now=datetime.now(UTC),
        author=options.auteur,
        existing=Existing.REPLACE if options.replace else Existing.KEEP_CHANGED,
        making=PdfMaking(options.pages, PdfBy(options.pdf)),
    )
    for remark in done.remarks:
        complain(remark)
    for path in done.paths:
        tell(str(path))


def _which(text: str) -> Paper:
    try:
        return Paper(text)
    except ValueError:
        known = ", ".join(f"« {paper} »" for paper in Paper)
        raise argparse.ArgumentTypeError(f"le document est l’un de {known}") from None


def add_commands(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    """Add the command of this module."""
    command = commands.add_parser(
        "paper",
        help="écrit un autre document d’une réunion",
        description="Écrit un document d’une réunion : « convocation » (Word, PDF, .html, .txt ; "
        ".eml, un courriel prêt à relire ; .ics, pour les agendas ; ou un dossier, une par "
        "personne), « presence », la feuille à signer, « lettres », une par institution absente, "
        "dans un dossier, ou « non-representes », la liste des engagements que personne ne "
        "représentait. Affiche une ligne par fichier écrit.",
    )
    command.add_argument(
        "meeting",
        metavar="RÉUNION",
        type=identifier,
        help="identifiant donné par « meetings »",
    )
    command.add_argument(
        "paper",
        metavar="DOCUMENT",
        type=_which,
        help="convocation, presence, lettres ou non-representes",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FICHIER_OU_DOSSIER",
        type=Path,
        required=True,
        help="fichier à écrire, dont l’extension décide, ou dossier",
    )
    command.add_argument(
        "--style",
        type=typography,
        default=Typography.FIDELE,
        metavar="STYLE",
        help="typographie : fidele (par défaut) ou soigne",
    )
    command.add_argument(
        "--auteur", metavar="NOM", default="", help="qui signe (par défaut : le secrétariat)"
    )
    add_pdf(command)
    command.add_argument(
        "--replace",
        action="store_true",
        help="remplace aussi un fichier qui a été modifié à la main depuis qu’il a été écrit",
    )
    command.set_defaults(command=_paper)
