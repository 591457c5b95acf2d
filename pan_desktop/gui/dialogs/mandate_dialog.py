"""Adds a mandate to a person's card or changes one; the card is saved as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pan_desktop.domain.errors import InputError
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.forms.ui_mandate_dialog import Ui_MandateDialog

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.people import MandateEdit
    from pan_desktop.domain.model import ActionPlan, Civility


class MandateDialog(FormDialog):
    """One mandate of one person."""

    given = Signal(object)
    """The MandateEdit that was typed."""

    def __init__(
        self,
        plans: Sequence[ActionPlan],
        civility: Civility,
        mandate: MandateEdit | None,
        parent: QWidget,
    ) -> None:
        """Ask for a new mandate, or for changes to ``mandate``."""
        super().__init__(parent)
        self.ui = Ui_MandateDialog()
        self.ui.setupUi(self)
        self.setup_form(self.ui.error)
        words = self.tr("Nouveau mandat") if mandate is None else self.tr("Modifier le mandat")
        self.setWindowTitle(words)
        self.ui.title.setText(words)
        self.ui.fields.offer(plans)
        self.ui.fields.address(civility)
        if mandate is not None:
            self.ui.fields.show_mandate(mandate)
        self.ui.save.clicked.connect(self._give)
        self.ui.cancel.clicked.connect(self.reject)
        self.ui.fields.ui.numbers.setFocus()

    def propose_end(self, day: date) -> None:
        """Propose ``day`` as the last one."""
        self.ui.fields.ui.validTo.set_day(day)
        self.ui.fields.ui.validTo.setFocus()

    def _give(self) -> None:
        try:
            mandate = self.ui.fields.mandate()
        except InputError as error:
            self.complain(error.sentence)
            return
        self.given.emit(mandate)
        self.accept()
