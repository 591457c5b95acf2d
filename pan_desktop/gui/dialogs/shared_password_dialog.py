"""Asks for the password of a shared office's server, and whether the system is to keep it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.gui.theme import GRID

_WIDTH = 440


class SharedPasswordDialog(QDialog):
    """One field. The password stays in memory, and in the system's keyring only if ticked."""

    given = Signal(str, bool)
    """The password, and whether the system's keyring is to keep it."""

    def __init__(self, parent: QWidget) -> None:
        """Make the dialog, empty."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Mot de passe de la base partagée"))
        words = QLabel(
            self.tr(
                "Le serveur a refusé le nom ou le mot de passe. Tout ce que vous écrivez reste "
                "gardé sur ce poste en attendant."
            )
        )
        words.setWordWrap(True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(self.tr("Mot de passe"))
        self.kept = QCheckBox(self.tr("&Garder ce mot de passe dans le trousseau du système"))
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(self.tr("Se connecter"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "main")
        buttons.addButton(self.tr("Annuler"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        self.go.setEnabled(False)
        self.password.textChanged.connect(lambda text: self.go.setEnabled(bool(text)))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        for widget in (words, self.password, self.kept, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(_WIDTH)
        self.password.setFocus()

    def _give(self) -> None:
        self.given.emit(self.password.text(), self.kept.isChecked())
        self.accept()
