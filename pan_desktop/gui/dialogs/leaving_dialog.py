"""What stands between the secretary and the door: a copy being made, or what is not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from pan_desktop.domain.typography import glue
from pan_desktop.gui.dialogs.form import GrowingDialog
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QDialog, QWidget

WIDTH = 72 * GRID


class CopyingDialog(GrowingDialog):
    """Says that the copy is being made, when that takes longer than a moment."""

    def __init__(self, parent: QWidget) -> None:
        """Show that work is going on."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sauvegarde"))
        self.resize(WIDTH, 0)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        column = _column(self)
        column.addWidget(label(self.tr("Copie de sauvegarde en cours…"), "section"))
        column.addWidget(
            label(
                self.tr(
                    "Tout ce que vous avez saisi est déjà enregistré. La fenêtre se ferme dès que "
                    "la copie est relue."
                ),
                "hint",
                wraps=True,
            )
        )
        column.addWidget(bar)

    def reject(self) -> None:
        """Stay: the window closes by itself in a moment."""


class LeavingDialog(GrowingDialog):
    """Says why there is no copy, and what can be done about it; Escape stays in the window."""

    again = Signal()
    """Try once more."""
    elsewhere = Signal()
    """Choose another folder for the copies."""
    anyway = Signal()
    """Leave without a copy."""

    def __init__(self, sentence: str, parent: QWidget) -> None:
        """Say the ``sentence``."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Quitter"))
        self.resize(WIDTH, 0)
        column = _column(self)
        column.addWidget(label(self.tr("Pas de copie de sauvegarde"), "section"))
        self.said = label(glue(sentence), wraps=True)
        column.addWidget(self.said)
        column.addSpacing(GRID)
        self.retry = button(self.tr("&Réessayer"), _asking(self, self.again), main=True)
        self.retry.setDefault(True)
        self.other = button(self.tr("&Autre dossier…"), _asking(self, self.elsewhere))
        self.leave = button(self.tr("&Quitter quand même"), _asking(self, self.anyway))
        self.stay = button(self.tr("Re&venir à la fenêtre"), self.reject)
        column.addLayout(row(self.stay, None, self.leave, self.other, self.retry))
        self.retry.setFocus()


class UnsavedDialog(GrowingDialog):
    """Says what is not in the database yet, and where it is; Escape stays in the window."""

    again = Signal()
    """Try once more to save it, and leave when that is done."""
    anyway = Signal()
    """Leave it where it is."""

    def __init__(self, sentence: str, parent: QWidget, *, kept: bool) -> None:
        """Say the ``sentence``; what is not ``kept`` is lost by leaving."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Quitter"))
        self.resize(WIDTH, 0)
        column = _column(self)
        column.addWidget(label(self.tr("Pas encore dans la base"), "section"))
        self.said = label(glue(sentence), wraps=True)
        column.addWidget(self.said)
        column.addSpacing(GRID)
        self.retry = button(self.tr("&Réessayer"), _asking(self, self.again), main=True)
        self.retry.setDefault(True)
        words = self.tr("&Quitter") if kept else self.tr("&Quitter sans enregistrer")
        self.leave = button(words, _asking(self, self.anyway))
        self.stay = button(self.tr("Re&venir à la fenêtre"), self.reject)
        column.addLayout(row(self.stay, None, self.leave, self.retry))
        self.retry.setFocus()


def _asking(dialog: QDialog, what: SignalInstance) -> Callable[[], None]:
    """Return what puts the dialog away and then asks."""

    def act() -> None:
        dialog.accept()
        what.emit()

    return act


def _column(dialog: QDialog) -> QVBoxLayout:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
    column.setSpacing(GRID)
    return column
