"""Several statements in one round trip: over a slow line what costs is how often one asks.

On PostgreSQL they go in psycopg's pipeline mode: each is a statement of its own, with what was
committed before it began in sight, but nobody waits for its answer before the next is sent. On
SQLite they are simply run one after the other.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Select

    from pan_desktop.store.changes import Row


def asked(
    connection: Connection, statements: Sequence[Select[Any]], first: str = "", last: str = ""
) -> list[list[Row]]:
    """Return the rows that each statement finds.

    On a server ``first`` is run before them (BEGIN), ``last`` after them (COMMIT).
    """
    if connection.dialect.name == "sqlite":
        return [
            [dict(row) for row in connection.execute(statement).mappings()]
            for statement in statements
        ]
    with _together(connection) as raw:
        if first:
            raw.execute(first, prepare=False)
        cursors = [raw.execute(*_in_words(connection, statement)) for statement in statements]
        if last:
            raw.execute(last, prepare=False)
    return [
        _rows(connection, statement, cursor)
        for statement, cursor in zip(statements, cursors, strict=True)
    ]


def sent(connection: Connection, writes: Iterable[tuple[Any, Row]], last: str = "") -> None:
    """Run statements on a server, in order, then ``last`` (COMMIT), unless one is refused.

    Raises DBAPIError for the first that is refused; none after it is run.
    """
    with _together(connection) as raw:
        for statement, row in writes:
            connection.execute(statement, row)
        if last:
            raw.execute(last, prepare=False)


@contextmanager
def _together(connection: Connection) -> Iterator[Any]:
    """Give psycopg's connection, what is run on it being answered at the end."""
    driver: Any = connection.dialect.dbapi
    raw: Any = connection.connection.driver_connection
    try:
        with raw.pipeline():
            yield raw
    except driver.Error as error:
        raise DBAPIError.instance("", None, error, driver.Error) from None


def _in_words(connection: Connection, statement: Select[Any]) -> tuple[str, dict[str, Any]]:
    compiled = statement.compile(
        dialect=connection.dialect, compile_kwargs={"render_postcompile": True}
    )
    return str(compiled), dict(compiled.params)


def _rows(connection: Connection, statement: Select[Any], cursor: Any) -> list[Row]:  # noqa: ANN401 - psycopg's
    """Return rows as SQLAlchemy gives them, each value through its column's type."""
    found = cursor.fetchall()
    columns = list(statement.selected_columns)
    kinds = [column.type.dialect_impl(connection.dialect) for column in columns]
    readers = [
        kind.result_processor(connection.dialect, described.type_code)
        for kind, described in zip(kinds, cursor.description, strict=True)
    ]
    return [
        {
            column.name: value if read is None else read(value)
            for column, read, value in zip(columns, readers, row, strict=True)
        }
        for row in found
    ]
