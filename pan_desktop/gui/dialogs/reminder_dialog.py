"""What a reminder says, in the office's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout

from pan_desktop.app import reminders
from pan_desktop.app.reminders import ReminderTemplate
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.gui.pages.page import Services

SIZE = (80 * GRID, 56 * GRID)


class ReminderDialog(FormDialog):
    """The subject and the text of reminders."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """Ask the store for the text there is."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Texte du rappel"))
        self.resize(*SIZE)
        self._services = services
        self._over = False
        self._seen: ReminderTemplate | None = None
        self.subject, self.body = QLineEdit(), QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.subject.setAccessibleName(self.tr("Objet"))
        self.body.setAccessibleName(self.tr("Texte"))
        self.error = label("", "error", wraps=True)
        self.save = button(self.tr("&Enregistrer"), self._save, main=True)
        original = button(self.tr("&Rétablir le texte d’origine"), self._original)
        cancel = button(self.tr("&Annuler"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Texte du rappel"), "section"))
        hint = self.tr(
            "{appel} devient Madame ou Monsieur, {liste} les points à réaliser, {date} la date du "
            "jour, {secretariat} votre nom."
        )
        column.addWidget(label(hint, "hint", wraps=True))
        for widget in (self.subject, self.body, self.error):
            column.addWidget(widget)
        column.addLayout(row(original, None, cancel, self.save))
        self.setup_form(self.error, self.save, original, cancel)
        self.finished.connect(self._end)
        services.jobs.run(reminders.template, done=self._begin)

    def _begin(self, own: ReminderTemplate) -> None:
        self._seen = own
        self._show(own)

    def _show(self, own: ReminderTemplate) -> None:
        if self._over:
            return
        self.subject.setText(own.subject)
        self.body.setPlainText(own.body)
        self.body.setFocus()

    def _original(self) -> None:
        self._show(ReminderTemplate())

    def _end(self) -> None:
        """Take no more answers: the dialog is gone when they come."""
        self._over = True

    def _save(self) -> None:
        self.await_answer()
        own = ReminderTemplate(self.subject.text(), self.body.toPlainText())
        self._services.jobs.run(
            reminders.change_template,
            own=own,
            seen=self._seen,
            done=lambda _: self._saved(),
            failed=lambda error: self.complain(error.sentence, self.body),
        )

    def _saved(self) -> None:
        self.answered()
        self.accept()
        self._services.notice.tell(self.tr("Le texte du rappel est enregistré."))
