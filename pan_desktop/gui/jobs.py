"""All work on the store, on one thread beside the window's; the only place with threads.

A page asks for a use case and goes on; the answer comes back by a queued signal. What is being
typed is saved as it comes: of several waiting saves of one thing only the newest is done.

What takes long without the store (writing Word, checking a relevé) goes on a second thread and
asks the first for what it needs: a letter typed meanwhile does not wait for it.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import UTC, datetime
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from pan_desktop.app.changes import Changes
from pan_desktop.app.office import Outcome
from pan_desktop.app.places import is_shared
from pan_desktop.domain.errors import PanError, ReadingOnlyError
from pan_desktop.gui.garbage import WindowCollector

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.keys import Key as FileKey
    from pan_desktop.domain.trouble import CaughtUp, Trouble
    from pan_desktop.gui.line_jobs import LineJobs

Key = tuple[str, ...]


class _Job(NamedTuple):
    """What a worker is given: plain data, never a widget that it might be the last to hold."""

    number: int
    work: Callable[[], Any]
    key: Key | None = None
    reply: SimpleQueue[tuple[Any, Exception | None]] | None = None
    """Where the second worker waits for the answer, which nobody else does."""
    seen: object = None
    """What a text was when its typing began, for a job that saves it."""
    fence: bool = False
    """Whether nothing that waits before it may be dropped for what comes after it."""


_RELAYED = 0
"""The number of what the second worker asked for: the window is told of its changes only."""


class _Queue:
    """Jobs in the order in which they were asked for, and a worker that waits for them."""

    def __init__(self) -> None:
        self.ready = threading.Condition()
        self.waiting: deque[_Job] = deque()
        self._closing = False

    def put(self, job: _Job) -> None:
        with self.ready:
            self.waiting.append(job)
            self.ready.notify()

    def close(self) -> None:
        """Let the worker end when nothing waits any more."""
        with self.ready:
            self._closing = True
            self.ready.notify()

    def take(self) -> _Job | None:
        """Wait for a job; None when there will be none."""
        with self.ready:
            while not self.waiting and not self._closing:
                self.ready.wait()
            return self.waiting.popleft() if self.waiting else None


class RelayedOffice:
    """The office as the second worker sees it: each use case runs on the store's own thread."""

    def __init__(self, office: Office, store: _Queue) -> None:
        """Relay to the worker of ``office`` by its queue."""
        self._office = office
        self._store = store
        self.database = office.database
        self.key = office.key
        self.replicas = office.replicas

    @property
    def trouble(self) -> Trouble | None:
        """Return what keeps changes from being saved, None when nothing does."""
        return self._office.trouble

    def run(self, use_case: Callable[..., Any], **arguments: Any) -> Outcome[Any]:
        """Run a use case as ``Office.run`` does, and wait for its outcome."""
        reply: SimpleQueue[tuple[Any, Exception | None]] = SimpleQueue()
        work = partial(self._office.run, use_case, **arguments)
        self._store.put(_Job(_RELAYED, work, reply=reply))
        outcome, error = reply.get()
        if error is not None:
            raise error
        assert isinstance(outcome, Outcome)
        return outcome


class _Listeners(NamedTuple):
    """Who waits for an answer; these stay on the window's thread."""

    done: Callable[[Any], None] | None = None
    failed: Callable[[PanError], None] | None = None


class Jobs(QObject):
    """Runs use cases in order on the worker thread and tells what they changed."""

    writing_changed = Signal()
    """Nothing may be written any more, or it may again (``refusal``)."""
    changed = Signal(object)
    """The Changes of a use case that wrote something."""
    elsewhere = Signal(object)
    """The Changes that no page asked for: by others in a shared office, by what runs aside."""
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
    trouble = Signal(object)
    """What keeps changes from being saved (``domain.trouble.Trouble``), None when nothing does."""
    caught_up = Signal(object)
    """What had waited was saved (``domain.trouble.CaughtUp``)."""
    relocated = Signal(str)
    """The database lies at another place now."""
    _answered = Signal(int, object, object)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        """Serve ``office``; nothing runs before ``start``."""
        super().__init__(parent)
        self._office = office
        self._store, self._desk = _Queue(), _Queue()
        self._asked = 0
        self._told = 0
        self._closed = False
        self._listening: dict[int, _Listeners] = {}
        self._owed: dict[Key, object] = {}
        """What a text was before its first save that did not reach the store (under ``ready``)."""
        self._saved_at: datetime | None = None
        self._trouble: Trouble | None = None
        self._refusals: dict[str, str] = {}
        self._try = 0
        self._database = office.database
        self._collector = WindowCollector(self)
        self.line: LineJobs | None = None
        """The line to the others of a shared office, None for an office alone."""
        if is_shared(office.database):
            self.line = self._made_line()
        self._thread = threading.Thread(target=self._serve_store, name="store", daemon=True)
        self._second = threading.Thread(
            target=self._serve, args=[self._desk], name="desk", daemon=True
        )
        # Emitted on a worker and received on the window's thread: Qt queues it.
        self._answered.connect(self._deliver)

    def keep_in(self, data: Path) -> None:
        """Keep in the program's folder ``data`` what cannot be saved; said before the start."""
        self._office.data = data

    @property
    def folders(self) -> tuple[Path | None, Path | None]:
        """Return the program's own folder, and the one of the local sides of shared offices."""
        return self._office.data, self._office.replicas

    @property
    def database(self) -> str:
        """Return which database it is, a file or an address."""
        return self._office.database

    def sign(self, author: str) -> None:
        """Have what is written from now on written in the name of ``author``, for the journal."""
        self._office.author = author

    def start(self) -> None:
        """Open the store and begin to serve."""
        self._collector.start()
        self._thread.start()
        self._second.start()
        if self.line is not None:
            self.line.start(self._office.writer)

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
        self._put(partial(self._office.run, use_case, **arguments), _Listeners(done, failed))

    def run_fenced(
        self,
        use_case: Callable[..., Any],
        /,
        *,
        done: Callable[[Any], None],
        failed: Callable[[PanError], None],
        **arguments: Any,
    ) -> None:
        """Ask for a use case that builds on the saves before it.

        None of those that wait is dropped for one that is asked for after it.
        """
        work = partial(self._office.run, use_case, **arguments)
        self._put(work, _Listeners(done, failed), fence=True)

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
        self._put(lambda: function(self._office, **arguments), _Listeners(done, failed))

    def aside(
        self,
        function: Callable[..., Any],
        /,
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[PanError], None] | None = None,
        **arguments: Any,
    ) -> None:
        """Ask for a function that takes long without the store, on the second thread.

        It is given an office whose use cases run on the store's thread, each in its turn.
        """
        office = RelayedOffice(self._office, self._store)
        listeners = _Listeners(done, failed)
        self._put(lambda: function(office, **arguments), listeners, queue=self._desk)

    def finish(
        self,
        function: Callable[..., Any],
        /,
        *,
        done: Callable[[Any], None],
        failed: Callable[[PanError], None],
        **arguments: Any,
    ) -> None:
        """Ask the office for the last thing that is done with this database.

        Nothing asked for afterwards is done: it would reach another database. When it failed the
        work goes on.
        """

        def go_on(error: PanError) -> None:
            self._closed = False
            failed(error)

        self.call(function, done=done, failed=go_on, **arguments)
        self._closed = True

    def save(
        self,
        key: Key,
        use_case: Callable[..., Any],
        /,
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[PanError], None] | None = None,
        seen: object = None,
        **arguments: Any,
    ) -> None:
        """Save what is being typed; a save of ``key`` or under it that still waits is dropped.

        A key is under another that begins it: saving ("points", item) drops a waiting
        ("points", item, point), whose text the newer snapshot holds. ``seen`` is what the text was
        before; the use case gets what it was before the first save that the store has not got.
        """
        with self._store.ready:
            self._drop(key)
        self.behind.emit(True)
        work = partial(self._save, key, use_case, seen, **arguments)
        self._put(work, _Listeners(done, failed), key, seen=seen)

    def forget(self, key: Key) -> None:
        """Let the next save of ``key`` begin from what it says itself that the text was before."""
        with self._store.ready:
            self._owed.pop(key, None)

    def _drop(self, key: Key) -> None:
        """Drop what a save of ``key`` makes idle (the lock is held)."""
        for waiting in reversed(tuple(self._store.waiting)):
            if waiting.fence:
                return
            if waiting.key is not None and waiting.key[: len(key)] == key:
                self._store.waiting.remove(waiting)
                del self._listening[waiting.number]
                if waiting.key == key and waiting.seen is not None:
                    self._owed.setdefault(key, waiting.seen)

    def _save(
        self, key: Key, use_case: Callable[..., Any], seen: object, **arguments: Any
    ) -> Outcome[Any]:
        """Save on the worker, from what the store has."""
        with self._store.ready:
            seen = self._owed.pop(key, seen)
        if seen is not None:
            arguments["seen"] = seen
        try:
            return self._office.save("/".join(key), use_case, **arguments)
        except Exception:
            with self._store.ready:
                if seen is not None:
                    self._owed[key] = seen
            raise

    def quietly(self, function: Callable[..., Any], /, **arguments: Any) -> None:
        """Have the office looked after: nobody waits for it, and nothing counts it.

        ``function`` returns an Outcome where something is to be shown afresh, else None.
        """
        if not self._closed:
            self._store.put(_Job(_RELAYED, partial(function, self._office, **arguments)))

    def save_again(self, how: Callable[..., CaughtUp | None] | None = None) -> None:
        """Try to save what waits, told by ``caught_up`` when it worked; one try at a time.

        ``how`` is a function of ``app.safety``, ``save_again`` itself if it is not given.
        """
        from pan_desktop.app import safety  # not at start

        if how is None and self._try in self._listening:
            return
        self.call(how or safety.save_again, done=self._on_saved_again)
        self._try = self._asked

    @property
    def key(self) -> FileKey | None:
        """Return what opens the office, None where it is in the clear."""
        return self._office.key

    @property
    def refusal(self) -> str:
        """Return why nothing may be written here, as a sentence; "" where it may."""
        return self._office.refusal

    @property
    def in_trouble(self) -> bool:
        """Tell whether something keeps changes from being saved, as far as the worker has told."""
        return self._trouble is not None

    def refuse_writing(self, sentence: str, *, by: str = "") -> None:
        """Let nothing be written, for the reason that ``sentence`` gives; "" lets it again.

        ``by`` is who refuses: another's refusal stands on.
        """
        self._refusals[by] = sentence
        self._office.refusal = next(filter(None, self._refusals.values()), "")
        self.writing_changed.emit()
        self.changed.emit(Changes.everything())  # what is shown becomes read only, or no longer

    @property
    def asked(self) -> int:
        """Return how many things have been asked for so far."""
        return self._asked

    @property
    def told(self) -> int:
        """Return which of all things asked for is being answered, or was last.

        0 for what nobody at this window asked for: what others wrote, and what is done quietly.
        """
        return self._told

    @property
    def idle(self) -> bool:
        """Tell whether everything asked for has been answered."""
        return not self._listening

    def close(self) -> None:
        """Finish everything asked for, close the store and end the threads."""
        self._closed = True
        if self.line is not None:
            self.line.close()
        for queue, thread in ((self._desk, self._second), (self._store, self._thread)):
            queue.close()
            if thread.is_alive():
                thread.join()
        self._collector.stop()

    def _put(
        self,
        work: Callable[[], Any],
        listeners: _Listeners,
        key: Key | None = None,
        queue: _Queue | None = None,
        *,
        seen: object = None,
        fence: bool = False,
    ) -> None:
        if self._closed:  # a page that is painted once more on the way out has nobody to ask
            return
        self._asked += 1
        self._listening[self._asked] = listeners
        job = _Job(self._asked, work, key, seen=seen, fence=fence)
        (queue or self._store).put(job)

    def _made_line(self) -> LineJobs:
        from pan_desktop.gui.line_jobs import line_for  # for a shared office only

        relayed = RelayedOffice(self._office, self._store)
        line, self._office.written = line_for(relayed, self._office.database)
        line.crashed.connect(self.crashed)
        return line

    def _serve_store(self) -> None:
        try:
            self._serve(self._store, self._look_after)
        finally:
            self._office.close()

    def _look_after(self) -> None:
        """Tell of the trouble that saving is in, and of the database's place, when they change."""
        if self._office.trouble != self._trouble:
            self._trouble = self._office.trouble
            self.trouble.emit(self._trouble)
        if self._office.database != self._database:
            self._database = self._office.database
            self.relocated.emit(self._database)

    def _serve(self, queue: _Queue, then: Callable[[], None] = lambda: None) -> None:
        while (job := queue.take()) is not None:
            result, error = None, None
            try:
                result = job.work()
            except Exception as raised:  # noqa: BLE001 - told on the window's thread
                error = raised
            then()
            # What the other threads only read is no news for the window.
            if job.reply is None or (isinstance(result, Outcome) and result.changes.kinds):
                self._answered.emit(job.number, result, error)
            if job.reply is not None:
                job.reply.put((result, error))

    @Slot(int, object, object)
    def _deliver(self, number: int, answer: object, error: Exception | None) -> None:
        listeners = self._listening.pop(number, _Listeners())
        self._told = number
        try:
            if isinstance(error, PanError):
                (listeners.failed or self.failed.emit)(error)
                if isinstance(error, ReadingOnlyError):
                    self.changed.emit(Changes.everything())  # what was ticked is not
            elif error is not None:
                self.crashed.emit(error)
            else:
                self._tell(listeners, answer, mine=number != _RELAYED)
                if number == _RELAYED and isinstance(answer, Outcome) and answer.changes.kinds:
                    self.elsewhere.emit(answer.changes)
        finally:  # whatever a listener did, the rest of the window must learn where things stand
            if number or answer is not None:
                self._tell_when_idle()

    def _on_saved_again(self, done: CaughtUp | None) -> None:
        if done is not None:
            self._saved_at = datetime.now(UTC)
            self.changed.emit(Changes.everything())  # others may have written meanwhile
            self.caught_up.emit(done)

    def _tell(self, listeners: _Listeners, answer: object, *, mine: bool) -> None:
        if not isinstance(answer, Outcome):
            if listeners.done is not None:
                listeners.done(answer)
            return
        try:
            if listeners.done is not None:
                listeners.done(answer.result)
        finally:
            if answer.changes.kinds:
                if mine:  # what came from others was saved elsewhere
                    # Told when nothing waits any more: pages' own refreshing comes in between.
                    self._saved_at = answer.at or self._saved_at
                self.changed.emit(answer.changes)

    def _tell_when_idle(self) -> None:
        if not self.idle:
            return
        if self._saved_at is not None:
            self.saved.emit(self._saved_at)
            self._saved_at = None
        self.behind.emit(False)
        self.settled.emit()
