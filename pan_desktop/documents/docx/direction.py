"""Cuts text into stretches of one direction, for documents that mix French and Arabic.

Word orders a line by the runs' own direction flags, so they are set as the Unicode
bidirectional algorithm (UAX 9) would: letters have a direction, digits take that of the letters
before them, and everything else takes its neighbours' where they agree, the paragraph's where
they do not.
"""

from __future__ import annotations

import re
from itertools import groupby
from unicodedata import bidirectional

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Whatever may make a line run from right to left; text without it needs no second look."""

_STRONG = {"L": False, "R": True, "AL": True}
_NUMBERS = {"EN", "AN"}
_ATTACHED = {"NSM", "BN"}
"""Accents, joiners and variation selectors belong to the character before them."""


def may_be_mixed(text: str) -> bool:
    """Tell whether any of the text may run from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def has_our_letters(text: str) -> bool:
    """Tell whether any letter of the text runs from left to right."""
    return any(bidirectional(character) == "L" for character in text)


def runs_right_to_left(text: str) -> bool:
    """Tell whether a paragraph of this text starts at the right: its first letter decides."""
    kinds = map(bidirectional, text)
    return next((_STRONG[kind] for kind in kinds if kind in _STRONG), False)


def stretches(text: str, *, from_right: bool = False) -> list[tuple[int, int, bool]]:
    """Return (start, end, whether from right to left) of each stretch, in order, without gap.

    The paragraph starts at the right where its first letter does, or where ``from_right`` says so.
    """
    base = from_right or runs_right_to_left(text)
    found = _settled(text, base)
    cuts: list[tuple[int, int, bool]] = []
    start = 0
    for direction, group in groupby(_neutrals_joined(found, base)):
        end = start + sum(1 for _ in group)
        cuts.append((start, end, direction))
        start = end
    return cuts


def _settled(text: str, base: bool) -> list[bool | None]:
    """Return the direction of letters and digits, None for what depends on its neighbours."""
    found: list[bool | None] = []
    strong = base
    for character in text:
        kind = bidirectional(character)
        if kind in _STRONG:
            strong = _STRONG[kind]
            found.append(strong)
        elif kind in _NUMBERS:
            found.append(strong)
        elif kind in _ATTACHED and found:
            found.append(found[-1])
        else:
            found.append(None)
    return found


def _neutrals_joined(found: list[bool | None], base: bool) -> list[bool]:
    joined: list[bool] = []
    before = base
    position = 0
    for direction, group in groupby(found):
        length = sum(1 for _ in group)
        position += length
        if direction is None:
            follower = found[position] if position < len(found) else None
            after = base if follower is None else follower
            joined += [before if before is after else base] * length
        else:
            before = direction
            joined += [direction] * length
    return joined
