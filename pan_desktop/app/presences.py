"""Use cases on who came, across all meetings of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.app.office import reading
from pan_desktop.domain import presences as domain

if TYPE_CHECKING:
    from datetime import date

    from pan_desktop.domain.presences import Presences
    from pan_desktop.store.unit_of_work import UnitOfWork


@reading
def plan_presences(work: UnitOfWork, *, plan_id: str, today: date) -> Presences:
    """Return who came to a plan's meetings up to ``today``; nobody has missed one to come.

    A meeting at which nobody is recorded at all is not one yet: it is being prepared.
    """
    came = work.read.came(plan_id)
    recorded = {one.meeting_id for one in came}
    held = [
        meeting
        for meeting in work.read.meeting_days(plan_id)
        if meeting.day <= today and meeting.id in recorded
    ]
    plan, mandates = work.read.plan(plan_id), work.read.mandates(plan_id=plan_id)
    return domain.presences(plan, held, came, mandates, work.read.people())
