"""The ends of what is kept in order, the last step and the last entry of the journal, remembered.

Each key typed lets both grow. Reading them anew, to unpack and pack what the transaction before
had just written, cost as much as writing the text itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pan_desktop.store.journal.journal import Head
    from pan_desktop.store.steps import LastStep


class Heads:
    """What one connection remembers from one transaction to the next."""

    def __init__(self) -> None:
        """Remember nothing."""
        self.step: LastStep | None = None
        self.entry: Head | None = None
        self._seen = -1

    def begin(self, connection: Connection) -> None:
        """Forget what another connection may have written over. A transaction is open."""
        seen = -1
        if connection.dialect.name == "sqlite":
            raw: Any = connection.connection.driver_connection
            (seen,) = raw.execute("PRAGMA data_version").fetchone()
        if seen < 0 or seen != self._seen:
            self.forget()
        self._seen = seen

    def forget(self) -> None:
        """Forget all: what is remembered was perhaps undone."""
        self.step = self.entry = None
