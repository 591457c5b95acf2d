"""Writes what a Word file says of itself (Fichier > Informations), through python-docx."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pan_desktop.documents.model import Properties

LONGEST = 255
"""How many characters Word keeps of a property."""


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
    core.revision = 1
    part = etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)
    return part, shortened


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
