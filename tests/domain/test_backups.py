"""Which copies are kept: the newest, those promised, and none goes because a clock jumped."""

# ruff: noqa: DTZ001 - moments of the clock on the wall

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.backups import (
    DAYS,
    MONTHS,
    NEWEST,
    QUARANTINE,
    WEEKS,
    Named,
    Why,
    age,
    copy_name,
    copy_named,
    outlived,
)
from tests.builders import modest, thorough

if TYPE_CHECKING:
    from collections.abc import Collection

NOW = datetime(2026, 11, 26, 14, 52, 7)


def named(at: datetime, why: Why = Why.CLOSE, number: int = 1) -> Named:
    found = copy_named("pan.sqlite3", copy_name("pan.sqlite3", at, why, number))
    assert found is not None
    return found


moments = st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1)).map(
    lambda at: at.replace(microsecond=0)
)
copies = st.lists(st.builds(named, moments, st.sampled_from(Why)), max_size=80).map(set)


def past(found: Collection[Named], now: datetime) -> list[Named]:
    return sorted((each for each in found if each.at <= now), key=age)


# Names ------------------------------------------------------------------------------------


def test_a_name_says_when_and_why_in_words() -> None:
    name = copy_name("pan-desktop.sqlite3", NOW, Why.CLOSE)
    assert name == "pan-desktop 2026-11-26 14h52m07 fermeture.sqlite3"
    assert copy_named("pan-desktop.sqlite3", name) == Named(name, NOW, Why.CLOSE)


@pytest.mark.parametrize("database", ["pan.sqlite3", "a b.c.db", "sans", ".caché", "é 2026.db"])
@given(at=moments, why=st.sampled_from(Why), number=st.integers(1, 12))
@modest
def test_a_name_is_read_as_it_was_written(
    database: str, at: datetime, why: Why, number: int
) -> None:
    name = copy_name(database, at, why, number)
    assert copy_named(database, name) == Named(name, at, why, number)
    assert copy_named(f"x{database}", name) is None


@pytest.mark.parametrize(
    "name",
    [
        "pan.sqlite3",
        "pan 2026-11-26 14h52m07 fermeture.sqlite3-wal",
        "pan 2026-11-26 14h52m07 fermeture.db",
        "pan 2026-02-31 14h52m07 fermeture.sqlite3",
        "pan 2026-11-26 14h52m07 congés.sqlite3",
        "pan 2026-11-26 14h52m07 fermeture - copie.sqlite3",
        "autre 2026-11-26 14h52m07 fermeture.sqlite3",
        "pan 2026-11-26 14h52m07.sqlite3",
    ],
)
def test_a_name_of_somebody_else_s_is_not_taken_for_one_of_ours(name: str) -> None:
    assert copy_named("pan.sqlite3", name) is None


def test_names_sort_by_age() -> None:
    moments = [NOW + timedelta(hours=7 * n) for n in range(400)]
    names = [copy_name("pan.db", at, Why.DAILY) for at in moments]
    assert sorted(names) == names


# What is kept -----------------------------------------------------------------------------


@given(found=copies, now=moments)
@thorough
def test_what_was_promised_is_kept(found: set[Named], now: datetime) -> None:
    kept = past(found - outlived(found, now), now)
    before = past(found, now)
    assert [c.at for c in kept[-NEWEST:]] == [c.at for c in before[-NEWEST:]]
    for period, number in (
        (lambda at: at.date(), DAYS),
        (lambda at: at.isocalendar()[:2], WEEKS),
        (lambda at: (at.year, at.month), MONTHS),
    ):
        wanted = sorted({period(each.at) for each in before})[-number:]
        newest = {period(each.at): each.at for each in before}
        for each in wanted:
            assert newest[each] in {c.at for c in kept}


@given(found=copies, now=moments)
@modest
def test_nothing_of_the_future_goes_and_it_counts_for_nothing(
    found: set[Named], now: datetime
) -> None:
    future = {each for each in found if each.at > now}
    gone = outlived(found, now)
    assert not gone & future
    assert outlived(found - future, now) == gone


@given(found=copies, now=moments)
@thorough
def test_a_copy_before_a_change_stays_for_some_weeks(found: set[Named], now: datetime) -> None:
    for each in outlived(found, now):
        assert not each.why.lasting or now - each.at >= QUARANTINE


@given(found=copies, now=moments)
@modest
def test_once_is_enough(found: set[Named], now: datetime) -> None:
    kept = found - outlived(found, now)
    assert outlived(kept, now) == set()


@given(found=copies, now=moments, jump=st.timedeltas(timedelta(days=40), timedelta(days=4000)))
@thorough
def test_a_clock_that_jumps_ahead_and_back_takes_at_most_one_of_each_period(
    found: set[Named], now: datetime, jump: timedelta
) -> None:
    """One copy is made under the wrong date; then the clock is set right again."""
    found = {each for each in found if each.at <= now and not each.why.lasting}
    kept = found - outlived(found, now)
    jumped = named((now + jump).replace(microsecond=0))
    lost = outlived(kept | {jumped}, now + jump)
    assert jumped not in lost
    # Each period of three kinds gives way at most once, and so does the list of the newest.
    assert len(lost) <= 4
    assert outlived((kept | {jumped}) - lost, now) == set()


def test_three_years_of_work_leave_what_was_promised() -> None:
    kept: set[Named] = set()
    day = datetime(2024, 1, 2, 9)
    while day < datetime(2027, 1, 2):
        if day.weekday() < 5:
            for hour in (9, 12, 18):
                kept.add(named(day.replace(hour=hour)))
                kept -= outlived(kept, day.replace(hour=hour))
        day += timedelta(days=1)
    last = max(each.at for each in kept)
    assert last == datetime(2027, 1, 1, 18)
    days = sorted({each.at.date() for each in kept}, reverse=True)
    weeks = {each.at.isocalendar()[:2] for each in kept}
    months = {(each.at.year, each.at.month) for each in kept}
    assert (days[0] - days[DAYS - 1]).days == 17  # with the week-ends between
    assert len(weeks) >= WEEKS
    assert len(months) == MONTHS
    # A month that is over is told by its last working day.
    assert datetime(2025, 3, 31, 18) in {each.at for each in kept}
    assert len(kept) < DAYS + WEEKS + MONTHS


def test_a_clock_that_stands_back_for_a_week_removes_no_newer_copy() -> None:
    kept = {named(NOW - timedelta(days=n)) for n in range(DAYS)}
    wrong = NOW - timedelta(days=900)
    for n in range(7):
        at = wrong + timedelta(days=n)
        kept.add(named(at))
        kept -= outlived(kept, at)
    assert {named(NOW - timedelta(days=n)) for n in range(DAYS)} <= kept
