"""The line above a list that narrows it while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from pan_desktop.gui.widgets.table import Table


class FilterLine(QLineEdit):
    """What is typed here narrows a table; Down or Enter goes to it, Escape shows all again."""

    narrowed = Signal(str)
    """What is typed changed."""

    def __init__(self, table: Table, hint: str) -> None:
        """Narrow ``table``; ``hint`` says what can be typed."""
        super().__init__()
        self._table = table
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self.narrowed)
        self.installEventFilter(self)

    def go(self) -> None:
        """Take the keyboard, what is typed being selected."""
        self.setFocus()
        self.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Leave for the table, or show all again, before a shortcut of the window takes the key."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._table.model() is not None and self._table.model().rowCount():
                self._table.setFocus()
            return True
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return True
        return super().eventFilter(watched, event)
