"""From a key to its paint and to the disk, in the whole window against a bare QTextEdit.

Keys are posted on a schedule by a thread of their own, and the clock starts when a key was due:
a stall that holds the next keys up counts for each of them. A key is painted when the window
has handled the update that came after it, stored when the commit that holds it has returned.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import threading
from contextlib import closing
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit

from pan_desktop.app import conclusions, meetings
from pan_desktop.app.first_look import first_look
from pan_desktop.app.office import Office
from pan_desktop.app.sample import fill_meetings
from pan_desktop.app.sharing import LineState, LineStatus
from pan_desktop.gui.application import make_application
from pan_desktop.gui.jobs import Jobs
from pan_desktop.gui.main_window import MainWindow
from pan_desktop.gui.pages.meeting import HOLD, MeetingPage
from pan_desktop.gui.preferences import Preferences
from tests.bench.docx_writing import Row
from tests.bench.years import SENTENCE
from tests.postgres import running
from tests.proxy import Proxy
from tests.shared import SharedOffice

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.first_look import FirstLook

PARAGRAPHS = 2000
KEYS = 150
INTERVAL = 0.04
TYPED = "Le comité retient ce point, à confirmer. "
MEDIAN_LIMIT, TAIL_LIMIT, DISK_LIMIT = 1.5, 3.0, 10.0
LATENCY = 0.05
"""Seconds to the server, each way."""


class Watch(QObject):
    """Notes when keys were due, painted and stored."""

    def __init__(self, edit: QTextEdit) -> None:
        """Watch ``edit``."""
        super().__init__()
        self._edit = edit
        self._before = edit.document().characterCount()
        self._in_paint = 0
        self._loop = QEventLoop()
        self._keys = 0
        self.due: list[float] = []
        self.painted: list[float] = []
        self.stored: list[float] = []
        edit.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Count the letters that are there when a paint begins."""
        if event.type() == QEvent.Type.Paint:
            self._in_paint = self._edit.document().characterCount() - self._before
        return False

    def flushed(self) -> None:
        """Note that what was painted is on the screen."""
        now = perf_counter()
        self.painted += [now] * (self._in_paint - len(self.painted))
        if len(self.painted) >= self._keys:
            self._loop.quit()

    def committed(self, letters: int) -> None:
        """Note that the first ``letters`` keys are on the disk."""
        now = perf_counter()
        self.stored += [now] * (letters - len(self.stored))

    def type(self, keys: int) -> None:
        """Post keys on a schedule, and wait until all have been painted."""
        self._keys = keys
        feeder = threading.Thread(target=self._feed, args=[keys])
        feeder.start()
        self._loop.exec()
        feeder.join()
        self._edit.viewport().removeEventFilter(self)

    def _feed(self, keys: int) -> None:
        letters = cycle(TYPED)
        start = perf_counter() + INTERVAL
        for number in range(keys):
            due = start + number * INTERVAL
            while (left := due - perf_counter()) > 0:
                sleep(left)
            self.due.append(due)
            letter = next(letters)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QCoreApplication.postEvent(self._edit, event)


class Bare(QMainWindow):
    """A window with nothing but a text."""

    def __init__(self, paragraphs: list[str]) -> None:
        """Show ``paragraphs``."""
        super().__init__()
        self.edit = QTextEdit()
        self.edit.setPlainText("\n".join(paragraphs))
        self.setCentralWidget(self.edit)
        self.watch: Watch | None = None

    def event(self, event: QEvent) -> bool:
        """Tell when an update is on the screen."""
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and self.watch is not None:
            self.watch.flushed()
        return done


class Watched(MainWindow):
    """The program's window."""

    watch: Watch | None = None

    def event(self, event: QEvent) -> bool:
        """Tell when an update is on the screen."""
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and self.watch is not None:
            self.watch.flushed()
        return done


class TimedOffice(Office):
    """An office that tells when a letter is on the disk."""

    watch: Watch | None = None
    before = 0

    def save(self, typing: str, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Save, and tell."""
        outcome = super().save(typing, use_case, *args, **kwargs)
        if self.watch is not None and use_case is conclusions.save_point:
            self.watch.committed(len(kwargs["point"].text) - self.before)
        return outcome


class Desk:
    """The program's window, open on a meeting with many points."""

    def __init__(self, office: TimedOffice, look: FirstLook | None) -> None:
        """Open it on ``office``, whose first screen shows ``look``."""
        make_application()
        self.paragraphs = [SENTENCE.format(number) for number in range(PARAGRAPHS)]
        self.office = office
        meeting_id = self.office.run(_long_meeting, texts=self.paragraphs).result
        self.jobs = Jobs(self.office)
        self.window = Watched(self.jobs, Preferences(), look)
        self.window.resize(1600, 900)
        self.window.show()
        self.jobs.start()
        self.window.open_meeting(meeting_id)
        self.settle()
        page = self.window._pages["meeting"]
        assert isinstance(page, MeetingPage)
        self.page = page
        page.ui.moments.setCurrentIndex(HOLD)
        self.settle()
        page.hold.enter_points()
        if not page.hold.preview.isVisible():
            page.hold.toggle_preview()
        self.settle()
        while not page.hold.preview.settled:
            QApplication.processEvents()
        edit = page.hold.points.ui.editors.currentWidget()
        assert isinstance(edit, QTextEdit)
        self.edit = edit

    def settle(self) -> None:
        """Wait until nothing is waiting."""
        for _ in range(20):
            while not self.jobs.idle:
                QApplication.processEvents()
            QApplication.processEvents()
            sleep(0.01)

    def round(self) -> Watch:
        """Type one round and return what was seen."""
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        last = self.edit.document().lastBlock().text()
        watch = Watch(self.edit)
        self.office.before = len(last)
        self.office.watch = self.window.watch = watch
        watch.type(KEYS)
        self.settle()
        self.office.watch = self.window.watch = None
        typed = self.edit.document().lastBlock().text()
        assert len(typed) == len(last) + KEYS, "a key was lost"
        (stored,) = self.office.run(lambda work: work.read.record(self._meeting()).agenda).result[
            1:2
        ]
        assert stored.conclusions[-1].text == typed, "what is stored is not what was typed"
        return watch

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.jobs.close()

    def _meeting(self) -> str:
        return self.page.hold.meeting_id


def measure(database: Path, rounds: int) -> list[Row]:
    """Return how the window compares with a bare text, and a key with a bare commit."""
    desk = Desk(TimedOffice(str(database)), first_look(str(database)))
    return _measure(desk, database.with_name("bare.sqlite3"), rounds, "Touche")


def measure_shared(rounds: int) -> list[Row]:
    """Return the same for an office shared by a server that is ``LATENCY`` away, each way."""
    with tempfile.TemporaryDirectory() as name, running() as server:
        folder = Path(name)
        office = SharedOffice(server, folder)
        with Proxy(server.port) as network:
            network.latency = LATENCY
            address = network.url(office.url)
            own = TimedOffice(address, replicas=folder / "own", data=folder)
            own.run(fill_meetings)
            desk = Desk(own, None)
            assert desk.jobs.line is not None
            while not _all_sent(desk.jobs.line.state):
                QApplication.processEvents()
            rows = _measure(desk, folder / "bare.sqlite3", rounds, "Partagée à 50 ms : touche")
        office.close()
    return rows


def _all_sent(state: LineState) -> bool:
    return state.status is LineStatus.CONNECTED and not state.pending


def _measure(desk: Desk, bare_file: Path, rounds: int, name: str) -> list[Row]:
    QInputDevice.primaryKeyboard()  # or the feeder's first event would make it in its thread
    bare = Bare(desk.paragraphs)
    bare.resize(desk.window.size())
    bare.show()
    floors: list[float] = []
    ours: list[float] = []
    disks: list[float] = []
    commits: list[float] = []
    for number in range(rounds + 1):
        first, second = _bare_round(bare), desk.round()
        if number:  # the first warms up
            floors += _ages(first.due, first.painted)
            ours += _ages(second.due, second.painted)
            disks += _ages(second.due, second.stored)
            commits += _commits(bare_file)
    desk.close()
    bare.close()
    return [
        _row(f"{name} affichée, médiane", floors, ours, MEDIAN_LIMIT, median),
        _row(f"{name} affichée, 95e centile", floors, ours, TAIL_LIMIT, _tail),
        _row(f"{name} sur le disque, médiane", commits, disks, DISK_LIMIT, median),
    ]


def _row(
    name: str,
    floors: list[float],
    ours: list[float],
    limit: float,
    middle: Callable[[list[float]], float],
) -> Row:
    floor, own = middle(floors), middle(ours)
    return Row(name, floor, own, own / floor, min(ours) / min(floors), limit)


def _tail(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _bare_round(bare: Bare) -> Watch:
    bare.edit.moveCursor(QTextCursor.MoveOperation.End)
    bare.edit.setFocus()
    bare.watch = watch = Watch(bare.edit)
    watch.type(KEYS)
    bare.watch = None
    return watch


def _ages(due: list[float], done: list[float]) -> list[float]:
    return [(then - when) * 1000 for when, then in zip(due, done, strict=True)]


def _commits(file: Path, count: int = 60) -> list[float]:
    """Return how long bare durable commits took, in milliseconds.

    At the pace of the keys: after a rest of 40 ms a processor is slower than in a tight loop.
    """
    times: list[float] = []
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("INSERT OR REPLACE INTO t VALUES (1, '')")
        for number in range(count):
            start = perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE t SET text = ? WHERE id = 1", (SENTENCE.format(number),))
            connection.execute("COMMIT")
            times.append((perf_counter() - start) * 1000)
            sleep(INTERVAL)
    return times


def _long_meeting(work: Any, *, texts: list[str]) -> str:
    """Make a meeting with one item of many points."""
    latest = work.read.meetings()[0]
    plan_id = work.read.record(latest.id).plan.id
    edit = meetings.MeetingEdit(latest.body, latest.day.replace(year=2027), latest.at)
    meeting_id = meetings.create_meeting(
        work, plan_id=plan_id, edit=edit, progress_title="État d’avancement"
    )
    item_id = meetings.add_item(work, meeting_id=meeting_id, title="Divers")
    points = [(number % 3, text) for number, text in enumerate(texts)]
    conclusions.add_points(work, item_id=item_id, points=points)
    return meeting_id


if __name__ == "__main__":
    measured = (
        measure_shared(int(sys.argv[2]))
        if sys.argv[1] == "--shared"
        else measure(Path(sys.argv[1]), int(sys.argv[2]))
    )
    for row in measured:
        print(json.dumps(row))
