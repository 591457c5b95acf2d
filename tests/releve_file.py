"""What a written .docx says, in the blocks and rows of `seed_text`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.docx.reader import ReadBlock, ReadParagraph, ReadTable, read_blocks
from tests.seed_text import plain, point

if TYPE_CHECKING:
    from pathlib import Path


def read_back(file: Path) -> tuple[list[str], list[list[str]]]:
    """Return the blocks of a Word file, its tables left out, and the rows of its tables."""
    blocks: list[str] = []
    rows: list[list[str]] = []
    for block in read_blocks(file):
        if isinstance(block, ReadTable):
            rows += [[_cell(cell) for cell in row] for row in block.rows]
        elif block.list_number:
            blocks.append(point(block.level, block.text))
        elif block.text.strip():
            blocks.append(plain(block.text))
    return blocks, rows


def _cell(blocks: tuple[ReadBlock, ...]) -> str:
    """Return a cell in one line, the marks of its lists written out."""
    parts: list[str] = []
    for block in blocks:
        assert isinstance(block, ReadParagraph)
        mark = f"{block.number}. " if block.ordered else "- " if block.list_number else ""
        parts.append(mark + block.text)
    return plain(" ".join(parts))
