"""Finds which section of the minutes belongs to which agenda item."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LIKENESS = 0.45
"""Under this likeness (0 to 1) a heading is not taken for the wording of an agenda item."""

MOST_PAIRS = 10_000
"""With more titles times headings they are paired by their words alone."""

CLEAR_LIKENESS = 0.6
"""Over this, an agenda item further down is taken for the progress item before the first is."""


@dataclass(frozen=True, slots=True)
class Section:
    """An agenda title and a heading of the minutes, by index; either may be missing."""

    title: int | None
    heading: int | None


def pair_sections(
    titles: Sequence[str], progress_heading: str, headings: Sequence[str]
) -> list[Section]:
    """Pair agenda titles with the headings of the minutes, keeping the order of both.

    In the answer heading 0 is the progress item's, which may stand anywhere among the titles,
    and heading n + 1 is ``headings[n]``. As many headings as titles are taken one for one,
    whatever their wording; otherwise likeness decides. What has no counterpart stands alone.
    """
    place = _progress_place(titles, progress_heading, headings)
    others = [index for index in range(len(titles)) if index != place]
    paired = align([titles[index] for index in others], headings)
    sections = [
        Section(None if title is None else others[title], None if heading is None else heading + 1)
        for title, heading in paired
    ]
    if place is None:
        return [Section(None, 0), *sections]
    after = next((i for i, s in enumerate(sections) if s.title == place - 1), None)
    sections.insert(0 if after is None else after + 1, Section(place, 0))
    return sections


def _progress_place(
    titles: Sequence[str], progress_heading: str, headings: Sequence[str]
) -> int | None:
    """Return the index of the progress item among the titles, None when it is not there.

    A title that heads another section word for word is not the progress item's. With as many
    headings as titles one of them must be: the first, where no other is clearly more like it.
    """
    if progress_heading in titles:
        return titles.index(progress_heading)
    free = [index for index, title in enumerate(titles) if title not in headings]
    one_for_one = len(titles) == len(headings) + 1
    if one_for_one and free:
        # Where the others, in order, are best met word for word by their headings.
        met = {
            i: sum(t == h for t, h in zip([*titles[:i], *titles[i + 1 :]], headings, strict=True))
            for i in free
        }
        free = [i for i in free if met[i] == max(met.values())]
    best = max(free, key=lambda i: (_like(titles[i], progress_heading), -i), default=None)
    if best is not None and _like(titles[best], progress_heading) >= (
        CLEAR_LIKENESS if one_for_one else LIKENESS
    ):
        return best
    return free[0] if one_for_one and free else None


def align(titles: Sequence[str], headings: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Pair titles and headings, by index, in the order of both, so that likeness is greatest.

    What has no counterpart stands alone.
    """
    elsewhere = any(
        heading in titles and (i >= len(titles) or titles[i] != heading)
        for i, heading in enumerate(headings)
    )
    if len(titles) == len(headings) and not elsewhere:
        return [(i, i) for i in range(len(titles))]
    rows, columns = len(titles), len(headings)
    if rows * columns > MOST_PAIRS:
        return _as_worded(titles, headings)
    # best[i][j]: greatest likeness of titles[i:] with headings[j:].
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    pairs = [[_like(title, heading) for heading in headings] for title in titles]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            together = pairs[i][j] + best[i + 1][j + 1] if pairs[i][j] >= LIKENESS else -1.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < rows or j < columns:
        both = i < rows and j < columns and pairs[i][j] >= LIKENESS
        if both and best[i][j] == pairs[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif i < rows and best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return found


def _as_worded(
    titles: Sequence[str], headings: Sequence[str]
) -> list[tuple[int | None, int | None]]:
    """Pair titles and headings of the same words in order; what is longer than any agenda."""
    places = {title: index for index, title in reversed([*enumerate(titles)])}
    found: list[tuple[int | None, int | None]] = []
    after = 0
    for index, heading in enumerate(headings):
        place = places.get(heading, -1)
        if place >= after:
            found += [(between, None) for between in range(after, place)]
            after = place + 1
        found.append((place if place >= 0 and after == place + 1 else None, index))
    return found + [(left, None) for left in range(after, len(titles))]


def _like(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
