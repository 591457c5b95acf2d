"""What a Word file says of itself (Fichier > Informations): written through python-docx, read."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.docx.stream import read_stream
from pan_desktop.documents.package import PackageError, open_package, parse_xml

if TYPE_CHECKING:
    from pan_desktop.documents.model import Properties

LONGEST = 255
"""How many characters Word keeps of a property."""

_CORE = "/metadata/core-properties"
_NAMES = ("identifier", "version", "contentStatus")


class Said(NamedTuple):
    """What a Word file says it is; each "" where it does not say."""

    identifier: str = ""
    version: str = ""
    status: str = ""


def core_properties(properties: Properties) -> tuple[bytes, tuple[str, ...]]:
    """Return the properties part, and the French names of the properties that were too long.

    A text longer than Word takes is cut at ``LONGEST`` characters, the last one being "…".
    """
    from docx.opc.coreprops import CoreProperties
    from docx.oxml.coreprops import CT_CoreProperties
    from lxml import etree

    texts = {"titre": properties.title, "objet": properties.subject, "auteur": properties.author}
    shortened = tuple(name for name, text in texts.items() if len(text) > LONGEST)
    title, subject, author = (_fitting(text) for text in texts.values())
    element = CT_CoreProperties.new()
    core = CoreProperties(element)
    created = properties.created.astimezone(UTC).replace(tzinfo=None)
    core.title, core.subject = title, subject
    core.author = core.last_modified_by = author
    core.created = core.modified = created
    core.language = _fitting(properties.language)
    # A part that says nothing is left out: an empty version is one to some programs.
    if properties.identifier:
        core.identifier = _fitting(properties.identifier)
    if properties.version:
        core.version = _fitting(properties.version)
    if properties.status:
        core.content_status = _fitting(properties.status)
    core.revision = 1
    part = etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)
    return part, shortened


def read_said(data: bytes) -> Said:
    """Return what a Word file says it is. Raises UnreadableDocumentError when it is none."""
    read_stream(data)  # that it is a Word file at all
    package = open_package(data)
    core = next((r.target for r in package.relations() if r.type.endswith(_CORE)), "")
    try:
        root = parse_xml(package.read(core))
    except PackageError:
        return Said()  # Word opens a file without the part, or with a damaged one
    found = {
        str(child.tag).rpartition("}")[2]: (child.text or "").strip()
        for child in root.iterchildren("*")
    }
    return Said(*(found.get(name, "") for name in _NAMES))


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
