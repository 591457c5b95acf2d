"""A field of a few lines that tells, when it is left, that it was edited, as a QLineEdit does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget

_LINES = 4


class SeveralLines(QPlainTextEdit):
    """A low text field; Tab leaves it, and Ctrl+Z is the window's unless it has its own to undo."""

    edited = Signal()
    """The field was left with another text than the one it was given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty field."""
        super().__init__(parent)
        self._given = ""
        self.setTabChangesFocus(True)
        margins = 2 * self.frameWidth() + 2 * round(self.document().documentMargin())
        height = _LINES * self.fontMetrics().lineSpacing() + margins
        self.setFixedHeight(height)

    @property
    def text(self) -> str:
        """Return what is typed, without the spaces around it."""
        return self.toPlainText().strip()

    def give(self, text: str) -> None:
        """Show what the store says, unless something else is just being typed."""
        if self.hasFocus() and self.text != self._given:
            return
        self._given = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own
        """Tell that the text changed, if it did."""
        super().focusOutEvent(event)
        if self.text != self._given:
            self._given = self.text
            self.edited.emit()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window where nothing was typed here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            if undo and not self.document().isUndoAvailable():
                event.ignore()
                return False
        return super().event(event)
