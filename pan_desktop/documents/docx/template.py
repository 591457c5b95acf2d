"""Opens a Word template once and keeps of it what every document needs.

Any Word file serves: what an office made in Word is kept, the styles and lists it lacks are lent
by the program's own template (``adopting``, ``lists``), the relevé goes where the office says
(``placing``), and what may not stay is taken out (``house_parts``). After that a document is made
from strings and from parts that are already compressed.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from pan_desktop import resources
from pan_desktop.documents.docx import carrying, fields
from pan_desktop.documents.docx.adopting import HEADINGS, W, adopt, number_of, spoken
from pan_desktop.documents.docx.house_parts import (
    House,
    Part,
    content_types,
    open_house,
    relationships,
    relationships_name,
    serialised,
)
from pan_desktop.documents.docx.lists import ListLook, Lists, give_lists
from pan_desktop.documents.docx.mending import mend, untold_pictures
from pan_desktop.documents.docx.package import Packed, compress
from pan_desktop.documents.docx.placing import cut
from pan_desktop.documents.outside import read_bounded
from pan_desktop.documents.package import PackageError, Relation, parse_xml
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.typography import Typography, enumeration

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lxml import etree

__all__ = ["HEADINGS", "ListLook", "Styles", "Template", "TemplateFile", "load", "own_template"]

DEFAULT_TEMPLATE = "templates/releve.docx"
"""The program's own, which lends others what they lack."""
ARABIC_TEMPLATE = "templates/releve-ar.docx"
"""The program's own for what is written in Arabic."""

_NOTHING_WRITTEN = "rien n’a été écrit"
_W_ADDRESS = W[1:-1]
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_OFFICE_S_OWN = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CORE = "docProps/core.xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_APPLICATION = "docProps/app.xml"
_APPLICATION_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_APPLICATION_PART = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>PAN Desktop</Application></Properties>"
)

TAKEN_OUT = (
    "Par sécurité, ceci est retiré du modèle : {what}. Un modèle n’exécute rien et ne va rien "
    "chercher ailleurs."
)
UNTOLD = (
    "Une image du modèle n’a pas de texte de remplacement : qui ne la voit pas ne sait pas ce "
    "qu’elle montre. Dans Word, clic droit sur l’image, « Modifier le texte de remplacement »."
)
STRANGE = (
    "{names} : le programme ne connaît pas de champ de ce nom ; le texte reste tel quel. Les "
    "champs sont {known}."
)


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template that lies in the store: two of one digest are the same."""

    name: str
    """What the office calls its file, for the sentences."""
    digest: str
    """The SHA-256 of its bytes, in hexadecimal."""
    content: bytes = field(compare=False, repr=False)

    @staticmethod
    def of(name: str, content: bytes) -> TemplateFile:
        """Return the template that a file's bytes are."""
        return TemplateFile(name, sha256(content).hexdigest(), content)


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
    lists: Lists
    numbering_start: dict[Typography, str]
    """The numbering part up to where the document's own lists are added."""
    next_list: int
    """The first list number that is free."""
    language: str
    """What text is in when nothing else is said, "" where the styles do not agree."""
    opening: str
    """The document part up to where the relevé goes."""
    closing: str
    """The document part from there on: what the office has after it, the page."""
    marked: bool
    """Whether the relevé stands within the template's own text, between bookmarks."""
    text_width: int
    """Where the relevé goes, in twentieths of a point."""
    letter: int
    """The width of a letter in the heads of tables, 0 where the columns go with them anyway."""
    before: tuple[Packed, ...]
    """The parts that open the file."""
    after: tuple[Packed, ...]
    """The parts that follow the document, its numbering and its properties."""
    filled: tuple[tuple[str, str], ...]
    """The parts with fields to fill in, each with its name."""
    document_name: str
    numbering_name: str
    core_name: str
    remarks: tuple[str, ...]
    """What the office should know of its template, in French: what it lacks, what went."""

    def filled_with(self, values: Mapping[str, str]) -> tuple[str, str, tuple[Packed, ...]]:
        """Return opening, closing and the parts with fields, the fields filled in."""
        parts = (compress(name, fields.fill(part, values).encode()) for name, part in self.filled)
        return (
            fields.fill(self.opening, values),
            fields.fill(self.closing, values),
            tuple(parts),
        )


def load(source: Path | TemplateFile) -> Template:
    """Return the template of a file, read once per process as long as the file stays the same.

    Raises NotFoundError when there is no such file, InputError when it cannot serve; the
    sentence tells why.
    """
    if isinstance(source, TemplateFile):
        return _kept(source)
    try:
        status = source.stat()
    except OSError as error:
        raise NotFoundError(
            f"Le modèle Word « {source} » est introuvable : rien n’a été écrit ; "
            "choisissez un autre modèle ou réinstallez le programme."
        ) from error
    return _load(source, status.st_mtime_ns, status.st_size)


def own_template(*, arabic: bool = False) -> Template:
    """Return the program's own template."""
    return load(own_path(arabic=arabic))


def own_path(*, arabic: bool = False) -> Path:
    """Return where the program's own template lies."""
    return resources.path(ARABIC_TEMPLATE if arabic else DEFAULT_TEMPLATE)


@lru_cache(maxsize=8)
def _load(path: Path, _modified: int, _size: int) -> Template:
    try:
        content = read_bounded(path)
    except PackageError as error:
        raise _unfit(path.name, error) from error
    return _taken_apart(path.name, content)


@lru_cache(maxsize=8)
def _kept(file: TemplateFile) -> Template:
    return _taken_apart(file.name, file.content)


@lru_cache(maxsize=1)
def _ours() -> tuple[etree._Element, etree._Element]:
    """Return the styles and the numbering that are lent."""
    from pan_desktop.documents.package import open_package

    package = open_package(resources.path(DEFAULT_TEMPLATE))
    styles, numbering = "word/styles.xml", "word/numbering.xml"
    return parse_xml(package.read(styles)), parse_xml(package.read(numbering))


def _unfit(name: str, error: PackageError) -> InputError:
    return InputError(error.sentence(name, _NOTHING_WRITTEN))


def _taken_apart(name: str, content: bytes) -> Template:
    try:
        house = open_house(content)
        return _template(house)
    except PackageError as error:
        raise _unfit(name, error) from error


def _template(house: House) -> Template:
    roots = [part.root for part in house.parts.values() if part.root is not None]
    for root in roots:
        mend(root)
    if any(name.startswith("docProps/") for name in house.parts):
        raise PackageError("range ses parties d’une façon inconnue", "Enregistrez-le dans Word")
    styles, numbering = _part_of(house, "styles"), _part_of(house, "numbering")
    our_styles, our_numbering = _ours()
    adopted = adopt(styles, our_styles)
    lists = give_lists(numbering, styles, adopted.ids, adopted.lent, our_numbering)
    remarks = list(adopted.remarks)
    asked = _mark_fields(house, remarks)
    main = house.parts[house.main].root
    assert main is not None  # ``open_house`` gives the document as a tree
    place = cut(_rooted(main))
    remarks += place.remarks
    if sum(map(untold_pictures, roots)):
        remarks.append(UNTOLD)
    if house.taken_out:
        remarks.append(TAKEN_OUT.format(what=enumeration(tuple(house.taken_out))))
    numbering_name = posixpath.join(house.main.rpartition("/")[0], "numbering.xml")
    own = {house.main, numbering_name}
    others = {name: _written(part) for name, part in house.parts.items() if name not in own}
    others |= {_APPLICATION: _APPLICATION_PART.encode(), **_properties(house, asked)}
    filled = {
        name: part.decode()
        for name, part in others.items()
        if name.endswith(".xml") and fields.is_marked(part.decode())
    }
    house.parts[house.main].relations[carrying.RELATION.id] = carrying.RELATION
    for name in (house.main, *(n for n in others if n in house.parts)):
        relations = house.parts[name].relations
        if relations:
            others[relationships_name(name)] = relationships(relations, name)
    taken = [number_of(one, f"{W}numId") for one in numbering.iterchildren(f"{W}num")]
    return Template(
        styles=_styles(adopted.ids),
        lists=lists,
        numbering_start={t: _numbering_start(numbering, lists, t) for t in Typography},
        next_list=max(taken, default=0) + 1,
        language=spoken(styles, set(adopted.ids.values())),
        opening=place.before,
        closing=place.after,
        marked=place.marked,
        text_width=place.text_width,
        letter=adopted.letter,
        before=_opening_parts(house, custom=_CUSTOM in others),
        after=tuple(compress(k, v) for k, v in sorted(others.items()) if k not in filled),
        filled=tuple(filled.items()),
        document_name=house.main,
        numbering_name=numbering_name,
        core_name=_CORE,
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _part_of(house: House, kind: str) -> etree._Element:
    """Return the styles or the lists of a template, under the name that readers look for."""
    from lxml import etree

    part = house.related(kind)
    folder = house.main.rpartition("/")[0]
    if part is None:
        root = etree.Element(f"{W}{kind}", nsmap={"w": _W_ADDRESS})
        part = house.add(kind, f"{kind}.xml", root)
    wanted = posixpath.join(folder, f"{kind}.xml")
    if part.name != wanted:
        if wanted in house.parts:
            raise PackageError("range ses parties d’une façon inconnue", "Enregistrez-le dans Word")
        house.parts[wanted] = house.parts.pop(part.name)
        relations = house.parts[house.main].relations
        for relation in list(relations.values()):
            if relation.target == part.name:
                relations[relation.id] = relation._replace(target=wanted)
        part.name = wanted
    assert part.root is not None  # these kinds are always trees
    part.root = _rooted(part.root)
    return part.root


def _styles(ids: Mapping[str, str]) -> Styles:
    headings = tuple(ids[f"heading{level}"] for level in range(1, HEADINGS + 1))
    others = {key: style_id for key, style_id in ids.items() if not key.startswith("heading")}
    return Styles(headings=headings, **others)


def _numbering_start(root: etree._Element, lists: Lists, typography: Typography) -> str:
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
            current = number_of(definition)
            definition.set(f"{W}val", str(wanted.get(current, current)))
    for trailer in root.findall(f"{W}numIdMacAtCleanup"):
        root.remove(trailer)
    return etree.tostring(root, encoding="unicode").rpartition("</")[0]


def _rooted(root: etree._Element) -> etree._Element:
    """Return a part whose prefix w is Word's, as in what is written into it."""
    from lxml import etree

    if root.prefix == "w":
        return root
    if "w" in root.nsmap:
        raise PackageError("nomme ses parties d’une façon inconnue", "Enregistrez-le dans Word")
    spoken_of = {k: address for k, address in root.nsmap.items() if k and address != _W_ADDRESS}
    spoken_of["w"] = _W_ADDRESS
    attributes = {str(name): str(value) for name, value in root.attrib.items()}
    made = etree.Element(root.tag, attributes, nsmap=spoken_of)
    made.extend(list(root))
    return made


# The other parts -----------------------------------------------------------------------------


def _mark_fields(house: House, remarks: list[str]) -> dict[str, str]:
    """Bring the fields of ours into one form, in every part; return the properties asked for."""
    strange: set[str] = set()
    asked: dict[str, str] = {}
    for part in house.parts.values():
        if part.root is not None:
            marks = fields.mark(part.root)
            strange |= marks.strange
            asked |= marks.properties
    if strange:
        known = enumeration([f"{{{{{name}}}}}" for name in fields.FIELDS.values()])
        remarks.append(STRANGE.format(names=enumeration(sorted(strange)), known=known))
    return asked


def _written(part: Part) -> bytes:
    return part.content if part.root is None else serialised(part.root)


def _properties(house: House, asked: Mapping[str, str]) -> dict[str, bytes]:
    """Return the part of the office's own properties, and of ours that Word's fields ask for."""
    from lxml import etree

    root = house.properties
    if root is None:
        if not asked:
            return {}
        root = etree.fromstring(f'<Properties xmlns="{_PROPERTIES}"/>')
    for known in list(root):
        known.attrib.pop("linkTarget", "")
        if known.get("name") in asked:
            root.remove(known)
    last = max((number_of(known, "pid") for known in root), default=1)
    for number, (name, ours) in enumerate(asked.items(), last + 1):
        about = {"fmtid": _OFFICE_S_OWN, "pid": str(number), "name": name}
        made = etree.SubElement(root, f"{{{_PROPERTIES}}}property", about)
        etree.SubElement(
            made, f"{{{_VALUES}}}lpwstr", nsmap={"vt": _VALUES}
        ).text = f"{{{{{ours}}}}}"
    return {_CUSTOM: serialised(root)}


def _opening_parts(house: House, *, custom: bool) -> tuple[Packed, ...]:
    """Return the parts that open a file: what each part is, and what the file is about."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
    types = {_CORE: _CORE_TYPE, _APPLICATION: _APPLICATION_TYPE}
    about = [
        (f"{office}/officeDocument", house.main),
        (f"{package}/core-properties", _CORE),
        (f"{office}/extended-properties", _APPLICATION),
    ]
    if custom:
        types[_CUSTOM] = _CUSTOM_TYPE
        about.append((f"{office}/custom-properties", _CUSTOM))
    relations = {
        f"rId{number}": Relation(f"rId{number}", kind, target, external=False)
        for number, (kind, target) in enumerate(about, 1)
    }
    return (
        compress("[Content_Types].xml", content_types(house, types)),
        compress("_rels/.rels", relationships(relations)),
    )
