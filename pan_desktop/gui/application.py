"""Starts the window: paints it first from what a raw look gives, opens the store after."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from pan_desktop import __version__, resources
from pan_desktop.app.first_look import FirstLook, database_file, first_look, followed
from pan_desktop.app.office import Office
from pan_desktop.domain.errors import (
    PanError,
    SecretNeededError,
    StoreDamagedError,
    WrongSecretError,
)
from pan_desktop.gui import theme
from pan_desktop.gui.crash import CrashReporter
from pan_desktop.gui.jobs import Jobs
from pan_desktop.gui.main_window import MainWindow
from pan_desktop.gui.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pan_desktop.domain.keys import Key
    from pan_desktop.gui.holder import Held
    from pan_desktop.gui.leaving import Leaving


BEAT_MS = 60_000
"""How often the holder of a database says that it lives."""


class GivenUp(Exception):  # noqa: N818 - no error: it was wanted
    """Nobody gave the passphrase of a protected office."""


def run(database: str, key: Key | None = None, data: Callable[[], Path] | None = None) -> int:
    """Open the window on ``database`` and return the program's exit code.

    ``key`` opens a protected database; without it the passphrase is asked for. ``data`` tells
    the program's own folder. After a copy was put in the place of the database, a new window is
    opened on it.
    """
    application = make_application()
    code, to_tell = 0, [""]
    while to_tell:
        sentence = to_tell.pop()
        try:
            database = followed(database)
            if data is not None and _is_missing(database):
                from pan_desktop.gui.dialogs.lost_base import Chosen, offer  # not at start

                _show_icon()
                if offer(database, data()) is Chosen.LEAVE:
                    return 0
            try:
                look = first_look(database, key)
            except SecretNeededError:
                key = _asked_key(database)
                look = first_look(database, key)
        except (StoreDamagedError, WrongSecretError) as error:
            # A key that was seen to be right and opens nothing any more: the file is damaged.
            key, restored = _mended(database, key, error)
            if restored is None:
                sys.stderr.write(error.sentence + "\n")
                return error.exit_code
            to_tell.append(restored)
            continue
        except PanError as error:
            return _refuse(error)
        except GivenUp:
            return 0
        window, jobs = make_window(database, look, key)
        window.reopened.connect(partial(_leave_for_another, application, to_tell))
        code = _work(application, window, jobs, Keeping(database, sentence), data)
        key = jobs.key
    return code


def _leave_for_another(application: QApplication, to_tell: list[str], sentence: str) -> None:
    """Leave the window; the next one tells ``sentence``."""
    to_tell.append(sentence)
    application.exit(0)


def _work(
    application: QApplication,
    window: MainWindow,
    jobs: Jobs,
    keeping: Keeping,
    data: Callable[[], Path] | None,
) -> int:
    """Show the window until it is left; return the program's exit code."""
    reporter = CrashReporter(window.notice)
    jobs.crashed.connect(reporter.report)
    sys.excepthook = reporter.hook
    with keeping:
        # Whatever waits for a disk comes after the first paint, or it would hold the window back.
        window.painted.connect(lambda: _settle_in(application, window, jobs, keeping, data))
        window.show()
        try:
            return application.exec()
        finally:
            jobs.close()
            # Qt asks every window before it quits: one that is over must not hold it back.
            window.may_leave.clear()
            window.hide()
            window.deleteLater()


class Keeping:
    """The right to write in the database while the window is open, or the wait for it."""

    def __init__(self, database: str, sentence: str = "") -> None:
        """Take nothing yet; ``sentence`` is what the window has to tell."""
        self._database = database
        self._sentence = sentence
        self._held: Held | None = None
        self._beats: QTimer | None = None

    def begin(self, window: MainWindow, jobs: Jobs) -> None:
        """Take the right to write; where another has it, let ``window`` read only."""
        from pan_desktop.gui.holder import HeldError, hold  # not at start

        if self._sentence:
            window.notice.tell(self._sentence)
        try:
            self._keep(hold(self._database, window.services.preferences.author), jobs)
            jobs.relocated.connect(partial(self._follow, window, jobs))
        except HeldError as error:
            from pan_desktop.gui.reading_only import ReadingOnly  # not at start

            ReadingOnly(window, self._database, error, lambda held: self._keep(held, jobs))

    def _follow(self, window: MainWindow, jobs: Jobs, database: str) -> None:
        """Hold the database where it lies now."""
        from pan_desktop.gui.holder import HeldError, hold  # not at start

        if self._held is not None:
            self._held.release(in_use=True)
        self._database = database
        with suppress(HeldError):  # it was ours a moment ago
            author = window.services.preferences.author
            self._keep(hold(database, author, in_use=True), jobs)

    def __enter__(self) -> Keeping:
        """Let it be given back at the end."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Give the right back."""
        if self._held is not None:
            self._held.release()

    def _keep(self, held: Held | None, jobs: Jobs) -> None:
        self._held = held
        if self._beats is None:
            self._beats = QTimer(jobs)
            self._beats.setInterval(BEAT_MS)
            self._beats.timeout.connect(lambda: jobs.quietly(self._beat))
            self._beats.start()

    def _beat(self, _office: object) -> None:
        if self._held is not None:
            self._held.renew()


def _settle_in(
    application: QApplication,
    window: MainWindow,
    jobs: Jobs,
    keeping: Keeping,
    data: Callable[[], Path] | None,
) -> None:
    """Lock the database, let the worker open it, and follow the system's look."""
    if data is not None:
        jobs.keep_in(data())
    keeping.begin(window, jobs)
    jobs.start()
    look_after(window)
    _close_to_others(window, None if data is None else data())
    _show_icon()
    theme.follow_system(application, lambda: window.services.preferences.theme)


def _show_icon() -> None:
    """Give the program's icon to its windows: a moment after the first, before a dialog alone."""
    QApplication.setWindowIcon(QIcon(str(resources.path("icons/app.svg"))))


def _close_to_others(window: MainWindow, data: Path | None) -> None:
    """Have what others can read closed to them, and say so."""
    from pathlib import Path  # not at start

    from pan_desktop.app import owner_only

    def tell(sentence: str) -> None:
        if sentence:
            window.notice.tell(sentence)

    kept = Path(window.services.preferences.file)
    window.services.jobs.aside(
        owner_only.close_to_others, data=data, quietly=(kept,), done=tell, failed=_ignore
    )


def _ignore(_error: PanError) -> None:
    """Say nothing: the database itself tells what is wrong with it."""


def look_after(window: MainWindow) -> Leaving:
    """Have the database of a window copied when it is left, and once a day."""
    from pan_desktop.gui.leaving import Daily, Leaving  # not at start

    leaving = Leaving(window.services, window)
    window.may_leave.append(leaving.may_leave)
    Daily(window.services, window)
    return leaving


def make_application() -> QApplication:
    """Return the application with the program's look, in French."""
    # Not by setStyle: what it returns loads all of QStyle's enumerations.
    application = QApplication.instance() or QApplication([sys.argv[0], "-style", "Fusion"])
    assert isinstance(application, QApplication)
    application.setApplicationName("pan-desktop")
    application.setApplicationDisplayName("")
    application.setApplicationVersion(__version__)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.Morocco))
    translator = QTranslator(application)
    # Qt's own words (buttons of dialogs, context menus); ours are French in the source.
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_fr", folder):
        application.installTranslator(translator)
    theme.apply(application, Preferences().theme)
    return application


def make_window(
    database: str, look: FirstLook | None, key: Key | None = None, data: Path | None = None
) -> tuple[MainWindow, Jobs]:
    """Return the window on ``database`` and the worker behind it, not yet started.

    ``data`` is the program's own folder, where what cannot be saved is kept.
    """
    preferences = Preferences()
    jobs = Jobs(Office(database, key=key, author=preferences.author, data=data))
    return MainWindow(jobs, preferences, look), jobs


def _asked_key(database: str) -> Key:
    """Ask for the key of a protected database. Raises GivenUp when nobody gives it."""
    from pan_desktop.gui.dialogs.passphrase_dialog import ask_key  # not at start

    _show_icon()
    key = ask_key(database)
    if key is None:
        raise GivenUp
    return key


def _mended(database: str, key: Key | None, error: PanError) -> tuple[Key | None, str | None]:
    """Offer the copies of a damaged database; return their key and what to tell."""
    from pan_desktop.app.protection import copies_need_secret, why_closed  # not at start
    from pan_desktop.gui.dialogs.damaged_dialog import mend

    if key is None and copies_need_secret(database):
        try:
            key = _asked_key(database)
        except GivenUp:
            return None, None
    _show_icon()
    return key, mend(database, key, error if key is None else why_closed(database, key, error))


def _is_missing(database: str) -> bool:
    file = database_file(database)
    return file is not None and not file.exists()


def _refuse(error: PanError) -> int:
    """Say why the database cannot be opened, and stop."""
    from PySide6.QtWidgets import QMessageBox  # not at start

    _show_icon()
    box = QMessageBox(QMessageBox.Icon.Warning, "PAN Desktop", error.sentence)
    box.exec()
    sys.stderr.write(error.sentence + "\n")
    return error.exit_code
