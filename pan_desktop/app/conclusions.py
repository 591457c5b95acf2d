"""Use cases on the points of an agenda item, an outline kept row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pan_desktop.domain.errors import InputError
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.outline import parents, positions, tamed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.store.unit_of_work import UnitOfWork

LEVEL_SKIPPED = (
    "Le point « {text} » saute un niveau de retrait ou en dépasse neuf : rien n’a été enregistré. "
    "Corrigez son niveau."
)


@dataclass(frozen=True, slots=True)
class PointEdit:
    """One point as the editor holds it; the editor makes its identifier."""

    id: str
    level: int
    text: str


def save_point(work: UnitOfWork, *, point_id: str, text: str) -> None:
    """Save the text of one point that the store knows. Raises NotFoundError when it is gone."""
    work.update("conclusion", point_id, text=text)


def save_outline(work: UnitOfWork, *, item_id: str, points: Sequence[PointEdit]) -> None:
    """Make the item's outline what the editor holds, writing only the rows that differ.

    A point on a level too deep goes under the one before it.
    """
    known = {c.id: c for c in work.read.conclusions(item_id)}
    above = parents(tamed([point.level for point in points]))
    places = positions([known[p.id].position if p.id in known else None for p in points])
    for point, parent, position in zip(points, above, places, strict=True):
        values: dict[str, Any] = {
            "parent_id": None if parent is None else points[parent].id,
            "position": position,
            "text": point.text,
        }
        if point.id in known:
            work.update("conclusion", point.id, **values)
        else:
            work.insert("conclusion", id=point.id, agenda_item_id=item_id, **values)
    # Deepest first: what is left under a removed point has been given another parent above.
    kept = {point.id for point in points}
    for conclusion in sorted(known.values(), key=lambda c: -c.level):
        if conclusion.id not in kept:
            work.delete("conclusion", conclusion.id)


def add_points(work: UnitOfWork, *, item_id: str, points: Sequence[tuple[int, str]]) -> None:
    """Write the points of an item that has none, each a level and a text.

    Raises InputError when one skips a level.
    """
    try:
        parents([level for level, _ in points])
    except ValueError as error:
        raise InputError(LEVEL_SKIPPED.format(text=points[error.args[0]][1])) from None
    edits = [PointEdit(new_id(), level, text) for level, text in points]
    save_outline(work, item_id=item_id, points=edits)
