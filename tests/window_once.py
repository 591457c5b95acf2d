"""Opens the program's window on a database, types into a meeting, and closes it, in one process.

python -m tests.window_once DATABASE
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pan_desktop.app.first_look import first_look
from pan_desktop.app.meetings import list_meetings
from pan_desktop.gui.application import make_application, make_window

if TYPE_CHECKING:
    from pan_desktop.gui.jobs import Jobs


TYPED = "Le registre est ouvert"


def main(database: str) -> None:
    """Do it."""
    make_application()
    window, jobs = make_window(database, first_look(database))
    window.show()
    jobs.start()
    found: list[str] = []
    jobs.run(list_meetings, done=lambda lines: found.append(lines[0].id))
    _settle(jobs)
    window.open_meeting(found[0])
    _settle(jobs)
    QTest.keyClick(_focus(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    _settle(jobs)
    QTest.keyClick(_focus(), Qt.Key.Key_F3)
    QTest.keyClicks(_focus(), TYPED)
    _settle(jobs)
    window.close()
    jobs.close()


def _focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _settle(jobs: Jobs) -> None:
    """Wait until everything asked for is answered."""
    QApplication.processEvents()  # what was typed is sent at the end of a pass
    waiting = QEventLoop()
    jobs.settled.connect(waiting.quit)
    if not jobs.idle:
        waiting.exec()


if __name__ == "__main__":
    main(sys.argv[1])
