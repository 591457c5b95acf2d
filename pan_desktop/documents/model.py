"""The document model: what a paper of the committee says, with no Word, HTML or Qt in it.

`compose` makes it from the domain; each writer (Word now, preview and PDF beside it) reads it.
Everything is frozen: a writer cannot change what was meant, so it can be compared with what
was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "Block",
    "Cell",
    "Document",
    "Heading",
    "ItemList",
    "ListItem",
    "Paragraph",
    "Properties",
    "Run",
    "Runs",
    "Table",
    "Title",
    "Typography",
]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look. A newline in it is a line break, a tab a tab."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The document's name, once, at its head; ``subtitle`` is the line under it."""

    runs: Runs
    subtitle: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` counts from 1 and never skips."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    runs: Runs
    half: bool = False
    """Whether it stands in the far half of the page, as an addressee or a signature does."""
    apart: bool = False
    """Whether there is more room above it, as above the subject of a letter."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One entry of a list; ``level`` counts from 0 to 8.

    A ``numbered`` one is counted among its neighbours of one level, also in a list of bullets.
    """

    level: int
    runs: Runs
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list. Each ordered list counts from 1 again, wherever it stands."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: paragraphs and lists, at least one of them (an empty paragraph if need be)."""

    blocks: tuple[Paragraph | ItemList, ...]
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row, repeated on each page.

    ``widths`` are the columns' shares of the text width (they add up to 1);
    ``caption`` and ``description`` are its alternative text. ``row_height`` is the least height
    of each row below the header, in points, where there must be room to write by hand.
    """

    widths: tuple[float, ...]
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    description: str
    row_height: float = 0


Block = Title | Heading | Paragraph | ItemList | Table


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself (Word: Fichier > Informations)."""

    title: str
    subject: str
    author: str
    created: datetime
    """An aware instant; writers store it in UTC."""
    language: str = "fr-FR"
    identifier: str = ""
    """What the paper is about, for programs: a relevé's meeting."""
    version: str = ""
    """The number under which it was issued, "" for a draft."""
    status: str = ""
    """How far it has come, in words for the reader."""
    fields: tuple[tuple[str, str], ...] = ()
    """What a house template may have filled in its own text, by name: ``{{date}}``."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper."""

    properties: Properties
    typography: Typography
    blocks: tuple[Block, ...]
    carried: str = ""
    """What its file carries beside the pages, for programs (``documents.carried``)."""
