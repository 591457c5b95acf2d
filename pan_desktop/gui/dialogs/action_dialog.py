"""Asks in which meeting an action was closed, and under what name a filter is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout

from pan_desktop.app import actions
from pan_desktop.domain.calendar import short_date
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.moment import DayField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.followed import Criteria, Followed
    from pan_desktop.domain.model import MeetingLine
    from pan_desktop.gui.pages.page import Services

WIDTH = 60 * GRID


class CloseDialog(FormDialog):
    """When an action was done, and which meeting took note of it."""

    def __init__(
        self,
        services: Services,
        one: Followed,
        meetings: Sequence[MeetingLine],
        today: date,
        parent: QWidget,
    ) -> None:
        """Ask about ``one``; the meetings since it was decided are offered, the latest first."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Clore une action"))
        self.resize(WIDTH, 0)
        self._services = services
        self._one = one
        self._days = {line.id: line.day for line in meetings}
        self.meeting = QComboBox()
        self.meeting.addItem(self.tr("Hors réunion"), None)
        for line in meetings:
            if one.meeting_day <= line.day <= today:
                words = self.tr("Réunion du {day} ({body})")
                told = words.format(day=short_date(line.day), body=line.body)
                self.meeting.addItem(told, line.id)
        self.day = DayField()
        self.day.set_day(max(today, one.meeting_day))
        self.error = label("", "error", wraps=True)
        self.save = button(self.tr("&Clore l’action"), self._save, main=True)
        self.cancel = button(self.tr("&Annuler"), self.reject)
        self.save.setDefault(True)
        self._assemble()
        self.setup_form(self.error, self.save, self.cancel)
        self.meeting.currentIndexChanged.connect(self._follow_meeting)
        self.meeting.setCurrentIndex(min(1, self.meeting.count() - 1))
        self.meeting.setFocus()

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Clore une action"), "section"))
        column.addWidget(label(self._one.text, "hint", wraps=True))
        form = QFormLayout()
        for words, field in (
            (self.tr("&Constatée à"), self.meeting),
            (self.tr("&Faite le"), self.day),
        ):
            caption = QLabel(words)
            caption.setBuddy(field)
            form.addRow(caption, field)
        column.addLayout(form)
        column.addWidget(self.error)
        column.addLayout(row(None, self.cancel, self.save))

    def _follow_meeting(self) -> None:
        """Propose the meeting's own day."""
        day = self._days.get(self.meeting.currentData() or "")
        if day is not None:
            self.day.set_day(day)

    def _save(self) -> None:
        day = self.day.day()
        if day is None:
            self.complain(
                self.tr("La date n’est pas comprise. Saisissez-la ainsi\u00a0: 21/12/2026."),
                self.day,
            )
            return
        self.await_answer()
        self._services.jobs.run(
            actions.close,
            point_id=self._one.id,
            day=day,
            meeting_id=self.meeting.currentData(),
            done=lambda _: self._saved(),
            failed=self._refused,
        )

    def _saved(self) -> None:
        self.answered()
        self.accept()
        self._services.notice.tell(self.tr("L’action est close. Ctrl+Z annule."))

    def _refused(self, error: PanError) -> None:
        self.complain(error.sentence, self.day)


class FilterNameDialog(FormDialog):
    """Under what name a filter is kept."""

    def __init__(self, services: Services, criteria: Criteria, name: str, parent: QWidget) -> None:
        """Ask for the name of ``criteria``, proposing ``name``."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Enregistrer le filtre"))
        self.resize(WIDTH, 0)
        self._services = services
        self._criteria = criteria
        self.name = QLineEdit(name)
        self.name.setPlaceholderText(self.tr("par exemple\u00a0: en retard, Archives"))
        self.error = label("", "error", wraps=True)
        self.save = button(self.tr("&Enregistrer"), self._save, main=True)
        self.save.setDefault(True)
        cancel = button(self.tr("&Annuler"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Nom du filtre"), "section"))
        hint = self.tr("Un filtre du même nom est remplacé.")
        column.addWidget(label(hint, "hint"))
        for widget in (self.name, self.error):
            column.addWidget(widget)
        column.addLayout(row(None, cancel, self.save))
        self.setup_form(self.error, self.save, cancel)
        self.name.setFocus()

    def _save(self) -> None:
        self.await_answer()
        self._services.jobs.run(
            actions.save_filter,
            name=self.name.text(),
            criteria=self._criteria,
            done=lambda _: self._saved(),
            failed=lambda error: self.complain(error.sentence, self.name),
        )

    def _saved(self) -> None:
        self.answered()
        self.accept()
        words = self.tr("Le filtre «\u00a0{}\u00a0» est enregistré.")
        self._services.notice.tell(words.format(" ".join(self.name.text().split())))
