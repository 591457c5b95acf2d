"""Takes out of a document the characters that no XML file can carry, and says where they were.

XML 1.0 (section 2.2) has no form of most control characters, of half surrogate pairs and of
U+FFFE and U+FFFF. They come with text pasted from other programs and cannot be seen; leaving
them out is the only way to write the file, and it is reported.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pan_desktop.documents.model import (
    Cell,
    Heading,
    ItemList,
    Paragraph,
    Run,
    Table,
    Title,
)

if TYPE_CHECKING:
    from pan_desktop.documents.model import Block, Document, Properties, Runs

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TO_CHANGE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""The forbidden ones and the carriage return, which XML readers turn into a newline."""

_ASKING = bytes([*range(9), *range(0xB, 0x20), *range(0xD6, 0xE1), 0xED, 0xEF, 0xF0])
"""The bytes of UTF-8 that begin whatever may be forbidden, or run from right to left."""
_MARK = "\u200f".encode()

Removed = tuple[str, int]
"""Where a character was, in French, and which it was: its code point."""


def asks_for_care(text: bytes) -> bool:
    """Tell whether UTF-8 may hold something forbidden or from right to left.

    Says yes too often (an emoji, Korean), never no wrongly. Counting bytes takes a third of the
    time of a search for characters, and most documents hold nothing of the kind.
    """
    return len(text.translate(None, _ASKING)) < len(text) or _MARK in text


def is_clean(text: str) -> bool:
    """Tell whether the text can be written as it stands."""
    return _TO_CHANGE.search(text) is None


def clean(document: Document) -> tuple[Document, tuple[Removed, ...]]:
    """Return the document as it can be written, and each character left out, with its place.

    Line ends become one newline each, as in every text program; that is not reported.
    """
    cleaner = _Cleaner()
    blocks = tuple(cleaner.block(block) for block in document.blocks)
    properties = cleaner.properties(document.properties)
    return replace(document, blocks=blocks, properties=properties), tuple(cleaner.removed)


class _Cleaner:
    def __init__(self) -> None:
        self.removed: list[Removed] = []
        self._counts: dict[str, int] = {}

    def properties(self, properties: Properties) -> Properties:
        return replace(
            properties,
            title=self._text(properties.title, "propriété « titre »"),
            subject=self._text(properties.subject, "propriété « objet »"),
            author=self._text(properties.author, "propriété « auteur »"),
            language=self._text(properties.language, "propriété « langue »"),
            fields=tuple(
                (name, self._text(value, f"champ « {name} »")) for name, value in properties.fields
            ),
        )

    def block(self, block: Block) -> Block:
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Title):
            return replace(block, runs=self._runs(block.runs, self._next("titre")))
        if isinstance(block, Heading):
            return replace(block, runs=self._runs(block.runs, self._next("intertitre")))
        if isinstance(block, Paragraph):
            return replace(block, runs=self._runs(block.runs, self._next("paragraphe")))
        return self._list(block, self._next("liste"))

    def _next(self, kind: str) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind} {self._counts[kind]}"

    def _list(self, block: ItemList, place: str) -> ItemList:
        items = tuple(
            replace(item, runs=self._runs(item.runs, f"{place}, point {number}"))
            for number, item in enumerate(block.items, 1)
        )
        return replace(block, items=items)

    def _table(self, table: Table) -> Table:
        place = self._next("tableau")
        header, *rows = (
            tuple(
                self._cell(cell, f"{place}, ligne {line}, colonne {column}")
                for column, cell in enumerate(row, 1)
            )
            for line, row in enumerate((table.header, *table.rows), 1)
        )
        return replace(
            table,
            header=header,
            rows=tuple(rows),
            caption=self._text(table.caption, f"{place}, légende"),
            description=self._text(table.description, f"{place}, description"),
        )

    def _cell(self, cell: Cell, place: str) -> Cell:
        blocks: tuple[Paragraph | ItemList, ...] = tuple(
            replace(block, runs=self._runs(block.runs, place))
            if isinstance(block, Paragraph)
            else self._list(block, place)
            for block in cell.blocks
        )
        return replace(cell, blocks=blocks)

    def _runs(self, runs: Runs, place: str) -> Runs:
        """Return the runs cleaned; one line end may lie across two of them."""
        found: list[Run] = []
        for run in runs:
            text = run.text
            if found and text.startswith("\n") and found[-1].text.endswith("\r"):
                text = text[1:]
            found.append(replace(run, text=text))
        return tuple(replace(run, text=self._text(run.text, place)) for run in found)

    def _text(self, text: str, place: str) -> str:
        if is_clean(text):
            return text
        self.removed += ((place, ord(found)) for found in _FORBIDDEN.findall(text))
        return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
