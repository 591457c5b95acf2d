"""Brings what was done on another copy of the office into this database, three ways.

A group of columns that still says what the author saw takes what the author wrote. Where it says
something else, the row stays and what was written is kept beside it as a disagreement, until
someone chooses. What is removed here, or refused by a rule or an issued relevé, is kept in the
same way: nothing that was written is dropped. The same on SQLite and PostgreSQL; what comes out
is told as changes of whole rows, which any other copy can take as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.domain.errors import LockedError
from pan_desktop.store import tables
from pan_desktop.store.changes import Row, RowChange
from pan_desktop.store.locks import Locks
from pan_desktop.store.merging.entries import BOOKKEEPING, read, written
from pan_desktop.store.merging.groups import group, last_wins
from pan_desktop.store.merging.hanging import hang, hangs, set_free
from pan_desktop.store.merging.removals import Removals
from pan_desktop.store.merging.writer import (
    Key,
    Writer,
    defaults,
    is_refusal,
    meeting_of,
    whole_row,
)
from pan_desktop.store.shared.at_once import asked
from pan_desktop.store.shared.foreseen import Foreseen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from pan_desktop.store.merging.entries import Entry

    History = Callable[[str, str, str], "Known"]
    """Tells what is known of a row by table and identifier, or of one column, "" for all of it."""

CANNOT_STAND = "Une règle de la base partagée ne permet pas d’enregistrer cela à cet endroit."
_ROWS = (DisagreementKind.GONE, DisagreementKind.REFUSED)
"""The kinds that keep rows which are not there."""
_NAMES = UUID("5e0b7f0e-6a67-4d0f-9a0c-0d6f4b1f6a11")


class Known(NamedTuple):
    """What is remembered of a row, or of one column: who wrote it last, when, on which replica.

    Of a row that was removed, also what it said.
    """

    author: str = ""
    at: datetime | None = None
    row: Row | None = None
    origin: str = ""


class Merged(NamedTuple):
    """What merging an entry came to."""

    changes: tuple[RowChange, ...] = ()
    """The rows that changed here, each whole before and after, disagreements among them."""
    disagreements: tuple[str, ...] = ()
    """The identifiers of the disagreements that are new."""
    taken: bool = False
    """Whether the entry had been merged before; nothing was done then."""


def unknown(_table: str, _row_id: str, _column: str) -> Known:
    """Remember nothing."""
    return Known()


def merge(
    connection: Connection,
    entry: Entry,
    *,
    now: datetime,
    history: History = unknown,
    record: bool = True,
) -> Merged:
    """Merge ``entry`` into the database of ``connection``, a transaction being open.

    An entry merged before changes nothing; with ``record`` this one is remembered. ``history``
    tells what is known of a row beside what it says. Raises what the driver raises when the
    database itself fails, never for what the entry says.
    """
    return merge_all(connection, [entry], now=now, history=history, record=record)[0]


def merge_all(
    connection: Connection,
    entries: Sequence[Entry],
    *,
    now: datetime,
    history: History = unknown,
    record: bool = True,
) -> list[Merged]:
    """Merge entries in order, each as ``merge`` does, and return what each came to.

    The database is asked about all of them at once: over a slow line what costs is how often.
    """
    foreseen = _foreseen(connection, entries)
    known = foreseen.taken if record else set()
    fresh = [entry for entry in entries if entry.id not in known]
    if record and fresh:
        connection.execute(insert(tables.taken_entry), [_taken(entry, now) for entry in fresh])
    merged: dict[str, Merged] = {}
    try:
        with connection.begin_nested():
            batch = _Batch(connection, fresh, now, history, foreseen, careful=False)
            merged = batch.done()
            batch.write.flush()
    except DBAPIError as error:
        if not is_refusal(error):
            raise
        # Something cannot stand: now each row by itself, to see which.
        for entry in fresh:
            with connection.begin_nested():
                alone = _foreseen(connection, [entry])
                batch = _Batch(connection, [entry], now, history, alone, careful=True)
                merged |= batch.done()
    return [merged.get(entry.id, Merged(taken=True)) for entry in entries]


class Together(NamedTuple):
    """What merging entries came to whose rows are still to be written."""

    merged: list[Merged]
    writes: list[tuple[Any, Row]]
    """Statements, in order, and their rows."""
    around: dict[Key, Row | None]
    """The rows that are known of, as they will be."""


def merge_together(
    connection: Connection,
    entries: Sequence[Entry],
    foreseen: Foreseen,
    *,
    now: datetime,
    history: History = unknown,
) -> Together:
    """Merge entries of which all is ``foreseen``, and leave writing to the caller.

    Raises what the driver raises where something cannot stand, as writing may: then the
    transaction is to be begun anew, with ``merge_all``.
    """
    fresh = [entry for entry in entries if entry.id not in foreseen.taken]
    batch = _Batch(connection, fresh, now, history, foreseen, careful=False)
    merged = batch.done()
    taken = [(insert(tables.taken_entry), _taken(entry, now)) for entry in fresh]
    return Together(
        [merged.get(entry.id, Merged(taken=True)) for entry in entries],
        [*taken, *batch.write.waiting()],
        {**foreseen.above, **batch.write.rows},
    )


def _foreseen(connection: Connection, entries: Sequence[Entry]) -> Foreseen:
    foreseen = Foreseen(entries)
    return foreseen.take(asked(connection, foreseen.statements))


def _taken(entry: Entry, now: datetime) -> Row:
    return {"id": entry.id, "version": 1, "created_at": now, "updated_at": now}


class _Batch:
    """Entries on their way into a database, and what all of them are about."""

    def __init__(
        self,
        connection: Connection,
        entries: Sequence[Entry],
        now: datetime,
        history: History,
        foreseen: Foreseen,
        *,
        careful: bool,
    ) -> None:
        self.connection = connection
        self.history = history
        self.write = Writer(connection, now, careful=careful)
        self.write.rows |= foreseen.rows
        # Not once something of this is written that may open or close a relevé.
        known = None if careful else foreseen.meeting
        self.locks = Locks(connection, details_go=True, foreseen=known)
        self._foreseen = foreseen
        self._entries = entries
        self.open = [dict(row) for row in foreseen.open]

    def done(self) -> dict[str, Merged]:
        """Merge the entries; return what each came to, by its identifier. The last writes wait."""
        merged: dict[str, Merged] = {}
        for entry in self._entries:
            before = len(self.write.changes)
            one = _Merging(self, entry)
            one.merge()
            merged[entry.id] = Merged(tuple(self.write.changes[before:]), tuple(one.new))
        if hangs(self.write, self._foreseen.points):
            return merged
        self.write.flush()
        before = len(self.write.changes)
        hang(self.connection, self.write)
        if hung := tuple(self.write.changes[before:]):
            last = self._entries[-1].id
            merged[last] = merged[last]._replace(changes=(*merged[last].changes, *hung))
        return merged


class _Merging:
    """One entry on its way into a database."""

    def __init__(self, batch: _Batch, entry: Entry) -> None:
        self._batch = batch
        self._connection = batch.connection
        self._entry = entry
        self._history = batch.history
        self._write = batch.write
        self._open = batch.open
        self.new: list[str] = []
        """The identifiers of the disagreements that it made."""
        self._asked: dict[Key, str] = {}
        """Why what hangs together may not be removed, by the row that stands for it."""
        if any(change.after is None for change in entry.changes):
            self._write.flush()  # who removes asks the database what hangs on it
        self._removals = Removals(batch.connection, entry.changes, self._write.rows, self._open)

    def merge(self) -> None:
        """Merge every change, in order."""
        for change in self._entry.changes:
            if change.before is None:
                self._insert(change)
            elif change.after is None:
                self._remove(change)
            else:
                self._update(change)

    # A row that was made, changed, removed ---------------------------------------------------

    def _insert(self, change: RowChange) -> None:
        assert change.after is not None
        key = change.table, str(change.after["id"])
        row = whole_row(change.table, change.after)
        if self._write.row(key) is not None and change.table == "disagreement":
            return  # a choice was taken back of one still open: what it offers now is newer
        if self._write.row(key) is not None:
            # Both made it: what differs is settled as if each had changed it from nothing.
            self._update(RowChange(change.table, {"id": key[1]}, row))
            return
        try:
            self._ask_locks(lambda: self._batch.locks.check_insert(change.table, row))
            if not self._write.insert(change.table, row):
                self._refuse(change, CANNOT_STAND)
        except LockedError as error:
            self._refuse(change, error.sentence)

    def _update(self, change: RowChange) -> None:
        assert change.before is not None
        assert change.after is not None
        key = change.table, str(change.after["id"])
        row = self._write.row(key)
        if row is None:
            self._gone(change)
            return
        values: Row = {}
        for columns in _groups(change):
            after = {c: change.after[c] for c in columns if c in change.after}
            values |= self._settled(key, row, change.before, after)
        if not values:
            return
        try:
            self._ask_locks(lambda: self._batch.locks.check_update(change.table, row, values))
            if not self._write.update(key, values):
                self._refuse(_part(change, values), CANNOT_STAND)
        except LockedError as error:
            self._refuse(_part(change, values), error.sentence)

    def _settled(self, key: Key, row: Row, before: Row, after: Row) -> Row:
        """Return what of a group of columns is to be written; what cannot be is kept beside."""
        table, field = key[0], next(iter(after))
        own = self._own_texts(key, field)
        begun = [held for held, words in own if _same(words, before, after)]
        said = [held for held, words in own if _same(words, after, after)]
        if all(row[c] == value for c, value in after.items()):
            self._close_all([*begun, *said])  # nothing is left to choose
            return {}
        stands = _stands(table, row, before, after)
        if stands is not None:
            self._close_all(said if stands else [])
            return stands
        if said or (not begun and self._goes_on_in_a_row(key, before, after)):
            return {}
        offered = RowChange(
            table,
            {"id": key[1], **{c: before.get(c) for c in after}},
            {"id": key[1], **after},
        )
        if not begun:
            self._disagree(DisagreementKind.TEXT, key, [offered], field=field)
            return {}
        (first,) = read(begun[0]["offered"])  # it started from what it started from
        if first.before == offered.after:  # and its author came back to that
            self._close(begun[0])
        else:
            self._offer(begun[0], [RowChange(table, first.before, offered.after)])
        return {}

    def _own_texts(self, key: Key, field: str) -> list[tuple[Row, Row]]:
        """Return the open disagreements that keep texts of this author out of these columns.

        Each with what it offers. She goes on in the one that says what she saw.
        """
        found = []
        for held in self._open:
            same = (held["of_table"], held["row_id"], held["origin"]) == (*key, self._entry.origin)
            if same and held["kind"] == DisagreementKind.TEXT:
                (change,) = read(held["offered"])
                if change.after is not None and field in change.after:
                    found.append((held, change.after))
        return found

    def _goes_on_in_a_row(self, key: Key, before: Row, after: Row) -> bool:
        """Let a row that is kept beside say on what its author typed on in it."""
        for held, changes, place in self._held(key):
            kept = changes[place]
            words = kept.after or {}
            if _same(words, before, after):
                changes[place] = RowChange(key[0], kept.before, {**words, **after})
                self._offer(held, changes)
                return True
        return False

    def _close_all(self, several: list[Row]) -> None:
        for held in several:
            if held in self._open:
                self._close(held)

    def _close(self, held: Row) -> None:
        """Offer nothing any more."""
        self._write.remove(("disagreement", held["id"]))
        self._open.remove(held)

    def _remove(self, change: RowChange) -> None:
        assert change.before is not None
        key = change.table, str(change.before["id"])
        row = self._write.row(key)
        if row is None:
            self._withdraw(key)
            return
        root = self._removals.root_of(key)
        if root not in self._asked:
            self._asked[root] = self._locked(root)
        if self._asked[root] or key in self._removals.kept:
            if key == root and key[0] != "disagreement":
                self._disagree_on_removal(key, self._asked[root])
            return
        children = self._removals.hanging.get(key[1], ())
        set_free(self._write, children, row, self._removals.gone)
        if not self._write.remove(key):
            self._disagree_on_removal(key, CANNOT_STAND)
        elif key[0] == "disagreement":
            self._open[:] = [held for held in self._open if held["id"] != key[1]]

    def _locked(self, key: Key) -> str:
        """Return the sentence that forbids removing a row, "" when nothing does."""
        row = self._write.row(key)
        try:
            self._ask_locks(lambda: self._batch.locks.check_delete(key[0], row or {}))
        except LockedError as error:
            return error.sentence
        return ""

    def _disagree_on_removal(self, key: Key, reason: str) -> None:
        offered = RowChange(key[0], self._write.row(key), None)
        for held in self._open:
            same = (held["of_table"], held["row_id"], held["origin"]) == (*key, self._entry.origin)
            if same and held["kind"] == DisagreementKind.REMOVED:
                self._offer(held, [offered])
                return
        self._disagree(DisagreementKind.REMOVED, key, [offered], reason=reason)

    def _ask_locks(self, check: Callable[[], None]) -> None:
        """Ask the locks, after what might have opened or closed a relevé is written."""
        if self._write.meeting_waits:
            self._write.flush()
            self._batch.locks = Locks(self._connection, details_go=True)
        check()

    # What cannot stand -----------------------------------------------------------------------

    def _gone(self, change: RowChange) -> None:
        """Keep what was written into a row that is no longer there."""
        assert change.after is not None
        table, row_id = change.table, str(change.after["id"])
        words = {c: v for c, v in change.after.items() if _counts(table, c)}
        if not words or table == "disagreement":
            return
        for held, changes, place in self._held((table, row_id)):
            known = changes[place]
            # What it started from, of the columns written now as of those written first.
            before = known.before and {**(change.before or {}), **known.before}
            changes[place] = RowChange(table, before, {**(known.after or {}), **change.after})
            self._offer(held, changes)
            return
        known_row = self._history(table, row_id, "").row
        after = {**(known_row or {}), **change.after}
        before = None if known_row else change.before
        self._disagree(DisagreementKind.GONE, (table, row_id), [RowChange(table, before, after)])

    def _withdraw(self, key: Key) -> None:
        """Offer no longer what its own author has removed since."""
        for held, changes, place in self._held(key):
            del changes[place]
            if changes:
                self._offer(held, changes)
            else:
                self._close(held)

    def _held(self, key: Key) -> list[tuple[Row, list[RowChange], int]]:
        """Return where this author's words for a row that is not there are kept already."""
        found: list[tuple[Row, list[RowChange], int]] = []
        for held in self._open:
            if held["kind"] in _ROWS and held["origin"] == self._entry.origin:
                changes = read(held["offered"])
                place = _place(changes, *key)
                if place is not None:
                    found.append((held, changes, place))
        return found

    def _refuse(self, change: RowChange, reason: str) -> None:
        """Keep a row that the database refused; what belongs to a refused one goes with it."""
        key = change.table, _id(change)
        held = self._holding(change) if change.before is None else None
        if held is not None:
            self._offer(held, [*read(held["offered"]), change])
        else:
            self._disagree(DisagreementKind.REFUSED, key, [change], reason=reason)

    def _holding(self, change: RowChange) -> Row | None:
        """Return the open disagreement that holds a row which ``change`` belongs to."""
        assert change.after is not None
        table = tables.metadata.tables[change.table]
        wanted = {
            (key.referred_table.name, change.after.get(key.elements[0].parent.name))
            for key in table.foreign_key_constraints
        }
        for held in self._all_open():
            if held["kind"] in _ROWS and any(
                c.before is None and (c.table, _id(c)) in wanted for c in read(held["offered"])
            ):
                return held
        return None

    def _all_open(self) -> list[Row]:
        known = {row["id"] for row in self._open}
        table = tables.disagreement
        mine = table.c.origin == self._entry.origin
        found = select(table).where(table.c.kind.in_(_ROWS), mine)
        self._write.flush()
        rows = [dict(row) for row in self._connection.execute(found).mappings()]
        for row in rows:
            if row["id"] not in known:
                self._open.append(row)
                self._write.rows[("disagreement", row["id"])] = dict(row)
        return self._open

    def _disagree(
        self,
        kind: DisagreementKind,
        key: Key,
        offered: list[RowChange],
        *,
        field: str = "",
        reason: str = "",
    ) -> None:
        table, row_id = key
        self._write.flush()  # what it is about may be new itself
        # Of a row that never was nothing is known: looking through the whole log would not find it.
        never = kind is DisagreementKind.REFUSED and offered[0].before is None
        known = Known() if never else self._history(table, row_id, field)
        name = f"{self._entry.id}/{table}/{row_id}/{kind}/{field}"
        while (own_id := uuid5(_NAMES, name).hex) in self.new:  # a second one about the same
            name += "+"
        row: Row = {
            "id": own_id,
            "kind": kind.value,
            "of_table": table,
            "row_id": row_id,
            "field": field,
            "offered": written(offered, whole=True),
            "author": self._entry.author,
            "at": self._entry.at,
            "kept_author": known.author,
            "kept_at": known.at,
            "kept_origin": known.origin,
            "reason": reason,
            "origin": self._entry.origin,
            "meeting_id": meeting_of(
                self._connection, table, self._write.row(key) or offered[0].after or {}
            ),
        }
        self._write.insert("disagreement", row)
        self._open.append(dict(self._write.rows[("disagreement", row["id"])] or row))
        self.new.append(str(row["id"]))

    def _offer(self, held: Row, offered: list[RowChange]) -> None:
        """Let an open disagreement offer something else."""
        values = {"offered": written(offered, whole=True), "at": self._entry.at}
        self._write.update(("disagreement", held["id"]), values)
        # Another row, not this one changed: what was written tells the row before as well.
        self._open[self._open.index(held)] = {**held, **values}


def _id(change: RowChange) -> str:
    return str((change.after or change.before or {})["id"])


def _counts(table: str, column: str) -> bool:
    """Tell whether a column holds something that would be missed."""
    return column != "id" and column not in BOOKKEEPING and not last_wins(table, column)


def _groups(change: RowChange) -> list[tuple[str, ...]]:
    """Return the groups of columns that a change of a row touches, each once."""
    assert change.after is not None
    found: dict[tuple[str, ...], None] = {}
    for column in change.after:
        if column != "id" and column not in BOOKKEEPING:
            found[group(change.table, column)] = None
    return list(found)


def _same(words: Row, others: Row, columns: Row) -> bool:
    """Tell whether two rows say the same in some columns, which both know."""
    return all(c in words and c in others and words[c] == others[c] for c in columns)


def _stands(table: str, row: Row, before: Row, after: Row) -> Row | None:
    """Return what of a group of columns stands by itself, None where someone is to choose."""
    field = next(iter(after))
    if field not in before:  # both made the row: what one left as it comes is not meant
        first, later = {c: row[c] for c in after}, after
        if later.items() <= defaults(table).items():
            return {}
        if first.items() <= defaults(table).items():
            return after
    elif all(c in before and row[c] == before[c] for c in after):
        return after
    return after if last_wins(table, field) else None


def _part(change: RowChange, values: Row) -> RowChange:
    """Return a change of a row, of these columns only."""
    before, after = change.before or {}, change.after or {}
    row_id = after["id"]
    return RowChange(
        change.table,
        {"id": row_id, **{c: before.get(c) for c in values}},
        {"id": row_id, **{c: after[c] for c in values}},
    )


def _place(changes: list[RowChange], table: str, row_id: str) -> int | None:
    for number, change in enumerate(changes):
        if change.table == table and change.after is not None and _id(change) == row_id:
            return number
    return None
