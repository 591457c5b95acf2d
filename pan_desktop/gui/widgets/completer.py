"""Completes what is typed from a list, whatever the accents and the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QCompleter

from pan_desktop.domain.folding import folded
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH = 45 * GRID
"""The least width of the list: names of institutions are long."""
FOLDED = Qt.ItemDataRole.UserRole + 1

_LEAVING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


class FoldingCompleter(QCompleter):
    """A list under a line of text: "interieur" finds "Ministère de l’Intérieur".

    The list never stands in the way: Enter and Tab do in the line what they do without it, the
    words chosen with the arrows being taken first.
    """

    def __init__(self, words: Iterable[str], parent: QObject | None = None) -> None:
        """Propose ``words``."""
        super().__init__(parent)
        self._list = QStandardItemModel(self)
        self.setModel(self._list)
        self.setCompletionRole(FOLDED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(8)
        popup = self.popup()
        if popup is not None:
            popup.setProperty("role", "proposals")
            popup.setMinimumWidth(WIDTH)
        self.propose(words)

    def propose(self, words: Iterable[str]) -> None:
        """Propose ``words`` from now on."""
        self._list.clear()
        for word in words:
            item = QStandardItem(word)
            item.setData(folded(word), FOLDED)
            self._list.appendRow(item)

    def close(self) -> None:
        """Put the list away."""
        popup = self.popup()
        if popup is not None:
            popup.hide()

    def splitPath(self, path: str) -> list[str]:  # noqa: N802 - Qt's own
        """Return what to look for."""
        return [folded(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802
        """Return the words proposed, not what they were found by."""
        return str(index.data())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Hand Enter and Tab on to the line, the list being put away."""
        popup, line = self.popup(), self.widget()
        if (
            watched is popup
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _LEAVING
        ):
            index = popup.currentIndex()
            entering = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if not (index.isValid() and entering):
                popup.hide()
                if index.isValid():
                    line.setProperty("text", self.pathFromIndex(index))
                key = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
                QApplication.sendEvent(line, key)
                return True
        return super().eventFilter(watched, event)
