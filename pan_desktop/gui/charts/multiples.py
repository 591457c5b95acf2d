"""Small multiples: a small panel for each commitment, all on one scale, axis by axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from pan_desktop.domain.calendar import MONTHS
from pan_desktop.gui.charts.chart import Spot, Stop, mark_words, named, rate
from pan_desktop.gui.charts.data import FULL, groups_table
from pan_desktop.gui.charts.ink import FIGURE, HEADING, SMALL
from pan_desktop.gui.charts.key import Head, Item, Sign
from pan_desktop.gui.charts.lettering import (
    hairline,
    height_of,
    shortened,
    width_of,
    write,
    write_title,
)
from pan_desktop.gui.charts.scale import Scale, Span
from pan_desktop.gui.charts.signs import DOT, dot_radius, pace_pen, paint_line, under
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QFont, QPainter

    from pan_desktop.gui.charts.data import Frame, Group, Line, Mark, Table
    from pan_desktop.gui.charts.ink import Ink

LEAST_PANEL, WIDEST_PANEL = 200, 480
GAP = 4 * GRID
"""Between panels side by side, and between one row and the next."""
_PLOT = 8 * GRID
_UNDER = 2
_TITLE_LINES = 2
_LINE = 1.75


class Heading(NamedTuple):
    """The title of an axis and the room it has."""

    title: str
    area: QRectF


class Panel(NamedTuple):
    """One commitment and the places of what is painted for it."""

    line: Line
    area: QRectF
    label: QRectF
    title: QRectF
    value: QRectF
    plot: QRectF
    note: QRectF


class Layout(NamedTuple):
    """Where everything is."""

    headings: tuple[Heading, ...]
    panels: tuple[Panel, ...]
    breaks: tuple[float, ...]
    """Where a page may end; the last one is the foot of all."""


class Multiples:
    """The commitments of a plan, each in its panel. It flows to the width it is given."""

    def __init__(self, groups: Sequence[Group], frame: Frame, title: str = "") -> None:
        """Show ``groups`` along the calendar of their plan."""
        self.title = title
        self._groups = tuple(groups)
        self._frame = frame
        self._lines = tuple(line for group in self._groups for line in group.lines)
        self._span = Span.over(frame, self._lines)

    def height(self, width: float, ink: Ink) -> float:
        """Return how high it is when it is so wide."""
        return self.breaks(width, ink)[-1]

    def breaks(self, width: float, ink: Ink) -> tuple[float, ...]:
        """Return where a page may end: under a row of panels, never under a heading."""
        return self.layout(QRectF(0, 0, width, 0), ink).breaks

    def table(self) -> Table:
        """Return one row a mark."""
        return groups_table(self._groups)

    def spots(self, place: QRectF, ink: Ink) -> tuple[Spot, ...]:
        """Return the panels; each has its marks as figures, or the word that it has none."""
        return tuple(self._spot(panel) for panel in self.layout(place, ink).panels)

    def paint(self, painter: QPainter, place: QRectF, ink: Ink) -> None:
        """Paint the panels in sight."""
        seen = painter.clipBoundingRect() if painter.hasClipping() else None
        self._head().paint(painter, place, ink)
        layout = self.layout(place, ink)
        for heading in layout.headings:
            _paint_heading(painter, heading, ink)
        for panel in layout.panels:
            if seen is None or seen.intersects(panel.area):
                self._paint_panel(painter, panel, ink)
        if not self._lines:
            y = place.top() + self._head().height(place.width(), ink)
            row = QRectF(place.left(), y, place.width(), height_of(ink.font()))
            write(painter, row, _translated("Aucun engagement."), ink.font(), ink.quiet)

    def layout(self, place: QRectF, ink: Ink) -> Layout:
        """Return where everything is in a place; its height does not matter."""
        headings: list[Heading] = []
        panels: list[Panel] = []
        breaks: list[float] = []
        columns, width = self._columns(place.width())
        label = self._label_width(ink, width)
        step = _panel_height(ink)
        y = place.top() + self._head().height(place.width(), ink)
        for group in self._groups:
            if not group.lines:
                continue
            y += GAP if breaks else 0
            if group.title:
                area = QRectF(place.left(), y, place.width(), _heading_height(ink))
                headings.append(Heading(group.title, area))
                y = area.bottom() + 2 * GRID
            for number, line in enumerate(group.lines):
                column = number % columns
                if number and not column:
                    y += step + 3 * GRID
                    breaks.append(y - 1.5 * GRID - place.top())
                area = QRectF(place.left() + column * (width + GAP), y, width, step)
                panels.append(_panel(line, area, label, ink))
            y += step
            breaks.append(y + GAP / 2 - place.top())
        foot = y - place.top() + (0 if breaks else 3 * GRID)
        return Layout(tuple(headings), tuple(panels), (*breaks[:-1], foot))

    def _columns(self, width: float) -> tuple[int, float]:
        """Return how many panels stand side by side, and their width.

        As few as give the same number of rows, so that a row is not followed by a short one
        where both could have been even.
        """
        fit = max(int((width + GAP) // (LEAST_PANEL + GAP)), 1)
        sizes = [len(group.lines) for group in self._groups] or [0]

        def rows(columns: int) -> int:
            return sum(-(-size // columns) for size in sizes)

        fewest = next(n for n in range(1, fit + 1) if rows(n) == rows(fit))
        # Panels wider than they need be would leave the eye without hold: more of them instead.
        most = min(fit, max(sizes))
        while fewest < most and (width + GAP) / fewest - GAP > WIDEST_PANEL:
            fewest += 1
        return fewest, max(min((width + GAP) / fewest - GAP, WIDEST_PANEL), 0)

    def _label_width(self, ink: Ink, panel: float) -> float:
        """Return the room of the numbers: the same in all panels, so that titles align."""
        font = ink.font(strong=True)
        widest = max((width_of(line.label, font) for line in self._lines), default=0)
        return min(widest, panel / 4)

    def _head(self) -> Head:
        first, last = self._frame.starts, self._frame.ends
        scale = _translated("De 0 à 100\u00a0%, de {} à {}").format(_month(first), _month(last))
        items = [Item(Sign.NONE, scale), Item(Sign.FRESH, _translated("taux renseigné"))]
        if any(not mark.fresh for line in self._lines for mark in line.marks):
            items.append(Item(Sign.CARRIED, _translated("taux repris, faute de nouvelles")))
        items.append(Item(Sign.PACE, _translated("rythme attendu")))
        if self._midterm_seen():
            items.append(Item(Sign.RULE, _translated("mi-parcours")))
        return Head(self.title, items if self._lines else ())

    def _midterm_seen(self) -> bool:
        return self._span.first <= self._frame.midterm <= self._span.last

    def _scale(self, plot: QRectF) -> Scale:
        """Return the scale of a panel: the marks stay inside of it whole."""
        return Scale(self._span, plot.adjusted(DOT, DOT, -DOT, -DOT))

    def _spot(self, panel: Panel) -> Spot:
        line, scale = panel.line, self._scale(panel.plot)
        name = named(line.label, line.title)
        note = f" ({line.note})" if line.note else ""
        stops = tuple(
            Stop(
                scale.at(mark.day, mark.percent),
                _translated("{}\u00a0: {}").format(name, mark_words(mark)) + note,
                line.key,
            )
            for mark in line.in_order
        )
        silent = _translated("{}\u00a0: sans donnée").format(name) + note
        return Spot(panel.area, stops or (Stop(None, silent, line.key),))

    def _paint_panel(self, painter: QPainter, panel: Panel, ink: Ink) -> None:
        line, strong = panel.line, ink.font(strong=True)
        label = shortened(line.label, strong, panel.label.width())
        write(painter, panel.label, label, strong, ink.accent)
        write_title(painter, panel.title, line.title, ink.font(), ink.text, most=_TITLE_LINES)
        note = ink.font(SMALL)
        write_title(painter, panel.note, line.note, note, ink.quiet)
        marks = line.in_order
        if marks:
            _paint_value(painter, panel.value, marks[-1], ink)
        self._paint_plot(painter, panel.plot, marks, ink)

    def _paint_plot(
        self, painter: QPainter, plot: QRectF, marks: tuple[Mark, ...], ink: Ink
    ) -> None:
        scale = self._scale(plot)
        inner = scale.plot
        points = [scale.at(mark.day, mark.percent) for mark in marks]
        if len(points) > 1:
            painter.fillPath(under(points, inner.bottom()), ink.soft)
        top, foot = inner.top(), inner.bottom()
        hairline(painter, QPointF(plot.left(), top), QPointF(plot.right(), top), ink.faint)
        if self._midterm_seen():
            x = scale.x(self._frame.midterm)
            hairline(painter, QPointF(x, top), QPointF(x, foot), ink.midterm)
        hairline(painter, QPointF(plot.left(), foot), QPointF(plot.right(), foot), ink.rule)
        for x in scale.years():
            hairline(painter, QPointF(x, foot), QPointF(x, foot + DOT), ink.rule)
        painter.setPen(pace_pen(ink))
        start, end = scale.at(self._frame.starts, 0), scale.at(self._frame.ends, FULL)
        painter.drawLine(start, end)
        if points:
            radius = dot_radius(points)
            paint_line(painter, points, marks, ink, width=_LINE, radius=radius)
        else:
            self._say_nothing_known(painter, inner, ink)

    def _say_nothing_known(self, painter: QPainter, inner: QRectF, ink: Ink) -> None:
        font = ink.font(SMALL)
        words = shortened(_translated("sans donnée"), font, inner.width())
        width = width_of(words, font) + 2 * GRID
        place = QRectF(0, 0, min(width, inner.width()), height_of(font))
        place.moveCenter(inner.center())
        painter.fillRect(place, ink.ground)  # the lines under the words would cross them out
        write(painter, place, words, font, ink.quiet, centre=True)


def _panel(line: Line, area: QRectF, label: float, ink: Ink) -> Panel:
    """Return the places in a panel: number, title, value; under them the plot and the note."""
    body, figure = height_of(ink.font()), ink.font(FIGURE, strong=True)
    head = _head_height(ink)
    value = min(width_of(str(FULL), figure) + _sign_width(ink), area.width() / 2)
    value = value if line.marks else 0
    left, top = area.left(), area.top()
    indent = label + GRID if label else 0
    # The small words stand on the line of the large figure.
    first = (height_of(figure) - body) / 2
    title = max(area.width() - indent - value - GRID, 0)
    plot_top = top + head + GRID
    return Panel(
        line=line,
        area=area,
        label=QRectF(left, top + first, label, body),
        title=QRectF(left + indent, top + first, title, _TITLE_LINES * body),
        value=QRectF(area.right() - value, top, value, height_of(figure)),
        plot=QRectF(left, plot_top, area.width(), _PLOT),
        note=QRectF(left, plot_top + _PLOT + _UNDER, area.width(), height_of(ink.font(SMALL))),
    )


def _head_height(ink: Ink) -> float:
    body, figure = height_of(ink.font()), height_of(ink.font(FIGURE, strong=True))
    return max((figure - body) / 2 + _TITLE_LINES * body, figure)


def _panel_height(ink: Ink) -> float:
    return _head_height(ink) + GRID + _PLOT + _UNDER + height_of(ink.font(SMALL))


def _heading_height(ink: Ink) -> float:
    return height_of(ink.font(HEADING, strong=True)) + GRID


def _paint_heading(painter: QPainter, heading: Heading, ink: Ink) -> None:
    font = ink.font(HEADING, strong=True)
    write_title(painter, heading.area, heading.title, font, ink.text)
    hairline(painter, heading.area.bottomLeft(), heading.area.bottomRight(), ink.rule)


def _sign_width(ink: Ink) -> float:
    return width_of("\u00a0%", ink.font())


def _paint_value(painter: QPainter, place: QRectF, mark: Mark, ink: Ink) -> None:
    """Write the last value large, its sign small; quiet when it is not this meeting's own."""
    figure = ink.font(FIGURE, strong=True)
    colour = ink.text if mark.fresh else ink.quiet
    sign = rate(mark.percent).removeprefix(str(mark.percent))
    left = place.adjusted(0, 0, -_sign_width(ink), 0)
    write(painter, left, str(mark.percent), figure, colour, right=True)
    body = ink.font()
    # Both on one line: what is written in the middle of its place would stand too high.
    drop = (_capital(figure) - _capital(body)) / 2
    write(painter, place.translated(0, drop), sign, body, ink.quiet, right=True)


def _capital(font: QFont) -> float:
    metrics = QFontMetricsF(font)
    return metrics.ascent() - metrics.descent()


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _translated(words: str) -> str:
    return QCoreApplication.translate("Charts", words)
