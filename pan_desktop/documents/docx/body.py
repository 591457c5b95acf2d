"""Writes a document's body and its lists as WordprocessingML, in strings.

Strings, because building the same tree node by node takes ten times as long, and parsing them
again to check them (see ``stream``) costs less than that. The order of elements is the schema's.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pan_desktop.documents.docx.direction import runs_right_to_left
from pan_desktop.documents.docx.runs import attribute, written, written_mixed
from pan_desktop.documents.docx.template import HEADINGS
from pan_desktop.documents.model import Heading, ItemList, Paragraph, Table, Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.docx.template import Template
    from pan_desktop.documents.model import Block, Cell, Document, Runs

_SHORT_ROW = 500
"""Up to so many characters (seven lines or so) a row is not cut by the end of a page."""

LEVELS = 9
"""How deep Word's lists go."""

_CELL_EDGES = 226
"""What our tables leave on both sides of a cell's text."""

_BETWEEN_ARABIC = "fr-FR"
"""What is in our letters in an Arabic document: names of bodies, plans, addresses."""

# What a paragraph's properties may say beside its style; lengths in twentieths of a point.
_KEEP = "<w:keepNext/>"
_RIGHT_TO_LEFT = "<w:bidi/>"
_CENTRED = '<w:jc w:val="center"/>'
_AFTER_TABLE = '<w:spacing w:before="200"/>'
_APART = '<w:spacing w:before="480"/>'
_BEFORE_TABLE = '<w:spacing w:after="140"/>'


def is_arabic(language: str) -> bool:
    """Tell whether a document of that language runs from the right throughout."""
    return language.partition("-")[0].lower() == "ar"


def build(document: Document, template: Template, *, mixed: bool) -> tuple[str, str]:
    """Return the XML of the document's own text and that of the numbering part.

    The text must be fit for XML (see ``characters``); ``mixed`` tells whether any of it may run
    from right to left. Raises ValueError for a document that breaks the model's own rules: a row
    without as many cells as its table has columns, a level that Word does not have.
    """
    body = _Body(document, template, mixed=mixed)
    return body.text(), body.numbering()


class _Body:
    """One document's body under construction."""

    def __init__(self, document: Document, template: Template, *, mixed: bool) -> None:
        self._document = document
        self._template = template
        self._styles = template.styles
        self._mixed = mixed
        self._pieces: list[str] = []
        self._lists: list[str] = []
        language = document.properties.language
        self._arabic = is_arabic(language)
        # Arabic says of itself that it is; what stands between in our letters is French.
        language = _BETWEEN_ARABIC if self._arabic else language
        # French in a French template needs no mark on every run.
        foreign = language and language != template.language
        self._language = f'<w:lang w:val="{attribute(language)}"/>' if foreign else ""

    def text(self) -> str:
        """Return the XML of what stands between the template's opening and its closing."""
        blocks = self._document.blocks
        before: Block | None = None
        for position, block in enumerate(blocks):
            follower = blocks[position + 1] if position + 1 < len(blocks) else None
            self._block(block, before, follower)
            before = block
        return "".join(self._pieces)

    def numbering(self) -> str:
        """Return the XML of the numbering part, with the lists written so far."""
        start = self._template.numbering_start[self._document.typography]
        return f"{start}{''.join(self._lists)}</w:numbering>"

    def _block(self, block: Block, before: Block | None, follower: Block | None) -> None:
        styles = self._styles
        first = _AFTER_TABLE if isinstance(before, Table) else ""
        introduces = isinstance(follower, Table)
        if isinstance(block, Table):
            self._table(block)
            # Word joins two tables in a row, and wants a paragraph after the last one.
            if follower is None or introduces:
                self._paragraph((), styles.after_table)
        elif isinstance(block, Title):
            self._paragraph(block.runs, styles.subtitle if block.subtitle else styles.title)
        elif isinstance(block, Heading):
            if not 1 <= block.level <= HEADINGS:
                raise ValueError(f"a heading of level {block.level}")
            self._paragraph(block.runs, styles.headings[block.level - 1])
        elif isinstance(block, Paragraph):
            keep = _KEEP if introduces or isinstance(follower, ItemList) else ""
            layout = first or (_BEFORE_TABLE if introduces else _APART if block.apart else "")
            if block.half:
                layout += f'<w:ind w:left="{self._template.text_width // 2}"/>'
            self._paragraph(block.runs, "", keep=keep, layout=layout)
        else:
            self._list(block, first=first, introduces=introduces)

    def _paragraph(
        self,
        runs: Runs,
        style: str,
        *,
        keep: str = "",
        numbered: str = "",
        layout: str = "",
        from_right: str = "",
    ) -> None:
        """Write a paragraph; ``from_right`` is its layout where it starts at the right."""
        direction = ""
        if self._mixed:
            text, starts_right = written_mixed(runs, self._language, from_right=self._arabic)
            if starts_right:
                direction, layout = _RIGHT_TO_LEFT, from_right or layout
        else:
            text = written(runs, self._language)
        opening = _opening(style, keep, numbered, direction, layout)
        self._pieces.append(f"{opening}{text}</w:p>")

    def _new_list(self, deepest: int, *, in_cell: bool, ordered: bool) -> tuple[str, int]:
        """Add a list of its own, so deep; return its paragraphs' style and its number."""
        look = self._template.lists[self._document.typography, in_cell, ordered]
        number = self._template.next_list + len(self._lists)
        # Lists of one definition go on counting from one another, unless told to start again.
        restarts = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for level in range(deepest + 1 if ordered else 0)
        )
        self._lists.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{look.definition}"/>'
            f"{restarts}</w:num>"
        )
        return look.style, number

    def _listed(self, block: ItemList, *, in_cell: bool) -> list[tuple[str, int]]:
        """Return the style and the list of each item: one list, and one for each run of numbers.

        A run ends where a bullet of its level stands, or where its parent changes.
        """
        levels = [item.level for item in block.items]
        deepest = max(levels)
        if min(levels) < 0 or deepest >= LEVELS:
            raise ValueError(f"a list with the levels {min(levels)} to {deepest}")
        if block.ordered or not any(item.numbered for item in block.items):
            whole = self._new_list(deepest, in_cell=in_cell, ordered=block.ordered)
            return [whole] * len(levels)
        bullets: tuple[str, int] | None = None
        runs: dict[int, tuple[str, int]] = {}
        found: list[tuple[str, int]] = []
        for item in block.items:
            level = item.level
            runs = {k: v for k, v in runs.items() if k < level + item.numbered}
            if item.numbered:
                if level not in runs:
                    runs[level] = self._new_list(deepest, in_cell=in_cell, ordered=True)
                found.append(runs[level])
            else:
                bullets = bullets or self._new_list(deepest, in_cell=in_cell, ordered=False)
                found.append(bullets)
        return found

    def _list(self, block: ItemList, *, first: str, introduces: bool) -> None:
        """Write a list of the body; ``first`` is the first item's layout."""
        if not block.items:
            return
        listed = self._listed(block, in_cell=False)
        for position, (item, (style, number)) in enumerate(zip(block.items, listed, strict=True)):
            follower = block.items[position + 1] if position + 1 < len(block.items) else None
            before_table = introduces and follower is None
            # What introduces a table, or points under it, stays on their page.
            keep = before_table or (follower is not None and follower.level > item.level)
            self._paragraph(
                item.runs,
                style,
                keep=_KEEP if keep else "",
                numbered=_numbered(item.level, number),
                layout=first or (_BEFORE_TABLE if before_table else ""),
            )
            first = ""

    def _table(self, table: Table) -> None:
        if not table.widths:
            raise ValueError("a table without columns")
        template = self._template
        least = [_longest_word(cell) * template.letter for cell in table.header]
        widths = _column_widths(table.widths, template.text_width, least)
        # A table whose headings are Arabic has its first column at the right.
        visual = self._arabic or (
            self._mixed and runs_right_to_left("".join(map(_cell_text, table.header)))
        )
        caption, description = attribute(table.caption), attribute(table.description)
        pieces = self._pieces
        pieces += (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._styles.table}"/>',
            "<w:bidiVisual/>" if visual else "",
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>',
            '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" ',
            'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>',
            f'<w:tblCaption w:val="{caption}"/>' if caption else "",
            f'<w:tblDescription w:val="{description}"/>' if description else "",
            "</w:tblPr><w:tblGrid>",
            *(f'<w:gridCol w:w="{width}"/>' for width in widths),
            "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
        )
        starts = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>' for width in widths]
        for cell, start in zip(table.header, starts, strict=True):
            pieces.append(start)
            self._cell(cell, self._styles.cell_header, _CENTRED if cell.centred else "")
        plain, centred = self._styles.cell, self._styles.cell_centred
        short, long = _row_openings(table.row_height)
        for row in table.rows:
            pieces.append(short if _is_short(row) else long)
            for cell, start in zip(row, starts, strict=True):
                pieces.append(start)
                self._cell(cell, centred if cell.centred else plain)
        pieces.append("</w:tr></w:tbl>")

    def _cell(self, cell: Cell, style: str, layout: str = "") -> None:
        before = len(self._pieces)
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block.runs, style, layout=layout)
            elif block.items:
                listed = self._listed(block, in_cell=True)
                for item, (list_style, number) in zip(block.items, listed, strict=True):
                    self._paragraph(
                        item.runs,
                        list_style,
                        numbered=_numbered(item.level, number),
                        from_right=_further_in(item.level, ordered=block.ordered or item.numbered),
                    )
        if len(self._pieces) == before:
            # Word calls a cell without a paragraph a damaged file.
            self._paragraph((), style, layout=layout)
        self._pieces.append("</w:tc>")


@lru_cache(maxsize=32)
def _further_in(level: int, *, ordered: bool) -> str:
    """Return where an item of a cell stands that starts at the right.

    LibreOffice sets its mark beyond the place that Word gives it, over the edge of the cell: there
    must be room for it.
    """
    left, step, hanging = (567, 340, 340) if ordered else (425, 255, 198)
    return f'<w:ind w:left="{left + level * step}" w:hanging="{hanging}"/>'


def _numbered(level: int, number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


@lru_cache(maxsize=256)
def _opening(style: str, keep: str, numbered: str, direction: str, layout: str) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = f"{named}{keep}{numbered}{direction}{layout}"
    return f"<w:p><w:pPr>{inside}</w:pPr>" if inside else "<w:p>"


def _row_openings(least: float) -> tuple[str, str]:
    """Return what ends a row and begins one that stays whole, and one that need not."""
    height = f'<w:trHeight w:val="{round(least * 20)}" w:hRule="atLeast"/>' if least else ""
    properties = f"<w:trPr>{height}</w:trPr>" if height else ""
    short = f"</w:tr><w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>"
    return short, f"</w:tr><w:tr>{properties}"


def _column_widths(shares: Sequence[float], total: int, least: Sequence[int]) -> list[int]:
    """Return whole widths that add up to the total, however the shares are rounded.

    Where there is room for it a column is wide enough for its head (``least``), at the cost of
    the widest.
    """
    whole = sum(shares)
    edges = [round(sum(shares[:count]) / whole * total) for count in range(len(shares) + 1)]
    widths = [right - left for left, right in pairwise(edges)]
    widest = widths.index(max(widths))
    for column, wanted in enumerate(least):
        lacking = wanted + _CELL_EDGES - widths[column] if wanted else 0
        if column != widest and lacking > 0 and widths[widest] - lacking >= total // 2:
            widths[column] += lacking
            widths[widest] -= lacking
    return widths


def _longest_word(cell: Cell) -> int:
    return max((len(word) for word in _cell_text(cell).split()), default=0)


def _is_short(row: tuple[Cell, ...]) -> bool:
    """Tell whether a row is to stay whole; run for each row of a table, so it builds nothing."""
    length = 0
    for cell in row:
        for block in cell.blocks:
            for part in (block,) if isinstance(block, Paragraph) else block.items:
                for run in part.runs:
                    length += len(run.text)
    return length <= _SHORT_ROW


def _cell_text(cell: Cell) -> str:
    runs: list[Runs] = []
    for block in cell.blocks:
        runs += [block.runs] if isinstance(block, Paragraph) else [i.runs for i in block.items]
    return "".join(run.text for stretch in runs for run in stretch)
