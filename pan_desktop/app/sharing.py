"""The line of a shared office: what was written here goes to the server, what others wrote comes.

A ``Line`` is used from one thread, which may wait for the network as long as it takes; what it does
to the local file it asks the office for, in short use cases, so that no key typed ever waits for
the network. Without a window one calls ``step`` by hand:

    line = Line(office)
    line.step()          # sends what waits, takes in what came; says where the line stands

The invariant that holds after every step, for each replica and whatever was cut in between: the
replica's rows are those of the server at the position that it has read, with its own entries that
are not in the server's log up to there merged on top in order, and over that, for each open
disagreement in which its own text is kept (``origin``), that text. After everyone has taken a step
with nothing left to send, all replicas and the server say the same but for those texts.
"""

from __future__ import annotations

import json
import select
import socket
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pan_desktop.app.membership import fill, rights_of
from pan_desktop.app.office import reading
from pan_desktop.app.secrets_kept import password_for
from pan_desktop.domain.errors import PanError, SharedRefusedError, SharedUnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pan_desktop.app.office import Outcome
    from pan_desktop.domain.keys import Key
    from pan_desktop.domain.trouble import Trouble
    from pan_desktop.store.merging.entries import Entry
    from pan_desktop.store.shared.line import Pulled, ServerLine
    from pan_desktop.store.shared.server import OfficeThere
    from pan_desktop.store.unit_of_work import UnitOfWork

BATCH = 200
"""So many entries are sent in one transaction."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_HEARTBEAT = 10.0
_FORGOTTEN = 25.0
"""Who has not been heard of for so long is no longer shown as writing."""
_LONGEST_NAME = 200
"""So many letters of a name are told to the others: PostgreSQL tells 8,000 bytes at once."""
_GATHERED = 0.2
"""What is typed within so many seconds is sent together."""


class LineStatus(Enum):
    """How it stands with the server."""

    CONNECTED = "connected"
    OFFLINE = "offline"
    """It does not answer; it is tried again by itself."""
    REFUSED = "refused"
    """It refuses; someone must do something (the password, a right, a newer program)."""


@dataclass(frozen=True, slots=True)
class LineState:
    """How it stands with the server, to be shown."""

    status: LineStatus
    since: datetime
    pending: int = 0
    """Changes that the server has not confirmed yet, as who wrote them counts (``Outbox``)."""
    exchanged_at: datetime | None = None
    """When the server last answered."""
    sentence: str = ""
    """Why it is offline or refused, in French."""
    may_write: bool = True
    may_administer: bool = False
    remark: str = ""
    """What happened on the way that must be told once, in French."""


class Editing(NamedTuple):
    """Somebody else who is writing somewhere."""

    author: str
    table: str
    row_id: str
    since: datetime
    """By her own clock."""
    origin: str
    """Her replica: two windows of one author are two."""


class Runs(Protocol):
    """What a line asks of an office: to run use cases, on whatever thread is the store's."""

    database: str
    key: Key | None
    replicas: Path | None

    @property
    def trouble(self) -> Trouble | None:
        """Return what keeps the local file from being written, None when nothing does."""
        ...

    def run(self, use_case: Callable[..., Any], **arguments: Any) -> Outcome[Any]:
        """Run a use case and return its outcome."""


class Line:
    """The line of one window (or command) to the server of its shared office."""

    def __init__(
        self,
        office: Runs,
        *,
        author: str = "",
        password: Callable[[str], str | None] = password_for,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
        address: str = "",
    ) -> None:
        """Serve ``office``, whose database is an address; ``author`` is shown to others.

        ``password`` is asked at every attempt to connect. ``address`` stands before the office's
        own (a proxy, in tests).
        """
        self._office = office
        self._address = address or office.database
        self.author = author
        self._password = password
        self._now = now
        self._clock = clock
        self._line: ServerLine | None = None
        self._there: OfficeThere | None = None
        self._retry_at = 0.0
        self._pause = _FIRST_PAUSE
        self._pushed_at = 0.0
        self._mine: tuple[str, str] | None = None
        self._told_at: float | None = None
        self._grown = False
        """Whether it was told that the server's log has grown since it was last asked for."""
        self._others: dict[str, tuple[Editing, float]] = {}
        self._origin = ""
        self._woken, self._wake = socket.socketpair()
        self._woken.setblocking(False)
        self._wake.setblocking(False)
        self.state = LineState(LineStatus.OFFLINE, now())

    # What any thread may call ----------------------------------------------------------------

    def wake(self) -> None:
        """Have the line look at once whether something is to be sent."""
        try:
            self._wake.send(b".")
        except OSError:  # as many wake-ups wait as fit: one is enough
            return

    def retry(self) -> None:
        """Try the server at once, not when the pause is over."""
        self._retry_at, self._pause = 0.0, _FIRST_PAUSE
        self.wake()

    def use_password(self, password: str) -> None:
        """Use this password from now on, without keeping it, and try at once."""
        self._password = lambda _address: password
        self.retry()

    def tell_editing(self, table: str, row_id: str) -> None:
        """Tell the others where somebody writes here; "" for nowhere."""
        self._mine = (table, row_id) if table else None
        self._told_at = None
        self.wake()

    def interrupt(self) -> None:
        """Cut the connection under whoever waits for it, from any thread."""
        line = self._line
        if line is not None:
            line.interrupt()
        self.wake()

    # What the line's own thread calls --------------------------------------------------------

    @property
    def others(self) -> tuple[Editing, ...]:
        """Return who else is writing where, the longest first."""
        limit = self._clock() - _FORGOTTEN
        heard = (editing for editing, at in self._others.values() if at >= limit)
        return tuple(sorted(heard, key=lambda editing: editing.since))

    def step(self) -> LineState:
        """Send what waits and take in what came, and return how it stands then.

        Never raises what the line or the server does: that is what the state tells.
        """
        if self._office.trouble is not None:
            # What is sent from a stand-in in memory would be sent once more when the file is back.
            return self._stand(self.state.status, self.state.sentence)
        if self._line is None and self._clock() < self._retry_at:
            return self._stand(self.state.status, self.state.sentence)
        try:
            self._exchange()
        except SharedUnreachableError as error:
            return self._fail(LineStatus.OFFLINE, error)
        except PanError as error:
            return self._fail(LineStatus.REFUSED, error)
        self._pause = _FIRST_PAUSE
        return self._stand(LineStatus.CONNECTED, "")

    def rest(self, longest: float = _HEARTBEAT) -> None:
        """Wait until there is something to do: at most ``longest`` seconds."""
        line = self._line
        if self._grown:  # since it was last asked
            return
        if line is None:
            longest = min(longest, max(0.0, self._retry_at - self._clock()))
            select.select([self._woken], [], [], longest)
        else:
            try:
                self._hear(line.wait(longest, self._woken.fileno()))
            except SharedUnreachableError as error:
                self._fail(LineStatus.OFFLINE, error)
            except SharedRefusedError as error:
                self._fail(LineStatus.REFUSED, error)
        if self._drain():
            # Letters that follow each other within a moment go together.
            early = self._pushed_at + _GATHERED - self._clock()
            if early > 0:
                select.select([], [], [], early)
                self._drain()

    def cut(self) -> None:
        """Drop the connection, as a network does; the next step makes another."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def close(self) -> None:
        """End the line; what waits to be sent is sent by the next one."""
        self.cut()
        self._woken.close()
        self._wake.close()

    # ------------------------------------------------------------------------------------------

    def _exchange(self) -> None:
        known = self._line is not None and self._line.open
        line = self._connected()
        if not known:  # first of all: a server that came back from a dump must be known for one
            standing = self._office.run(_standing).result
            if not line.pull(standing.position, standing.journal).goes_on:
                self._fill(line)
        sent = ""
        while self._may_write and (entries := self._next(sent)):
            line.push(entries)
            self._pushed_at, sent = self._clock(), entries[-1].id
        self._hear(line.wait(0))  # of what was sent just now, too
        self._grown = False
        self._pull(line)
        self._tell(line)  # last: what is written is waited for more than who writes
        self._hear(line.wait(0))

    @property
    def _may_write(self) -> bool:
        return self._there is not None and self._there.rights.write

    def _connected(self) -> ServerLine:
        if self._line is not None and self._line.open:
            return self._line
        from pan_desktop.store.shared.failures import OTHER_OFFICE
        from pan_desktop.store.shared.line import ServerLine

        self._line = None
        line = ServerLine(self._address, self._password(self._address))
        there = line.connect()
        standing = self._office.run(_standing).result
        if there.office != standing.server:
            line.close()
            raise SharedRefusedError(OTHER_OFFICE)
        self._origin = standing.origin
        self._office.run(_note_rights, rights=rights_of(there))
        self._line, self._there = line, there
        self._told_at = None
        line.tell(json.dumps({"origin": self._origin, "hello": True}))
        return line

    def _next(self, after: str) -> list[Entry]:
        found: list[Entry] = self._office.run(_waiting, limit=BATCH, after=after).result
        return found

    def _pull(self, line: ServerLine) -> None:
        from pan_desktop.store.shared.laying import OutOfStepError

        while True:
            standing = self._office.run(_standing).result
            pulled = line.pull(standing.position, standing.journal)
            if not pulled.goes_on:
                self._fill(line)
                return
            if not pulled.logged:
                return
            try:
                self._office.run(_take_in, pulled=pulled)
            except OutOfStepError:
                self._fill(line, strange=True)
                return
            if not pulled.more:
                return

    def _fill(self, line: ServerLine, *, strange: bool = False) -> None:
        """Fill the replica anew: the log does not lead on from where it is.

        What the log only no longer tells of, the server has; where that is not so, nothing of
        the replica goes before there is a copy of it.
        """
        from pan_desktop.app import coming_back

        assert self._there is not None
        fork = coming_back.fork_of(self._office, line)
        copy = None
        if fork is not None or strange:
            copy = coming_back.keep(self._office, self._now())
        standing = self._office.run(_standing).result
        waits = self._office.run(_outbox).result
        if fork is None:
            snapshot = line.snapshot(standing.journal, waits)
        else:
            snapshot = line.snapshot(fork, waits, after=standing.position)
        filled = self._office.run(fill, there=self._there, snapshot=snapshot, fork=fork)
        if copy is not None:
            may_write = self._may_write
            remark = coming_back.told(fork, filled.result, copy, may_write=may_write)
            self.state = replace(self.state, remark=remark)

    def _tell(self, line: ServerLine) -> None:
        """Tell where somebody writes here, when that is news or was long ago."""
        due = self._told_at is None or self._clock() - self._told_at >= _HEARTBEAT
        if not due or (self._mine is None and self._told_at is not None):
            return
        table, row_id = self._mine or ("", "")
        author = self.author[:_LONGEST_NAME]
        said = {"origin": self._origin, "author": author, "table": table, "row": row_id}
        line.tell(json.dumps(said | {"since": self._now().isoformat()}))
        self._told_at = self._clock()

    def _hear(self, notices: list[Any]) -> None:
        from pan_desktop.store.shared.server import EDITING_CHANNEL

        for notice in notices:
            if notice.channel != EDITING_CHANNEL:
                self._grown = True
                continue
            said = _understood(notice.words)
            origin = said["origin"]
            if not origin or origin == self._origin:
                continue
            if said["hello"]:
                self._told_at = None if self._mine is not None else self._told_at
            elif not said["table"]:
                self._others.pop(origin, None)
            else:
                since = _instant(said["since"], self._now())
                editing = Editing(said["author"], said["table"], said["row"], since, origin)
                known = self._others.get(origin)
                if known is not None and known[0][1:3] == editing[1:3]:
                    editing = known[0]
                self._others[origin] = editing, self._clock()

    def _drain(self) -> bool:
        """Take up all wake-ups; tell whether there were any."""
        try:
            return bool(self._woken.recv(4096))
        except BlockingIOError:
            return False

    def _fail(self, status: LineStatus, error: PanError) -> LineState:
        self.cut()
        self._grown = False
        self._others.clear()
        self._retry_at = self._clock() + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        return self._stand(status, error.sentence)

    def _stand(self, status: LineStatus, sentence: str) -> LineState:
        now, before = self._now(), self.state
        try:
            pending = self._office.run(_pending).result
        except PanError:  # the local file's own trouble is told elsewhere
            pending = before.pending
        since = before.since if before.status is status else now
        rights = self._there.rights if self._there is not None else None
        self.state = replace(
            before,
            status=status,
            since=since,
            pending=pending,
            sentence=sentence,
            exchanged_at=now if status is LineStatus.CONNECTED else before.exchanged_at,
            may_write=before.may_write if rights is None else rights.write,
            may_administer=before.may_administer if rights is None else rights.administer,
        )
        return self.state


@reading
def _standing(work: UnitOfWork) -> Any:  # noqa: ANN401 - a Standing
    return work.replica.standing()


@reading
def _pending(work: UnitOfWork) -> int:
    return work.replica.outbox.pending()


@reading
def _outbox(work: UnitOfWork) -> list[str]:
    return work.replica.outbox.ids()


def _waiting(work: UnitOfWork, *, limit: int, after: str) -> list[Entry]:
    return work.replica.outbox.waiting(limit, after, work.replica.origin())


def _note_rights(work: UnitOfWork, *, rights: str) -> None:
    work.replica.set_rights(rights)


def _take_in(work: UnitOfWork, *, pulled: Pulled) -> None:
    work.taken_in = work.replica.take_in(pulled.logged, pulled.journal)


def _understood(words: str) -> dict[str, str]:
    """Return what somebody tells of herself; whoever is connected can tell whatever she likes."""
    try:
        found = json.loads(words)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        found = {}
    told = ("origin", "author", "table", "row", "since", "hello")
    return {key: str(found[key]) if found.get(key) else "" for key in told}


def _instant(words: str, otherwise: datetime) -> datetime:
    try:
        return datetime.fromisoformat(words).astimezone(UTC)
    except (ValueError, OverflowError):
        return otherwise
