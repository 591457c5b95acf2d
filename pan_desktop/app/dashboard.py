"""What the first page tells: the next meeting, what it lacks, what is late, how the plan goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pan_desktop.app.office import reading
from pan_desktop.app.trajectories import plan_progress
from pan_desktop.domain.followed import Standing

if TYPE_CHECKING:
    from datetime import date

    from pan_desktop.app.trajectories import PlanProgress
    from pan_desktop.domain.followed import Followed
    from pan_desktop.domain.model import MeetingLine
    from pan_desktop.domain.trajectory import Trajectory
    from pan_desktop.store.unit_of_work import UnitOfWork

SOON = timedelta(days=7)
"""What is due within so many days is told on the first page."""
QUIET = 2
"""A commitment of which so many meetings in a row heard nothing new is told."""


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next meeting and what is missing for it."""

    line: MeetingLine
    without_place: bool
    without_address: tuple[str, ...]
    """Those expected whom no e-mail reaches."""
    without_focal_point: tuple[int, ...]
    """Commitments that nobody answers for that day."""
    unfilled: int
    """Commitments whose progress nobody has given yet, once the meeting has begun."""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that the first page shows beside the latest meetings."""

    today: date
    next_meeting: NextMeeting | None
    overdue: tuple[Followed, ...]
    soon: tuple[Followed, ...]
    """Due within ``SOON``, today included."""
    quiet: tuple[Trajectory, ...]
    """Commitments under 100 % without news, the longest first."""
    progress: PlanProgress | None
    """Of the plan in force today, else of the latest one that met."""


@reading
def dashboard(work: UnitOfWork, *, today: date) -> Dashboard:
    """Return what the first page shows on ``today``."""
    followed = work.read.followed()
    overdue = tuple(f for f in followed if f.standing(today) is Standing.OVERDUE)
    soon = tuple(
        f
        for f in followed
        if f.standing(today) is Standing.OPEN and f.due is not None and f.due <= today + SOON
    )
    plan_id = _plan_of(work, today)
    progress = plan_progress(work, plan_id=plan_id) if plan_id else None
    return Dashboard(today, _next_meeting(work, today), overdue, soon, _quiet(progress), progress)


def _plan_of(work: UnitOfWork, today: date) -> str | None:
    """Return the plan to tell of: one in force that has met, else the one that met last."""
    plans = {plan.id: plan for plan in work.read.plans()}
    met = dict.fromkeys(line.plan_id for line in work.read.meetings())
    in_force = (p for p in met if plans[p].starts <= today <= plans[p].ends)
    return next(in_force, next(iter(met), next(iter(plans), None)))


def _quiet(progress: PlanProgress | None) -> tuple[Trajectory, ...]:
    if progress is None:
        return ()
    found = [
        t
        for t in progress.trajectories
        if t.commitment.ended is None and t.percent != 100 and t.silent >= QUIET
    ]
    return tuple(sorted(found, key=lambda t: (-t.silent, t.commitment.number)))


def _next_meeting(work: UnitOfWork, today: date) -> NextMeeting | None:
    coming = [line for line in work.read.meetings() if line.day >= today]
    if not coming:
        return None
    line = min(coming, key=lambda one: (one.day, one.at))
    record = work.read.record(line.id)
    mandates = work.read.mandates(plan_id=record.plan.id, on=line.day)
    answered = {number for mandate in mandates for number in mandate.commitments}
    unanswered = [r.commitment.number for r in record.scope if r.commitment.number not in answered]
    unreached = dict.fromkeys(m.person.name for m in mandates if not m.person.email.strip())
    begun = any(a for a in record.attendances)
    return NextMeeting(
        line,
        without_place=not line.place.strip(),
        without_address=tuple(sorted(unreached)),
        without_focal_point=tuple(unanswered),
        unfilled=len(record.unknown) if begun else 0,
    )
