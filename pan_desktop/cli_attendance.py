"""The command on who was in a video call: told by default, written only when asked to."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.cli_words import FrenchParser, complain, identifier, tell
from pan_desktop.domain.model import Presence
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    from pan_desktop.app.attendance import Caller
    from pan_desktop.app.office import Office

_STANDING = {
    Presence.PRESENT: "",
    Presence.EXCUSED: "excusé(e)",
    Presence.ABSENT: "absent(e)",
    Presence.REPRESENTED: "représenté(e)",
}
NOBODY = "aucune fiche à ce nom"


def _attendance(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import attendance, attending, backups

    seen = attendance.read_files(office, meeting_id=options.meeting, files=options.files)
    if options.apply:
        decisions = attending.certain(seen)
        backups.before_import(office, now=datetime.now(UTC))
        done = office.run(attending.apply, seen=seen, decisions=decisions, least=options.minimum)
        (complain if options.json else tell)(_written(done.result))
    if options.json:
        # In ASCII, that no terminal's stand-ins change a quotation mark of the form.
        tell(json.dumps(attendance.as_data(seen), indent=1))
        for remark in seen.remarks:
            complain(remark)
        return
    people = attendance.unsettled(seen.people) if options.apply else seen.people
    for caller in people:
        tell("\t".join(_line(caller)))
    for left in seen.left_out:
        complain(f"{left.source}, ligne {left.line} : {left.reason}")
    for remark in seen.remarks:
        complain(remark)


def _written(done: object) -> str:
    """Return what was written, and how many wait for a person."""
    from pan_desktop.app.attending import Applied

    assert isinstance(done, Applied)
    parts = [counted(done.present, "présent")]
    parts += [
        counted(number, word)
        for number, word in ((done.excused, "excusé"), (done.absent, "absent"))
        if number
    ]
    said = f"Enregistrés : {', '.join(parts)}."
    if done.short:
        said += f" Trop peu de temps présents : {', '.join(done.short)}."
    if done.waiting:
        words = counted(len(done.waiting), "nom")
        said += f" À identifier dans la fenêtre : {words}."
    return said


def _line(caller: Caller) -> tuple[str, ...]:
    """Return what the table says of someone: name, hours, minutes, who she is."""
    hours = ", ".join(f"{s.joined:%H:%M:%S}-{s.left:%H:%M:%S}" for s in caller.stays)
    long = f"{caller.seconds // 60} min" if caller.seconds is not None else ""
    standing = _STANDING[caller.presence] or long
    best = caller.match.best
    if best is None:
        return caller.shown, hours, standing, NOBODY
    sure = caller.match.kind.value == "certain"
    who = best.name if sure else f"{best.name} ? ({best.likeness} %, {best.why})"
    return caller.shown, hours, standing, who


def _seconds(text: str) -> int:
    if not (text.isdecimal() and len(text) < 6):
        raise argparse.ArgumentTypeError("le nombre attendu est entier et plus grand que zéro")
    return int(text) * 60


def add_command(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    """Add ``attendance``."""
    command = commands.add_parser(
        "attendance",
        help="dit qui était dans la visioconférence",
        description="Lit les rapports de présence d’une réunion (Teams, Zoom, Webex, Meet, toute "
        "liste avec une colonne de noms) et affiche une ligne par personne : nom affiché, heures, "
        "durée et personne reconnue, séparés par des tabulations. N’écrit rien sans « --apply ».",
    )
    command.add_argument(
        "meeting", metavar="RÉUNION", type=identifier, help="identifiant donné par « meetings »"
    )
    command.add_argument(
        "files", metavar="FICHIER", type=Path, nargs="+", help="rapport de présence"
    )
    command.add_argument(
        "--json",
        action="store_true",
        help="affiche en JSON les personnes, leurs heures et ce qui a été laissé de côté",
    )
    command.add_argument(
        "--apply",
        action="store_true",
        help="enregistre les présences certaines et donne la liste des noms à identifier",
    )
    command.add_argument(
        "--minimum",
        metavar="MINUTES",
        type=_seconds,
        default=0,
        help="ne compte présent que qui est resté ce temps (0)",
    )
    command.set_defaults(command=_attendance)
