"""Asks who someone unknown in a call is: a guest, or someone with a new mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout

from pan_desktop.app.people import NO_NAME, PersonEdit
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import Civility
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.people_words import civility_words
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.mandate_fields import MandateFields

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.model import ActionPlan

WIDTH = 64 * GRID
CAPTION = 19 * GRID
"""As wide as the captions of the mandate's fields."""


class AttendeeDialog(FormDialog):
    """The card of someone new; nothing is stored before the presences are."""

    given = Signal(object, object)
    """The PersonEdit typed, and the MandateEdit, None for a guest."""

    def __init__(self, name: str, plan: ActionPlan | None, parent: QWidget) -> None:
        """Ask about someone shown as ``name``; with ``plan`` also for a mandate in it."""
        super().__init__(parent)
        words = self.tr("Nouvel invité") if plan is None else self.tr("Nouveau mandat")
        self.setWindowTitle(words)
        self.resize(WIDTH, 0)
        self.civility = QComboBox()
        for civility in Civility:
            self.civility.addItem(civility_words(civility), civility.value)
        self.name, self.institution = QLineEdit(name), QLineEdit()
        self.fields = MandateFields() if plan is not None else None
        if self.fields is not None and plan is not None:
            self.fields.offer([plan], plan.id)
        self.civility.currentIndexChanged.connect(self._address)
        self.error = label("", "error", wraps=True)
        self.save = button(self.tr("&Retenir"), self._give, main=True)
        self.save.setDefault(True)
        self.cancel = button(self.tr("&Annuler"), self.reject)
        self._assemble(words)
        self.setup_form(self.error, self.save, self.cancel)
        self._address()
        self.civility.setFocus()

    def _assemble(self, words: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(words, "section"))
        hint = self.tr("Enregistré avec les présences, en une seule fois.")
        column.addWidget(label(hint, "hint", wraps=True))
        form = QFormLayout()
        form.setVerticalSpacing(GRID)
        for caption, field in (
            (self.tr("&Civilité"), self.civility),
            (self.tr("Prénom et &NOM"), self.name),
            (self.tr("&Organisme"), self.institution),
        ):
            told = QLabel(caption)
            told.setBuddy(field)
            told.setMinimumWidth(CAPTION)
            form.addRow(told, field)
        column.addLayout(form)
        if self.fields is not None:
            column.addWidget(self.fields)
        column.addWidget(self.error)
        column.addLayout(row(None, self.cancel, self.save))

    def _civility(self) -> Civility:
        return Civility(self.civility.currentData())

    def _address(self) -> None:
        if self.fields is not None:
            self.fields.address(self._civility())

    def _give(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self.complain(NO_NAME, self.name)
            return
        mandate = None
        if self.fields is not None:
            try:
                mandate = self.fields.mandate()
            except InputError as error:
                self.complain(error.sentence)
                return
        card = PersonEdit(self._civility(), name, self.institution.text().strip())
        self.accept()
        self.given.emit(card, mandate)
