"""What the styles of a Word file say of a paragraph's and a run's look, asked one by one.

A file has hundreds of styles and uses ten: each is worked out when a paragraph names it, along
the styles it is based on, as Word does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pan_desktop.documents.word.lines import SUBTITLE, TITLE

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_OFF = frozenset({"0", "false", "off", "none"})
# Word itself writes "heading 1" in every language; LibreOffice and others may write their own.
_HEADING = re.compile(r"(?:heading|titre|überschrift|título|ttulo|عنوان) ?([1-9])")
_TITLES = {
    **dict.fromkeys(("title", "titre", "titre principal", "titre du document"), TITLE),
    **dict.fromkeys(("subtitle", "sous-titre", "sous titre"), SUBTITLE),
}
_DEEPEST = 20
"""Word allows 11 styles based on one another; a damaged file may have a circle."""


class Style(NamedTuple):
    """What a style says, those it is based on included."""

    heading: int = 0
    list_id: int = 0
    list_level: int = 0
    indent: int = 0
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    hidden: bool = False
    raised: bool = False


PLAIN = Style()


class Styles:
    """The styles of one file."""

    def __init__(self, root: etree._Element | None) -> None:
        """Take the styles part, None when the file has none."""
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        default = ""
        for element in () if root is None else root.iterchildren(f"{W}style"):
            style_id = element.get(f"{W}styleId") or ""
            self._elements[style_id] = element
            if element.get(f"{W}default") in {"1", "true", "on"} and (
                element.get(f"{W}type") == "paragraph"
            ):
                default = style_id
        self._default = default

    def named(self, style_id: str) -> Style:
        """Return a paragraph's or a character's style; "" is the default paragraph's."""
        style_id = style_id or self._default
        found = self._known.get(style_id)
        if found is None:
            found = self._known[style_id] = self._found(style_id)
        return found

    def _found(self, style_id: str) -> Style:
        values: dict[str, Any] = {}
        current: str | None = style_id
        for _ in range(_DEEPEST):
            element = self._elements.get(current or "")
            if element is None:
                break
            for key, value in _own(element):
                values.setdefault(key, value)
            current = value_of(element.find(f"{W}basedOn"))
        return PLAIN._replace(**values)


def _own(element: etree._Element) -> list[tuple[str, int | bool]]:
    """Return what a style says itself."""
    found: list[tuple[str, int | bool]] = []
    name = (value_of(element.find(f"{W}name")) or "").casefold()
    heading = _HEADING.fullmatch(name)
    if heading:
        found.append(("heading", int(heading[1])))
    elif name in _TITLES:
        found.append(("heading", _TITLES[name]))
    paragraph = element.find(f"{W}pPr")
    if paragraph is not None:
        outline = number_of(paragraph.find(f"{W}outlineLvl"))
        if outline is not None and 0 <= outline < 9 and not found:
            found.append(("heading", outline + 1))
        numbering = paragraph.find(f"{W}numPr")
        if numbering is not None:
            list_id = number_of(numbering.find(f"{W}numId"))
            level = number_of(numbering.find(f"{W}ilvl"))
            found += [("list_id", list_id)] if list_id is not None else []
            found += [("list_level", level)] if level is not None else []
        indent = indent_of(paragraph.find(f"{W}ind"))
        found += [("indent", indent)] if indent is not None else []
    run = element.find(f"{W}rPr")
    if run is not None:
        found += list(looks_of(run).items())
    return found


def looks_of(properties: etree._Element) -> dict[str, bool]:
    """Return what a run's properties say: bold, italic, underlined, hidden, raised."""
    found: dict[str, bool] = {}
    for child in properties:
        name = _LOOKS.get(child.tag)
        if name == "raised":
            found[name] = child.get(VAL) == "superscript"
        elif name is not None:
            found[name] = child.get(VAL) not in _OFF
    return found


_LOOKS = {
    f"{W}b": "bold",
    f"{W}i": "italic",
    f"{W}u": "underlined",
    f"{W}vanish": "hidden",
    f"{W}vertAlign": "raised",
}


def value_of(element: etree._Element | None) -> str | None:
    """Return an element's w:val, None for no element."""
    return None if element is None else element.get(VAL)


def number_of(element: etree._Element | None) -> int | None:
    """Return an element's w:val as a number, None where there is none that is one."""
    return whole(value_of(element))


def whole(text: str | None) -> int | None:
    """Return a number that a file gives, None for what is none; half points are cut off."""
    try:
        return max(-(10**6), min(10**6, int(float(text)))) if text else None
    except (ValueError, OverflowError):
        return None


def indent_of(element: etree._Element | None) -> int | None:
    """Return where the first letter stands by a w:ind, None where it does not say."""
    if element is None:
        return None
    start = whole(element.get(f"{W}start") or element.get(f"{W}left"))
    first, hanging = whole(element.get(f"{W}firstLine")), whole(element.get(f"{W}hanging"))
    if start is None and first is None and hanging is None:
        return None
    return (start or 0) + (first or 0) - (hanging or 0)
