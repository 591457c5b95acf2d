"""The fields of a template: those of Word that may stay, and those that the program fills in.

``tame`` leaves the fields that only say something of the document itself, and turns any other
(INCLUDETEXT, DDE, DATABASE, LINK, MACROBUTTON …) into the text it last showed. ``mark`` brings
every field of ours, ``{{date}}``, a document property or a content control, into one form that is
filled as a string for each document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.docx.runs import escape
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_P, _R, _T, _VAL = f"{_W}p", f"{_W}r", f"{_W}t", f"{_W}val"
_CHAR, _INSTRUCTION, _SIMPLE = f"{_W}fldChar", f"{_W}instrText", f"{_W}fldSimple"
_SDT, _TAG = f"{_W}sdt", f"{_W}tag"

_HARMLESS = {
    *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE"),
    *("SAVEDATE", "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS"),
    *("LASTSAVEDBY", "REVNUM", "NUMWORDS", "NUMCHARS", "FILENAME", "FILESIZE"),
    *("EDITTIME", "DOCPROPERTY", "INFO", "STYLEREF", "REF", "PAGEREF", "NOTEREF"),
    *("SEQ", "TOC", "TC", "XE", "INDEX", "LISTNUM", "AUTONUM", "AUTONUMLGL"),
    *("AUTONUMOUT", "SYMBOL", "QUOTE", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"),
    *("USERNAME", "USERINITIALS", "USERADDRESS", "ADVANCE", "EQ", "HYPERLINK"),
}
FIELDS = {
    folded(name): name
    for name in (
        *("date", "jour", "heure", "instance", "lieu", "plan"),
        *("titre", "objet", "auteur", "version", "état"),
    )
}
"""The fields of ours, by their names without accents."""
_OF_WORD = {"TITLE": "titre", "SUBJECT": "objet", "AUTHOR": "auteur"}
"""Word's own fields that say what ours do."""
PLACE = "releve"
"""What the place of the relevé itself is called (``placing``)."""
TAG = "pan:"
"""What the tag of a content control begins with that is ours."""
_OURS = re.compile(r"\{\{\s*([^\W\d_]+)\s*\}\}")
_MARKED = re.compile(r"\{\{([^\W\d_]+)\}\}")
_TOKENS = re.compile(r'"([^"]*)"|(\S+)')
FETCHING = "des champs qui vont chercher un autre fichier ou lancent une action"


@dataclass(slots=True)
class _Field:
    """A field in the making, as its marks are met."""

    begin: etree._Element
    instruction: str = ""
    separate: etree._Element | None = None
    parts: list[etree._Element] = field(default_factory=list)
    """The elements of the field itself, its result apart."""


def _complex_fields(root: etree._Element) -> tuple[list[tuple[_Field, etree._Element]], bool]:
    """Return the fields made of runs, inner ones first, each with its end; and whether all end."""
    found: list[tuple[_Field, etree._Element]] = []
    open_fields: list[_Field] = []
    for element in root.iter(_CHAR, _INSTRUCTION):
        if element.tag == _INSTRUCTION:
            if open_fields and open_fields[-1].separate is None:
                open_fields[-1].instruction += element.text or ""
                open_fields[-1].parts.append(element)
            continue
        kind = element.get(f"{_W}fldCharType")
        if kind == "begin":
            open_fields.append(_Field(element, parts=[element]))
        elif open_fields:
            open_fields[-1].parts.append(element)
            if kind == "separate":
                open_fields[-1].separate = element
            elif kind == "end":
                found.append((open_fields.pop(), element))
    return found, not open_fields


def _words(instruction: str) -> list[str]:
    return [quoted or plain for quoted, plain in _TOKENS.findall(instruction)]


def _is_harmless(instruction: str) -> bool:
    from pan_desktop.documents.docx.cleansing import harmless_link

    words = _words(instruction)
    if not words:
        return False
    name = words[0].upper()
    if name.startswith("="):
        return True
    if name == "HYPERLINK":
        target = words[1] if len(words) > 1 else ""
        return target.startswith("\\") or harmless_link(target)
    return name in _HARMLESS


def tame(root: etree._Element) -> list[str]:
    """Turn every field that is not known to be harmless into what it last showed."""
    from pan_desktop.documents.docx.cleansing import remove, unwrap

    said: list[str] = []
    for simple in list(root.iter(_SIMPLE)):
        if not _is_harmless(simple.get(f"{_W}instr", "")):
            said.append(FETCHING)
            unwrap(simple)
    found, whole = _complex_fields(root)
    if not whole:  # a field that never ends is damage, or hides something
        said.append(FETCHING)
        for element in list(root.iter(_CHAR, _INSTRUCTION)):
            remove(element)
        return said
    for one, end in found:
        if not _is_harmless(one.instruction):
            said.append(FETCHING)
            _make_static(root, one, end)
    return said


def _make_static(root: etree._Element, one: _Field, end: etree._Element) -> None:
    """Leave of a field what stands between its middle and its end."""
    from pan_desktop.documents.docx.cleansing import remove

    runs = list(root.iter(_R))
    first = one.begin.getparent()
    last = (end if one.separate is None else one.separate).getparent()
    if first in runs and last in runs:
        # The inner before the outer: what is taken out is walked through each time.
        for run in reversed(runs[runs.index(first) + 1 : runs.index(last)]):
            remove(run)
    for element in (*one.parts, end):
        remove(element)


# Ours ------------------------------------------------------------------------------------


class Marks(NamedTuple):
    """What was found in a part."""

    strange: set[str]
    """What stands between braces and is no field of ours, as it stands there."""
    properties: dict[str, str]
    """The properties that fields of Word's show, as they call them, with the field of ours."""


def mark(root: etree._Element) -> Marks:
    """Bring every field of ours into the form ``{{name}}`` within one piece of text."""
    strange: set[str] = set()
    _mark_controls(root)
    properties = _mark_properties(root)
    for paragraph in root.iter(_P):
        texts = [t for t in paragraph.iter(_T) if next(t.iterancestors(_P), None) is paragraph]
        whole = "".join(t.text or "" for t in texts)
        if "{{" not in whole:
            continue
        for found in reversed(list(_OURS.finditer(whole))):
            name = FIELDS.get(folded(found[1]))
            if name is None:
                strange.update({found[0]} if folded(found[1]) != PLACE else ())
                continue
            _put(texts, found.start(), found.end(), f"{{{{{name}}}}}")
    return Marks(strange, properties)


def _put(texts: list[etree._Element], start: int, end: int, words: str) -> None:
    """Put words in the place of some characters of a paragraph, however many runs hold them."""
    place = 0
    for text in texts:
        said = text.text or ""
        first, last = max(start - place, 0), min(end - place, len(said))
        place += len(said)
        if first >= len(said) or last <= 0:
            continue
        text.text = f"{said[:first]}{words}{said[last:]}"
        text.set(_SPACE, "preserve")
        words = ""


def _mark_controls(root: etree._Element) -> None:
    """Have a content control tagged ``pan:date`` hold that field."""
    for control in list(root.iter(_SDT)):
        tag = control.find(f"{_W}sdtPr/{_TAG}")
        name = "" if tag is None else tag.get(_VAL, "")
        ours = FIELDS.get(folded(name.removeprefix(TAG))) if name.startswith(TAG) else None
        content = control.find(f"{_W}sdtContent")
        if ours is None or content is None:
            continue
        properties = control.find(f"{_W}sdtPr")
        assert properties is not None  # its tag is in it
        for out in ("showingPlcHdr", "placeholder", "date"):
            for element in properties.findall(f"{_W}{out}"):
                properties.remove(element)
        _hold(list(content.iter(_T)), ours)


def _mark_properties(root: etree._Element) -> dict[str, str]:
    """Have Word's fields that show a property of ours hold that field; return those properties."""
    asked: dict[str, str] = {}
    for simple in root.iter(_SIMPLE):
        instruction = simple.get(f"{_W}instr", "")
        name = _property(instruction, asked)
        if name:
            _hold(list(simple.iter(_T)), name)
    for one, end in _complex_fields(root)[0]:
        name = _property(one.instruction, asked)
        if name and one.separate is not None:
            order = list(root.iter(_T, _CHAR))
            between = order[order.index(one.separate) + 1 : order.index(end)]
            _hold([element for element in between if element.tag == _T], name)
    return asked


def _property(instruction: str, asked: dict[str, str]) -> str | None:
    """Return the field of ours that one of Word's shows; note the property that it asks for."""
    words = _words(instruction)
    if not words:
        return None
    if words[0].upper() != "DOCPROPERTY" or len(words) < 2:
        return _OF_WORD.get(words[0].upper())
    own = FIELDS.get(folded(words[1]))
    if own:
        asked[words[1]] = own
    return own or _OF_WORD.get(words[1].upper())


def _hold(texts: list[etree._Element], name: str) -> None:
    for text in texts:
        text.text = ""
    if texts:
        texts[0].text = f"{{{{{name}}}}}"


def fill(part: str, values: Mapping[str, str]) -> str:
    """Return a part's XML with the fields of ours filled in."""
    return _MARKED.sub(
        lambda found: (
            escape(" ".join(values[found[1]].split())) if found[1] in values else found[0]
        ),
        part,
    )


def is_marked(part: str, names: Iterable[str] = FIELDS.values()) -> bool:
    """Tell whether a part has a field of ours to be filled in."""
    known = set(names)
    return any(found[1] in known for found in _MARKED.finditer(part))
