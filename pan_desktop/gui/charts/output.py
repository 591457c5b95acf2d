"""Charts on paper: as pictures, as drawings, on a printer. Always light, on white."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from pan_desktop.app.written import replace
from pan_desktop.gui.charts.ink import SMALL, Ink
from pan_desktop.gui.charts.lettering import height_of, plain, write
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

    from pan_desktop.gui.charts.chart import Chart

WIDTH = 1120
"""Pixels of a picture's width, where nobody says how wide it is to be."""
MARGIN = 3 * GRID
SCALE = 2
"""Points of a picture in a pixel, so that it is sharp in a document and on a large screen."""
_DPI = 96
_PER_METRE = round(SCALE * _DPI / 0.0254)
_LEAST_WIDTH = 8 * MARGIN
_TRIES = 20
"""How often a page is laid out anew to make everything smaller."""
_FAMILY = re.compile(rb'font-family="([^"]*)"')
_FAMILIES = rb'font-family="\1, Noto Sans, Segoe UI, Helvetica, Arial, sans-serif"'


def picture(chart: Chart, width: float = WIDTH) -> QImage:
    """Return a chart as a picture of ``width`` pixels at twice their number.

    It tells its own size, so that a word processor does not take it for twice as large.
    """
    ink = Ink.paper()
    size = _size(chart, width, ink)
    image = QImage(size * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.setDotsPerMeterX(_PER_METRE)
    image.setDotsPerMeterY(_PER_METRE)
    image.fill(ink.ground)
    painter = QPainter(image)
    _paint(painter, chart, size, ink)
    painter.end()
    return image


def write_png(chart: Chart, path: Path, width: float = WIDTH) -> None:
    """Write a chart as a PNG picture. Raises FileUnwritableError; what stood there is kept."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture(chart, width).save(buffer, "PNG"):  # type: ignore[call-overload]  # the stub is wrong
        raise MemoryError("the picture cannot be encoded")
    buffer.close()
    replace(path, bytes(content.data()))


def write_svg(chart: Chart, path: Path, width: float = WIDTH) -> None:
    """Write a chart as an SVG drawing. Raises FileUnwritableError; what stood there is kept."""
    from PySide6.QtSvg import QSvgGenerator  # not at start

    ink = Ink.paper()
    size = _size(chart, width, ink)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_DPI)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(plain(chart.title))
    generator.setDescription("")
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), ink.ground)
    _paint(painter, chart, size, ink)
    painter.end()
    buffer.close()
    # Qt names one family only; a browser without it would take one with serifs.
    replace(path, _FAMILY.sub(_FAMILIES, bytes(content.data())))


def print_on(printer: QPrinter, chart: Chart) -> int:
    """Print a chart as wide as the page, over as many pages as it needs; return their number.

    Pages end where the chart says they may. What is taller than a page between two such places
    makes everything smaller. Returns 0 when the printer could not be begun.
    """
    page = printer.pageRect(printer.Unit.DevicePixel)
    painter = QPainter()
    if page.isEmpty() or not painter.begin(printer):
        return 0
    ink = Ink.paper()
    natural = printer.resolution() / _DPI
    foot = height_of(ink.font(SMALL)) + GRID
    cut = _cut(chart, page.width() / natural, page.height() / natural, foot, ink)
    scale = page.width() / cut.width
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    height = page.height() / scale
    for number, (top, bottom) in enumerate(cut.pages):
        if number:
            printer.newPage()
        painter.save()
        painter.setClipRect(QRectF(0, 0, cut.width, bottom - top))
        chart.paint(painter, QRectF(0, -top, cut.width, cut.pages[-1][1]), ink)
        painter.restore()
        if len(cut.pages) > 1:
            words = QCoreApplication.translate("Charts", "Page {}/{}")
            words = words.format(number + 1, len(cut.pages))
            line = QRectF(0, height - foot + GRID, cut.width, foot - GRID)
            write(painter, line, words, ink.font(SMALL), ink.quiet, right=True)
    painter.end()
    return len(cut.pages)


class _Cut(NamedTuple):
    """How wide a chart is laid out for a page, and from where to where each page goes."""

    width: float
    pages: tuple[tuple[float, float], ...]


def _cut(chart: Chart, width: float, height: float, foot: float, ink: Ink) -> _Cut:
    """Lay a chart out as large as it fits the page, its tallest part in one piece."""
    shape = height / width
    breaks, room = chart.breaks(width, ink), height - foot
    for _ in range(_TRIES):
        tallest = max(end - start for start, end in pairwise((0.0, *breaks)))
        if tallest <= room:
            break
        width *= max((tallest + foot) / (room + foot), 1.05)
        breaks, room = chart.breaks(width, ink), width * shape - foot
    return _Cut(width, _pages(breaks, room))


def _pages(breaks: tuple[float, ...], room: float) -> tuple[tuple[float, float], ...]:
    """Fill page after page with as much as it holds."""
    pages: list[tuple[float, float]] = []
    top = bottom = 0.0
    for end in breaks:
        if end - top > room and bottom > top:
            pages.append((top, bottom))
            top = bottom
        bottom = end
    return (*pages, (top, bottom))


def _size(chart: Chart, width: float, ink: Ink) -> QSize:
    """Return the whole size of a picture, in pixels."""
    wide = max(round(width), _LEAST_WIDTH)
    return QSize(wide, round(chart.height(wide - 2 * MARGIN, ink)) + 2 * MARGIN)


def _paint(painter: QPainter, chart: Chart, size: QSize, ink: Ink) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRectF(0, 0, size.width(), size.height())
    chart.paint(painter, whole.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN), ink)
