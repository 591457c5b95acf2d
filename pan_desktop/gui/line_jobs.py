"""The line of a shared office on a thread of its own: it alone ever waits for the network.

What it does to the local file it asks the store's thread for, as every other part of the window.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pan_desktop.app.sharing import Editing, Line, LineState, LineStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.sharing import Runs

_LAST_WORDS = 3.0
"""So many seconds are given to what still waits to be sent when the window is closed."""


class LineJobs(QObject):
    """Keeps the line of one window, and tells how it stands and who else is writing."""

    line_changed = Signal(object)
    """The ``LineState``, whenever it differs from the one told before."""
    others_changed = Signal(object)
    """Who else is writing where: a tuple of ``Editing``, whenever it differs."""
    crashed = Signal(object)
    """An exception that is a fault of ours; the line has ended."""

    def __init__(self, line: Line, parent: QObject | None = None) -> None:
        """Serve ``line``; nothing runs before ``start``."""
        super().__init__(parent)
        self._line = line
        self._closing = threading.Event()
        self._told: LineState | None = None
        self._told_others: tuple[Editing, ...] = ()
        self._thread = threading.Thread(target=self._serve, name="line", daemon=True)

    @property
    def state(self) -> LineState:
        """Return how the line stands."""
        return self._line.state

    @property
    def others(self) -> tuple[Editing, ...]:
        """Return who else is writing where, as last told."""
        return self._told_others

    def start(self, author: str) -> None:
        """Begin to serve; ``author`` is shown to the others."""
        self._line.author = author
        self._thread.start()

    def retry(self) -> None:
        """Try the server at once."""
        self._line.retry()

    def use_password(self, password: str) -> None:
        """Use this password from now on, without keeping it, and try at once."""
        self._line.use_password(password)

    def tell_editing(self, table: str, row_id: str) -> None:
        """Tell the others where somebody writes here; "" for nowhere."""
        self._line.tell_editing(table, row_id)

    def close(self) -> None:
        """Send what still waits, if that is quick, and end the thread."""
        self._closing.set()
        self._line.wake()
        if self._thread.is_alive():
            self._thread.join(_LAST_WORDS)
            if self._thread.is_alive():
                self._line.interrupt()
                self._thread.join()

    def _serve(self) -> None:
        try:
            while not self._closing.is_set():
                self._tell(self._line.step())
                if not self._closing.is_set():
                    self._line.rest()
                    self._tell(self._line.state)
            if self._line.state.status is LineStatus.CONNECTED:
                self._line.step()
        except Exception as error:  # noqa: BLE001 - told on the window's thread
            self.crashed.emit(error)
        finally:
            self._line.close()

    def _tell(self, state: LineState) -> None:
        if self._told is None or _shown(state) != _shown(self._told):
            self._told = state
            self.line_changed.emit(state)
        if self._line.others != self._told_others:
            self._told_others = self._line.others
            self.others_changed.emit(self._told_others)


def line_for(office: Runs, address: str) -> tuple[LineJobs, Callable[[], None]]:
    """Return the line to ``address`` for an office, and what to call when something is written."""
    line = Line(office, address=address)
    return LineJobs(line), line.wake


def _shown(state: LineState) -> tuple[object, ...]:
    """Return what of a state is worth telling: not that the server has answered once more."""
    rights = state.may_write, state.may_administer
    return state.status, state.since, state.pending, state.sentence, state.remark, *rights
