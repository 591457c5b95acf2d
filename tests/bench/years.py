"""A database with ten years of meetings, made by the use cases themselves."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from pan_desktop.app import conclusions, meetings, people, plans, progress
from pan_desktop.app.office import Office
from pan_desktop.domain.model import Civility, Presence, Role, Situation

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork

MEETINGS, COMMITMENTS, PEOPLE, POINTS = 120, 22, 40, 60
SENTENCE = (
    "Le point {} est retenu : l’administration concernée transmet sa fiche avant la fin du mois."
)


def build(file: Path, meetings_: int = MEETINGS) -> None:
    """Fill ``file``: 120 meetings, 22 commitments, 40 people, 60 points a meeting."""
    office = Office(str(file))
    plan_id = office.run(_plan).result
    for number in range(meetings_):
        office.run(_meeting, plan_id=plan_id, number=number)
    office.close()


def _plan(work: UnitOfWork) -> str:
    plan_id = plans.create_plan(
        work,
        label="2016-2026",
        starts=date(2016, 1, 1),
        ends=date(2026, 12, 31),
        commitments=COMMITMENTS,
    )
    for number in range(PEOPLE):
        civility = list(Civility)[number % 2]
        person = people.PersonEdit(civility, f"Personne NUMÉRO{number}", f"Organisme {number % 9}")
        role = Role.FOCAL_POINT if number < COMMITMENTS else Role.ALTERNATE
        charge = (number % COMMITMENTS + 1,)
        mandate = people.MandateEdit(plan_id, role, charge, date(2016, 1, 1))
        people.add_person(work, person=person, mandate=mandate)
    return plan_id


def _meeting(work: UnitOfWork, *, plan_id: str, number: int) -> None:
    day = date(2016, 1, 15) + timedelta(days=30 * number)
    edit = meetings.MeetingEdit("Comité d’implémentation", day, time(14, 30), "À distance")
    meeting_id = meetings.create_meeting(
        work, plan_id=plan_id, edit=edit, progress_title="État d’avancement"
    )
    present = [person.id for person in work.read.people()][: PEOPLE - number % 7]
    meetings.set_presence(
        work, meeting_id=meeting_id, person_ids=present, presence=Presence.PRESENT
    )
    for report in work.read.record(meeting_id).reports:
        rate = min(100, number // 2 + report.commitment.number)
        said = progress.ReportEdit(rate, SENTENCE.format(rate), Situation.REPORTED)
        progress.save_report(work, report_id=report.id, edit=said)
    for title in ("Auto-évaluation", "Cocréation", "Divers"):
        item_id = meetings.add_item(work, meeting_id=meeting_id, title=title)
        points = [(n % 3, SENTENCE.format(n)) for n in range(POINTS // 3)]
        conclusions.add_points(work, item_id=item_id, points=points)
