"""The command line: the use cases for scripts, with help and errors in French.

Results go to standard output; what is wrong is one French sentence on standard error, and exit
code 2.
"""

from __future__ import annotations

import argparse
import json
from contextlib import nullcontext
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop import (
    __version__,
    cli_attendance,
    cli_import,
    cli_memory,
    cli_papers,
    cli_privacy,
    cli_safety,
    cli_security,
    cli_shared,
    cli_templates,
)
from pan_desktop.cli_words import (
    FrenchParser,
    add_pdf,
    complain,
    identifier,
    speak_plainly,
    tell,
    typography,
)
from pan_desktop.domain.errors import PanError
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from pan_desktop.app.office import Office
    from pan_desktop.app.rendering import Pages
    from pan_desktop.domain.keys import Key

INTERRUPTED = (
    "Interrompu : ce qui n’était pas terminé n’a pas été enregistré. Recommencez la commande."
)
SIGINT_CODE = 130
"""What a shell expects of a program that Ctrl+C ended."""

ONLY_READ = (
    "La base ne peut pas être écrite en ce moment, son disque étant plein ou en lecture seule : la "
    "réponse est tirée de ce qui y est enregistré, sans ce qu’une fenêtre ouverte n’a pas encore "
    "pu y mettre."
)
DIFFERS = 1
"""What ``verify`` ends with when the file is no issued version, or not as it was issued."""


class Window(NamedTuple):
    """What the window is to be opened on, no command having been given."""

    database: str
    key: Key | None


def run(
    arguments: Sequence[str], default_database: Callable[[], str], pages: Pages | None = None
) -> int | Window:
    """Run a command and return its exit code; without a command, what to open the window on.

    ``pages`` paints the program's own pages as a PDF. Stops with exit code 2 when the command
    line is not understood.
    """
    speak_plainly()
    try:
        options = _parser().parse_args(arguments)
        options.pages = pages
        database = default_database() if options.database is None else str(options.database)
        if options.command is None:
            asked = options.passphrase_file is None  # in the window
            return Window(database, None if asked else cli_security.key_for(database, options))
        return _execute(database, options)
    except PanError as error:
        complain(error.sentence)
        return error.exit_code
    except KeyboardInterrupt:
        complain(INTERRUPTED)
        return SIGINT_CODE


def _execute(database: str, options: argparse.Namespace) -> int:
    from pan_desktop.app.office import Office
    from pan_desktop.app.whereabouts import followed, warning

    database = followed(database)
    for sentence in warning(database):
        complain(sentence)
    office = Office(database, key=cli_security.key_for(database, options))
    command: Callable[[Office, argparse.Namespace], int | None] = options.command
    try:
        with nullcontext() if options.alone else cli_shared.exchanged(office):
            code = command(office, options) or 0
        if office.refusal:
            complain(ONLY_READ)
        return code
    finally:
        office.close()


def _meetings(office: Office, _options: argparse.Namespace) -> None:
    from pan_desktop.app import meetings

    for line in office.run(meetings.list_meetings).result:
        tell(f"{line.id}\t{line.day.isoformat()}\t{line.body}")


def _export(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app.export import export
    from pan_desktop.app.rendering import PdfBy, PdfMaking
    from pan_desktop.app.written import Existing

    exported = export(
        office,
        meeting_id=options.meeting,
        target=options.output,
        style=options.style,
        now=datetime.now(UTC),
        existing=Existing.REPLACE if options.replace else Existing.KEEP_CHANGED,
        making=PdfMaking(options.pages, PdfBy(options.pdf)),
        house=cli_templates.house_of(office, options.template),
    )
    for remark in exported.remarks:
        complain(remark)
    tell(str(exported.path))


CONFIRMED = "confirmé"
"""Stands in the place of the level of a finding that somebody says is right as it is."""


def _check(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import checks

    found = checks.reviewed(office, meeting_id=options.meeting)
    if options.json:
        # In ASCII, that no terminal's stand-ins change a quotation mark of the form.
        tell(json.dumps([checks.as_data(r.finding, r.confirmation) for r in found], indent=1))
        return
    for each in found:
        level = checks.LEVELS[each.finding.level] if each.open else CONFIRMED
        tell(f"{each.finding.id} {level} : {each.finding.sentences}")


def _verify(office: Office, options: argparse.Namespace) -> int:
    from pan_desktop.app import verify

    verdict = verify.verify(office, file=options.file)
    if options.json:
        tell(json.dumps(verify.as_data(verdict), indent=1))
    else:
        tell(verdict.sentence)
    return 0 if verdict.unchanged else DIFFERS


def _search(office: Office, options: argparse.Namespace) -> None:
    from dataclasses import replace

    from pan_desktop.app import search

    names = {"plan": options.plan, "number": options.engagement, "person": options.personne}
    filters = replace(
        office.run(search.named_filters, **names).result,
        decisions=options.decisions,
        open_actions=options.actions_ouvertes,
        first=options.du,
        last=options.au,
    )
    found = search.search(office, text=options.text, filters=filters, limit=options.nombre)
    if options.json:
        tell(json.dumps([search.as_data(hit) for hit in found], indent=1))
        return
    for hit in found:
        tell(f"{hit.title}\t{hit.excerpt}")


def _demo(office: Office, _options: argparse.Namespace) -> None:
    from pan_desktop.app import sample

    for meeting_id in office.run(sample.fill).result:
        tell(meeting_id)


def _date(text: str) -> date:
    try:
        return datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=UTC).date()
    except ValueError:
        raise argparse.ArgumentTypeError("la date s’écrit comme 21/12/2020") from None


def _hour(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").replace(tzinfo=UTC).time()
    except ValueError:
        raise argparse.ArgumentTypeError("l’heure s’écrit comme 14:30") from None


def _number(text: str) -> int:
    # isdecimal: int() would also take "1_0" and " 7".
    if not (text.isdecimal() and len(text) < 10 and int(text) > 0):
        raise argparse.ArgumentTypeError("le nombre attendu est entier et plus grand que zéro")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = FrenchParser(
        prog="pan-desktop",
        description="Tient les réunions du comité et en écrit le relevé des conclusions. Sans "
        "commande, ouvre la fenêtre.",
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"PAN Desktop {__version__}",
        help="affiche la version et s’arrête",
    )
    parser.add_argument(
        "--database",
        metavar="FICHIER_OU_URL",
        help="base à employer (par défaut : celle de l’utilisateur)",
    )
    cli_security.add_option(parser)
    parser.set_defaults(command=None, alone=False, copies_too=False)
    commands = parser.add_subparsers(
        prog="pan-desktop", title="Commandes", metavar="COMMANDE", parser_class=FrenchParser
    )
    cli_import.add_command(commands, _date, _hour)
    _add_export(commands)
    _add_check(commands)
    _add_verify(commands)
    cli_memory.add_commands(commands)
    cli_privacy.add_commands(commands, _date)
    cli_attendance.add_command(commands)
    cli_papers.add_commands(commands)
    cli_templates.add_command(commands)
    cli_security.add_command(commands)
    cli_safety.add_commands(commands)
    cli_shared.add_commands(commands)
    _add_search(commands)
    commands.add_parser(
        "meetings",
        help="donne la liste des réunions",
        description="Affiche une ligne par réunion : identifiant, date et instance, séparés par "
        "des tabulations.",
    ).set_defaults(command=_meetings)
    commands.add_parser(
        "demo",
        help="remplit une base vide d’un exemple",
        description="Remplit une base vide d’un exemple inventé et affiche les identifiants de "
        "ses réunions.",
    ).set_defaults(command=_demo)
    return parser


def _add_export(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    command = commands.add_parser(
        "export",
        help="écrit le relevé d’une réunion",
        description="Écrit le relevé d’une réunion en Word (.docx), en PDF (.pdf), en page web "
        "(.html), en texte (.txt) ou en JSON releve/1 (.json), selon l’extension.",
    )
    command.add_argument(
        "meeting",
        metavar="RÉUNION",
        type=identifier,
        help="identifiant donné par « meetings »",
    )
    command.add_argument(
        "-o", "--output", metavar="FICHIER", type=Path, required=True, help="fichier à écrire"
    )
    command.add_argument(
        "--style",
        type=typography,
        default=Typography.FIDELE,
        metavar="STYLE",
        help="typographie du fichier : fidele (par défaut) ou soigne",
    )
    add_pdf(command)
    cli_templates.add_export_option(command)
    command.add_argument(
        "--replace",
        action="store_true",
        help="remplace aussi un fichier qui a été modifié à la main depuis qu’il a été écrit",
    )
    command.set_defaults(command=_export)


def _add_check(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    command = commands.add_parser(
        "check",
        help="contrôle le relevé d’une réunion",
        description="Contrôle le relevé d’une réunion et affiche une ligne par constat : contrôle, "
        "niveau, ce qui a été trouvé. Le code de retour est 0 même lorsqu’un constat est bloquant.",
    )
    command.add_argument(
        "meeting",
        metavar="RÉUNION",
        type=identifier,
        help="identifiant donné par « meetings »",
    )
    command.add_argument(
        "--json",
        action="store_true",
        help="affiche les constats en JSON, avec leur place et les corrections proposées",
    )
    command.set_defaults(command=_check)


def _add_verify(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    command = commands.add_parser(
        "verify",
        help="dit si un fichier Word est une version diffusée",
        description="Dit si un fichier Word est une version diffusée d’un relevé, inchangée. Le "
        "code de retour est 0 si elle l’est, 1 si le fichier a été modifié depuis, est un "
        "brouillon ou n’est pas connu, 2 s’il ne peut pas être lu ou n’est pas un fichier Word.",
    )
    command.add_argument("file", metavar="FICHIER.docx", type=Path, help="fichier à vérifier")
    command.add_argument("--json", action="store_true", help="affiche le résultat en JSON")
    command.set_defaults(command=_verify)


def _add_search(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    command = commands.add_parser(
        "search",
        help="cherche dans tout ce que la base contient",
        description="Cherche dans les réunions, les personnes, les engagements et chaque phrase "
        "des relevés, sans tenir compte des accents ni des majuscules, et trouve les mots sous "
        "toutes leurs formes. Affiche une ligne par résultat : ce que c’est et le passage, séparés "
        "par une tabulation ; d’abord ce qui porte un nom, puis les phrases les plus récentes.",
    )
    command.add_argument(
        "text",
        metavar="TEXTE",
        help="mots cherchés, qui doivent tous y être ; entre guillemets, ils doivent se suivre ; "
        "vide, tout ce que laissent les options",
    )
    command.add_argument(
        "--json",
        action="store_true",
        help="affiche les résultats en JSON, avec leur place et celle des mots trouvés",
    )
    command.add_argument("--plan", metavar="LIBELLÉ", help="seulement dans ce plan")
    command.add_argument(
        "--engagement", metavar="N", type=_number, help="seulement au sujet de cet engagement"
    )
    command.add_argument("--personne", metavar="NOM", help="seulement au sujet de cette personne")
    command.add_argument("--decisions", action="store_true", help="seulement les décisions")
    command.add_argument(
        "--actions-ouvertes", action="store_true", help="seulement les actions qui restent à faire"
    )
    command.add_argument("--du", metavar="JJ/MM/AAAA", type=_date, help="à partir de ce jour")
    command.add_argument("--au", metavar="JJ/MM/AAAA", type=_date, help="jusqu’à ce jour compris")
    command.add_argument(
        "--nombre", metavar="N", type=_number, default=20, help="au plus N résultats (20)"
    )
    command.set_defaults(command=_search)
