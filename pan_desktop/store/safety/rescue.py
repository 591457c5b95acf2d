"""What could not be saved where it belongs, kept beside the program's own data until it can.

Each session in trouble has a file of its own: a small database (so that a write that is cut leaves
no half of one, and the key of an encrypted office serves it too) with one row a transaction. A
reserve of some megabytes lies beside it and is given up where the disk is full.
"""

from __future__ import annotations

import os
import re
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.errors import SurroundingsError
from pan_desktop.domain.ids import new_id
from pan_desktop.store.merging.entries import Entry
from pan_desktop.store.opening import connect, driver_errors

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pan_desktop.domain.keys import Key
    from pan_desktop.store.engine import Store

FOLDER = "non-enregistré"
ASIDE = "mis de côté"
COPIES = "copies"
"""Whole databases whose file disappeared while they were open."""
KEPT_COPIES = 3
RESERVE = "réserve"
RESERVE_SIZE = 4 * 1024 * 1024

_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE waiting (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    typing TEXT NOT NULL,
    step INTEGER NOT NULL,
    begins INTEGER NOT NULL,
    entry TEXT NOT NULL,
    digest TEXT NOT NULL
);
"""


class Waiting(NamedTuple):
    """One transaction that is not where it belongs yet."""

    entry: Entry
    typing: str = ""
    """The text that was being typed, as ``Store.transaction`` takes it."""
    step: bool = True
    """Whether Ctrl+Z takes it back."""
    begins: bool = True
    """Whether it is something new, not the next letter of what came before it."""


class About(NamedTuple):
    """Which database a rescue file belongs to."""

    office: int
    """The mark that the database carries wherever it goes (``location.office_mark``)."""
    database: str
    """Where it lay."""


class RescueFile:
    """The unsaved changes of one session on one database."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        """Take a file that is open; ``Refuge`` makes and finds them."""
        self.file = file
        self._connection = connection

    @property
    def about(self) -> About:
        """Return which database it belongs to."""
        found = dict(self._connection.execute("SELECT name, value FROM about").fetchall())
        return About(int(found.get("office", 0)), str(found.get("database", "")))

    def add(self, waiting: Sequence[Waiting]) -> None:
        """Keep transactions, on disk when this returns. One that is there already is no error."""
        with self._writing():
            for each in waiting:
                written = each.entry.written()
                row = (
                    each.entry.id,
                    each.typing,
                    each.step,
                    each.begins,
                    written,
                    _digest(written),
                )
                self._connection.execute(
                    "INSERT OR IGNORE INTO waiting (id, typing, step, begins, entry, digest) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    row,
                )

    def take_out(self, ids: Sequence[str]) -> None:
        """Forget transactions that have arrived."""
        with self._writing():
            self._connection.executemany("DELETE FROM waiting WHERE id = ?", [(i,) for i in ids])

    def waiting(self) -> list[Waiting]:
        """Return what waits, in order; a row that a bad disk changed is left out."""
        rows = self._connection.execute(
            "SELECT entry, typing, step, begins, digest FROM waiting ORDER BY number"
        )
        return [
            Waiting(Entry.read(entry), typing, bool(step), bool(begins))
            for entry, typing, step, begins, digest in rows
            if digest == _digest(entry)
        ]

    @property
    def sound(self) -> bool:
        """Tell whether everything in it can be read."""
        rows = self._connection.execute("SELECT entry, digest FROM waiting")
        return all(digest == _digest(entry) for entry, digest in rows)

    def close(self) -> None:
        """Let go of the file; what it holds stays, and no empty journal beside it."""
        with suppress(*driver_errors()):
            # While it is still held: a journal that another program has begun is not ours.
            self._connection.execute("PRAGMA locking_mode = NORMAL")
            self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()

    def discard(self) -> None:
        """Remove the file: everything in it has arrived."""
        self.close()
        with suppress(OSError):
            self.file.unlink()

    def put_aside(self) -> Path:
        """Keep the file where nobody is asked about it any more, and return where."""
        self.close()
        folder = self.file.parent / ASIDE
        folder.mkdir(mode=0o700, exist_ok=True)
        return self.file.rename(folder / self.file.name)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(Exception):  # what it raised is told
                self._connection.rollback()
            raise


class Refuge:
    """The folder of rescue files, in the program's own data folder."""

    def __init__(self, data: Path, key: Key | None = None) -> None:
        """Keep them under ``data``, encrypted by the office's ``key`` if it has one."""
        self.folder = data / FOLDER
        self._key = key

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """Return what keeping may raise."""
        return OSError, *driver_errors()

    def begin(self, about: About) -> RescueFile:
        """Make a file for a session that has just come into trouble.

        Raises one of ``errors`` when not even this folder can be written.
        """
        self._make_folder()
        try:
            return self._begin(about)
        except self.errors:
            if not self._give_up_reserve():
                raise
            return self._begin(about)

    def add(self, rescue: RescueFile, waiting: Sequence[Waiting]) -> None:
        """Add to a file, giving up the reserve where there is no room.

        Raises one of ``errors`` when that does not help.
        """
        try:
            rescue.add(waiting)
        except self.errors:
            if not self._give_up_reserve():
                raise
            rescue.add(waiting)

    def keep_reserve(self) -> None:
        """Set some room aside for the day when the disk is full; where it is, there is none."""
        file = self.folder / RESERVE
        with suppress(OSError):
            if file.exists() and file.stat().st_size == RESERVE_SIZE:
                return
            self._make_folder()
            with open(_owner_only(file), "wb") as reserve:
                # Not by seeking: a hole in a file keeps no room.
                reserve.write(os.urandom(4096) * (RESERVE_SIZE // 4096))

    def keep_whole(self, store: Store, lost: Path) -> None:
        """Keep a copy of a whole database whose file was deleted or replaced, if there is room."""
        folder = self.folder / COPIES
        moment = f"{datetime.now().astimezone():%Y-%m-%d %Hh%M %S}"
        with suppress(SurroundingsError, *self.errors):
            self._make_folder()
            folder.mkdir(mode=0o700, exist_ok=True)
            store.copied_to(folder / f"{lost.stem} {moment}{lost.suffix}")
            for old in whole_copies(self.folder.parent, lost)[KEPT_COPIES:]:
                old.unlink()

    def left(self, about: About) -> list[RescueFile]:
        """Return the files that sessions on this database left, the oldest first.

        One that a session still writes is not among them. They are to be closed.
        """
        found = []
        for file in sorted(self.folder.glob("*.sqlite3")) if self.folder.is_dir() else []:
            with suppress(*self.errors, ValueError):
                rescue = self._opened(file)
                if _same(rescue.about, about) and rescue.waiting():
                    found.append(rescue)
                else:
                    rescue.close()
        return found

    def offices_at(self, database: str) -> set[int]:
        """Return the marks of the offices that lay at ``database`` when sessions left files."""
        found = set()
        for file in self.folder.glob("*.sqlite3") if self.folder.is_dir() else []:
            with suppress(*self.errors, ValueError):
                rescue = self._opened(file)
                if rescue.about.database == database:
                    found.add(rescue.about.office)
                rescue.close()
        return found

    def everything(self, about: About) -> list[Path]:
        """Return all that lies here of an office, which is as secret as its database.

        What waits, what was put aside, whole databases; not what a session still writes.
        """
        found = []
        for file in sorted(self.folder.glob("*.sqlite3")) + sorted(self.folder.glob("*/*")):
            with suppress(*self.errors, ValueError):
                if file.parent.name == COPIES:
                    with closing(connect(file, self._key)) as connection:
                        mark = connection.execute("PRAGMA user_version").fetchone()[0]
                    of = About(int(mark), "")
                else:
                    rescue = self._opened(file)
                    try:
                        of = rescue.about
                    finally:
                        rescue.close()
                if _same(of, about):
                    found.append(file)
        return found

    def _begin(self, about: About) -> RescueFile:
        file = self.folder / f"{new_id()}.sqlite3"
        rescue = None
        try:
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            rescue = self._opened(file)
            connection = rescue._connection  # noqa: SLF001 - the same module
            connection.executescript(_SCHEMA)
            connection.executemany(
                "INSERT INTO about VALUES (?, ?)",
                [
                    ("office", str(about.office)),
                    ("database", about.database),
                    ("begun", datetime.now(UTC).isoformat()),
                ],
            )
        except self.errors:
            if rescue is not None:
                rescue.close()
            with suppress(OSError):
                file.unlink()
            raise
        return rescue

    def _opened(self, file: Path) -> RescueFile:
        connection = connect(
            file, self._key, timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            # Held as long as it is open, so that another window does not take it for left over.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except self.errors:
            connection.close()
            raise
        return RescueFile(file, connection)

    def _make_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _give_up_reserve(self) -> bool:
        try:
            (self.folder / RESERVE).unlink()
        except OSError:
            return False
        return True


def whole_copies(data: Path, lost: Path) -> list[Path]:
    """Return the whole copies of a database that disappeared, the newest first."""
    folder = data / FOLDER / COPIES
    try:
        names = sorted((entry.name for entry in folder.iterdir()), reverse=True)
    except OSError:
        return []
    moment = r"\d{4}-\d\d-\d\d \d\dh\d\d \d\d"
    shape = re.compile(f"{re.escape(lost.stem)} {moment}{re.escape(lost.suffix)}")
    return [folder / name for name in names if shape.fullmatch(name)]


def _owner_only(file: Path) -> int:
    return os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)


def _same(one: About, other: About) -> bool:
    """Tell whether two databases are one office: by its mark, without one by its place."""
    if one.office and other.office:
        return one.office == other.office
    return one.database == other.database


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
