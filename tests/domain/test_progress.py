from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.progress import (
    OverallMethod,
    Rate,
    Rounding,
    overall_progress,
    round_percent,
)
from tests.builders import thorough

MEAN, WEIGHTED, BY_AXIS = OverallMethod.MEAN, OverallMethod.WEIGHTED, OverallMethod.BY_AXIS
IN_DECIMAL = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.UP: ROUND_CEILING,
    Rounding.DOWN: ROUND_FLOOR,
}

rates = st.lists(
    st.builds(
        Rate,
        percent=st.integers(0, 100),
        weight=st.decimals("0.001", "999999", places=3),
        axis=st.sampled_from([None, "a", "b", "c"]),
    ),
    min_size=1,
    max_size=30,
)


def exact(given_rates: list[Rate], method: OverallMethod) -> Fraction:
    found = overall_progress(given_rates, method, Rounding.DOWN)
    assert found is not None
    return found.exact


SEED = [100] * 7 + [95, 96, 85, 24, 95, 98, 25, 26, 63, 99, 93]


@pytest.mark.parametrize(
    ("rounding", "rounded"), [(Rounding.HALF_UP, 83), (Rounding.UP, 84), (Rounding.DOWN, 83)]
)
def test_the_figures_of_21_december_2020_give_84_only_when_rounded_up(
    rounding: Rounding, rounded: int
) -> None:
    found = overall_progress([Rate(p) for p in SEED], MEAN, rounding)
    assert found is not None
    assert (found.exact, found.rounded, found.counted) == (Fraction(1499, 18), rounded, 18)
    assert found.two_decimals == "83,28"


@pytest.mark.parametrize("method", OverallMethod)
@pytest.mark.parametrize("rounding", Rounding)
def test_no_rate_gives_no_overall(method: OverallMethod, rounding: Rounding) -> None:
    assert overall_progress([], method, rounding) is None


def test_the_three_methods_differ() -> None:
    given_rates = [
        Rate(100, Decimal(1), "a"),
        Rate(0, Decimal(3), "b"),
        Rate(40, Decimal("0.5"), "b"),
        Rate(60, Decimal("0.5"), None),
    ]
    assert exact(given_rates, MEAN) == 50
    assert exact(given_rates, WEIGHTED) == 30
    assert exact(given_rates, BY_AXIS) == 60


def test_commitments_without_an_axis_count_as_one_axis() -> None:
    assert exact([Rate(10), Rate(30), Rate(100, axis="a")], BY_AXIS) == 60


def test_rates_may_be_given_once_only() -> None:
    assert overall_progress((Rate(p) for p in (1, 2)), MEAN, Rounding.UP) is not None


@thorough
@given(given_rates=rates)
def test_the_mean_of_one_rate_is_that_rate(given_rates: list[Rate]) -> None:
    first = given_rates[:1]
    assert {exact(first, method) for method in OverallMethod} == {Fraction(first[0].percent)}


@thorough
@given(given_rates=rates)
def test_the_mean_is_the_exact_quotient(given_rates: list[Rate]) -> None:
    total = sum(rate.percent for rate in given_rates)
    assert exact(given_rates, MEAN) == Fraction(total, len(given_rates))


@thorough
@given(given_rates=rates)
def test_the_weighted_mean_is_exact_for_decimal_weights(given_rates: list[Rate]) -> None:
    total = sum(rate.percent * int(rate.weight * 1000) for rate in given_rates)
    weights = sum(int(rate.weight * 1000) for rate in given_rates)
    assert exact(given_rates, WEIGHTED) == Fraction(total, weights)


@thorough
@given(given_rates=rates)
def test_the_mean_by_axis_is_the_mean_of_the_means(given_rates: list[Rate]) -> None:
    means = []
    for axis in {rate.axis for rate in given_rates}:
        own = [rate.percent for rate in given_rates if rate.axis == axis]
        means.append(Fraction(sum(own), len(own)))
    assert exact(given_rates, BY_AXIS) == sum(means) / len(means)


@thorough
@given(given_rates=rates, method=st.sampled_from(OverallMethod), rounding=st.sampled_from(Rounding))
def test_rounding_agrees_with_decimal(
    given_rates: list[Rate], method: OverallMethod, rounding: Rounding
) -> None:
    found = overall_progress(given_rates, method, rounding)
    assert found is not None
    low, high = (
        min(rate.percent for rate in given_rates),
        max(rate.percent for rate in given_rates),
    )
    assert low <= found.rounded <= high
    with localcontext() as context:
        context.prec = 60
        value = Decimal(found.exact.numerator) / Decimal(found.exact.denominator)
        assert found.rounded == int(value.quantize(Decimal(1), rounding=IN_DECIMAL[rounding]))


@pytest.mark.parametrize(
    ("value", "half_up", "up", "down"),
    [
        (Fraction(0), 0, 0, 0),
        (Fraction(199, 2), 100, 100, 99),
        (Fraction(1, 2), 1, 1, 0),
        (Fraction(5, 2), 3, 3, 2),
        (Fraction(9949, 100), 99, 100, 99),
        (Fraction(1, 1000), 0, 1, 0),
        (Fraction(100), 100, 100, 100),
    ],
)
def test_a_half_goes_up_and_a_whole_stays(
    value: Fraction, half_up: int, up: int, down: int
) -> None:
    assert round_percent(value, Rounding.HALF_UP) == half_up
    assert round_percent(value, Rounding.UP) == up
    assert round_percent(value, Rounding.DOWN) == down


@pytest.mark.parametrize(
    ("percents", "shown"),
    [([50], "50,00"), ([0, 0, 1], "0,33"), ([1, 1, 0], "0,67"), ([7, 8], "7,50")],
)
def test_the_exact_value_is_shown_with_two_decimals(percents: list[int], shown: str) -> None:
    found = overall_progress([Rate(p) for p in percents], MEAN, Rounding.DOWN)
    assert found is not None
    assert found.two_decimals == shown
