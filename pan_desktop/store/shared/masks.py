"""This replica's own text, laid over what another's text has kept out of it (a *mask*).

Nobody's words change under the hand that types them: as long as a disagreement keeps what was
written here out of what everybody sees, the pages here go on showing it. Of several own texts
about the same the last is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.store import tables
from pan_desktop.store.changes import Row, RowChange
from pan_desktop.store.merging.entries import read
from pan_desktop.store.merging.groups import group
from pan_desktop.store.shared.laying import OutOfStepError, lay
from pan_desktop.store.shared.outbox import Outbox
from pan_desktop.store.shared.overlap import look_below

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

_KINDS = (DisagreementKind.TEXT, DisagreementKind.GONE)
"""The kinds of which the replica that wrote what is offered goes on showing it."""


class Masks:
    """What lies over the server's rows on one replica, within one transaction."""

    def __init__(self, connection: Connection, now: Callable[[], datetime], origin: str) -> None:
        """Read and write through ``connection``; ``origin`` is the replica, "" where there is none.

        ``now`` gives the instant of writes.
        """
        self._connection = connection
        self._now = now
        self._origin = origin
        self._outbox = Outbox(connection, now)

    def below(self, table: str, row_id: str) -> Row | None:
        """Return a row as the server has it where this replica's own text lies over it.

        None when it does not; a row that is not there has its identifier only.
        """
        if not self._origin or not self._outbox.about(row_id, masks=True):
            return None
        found: Row = {}
        for row in self._outbox.about(row_id, masks=False):
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
        row = self._row(table, row_id)
        if row is None:
            return False
        if below == {"id": row_id}:
            change = RowChange(table, row, None)
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
        try:
            with self._connection.begin_nested():
                lay(self._connection, [change], self._now())
        except IntegrityError:  # another own text is shown that hangs on this one
            return False
        self._outbox.put_mask(change)
        return True

    def follow(self, changes: Iterable[RowChange], applied: Sequence[RowChange]) -> frozenset[str]:
        """Show what is to be seen now that choices were made, or taken back; return which tables.

        To be called once the ``changes`` are in the outbox, and what was ``applied`` of them here:
        what lies over a row is taken off in the other order, and must be what was laid last. It is
        this replica's own text as long as a disagreement keeps it out, and what everybody sees
        once one has chosen.
        """
        choices = [change for change in changes if change.table == "disagreement"]
        if not choices or not self._origin:
            return frozenset()
        touched: set[str] = set()
        for choice in choices:
            held = choice.after or choice.before or {}
            was = self._was(held["of_table"], held["row_id"], applied)
            if held["origin"] == self._origin and held["kind"] in _KINDS:
                touched |= self._show(held, covered=choice.after is not None)
            if held["kind"] == DisagreementKind.TEXT:
                touched |= self._show_another(held, was)
        return frozenset(touched)

    def own_texts(self, table: str, row_id: str, field: str) -> list[Row]:
        """Return the open disagreements that keep texts of this replica out of one place.

        The one that is shown is the last.
        """
        kind = tables.disagreement
        about = (kind.c.of_table == table, kind.c.row_id == row_id)
        own = (kind.c.origin == self._origin, kind.c.kind == DisagreementKind.TEXT)
        found = select(kind).where(*about, *own).order_by(kind.c.at, kind.c.id)
        rows = self._connection.execute(found).mappings()
        return [dict(row) for row in rows if row["field"] in group(table, field)]

    def cover_all(self, touched: set[str]) -> None:
        """Lay this replica's own text over all that keeps it out, and note which tables."""
        table = tables.disagreement
        found = select(table).where(table.c.origin == self._origin, table.c.kind.in_(_KINDS))
        found = found.order_by(table.c.at, table.c.id)
        held = list(self._connection.execute(found).mappings())
        changes = [change for each in held for change in read(each["offered"])]
        # Rows where there are none first: what was typed in one since is another disagreement.
        for change in sorted(changes, key=lambda one: one.before is not None):
            if self._cover(change):
                touched.add(change.table)

    def _show(self, held: Row, *, covered: bool) -> set[str]:
        """Show what a disagreement offers, or what everybody sees."""
        touched: set[str] = set()
        for change in read(held["offered"]):
            assert change.after is not None
            if covered:
                laid = self._cover(change)
            else:
                laid = self.uncover(change.table, change.after["id"], change.after.keys())
            touched |= {change.table} if laid else set()
        return touched

    def _was(self, table: str, row_id: str, applied: Sequence[RowChange]) -> Row | None:
        """Return a row as it was shown before what was ``applied``, None where it was not there."""
        for change in applied:
            row = change.before or change.after or {}
            if (change.table, row.get("id")) == (table, row_id):
                return change.before
        return self._row(table, row_id)

    def _show_another(self, chosen: Row, was: Row | None) -> set[str]:
        """Go on showing an own text that another disagreement keeps out of the same place.

        ``was`` is the row as it was shown before the choice.
        """
        own = self.own_texts(chosen["of_table"], chosen["row_id"], chosen["field"])
        if not own:
            return set()
        shown = own[-1]
        (offered,) = read(shown["offered"])
        assert offered.after is not None
        later = (chosen["at"], chosen["id"]) >= (shown["at"], shown["id"])
        if was is not None and (chosen["origin"] != self._origin or not later):
            # It was shown, with what was typed in it since it was last sent.
            text = {column: was[column] for column in offered.after}
            offered = RowChange(offered.table, offered.before, text)
        row = self._row(offered.table, chosen["row_id"]) or {}
        assert offered.after is not None
        if offered.after.items() <= row.items() or not self._cover(offered):
            return set()
        return {offered.table}

    def _cover(self, change: RowChange) -> bool:
        """Lay one text over what keeps it out; tell whether that could be."""
        mask = self._masked(change)
        if mask is not None:
            self._outbox.put_mask(mask)
        return mask is not None

    def _masked(self, change: RowChange) -> RowChange | None:
        """Lay one text over a row, or a row where there is none; None where that cannot be."""
        assert change.after is not None
        row = self._row(change.table, change.after["id"])
        if row is not None:
            before = {key: row[key] for key in change.after}
            mask = RowChange(change.table, before, change.after)
        elif change.before is None:
            mask = RowChange(change.table, None, change.after)
        else:
            return None
        try:
            with self._connection.begin_nested():
                lay(self._connection, [mask], self._now())
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
            if value is not None and self._row(key.referred_table.name, value) is None:
                return True
        return False

    def _row(self, table: str, row_id: str) -> Row | None:
        kind = tables.metadata.tables[table]
        row = self._connection.execute(select(kind).where(kind.c.id == row_id)).mappings().first()
        return None if row is None else dict(row)
