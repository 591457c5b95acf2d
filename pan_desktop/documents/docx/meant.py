"""Says what reading a document's file back must give: the model as a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.docx.definitions import Kind
from pan_desktop.documents.docx.stream import (
    PLAIN,
    Edge,
    ParagraphMark,
    Stretch,
    TableMark,
)
from pan_desktop.documents.model import Heading, Paragraph, Table, Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.docx.stream import Token
    from pan_desktop.documents.model import Block, Cell, ItemList, Runs


def meant_stream(blocks: Sequence[Block]) -> list[Token]:
    """Return the stream that reading a file of these blocks must give."""
    meaning = _Meaning()
    meaning.blocks(blocks)
    return meaning.found


class _Meaning:
    """One document's meaning; numbers its lists."""

    def __init__(self) -> None:
        self.found: list[Token] = []
        self._lists = 0

    def blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.found.append(PLAIN)
                self._text(block.runs)
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Heading):
                self.found.append(ParagraphMark(Kind.HEADING, block.level))
                self._text(block.runs)
            elif isinstance(block, Title):
                self.found.append(ParagraphMark(Kind.SUBTITLE if block.subtitle else Kind.TITLE))
                self._text(block.runs)
            else:
                self._items(block)

    def _items(self, block: ItemList) -> None:
        counters: dict[int, int] = {}
        lists: dict[int, int] = {}
        bullets = 0
        for item in block.items:
            level, counted = item.level, item.numbered or block.ordered
            counters = {k: v for k, v in counters.items() if k < level + counted}
            lists = {k: v for k, v in lists.items() if block.ordered or k < level + counted}
            count = None
            if counted:
                count = counters[level] = counters.get(level, 0) + 1
                own = next(iter(lists.values()), 0) if block.ordered else lists.get(level, 0)
            else:
                own = bullets
            if not own:
                self._lists += 1
                own = self._lists
            if counted:
                lists[level] = own
            else:
                bullets = own
            self.found.append(ParagraphMark(Kind.ITEM, level, own, counted, count))
            self._text(item.runs)

    def _table(self, table: Table) -> None:
        self.found += (TableMark(table.caption, table.description), Edge.HEADER_ROW)
        self._row(table.header)
        for row in table.rows:
            self.found.append(Edge.ROW)
            self._row(row)
        self.found.append(Edge.TABLE_END)

    def _row(self, row: Sequence[Cell]) -> None:
        found = self.found
        for cell in row:
            found.append(Edge.CELL)
            before = len(found)
            self.blocks(cell.blocks)
            if len(found) == before:
                found.append(PLAIN)  # a cell holds a paragraph even when it holds nothing

    def _text(self, runs: Runs) -> None:
        """Add the runs, neighbours of the same look joined and empty ones left out."""
        found = self.found
        for run in runs:
            text = run.text
            if not text:
                continue
            last = found[-1]
            if run.bold or run.italic or run.superscript:
                look = run.bold, run.italic, run.superscript
                if isinstance(last, Stretch) and last[1:] == look:
                    text = last.text + text
                    del found[-1]
                found.append(Stretch(text, *look))
            elif isinstance(last, str):
                found[-1] = last + text
            else:
                found.append(text)
