"""Two people's work on one outline made one: what each changed since both had the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.app.conclusions import PointEdit


def joined(
    mine: Sequence[PointEdit], seen: Sequence[PointEdit], stored: Sequence[PointEdit]
) -> list[PointEdit]:
    """Return the outline that the store is to hold: ``stored`` with what ``mine`` changed in it.

    ``seen`` is the outline from which both began. Of what both changed, words and level are mine;
    what one removed and the other reworded stays.
    """
    before = {point.id: point for point in seen}
    there = {point.id: point for point in stored}
    kept = [
        _point(point, before.get(point.id), there.get(point.id))
        for point in mine
        if point.id in there or not alike(before.get(point.id), point)
    ]
    own = {point.id for point in mine}
    theirs = [p for p in stored if p.id not in own and not alike(before.get(p.id), p)]
    alive = {point.id for point in (*kept, *theirs)}
    if _moved(mine, before):
        return _with(kept, theirs, [point.id for point in stored])
    known = {point.id: point for point in kept if point.id in there}
    order = [known.get(point.id, point) for point in stored if point.id in alive]
    return _with(order, [p for p in kept if p.id not in there], [point.id for point in mine])


def _point(mine: PointEdit, seen: PointEdit | None, stored: PointEdit | None) -> PointEdit:
    if stored is None or seen is None:
        return mine
    level = stored.level if mine.level == seen.level else mine.level
    return replace(stored if alike(seen, mine) else mine, level=level)


def alike(one: PointEdit | None, other: PointEdit) -> bool:
    """Tell whether two are the same point, on whatever level."""
    return one is not None and replace(one, level=other.level) == other


def _moved(mine: Sequence[PointEdit], before: dict[str, PointEdit]) -> bool:
    """Tell whether the points that both know stand in another order than they did."""
    now = [point.id for point in mine if point.id in before]
    left = set(now)
    return now != [point_id for point_id in before if point_id in left]


def _with(
    outline: Sequence[PointEdit], more: Sequence[PointEdit], order: Sequence[str]
) -> list[PointEdit]:
    """Return an outline with more points, each behind the one that it follows in ``order``."""
    found = list(outline)
    place_of = {point_id: place for place, point_id in enumerate(order)}
    for point in more:
        places = {p.id: place for place, p in enumerate(found, 1)}
        ahead = reversed(order[: place_of[point.id]])
        found.insert(next((places[i] for i in ahead if i in places), 0), point)
    return found
