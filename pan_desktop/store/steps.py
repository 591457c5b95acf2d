"""The steps that undo and redo go along: what was done, kept in the store beside what it changed.

A step is the rows of one use case before and after. It is written in the same transaction, so
that it is there exactly when the change is, also after the window was closed or the process
killed. Letters typed one after the other in one text make one step.
"""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, select, update

from pan_desktop.domain.ids import new_id
from pan_desktop.store import tables
from pan_desktop.store.changes import RowChange
from pan_desktop.store.merging.entries import joined, packed, read
from pan_desktop.store.raw import RawRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from pan_desktop.store.heads import Heads

PAUSE = timedelta(seconds=2)
"""Typing that rests longer begins a new step."""
LONGEST = timedelta(seconds=10)
"""A step of typing takes in no more than this."""
KEPT = 1000
"""So many steps are kept; older ones cannot be undone any more."""


class Step(NamedTuple):
    """One thing done."""

    id: str
    changes: list[RowChange]


class LastStep(NamedTuple):
    """The step that what is typed next may join, with its changes as they are kept."""

    id: str
    typing: str
    created_at: datetime
    updated_at: datetime
    undone: bool
    changes: list[dict[str, Any]]


class Steps:
    """The steps of one database, within the transaction of one use case."""

    def __init__(
        self, connection: Connection, now: Callable[[], datetime], heads: Heads | None = None
    ) -> None:
        """Read and write through ``connection``; ``now`` gives the instant of writes.

        ``heads`` remembers the last step between the transactions of one program.
        """
        self._connection = connection
        self._rows = RawRows(connection)
        self._now = now
        self._heads = heads

    def record(self, changes: Sequence[RowChange], typing: str = "") -> None:
        """Keep what has just been done; what had been undone before can no longer be redone.

        ``typing`` names the text being typed: what follows soon in the same text joins its step.
        """
        if not changes:
            return
        now = self._now()
        last = self._last()
        if last is not None and last.undone:
            self._connection.execute(delete(_steps()).where(_steps().c.undone))
            last = None
        new = [packed(change) for change in changes]
        if typing and last is not None and _goes_on(last, typing, now):
            last = last._replace(updated_at=now, changes=joined(last.changes, new))
            row = {"changes": json.dumps(last.changes), "updated_at": now}
            self._rows.update("step", {"id": last.id}, row)
        else:
            last = LastStep(new_id(), typing, now, now, undone=False, changes=new)
            row = last._asdict() | {"changes": json.dumps(new)}
            self._rows.insert("step", row)
            self._forget_old()
        if self._heads is not None:
            self._heads.step = last

    def _last(self) -> LastStep | None:
        if self._heads is not None and self._heads.step is not None:
            return self._heads.step
        row = self._rows.last("step", "id")
        if row is None:
            return None
        changes = json.loads(row["changes"])
        found = row["id"], row["typing"], row["created_at"], row["updated_at"], row["undone"]
        return LastStep(*found, changes=changes)

    def last_done(self) -> Step | None:
        """Return the step that undo would take back."""
        return self._found(_steps().c.id.desc(), undone=False)

    def last_undone(self) -> Step | None:
        """Return the step that redo would do again."""
        return self._found(_steps().c.id, undone=True)

    def mark(self, step_id: str, *, undone: bool) -> None:
        """Keep that a step was taken back, or done again."""
        self._forget_last()
        self._connection.execute(
            update(_steps()).where(_steps().c.id == step_id), {"undone": undone}
        )

    def forget(self, step_id: str) -> None:
        """Drop a step that can be neither undone nor redone."""
        self._forget_last()
        self._connection.execute(delete(_steps()).where(_steps().c.id == step_id))

    def forget_all(self) -> None:
        """Drop all steps: they hold what must be gone for good."""
        self._forget_last()
        self._connection.execute(delete(_steps()))

    def _forget_last(self) -> None:
        if self._heads is not None:
            self._heads.step = None

    def _found(self, order: Any, *, undone: bool) -> Step | None:  # noqa: ANN401 - a column's order
        where = _steps().c.undone.is_(undone)
        statement = select(_steps()).where(where).order_by(order).limit(1)
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            return None
        return Step(row["id"], read(row["changes"]))

    def _forget_old(self) -> None:
        oldest = select(_steps().c.id).order_by(_steps().c.id.desc()).offset(KEPT).limit(1)
        self._connection.execute(delete(_steps()).where(_steps().c.id <= oldest.scalar_subquery()))


def opposite(changes: Iterable[RowChange]) -> list[RowChange]:
    """Return the changes that lead back, so that reverting those does the first again."""
    return [RowChange(c.table, c.after, c.before) for c in reversed(list(changes))]


@cache
def _steps() -> Any:  # noqa: ANN401 - a Table, read column by column
    return tables.step


def _goes_on(last: LastStep, typing: str, now: datetime) -> bool:
    """Tell whether what is typed now belongs to the last step."""
    rested, began = now - last.updated_at, now - last.created_at
    # A clock that was put back says nothing of how long the typing rested.
    soon = timedelta() <= rested <= PAUSE and timedelta() <= began <= LONGEST
    return last.typing == typing and soon
