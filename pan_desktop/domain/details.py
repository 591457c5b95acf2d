"""The details of a commitment's progress: a text whose numbered or dashed lines are lists.

Kept as typed, one paragraph a line, because that is what the focal point gave; a run of lines
"1. ", "2. ", "3. " is a numbered list, a run of "- " lines a list of bullets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

_NUMBERED = re.compile(r"^([1-9][0-9]{0,2})\.\s+(?=\S)")
_DASHED = re.compile(r"^[-–•]\s+(?=\S)")
_LINE_END = re.compile("(\r\n|\r|\n)")
_ENDS = frozenset({"\r\n", "\r", "\n"})


class Shape(Enum):
    """What a stretch of details is."""

    PARAGRAPH = "paragraph"
    NUMBERED = "numbered"
    BULLETS = "bullets"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one shape, without their marks; a paragraph stands alone."""

    shape: Shape
    lines: tuple[str, ...]
    starts: tuple[int, ...] = field(default=(), compare=False)
    """Where in the text each line's words begin, its mark left out."""


def stretches(text: str) -> tuple[Stretch, ...]:
    """Return the paragraphs and lists of a text of details; empty lines only separate.

    A number starts a list only at 1 and goes on only in order: "2. La suite" alone stays text.
    """
    found: list[tuple[Shape, list[tuple[int, str]]]] = []
    start = 0
    # "\r\n" counts as two, so that what is counted here are places in the text as it stands.
    for line in _LINE_END.split(text):
        here, start = start, start + len(line)
        words = line.strip()
        if not words or line in _ENDS:
            continue
        here += len(line) - len(line.lstrip())
        last = found[-1] if found else None
        numbered, dashed = _NUMBERED.match(words), _DASHED.match(words)
        if numbered:
            count = len(last[1]) if last and last[0] is Shape.NUMBERED else 0
            if int(numbered[1]) in (count + 1, 1):
                entry = (here + numbered.end(), words[numbered.end() :])
                _append(found, Shape.NUMBERED, entry, new=numbered[1] == "1")
                continue
        if dashed:
            entry = (here + dashed.end(), words[dashed.end() :])
            _append(found, Shape.BULLETS, entry, new=False)
        else:
            found.append((Shape.PARAGRAPH, [(here, words)]))
    return tuple(
        Stretch(shape, tuple(line for _, line in lines), tuple(place for place, _ in lines))
        for shape, lines in found
    )


def _append(
    found: list[tuple[Shape, list[tuple[int, str]]]],
    shape: Shape,
    entry: tuple[int, str],
    *,
    new: bool,
) -> None:
    if found and found[-1][0] is shape and not new:
        found[-1][1].append(entry)
    else:
        found.append((shape, [entry]))
