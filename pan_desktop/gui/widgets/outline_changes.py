"""What happened between two readings of an outline, said as briefly as it can be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.app.conclusions import OutlinePatch, PointEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

Change = tuple[tuple[PointEdit, PointEdit], ...] | OutlinePatch
"""Points whose own content changed and nothing else, each before and after, or points that came,
went or moved."""


class Run(NamedTuple):
    """The part where two outlines differ."""

    start: int
    """Where it begins in both."""
    end: int
    """Where it ends in the newer one."""
    tail: int
    """How many points follow it in both."""


def difference(
    before: Sequence[PointEdit], after: Sequence[PointEdit], top: int = 0, bottom: int = 0
) -> Run:
    """Return where two outlines differ, given that their first and last points are alike."""
    shorter = min(len(before), len(after))
    while top < shorter and before[top] == after[top]:
        top += 1
    bottom = min(bottom, shorter - top)
    while bottom < shorter - top and before[-1 - bottom] == after[-1 - bottom]:
        bottom += 1
    return Run(top, len(after) - bottom, bottom)


def change(
    before: Sequence[PointEdit], after: Sequence[PointEdit], top: int, bottom: int
) -> Change:
    """Return what leads from one outline to the other; ``top`` and ``bottom`` were not touched."""
    run = difference(before, after, top, bottom)
    old = before[run.start : len(before) - run.tail]
    new = after[run.start : run.end]
    if [_place(point) for point in old] == [_place(point) for point in new]:
        return tuple((a, b) for a, b in zip(old, new, strict=True) if a != b)
    kept = {point.id for point in new}
    return OutlinePatch(
        before=after[run.start - 1].id if run.start else None,
        points=tuple(new),
        parents=tuple(_parents(after, run.start, run.end)),
        after=after[run.end].id if run.tail else None,
        removed=tuple(point.id for point in old if point.id not in kept),
        rehung=_rehung(before, after, run, min(point.level for point in (*old, *new))),
        seen=tuple(old),
    )


def _place(point: PointEdit) -> tuple[str, int]:
    return point.id, point.level


def _parents(outline: Sequence[PointEdit], start: int, end: int) -> list[str | None]:
    """Return the parent of each point of a run; levels are never skipped in an outline."""
    above: dict[int, str] = {}
    number, wanted = start - 1, (outline[start].level if start < end else 0)
    while wanted and number >= 0:
        if outline[number].level < wanted:
            wanted = outline[number].level
            above[wanted] = outline[number].id
        number -= 1
    found: list[str | None] = []
    for point in outline[start:end]:
        found.append(above.get(point.level - 1))
        above[point.level] = point.id
    return found


def _rehung(
    before: Sequence[PointEdit], after: Sequence[PointEdit], run: Run, lowest: int
) -> tuple[tuple[str, str | None], ...]:
    """Return the points after a run that hang on another parent than they did."""
    end = run.end
    while end < len(after) and after[end].level > lowest:
        end += 1
    moved = len(before) - len(after)
    was = _parents(before, run.end + moved, end + moved)
    now = _parents(after, run.end, end)
    points = after[run.end : end]
    return tuple(
        (point.id, new) for point, old, new in zip(points, was, now, strict=True) if old != new
    )
