"""From days and percents to places, and which days are written under a scale."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF

from pan_desktop.domain.calendar import MONTHS, short_date
from pan_desktop.gui.charts.data import FULL
from pan_desktop.gui.charts.lettering import width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QFont

    from pan_desktop.gui.charts.data import Frame, Line

_STEPS = (1, 3, 6, 12, 24, 60, 120)
"""Months between ticks, the finest first."""
_MOST_TICKS = 13
_AIR = 16
"""Pixels between two words under the scale."""


class Tick(NamedTuple):
    """A day under the scale. A year is ``major``; the months between are not."""

    x: float
    left: float
    """Where its words begin: in the middle under it, unless that is out of the plot."""
    width: float
    words: str
    major: bool


class Span(NamedTuple):
    """The days that a scale runs over."""

    first: date
    last: date

    @classmethod
    def over(cls, frame: Frame, lines: Iterable[Line]) -> Span:
        """Return the plan's days, and those of meetings before or after it."""
        days = [mark.day for line in lines for mark in line.marks]
        days += [frame.starts, frame.ends]
        return cls(min(days), max(days))

    def share(self, day: date) -> float:
        """Return where a day lies, from 0 to 1."""
        length = (self.last - self.first).days
        return min(max((day - self.first).days / length, 0.0), 1.0) if length else 0.0


class Scale(NamedTuple):
    """A plot: days from its left to its right, percents from its foot to its top."""

    span: Span
    plot: QRectF

    def x(self, day: date) -> float:
        """Return where a day is."""
        return self.plot.left() + self.span.share(day) * self.plot.width()

    def y(self, percent: float) -> float:
        """Return where a percent is; what is out of 0 to 100 stays at the edge."""
        inside = min(max(percent, 0), FULL)
        return self.plot.bottom() - inside / FULL * self.plot.height()

    def at(self, day: date, percent: float) -> QPointF:
        """Return where a percent on a day is."""
        return QPointF(self.x(day), self.y(percent))

    def ticks(self, font: QFont) -> tuple[Tick, ...]:
        """Return as many ticks as can be written with air between them, on tidy days."""
        for step in _STEPS:
            ticks = self._every(step, font)
            if 2 <= len(ticks) <= _MOST_TICKS and _fit(ticks):
                return ticks
        # For lack of tidy days the first and the last one, if there is room for both.
        ends = dict.fromkeys((self.span.first, self.span.last))
        ticks = tuple(self._tick(day, short_date(day), True, font) for day in ends)
        return ticks if _fit(ticks) else ticks[:1]

    def years(self) -> tuple[float, ...]:
        """Return where each year begins."""
        years = range(self.span.first.year, self.span.last.year + 1)
        return tuple(self.x(day) for year in years if (day := date(year, 1, 1)) >= self.span.first)

    def _every(self, step: int, font: QFont) -> tuple[Tick, ...]:
        first, last = self.span
        if (last.year - first.year) * 12 // step > 2 * _MOST_TICKS:
            return ()  # a wrong year typed somewhere must not cost thousands of ticks
        apart = max(step // 12, 1)
        days = [
            date(year, month, 1)
            for year in range(first.year - first.year % apart, last.year + 1, apart)
            for month in range(1, 13, min(step, 12))
            if year > 0
        ]
        shown = [day for day in days if first <= day <= last]
        return tuple(
            self._tick(day, _named(day, with_year=day is shown[0]), day.month == 1, font)
            for day in shown
        )

    def _tick(self, day: date, words: str, major: bool, font: QFont) -> Tick:
        x, width = self.x(day), width_of(words, font)
        left = max(min(x - width / 2, self.plot.right() - width), self.plot.left())
        return Tick(x, left, width, words, major)


def _named(day: date, *, with_year: bool) -> str:
    if day.month == 1:
        return str(day.year)
    month = MONTHS[day.month - 1]
    return f"{month} {day.year}" if with_year else month


def _fit(ticks: tuple[Tick, ...]) -> bool:
    """Tell whether there is air between all words."""
    return all(one.left + one.width + _AIR <= other.left for one, other in pairwise(ticks))
