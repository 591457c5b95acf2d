"""How progress went: of each commitment across meetings, and of the whole plan.

What was said is kept apart from what follows from it: when a rate last moved, who said so, how it
stands against the plan's calendar.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from pan_desktop.domain.model import ActivityState, Situation
from pan_desktop.domain.progress import COMPLETE, Rate, Rounding, overall_progress, round_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.domain.model import ActionPlan, Activity, Commitment
    from pan_desktop.domain.progress import OverallProgress


@dataclass(frozen=True, slots=True)
class Said:
    """A commitment's rate as one meeting left it, or as someone stated it between two.

    ``by`` is who spoke for it ("Mme Salma AZROUNI"), empty when nobody did; ``meeting_id`` is
    empty for a statement, whose ``reason`` says how it came.
    """

    day: date
    percent: int
    situation: Situation
    by: tuple[str, ...] = ()
    meeting_id: str = ""
    details: str = ""
    reason: str = ""
    statement_id: str = ""

    @property
    def fresh(self) -> bool:
        """Tell whether someone said it then, rather than it being carried over."""
        return self.situation in {Situation.REPORTED, Situation.TO_FILL}


@dataclass(frozen=True, slots=True)
class Trajectory:
    """All that was said of a commitment, the oldest first."""

    commitment: Commitment
    said: tuple[Said, ...]
    from_activities: int | None = None
    """What its activities' last rates come to, None when none is known."""

    @property
    def id(self) -> str:
        """Return the commitment's identifier."""
        return self.commitment.id

    @property
    def percent(self) -> int | None:
        """Return its rate now: as last said, else as its activities come to."""
        return self.said[-1].percent if self.said else self.from_activities

    @property
    def change(self) -> int | None:
        """Return how much it moved since the time before, None where there was none."""
        return self.said[-1].percent - self.said[-2].percent if len(self.said) > 1 else None

    @property
    def last_moved(self) -> Said | None:
        """Return what last changed its rate; the first thing said counts as one."""
        moved = None
        before: int | None = None
        for said in self.said:
            if said.percent != before:
                moved = said
            before = said.percent
        return moved

    @property
    def silent(self) -> int:
        """Return at how many of the last meetings in a row nobody had anything new to say."""
        befores = (None, *self.said)[: len(self.said)]
        count = 0
        for said, before in zip(reversed(self.said), reversed(befores), strict=True):
            told = (said.percent, said.details)
            same = before is not None and told == (before.percent, before.details)
            if said.fresh and not same:
                break
            count += 1
        return count

    def at(self, day: date) -> int | None:
        """Return its rate as known on ``day``."""
        place = bisect_right([said.day for said in self.said], day)
        return self.said[place - 1].percent if place else None

    def since(self, day: date) -> int | None:
        """Return how much it moved since ``day``; from nothing when nothing was known then."""
        if self.percent is None:
            return None
        return self.percent - (self.at(day) or 0)


def expected_pace(plan: ActionPlan, day: date) -> int:
    """Return the percent that an even pace over the plan's period would have reached on ``day``."""
    if day <= plan.starts:
        return 0
    if day >= plan.ends:
        return COMPLETE
    return round(COMPLETE * (day - plan.starts) / (plan.ends - plan.starts))


@dataclass(frozen=True, slots=True)
class OverallAt:
    """The overall progress that a meeting left; ``stated`` where the committee kept its own."""

    meeting_id: str
    day: date
    computed: OverallProgress | None
    stated: int | None = None
    reason: str = ""

    @property
    def percent(self) -> int | None:
        """Return the figure of the relevé."""
        if self.stated is not None:
            return self.stated
        return self.computed.rounded if self.computed else None


@dataclass(frozen=True, slots=True)
class AxisRate:
    """An axis with the mean of its commitments' rates; its ``title`` is empty for those of none."""

    id: str | None
    number: int
    title: str
    overall: OverallProgress
    before: OverallProgress | None = None
    """The same at the meeting before."""


def rates_of(trajectories: Sequence[Trajectory], day: date | None = None) -> list[Rate]:
    """Return the rates known now, or on ``day``, of the commitments that counted then."""
    found = []
    for trajectory in trajectories:
        held = trajectory.commitment
        counts = held.counts_on(day) if day else held.ended is None
        percent = trajectory.at(day) if day else trajectory.percent
        if counts and percent is not None:
            found.append(Rate(percent, held.weight, held.axis_id))
    return found


def overall_of(
    plan: ActionPlan, trajectories: Sequence[Trajectory], day: date | None = None
) -> OverallProgress | None:
    """Return a plan's overall progress by its own method, now or as known on ``day``."""
    return overall_progress(rates_of(trajectories, day), plan.method, plan.rounding)


def by_axis(
    plan: ActionPlan, trajectories: Sequence[Trajectory], before: date | None = None
) -> tuple[AxisRate, ...]:
    """Return each axis with its rate, and that of the day ``before``; those of none come last.

    By the weights where the plan's method weighs, by a simple mean otherwise.
    """
    found = []
    places = [(axis.id, axis.number, axis.title) for axis in plan.axes]
    for axis_id, number, title in [*places, (None, 0, "")]:
        own = [t for t in trajectories if t.commitment.axis_id == axis_id]
        overall = overall_of(plan, own)
        if overall is not None:
            earlier = overall_of(plan, own, before) if before else None
            found.append(AxisRate(axis_id, number, title, overall, earlier))
    return tuple(found)


def mean_of_activities(commitment: Commitment, reported: dict[str, tuple[date, int]]) -> int | None:
    """Return the weighted mean of a commitment's activities, None when no rate is known.

    An activity's rate is the one noted last: at a meeting (``reported``, by activity) or beside
    it. Without one, what is not begun or can no longer be done counts as nothing done, what is
    done as all, and what is under way does not count (domain facts, 1.2).
    """
    rates = [(_rate_of(activity, reported), activity) for activity in commitment.activities]
    if all(noted is None for noted, _ in rates):
        return None
    known = [
        (_BY_STATE.get(activity.state) if noted is None else noted, Fraction(activity.weight))
        for noted, activity in rates
    ]
    weight = sum((own for percent, own in known if percent is not None), Fraction(0))
    total = sum((percent * own for percent, own in known if percent is not None), Fraction(0))
    return round_percent(total / weight, Rounding.HALF_UP)


_BY_STATE = {ActivityState.PLANNED: 0, ActivityState.IMPOSSIBLE: 0, ActivityState.DONE: COMPLETE}


def _rate_of(activity: Activity, reported: dict[str, tuple[date, int]]) -> int | None:
    told = reported.get(activity.id)
    if told is not None and (activity.noted_on is None or told[0] >= activity.noted_on):
        return told[1]
    return activity.percent
