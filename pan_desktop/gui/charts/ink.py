"""The colours and letters that charts are painted with, from a palette, on screen and on paper.

Every colour is one of the palette's, or a mixture of two: none is written here, so that whatever
is readable in the window is readable in its charts.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette

from pan_desktop.gui import theme

SMALL, BODY, HEADING, FIGURE, LARGE = 0.875, 1.0, 1.25, 1.75, 2.5
"""Sizes of letters, as parts of the body's."""

_LEAST = 12.0
"""Pixels of body text, where the desktop's own would be smaller."""


class Ink(NamedTuple):
    """What to paint with. Lengths are pixels of 1/96 inch, whatever they are painted on."""

    ground: QColor
    text: QColor
    quiet: QColor
    """Words that are not the matter."""
    pace: QColor
    """Lines that are compared with: seen, and weaker than what is compared."""
    rule: QColor
    """The foot of a plot."""
    midterm: QColor
    faint: QColor
    """Lines of a scale."""
    accent: QColor
    soft: QColor
    """The accent as a wash."""
    family: str
    body: float
    """Pixels of body text."""

    @classmethod
    def of(cls, palette: QPalette, font: QFont | None = None) -> Ink:
        """Return the ink of a palette, in letters like ``font``, else like the application's."""
        role = QPalette.ColorRole
        info = QFontInfo(QGuiApplication.font() if font is None else font)
        ground = palette.color(role.Base)
        text = mixed(palette.color(role.Text), ground, 1)
        quiet = mixed(palette.color(role.PlaceholderText), ground, 1)
        accent = mixed(palette.color(role.Accent), ground, 1)
        return cls(
            ground=ground,
            text=text,
            quiet=quiet,
            pace=mixed(quiet, ground, 0.6),
            rule=mixed(text, ground, 0.28),
            midterm=mixed(text, ground, 0.18),
            faint=mixed(text, ground, 0.1),
            accent=accent,
            soft=mixed(accent, ground, 0.12),
            family=info.family(),
            body=max(float(info.pixelSize()), _LEAST),
        )

    @classmethod
    def paper(cls) -> Ink:
        """Return the ink of everything printed or written: the light look, on white."""
        return cls.of(theme.palette(dark=False))

    def font(self, size: float = BODY, *, strong: bool = False) -> QFont:
        """Return letters of a size.

        In pixels, and not fitted to a screen's: a page laid out here is the same on a printer.
        """
        font = QFont(self.family)
        font.setPixelSize(max(round(self.body * size), 1))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font


def mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """Return ``share`` of a colour on a ground, opaque; a see-through one lets the ground in."""
    share *= colour.alphaF()
    parts = (
        round(over * share + under * (1 - share))
        for over, under in zip(_parts(colour), _parts(ground), strict=True)
    )
    return QColor(*parts)


def _parts(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
