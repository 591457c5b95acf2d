"""The meeting's page: one meeting in its three moments."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit

from pan_desktop.app import meetings
from pan_desktop.app.changes import Kind
from pan_desktop.app.publishing import write_pack
from pan_desktop.app.workbooks import write_progress
from pan_desktop.domain.calendar import date_in_words, hour
from pan_desktop.domain.checks.finding import Field
from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.model import ReleveState
from pan_desktop.gui.companion import Companion
from pan_desktop.gui.dialogs.dropped import reports_in
from pan_desktop.gui.dialogs.files import choose_folder
from pan_desktop.gui.dialogs.workbook_dialog import ask_where, ask_workbook
from pan_desktop.gui.forms.ui_meeting_page import Ui_MeetingPage
from pan_desktop.gui.keys import on_digit
from pan_desktop.gui.meeting.checks import ChecksPanel
from pan_desktop.gui.meeting.conclude import ConcludePanel
from pan_desktop.gui.meeting.documents import Documents
from pan_desktop.gui.meeting.hold import HoldPanel
from pan_desktop.gui.meeting.live_checks import LiveChecks
from pan_desktop.gui.meeting.lock_banner import LockBanner
from pan_desktop.gui.meeting.prepare import PreparePanel
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.shared.meeting import SharedMeeting
from pan_desktop.gui.widgets.files_menu import FilesMenu

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.changes import Changes
    from pan_desktop.app.history import Went
    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.checks.finding import Finding
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Place, Services

PREPARE, HOLD, CONCLUDE = range(3)
_TYPED = frozenset({Kind.CONCLUSIONS, Kind.PROGRESS})
"""What the page shows as it is typed here, and as the store has it when others wrote it."""
_GATHERED_MS = 150
"""What others write within this time is shown at once."""


class MeetingPage(Page):
    """Préparer, Tenir, Conclure."""

    # Points and progress are shown as they are typed; the store's echo must not disturb them.
    kinds = frozenset(
        {
            Kind.PLANS,
            Kind.PEOPLE,
            Kind.MEETINGS,
            Kind.AGENDA,
            Kind.ATTENDANCE,
            Kind.ACTIVITIES,
            Kind.TEMPLATES,
        }
    )

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the page, with no meeting yet."""
        super().__init__(services, parent)
        self.ui = Ui_MeetingPage()
        self.ui.setupUi(self)
        self._meeting_id = ""
        self._wanted = ("", "")
        self.prepare = PreparePanel(services)
        self.hold = HoldPanel(services)
        self.conclude = ConcludePanel(services)
        self.documents = Documents(services, self, self.hold.flush)
        self.ui.head.addWidget(self.documents.menu)
        self.ui.head.addWidget(self._files())
        self.ui.prepareColumn.addWidget(self.prepare)
        self.ui.holdColumn.addWidget(self.hold)
        self.ui.concludeColumn.addWidget(self.conclude)
        self.banner = LockBanner()
        self.ui.column.insertWidget(1, self.banner)
        self.banner.reopen_asked.connect(self._reopen)
        self.conclude.life.shown.connect(self.banner.show_life)
        self.ui.moments.currentChanged.connect(self._on_moment)
        for moment in (PREPARE, HOLD, CONCLUDE):
            self._shortcut(moment)
            self.ui.moments.setTabToolTip(moment, f"Ctrl+{moment + 1}")
        for keys, act in (("Ctrl+Shift+S", self._export), ("Ctrl+Shift+M", self._mail)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.checks = ChecksPanel(services)
        self.conclude.ui.checksColumn.addWidget(self.checks)
        self.review = LiveChecks(services.jobs, self)
        for shown in (self.hold.show_review, self.checks.show_review):
            self.review.reviewed.connect(shown)
        for panel in (self.hold.checks, self.checks):
            panel.jump_asked.connect(self._jump)
        self.setAcceptDrops(True)
        self._companion: Companion | None = None
        self._away = self._placeholder()
        QShortcut(QKeySequence("F9"), self).activated.connect(self._toggle_companion)
        self.locked = False
        self._soon = QTimer(self, singleShot=True, interval=_GATHERED_MS)
        self._listen()
        self.shared = SharedMeeting(self, self.jobs.line)
        for field in self.findChildren(QLineEdit):
            services.history.lend_keys(field)

    @property
    def meeting_id(self) -> str:
        """Return the identifier of the meeting that is shown, "" for none."""
        return self._meeting_id

    def open(self, meeting_id: str) -> None:
        """Show another meeting, at the moment where work on it begins."""
        self.hold.flush()
        if meeting_id != self._meeting_id:
            self._meeting_id = meeting_id
            self.setEnabled(False)
            self.banner.hide()
            self.ui.moments.setCurrentIndex(PREPARE)
            self.refresh()

    def reveal(self, place: Place) -> None:
        """Show a row of the meeting, at once or when the meeting is shown."""
        self._wanted = place.row
        if self.isEnabled():
            self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        (table, row_id), self._wanted = self._wanted, ("", "")
        go = {"conclusion": self.hold.go_to_point, "progress_report": self.hold.go_to_report}
        if table in go:
            self.ui.moments.setCurrentIndex(HOLD)
            go[table](row_id, 0, 0)
        elif table == "disagreement":
            self.ui.moments.setCurrentIndex(HOLD)
            self.shared.go_when_known()

    def enter(self) -> None:
        """Put the focus where the present moment begins."""
        (self.prepare, self.hold, self.conclude)[self.ui.moments.currentIndex()].enter()

    def refresh(self) -> None:
        """Ask the store for the meeting."""
        if self._meeting_id:
            self.jobs.run(
                meetings.view_meeting,
                done=self._show,
                failed=partial(self._leave, self._meeting_id),
                meeting_id=self._meeting_id,
            )

    def _leave(self, meeting_id: str, error: PanError) -> None:
        """Go back to the list from a meeting that is no more: its creation was taken back."""
        if not isinstance(error, NotFoundError):
            self.services.notice.complain(error.sentence)
        elif meeting_id == self._meeting_id:
            self._meeting_id = ""
            self.setEnabled(False)
            if self.isVisible():
                told = self.services.notice.sentence
                self.services.go("meetings")
                # Another page puts messages away; this one says why it is shown.
                self.services.notice.setVisible(bool(told))

    def _show(self, view: MeetingView) -> None:
        meeting = view.record.meeting
        if meeting.id != self._meeting_id:
            return
        self.ui.title.setText(meeting.body.name)
        moment = f"{date_in_words(meeting.day)}, {hour(meeting.at)}"
        self.ui.subtitle.setText(f"{moment} · {view.record.plan.label}")
        self.locked = locked = meeting.state is not ReleveState.DRAFT or bool(self.jobs.refusal)
        for panel in (self.prepare, self.hold, self.conclude):
            panel.set_locked(locked)
            panel.show_view(view)
        self.checks.set_locked(locked)
        self.review.follow(meeting.id)
        self.documents.follow(view.record)
        self.shared.show_view(view)
        if not self.isEnabled():
            self.setEnabled(True)
            self.enter()
            self._go_to_wanted()

    def _listen(self) -> None:
        """Follow what is taken back, and what others write."""
        self.services.history.asked.connect(self.hold.flush)
        self.services.history.went.connect(self._on_went)
        for part in (self.hold.points, self.hold.progress):
            part.stale.connect(self.refresh)
        self._soon.timeout.connect(self.refresh)
        self.jobs.elsewhere.connect(self._on_elsewhere)

    def _placeholder(self) -> QLabel:
        """Return what stands in the meeting's place while the companion holds it."""
        words = QLabel(self.tr("La réunion est dans la fenêtre compagnon. F9 la ramène ici."))
        words.setProperty("role", "empty")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.hide()
        self.ui.holdColumn.addWidget(words)
        return words

    def _toggle_companion(self) -> None:
        """Move the meeting into its narrow window, or back."""
        if self._companion is not None:
            self._companion.close()
            return
        self.ui.moments.setCurrentIndex(HOLD)
        companion = Companion(self.services.history, self.services.preferences.companion)
        companion.closed.connect(self._bring_back)
        self._companion = companion
        for keys, act in (
            ("F9", self._toggle_companion),
            ("Ctrl+Shift+S", self._export),
            ("Ctrl+Shift+M", self._mail),
        ):
            QShortcut(QKeySequence(keys), companion).activated.connect(act)
        self._away.show()
        self.hold.set_narrow(True)
        companion.hold(self.hold)
        self.hold.enter()

    def _bring_back(self) -> None:
        assert self._companion is not None
        self.services.preferences.companion = self._companion.saveGeometry()
        self._away.hide()
        self.ui.holdColumn.addWidget(self.hold)
        self.hold.set_narrow(False)
        self.hold.show()
        self._companion.deleteLater()
        self._companion = None
        self.window().activateWindow()
        self.hold.enter()

    def _on_elsewhere(self, changes: Changes) -> None:
        """Show what others wrote where the page keeps what is typed to itself."""
        if changes.kinds.isdisjoint(_TYPED):
            return
        if not self.isVisible():
            self._stale = True
        elif not self._soon.isActive():
            self._soon.start()

    def _on_went(self, _went: Went) -> None:
        """Show what was taken back, also where the page keeps what is typed to itself."""
        if self.isVisible():
            self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own
        """Take the reports of the video call that are dragged here; all else is the window's."""
        if reports_in(event) and not self.hold.locked:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own
        """Show who was in the call by the reports dropped."""
        event.acceptProposedAction()
        self.ui.moments.setCurrentIndex(HOLD)
        self.hold.people.open_call(files=reports_in(event))

    def _jump(self, finding: Finding) -> None:
        """Show the place that a finding is about."""
        place = finding.place
        stretch = [(r.start, len(r.found)) for r in finding.repairs if r.place == place]
        start, length = stretch[0] if stretch else (0, 0)
        if place is not None and place.field is Field.POINT:
            self.ui.moments.setCurrentIndex(HOLD)
            self.hold.go_to_point(place.id, start, length)
        elif place is not None and place.field is Field.DETAILS:
            self.ui.moments.setCurrentIndex(HOLD)
            self.hold.go_to_report(place.id, start, length)
        elif place is not None:
            self.ui.moments.setCurrentIndex(PREPARE)
            self.prepare.go_to(place.field, place.id)
        elif finding.commitments and not finding.people:
            self.ui.moments.setCurrentIndex(HOLD)
            self.hold.go_to_commitment(finding.commitments[0])
        elif finding.people:
            self.ui.moments.setCurrentIndex(HOLD)
            self.hold.people.go_to(finding.people[0])
        elif finding.id == "G1":
            self.ui.moments.setCurrentIndex(CONCLUDE)
            self.conclude.ui.stated.setFocus()

    def _on_moment(self, _index: int) -> None:
        self.hold.flush()
        self.refresh()
        self.enter()

    def _export(self) -> None:
        self.hold.flush()
        self.ui.moments.setCurrentIndex(CONCLUDE)
        self.conclude.write()

    def _mail(self) -> None:
        self.hold.flush()
        self.ui.moments.setCurrentIndex(CONCLUDE)
        self.conclude.mail()

    def _files(self) -> FilesMenu:
        """Return the menu of what goes to files beside the relevé."""
        entries = (
            (self.tr("&Grille d’avancement (Excel)…"), self._write_grid),
            (self.tr("&Reprendre une grille remplie…"), lambda: ask_workbook(self.services, self)),
            (self.tr("&Dossier de preuves…"), self._ask_pack),
        )
        return FilesMenu(self.tr("&Fichiers"), entries)

    def _write_grid(self) -> None:
        self.hold.flush()
        name = self.tr("Avancement {}").format(self.ui.title.text())
        ask_where(self.services, self, name, write_progress, meeting_id=self._meeting_id)

    def _ask_pack(self) -> None:
        """Ask in which folder the evidence pack goes, and write it."""
        self.hold.flush()
        folder = self.services.preferences.folder
        choose_folder(self, self.tr("Dossier de preuves"), folder, self._write_pack)

    def _write_pack(self, folder: Path) -> None:
        words = self.tr("Le dossier de preuves «\u00a0{}\u00a0» est écrit.")
        self.jobs.aside(
            write_pack,
            meeting_id=self._meeting_id,
            target=folder,
            style=self.services.preferences.style,
            now=datetime.now(UTC),
            done=lambda made: self.services.notice.tell(words.format(made.name)),
        )

    def _reopen(self) -> None:
        self.ui.moments.setCurrentIndex(CONCLUDE)
        self.conclude.reopen()

    def _shortcut(self, moment: int) -> None:
        shortcut = QShortcut(self)
        shortcut.setKeys(on_digit("Ctrl", moment + 1))
        shortcut.activated.connect(lambda: self.ui.moments.setCurrentIndex(moment))
