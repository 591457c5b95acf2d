"""Finds what is wrong with a database file, and mends what can be mended without losing a word.

Looked at are the file, its pages, its references, the rules of its own schema, the schema itself
against one made anew, the index of the search, and what is kept of issued relevés. Nothing is
written while looking, but what any program does that opens the file.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import tempfile
from collections import Counter
from contextlib import closing, suppress
from enum import StrEnum
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.store.health.remains import clear, dead_locks, left_over, size_of
from pan_desktop.store.health.shifted import Gap, gap_in
from pan_desktop.store.location import APPLICATION_ID, REVISIONS
from pan_desktop.store.opening import PLAIN, connect, driver_errors
from pan_desktop.store.safety.logs import lonely_log
from pan_desktop.store.safety.owner_only import OTHERS, close_to_others

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pan_desktop.domain.keys import Key

MOST = 1000
"""So many lines of what SQLite says of its pages are read."""
_TREE = re.compile(r"(?:On tree page|Tree) (\d+)")
_OF_INDEX = re.compile(r"(?:missing from index|entries in index|entry in index|index) (\S+)")
_OF_TABLE = re.compile(r"(?:CHECK constraint failed in|NULL value in|NUMERIC value in) (\w+)")
_HARMLESS = re.compile(r"Page \d+(?::)? (?:is )?never used|Freelist", re.IGNORECASE)
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FUTURE = "+1 day"


class Ill(StrEnum):
    """What can be wrong with a database."""

    MISSING = "missing"
    EMPTY = "empty"
    NOT_OURS = "not_ours"
    TRUNCATED = "truncated"
    """The end of the file is missing."""
    SHIFTED = "shifted"
    """Something before its end is missing, and what follows has moved up."""
    SHORTENED = "shortened"
    """It is too short, and where cannot be known."""
    UNREADABLE = "unreadable"
    """Not even what tells the tables can be read."""
    PAGES = "pages"
    """Pages of a table are damaged: rows are lost, or will be."""
    INDEXES = "indexes"
    """Only indexes are damaged, which are made of the rows."""
    LOOSE = "loose"
    """Pages belong to nothing: room is lost, nothing else."""
    REFERENCES = "references"
    RULES = "rules"
    SCHEMA = "schema"
    """A table is not as the program makes it."""
    LACKING = "lacking"
    """A table is missing."""
    HALF_MADE = "half_made"
    """An index, a trigger or a mark of the schema is missing: a migration stopped halfway."""
    SEARCH = "search"
    ISSUED = "issued"
    """The kept file of an issued version is not what was issued."""
    FUTURE = "future"
    """Rows are dated later than now: a clock was wrong."""
    FILE_GONE = "file_gone"
    """A relevé that was written is no longer where it was."""
    FILE_CHANGED = "file_changed"
    """A relevé was changed since it was written."""
    OPEN = "open"
    """Others than their owner may read the database's files."""
    LONELY_LOG = "lonely_log"
    """The log stands there without its database."""
    DEAD_LOCK = "dead_lock"
    """A program that died left its lock."""
    LEFT_OVER = "left_over"
    """Programs that were killed left files half made."""
    SEALED = "sealed"
    """The beginning of an encrypted database is damaged, without which nothing is decrypted."""


_BESIDE = {Ill.OPEN, Ill.DEAD_LOCK, Ill.LEFT_OVER}
"""What is not in the database itself."""
MENDED = {Ill.INDEXES, Ill.LOOSE, Ill.LACKING, Ill.HALF_MADE, Ill.SEARCH, *_BESIDE}
"""What ``mend`` mends: nothing that anybody wrote is touched by it."""


_SHORT = {Gap.END: Ill.TRUNCATED, Gap.BEFORE: Ill.SHIFTED, Gap.UNKNOWN: Ill.SHORTENED}


class Symptom(NamedTuple):
    """One thing that is wrong."""

    ill: Ill
    table: str = ""
    number: int = 0
    """How many: rows, pages, bytes."""
    names: tuple[str, ...] = ()
    """What it is about: indexes, the table a reference leads to, a meeting's day and version."""


def examine(file: Path, key: Key | None, now: datetime) -> list[Symptom]:
    """Return what is wrong with ``file``, an office's database that ``key`` opens.

    The file itself is read only where the driver cannot: closing it would give up the locks of
    whoever in this process has it open.
    """
    if not file.is_file() or not file.stat().st_size:
        log = lonely_log(file)
        ill = Ill.EMPTY if file.is_file() else Ill.MISSING
        return [Symptom(ill), *([Symptom(Ill.LONELY_LOG, names=(log.name,))] if log else [])]
    found = list(_beside(file))
    try:
        with closing(connect(file, key, isolation_level=None)) as connection:
            connection.text_factory = lambda data: data.decode(errors="replace")
            found += _inside(connection, now)
    except driver_errors() as error:
        if not _is_damage(error):
            raise
        found.append(_unreadable(file, key))
    return found


def _beside(file: Path) -> Iterator[Symptom]:
    """Yield what is wrong with the files of the database, not with what it holds."""
    if any(map(_open_to_others, _files(file))):
        yield Symptom(Ill.OPEN)
    if dead_locks(file):
        yield Symptom(Ill.DEAD_LOCK)
    if left := left_over(file):
        yield Symptom(Ill.LEFT_OVER, number=size_of(left), names=tuple(each.name for each in left))


def _is_damage(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {*_DAMAGE, sqlite3.SQLITE_ERROR}


def _unreadable(file: Path, key: Key | None) -> Symptom:
    """Return why a file cannot be read at all, as its first bytes tell."""
    with file.open("rb") as stream:
        header = stream.read(100)
    if not header.startswith(PLAIN):
        return Symptom(Ill.NOT_OURS if key is None else Ill.SEALED)
    page = int.from_bytes(header[16:18], "big")
    size, told = file.stat().st_size, int.from_bytes(header[28:32], "big") * page
    if header.startswith(PLAIN) and told > size:
        return Symptom(_SHORT[gap_in(file, told - size)], number=told - size)
    return Symptom(Ill.UNREADABLE)


def _files(file: Path) -> list[Path]:
    beside = (file.with_name(f"{file.name}{end}") for end in ("", "-wal", "-shm", "-journal"))
    return [each for each in beside if each.exists()]


def _open_to_others(file: Path) -> bool:
    # On Windows a file is its folder's, which is the user's own.
    return os.name == "posix" and bool(file.stat().st_mode & OTHERS)


def _inside(connection: sqlite3.Connection, now: datetime) -> Iterator[Symptom]:
    """Yield what SQLite and the schema tell; where one look fails, the others go on."""
    tables = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if not tables & {"meeting", "alembic_version"}:
        yield Symptom(Ill.NOT_OURS)
        return
    looks: tuple[Callable[[], Iterator[Symptom]], ...] = (
        lambda: _pages(connection),
        lambda: _references(connection),
        lambda: _schema(connection),
        lambda: _search(connection),
        lambda: _issued(connection),
        lambda: _written(connection),
        lambda: _future(connection, tables, now),
    )
    for look in looks:
        # A page that is damaged, or a table that is missing, is told by the look that is for it.
        with suppress(*driver_errors()):
            yield from look()


# Pages and rows ------------------------------------------------------------------------------


def _pages(connection: sqlite3.Connection) -> Iterator[Symptom]:
    try:
        lines = [row[0] for row in connection.execute(f"PRAGMA integrity_check({MOST})")]
    except driver_errors() as error:
        if not _is_damage(error):
            raise
        yield from _pages_by_table(connection)
        return
    told = _Told(connection)
    for line in "\n".join(lines).splitlines():
        if line != "ok" and not line.startswith("***"):
            told.take(line)
    yield from told.symptoms()


def _pages_by_table(connection: sqlite3.Connection) -> Iterator[Symptom]:
    """Yield which tables and indexes cannot be read to their end: SQLite says only that some."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name"
    ).fetchall()
    spoilt, indexes, search = [], [], False
    for (name,) in names:
        if _readable(connection, f'SELECT * FROM "{name}" NOT INDEXED'):
            for _, index, *_ in connection.execute(f'PRAGMA index_list("{name}")').fetchall():
                if not _readable(connection, _along(connection, name, index)):
                    indexes.append(index)
        elif name.startswith("search_"):
            search = True
        else:
            spoilt.append(name)
    for name in spoilt:
        yield Symptom(Ill.PAGES, name, 1)
    if search:
        yield Symptom(Ill.SEARCH)
    if indexes and not spoilt:
        yield Symptom(Ill.INDEXES, number=len(indexes), names=tuple(indexes))
    if not (spoilt or indexes or search):
        yield Symptom(Ill.PAGES, number=1)


def _along(connection: sqlite3.Connection, table: str, index: str) -> str:
    """Return a question that reads an index from one end to the other."""
    told = connection.execute(f'PRAGMA index_info("{index}")').fetchall()
    columns = ", ".join(f'"{column}"' for _, _, column in told)
    return f'SELECT {columns} FROM "{table}" INDEXED BY "{index}" ORDER BY {columns}'


def _readable(connection: sqlite3.Connection, question: str) -> bool:
    """Tell whether a question finds no damage on its way; one that cannot be asked finds none."""
    try:
        for _ in connection.execute(question):
            pass
    except driver_errors() as error:
        return (getattr(error, "sqlite_errorcode", 0) & 0xFF) not in _DAMAGE
    return True


class _Told:
    """What SQLite says of its pages, line by line, taken for what it is about."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._roots = {
            root: (kind, name)
            for kind, name, root in connection.execute(
                "SELECT type, name, rootpage FROM sqlite_master WHERE rootpage > 0"
            )
        }
        self._tables: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._indexes: dict[str, None] = {}
        self._loose = self._unplaced = 0

    def take(self, line: str) -> None:
        """Take in one line."""
        tree = _TREE.search(line)
        kind, name = self._roots.get(int(tree[1]) if tree else 0, ("", ""))
        if _HARMLESS.search(line):
            self._loose += 1
        elif kind == "index":
            self._indexes[name] = None
        elif kind:
            self._tables[name] += 1
        elif rule := _OF_TABLE.search(line):
            self._rules[rule[1]] += 1
        elif index := _OF_INDEX.search(line):
            self._indexes[index[1].rstrip(":")] = None
        else:
            self._unplaced += 1

    def symptoms(self) -> Iterator[Symptom]:
        """Yield what is wrong.

        Where pages of tables are damaged, what indexes lack and what belongs to nothing comes of
        it.
        """
        written = {n: count for n, count in self._tables.items() if not n.startswith("search_")}
        for name, count in written.items():
            yield Symptom(Ill.PAGES, name, count)
        if self._unplaced and not written:
            yield Symptom(Ill.PAGES, number=self._unplaced)
        if len(written) < len(self._tables):
            yield Symptom(Ill.SEARCH)
        sound = not written and not self._unplaced
        if self._indexes and sound:
            names = tuple(self._indexes)
            yield Symptom(Ill.INDEXES, number=len(names), names=names)
        if self._loose and sound and not self._tables:
            yield Symptom(Ill.LOOSE, number=self._loose)
        for name, count in self._rules.items():
            yield Symptom(Ill.RULES, name, count)


def _references(connection: sqlite3.Connection) -> Iterator[Symptom]:
    broken = Counter(
        (table, parent) for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check")
    )
    for (table, parent), count in broken.items():
        yield Symptom(Ill.REFERENCES, table, count, (parent,))


def _future(connection: sqlite3.Connection, tables: set[str], now: datetime) -> Iterator[Symptom]:
    instant = now.strftime("%Y-%m-%d %H:%M:%S")
    count = 0
    for name in sorted(tables):
        columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}
        if "updated_at" in columns and name != "step":
            asked = f'SELECT count(*) FROM "{name}" WHERE updated_at > datetime(?, ?)'
            count += connection.execute(asked, (instant, _FUTURE)).fetchone()[0]
    if count:
        yield Symptom(Ill.FUTURE, number=count)


def _issued(connection: sqlite3.Connection) -> Iterator[Symptom]:
    asked = (
        "SELECT m.day, v.number, v.digest, v.content FROM releve_version v"
        " LEFT JOIN meeting m ON m.id = v.meeting_id ORDER BY m.day, v.number"
    )
    for day, number, digest, content in connection.execute(asked):
        data = content if isinstance(content, bytes) else str(content).encode()
        if sha256(data).hexdigest() != digest:
            yield Symptom(Ill.ISSUED, "releve_version", 1, (str(day), str(number)))


def _written(connection: sqlite3.Connection) -> Iterator[Symptom]:
    asked = (
        "SELECT w.path, w.digest, m.day FROM written_file w JOIN meeting m ON m.id = w.meeting_id"
        " ORDER BY m.day, w.path"
    )
    for path, digest, day in connection.execute(asked):
        try:
            if not stat.S_ISREG(Path(path).stat().st_mode):
                raise FileNotFoundError
            with Path(path).open("rb") as stream:
                same = file_digest(stream, "sha256").hexdigest() == digest
        except OSError:
            yield Symptom(Ill.FILE_GONE, names=(path, str(day)))
        else:
            if not same:
                yield Symptom(Ill.FILE_CHANGED, names=(path, str(day)))


# The schema ------------------------------------------------------------------------------------


@cache
def _as_made() -> dict[tuple[str, str], str]:
    """Return what a database made now has: by kind and name, the statement that makes it."""
    from pan_desktop.store.engine import open_engine

    with tempfile.TemporaryDirectory(prefix="pan-schema-") as folder:
        file = Path(folder) / "vide.sqlite3"
        open_engine(str(file)).dispose()
        with closing(connect(file)) as connection:
            return _told(connection)


def _told(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {(kind, name): str(sql or "") for kind, name, sql in rows}


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _schema(connection: sqlite3.Connection) -> Iterator[Symptom]:
    here, made = _told(connection), _as_made()
    revision = _revision(connection, here)
    if revision not in {"", REVISIONS[-1]} and revision in REVISIONS:
        return  # an older one, which the program brings up to date when it opens it
    lacking: list[str] = []
    for (kind, name), statement in made.items():
        if name.startswith(("search_", "sqlite_")):
            continue
        there = here.get((kind, name))
        if kind == "table" and there is None:
            yield Symptom(Ill.LACKING, name)
        elif kind == "table" and not _same(str(there), statement):
            yield Symptom(Ill.SCHEMA, name)
        elif kind != "table" and (there is None or not _same(there, statement)):
            lacking.append(name)
    lacking += [name for kind, name in here if "_alembic_tmp_" in name]
    if revision != REVISIONS[-1]:
        lacking.append("alembic_version")
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        lacking.append("application_id")
    if lacking:
        yield Symptom(Ill.HALF_MADE, number=len(lacking), names=tuple(lacking))


def _revision(connection: sqlite3.Connection, here: dict[tuple[str, str], str]) -> str:
    if ("table", "alembic_version") not in here:
        return ""
    rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return str(rows[0][0]) if len(rows) == 1 else ""


def _search(connection: sqlite3.Connection) -> Iterator[Symptom]:
    from pan_desktop.domain.searching import Source
    from pan_desktop.store import search_sources

    here, made = _told(connection), _as_made()
    ours = {key: statement for key, statement in made.items() if key[1].startswith("search_")}
    if any(not _same(here.get(key, ""), statement) for key, statement in ours.items()):
        yield Symptom(Ill.SEARCH)
        return
    astray = 0
    for source in Source:
        astray += connection.execute(_GHOSTS.format(source=source)).fetchone()[0]
        unknown = [row[0] for row in connection.execute(_UNKNOWN.format(source=source))]
        for at in range(0, len(unknown), 500):
            rows = search_sources.indexed(connection, source, unknown[at : at + 500])
            astray += sum(bool(row.text.strip()) for row in rows)  # an empty text is not indexed
    if astray:
        yield Symptom(Ill.SEARCH, number=astray)


_NOT_WAITING = (
    "NOT EXISTS (SELECT 1 FROM search_pending p WHERE p.source = '{source}' AND p.row_id = {row})"
)
_GHOSTS = (
    "SELECT count(*) FROM search_entry e WHERE source = '{source}'"
    ' AND NOT EXISTS (SELECT 1 FROM "{source}" r WHERE r.id = e.row_id) AND '
    + _NOT_WAITING.replace("{row}", "e.row_id")
)
_UNKNOWN = (
    'SELECT id FROM "{source}" r WHERE NOT EXISTS (SELECT 1 FROM search_entry e'
    " WHERE e.source = '{source}' AND e.row_id = r.id) AND " + _NOT_WAITING.replace("{row}", "r.id")
)


# Mending ---------------------------------------------------------------------------------------


def mend(file: Path, key: Key | None, symptoms: list[Symptom]) -> set[Ill]:
    """Mend what can be mended without touching a row, and return what was.

    Everything happens in one transaction, but the room that is given back. Raises the driver's
    error when it cannot be done; nothing is changed then.
    """
    ills = {symptom.ill for symptom in symptoms} & MENDED
    if Ill.OPEN in ills:
        close_to_others(_files(file))
    if Ill.DEAD_LOCK in ills:
        clear(dead_locks(file))
    if Ill.LEFT_OVER in ills:
        clear(left_over(file))
    if not ills - _BESIDE:
        return ills
    with closing(connect(file, key, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        try:
            if ills & {Ill.HALF_MADE, Ill.LACKING}:
                _make_what_lacks(connection)
            if Ill.INDEXES in ills:
                connection.execute("REINDEX")
            if Ill.SEARCH in ills:
                _make_search_anew(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
        if Ill.LOOSE in ills:
            connection.execute("VACUUM")
    return ills


def _make_what_lacks(connection: sqlite3.Connection) -> None:
    here, made = _told(connection), _as_made()
    # As they were made: a table before its indexes.
    for (kind, name), statement in made.items():
        there = here.get((kind, name))
        if name.startswith(("search_", "sqlite_")) or (kind == "table" and there is not None):
            continue
        if there is not None and not _same(there, statement):
            connection.execute(f'DROP {kind} "{name}"')
        if there is None or not _same(there, statement):
            connection.execute(statement)
    for kind, name in here:
        if kind == "table" and "_alembic_tmp_" in name and not _holds(connection, name):
            connection.execute(f'DROP TABLE "{name}"')
    _mark(connection)


def _holds(connection: sqlite3.Connection, name: str) -> bool:
    return connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() is not None


def _mark(connection: sqlite3.Connection) -> None:
    """Say again which schema it is, where every table is as this program makes it."""
    here = _told(connection)
    tables = [key for key in _as_made() if key[0] == "table" and not key[1].startswith("search_")]
    if all(key in here and _same(here[key], _as_made()[key]) for key in tables):
        connection.execute("DELETE FROM alembic_version")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (REVISIONS[-1],))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _make_search_anew(connection: sqlite3.Connection) -> None:
    """Make the search's tables and triggers again, empty, and note every row to be indexed."""
    from pan_desktop.store.search_schema import mark_all

    here, made = _told(connection), _as_made()
    virtual = [n for (_, n), sql in made.items() if sql.upper().startswith("CREATE VIRTUAL")]
    for kind, name in here:
        if kind == "trigger" and name.startswith("search_"):
            connection.execute(f'DROP TRIGGER "{name}"')
    # What FTS5 keeps in tables of its own goes and comes with it.
    own = {name for name in virtual if ("table", name) in here}
    for name in own:
        connection.execute(f'DROP TABLE "{name}"')
    for kind, name in _told(connection):
        if kind == "table" and name.startswith("search_"):
            connection.execute(f'DROP TABLE "{name}"')
    shadows = tuple(f"{name}_" for name in virtual)
    for kind in ("table", "index", "trigger"):
        for (of_kind, name), statement in made.items():
            ours = of_kind == kind and name.startswith("search_") and statement
            if ours and not (kind == "table" and name.startswith(shadows)):
                connection.execute(statement)
    for statement in mark_all():
        connection.execute(statement)
