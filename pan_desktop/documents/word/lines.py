"""What a Word file of anyone says, line by line: what ``reading`` gives and ``interpret`` takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

TITLE, SUBTITLE = -1, -2
"""What ``Line.heading`` is for the document's title and its subtitle by style."""


class Stretch(NamedTuple):
    """Text in one look; a line break is a newline in it, a tab a tab."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False


class Item(NamedTuple):
    """A paragraph's place in a list that Word itself makes; ``number`` is what Word prints."""

    level: int
    ordered: bool
    number: int | None


class Line(NamedTuple):
    """A paragraph: its text and what its look says of it.

    ``place`` counts the file's paragraphs from 1. ``heading`` is 1 to 9 by style, TITLE or
    SUBTITLE, 0 for none. ``strong`` tells whether every letter is bold or underlined. ``indent``
    is where its first letter stands, in twentieths of a point from the margin.
    """

    place: int
    stretches: tuple[Stretch, ...]
    text: str
    heading: int = 0
    strong: bool = False
    item: Item | None = None
    indent: int = 0
    boxed: bool = False
    """Whether it stands in a text box."""


class Cell(NamedTuple):
    """A cell of a table, ``spans`` columns wide; one that goes on from above is empty."""

    lines: tuple[Line, ...]
    spans: int = 1
    continued: bool = False

    @property
    def text(self) -> str:
        """Return the words of the cell, a line each paragraph."""
        return "\n".join(line.text for line in self.lines)


class Table(NamedTuple):
    """A table; its first ``header_rows`` rows are marked as repeated on each page."""

    place: int
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0


Block = Line | Table


class Why(StrEnum):
    """Why words of a file are no part of what it says, in French, for the list of what was left."""

    COMMENT = "commentaire"
    HIDDEN = "texte masqué"
    DELETED = "texte supprimé en suivi des modifications"
    PAGE_HEAD = "en-tête de page"
    PAGE_FOOT = "pied de page"
    NOTE = "note de bas de page"
    CONTENTS = "table des matières"
    PROMPT = "texte d’invite d’un champ vide"
    OTHER_FILE = "contenu inséré d’un autre fichier"


class Aside(NamedTuple):
    """Words that stand beside the text, or that the file itself does not show."""

    place: int
    """The paragraph they hang on, 0 for none."""
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a Word file holds in words."""

    blocks: tuple[Block, ...]
    asides: tuple[Aside, ...]
    title: str = ""
    """The file's title property."""
    subject: str = ""
