"""Gives a template the lists that documents are made with, in the office's own marks.

Every list of a document gets a number of its own, so that it counts by itself; what it looks
like is a definition. Where the office's list styles have marks and indents they rule; what they
do not say, deeper levels above all, is the program's.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.docx.adopting import W, number_of, value_of
from pan_desktop.domain.folding import folded
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from lxml import etree

_VAL, _ILVL = f"{W}val", f"{W}ilvl"
_NUM, _ABSTRACT = f"{W}num", f"{W}abstractNum"
_NUM_ID, _ABSTRACT_ID = f"{W}numId", f"{W}abstractNumId"
LEVELS = 9
_STEP = 397
"""How much further each level stands in, in twentieths of a point."""


class ListLook(NamedTuple):
    """What a list of one kind in one place needs: its paragraph style and its definition."""

    style: str
    definition: int


Lists = dict[tuple[Typography, bool, bool], ListLook]
"""By typography, whether in a cell, whether ordered."""

_STYLES = {
    (False, False): "bullets",
    (False, True): "numbers",
    (True, False): "cell_bullets",
    (True, True): "cell_numbers",
}
_FAMILIES = {
    False: ("list bullet", "liste à puces"),
    True: ("list number", "liste à numéros"),
}
"""The names of the office's list styles, without the number of the level, by whether ordered."""


def definition_name(typography: Typography, *, in_cell: bool, ordered: bool) -> str:
    """Return the name under which a template keeps a definition of ours."""
    place = "cell-" if in_cell else ""
    return f"pan-{place}numbers" if ordered else f"pan-{place}bullets-{typography}"


def give_lists(
    numbering: etree._Element,
    styles: etree._Element,
    ids: dict[str, str],
    lent: frozenset[str],
    ours: etree._Element,
) -> Lists:
    """Return the definitions of all kinds of lists, those that are missing added.

    ``lent`` styles get the list that somebody typing on in Word is to have.
    """
    known = _named(numbering)
    own = _named(ours)
    office = {ordered: _office_levels(numbering, styles, ordered=ordered) for ordered in _FAMILIES}
    lists: Lists = {}
    for typography in Typography:
        for (in_cell, ordered), key in _STYLES.items():
            name = definition_name(typography, in_cell=in_cell, ordered=ordered)
            if name not in known:
                made = _made(own[name], office[ordered], in_cell=in_cell)
                known[name] = _added(numbering, made)
            definition = number_of(known[name], _ABSTRACT_ID)
            lists[typography, in_cell, ordered] = ListLook(ids[key], definition)
    for (in_cell, ordered), key in _STYLES.items():
        if key in lent:
            definition = lists[Typography.FIDELE, in_cell, ordered].definition
            _join(styles, ids[key], _new_list(numbering, definition))
    return lists


def _named(numbering: etree._Element) -> dict[str, etree._Element]:
    return {
        value_of(definition, "name"): definition
        for definition in numbering.iterchildren(_ABSTRACT)
        if value_of(definition, "name")
    }


def _added(numbering: etree._Element, definition: etree._Element) -> etree._Element:
    """Put a definition behind the others, under a number of its own."""
    others = list(numbering.iterchildren(_ABSTRACT))
    taken = [number_of(other, _ABSTRACT_ID) for other in others]
    definition.set(_ABSTRACT_ID, str(max(taken, default=-1) + 1))
    first_list = numbering.find(_NUM)
    if others:
        others[-1].addnext(definition)
    elif first_list is not None:
        first_list.addprevious(definition)
    else:
        numbering.append(definition)
    return definition


def _new_list(numbering: etree._Element, definition: int) -> int:
    from lxml import etree

    lists = list(numbering.iterchildren(_NUM))
    number = max((number_of(one, _NUM_ID) for one in lists), default=0) + 1
    made = etree.Element(_NUM, {_NUM_ID: str(number)})
    etree.SubElement(made, _ABSTRACT_ID, {_VAL: str(definition)})
    if lists:
        lists[-1].addnext(made)
    else:
        list(numbering.iterchildren(_ABSTRACT))[-1].addnext(made)
    return number


def _join(styles: etree._Element, style_id: str, number: int) -> None:
    """Have a lent style belong to a list."""
    from lxml import etree

    style = next(s for s in styles.iterchildren(f"{W}style") if s.get(f"{W}styleId") == style_id)
    properties = style.find(f"{W}pPr")
    assert properties is not None  # lent list styles say their spacing
    joined = etree.Element(f"{W}numPr")
    etree.SubElement(joined, _NUM_ID, {_VAL: str(number)})
    properties.insert(0, joined)


# The office's marks ------------------------------------------------------------------------


def _office_levels(
    numbering: etree._Element, styles: etree._Element, *, ordered: bool
) -> dict[int, etree._Element]:
    """Return the levels that the office's own list styles have, by depth."""
    found: dict[int, etree._Element] = {}
    for style in styles.iterchildren(f"{W}style"):
        name = folded(value_of(style, "name"))
        family = next((f for f in map(folded, _FAMILIES[ordered]) if name.startswith(f)), None)
        depth = "" if family is None else name.removeprefix(family).strip()
        if family is None or (depth and not depth.isdecimal()):
            continue
        level = int(depth or 1) - 1
        joined = style.find(f"{W}pPr/{W}numPr")
        if joined is None or not 0 <= level < LEVELS:
            continue
        definition = _definition(numbering, styles, value_of(joined, "numId"))
        if definition is None:
            continue
        own = int(value_of(joined, "ilvl") or 0)
        for one in definition.iterchildren(f"{W}lvl"):
            depth_of = number_of(one, _ILVL)
            marks = value_of(one, "numFmt") not in {"bullet", "none"}
            if marks is not ordered or not value_of(one, "lvlText"):
                continue
            if depth_of == own:
                found[level] = one
            elif level == 0 and value_of(definition, "multiLevelType") != "singleLevel":
                found.setdefault(depth_of, one)
    return found if 0 in found else {}


def _definition(
    numbering: etree._Element, styles: etree._Element, number: str
) -> etree._Element | None:
    """Return the definition of a list, the numbering style that it may name looked up."""
    for _ in range(3):
        one = next((n for n in numbering.iterchildren(_NUM) if n.get(_NUM_ID) == number), None)
        wanted = "" if one is None else value_of(one, "abstractNumId")
        definition = next(
            (a for a in numbering.iterchildren(_ABSTRACT) if a.get(_ABSTRACT_ID) == wanted), None
        )
        link = "" if definition is None else value_of(definition, "numStyleLink")
        if not link:
            return definition
        style = next(
            (s for s in styles.iterchildren(f"{W}style") if s.get(f"{W}styleId") == link), None
        )
        joined = None if style is None else style.find(f"{W}pPr/{W}numPr")
        number = "" if joined is None else value_of(joined, "numId")
    return None


def _made(
    source: etree._Element, office: dict[int, etree._Element], *, in_cell: bool
) -> etree._Element:
    """Return a definition of ours with the office's marks, and its indents outside cells."""
    made = deepcopy(source)
    if not office:
        return made
    before = -1
    for level in list(made.iterchildren(f"{W}lvl")):
        depth = number_of(level, _ILVL)
        taken = level
        if depth in office:
            taken = _clean(office[depth], depth)
            if in_cell or _left(taken) is None:
                _take_indent(taken, level)
            level.addprevious(taken)
            made.remove(level)
        left = _left(taken) or 0
        if left <= before:  # what is deeper stands further in, whoever said where
            left = before + _STEP
            _set_left(taken, left)
        before = left
    return made


def _clean(level: etree._Element, depth: int) -> etree._Element:
    """Return a level of the office's, free of what ties it to its own definition."""
    taken = deepcopy(level)
    taken.set(_ILVL, str(depth))
    taken.attrib.pop(f"{W}tplc", "")
    picture = taken.find(f"{W}lvlPicBulletId") is not None
    for name in ("pStyle", "lvlPicBulletId", "legacy", "lvlRestart"):
        for element in taken.findall(f"{W}{name}"):
            taken.remove(element)
    text = taken.find(f"{W}lvlText")
    if picture and text is not None:  # the picture stays with its own definition
        text.set(_VAL, "•")
        for look in taken.findall(f"{W}rPr"):
            taken.remove(look)
    if text is not None and value_of(taken, "numFmt") not in {"bullet", "none"}:
        # A style of the second depth counts at the first of its own definition.
        own = number_of(level, _ILVL) + 1
        text.set(_VAL, text.get(_VAL, "").replace(f"%{own}", f"%{depth + 1}"))
    return taken


def _left(level: etree._Element | None) -> int | None:
    indent = None if level is None else level.find(f"{W}pPr/{W}ind")
    if indent is None:
        return None
    name = f"{W}left" if indent.get(f"{W}left") is not None else f"{W}start"
    return None if indent.get(name) is None else number_of(indent, name)


def _set_left(level: etree._Element, left: int) -> None:
    indent = level.find(f"{W}pPr/{W}ind")
    if indent is not None:
        name = f"{W}left" if indent.get(f"{W}start") is None else f"{W}start"
        indent.set(name, str(left))


def _take_indent(level: etree._Element, source: etree._Element) -> None:
    """Have a level stand where one of ours does."""
    for properties in level.findall(f"{W}pPr"):
        level.remove(properties)
    ours = source.find(f"{W}pPr")
    assert ours is not None
    before = [element for element in level if element.tag != f"{W}rPr"]
    before[-1].addnext(deepcopy(ours))
