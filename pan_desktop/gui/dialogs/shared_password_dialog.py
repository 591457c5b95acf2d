"""Asks for the password of a shared office's server, and whether the system is to keep it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from pan_desktop.gui.dialogs.form import GrowingDialog
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

_WIDTH = 440


class SharedPasswordDialog(GrowingDialog):
    """One field. The password stays in memory, and in the system's keyring only if ticked."""

    given = Signal(str, bool)
    """The password, and whether the system's keyring is to keep it."""

    def __init__(self, parent: QWidget) -> None:
        """Make the dialog, empty."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Mot de passe de la base partagée"))
        words = self.tr(
            "Tout ce que vous écrivez reste gardé sur ce poste en attendant\u00a0: rien ne presse."
        )
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(self.tr("Mot de passe"))
        caption = label(self.tr("&Mot de passe"))
        caption.setBuddy(self.password)
        self.kept = QCheckBox(self.tr("&Garder ce mot de passe dans le trousseau du système"))
        self.go = button(self.tr("&Se connecter"), self._give, main=True)
        self.go.setEnabled(False)
        self.cancel = button(self.tr("&Annuler"), self.reject)
        self.password.textChanged.connect(lambda text: self.go.setEnabled(bool(text)))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        head = self.tr("Le serveur a refusé le nom ou le mot de passe")
        column.addWidget(label(head, "section", wraps=True))
        column.addWidget(label(words, "hint", wraps=True))
        for widget in (caption, self.password, self.kept):
            column.addWidget(widget)
        column.addLayout(row(None, self.cancel, self.go))
        self.go.setDefault(True)  # Enter in the field
        self.setMinimumWidth(_WIDTH)
        self.password.setFocus()

    def _give(self) -> None:
        self.given.emit(self.password.text(), self.kept.isChecked())
        self.accept()
