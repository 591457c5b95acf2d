"""Words in charts: measured, wrapped and shortened to their place, in either direction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from pan_desktop.app.paper import runs_right_to_left

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont, QPainter

_GAPS = re.compile(" +")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def width_of(text: str, font: QFont) -> float:
    """Return how wide a line of text is."""
    return QFontMetricsF(font).horizontalAdvance(text)


def height_of(font: QFont) -> float:
    """Return how high a line is."""
    return QFontMetricsF(font).height()


def plain(text: str) -> str:
    """Return ``text`` as one line, without what XML cannot hold and no letter shows.

    Only spaces that may break become one: a no-break one is there for a reason.
    """
    return _GAPS.sub(" ", _CONTROLS.sub(" ", text)).strip(" ")


def shortened(text: str, font: QFont, width: float) -> str:
    """Return ``text`` as one line no wider than ``width``, with "…" where it was cut."""
    text = plain(text)
    if width_of(text, font) <= width:
        return text
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))


def wrapped(text: str, font: QFont, width: float, most: int) -> tuple[str, ...]:
    """Return ``text`` as at most ``most`` lines no wider than ``width``, the last one cut."""
    text = plain(text)
    if not text:
        return ()
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    starts: list[int] = []
    layout.beginLayout()
    while len(starts) <= most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        starts.append(line.textStart())
    layout.endLayout()
    encoded = text.encode("utf-16-le")  # Qt counts in halves of what lies outside the first plane
    ends = [*starts[1:most], len(encoded) // 2]
    pieces = (
        encoded[2 * start : 2 * end].decode("utf-16-le")
        for start, end in zip(starts[:most], ends, strict=True)
    )
    return tuple(shortened(piece, font, width) for piece in pieces)


def write(
    painter: QPainter,
    place: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    right: bool = False,
    centre: bool = False,
) -> None:
    """Write one line in the middle of the height of ``place``, at its left unless told."""
    painter.setFont(font)
    painter.setPen(colour)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    spare = place.width() - width
    x = place.left() + (spare if right else spare / 2 if centre else 0)
    y = place.center().y() + (metrics.ascent() - metrics.descent()) / 2
    turned = runs_right_to_left(text)
    before = painter.layoutDirection()
    painter.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight
    )
    painter.drawText(QPointF(x, y), text)
    painter.setLayoutDirection(before)


def write_title(
    painter: QPainter, place: QRectF, text: str, font: QFont, colour: QColor, *, most: int = 1
) -> None:
    """Write someone's words from the top of ``place``, in at most ``most`` lines.

    They stand at its left, or at its right when they run from there.
    """
    turned = runs_right_to_left(text)
    step = height_of(font)
    for number, line in enumerate(wrapped(text, font, place.width(), most)):
        row = QRectF(place.left(), place.top() + number * step, place.width(), step)
        write(painter, row, _kept_turned(line) if turned else line, font, colour, right=turned)


def _kept_turned(line: str) -> str:
    """Let a line that begins with a foreign word run from right to left as the others do."""
    return line if runs_right_to_left(line) else f"\u200f{line}"


def hairline(painter: QPainter, start: QPointF, end: QPointF, colour: QColor) -> None:
    """Paint a level or upright line one pixel wide, on whole pixels, so that it is not blurred."""
    left, top = round(min(start.x(), end.x())), round(min(start.y(), end.y()))
    width = max(round(abs(end.x() - start.x())), 1)
    height = max(round(abs(end.y() - start.y())), 1)
    painter.fillRect(QRectF(left, top, width, height), colour)
