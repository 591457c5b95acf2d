"""How the parts of the paper look: the same sizes and spaces as the Word template's styles.

Lengths are in units of a quarter of a point, so that font sizes are whole numbers and a layout
holds for any zoom. The template itself is made by build_spec/make_template.py.
"""

from __future__ import annotations

from functools import lru_cache
from threading import get_ident
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont

from pan_desktop.app.paper import Typography, number_mark

UNIT = 4
"""Units in a point."""

PAGE_WIDTH, PAGE_HEIGHT = 2381, 3368
"""A4."""
MARGIN = 283
FOOTER = 142
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TEXT_HEIGHT = PAGE_HEIGHT - 2 * MARGIN

INK, GREY = QColor("#1F3864"), QColor("#595959")
SHADE, RULE = QColor("#E7ECF4"), QColor("#A6B1C5")
BLACK = QColor("#000000")

_FAMILIES = ["Calibri", "Carlito", "Arial", "Liberation Sans"]


class Look(NamedTuple):
    """How a paragraph looks; sizes in half-points, spaces in units, lines as a factor."""

    size: int = 22
    bold: bool = False
    colour: QColor = BLACK
    before: int = 0
    after: int = 24
    spacing: float = 1.1
    centred: bool = False
    left: int = 0
    """Where the text begins."""
    hanging: int = 0
    """How far before it the mark of a list stands."""
    keep: bool = False
    """Whether it stays on the page of what follows."""
    rule: bool = False
    """Whether a line is drawn under it."""

    def font(self, *, bold: bool = False, italic: bool = False) -> QFont:
        """Return the look's font."""
        return _font(self.size, self.bold or bold, italic, get_ident())


TITLE = Look(34, True, INK, 0, 12, 1.0, centred=True, keep=True)
SUBTITLE = Look(28, False, INK, 0, 104, 1.0, centred=True, keep=True, rule=True)
HEADINGS = (
    Look(26, True, INK, 56, 16, 1.0, keep=True),
    Look(23, True, INK, 48, 16, 1.0, keep=True),
    Look(22, True, INK, 40, 12, 1.0, keep=True),
)
NORMAL = Look()
HALF_LEFT = TEXT_WIDTH // 2
APART = 96
CELL = Look(21, after=12, spacing=1.05)
CELL_CENTRED = CELL._replace(centred=True)
CELL_HEADER = CELL._replace(bold=True, colour=INK, centred=True)
FOOT = Look(18, colour=GREY, after=0, spacing=1.0, centred=True)

CELL_TOP, CELL_SIDE, CELL_BOTTOM = 17, 23, 6
BEFORE_TABLE, AFTER_TABLE = 28, 40


class ListLook(NamedTuple):
    """How the lists of one kind are indented and marked."""

    marks: tuple[str, ...]
    left: int
    step: int
    hanging: int
    base: Look

    def item(self, level: int) -> Look:
        """Return how an entry of a level looks."""
        return self.base._replace(left=self.left + level * self.step, hanging=self.hanging)

    def mark(self, level: int, number: int | None) -> str:
        """Return the bullet of a level, or a number as that level writes it."""
        if number is None:
            return self.marks[level % len(self.marks)]
        return number_mark(level, number)


_DASH, _EN_DASH, _BULLET = ("-",), ("\u2013", "\u2022"), ("\u2013", "\u2022")
_LISTED = Look(after=8, spacing=1.08)


def list_look(style: Typography, *, in_cell: bool, numbered: bool) -> ListLook:
    """Return how lists look in a style, on the page or in a cell."""
    marks = _DASH if style is Typography.FIDELE else _EN_DASH
    if in_cell:
        base = CELL._replace(after=12 if numbered else 8, spacing=1.08)
        places = (79, 68, 68) if numbered else (51, 51, 40)
    else:
        base, places = _LISTED, ((136, 79, 79) if numbered else (113, 79, 57))
    return ListLook(marks, *places, base)


@lru_cache(maxsize=128)
def _font(half_points: int, bold: bool, italic: bool, _thread: int) -> QFont:
    # One a thread: a PDF is painted beside the window, and a font keeps its engine inside.
    font = QFont()
    font.setFamilies(_FAMILIES)
    font.setPixelSize(half_points * UNIT // 2)
    font.setBold(bold)
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    # Calibri joins "ti" and "tt" into signs that are no characters: in a PDF they could not be
    # copied or searched. Word joins none either.
    for feature in ("liga", "clig"):
        font.setFeature(QFont.Tag.fromString(feature), 0)
    return font
