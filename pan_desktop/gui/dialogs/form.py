"""What the forms that save something share: one answer awaited, what is wrong said in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from pan_desktop.domain.typography import glue
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QLabel, QPushButton, QWidget


_TITLE_BAR = 5 * GRID
"""What the system puts above a dialog, about."""


def take_size(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog a size, never larger than there is room on the screen, or above its window."""
    room = dialog.screen().availableGeometry().size() - QSize(0, _TITLE_BAR)
    parent = dialog.parentWidget()
    if parent is not None:
        room = room.expandedTo(parent.window().size())
    dialog.resize(QSize(width, height).boundedTo(room))


class GrowingDialog(QDialog):
    """A dialog of wrapped sentences: as high as they need at its width."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own
        """Take the height that is needed in the fonts that are shown."""
        super().showEvent(event)
        self.make_room()

    def make_room(self) -> None:
        """Grow where what is shown needs more height."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        needed = layout.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)


class FormDialog(GrowingDialog):
    """A form above its page. It stays open, with all that was typed, until it is saved."""

    def __init__(self, parent: QWidget | None) -> None:
        """Make the form; ``setup_form`` follows once it has its widgets."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._error: QLabel | None = None
        self._buttons: Sequence[QPushButton] = ()
        self._waiting = False

    def setup_form(self, error: QLabel, *buttons: QPushButton) -> None:
        """Say what is wrong in ``error``; ``buttons`` rest while an answer is awaited."""
        self._error = error
        self._buttons = buttons
        error.hide()

    def await_answer(self) -> None:
        """Take no second order until the first has been answered."""
        self.complain("")
        self._wait(waiting=True)

    def answered(self) -> None:
        """Take orders again."""
        self._wait(waiting=False)

    def complain(self, sentence: str, field: QWidget | None = None) -> None:
        """Say what is wrong ("" for nothing) and go to the field where it can be put right."""
        assert self._error is not None
        self.answered()
        self._error.setText(glue(sentence))
        self._error.setVisible(bool(sentence))
        self.make_room()
        if field is not None:
            field.setFocus()
            if isinstance(field, QLineEdit):
                field.selectAll()

    def reject(self) -> None:
        """Close without saving, unless something is just being saved."""
        if not self._waiting:
            super().reject()

    def _wait(self, *, waiting: bool) -> None:
        self._waiting = waiting
        for button in self._buttons:
            button.setEnabled(not waiting)
