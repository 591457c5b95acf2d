"""What a replica has written and not yet read back from the server's log, in order.

An entry waits, is tried (it may have arrived though nobody said so), and is forgotten once it is
read back. A *mask* among them was never meant for anybody else: it says which of this replica's
own texts lie over what the server has (``masks``).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from pan_desktop.domain.ids import new_id
from pan_desktop.store import tables
from pan_desktop.store.merging.entries import Entry, joined, packed, read
from pan_desktop.store.raw import RawRows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from pan_desktop.store.changes import Row, RowChange

_BOX = tables.outbox


class Outbox:
    """The outbox of one replica, within one transaction."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        """Read and write through ``connection``; ``now`` gives the instant of writes."""
        self._connection = connection
        self._now = now
        self._raw = RawRows(connection)

    def record(
        self,
        changes: Sequence[RowChange],
        applied: Sequence[RowChange],
        typing: str,
        author: str,
    ) -> None:
        """Put what was just done behind what waits to be sent.

        What is typed in one text joins what waits of it, as long as that was not tried to be sent.
        """
        if not changes:
            return
        meant = [packed(change, whole=True) for change in changes]
        done = None
        if any(a is not b for a, b in zip(changes, applied, strict=True)):
            done = [packed(change, whole=True) for change in applied]
        last = self._raw.last("outbox", "number")
        if typing and last is not None and _joins(last, typing, author):
            before = json.loads(last["applied"]) if last["applied"] else None
            known = json.loads(last["changes"])
            if before is not None or done is not None:
                before = before if before is not None else json.loads(last["changes"])
                done = joined(before, done if done is not None else json.loads(json.dumps(meant)))
            row = {"changes": json.dumps(joined(known, meant)), "updated_at": self._now()}
            row["applied"] = None if done is None else json.dumps(done)
            self._raw.update("outbox", {"id": last["id"]}, row)
            return
        number = 1 if last is None else last["number"] + 1
        self._put(number, "waiting", meant, done, author=author, typing=typing)

    def waiting(self, limit: int, after: str, origin: str) -> list[Entry]:
        """Return what is to be sent next, the first first, and note that it is being tried.

        ``after`` is the last entry that was sent: it stays here until it is read back. From then
        on nothing joins it any more: it may arrive although nobody tells so. ``origin`` is the
        replica whose entries these are.
        """
        found = select(_BOX).where(_BOX.c.state.in_(_TO_SEND)).order_by(_BOX.c.number)
        if after:
            last = select(_BOX.c.number).where(_BOX.c.id == after).scalar_subquery()
            found = found.where(_BOX.c.number > last)
        rows = list(self._connection.execute(found.limit(limit)).mappings())
        ids = [row["id"] for row in rows if row["state"] == "waiting"]
        if ids:
            tried = update(_BOX).where(_BOX.c.id.in_(ids))
            self._connection.execute(tried, {"state": "tried"})
        return [entry_of(row, origin) for row in rows]

    def ids(self) -> list[str]:
        """Return the identifiers of all entries not read back yet."""
        return [key for key, row in self.rows().items() if row["state"] != "mask"]

    def merged_with(self, taken: Sequence[str]) -> list[str]:
        """Return what the server has of what is here, when it has ``taken`` these entries.

        What was tried before one of them was sent before it.
        """
        rows = self.rows()
        last = max((rows[key]["number"] for key in taken if key in rows), default=0)
        before = [
            key for key, row in rows.items() if row["state"] == "tried" and row["number"] < last
        ]
        return [*before, *taken]

    def pending(self) -> int:
        """Return how many changes the server has not confirmed yet, as who wrote them counts.

        A sentence that was typed with pauses is several entries, and one change: entries whose
        first row is the same are.
        """
        named = func.instr(_BOX.c.changes, ', "before": ')  # a change begins by naming its row
        found = select(func.count(func.substr(_BOX.c.changes, 1, named).distinct()))
        found = found.where(_BOX.c.state.in_(_TO_SEND))
        return int(self._connection.execute(found).scalar_one())

    def rows(self) -> dict[str, dict[str, Any]]:
        """Return all that is there by its identifier, masks among it, the first first."""
        found = self._connection.execute(select(_BOX).order_by(_BOX.c.number)).mappings()
        return {row["id"]: dict(row) for row in found}

    def about(self, row_id: str, *, masks: bool) -> list[Any]:
        """Return what tells of a row, in order: the ``masks`` alone, or all."""
        found = select(_BOX).where(_BOX.c.changes.contains(row_id, autoescape=True))
        if masks:
            found = found.where(_BOX.c.state == "mask")
        return list(self._connection.execute(found.order_by(_BOX.c.number)))

    def put_before(self, author: str, meant: list[dict[str, Any]], number: int) -> None:
        """Put what is to be sent at a place before all that waits (``first_number``)."""
        self._put(number, "waiting", meant, None, author=author)

    def put_mask(self, change: RowChange) -> None:
        """Note, last of all, what is shown here over what the server has."""
        last = self._connection.execute(select(func.max(_BOX.c.number))).scalar() or 0
        self._put(last + 1, "mask", [packed(change)], None)

    def first_number(self) -> int:
        """Return the place of what was written first."""
        first = self._connection.execute(select(func.min(_BOX.c.number))).scalar()
        return 1 if first is None else int(first)

    def now_does(self, entry_id: str, applied: str) -> None:
        """Note what an entry comes to here, which is not what was meant."""
        self._connection.execute(update(_BOX).where(_BOX.c.id == entry_id), {"applied": applied})

    def forget(self, ids: Sequence[str]) -> None:
        """Forget entries, and masks."""
        for part in range(0, len(ids), 500):
            self._connection.execute(delete(_BOX).where(_BOX.c.id.in_(ids[part : part + 500])))

    def _put(
        self,
        number: int,
        state: str,
        meant: list[dict[str, Any]],
        done: list[dict[str, Any]] | None,
        *,
        author: str = "",
        typing: str = "",
    ) -> None:
        now = self._now()
        row = {
            "id": new_id(),
            "number": number,
            "state": state,
            "author": author,
            "typing": typing,
            "changes": json.dumps(meant),
            "applied": None if done is None else json.dumps(done),
            "version": 1,
            "created_at": now,
            "updated_at": now,
        }
        self._raw.insert("outbox", row)


_TO_SEND = ("waiting", "tried")


def entry_of(row: Any, origin: str) -> Entry:  # noqa: ANN401 - a row
    """Return what lies in the outbox of replica ``origin`` as others take it in."""
    return Entry(row["id"], row["created_at"], row["author"], tuple(read(row["changes"])), origin)


def _joins(last: Row, typing: str, author: str) -> bool:
    said = last["state"], last["typing"], last["author"]
    return bool(said == ("waiting", typing, author))
