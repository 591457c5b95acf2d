"""The lists of a Word file of anyone: where an item stands in one, and what Word prints before it.

Unlike ``docx.definitions``, which proves our own files, it takes a file's faults as Word does: a
number that is none counts as missing, a list that does not exist makes no item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.word.lines import Item
from pan_desktop.documents.word.styles import W, indent_of, number_of, value_of, whole

if TYPE_CHECKING:
    from lxml import etree

_DEEPEST = 8


class _Level(NamedTuple):
    ordered: bool = False
    start: int = 1
    indent: int | None = None
    silent: bool = False
    """Whether nothing is printed before its items: they look like any paragraph."""


class Lists:
    """The lists of one file, counted as their items come."""

    def __init__(self, root: etree._Element | None) -> None:
        """Take the numbering part, None when the file has none."""
        self._lists: dict[int, etree._Element] = {}
        self._definitions: dict[int, etree._Element] = {}
        self._of_style: dict[str, etree._Element] = {}
        self._levels: dict[tuple[int, int], tuple[_Level, int, int | None] | None] = {}
        self._counters: dict[int, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()
        for element in () if root is None else root:
            if element.tag == f"{W}num":
                self._lists[whole(element.get(f"{W}numId")) or 0] = element
            elif element.tag == f"{W}abstractNum":
                self._definitions[whole(element.get(f"{W}abstractNumId")) or 0] = element
                style = value_of(element.find(f"{W}styleLink"))
                if style:
                    self._of_style[style] = element

    def item(self, list_id: int, level: int) -> tuple[Item, int | None] | None:
        """Count an item; return its place and its indent, None when there is no such list."""
        level = min(max(level, 0), _DEEPEST)
        key = list_id, level
        if key not in self._levels:
            self._levels[key] = self._looked_up(list_id, level)
        found = self._levels[key]
        if found is None:
            return None
        look, definition, restart = found
        if look.silent:
            return None
        counters = self._counters.setdefault(definition, {})
        if restart is not None and key not in self._begun:
            counters[level] = restart
        else:
            counters[level] = counters.get(level, look.start - 1) + 1
        self._begun.add(key)
        for deeper in [known for known in counters if known > level]:
            del counters[deeper]
        number = counters[level] if look.ordered else None
        return Item(level, look.ordered, number), look.indent

    def _looked_up(self, list_id: int, level: int) -> tuple[_Level, int, int | None] | None:
        element = self._lists.get(list_id)
        if element is None:
            return None
        definition = number_of(element.find(f"{W}abstractNumId")) or 0
        look = self._defined(definition, level)
        restart: int | None = None
        for override in element.iterchildren(f"{W}lvlOverride"):
            if whole(override.get(f"{W}ilvl")) == level:
                own = override.find(f"{W}lvl")
                look = look if own is None else _of_level(own)
                restart = number_of(override.find(f"{W}startOverride"))
        return look, definition, restart

    def _defined(self, definition: int, level: int) -> _Level:
        element = self._definitions.get(definition)
        linked = None if element is None else value_of(element.find(f"{W}numStyleLink"))
        if linked:
            element = self._of_style.get(linked, element)
        for found in () if element is None else element.iterchildren(f"{W}lvl"):
            if whole(found.get(f"{W}ilvl")) == level:
                return _of_level(found)
        return _Level()


def _of_level(level: etree._Element) -> _Level:
    kind = value_of(level.find(f"{W}numFmt"))
    ordered = kind not in {"bullet", "none", None}
    shown = value_of(level.find(f"{W}lvlText"))
    silent = kind == "none" or (ordered and shown == "")
    start = number_of(level.find(f"{W}start"))
    indent = indent_of(level.find(f"{W}pPr/{W}ind"))
    return _Level(ordered, 1 if start is None else start, indent, silent)
