"""Opens a Word file of anyone and gives what it says: its text as shown, and what stands beside it.

Tracked changes are taken as accepted. Whatever is not shown as text (comments, hidden words,
what was deleted, the head and foot of the pages, notes) comes as asides: no word is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.outside import PackageError
from pan_desktop.documents.package import open_package, swollen
from pan_desktop.documents.word.body import BodyReading
from pan_desktop.documents.word.lines import Aside, Contents, Why
from pan_desktop.documents.word.lists import Lists
from pan_desktop.documents.word.styles import Styles, W

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

    from pan_desktop.documents.package import Package, Relation

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOTES = {"footnotes": Why.NOTE, "endnotes": Why.NOTE}
_PAGE_PARTS = {"header": Why.PAGE_HEAD, "footer": Why.PAGE_FOOT}
_MOST_PAGE_PARTS = 60
"""Three heads and three feet for each of ten sections: more are not looked at one by one."""
MOST_PARAGRAPHS = 20_000
"""In the text: a relevé has hundreds, and each is looked at closely."""
MOST_TEXT = 2_000_000
"""In characters."""
LONGEST_PARAGRAPH = 100_000
"""In characters, of a paragraph with the text boxes that hang on it."""
_NO_TEXT = "ne contient pas de document Word"


def read_contents(data: bytes) -> Contents:
    """Return what a Word file says. Raises PackageError for what is no Word file, or damaged."""
    package = open_package(data)
    main = package.main_part()
    root = _part(package, main)
    body = root.find(f"{W}body")
    if body is None:
        raise PackageError(_NO_TEXT, "Choisissez un relevé enregistré par Word (.docx)")
    _check_size(body)
    relations = {relation.id: relation for relation in package.relations(main)}
    found = {_kind(relation): relation for relation in relations.values()}
    styles = Styles(_optional(package, found.get("styles")))
    lists = Lists(_optional(package, found.get("numbering")))
    reading = BodyReading(styles, lists)
    blocks = reading.blocks(body)
    asides = [*reading.asides, *_beside(package, found, reading)]
    asides += _of_pages(package, relations.values(), styles, lists)
    title, subject = _properties(package)
    return Contents(blocks, tuple(asides), title, subject)


def _check_size(body: etree._Element) -> None:
    """Raise PackageError for more text than anybody reads out in a meeting."""
    if sum(1 for _ in body.iter(f"{W}p")) > MOST_PARAGRAPHS:
        raise swollen()
    whole = sum(len(part.text or "") for part in body.iter(f"{W}t"))
    if whole > MOST_TEXT:
        raise swollen()
    if whole > LONGEST_PARAGRAPH:
        for paragraph in body.iter(f"{W}p"):
            texts = paragraph.iter(f"{W}t")
            if sum(len(part.text or "") for part in texts) > LONGEST_PARAGRAPH:
                raise swollen()


def _beside(package: Package, found: dict[str, Relation], reading: BodyReading) -> list[Aside]:
    """Return comments and notes, each with the paragraph it hangs on."""
    asides: list[Aside] = []
    comments = _optional(package, found.get("comments"))
    for comment in () if comments is None else comments.iterchildren(f"{W}comment"):
        author = (comment.get(f"{W}author") or "").strip()
        why = f"{Why.COMMENT} de {author}" if author else str(Why.COMMENT)
        text = plain_text(comment)
        if text:
            place = reading.called.get(("comment", comment.get(f"{W}id") or ""), 0)
            asides.append(Aside(place, text, why))
    for kind, why in _NOTES.items():
        part = _optional(package, found.get(kind))
        for note in () if part is None else part.iterchildren():
            text = plain_text(note)
            if text and note.get(f"{W}type") in {None, "normal"}:
                place = reading.called.get((kind, note.get(f"{W}id") or ""), 0)
                asides.append(Aside(place, text, why))
    return asides


def _of_pages(
    package: Package, relations: Iterable[Relation], styles: Styles, lists: Lists
) -> list[Aside]:
    """Return what stands at the head and foot of the pages, each text once."""
    found: dict[tuple[str, str], Aside] = {}
    looked_at = 0
    for relation in relations:
        why = _PAGE_PARTS.get(_kind(relation))
        if why is None or not _there(package, relation) or looked_at >= _MOST_PAGE_PARTS:
            continue
        looked_at += 1
        reading = BodyReading(styles, lists, page_part=True)
        blocks = reading.blocks(_part(package, relation.target))
        for text in reading.words_of(blocks):
            found.setdefault((why, text), Aside(0, text, why))
    return list(found.values())


def plain_text(element: etree._Element) -> str:
    """Return the words of a note or a comment, a line each paragraph."""
    lines = []
    for paragraph in element.iter(f"{W}p"):
        words = "".join(
            part.text or "" if part.tag == f"{W}t" else " "
            for part in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")
        )
        lines += [" ".join(words.split())] if words.strip() else []
    return "\n".join(lines)


def _properties(package: Package) -> tuple[str, str]:
    """Return the file's title and subject; a file may say neither."""
    for relation in package.relations():
        if relation.type.endswith("/metadata/core-properties") and _there(package, relation):
            root = package.xml(relation.target)
            said = {str(c.tag).rpartition("}")[2]: (c.text or "").strip() for c in root}
            return said.get("title", ""), said.get("subject", "")
    return "", ""


def _kind(relation: Relation) -> str:
    return relation.type.rpartition("/")[2]


def _there(package: Package, relation: Relation | None) -> bool:
    return relation is not None and not relation.external and relation.target in package


def _optional(package: Package, relation: Relation | None) -> etree._Element | None:
    """Return a part that a file may do without."""
    if relation is None or not _there(package, relation):
        return None
    return _part(package, relation.target)


def _part(package: Package, name: str) -> etree._Element:
    return package.xml(name, _usual)


def _usual(data: bytes) -> bytes:
    """Return a part's bytes; what is saved as "Strict Open XML" has another namespace."""
    return data.replace(_STRICT, _USUAL) if _STRICT in data[:4096] else data
