"""What the editors of a meeting share: overlays on the text, keys taken before it, one undo.

A spelling wave, a sentence offered in grey and the tag of a decision are painted over the text,
never put into it: what is stored stays what was typed. Undo is the office's own history, kept
in the store; Qt's would be forgotten with the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QMenu, QWidget


_CONTROL = Qt.KeyboardModifier.ControlModifier


class Overlay(Protocol):
    """Something painted over the paragraphs in sight."""

    def paint(self, painter: QPainter, block: QTextBlock, area: QRectF) -> None:
        """Paint over one paragraph; ``area`` is where it lies in the editor's viewport."""


class RichEdit(QTextEdit):
    """A text editor with overlays, keys that others may take, and no undo of its own."""

    undo_asked = Signal()
    """Ctrl+Z."""
    redo_asked = Signal()
    """Ctrl+Y or Ctrl+Shift+Z."""
    composed = Signal()
    """What an input method was composing has come into the text, or was given up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty editor."""
        super().__init__(parent)
        self.document().setUndoRedoEnabled(False)
        self._overlays: list[Overlay] = []
        self._menus: list[Callable[[QMenu, QTextCursor], None]] = []
        self._takers: list[Callable[[QKeyEvent], bool]] = []
        self._composing = False

    def add_overlay(self, overlay: Overlay) -> None:
        """Paint ``overlay`` over the text from now on."""
        self._overlays.append(overlay)

    def add_taker(self, taker: Callable[[QKeyEvent], bool]) -> None:
        """Show each key to ``taker`` before the text gets it; True means that it took it."""
        self._takers.append(taker)

    def add_menu(self, fill: Callable[[QMenu, QTextCursor], None]) -> None:
        """Let ``fill`` put its entries into the context menu, given the place it is asked at."""
        self._menus.append(fill)

    @property
    def composing(self) -> bool:
        """Tell whether an input method is composing a letter that is not in the text yet."""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's own
        """Note whether a letter is on its way."""
        super().inputMethodEvent(event)
        was, self._composing = self._composing, bool(event.preeditString())
        if was and not self._composing:
            self.composed.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's own
        """Show Qt's own menu with what others have to offer at that place."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        place = self.cursorForPosition(event.pos()) if by_mouse else self.textCursor()
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for fill in self._menus:
            fill(menu, place)
        corner = self.cursorRect(place).bottomLeft()
        menu.popup(event.globalPos() if by_mouse else self.viewport().mapToGlobal(corner))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own
        """Offer the key to the takers, then to the history; the rest is typing."""
        taken = any(taker(event) for taker in self._takers)
        if not taken and event.modifiers() & _CONTROL:
            taken = self._history_key(event)
        if taken or self.key_for_text(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def key_for_text(self, _event: QKeyEvent) -> bool:
        """Do what a key does here beside typing; False leaves it to the text."""
        return False

    def _history_key(self, event: QKeyEvent) -> bool:
        """Ask for undo and redo; Ctrl+Y as in Word, which Qt does not have everywhere."""
        control_y = event.key() == Qt.Key.Key_Y and event.modifiers() == _CONTROL
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) or control_y:
            self.redo_asked.emit()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own
        """Paint the text, then the overlays of the paragraphs that are in sight."""
        super().paintEvent(event)
        if not self._overlays:
            return
        painter = QPainter(self.viewport())
        painter.setClipRect(event.rect())
        for block, area in self.in_sight(QRectF(event.rect())):
            for overlay in self._overlays:
                overlay.paint(painter, block, area)
        painter.end()

    def in_sight(self, wanted: QRectF) -> Iterator[tuple[QTextBlock, QRectF]]:
        """Return the paragraphs that lie in a part of the viewport, with where they do."""
        offset = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        block = self.cursorForPosition(wanted.topLeft().toPoint()).block()
        while block.isValid():
            area = layout.blockBoundingRect(block).translated(offset)
            if area.top() > wanted.bottom():
                return
            yield block, area
            block = block.next()
