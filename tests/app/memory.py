"""An office with promises: two meetings, people, actions with owners and deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from pan_desktop.app import conclusions, follow_ups, meetings, people, plans
from pan_desktop.app.conclusions import PointEdit
from pan_desktop.app.office import reading
from pan_desktop.app.people import MandateEdit, PersonEdit
from pan_desktop.domain.dates_in_text import Precision
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import (
    Civility,
    ConclusionKind,
    Deadline,
    FollowUp,
    Presence,
    Role,
)

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.store.unit_of_work import UnitOfWork

FIRST_DAY, SECOND_DAY = date(2026, 4, 14), date(2026, 10, 14)


@dataclass(frozen=True)
class Memory:
    """What was made, by identifier."""

    plan: str
    salma: str
    driss: str
    first: str
    second: str
    item: str


def fill(office: Office) -> Memory:
    plan_id = office.run(
        plans.create_plan,
        label="2024-2027",
        starts=date(2024, 1, 1),
        ends=date(2027, 12, 31),
        commitments=3,
    ).result
    salma = _person(
        office,
        plan_id,
        PersonEdit(Civility.MADAME, "Salma AZROUNI", "Archives", "salma@exemple.org"),
        (1, 2),
    )
    driss = _person(
        office, plan_id, PersonEdit(Civility.MONSIEUR, "Driss Amezray", "Archives"), (3,)
    )
    first, second = (_meeting(office, plan_id, day) for day in (FIRST_DAY, SECOND_DAY))
    office.run(
        meetings.set_presence, meeting_id=first, person_ids=[salma], presence=Presence.PRESENT
    )
    item = office.run(meetings.add_item, meeting_id=first, title="Suites").result
    return Memory(plan_id, salma, driss, first, second, item)


def action(
    office: Office,
    item_id: str,
    text: str,
    *,
    owner_id: str | None = None,
    owner: str = "",
    due: date | None = None,
) -> str:
    """Have a meeting decide an action."""
    point_id = new_id()
    known = office.run(_points, item_id=item_id).result
    edit = PointEdit(point_id, 0, text, kind=ConclusionKind.ACTION)
    office.run(conclusions.save_outline, item_id=item_id, points=[*known, edit])
    deadline = Deadline(due, due, Precision.DAY, f"{due:%d/%m/%Y}") if due else None
    office.run(
        follow_ups.set_follow_up,
        point_id=point_id,
        follow_up=FollowUp(owner, owner_id, deadline),
    )
    return point_id


@reading
def _points(work: UnitOfWork, *, item_id: str) -> list[PointEdit]:
    return [PointEdit(c.id, c.level, c.text, kind=c.kind) for c in work.read.conclusions(item_id)]


def _person(office: Office, plan_id: str, person: PersonEdit, held: tuple[int, ...]) -> str:
    mandate = MandateEdit(plan_id, Role.FOCAL_POINT, held, date(2024, 1, 1))
    return office.run(people.add_person, person=person, mandate=mandate).result


def _meeting(office: Office, plan_id: str, day: date) -> str:
    edit = meetings.MeetingEdit("Comité", day, time(10), "Siège")
    return office.run(
        meetings.create_meeting, plan_id=plan_id, edit=edit, progress_title="Avancement"
    ).result
