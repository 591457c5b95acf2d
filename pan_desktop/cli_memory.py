"""The commands on what lies between the meetings: forms, actions, progress, evidence, search."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pan_desktop.cli_words import FrenchParser, complain, tell
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    import argparse

    from pan_desktop.app.office import Office
    from pan_desktop.app.trajectories import PlanProgress
    from pan_desktop.app.workbooks import Preview
    from pan_desktop.domain.followed import Followed

WRONG = 2
"""What ``import`` of a workbook ends with when something is wrong with it."""
NO_MEETING = (
    "Aucune réunion n’est enregistrée : rien n’a été écrit. Créez-en une dans la fenêtre, ou "
    "importez un relevé."
)
NOTHING_ASKED = (
    "Il manque ce qui est demandé : rien n’a été fait. Ajoutez « -o FICHIER.xlsx » ou « --json »."
)


def import_workbook(office: Office, file: Path, *, only_preview: bool) -> int:
    """Take in a workbook that was filled in, or tell what it would change."""
    from pan_desktop.app import backups, workbooks

    seen = workbooks.preview(office, file=file)
    if not seen.clean:
        for problem in seen.problems:
            complain(f"{problem.sheet} {problem.cell} : {problem.sentence}")
        complain(workbooks.NOT_CLEAN)
        return WRONG
    if only_preview:
        _tell_changes(seen)
        return 0
    backups.before_import(office, now=datetime.now(UTC))
    workbooks.accept(office, seen=seen)
    tell(f"{len(seen.changes)} cellules changées, {seen.new_rows} lignes nouvelles")
    return 0


def _tell_changes(seen: Preview) -> None:
    for change in seen.changes:
        before, after = (" ".join(text.split()) or "–" for text in (change.before, change.after))
        place = f"{change.sheet}\t{change.cell}\t{change.what}\t{change.column}"
        tell(f"{place}\t{before}\t{after}")


def _roster(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app.workbooks import write_roster

    write_roster(office, file=options.output)
    tell(str(options.output))


def _plans(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app.workbooks import write_plans

    write_plans(office, file=options.output)
    tell(str(options.output))


def _progress(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import publishing, workbooks

    if options.output is None and not options.json:
        raise InputError(NOTHING_ASKED)
    if options.json:
        tell(json.dumps([_plan_data(one) for one in _all_progress(office)], indent=1))
    if options.output is None:
        return
    if options.output.suffix.lower() == ".csv":
        publishing.write_rates(office, file=options.output)
    else:
        meeting_id = options.meeting or _latest(office)
        workbooks.write_progress(office, meeting_id=meeting_id, file=options.output)
    tell(str(options.output))


def _latest(office: Office) -> str:
    from pan_desktop.app.meetings import list_meetings

    lines = office.run(list_meetings).result
    if not lines:
        raise NotFoundError(NO_MEETING)
    return lines[0].id


def _all_progress(office: Office) -> list[PlanProgress]:
    from pan_desktop.app.plans import list_plans
    from pan_desktop.app.trajectories import plan_progress

    plans = office.run(list_plans).result
    return [office.run(plan_progress, plan_id=plan.id).result for plan in plans]


def _plan_data(progress: PlanProgress) -> dict[str, Any]:
    """Return how a plan went, for scripts."""
    return {
        "plan": progress.plan.label,
        "overall": [
            {
                "date": at.day.isoformat(),
                "percent": at.percent,
                "computed": at.computed.two_decimals.replace(",", ".") if at.computed else None,
                "reason": at.reason,
            }
            for at in progress.history
        ],
        "commitments": [
            {
                "number": one.commitment.number,
                "title": one.commitment.title,
                "percent": one.percent,
                "silent": one.silent,
                "history": [
                    {
                        "date": said.day.isoformat(),
                        "percent": said.percent,
                        "situation": said.situation.value,
                        "by": list(said.by),
                        "meeting": said.meeting_id or None,
                        "details": said.details or said.reason,
                    }
                    for said in one.said
                ],
            }
            for one in progress.trajectories
        ],
    }


def _actions(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app.actions import list_followed

    today = date.today()  # noqa: DTZ011 - the user's own calendar
    found = office.run(list_followed).result.followed
    if options.json:
        tell(json.dumps([_action_data(one, today) for one in found], indent=1))
        return
    for one in found:
        due = short_date(one.due) if one.due else "–"
        said = f"{due}\t{one.standing(today).value}\t{one.owner or '–'}"
        tell(f"{said}\t{' '.join(one.text.split())}")


def _action_data(one: Followed, today: date) -> dict[str, Any]:
    deadline = one.follow_up.deadline
    done = one.follow_up.done_on
    return {
        "id": one.id,
        "text": one.text,
        "kind": one.kind.value,
        "owner": one.owner,
        "institution": one.institution,
        "due": deadline.last.isoformat() if deadline else None,
        "due_from": deadline.first.isoformat() if deadline else None,
        "said": deadline.said if deadline else "",
        "standing": one.standing(today).value,
        "done": done.isoformat() if done else None,
        "done_at_meeting": one.follow_up.done_meeting_id,
        "meeting": one.meeting_id,
        "date": one.meeting_day.isoformat(),
        "plan": one.plan,
    }


def _evidence(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app.publishing import write_pack

    made = write_pack(
        office,
        meeting_id=options.meeting,
        target=options.output,
        style=Typography.FIDELE,
        now=datetime.now(UTC),
    )
    tell(str(made))


def _calendar(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app.calendars import write_calendar

    today = date.today()  # noqa: DTZ011 - the user's own calendar
    write_calendar(office, file=options.output, today=today, now=datetime.now(UTC))
    tell(str(options.output))


def add_commands(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    """Add the commands of this module."""
    for name, command, kind, what in (
        ("roster", _roster, "FICHIER.xlsx", "les personnes et leurs mandats"),
        ("plans", _plans, "FICHIER.xlsx", "les plans, engagements et activités"),
        ("calendar", _calendar, "FICHIER.ics", "les réunions et échéances à venir"),
    ):
        parser = commands.add_parser(
            name, help=f"écrit {what}", description=f"Écrit {what} dans un fichier."
        )
        _add_output(parser, kind, required=True)
        parser.set_defaults(command=command)
    progress = commands.add_parser(
        "progress",
        help="donne l’avancement des engagements",
        description="Écrit la grille d’avancement d’une réunion (.xlsx ; la dernière par défaut) "
        "ou tous les taux en données ouvertes (.csv), ou affiche l’historique de chaque "
        "engagement (--json).",
    )
    _add_output(progress, "FICHIER", required=False)
    progress.add_argument("--meeting", metavar="RÉUNION", help="réunion dont écrire la grille")
    progress.add_argument("--json", action="store_true", help="affiche l’historique en JSON")
    progress.set_defaults(command=_progress)
    actions = commands.add_parser(
        "actions",
        help="donne les actions et échéances",
        description="Affiche une ligne par action ou échéance : date, état, responsable, texte.",
    )
    actions.add_argument("--json", action="store_true", help="affiche la liste en JSON")
    actions.set_defaults(command=_actions)
    evidence = commands.add_parser(
        "evidence",
        help="écrit le dossier de preuves d’une réunion",
        description="Écrit le relevé, les présences et l’avancement d’une réunion dans un dossier "
        "daté et numéroté, ou dans un fichier .zip.",
    )
    evidence.add_argument("meeting", metavar="RÉUNION", help="identifiant donné par « meetings »")
    _add_output(evidence, "DOSSIER", required=True)
    evidence.set_defaults(command=_evidence)


def _add_output(parser: FrenchParser, kind: str, *, required: bool) -> None:
    parser.add_argument(
        "-o", "--output", metavar=kind, type=Path, required=required, help="ce qui est écrit"
    )
