"""The head of a chart: its title, and one quiet line that says how its signs are read."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF

from pan_desktop.gui.charts.ink import HEADING, SMALL
from pan_desktop.gui.charts.lettering import (
    hairline,
    height_of,
    shortened,
    width_of,
    wrapped,
    write,
    write_title,
)
from pan_desktop.gui.charts.signs import DOT, dot, pace_pen
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPainter

    from pan_desktop.gui.charts.ink import Ink

_GAP = 3 * GRID
_TITLE_LINES = 3


class Sign(Enum):
    """What stands before the words of the key."""

    NONE = "none"
    FRESH = "fresh"
    CARRIED = "carried"
    PACE = "pace"
    RULE = "rule"
    BEFORE = "before"

    @property
    def width(self) -> float:
        """Return the room it takes, with the space behind it."""
        return _WIDTHS[self]


_WIDTHS = {
    Sign.NONE: 0.0,
    Sign.FRESH: 1.5 * GRID,
    Sign.CARRIED: 1.5 * GRID,
    Sign.PACE: 4.0 * GRID,
    Sign.RULE: 1.0 * GRID,
    Sign.BEFORE: 1.0 * GRID,
}


class Item(NamedTuple):
    """A sign and its meaning."""

    sign: Sign
    words: str


class Head(NamedTuple):
    """A title and a key; either may be empty."""

    title: str
    items: Sequence[Item]

    def height(self, width: float, ink: Ink) -> float:
        """Return how high it is, with the room under it; nothing when there is nothing to say."""
        rows = len(self._rows(width, ink))
        lines = len(wrapped(self.title, ink.font(HEADING, strong=True), width, _TITLE_LINES))
        if not rows and not lines:
            return 0
        between = GRID if rows and lines else 0
        return self._title_height(width, ink) + between + rows * _row_height(ink) + 2 * GRID

    def paint(self, painter: QPainter, place: QRectF, ink: Ink) -> None:
        """Paint it at the top of a place."""
        font = ink.font(HEADING, strong=True)
        write_title(painter, place, self.title, font, ink.text, most=_TITLE_LINES)
        title = self._title_height(place.width(), ink)
        y = place.top() + title + (GRID if title else 0)
        step = _row_height(ink)
        small = ink.font(SMALL)
        for row in self._rows(place.width(), ink):
            for x, item in row:
                left = place.left() + x
                _paint_sign(painter, item.sign, QPointF(left, y + step / 2), ink)
                words = QRectF(left + item.sign.width, y, place.width(), step)
                room = place.width() - x - item.sign.width
                write(painter, words, shortened(item.words, small, room), small, ink.quiet)
            y += step

    def _title_height(self, width: float, ink: Ink) -> float:
        font = ink.font(HEADING, strong=True)
        return len(wrapped(self.title, font, width, _TITLE_LINES)) * height_of(font)

    def _rows(self, width: float, ink: Ink) -> list[list[tuple[float, Item]]]:
        """Return the items by rows, each with where it begins."""
        rows: list[list[tuple[float, Item]]] = []
        for x, item in self._flow(width, ink):
            if x == 0:
                rows.append([])
            rows[-1].append((x, item))
        return rows

    def _flow(self, width: float, ink: Ink) -> Iterator[tuple[float, Item]]:
        x, font = 0.0, ink.font(SMALL)
        for item in self.items:
            taken = item.sign.width + width_of(item.words, font)
            if x and x + taken > width:
                x = 0.0
            yield x, item
            x += taken + _GAP


def _paint_sign(painter: QPainter, sign: Sign, middle: QPointF, ink: Ink) -> None:
    """Paint a sign whose left edge, at half its height, is at ``middle``."""
    x, y = middle.x(), middle.y()
    if sign in (Sign.FRESH, Sign.CARRIED):
        dot(painter, QPointF(x + DOT, y), DOT, ink, fresh=sign is Sign.FRESH)
    elif sign is Sign.PACE:
        painter.setPen(pace_pen(ink))
        painter.drawLine(QPointF(x, y + 3), QPointF(x + sign.width - GRID, y - 3))
    elif sign is Sign.RULE:
        hairline(painter, QPointF(x, y - 5), QPointF(x, y + 5), ink.rule)
    elif sign is Sign.BEFORE:
        painter.fillRect(QRectF(x, y - 5, 2, 10), ink.text)


def _row_height(ink: Ink) -> float:
    return height_of(ink.font(SMALL)) + GRID / 2
