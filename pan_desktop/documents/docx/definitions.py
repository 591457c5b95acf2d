"""Reads what a Word file defines beside its text: its parts, paragraph styles and lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.package import parse_xml

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_HEADING_NAME = re.compile(r"heading ([1-9])")
_AFTER_TABLE = "tableau fin"
_DEEPEST_STYLE = 20
"""Word allows 11 styles based on one another; a damaged file may have a circle."""
_MOST_STYLES = 10_000
"""Word holds about 4,000."""
_WORTH_KEEPING = 1024 * 1024
"""In bytes: a larger part is not kept for the next file, which has another anyway."""


class Kind(StrEnum):
    """What a paragraph is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, the styles it is based on included."""

    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    list_id: int = 0
    list_level: int = 0
    after_table: bool = False
    """Whether it is our style for the empty paragraph that Word demands after a table."""


class Counting(NamedTuple):
    """How one level of one list counts."""

    definition: int
    """Lists of one definition go on counting from one another."""
    ordered: bool
    start: int
    restart: int | None
    """Where the list's own first item begins again, if it does."""


def _value(parent: etree._Element | None, name: str) -> str | None:
    found = None if parent is None else parent.find(f"{_W}{name}")
    return None if found is None else found.get(_VAL)


def styles_of(part: bytes) -> dict[str, Style]:
    """Return the paragraph styles by identifier; "" is the default one's.

    Raises PackageError or ValueError for a damaged part.
    """
    if not part:
        return {}
    return _kept_styles(part) if len(part) < _WORTH_KEEPING else _styles_of(part)


@lru_cache(maxsize=8)
def _kept_styles(part: bytes) -> dict[str, Style]:
    return _styles_of(part)


def _styles_of(part: bytes) -> dict[str, Style]:
    elements = {
        str(style.get(f"{_W}styleId")): style
        for style in parse_xml(part).iterchildren(f"{_W}style")
        if style.get(f"{_W}type") == "paragraph"
    }
    if len(elements) > _MOST_STYLES:
        raise ValueError("more styles than Word holds")
    styles = {style_id: _style(style_id, elements) for style_id in elements}
    for style_id, element in elements.items():
        if element.get(f"{_W}default") in {"1", "true", "on"}:
            styles[""] = styles[style_id]
    return styles


def _style(style_id: str, elements: dict[str, etree._Element]) -> Style:
    kind, level, name = Kind.PARAGRAPH, 0, ""
    list_id: str | None = None
    list_level: str | None = None
    current: str | None = style_id
    for _ in range(_DEEPEST_STYLE):
        element = elements.get(current or "")
        if element is None:
            break
        own = (_value(element, "name") or "").lower()
        name = name or own
        properties = element.find(f"{_W}pPr")
        if kind is Kind.PARAGRAPH:
            kind, level = _kind(own, _value(properties, "outlineLvl"))
        numbering = None if properties is None else properties.find(f"{_W}numPr")
        list_id = list_id or _value(numbering, "numId")
        list_level = list_level or _value(numbering, "ilvl")
        current = _value(element, "basedOn")
    return Style(kind, level, int(list_id or 0), int(list_level or 0), name == _AFTER_TABLE)


def _kind(name: str, outline: str | None) -> tuple[Kind, int]:
    if name == "title":
        return Kind.TITLE, 0
    if name == "subtitle":
        return Kind.SUBTITLE, 0
    heading = _HEADING_NAME.fullmatch(name)
    if heading:
        return Kind.HEADING, int(heading[1])
    if outline is not None and int(outline) < 9:
        return Kind.HEADING, int(outline) + 1
    return Kind.PARAGRAPH, 0


class Lists:
    """The lists of a file; each is looked up only when an item names it."""

    def __init__(self, part: bytes) -> None:
        """Take the numbering part, empty when the file has none."""
        self._lists: dict[int, etree._Element] = {}
        self._definitions: dict[int, etree._Element] = {}
        self._levels: dict[tuple[int, int], tuple[bool, int]] = {}
        self._counting: dict[tuple[int, int], Counting | None] = {}
        if part:
            root = parse_xml(part)
            for element in root.iterchildren(f"{_W}num"):
                self._lists[int(element.get(f"{_W}numId", 0))] = element
            for element in root.iterchildren(f"{_W}abstractNum"):
                self._definitions[int(element.get(f"{_W}abstractNumId", 0))] = element

    def counting(self, list_id: int, level: int) -> Counting | None:
        """Return how a level of a list counts, None when there is no such list."""
        place = list_id, level
        if place not in self._counting:
            self._counting[place] = self._looked_up(list_id, level)
        return self._counting[place]

    def _looked_up(self, list_id: int, level: int) -> Counting | None:
        element = self._lists.get(list_id)
        if element is None:
            return None
        definition = int(_value(element, "abstractNumId") or 0)
        ordered, start = self._level(definition, level)
        restart: int | None = None
        for override in element.iterchildren(f"{_W}lvlOverride"):
            if int(override.get(f"{_W}ilvl", 0)) != level:
                continue
            own = override.find(f"{_W}lvl")
            if own is not None:
                ordered, start = _of_level(own)
            begin = _value(override, "startOverride")
            restart = restart if begin is None else int(begin)
        return Counting(definition, ordered, start, restart)

    def _level(self, definition: int, level: int) -> tuple[bool, int]:
        place = definition, level
        if place not in self._levels:
            self._levels[place] = False, 0
            element = self._definitions.get(definition)
            for found in () if element is None else element.iterchildren(f"{_W}lvl"):
                if int(found.get(f"{_W}ilvl", 0)) == level:
                    self._levels[place] = _of_level(found)
        return self._levels[place]


def _of_level(level: etree._Element) -> tuple[bool, int]:
    """Return whether a level counts, and from where."""
    ordered = _value(level, "numFmt") not in {"bullet", "none"}
    return ordered, int(_value(level, "start") or 0)
