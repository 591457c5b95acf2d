"""Asks where and when a new meeting is held, makes it and opens it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog

from pan_desktop.app.meetings import MeetingEdit, create_meeting, list_bodies, list_meetings
from pan_desktop.app.plans import list_plans
from pan_desktop.app.settings import sentences
from pan_desktop.domain.calendar import hour
from pan_desktop.gui.forms.ui_meeting_dialog import Ui_MeetingDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.office import Office
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import ActionPlan
    from pan_desktop.gui.pages.page import Services
    from pan_desktop.gui.widgets.moment import DayField, HourField

FIRST_BODY = "Comité d’implémentation"
FIRST_HOUR = time(9, 30)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the dialog proposes; the first of each is what it starts with."""

    bodies: tuple[str, ...]
    plans: tuple[ActionPlan, ...]
    place: str
    at: time
    progress_title: str


def new_meeting(services: Services, parent: QWidget) -> None:
    """Ask for a new meeting above ``parent``; once."""
    if parent.findChild(MeetingDialog) is None:
        dialog = MeetingDialog(services, parent)
        services.jobs.call(_choices, done=dialog.offer, failed=dialog.give_up)


class MeetingDialog(QDialog):
    """The few things that a meeting needs to exist."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """Make the dialog, to be shown once it knows what to propose."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._services = services
        self._progress_title = ""
        self.ui = Ui_MeetingDialog()
        self.ui.setupUi(self)
        self.ui.error.hide()
        self.ui.create.clicked.connect(self._create)
        for cancel in (self.ui.cancel, self.ui.cancelEmpty):
            cancel.clicked.connect(self.reject)
        self.ui.toPlans.clicked.connect(self._go_to_plans)
        self.ui.day.changed.connect(self._say_day)
        self.ui.at.changed.connect(self._say_hour)
        # A list that opens, never words put into the line: a new name may begin like a known one.
        completer = self.ui.body.completer()
        assert completer is not None
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def offer(self, choices: Choices) -> None:
        """Propose ``choices`` and show the dialog."""
        ui = self.ui
        self._progress_title = choices.progress_title
        ui.body.addItems(choices.bodies)
        for plan in choices.plans:
            ui.plan.addItem(plan.label, plan.id)
        ui.day.set_day(date.today())  # noqa: DTZ011 - the user's own calendar
        ui.at.set_hour(choices.at)
        ui.place.setText(choices.place)
        known = bool(choices.plans)
        # Only one of the two is ever needed: the dialog takes the other's room back.
        ui.states.removeWidget(ui.emptyState if known else ui.formState)
        self.open()
        (ui.body if known else ui.toPlans).setFocus()
        line = ui.body.lineEdit()
        assert line is not None
        line.selectAll()

    def give_up(self, error: PanError) -> None:
        """Say on the message bar why nothing can be proposed."""
        self._services.notice.complain(error.sentence)
        self.deleteLater()

    def _create(self) -> None:
        ui = self.ui
        day, at = ui.day.day(), ui.at.hour()
        if day is None:
            self._complain(
                self.tr("Cette date n’existe pas. Saisissez-la ainsi\u00a0: 21/12/2020."), ui.day
            )
        elif at is None:
            self._complain(
                self.tr("Cette heure n’existe pas. Saisissez-la ainsi\u00a0: 14:30."), ui.at
            )
        else:
            ui.create.setEnabled(False)
            self._services.jobs.run(
                create_meeting,
                plan_id=ui.plan.currentData(),
                edit=MeetingEdit(ui.body.currentText(), day, at, ui.place.text()),
                progress_title=self._progress_title.replace("{plan}", ui.plan.currentText()),
                done=self._created,
                failed=self._refused,
            )

    def _created(self, meeting_id: str) -> None:
        self.accept()
        self._services.open_meeting(meeting_id)

    def _refused(self, error: PanError) -> None:
        named = self.ui.body.currentText().strip()
        self._complain(error.sentence, self.ui.day if named else self.ui.body)

    def _complain(self, sentence: str, field: QComboBox | DayField | HourField) -> None:
        """Say in place what is wrong, and go where it can be put right."""
        self.ui.create.setEnabled(True)
        self.ui.error.setText(sentence)
        self.ui.error.show()
        field.setFocus()
        line = field.lineEdit() if isinstance(field, QComboBox) else field
        if line is not None:
            line.selectAll()

    def _go_to_plans(self) -> None:
        self.reject()
        self._services.go("commitments")

    def _say_day(self) -> None:
        self.ui.dayWords.setText(self.ui.day.words())

    def _say_hour(self) -> None:
        at = self.ui.at.hour()
        self.ui.atWords.setText(
            hour(at) if at is not None else self.tr("à compléter ou à corriger")
        )


def _choices(office: Office) -> Choices:
    """Return what to propose: what the last meeting had, then all the rest."""
    known = office.run(list_meetings).result
    bodies = [known[0].body] if known else []
    bodies += [body.name for body in office.run(list_bodies).result]
    return Choices(
        bodies=tuple(dict.fromkeys(bodies)) or (FIRST_BODY,),
        plans=office.run(list_plans).result,
        place=known[0].place if known else "",
        at=known[0].at if known else FIRST_HOUR,
        progress_title=office.run(sentences).result.progress_item,
    )
