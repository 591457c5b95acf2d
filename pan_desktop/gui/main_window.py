"""The window: a rail, one page at a time, a message bar. It assembles and does nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPalette, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.gui import theme
from pan_desktop.gui.history import History
from pan_desktop.gui.keys import on_digit
from pan_desktop.gui.notify import Notice, StandingBar
from pan_desktop.gui.pages.home import HomePage
from pan_desktop.gui.pages.page import Page, Place, Services, keep_plain
from pan_desktop.gui.place import PlaceKeeper
from pan_desktop.gui.saving import Saving

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from pan_desktop.app.first_look import FirstLook
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.jobs import Jobs
    from pan_desktop.gui.line_jobs import LineJobs
    from pan_desktop.gui.preferences import Preferences
    from pan_desktop.gui.search_box import SearchBox

HOME, MEETINGS, MEETING, COMMITMENTS, PROGRESS, PEOPLE, PRESENCES, ACTIONS, SETTINGS = (
    "home",
    "meetings",
    "meeting",
    "commitments",
    "progress",
    "people",
    "presences",
    "actions",
    "settings",
)
_UNDER = {MEETING: MEETINGS, PROGRESS: COMMITMENTS, PRESENCES: PEOPLE}
"""The pages that share a place in the rail with another."""

# The namespace `Qt` itself is not loaded before the first paint: its enumerations take as long as
# all modules of the window together.
_TEXT_UNDER_ICON = 3

_FIRST = QSize(1280, 800)
_SMALLEST = QSize(880, 560)
_TITLE_BAR = 5 * theme.GRID
"""What the system puts above the window, about; it is not known before the window is shown."""


class MainWindow(QMainWindow):
    """The program's one window."""

    painted = Signal()
    """The window has been painted for the first time."""
    reopened = Signal(str)
    """Another database lies in the place of this one; a new window on it has this to tell."""

    def __init__(self, jobs: Jobs, preferences: Preferences, look: FirstLook | None) -> None:
        """Assemble the window on what ``look`` already knows of the database."""
        super().__init__()
        self._jobs = jobs
        self._preferences = preferences
        self.notice = Notice()
        self.history = History(jobs, self.notice, self)
        self.services = Services(
            jobs,
            self.notice,
            preferences,
            self.go,
            self.open_meeting,
            self.history,
            self.go_to,
            self.reopened.emit,
        )
        self.may_leave: list[Callable[[], bool]] = []
        """What is asked before the window closes."""
        self._pages: dict[str, Page] = {}
        self._search: SearchBox | None = None
        self._seen = False
        self._told_after = 0
        self._stack = QStackedWidget()
        self._buttons = QButtonGroup(self)
        self._assemble()
        self._listen()
        self._pages[HOME] = HomePage(self.services, look)
        self._stack.addWidget(self._pages[HOME])
        self.painted.connect(self._pages[HOME].tell_more)
        self.saving = Saving(jobs, self.notice, self._make_standing_bar, self)
        self.place = PlaceKeeper(jobs, self.notice, preferences, self)
        self.painted.connect(self.saving.ask_about_left_over)
        self.saving.nothing_left.connect(self.place.ask)
        self.painted.connect(self._tell_when_overdue)
        if jobs.line is not None:
            self._watch(jobs.line)
        self._take_place(preferences.geometry)
        self.go(HOME)

    def _tell_when_overdue(self) -> None:
        """Say quietly that details of presence are over their time, where they are."""
        from pan_desktop.gui.dialogs.purge_dialog import tell_when_overdue  # not at start

        tell_when_overdue(self.services, self)

    def go(self, name: str) -> None:
        """Show the page of that name, made at its first use, and give it the focus."""
        page = self._page(name)
        if self._stack.currentWidget() is not page:
            self.notice.hide()
        shown = _UNDER.get(name, name)
        for button in self._buttons.buttons():
            button.setChecked(button.objectName() == shown)
        self._stack.setCurrentWidget(page)
        page.enter()

    def go_to(self, place: Place) -> None:
        """Show something where it is."""
        if place.page == MEETING:
            self.open_meeting(place.what)
            self._page(MEETING).reveal(place)
            return
        self._page(place.page).reveal(place)
        self.go(place.page)

    def open_meeting(self, meeting_id: str) -> None:
        """Show the meeting of that identifier."""
        from pan_desktop.gui.pages.meeting import MeetingPage

        page = self._page(MEETING)
        assert isinstance(page, MeetingPage)
        page.open(meeting_id)
        self.go(MEETING)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own
        """Keep where the window stood; what was typed is finished by ``Jobs.close``.

        What is not in the database stops the leaving until it is decided about. Whoever has
        something to do first (a copy of the database) closes it again afterwards.
        """
        if not all(may() for may in (self.saving.may_leave, *self.may_leave)):
            event.ignore()
            return
        self._preferences.geometry = self.saveGeometry()
        for window in QGuiApplication.topLevelWindows():
            if window is not self.windowHandle():
                window.close()  # a companion does not outlive the program's window
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own
        """Tell of the first painting once it is on the screen."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def _take_place(self, kept: QByteArray | None) -> None:
        """Stand where the window last stood, but never larger than the screen or beside it."""
        self.resize(_FIRST)
        if kept is not None:
            self.restoreGeometry(kept)
        room = self.screen().availableGeometry()
        room.adjust(0, 0, 0, -_TITLE_BAR)
        self.setMinimumSize(_SMALLEST.boundedTo(room.size()))
        self.resize(self.size().boundedTo(room.size()))
        if kept is not None and not room.contains(self.geometry()):
            self.move(
                max(room.left(), min(self.x(), room.right() + 1 - self.width())),
                max(room.top(), min(self.y(), room.bottom() + 1 - self.height())),
            )

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            page = _MAKERS[name](self.services)
            keep_plain(page)
            self._pages[name] = page
            self._stack.addWidget(page)
        return self._pages[name]

    def _assemble(self) -> None:
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail())
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.notice)
        self._column = column
        row.addLayout(column, 1)
        self.setCentralWidget(centre)

    def _make_standing_bar(self) -> StandingBar:
        """Put a bar above the messages, for what stays whatever page is shown."""
        bar = StandingBar()
        self._column.insertWidget(self._column.indexOf(self.notice), bar)
        return bar

    def _rail(self) -> QWidget:
        rail = QFrame()
        rail.setObjectName("rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        places = (
            (HOME, self.tr("Accueil")),
            (MEETINGS, self.tr("Réunions")),
            (COMMITMENTS, self.tr("Engagements")),
            (PEOPLE, self.tr("Personnes")),
            (ACTIONS, self.tr("Suivi")),
            (SETTINGS, self.tr("Paramètres")),
        )
        for number, (name, label) in enumerate(places, start=1):
            button = QToolButton()
            button.setObjectName(name)
            button.setText(label)
            button.setCheckable(True)
            button.setIconSize(QSize(20, 20))
            button.setProperty("toolButtonStyle", _TEXT_UNDER_ICON)
            button.setToolTip(f"{label} (Alt+{number})")
            button.clicked.connect(partial(self.go, name))
            self._buttons.addButton(button)
            column.addWidget(button)
            shortcut = QShortcut(self)
            shortcut.setKeys(on_digit("Alt", number))
            shortcut.activated.connect(partial(self.go, name))
            if name == ACTIONS:
                column.addStretch(1)
        return rail

    def _colour_rail(self) -> None:
        """Draw the rail's icons in the palette's colour, again when the look changes."""
        colour = QGuiApplication.palette().color(QPalette.ColorRole.WindowText)
        for button in self._buttons.buttons():
            button.setIcon(theme.icon(button.objectName(), colour))

    def open_search(self) -> None:
        """Open the box that finds everything; with the keyboard already in it, begin anew."""
        from pan_desktop.gui.search_box import SearchBox

        if self._search is None:
            self._search = SearchBox(self.services, self)
        self._search.begin()

    def _listen(self) -> None:
        QShortcut("Ctrl+K", self).activated.connect(self.open_search)
        self._jobs.failed.connect(self._on_failed)
        self._jobs.changed.connect(self._on_changed)
        self.painted.connect(self._take_drops)
        self.history.listen(self)
        self.notice.shown.connect(self._on_told)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        # The icons come a moment after the first frame: loading the SVG reader would delay it.
        self.painted.connect(self._colour_rail)
        application.paletteChanged.connect(self._colour_rail)

    def _watch(self, line: LineJobs) -> None:
        """Tell how it stands with the server of a shared office."""
        from pan_desktop.gui.shared.line_watch import LineWatch

        self.line_watch = LineWatch(self._jobs, line, self.notice, self)
        self.line_watch.told.connect(self.saving.say_line)

    def _take_drops(self) -> None:
        """Let relevés be dropped anywhere on the window."""
        from pan_desktop.gui.dialogs.dropped import DroppedReleves

        self._dropped = DroppedReleves(self.services, self)

    def _on_failed(self, error: PanError) -> None:
        self.notice.complain(error.sentence)

    def _on_told(self, _sentence: str) -> None:
        self._told_after = self._jobs.asked

    def _on_changed(self) -> None:
        """Put away a message older than the order that has just been carried out."""
        if self._jobs.told > self._told_after:
            self.notice.pass_on()


def _meetings(services: Services) -> Page:
    from pan_desktop.gui.pages.meetings import MeetingsPage

    return MeetingsPage(services)


def _meeting(services: Services) -> Page:
    from pan_desktop.gui.pages.meeting import MeetingPage

    return MeetingPage(services)


def _commitments(services: Services) -> Page:
    from pan_desktop.gui.pages.commitments import CommitmentsPage

    return CommitmentsPage(services)


def _progress(services: Services) -> Page:
    from pan_desktop.gui.pages.progress import ProgressPage

    return ProgressPage(services)


def _presences(services: Services) -> Page:
    from pan_desktop.gui.pages.presences import PresencesPage

    return PresencesPage(services)


def _people(services: Services) -> Page:
    from pan_desktop.gui.pages.people import PeoplePage

    return PeoplePage(services)


def _actions(services: Services) -> Page:
    from pan_desktop.gui.pages.actions import ActionsPage

    return ActionsPage(services)


def _settings(services: Services) -> Page:
    from pan_desktop.gui.pages.settings import SettingsPage

    return SettingsPage(services)


_MAKERS: dict[str, Callable[[Services], Page]] = {
    MEETINGS: _meetings,
    MEETING: _meeting,
    COMMITMENTS: _commitments,
    PROGRESS: _progress,
    PEOPLE: _people,
    PRESENCES: _presences,
    ACTIONS: _actions,
    SETTINGS: _settings,
}
