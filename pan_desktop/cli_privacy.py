"""The commands of trust: the journal, what is kept of persons, and its end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.cli_words import FrenchParser, identifier, tell
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    import argparse

    from pan_desktop.app.journal import JournalLine, Verified
    from pan_desktop.app.office import Office

TAMPERED = 1
"""What ``journal --verify`` ends with when something was changed beside the program."""


def _journal(office: Office, options: argparse.Namespace) -> int:
    from pan_desktop.app import journal

    if options.verify is not None:
        file = options.verify
        seen = (
            office.run(journal.verify).result if file is _BASE else journal.verify_file(file=file)
        )
        return _tell_verified(seen)
    if options.export is not None:
        count = journal.export(office, file=options.export)
        tell(f"{options.export}\t{counted(count, 'entrée')}")
        return 0
    lines = _lines(office, options)
    if options.json:
        tell(json.dumps([_data(line) for line in lines], indent=1))
        return 0
    for line in lines:
        tell(f"{line.moment}\t{line.author}\t{line.what}\t{line.about}")
    return 0


def _lines(office: Office, options: argparse.Namespace) -> tuple[JournalLine, ...]:
    from pan_desktop.app import journal, search

    subject = options.meeting or ""
    if options.personne is not None or options.engagement is not None:
        named = {"plan": options.plan, "number": options.engagement, "person": options.personne}
        found = office.run(search.named_filters, **named).result
        subject = found.person_id or found.commitment_id or ""
    return office.run(journal.entries, subject=subject, limit=options.nombre).result.lines


def _tell_verified(seen: Verified) -> int:
    for problem in seen.problems:
        tell(problem.sentence)
    agrees = "tout concorde" if not seen.problems else counted(len(seen.problems), "anomalie")
    count = counted(seen.entries, "entrée")
    tell(f"{count}, {agrees} ; empreinte de la dernière : {seen.last or '–'}")
    return TAMPERED if seen.problems else 0


def _data(line: JournalLine) -> dict[str, object]:
    """Return an entry for scripts."""
    return {
        "sequence": line.sequence,
        "at": line.at.isoformat(),
        "author": line.author,
        "what": line.what,
        "about": line.about,
    }


_BASE = Path()
"""Stands for the database itself where a file may be named."""


def add_commands(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    """Add the commands of this module."""
    journal = commands.add_parser(
        "journal",
        help="dit qui a changé quoi, et quand",
        description="Affiche une ligne par modification, la dernière d’abord : date et heure, "
        "auteur, ce qui a été changé et à quel sujet, séparés par des tabulations. Le journal ne "
        "contient aucune valeur, seulement ce qui permet de voir qu’une ligne a été changée.",
    )
    journal.add_argument(
        "--meeting", metavar="RÉUNION", type=identifier, help="seulement cette réunion"
    )
    journal.add_argument("--personne", metavar="NOM", help="seulement cette personne")
    journal.add_argument("--engagement", metavar="N", type=int, help="seulement cet engagement")
    journal.add_argument("--plan", metavar="LIBELLÉ", help="plan de cet engagement")
    journal.add_argument(
        "--nombre", metavar="N", type=int, default=200, help="au plus N lignes (200)"
    )
    journal.add_argument("--json", action="store_true", help="affiche les lignes en JSON")
    journal.add_argument(
        "--export",
        metavar="FICHIER.jsonl",
        type=Path,
        help="écrit tout le journal pour l’archive, vérifiable sans la base, et à côté un texte "
        "lisible (.txt)",
    )
    journal.add_argument(
        "--verify",
        metavar="FICHIER.jsonl",
        nargs="?",
        type=Path,
        const=_BASE,
        help="vérifie la base, ou un journal exporté ; le code de retour est 1 si quelque chose a "
        "été modifié sans le programme",
    )
    journal.set_defaults(command=_journal)
