"""Shows pages one under the other on a quiet ground, only those in sight painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from pan_desktop.gui.preview import looks
from pan_desktop.gui.preview.printing import paint_page
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pan_desktop.gui.preview.boxes import Box
    from pan_desktop.gui.preview.pages import Page

_GAP = 2 * GRID
_LEAST, _MOST, _STEP = 0.3, 3.0, 1.15
_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class PreviewView(QAbstractScrollArea):
    """The pages of a paper, as wide as there is room or as large as one wants them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a view of nothing."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Aperçu du relevé"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self._pages: Sequence[Page] = ()
        self._edited: Box | None = None
        self._zoom = 1.0

    @property
    def pages(self) -> Sequence[Page]:
        """Return the pages shown."""
        return self._pages

    def show_pages(self, pages: Sequence[Page], edited: Box | None = None) -> None:
        """Show pages; the box being edited is marked, and brought into sight when it is not."""
        self._pages = pages
        self._edited = edited
        self._measure()
        if edited is not None:
            self._bring_into_sight(edited)
        self.viewport().update()

    def text(self) -> str:
        """Return what the pages say, for tests and screen readers."""
        seen: dict[int, str] = {}
        for page in self._pages:
            for piece in page:
                seen.setdefault(id(piece.box), piece.box.text)
        return "\n".join(seen.values())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own
        """Paint the pages in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Mid))
        for number in range(len(self._pages)):
            place = self._place(number)
            if place.intersects(QRectF(event.rect())):
                self._paint_page(painter, number, place)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._measure()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._enlarge(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own
        """Zoom with Ctrl+Plus, Ctrl+Minus and Ctrl+0; walk with the keys of pages."""
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() in _STEPS:
                self._enlarge(_STEPS[Qt.Key(event.key())])
                return
            if event.key() == Qt.Key.Key_0:
                self._enlarge(0)
                return
        if event.key() == Qt.Key.Key_PageDown:
            bar.setValue(bar.value() + bar.pageStep())
        elif event.key() == Qt.Key.Key_PageUp:
            bar.setValue(bar.value() - bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _enlarge(self, step: int) -> None:
        """Show the pages larger or smaller; 0 fits them to the width again."""
        self._zoom = 1.0 if step == 0 else min(_MOST, max(_LEAST, self._zoom * _STEP**step))
        self._measure()
        self.viewport().update()

    @property
    def _scale(self) -> float:
        """Return how many pixels a unit takes."""
        room = max(self.viewport().width() - 2 * _GAP, 60)
        return room / looks.PAGE_WIDTH * self._zoom

    def _place(self, number: int) -> QRectF:
        """Return where a page stands in the viewport."""
        width, height = looks.PAGE_WIDTH * self._scale, looks.PAGE_HEIGHT * self._scale
        left = max((self.viewport().width() - width) / 2, _GAP)
        top = _GAP + number * (height + _GAP)
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRectF(left - scrolled.x(), top - scrolled.y(), width, height)

    def _measure(self) -> None:
        """Give the scroll bars the size of all pages."""
        height = looks.PAGE_HEIGHT * self._scale + _GAP
        whole = _GAP + len(self._pages) * height
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(room)
        bar.setSingleStep(40)
        bar.setRange(0, max(0, round(whole - room)))
        across = round(looks.PAGE_WIDTH * self._scale + 2 * _GAP - self.viewport().width())
        self.horizontalScrollBar().setRange(0, max(0, across))

    def _bring_into_sight(self, edited: Box) -> None:
        """Scroll no more than is needed to see the box being edited."""
        for number, page in enumerate(self._pages):
            for piece in page:
                if piece.box is not edited:
                    continue
                place = self._place(number)
                top = place.top() + (looks.MARGIN + piece.y) * self._scale
                foot = top + (piece.part[1] - piece.part[0]) * self._scale
                bar, room = self.verticalScrollBar(), self.viewport().height()
                if top < 0:
                    bar.setValue(bar.value() + round(top - room / 4))
                elif foot > room:
                    bar.setValue(bar.value() + round(foot - room * 3 / 4))
                return

    def _paint_page(self, painter: QPainter, number: int, place: QRectF) -> None:
        painter.fillRect(place, Qt.GlobalColor.white)
        painter.save()
        painter.setClipRect(place)
        painter.translate(place.topLeft())
        painter.scale(self._scale, self._scale)
        paint_page(painter, self._pages, number)
        for piece in self._pages[number]:
            if piece.box is self._edited:
                pen = QPen(self.palette().color(QPalette.ColorRole.Highlight), 10)
                painter.setPen(pen)
                left, top = looks.MARGIN - 40, looks.MARGIN + piece.y
                foot = top + piece.part[1] - piece.part[0]
                painter.drawLine(QPointF(left, top), QPointF(left, foot))
        painter.restore()
