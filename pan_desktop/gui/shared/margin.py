"""The margin of an editor of points: who else writes in a paragraph, and where texts differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolTip, QWidget

from pan_desktop.gui.shared.badges import SIZE, paint_badge
from pan_desktop.gui.widgets.outline_blocks import id_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pan_desktop.gui.widgets.outline_editor import OutlineEditor

_GAP = 4
WIDTH = 2 * SIZE + 3 * _GAP
"""What an editor leaves free at its right."""


class Marks(NamedTuple):
    """What stands beside one paragraph."""

    writers: tuple[str, ...] = ()
    """The names of those who write in it."""
    differs: str = ""
    """Why two texts of it wait for a choice, in a sentence; "" where none do."""


class Margin(QWidget):
    """A column at the right of an editor, there from the beginning so that no text moves."""

    def __init__(self, editor: OutlineEditor) -> None:
        """Stand beside ``editor``."""
        super().__init__(editor)
        self._editor = editor
        self._marks: dict[str, Marks] = {}
        editor.setViewportMargins(0, 0, WIDTH, 0)
        editor.installEventFilter(self)
        editor.verticalScrollBar().valueChanged.connect(self._follow)
        editor.document().documentLayout().update.connect(self._follow)
        self.setAccessibleName(self.tr("Qui d’autre écrit, et où deux textes diffèrent"))
        self._stand()

    def show_marks(self, marks: Mapping[str, Marks]) -> None:
        """Show what stands beside paragraphs, by their points."""
        if marks != self._marks:
            self._marks = dict(marks)
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Stay at the editor's side."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._stand()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Say in words what a mark means."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.told_at(event.pos()), self)
            return True
        return super().event(event)

    def told_at(self, place: QPoint) -> str:
        """Return what the mark at a place means, "" where there is none."""
        for marks, top in self._in_sight():
            if top <= place.y() < top + SIZE:
                told = [self.tr("{} écrit ici.").format(name) for name in marks.writers]
                return "\n".join([*told, marks.differs] if marks.differs else told)
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own
        """Paint the marks of the paragraphs in sight."""
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        for marks, top in self._in_sight():
            left = float(_GAP)
            if marks.differs:
                self._paint_difference(painter, QRectF(left, top, SIZE, SIZE))
                left += SIZE + _GAP
            for name in marks.writers[: 1 if marks.differs else 2]:
                paint_badge(painter, QRectF(left, top, SIZE, SIZE), name)
                left += SIZE + _GAP
        painter.end()

    def _paint_difference(self, painter: QPainter, area: QRectF) -> None:
        palette = self.palette()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(palette.color(QPalette.ColorRole.BrightText))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)
        font = QFont(painter.font())
        font.setPixelSize(round(area.height() * 0.7))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "≠")
        painter.restore()

    def _follow(self, _where: object) -> None:
        """Stay beside the paragraphs; without marks a letter costs nothing here."""
        if self._marks:
            self.update()

    def _in_sight(self) -> Iterator[tuple[Marks, float]]:
        """Return the marks to be seen, with where they are from the top."""
        if not self._marks:
            return
        shift = self._editor.viewport().y() - self.y()
        for block, area in self._editor.in_sight(QRectF(self._editor.viewport().rect())):
            marks = self._marks.get(id_of(block))
            if marks is not None:
                yield marks, area.top() + shift

    def _stand(self) -> None:
        port = self._editor.viewport().geometry()
        self.setGeometry(port.right() + 1, port.top(), WIDTH, port.height())
