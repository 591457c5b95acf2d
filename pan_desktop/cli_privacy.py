"""The commands of trust: the journal, what is kept of persons, and its end."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.cli_words import FrenchParser, add_pdf, complain, identifier, tell
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from pan_desktop.app.journal import JournalLine, Verified
    from pan_desktop.app.office import Office

NOTHING_KEPT = "Aucun détail de présence n’est conservé au-delà de la durée demandée."
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


def _purge(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import retention

    today = date.today()  # noqa: DTZ011 - the user's own calendar
    if options.before is None:
        found = office.run(retention.overdue, today=today).result
    else:
        found = office.run(retention.preview, before=options.before).result
    for one in found.meetings if options.preview else ():
        counts = f"{one.hours}\t{one.stays}\t{one.reports}\t{int(one.connection)}"
        tell(f"{one.meeting_id}\t{one.day.isoformat()}\t{one.body}\t{counts}")
    if not found:
        tell(NOTHING_KEPT)
    elif options.preview:
        tell(found.words)
    else:
        done = retention.purge(office, before=found.before, today=today)
        tell(done.erased)
        complain(done.remark or retention.COPIES)


def _person(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import person_data, search
    from pan_desktop.app.rendering import PdfBy, PdfMaking

    named = {"plan": None, "number": None, "person": options.name}
    person_id = office.run(search.named_filters, **named).result.person_id or ""
    now = datetime.now(UTC)
    if options.export is None:
        data = office.run(person_data.person_data, person_id=person_id, now=now).result
        tell(json.dumps(person_data.as_data(data), indent=1))
        return
    making = PdfMaking(options.pages, PdfBy(options.pdf))
    files = person_data.export_person(
        office, person_id=person_id, file=options.export, now=now, making=making
    )
    for file in files:
        tell(str(file))


_BASE = Path()
"""Stands for the database itself where a file may be named."""


def add_commands(
    commands: argparse._SubParsersAction[FrenchParser], day: Callable[[str], date]
) -> None:
    """Add the commands of this module; ``day`` reads a date."""
    _add_journal(commands)
    purge = commands.add_parser(
        "purge",
        help="efface les détails de présence dont la durée est passée",
        description="Efface les heures d’arrivée et de départ, les passages dans l’appel, ce qui "
        "a été gardé des rapports de présence et les liens de connexion des réunions anciennes ; "
        "les relevés, les présences et les qualités restent. C’est définitif.",
    )
    purge.add_argument(
        "--before",
        metavar="JJ/MM/AAAA",
        type=day,
        help="réunions d’avant ce jour (par défaut : selon la durée de conservation choisie)",
    )
    purge.add_argument(
        "--preview", action="store_true", help="dit ce qui serait effacé, sans rien effacer"
    )
    purge.set_defaults(command=_purge)
    person = commands.add_parser(
        "personne",
        help="donne tout ce qui est conservé sur une personne",
        description="Écrit tout ce que la base contient au sujet d’une personne (droit d’accès, "
        "loi 09-08) : un document lisible, et à côté les mêmes données en JSON.",
    )
    person.add_argument("name", metavar="NOM", help="nom de la personne")
    person.add_argument(
        "--export",
        metavar="FICHIER",
        type=Path,
        help="document à écrire (.docx, .pdf, .html ou .txt) ; sans cela, affiche le JSON",
    )
    add_pdf(person)
    person.set_defaults(command=_person)


def _add_journal(commands: argparse._SubParsersAction[FrenchParser]) -> None:
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
