"""The companion: the meeting as it is held, in a narrow window that stays beside the video call.

It is not a second view of the meeting but the same one, moved: one editor, one caret, one state,
and so nothing that two views could disagree about. Closing it puts everything back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QCloseEvent

    from pan_desktop.gui.history import History

_WIDTH, _HEIGHT = 400, 720
_NARROWEST = 320


class Companion(QWidget):
    """A narrow window, always on top, that holds a part of the program for a while."""

    closed = Signal()
    """The window was closed: what it holds wants to go back."""

    def __init__(self, history: History, geometry: QByteArray | None) -> None:
        """Make the window where it last stood; it shows nothing before it ``holds`` something."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("companion")
        self.setWindowTitle(self.tr("PAN Desktop – Réunion en cours"))
        self.setMinimumWidth(_NARROWEST)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GRID, GRID, GRID, GRID)
        history.listen(self)
        self._take_place(geometry)

    def hold(self, part: QWidget) -> None:
        """Show ``part`` in the window."""
        self._column.addWidget(part)
        part.show()
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own
        """Give back what is held."""
        self.closed.emit()
        super().closeEvent(event)

    def _take_place(self, kept: QByteArray | None) -> None:
        """Stand where the window last stood, else at the right edge of the screen."""
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
        self.move(room.right() - self.width() - GRID, room.top() + GRID)
        if kept is not None:
            self.restoreGeometry(kept)
