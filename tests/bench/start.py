"""Opens a window, says when it is painted, and ends: one sample of the time to start.

    python -m tests.bench.start bare
    python -m tests.bench.start ours DATABASE

Both wait in the same way: until the window has handled its first request to paint.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMainWindow


def _announcing(window: type[QMainWindow]) -> None:
    """Have windows of a class end the process once painted."""

    def event(self: QMainWindow, happening: QEvent) -> bool:
        done = super(window, self).event(happening)
        if happening.type() == QEvent.Type.UpdateRequest:
            os.write(1, b"painted\n")
            os._exit(0)
        return done

    window.event = event  # type: ignore[method-assign]


def main() -> None:
    """Start what the arguments name."""
    if sys.argv[1] == "bare":

        class Bare(QMainWindow):
            pass

        _announcing(Bare)
        application = QApplication([])
        window = Bare()
        window.resize(1280, 800)
        window.show()
        application.exec()
    else:
        from pan_desktop import __main__ as program
        from pan_desktop.gui.main_window import MainWindow

        _announcing(MainWindow)
        program.main(["--database", sys.argv[2]])


if __name__ == "__main__":
    main()
