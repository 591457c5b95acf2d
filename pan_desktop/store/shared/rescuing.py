"""What the local side of a shared office still holds when its server is lost.

A replica, or a copy of one, holds the whole office: what the server said when it was last read, and
what was written here since. It is read into memory, and made an office there as the server would
have: what waited is merged, journaled, and no longer waits. The file itself stays as it is.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.store.failures import translating
from pan_desktop.store.opening import connect, driver_errors, fitting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from pan_desktop.domain.keys import Key

_AN_HOUR = 10**15
"""Numbers of the log above this are its server's hour, in microseconds."""


class Left(NamedTuple):
    """What a replica was when its server was lost."""

    server: str
    """The identity of the shared office."""
    position: int
    """How far it had read the server's log."""
    until: datetime
    """When the last change was made that it had from the server, by the server's clock."""
    waiting: tuple[str, ...]
    """The entries that the server had not confirmed, which are content now."""


def server_of(file: Path, key: Key | None) -> str:
    """Return the identity of the shared office that a file is the local side of, "" for none."""
    try:
        with closing(connect(file, fitting(file, key), mode="ro")) as connection:
            found = connection.execute("SELECT server FROM replica LIMIT 1").fetchone()
    except driver_errors():  # whoever opens it says what is wrong
        return ""
    return "" if found is None else str(found[0])


@contextmanager
def standing_alone(file: Path, key: Key | None) -> Iterator[tuple[Connection, Left]]:
    """Give the office that a replica's file holds, in memory, a transaction being open.

    Raises the SurroundingsError that says why the file cannot be read.
    """
    from pan_desktop.store.engine import read_into_memory

    with closing(read_into_memory(file, fitting(file, key))) as store:
        now = datetime.now(UTC)
        with store.transaction(lambda: now, step=False) as work:
            standing, filled = work.replica.standing(), work.replica.filled_at()
            waiting = work.replica.stand_alone()
        hour = standing.position
        until = datetime.fromtimestamp(hour / 1e6, UTC) if hour > _AN_HOUR else filled
        left = Left(standing.server, hour, until, tuple(waiting))
        with translating(), store.connection.begin():
            yield store.connection, left
