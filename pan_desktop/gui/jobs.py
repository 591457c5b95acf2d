"""All work on the store, on one thread beside the window's; the only place with threads.

A page asks for a use case and goes on; the answer comes back by a queued signal. What is being
typed is saved as it comes: of several waiting saves of one thing only the newest is done.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from pan_desktop.app.office import Outcome
from pan_desktop.domain.errors import PanError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pan_desktop.app.office import Office

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[PanError], None] | None
    key: Key | None = None


class Jobs(QObject):
    """Runs use cases in order on the worker thread and tells what they changed."""

    changed = Signal(object)
    """The Changes of a use case that wrote something."""
    saved = Signal(object)
    """The aware instant at which everything asked for so far was on disk."""
    failed = Signal(object)
    """A PanError that nobody else took care of."""
    crashed = Signal(object)
    """An exception that is a fault of ours."""
    behind = Signal(bool)
    """Whether changes are waiting to be saved."""
    settled = Signal()
    """Everything asked for has been answered."""
    _answered = Signal(object, object, object)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        """Serve ``office``; nothing runs before ``start``."""
        super().__init__(parent)
        self._office = office
        self._waiting: deque[_Job] = deque()
        self._ready = threading.Condition()
        self._closing = False
        self._unanswered = 0
        self._saved_at: datetime | None = None
        self._thread = threading.Thread(target=self._serve, name="store", daemon=True)
        # Emitted on the worker and received on the window's thread: Qt queues it.
        self._answered.connect(self._deliver)

    def start(self) -> None:
        """Open the store and begin to serve."""
        self._thread.start()

    def run(
        self,
        use_case: Callable[..., Any],
        /,
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[PanError], None] | None = None,
        **arguments: Any,
    ) -> None:
        """Ask for a use case; ``done`` gets its result on the window's thread.

        ``failed`` gets a PanError instead of the message bar.
        """
        self._put(_Job(lambda: self._office.run(use_case, **arguments), done, failed))

    def call(
        self,
        function: Callable[..., Any],
        /,
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[PanError], None] | None = None,
        **arguments: Any,
    ) -> None:
        """Ask for a function of the office that is more than one use case (an export)."""
        self._put(_Job(lambda: function(self._office, **arguments), done, failed))

    def save(
        self,
        key: Key,
        use_case: Callable[..., Any],
        /,
        *,
        failed: Callable[[PanError], None] | None = None,
        **arguments: Any,
    ) -> None:
        """Save what is being typed; a save of ``key`` or under it that still waits is dropped.

        A key is under another that begins it: saving ("points", item) drops a waiting
        ("points", item, point), whose text the newer snapshot holds.
        """
        job = _Job(lambda: self._office.run(use_case, **arguments), None, failed, key)
        with self._ready:
            for waiting in tuple(self._waiting):
                if waiting.key is not None and waiting.key[: len(key)] == key:
                    self._waiting.remove(waiting)
                    self._unanswered -= 1
        self.behind.emit(True)
        self._put(job)

    @property
    def idle(self) -> bool:
        """Tell whether everything asked for has been answered."""
        return self._unanswered == 0

    def close(self) -> None:
        """Finish everything asked for, close the store and end the thread."""
        with self._ready:
            self._closing = True
            self._ready.notify()
        if self._thread.is_alive():
            self._thread.join()

    def _put(self, job: _Job) -> None:
        self._unanswered += 1
        with self._ready:
            self._waiting.append(job)
            self._ready.notify()

    def _serve(self) -> None:
        try:
            while (job := self._next()) is not None:
                result, error = None, None
                try:
                    result = job.work()
                except Exception as raised:  # noqa: BLE001 - told on the window's thread
                    error = raised
                self._answered.emit(job, result, error)
        finally:
            self._office.close()

    def _next(self) -> _Job | None:
        with self._ready:
            while not self._waiting and not self._closing:
                self._ready.wait()
            return self._waiting.popleft() if self._waiting else None

    @Slot(object, object, object)
    def _deliver(self, job: _Job, answer: Any, error: Exception | None) -> None:  # noqa: ANN401
        self._unanswered -= 1
        if isinstance(error, PanError):
            (job.failed or self.failed.emit)(error)
        elif error is not None:
            self.crashed.emit(error)
        elif isinstance(answer, Outcome):
            if job.done is not None:
                job.done(answer.result)
            if answer.changes.kinds:
                # Told when nothing waits any more: the pages' own refreshing comes in between.
                self._saved_at = answer.at
                self.changed.emit(answer.changes)
        elif job.done is not None:
            job.done(answer)
        if self.idle:
            if self._saved_at is not None:
                self.saved.emit(self._saved_at)
                self._saved_at = None
            self.behind.emit(False)
            self.settled.emit()
