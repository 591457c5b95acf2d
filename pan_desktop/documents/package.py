"""Opens the zip files that Word and Excel documents are, whoever wrote them.

``zipfile`` believes what a file says of itself and makes an object for each of its entries, a
million if there are so many. Here the directory is read in place and held to ``Limits`` before
anything unfolds, and no part unfolds to more than the directory said and the limits allow: a
file costs what it is let cost. No file from outside is given to another library whole: two
readers may see two directories in one file, and each has limits of its own.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from pan_desktop.documents.outside import (
    LARGEST_FILE,
    Kind,
    PackageError,
    another_kind,
    kind_of,
    read_bounded,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

__all__ = ["Limits", "Package", "PackageError", "Relation", "open_package", "parse_xml", "swollen"]

MOST_PIECES = 1_000_000
"""Elements and attributes of one part: lxml takes up to 250 bytes for each."""

_SMALLEST_PIECE = 4
"""In bytes: "<a/>"."""


class Limits(NamedTuple):
    """What a file may cost; sizes in bytes."""

    file: int = LARGEST_FILE
    parts: int = 4096
    part: int = 32 * 1024 * 1024
    """Unfolded, of a part that is read; pictures are not."""
    total: int = 256 * 1024 * 1024
    """Unfolded, of all parts."""
    xml: int = 64 * 1024 * 1024
    """Unfolded, of all parts that are parsed."""
    pieces: int = 500_000
    """Elements and attributes, of all parts that are parsed."""
    ratio: int = 400
    """How many times smaller than unfolded a part of more than a megabyte may be."""


class Relation(NamedTuple):
    """What a part says it goes with."""

    id: str
    type: str
    """The whole address; its last word tells ("…/styles")."""
    target: str
    """The name of a part of the file; verbatim where it is outside."""
    external: bool


class _Entry(NamedTuple):
    """A part in the directory."""

    offset: int
    folded: int
    size: int
    checksum: int
    method: int


TEMPLATE_LIMITS = Limits(pieces=200_000)
"""For a template: what it has is looked at many times, and kept."""
WORKBOOK_LIMITS = Limits(
    file=20 * 1024 * 1024, total=96 * 1024 * 1024, xml=96 * 1024 * 1024, pieces=2 * MOST_PIECES
)
"""For what is handed on to a library whole."""

_END, _END_64 = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q")
_PLACE_64 = struct.Struct("<4sLQL")
_CENTRAL, _LOCAL = struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 0xFFFF
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1 | 0x40
_STORED, _DEFLATED = 0, 8
_UNKNOWN_32, _UNKNOWN_16 = 0xFFFFFFFF, 0xFFFF
_WORTH_A_LOOK = 1024 * 1024
_DRIVE = re.compile(r"[A-Za-z]:")

_AGAIN = "Demandez de nouveau le fichier à qui l’a envoyé"
_SAVE_AGAIN = "Ouvrez-le dans le programme qui l’a écrit et enregistrez-le de nouveau"


def _damaged() -> PackageError:
    return PackageError("est endommagé ou incomplet", _AGAIN)


def _dangerous() -> PackageError:
    return PackageError(
        "n’est pas fait comme un document d’Office et peut être dangereux",
        "Ne l’ouvrez pas, et demandez-le de nouveau à qui l’a envoyé",
    )


def swollen() -> PackageError:
    """Return the error for a file that would cost more than it may."""
    return PackageError(
        "contient beaucoup trop de données pour un document d’Office",
        "Retirez-en ce qui n’est pas utile, ou demandez de nouveau le fichier",
    )


def open_package(content: bytes | Path, *, limits: Limits | None = None) -> Package:
    """Open a file of parts, its directory held to the limits; a path is read at most once.

    Raises PackageError for a file that is no zip file, is damaged or encrypted, holds too much,
    or whose parts have names that lead elsewhere or that two of them share.
    """
    limits = limits or Limits()
    data = read_bounded(content, limits.file) if isinstance(content, Path) else content
    if len(data) > limits.file:
        raise swollen()
    if kind_of(data) is not Kind.PACKAGE:
        raise another_kind(data)
    try:
        return Package(data, _directory(data, limits), limits)
    except (struct.error, ValueError) as error:  # ValueError: a name that is no text
        raise _damaged() from error


def _directory(data: bytes, limits: Limits) -> dict[str, _Entry]:
    """Return the parts by name. Folders, which some programs list, are left out."""
    count, place = _found_directory(data)
    if count > limits.parts:
        raise swollen()
    entries: dict[str, _Entry] = {}
    known: set[str] = set()
    total = 0
    for _ in range(count):
        fields = _CENTRAL.unpack_from(data, place)
        if fields[0] != b"PK\1\2":
            raise _damaged()
        name_end = place + _CENTRAL.size + fields[10]
        raw = data[place + _CENTRAL.size : name_end]
        extra = data[name_end : name_end + fields[11]]
        place = name_end + fields[11] + fields[12]
        if place > len(data):
            raise _damaged()
        if fields[3] & _ENCRYPTED:
            raise PackageError(
                "est protégé par un mot de passe", "Enregistrez-le sans mot de passe"
            )
        name = raw.decode("utf-8" if fields[3] & _UTF8_NAME else "cp437")
        entry = _entry(fields, extra)
        _check_name(name, known)
        if name.endswith("/") and not entry.size:
            continue
        total += entry.size
        if total > limits.total or _too_dense(entry, limits):
            raise swollen()
        entries[name] = entry
    return entries


def _found_directory(data: bytes) -> tuple[int, int]:
    """Return how many entries the directory has, and where it begins."""
    end = data.rfind(b"PK\5\6", max(0, len(data) - _END.size - _LONGEST_COMMENT))
    if end < 0:
        raise _damaged()
    _, disk, first_disk, here, count, _, place, _ = _END.unpack_from(data, end)
    if place == _UNKNOWN_32 or count == _UNKNOWN_16:
        mark, _, at, _ = _PLACE_64.unpack_from(data, max(0, end - _PLACE_64.size))
        if mark != b"PK\6\7" or at > len(data):
            raise _damaged()
        fields = _END_64.unpack_from(data, at)
        if fields[0] != b"PK\6\6":
            raise _damaged()
        return fields[7], min(fields[9], len(data))
    if disk or first_disk or here != count:
        raise _damaged()
    return count, place


def _entry(fields: tuple[int, ...], extra: bytes) -> _Entry:
    """Return an entry, its large numbers taken from where zip64 puts them."""
    folded, size, offset = fields[8], fields[9], fields[16]
    large = [value == _UNKNOWN_32 for value in (size, folded, offset)]
    while len(extra) >= 4 and any(large):
        kind, length = struct.unpack_from("<2H", extra)
        if kind == 1:
            numbers = iter(struct.unpack_from(f"<{sum(large)}Q", extra, 4))
            size, folded, offset = (
                next(numbers) if unknown else value
                for unknown, value in zip(large, (size, folded, offset), strict=True)
            )
            break
        extra = extra[4 + length :]
    return _Entry(offset, folded, size, fields[7], fields[4])


def _check_name(name: str, known: set[str]) -> None:
    """Refuse a name that leads out of the file, or that another part has."""
    alike = name.casefold()
    steps = name.removesuffix("/").split("/")
    if (
        alike in known
        or "\\" in name
        or _DRIVE.match(name)
        or not name.isprintable()
        or any(step in {"", ".", ".."} for step in steps)
    ):
        raise _dangerous()
    known.add(alike)


def _too_dense(entry: _Entry, limits: Limits) -> bool:
    return entry.size > _WORTH_A_LOOK and entry.size > entry.folded * limits.ratio


class Package:
    """A file of parts; each is unfolded when it is asked for."""

    def __init__(self, data: bytes, entries: dict[str, _Entry], limits: Limits) -> None:
        """Take what ``open_package`` found."""
        self._data = data
        self._entries = entries
        self._limits = limits
        self._room = limits.xml
        self._pieces = limits.pieces

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the parts, as the directory has them."""
        return tuple(self._entries)

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a part of that name."""
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Return a part. Raises PackageError when it is missing, too large or damaged."""
        entry = self._entry(name)
        if entry.size > self._limits.part:
            raise swollen()
        raw = self._raw(entry)
        if entry.method == _STORED:
            content = bytes(raw)
        elif entry.method == _DEFLATED:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                # One byte more than was said is enough to know that it was a lie.
                content = inflater.decompress(raw, entry.size + 1)
            except zlib.error as error:
                raise _damaged() from error
        else:
            raise PackageError("est compressé d’une façon inconnue", _SAVE_AGAIN)
        if len(content) != entry.size or zlib.crc32(content) != entry.checksum:
            raise _damaged()
        return content

    def xml(self, name: str, change: Callable[[bytes], bytes] | None = None) -> etree._Element:
        """Return the root of a part, what it costs being taken from what the file may cost.

        ``change`` makes other bytes of the part's before they are parsed. Raises PackageError as
        ``read`` and ``parse_xml`` do.
        """
        data = self.read(name)
        self._room -= len(data)
        self._pieces -= _pieces_of(data)
        if self._room < 0 or self._pieces < 0:
            raise swollen()
        return parse_xml(data if change is None else change(data))

    def relations(self, of: str = "") -> tuple[Relation, ...]:
        """Return what a part goes with; ``""`` is the file itself, none is the usual case.

        A target inside is a part's name, whether or not there is such a part; one that leads out
        of the file raises PackageError, and so does a damaged list.
        """
        folder, _, base = of.rpartition("/")
        name = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        if name not in self:
            return ()
        found = []
        for element in self.xml(name).iterchildren("{*}Relationship"):
            external = str(element.get("TargetMode", "")).lower() == "external"
            target = str(element.get("Target", ""))
            found.append(
                Relation(
                    str(element.get("Id", "")),
                    str(element.get("Type", "")),
                    target if external else _inside(folder, target),
                    external,
                )
            )
        return tuple(found)

    def main_part(self) -> str:
        """Return the name of the part that the file is about. Raises PackageError."""
        for relation in self.relations():
            if relation.type.endswith("/officeDocument") and not relation.external:
                return relation.target
        raise _damaged()

    def _entry(self, name: str) -> _Entry:
        entry = self._entries.get(name)
        if entry is None:
            raise _damaged()
        return entry

    def _raw(self, entry: _Entry) -> memoryview:
        """Return a part as it lies in the file."""
        try:
            fields = _LOCAL.unpack_from(self._data, entry.offset)
        except (struct.error, OverflowError) as error:
            raise _damaged() from error
        begin = entry.offset + _LOCAL.size + fields[9] + fields[10]
        end = begin + entry.folded
        if fields[0] != b"PK\3\4" or end > len(self._data):
            raise _damaged()
        return memoryview(self._data)[begin:end]


def _inside(folder: str, target: str) -> str:
    """Return the part that a target names, seen from a folder of the file."""
    path = unquote(target.partition("#")[0])
    joined = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
    climbing = posixpath.normpath(posixpath.join(folder or ".", path.lstrip("/")))
    if "\\" in path or "\0" in path or "://" in path or climbing.startswith(".."):
        raise _dangerous()
    return joined


# XML -------------------------------------------------------------------------------------

_BEFORE_ROOT = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), "utf-8"),  # transcoded already, or a lie
    **dict.fromkeys(("iso-8859-1", "latin1"), "latin-1"),
    "windows-1252": "cp1252",
}


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of a part: no entities, no network, comments and instructions left out.

    Raises PackageError for a part that is damaged, nested deeper than 256, has a text of more
    than 10 MB or more than ``MOST_PIECES`` elements and attributes, or declares a document type:
    no program writes one, and what others hide in it is not looked at.
    """
    from lxml import etree

    data = _in_utf8(data)
    place = 0
    while found := _BEFORE_ROOT.match(data, place):
        place = found.end()
    if data[place : place + 256].lstrip().startswith(b"<!"):
        raise _dangerous()
    if len(data) > MOST_PIECES * _SMALLEST_PIECE and _pieces_of(data) > MOST_PIECES:
        raise swollen()
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _dangerous()
    return root


def _pieces_of(data: bytes) -> int:
    """Return how many elements and attributes a part has at most, in any encoding."""
    return data.count(b"<") - data.count(b"</") + data.count(b"=")


def _in_utf8(data: bytes) -> bytes:
    """Return a part in UTF-8, whatever it was in; libxml2 knows more encodings than are safe."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16").encode()
        if data[:4] in {b"<\0?\0", b"\0<\0?"}:
            return data.decode("utf-16-le" if data[:1] == b"<" else "utf-16-be").encode()
        data = data.removeprefix(b"\xef\xbb\xbf")
        declared = _DECLARED.match(data)
        encoding = declared[1].decode().lower() if declared else "utf-8"
        known = _ENCODINGS.get(encoding)
        if known is None:
            raise _damaged()
        return data if known == "utf-8" else data.decode(known).encode()
    except UnicodeError as error:
        raise _damaged() from error
