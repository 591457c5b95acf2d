"""What another program wrote between what an editor had seen and what it saves now.

In a shared office the server settles that. In an office alone the command line may write while a
window types: the window's words stand in the row, as the person at it sees them, and the other's
are kept beside them until someone chooses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.domain.ids import new_id
from pan_desktop.store.changes import RowChange
from pan_desktop.store.merging.entries import BOOKKEEPING, Entry
from pan_desktop.store.merging.groups import group, last_wins

if TYPE_CHECKING:
    from datetime import datetime

    from pan_desktop.store.unit_of_work import UnitOfWork

ANOTHER = "un autre programme"


def keep_unseen(work: UnitOfWork, at: datetime) -> None:
    """Keep, as disagreements, the words that this unit of work wrote over without having seen."""
    found = []
    for meant, done in zip(work.changes, work.applied, strict=True):
        if meant is not done and (lost := _written_over(meant, done)) is not None:
            found.append(lost)
    if found:
        work.merge(Entry(new_id(), at, ANOTHER, tuple(found)))


def _written_over(meant: RowChange, done: RowChange) -> RowChange | None:
    """Return the change that another had made and this one undid, None when there was none."""
    saw, was, now = meant.before, done.before, done.after
    if saw is None or was is None or now is None:
        return None
    columns = {
        each
        for column, value in was.items()
        if column not in BOOKKEEPING
        and value != now[column]
        and value != saw[column]
        and not last_wins(done.table, column)
        for each in group(done.table, column)
    }
    if not columns:
        return None
    row_id = was["id"]
    return RowChange(
        done.table,
        {"id": row_id, **{column: saw[column] for column in columns}},
        {"id": row_id, **{column: was[column] for column in columns}},
    )
