"""Opens a house template, whoever made it, and keeps of it only what is known to be harmless.

A template comes from anyone. What is kept is a list of what may stay, not of what may not:
styles, lists, settings, fonts, theme, headers, footers, notes, pictures, and links that somebody
has to click. Macros, embedded objects, linked pictures, imported texts, data bindings and the
fields that fetch something are taken out (``cleansing``), and it is said.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pan_desktop.documents.docx.cleansing import cleanse, harmless_link
from pan_desktop.documents.docx.runs import attribute
from pan_desktop.documents.package import TEMPLATE_LIMITS, PackageError, Relation, open_package

if TYPE_CHECKING:
    from lxml import etree

    from pan_desktop.documents.package import Package

W_ADDRESS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_ADDRESS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPE = f"{_WORD}.document.main+xml"

_TYPES = {
    "styles": f"{_WORD}.styles+xml",
    "numbering": f"{_WORD}.numbering+xml",
    "settings": f"{_WORD}.settings+xml",
    "fontTable": f"{_WORD}.fontTable+xml",
    "header": f"{_WORD}.header+xml",
    "footer": f"{_WORD}.footer+xml",
    "footnotes": f"{_WORD}.footnotes+xml",
    "endnotes": f"{_WORD}.endnotes+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
}
"""The parts of XML that stay, by what relates to them, and what they are."""
_PICTURES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}
"""Pictures that nothing runs in; not .svg, which may hold scripts and addresses."""
_FONTS = {
    "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
    "ttf": "application/x-font-ttf",
}
_OUT = {
    "vbaProject": "des macros",
    "wordVbaData": "des macros",
    "keyMapCustomizations": "des macros",
    "attachedToolbars": "des macros",
    "attachedTemplate": "un lien vers un autre modèle",
    "oleObject": "des objets incorporés",
    "package": "des objets incorporés",
    "aFChunk": "des textes importés d’autres fichiers",
    "subDocument": "des textes importés d’autres fichiers",
    "control": "des contrôles ActiveX",
    "activeXControlBinary": "des contrôles ActiveX",
    "mailMergeSource": "une source de publipostage",
    "mailMergeHeaderSource": "une source de publipostage",
    "comments": "des commentaires",
    "chart": "des graphiques",
    "diagramData": "des graphiques",
    "frame": "un lien vers un autre fichier",
}
"""What is taken out and said; whatever else is unknown goes without a word."""

STRICT = PackageError(
    "est enregistré au format « Strict Open XML »",
    "Enregistrez-le dans Word comme « Document Word (.docx) »",
)
NOT_WORD = PackageError(
    "n’est pas un modèle Word lisible", "Choisissez un fichier .docx ou .dotx enregistré par Word"
)


@dataclass(slots=True)
class Part:
    """A part that stays: XML as a tree, anything else as bytes."""

    name: str
    content_type: str
    root: etree._Element | None = None
    content: bytes = b""
    relations: dict[str, Relation] = field(default_factory=dict)
    """By identifier; those to outside are links to click."""


@dataclass(slots=True)
class House:
    """A template, opened: its parts by name, and what was taken out, in French."""

    main: str
    parts: dict[str, Part]
    taken_out: list[str]
    properties: etree._Element | None = None
    """The office's own properties, which fields of Word's may show."""

    def related(self, kind: str) -> Part | None:
        """Return the part of that kind that the document goes with."""
        for relation in self.parts[self.main].relations.values():
            if relation.type.rpartition("/")[2] == kind:
                return self.parts[relation.target]
        return None

    def add(self, kind: str, file_name: str, root: etree._Element) -> Part:
        """Add a part of XML that the document goes with."""
        folder = self.main.rpartition("/")[0]
        name = posixpath.join(folder, file_name)
        while name in self.parts:
            name = posixpath.join(folder, f"pan-{posixpath.basename(name)}")
        main = self.parts[self.main]
        number = 1
        while f"rIdPan{number}" in main.relations:
            number += 1
        own = f"rIdPan{number}"
        main.relations[own] = Relation(own, f"{R_ADDRESS}/{kind}", name, external=False)
        self.parts[name] = Part(name, _TYPES[kind], root)
        return self.parts[name]


def open_house(data: bytes) -> House:
    """Return what may stay of a template. Raises PackageError when it is none."""
    package = open_package(data, limits=TEMPLATE_LIMITS)
    if "[Content_Types].xml" not in package:
        raise NOT_WORD
    main = package.main_part()
    root = package.xml(main)
    if root.tag != f"{{{W_ADDRESS}}}document":
        raise STRICT if str(root.tag).startswith("{http://purl.oclc.org/ooxml/") else NOT_WORD
    house = House(main, {}, [])
    _take(house, package, Part(main, MAIN_TYPE, root))
    # Only now: what is cleansed may be the body itself, where its content is mixed up.
    if root.find(f"{{{W_ADDRESS}}}body") is None:
        raise NOT_WORD
    for relation in package.relations():
        custom = relation.type.endswith("/custom-properties") and not relation.external
        if custom and relation.target in package:
            house.properties = package.xml(relation.target)
    macros = any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in package.names)
    if macros and "des macros" not in house.taken_out:
        house.taken_out.append("des macros")
    return house


def _take(house: House, package: Package, part: Part) -> None:
    """Take a part and what it goes with, and clean each of what it may not go with."""
    house.parts[part.name] = part
    waiting = [part]  # no recursion: parts may go with one another without end
    while waiting:
        current = waiting.pop()
        for relation in package.relations(current.name):
            taken = _related(house, package, current, relation)
            if taken is not None:
                house.parts[taken.name] = taken
                waiting.append(taken)
        if current.root is not None:
            went = cleanse(current.root, current.relations)
            house.taken_out += (what for what in went if what not in house.taken_out)


def _related(house: House, package: Package, part: Part, relation: Relation) -> Part | None:
    """Return a part that is to be taken as well, None when there is none to take."""
    kind = relation.type.rpartition("/")[2]
    if relation.external:
        if kind == "hyperlink" and harmless_link(relation.target):
            part.relations[relation.id] = relation
        else:
            said = "des images liées" if kind == "image" else _OUT.get(kind)
            _say(house, said or "des liens vers des fichiers")
        return None
    if relation.target not in package:
        return None
    if relation.target in house.parts:
        part.relations[relation.id] = relation
        return None
    taken = _part(package, relation.target, kind)
    if taken is None:
        _say(house, _OUT.get(kind))
        return None
    part.relations[relation.id] = relation
    return taken


def _part(package: Package, name: str, kind: str) -> Part | None:
    """Return a part that may stay, None for any other."""
    if kind in _TYPES:
        return Part(name, _TYPES[kind], package.xml(name))
    extension = posixpath.splitext(name)[1].lstrip(".").lower()
    known = {"image": _PICTURES, "font": _FONTS}.get(kind, {}).get(extension)
    return Part(name, known, content=package.read(name)) if known else None


def _say(house: House, what: str | None) -> None:
    if what and what not in house.taken_out:
        house.taken_out.append(what)


# Back to a file ----------------------------------------------------------------------------


def content_types(house: House, extra: dict[str, str]) -> bytes:
    """Return the part that says what each part is; ``extra`` are parts added later."""
    types = {part.name: part.content_type for part in house.parts.values()} | extra
    overrides = "".join(
        f'<Override PartName="/{attribute(name)}" ContentType="{attribute(kind)}"/>'
        for name, kind in types.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def relationships(relations: dict[str, Relation], of: str = "") -> bytes:
    """Return the part that says what another, or the file itself, goes with."""
    folder = posixpath.dirname(of) or "."
    lines: list[str] = []
    for relation in relations.values():
        # As Word writes them, seen from the part: not every reader takes names from the root.
        target = relation.target
        if not relation.external:
            target = posixpath.relpath(target, folder)
        outside = ' TargetMode="External"' if relation.external else ""
        lines.append(
            f'<Relationship Id="{attribute(relation.id)}" Type="{attribute(relation.type)}" '
            f'Target="{attribute(target)}"{outside}/>'
        )
    address = f"{_PACKAGE}/relationships"
    return f'{_HEAD}<Relationships xmlns="{address}">{"".join(lines)}</Relationships>'.encode()


def relationships_name(part: str) -> str:
    """Return the name of the part that says what another goes with."""
    folder, _, base = part.rpartition("/")
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def serialised(root: etree._Element) -> bytes:
    """Return a tree as a part."""
    from lxml import etree

    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
