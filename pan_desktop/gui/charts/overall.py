"""One large line: the overall progress along the meetings, beside what an even pace would be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from pan_desktop.domain.calendar import plain_date
from pan_desktop.gui.charts.chart import Spot, Stop, mark_words, rate
from pan_desktop.gui.charts.data import FULL, overall_table
from pan_desktop.gui.charts.ink import BODY, LARGE, SMALL
from pan_desktop.gui.charts.key import Head, Item, Sign
from pan_desktop.gui.charts.lettering import hairline, height_of, width_of, write
from pan_desktop.gui.charts.placing import Obstacles, around, cut
from pan_desktop.gui.charts.scale import Scale, Span
from pan_desktop.gui.charts.signs import dot_radius, pace_pen, paint_line, under
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QColor, QPainter

    from pan_desktop.gui.charts.data import Frame, Line, Mark, Table
    from pan_desktop.gui.charts.ink import Ink

LEVELS = (0, 25, 50, 75, 100)
_DOT = 4.5
_LINE = 2.5
_LOW, _HIGH, _SHARE = 28 * GRID, 48 * GRID, 0.3
"""The plot's height: a share of the width, within bounds."""
_GUTTER_FROM = 480
"""From this width of plot on, the last value has room at its right."""
_MANY = 16
"""With more marks than these, only the last one tells its value."""


class Label(NamedTuple):
    """Words in the plot or beside it, and their place."""

    words: str
    area: QRectF
    size: float
    strong: bool
    quiet: bool


class Overall:
    """The overall progress of a plan. The key of a mark is its day, as 2030-03-01."""

    def __init__(self, line: Line, frame: Frame, title: str = "") -> None:
        """Show ``line`` along the calendar of its plan."""
        self.title = title
        self._line = line
        self._frame = frame
        self._span = Span.over(frame, [line])

    def height(self, width: float, ink: Ink) -> float:
        """Return how high it is when it is so wide."""
        plot = min(max(width * _SHARE, _LOW), _HIGH)
        small = height_of(ink.font(SMALL))
        return self._head().height(width, ink) + small + GRID + plot + GRID + small

    def breaks(self, width: float, ink: Ink) -> tuple[float, ...]:
        """Return its foot: it stays on one page."""
        return (self.height(width, ink),)

    def table(self) -> Table:
        """Return one row a meeting."""
        return overall_table(self._line, self._frame)

    def spots(self, place: QRectF, ink: Ink) -> tuple[Spot, ...]:
        """Return the plot with its marks; nothing where there is none."""
        scale = self.scale(place, ink)
        stops = tuple(
            Stop(scale.at(mark.day, mark.percent), mark_words(mark), mark.day.isoformat())
            for mark in self._line.in_order
        )
        return (Spot(place, stops),) if stops else ()

    def scale(self, place: QRectF, ink: Ink) -> Scale:
        """Return the scale; at its left there is room for percents, under it for days."""
        small = ink.font(SMALL)
        head = self._head().height(place.width(), ink)
        left = width_of(rate(FULL), small) + GRID
        right = self._gutter(place.width() - left, ink)
        top = head + height_of(small) + GRID
        foot = GRID + height_of(small)
        height = self.height(place.width(), ink) - top - foot
        width = max(place.width() - left - right, 1)
        return Scale(self._span, QRectF(place.left() + left, place.top() + top, width, height))

    def labels(self, place: QRectF, ink: Ink) -> tuple[Label, ...]:
        """Return all words of the plot, none over another.

        The last value always has its place; what finds none without covering something is left
        out.
        """
        scale = self.scale(place, ink)
        marks = self._line.in_order
        found = [*self._levels(place, scale, ink), *self._days(scale, ink)]
        taken = Obstacles(self._drawn(scale, marks), [label.area for label in found])
        if marks:
            found += self._last(place, scale, marks[-1], taken, ink)
        found += self._midterm(place, scale, taken, ink)
        found += self._values(scale, marks, taken, ink)
        found += self._pace(scale, taken, ink)
        return tuple(found)

    def paint(self, painter: QPainter, place: QRectF, ink: Ink) -> None:
        """Paint it."""
        self._head().paint(painter, place, ink)
        scale = self.scale(place, ink)
        labels = self.labels(place, ink)
        self._paint_ground(painter, scale, [label.area for label in labels], ink)
        marks = self._line.in_order
        if marks:
            points = [scale.at(mark.day, mark.percent) for mark in marks]
            radius = dot_radius(points, _DOT)
            paint_line(painter, points, marks, ink, width=_LINE, radius=radius)
        else:
            words = _translated("sans donnée")
            area = QRectF(0, 0, width_of(words, ink.font()) + 2 * GRID, height_of(ink.font()))
            area.moveCenter(scale.plot.center())
            painter.fillRect(area, ink.ground)
            write(painter, area, words, ink.font(), ink.quiet, centre=True)
        for label in labels:
            font = ink.font(label.size, strong=label.strong)
            write(painter, label.area, label.words, font, _colour(label, ink))

    def _paint_ground(self, painter: QPainter, scale: Scale, words: list[QRectF], ink: Ink) -> None:
        """Paint what the line is read against; it leaves out the places of words."""
        plot = scale.plot
        points = [scale.at(mark.day, mark.percent) for mark in self._line.in_order]
        if len(points) > 1:
            painter.fillPath(under(points, plot.bottom()), ink.soft)
        for level in LEVELS:
            y = scale.y(level)
            colour = ink.faint if level else ink.rule
            for part in cut(QPointF(plot.left(), y), QPointF(plot.right(), y), words):
                hairline(painter, *part, colour)
        for tick in scale.ticks(ink.font(SMALL)):
            foot = plot.bottom()
            length = GRID / 2 if tick.major else GRID / 4
            hairline(painter, QPointF(tick.x, foot), QPointF(tick.x, foot + length), ink.rule)
        if self._midterm_seen():
            x = scale.x(self._frame.midterm)
            top = QPointF(x, plot.top() - GRID / 2)
            for part in cut(top, QPointF(x, plot.bottom()), words):
                hairline(painter, *part, ink.midterm)
        painter.setPen(pace_pen(ink))
        start, end = scale.at(self._frame.starts, 0), scale.at(self._frame.ends, FULL)
        for part in cut(start, end, words):
            painter.drawLine(*part)

    def _head(self) -> Head:
        carried = any(not mark.fresh for mark in self._line.marks)
        words = _translated("taux repris, faute de nouvelles")
        return Head(self.title, (Item(Sign.CARRIED, words),) if carried else ())

    def _midterm_seen(self) -> bool:
        return self._span.first <= self._frame.midterm <= self._span.last

    def _gutter(self, room: float, ink: Ink) -> float:
        """Return what the last value needs at the right of the plot, if it is to stand there."""
        marks = self._line.in_order
        if room < _GUTTER_FROM or not marks:
            return 0
        last = marks[-1]
        value = width_of(rate(last.percent), ink.font(LARGE, strong=True))
        words = max(value, width_of(plain_date(last.day), ink.font(SMALL))) + 2 * GRID
        behind = (1 - self._span.share(last.day)) * room
        return max(words - behind, 0)

    def _levels(self, place: QRectF, scale: Scale, ink: Ink) -> Iterator[Label]:
        font = ink.font(SMALL)
        height = height_of(font)
        for level in LEVELS:
            words = rate(level)
            width = width_of(words, font)
            left = scale.plot.left() - GRID - width
            area = QRectF(max(left, place.left()), scale.y(level) - height / 2, width, height)
            yield Label(words, area, SMALL, strong=False, quiet=True)

    def _days(self, scale: Scale, ink: Ink) -> Iterator[Label]:
        font = ink.font(SMALL)
        top = scale.plot.bottom() + GRID
        for tick in scale.ticks(font):
            area = QRectF(tick.left, top, tick.width, height_of(font))
            yield Label(tick.words, area, SMALL, strong=False, quiet=not tick.major)

    def _drawn(self, scale: Scale, marks: tuple[Mark, ...]) -> list[list[QPointF]]:
        """Return the lines of the plot that words keep clear of."""
        points = [scale.at(mark.day, mark.percent) for mark in marks]
        drawn = [points]
        if len(points) > 1:  # the edge of the wash
            drawn.append([points[-1], QPointF(points[-1].x(), scale.plot.bottom())])
        drawn.append([scale.at(self._frame.starts, 0), scale.at(self._frame.ends, FULL)])
        if self._midterm_seen():
            x = scale.x(self._frame.midterm)
            drawn.append([QPointF(x, scale.plot.top()), QPointF(x, scale.plot.bottom())])
        return drawn

    def _last(
        self, place: QRectF, scale: Scale, mark: Mark, taken: Obstacles, ink: Ink
    ) -> Iterator[Label]:
        """Yield the last value, large, and its day under it, where they cover least."""
        value, day = rate(mark.percent), plain_date(mark.day)
        small, plot = ink.font(SMALL), scale.plot
        room = place.right() - plot.left()
        size = LARGE if width_of(value, ink.font(LARGE, strong=True)) <= room / 2 else BODY
        font = ink.font(size, strong=True)
        with_day = width_of(day, small) <= room / 2
        width = max(width_of(value, font), width_of(day, small) if with_day else 0)
        height = height_of(font) + (height_of(small) if with_day else 0)
        bounds = QRectF(plot.left(), plot.top(), room, plot.height()).adjusted(0, -GRID, 0, 0)
        at = scale.at(mark.day, mark.percent)
        area = taken.least(around(at, width, height, _DOT + GRID, bounds))
        # Words at the left of the last mark stand against it.
        shift = 1 if area.right() < at.x() else 0
        left = area.left() + shift * (width - width_of(value, font))
        top = QRectF(left, area.top(), width_of(value, font), height_of(font))
        yield Label(value, top, size, strong=True, quiet=not mark.fresh)
        if with_day:
            left = area.left() + shift * (width - width_of(day, small))
            foot = QRectF(left, top.bottom(), width_of(day, small), height_of(small))
            yield Label(day, foot, SMALL, strong=False, quiet=True)

    def _midterm(self, place: QRectF, scale: Scale, taken: Obstacles, ink: Ink) -> Iterator[Label]:
        """Yield the name of the mid-term over its rule, or beside where that is at an edge."""
        if not self._midterm_seen():
            return
        words, font = _translated("mi-parcours"), ink.font(SMALL)
        width, height = width_of(words, font), height_of(font)
        top = scale.plot.top() - GRID - height
        bounds = QRectF(place.left(), top, place.width(), height + 1)
        x = scale.x(self._frame.midterm)
        centred = min(max(x - width / 2, bounds.left()), bounds.right() - width)
        lefts = (centred, x + GRID, x - GRID - width)
        candidates = (QRectF(left, top, width, height) for left in lefts)
        area = taken.first_free(area for area in candidates if bounds.contains(area))
        if area is not None:
            yield Label(words, area, SMALL, strong=False, quiet=True)

    def _values(
        self, scale: Scale, marks: tuple[Mark, ...], taken: Obstacles, ink: Ink
    ) -> Iterator[Label]:
        """Yield the values before the last one, over or under their marks."""
        if len(marks) > _MANY:
            return
        font = ink.font(SMALL)
        height = height_of(font)
        for mark in marks[:-1]:
            words = str(mark.percent)
            at, width = scale.at(mark.day, mark.percent), width_of(words, font)
            left = at.x() - width / 2
            tops = (at.y() - _DOT - 4 - height, at.y() + _DOT + 4)
            candidates = [QRectF(left, top, width, height) for top in tops]
            inside = scale.plot.adjusted(0, -GRID, 0, 0)
            area = taken.first_free(area for area in candidates if inside.contains(area))
            if area is not None:
                yield Label(words, area, SMALL, strong=False, quiet=True)

    def _pace(self, scale: Scale, taken: Obstacles, ink: Ink) -> Iterator[Label]:
        """Yield the name of the expected pace, under its line and as far on as there is room."""
        words, font = _translated("rythme attendu"), ink.font(SMALL)
        width, height = width_of(words, font), height_of(font)
        start, end = scale.at(self._frame.starts, 0), scale.at(self._frame.ends, FULL)
        way = end - start
        candidates = []
        for share in _ALONG:
            at = start + way * share
            candidates.append(QRectF(at.x() + GRID, at.y() + GRID / 2, width, height))
            candidates.append(
                QRectF(at.x() - GRID - width, at.y() - GRID / 2 - height, width, height)
            )
        inside = (area for area in candidates if scale.plot.contains(area))
        area = taken.first_free(inside)
        if area is not None:
            yield Label(words, area, SMALL, strong=False, quiet=True)


_ALONG = (0.84, 0.9, 0.78, 0.72, 0.66, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Where along the expected pace its name is tried, as shares."""


def _colour(label: Label, ink: Ink) -> QColor:
    return ink.quiet if label.quiet else ink.text


def _translated(words: str) -> str:
    return QCoreApplication.translate("Charts", words)
