"""A connection of psycopg on which nothing takes longer than it may.

A line that is half open says nothing for a quarter of an hour, and so would who waits for it: the
system's own limits tell a dead network from a slow server only sometimes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from psycopg.abc import RV, PQGen

SILENT_SECONDS = 40.0
"""How long the server may be silent when it is asked something; its own limit is shorter."""


class LimitedConnection(psycopg.Connection[Any]):
    """A connection that gives up."""

    def wait(self, gen: PQGen[RV], interval: float = 0.5, timeout: float | None = None) -> RV:
        """Wait for the server as psycopg does, but not for longer than ``SILENT_SECONDS``."""
        return super().wait(gen, interval, SILENT_SECONDS if timeout is None else timeout)
