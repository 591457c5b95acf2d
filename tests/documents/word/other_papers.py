"""Writes Word files as Word, Google Docs, OnlyOffice, WPS and pandoc do, part by part.

Nothing of the program and nothing of ``hand`` is used: what is read in the tests beside this file
was written by no code that the reader, or its other tests, know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from collections.abc import Sequence

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_REL}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


_WIDTH = '<w:tblW w:w="0" w:type="auto"/>'
_COLUMN = '<w:gridCol w:w="2000"/>'


@dataclass(frozen=True)
class Dialect:
    """How a program names styles and cuts runs."""

    name: str
    headings: tuple[str, str, str, str] = ("Title", "Heading1", "Heading2", "Heading3")
    named: tuple[str, str, str, str] = ("Title", "heading 1", "heading 2", "heading 3")
    normal: str = "Normal"
    listed: str = "ListParagraph"
    cut: str = "whole"
    """whole, word (a run for each), odd (amid words, with what Word leaves there)"""


WORD = Dialect("Word")
EDITED = Dialect("Word, edited", cut="odd")
GOOGLE = Dialect("Google Docs", cut="word", named=("Title", "heading 1", "heading 2", "heading 3"))
ONLYOFFICE = Dialect(
    "OnlyOffice",
    ("618", "602", "604", "606"),
    ("Title", "Heading 1", "Heading 2", "Heading 3"),
    "600",
    "616",
)
WPS = Dialect("WPS", ("7", "2", "3", "4"), ("标题", "标题 1", "标题 2", "标题 3"), "1", "8")
PANDOC = Dialect(
    "pandoc",
    ("Title", "Titre1", "Titre2", "Titre3"),
    ("Title", "Heading 1", "Heading 2", "Heading 3"),
    "BodyText",
    "Compact",
)
FRENCH = Dialect(
    "LibreOffice",
    ("Titreprincipal", "Titre1", "Titre2", "Titre3"),
    ("Titre principal", "Titre 1", "Titre 2", "Titre 3"),
    "Normal",
    "Corpsdetexte",
)
DIALECTS = (WORD, EDITED, GOOGLE, ONLYOFFICE, WPS, PANDOC, FRENCH)
BULLET, DECIMAL, LETTER, ROMAN = 1, 2, 3, 4


@dataclass(frozen=True)
class Par:
    """A paragraph to be: in a cell, or by itself."""

    text: str
    strong: bool = False
    underlined: bool = False
    heading: int = -1
    """0 for the title, 1 to 3, -1 for none."""
    item: tuple[int, int] | None = None
    """A list and a level in it."""
    indent: int = 0
    after: str = ""
    """XML of further runs."""
    rtl: bool = False


@dataclass
class Paper:
    """A file while it is typed."""

    dialect: Dialect = WORD
    spaced: bool = False
    """Whether an empty paragraph follows every other."""
    parts: list[str] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)
    """Further parts by kind: comments, footnotes, header."""
    _cut: int = 0

    def p(self, text: str, **look: object) -> None:
        self.add(Par(text, **look))  # type: ignore[arg-type]

    def add(self, par: Par) -> None:
        self.parts.append(self.paragraph(par))
        if self.spaced:
            self.parts.append("<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr></w:p>")

    def paragraph(self, par: Par) -> str:
        own = self.dialect
        inside = ""
        if par.heading >= 0:
            inside += f'<w:pStyle w:val="{own.headings[par.heading]}"/>'
        elif par.item is not None:
            inside += f'<w:pStyle w:val="{own.listed}"/>'
        else:
            inside += f'<w:pStyle w:val="{own.normal}"/>' if own.name != "Word" else ""
        if par.item is not None:
            kind, level = par.item
            inside += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{kind}"/></w:numPr>'
        inside += "<w:bidi/>" if par.rtl else ""
        if own.cut == "word":
            inside += '<w:spacing w:before="0" w:line="276" w:lineRule="auto"/>'
        if par.indent or (own.cut == "word" and par.item is not None):
            start = par.indent or 720 * (par.item[1] + 1 if par.item else 1)
            inside += f'<w:ind w:left="{start}" w:hanging="{0 if par.indent else 360}"/>'
        return f"<w:p><w:pPr>{inside}</w:pPr>{self.runs(par)}{par.after}</w:p>"

    def runs(self, par: Par) -> str:
        look = "<w:rtl/>" if par.rtl else ""
        if self.dialect.cut == "word":
            on = "1" if par.strong or par.heading >= 0 else "0"
            look += f'<w:b w:val="{on}"/><w:bCs w:val="{on}"/><w:sz w:val="22"/>'
        elif par.strong:
            look += "<w:b/><w:bCs/>"
        look += '<w:u w:val="single"/>' if par.underlined else ""
        properties = f"<w:rPr>{look}</w:rPr>" if look else ""
        return "".join(self._run(part, properties) for part in self._pieces(par.text))

    def _pieces(self, text: str) -> list[str]:
        if self.dialect.cut == "word":
            words = text.split(" ")
            return [w + (" " if i < len(words) - 1 else "") for i, w in enumerate(words)]
        if self.dialect.cut == "odd":
            pieces = []
            while text:
                self._cut = (self._cut * 7 + 3) % 11
                pieces.append(text[: self._cut + 2])
                text = text[self._cut + 2 :]
            return pieces
        return [text]

    def _run(self, text: str, properties: str) -> str:
        inside = ""
        for index, line in enumerate(text.split("\n")):
            inside += "<w:br/>" if index else ""
            for place, words in enumerate(line.split("\t")):
                inside += "<w:tab/>" if place else ""
                if words:
                    inside += f'<w:t xml:space="preserve">{escape(words)}</w:t>'
        run = f"<w:r>{properties}{inside}</w:r>"
        if self.dialect.cut == "odd":
            self._cut += 1
            left = ('<w:proofErr w:type="spellStart"/>', '<w:bookmarkStart w:id="9" w:name="_G"/>')
            run = left[self._cut % 2] + run.replace("<w:r>", '<w:r w:rsidR="00A77B3E">')
            if self._cut % 5 == 0:
                run = run.replace("<w:t ", "<w:lastRenderedPageBreak/><w:t ", 1)
            if self._cut % 4 == 0:
                run = f'<w:smartTag w:uri="u" w:element="date">{run}</w:smartTag>'
        return run

    def table(self, rows: Sequence[Sequence[str | Cell]], *, header: bool = False) -> None:
        self.parts.append(self.grid(rows, header=header))
        if self.spaced:
            self.parts.append("<w:p/>")

    def grid(self, rows: Sequence[Sequence[str | Cell]], *, header: bool = False) -> str:
        wide = max(len(row) for row in rows)
        xml = f"<w:tbl><w:tblPr>{_WIDTH}</w:tblPr><w:tblGrid>{_COLUMN * wide}</w:tblGrid>"
        for index, row in enumerate(rows):
            marked = "<w:trPr><w:tblHeader/></w:trPr>" if header and index == 0 else ""
            xml += f"<w:tr>{marked}{''.join(self._cell(cell) for cell in row)}</w:tr>"
        return xml + "</w:tbl>"

    def _cell(self, cell: str | Cell) -> str:
        cell = cell if isinstance(cell, Cell) else Cell(cell)
        pars = [cell.text] if isinstance(cell.text, str) else cell.text
        inside = "".join(self.paragraph(Par(p) if isinstance(p, str) else p) for p in pars)
        look = f'<w:tcW w:w="{2000 * cell.spans}" w:type="dxa"/>'
        look += f'<w:gridSpan w:val="{cell.spans}"/>' if cell.spans > 1 else ""
        look += {"": "", "restart": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[cell.merge]
        return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside or '<w:p/>'}</w:tc>"

    def box(self, *pars: Par, legacy: bool = False) -> str:
        """Return a run with a text box, as Word writes it twice, or as it did before 2010."""
        inside = "".join(self.paragraph(par) for par in pars)
        content = f"<w:txbxContent>{inside}</w:txbxContent>"
        old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
        if legacy:
            return f"<w:r>{old}</w:r>"
        new = (
            "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
            f"{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        )
        return (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
            f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
        )

    def saved(self) -> bytes:
        """Return the file's bytes."""
        body = "".join(self.parts)
        parts = {
            "word/document.xml": (
                f"<w:document {_NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"
            ),
            "word/styles.xml": _styles(self.dialect),
            "word/numbering.xml": _numbering(),
        }
        kinds = {"document": "officeDocument"}
        for kind, xml in self.extra.items():
            root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            parts[f"word/{kind}.xml"] = f"<w:{root} {_NAMES}>{xml}</w:{root}>"
        types, relations = "", ""
        for number, name in enumerate(parts):
            kind = name[5:-4]
            what = "document.main" if kind == "document" else kind
            types += f'<Override PartName="/{name}" ContentType="{_MAIN}.{what}+xml"/>'
            if kind not in kinds:
                relations += (
                    f'<Relationship Id="r{number}" Type="{_REL}/{kind}" Target="{kind}.xml"/>'
                )
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", _TYPES.format(types))
            package.writestr("_rels/.rels", _RELATIONS.format(_ROOT))
            package.writestr("word/_rels/document.xml.rels", _RELATIONS.format(relations))
            for name, xml in parts.items():
                package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
        return stream.getvalue()


@dataclass(frozen=True)
class Cell:
    """A cell that is more than one paragraph of text, or merged."""

    text: str | Sequence[str | Par] = ""
    spans: int = 1
    merge: str = ""
    """"", restart, on."""


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships">{}</Relationships>'
)
_ROOT = f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'


def _styles(own: Dialect) -> str:
    look = "<w:rPr><w:b/></w:rPr>"
    found = (
        f'<w:style w:type="paragraph" w:default="1" w:styleId="{own.normal}">'
        '<w:name w:val="Normal"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="{own.listed}"><w:name w:val="List Paragraph"/>'
        f'<w:basedOn w:val="{own.normal}"/><w:pPr><w:ind w:left="720"/></w:pPr></w:style>'
    )
    for level, (style_id, name) in enumerate(zip(own.headings, own.named, strict=True)):
        outline = f'<w:outlineLvl w:val="{level - 1}"/>' if level else ""
        found += (
            f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="{own.normal}"/><w:pPr>{outline}</w:pPr>{look}</w:style>'
        )
    return f"<w:styles {_NAMES}>{found}</w:styles>"


def _numbering() -> str:
    kinds = {BULLET: "bullet", DECIMAL: "decimal", LETTER: "lowerLetter", ROMAN: "upperRoman"}
    definitions, lists = "", ""
    for number, kind in kinds.items():
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="-"/><w:pPr><w:ind w:left="{720 * (level + 1)}" w:hanging="360"/>'
            "</w:pPr></w:lvl>"
            for level in range(9)
        )
        definitions += f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
        lists += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    return f"<w:numbering {_NAMES}>{definitions}{lists}</w:numbering>"
