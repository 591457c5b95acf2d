"""Asks before something is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from pan_desktop.gui.forms.ui_confirm_dialog import Ui_ConfirmDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class ConfirmDialog(QDialog):
    """A question with two answers; Enter and Escape keep everything as it is."""

    def __init__(self, question: str, consequence: str, verb: str, parent: QWidget) -> None:
        """Ask ``question``, say the ``consequence``, offer the ``verb``."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_ConfirmDialog()
        self.ui.setupUi(self)
        for words in (self.ui.question, self.ui.consequence):
            words.setTextFormat(Qt.TextFormat.PlainText)  # whatever a name looks like
        self.ui.question.setText(question)
        self.ui.consequence.setText(consequence)
        self.ui.act.setText(verb)
        self.ui.act.clicked.connect(self.accept)
        self.ui.keep.clicked.connect(self.reject)
        self.ui.keep.setFocus()


def confirm(
    parent: QWidget, question: str, consequence: str, verb: str, act: Callable[[], object]
) -> None:
    """Ask ``question`` above ``parent`` and do ``act`` when the button ``verb`` is chosen; once."""
    if any(dialog.isVisible() for dialog in parent.findChildren(ConfirmDialog)):
        return
    dialog = ConfirmDialog(question, consequence, verb, parent)
    dialog.accepted.connect(act)
    dialog.open()
