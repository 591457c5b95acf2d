"""A sentence offered in grey after the caret: Tab takes it, and anything else types on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QTextBlock

from pan_desktop.domain.completion import Offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.gui.widgets.rich_edit import RichEdit

NOTHING = Offer()
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Ghost(QObject):
    """Offers the rest of what is typed at the end of a paragraph."""

    def __init__(self, edit: RichEdit, offer: Callable[[str], Offer]) -> None:
        """Offer in ``edit`` what ``offer`` makes of the paragraph so far."""
        super().__init__(edit)
        self._edit = edit
        self._offer = offer
        self._offered = NOTHING
        self._put_away = False
        edit.add_overlay(self)
        edit.add_taker(self._key)
        edit.cursorPositionChanged.connect(self._look)

    @property
    def words(self) -> str:
        """Return what is offered now."""
        return self._offered.words

    def paint(self, painter: QPainter, block: QTextBlock, area: QRectF) -> None:
        """Paint the offer behind the caret, as much of it as the line holds."""
        cursor = self._edit.textCursor()
        if not self.words or block != cursor.block() or not self._edit.hasFocus():
            return
        caret = QRectF(self._edit.cursorRect(cursor))
        painter.setFont(self._edit.font())
        painter.setPen(self._edit.palette().color(QPalette.ColorRole.PlaceholderText))
        metrics = painter.fontMetrics()
        from_right = block.textDirection() == Qt.LayoutDirection.RightToLeft
        room = caret.left() - area.left() if from_right else area.right() - caret.right()
        shown = f" \u21e5 {self.words}" if self._offered.over else self.words
        words = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, round(room) - 4)
        width = metrics.horizontalAdvance(words)
        left = caret.left() - width if from_right else caret.right()
        base = caret.top() + (caret.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(round(left), round(base), words)

    def _key(self, event: QKeyEvent) -> bool:
        """Take Tab (all of it), Ctrl+Right (a word) and Escape (put it away)."""
        if not self.words or self._edit.isReadOnly():
            self._put_away = False
            return False
        if event.key() == Qt.Key.Key_Tab and not event.modifiers():
            self._take(self.words)
            return True
        if event.key() == Qt.Key.Key_Right and event.modifiers() == _CONTROL:
            end = self.words.find(" ", len(self.words) - len(self.words.lstrip()) or 1)
            whole = end < 0 or bool(self._offered.over)
            self._take(self.words if whole else self.words[:end])
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._put_away = True
            self._show(NOTHING)
            return True
        self._put_away = False
        return False

    def _take(self, words: str) -> None:
        cursor = self._edit.textCursor()
        for _ in range(self._offered.over):
            cursor.deletePreviousChar()
        cursor.insertText(words, self._edit.currentCharFormat())
        self._edit.setTextCursor(cursor)
        self._edit.ensureCursorVisible()

    def _look(self) -> None:
        """Look what may follow, where the caret stands at the end of its paragraph."""
        cursor = self._edit.textCursor()
        at_end = cursor.atBlockEnd() and not cursor.hasSelection() and self._edit.hasFocus()
        if self._put_away or not at_end:
            self._show(NOTHING)
        else:
            self._show(self._offer(cursor.block().text()))

    def _show(self, offered: Offer) -> None:
        if offered != self._offered:
            self._offered = offered
            self._edit.viewport().update()
