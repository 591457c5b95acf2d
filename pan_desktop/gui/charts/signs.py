"""What stands for a rate in every chart: its mark, the line through marks, the expected pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from pan_desktop.gui.charts.data import Mark
    from pan_desktop.gui.charts.ink import Ink

DOT = 3.0
"""Half the width of a mark in small charts."""
_LEAST_DOT = 1.25


def dot(painter: QPainter, at: QPointF, radius: float, ink: Ink, *, fresh: bool) -> None:
    """Paint a mark: full where it was reported, open where it was carried over."""
    pen = QPen(ink.accent, min(radius / 2, 2))
    painter.setPen(pen)
    painter.setBrush(ink.accent if fresh else ink.ground)
    inner = radius - pen.widthF() / 2
    painter.drawEllipse(at, inner, inner)


def dot_radius(points: Sequence[QPointF], most: float = DOT) -> float:
    """Return the radius of marks: as large as can be without one hiding the next."""
    if len(points) < 3:
        return most
    across = points[-1].x() - points[0].x()
    return min(max(across / (len(points) - 1) / 3, _LEAST_DOT), most)


def paint_line(
    painter: QPainter,
    points: Sequence[QPointF],
    marks: Sequence[Mark],
    ink: Ink,
    *,
    width: float,
    radius: float,
) -> None:
    """Paint the line through its points, and the marks on it."""
    pen = QPen(ink.accent, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(list(points))
    for point, mark in zip(points, marks, strict=True):
        dot(painter, point, radius, ink, fresh=mark.fresh)


def pace_pen(ink: Ink) -> QPen:
    """Return the pen of what is expected."""
    pen = QPen(ink.pace, 1)
    pen.setDashPattern([4, 3])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def under(points: Sequence[QPointF], foot: float) -> QPainterPath:
    """Return what lies between a line and the foot of its plot."""
    path = QPainterPath(QPointF(points[0].x(), foot))
    for point in points:
        path.lineTo(point)
    path.lineTo(QPointF(points[-1].x(), foot))
    path.closeSubpath()
    return path
