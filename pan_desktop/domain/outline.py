"""Outlines: the tree of points as a list of levels, and back."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LEVEL = 8
"""Word knows nine levels of a list, counted here from 0."""


def parents(levels: Sequence[int]) -> tuple[int | None, ...]:
    """Return for each entry the index of its parent, None at the top.

    The parent is the nearest entry before it on a lower level. Raises ValueError when an entry
    skips a level, for then it would have no parent.
    """
    open_entries: list[int] = []
    found: list[int | None] = []
    for index, level in enumerate(levels):
        if not 0 <= level <= min(len(open_entries), MAX_LEVEL):
            raise ValueError(index)
        del open_entries[level:]
        found.append(open_entries[-1] if open_entries else None)
        open_entries.append(index)
    return tuple(found)


def tamed(levels: Sequence[int]) -> tuple[int, ...]:
    """Return the levels with none skipped: an entry is at most one deeper than the one before."""
    result: list[int] = []
    for level in levels:
        deepest = result[-1] + 1 if result else 0
        result.append(max(0, min(level, deepest, MAX_LEVEL)))
    return tuple(result)


def positions(known: Sequence[float | None]) -> tuple[float, ...]:
    """Return rising positions, changing as few of the ``known`` ones as it can.

    An entry without one goes halfway between its neighbours, so that inserting writes one row.
    When the numbers have no room left, all are counted afresh.
    """
    kept = in_order(known)
    result: list[float] = []
    index = 0
    while index < len(known):
        if index in kept:
            result.append(known[index] or 0.0)
            index += 1
            continue
        end = next((i for i in range(index, len(known)) if i in kept), len(known))
        low = result[-1] if result else None
        high = known[end] if end < len(known) else None
        result += _between(low, high, end - index)
        index = end
    if any(a >= b for a, b in pairwise(result)):
        return tuple(float(i + 1) for i in range(len(known)))
    return tuple(result)


def _between(low: float | None, high: float | None, count: int) -> list[float]:
    """Return ``count`` rising numbers between two, either of which may be missing."""
    if low is None:
        low = (high if high is not None else float(count + 1)) - count - 1
    if high is None:
        high = low + count + 1
    step = (high - low) / (count + 1)
    return [low + step * (i + 1) for i in range(count)]


def in_order(known: Sequence[float | None]) -> frozenset[int]:
    """Return the indexes of the longest rising run of known positions (they keep theirs).

    Patience sorting: ``tails[n]`` ends the best run of length n + 1 seen so far.
    """
    values: list[float] = []
    tails: list[int] = []
    previous: dict[int, int] = {}
    for index, value in enumerate(known):
        if value is None:
            continue
        length = bisect_left(values, value)
        previous[index] = tails[length - 1] if length else -1
        values[length : length + 1] = [value]
        tails[length : length + 1] = [index]
    kept: set[int] = set()
    index = tails[-1] if tails else -1
    while index >= 0:
        kept.add(index)
        index = previous[index]
    return frozenset(kept)
