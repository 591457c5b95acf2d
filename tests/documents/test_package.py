"""Files of parts from anywhere: what is taken, what is refused, and at what cost."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from pan_desktop.documents.outside import Kind, kind_of, read_bounded
from pan_desktop.documents.package import (
    MOST_PIECES,
    Limits,
    PackageError,
    open_package,
    parse_xml,
)

if TYPE_CHECKING:
    from pathlib import Path

PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "_rels/.rels": b'<Relationships xmlns="r"><Relationship Id="a" Type="x/officeDocument"'
    b' Target="word/document.xml"/></Relationships>',
    "word/document.xml": b"<document>texte</document>",
}


def packed(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def renamed(old: str, new: str) -> bytes:
    """Return a file in which an entry has another name of the same length."""
    assert len(old) == len(new)
    return packed({old: b"<a/>", **PARTS}).replace(old.encode(), new.encode())


def all_of(content: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    package = open_package(content, limits=limits)
    return {name: package.read(name) for name in package.names}


def refusal(content: bytes, limits: Limits | None = None) -> str:
    """Return why a file is refused, be it when it is opened or when all of it is read."""
    with pytest.raises(PackageError) as caught:
        all_of(content, limits)
    return caught.value.sentence("relevé.docx", "rien n’a été importé")


# What is taken ---------------------------------------------------------------------------


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_parts_of_a_file_are_read(method: int) -> None:
    package = open_package(packed(PARTS, method=method))
    assert package.names == tuple(PARTS)
    assert {name: package.read(name) for name in package.names} == PARTS
    assert "word/document.xml" in package
    assert "word/styles.xml" not in package
    assert package.main_part() == "word/document.xml"


def test_a_file_written_in_one_go_is_read() -> None:
    # Sizes stand after the parts when who writes cannot go back, and zip64 is then often used.
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.content = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object, /) -> int:
            self.content += bytes(data)  # type: ignore[call-overload]
            return len(data)  # type: ignore[arg-type]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in PARTS.items():
            with package.open(name, "w", force_zip64=True) as part:
                part.write(content)
    opened = open_package(pipe.content)
    assert {name: opened.read(name) for name in opened.names} == PARTS


def test_zip64_numbers_are_read() -> None:
    plain = packed(PARTS)
    end = plain.rindex(b"PK\5\6")
    _, _, _, _, count, size, place, _ = struct.unpack("<4s4H2LH", plain[end : end + 22])
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, place)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    package = open_package(plain[:end] + large + locator + last)
    assert {name: package.read(name) for name in package.names} == PARTS


def test_folders_in_the_directory_are_left_out() -> None:
    package = open_package(packed({"word/": b"", **PARTS}))
    assert package.names == tuple(PARTS)


def test_what_all_parts_cost_together_is_bounded() -> None:
    package = open_package(packed(PARTS), limits=Limits(pieces=8))
    assert package.xml("word/document.xml").text == "texte"
    package.relations()
    with pytest.raises(PackageError, match="beaucoup trop"):
        package.relations()
    package = open_package(packed(PARTS), limits=Limits(xml=40))
    package.xml("word/document.xml")
    with pytest.raises(PackageError, match="beaucoup trop"):
        package.xml("word/document.xml")


def test_a_part_may_be_changed_before_it_is_parsed() -> None:
    package = open_package(packed(PARTS))
    root = package.xml("word/document.xml", lambda data: data.replace(b"texte", b"autre"))
    assert root.text == "autre"


def test_relations_name_parts_or_what_is_outside() -> None:
    relations = (
        '<Relationships xmlns="r">'
        '<Relationship Id="1" Type="t/styles" Target="styles.xml"/>'
        '<Relationship Id="2" Type="t/image" Target="/media/a%20b.png"/>'
        '<Relationship Id="3" Type="t/customXml" Target="../customXml/item1.xml"/>'
        '<Relationship Id="4" Type="t/hyperlink" Target="file:///etc/passwd"'
        ' TargetMode="External"/></Relationships>'
    )
    package = open_package(packed({**PARTS, "word/_rels/document.xml.rels": relations.encode()}))
    found = [(r.id, r.target, r.external) for r in package.relations("word/document.xml")]
    assert found == [
        ("1", "word/styles.xml", False),
        ("2", "media/a b.png", False),
        ("3", "customXml/item1.xml", False),
        ("4", "file:///etc/passwd", True),
    ]
    assert package.relations("word/styles.xml") == ()


# What is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../dehors.xml",
        "word/../../x",
        "/racine.xml",
        "C:/x.xml",
        "c:\\x.xml",
        "word\\x.xml",
        "a//b",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert "peut être dangereux" in refusal(renamed("x" * len(name), name))


@pytest.mark.parametrize("name", ["word/document.xml", "Word/Document.XML"])
def test_two_parts_of_one_name_are_refused(name: str) -> None:
    assert "peut être dangereux" in refusal(renamed("word/ducoment.xml", name))


def test_a_relation_that_leads_out_of_the_file_is_refused() -> None:
    relations = PARTS["_rels/.rels"].replace(b"word/document.xml", b"../../etc/passwd")
    package = open_package(packed({**PARTS, "_rels/.rels": relations}))
    with pytest.raises(PackageError):
        package.relations()


def test_a_bomb_is_refused_by_what_it_says() -> None:
    assert "beaucoup trop" in refusal(packed({"word/document.xml": b"a" * 64 * 1024 * 1024}))


def test_a_bomb_that_lies_is_refused_by_what_it_does() -> None:
    content = bytearray(packed({**PARTS, "word/bomb.xml": bytes(50_000_000)}))
    place = content.rindex(b"PK\1\2")
    content[place + 24 : place + 28] = struct.pack("<L", 1000)
    assert "est endommagé" in refusal(bytes(content))


def test_parts_that_lie_in_one_another_are_refused() -> None:
    # One compressed stretch under a hundred names: each is small, together they are not.
    one = packed({"word/000.xml": bytes(4_000_000)})
    place, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
    entries = b"".join(
        one[place:end].replace(b"word/000", f"word/{number:03}".encode()) for number in range(100)
    )
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 100, 100, len(entries), place, 0)
    assert "beaucoup trop" in refusal(one[:place] + entries + last, Limits(ratio=10_000))


def test_more_parts_than_a_document_has_are_refused_before_they_are_listed() -> None:
    many = packed({f"word/{number}.xml": b"" for number in range(5000)}, method=zipfile.ZIP_STORED)
    assert "beaucoup trop" in refusal(many)


def test_an_encrypted_part_is_refused() -> None:
    content = bytearray(packed(PARTS))
    content[content.index(b"PK\1\2") + 8] |= 1
    assert "protégé par un mot de passe" in refusal(bytes(content))


def test_a_damaged_part_is_refused() -> None:
    content = bytearray(packed(PARTS, method=zipfile.ZIP_STORED))
    content[content.index(b"texte")] ^= 1
    assert "est endommagé" in refusal(bytes(content))


@pytest.mark.parametrize("size", range(0, len(packed(PARTS)), 7))
def test_a_file_that_was_cut_is_refused(size: int) -> None:
    refusal(packed(PARTS)[:size])


def test_a_missing_part_is_told() -> None:
    with pytest.raises(PackageError):
        open_package(packed(PARTS)).read("word/styles.xml")


def test_a_part_larger_than_is_read_is_refused() -> None:
    assert "beaucoup trop" in refusal(packed(PARTS), Limits(part=10))


# XML -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "<a>é<b/></a>".encode(),
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a>é<b/></a>'.encode(),
        b"\xef\xbb\xbf" + '<?xml version="1.0"?><a>é<b/></a>'.encode(),
        '<?xml version="1.0" encoding="UTF-16"?><a>é<b/></a>'.encode("utf-16"),
        '<?xml version="1.0" encoding="iso-8859-1"?><a>é<b/></a>'.encode("latin-1"),
        "<a><!-- non -->é<?non non?><b/><!-- <!DOCTYPE a> --></a>".encode(),
        "<a><![CDATA[é]]><b/></a>".encode(),
        "<!-- <a> --><?a b?>\n<a>é<b/></a>".encode(),
    ],
)
def test_xml_is_read_in_the_encodings_of_office(data: bytes) -> None:
    root = parse_xml(data)
    assert (root.tag, root.text, [child.tag for child in root]) == ("a", "é", ["b"])


def laughs(level: int) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, level))
    return f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]><a b="&l{level - 1};">&l{level - 1};</a>'


@pytest.mark.parametrize(
    "text",
    [
        laughs(20),
        '<?xml version="1.0"?><!-- <a> -->' + laughs(20),
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://adresse.invalid/a.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><a/>',
        "<!DOCTYPE a><a/>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_refused(text: str, encoding: str) -> None:
    declaration = "" if text.startswith("<?xml") else '<?xml version="1.0"?>'
    with pytest.raises(PackageError):
        parse_xml((declaration + text).encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<a>&nbsp;</a>",
        b"<a>\xff</a>",
        b"<a>" * 300 + b"</a>" * 300,
        b"<a>" + b"x" * 11_000_000 + b"</a>",
        b"<a b='" + b"x" * 11_000_000 + b"'/>",
        b'<?xml version="1.0" encoding="UTF-7"?><a/>',
        b'<?xml version="1.0" encoding="IBM037"?><a/>',
        '<?xml version="1.0" encoding="UTF-16"?><a>é</a>'.encode("latin-1"),
        b"\xff\xfe<",
    ],
)
def test_damaged_or_monstrous_xml_is_refused(data: bytes) -> None:
    with pytest.raises(PackageError):
        parse_xml(data)


@pytest.mark.parametrize("piece", [b"<a/>", b"<a b=''/>", b"<a>x</a>"])
def test_more_elements_than_memory_is_for_are_refused(piece: bytes) -> None:
    with pytest.raises(PackageError, match="beaucoup trop"):
        parse_xml(b"<a>" + piece * (MOST_PIECES + 1) + b"</a>")


# What a file is --------------------------------------------------------------------------


def ole(*streams: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(600)
        + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    )


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", Kind.EMPTY, "est vide"),
        (bytes(3000), Kind.EMPTY, "est vide"),
        (ole("WordDocument"), Kind.WORD_97, "document Word 97-2003 (.doc)"),
        (ole("Workbook"), Kind.EXCEL_97, "classeur Excel 97-2003 (.xls)"),
        (ole("EncryptedPackage"), Kind.PROTECTED, "est protégé par un mot de passe"),
        (ole(), Kind.OLE, "ancien fichier d’Office"),
        (b"{\\rtf1\\ansi Bonjour}", Kind.RTF, "document RTF"),
        (b"%PDF-1.7\n%\xe2\xe3", Kind.PDF, "fichier PDF"),
        (b"\n<!DOCTYPE html><html>", Kind.HTML, "page web"),
        (b"<html><body>", Kind.HTML, "page web"),
        (b"<?xml version='1.0'?><x/>", Kind.XML, "fichier XML"),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE, "image"),
        ("Réunion du comité".encode(), Kind.TEXT, "simple texte"),
        ("Réunion du comité".encode("utf-16"), Kind.TEXT, "simple texte"),
        (b"\x7fELF\x02\x01\x01\0", Kind.UNKNOWN, "endommagé"),
    ],
)
def test_a_file_is_told_by_its_bytes(content: bytes, kind: Kind, words: str) -> None:
    assert kind_of(content) is kind
    assert words in refusal(content)


def test_a_document_of_libreoffice_is_told_apart() -> None:
    odt = packed(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"},
        method=zipfile.ZIP_STORED,
    )
    assert kind_of(odt) is Kind.OPEN_DOCUMENT
    assert "est un document LibreOffice" in refusal(odt)
    assert kind_of(packed(PARTS)) is Kind.PACKAGE


# Reading ---------------------------------------------------------------------------------


def told(path: Path, limit: int = 1000) -> str:
    with pytest.raises(PackageError) as caught:
        read_bounded(path, limit)
    return caught.value.reason


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * 1000)
    assert read_bounded(file, 1000) == b"x" * 1000
    assert "trop gros" in told(file, 999)
    assert "plus de 2 Mo" in told_large(tmp_path)


def told_large(folder: Path) -> str:
    file = folder / "large"
    with file.open("wb") as stream:
        stream.truncate(10**12)  # takes no room
    return told(file, 2 * 1024 * 1024)


def test_what_is_no_plain_file_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "absent") == "ne peut pas être lu"
    assert told(tmp_path) == "est un dossier"
    assert told(tmp_path / "a\0b") == "ne peut pas être lu"
    looped = tmp_path / "looped"
    looped.symlink_to(looped)
    assert told(looped) == "ne peut pas être lu"


@pytest.mark.skipif(os.name == "nt", reason="devices and pipes of Unix")
def test_devices_and_pipes_are_not_waited_for(tmp_path: Path) -> None:
    from pathlib import Path

    os.mkfifo(tmp_path / "pipe")
    assert told(tmp_path / "pipe") == "n’est pas un fichier ordinaire"
    assert told(Path("/dev/zero")) == "n’est pas un fichier ordinaire"


def test_a_file_that_grows_while_it_is_read_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * 10)
    real = os.read

    def growing(descriptor: int, most: int) -> bytes:
        with file.open("ab") as stream:
            stream.write(b"y" * 100)
        return real(descriptor, min(most, 100))

    monkeypatch.setattr(os, "read", growing)
    assert "trop gros" in told(file)


def test_the_limits_are_those_of_the_file_before_anything_unfolds() -> None:
    assert "beaucoup trop" in refusal(packed(PARTS), Limits(file=20))
