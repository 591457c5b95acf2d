"""The line to the server of a shared office: what is sent, what is read, who is told.

Everything here may take long or fail at any moment; nothing here touches the local file. Whatever
was under way when the line is cut has happened on the server wholly or not at all, and may be asked
for again: an entry is merged once.
"""

from __future__ import annotations

import logging
import os
import select as waiting_for
import socket
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, case, event, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from pan_desktop.store import tables
from pan_desktop.store.heads import Heads
from pan_desktop.store.journal.journal import Journal, head_of
from pan_desktop.store.merging.entries import read, written
from pan_desktop.store.merging.merge import Known, Together, merge_all, merge_together
from pan_desktop.store.merging.writer import is_refusal
from pan_desktop.store.raw import WaitingRows
from pan_desktop.store.shared import last_entries
from pan_desktop.store.shared.at_once import asked, sent
from pan_desktop.store.shared.failures import reaching
from pan_desktop.store.shared.foreseen import Foreseen
from pan_desktop.store.shared.limited import LimitedConnection
from pan_desktop.store.shared.replica import Logged
from pan_desktop.store.shared.server import (
    CHANNEL,
    EDITING_CHANNEL,
    ORDER_LOCK,
    READY,
    identify,
    log,
    office,
    server_engine,
    shared_tables,
    still_ours,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from pan_desktop.store.changes import Row, RowChange
    from pan_desktop.store.merging.entries import Entry
    from pan_desktop.store.merging.merge import History
    from pan_desktop.store.shared.server import OfficeThere

# What goes wrong is told as a PanError; psycopg would write it on the terminal as well.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

AT_ONCE = 2000
"""So many entries of the log are read at once."""
BYTES_AT_ONCE = 8_000_000
"""When so much of them was read, the rest waits for the next time; one of them may be larger."""
_ROWS_AT_ONCE = 500
_LOOKED_BACK = 50
"""So many entries about a row are looked through for who wrote what it says."""


class Pulled(NamedTuple):
    """What the log says next."""

    logged: tuple[Logged, ...]
    journal: tuple[dict[str, Any], ...]
    goes_on: bool = True
    """False when the log no longer reaches back to where it was asked from."""
    more: bool = False
    """Whether the log goes on: the journal comes with its last part."""


class Snapshot(NamedTuple):
    """All that the server holds at one moment."""

    rows: list[tuple[str, list[Row]]]
    position: int
    journal: list[dict[str, Any]]
    taken: list[str]
    last: list[Row]
    """Of each replica the entry that was merged last (``last_entries``)."""
    later: list[RowChange]
    """What the log tells after the position that was asked about."""


class Notice(NamedTuple):
    """Something that was told to everyone at once."""

    channel: str
    words: str


class Now(NamedTuple):
    """The server's hour, and the last number of its log."""

    now: datetime
    seq: int


class ServerLine:
    """One connection to the server, used from one thread."""

    def __init__(self, address: str, password: str | None = None) -> None:
        """Take the server at ``address``; nothing is opened before ``connect``."""
        self._engine = server_engine(address, password)
        event.listen(self._engine, "do_connect", _limited)
        self._connection: Connection | None = None

    @property
    def open(self) -> bool:
        """Tell whether there is a connection, as far as is known."""
        return self._connection is not None

    def connect(self) -> OfficeThere:
        """Connect and return which office this is. Raises a PanError when it cannot be."""
        self.close()
        with self._reaching():
            self._connection = self._engine.connect()
            with self._connection.begin():
                there = identify(self._connection)
                self._connection.execute(text(f"LISTEN {CHANNEL}"))
                self._connection.execute(text(f"LISTEN {EDITING_CHANNEL}"))
            return there

    def close(self) -> None:
        """Close the connection, if there is one; what it was about is undone on the server."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):  # there is nobody left to tell
                connection.invalidate()
                connection.close()
        self._engine.dispose()

    def interrupt(self) -> None:
        """Cut the connection under whoever waits for it, from any thread."""
        with suppress(Exception):
            copy = socket.socket(fileno=os.dup(self._raw().fileno()))
            with copy:
                copy.shutdown(socket.SHUT_RDWR)

    def push(self, entries: Sequence[Entry]) -> None:
        """Merge entries on the server, in order, in one transaction; each once, ever."""
        with self._reaching():
            try:
                self._push(entries, careful=False)
            except DBAPIError as error:
                if not is_refusal(error):
                    raise
                # Something cannot stand. The whole transaction is undone: another tells what it is.
                self._push(entries, careful=True)

    def pull(self, position: int, journal: int) -> Pulled:
        """Return what the log and the journal say after these positions."""
        with self._reaching(), self._open().begin():
            # With the entry that was read last: without it, more may be missing.
            told, fits = _next(position)
            # The journal tells no more than the rows say: with the last part, of the same moment.
            grown = select(log.c.seq).where(log.c.seq > position).exists()
            journaled = _journal_after(journal).where(grown, fits)
            one_moment = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
            found, rows, whole = asked(
                self._open(),
                [told, journaled, select(fits.label("whole"))],
                one_moment,
                "COMMIT",
            )
            logged = tuple(Logged(**row) for row in found)
            if not logged or logged[0].seq != position:
                return Pulled((), (), goes_on=False)
            more = not whole[0]["whole"]
            return Pulled(logged[1:], tuple(rows) if logged[1:] else (), more=more)

    def snapshot(self, journal: int, outbox: Sequence[str], after: int | None = None) -> Snapshot:
        """Return everything, as it is at one moment, and which of ``outbox`` the server has.

        Of the log what it tells ``after`` a position, nothing unless one is given.
        """
        with self._reaching(), self._open().begin():
            connection = self._open()
            connection.execute(text("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            here = connection.execute(_clock()).one()
            still_ours(here.revision)
            rows = [
                (table.name, part)
                for table in shared_tables()
                for part in _parts(connection, table)
            ]
            known = tables.taken_entry.c.id
            taken: list[str] = []
            for part in range(0, len(outbox), _ROWS_AT_ONCE):
                where = known.in_(outbox[part : part + _ROWS_AT_ONCE])
                taken += connection.execute(select(known).where(where)).scalars()
            told = [dict(row) for row in connection.execute(_journal_after(journal)).mappings()]
            later: list[RowChange] = []
            if after is not None:
                logged = select(log.c.changes).where(log.c.seq > after).order_by(log.c.seq)
                for changes in connection.execute(logged).scalars():
                    later += read(changes)
            last = last_entries.all_noted(connection)
            return Snapshot(rows, int(here.seq), told, taken, last, later)

    def hashes(self, first: int, last: int) -> dict[int, str]:
        """Return the hashes of entries of the server's journal, by their numbers."""
        table = tables.journal
        found = select(table.c.sequence, table.c.hash).where(table.c.sequence.between(first, last))
        with self._reaching(), self._open().begin():
            return {row["sequence"]: row["hash"] for row in asked(self._open(), [found])[0]}

    def journal_entry(self, sequence: int) -> Row | None:
        """Return an entry of the server's journal, None when there is none of that number."""
        found = select(tables.journal).where(tables.journal.c.sequence == sequence)
        with self._reaching(), self._open().begin():
            rows = asked(self._open(), [found])[0]
            return dict(rows[0]) if rows else None

    def tell(self, words: str) -> None:
        """Tell everyone who is connected who is writing where."""
        with self._reaching(), self._open().begin():
            self._open().execute(select(func.pg_notify(EDITING_CHANNEL, words)))

    def wait(self, seconds: float, wake: int | None = None) -> list[Notice]:
        """Wait until something is told, ``wake`` (a file) can be read, or the time is over."""
        with self._reaching():
            raw = self._raw()
            notices = _told(raw)
            if not notices:
                files = [raw.fileno()] + ([] if wake is None else [wake])
                ready, _, _ = waiting_for.select(files, [], [], seconds)
                notices = _told(raw) if raw.fileno() in ready else []
            return notices

    def alive(self) -> None:
        """Ask the server whether it is there; raises SharedUnreachableError when it is not."""
        with self._reaching(), self._open().begin():
            self._open().execute(text("SELECT 1"))

    def _push(self, entries: Sequence[Entry], *, careful: bool) -> None:
        """Merge entries: all that is asked in one round trip, all that is written in another."""
        connection = self._open()
        with connection.begin():
            foreseen = Foreseen(entries)
            # The lock first, by itself: what is read after it is what the one before has left.
            order = select(func.pg_advisory_xact_lock(ORDER_LOCK))
            _, here, last, *answers = asked(
                connection, [order, _clock(), _journal_last(), *foreseen.statements], "BEGIN"
            )
            still_ours(here[0]["revision"])
            foreseen.take(answers)
            if foreseen.taken.issuperset(entry.id for entry in entries):
                return
            now, history = here[0]["now"], _history(connection)
            done = (
                Together(merge_all(connection, entries, now=now, history=history), [], {})
                if careful
                else merge_together(connection, entries, foreseen, now=now, history=history)
            )
            heads = Heads()
            heads.entry = head_of(last[0]) if last else None
            writes = [*done.writes, *self._told(entries, done, Now(now, here[0]["seq"]), heads)]
            sent(connection, writes, "COMMIT")

    def _told(
        self, entries: Sequence[Entry], done: Together, there: Now, heads: Heads
    ) -> list[tuple[Any, Row]]:
        """Return what is to be written of the entries in the journal and in the log."""
        new = [(e, m) for e, m in zip(entries, done.merged, strict=True) if not m.taken]
        rows = WaitingRows(self._open())
        # The journal has it as done by who did it, at the server's hour.
        for author, together in groupby(new, key=lambda pair: pair[0].author):
            pairs = list(together)
            typing = _typing(pairs[0][0]) if len(pairs) == 1 else ""
            changes = [change for _, one in pairs for change in one.changes]
            journal = Journal(
                self._open(), lambda: there.now, author, heads, rows=rows, around=done.around
            )
            journal.record(changes, typing)
        # Also where the log was emptied no number comes again: it is the hour, in microseconds.
        first = max(there.seq + 1, int(there.now.timestamp() * 1_000_000))
        logged: list[tuple[Any, Row]] = [
            (
                insert(log),
                {
                    "seq": first + number,
                    "id": entry.id,
                    "at": entry.at,
                    "author": entry.author,
                    "origin": entry.origin,
                    "changes": written(one.changes, whole=True),
                },
            )
            for number, (entry, one) in enumerate(new)
        ]
        merged = ((entry.origin, entry.id) for entry in entries)
        last = last_entries.noting(self._open(), merged, there.now)
        return [*rows.waiting, *logged, *last, (select(func.pg_notify(CHANNEL, "")), {})]

    def _open(self) -> Connection:
        if self._connection is None:
            raise ConnectionError
        return self._connection

    def _raw(self) -> Any:  # noqa: ANN401 - psycopg's connection
        return self._open().connection.driver_connection

    def _reaching(self) -> _Reaching:
        return _Reaching(self.close)


def _told(raw: Any) -> list[Notice]:  # noqa: ANN401 - psycopg's connection
    """Return what has been told since, without waiting for more."""
    return [Notice(notice.channel, notice.payload) for notice in raw.notifies(timeout=0)]


class _Reaching:
    """Says what goes wrong on the line as a PanError, and closes a line that is of no use now."""

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close
        self._inner = reaching()

    def __enter__(self) -> None:
        self._inner.__enter__()

    def __exit__(self, *error: Any) -> bool | None:
        if error[0] is not None:
            self._close()
        return self._inner.__exit__(*error)


def _limited(_dialect: object, _record: object, args: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401
    # What is more than one statement says BEGIN itself, together with the first.
    return LimitedConnection.connect(*args, autocommit=True, **options)


def _parts(connection: Connection, table: Any) -> Iterator[list[Row]]:  # noqa: ANN401 - a Table
    # Of the statement: set on the connection it would hold for all that follows.
    found = connection.execute(select(table).execution_options(yield_per=_ROWS_AT_ONCE))
    for part in found.mappings().partitions():
        yield [dict(row) for row in part]


def _clock() -> Any:  # noqa: ANN401 - a Select
    last = select(func.coalesce(func.max(log.c.seq), 0)).scalar_subquery()
    # None while an office is being moved here: what was sent now would be in its way.
    revision = select(office.c.revision).where(office.c.state == READY).scalar_subquery()
    now = func.clock_timestamp()
    return select(now.label("now"), last.label("seq"), revision.label("revision"))


def _journal_last() -> Any:  # noqa: ANN401 - a Select
    return select(tables.journal).order_by(tables.journal.c.sequence.desc()).limit(1)


def _journal_after(sequence: int) -> Any:  # noqa: ANN401 - a Select
    """Return the journal from an entry on, itself included: it may have grown."""
    table = tables.journal
    return select(table).where(table.c.sequence >= sequence).order_by(table.c.sequence)


def _next(position: int) -> tuple[Any, Any]:
    """Return the question for the next part of the log, and whether that is all that there is."""
    size = case((log.c.seq > position, func.octet_length(log.c.changes)), else_=0)
    ahead = select(log.c.seq, size.label("size")).where(log.c.seq >= position)
    sizes = ahead.order_by(log.c.seq).limit(AT_ONCE + 2).subquery()
    sum_before = func.sum(sizes.c.size).over(order_by=sizes.c.seq) - sizes.c.size
    placed = select(sizes.c.seq, sum_before.label("before")).subquery()
    columns = log.c.seq, log.c.id, log.c.author, log.c.at, log.c.changes, log.c.origin
    part = select(*columns).join(placed, placed.c.seq == log.c.seq)
    part = part.where(placed.c.before <= BYTES_AT_ONCE).order_by(log.c.seq).limit(AT_ONCE + 1)
    few = func.count() <= AT_ONCE + 1
    small = func.coalesce(func.max(placed.c.before), 0) <= BYTES_AT_ONCE
    return part, select(and_(few, small)).select_from(placed).scalar_subquery()


def _typing(entry: Entry) -> str:
    """Return the name of the text that an entry goes on typing, "" for none."""
    keys = {(c.table, (c.after or {}).get("id")) for c in entry.changes if c.before and c.after}
    if len(keys) != 1 or len(entry.changes) != 1:
        return ""
    ((table, row_id),) = keys
    return f"{table}/{row_id}" if table in {"conclusion", "progress_report"} else ""


def _history(connection: Connection) -> History:
    """Return what the log remembers of a row: asked only where two disagree."""

    def known(table: str, row_id: str, column: str) -> Known:
        about = log.c.changes.contains(f'"id": "{row_id}"', autoescape=True)
        if column:  # a text is typed in many entries, and each that is looked at is a round trip
            about &= log.c.changes.contains(f'"{column}": ', autoescape=True)
        columns = log.c.seq, log.c.author, log.c.at, log.c.origin, log.c.changes
        found = select(*columns).where(about).order_by(log.c.seq.desc()).limit(1)
        last = connection.execute(found).first()
        for _ in range(_LOOKED_BACK):
            if last is None:
                break
            for change in reversed(read(last.changes)):
                if _wrote(change, table, row_id, column):
                    row = change.before if change.after is None else None
                    return Known(last.author, last.at, row, last.origin)
            last = connection.execute(found.where(log.c.seq < last.seq)).first()
        return Known()

    return known


def _wrote(change: RowChange, table: str, row_id: str, column: str) -> bool:
    """Tell whether a change wrote a column of a row, or any where none is named."""
    row = change.after or change.before or {}
    if (change.table, row["id"]) != (table, row_id):
        return False
    return not column or column in row
