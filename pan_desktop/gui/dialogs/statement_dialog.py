"""Asks for a commitment's rate as someone stated it between two meetings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from pan_desktop.app.progress import state_progress
from pan_desktop.gui.dialogs.simple_form import SimpleForm
from pan_desktop.gui.widgets.moment import DayField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.gui.pages.page import Services


class StatementDialog(SimpleForm):
    """A rate, the day, who stated it, and how."""

    def __init__(self, services: Services, commitment_id: str, parent: QWidget) -> None:
        """Ask about one commitment."""
        super().__init__(services, self.tr("Noter un taux hors réunion"), parent)
        self._commitment_id = commitment_id
        self.percent, self.author, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.day = DayField()
        self.day.set_day(date.today())  # noqa: DTZ011 - the user's own calendar
        self.author.setPlaceholderText(self.tr("par exemple\u00a0: Mme Prénom NOM, point focal"))
        self.reason.setPlaceholderText(self.tr("par exemple\u00a0: courriel du 3 novembre"))
        self.lay_out(
            self.tr("La prochaine réunion partira de ce taux."),
            (
                (self.tr("&Taux"), self.percent),
                (self.tr("&Date"), self.day),
                (self.tr("&Selon"), self.author),
                (self.tr("&Motif"), self.reason),
            ),
        )

    def submit(self) -> None:
        """Save the rate."""
        day = self.day.day()
        if day is None:
            words = self.tr("La date n’est pas comprise. Saisissez-la ainsi\u00a0: 21/12/2026.")
            self.complain(words, self.day)
            return
        field = self.percent
        if self.percent.text().strip():
            field = self.author if not self.author.text().strip() else self.reason
        self.run(
            state_progress,
            field,
            self.tr("Le taux est noté. Ctrl+Z annule."),
            commitment_id=self._commitment_id,
            day=day,
            percent=self.percent.text(),
            author=self.author.text(),
            reason=self.reason.text(),
        )
