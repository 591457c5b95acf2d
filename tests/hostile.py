"""Files made to harm whoever opens them, by name; all invented, none larger than a few megabytes.

``…_ATTACKS`` hold what is refused; ``WORD_HEAVY`` what may be read, at a bounded cost.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

SECRET = "le mot secret du fichier voisin"
"""What a file beside the hostile one holds: it must be read by nobody."""


def relations(*found: tuple[str, str, str]) -> str:
    """Return a list of relations: each kind, target and mode."""
    lines = (
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for number, (kind, target, mode) in enumerate(found, 1)
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


def document(body: str) -> str:
    """Return a document part."""
    return (
        f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{OFFICE}"><w:body>{body}</w:body></w:document>'
    )


PLAIN = "<w:p><w:r><w:t>RÉUNION DU COMITÉ DE SUIVI du 14 octobre 2026</w:t></w:r></w:p>"
WORD = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}"/></Types>',
    "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
    "word/document.xml": document(PLAIN),
}
EXCEL = {
    "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
    "_rels/.rels": relations(("officeDocument", "xl/workbook.xml", "")),
    "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Plans" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relations(
        ("worksheet", "worksheets/sheet1.xml", ""), ("sharedStrings", "sharedStrings.xml", "")
    ),
    "xl/sharedStrings.xml": f'<sst xmlns="{S}"><si><t>Plan</t></si></sst>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData><row r="1"><c r="A1" t="s">'
    "<v>0</v></c></row></sheetData></worksheet>",
}


def packed(parts: dict[str, str], **changed: str | bytes) -> bytes:
    """Return a file of parts; ``word__document`` stands for word/document.xml."""
    found: dict[str, str | bytes] = dict(parts)
    for name, content in changed.items():
        found[name.replace("__", "/") + ".xml"] = content
    return archived(found)


def archived(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a file of parts by their whole names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


# Bombs -----------------------------------------------------------------------------------


@cache
def zeros(megabytes: int) -> tuple[bytes, int]:
    """Return so many compressed zeros, and their checksum."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece, checksum, pieces = bytes(1024 * 1024), 0, []
    for _ in range(megabytes):
        pieces.append(compressor.compress(piece))
        checksum = zlib.crc32(piece, checksum)
    return b"".join((*pieces, compressor.flush())), checksum


def bombed(parts: dict[str, str], name: str, megabytes: int, *, said: int | None = None) -> bytes:
    """Return a file with a part of zeros; ``said`` is the size that its directory gives."""
    base = archived({**parts})
    end = base.rindex(b"PK\5\6")
    _, _, _, _, count, _, place, _ = struct.unpack("<4s4H2LH", base[end : end + 22])
    folded, checksum = zeros(megabytes)
    told = megabytes * 1024 * 1024 if said is None else said
    about = (0, 8, 0, 0x21, checksum, len(folded), told, len(name))
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, *about, 0) + name.encode() + folded
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, *about, 0, 0, 0, 0, 0, place)
    directory = base[place:end] + entry + name.encode()
    new_place = place + len(local)
    last = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), new_place, 0
    )
    return base[:place] + local + directory + last


def overlapping(parts: dict[str, str]) -> bytes:
    """Return a file in which a thousand parts are one and the same stretch."""
    one = bombed(parts, "word/x/0000.xml", 1)
    end = one.rindex(b"PK\5\6")
    _, _, _, _, count, _, place, _ = struct.unpack("<4s4H2LH", one[end : end + 22])
    begin = one.rindex(b"PK\1\2")
    entry = one[begin:end]
    more = b"".join(entry.replace(b"/0000.", b"/%04d." % n) for n in range(1, 1000))
    directory = one[place:end] + more
    return (
        one[:place]
        + directory
        + struct.pack(
            "<4s4H2LH", b"PK\5\6", 0, 0, count + 999, count + 999, len(directory), place, 0
        )
    )


def laughs(text: str) -> str:
    """Return a part with a billion laughs before its root, and one of them in its text."""
    entities = ['<!ENTITY l0 "ha">']
    entities += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    body = text.removeprefix(HEAD).replace("RÉUNION", "&l9;").replace("Plan<", "&l9;<")
    return f"{HEAD}<!DOCTYPE x [{''.join(entities)}]>{body}"


def outside(text: str, address: str) -> str:
    """Return a part that has what lies at an address in its text."""
    body = text.removeprefix(HEAD).replace("RÉUNION", "&x;").replace("Plan<", "&x;<")
    return f'{HEAD}<!DOCTYPE x [<!ENTITY x SYSTEM "{address}">]>{body}'


def renamed(parts: dict[str, str], name: str) -> bytes:
    """Return a file with one more part, of a name that ``zipfile`` would not write."""
    stand_in = "x" * len(name.encode())
    return archived({**parts, stand_in: "<a/>"}).replace(stand_in.encode(), name.encode())


def ole(*streams: str) -> bytes:
    """Return the beginning of a file of Office 97, or of one with a password."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names


# What there is ---------------------------------------------------------------------------


def _common(parts: dict[str, str], main: str) -> dict[str, Callable[[], bytes]]:
    text = parts[main]
    return {
        "bomb": lambda: bombed(parts, f"{main}.xml", 400),
        "bomb that lies": lambda: bombed(
            {k: v for k, v in parts.items() if k != main}, main, 400, said=5000
        ),
        "bomb of many": lambda: overlapping(parts),
        "many parts": lambda: archived({**parts, **{f"x/{n}.xml": "" for n in range(20_000)}}),
        "laughs": lambda: archived({**parts, main: laughs(text)}),
        "laughs in UTF-16": lambda: archived(
            {**parts, main: laughs(text).replace("UTF-8", "UTF-16").encode("utf-16")}
        ),
        "laughs in the relations": lambda: archived(
            {**parts, "_rels/.rels": laughs(parts["_rels/.rels"])}
        ),
        "climbing": lambda: renamed(parts, "../../../tmp/dehors.xml"),
        "absolute": lambda: renamed(parts, "/tmp/dehors.xml"),
        "drive": lambda: renamed(parts, "C:\\dehors.xml"),
        "twice": lambda: renamed(parts, main.upper()),
        "climbing relation": lambda: archived(
            {**parts, "_rels/.rels": relations(("officeDocument", "../../etc/passwd", ""))}
        ),
        "main part elsewhere": lambda: archived(
            {
                **parts,
                "_rels/.rels": relations(("officeDocument", "file:///etc/passwd", "External")),
            }
        ),
        "deep": lambda: archived({**parts, main: text.replace("<w:p>", "<w:tbl>" * 100_000)}),
        "cut": lambda: archived({**parts})[:-30],
        "empty": lambda: b"",
        "password": lambda: ole("Root Entry", "EncryptedPackage"),
        "web page": lambda: b"<!DOCTYPE html><html><body>Bonjour</body></html>",
        "pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        "noise": lambda: bytes(range(256)) * 400,
    }


def _long_text(parts: dict[str, str], main: str, *, mark: str) -> bytes:
    return archived({**parts, main: parts[main].replace(mark, "x" * 100_000_000)})


WORD_ATTACKS: dict[str, Callable[[], bytes]] = {
    **_common(WORD, "word/document.xml"),
    "100 MB of text": lambda: _long_text(WORD, "word/document.xml", mark="RÉUNION"),
    "elements without end": lambda: packed(WORD, word__document=document("<w:p/>" * 4_000_000)),
    "another document": lambda: archived({**EXCEL}),
    "word 97": lambda: ole("Root Entry", "WordDocument"),
}
EXCEL_ATTACKS: dict[str, Callable[[], bytes]] = {
    **_common(EXCEL, "xl/sharedStrings.xml"),
    "100 MB in a cell": lambda: _long_text(EXCEL, "xl/sharedStrings.xml", mark="Plan"),
    "deep": lambda: packed(
        EXCEL, xl__worksheets__sheet1=f'<worksheet xmlns="{S}">' + "<sheetData>" * 100_000
    ),
    "texts without end": lambda: packed(
        EXCEL, xl__sharedStrings=f'<sst xmlns="{S}">' + "<si><t>a</t></si>" * 2_000_000 + "</sst>"
    ),
    "another document": lambda: archived({**WORD}),
    "excel 97": lambda: ole("Root Entry", "Workbook"),
}
DATA_ATTACKS: dict[str, Callable[[], bytes]] = {
    "deep": lambda: b"[" * 5_000_000,
    "wide": lambda: b"[" + b"[]," * 2_500_000 + b"[]]",
    "100 MB": lambda: b'{"format": "' + b"x" * 100_000_000 + b'"}',
    "huge number": lambda: b'{"format": ' + b"9" * 5_000_000 + b"}",
    "no text": lambda: b"\xff\xfe" * 1000,
    "empty": lambda: b"",
}
LIST_ATTACKS: dict[str, Callable[[], bytes]] = {
    "100 MB": lambda: b"Nom;Present\n" * 9_000_000,
    "100 MB in a cell": lambda: b"Nom\n" + b"x" * 100_000_000,
    "a long cell": lambda: b"Nom;E-mail\n" + b"x" * 15_000_000,
    "rows without end": lambda: b"Nom\n" + b"A B\n" * 3_900_000,
    "columns without end": lambda: b"Nom" + b";" * 15_000_000,
    "open quote": lambda: b'Nom;E-mail\n"' + b"a;\n" * 5_000_000,
    "no text": lambda: bytes(range(256)) * 4000,
    "empty": lambda: b"",
}


def heavy(body: str, **others: str) -> bytes:
    """Return a Word file that is as large as what it unfolds to: no ratio gives it away."""
    parts = {name.replace("__", "/") + ".xml": text for name, text in others.items()}
    if "word/styles.xml" in parts:
        parts["word/_rels/document.xml.rels"] = relations(("styles", "styles.xml", ""))
    return archived({**WORD, "word/document.xml": document(body), **parts}, zipfile.ZIP_STORED)


def line(text: str) -> str:
    """Return a paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _numbered(number: int) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="{number}"/></w:numPr>'
        "</w:pPr></w:p>"
    )


def _style(number: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="s{number}"><w:basedOn w:val="s{number + 1}"/>'
        "</w:style>"
    )


_ROW = "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
_PEOPLE = line("Participants :")
WORD_HEAVY: dict[str, Callable[[], bytes]] = {
    "a text of many runs": lambda: heavy(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 240_000}</w:p>"),
    "many paragraphs": lambda: heavy(PLAIN * 160_000),
    "as many paragraphs as are read": lambda: heavy(PLAIN * 20_000),
    "many rows": lambda: heavy(f"<w:tbl>{_ROW * 80_000}</w:tbl>"),
    "as many rows as are read": lambda: heavy(f"<w:tbl>{_ROW * 20_000}</w:tbl>"),
    "tables in tables": lambda: heavy(
        ("<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80) * 1500
    ),
    "many list levels": lambda: heavy("".join(map(_numbered, range(20_000)))),
    "many styles": lambda: heavy(
        '<w:p><w:pPr><w:pStyle w:val="s1"/></w:pPr></w:p>',
        word__styles=f'<w:styles xmlns:w="{W}">{"".join(map(_style, range(80_000)))}</w:styles>',
    ),
    "people without end": lambda: heavy(
        PLAIN
        + _PEOPLE
        + "".join(line(f"- M. Nom{n} PRENOM, point focal engagements 1 à 9") for n in range(19_000))
    ),
    "points without end": lambda: heavy(
        PLAIN + line("Points retenus :") + "".join(line(f"- Point {n}") for n in range(19_000))
    ),
    "one long line of people": lambda: heavy(
        PLAIN + _PEOPLE + line("M. Ali A, Mme Zineb B et " * 200_000)
    ),
    "one long word": lambda: heavy(PLAIN + line("a" * 9_000_000)),
    "one long line of blanks": lambda: heavy(PLAIN + line("1 " * 4_000_000)),
    "pages without end": lambda: archived(
        {
            **WORD,
            "word/_rels/document.xml.rels": relations(
                *(("header", f"h{n}.xml", "") for n in range(2000))
            ),
            **{
                f"word/h{n}.xml": f'<w:hdr xmlns:w="{W}">{"<w:p/>" * 5000}</w:hdr>'
                for n in range(2000)
            },
            **{
                f"word/_rels/h{n}.xml.rels": relations(("header", f"h{n + 1}.xml", ""))
                for n in range(1999)
            },
        }
    ),
}
"""Word files that cost what a file may cost: read or refused, within bounds."""


def reaching(address: str, neighbour: str) -> dict[str, bytes]:
    """Return Word files that want an address or a file: read or refused, they get neither."""
    far = (
        ("styles", address, "External"),
        ("attachedTemplate", address, "External"),
        ("image", address, "External"),
        ("image", neighbour, "External"),
        ("oleObject", address, "External"),
        ("subDocument", neighbour, "External"),
        ("aFChunk", address, "External"),
        ("hyperlink", address, "External"),
    )
    body = (
        PLAIN
        + '<w:p><w:r><w:instrText>INCLUDETEXT "'
        + neighbour
        + '"</w:instrText></w:r></w:p><w:altChunk r:id="rId7"/>'
        + '<w:p><w:fldSimple w:instr="DDEAUTO cmd calc"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    )
    found: dict[str, dict[str, str | bytes]] = {
        "relations": {
            "word/document.xml": document(body),
            "word/_rels/document.xml.rels": relations(*far),
            "word/_rels/settings.xml.rels": relations(far[1]),
        },
        "main part": {"_rels/.rels": relations(("officeDocument", address, "External"))},
        "entity of a file": {"word/document.xml": outside(WORD["word/document.xml"], neighbour)},
        "entity of an address": {"word/document.xml": outside(WORD["word/document.xml"], address)},
        "type at an address": {
            "word/document.xml": WORD["word/document.xml"].replace(
                HEAD, f'{HEAD}<!DOCTYPE x SYSTEM "{address}">'
            )
        },
        "stylesheet": {
            "word/document.xml": WORD["word/document.xml"].replace(
                HEAD, f'{HEAD}<?xml-stylesheet type="text/xsl" href="{address}"?>'
            )
        },
        "inclusion": {
            "word/document.xml": document(
                f'{PLAIN}<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{neighbour}"/>'
            )
        },
        "schema": {
            "word/document.xml": WORD["word/document.xml"].replace(
                "<w:document",
                '<w:document xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
                f'xsi:schemaLocation="{W} {address}"',
            )
        },
    }
    return {name: archived({**WORD, **parts}) for name, parts in found.items()}
