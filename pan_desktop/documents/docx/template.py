"""Opens a Word template once and keeps of it what every document needs.

python-docx reads the package (whatever program saved it) and finds the styles by their names;
after that a document is made from strings and from parts that are already compressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

from pan_desktop.documents.docx.package import Packed, compress
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

HEADINGS = 9
"""How deep Word's headings go."""


class ListLook(NamedTuple):
    """What a list of one kind in one place needs: its paragraph style and its definition."""

    style: str
    definition: int


@dataclass(frozen=True, slots=True)
class Styles:
    """The identifiers of the styles used, found in the template by the names on the right."""

    title: str  # Title
    subtitle: str  # Subtitle
    headings: tuple[str, ...]  # Heading 1 to Heading 9
    bullets: str  # List Bullet
    numbers: str  # List Number
    cell: str  # Tableau texte
    cell_centred: str  # Tableau texte centré
    cell_header: str  # Tableau en-tête
    cell_bullets: str  # Tableau puces
    cell_numbers: str  # Tableau numéros
    after_table: str  # Tableau fin
    table: str  # Tableau relevé


@dataclass(frozen=True, slots=True)
class Template:
    """A template, taken apart; nothing in it changes from one document to the next."""

    styles: Styles
    lists: dict[tuple[Typography, bool, bool], ListLook]
    """By typography, whether in a cell, whether ordered."""
    numbering_start: dict[Typography, str]
    """The numbering part up to where the document's own lists are added."""
    next_list: int
    """The first list number that is free."""
    language: str
    """What text is in when nothing else is said."""
    section: str
    """The page: size, margins, footer."""
    text_width: int
    """Between the margins, in twentieths of a point."""
    before: tuple[Packed, ...]
    """The parts that open the file."""
    after: tuple[Packed, ...]
    """The parts that follow the document, its numbering and its properties."""
    document_name: str
    numbering_name: str
    core_name: str


def load(path: Path) -> Template:
    """Return the template of a file, read once per process as long as the file stays the same.

    Raises NotFoundError when there is no such file, InputError when it is no Word file or lacks
    a style or a list that documents are made with; the sentence names what is missing.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise NotFoundError(
            f"Le modèle Word « {path} » est introuvable : rien n’a été écrit ; "
            "choisissez un autre modèle ou réinstallez le programme."
        ) from error
    return _load(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, _modified: int, _size: int) -> Template:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        document = Document(str(path))
        properties = document.core_properties  # made now if the template has none
        assert properties is not None
        stream = BytesIO()
        document.save(stream)
    except (OpcError, BadZipFile, KeyError, ValueError, OSError, XMLSyntaxError) as error:
        raise InputError(
            f"« {path.name} » n’est pas un modèle Word lisible : rien n’a été écrit ; "
            "choisissez un fichier .docx enregistré par Word."
        ) from error
    names = {str(style.name): str(style.style_id) for style in document.styles}
    main = str(document.part.partname).lstrip("/")
    with ZipFile(stream) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    return _taken_apart(path.name, names, main, contents)


def _taken_apart(
    label: str, style_ids: dict[str, str], main: str, contents: dict[str, bytes]
) -> Template:
    folder = main.rpartition("/")[0]
    core, numbering = "docProps/core.xml", f"{folder}/numbering.xml"
    if numbering not in contents:
        raise _missing(label, "de définitions de listes")
    styles = _styles(label, style_ids)
    opening = ("[Content_Types].xml", "_rels/.rels")
    own = {main, numbering, core, *opening}
    section, text_width = _section(contents[main])
    lists, starts, next_list = _numbering(label, contents[numbering], styles)
    return Template(
        styles=styles,
        lists=lists,
        numbering_start=starts,
        next_list=next_list,
        language=_language(contents[f"{folder}/styles.xml"]),
        section=section,
        text_width=text_width,
        before=tuple(compress(name, contents[name]) for name in opening),
        after=tuple(compress(k, v) for k, v in sorted(contents.items()) if k not in own),
        document_name=main,
        numbering_name=numbering,
        core_name=core,
    )


def _missing(template: str, what: str) -> InputError:
    return InputError(
        f"Le modèle Word « {template} » n’a pas {what} : rien n’a été écrit ; "
        "ajoutez-le dans Word ou choisissez un autre modèle."
    )


def _styles(template: str, style_ids: dict[str, str]) -> Styles:
    def named(name: str) -> str:
        if name not in style_ids:
            raise _missing(template, f"le style « {name} »")
        return style_ids[name]

    return Styles(
        title=named("Title"),
        subtitle=named("Subtitle"),
        headings=tuple(named(f"Heading {level}") for level in range(1, HEADINGS + 1)),
        bullets=named("List Bullet"),
        numbers=named("List Number"),
        cell=named("Tableau texte"),
        cell_centred=named("Tableau texte centré"),
        cell_header=named("Tableau en-tête"),
        cell_bullets=named("Tableau puces"),
        cell_numbers=named("Tableau numéros"),
        after_table=named("Tableau fin"),
        table=named("Tableau relevé"),
    )


def _section(document: bytes) -> tuple[str, int]:
    """Return the XML of the page's description and the width of its text."""
    from lxml import etree

    section = etree.fromstring(document).find(f"{W}body/{W}sectPr")
    assert section is not None  # python-docx adds one
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    width = 9072  # A4 with 2.5 cm on each side
    if size is not None and margins is not None:
        width = int(size.get(f"{W}w", 0)) - sum(
            int(margins.get(f"{W}{edge}", 0)) for edge in ("left", "right", "gutter")
        )
    return etree.tostring(section, encoding="unicode"), width


def _language(styles: bytes) -> str:
    from lxml import etree

    lang = etree.fromstring(styles).find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    return "" if lang is None else lang.get(f"{W}val", "")


_Lists = dict[tuple[Typography, bool, bool], ListLook]


def _numbering(
    template: str, part: bytes, styles: Styles
) -> tuple[_Lists, dict[Typography, str], int]:
    from lxml import etree

    root = etree.fromstring(part)
    definitions: dict[str, int] = {}
    for element in root.iterchildren(f"{W}abstractNum"):
        name = element.find(f"{W}name")
        if name is not None:
            definitions[name.get(f"{W}val", "")] = int(element.get(f"{W}abstractNumId", -1))

    def defined(name: str) -> int:
        if name not in definitions:
            raise _missing(template, f"la définition de liste « {name} »")
        return definitions[name]

    lists: _Lists = {}
    for typography in Typography:
        bullets = defined(f"pan-bullets-{typography}")
        cell_bullets = defined(f"pan-cell-bullets-{typography}")
        lists[typography, False, False] = ListLook(styles.bullets, bullets)
        lists[typography, False, True] = ListLook(styles.numbers, defined("pan-numbers"))
        lists[typography, True, False] = ListLook(styles.cell_bullets, cell_bullets)
        lists[typography, True, True] = ListLook(styles.cell_numbers, defined("pan-cell-numbers"))
    starts = {typography: _numbering_start(root, lists, typography) for typography in Typography}
    taken = [int(num.get(f"{W}numId", 0)) for num in root.iterchildren(f"{W}num")]
    return lists, starts, max(taken, default=0) + 1


def _numbering_start(root: etree._Element, lists: _Lists, typography: Typography) -> str:
    """Return the part without its end, the list styles' bullets being the typography's own."""
    from lxml import etree

    # Whoever goes on typing in Word with the style "List Bullet" gets the document's bullets.
    wanted = {
        lists[other, in_cell, False].definition: lists[typography, in_cell, False].definition
        for other in Typography
        for in_cell in (False, True)
    }
    for number in root.iterchildren(f"{W}num"):
        definition = number.find(f"{W}abstractNumId")
        if definition is not None:
            current = int(definition.get(f"{W}val", -1))
            definition.set(f"{W}val", str(wanted.get(current, current)))
    for trailer in root.findall(f"{W}numIdMacAtCleanup"):
        root.remove(trailer)
    return etree.tostring(root, encoding="unicode").rpartition("</")[0]
