"""Writes a document as a Word file, and proves it before it replaces anything."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from typing import TYPE_CHECKING

from pan_desktop.documents.carried import in_ascii
from pan_desktop.documents.docx import body, carrying
from pan_desktop.documents.docx.characters import asks_for_care, clean
from pan_desktop.documents.docx.meant import meant_stream
from pan_desktop.documents.docx.package import compress, pack
from pan_desktop.documents.docx.placing import BOOKMARK
from pan_desktop.documents.docx.properties import core_properties
from pan_desktop.documents.docx.stream import ParagraphMark, UnreadableDocumentError, read_stream
from pan_desktop.documents.docx.template import load, own_template
from pan_desktop.documents.saving import save
from pan_desktop.domain.errors import FileVerificationError

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.documents.docx.characters import Removed
    from pan_desktop.documents.docx.stream import Token
    from pan_desktop.documents.docx.template import Template, TemplateFile
    from pan_desktop.documents.model import Document


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What was written; whoever exports tells the user of anything left out."""

    path: Path
    size: int
    """In bytes."""
    sha256: str
    """In hexadecimal, of the file's bytes."""
    removed_characters: tuple[Removed, ...] = ()
    """The control characters left out: where each was, in French, and its code point."""
    shortened_properties: tuple[str, ...] = ()
    """The document properties longer than Word takes, by their French names."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A Word file that lies nowhere yet."""

    data: bytes
    removed_characters: tuple[Removed, ...] = ()
    shortened_properties: tuple[str, ...] = ()


def write_docx(
    document: Document, target: Path, *, template: Path | TemplateFile | None = None
) -> WriteReport:
    """Write a document as a Word file and return what was written.

    The file is written beside the target under another name, read back and compared with the
    document, and only then takes the target's place: on any error the old file is untouched.
    The same document gives the same bytes. ``template`` is any Word file, filled in as
    ``template.load`` says; resources/templates/releve.docx is taken when none is given.

    Raises FileUnwritableError, FileVerificationError, and for a template that does not serve
    NotFoundError or InputError, each with a sentence for the user; ValueError for a document
    that breaks the model's rules.
    """
    parts = _parts(document, template)
    document, rendered = _rendered(document, parts)
    data = rendered.data

    def check(written: Path) -> None:
        stored = written.read_bytes()
        _prove(stored, document, target.name, parts)
        if stored != data:
            raise _different(target.name, "les octets changent sur le disque")

    save(data, target, check)
    return WriteReport(
        target,
        len(data),
        sha256(data).hexdigest(),
        rendered.removed_characters,
        rendered.shortened_properties,
    )


def render(
    document: Document, name: str, *, template: Path | TemplateFile | None = None
) -> Rendered:
    """Return a document as a Word file, read back and compared, without writing it anywhere.

    ``name`` is what the file is to be called, for the sentences. Raises what ``write_docx``
    does, but for the disk.
    """
    parts = _parts(document, template)
    document, rendered = _rendered(document, parts)
    _prove(rendered.data, document, name, parts)
    return rendered


def _parts(document: Document, template: Path | TemplateFile | None) -> Template:
    if template is not None:
        return load(template)
    return own_template(arabic=body.is_arabic(document.properties.language))


def _rendered(document: Document, parts: Template) -> tuple[Document, Rendered]:
    """Return the document as it can be written, and written."""
    said = document.properties
    mixed = body.is_arabic(said.language)
    text, numbering = _built(document, parts, mixed=mixed)
    fields = "".join(value for _, value in said.fields)
    properties = f"{said.title}{said.subject}{said.author}{said.language}{fields}"
    removed: tuple[Removed, ...] = ()
    if mixed or asks_for_care(text) or asks_for_care(_encoded(properties)):
        document, removed = clean(document)
        text, numbering = _built(document, parts, mixed=True)
    core, shortened = core_properties(document.properties)
    opening, closing, filled = parts.filled_with(_values(document))
    data = pack(
        (
            *parts.before,
            compress(parts.document_name, b"".join((opening.encode(), text, closing.encode()))),
            compress(parts.numbering_name, numbering),
            compress(parts.core_name, core),
            compress(carrying.PART, _carried(document)),
            *filled,
            *parts.after,
        )
    )
    return document, Rendered(data, removed, shortened)


def _built(document: Document, parts: Template, *, mixed: bool) -> tuple[bytes, bytes]:
    text, numbering = body.build(document, parts, mixed=mixed)
    return _encoded(text), _encoded(numbering)


def _values(document: Document) -> dict[str, str]:
    """Return what the fields of a house template say of a document."""
    said = document.properties
    about = {"titre": said.title, "objet": said.subject, "auteur": said.author}
    return {**about, "version": said.version, "état": said.status, **dict(said.fields)}


def _carried(document: Document) -> bytes:
    part = carrying.carrying_part(document.carried)
    # What XML cannot hold, JSON says in plain letters.
    return carrying.carrying_part(in_ascii(document.carried)) if asks_for_care(part) else part


def _encoded(text: str) -> bytes:
    # Half a surrogate pair has no UTF-8; it must be met by ``clean``, not by an exception.
    return text.encode(errors="surrogatepass")


def _prove(stored: bytes, document: Document, name: str, parts: Template) -> None:
    """Raise FileVerificationError when a file does not say what was meant."""
    try:
        found = read_stream(stored, within=BOOKMARK if parts.marked else "")
    except UnreadableDocumentError as error:
        raise _different(name, "le fichier est illisible") from error
    meant = meant_stream(document.blocks)
    if found != meant:
        raise _different(name, _first_difference(found, meant))


def _first_difference(found: list[Token], meant: list[Token]) -> str:
    pairs = enumerate(zip_longest(found, meant))
    place = next(place for place, (read, said) in pairs if read != said)
    number = sum(isinstance(token, ParagraphMark) for token in meant[: place + 1])
    return f"à partir du paragraphe {number}"


def _different(name: str, where: str) -> FileVerificationError:
    return FileVerificationError(
        f"Le document relu après écriture n’est pas celui qui était demandé ({where}) : rien n’a "
        f"été remplacé et « {name} » n’a pas changé ; recommencez, et signalez ce défaut "
        "s’il revient."
    )
