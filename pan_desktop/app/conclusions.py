"""Use cases on the points of an agenda item, an outline kept row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pan_desktop.app.joining import alike, joined
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import ConclusionKind
from pan_desktop.domain.outline import parents, positions, tamed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.domain.model import Conclusion
    from pan_desktop.store.unit_of_work import UnitOfWork

LEVEL_SKIPPED = (
    "Le point « {text} » saute un niveau de retrait ou en dépasse neuf : rien n’a été enregistré. "
    "Corrigez son niveau."
)


@dataclass(frozen=True, slots=True)
class PointEdit:
    """One point as the editor holds it; the editor makes its identifier.

    What is to become of it (owner, deadline) is no part of this: typing never touches it.
    """

    id: str
    level: int
    text: str
    marks: str = ""
    numbered: bool = False
    kind: ConclusionKind = ConclusionKind.INFORMATION

    @classmethod
    def of(cls, point: Conclusion) -> PointEdit:
        """Return a stored point as an editor holds it."""
        return cls(point.id, point.level, point.text, point.marks, point.numbered, point.kind)


@dataclass(frozen=True, slots=True)
class OutlinePatch:
    """What one change did to an outline: a run of points in reading order, and what it moved.

    Only what changed, so that saving costs the same whether the outline has 20 points or 2,000.
    """

    before: str | None
    """The point just before the run, None when the run begins the outline."""
    points: tuple[PointEdit, ...]
    parents: tuple[str | None, ...]
    """Of each point of the run."""
    after: str | None
    """The point just after the run, None when the run ends the outline."""
    removed: tuple[str, ...] = ()
    rehung: tuple[tuple[str, str | None], ...] = ()
    """Points after the run that have another parent now."""
    seen: tuple[PointEdit, ...] = ()
    """The points of the run and those removed as they were before the change."""


def save_point(work: UnitOfWork, *, point: PointEdit, seen: PointEdit | None = None) -> None:
    """Save a point that the store knows, its place apart. Raises NotFoundError when it is gone.

    ``seen`` is the point as the editor had it before it was typed in: what somebody else has made
    of it meanwhile is kept beside, and never written over without a word.
    """
    _update(work, point, seen)


def save_patch(work: UnitOfWork, *, item_id: str, patch: OutlinePatch) -> None:
    """Save one change of an item's outline, reading and writing only the rows it is about.

    What others did to the same outline meanwhile stays: a point that they removed comes back only
    when its words were changed here, one whose words they changed is not removed.
    """
    seen = {point.id: point for point in patch.seen}
    hung = [parent for _, parent in patch.rehung] + list(patch.parents)
    around = {i for i in (patch.before, patch.after, *hung) if i is not None}
    ids = [*(point.id for point in patch.points), *around]
    known = work.read.point_positions(item_id, ids)
    run = [
        (point, parent)
        for point, parent in zip(patch.points, patch.parents, strict=True)
        if point.id in known or not alike(seen.get(point.id), point)
    ]
    points = [point for point, _ in run]
    places = _places(patch, points, known)
    if places is None:
        _count_afresh(work, item_id)
        known = work.read.point_positions(item_id, ids)
        places = _places(patch, points, known) or positions([None] * len(points))
    there = {*known, *(point.id for point in points)}
    for (point, parent), position in zip(run, places, strict=True):
        place = {"parent_id": parent if parent in there else None, "position": position}
        _write(work, item_id, point, place, seen.get(point.id), known=point.id in known)
    for point_id, parent in patch.rehung:
        if work.read.row("conclusion", point_id) is not None:
            work.update("conclusion", point_id, parent_id=parent if parent in there else None)
    # What hung under a removed point has been given another parent above.
    for point_id in reversed(patch.removed):
        _remove(work, point_id, seen.get(point_id))


def save_outline(
    work: UnitOfWork,
    *,
    item_id: str,
    points: Sequence[PointEdit],
    seen: Sequence[PointEdit] | None = None,
) -> None:
    """Make the item's outline what the editor holds, writing only the rows that differ.

    A point on a level too deep goes under the one before it. With ``seen``, the outline as the
    editor had it from the store, only what was changed since is written, and what others did
    meanwhile stays.
    """
    found = work.read.conclusions(item_id)
    known = {c.id: c for c in found}
    before = {point.id: point for point in seen or ()}
    if seen is not None:
        points = joined(points, seen, [PointEdit.of(c) for c in found])
    above = parents(tamed([point.level for point in points]))
    places = positions([known[p.id].position if p.id in known else None for p in points])
    for point, parent, position in zip(points, above, places, strict=True):
        place = {
            "parent_id": None if parent is None else points[parent].id,
            "position": position,
        }
        _write(work, item_id, point, place, before.get(point.id), known=point.id in known)
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


def _content(point: PointEdit) -> dict[str, Any]:
    return {
        "text": point.text,
        "marks": point.marks,
        "numbered": point.numbered,
        "kind": point.kind.value,
    }


def _write(
    work: UnitOfWork,
    item_id: str,
    point: PointEdit,
    place: dict[str, Any],
    seen: PointEdit | None,
    *,
    known: bool,
) -> None:
    if known:
        _update(work, point, seen, **place)
    else:
        work.insert("conclusion", id=point.id, agenda_item_id=item_id, **_content(point), **place)


def _update(work: UnitOfWork, point: PointEdit, seen: PointEdit | None, **place: Any) -> None:
    """Write what a point says and where it stands; with ``seen`` only what was changed of it."""
    known = _content(seen) if seen is not None else None
    work.update("conclusion", point.id, seen=known, **_content(point), **place)


def _remove(work: UnitOfWork, point_id: str, seen: PointEdit | None) -> None:
    """Remove a point, unless its words are no longer those that were seen: they stay."""
    row = work.read.row("conclusion", point_id)
    if row is None or (seen is not None and _content(seen).items() - row.items()):
        return
    work.delete("conclusion", point_id)


def _places(
    patch: OutlinePatch, points: Sequence[PointEdit], known: dict[str, float]
) -> tuple[float, ...] | None:
    """Return the positions of the run between its neighbours, None where there is no room."""
    before = [known[patch.before]] if patch.before in known else []
    after = [known[patch.after]] if patch.after in known else []
    own = [known.get(point.id) for point in points]
    inside = [
        place
        if place is not None
        and (not before or place > before[0])
        and (not after or place < after[0])
        else None
        for place in own
    ]
    found = positions([*before, *inside, *after])
    if list(found[: len(before)]) != before or list(found[len(found) - len(after) :]) != after:
        return None
    return found[len(before) : len(found) - len(after)]


def _count_afresh(work: UnitOfWork, item_id: str) -> None:
    """Give the points of an item round positions again, with room between them."""
    for number, point in enumerate(work.read.conclusions(item_id), start=1):
        work.update("conclusion", point.id, position=float(number))
