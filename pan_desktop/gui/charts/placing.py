"""Finds room for words in a plot: beside what is painted there, and beside other words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NEAR = 3.0
"""Pixels between two places where a line is looked at."""
_AIR = 3.0
"""Pixels that words keep from other words."""
_WORDS = 10_000
"""How many times worse it is to cover words than a place of a line."""
_LATER = 6
"""How many places of a line may be covered rather than take the next candidate."""


class Obstacles:
    """What must not be covered: lines, which words may cross where nothing else is left, words."""

    def __init__(self, lines: Iterable[Sequence[QPointF]], areas: Iterable[QRectF]) -> None:
        """Start with lines and with the places of words."""
        self._points = [point for line in lines for point in _along(line)]
        self._areas = list(areas)

    def add(self, area: QRectF) -> None:
        """Have a place taken by words."""
        self._areas.append(area)

    def free(self, area: QRectF) -> bool:
        """Tell whether nothing at all is covered."""
        return self._cost(area) == 0

    def first_free(self, candidates: Iterable[QRectF]) -> QRectF | None:
        """Return the first place that covers nothing, taken now; None where there is none."""
        found = next((area for area in candidates if self.free(area)), None)
        if found is not None:
            self.add(found)
        return found

    def least(self, candidates: Iterable[QRectF]) -> QRectF:
        """Return the place that covers least, taken now; an earlier one may cover a little."""
        costs = ((self._cost(area) + _LATER * n, n, area) for n, area in enumerate(candidates))
        found = min(costs)[2]
        self.add(found)
        return found

    def _cost(self, area: QRectF) -> int:
        kept = area.adjusted(-_AIR, -_AIR, _AIR, _AIR)
        words = sum(kept.intersects(other) for other in self._areas)
        return words * _WORDS + sum(kept.contains(point) for point in self._points)


def cut(start: QPointF, end: QPointF, areas: Iterable[QRectF]) -> list[tuple[QPointF, QPointF]]:
    """Return the parts of a straight line that lie outside of all ``areas``."""
    way = end - start
    open_parts = [(0.0, 1.0)]
    for area in areas:
        first, last = _within(start, way, area.adjusted(-_AIR, -_AIR, _AIR, _AIR))
        if first < last:
            parts = ((a, min(b, first)) for a, b in open_parts)
            rest = ((max(a, last), b) for a, b in open_parts)
            open_parts = [part for part in (*parts, *rest) if part[0] < part[1]]
    return [(start + way * a, start + way * b) for a, b in sorted(open_parts)]


def _within(start: QPointF, way: QPointF, area: QRectF) -> tuple[float, float]:
    """Return between which shares of its way a line is in an area; backwards where never."""
    first, last = 0.0, 1.0
    for at, step, low, high in (
        (start.x(), way.x(), area.left(), area.right()),
        (start.y(), way.y(), area.top(), area.bottom()),
    ):
        if step:
            enters, leaves = sorted(((low - at) / step, (high - at) / step))
            first, last = max(first, enters), min(last, leaves)
        elif not low < at < high:
            return 1.0, 0.0
    return first, last


def around(at: QPointF, width: float, height: float, gap: float, bounds: QRectF) -> list[QRectF]:
    """Return the places about a point, the best one first, all moved into ``bounds``."""
    x, y = at.x(), at.y()
    right, left, middle = x + gap, x - gap - width, x - width / 2
    above, below, level = y - gap - height, y + gap, y - height / 2
    corners = (
        (right, level),
        (right, above),
        (right, below),
        (middle, above),
        (left, above),
        (middle, below),
        (left, below),
        (left, level),
    )
    return [_inside(QRectF(*corner, width, height), bounds) for corner in corners]


def _inside(area: QRectF, bounds: QRectF) -> QRectF:
    area.moveRight(min(area.right(), bounds.right()))
    area.moveLeft(max(area.left(), bounds.left()))
    area.moveBottom(min(area.bottom(), bounds.bottom()))
    area.moveTop(max(area.top(), bounds.top()))
    return area


def _along(line: Sequence[QPointF]) -> Iterator[QPointF]:
    """Yield places along a line, near enough that no word slips between two."""
    yield from line[:1]
    for start, end in pairwise(line):
        way = end - start
        steps = max(int((abs(way.x()) + abs(way.y())) / _NEAR), 1)
        yield from (start + way * (step / steps) for step in range(1, steps + 1))
