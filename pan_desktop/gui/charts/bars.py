"""Level bars, one under the other: the value, where it stood before, and the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QRectF

from pan_desktop.gui.charts.chart import Spot, Stop, named, rate
from pan_desktop.gui.charts.data import FULL, bars_table
from pan_desktop.gui.charts.key import Head, Item, Sign
from pan_desktop.gui.charts.lettering import (
    height_of,
    shortened,
    width_of,
    write,
    write_title,
)
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from pan_desktop.gui.charts.data import Bar, Table
    from pan_desktop.gui.charts.ink import Ink

STACKED_BELOW = 520
"""Narrower than this, a title stands above its bar and not beside it."""
_BAR = 1.5 * GRID
_TICK = 2.5 * GRID
_ROW = 4.5 * GRID
_LEAST_TITLE = 12 * GRID


class Row(NamedTuple):
    """One bar and the places of what is painted for it."""

    bar: Bar
    area: QRectF
    label: QRectF
    title: QRectF
    track: QRectF
    """From 0 to 100 %."""
    value: QRectF
    change: QRectF


class Bars:
    """Bars of axes or of commitments, in the order they are given."""

    def __init__(self, bars: Sequence[Bar], title: str = "") -> None:
        """Show ``bars``."""
        self.title = title
        self._bars = tuple(bars)

    def height(self, width: float, ink: Ink) -> float:
        """Return how high it is when it is so wide."""
        rows = max(len(self._bars), 1)
        return self._head().height(width, ink) + rows * _row_height(width, ink)

    def breaks(self, width: float, ink: Ink) -> tuple[float, ...]:
        """Return where a page may end: under each row."""
        head, step = self._head().height(width, ink), _row_height(width, ink)
        return tuple(head + (n + 1) * step for n in range(max(len(self._bars), 1)))

    def table(self) -> Table:
        """Return one row a bar."""
        return bars_table(self._bars)

    def spots(self, place: QRectF, ink: Ink) -> tuple[Spot, ...]:
        """Return the rows; each bar is opened by its label."""
        return tuple(
            Spot(row.area, (Stop(self._end(row).center(), _words(row.bar), row.bar.label),))
            for row in self.rows(place, ink)
        )

    def paint(self, painter: QPainter, place: QRectF, ink: Ink) -> None:
        """Paint the rows in sight."""
        seen = painter.clipBoundingRect() if painter.hasClipping() else None
        head = self._head()
        head.paint(painter, place, ink)
        for row in self.rows(place, ink):
            if seen is None or seen.intersects(row.area):
                self._paint_row(painter, row, ink)
        if not self._bars:
            y = place.top() + head.height(place.width(), ink)
            where = QRectF(place.left(), y, place.width(), height_of(ink.font()))
            write(painter, where, _translated("Aucune donnée."), ink.font(), ink.quiet)

    def rows(self, place: QRectF, ink: Ink) -> tuple[Row, ...]:
        """Return where everything is in a place; its height does not matter."""
        y = place.top() + self._head().height(place.width(), ink)
        step = _row_height(place.width(), ink)
        layout = self._stacked if place.width() < STACKED_BELOW else self._beside
        return tuple(
            layout(bar, QRectF(place.left(), y + number * step, place.width(), step), ink)
            for number, bar in enumerate(self._bars)
        )

    def _beside(self, bar: Bar, area: QRectF, ink: Ink) -> Row:
        """Lay out a row as columns: number, title, bar, value, change."""
        label = self._label_width(area.width(), ink)
        indent = label + GRID if label else 0
        widest = max(width_of(each.title, ink.font()) for each in self._bars)
        title = min(max(widest, _LEAST_TITLE), area.width() * 0.4 - indent)
        value, change = self._figure_widths(ink)
        left = area.left() + indent + title + 2 * GRID
        right = area.right() - value - change
        line = QRectF(area.left(), 0, 0, height_of(ink.font()))
        line.moveTop(area.center().y() - line.height() / 2)
        return Row(
            bar=bar,
            area=area,
            label=_column(line, area.left(), label),
            title=_column(line, area.left() + indent, title),
            track=QRectF(left, area.center().y() - _BAR / 2, max(right - left, 0), _BAR),
            value=_column(line, right, value),
            change=_column(line, right + value, change),
        )

    def _stacked(self, bar: Bar, area: QRectF, ink: Ink) -> Row:
        """Lay out a row as two lines: the words and figures, and the bar under them."""
        label = self._label_width(area.width(), ink)
        indent = label + GRID if label else 0
        value, change = self._figure_widths(ink)
        line = QRectF(area.left(), area.top(), 0, height_of(ink.font()))
        right = area.right() - value - change
        title = max(right - area.left() - indent, 0)
        foot = line.bottom() + GRID / 2 + (_TICK - _BAR) / 2
        return Row(
            bar=bar,
            area=area,
            label=_column(line, area.left(), label),
            title=_column(line, area.left() + indent, title),
            track=QRectF(area.left(), foot, area.width(), _BAR),
            value=_column(line, right, value),
            change=_column(line, right + value, change),
        )

    def _paint_row(self, painter: QPainter, row: Row, ink: Ink) -> None:
        body, strong = ink.font(), ink.font(strong=True)
        label = shortened(row.bar.label, strong, row.label.width())
        write(painter, row.label, label, strong, ink.accent)
        write_title(painter, row.title, row.bar.title, body, ink.text)
        painter.fillRect(row.track, ink.faint)
        painter.fillRect(_part(row.track, 0, row.bar.percent), ink.accent)
        if row.bar.before is not None:
            _paint_before(painter, row, ink)
        write(painter, row.value, rate(row.bar.percent), strong, ink.text, right=True)
        write(painter, row.change, row.bar.change, body, ink.quiet, right=True)

    def _end(self, row: Row) -> QRectF:
        """Return the end of a bar, where it is pointed at."""
        return _part(row.track, row.bar.percent, row.bar.percent)

    def _head(self) -> Head:
        items: tuple[Item, ...] = ()
        if any(bar.before is not None for bar in self._bars):
            items = (
                Item(Sign.BEFORE, _translated("à la réunion précédente")),
                Item(Sign.NONE, _translated("+5\u00a0: écart en points depuis")),
            )
        return Head(self.title, items)

    def _label_width(self, width: float, ink: Ink) -> float:
        font = ink.font(strong=True)
        widest = max((width_of(bar.label, font) for bar in self._bars), default=0)
        return min(widest, width / 4)

    def _figure_widths(self, ink: Ink) -> tuple[float, float]:
        """Return the columns of values and of changes; no change at all takes no room."""
        value = width_of(rate(FULL), ink.font(strong=True)) + 2 * GRID
        change = max((width_of(bar.change, ink.font()) for bar in self._bars), default=0)
        return value, change + 2 * GRID if change else 0


def _paint_before(painter: QPainter, row: Row, ink: Ink) -> None:
    """Paint the thin mark of the value before, with air so that it is seen on its own bar."""
    assert row.bar.before is not None
    place = _part(row.track, row.bar.before, row.bar.before)
    x = min(max(place.left(), row.track.left() + 1), row.track.right() - 1)
    mark = QRectF(round(x) - 1, row.track.center().y() - _TICK / 2, 2, _TICK)
    painter.fillRect(mark.adjusted(-1, 0, 1, 0), ink.ground)
    painter.fillRect(mark, ink.text)


def _part(track: QRectF, start: int, end: int) -> QRectF:
    """Return a part of a track, in percents; what is beyond it ends with it."""
    first, last = (min(max(value, 0), FULL) / FULL * track.width() for value in (start, end))
    return QRectF(track.left() + first, track.top(), last - first, track.height())


def _column(line: QRectF, left: float, width: float) -> QRectF:
    return QRectF(left, line.top(), width, line.height())


def _row_height(width: float, ink: Ink) -> float:
    """Return the height of a row with the air around it."""
    if width < STACKED_BELOW:
        return height_of(ink.font()) + GRID / 2 + _TICK + 1.5 * GRID
    return max(_ROW, height_of(ink.font()) + GRID)


def _words(bar: Bar) -> str:
    """Return "7. Portail : 45 % (40 % à la réunion précédente, +5)"."""
    said = _translated("{}\u00a0: {}").format(named(bar.label, bar.title), rate(bar.percent))
    if bar.before is None:
        return said
    before = _translated("{} à la réunion précédente, {}").format(rate(bar.before), bar.change)
    return f"{said} ({before})"


def _translated(words: str) -> str:
    return QCoreApplication.translate("Charts", words)
