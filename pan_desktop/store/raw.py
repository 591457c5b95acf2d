"""Whole rows by their identifier, straight through the driver where the database is SQLite.

A key typed is a row read, a row changed and two ends that grow; through SQLAlchemy each of these
costs eight times what SQLite takes for it, together more than the durable commit. The statements
are as plain as they can be, and values go through the very types of the tables, so that they are
stored as everywhere else. On a server the statements are SQLAlchemy's.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, insert, select, update

from pan_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection, Dialect, Select, Table

    from pan_desktop.store.changes import Row

    Converter = Callable[[Any], Any] | None


class RawRows:
    """Reads and writes rows through one connection, a transaction being open."""

    def __init__(self, connection: Connection) -> None:
        """Use ``connection``."""
        self._connection = connection
        self._dialect = connection.dialect
        sqlite = self._dialect.name == "sqlite"
        self._raw: Any = connection.connection.driver_connection if sqlite else None

    def row(self, name: str, row_id: str) -> Row | None:
        """Return a row, None when there is none of that identifier."""
        if self._raw is None:
            return self._first(_by_id(name), {"key": row_id})
        return self._read(name, f"{_selection(name)} WHERE id = ?", (row_id,))

    def last(self, name: str, column: str) -> Row | None:
        """Return the row whose ``column`` is greatest, None when there is no row."""
        if self._raw is None:
            table = _table(name)
            return self._first(select(table).order_by(table.c[column].desc()).limit(1), {})
        return self._read(name, f"{_selection(name)} ORDER BY {column} DESC LIMIT 1", ())

    def insert(self, name: str, row: Mapping[str, Any]) -> None:
        """Write a new row; what it does not name is the table's default."""
        if self._raw is None:
            self._connection.execute(insert(_table(name)), dict(row))
            return
        columns = tuple(row)
        self._raw.execute(_insertion(name, columns), self._bound(name, row))

    def update(self, name: str, where: Mapping[str, Any], values: Mapping[str, Any]) -> int:
        """Change the rows whose columns hold what ``where`` says; return how many there were."""
        if self._raw is None:
            statement = _growth(name, tuple(where), tuple(values))
            return self._connection.execute(statement, _grown(where, values)).rowcount
        statement = _change(name, tuple(where), tuple(values))
        bound = [*self._bound(name, values), *self._bound(name, where)]
        return int(self._raw.execute(statement, bound).rowcount)

    def text(self, statement: Select[Any], value: str) -> str | None:
        """Return the first column, a text, of a statement's first row; None when there is none.

        The statement has one parameter, which is ``value``; it is built once, or this is slow.
        """
        if self._raw is None:
            (name,) = statement.compile().params
            found = self._connection.execute(statement, {name: value}).first()
        else:
            found = self._raw.execute(_words(statement, self._dialect), (value,)).fetchone()
        return None if found is None else str(found[0])

    def _bound(self, name: str, row: Mapping[str, Any]) -> list[Any]:
        binders = _converters(name, self._dialect)[0]
        return [
            bind(value) if (bind := binders[column]) is not None else value
            for column, value in row.items()
        ]

    def _read(self, name: str, statement: str, values: tuple[Any, ...]) -> Row | None:
        found = self._raw.execute(statement, values).fetchone()
        if found is None:
            return None
        readers = _converters(name, self._dialect)[1]
        return {
            column: read(value) if read is not None else value
            for (column, read), value in zip(readers.items(), found, strict=True)
        }

    def _first(self, statement: Any, values: dict[str, Any]) -> Row | None:  # noqa: ANN401 - a Select
        row = self._connection.execute(statement, values).mappings().first()
        return None if row is None else dict(row)


class WaitingRows(RawRows):
    """Keeps what it is to write on a server, so that it can be sent together with more."""

    def __init__(self, connection: Connection) -> None:
        """Read through ``connection``."""
        super().__init__(connection)
        self.waiting: list[tuple[Any, Row]] = []
        """The statements, in order, each with its row."""

    def insert(self, name: str, row: Mapping[str, Any]) -> None:
        """Keep a new row."""
        self.waiting.append((insert(_table(name)), dict(row)))

    def update(self, name: str, where: Mapping[str, Any], values: Mapping[str, Any]) -> int:
        """Keep a change; how many rows it will meet is not known yet (0)."""
        self.waiting.append((_growth(name, tuple(where), tuple(values)), _grown(where, values)))
        return 0


def _grown(where: Mapping[str, Any], values: Mapping[str, Any]) -> Row:
    return {**{f"where_{key}": value for key, value in where.items()}, **values}


def _table(name: str) -> Table:
    return tables.metadata.tables[name]


# Built once for each shape: making a statement costs more than running it.
@cache
def _converters(name: str, dialect: Dialect) -> tuple[dict[str, Converter], dict[str, Converter]]:
    """Return how the values of each column are bound, and how they are read."""
    kinds = {column.name: column.type.dialect_impl(dialect) for column in _table(name).columns}
    binders: dict[str, Converter] = {key: k.bind_processor(dialect) for key, k in kinds.items()}
    readers: dict[str, Converter] = {
        key: kind.result_processor(dialect, None) for key, kind in kinds.items()
    }
    return binders, readers


@cache
def _words(statement: Select[Any], dialect: Dialect) -> str:
    return str(statement.compile(dialect=dialect))


@cache
def _selection(name: str) -> str:
    columns = ", ".join(f'"{column.name}"' for column in _table(name).columns)
    return f"SELECT {columns} FROM {name}"  # noqa: S608 - names of our own tables


@cache
def _insertion(name: str, columns: tuple[str, ...]) -> str:
    listed, places = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
    return f"INSERT INTO {name} ({listed}) VALUES ({places})"  # noqa: S608 - as above


@cache
def _change(name: str, where: tuple[str, ...], columns: tuple[str, ...]) -> str:
    set_to = ", ".join(f'"{column}" = ?' for column in columns)
    asked = " AND ".join(f'"{column}" = ?' for column in where)
    return f"UPDATE {name} SET {set_to} WHERE {asked}"  # noqa: S608 - as above


@cache
def _by_id(name: str) -> Any:  # noqa: ANN401 - a Select
    return select(_table(name)).where(_table(name).c.id == bindparam("key"))


@cache
def _growth(name: str, where: tuple[str, ...], columns: tuple[str, ...]) -> Any:  # noqa: ANN401 - an Update
    table = _table(name)
    asked = and_(*(table.c[column] == bindparam(f"where_{column}") for column in where))
    return update(table).where(asked).values({column: bindparam(column) for column in columns})
