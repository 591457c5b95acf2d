"""A database with ten years of meetings, made by the use cases themselves."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from pan_desktop.app import (
    actions,
    conclusions,
    follow_ups,
    meetings,
    people,
    plans,
    progress,
)
from pan_desktop.app.office import Office
from pan_desktop.domain.dates_in_text import Precision
from pan_desktop.domain.model import (
    Civility,
    ConclusionKind,
    Deadline,
    FollowUp,
    Presence,
    Role,
    Situation,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork

MEETINGS, COMMITMENTS, PEOPLE, POINTS = 120, 22, 40, 60
PLANS, YEARS_A_PLAN, FIRST_YEAR = 10, 3, 1998
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


def build_many(file: Path, plans_: int = PLANS) -> None:
    """Fill ``file`` with the latest of ten plans of three years: thirty years with all ten.

    With none of them it is an empty database.

    Twelve meetings a year, each of which decides two actions; all but the latest are done.
    """
    office = Office(str(file))
    office.open()
    for number in range(PLANS - plans_, PLANS):
        first = FIRST_YEAR + YEARS_A_PLAN * number
        newcomers = number == PLANS - plans_
        plan_id = office.run(_plan, first=first, years=YEARS_A_PLAN, newcomers=newcomers).result
        for meeting in range(12 * YEARS_A_PLAN):
            office.run(_meeting, plan_id=plan_id, number=meeting, first=first)
            office.run(_actions, plan_id=plan_id)
    office.close()


def _actions(work: UnitOfWork, *, plan_id: str) -> None:
    meeting_id = work.read.latest_meeting(plan_id) or ""
    record = work.read.record(meeting_id)
    due = record.meeting.day + timedelta(days=60)
    people_ = work.read.people()
    for number, point in enumerate(record.agenda[-1].conclusions[:2]):
        work.update("conclusion", point.id, kind=ConclusionKind.ACTION.value)
        deadline = Deadline(due, due, Precision.DAY, f"{due:%d/%m/%Y}")
        owner = FollowUp(people_[number].name, people_[number].id, deadline)
        follow_ups.set_follow_up(work, point_id=point.id, follow_up=owner)
        if record.meeting.day.year < FIRST_YEAR + YEARS_A_PLAN * PLANS - 1:
            actions.close(work, point_id=point.id, day=due)


def _plan(work: UnitOfWork, *, first: int = 2016, years: int = 11, newcomers: bool = True) -> str:
    last = first + years - 1
    plan_id = plans.create_plan(
        work,
        label=f"{first}-{last}",
        starts=date(first, 1, 1),
        ends=date(last, 12, 31),
        commitments=COMMITMENTS,
    )
    for number in range(PEOPLE if newcomers else 0):
        civility = list(Civility)[number % 2]
        person = people.PersonEdit(civility, f"Personne NUMÉRO{number}", f"Organisme {number % 9}")
        role = Role.FOCAL_POINT if number < COMMITMENTS else Role.ALTERNATE
        charge = (number % COMMITMENTS + 1,)
        mandate = people.MandateEdit(plan_id, role, charge, date(first, 1, 1))
        people.add_person(work, person=person, mandate=mandate)
    return plan_id


def _meeting(work: UnitOfWork, *, plan_id: str, number: int, first: int = 2016) -> None:
    day = date(first, 1, 15) + timedelta(days=30 * number)
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
