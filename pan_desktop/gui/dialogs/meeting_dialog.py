"""Proposes a new meeting, filled in from the last one, makes it and opens it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog

from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.app.preparing import create_proposed, offer, proposed_agenda
from pan_desktop.domain.calendar import hour
from pan_desktop.gui.forms.ui_meeting_dialog import Ui_MeetingDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.preparing import MeetingProposal, Offer, ProposedItem
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services
    from pan_desktop.gui.widgets.moment import DayField, HourField


def new_meeting(services: Services, parent: QWidget) -> None:
    """Ask for a new meeting above ``parent``; once."""
    if services.refused():
        return
    if parent.findChild(MeetingDialog) is None:
        dialog = MeetingDialog(services, parent)
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        services.jobs.run(offer, today=today, done=dialog.offer, failed=dialog.give_up)


class MeetingDialog(QDialog):
    """The few things that a meeting needs to exist: where one came before, Enter is enough."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """Make the dialog, to be shown once it knows what to propose."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._services = services
        self._proposals: dict[str, MeetingProposal] = {}
        self._filling = False
        self._over = False
        self.ui = Ui_MeetingDialog()
        self.ui.setupUi(self)
        self.ui.error.hide()
        self.ui.create.clicked.connect(self._create)
        for cancel in (self.ui.cancel, self.ui.cancelEmpty):
            cancel.clicked.connect(self.reject)
        self.ui.toPlans.clicked.connect(self._go_to_plans)
        self.finished.connect(self._end)
        # A list that opens, never words put into the line: a new name may begin like a known one.
        completer = self.ui.body.completer()
        assert completer is not None
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def offer(self, offered: Offer) -> None:
        """Propose what is offered and show the dialog."""
        ui = self.ui
        self._proposals = offered.proposals
        ui.body.addItems(offered.bodies)
        for plan in offered.plans:
            ui.plan.addItem(plan.label, plan.id)
        ui.template_.addItem(self.tr("Aucun\u00a0: comme la dernière réunion"), "")
        for template in offered.templates:
            ui.template_.addItem(template.name, template.id)
        for widget in (ui.templateLabel, ui.template_):
            widget.setVisible(bool(offered.templates))
        ui.template_.currentIndexChanged.connect(self._fill)
        ui.body.editTextChanged.connect(self._ask_agenda)
        ui.plan.currentIndexChanged.connect(self._ask_agenda)
        ui.day.changed.connect(self._say_day)
        ui.at.changed.connect(self._say_hour)
        known = bool(offered.plans)
        # Only one of the two is ever needed: the dialog takes the other's room back.
        ui.states.removeWidget(ui.emptyState if known else ui.formState)
        if known:
            self._fill()
        self.open()
        if known:
            self._make_room()
        self._begin(known=known, again=self._proposals[""].after is not None)

    def give_up(self, error: PanError) -> None:
        """Say on the message bar why nothing can be proposed."""
        self._services.notice.complain(error.sentence)
        self.deleteLater()

    def _begin(self, *, known: bool, again: bool) -> None:
        """Put the focus on what is most likely to be typed: the day, where all else is known."""
        ui = self.ui
        (ui.toPlans if not known else ui.day if again else ui.body).setFocus()
        line = ui.body.lineEdit()
        assert line is not None
        line.selectAll()

    def _fill(self) -> None:
        """Show what is proposed with the template chosen."""
        ui = self.ui
        proposal = self._proposals[ui.template_.currentData()]
        self._filling = True
        ui.body.setEditText(proposal.edit.body)
        ui.plan.setCurrentIndex(max(0, ui.plan.findData(proposal.plan_id)))
        ui.day.set_day(proposal.edit.day)
        ui.at.set_hour(proposal.edit.at)
        ui.place.setText(proposal.edit.place)
        self._filling = False
        self._show_agenda(proposal.agenda)

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
                create_proposed,
                plan_id=ui.plan.currentData(),
                edit=MeetingEdit(ui.body.currentText(), day, at, ui.place.text()),
                template_id=ui.template_.currentData() or None,
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

    # What is said of what was typed ---------------------------------------------------------

    def _say_day(self) -> None:
        self.ui.dayWords.setText(self.ui.day.words())
        self._ask_agenda()

    def _say_hour(self) -> None:
        at = self.ui.at.hour()
        self.ui.atWords.setText(
            hour(at) if at is not None else self.tr("à compléter ou à corriger")
        )
        self._ask_agenda()

    def _end(self) -> None:
        """Take no more answers: the dialog is gone when they come."""
        self._over = True

    def _ask_agenda(self) -> None:
        """Ask what the agenda would be; what is typed meanwhile asks again."""
        ui = self.ui
        day, at = ui.day.day(), ui.at.hour()
        if self._filling or day is None or at is None:
            return
        self._services.jobs.run(
            proposed_agenda,
            plan_id=ui.plan.currentData(),
            edit=MeetingEdit(ui.body.currentText(), day, at),
            template_id=ui.template_.currentData() or None,
            done=self._show_agenda,
        )

    def _show_agenda(self, items: tuple[ProposedItem, ...]) -> None:
        if self._over:
            return
        titles = (f"{number}. {item.title}" for number, item in enumerate(items, start=1))
        self.ui.agenda.setText("\n".join(titles))
        if self.isVisible():
            self._make_room()

    def _make_room(self) -> None:
        """Let the agenda be read whole: a stack of pages does not ask for wrapped lines' height."""
        agenda = self.ui.agenda
        agenda.setMinimumHeight(agenda.heightForWidth(self.ui.place.width()))
        self.adjustSize()
