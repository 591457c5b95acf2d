"""Opens each page of the window on thirty years of meetings and on three years, in turns.

Ten plans against the last one of them: an empty database would be no floor, for it shows a
sentence where the others show a table (2 ms against 10).

Two times are told. *Opened* is from the key to the page's first painted frame, which is what the
secretary waits for before she can go on; it may not grow with the data. *Filled* is until the
store has answered and what it said is painted; it is told besides.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings

from pan_desktop.app.first_look import first_look
from pan_desktop.gui.application import make_application, make_window
from tests.bench.docx_writing import Row

if TYPE_CHECKING:
    from pan_desktop.gui.jobs import Jobs
    from pan_desktop.gui.main_window import MainWindow

LIMIT = 1.2
"""Thirty years may cost a fifth more, no more than that."""
PAGES = ("meetings", "commitments", "progress", "people", "presences", "actions")


class _Painted(QObject):
    """Notes when a window has handled a request to paint."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.at = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Keep the moment."""
        if event.type() == QEvent.Type.UpdateRequest:
            watched.event(event)
            self.at = perf_counter()
            return True
        return super().eventFilter(watched, event)


class Opened:
    """A window on one database."""

    def __init__(self, database: Path) -> None:
        """Open it and wait until it has settled."""
        self.window, self.jobs = make_window(str(database), first_look(str(database)))
        self._painted = _Painted(self.window)
        self.window.resize(1280, 800)
        self.window.show()
        self.jobs.start()
        self._settle(self.jobs)

    def open(self, name: str) -> tuple[float, float]:
        """Return the times to open and to fill a page that has to be asked for afresh."""
        self.window.go("settings")
        self._settle(self.jobs)
        page = self.window._page(name)
        page._stale = True
        self._painted.at = 0.0
        start = perf_counter()
        self.window.go(name)
        while not self._painted.at:
            QCoreApplication.processEvents()
        opened = self._painted.at - start
        self._settle(self.jobs)
        return 1000 * opened, 1000 * (max(self._painted.at, start) - start)

    def close(self) -> None:
        """Close the window and its store."""
        self.window.close()
        self.jobs.close()

    def _settle(self, jobs: Jobs) -> None:
        while not jobs.idle:
            QCoreApplication.processEvents()
        for _ in range(5):
            QCoreApplication.processEvents()


def measure(full: Path, few: Path, rounds: int) -> tuple[list[Row], list[str]]:
    """Return a row a page, and what filling takes, in words."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, mkdtemp())
    application = make_application()
    windows = {"few": Opened(few), "full": Opened(full)}
    rows, told = [], []
    for name in PAGES:
        times: dict[str, list[tuple[float, float]]] = {"few": [], "full": []}
        for _ in range(rounds + 1):
            for key, window in windows.items():
                times[key].append(window.open(name))
        opened = {key: [t[0] for t in found[1:]] for key, found in times.items()}
        filled = {key: [t[1] for t in found[1:]] for key, found in times.items()}
        floor, ours = median(opened["few"]), median(opened["full"])
        least = min(opened["full"]) / min(opened["few"])
        rows.append(
            Row(f"Page {name} : trente ans contre trois", floor, ours, ours / floor, least, LIMIT)
        )
        told.append(
            f"Page {name} remplie : {median(filled['full']):.0f} ms avec trente ans de réunions, "
            f"{median(filled['few']):.0f} ms avec trois"
        )
    for window in windows.values():
        window.close()
    del application
    return rows, told


if __name__ == "__main__":
    import json

    found, words = measure(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps([found, words]))
