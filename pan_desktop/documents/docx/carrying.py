"""Puts what a relevé carries (``documents.carried``) into its Word file, and finds it again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pan_desktop.documents.docx.meant import meant_stream
from pan_desktop.documents.docx.stream import (
    ParagraphMark,
    Stretch,
    UnreadableDocumentError,
    read_stream,
)
from pan_desktop.documents.package import PackageError, Relation, open_package, parse_xml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.docx.stream import Token
    from pan_desktop.documents.model import Block

PART = "customXml/pan-releve.xml"
RELATION = Relation(
    "rIdPanReleve",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml",
    PART,
    external=False,
)
"""Ties the part to the document; Word and LibreOffice keep it when they save the file."""

_APART = "\0"  # no text of a Word file has it
_ADDRESS = "urn:pan-desktop:releve:1"


def carrying_part(text: str) -> bytes:
    """Return the part that holds what a file carries; of a file that carries nothing too."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<releve xmlns="{_ADDRESS}">{escape(text)}</releve>'
    ).encode()


def carried_in(data: bytes) -> str:
    """Return what a Word file carries, "" for nothing. Raises PackageError for a damaged file."""
    package = open_package(data)
    for relation in package.relations(package.main_part()):
        if relation.external or not relation.type.endswith("/customXml"):
            continue
        if relation.target not in package:
            continue
        try:
            root = parse_xml(package.read(relation.target))
        except PackageError:  # some other program's, which is its own affair
            continue
        if root.tag == f"{{{_ADDRESS}}}releve":
            return root.text or ""
    return ""


def says(data: bytes, blocks: Sequence[Block]) -> bool:
    """Tell whether a Word file has the paragraphs of these blocks, in a row and unchanged."""
    try:
        found = _paragraphs(read_stream(data))
    except UnreadableDocumentError:
        return False
    meant = _paragraphs(meant_stream(blocks))
    return _APART + _APART.join(meant) + _APART in _APART + _APART.join(found) + _APART


def _paragraphs(stream: Sequence[Token]) -> list[str]:
    """Return the text of each paragraph of a stream, empty ones left out."""
    found: list[str] = []
    for token in stream:
        if isinstance(token, ParagraphMark):
            found.append("")
        elif isinstance(token, str | Stretch) and found:
            found[-1] += token if isinstance(token, str) else token.text
    return [text for text in found if text]
