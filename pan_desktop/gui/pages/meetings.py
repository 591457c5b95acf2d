"""The page of all meetings: open one, begin one, read one in, remove one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QShortcut

from pan_desktop.app.changes import Kind
from pan_desktop.app.meetings import list_meetings, remove_meeting
from pan_desktop.domain.calendar import date_in_words, hour
from pan_desktop.domain.model import ReleveState
from pan_desktop.domain.typography import counted
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.dialogs.meeting_dialog import new_meeting
from pan_desktop.gui.dialogs.releve_file import import_folder, import_releve
from pan_desktop.gui.dialogs.template_dialog import TemplatesDialog
from pan_desktop.gui.forms.ui_meetings_page import Ui_MeetingsPage
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.widgets.filter_line import FilterLine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.model import MeetingLine
    from pan_desktop.gui.pages.page import Services

WIDTHS = (216, 72, 0, 104, 0, 88, 104)


class MeetingsPage(Page):
    """All meetings, the latest first."""

    kinds = frozenset({Kind.MEETINGS, Kind.ATTENDANCE, Kind.PLANS})

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the page, to be filled when it is first seen."""
        super().__init__(services, parent)
        self.ui = Ui_MeetingsPage()
        self.ui.setupUi(self)
        self._asked_focus = False
        self.model: RowsModel[MeetingLine] = RowsModel(
            (
                Column(self.tr("Date"), _day_in_words, sort_key=lambda line: (line.day, line.at)),
                Column(self.tr("Heure"), lambda line: hour(line.at)),
                Column(self.tr("Instance"), lambda line: line.body),
                Column(self.tr("Plan"), lambda line: line.plan),
                Column(self.tr("Lieu"), lambda line: line.place),
                Column(self.tr("Présents"), lambda line: str(line.present), centred=True),
                Column(self.tr("Relevé"), self._state),
            ),
            self,
        )
        self.ui.table.show_rows(self.model, WIDTHS)
        self.filter = FilterLine(
            self.ui.table, self.tr("Filtrer\u00a0: date, instance, plan, lieu… (Ctrl+F)")
        )
        self.filter.narrowed.connect(self.model.narrow)
        self.ui.listColumn.insertWidget(0, self.filter)
        self.ui.table.arrange(services.preferences.of_list("meetings"))
        self._connect()

    def refresh(self) -> None:
        """Ask the store for the meetings."""
        self.jobs.run(list_meetings, done=self._show)

    def enter(self) -> None:
        """Put the focus on the table, or on the first thing to do."""
        state = self.ui.states.currentWidget()
        if state is self.ui.listState:
            self.ui.table.setFocus()
        elif state is self.ui.emptyState:
            self.ui.emptyNew.setFocus()
        else:
            self._asked_focus = True
            self.setFocus()

    def new_meeting(self) -> None:
        """Ask for a new meeting and open it."""
        new_meeting(self.services, self)

    def import_releve(self) -> None:
        """Ask for a file, read it in and open its meeting."""
        import_releve(self.services, self)

    def import_folder(self) -> None:
        """Ask for a folder and take in all relevés in it."""
        import_folder(self.services, self)

    def ask_removal(self, meeting_id: str) -> None:
        """Ask whether the meeting is really to go, naming it."""
        if self.services.refused():
            return
        line = self.model.row(self.model.number_of(meeting_id))
        if line is None:
            return
        confirm(
            self,
            self.tr("Supprimer la réunion du {day} à {hour} ({body})\u00a0?").format(
                day=date_in_words(line.day), hour=hour(line.at), body=line.body
            ),
            self.tr(
                "Ses présences, son avancement et ses points retenus sont supprimés avec elle. "
                "Ctrl+Z la rétablit. Le plan et les personnes restent."
            ),
            self.tr("&Supprimer la réunion"),
            partial(self.jobs.run, remove_meeting, meeting_id=meeting_id),
        )

    def show_templates(self) -> None:
        """Open the list of meeting templates."""
        TemplatesDialog(self.services, self).open()

    def _state(self, line: MeetingLine) -> str:
        """Return how far the meeting's relevé has come."""
        return {
            ReleveState.DRAFT: self.tr("brouillon"),
            ReleveState.ISSUED: self.tr("diffusé"),
            ReleveState.CORRECTED: self.tr("corrigé"),
            ReleveState.APPROVED: self.tr("approuvé"),
        }[line.state]

    def _connect(self) -> None:
        ui = self.ui
        ui.table.opened.connect(self.services.open_meeting)
        ui.table.removal_asked.connect(self.ask_removal)
        self.follow_history(ui.table, "meeting")
        ui.openMeeting.clicked.connect(lambda: self.services.open_meeting(ui.table.current_id()))
        ui.removeMeeting.clicked.connect(lambda: self.ask_removal(ui.table.current_id()))
        ui.templates.clicked.connect(self.show_templates)
        for button in (ui.newMeeting, ui.emptyNew):
            button.clicked.connect(self.new_meeting)
        ui.importFolder.clicked.connect(self.import_folder)
        for button in (ui.importReleve, ui.emptyImport):
            button.clicked.connect(self.import_releve)
        self.rest(ui.newMeeting, ui.emptyNew, ui.importReleve, ui.emptyImport, ui.importFolder)
        self.rest(ui.removeMeeting, ui.templates)
        for keys, act in (
            ("Ctrl+N", self.new_meeting),
            ("Ctrl+O", self.import_releve),
            ("Ctrl+Shift+O", self.import_folder),
            ("Ctrl+F", self.filter.go),
        ):
            QShortcut(keys, self).activated.connect(act)

    def _show(self, lines: tuple[MeetingLine, ...]) -> None:
        ui = self.ui
        had_focus = self._asked_focus or self._has_focus()
        self._asked_focus = False
        self.model.set_rows(lines)
        ui.states.setCurrentWidget(ui.listState if lines else ui.emptyState)
        for widget in (*(ui.newMeeting, ui.newKeys, ui.templates), ui.importReleve, ui.importKeys):
            widget.setVisible(bool(lines))
        ui.count.setVisible(bool(lines))
        ui.count.setText(counted(len(lines), self.tr("réunion"), self.tr("réunions")))
        if had_focus:
            self.enter()

    def _has_focus(self) -> bool:
        focus = self.window().focusWidget()
        return self.isVisible() and (focus is self or self.ui.states.isAncestorOf(focus))


def _day_in_words(line: MeetingLine) -> str:
    words = date_in_words(line.day)
    return f"{words[0].upper()}{words[1:]}"
