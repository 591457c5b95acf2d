"""What papers say, read back from each form of them without the program's own writers.

A paper is a list of lines, each a mark ("-", "2.", "" outside lists) and its text; the cells of
a table are lines of their own, row by row. ``flat`` is what two forms that break lines
differently have in common.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from typing import TYPE_CHECKING

from lxml import html

from pan_desktop.documents.docx.reader import Kind, ReadParagraph, read_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pan_desktop.documents.docx.reader import ReadBlock
    from pan_desktop.gui.preview.boxes import RowBox, TextBox
    from pan_desktop.gui.preview.pages import Page

Line = tuple[str, str]
_SPACES = re.compile(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]+")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def mark_of(level: int, number: int | None, bullets: Sequence[str]) -> str:
    """Return the mark before an entry, as Word counts; the tests' lists end before eleven."""
    if number is None:
        return bullets[level % len(bullets)]
    said = (str(number), chr(ord("a") + number - 1), _ROMAN[min(number, 10)])[level % 3]
    return f"{said})" if level % 3 == 1 else f"{said}."


def flat(lines: Iterable[Line] | str) -> str:
    """Return all that lines say, marks too, without spaces, letters in their plainest form."""
    text = lines if isinstance(lines, str) else "".join(mark + text for mark, text in lines)
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def word_lines(file: Path | bytes, bullets: Sequence[str]) -> list[Line]:
    """Return the lines of a Word file."""
    return _read(read_blocks(file), bullets)


def _read(blocks: Iterable[ReadBlock], bullets: Sequence[str]) -> list[Line]:
    found: list[Line] = []
    for block in blocks:
        if isinstance(block, ReadParagraph):
            item = block.kind is Kind.ITEM
            mark = mark_of(block.level, block.number, bullets) if item else ""
            found.append((mark, block.text))
        else:
            for row in block.rows:
                for cell in row:
                    found += _read(cell, bullets)
    return found


def html_lines(page: str, bullets: Sequence[str]) -> list[Line]:
    """Return the lines of an HTML page, list marks worked out as a browser does."""
    (main,) = html.fromstring(page).iter("main")
    found: list[Line] = []
    _walk(main, bullets, found)
    return found


def _walk(element: html.HtmlElement, bullets: Sequence[str], found: list[Line]) -> None:
    for child in element:
        if child.tag in {"h1", "h2", "h3", "h4", "h5", "h6", "p"}:
            found.append(("", _text(child)))
        elif child.tag in {"ul", "ol"}:
            _walk_list(child, bullets, found)
        elif child.tag != "caption":
            _walk(child, bullets, found)


def _walk_list(element: html.HtmlElement, bullets: Sequence[str], found: list[Line]) -> None:
    level = int((element.get("class") or "niveau0")[-1])
    number = 0
    for item in element:
        number = int(item.get("value", number + 1))
        mark = mark_of(level, number if element.tag == "ol" else None, bullets)
        found.append((mark, _text(item)))
        for nested in item:
            if nested.tag in {"ul", "ol"}:
                _walk_list(nested, bullets, found)


def _text(element: html.HtmlElement) -> str:
    """Return an element's own text, nested lists left out."""
    found = element.text or ""
    for child in element:
        if child.tag not in {"ul", "ol"}:
            found += "\n" if child.tag == "br" else _text(child)
        found += child.tail or ""
    return found


def pdf_pages(file: Path) -> list[str]:
    """Return the text of a PDF's pages in the order in which it is painted (poppler)."""
    said = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", file, "-"], check=True, capture_output=True
    )
    return said.stdout.decode().removesuffix("\f").split("\f")


def preview_pages(pages: Sequence[Page]) -> list[list[Line]]:
    """Return the lines on each page of the preview, headers repeated and rows cut as they are."""
    return [[line for piece in page for line in _said(piece.box, *piece.part)] for page in pages]


def _said(box: TextBox | RowBox, top: float, bottom: float) -> list[Line]:
    columns = getattr(box, "_columns", None)
    if columns is not None:
        found: list[Line] = []
        for column in columns:
            for y, inner in column:
                first, last = max(top - y, 0.0), min(bottom - y, inner.height)
                if first < last:
                    found += _said(inner, first, last)
        return found
    layout = box._layout  # type: ignore[union-attr]
    units = layout.text().encode("utf-16-le")
    said, mark = "", ""
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        if top - 0.5 <= line.y() < bottom - 0.5:
            start = line.textStart() * 2
            said += units[start : start + line.textLength() * 2].decode("utf-16-le")
            mark = mark or (box.mark if number == 0 else "")  # type: ignore[union-attr]
    return [(mark, said)] if said or mark else []
