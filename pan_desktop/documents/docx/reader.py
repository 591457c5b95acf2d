"""Reads a Word file into neutral blocks: what it says and how it is built, no look.

Used to check every file just written against what was meant, so it shares nothing with the
code that writes: styles, lists and numbers are worked out from the file alone, as Word does.
It reads files of other programs too. What it does not follow: text boxes, notes, numbering
styles (``w:numStyleLink``), merged cells; text deleted under "track changes" is left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pan_desktop.documents.docx.definitions import Kind
from pan_desktop.documents.docx.stream import (
    DAMAGED,
    Edge,
    ParagraphMark,
    Stretch,
    TableMark,
    Token,
    UnreadableDocumentError,
    read_stream,
)

__all__ = [
    "Kind",
    "ReadBlock",
    "ReadParagraph",
    "ReadTable",
    "Stretch",
    "UnreadableDocumentError",
    "read_blocks",
]


class ReadParagraph(NamedTuple):
    """A paragraph of any kind.

    ``level`` counts from 1 for headings, from 0 for items of lists. ``list_number`` tells
    lists apart: 1 for the first of the document; 0 outside lists. ``number`` is what the reader
    sees before an ordered item, as a number ("b)" is 2).
    """

    kind: Kind
    level: int
    stretches: tuple[Stretch, ...]
    list_number: int = 0
    ordered: bool = False
    number: int | None = None

    @property
    def text(self) -> str:
        """Return the paragraph's text without its look."""
        return "".join([stretch.text for stretch in self.stretches])


class ReadTable(NamedTuple):
    """A table; ``header_rows`` of its first rows are repeated on each page."""

    header_rows: int
    rows: tuple[tuple[tuple[ReadParagraph | ReadTable, ...], ...], ...]
    caption: str = ""
    description: str = ""


ReadBlock = ReadParagraph | ReadTable


def read_blocks(source: Path | bytes) -> tuple[ReadBlock, ...]:
    """Return the blocks of a Word file's body, in order, empty paragraphs included.

    Only the empty paragraph that a writer of ours sets after a table is left out: it says
    nothing and Word demands it. Raises UnreadableDocumentError; OSError when the file cannot be
    opened.
    """
    data = source.read_bytes() if isinstance(source, Path) else source
    folding = _Folding(read_stream(data))
    return folding.blocks()


class _Folding:
    """One walk along a stream."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def blocks(self) -> tuple[ReadBlock, ...]:
        """Return the blocks from here to what ends them: a cell, a row, a table's end."""
        found: list[ReadBlock] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if isinstance(token, Edge):
                break
            self._at += 1
            if isinstance(token, TableMark):
                found.append(self._table(token))
            elif isinstance(token, ParagraphMark):
                counted = token.list_number, token.ordered, token.number
                found.append(ReadParagraph(token.kind, token.level, self._stretches(), *counted))
        return tuple(found)

    def _stretches(self) -> tuple[Stretch, ...]:
        found: list[Stretch] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if isinstance(token, str):
                found.append(Stretch(token))
            elif isinstance(token, Stretch):
                found.append(token)
            else:
                break
            self._at += 1
        return tuple(found)

    def _table(self, mark: TableMark) -> ReadTable:
        rows: list[list[tuple[ReadBlock, ...]]] = []
        header_rows = 0
        while True:
            token = self._tokens[self._at] if self._at < len(self._tokens) else None
            self._at += 1
            if token is Edge.TABLE_END:
                break
            if token is Edge.CELL and rows:
                rows[-1].append(self.blocks())
            elif token in {Edge.ROW, Edge.HEADER_ROW}:
                rows.append([])
                header_rows += token is Edge.HEADER_ROW
            else:  # a cell in no row, a paragraph in no cell
                raise UnreadableDocumentError(*DAMAGED)
        return ReadTable(header_rows, tuple(map(tuple, rows)), *mark)
