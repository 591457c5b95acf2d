"""The local side of a shared office: what was written here and waits, what came from others.

The file says what the server said at a position of its log, and on top, in order, what was written
here and is not yet read back from that log. Taking in what came takes the top off, writes what came
below, and puts the top on again by the very rules by which the server will (``merging``): what is
seen here is what will be there. Last of all this replica's own text is laid over what another's
text has kept it out of (a *mask*), so that nobody's words change under the hand that types them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.domain.ids import new_id
from pan_desktop.store import tables
from pan_desktop.store.changes import Row, RowChange
from pan_desktop.store.journal import journal
from pan_desktop.store.merging.entries import Entry, joined, packed, read, written
from pan_desktop.store.merging.merge import Known, merge, merge_all
from pan_desktop.store.shared.overlap import harmless, keys, look_below, the_same

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from pan_desktop.store.shared.returning import Lost, Written

READS, WRITES, ADMINISTERS = "read", "write", "administer"
_MASKED = (DisagreementKind.TEXT, DisagreementKind.GONE)
"""The kinds of which the replica that wrote what is offered goes on showing it."""


class OutOfStepError(Exception):
    """The replica does not say what the server's log starts from: it must be filled anew."""


class Logged(NamedTuple):
    """One entry of the server's log."""

    seq: int
    id: str
    author: str
    at: datetime
    changes: str
    """The rows that it changed there, whole, as ``entries.written`` writes them."""


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

    # What was written here ------------------------------------------------------------------

    def record(
        self,
        changes: Sequence[RowChange],
        applied: Sequence[RowChange],
        typing: str,
        author: str,
    ) -> None:
        """Put what was just done behind what waits to be sent.

        What is typed in one text joins what waits of it, as long as that was not tried to be sent.
        """
        if not changes:
            return
        now = self._now()
        meant = [packed(change, whole=True) for change in changes]
        done = None
        if any(a is not b for a, b in zip(changes, applied, strict=True)):
            done = [packed(change, whole=True) for change in applied]
        last = self._connection.execute(_last_waiting()).mappings().first()
        if typing and last is not None and _joins(last, typing, author):
            before = json.loads(last["applied"]) if last["applied"] else None
            known = json.loads(last["changes"])
            if before is not None or done is not None:
                before = before if before is not None else json.loads(last["changes"])
                done = joined(before, done if done is not None else json.loads(json.dumps(meant)))
            row = {"changes": json.dumps(joined(known, meant)), "updated_at": now}
            row["applied"] = None if done is None else json.dumps(done)
            box = tables.outbox
            self._connection.execute(update(box).where(box.c.id == last["id"]), row)
            return
        number = 1 if last is None else last["number"] + 1
        self._put(number, "waiting", meant, done, author=author, typing=typing)

    def waiting(self, limit: int, after: str = "") -> list[Entry]:
        """Return what is to be sent next, the first first, and note that it is being tried.

        ``after`` is the last entry that was sent: it stays here until it is read back.
        From then on nothing joins it any more: it may arrive although nobody tells so.
        """
        box = tables.outbox
        found = select(box).where(box.c.state.in_(("waiting", "tried"))).order_by(box.c.number)
        if after:
            last = select(box.c.number).where(box.c.id == after).scalar_subquery()
            found = found.where(box.c.number > last)
        rows = list(self._connection.execute(found.limit(limit)).mappings())
        ids = [row["id"] for row in rows if row["state"] == "waiting"]
        if ids:
            self._connection.execute(update(box).where(box.c.id.in_(ids)), {"state": "tried"})
        origin = self.standing().origin
        return [_entry(row, origin) for row in rows]

    def outbox_ids(self) -> list[str]:
        """Return the identifiers of all entries of this replica not read back yet."""
        return [key for key, row in self._rows().items() if row["state"] != "mask"]

    def below(self, table: str, row_id: str) -> Row | None:
        """Return a row as the server has it where this replica's own text lies over it.

        None when it does not; a row that is not there has its identifier only.
        """
        box = tables.outbox
        about = box.c.changes.contains(row_id, autoescape=True)
        rows = list(self._connection.execute(select(box).where(about).order_by(box.c.number)))
        if not any(row.state == "mask" for row in rows):
            return None
        found: Row = {}
        for row in rows:
            for change in read(row.changes):
                if (change.table, (change.after or change.before or {})["id"]) == (table, row_id):
                    look_below(found, change, masked=row.state == "mask")
        return found or None

    def uncover(self, table: str, row_id: str, columns: Collection[str] | None = None) -> bool:
        """Show a row as the server has it, not this replica's own text; tell whether it differed.

        With ``columns`` only those. Nothing of it is sent: nobody else ever saw that text there.
        """
        below = self.below(table, row_id)
        if below is None:
            return False
        kind = tables.metadata.tables[table]
        row = self._connection.execute(select(kind).where(kind.c.id == row_id)).mappings().first()
        if row is None:
            return False
        if below == {"id": row_id}:
            change = RowChange(table, dict(row), None)
        else:
            shown = {
                key: value
                for key, value in below.items()
                if row[key] != value and (columns is None or key in columns)
            }
            if not shown:
                return False
            shown["id"] = row_id
            change = RowChange(table, {key: row[key] for key in shown}, shown)
        self._lay([change], set())
        self._put(self._last_number() + 1, "mask", [packed(change)], None)
        return True

    def follow(self, changes: Iterable[RowChange]) -> frozenset[str]:
        """Show what is to be seen now that choices were made, or taken back; return which tables.

        To be called once ``record`` has put the ``changes`` into the outbox: what lies over a row
        is taken off in the other order, and must be what was laid last. It is this replica's own
        text as long as a disagreement keeps it out, and what everybody sees once one has chosen.
        """
        choices = [change for change in changes if change.table == "disagreement"]
        origin = self.origin() if choices else ""
        touched: set[str] = set()
        for choice in choices:
            held = choice.after or choice.before or {}
            if not origin or held["origin"] != origin or held["kind"] not in _MASKED:
                continue
            for change in read(held["offered"]):
                assert change.after is not None
                if choice.after is not None:
                    laid = self._cover(change)
                else:
                    laid = self.uncover(change.table, change.after["id"], change.after.keys())
                touched |= {change.table} if laid else set()
        return frozenset(touched)

    def pending(self) -> int:
        """Return how many entries the server has not confirmed yet."""
        box = tables.outbox
        found = select(func.count()).where(box.c.state.in_(("waiting", "tried")))
        return int(self._connection.execute(found).scalar_one())

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
        return frozenset(touched)

    def fill(
        self,
        rows: Iterable[tuple[str, list[Row]]],
        *,
        server: str,
        position: int,
        rights: str,
        journal_rows: Iterable[dict[str, Any]],
        taken: Iterable[str] = (),
        fork: int | None = None,
        later: Iterable[RowChange] = (),
    ) -> int:
        """Make the replica what the server says, the rows of each table after those they refer to.

        What waits to be sent is kept and put on top again, but for what the server has ``taken``.
        ``fork`` is the last entry of the journal that both have, where the server came back from
        before what the replica had read: what it lacks then waits to be sent before all else.
        ``later`` is what was written there since. Returns how many rows that is.
        """
        self._defer_references(on=True)
        ahead = [] if fork is None or rights == READS else self._ahead(fork)
        known = self._connection.execute(select(tables.replica)).mappings().first()
        box = tables.outbox
        self._connection.execute(delete(box).where(box.c.state == "mask"))
        self._forget(list(taken))
        for table in reversed(tables.metadata.sorted_tables):
            if table.name not in tables.LOCAL:
                self._connection.execute(delete(table))
        for name, part in rows:
            if part:
                self._connection.execute(insert(tables.metadata.tables[name]), part)
        again = self._read_journal(list(journal_rows), fork, ahead, later)
        now = self._now()
        values = {"server": server, "position": position, "rights": rights, "updated_at": now}
        if known is None:
            values |= {"id": new_id(), "version": 1, "created_at": now}
            self._connection.execute(insert(tables.replica), values)
        else:
            self._connection.execute(update(tables.replica), values)
        self._put_on(self._rows(), [], set())
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
        entries = [_entry(row, origin) for row in pending.values()]
        for entry, merged in zip(
            entries, merge_all(self._connection, entries, now=now), strict=True
        ):
            told = journal.Journal(self._connection, lambda: now, entry.author)
            told.record(merged.changes)
        self._forget(list(pending))
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
            rows = self._rows()
            masks = [key for key, row in rows.items() if row["state"] == "mask"]
            self._forget(masks)
            return {key: row for key, row in rows.items() if key not in masks}

    def _put_before(self, again: Sequence[Written]) -> None:
        """Put what is to be sent again before all that waits."""
        box = tables.outbox
        first = self._connection.execute(select(func.min(box.c.number))).scalar()
        number = (1 if first is None else first) - len(again)
        for place, written_again in enumerate(again):
            meant = written_again.changes
            self._put(number + place, "waiting", meant, None, author=written_again.author)

    def _quickly(self, came: list[tuple[Logged, list[RowChange]]], touched: set[str]) -> bool:
        """Take in what does not meet anything that waits here; False when something might.

        Most of what comes is this replica's own, just as it stands here already.
        """
        waiting = self._rows()
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
                self._forget(confirmed)
        except (IntegrityError, OutOfStepError):
            touched.clear()
            return False
        return True

    def _take_off(self, touched: set[str]) -> dict[str, dict[str, Any]]:
        """Take off what lies on top of the server's rows; return it, what was sent first first."""
        pending = self._rows()
        for row in reversed(pending.values()):
            back = read(row["applied"] or row["changes"])
            self._lay([RowChange(c.table, c.after, c.before) for c in reversed(back)], touched)
        masks = [row["id"] for row in pending.values() if row["state"] == "mask"]
        self._forget(masks)
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
        standing, box = self.standing(), tables.outbox
        known = self._rows()
        self._forget([key for key in known if key not in pending])
        removed = {
            (change.table, change.before["id"]): Known(entry.author, entry.at, change.before)
            for entry, changes in came
            for change in changes
            if change.after is None and change.before is not None
        }

        def history(table: str, row_id: str) -> Known:
            return removed.get((table, row_id), Known())

        for row in pending.values():
            entry = _entry(row, standing.origin)
            done = merge(
                self._connection, entry, now=entry.at, history=history, record=False
            ).changes
            touched |= {change.table for change in done}
            value = {"applied": written(done, whole=True)}
            self._connection.execute(update(box).where(box.c.id == row["id"]), value)
        self._mask(standing.origin, touched)

    def _mask(self, origin: str, touched: set[str]) -> None:
        """Lay this replica's own text over what keeps it out."""
        table = tables.disagreement
        found = select(table).where(table.c.origin == origin, table.c.kind.in_(_MASKED))
        found = found.order_by(table.c.at, table.c.id)
        held = list(self._connection.execute(found).mappings())
        changes = [change for each in held for change in read(each["offered"])]
        # Rows where there are none first: what was typed in one since is another disagreement.
        for change in sorted(changes, key=lambda one: one.before is not None):
            if self._cover(change):
                touched.add(change.table)

    def _cover(self, change: RowChange) -> bool:
        """Lay one text over what keeps it out; tell whether that could be."""
        mask = self._masked(change)
        if mask is not None:
            self._put(self._last_number() + 1, "mask", [packed(mask)], None)
        return mask is not None

    def _masked(self, change: RowChange) -> RowChange | None:
        """Lay one text over a row, or a row where there is none; None where that cannot be."""
        assert change.after is not None
        table = tables.metadata.tables[change.table]
        where = table.c.id == change.after["id"]
        row = self._connection.execute(select(table).where(where)).mappings().first()
        if row is not None:
            before = {key: row[key] for key in change.after}
            mask = RowChange(change.table, before, change.after)
        elif change.before is None:
            mask = RowChange(change.table, None, change.after)
        else:
            return None
        try:
            with self._connection.begin_nested():
                self._lay([mask], set())
                if self._dangling(change):
                    raise OutOfStepError
        except (IntegrityError, OutOfStepError):
            return None
        return mask

    def _dangling(self, change: RowChange) -> bool:
        """Tell whether a row refers to one that is not there: found at the end otherwise."""
        assert change.after is not None
        for key in tables.metadata.tables[change.table].foreign_key_constraints:
            value = change.after.get(key.elements[0].parent.name)
            if value is not None:
                there = key.referred_table
                found = select(there.c.id).where(there.c.id == value)
                if self._connection.execute(found).first() is None:
                    return True
        return False

    def _lay(self, changes: Iterable[RowChange], touched: set[str]) -> None:
        """Write rows as they are told, asking nobody."""
        now = self._now()
        for change in changes:
            touched.add(change.table)
            table = tables.metadata.tables[change.table]
            row_id = (change.after or change.before or {})["id"]
            if change.after is None:
                self._connection.execute(delete(table).where(table.c.id == row_id))
                continue
            values = {key: value for key, value in change.after.items() if key != "id"}
            if values:
                done = self._connection.execute(update(table).where(table.c.id == row_id), values)
                if done.rowcount:
                    continue
            if change.before is not None:
                if values:
                    raise OutOfStepError
                continue
            given = {"version": 1, "created_at": now, "updated_at": now}
            self._connection.execute(insert(table), {**given, **change.after})

    def _defer_references(self, *, on: bool) -> None:
        """Look at references at the end only: rows of a server come in any order."""
        said = "ON" if on else "OFF"
        self._connection.exec_driver_sql(f"PRAGMA defer_foreign_keys = {said}")

    def _rows(self) -> dict[str, dict[str, Any]]:
        box = tables.outbox
        found = self._connection.execute(select(box).order_by(box.c.number)).mappings()
        return {row["id"]: dict(row) for row in found}

    def _forget(self, ids: Sequence[str]) -> None:
        box = tables.outbox
        for part in range(0, len(ids), 500):
            self._connection.execute(delete(box).where(box.c.id.in_(ids[part : part + 500])))

    def _last_number(self) -> int:
        return self._connection.execute(select(func.max(tables.outbox.c.number))).scalar() or 0

    def _put(
        self,
        number: int,
        state: str,
        meant: list[dict[str, Any]],
        done: list[dict[str, Any]] | None,
        *,
        author: str = "",
        typing: str = "",
    ) -> None:
        now = self._now()
        row = {
            "id": new_id(),
            "number": number,
            "state": state,
            "author": author,
            "typing": typing,
            "changes": json.dumps(meant),
            "applied": None if done is None else json.dumps(done),
            "version": 1,
            "created_at": now,
            "updated_at": now,
        }
        self._connection.execute(insert(tables.outbox), row)


def _last_waiting() -> Any:  # noqa: ANN401 - a Select
    return select(tables.outbox).order_by(tables.outbox.c.number.desc()).limit(1)


def _joins(last: Any, typing: str, author: str) -> bool:  # noqa: ANN401 - a row
    said = last["state"], last["typing"], last["author"]
    return bool(said == ("waiting", typing, author))


def _entry(row: Any, origin: str) -> Entry:  # noqa: ANN401 - a row
    return Entry(row["id"], row["created_at"], row["author"], tuple(read(row["changes"])), origin)
