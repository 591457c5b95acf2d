"""Keeps the outlines whole when two have changed them: no point under one that is not there.

Where points stand holds no words: a point whose parent is gone hangs under the one above that, and
one of two that were put under each other comes back to the top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pan_desktop.store import tables
from pan_desktop.store.shared.foreseen import Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from pan_desktop.store.changes import Row
    from pan_desktop.store.merging.writer import Writer


def set_free(write: Writer, children: Iterable[str], row: Row, gone: dict[str, Row]) -> None:
    """Hang the points that stay of a point that goes (``row``) under what stays above it."""
    parent = row["parent_id"] if children else None
    seen = {row["id"]}
    while parent is not None and parent in gone and parent not in seen:
        seen.add(parent)
        parent = gone[parent]["parent_id"]
    for child in children:
        if write.row(("conclusion", child)) is not None:
            write.update(("conclusion", child), {"parent_id": parent})
    if children:
        write.flush()


def hangs(write: Writer, points: Mapping[str, Point]) -> bool:
    """Tell whether every written point surely hangs where it can, by what was read before."""
    stands: dict[str, Point] = dict(points)
    for (name, row_id), row in write.rows.items():
        if name == "conclusion":
            stands.pop(row_id, None)
            if row is not None:
                stands[row_id] = Point(row["parent_id"], row["agenda_item_id"])
    for point_id, _ in _written(write):
        passed = {point_id}
        point = stands.get(point_id)
        while point is not None and point.parent_id is not None:
            above = stands.get(point.parent_id)
            lost = above is None or above.agenda_item_id != point.agenda_item_id
            if lost or point.parent_id in passed:
                return False
            passed.add(point.parent_id)
            point = above
    return True


def hang(connection: Connection, write: Writer) -> None:
    """Bring to the top every written point whose parent is elsewhere, gone, or under it."""
    written = dict(_written(write))
    point = tables.conclusion
    for item in set(written.values()):
        found = select(point.c.id, point.c.parent_id).where(point.c.agenda_item_id == item)
        above = {row.id: row.parent_id for row in connection.execute(found)}
        for point_id in written:
            if point_id in above and _lost(point_id, above):
                above[point_id] = None
                write.row(("conclusion", point_id))
                write.update(("conclusion", point_id), {"parent_id": None})


def _written(write: Writer) -> list[tuple[str, str]]:
    """Return the written points that hang under another, each with the item it is of."""
    return [
        (change.after["id"], change.after["agenda_item_id"])
        for change in write.changes
        if change.table == "conclusion"
        and change.after is not None
        and change.after["parent_id"] is not None
    ]


def _lost(point_id: str, above: dict[str, str | None]) -> bool:
    """Tell whether a point hangs under nothing, or under itself."""
    parent = above[point_id]
    passed: set[str] = set()
    while parent is not None:
        if parent not in above or parent == point_id:
            return True
        if parent in passed:  # a circle above it, of which another point is taken out
            return False
        passed.add(parent)
        parent = above[parent]
    return False
