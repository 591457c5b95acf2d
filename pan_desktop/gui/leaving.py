"""Copies of the database as the window sees them: one before it closes, and one a day.

The copy is made on the second thread by a connection of its own: no key waits for it, nor any
save. The window stays until it is made; when it cannot be, leaving stops with the reason.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from pan_desktop.app import backups
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QDialog, QWidget

    from pan_desktop.app.backups import Made
    from pan_desktop.app.office import Office
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

SHOWN_AFTER_MS = 600
LOOK_MS = 5 * 60 * 1000
"""How often the clock is looked at for the copy of the day; it also counts a day slept through."""


class Leaving(QObject):
    """Lets the window close once everything in it is copied."""

    def __init__(self, services: Services, window: QWidget) -> None:
        """Look after the leaving of ``window``, which asks ``may_leave``."""
        super().__init__(window)
        self._services = services
        self._window = window
        self._free = False
        self._busy = False
        self._asked = 0
        self.dialog: QDialog | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SHOWN_AFTER_MS)
        self._patience.timeout.connect(self._show_progress)
        services.jobs.crashed.connect(self._on_crashed)

    def may_leave(self) -> bool:
        """Tell whether the window may close; when not yet, it is closed as soon as it may.

        The system going down waits for nobody: there is yesterday's copy, and the next start. Who
        only reads has nothing to copy, and what cannot be saved is nothing that a copy would hold.
        """
        application = QGuiApplication.instance()
        ending = isinstance(application, QGuiApplication) and application.isSavingSession()
        jobs = self._services.jobs
        if self._free or ending or jobs.in_trouble or jobs.refusal:
            return True
        if not self._busy:
            self._copy()
        return False

    def leave_all_the_same(self) -> None:
        """Close the window without a copy."""
        self._free = True
        self._put_away()
        self._free = self._window.close()  # who stays after all leaves another time

    def _copy(self) -> None:
        self._busy = True
        jobs = self._services.jobs
        jobs.aside(_copied, done=self._on_done, failed=self._on_failed, now=datetime.now(UTC))
        self._asked = jobs.asked
        self._patience.start()

    def _on_done(self, _made: Made | None) -> None:
        if self._services.jobs.asked != self._asked:  # something was typed meanwhile
            self._copy()
            return
        self._busy = False
        self.leave_all_the_same()

    def _on_failed(self, error: PanError) -> None:
        from pan_desktop.gui.dialogs.leaving_dialog import LeavingDialog  # not at start

        self._busy = False
        self._put_away()
        self.dialog = dialog = LeavingDialog(error.sentence, self._window)
        dialog.again.connect(self._copy)
        dialog.elsewhere.connect(self._choose_folder)
        dialog.anyway.connect(self.leave_all_the_same)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _on_crashed(self, _error: Exception) -> None:
        """Keep nobody in the window for a fault of ours: closing it again leaves."""
        if self._busy:
            self._busy, self._free = False, True
            self._put_away()

    def _choose_folder(self) -> None:
        from pan_desktop.gui.dialogs.files import choose_folder  # not at start

        title = self.tr("Dossier des sauvegardes")
        folder = self._services.preferences.folder
        choose_folder(self._window, title, folder, self._use_folder)

    def _use_folder(self, folder: Path) -> None:
        self._services.jobs.aside(
            backups.choose_place,
            folder=folder,
            move=False,
            done=lambda _moved: self._copy(),
            failed=self._on_failed,
        )

    def _show_progress(self) -> None:
        from pan_desktop.gui.dialogs.leaving_dialog import CopyingDialog  # not at start

        if self._busy and self.dialog is None:
            self.dialog = CopyingDialog(self._window)
            self.dialog.open()

    def _put_away(self) -> None:
        self._patience.stop()
        if self.dialog is not None:
            self.dialog.done(0)
            self.dialog = None

    def _forget(self) -> None:
        self.dialog = None


class Daily(QObject):
    """Has a copy of the day made while the window is open."""

    def __init__(self, services: Services, parent: QObject) -> None:
        """Begin to look at the clock."""
        super().__init__(parent)
        self._services = services
        self._complained: date | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Ask for the copy of the day, unless the worker has other things to do."""
        if self._services.jobs.idle and not self._services.jobs.refusal:
            now = datetime.now(UTC)
            self._services.jobs.aside(backups.daily, now=now, failed=self._on_failed, done=_told)

    def _on_failed(self, error: PanError) -> None:
        """Say it once a day: a key that is not plugged in need not interrupt every five minutes."""
        today = datetime.now(UTC).astimezone().date()
        if self._complained != today:
            self._complained = today
            self._services.notice.complain(error.sentence, lasting=True)


def copied_first(
    services: Services,
    above: QWidget,
    then: Callable[[], object],
    failed: Callable[[PanError], None],
) -> None:
    """Have a copy made before an import, then do it, unless ``above`` was closed meanwhile.

    Without a copy nothing is imported, and ``failed`` is told. It is made on the second thread,
    that what is being typed goes on being saved.
    """
    closed: list[bool] = []
    above.destroyed.connect(lambda: closed.append(True))

    def go_on(_made: None) -> None:
        # The window, not the page: going elsewhere meanwhile takes no import back.
        if not closed and above.window().isVisible():
            then()

    now = datetime.now(UTC)
    services.jobs.aside(backups.before_import, now=now, done=go_on, failed=failed)


def _copied(office: Office, *, now: datetime) -> Made | None:
    with suppress(InputError):  # nothing of it is on this machine yet
        return backups.back_up(office, why=Why.CLOSE, now=now)
    return None


def _told(_made: Made | None) -> None:
    """Say nothing: a copy that was made is nothing to be told of."""
