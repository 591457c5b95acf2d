"""The one way to write: rows go in, out and change here, inside one transaction.

Every write is recorded with the row before and after it, which gives three things at one place:
what kinds of thing changed (so that a screen refreshes only what it must), optimistic locking,
and the way back.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, UniqueConstraint, and_, bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from pan_desktop.domain.errors import ConflictError, NotFoundError
from pan_desktop.domain.ids import natural, new_id
from pan_desktop.domain.model import ItemKind
from pan_desktop.store import tables
from pan_desktop.store.changes import Row, RowChange
from pan_desktop.store.details import held, remove, remove_hours
from pan_desktop.store.journal.journal import Journal
from pan_desktop.store.locks import Locks
from pan_desktop.store.mentions import Mention, mentions
from pan_desktop.store.merging.groups import group, last_wins
from pan_desktop.store.merging.removals import referring
from pan_desktop.store.raw import RawRows
from pan_desktop.store.reader import Reader
from pan_desktop.store.search import Search, SqliteSearch
from pan_desktop.store.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection, Table

    from pan_desktop.domain.held_details import HeldDetails
    from pan_desktop.store.heads import Heads
    from pan_desktop.store.merging.entries import Entry
    from pan_desktop.store.merging.merge import Merged
    from pan_desktop.store.shared.replica import Replica

CHANGED_ELSEWHERE = (
    "Quelqu’un d’autre vient de modifier ce que vous modifiez : sa version est gardée, la vôtre "
    "n’est pas enregistrée. Relisez la page, puis recommencez."
)
GONE = (
    "Ce que vous modifiez a été supprimé entre-temps : rien n’a été changé. Rouvrez la page pour "
    "voir l’état présent."
)

STILL_USED = (
    "Autre chose s’y rattache encore : rien n’a été supprimé. Retirez d’abord ce qui s’y rattache, "
    "puis recommencez."
)

_AT_ONCE = 500
"""So many rows are asked about at a time."""


class UnitOfWork:
    """Reads and writes of one use case, in one transaction that its maker opens and ends."""

    def __init__(
        self,
        connection: Connection,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        author: str = "",
        heads: Heads | None = None,
    ) -> None:
        """Work on ``connection``, a transaction being open; ``now`` gives the instant of writes.

        ``author`` is who writes, for the journal and to know her own words again.
        """
        self._connection = connection
        self._now = now
        self.author = author
        self._rows = RawRows(connection)
        self.read = Reader(connection)
        self.steps = Steps(connection, now, heads)
        self.journal = Journal(connection, now, author, heads)
        self._locks = Locks(connection)
        self.changes: list[RowChange] = []
        """What was meant: each row as its author saw it, and as it is now."""
        self.applied: list[RowChange] = []
        """What was done: each row as it was, and as it is now."""
        self.taken_in: frozenset[str] = frozenset()
        """The tables that others have changed, as this unit of work learnt."""
        self.filled = False
        """Whether this made the database the local side of a shared office."""

    @property
    def replica(self) -> Replica:
        """Return the bookkeeping of a shared office's local side."""
        from pan_desktop.store.shared.replica import Replica

        return Replica(self._connection, self._now)

    def details(self, before: date) -> tuple[HeldDetails, ...]:
        """Return the meetings before a day of which details of presence are kept."""
        return held(self._connection, before)

    def remove_details(self, meeting_ids: Iterable[str]) -> None:
        """Remove the details of presence of some meetings, issued or not, and all undo steps."""
        self._locks.details_go = True
        for meeting_id in meeting_ids:
            remove(self, self._connection, meeting_id)
        self._locks.details_go = False
        self.steps.forget_all()

    def remove_hours(self, person_id: str) -> None:
        """Remove when a person came and left, at all meetings, issued or not."""
        self._locks.details_go = True
        remove_hours(self, self._connection, person_id)
        self._locks.details_go = False

    def forget_words(self) -> None:
        """Forget what undo and the search keep of words that are to be gone."""
        self.steps.forget_all()
        self.search.forget()

    def mentions(self, names: Sequence[str]) -> Iterator[Mention]:
        """Give the texts of the office in which one of the names stands."""
        return mentions(self._connection, names)

    @property
    def search(self) -> Search:
        """Return the search of what the store holds."""
        return SqliteSearch(self._connection)

    def insert(self, name: str, /, **values: object) -> str:
        """Write a new row and return its identifier (``id`` may be given).

        Raises LockedError when it belongs to a relevé that is issued.
        """
        self._locks.check_insert(name, values)
        instant = self._now()
        row: Row = {"id": values.get("id") or self._fresh_id(name, values), **values, "version": 1}
        row |= {"created_at": instant, "updated_at": instant}
        self._rows.insert(name, row)
        self._record(RowChange(name, None, row))
        return str(row["id"])

    def update(
        self,
        name: str,
        row_id: str,
        /,
        *,
        expected: int | None = None,
        seen: Mapping[str, object] | None = None,
        **values: object,
    ) -> bool:
        """Change a row and tell whether anything differed.

        ``expected`` is the version that the caller has seen. ``seen`` is what it last saw of the
        columns, where someone else may have written since: a column that it did not change is
        left alone, and of one that both changed it is kept what this change started from, so
        that in a shared office neither is lost. Raises NotFoundError when the row
        is gone, ConflictError when it has another version, LockedError when it belongs to a relevé
        that is issued.
        """
        before = self._row(name, row_id)
        if before is None:
            raise NotFoundError(GONE)
        if expected is not None and before["version"] != expected:
            raise ConflictError(CHANGED_ELSEWHERE)
        meant = _meant(name, before, seen, values)
        if not meant:
            return False
        self._locks.check_update(name, before, meant)
        changed = meant | {"version": before["version"] + 1, "updated_at": self._now()}
        held = {"id": row_id, "version": before["version"]}
        if self._rows.update(name, held, changed) != 1:
            raise ConflictError(CHANGED_ELSEWHERE)
        saw = None if seen is None else {**before, **{k: seen[k] for k in meant if k in seen}}
        self._record(RowChange(name, before, {**before, **changed}), saw)
        return True

    def delete(self, name: str, row_id: str, *, seen: Mapping[str, object] | None = None) -> None:
        """Remove a row and all that hangs on it, each recorded; one that is gone is no error.

        ``seen`` is what the caller saw of it where that is not what it says: undo brings it back.
        Raises LockedError when any of them belongs to a relevé that is issued, ConflictError when
        something that would stay refers to one of them.
        """
        before = self._row(name, row_id)
        if before is None:
            return
        self._locks.check_delete(name, before)
        for child, columns in _children(name):
            where = and_(*(child.c[there] == before[here] for here, there in columns))
            for hanging in self._ids(select(child.c.id).where(where)):
                self.delete(child.name, hanging)
        saw = None if seen is None else {**before, **seen}
        if name != "disagreement":  # who removes a row has chosen about what it says
            # What goes is what everybody sees, not the text that lies over it here.
            below = self.replica.masks.below(name, row_id)
            saw = below and {**before, **below}
            found = self._connection.execute(_about_statement(), {"the_id": row_id}).scalars()
            for hanging in list(found):
                self.delete("disagreement", hanging)
        table = _table(name)
        try:
            self._connection.execute(delete(table).where(table.c.id == row_id))
        except IntegrityError as error:
            raise ConflictError(STILL_USED) from error
        self._record(RowChange(name, before, None), saw)

    def merge(self, entry: Entry) -> Merged:
        """Merge what was done elsewhere, each row that it changes here being recorded."""
        from pan_desktop.store.merging.merge import merge

        merged = merge(self._connection, entry, now=self._now())
        self.changes.extend(merged.changes)
        self.applied.extend(merged.changes)
        return merged

    def institution(self, name: str) -> str | None:
        """Return the identifier of the institution of that name, made when new; None for none."""
        words = " ".join(name.split())
        if not words:
            return None
        return self.read.institution_id(words) or self.insert("institution", name=words)

    def revert(self, changes: list[RowChange]) -> None:
        """Undo recorded changes, the last first.

        Raises ConflictError when a row has been changed since by something else.
        """
        lying_under = self._refuse_changed_since(changes)
        for change in reversed(changes):
            key = change.table, str((change.after or change.before or {})["id"])
            if change.before is None and change.after is not None:
                self.delete(*key)
            elif change.before is not None and change.after is None:
                if key in lying_under:
                    self.replica.masks.uncover(*key)
                self.insert(change.table, **_content(change.before))
            elif change.before is not None and change.after is not None:
                values = _content(change.before)
                values.pop("id")
                below = lying_under.get(key)
                self.update(*key, seen=below, **values)
                if below is not None:
                    below |= values

    def _refuse_changed_since(self, changes: list[RowChange]) -> dict[tuple[str, str], Row]:
        """Raise ConflictError unless every row says what the last of the changes left.

        Returns those that say so only under a text of this replica's own that lies over them.
        """
        left = {(c.table, (c.after or c.before or {})["id"]): c.after for c in changes}
        gone = {(c.table, c.before["id"]): c.before for c in changes if c.before and not c.after}
        owners = {each for c in changes for each in self.read.owners(c.table, c.before or {})}
        if any(owner not in gone and self._row(*owner) is None for owner in owners):
            raise ConflictError(CHANGED_ELSEWHERE)
        made: dict[str, list[str]] = {}
        for change in changes:
            if change.before is None and change.after is not None:
                made.setdefault(change.table, []).append(change.after["id"])
        for name, ids in made.items():
            self._refuse_hanging(name, ids, left)
        lying_under: dict[tuple[str, str], Row] = {}
        for (name, row_id), after in left.items():
            row = self._row(name, row_id)
            if _says(name, row, after):
                continue
            below = self.replica.masks.below(name, row_id)
            if below is None or row is None:
                raise ConflictError(CHANGED_ELSEWHERE)
            if not _says(name, None if below == {"id": row_id} else {**row, **below}, after):
                raise ConflictError(CHANGED_ELSEWHERE)
            lying_under[name, row_id] = below
        return lying_under

    def _refuse_hanging(
        self, name: str, ids: Sequence[str], own: Collection[tuple[str, str]]
    ) -> None:
        """Raise ConflictError where something has been hung on rows since, by another step.

        Taking them back would take that along, and doing it again would not bring it back.
        """
        for child, column in referring(name):
            if last_wins(child, "id"):
                continue
            table = _table(child)
            for part in range(0, len(ids), _AT_ONCE):
                where = table.c[column].in_(ids[part : part + _AT_ONCE])
                for hanging in self._ids(select(table.c.id).where(where)):
                    if (child, hanging) not in own:
                        raise ConflictError(CHANGED_ELSEWHERE)

    def _record(self, done: RowChange, saw: Row | None = None) -> None:
        self.applied.append(done)
        self.changes.append(done if saw is None else RowChange(done.table, saw, done.after))

    def _fresh_id(self, name: str, values: Mapping[str, object]) -> str:
        """Return an identifier for a new row: what it is called by gives it, where that is free.

        Two secretaries who tick the same person at the same time then make the same row.
        """
        known = _natural_id(name, values)
        if known is None or self._row(name, known) is not None:
            return new_id()
        return known

    def _row(self, name: str, row_id: str) -> Row | None:
        return self._rows.row(name, row_id)

    def _ids(self, statement: Select[Any]) -> list[str]:
        return list(self._connection.execute(statement).scalars())


def _content(row: Mapping[str, Any]) -> Row:
    return {k: v for k, v in row.items() if k not in {"version", "created_at", "updated_at"}}


def _says(name: str, row: Row | None, after: Row | None) -> bool:
    """Tell whether a row says what a change left of it."""
    if row is None or after is None:
        return row is after
    # Not by version: undoing a later change raises it and brings the same words back. Nor by when
    # the words that wait for a choice were written.
    left = {k: v for k, v in _content(after).items() if name != "disagreement" or k != "at"}
    return left == {key: row[key] for key in left}


def _table(name: str) -> Table:
    return tables.metadata.tables[name]


# Built once for each shape: making a statement costs more than running it.
@cache
def _about_statement() -> Select[Any]:
    table = tables.disagreement
    return select(table.c.id).where(table.c.row_id == bindparam("the_id"))


def _meant(
    name: str, before: Row, seen: Mapping[str, object] | None, values: Mapping[str, object]
) -> Row:
    """Return which of the ``values`` a change is about, its author having ``seen`` other ones."""
    if seen is None:
        return {key: value for key, value in values.items() if before[key] != value}
    known = {**before, **seen}
    differing = {key for key, value in values.items() if known[key] != value}
    tied = {column for key in differing for column in group(name, key)}
    return {key: value for key, value in values.items() if key in tied}


def _natural_id(name: str, values: Mapping[str, object]) -> str | None:
    columns = _called_by(name, str(values.get("kind", "")))
    said = [values.get(column) for column in columns]
    if not columns or any(value is None for value in said):
        return None
    return natural(name, *(str(value) for value in said))


@cache
def _called_by(name: str, kind: str) -> tuple[str, ...]:
    """Return the columns of which no two rows of a table may say the same."""
    if name == "agenda_item":  # a meeting has one item of progress
        return ("meeting_id", "kind") if kind == ItemKind.PROGRESS else ()
    if name == "releve_version":  # two who issue at once have issued two files
        return ()
    table = _table(name)
    found = [
        tuple(column.name for column in rule.columns)
        for rule in table.constraints
        if isinstance(rule, UniqueConstraint)
    ]
    named = [columns for columns in found if "id" not in columns and columns[0] in _NAMING]
    return min(named, default=())


_NAMING = frozenset(
    {
        "name",
        "label",
        "word",
        "short_name",
        "page",
        "body_id",
        "plan_id",
        "commitment_id",
        "meeting_id",
        "attendance_id",
        "mandate_id",
    }
)


@cache
def _children(name: str) -> tuple[tuple[Table, tuple[tuple[str, str], ...]], ...]:
    """Return the tables whose rows fall with one of ``name``, with the columns that tie them."""

    def found() -> Iterator[tuple[Table, tuple[tuple[str, str], ...]]]:
        for table in reversed(tables.metadata.sorted_tables):
            for key in table.foreign_key_constraints:
                if key.referred_table.name == name and key.ondelete == "CASCADE":
                    pairs = ((e.column.name, e.parent.name) for e in key.elements)
                    yield table, tuple(pairs)

    return tuple(found())
