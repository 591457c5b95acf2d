"""Light inline marks of a text: bold, italic, raised.

The text itself stays plain, so that checks, search and typography read it as it is; its marks
are stretches kept beside it, written "b0-5 s12-14" in the store. Offsets count characters
(code points), never the units of an editor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Look(StrEnum):
    """What a mark does to its stretch; the value is its letter in the store."""

    BOLD = "b"
    ITALIC = "i"
    SUPERSCRIPT = "s"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A look on the characters from ``start`` up to ``end``, which is not in it."""

    start: int
    end: int
    look: Look


Marks = tuple[Mark, ...]

_WRITTEN = re.compile(r"([bis])(\d+)-(\d+)")


@lru_cache(maxsize=4096)
def decoded(written: str) -> Marks:
    """Return the marks that the store's words mean; what is no mark is passed over."""
    found = (Mark(int(m[2]), int(m[3]), Look(m[1])) for m in _WRITTEN.finditer(written))
    return joined(mark for mark in found if mark.start < mark.end)


def encoded(marks: Iterable[Mark]) -> str:
    """Return the marks as the store keeps them, in one form for one meaning."""
    return " ".join(f"{mark.look}{mark.start}-{mark.end}" for mark in joined(marks))


def joined(marks: Iterable[Mark]) -> Marks:
    """Return the marks in order, those of one look that touch or overlap made one."""
    known = sorted(marks)
    if len(known) < 2:
        return tuple(known)
    found: list[Mark] = []
    for look in Look:
        for mark in marks_of(known, look):
            last = found[-1] if found and found[-1].look is look else None
            if last is not None and mark.start <= last.end:
                found[-1] = Mark(last.start, max(last.end, mark.end), look)
            else:
                found.append(mark)
    return tuple(sorted(found))


def marks_of(marks: Iterable[Mark], look: Look) -> Marks:
    """Return the marks of one look."""
    return tuple(mark for mark in marks if mark.look is look)


def clipped(marks: Iterable[Mark], start: int, end: int) -> Marks:
    """Return the marks of the stretch from ``start`` to ``end``, counted from its beginning."""
    inside = (
        Mark(max(m.start, start) - start, min(m.end, end) - start, m.look)
        for m in marks
        if m.start < end and m.end > start
    )
    return joined(inside)


def shifted(marks: Iterable[Mark], by: int) -> Marks:
    """Return the marks moved along by ``by`` characters."""
    return tuple(Mark(m.start + by, m.end + by, m.look) for m in marks)


def after_replacing(marks: Iterable[Mark], start: int, removed: int, added: int) -> Marks:
    """Return the marks once ``removed`` characters at ``start`` have given way to ``added``.

    What replaces a stretch looks as the whole stretch did; a mark ending inside it ends before.
    """
    end, moved = start + removed, added - removed
    found: list[Mark] = []
    for mark in marks:
        first = mark.start if mark.start <= start else max(mark.start + moved, start + added)
        last = mark.end if mark.end <= start else mark.end + moved
        if start < mark.end < end:
            last = start
        if start < mark.start < end:
            first = start + added
        if first < last:
            found.append(Mark(first, last, mark.look))
    return joined(found)


def stretches(text: str, marks: Marks) -> tuple[tuple[str, frozenset[Look]], ...]:
    """Return the text cut where a mark begins or ends, each part with its looks."""
    if not marks:
        return ((text, frozenset()),) if text else ()
    edges = {0, len(text)}
    for mark in marks:
        edges |= {min(mark.start, len(text)), min(mark.end, len(text))}
    return tuple(
        (text[a:b], frozenset(m.look for m in marks if m.start <= a and b <= m.end))
        for a, b in pairwise(sorted(edges))
    )
