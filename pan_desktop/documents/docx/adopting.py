"""Finds in a template the styles that documents are made with, and lends it those it lacks.

A style is found by its name in Word's English, which files hold whatever the language of the
program, or by its French name where an office made one of its own. What is lent comes from the
program's template, made to go with the office's: based on its own text, so that its font and its
colour rule, and in sizes that go with its size.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.folding import folded
from pan_desktop.domain.typography import enumeration

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _ID, _TYPE = f"{W}val", f"{W}styleId", f"{W}type"
HEADINGS = 9
"""How deep Word's headings go."""

_OWN_SIZE = 22
"""The size of the program's own text, in half points: what its other sizes go with."""
_LETTER = 135
"""Of a wide letter type, bold, in our size of tables."""
_OUR_SHADE, _SHADE = "E7ECF4", "F2F2F2"
_RULE = "A6A6A6"


class Wanted(NamedTuple):
    """A style that documents are made with."""

    key: str
    name: str
    """As files hold it."""
    said: str
    """As Word calls it in French."""
    instead: str
    """What the program gives where it is missing, in French; "" is not worth a word."""
    others: tuple[str, ...] = ()
    """Other names under which an office may have it."""
    kind: str = "paragraph"


WANTED = (
    Wanted("title", "Title", "Titre", "un titre centré, en gras"),
    Wanted("subtitle", "Subtitle", "Sous-titre", "une ligne centrée sous le titre"),
    *(
        Wanted(
            f"heading{level}",
            f"heading {level}",
            f"Titre {level}",
            "un intertitre en gras" if level < 3 else "",
            (f"En-tête {level}",),
        )
        for level in range(1, HEADINGS + 1)
    ),
    Wanted(
        "bullets",
        "List Bullet",
        "Liste à puces",
        "des tirets",
        ("Puces", "Liste puces", "Puce"),
    ),
    Wanted(
        "numbers",
        "List Number",
        "Liste à numéros",
        "des numéros 1, a, i",
        ("Liste numérotée", "Numéros"),
    ),
    Wanted("cell", "Tableau texte", "Tableau texte", ""),
    Wanted("cell_centred", "Tableau texte centré", "Tableau texte centré", ""),
    Wanted("cell_header", "Tableau en-tête", "Tableau en-tête", ""),
    Wanted("cell_bullets", "Tableau puces", "Tableau puces", ""),
    Wanted("cell_numbers", "Tableau numéros", "Tableau numéros", ""),
    Wanted("after_table", "Tableau fin", "Tableau fin", ""),
    Wanted("table", "Tableau relevé", "Tableau relevé", "un tableau à filets gris", kind="table"),
)
_BUILT_IN = {f"heading {level}" for level in range(1, HEADINGS + 1)} | {
    "Title",
    "Subtitle",
    "List Bullet",
    "List Number",
}
MISSING = (
    "Le style « {said} » manque au modèle : le programme met à sa place {instead}.",
    "Des styles manquent au modèle, et le programme met les siens à leur place : {listed}.",
)


class Adopted(NamedTuple):
    """What became of the styles."""

    ids: dict[str, str]
    """The styles' identifiers, by ``Wanted.key``."""
    lent: frozenset[str]
    """The keys of those that were missing."""
    letter: int
    """The width of a letter in the heads of tables, in twentieths of a point; 0 when the table's
    styles are the template's own, made for their columns."""
    remarks: tuple[str, ...]
    """What was missing, and what stands in for it, in French."""


def adopt(root: etree._Element, ours: etree._Element) -> Adopted:
    """Find the styles in ``root``, the template's, and add those it lacks from ``ours``."""
    by_name = _by_name(root)
    normal = _normal(root, ours)
    scale = _size_of(root, normal) / _OWN_SIZE
    ids: dict[str, str] = {}
    lent: list[Wanted] = []
    for wanted in WANTED:
        style = _found(by_name, wanted)
        if style is None:
            lent.append(wanted)
            ids[wanted.key] = _free_id(root, ours, wanted)
        else:
            ids[wanted.key] = str(style.get(_ID))
    own_ids = _ids_of_ours(ours)
    renamed = {own_ids[key]: style_id for key, style_id in ids.items()} | {"Normal": normal}
    sources = _by_name(ours)
    for wanted in lent:
        style = _lent(sources[wanted.kind, folded(wanted.name)], wanted, renamed)
        _made_to_go(style, scale if wanted.key != "after_table" else 1)
        root.append(style)
    keys = frozenset(wanted.key for wanted in lent)
    letter = round(_LETTER * scale) if "cell_header" in keys else 0
    return Adopted(ids, keys, letter, _told([wanted for wanted in lent if wanted.instead]))


def _told(missing: list[Wanted]) -> tuple[str, ...]:
    """Return what is missing, and what stands in for it, as one sentence."""
    one, several = MISSING
    if len(missing) == 1:
        return (one.format(said=missing[0].said, instead=missing[0].instead),)
    listed = enumeration([f"« {wanted.said} » ({wanted.instead})" for wanted in missing])
    return (several.format(listed=listed),) if missing else ()


def _by_name(root: etree._Element) -> dict[tuple[str, str], etree._Element]:
    """Return the styles by kind and folded name; a style's own name goes before another's alias."""
    found: dict[tuple[str, str], etree._Element] = {}
    aliases: dict[tuple[str, str], etree._Element] = {}
    for style in root.iterchildren(f"{W}style"):
        kind = style.get(_TYPE, "paragraph")
        found.setdefault((kind, folded(value_of(style, "name"))), style)
        for alias in value_of(style, "aliases").split(","):
            if alias.strip():
                aliases.setdefault((kind, folded(alias)), style)
    return aliases | found


def _found(by_name: dict[tuple[str, str], etree._Element], wanted: Wanted) -> etree._Element | None:
    for name in (wanted.name, wanted.said, *wanted.others):
        style = by_name.get((wanted.kind, folded(name)))
        if style is None or not style.get(_ID):
            continue
        if wanted.name in _BUILT_IN:
            # Word's own name makes it a heading, or a title, to Word and to screen readers.
            name_of = style.find(f"{W}name")
            assert name_of is not None
            name_of.set(_VAL, wanted.name)
            style.attrib.pop(f"{W}customStyle", "")
        return style
    return None


def _normal(root: etree._Element, ours: etree._Element) -> str:
    """Return the style of plain text, added where there is none."""
    for style in root.iterchildren(f"{W}style"):
        if style.get(_TYPE) == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
            return str(style.get(_ID))
    for style in root.iterchildren(f"{W}style"):
        if style.get(_TYPE) == "paragraph" and value_of(style, "name").lower() == "normal":
            style.set(f"{W}default", "1")
            return str(style.get(_ID))
    taken = {style.get(_ID) for style in root.iterchildren(f"{W}style")}
    for style in ours.iterchildren(f"{W}style"):
        if style.get(f"{W}default") and style.get(_ID) not in taken:
            root.append(deepcopy(style))
    return "Normal"


def _size_of(root: etree._Element, style_id: str) -> int:
    """Return the size of plain text in half points, as the style or the defaults say."""
    styles = {style.get(_ID): style for style in root.iterchildren(f"{W}style")}
    for place in (styles.get(style_id), root.find(f"{W}docDefaults/{W}rPrDefault")):
        size = None if place is None else place.find(f"{W}rPr/{W}sz")
        if size is not None:
            return max(12, min(60, number_of(size) or 20))
    return 20  # what Word takes when nothing says


def _ids_of_ours(ours: etree._Element) -> dict[str, str]:
    by_name = _by_name(ours)
    found = {}
    for wanted in WANTED:
        style = by_name[wanted.kind, folded(wanted.name)]
        found[wanted.key] = str(style.get(_ID))
    return found


def _free_id(root: etree._Element, ours: etree._Element, wanted: Wanted) -> str:
    taken = {str(style.get(_ID)).lower() for style in root.iterchildren(f"{W}style")}
    proposed = _ids_of_ours(ours)[wanted.key]
    while proposed.lower() in taken:
        proposed = f"Pan{proposed}"
    return proposed


def _lent(source: etree._Element, wanted: Wanted, renamed: dict[str, str]) -> etree._Element:
    """Return a style of ours as it can stand in the template; ``renamed`` are identifiers."""
    style = deepcopy(source)
    style.set(_ID, renamed[str(source.get(_ID))])
    _take_out(style, "next")
    based_on = style.find(f"{W}basedOn")
    assert based_on is not None  # all of ours say it
    if wanted.kind == "table":
        style.remove(based_on)  # what it needs it says itself
    else:
        based_on.set(_VAL, renamed[based_on.get(_VAL, "")])
    _take_out(style, "numPr")  # given its list when the lists are known
    return style


def _made_to_go(style: etree._Element, scale: float) -> None:
    """Take our colours off a lent style, and give it sizes that go with the office's text."""
    _take_out(style, "color")
    for element in style.iter():
        if element.get(f"{W}color"):
            element.set(f"{W}color", _RULE)
        if element.get(f"{W}fill") == _OUR_SHADE:
            element.set(f"{W}fill", _SHADE)
    for size in style.iter(f"{W}sz", f"{W}szCs"):
        size.set(_VAL, str(max(2, round(number_of(size) * scale))))


def _take_out(style: etree._Element, name: str) -> None:
    for element in list(style.iter(f"{W}{name}")):
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)


def value_of(parent: etree._Element, name: str) -> str:
    """Return what a child of that name says, "" without one."""
    found = parent.find(f"{W}{name}")
    return "" if found is None else found.get(_VAL, "")


def number_of(element: etree._Element, name: str = _VAL) -> int:
    """Return a number that an element says, 0 when it says none."""
    try:
        return int(float(element.get(name, "0")))
    except (ValueError, OverflowError):
        return 0


def spoken(root: etree._Element, ids: set[str]) -> str:
    """Return the language of text in these styles, "" where they do not agree or do not say."""
    lang = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    default = "" if lang is None else lang.get(_VAL, "")
    styles = {style.get(_ID): style for style in root.iterchildren(f"{W}style")}
    for style_id in ids:
        current: str | None = style_id
        for _ in range(20):
            style = styles.get(current)
            if style is None:
                break
            own = style.find(f"{W}rPr/{W}lang")
            if own is not None and own.get(_VAL, default) != default:
                return ""
            current = value_of(style, "basedOn")
    return default
