"""A secretary in a process of her own, who types, checks and exports until she is killed.

    python -m tests.soak.typist DATABASE TARGET.docx

Drives the real window with key events. Each line on standard output is a fact that cannot be
taken back: "k N T", N keys had been handled at the monotonic instant T (nanoseconds);
"s N", the window had told that the first N keys were on disk; "x", a file was written.
"""

from __future__ import annotations

import os
import sys
from itertools import cycle
from pathlib import Path
from time import monotonic_ns
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from pan_desktop.app.first_look import first_look
from pan_desktop.gui.application import make_application, make_window
from pan_desktop.gui.pages.meeting import HOLD, MeetingPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SCRIPT = (
    "Le comité prend acte du bilan présenté par les points focaux.\n"
    "La fiche d’auto-évaluation est transmise avant le 25/12/2026.\n"
    "Les administrations concernées complètent le portail ; le suivi revient au secrétariat.\n"
)
"""What she types, over and over: letters, spaces, accents, and a new point now and then."""

KEY_EVERY_MS = 12
EXPORT_EVERY = 140
CHECK_EVERY = 50


class Typist:
    """Types into the points of a meeting."""

    def __init__(self, database: str, target: str) -> None:
        """Open the window on the latest meeting of ``database``."""
        make_application()
        self.window, self.jobs = make_window(database, first_look(database))
        # As the program does with its user's own folder.
        self.jobs.keep_in(Path(database).parent / "données")
        self.target = target
        self.keys = cycle(SCRIPT)
        self.handled = self.sent = 0
        self.timer = QTimer(interval=KEY_EVERY_MS)
        self.timer.timeout.connect(self.press)
        self.jobs.crashed.connect(lambda error: os._exit(repr(error) != ""))
        self.jobs.saved.connect(lambda _at: say(f"s {self.sent}"))

        self.window.services.preferences.opens_export = False

    def begin(self) -> None:
        """Go to where points are typed, and type from then on."""
        from pan_desktop.app import meetings

        self.window.show()
        self.window.activateWindow()
        self.jobs.start()
        self.jobs.run(meetings.list_meetings, done=lambda found: self._open(found[0].id))

    def press(self) -> None:
        """Press the next key; ask for checks and an export from time to time."""
        letter = next(self.keys)
        key = Qt.Key.Key_Return if letter == "\n" else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(self.editor, event)
        self.handled += 1
        say(f"k {self.handled} {monotonic_ns()}")
        if self.handled % CHECK_EVERY == 0:
            self.page.review.now()
        if self.handled % EXPORT_EVERY == 0:
            self.page.conclude.ui.file.setText(self.target)
            self.page.conclude.write()

    def _open(self, meeting_id: str) -> None:
        self.window.open_meeting(meeting_id)
        page = self.window.findChild(MeetingPage)
        assert isinstance(page, MeetingPage)
        self.page = page
        self.jobs.settled.connect(self._type)

    def _type(self) -> None:
        """Begin once the meeting is shown."""
        if not self.page.isEnabled():
            return
        self.jobs.settled.disconnect(self._type)
        self.page.ui.moments.setCurrentIndex(HOLD)
        self.page.hold.enter_points()
        editor = QApplication.focusWidget() or self.window.focusWidget()
        assert editor is not None
        self.editor: QWidget = editor
        self.page.hold.points.typed.connect(self._sent)
        say(f"b {self.page.hold.current_item}")
        self.timer.start()

    def _sent(self) -> None:
        self.sent = self.handled


def say(line: str) -> None:
    """Write a line at once, whatever becomes of the process next."""
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    typist = Typist(sys.argv[1], sys.argv[2])
    typist.begin()
    QApplication.exec()
