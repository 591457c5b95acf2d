"""Moves a whole office from one database to another, and compares every row afterwards.

Between a file and a server, in either direction: all tables of the office with their versions and
instants, and the journal. What was done to be undone stays behind. Of a file that is the local side
of a shared office whose server is lost, what it holds is moved (``rescuing``); on a server it is
the same office again, so that what other machines had waiting arrives there.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, collate, delete, func, insert, select, text, update

from pan_desktop.domain.errors import InputError
from pan_desktop.domain.ids import new_id
from pan_desktop.store import tables
from pan_desktop.store.location import REVISIONS
from pan_desktop.store.shared import last_entries
from pan_desktop.store.shared.failures import reaching
from pan_desktop.store.shared.rescuing import server_of, standing_alone
from pan_desktop.store.shared.server import (
    CHANNEL,
    ORDER_LOCK,
    READY,
    UNFINISHED,
    create,
    identify,
    log,
    office,
    server_engine,
    shared_tables,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import ColumnElement, Connection, Table

    from pan_desktop.domain.keys import Key
    from pan_desktop.store.changes import Row
    from pan_desktop.store.shared.rescuing import Left

NOT_EMPTY = (
    "La base d’arrivée contient déjà un office : rien n’y a été changé. Indiquez une base vide."
)
FILE_THERE = (
    "Un fichier existe déjà à l’endroit indiqué : il n’a pas été changé. Indiquez un autre nom."
)
DIFFERS = (
    "Après la copie, une ligne n’est pas la même des deux côtés ({where}) : l’arrivée n’a pas été "
    "mise en service et le départ n’a pas changé. Recommencez."
)
_AT_ONCE = 500


class DifferenceError(Exception):
    """A row is not the same on both sides: named by its table and identifier."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move came to."""

    rows: int
    """How many rows were copied and compared, column by column."""
    tables: dict[str, int]
    """How many of each table."""
    left: Left | None = None
    """What the replica was whose office was moved, None where it was none."""


def to_server(file: Path, key: Key | None, address: str, password: str | None) -> Moved:
    """Copy the office in a file to a server, in one transaction there.

    Until it is whole, nobody can open it there; what a move left unfinished is begun anew. Raises
    InputError when there is an office on the server already.
    """
    there = server_engine(address, password, patient=True)
    try:
        with reaching():
            with there.begin() as target:
                create(target)
                # What somebody is sending who joined it empty arrives before it is looked at.
                target.execute(select(func.pg_advisory_xact_lock(ORDER_LOCK)))
                found = target.execute(select(office)).one()
                if found.state != UNFINISHED:
                    identify(target)
                    _refuse_full(target)
                    target.execute(update(office), {"state": UNFINISHED})
                elif found.revision != REVISIONS[-1]:
                    raise InputError(NOT_EMPTY)
            with _held(file, key) as (source, left), there.begin() as target:
                for table in reversed(shared_tables()):
                    target.execute(delete(table))
                moved = replace(_moved(source, target), left=left)
                _begin_log(target, left.position if left is not None else 0)
                if left is not None:
                    _go_on(source, target, left)
                target.execute(update(office), {"state": READY})
                target.execute(select(func.pg_notify(CHANNEL, "")))
    finally:
        there.dispose()
    return moved


@contextmanager
def _held(file: Path, key: Key | None) -> Iterator[tuple[Connection, Left | None]]:
    """Give the office in a file, held against writers: what came later would stay behind."""
    from pan_desktop.store.engine import open_engine

    if server_of(file, key):
        with standing_alone(file, key) as found:
            yield found
        return
    here = open_engine(str(file), key)
    try:
        with here.begin() as source:
            yield source, None
    finally:
        here.dispose()


def _begin_log(target: Connection, read: int) -> None:
    """Let the log begin where nobody has read: after ``read``, and after where it ended.

    Whoever joined the office, also while it was empty, fills the replica anew, and sends what
    waits there.
    """
    hour = target.execute(select(func.clock_timestamp())).scalar_one()
    last = target.execute(select(func.coalesce(func.max(log.c.seq), 0))).scalar_one()
    first = max(read + 1, last + 1, int(hour.timestamp() * 1_000_000))
    target.execute(delete(log))
    said = {"seq": first, "id": new_id(), "at": hour, "author": "", "origin": "", "changes": "[]"}
    target.execute(insert(log), said)


def _go_on(source: Connection, target: Connection, left: Left) -> None:
    """Make the office on a server the one that was lost, for all who had joined it.

    What is content here already is not taken from an outbox again: neither what waited here, nor
    what the lost server had merged of others.
    """
    hour = target.execute(select(func.clock_timestamp())).scalar_one()
    taken = tables.taken_entry
    target.execute(delete(taken))
    last = last_entries.all_noted(source)
    last_entries.replace(target, last)
    known = dict.fromkeys([*left.waiting, *(row["entry"] for row in last)])
    rows = [{"id": e, "version": 1, "created_at": hour, "updated_at": hour} for e in known]
    if rows:
        target.execute(insert(taken), rows)
    target.execute(update(office), {"id": left.server})


def to_file(address: str, password: str | None, file: Path, key: Key | None) -> Moved:
    """Copy a shared office into a new file, which has its name only once it is whole.

    Raises InputError when there is a file already.
    """
    _refuse_there(file)
    there = server_engine(address, password, patient=True)
    try:
        with reaching(), _one_moment(there.connect()) as source:
            identify(source)
            return _into_file(source, file, key)
    finally:
        there.dispose()


def out_of_replica(replica: Path, file: Path, key: Key | None) -> Moved:
    """Copy the office that a replica holds into a new file, as ``to_file`` does."""
    _refuse_there(file)
    with standing_alone(replica, key) as (source, left):
        return replace(_into_file(source, file, key), left=left)


def _refuse_there(file: Path) -> None:
    if file.exists() and file.stat().st_size:
        raise InputError(FILE_THERE)


def _into_file(source: Connection, file: Path, key: Key | None) -> Moved:
    from pan_desktop.store.engine import open_engine

    draft = file.with_name(f"{file.name}.incomplet")
    _remove(draft)
    try:
        here = open_engine(str(draft), key)
        try:
            with here.begin() as target:
                moved = _moved(source, target)
            with here.connect() as target:
                target.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            here.dispose()
        draft.rename(file)
    finally:
        _remove(draft)
    return moved


@contextmanager
def _one_moment(connection: Connection) -> Iterator[Connection]:
    """Give what a server holds as it is at one moment."""
    with connection, connection.begin():
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        yield connection


def _moved(source: Connection, target: Connection) -> Moved:
    copied = copy(source, target)
    try:
        return Moved(compare(source, target), copied)
    except DifferenceError as error:
        raise InputError(DIFFERS.format(where=error)) from error


def _refuse_full(connection: Connection) -> None:
    for table in office_tables():  # with the journal, of which nothing can be taken away
        if connection.execute(select(*table.primary_key).limit(1)).first() is not None:
            raise InputError(NOT_EMPTY)


def _remove(draft: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)


def office_tables() -> list[Table]:
    """Return all that an office is made of wherever it lies: its tables and its journal."""
    return [*shared_tables(), tables.journal]


def copy(
    source: Connection, target: Connection, kinds: Sequence[Table] | None = None
) -> dict[str, int]:
    """Copy every row from one database into another, empty one; return how many of each table.

    ``kinds`` are the tables, those of an office and its journal where none are given.
    Transactions are open on both.
    """
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    copied: dict[str, int] = {}
    for table in kinds or office_tables():
        copied[table.name] = 0
        for part in _parts(source, table):
            target.execute(insert(table), part)
            copied[table.name] += len(part)
    return copied


def compare(source: Connection, target: Connection, kinds: Sequence[Table] | None = None) -> int:
    """Compare every column of every row, and return how many rows were compared.

    ``kinds`` are the tables, as for ``copy``. Raises DifferenceError at the first that is not the
    same on both sides.
    """
    compared = 0
    for table in kinds or office_tables():
        with closing(_rows(source, table)) as ours, closing(_rows(target, table)) as theirs:
            for row in ours:
                if row != next(theirs, None):
                    raise DifferenceError(f"{table.name} {next(iter(row.values()))}")
                compared += 1
            if next(theirs, None) is not None:
                raise DifferenceError(table.name)
    return compared


def _rows(connection: Connection, table: Table) -> Generator[Row]:
    """Give the rows in an order that both sides have."""
    keys: list[ColumnElement[Any]] = list(table.primary_key)
    if connection.dialect.name == "postgresql":  # as SQLite compares: by the bytes
        keys = [collate(k, "C") if isinstance(k.type, String) else k for k in keys]
    statement = select(table).order_by(*keys).execution_options(yield_per=_AT_ONCE)
    with connection.execute(statement) as found:
        for row in found.mappings():
            yield dict(row)


def _parts(connection: Connection, table: Table) -> Iterator[list[Row]]:
    """Give the rows of a table, those that others of the same table refer to first."""
    tied = [key for key in table.foreign_key_constraints if key.referred_table is table]
    rows: Iterator[Row] = _rows(connection, table)
    if tied:
        rows = iter(owners_first(list(rows), [key.elements[0].parent.name for key in tied]))
    part: list[Row] = []
    for row in rows:
        part.append(row)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def owners_first(rows: list[Row], columns: list[str]) -> list[Row]:
    """Return rows of one table, each after those that its ``columns`` refer to."""
    known = {row["id"]: row for row in rows}
    done: dict[str, Row] = {}

    def put(row: Row) -> None:
        waiting = [row]
        while waiting:
            last = waiting[-1]
            owners = [known[last[c]] for c in columns if last[c] in known and last[c] not in done]
            above = [owner for owner in owners if owner not in waiting]
            if above:
                waiting.append(above[0])
            else:
                done.setdefault(last["id"], waiting.pop())

    for row in rows:
        if row["id"] not in done:
            put(row)
    return list(done.values())
