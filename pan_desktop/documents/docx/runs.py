"""Writes text as WordprocessingML runs: looks, languages, directions, line breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pan_desktop.documents.docx.direction import (
    has_our_letters,
    may_be_mixed,
    runs_right_to_left,
    stretches,
)

if TYPE_CHECKING:
    from pan_desktop.documents.model import Run, Runs

_BREAKS = re.compile("([\n\t])")
_BREAK = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_ARABIC = '<w:rtl/><w:lang w:bidi="ar-MA"/>'


def escape(text: str) -> str:
    """Return text fit to stand between two tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Return text fit to stand in a quoted attribute, its line breaks and tabs kept."""
    quoted = escape(text).replace('"', "&quot;")
    return quoted.replace("\n", "&#10;").replace("\t", "&#9;")


def written(runs: Runs, language: str) -> str:
    """Return the XML of runs from left to right; ``language`` is what their properties say."""
    return "".join([_run(run, run.text, language) for run in runs if run.text])


def written_mixed(runs: Runs, language: str, *, from_right: bool = False) -> tuple[str, bool]:
    """Return the XML of runs in any direction, and whether their paragraph starts at the right.

    ``from_right`` has it start there unless it is all in our letters, as the paragraphs of an
    Arabic document do: French from the right would have its full stop before its first word.
    """
    text = "".join([run.text for run in runs])
    if not may_be_mixed(text) and (not from_right or has_our_letters(text)):
        return written(runs, language), False
    cuts = stretches(text, from_right=from_right)
    pieces: list[str] = []
    start = 0
    for run in runs:
        end = start + len(run.text)
        for first, last, right_to_left in cuts:
            part = text[max(first, start) : min(last, end)]
            if part:
                pieces.append(_run(run, part, _ARABIC if right_to_left else language))
        start = end
    return "".join(pieces), from_right or runs_right_to_left(text)


def _run(run: Run, text: str, extra: str) -> str:
    look = extra
    if run.superscript:
        look = f'<w:vertAlign w:val="superscript"/>{look}'
    if run.italic:
        look = f"<w:i/><w:iCs/>{look}"
    if run.bold:
        look = f"<w:b/><w:bCs/>{look}"
    content = escape(text)
    if "\n" in content or "\t" in content:
        inside = "".join(
            _BREAK.get(piece) or f'<w:t xml:space="preserve">{piece}</w:t>'
            for piece in _BREAKS.split(content)
            if piece
        )
    else:
        inside = f'<w:t xml:space="preserve">{content}</w:t>'
    return f"<w:r><w:rPr>{look}</w:rPr>{inside}</w:r>" if look else f"<w:r>{inside}</w:r>"
