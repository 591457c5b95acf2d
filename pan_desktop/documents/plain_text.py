"""Writes a document as plain text, to be pasted into a mail.

Lines are not wrapped: mail programs wrap by their own width, and a line cut at 78 characters
leaves ragged halves in one that is narrower. A table is one line a row, its cells in their order
between bars, what a cell says further on under it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.model import Heading, ItemList, Paragraph, Table, Title
from pan_desktop.documents.numbering import counted, number_mark
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from pan_desktop.documents.model import Block, Cell, Document, Runs

_STEP = "  "
_BAR = " | "
_BULLETS = {Typography.FIDELE: "-", Typography.SOIGNE: "\u2013"}


def plain_text(document: Document) -> str:
    """Return the whole document as lines, the last one ended too."""
    bullet = _BULLETS[document.typography]
    parts: list[str] = []
    before: Block | None = None
    for block in document.blocks:
        lines = _lines(block, bullet)
        if not lines:
            continue
        if before is not None and not _joined(before, block):
            parts.append("")
        parts += lines
        before = block
    return "\n".join(parts) + "\n"


def _joined(before: Block, block: Block) -> bool:
    """Tell whether a block follows the other without an empty line."""
    if isinstance(before, Title) and isinstance(block, Title):
        return True
    return isinstance(before, Heading) and isinstance(block, Paragraph | ItemList)


def _lines(block: Block, bullet: str) -> list[str]:
    match block:
        case Title(runs, subtitle):
            words = _text(runs)
            # Only the title is underlined: under every heading it would be noise in a mail.
            return words if subtitle else [*words, "=" * max(map(len, words))]
        case Heading(_, runs) | Paragraph(runs):
            return _text(runs)
        case ItemList():
            return _items(block, bullet)
        case Table():
            rows = (block.header, *block.rows)
            return [line for row in rows for line in _row(row, bullet)]


def _items(block: ItemList, bullet: str) -> list[str]:
    lines: list[str] = []
    for item, number in counted(block):
        mark = bullet if number is None else number_mark(item.level, number)
        indent = _STEP * item.level
        first, *others = _text(item.runs)
        lines.append(f"{indent}{mark} {first}")
        lines += [f"{indent}{' ' * len(mark)} {line}" for line in others]
    return lines


def _row(row: tuple[Cell, ...], bullet: str) -> list[str]:
    found: list[str] = []
    for cell in row:
        first, *others = [line for block in cell.blocks for line in _lines(block, bullet)] or [""]
        if found:
            found[-1] += f"{_BAR}{first}"
        else:
            found.append(first)
        found += [f"{_STEP}{line}" for line in others]
    return found


def _text(runs: Runs) -> list[str]:
    return "".join(run.text for run in runs).split("\n")
