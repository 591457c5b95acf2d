"""What a text lost on its way into a document, put back: lines run together, raised letters.

Only what the text itself shows beyond doubt, and every change is told: whoever reads a relevé in
sees it beside the original (domain facts, 0.4 C4 and 0.5).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.dates_in_text import dates_in
from pan_desktop.domain.marks import after_replacing

if TYPE_CHECKING:
    from pan_desktop.domain.marks import Marks

LISTED = "une énumération tapée au fil du texte est mise en liste"
PARTED = "deux paragraphes collés sont séparés"
ORDINAL = "« 1 er », exposant perdu, redevient « 1er »"

_NUMBER = re.compile(r"(?<=[:.;)»])(?P<space> )(?P<number>\d{1,2})[.)] (?=[A-ZÀ-Ý«\"'ÉÈ])")
_PARENTHESIS = re.compile(r"\((?P<inside>[^()]{4,80})\)(?P<space> )(?=[A-ZÀ-Ý][\w’']*)")
_ORDINAL = re.compile(r"(?<![\w.,-])1 (er|ère|re)(?= [a-zà-ÿ])")


class Mended(NamedTuple):
    """A text put right, its marks still on their letters, and what was done, in French."""

    text: str
    marks: Marks
    done: tuple[str, ...] = ()


def mended(text: str, marks: Marks = ()) -> Mended:
    """Return details or a point with what was lost put back."""
    done: list[str] = []
    breaks = _inline_list(text)
    done += [LISTED] if breaks else []
    parted = _glued_paragraphs(text)
    done += [PARTED] if parted else []
    if breaks or parted:
        letters = list(text)
        for place in (*breaks, *parted):
            letters[place] = "\n"
        text = "".join(letters)
    whole = raised_again(text, marks)
    return Mended(whole.text, whole.marks, (*done, *whole.done))


def raised_again(text: str, marks: Marks = ()) -> Mended:
    """Return a text whose "1 er" is "1er" again, as before its raised letters were lost."""
    places = [match.start() + 1 for match in _ORDINAL.finditer(text)]
    if not places:
        return Mended(text, marks)
    for place in reversed(places) if marks else ():
        marks = after_replacing(marks, place, 1, 0)
    return Mended(_ORDINAL.sub(r"1\1", text), marks, (ORDINAL,))


def _inline_list(text: str) -> list[int]:
    """Return the blanks before "1. ", "2. ", "3. " that count in order within one line."""
    if "2. " not in text and "2) " not in text:
        return []
    found: list[int] = []
    for match in _NUMBER.finditer(text):
        if int(match["number"]) == len(found) + 1:
            found.append(match.start("space"))
    return found if len(found) > 1 else []


def _glued_paragraphs(text: str) -> list[int]:
    """Return the blanks behind a deadline in brackets that a new sentence follows unmarked."""
    if ") " not in text:
        return []
    return [
        match.start("space") for match in _PARENTHESIS.finditer(text) if dates_in(match["inside"])
    ]
