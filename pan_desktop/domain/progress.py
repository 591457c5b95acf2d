"""Progress: of one commitment, and of a whole plan by the method the committee chose."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

COMPLETE = 100


class OverallMethod(StrEnum):
    """How the overall progress of a plan is computed from its commitments."""

    MEAN = "mean"
    """Simple mean of the commitments."""
    WEIGHTED = "weighted"
    """Mean of the commitments weighted by their own weights."""
    BY_AXIS = "by_axis"
    """Simple mean of the axes, each the mean of its commitments; a commitment without an axis
    counts with the others without one."""


class Rounding(StrEnum):
    """How the overall progress is brought to a whole percent."""

    HALF_UP = "half_up"
    UP = "up"
    DOWN = "down"


class CompletionLevel(StrEnum):
    """The five levels of completion of the OGP's Independent Reporting Mechanism.

    Source: opengovpartnership.org/glossary/completion.
    """

    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Rate:
    """One commitment's part in the overall progress."""

    percent: int
    weight: Decimal = Decimal(1)
    axis: str | None = None


@dataclass(frozen=True, slots=True)
class OverallProgress:
    """The overall progress as computed: exact, rounded, and of how many commitments."""

    exact: Fraction
    rounded: int
    counted: int

    @property
    def two_decimals(self) -> str:
        """Return the exact value in French with two decimals: "83,28"."""
        return f"{float(self.exact):.2f}".replace(".", ",")


def overall_progress(
    rates: Iterable[Rate], method: OverallMethod, rounding: Rounding
) -> OverallProgress | None:
    """Return the overall progress of the rates given, or None when there are none.

    Computed in exact fractions, so that 99.5 is 99.5 and not a little less.
    """
    rates = tuple(rates)
    if not rates:
        return None
    if method is OverallMethod.BY_AXIS:
        axes: defaultdict[str | None, list[Fraction]] = defaultdict(list)
        for rate in rates:
            axes[rate.axis].append(Fraction(rate.percent))
        means = [sum(values, Fraction(0)) / len(values) for values in axes.values()]
        exact = sum(means, Fraction(0)) / len(means)
    else:
        weights = [
            Fraction(rate.weight) if method is OverallMethod.WEIGHTED else Fraction(1)
            for rate in rates
        ]
        total = sum(w * rate.percent for w, rate in zip(weights, rates, strict=True))
        exact = Fraction(total) / sum(weights)
    return OverallProgress(exact, round_percent(exact, rounding), len(rates))


def suggested_level(percent: int | None) -> CompletionLevel:
    """Return the OGP level that a rate suggests; whoever answers for it chooses.

    The OGP defines its levels in words only (opengovpartnership.org/glossary/completion): the
    half is where this program proposes to pass from limited to substantial.
    """
    if percent is None:
        return CompletionLevel.NO_EVIDENCE
    if percent == 0:
        return CompletionLevel.NOT_STARTED
    if percent == COMPLETE:
        return CompletionLevel.COMPLETE
    return CompletionLevel.SUBSTANTIAL if 2 * percent >= COMPLETE else CompletionLevel.LIMITED


def round_percent(exact: Fraction, rounding: Rounding) -> int:
    """Return ``exact`` as a whole percent, rounded as chosen."""
    floor, rest = divmod(exact.numerator, exact.denominator)
    if rounding is Rounding.DOWN or not rest:
        return floor
    if rounding is Rounding.UP:
        return floor + 1
    return floor + (2 * rest >= exact.denominator)
