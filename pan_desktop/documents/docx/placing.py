"""Finds where in a template the relevé goes, and cuts the document part there.

The place is a content control tagged ``pan:releve``, or a paragraph that says ``{{relevé}}`` or
``[[RELEVÉ]]``; all before and after it is kept. Without one the whole body makes way, and the page
stays: its size, margins, headers and footers.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.docx.adopting import W, number_of
from pan_desktop.documents.docx.cleansing import remove
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from lxml import etree

BOOKMARK = "pan_releve"
"""Around the relevé in a file made from a house template: where a reader finds it again."""

_CUT = "pan-releve-ici"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VAL, _P, _TC, _SDT, _SECT = f"{W}val", f"{W}p", f"{W}tc", f"{W}sdt", f"{W}sectPr"
_MARKER = re.compile(r"\{\{\s*(\w+)\s*\}\}|\[\[\s*(\w+)\s*\]\]")
_TAG = "pan:releve"
_A4_WIDTH = 9072
"""The text of an A4 page with 2.5 cm on each side, in twentieths of a point."""

_LEAST_WIDTH = 1440
_CELL_EDGES = 216
"""What Word leaves on both sides of a cell's text."""

SEVERAL_PLACES = (
    "Le modèle a plusieurs emplacements pour le relevé : le premier sert, les autres sont retirés."
)
BODY_LEFT = (
    "Le corps du modèle contient du texte ou une image, mais pas d’emplacement : le relevé le "
    "remplace. Pour le garder, écrivez {{relevé}} seul sur une ligne là où le relevé doit aller."
)
SECTIONS_LEFT = (
    "Le modèle a {count} sections et pas d’emplacement : le relevé prend la mise en page de la "
    "dernière. Écrivez {{{{relevé}}}} seul sur une ligne dans la section voulue."
)
ELSEWHERE = (
    "L’emplacement {{relevé}} ne peut servir que dans le corps du document : celui d’un en-tête, "
    "d’un pied de page ou d’une zone de texte est ignoré."
)


class Place(NamedTuple):
    """The document part of a template, cut where the relevé goes."""

    before: str
    after: str
    text_width: int
    """In twentieths of a point."""
    marked: bool
    """Whether the relevé stands between bookmarks, the template's own text around it."""
    remarks: tuple[str, ...]


def cut(root: etree._Element) -> Place:
    """Return the part cut in two; ``root`` is changed on the way."""
    body = root.find(f"{W}body")
    assert body is not None  # ``open_house`` takes no document without one
    earlier = _earlier(body)
    _forget_bookmarks(root)
    places, elsewhere = _places(body)
    places = places or earlier
    remarks = [ELSEWHERE] if elsewhere else []
    if len(places) > 1:
        remarks.append(SEVERAL_PLACES)
    _settle_section(body)
    if places:
        here = _opened(places[0])
        for other in places[1:]:
            _take_away(other)
    else:
        remarks += _emptied(body)
        here = _mark(body, 0, bookmarked=False)
    width = _width(here)
    before, after = _halves(root)
    return Place(before, after, width, bool(places), tuple(remarks))


def _earlier(body: etree._Element) -> list[etree._Element]:
    """Return a place where an earlier export left its relevé, which is taken out.

    Offices take their last relevé for a template: what stood around it there is to stay.
    """
    from lxml import etree

    for start in body.iter(f"{W}bookmarkStart"):
        if start.get(f"{W}name") != BOOKMARK:
            continue
        between: list[etree._Element] = []
        for element in start.itersiblings():
            if element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") == start.get(f"{W}id"):
                place = etree.Element(_P)
                start.addnext(place)
                for old in between:
                    if next(old.iter(_SECT), None) is None:  # a section's end stays
                        remove(old)
                return [place]
            between.append(element)
    return []


def _forget_bookmarks(root: etree._Element) -> None:
    """Take out bookmarks of ours that an earlier export left."""
    starts = [e for e in root.iter(f"{W}bookmarkStart") if e.get(f"{W}name") == BOOKMARK]
    ids = {start.get(f"{W}id") for start in starts}
    ends = [e for e in root.iter(f"{W}bookmarkEnd") if e.get(f"{W}id") in ids]
    for element in (*starts, *ends):
        remove(element)


def _places(body: etree._Element) -> tuple[list[etree._Element], bool]:
    """Return the paragraphs and controls that mark the place; and whether one cannot serve."""
    found: list[etree._Element] = []
    elsewhere = False
    for element in body.iter(_P, _SDT):
        if any(place in found for place in element.iterancestors(_P, _SDT)):
            continue
        if element.tag == _SDT:
            tag = element.find(f"{W}sdtPr/{W}tag")
            if tag is None or folded(tag.get(_VAL, "")) != folded(_TAG):
                continue
            inline = next(element.iterancestors(_P), None)
            place = element if inline is None else inline
        elif says_place("".join(t.text or "" for t in element.iter(f"{W}t"))):
            place = element
        else:
            continue
        if next(place.iterancestors(f"{W}txbxContent"), None) is not None or (
            place.tag == _SDT and place.find(f"{W}sdtContent") is None
        ):
            elsewhere = True
        elif place not in found:
            found.append(place)
    return found, elsewhere


def says_place(text: str) -> bool:
    """Tell whether a paragraph says only that the relevé goes there."""
    found = _MARKER.fullmatch(text.strip())
    return found is not None and folded(found[1] or found[2]) == "releve"


def _mark(parent: etree._Element, place: int, *, bookmarked: bool = True) -> etree._Element:
    """Put the marks of the cut into a parent; return the cut."""
    from lxml import etree

    here = etree.Comment(_CUT)
    if not bookmarked:
        parent.insert(place, here)
        return here
    number = max((number_of(e, f"{W}id") for e in parent.iter(f"{W}bookmarkStart")), default=0)
    for ancestor in parent.iterancestors():
        starts = ancestor.iter(f"{W}bookmarkStart")
        number = max(number, *(number_of(e, f"{W}id") for e in starts), 0)
    own = str(number + 1)
    start = etree.Element(f"{W}bookmarkStart", {f"{W}id": own, f"{W}name": BOOKMARK})
    end = etree.Element(f"{W}bookmarkEnd", {f"{W}id": own})
    for offset, element in enumerate((start, here, end)):
        parent.insert(place + offset, element)
    return here


def _opened(place: etree._Element) -> etree._Element:
    """Clear a place for the relevé; return the cut."""
    if place.tag == _SDT:
        content = place.find(f"{W}sdtContent")
        properties = place.find(f"{W}sdtPr")
        assert content is not None
        assert properties is not None  # its tag is in it
        # What only a short text may stand in, or nobody may change, is no place for a relevé.
        for name in ("showingPlcHdr", "placeholder", "text", "lock", "date", "comboBox"):
            for element in properties.findall(f"{W}{name}"):
                properties.remove(element)
        for child in list(content):
            content.remove(child)
        here = _mark(content, 0)
        cell = place.getparent()
    else:
        cell = place.getparent()
        assert cell is not None  # it was found below the body
        here = _mark(cell, cell.index(place))
        _take_away(place)
    if cell is not None and cell.tag == _TC and cell[-1].tag != _P:
        from lxml import etree

        etree.SubElement(cell, _P)  # Word calls a cell that does not end with one damaged
    return here


def _take_away(place: etree._Element) -> None:
    """Take a place out; the section that ends in it ends all the same."""
    parent = place.getparent()
    assert parent is not None
    section = place.find(f"{W}pPr/{_SECT}")
    if section is None:
        parent.remove(place)
        if parent.tag == _TC and (len(parent) == 0 or parent[-1].tag != _P):
            from lxml import etree

            etree.SubElement(parent, _P)
        return
    properties = section.getparent()
    assert properties is not None
    for child in [*place, *properties]:
        if child not in (properties, section):
            owner = child.getparent()
            assert owner is not None
            owner.remove(child)


def _settle_section(body: etree._Element) -> None:
    """Have the body end with the description of its last section."""
    from lxml import etree

    last = body.find(_SECT)
    if last is None:
        etree.SubElement(body, _SECT)
    else:
        body.append(last)


def _emptied(body: etree._Element) -> list[str]:
    """Leave of the body its last section, with what it inherits; return what is to be said."""
    remarks: list[str] = []
    sections = list(body.iter(_SECT))
    last = body[-1]
    if len(sections) > 1:
        remarks.append(SECTIONS_LEFT.format(count=len(sections)))
        _inherit(last, sections[:-1])
    tags = (f"{W}t", f"{W}drawing", f"{W}pict")
    if any(element.tag != f"{W}t" or (element.text or "").strip() for element in body.iter(*tags)):
        remarks.append(BODY_LEFT)
    for child in list(body):
        if child is not last:
            body.remove(child)
    return remarks


def _inherit(last: etree._Element, earlier: list[etree._Element]) -> None:
    """Give the last section the headers and footers that it takes from those before it."""
    kinds = {(str(e.tag), e.get(f"{W}type")) for e in last if e.get(f"{_R}id")}
    for section in reversed(earlier):
        for reference in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
            kind = str(reference.tag), reference.get(f"{W}type")
            if kind not in kinds:
                kinds.add(kind)
                last.insert(0, deepcopy(reference))


def _width(here: etree._Element) -> int:
    """Return the width of the text where the relevé goes."""
    cell = next(here.iterancestors(_TC), None)
    if cell is not None and (width := _cell_width(cell)):
        return max(_LEAST_WIDTH, width - _CELL_EDGES)
    root = here.getroottree().getroot()
    passed = False
    for element in root.iter():
        passed = passed or element is here
        if passed and element.tag == _SECT:
            return _section_width(element)
    return _A4_WIDTH


def _cell_width(cell: etree._Element) -> int:
    """Return the width of a cell as it says and as its table's grid says, the smaller one."""
    own = cell.find(f"{W}tcPr/{W}tcW")
    said = number_of(own, f"{W}w") if own is not None and own.get(f"{W}type") == "dxa" else 0
    row = cell.getparent()
    table = None if row is None else next(row.iterancestors(f"{W}tbl"), None)
    if row is None or table is None:
        return said
    before = 0
    for other in cell.itersiblings(_TC, preceding=True):
        before += _spanned(other)
    columns = [number_of(c, f"{W}w") for c in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    grid = sum(columns[before : before + _spanned(cell)])
    return min(said, grid) if said and grid else said or grid


def _spanned(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else max(1, number_of(span))


def _section_width(section: etree._Element) -> int:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    width = _A4_WIDTH
    if size is not None and margins is not None and size.get(f"{W}w"):
        edges = ("left", "right", "gutter")
        width = number_of(size, f"{W}w") - sum(number_of(margins, f"{W}{e}") for e in edges)
    columns = section.find(f"{W}cols")
    count = 1 if columns is None else max(1, number_of(columns, f"{W}num"))
    if columns is not None and count > 1:
        width = (width - (count - 1) * number_of(columns, f"{W}space")) // count
    return max(_LEAST_WIDTH, width)


def _halves(root: etree._Element) -> tuple[str, str]:
    from lxml import etree

    whole = etree.tostring(root, encoding="unicode")
    before, _, after = whole.partition(f"<!--{_CUT}-->")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{before}', after
