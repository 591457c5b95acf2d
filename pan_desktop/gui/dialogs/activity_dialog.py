"""Asks for all about an activity: its words, weight, state, dates, rate and evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from pan_desktop.app.activities import ActivityEdit, edit_activity
from pan_desktop.domain.model import ActivityState
from pan_desktop.gui.dialogs.simple_form import SimpleForm
from pan_desktop.gui.progress_words import state_words, weight_words
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.moment import DayField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.model import Activity
    from pan_desktop.gui.pages.page import Services


class ActivityDialog(SimpleForm):
    """An activity to be changed."""

    def __init__(self, services: Services, activity: Activity, parent: QWidget) -> None:
        """Show ``activity``."""
        super().__init__(services, self.tr("Activité"), parent)
        self._activity = activity
        self.title, self.weight = QLineEdit(activity.title), QLineEdit()
        self.weight.setText(weight_words(activity.weight))
        self.percent = QLineEdit("" if activity.percent is None else str(activity.percent))
        self.state = QComboBox()
        for state in ActivityState:
            self.state.addItem(state_words(state), state.value)
        self.state.setCurrentIndex(self.state.findData(activity.state.value))
        self.starts, self.ends = DayField(), DayField()
        for field, day in ((self.starts, activity.starts), (self.ends, activity.ends)):
            field.setPlaceholderText(self.tr("jj/mm/aaaa"))
            if day is not None:
                field.set_day(day)
        self.evidence = QPlainTextEdit()
        self.evidence.setTabChangesFocus(True)
        self.evidence.setFixedHeight(10 * GRID)
        self.evidence.setPlainText("\n".join(_line(p.label, p.address) for p in activity.evidence))
        self.lay_out(
            self.tr(
                "Un justificatif par ligne\u00a0: une adresse, ou «\u00a0libellé | adresse\u00a0»."
            ),
            (
                (self.tr("&Intitulé"), self.title),
                (self.tr("É&tat"), self.state),
                (self.tr("Ta&ux"), self.percent),
                (self.tr("&Poids"), self.weight),
                (self.tr("&Début"), self.starts),
                (self.tr("&Fin"), self.ends),
                (self.tr("&Justificatifs"), self.evidence),
            ),
        )

    def submit(self) -> None:
        """Save the activity."""
        for field in (self.starts, self.ends):
            if field.text().strip() and field.day() is None:
                words = self.tr("La date n’est pas comprise. Saisissez-la ainsi\u00a0: 21/12/2026.")
                self.complain(words, field)
                return
        edit = ActivityEdit(
            self.title.text(),
            self.weight.text(),
            ActivityState(self.state.currentData()),
            self.starts.day(),
            self.ends.day(),
            self.percent.text(),
            tuple(_parts(line) for line in self.evidence.toPlainText().splitlines()),
        )
        self.run(
            edit_activity,
            self.title,
            self.tr("L’activité est enregistrée. Ctrl+Z annule."),
            activity_id=self._activity.id,
            edit=edit,
            seen=self._activity,
            today=date.today(),  # noqa: DTZ011 - the user's own calendar
        )


def _line(words: str, address: str) -> str:
    return f"{words} | {address}" if words else address


def _parts(line: str) -> tuple[str, str]:
    words, bar, address = line.rpartition("|")
    return (words.strip(), address.strip()) if bar else ("", line.strip())
