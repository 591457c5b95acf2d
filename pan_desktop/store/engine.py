"""Opens the database: engine, pragmas, creation and migration."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, create_engine, event
from sqlalchemy.pool import StaticPool

from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import (
    BackupFailedError,
    InputError,
    RightsError,
    StoreBusyError,
    StoreDamagedError,
    StoreReadOnlyError,
)
from pan_desktop.domain.ids import new_id, rise_above
from pan_desktop.store.failures import BUSY, CANNOT_OPEN, DAMAGED, UNKNOWN_ADDRESS, translating
from pan_desktop.store.heads import Heads
from pan_desktop.store.location import APPLICATION_ID, REVISIONS, Found, find, sqlite_file
from pan_desktop.store.merging.unseen import keep_unseen
from pan_desktop.store.opening import connect, connect_to_read, driver, in_memory
from pan_desktop.store.safety.conversion import sweep
from pan_desktop.store.safety.copies import default_folder, keep_copy
from pan_desktop.store.safety.logs import put_log_aside
from pan_desktop.store.safety.places import place_of
from pan_desktop.store.search_schema import create_triggers, drop_triggers
from pan_desktop.store.shared.replica import READS
from pan_desktop.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from pan_desktop.domain.keys import Key

BUSY_TIMEOUT_MS = 5000
MIGRATIONS = "pan_desktop.store:migrations"
"""Where Alembic finds them: a package and its folder."""
READS_ONLY = (
    "Dans cette base partagée, votre nom ne permet que de lire : rien n’a été changé. Demandez le "
    "droit d’écrire à la personne qui l’administre."
)
_READER_MS = 500


class Store:
    """An open database: transactions, one after the other, on one connection."""

    def __init__(self, database: str, key: Key | None = None) -> None:
        """Open ``database`` as ``open_engine`` does."""
        file = sqlite_file(database)
        # Looked at first: reading the file beside an open connection would give up its locks.
        self._key = None if file is None else key
        with translating():
            self._connection = open_engine(database, key).connect()
            try:
                self._seen_version = self._data_version()
                self.shared = _is_replica(self._connection)
            except BaseException:
                self.close()  # or the file would stay locked, and not even be copied
                raise
        self._heads = Heads()
        self._rise_above_what_is_there()

    @contextmanager
    def transaction(
        self,
        now: Callable[[], datetime],
        *,
        read_only: bool = False,
        step: bool = True,
        typing: str = "",
        author: str = "",
    ) -> Iterator[UnitOfWork]:
        """Give a unit of work, committed when the block ends and undone when it raises.

        ``now`` gives the instant of its writes, ``author`` is who makes them. One that is
        ``read_only`` waits for no writer. What it wrote becomes a ``step`` to undo, a part of one
        while the same text is being typed (``typing`` names it); the journal tells of it always.
        What the machine refuses is raised as a PanError.
        """
        self._connection.info["begin"] = "BEGIN" if read_only else "BEGIN IMMEDIATE"
        with translating():
            try:
                with self._connection.begin():
                    if not read_only:
                        self._heads.begin(self._connection)
                    heads = None if read_only else self._heads
                    work = UnitOfWork(self._connection, now=now, author=author, heads=heads)
                    yield work
                    if not self.shared:
                        keep_unseen(work, now())
                    if step:
                        work.steps.record(work.changes, typing)
                    if self.shared:
                        _note_for_others(work, typing, author)
                    else:
                        work.journal.record(work.applied, typing)
                self.shared = self.shared or work.filled
            except BaseException:
                self._heads.forget()
                # A commit that fails (full disk, broken reference) leaves SQLite's transaction
                # open, and SQLAlchemy thinks it closed.
                self._connection.connection.rollback()
                raise

    def copied_to_memory(self, seconds: float) -> Store:
        """Return a store on a copy of the database in memory, as it was last committed.

        Waits no longer than ``seconds`` for another program. Raises the SurroundingsError that
        says why it cannot be read.
        """
        until = monotonic() + seconds

        def progress(_status: int, _remaining: int, _total: int) -> None:
            # Without this, the driver would wait for another program for ever.
            if monotonic() > until:
                raise StoreBusyError(BUSY)

        target = in_memory(self._key, check_same_thread=False, isolation_level=None)
        try:
            with translating():
                self._raw.backup(target, progress=progress, sleep=0.05)
        except BaseException:
            target.close()
            raise
        return MemoryStore(target, self._key)

    def copied_to(self, target: Path) -> None:
        """Write the database, as it was last committed, to ``target``, where nothing may lie.

        The copy is checked before it takes its name. Raises the SurroundingsError that says why
        it cannot be written, with nothing left behind.
        """
        draft = target.with_name(f".{target.name}.{new_id()}")
        try:
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            with translating(), closing(connect(draft, self._key)) as copy:
                self._raw.backup(copy)
                if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                    raise StoreDamagedError(DAMAGED)
            with draft.open("rb+") as stream:
                os.fsync(stream.fileno())
            if target.exists():
                raise StoreReadOnlyError(CANNOT_OPEN)
            draft.rename(target)
        except OSError as error:
            raise StoreReadOnlyError(CANNOT_OPEN) from error
        finally:
            draft.unlink(missing_ok=True)

    def office_mark(self) -> int:
        """Return the number that marks the office wherever its file goes, 0 for none."""
        with translating():
            return int(self._raw.execute("PRAGMA user_version").fetchone()[0])

    def changed_elsewhere(self) -> bool:
        """Tell whether another program committed something since this was last asked."""
        with translating():
            version = self._data_version()
        seen, self._seen_version = self._seen_version, version
        return version != seen

    def settle(self) -> None:
        """Bring everything from the log into the file itself, as far as that can be done."""
        with suppress(self._driver.Error):
            self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def _raw(self) -> Any:  # noqa: ANN401 - a connection of sqlite3 or of its twin
        return self._connection.connection.driver_connection

    @property
    def _driver(self) -> Any:  # noqa: ANN401 - a module
        return driver(self._key)

    def _rise_above_what_is_there(self) -> None:
        """Let new steps come after those that are there, also when the clock was put back."""
        with translating():
            last = self._raw.execute("SELECT max(id) FROM step").fetchone()[0]
        rise_above(last or "")

    def _data_version(self) -> int:
        if self._connection.dialect.name != "sqlite":
            return 0
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])

    def compact(self) -> bool:
        """Write the file anew without what was removed from it, and empty what lies beside it.

        Tells whether all of it is done; a program that is reading may still hold the rest back.
        On a server nothing is done: it has its own way.
        """
        if self._connection.dialect.name != "sqlite":
            return True
        raw: Any = self._connection.connection.driver_connection
        with translating():
            # In memory: a copy in the system's folder would be one more place to look after.
            raw.execute("PRAGMA temp_store = MEMORY")
            raw.execute("VACUUM")
            # Who reads now may read for hours: closing the file empties what lies beside it too.
            raw.execute(f"PRAGMA busy_timeout = {_READER_MS}")
            (busy, _, _) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        return not busy

    def close(self) -> None:
        """Close the database."""
        engine = self._connection.engine
        self._connection.close()
        engine.dispose()


class MemoryStore(Store):
    """A store on a database in memory, gone when it is closed."""

    def __init__(self, raw: sqlite3.Connection, key: Key | None = None) -> None:
        """Take the database that ``raw`` holds, made for ``key`` (``opening.in_memory``)."""
        self._key = key
        engine = create_engine(
            "sqlite://", module=driver(key), creator=lambda: raw, poolclass=StaticPool
        )
        _prepare(engine, "MEMORY")
        self._connection = engine.connect()
        self._seen_version = self._data_version()
        self._heads = Heads()
        self.shared = _is_replica(self._connection)

    @property
    def connection(self) -> Connection:
        """Return the connection to it, the only one that there is."""
        return self._connection


def read_into_memory(file: Path, key: Key | None) -> MemoryStore:
    """Return a store on what a file holds, brought up to date in memory; the file stays as it is.

    It may lie where nothing can be written. Raises the SurroundingsError that says why it cannot
    be read.
    """
    with translating():
        found = find(file, key)
        if found is Found.NOTHING:
            raise StoreDamagedError(DAMAGED)
        target = in_memory(key, check_same_thread=False, isolation_level=None)
        with closing(connect_to_read(file, key, mode="ro")) as source:
            source.backup(target)
        store = MemoryStore(target, key)
        if found is Found.OLDER:
            _migrate(store.connection.engine)
        return store


def _is_replica(connection: Connection) -> bool:
    """Tell whether a database is the local side of a shared office."""
    raw: Any = connection.connection.driver_connection
    return raw.execute("SELECT 1 FROM replica LIMIT 1").fetchone() is not None


def _note_for_others(work: UnitOfWork, typing: str, author: str) -> None:
    """Put what was done behind what waits to be sent. Raises RightsError where one may only read.

    The journal of a shared office is written by the server, as changes arrive there.
    """
    if not work.changes:
        return
    replica = work.replica
    if replica.rights() == READS:
        raise RightsError(READS_ONLY)
    replica.outbox.record(work.changes, work.applied, typing, author)
    if any(change.table == "disagreement" for change in work.changes):
        work.taken_in |= replica.masks.follow(work.changes, work.applied)


def open_engine(database: str, key: Key | None = None) -> Engine:
    """Return an engine on ``database`` (a path or a sqlite URL), created or brought up to date.

    ``key`` opens a file that is encrypted; one that is made with it is encrypted.

    A database of an older program is copied before its schema is changed.
    Raises the SurroundingsError that fits when it cannot be opened.
    """
    file = sqlite_file(database)
    if file is None:  # a shared office is opened by its local side
        raise InputError(UNKNOWN_ADDRESS)
    with translating():
        found = find(file, key)
        if found is Found.NOTHING:
            _make_room(file)
        elif found is Found.OLDER:
            _copy_before(file, key)
        engine = _sqlite_engine(file, key)
        if found is not Found.PRESENT:
            _migrate(engine)
        sweep(file)
        return engine


def _sqlite_engine(file: Path, key: Key | None) -> Engine:
    # Opened on the window's thread by the command line, on the worker's by the window: one at a
    # time, which is all that SQLite asks for.
    engine = create_engine(
        # Not as text: a "?" in a file's name would end it.
        URL.create("sqlite", database=str(file)),
        module=driver(key),
        creator=partial(connect, file, key, check_same_thread=False, isolation_level=None),
    )

    _prepare(engine, "WAL" if place_of(file).shared_memory else "TRUNCATE")
    return engine


def _prepare(engine: Engine, journal: str) -> None:
    """Have every connection keep what is committed, and every transaction begin as we want it."""

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        # From another mode it only changes while no other program has the file open.
        with suppress(engine.dialect.loaded_dbapi.OperationalError):
            connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Python's own transaction handling leaves half of a failed migration behind. A writer
        # asks for the lock at once: asking midway fails when another has written meanwhile.
        raw: Any = connection.connection.driver_connection
        raw.execute(connection.info.get("begin", "BEGIN IMMEDIATE"))


def _make_room(file: Path) -> None:
    """Create an empty file that only its owner can read."""
    try:
        put_log_aside(file)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        file.chmod(0o600)  # whatever the umask took away
    except OSError as error:
        raise StoreReadOnlyError(CANNOT_OPEN) from error


def _copy_before(file: Path, key: Key | None) -> None:
    """Keep a copy of the database as it is before its schema changes.

    Where the folder that was chosen for copies is not there, beside the database: an office must
    not stay shut for a key that was left at home.
    """
    now = datetime.now(UTC)
    try:
        keep_copy(file, Why.MIGRATION, now, key=key)
    except BackupFailedError:
        keep_copy(file, Why.MIGRATION, now, key=key, folder=default_folder(file))


def create_older(file: Path, key: Key | None, revision: str) -> Engine:
    """Make an empty database of an older program's schema, and return an engine on it."""
    with translating():
        _make_room(file)
        engine = _sqlite_engine(file, key)
        _migrate(engine, revision)
        return engine


def bring_up_to_date(file: Path, key: Key | None) -> None:
    """Change the schema of a database of an older program, no copy being made."""
    engine = _sqlite_engine(file, key)
    try:
        with translating():
            _migrate(engine)
    finally:
        engine.dispose()


def _migrate(engine: Engine, revision: str = "") -> None:
    """Bring the schema to ``revision``, the last, in one transaction, foreign keys off meanwhile.

    With them on, rebuilding a parent table deletes its children without a word. The search's
    triggers are away meanwhile as well: rebuilding a table would drop its own without a word, and
    stumble over those of others that name it. They are made anew, and everything indexed again.
    """
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        raw: Any = connection.connection.driver_connection
        if sqlite:
            raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                config = Config()
                config.set_main_option("script_location", MIGRATIONS)
                config.attributes["connection"] = connection
                if sqlite:
                    drop_triggers(connection)
                command.upgrade(config, revision or REVISIONS[-1])
                if sqlite:
                    if revision in {"", REVISIONS[-1]}:  # an older one may lack what they name
                        create_triggers(connection)
                    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                    _mark_office(connection)
                    _refuse_broken_references(connection)
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys = ON")


def _mark_office(connection: Connection) -> None:
    """Give a new database a number of its own, by which what it left behind finds it again."""
    if not connection.exec_driver_sql("PRAGMA user_version").scalar():
        mark = 1 + int.from_bytes(os.urandom(4), "big") % (2**31 - 1)
        connection.exec_driver_sql(f"PRAGMA user_version = {mark}")


def _refuse_broken_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise AssertionError(f"migration broke references: {broken[:3]}")
