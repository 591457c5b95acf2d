"""The meeting's page: one meeting in its three moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from pan_desktop.app import meetings
from pan_desktop.app.changes import Kind
from pan_desktop.domain.calendar import date_in_words, hour
from pan_desktop.gui.forms.ui_meeting_page import Ui_MeetingPage
from pan_desktop.gui.keys import on_digit
from pan_desktop.gui.meeting.conclude import ConcludePanel
from pan_desktop.gui.meeting.hold import HoldPanel
from pan_desktop.gui.meeting.prepare import PreparePanel
from pan_desktop.gui.pages.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.history import Went
    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.gui.pages.page import Services

PREPARE, HOLD, CONCLUDE = range(3)


class MeetingPage(Page):
    """Préparer, Tenir, Conclure."""

    # Points and progress are shown as they are typed; the store's echo must not disturb them.
    kinds = frozenset({Kind.PLANS, Kind.PEOPLE, Kind.MEETINGS, Kind.AGENDA, Kind.ATTENDANCE})

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the page, with no meeting yet."""
        super().__init__(services, parent)
        self.ui = Ui_MeetingPage()
        self.ui.setupUi(self)
        self._meeting_id = ""
        self.prepare = PreparePanel(services)
        self.hold = HoldPanel(services)
        self.conclude = ConcludePanel(services)
        self.ui.prepareColumn.addWidget(self.prepare)
        self.ui.holdColumn.addWidget(self.hold)
        self.ui.concludeColumn.addWidget(self.conclude)
        self.ui.moments.currentChanged.connect(self._on_moment)
        for moment in (PREPARE, HOLD, CONCLUDE):
            self._shortcut(moment)
            self.ui.moments.setTabToolTip(moment, f"Ctrl+{moment + 1}")
        export = QShortcut(QKeySequence("Ctrl+Shift+S"), self)
        export.activated.connect(self._export)
        services.history.asked.connect(self.hold.flush)
        services.history.went.connect(self._on_went)
        for field in self.findChildren(QLineEdit):
            services.history.lend_keys(field)

    def open(self, meeting_id: str) -> None:
        """Show another meeting, at the moment where work on it begins."""
        self.hold.flush()
        if meeting_id != self._meeting_id:
            self._meeting_id = meeting_id
            self.setEnabled(False)
            self.ui.moments.setCurrentIndex(PREPARE)
            self.refresh()

    def enter(self) -> None:
        """Put the focus where the present moment begins."""
        (self.prepare, self.hold, self.conclude)[self.ui.moments.currentIndex()].enter()

    def refresh(self) -> None:
        """Ask the store for the meeting."""
        if self._meeting_id:
            self.jobs.run(meetings.view_meeting, done=self._show, meeting_id=self._meeting_id)

    def _show(self, view: MeetingView) -> None:
        meeting = view.record.meeting
        if meeting.id != self._meeting_id:
            return
        self.ui.title.setText(meeting.body.name)
        moment = f"{date_in_words(meeting.day)}, {hour(meeting.at)}"
        self.ui.subtitle.setText(f"{moment} · {view.record.plan.label}")
        for panel in (self.prepare, self.hold, self.conclude):
            panel.show_view(view)
        if not self.isEnabled():
            self.setEnabled(True)
            self.enter()

    def _on_went(self, _went: Went) -> None:
        """Show what was taken back, also where the page keeps what is typed to itself."""
        if self.isVisible():
            self.refresh()

    def _on_moment(self, _index: int) -> None:
        self.hold.flush()
        self.refresh()
        self.enter()

    def _export(self) -> None:
        self.hold.flush()
        self.ui.moments.setCurrentIndex(CONCLUDE)
        self.conclude.write()

    def _shortcut(self, moment: int) -> None:
        shortcut = QShortcut(self)
        shortcut.setKeys(on_digit("Ctrl", moment + 1))
        shortcut.activated.connect(lambda: self.ui.moments.setCurrentIndex(moment))
