"""How progress went: what moved, since when, and what an even pace would have reached."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.model import (
    ActionPlan,
    Activity,
    ActivityState,
    Axis,
    Commitment,
    Situation,
)
from pan_desktop.domain.progress import CompletionLevel, suggested_level
from pan_desktop.domain.trajectory import (
    Said,
    Trajectory,
    by_axis,
    expected_pace,
    mean_of_activities,
    overall_of,
)
from tests.builders import thorough

START = date(2024, 1, 1)
PLAN = ActionPlan("p", "2024-2027", START, date(2027, 12, 31))


def said(month: int, percent: int, situation: Situation = Situation.REPORTED, **more: str) -> Said:
    return Said(date(2024, month, 1), percent, situation, **more)  # type: ignore[arg-type]


def test_what_moved_last_is_the_last_change_not_the_last_word() -> None:
    mine = said(3, 40, meeting_id="m")
    trajectory = Trajectory(
        Commitment("c", 7), (said(1, 30), mine, said(5, 40, Situation.NO_PROGRESS))
    )
    assert trajectory.last_moved == mine
    assert (trajectory.percent, trajectory.change, trajectory.silent) == (40, 0, 1)
    assert trajectory.at(date(2023, 1, 1)) is None
    assert trajectory.at(date(2024, 2, 1)) == 30
    assert trajectory.since(date(2024, 2, 1)) == 10
    assert trajectory.since(date(2023, 1, 1)) == 40


def test_a_commitment_never_told_of_knows_nothing_and_fails_at_nothing() -> None:
    bare = Trajectory(Commitment("c", 7), ())
    assert (bare.percent, bare.change, bare.last_moved, bare.silent) == (None, None, None, 0)
    assert bare.since(START) is None
    assert Trajectory(Commitment("c", 7), (), 35).percent == 35


def test_the_same_words_again_are_no_news() -> None:
    trajectory = Trajectory(
        Commitment("c", 7), (said(1, 30, details="Oui."), said(3, 30, details="Oui."))
    )
    assert trajectory.silent == 1
    fresh = Trajectory(
        Commitment("c", 7), (said(1, 30, details="Oui."), said(3, 30, details="Signé."))
    )
    assert fresh.silent == 0


@thorough
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 100)), max_size=20))
def test_laws_of_a_trajectory(marks: list[tuple[int, int]]) -> None:
    ordered = sorted(marks, key=lambda mark: mark[0])
    told = tuple(Said(START + timedelta(d), p, Situation.REPORTED) for d, p in ordered)
    trajectory = Trajectory(Commitment("c", 1), told)
    assert trajectory.percent == (told[-1].percent if told else None)
    if told:
        assert trajectory.at(told[-1].day) == told[-1].percent
        moved = trajectory.last_moved
        assert moved is not None
        assert moved.percent == trajectory.percent
        assert 0 <= trajectory.silent < len(told) or trajectory.silent == 0


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_an_even_pace_never_goes_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert 0 <= expected_pace(PLAN, first) <= expected_pace(PLAN, last) <= 100


def test_an_even_pace_begins_at_nothing_and_ends_at_all() -> None:
    assert [expected_pace(PLAN, d) for d in (START, PLAN.middle, PLAN.ends)] == [0, 50, 100]
    named = ActionPlan("p", "x", START, date(2027, 12, 31), midterm=date(2025, 6, 1))
    assert named.middle == date(2025, 6, 1)


def test_axes_are_told_one_by_one_and_those_without_one_last() -> None:
    plan = ActionPlan("p", "x", START, date(2027, 12, 31), axes=(Axis("a", 1, "Un"),))
    rows = [
        Trajectory(Commitment("c", 1, axis_id="a"), (said(1, 10), said(3, 30))),
        Trajectory(Commitment("d", 2, axis_id="a"), (said(3, 50),)),
        Trajectory(Commitment("e", 3), (said(1, 100),)),
    ]
    first, rest = by_axis(plan, rows, date(2024, 2, 1))
    assert (first.title, first.overall.rounded) == ("Un", 40)
    assert first.before is not None
    assert first.before.rounded == 10
    assert (rest.id, rest.overall.rounded) == (None, 100)
    overall = overall_of(plan, rows)
    assert overall is not None
    assert overall.rounded == 60


def test_activities_give_a_rate_by_their_weights_and_states() -> None:
    def activity(number: int, **more: object) -> Activity:
        return Activity(f"a{number}", number, "Former", **more)  # type: ignore[arg-type]

    noted = {"percent": 50, "noted_on": START}
    held = Commitment(
        "c",
        1,
        activities=(
            activity(1, weight=Decimal(3), **noted),
            activity(2, state=ActivityState.IMPOSSIBLE),
            activity(3, state=ActivityState.UNDER_WAY),
        ),
    )
    assert mean_of_activities(held, {}) == 38
    # What a later meeting heard wins over what was noted before it.
    assert mean_of_activities(held, {"a1": (START + timedelta(1), 90)}) == 68
    assert mean_of_activities(held, {"a1": (START - timedelta(1), 90)}) == 38
    assert mean_of_activities(Commitment("c", 1, activities=(activity(1),)), {}) is None


@pytest.mark.parametrize(
    ("percent", "level"),
    [
        (None, CompletionLevel.NO_EVIDENCE),
        (0, CompletionLevel.NOT_STARTED),
        (1, CompletionLevel.LIMITED),
        (49, CompletionLevel.LIMITED),
        (50, CompletionLevel.SUBSTANTIAL),
        (99, CompletionLevel.SUBSTANTIAL),
        (100, CompletionLevel.COMPLETE),
    ],
)
def test_a_rate_suggests_a_level(percent: int | None, level: CompletionLevel) -> None:
    assert suggested_level(percent) is level
