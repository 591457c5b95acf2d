"""Saves what is readable of a damaged database into a new one; the damaged one is only read.

The pages are read by ``salvage``. Of an encrypted file SQLCipher alone can, which is asked for
rows beyond each place where it gives up; a first page that is lost is lent by a copy. What was
found goes into a new database, each row held to the rules; what breaks them is told with its words.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pan_desktop.domain.errors import FileTakenError, NotFoundError, StoreDamagedError
from pan_desktop.store.health.beginning import with_beginning
from pan_desktop.store.health.pages import Cell, Pages
from pan_desktop.store.health.rebuilding import Rebuilding
from pan_desktop.store.health.remembering import remember
from pan_desktop.store.health.salvage import (
    Judge,
    Rows,
    Salvage,
    Shape,
    broke_a_rule,
    insert,
    shapes,
)
from pan_desktop.store.opening import PLAIN, connect, driver, driver_errors, is_encrypted, is_plain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from pan_desktop.domain.keys import Key
    from pan_desktop.store.health.pages import Value

GONE = "Le fichier « {name} » n’existe pas : rien n’a été récupéré. Indiquez le bon fichier."
TAKEN = (
    "Un fichier « {name} » existe déjà : rien n’a été récupéré et il n’a pas été touché. "
    "Choisissez un autre nom."
)
NOTHING = (
    "« {name} » ne contient rien que PAN Desktop puisse lire : aucun fichier n’a été créé et "
    "celui-ci n’a pas été modifié. Reprenez une copie de sauvegarde."
)
_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name NOT GLOB 'search_*'"
_MOST_STEPS = 200_000
"""So often SQLCipher is asked for the next row."""


class Counted(NamedTuple):
    """What became of one table."""

    table: str
    saved: int
    lost: int
    """How many rows its index names that are not in the new database, and were found nowhere."""
    refused: int
    """How many were found and break a rule."""
    detached: int
    """How many of the saved nothing led to any more; deleted ones may be among them."""
    unhooked: int
    """How many of the saved named another row that is lost, and no longer do."""
    rebuilt: int
    """How many of the saved were made again in part, others hanging on them."""
    remembered: int
    """How many of the saved were lost and stood in the steps of undo."""
    uncounted: bool
    """Whether more may be lost: nothing that could be read tells how many rows there were."""


class Recovered(NamedTuple):
    """What was saved, and what was not."""

    tables: tuple[Counted, ...]
    refused: tuple[tuple[str, dict[str, Value]], ...]
    """The rows that have no place any more: table ("" where it is not known) and values."""
    unreadable: int
    """How many pages the disk refused to read."""

    @property
    def saved(self) -> int:
        """Return how many rows were saved."""
        return sum(table.saved for table in self.tables)

    @property
    def whole(self) -> bool:
        """Tell whether nothing is known to be missing."""
        missing = any(any(table[2:]) for table in self.tables)
        return not (missing or self.refused or self.unreadable)


def recover(source: Path, target: Path, key: Key | None = None) -> Recovered:
    """Save what is readable of ``source`` into ``target``, a new database, and tell what was.

    The new one is encrypted with ``key`` where there is one. Raises NotFoundError without a
    source, FileTakenError when the target exists, StoreDamagedError when nothing at all could be
    read; then nothing is left at the target.
    """
    from pan_desktop.store.engine import open_engine

    if not source.is_file():
        raise NotFoundError(GONE.format(name=source.name))
    if target.exists():
        raise FileTakenError(TAKEN.format(name=target.name))
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".récupération-") as folder:
        fresh = Path(folder) / target.name
        open_engine(str(fresh), key).dispose()
        with closing(connect(fresh, key, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            known = shapes(connection)
            now = str(connection.execute("SELECT strftime('%Y-%m-%d %H:%M:%f000')").fetchone()[0])
            readable = with_beginning(source, key, Path(folder))
            found = _read(readable, known, Judge(connection), key)
            if not any(rows.found or rows.torn for rows in found.rows.values()):
                raise StoreDamagedError(NOTHING.format(name=source.name))
            remember(known, found.rows)
            recovered = _Writing(connection, known, found, now).write()
            if mark := _mark(readable, key):
                connection.execute(f"PRAGMA user_version = {mark}")
            # All of it into the one file that is renamed.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        fresh.rename(target)
    return recovered


def _mark(source: Path, key: Key | None) -> int:
    """Return the number by which the office's copies and unsaved changes know it, 0 for none."""
    if key is not None and not is_plain(source):
        with suppress(*driver_errors()), closing(connect(source, key, mode="ro")) as damaged:
            return int(damaged.execute("PRAGMA user_version").fetchone()[0])
        return 0
    with source.open("rb") as stream:
        head = stream.read(100)
    return int.from_bytes(head[60:64], "big") & 0x7FFFFFFF if head.startswith(PLAIN) else 0


class _Found(NamedTuple):
    rows: dict[str, Rows]
    homeless: list[tuple[Value, ...]]
    unreadable: int


def _read(source: Path, known: dict[str, Shape], judge: Judge, key: Key | None) -> _Found:
    if key is not None and not is_plain(source):
        asked = _asked_for(source, known, key)
        if is_encrypted(source) or any(rows.found for rows in asked.values()):
            return _Found(asked, [], 0)
    with closing(Pages(source)) as pages:
        salvage = Salvage(pages, known, judge)
        salvage.read()
        return _Found(salvage.rows, salvage.homeless, len(pages.unreadable))


# What SQLCipher still gives -----------------------------------------------------------------


def _asked_for(source: Path, known: dict[str, Shape], key: Key) -> dict[str, Rows]:
    """Return the rows that the driver still reads, beyond each place where it gives up."""
    found = {name: Rows() for name in known}
    with closing(_Asking(source, key)) as asking:
        told = {name for (name,) in asking.all("SELECT name FROM sqlite_master")}
        schema_whole = asking.whole
        for name, shape in known.items():
            for rowid, *values in asking.rows(shape):
                cell = Cell(rowid, tuple(values), whole=True)
                if shape.fits(cell):
                    found[name].found[shape.identity(cell)] = shape.row(cell)
                else:
                    found[name].torn.append(cell.values)
            table_whole, index_whole = asking.whole, False
            if shape.index:
                asked = f'SELECT id, rowid FROM "{name}" INDEXED BY "{shape.index}" ORDER BY id'
                found[name].named.update(asking.all(asked))
                index_whole = asking.whole
            never_was = schema_whole and name not in told
            found[name].uncounted = not (table_whole or index_whole or never_was)
    return found


class _Asking:
    """Asks the driver for rows; after each error it must be opened anew, to answer at all."""

    def __init__(self, source: Path, key: Key) -> None:
        self._source = source
        self._key = key
        self._error: Any = driver(key).Error
        self._connection: sqlite3.Connection | None = None
        self.whole = True
        """Whether the last question was answered to its end."""

    def close(self) -> None:
        """Close what is open."""
        if self._connection is not None:
            with suppress(self._error):
                self._connection.close()
            self._connection = None

    def all(self, question: str) -> list[tuple[Any, ...]]:
        """Return every answer up to the first error."""
        found: list[tuple[Any, ...]] = []
        self.whole = True
        try:
            for row in self._ask(question, ()):
                found.append(row)  # noqa: PERF402 - what came before an error is kept
        except self._error:
            self.whole = False
            self.close()
        return found

    def rows(self, shape: Shape) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table, its number first, beyond each damaged page."""
        columns = ", ".join(f'"{column.name}"' for column in shape.columns)
        read = f'SELECT rowid, {columns} FROM "{shape.name}" WHERE rowid > ? ORDER BY rowid'
        last = -1
        self.whole = True
        for _ in range(_MOST_STEPS):
            try:
                for row in self._ask(read, (last,)):
                    last = row[0]
                    yield row
                return
            except self._error:
                self.whole = False
                self.close()
            following = self._next_readable(shape, last)
            if following is None:
                return
            last = following - 1

    def _next_readable(self, shape: Shape, last: int) -> int | None:
        """Return the number of the first row that can be read beyond ``last``."""
        read = f'SELECT * FROM "{shape.name}" WHERE rowid >= ? ORDER BY rowid LIMIT 1'
        for power in range(41):
            if not self._answers(read, last + (1 << power)):
                continue
            low, high = last + (1 << power >> 1), last + (1 << power)
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if self._answers(read, middle) else (middle, high)
            return high
        return None

    def _answers(self, question: str, at: int) -> bool:
        try:
            return self._ask(question, (at,)).fetchone() is not None
        except self._error:
            self.close()
            return False

    def _ask(self, question: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        if self._connection is None:
            self._connection = connect(self._source, self._key, mode="ro")
            # Else a file that was cut off, or whose schema has a gap, is refused as a whole.
            self._connection.execute("PRAGMA writable_schema = ON")
            self._connection.text_factory = lambda data: data.decode(errors="replace")
        return self._connection.execute(question, values)


# Into a new database -------------------------------------------------------------------------


class _Writing:
    """Writes what was found, and sees to it that every row hangs on one that is there."""

    def __init__(
        self, connection: sqlite3.Connection, known: dict[str, Shape], found: _Found, now: str
    ) -> None:
        self._connection = connection
        self._known = known
        self._found = found
        self._rebuilding = Rebuilding(connection, known, found.rows, now)
        self._refused: list[tuple[str, dict[str, Value]]] = []
        self._broken: Counter[str] = Counter()
        self._unhooked: Counter[str] = Counter()
        self._remembered: Counter[str] = Counter()

    def write(self) -> Recovered:
        """Write everything in one transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        # The journal's own would refuse what has a gap.
        guards = self._connection.execute(_GUARDS).fetchall()
        for name, _ in guards:
            self._connection.execute(f'DROP TRIGGER "{name}"')
        self._insert()
        self._hang()
        for _, made in guards:
            self._connection.execute(made)
        self._connection.execute("COMMIT")
        homeless = [
            ("", {str(place): value for place, value in enumerate(row)})
            for row in self._found.homeless
        ]
        tables = (self._counted(name) for name in self._known)
        return Recovered(
            tuple(counted for counted in tables if any(counted[1:])),
            (*self._refused, *homeless),
            self._found.unreadable,
        )

    def _insert(self) -> None:
        """Write the rows that were found, then those that the steps of undo remember."""
        for name, rows in self._found.rows.items():
            for row in rows.found.values():
                try:
                    insert(self._connection, self._known[name], row)
                except Exception as error:  # of either driver
                    if not broke_a_rule(error):
                        raise
                    self._refuse(name, row)
            for row in rows.torn:
                self._refuse(name, row)
        for name, rows in self._found.rows.items():
            # Only what an index says was there: what is in no index was deleted since.
            for identity in sorted(rows.lost & rows.remembered.keys(), key=str):
                if self._rebuilding.restore(name, identity):
                    self._remembered[name] += 1

    def _counted(self, name: str) -> Counted:
        rows = self._found.rows[name]
        saved = self._connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        there = f'SELECT 1 FROM "{name}" WHERE id = ?'
        back = sum(
            self._connection.execute(there, (identity,)).fetchone() is not None
            for identity in rows.lost
        )
        return Counted(
            name,
            saved,
            len(rows.lost) - back,
            self._broken[name],
            len(rows.detached),
            self._unhooked[name],
            self._rebuilding.made.get(name, 0),
            self._remembered[name],
            rows.uncounted,
        )

    def _refuse(self, name: str, row: tuple[Value, ...]) -> None:
        # A torn row may have fewer values than columns, or more.
        columns = self._known[name].columns
        values = {column.name: value for column, value in zip(columns, row, strict=False)}
        self._refused.append((name, values))
        self._broken[name] += 1

    def _hang(self) -> None:
        """Make again what rows hang on, else take its name out of them, else take them out.

        What hung on a row that is taken out hangs on nothing then: this goes on until all is well.
        Each round mends or takes out every row that it is told of.
        """
        while orphans := self._connection.execute("PRAGMA foreign_key_check").fetchall():
            for name, rowid, parent, number in orphans:
                read = f'SELECT * FROM "{name}" WHERE rowid = ?'
                row = self._connection.execute(read, (rowid,)).fetchone()
                if row is None or self._rehung(name, row, parent, number):
                    continue
                if self._unhook(name, rowid, number):
                    self._unhooked[name] += 1
                    continue
                self._refuse(name, row)
                self._connection.execute(f'DELETE FROM "{name}" WHERE rowid = ?', (rowid,))

    def _key(self, name: str, number: int) -> dict[str, str]:
        """Return the columns of a foreign key, each with the one that it names."""
        keys = self._connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
        return {key[3]: key[4] for key in keys if key[0] == number}

    def _rehung(self, name: str, row: tuple[Value, ...], parent: str, number: int) -> bool:
        places = {column.name: at for at, column in enumerate(self._known[name].columns)}
        named = {there: row[places[here]] for here, there in self._key(name, number).items()}
        identity = named.pop("id", None)
        if not self._rebuilding.ensure(parent, identity, named):
            return False
        where = " AND ".join(f'"{column}" = ?' for column in named) or "1"
        read = f'SELECT 1 FROM "{parent}" WHERE id = ? AND {where}'
        found = self._connection.execute(read, (identity, *named.values())).fetchone()
        return found is not None

    def _unhook(self, name: str, rowid: int, number: int) -> bool:
        """Take the lost row's name out of a row; tell whether it may do without."""
        filled = {column.name for column in self._known[name].columns if column.filled}
        column = next((key for key in self._key(name, number) if key not in filled), None)
        if column is None:
            return False
        change = f'UPDATE "{name}" SET "{column}" = NULL WHERE rowid = ?'
        try:
            self._connection.execute(change, (rowid,))
        except Exception as error:  # of either driver
            if not broke_a_rule(error):
                raise
            return False
        return True
