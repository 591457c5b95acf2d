"""A real window on a real database, driven by key events; nothing is mocked."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QSettings,
    QStandardPaths,
    Qt,
    QUrl,
    Slot,
)
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from pan_desktop.app.first_look import first_look
from pan_desktop.gui.application import make_application, make_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from pan_desktop.gui.main_window import MainWindow


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], QApplication]:
    """Make the application as the program does: its look, its words."""
    return lambda _arguments: make_application()


@pytest.fixture(scope="session", autouse=True)
def clipboard_without_python(qapp: QApplication) -> Iterator[None]:
    """Leave nothing of Python's on the clipboard: the offscreen platform outlives Python, and
    crashes the process when it lets go of what Python made. Platforms with a screen do not."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return where the test's own database is to be."""
    return tmp_path / "essai.sqlite3"


@pytest.fixture
def data() -> Path | None:
    """Return the program's own folder; by default there is none, and nothing is sheltered."""
    return None


class Desktop(QObject):
    """The system's desktop: keeps what it is asked to open, and opens nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Keep what would have been opened."""
        self.opened.append(Path(url.toLocalFile()))


_KEYS = {"\n": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}


class Driver:
    """The window and a pair of hands on the keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        """Drive ``window``."""
        self.window = window
        self.desktop = Desktop()
        QDesktopServices.setUrlHandler("file", self.desktop, "open")  # type: ignore[arg-type]  # the stub is wrong
        self.jobs = window.services.jobs
        self.qtbot = qtbot

    @property
    def focus(self) -> QWidget:
        """Return what has the keyboard: an open list or menu before all else."""
        popup = QApplication.activePopupWidget()
        if popup is not None and isValid(popup):
            inside: QWidget | None = popup.focusWidget()
            return popup if inside is None else inside
        widget = QApplication.focusWidget() or self.window.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def type(self, text: str) -> None:
        """Type ``text`` into whatever has the keyboard, one key at a time."""
        for character in text:
            if character in _KEYS:
                self.press(_KEYS[character])
            elif ord(character) > 126:  # QTest types ASCII only
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                    QCoreApplication.sendEvent(self.focus, event)
            else:
                self.qtbot.keyClicks(self.focus, character)

    def press(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        times: int = 1,
    ) -> None:
        """Press a key in whatever has the keyboard."""
        for _ in range(times):
            self.qtbot.keyClick(self.focus, key, modifiers)
            self._manage_windows()

    def _manage_windows(self) -> None:
        """Do what a window manager does and the offscreen platform does not.

        A window that opens becomes the active one; when it closes, the one behind it does.
        """
        QApplication.processEvents()
        active = QApplication.activeWindow()
        if active is None or not active.isVisible():
            (QApplication.activeModalWidget() or self.window).activateWindow()
            QApplication.processEvents()

    def control(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def alt(self, key: Qt.Key) -> None:
        """Press a key with Alt."""
        self.press(key, Qt.KeyboardModifier.AltModifier)

    def settle(self) -> None:
        """Wait until the worker has answered everything."""
        self.qtbot.waitUntil(lambda: self.jobs.idle, timeout=20_000)
        # What the answers set off (a dialog that closes, a focus that moves) belongs to them.
        self._manage_windows()


@pytest.fixture
def driver(
    database: Path,
    data: Path | None,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Driver]:
    """Open the window on the test's database and close it as a user would."""
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "preferences")
    )
    look = first_look(str(database))
    window, jobs = make_window(str(database), look, data=data)
    crashes: list[BaseException] = []
    jobs.crashed.connect(crashes.append)
    # Closed below, by us: the plugin would close it before this fixture has seen it settle.
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    jobs.start()
    hands = Driver(window, qtbot)
    hands.settle()
    yield hands
    hands.settle()
    QDesktopServices.unsetUrlHandler("file")
    window.close()
    jobs.close()
    window.deleteLater()
    QApplication.processEvents()
    assert crashes == []
    assert [t.name for t in threading.enumerate() if t.name == "store"] == []
