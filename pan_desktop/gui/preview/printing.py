"""The pages on paper: each painted as the preview shows it, all of them as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QPageSize, QPainter, QPen

from pan_desktop.gui.preview import looks
from pan_desktop.gui.preview.pages import Paper, paginated
from pan_desktop.gui.preview.pdf_text import mended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.app.paper import Document
    from pan_desktop.gui.preview.pages import Page

POINTS_PER_INCH = 72


def foot_of(pages: Sequence[Page], number: int) -> str:
    """Return what stands at the foot of a page, counted from 0: "Page 1/3"."""
    words = QCoreApplication.translate("PreviewView", "Page {}/{}")
    return words.format(number + 1, len(pages))


def paint_page(painter: QPainter, pages: Sequence[Page], number: int) -> None:
    """Paint one page, counted from 0, its corner at the painter's own; lengths are units."""
    for piece in pages[number]:
        piece.box.paint(painter, QPointF(looks.MARGIN, looks.MARGIN + piece.y), piece.part)
    top = looks.PAGE_HEIGHT - looks.FOOTER - 70
    painter.setPen(QPen(looks.RULE, 2))
    painter.drawLine(QPointF(looks.MARGIN, top), QPointF(looks.PAGE_WIDTH - looks.MARGIN, top))
    painter.setPen(looks.FOOT.colour)
    painter.setFont(looks.FOOT.font())
    place = QRectF(looks.MARGIN, top + 20, looks.TEXT_WIDTH, 60)
    painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, foot_of(pages, number))


def pdf(document: Document) -> bytes:
    """Return a document as a PDF of the pages that the preview shows, its fonts in it.

    It needs Qt's application, no window; any thread may call it.
    """
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice  # not at start
    from PySide6.QtGui import QPdfWriter

    pages = paginated(Paper().boxes(document.blocks, document.typography))
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(POINTS_PER_INCH * looks.UNIT)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(document.properties.title)
    writer.setAuthor(document.properties.author)
    writer.setCreator("PAN Desktop")
    painter = QPainter(writer)
    for number in range(len(pages)):
        if number:
            writer.newPage()
        paint_page(painter, pages, number)
    painter.end()
    buffer.close()
    return mended(bytes(content.data()), document.properties.language)
