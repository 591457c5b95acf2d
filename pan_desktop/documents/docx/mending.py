"""Puts right what other programs write a little wrong, so that Word and its validator accept it.

LibreOffice sets the end of a section before the style of its paragraph, and an attribute of its
own on the shapes of watermarks; Word reads both, its schema does not have them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_ORDER = {
    f"{_W}{name}": place
    for place, name in enumerate(
        (
            *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
            *("numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens"),
            *("kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE"),
            *("autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind"),
            *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection"),
            *("textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr"),
            *("sectPr", "pPrChange"),
        )
    )
}
"""The properties of a paragraph in the order of the schema."""


def mend(root: etree._Element) -> None:
    """Put a part right."""
    for properties in root.iter(f"{_W}pPr"):
        places = [_ORDER.get(str(child.tag), len(_ORDER)) for child in properties]
        if places != sorted(places):
            properties[:] = sorted(
                properties, key=lambda child: _ORDER.get(str(child.tag), len(_ORDER))
            )
    for shape in root.iter(f"{_VML}*"):
        if "ID" in shape.attrib:
            del shape.attrib["ID"]


def untold_pictures(root: etree._Element) -> int:
    """Return how many pictures say nothing to those who do not see them."""
    return sum(
        not (drawn.get("descr") or drawn.get("title")) and "decorative" not in _inside(drawn)
        for drawn in root.iter(_DRAWN)
    )


def _inside(drawn: etree._Element) -> set[str]:
    return {str(element.tag).rpartition("}")[2] for element in drawn.iterdescendants("*")}
