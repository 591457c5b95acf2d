"""A document of ours as the bytes of a file: Word, PDF, HTML or plain text, by its extension.

A PDF shows the program's own pages, which only the window can paint: whoever starts the program
hands the painter in (``Pages``). Or LibreOffice makes it from the Word file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pan_desktop.app import versions
from pan_desktop.documents import libreoffice
from pan_desktop.documents.docx.characters import clean
from pan_desktop.documents.html import html_page
from pan_desktop.documents.model import Document
from pan_desktop.documents.plain_text import plain_text
from pan_desktop.domain.errors import InputError

if TYPE_CHECKING:
    from pan_desktop.app.office import Office

Pages = Callable[[Document], bytes]
"""Paints a document as pages and returns them as a PDF; it may be called from any thread."""

WORD, PDF, TEXT = ".docx", ".pdf", ".txt"
PAGES = (".html", ".htm")
SUFFIXES = (WORD, PDF, *PAGES, TEXT)

NO_PAGES = "« {name} » n’a pas été écrit : ici, seul LibreOffice peut écrire un PDF."
LEFT_OUT = (
    "Des caractères de commande, invisibles, n’ont pas leur place dans un document et n’y figurent "
    "pas ({places}) ; ils restent dans la base."
)


class PdfBy(StrEnum):
    """Who makes a PDF."""

    PAGES = "pages"
    """The program, of the pages that the preview shows."""
    LIBREOFFICE = "libreoffice"
    """LibreOffice, of the Word file."""


@dataclass(frozen=True, slots=True)
class PdfMaking:
    """How PDF files are made: by whom, and what paints the program's own pages."""

    pages: Pages | None = None
    by: PdfBy = PdfBy.PAGES


WORD_FILE = Callable[[Document, str], tuple[bytes, tuple[str, ...]]]


def libreoffice_here(_office: Office) -> bool:
    """Tell whether LibreOffice is installed on this machine."""
    return libreoffice.find() is not None


def content_of(
    document: Document,
    name: str,
    making: PdfMaking,
    word: WORD_FILE = versions.rendered,
) -> tuple[bytes, tuple[str, ...]]:
    """Return a document as a file called ``name``, and what could not be taken over, in French.

    ``word`` writes it as Word. Raises InputError for a PDF that nobody here can paint,
    OtherProgramError where LibreOffice is missing or fails, and what ``word`` raises.
    """
    suffix = name[name.rfind(".") :].lower()
    if suffix == WORD:
        return word(document, name)
    if suffix == PDF and making.by is PdfBy.LIBREOFFICE:
        content, remarks = word(document, name)
        return by_libreoffice(content, name), remarks
    document, removed = clean(document)
    places = ", ".join(dict.fromkeys(place for place, _ in removed))
    remarks = (LEFT_OUT.format(places=places),) if removed else ()
    if suffix == PDF:
        if making.pages is None:
            raise InputError(NO_PAGES.format(name=name))
        return making.pages(document), remarks
    text = plain_text(document) if suffix == TEXT else html_page(document)
    return text.encode(), remarks


def by_libreoffice(content: bytes, name: str) -> bytes:
    """Return a Word file as LibreOffice's PDF of it. Raises OtherProgramError."""
    return libreoffice.convert(content, f"{name[: name.rfind('.')]}{WORD}", PDF)
