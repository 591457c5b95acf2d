"""The local side of a shared office: what was written here and waits, what came from others.

The file says what the server said at a position of its log, and on top, in order, what was written
here and is not yet read back from that log. Taking in what came takes the top off, writes what came
below, and puts the top on again by the very rules by which the server will (``merging``): what is
seen here is what will be there. Last of all this replica's own text is laid over what another's
text has kept it out of (a *mask*), so that nobody's words change under the hand that types them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pan_desktop.domain.ids import new_id
from pan_desktop.store import tables
from pan_desktop.store.changes import Row, RowChange
from pan_desktop.store.journal import journal
from pan_desktop.store.merging.entries import read, written
from pan_desktop.store.merging.merge import Known, merge, merge_all
from pan_desktop.store.raw import RawRows
from pan_desktop.store.shared import last_entries
from pan_desktop.store.shared.laying import OutOfStepError, lay
from pan_desktop.store.shared.masks import Masks
from pan_desktop.store.shared.outbox import Outbox, entry_of
from pan_desktop.store.shared.overlap import harmless, keys, the_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from pan_desktop.store.shared.returning import Lost, Written

READS, WRITES, ADMINISTERS = "read", "write", "administer"


class Logged(NamedTuple):
    """One entry of the server's log."""

    seq: int
    id: str
    author: str
    at: datetime
    changes: str
    """The rows that it changed there, whole, as ``entries.written`` writes them."""
    origin: str = ""
    """The replica on which it was written."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where this replica stands."""

    origin: str
    """The identifier of this replica."""
    server: str
    """The identity of the shared office."""
    position: int
    """How far it has read the server's log."""
    rights: str
    journal: int
    """The last entry of the journal that is here."""


class Replica:
    """The bookkeeping of one replica, within one transaction."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        """Read and write through ``connection``; ``now`` gives the instant of writes."""
        self._connection = connection
        self._now = now
        self.outbox = Outbox(connection, now)

    @property
    def masks(self) -> Masks:
        """Return what lies over the server's rows here."""
        return Masks(self._connection, self._now, self.origin())

    # What came from the server --------------------------------------------------------------

    def standing(self) -> Standing:
        """Return where the replica stands. Raises OutOfStepError when it was never filled."""
        row = self._connection.execute(select(tables.replica)).mappings().first()
        if row is None:
            raise OutOfStepError
        last = self._connection.execute(select(func.max(tables.journal.c.sequence))).scalar()
        return Standing(row["id"], row["server"], row["position"], row["rights"], last or 0)

    def origin(self) -> str:
        """Return the identifier of this replica, "" for an office alone."""
        found = self._connection.execute(select(tables.replica.c.id)).scalar()
        return "" if found is None else str(found)

    def rights(self) -> str:
        """Return what may be done in the shared office: asked with each key that is stored.

        Raises OutOfStepError when the replica was never filled.
        """
        row = RawRows(self._connection).last("replica", "position")
        if row is None:
            raise OutOfStepError
        return str(row["rights"])

    def set_rights(self, rights: str) -> None:
        """Keep what may be done in the shared office."""
        self._connection.execute(update(tables.replica), {"rights": rights})

    def take_in(
        self, logged: Sequence[Logged], journal_rows: Sequence[dict[str, Any]]
    ) -> frozenset[str]:
        """Take in what the server's log says next; return the tables of which anything changed.

        Raises OutOfStepError when the log does not go on from where this replica is.
        """
        self._defer_references(on=True)
        touched: set[str] = set()
        # Another line of this replica (a command beside the window) may have read on meanwhile.
        position = self.standing().position
        logged = [entry for entry in logged if entry.seq > position]
        came = [(entry, read(entry.changes)) for entry in logged]
        if not self._quickly(came, touched):
            pending = self._take_off(touched)
            for entry, changes in came:
                self._lay(changes, touched)
                pending.pop(entry.id, None)
            self._put_on(pending, came, touched)
        journal.receive(self._connection, journal_rows)
        if logged:
            self._connection.execute(update(tables.replica), {"position": logged[-1].seq})
            merged = ((entry.origin, entry.id) for entry in logged)
            last_entries.note(self._connection, merged, self._now())
        return frozenset(touched)

    def fill(
        self,
        rows: Iterable[tuple[str, list[Row]]],
        *,
        server: str,
        position: int,
        rights: str,
        journal_rows: Iterable[dict[str, Any]],
        taken: Sequence[str] = (),
        last: Sequence[Row] = (),
        fork: int | None = None,
        later: Iterable[RowChange] = (),
    ) -> int:
        """Make the replica what the server says, the rows of each table after those they refer to.

        What waits to be sent is kept and put on top again, but for what the server has ``taken``;
        ``last`` is what it knows of each replica (``last_entries``).
        ``fork`` is the last entry of the journal that both have, where the server came back from
        before what the replica had read: what it lacks then waits to be sent before all else.
        ``later`` is what was written there since. Returns how many rows that is.
        """
        self._defer_references(on=True)
        ahead = [] if fork is None or rights == READS else self._ahead(fork)
        known = self._connection.execute(select(tables.replica)).mappings().first()
        masks = [key for key, row in self.outbox.rows().items() if row["state"] == "mask"]
        self.outbox.forget([*masks, *self.outbox.merged_with(taken)])
        for table in reversed(tables.metadata.sorted_tables):
            if table.name not in tables.LOCAL:
                self._connection.execute(delete(table))
        for name, part in rows:
            if part:
                self._connection.execute(insert(tables.metadata.tables[name]), part)
        last_entries.replace(self._connection, last)
        again = self._read_journal(list(journal_rows), fork, ahead, later)
        now = self._now()
        values = {"server": server, "position": position, "rights": rights, "updated_at": now}
        if known is None:
            values |= {"id": new_id(), "version": 1, "created_at": now}
            self._connection.execute(insert(tables.replica), values)
        else:
            self._connection.execute(update(tables.replica), values)
        self._put_on(self.outbox.rows(), [], set())
        return again

    def _read_journal(
        self, told: list[Row], fork: int | None, ahead: list[Lost], later: Iterable[RowChange]
    ) -> int:
        """Take the server's journal over, and return of how many rows it is behind this one."""
        if fork is None:
            journal.receive(self._connection, told)
            return 0
        from pan_desktop.store.shared.returning import Since, sent_again

        journal.go_back(self._connection, fork, told)
        again = sent_again(self._connection, ahead, Since.of(told, fork, later))
        self._put_before(again)
        return len({(change["table"], change["id"]) for one in again for change in one.changes})

    def filled_at(self) -> datetime:
        """Return when it was last filled from the server, by the clock here."""
        at: datetime = self._connection.execute(select(tables.replica.c.updated_at)).scalar_one()
        return at

    def stand_alone(self) -> list[str]:
        """Make the rows those of an office alone, as the server would have made them.

        What waits is merged for good, and the journal tells of it; this replica's own text over
        an open disagreement is taken off. Returns the entries that had waited.
        """
        self._defer_references(on=True)
        pending = self._bared()
        self._defer_references(on=False)
        origin, now = self.standing().origin, self._now()
        entries = [entry_of(row, origin) for row in pending.values()]
        for entry, merged in zip(
            entries, merge_all(self._connection, entries, now=now), strict=True
        ):
            told = journal.Journal(self._connection, lambda: now, entry.author)
            told.record(merged.changes)
        last_entries.note(self._connection, ((origin, key) for key in pending), now)
        self.outbox.forget(list(pending))
        return list(pending)

    def hashes(self, last: int, limit: int) -> list[tuple[int, str]]:
        """Return number and hash of the entries of the journal up to ``last``, that one first."""
        table = tables.journal
        found = select(table.c.sequence, table.c.hash).where(table.c.sequence <= last)
        rows = self._connection.execute(found.order_by(table.c.sequence.desc()).limit(limit))
        return [(row.sequence, row.hash) for row in rows]

    def last_told(self) -> Row | None:
        """Return the last entry of the journal that is here, None when there is none."""
        head = journal.last_entry(self._connection)
        return None if head is None else head.row

    def _ahead(self, fork: int) -> list[Lost]:
        """Return what the server had after entry ``fork`` of the journal, without what waits."""
        from pan_desktop.store.shared.returning import lost

        looking = self._connection.begin_nested()
        try:
            self._bared()
            return lost(self._connection, fork)
        finally:
            looking.rollback()

    def _bared(self) -> dict[str, dict[str, Any]]:
        """Take off what lies on top, as ``_take_off`` does; where rows below were lost it stays.

        Merged onto itself it changes nothing, and what fits nothing any more is kept beside.
        """
        try:
            with self._connection.begin_nested():
                return self._take_off(set())
        except (IntegrityError, OutOfStepError):
            rows = self.outbox.rows()
            masks = [key for key, row in rows.items() if row["state"] == "mask"]
            self.outbox.forget(masks)
            return {key: row for key, row in rows.items() if key not in masks}

    def _put_before(self, again: Sequence[Written]) -> None:
        """Put what is to be sent again before all that waits."""
        number = self.outbox.first_number() - len(again)
        for place, written_again in enumerate(again):
            self.outbox.put_before(written_again.author, written_again.changes, number + place)

    def _quickly(self, came: list[tuple[Logged, list[RowChange]]], touched: set[str]) -> bool:
        """Take in what does not meet anything that waits here; False when something might.

        Most of what comes is this replica's own, just as it stands here already.
        """
        waiting = self.outbox.rows()
        own = {key for row in waiting.values() for key in keys(row["changes"], row["applied"])}
        laid: list[list[RowChange]] = []
        confirmed: list[str] = []
        for entry, changes in came:
            row = waiting.get(entry.id)
            if row is not None:
                first = next(iter(waiting))
                if first != entry.id or not the_same(row, changes):
                    return False
                del waiting[entry.id]
                confirmed.append(entry.id)
            elif waiting and not all(harmless(change, own) for change in changes):
                return False
            else:
                laid.append(changes)
        try:
            with self._connection.begin_nested():
                for changes in laid:
                    self._lay(changes, touched)
                self.outbox.forget(confirmed)
        except (IntegrityError, OutOfStepError):
            touched.clear()
            return False
        return True

    def _take_off(self, touched: set[str]) -> dict[str, dict[str, Any]]:
        """Take off what lies on top of the server's rows; return it, what was sent first first."""
        pending = self.outbox.rows()
        for row in reversed(pending.values()):
            back = read(row["applied"] or row["changes"])
            self._lay([RowChange(c.table, c.after, c.before) for c in reversed(back)], touched)
        masks = [row["id"] for row in pending.values() if row["state"] == "mask"]
        self.outbox.forget(masks)
        return {key: row for key, row in pending.items() if row["state"] != "mask"}

    def _put_on(
        self,
        pending: dict[str, dict[str, Any]],
        came: list[tuple[Logged, list[RowChange]]],
        touched: set[str],
    ) -> None:
        """Put what still waits on top again, and this replica's own text over all."""
        # A merge is to be told at once what cannot stand; up to here everything can.
        self._defer_references(on=False)
        origin = self.standing().origin
        known = self.outbox.rows()
        self.outbox.forget([key for key in known if key not in pending])
        removed = {
            (change.table, change.before["id"]): Known(
                entry.author, entry.at, change.before, entry.origin
            )
            for entry, changes in came
            for change in changes
            if change.after is None and change.before is not None
        }

        def history(table: str, row_id: str, _column: str) -> Known:
            return removed.get((table, row_id), Known())

        for row in pending.values():
            entry = entry_of(row, origin)
            done = merge(
                self._connection, entry, now=entry.at, history=history, record=False
            ).changes
            touched |= {change.table for change in done}
            self.outbox.now_does(row["id"], written(done, whole=True))
        self.masks.cover_all(touched)

    def _lay(self, changes: Sequence[RowChange], touched: set[str]) -> None:
        """Write rows as they are told, and note of which tables."""
        touched |= {change.table for change in changes}
        lay(self._connection, changes, self._now())

    def _defer_references(self, *, on: bool) -> None:
        """Look at references at the end only: rows of a server come in any order."""
        said = "ON" if on else "OFF"
        self._connection.exec_driver_sql(f"PRAGMA defer_foreign_keys = {said}")
