"""The details of a commitment's progress: a text whose numbered or dashed lines are lists.

Kept as typed, one paragraph a line, because that is what the focal point gave; a run of lines
"1. ", "2. ", "3. " is a numbered list, a run of "- " lines a list of bullets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_NUMBERED = re.compile(r"^([1-9][0-9]{0,2})\.\s+(?=\S)")
_DASHED = re.compile(r"^[-–•]\s+(?=\S)")


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


def stretches(text: str) -> tuple[Stretch, ...]:
    """Return the paragraphs and lists of a text of details; empty lines only separate.

    A number starts a list only at 1 and goes on only in order: "2. La suite" alone stays text.
    """
    found: list[tuple[Shape, list[str]]] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        words = line.strip()
        if not words:
            continue
        last = found[-1] if found else None
        numbered, dashed = _NUMBERED.match(words), _DASHED.match(words)
        if numbered:
            count = len(last[1]) if last and last[0] is Shape.NUMBERED else 0
            if int(numbered[1]) in (count + 1, 1):
                _append(found, Shape.NUMBERED, words[numbered.end() :], new=numbered[1] == "1")
                continue
        if dashed:
            _append(found, Shape.BULLETS, words[dashed.end() :], new=False)
        else:
            found.append((Shape.PARAGRAPH, [words]))
    return tuple(Stretch(shape, tuple(lines)) for shape, lines in found)


def _append(found: list[tuple[Shape, list[str]]], shape: Shape, line: str, *, new: bool) -> None:
    if found and found[-1][0] is shape and not new:
        found[-1][1].append(line)
    else:
        found.append((shape, [line]))
