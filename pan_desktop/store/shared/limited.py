"""A connection of psycopg on which nothing is silent for longer than it may be.

A line that is half open says nothing for a quarter of an hour, and so would who waits for it: the
system's own limits tell a dead network from a slow server only sometimes.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.waiting import Ready

if TYPE_CHECKING:
    from psycopg.abc import RV, PQGen

SILENT_SECONDS = 15.0
"""How long nothing may come or go while the server is asked something.

It waits less for its own locks. What is large may take as long as it does, as long as it comes.
"""


class LimitedConnection(psycopg.Connection[Any]):
    """A connection that gives up."""

    def wait(self, gen: PQGen[RV], interval: float = 0.5, timeout: float | None = None) -> RV:
        """Wait for the server as psycopg does, but not through ``SILENT_SECONDS`` of silence."""
        return super().wait(_heard(gen), interval, timeout)


class QuietCursor(psycopg.ServerCursor[Any]):
    """A cursor kept by the server, which is closed also where the line to say so is gone.

    It went with the line. Whoever asks the server next is told; here nobody is, and what an error
    leaves open would be told on standard error, by the library's log and by the collector.
    """

    def close(self) -> None:
        """Close it, on the server where that can be."""
        try:
            super().close()
        except psycopg.Error:
            psycopg.Cursor.close(self)

    def __del__(self, _warn: object = None, /) -> None:
        """Say nothing: SQLAlchemy lets it go unclosed where the line is gone."""
        psycopg.Cursor.close(self)


def _heard(gen: PQGen[RV]) -> PQGen[RV]:
    """Go through ``gen``; raises OperationalError once nothing was ready for too long."""
    try:
        wanted = next(gen)
        last = time.monotonic()
        while True:
            ready = yield wanted
            if ready != Ready.NONE:
                last = time.monotonic()
            elif time.monotonic() - last > SILENT_SECONDS:
                raise psycopg.OperationalError("the server is silent")
            wanted = gen.send(ready)
    except StopIteration as end:
        found: RV = end.value
        return found
