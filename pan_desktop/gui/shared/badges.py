"""The small round sign of somebody else: her initials on a colour of her own.

The initials say who it is; the colour only helps to find the same person again.
"""

from __future__ import annotations

from zlib import crc32

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

SIZE = 20
"""How large a sign is, in pixels."""
_TITLES = frozenset({"m", "mr", "mme", "mlle", "dr", "pr"})
# White letters stand out from each of them (4.5 : 1 at least), and each from both palettes.
_COLOURS = ("#8a4b0f", "#6a4fc3", "#0f7160", "#a8327a", "#6e6200", "#1f6fb2")


def initials(name: str) -> str:
    """Return at most two capital letters for a name: "SA" for "Mme Salma AZROUNI"."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    words = [word for word in words if word.rstrip(".").casefold() not in _TITLES] or words
    if not words:
        return "?"
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


def colour_of(name: str) -> QColor:
    """Return the colour of a person, the same on every machine."""
    return QColor(_COLOURS[crc32(name.casefold().encode()) % len(_COLOURS)])


def paint_badge(painter: QPainter, area: QRectF, name: str) -> None:
    """Paint a person's sign into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour_of(name))
    painter.drawEllipse(area)
    font = QFont(painter.font())
    font.setPixelSize(max(8, round(area.height() * 0.48)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor("#ffffff"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


def badge(name: str, ratio: float = 1.0) -> QPixmap:
    """Return a person's sign as a picture, for a screen of that ratio of pixels."""
    made = QPixmap(round(SIZE * ratio), round(SIZE * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_badge(painter, QRectF(0.5, 0.5, SIZE - 1, SIZE - 1), name)
    painter.end()
    return made
