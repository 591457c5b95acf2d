"""Where arrows and the mouse go among the parts of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.gui.charts.chart import Spot

BEYOND = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
}
"""The arrows, and whether each goes back or forward."""

_UPRIGHT = (Qt.Key.Key_Up, Qt.Key.Key_Down)


def neighbour(spots: Sequence[Spot], here: int, key: Qt.Key) -> int:
    """Return the part that an arrow goes to from another; the same one at an edge.

    Left and Right go as one reads, from the end of a row to the next; Up and Down to what is
    nearest in the next row, so that a short row is no dead end.
    """
    step = BEYOND[key]
    if key not in _UPRIGHT:
        return min(max(here + step, 0), len(spots) - 1)
    tops = sorted({spot.area.top() for spot in spots})
    row = tops.index(spots[here].area.top()) + step
    if not 0 <= row < len(tops):
        return here
    x = spots[here].area.center().x()
    there = [n for n, spot in enumerate(spots) if spot.area.top() == tops[row]]
    return min(there, key=lambda n: abs(spots[n].area.center().x() - x))


def pointed(spots: Sequence[Spot], at: QPointF) -> tuple[int, int] | None:
    """Return the part under a place and which of its figures is nearest to it, across first."""
    number = next((n for n, spot in enumerate(spots) if spot.area.contains(at)), None)
    if number is None:
        return None
    stops = spots[number].stops

    def distance(n: int) -> tuple[float, float]:
        way = (stops[n].at or at) - at
        return abs(way.x()), abs(way.y())

    return number, min(range(len(stops)), key=distance)
