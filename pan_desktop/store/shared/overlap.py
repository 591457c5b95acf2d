"""Whether what came from the server and what waits here are about the same, and say the same."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pan_desktop.store import tables
from pan_desktop.store.merging.entries import BOOKKEEPING, read
from pan_desktop.store.merging.writer import whole_row

if TYPE_CHECKING:
    from pan_desktop.store.changes import Row, RowChange


def look_below(below: Row, change: RowChange, *, masked: bool) -> None:
    """Follow what the server has of a row, under this replica's own text, through one change."""
    before, after = change.before or {}, change.after or {}
    if not masked:  # what was written in the place of what the server has is there as well
        below |= {k: v for k, v in after.items() if k in below and before.get(k) == below[k]}
        return
    if change.before is None or change.after is None:  # laid where the server has no row, or not
        below.clear()
        if change.before is None:
            below["id"] = after["id"]
        return
    for key, value in after.items():
        if key != "id" and key in below and below[key] == value:  # shown again as it is
            del below[key]
        else:
            below.setdefault(key, before.get(key))
    if below.keys() == {"id"}:
        below.clear()


def keys(*texts: str | None) -> set[tuple[str, str]]:
    """Return the rows that packed changes are about."""
    return {(c["table"], c["id"]) for text in texts if text for c in json.loads(text)}


def harmless(change: RowChange, own: set[tuple[str, str]]) -> bool:
    """Tell whether what came can be written below what waits without looking at that."""
    if change.after is None or change.table in {"meeting", "disagreement"}:
        return False
    about = {(change.table, change.after["id"])}
    # One that refers to what is removed here would only be refused when all is written.
    about |= {(there, change.after.get(here)) for here, there in _references(change.table)}
    return about.isdisjoint(own)


@cache
def _references(name: str) -> tuple[tuple[str, str], ...]:
    """Return the columns of a table that name rows, each with the table of these."""
    return tuple(
        (element.parent.name, element.column.table.name)
        for key in tables.metadata.tables[name].foreign_key_constraints
        for element in key.elements
        if element.column.name == "id"
    )


def the_same(row: dict[str, Any], changes: list[RowChange]) -> bool:
    """Tell whether the server did with an entry what was done with it here."""
    here = [_said(change) for change in read(row["applied"] or row["changes"])]
    return here == [_said(change) for change in changes]


def _said(change: RowChange) -> tuple[str, Row | None, Row | None]:
    """Return what a change says, without what every write changes and with what it leaves out."""
    before, after = (
        None if row is None else {k: v for k, v in row.items() if k not in BOOKKEEPING}
        for row in (change.before, change.after)
    )
    if before is None and after is not None:
        after = whole_row(change.table, after)
    if after is None and before is not None:
        before = {"id": before["id"]}
    return change.table, before, after
