"""Brings a shared office of an older program up to date: whole, or left as it was.

Migrations are written for SQLite alone. So the office is read into a file of its own older schema,
that file is migrated as any other, and its rows take the place of those on the server, in the one
transaction that has kept everybody out since before they were read. The file as it was read is kept
among the copies.

Nobody's work is in the way: each has a replica. The log begins anew, at a number that it never had,
so that every replica is filled again; what waited there is merged on top, as after any absence.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Column, DateTime, MetaData, Table, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import (
    BackupFailedError,
    InputError,
    SharedRefusedError,
    SharedUnreachableError,
    StoreReadOnlyError,
)
from pan_desktop.store import tables
from pan_desktop.store.columns import UtcInstant
from pan_desktop.store.failures import CANNOT_OPEN, translating
from pan_desktop.store.location import find
from pan_desktop.store.safety.copies import default_folder, folder_of, keep_copy, mark_of
from pan_desktop.store.shared import moving
from pan_desktop.store.shared.addresses import replica_file
from pan_desktop.store.shared.failures import OLDER, reaching, translated
from pan_desktop.store.shared.server import (
    CHANNEL,
    NOT_THERE,
    ORDER_LOCK,
    Standing,
    log,
    make,
    owner,
    server_engine,
    server_metadata,
    standing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from pan_desktop.domain.keys import Key

OTHER_TABLES = (
    "Les tables de la base partagée ne sont pas celles de la version qu’elle indique ({name}) : "
    "rien n’y a été changé. Demandez à la personne qui administre le serveur ce qui y a été ajouté."
)
DIFFERS = (
    "Après la mise à jour, une ligne n’est pas la même des deux côtés ({where}) : la base partagée "
    "est restée comme elle était. Recommencez."
)
IN_USE = (
    "D’autres programmes emploient la base partagée en ce moment : elle est restée comme elle "
    "était. Recommencez dans quelques minutes."
)
HELD_BY_OTHERS = (
    "Quelque chose d’étranger à PAN Desktop dépend des tables de la base partagée (une vue, par "
    "exemple) : elle est restée comme elle était. Demandez à la personne qui administre le serveur "
    "de l’ôter, puis recommencez."
)
BROKEN_OFF = (
    "La liaison avec le serveur a été coupée : la base partagée a été mise à jour tout entière, ou "
    "est restée comme elle était. Recommencez pour le savoir."
)
_LOCK_SECONDS = 60
"""So long those who are reading may take to end; who comes after them waits."""


class Upgraded(NamedTuple):
    """What bringing an office up to date came to."""

    rows: int
    """How many rows are on the server now, each compared column by column."""
    before: Path
    """The copy of the office as it was."""


def upgrade(
    address: str, password: str | None, folder: Path, *, key: Key | None, now: datetime
) -> Upgraded | None:
    """Bring the office at ``address`` to this program's schema; None where it has it already.

    ``folder`` is that of the replicas, ``key`` opens the one of this office where it is encrypted;
    the copy is then encrypted too. Raises a PanError when it cannot be done; the server holds what
    it held then, but where the line broke at the very end.
    """
    there = server_engine(address, password, patient=True)
    try:
        with reaching():
            server = there.connect()
        with server, _saying(), server.begin():
            found = _held(server)
            if not found.older:
                shutil.rmtree(_place(folder, found), ignore_errors=True)
                return None
            with _desk(folder, found, key) as file:
                return _Upgrading(server, found, file, replica_file(folder, found.id), key).done(
                    now
                )
    finally:
        there.dispose()


def _held(server: Connection) -> Standing:
    """Keep every other program from merging and upgrading; return what is there."""
    server.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'"))
    # The server hears nothing while the file is migrated.
    server.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    server.execute(select(func.pg_advisory_xact_lock(ORDER_LOCK)))
    found = standing(server)
    if not found.older:
        return found
    role = owner(server)
    if role is None:
        raise InputError(OLDER)
    # What is made now belongs to whom it belonged to before.
    server.execute(text(f"SET LOCAL ROLE {_quoted(server, role)}"))
    return found


@contextmanager
def _desk(folder: Path, found: Standing, key: Key | None) -> Iterator[Path]:
    """Give the place of a file to work on, which is gone afterwards.

    Only one program at a time works on an office: what lies there is left of one that was killed.
    """
    replica = replica_file(folder, found.id)
    if replica.exists():  # encrypted, and no key or a wrong one: told before anything is written
        find(replica, key)
    place = _place(folder, found)
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise StoreReadOnlyError(CANNOT_OPEN) from error
    try:
        yield replica_file(place, found.id)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _place(folder: Path, found: Standing) -> Path:
    return folder / f".mise-à-jour-{found.id}"


class _Upgrading:
    """One office on its way through a file and back."""

    def __init__(
        self, server: Connection, found: Standing, file: Path, replica: Path, key: Key | None
    ) -> None:
        self._server = server
        self._found = found
        self._file = file
        self._replica = replica
        self._key = key

    def done(self, now: datetime) -> Upgraded:
        """Bring it there and back, all but the end of the transaction."""
        from pan_desktop.store.engine import bring_up_to_date

        names = self._draw()
        before = self._kept(now)
        bring_up_to_date(self._file, self._key)
        rows = self._put_back(names)
        self._server.execute(select(func.pg_notify(CHANNEL, "")))
        return Upgraded(rows, before)

    def _draw(self) -> list[str]:
        """Read the office as it is into the file, compare it, and return what its tables are."""
        from pan_desktop.store.engine import create_older

        here = create_older(self._file, self._key, self._found.revision)
        try:
            with translating(), here.begin() as target:
                names = _tables_of(target)
                self._lock(names)
                kinds = [self._as_it_is(target, name) for name in names]
                moving.copy(self._server, target, kinds)
                _compared(self._server, target, kinds)
                # Of the same office as the copies of its replica, where there is one.
                mark = mark_of(self._replica, self._key) if self._replica.exists() else None
                if mark:
                    target.exec_driver_sql(f"PRAGMA user_version = {mark}")
        finally:
            here.dispose()
        return names

    def _lock(self, names: list[str]) -> None:
        """Keep everybody from reading and writing the office, to the end of the transaction.

        The log first: whoever reads all of it begins there, and is waited for with nothing held.
        """
        there = set(inspect(self._server).get_table_names())
        missing = next((name for name in names if name not in there), None)
        if missing is not None:
            raise InputError(OTHER_TABLES.format(name=missing))
        for name in [*server_metadata.tables, *names]:
            locked = f"LOCK TABLE {_quoted(self._server, name)} IN ACCESS EXCLUSIVE MODE"
            self._server.execute(text(locked))

    def _as_it_is(self, here: Connection, name: str) -> Table:
        """Return a table as it is on the server, in the words of no kind of database.

        Raises InputError where it is not that of the schema: what was added would be lost.
        """
        found = inspect(self._server).get_columns(name)
        ours = {column["name"] for column in inspect(here).get_columns(name)}
        if {column["name"] for column in found} != ours:
            raise InputError(OTHER_TABLES.format(name=name))
        key = inspect(here).get_pk_constraint(name)["constrained_columns"]
        columns: list[Column[Any]] = [
            Column(column["name"], _kind(column["type"]), primary_key=column["name"] in key)
            for column in found
        ]
        return Table(name, MetaData(), *columns)

    def _kept(self, now: datetime) -> Path:
        """Keep what was read among the copies of the office, those of its replica here."""
        beside = default_folder(self._replica)
        with suppress(OSError):  # what is wrong with it is told below
            beside.mkdir(mode=0o700, exist_ok=True)
        chosen = folder_of(self._replica)
        try:
            kept = keep_copy(self._file, Why.MIGRATION, now, key=self._key, folder=chosen)
        except BackupFailedError:
            kept = keep_copy(self._file, Why.MIGRATION, now, key=self._key, folder=beside)
        return kept.copy.file

    def _put_back(self, names: list[str]) -> int:
        """Put what the file holds now in the place of what is on the server; return how many rows.

        The log begins at a number that it never had: no replica goes on from where it was.
        """
        from pan_desktop.store.engine import open_engine

        server = self._server
        now = func.extract("epoch", func.clock_timestamp()) * 1_000_000
        first = server.execute(select(func.greatest(func.max(log.c.seq) + 1, now))).scalar_one()
        old = [_quoted(server, name) for name in [*names, *server_metadata.tables]]
        server.execute(text(f"DROP TABLE {', '.join(old)}"))
        make(server, self._found.id, first=int(first))
        here = open_engine(str(self._file), self._key)
        try:
            with translating(), here.begin() as source:
                kinds = [*moving.office_tables(), tables.taken_entry, tables.last_entry]
                moving.copy(source, server, kinds)
                return _compared(source, server, kinds)
        finally:
            here.dispose()


def _compared(source: Connection, target: Connection, kinds: list[Table]) -> int:
    try:
        return moving.compare(source, target, kinds)
    except moving.DifferenceError as error:
        raise InputError(DIFFERS.format(where=error)) from error


def _kind(kind: Any) -> Any:  # noqa: ANN401 - a type of a column
    return UtcInstant() if isinstance(kind, DateTime) else kind.as_generic()


def _tables_of(here: Connection) -> list[str]:
    """Return the tables of a file that a server of its schema has as well."""
    return [
        name
        for name in inspect(here).get_table_names()
        if name not in NOT_THERE and name != "alembic_version" and not name.startswith("search_")
    ]


def _quoted(server: Connection, name: str) -> str:
    return server.dialect.identifier_preparer.quote_identifier(name)


@contextmanager
def _saying() -> Iterator[None]:
    """Raise what the server says in the words that fit here; what a file says is left alone."""
    import psycopg

    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        said = error if isinstance(error, DBAPIError) else DBAPIError("", None, error)
        if not isinstance(said.orig, psycopg.Error):
            raise
        code = said.orig.sqlstate or ""
        if code in {"55P03", "40P01"}:
            raise InputError(IN_USE) from None
        if code == "2BP01":
            raise SharedRefusedError(HELD_BY_OTHERS) from None
        told = translated(said)
        if isinstance(told, SharedUnreachableError):
            raise SharedUnreachableError(BROKEN_OFF) from None
        raise told from None
