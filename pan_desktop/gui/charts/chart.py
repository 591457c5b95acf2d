"""What every chart can do: say how high it is, paint itself, tell its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QCoreApplication

from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.typography import Typography, percent

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF, QRectF
    from PySide6.QtGui import QPainter

    from pan_desktop.gui.charts.data import Mark, Table
    from pan_desktop.gui.charts.ink import Ink


class Stop(NamedTuple):
    """One figure that can be pointed at: where it is painted, what it says, what it opens.

    What says that there is no figure is painted nowhere.
    """

    at: QPointF | None
    words: str
    key: str


class Spot(NamedTuple):
    """A part of a chart that the keyboard goes to, with its figures from the oldest on."""

    area: QRectF
    stops: tuple[Stop, ...]


class Chart(Protocol):
    """A chart of some data. It is laid out afresh for each place it is painted in."""

    @property
    def title(self) -> str:
        """Return its heading, empty for none."""

    def height(self, width: float, ink: Ink) -> float:
        """Return how high it is when it is so wide."""

    def paint(self, painter: QPainter, place: QRectF, ink: Ink) -> None:
        """Paint it into a place as high as ``height`` said; only what is in the clip, if any."""

    def spots(self, place: QRectF, ink: Ink) -> tuple[Spot, ...]:
        """Return what can be pointed at, as it is read; each has a figure at least."""

    def breaks(self, width: float, ink: Ink) -> tuple[float, ...]:
        """Return how far from its top a page may end; its whole height is the last."""

    def table(self) -> Table:
        """Return the figures behind it, the first row naming the columns."""


def rate(value: int) -> str:
    """Return a rate as it is written everywhere in the window: "84 %"."""
    return percent(value, Typography.SOIGNE)


def mark_words(mark: Mark) -> str:
    """Return "45 % le 1er mars 2030", and whether it was only carried over."""
    said = QCoreApplication.translate("Charts", "{} le {}").format(
        rate(mark.percent), plain_date(mark.day)
    )
    if mark.fresh:
        return said
    return QCoreApplication.translate("Charts", "{}, taux repris faute de nouvelles").format(said)


def named(label: str, title: str) -> str:
    """Return "7. Portail d’intégrité", or what there is of it."""
    return f"{label}. {title}" if label and title else label or title
