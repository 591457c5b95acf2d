"""Takes out of a template's part what runs, fetches or reaches anything outside the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pan_desktop.documents.docx.fields import tame

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_VML = ("{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}")

_ALWAYS_OUT = {
    f"{_W}altChunk": "des textes importés d’autres fichiers",
    f"{_W}subDoc": "des textes importés d’autres fichiers",
    f"{_W}attachedTemplate": "un lien vers un autre modèle",
    f"{_W}linkStyles": "",
    f"{_W}mailMerge": "une source de publipostage",
    f"{_W}saveThroughXslt": "un lien vers un autre fichier",
    f"{_W}dataBinding": "des données liées",
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding": "des données liées",
    f"{_W}documentProtection": "une protection contre les modifications",
    f"{_W}writeProtection": "une protection contre les modifications",
    f"{_W}object": "des objets incorporés",
    f"{_W}control": "des contrôles ActiveX",
    f"{_W}movie": "un lien vers un autre fichier",
    f"{_W}delInstrText": "",
    f"{_W}contentPart": "",
    f"{_W}commentRangeStart": "",
    f"{_W}commentRangeEnd": "",
    f"{_W}commentReference": "",
    f"{_W}proofErr": "",
    f"{_W}docVars": "",
}
"""What never stays, with what is said of it."""
_WHOLE = (f"{_W}drawing", f"{_W}pict", f"{_W}object")
"""What goes altogether when something in it does."""
_REACHING = {"src", "href", "althref", "link", "pict"}
"""Attributes of old drawings that name a place by themselves, without a relation."""
_LINK = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def harmless_link(target: str) -> bool:
    """Tell whether a link leads to a page or an address, which opens only when clicked."""
    return _LINK.match(target.strip()) is not None


def cleanse(root: etree._Element, kept: Container[str]) -> list[str]:
    """Take out what may not stay; ``kept`` are the relations left. Return what went, in French."""
    said: list[str] = []
    for element in list(root.iter(*_ALWAYS_OUT)):
        if _ALWAYS_OUT[str(element.tag)]:
            said.append(_ALWAYS_OUT[str(element.tag)])
        remove(element)
    for element in list(root.iter("*")):
        _cut_attributes(element, kept)
        if any(str(name).startswith(_R) and value not in kept for name, value in element.items()):
            _drop(element)
    said += tame(root)
    return list(dict.fromkeys(said))


def _cut_attributes(element: etree._Element, kept: Container[str]) -> None:
    """Take off an element the attributes that name a place, where it can do without them."""
    tag = str(element.tag)
    if tag.startswith(_VML):
        for name in list(element.attrib):
            local = str(name).rpartition("}")[2]
            related = str(name).startswith(_R) and local == "id"
            if local in _REACHING and not related:
                del element.attrib[name]
    link = f"{_R}link"
    if element.get(link) is not None and f"{_R}embed" in element.attrib:
        del element.attrib[link]
    if tag == f"{_W}hyperlink" and element.get(f"{_W}anchor") and element.get(f"{_R}id", "") == "":
        element.attrib.pop(f"{_R}id", "")


def _drop(element: etree._Element) -> None:
    """Take out what refers to something that did not stay."""
    tag = str(element.tag)
    if tag == f"{_W}hyperlink":
        unwrap(element)
    elif tag.startswith(f"{_A}hlink"):
        remove(element)
    elif tag.endswith("}svgBlip"):
        remove(element.getparent())
    else:
        whole = next(element.iterancestors(*_WHOLE), element)
        remove(next(whole.iterancestors(_ALTERNATE), whole) if whole is not element else element)


def remove(element: etree._Element | None) -> None:
    """Take an element out with all that is in it."""
    parent = None if element is None else element.getparent()
    if parent is not None and element is not None:
        parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put what is in an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)
