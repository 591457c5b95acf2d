"""Use cases on how progress went, across all meetings of a plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.app.office import reading
from pan_desktop.domain.progress import Rate, overall_progress
from pan_desktop.domain.trajectory import (
    OverallAt,
    Trajectory,
    by_axis,
    mean_of_activities,
    overall_of,
)

if TYPE_CHECKING:
    from datetime import date

    from pan_desktop.domain.model import ActionPlan
    from pan_desktop.domain.progress import OverallProgress
    from pan_desktop.domain.trajectory import AxisRate
    from pan_desktop.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How a plan goes: each commitment, each axis, the whole, now and at each meeting."""

    plan: ActionPlan
    trajectories: tuple[Trajectory, ...]
    axes: tuple[AxisRate, ...]
    overall: OverallProgress | None
    """Computed from the rates known now."""
    history: tuple[OverallAt, ...]
    """At each meeting that gave any rate, the oldest first."""
    activity_rates: dict[str, tuple[date, int]]
    """By activity, the rate that a meeting noted last, and when."""

    @property
    def latest(self) -> OverallAt | None:
        """Return what the last meeting left."""
        return self.history[-1] if self.history else None

    def of(self, commitment_id: str) -> Trajectory | None:
        """Return one commitment's trajectory."""
        return next((t for t in self.trajectories if t.id == commitment_id), None)


@reading
def plan_progress(work: UnitOfWork, *, plan_id: str) -> PlanProgress:
    """Return how a plan goes. Raises NotFoundError."""
    plan = work.read.plan(plan_id)
    said, rates = work.read.said(plan_id), work.read.activity_rates(plan_id)
    trajectories = tuple(
        Trajectory(c, said.get(c.id, ()), mean_of_activities(c, rates)) for c in plan.commitments
    )
    history = _history(work, plan, trajectories)
    before = history[-2].day if len(history) > 1 else None
    return PlanProgress(
        plan,
        trajectories,
        by_axis(plan, trajectories, before),
        overall_of(plan, trajectories),
        history,
        rates,
    )


def _history(
    work: UnitOfWork, plan: ActionPlan, trajectories: tuple[Trajectory, ...]
) -> tuple[OverallAt, ...]:
    """Return the overall progress of each relevé: of the rates that its meeting gave."""
    given: defaultdict[str, list[Rate]] = defaultdict(list)
    for trajectory in trajectories:
        held = trajectory.commitment
        for said in trajectory.said:
            given[said.meeting_id].append(Rate(said.percent, held.weight, held.axis_id))
    return tuple(
        OverallAt(
            meeting_id,
            day,
            overall_progress(given[meeting_id], plan.method, plan.rounding),
            stated,
            reason,
        )
        for meeting_id, day, stated, reason in work.read.stated_overalls(plan.id)
        if meeting_id in given
    )
