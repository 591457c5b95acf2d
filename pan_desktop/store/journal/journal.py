"""The journal: who changed which rows and when, each entry chained by hash to the one before.

An entry is written in the transaction of what it tells of. It holds no value, only names of
columns and digests (``chain``), so that it can be kept and handed over when what it tells of must
go. The database itself refuses to change or remove one (triggers, ``journal_schema``); only the
last grows while one text is being typed, or a meeting would leave a row for each letter.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, select

from pan_desktop.domain.journal import How, Journaled, Touched
from pan_desktop.store import tables
from pan_desktop.store.journal.chain import entry_hash, packed, row_digest, unpacked
from pan_desktop.store.journal.schema import STAYS
from pan_desktop.store.journal.subjects import Subjects
from pan_desktop.store.raw import RawRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from pan_desktop.domain.journal import Problem
    from pan_desktop.store.changes import Row, RowChange
    from pan_desktop.store.heads import Heads

_OURS = ("version", "created_at", "updated_at")


class Head(NamedTuple):
    """The last entry, with what is needed to grow it or to follow it."""

    row: dict[str, Any]
    touched: dict[tuple[str, str], Touched]


class Journal:
    """The journal of one database, within one transaction."""

    def __init__(
        self,
        connection: Connection,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        author: str = "",
        heads: Heads | None = None,
        *,
        rows: RawRows | None = None,
        around: Mapping[tuple[str, str], Row | None] | None = None,
    ) -> None:
        """Read and write through ``connection``, in the name of ``author``.

        ``heads`` remembers the last entry between the transactions of one program. What is written
        goes to ``rows``, where they are given; rows ``around`` those that change are not asked for.
        """
        self._connection = connection
        self._rows = rows or RawRows(connection)
        self._around = around
        self._now = now
        self._author = author
        self._heads = heads

    def record(self, changes: Sequence[RowChange], typing: str = "") -> None:
        """Write down what was just done; ``typing`` names the text that is being typed.

        What follows soon in the same text, by the same author, joins its entry.
        """
        if not changes:
            return
        now = self._now()
        touched = _net(changes)
        head = self._heads.entry if self._heads is not None else None
        head = head or last_entry(self._connection)
        if typing and head is not None and _goes_on(head.row, typing, self._author, now):
            head = self._grown(head, touched, changes, now)
        else:
            head = self._appended(head, touched, changes, now, typing)
        if self._heads is not None:
            self._heads.entry = head

    def entries(
        self, subject: str = "", *, before: int | None = None, limit: int = 200
    ) -> tuple[Journaled, ...]:
        """Return the latest entries, those before a sequence, the last first.

        ``subject`` is the identifier of a meeting, a person or a commitment; "" for all.
        """
        journal = tables.journal
        statement = select(journal).order_by(journal.c.sequence.desc()).limit(limit)
        if before is not None:
            statement = statement.where(journal.c.sequence < before)
        if subject:
            said = func.instr if self._connection.dialect.name == "sqlite" else func.strpos
            statement = statement.where(said(journal.c.subjects, f" {subject} ") > 0)
        return tuple(journaled(dict(row)) for row in self._connection.execute(statement).mappings())

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give every entry as it is stored, the first first."""
        yield from stored_rows(self._connection)

    def problems(self) -> list[Problem]:
        """Return what was changed beside the program, as ``journal_check.verify`` finds it."""
        from pan_desktop.store.journal.check import verify

        # Rows of a shared office's local side are ahead of its journal, which is the server's.
        shared = self._connection.execute(select(tables.replica.c.id)).first() is not None
        return verify(self._connection, rows=not shared)

    def _grown(
        self,
        head: Head,
        touched: dict[tuple[str, str], Touched],
        changes: Sequence[RowChange],
        now: datetime,
    ) -> Head:
        row = head.row | {"until": now}
        new = touched.keys() - head.touched.keys()
        if new:
            more = Subjects(self._connection, self._around).of(changes)
            row["subjects"] = _joined({*row["subjects"].split(), *more})
        whole = dict(head.touched)
        for key, one in touched.items():
            whole[key] = together(whole[key], one) if key in whole else one
        row["changes"] = packed(whole.values())
        row["hash"] = entry_hash(row)
        changed = {key: row[key] for key in ("until", "subjects", "changes", "hash")}
        self._rows.update("journal", {"sequence": row["sequence"]}, changed)
        return Head(row, whole)

    def _appended(
        self,
        head: Head | None,
        touched: dict[tuple[str, str], Touched],
        changes: Sequence[RowChange],
        now: datetime,
        typing: str,
    ) -> Head:
        row = {
            "sequence": head.row["sequence"] + 1 if head is not None else 1,
            "at": now,
            "until": now,
            "author": self._author,
            "typing": typing,
            "subjects": _joined(Subjects(self._connection, self._around).of(changes)),
            "changes": packed(touched.values()),
            "previous": head.row["hash"] if head is not None else "",
        }
        row["hash"] = entry_hash(row)
        self._rows.insert("journal", row)
        return Head(row, touched)


def receive(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Take entries over from another copy of the office, the first first, each once.

    The last that is here may have grown there since; any other that is here is left alone.
    """
    last = last_entry(connection)
    for row in rows:
        here = last.row["sequence"] if last is not None else 0
        if row["sequence"] == here and last is not None and row["hash"] != last.row["hash"]:
            changed = {key: row[key] for key in ("until", "subjects", "changes", "hash")}
            RawRows(connection).update("journal", {"sequence": here}, changed)
        elif row["sequence"] > here:
            RawRows(connection).insert("journal", row)
            last = Head(dict(row), {})


def go_back(connection: Connection, sequence: int, rows: Sequence[dict[str, Any]]) -> None:
    """Take over another copy's entries in the place of all those after ``sequence``.

    For the local side of a shared office only, whose journal is the server's: when that has come
    back from an older dump, it goes on from there.
    """
    connection.exec_driver_sql("DROP TRIGGER IF EXISTS journal_stays")
    connection.execute(delete(tables.journal).where(tables.journal.c.sequence > sequence))
    connection.exec_driver_sql(STAYS)
    receive(connection, rows)


def last_entry(connection: Connection) -> Head | None:
    """Return the last entry, None when nothing was ever changed."""
    row = RawRows(connection).last("journal", "sequence")
    return None if row is None else head_of(row)


def head_of(row: Row) -> Head:
    """Return a stored entry with what is needed to grow or to follow it."""
    return Head(row, {(one.table, one.id): one for one in unpacked(row["changes"])})


def stored_rows(connection: Connection) -> Iterator[dict[str, Any]]:
    """Give every entry as it is stored, the first first, without holding them all."""
    journal = tables.journal
    statement = select(journal).order_by(journal.c.sequence)
    streamed = connection.execute(statement, execution_options={"yield_per": 1000})
    yield from (dict(row) for row in streamed.mappings())


def journaled(row: dict[str, Any]) -> Journaled:
    """Return a stored entry as the rest of the program knows it."""
    return Journaled(
        row["sequence"],
        row["at"],
        row["until"],
        row["author"],
        unpacked(row["changes"]),
        tuple(row["subjects"].split()),
        row["previous"],
        row["hash"],
    )


def together(first: Touched, then: Touched) -> Touched:
    """Return two things done to one row as one."""
    if then.how is How.REMOVED:
        return then
    if first.how is How.REMOVED:
        # Removed and made again in one go, as an import does: it has changed, no one knows what.
        return then._replace(how=How.CHANGED, columns=())
    columns = tuple(dict.fromkeys((*first.columns, *then.columns)))
    return then._replace(how=first.how, columns=columns if first.how is How.CHANGED else ())


def _net(changes: Sequence[RowChange]) -> dict[tuple[str, str], Touched]:
    """Return each row once: what became of it over all changes."""
    found: dict[tuple[str, str], Touched] = {}
    for change in changes:
        one = _touched(change)
        key = one.table, one.id
        found[key] = together(found[key], one) if key in found else one
    return found


def _touched(change: RowChange) -> Touched:
    before, after = change.before, change.after
    if after is None:
        return Touched(change.table, (before or {})["id"], How.REMOVED)
    digest = row_digest(change.table, after)
    if before is None:
        return Touched(change.table, after["id"], How.MADE, (), digest)
    columns = tuple(k for k in after if k not in _OURS and before.get(k) != after[k])
    return Touched(change.table, after["id"], How.CHANGED, columns, digest)


def _goes_on(row: dict[str, Any], typing: str, author: str, now: datetime) -> bool:
    """Tell whether what is typed now belongs to the last entry."""
    from pan_desktop.store.steps import LONGEST, PAUSE

    rested, began = now - row["until"], now - row["at"]
    same = row["typing"] == typing and row["author"] == author
    # A clock that was put back says nothing of how long the typing rested.
    soon = timedelta() <= rested <= PAUSE and timedelta() <= began <= LONGEST
    return bool(same and soon)


def _joined(subjects: set[str]) -> str:
    """Return identifiers as they are stored: each between two spaces, so that one can be found."""
    return f" {' '.join(sorted(subjects))} " if subjects else ""
