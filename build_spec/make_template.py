"""Makes resources/templates/releve.docx, the look of the Word files, from the figures below.

And releve-ar.docx, the same for relevés in Arabic, whose pages are numbered from the right.
Run it after a change and commit all: a test fails when a stored template is not this one.
The parts are written out rather than taken from python-docx's own template, which brings
900 kB of Word 2011 leftovers (a thumbnail, 160 styles, Japanese fonts, compatibility mode).

Lengths are in twentieths of a point unless said, sizes of type in half points.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "templates"
TEMPLATES = {"releve.docx": False, "releve-ar.docx": True}
"""The files made, each with whether it is for Arabic."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FONT = "Calibri"
"""Carlito, free, has the same widths: pages break alike in LibreOffice."""
ARABIC_FONT = "Arial"
"""Calibri has no Arabic letters; Arial has, wherever Word runs."""

INK = "1F3864"
GREY = "595959"
HEADER_SHADE = "E7ECF4"
RULE = "A6B1C5"

A4 = (11906, 16838)
MARGIN = 1417
FOOTER = 709

LEVELS = 9


class Numbering(NamedTuple):
    """One list definition; the writer finds it by its name."""

    name: str
    marks: tuple[str, ...]
    formats: tuple[str, ...]
    left: int
    step: int
    hanging: int


_DASH, _EN_DASH, _BULLET = "-", "\u2013", "\u2022"
_NUMBERS = ("%{}.", "%{})", "%{}.")
_NUMBER_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
NUMBERINGS = (
    Numbering("pan-bullets-fidele", (_DASH,), ("bullet",), 567, 397, 283),
    Numbering("pan-bullets-soigne", (_EN_DASH, _BULLET), ("bullet",), 567, 397, 283),
    Numbering("pan-numbers", _NUMBERS, _NUMBER_FORMATS, 680, 397, 397),
    Numbering("pan-cell-bullets-fidele", (_DASH,), ("bullet",), 255, 255, 198),
    Numbering("pan-cell-bullets-soigne", (_EN_DASH, _BULLET), ("bullet",), 255, 255, 198),
    Numbering("pan-cell-numbers", _NUMBERS, _NUMBER_FORMATS, 397, 340, 340),
)
STYLE_LISTS = {1: 0, 2: 2, 3: 3, 4: 5}
"""The lists that the four list styles give when somebody picks them in Word: num to definition."""


def main() -> int:
    """Write the templates."""
    sys.path.insert(0, str(ROOT))
    from pan_desktop.documents.docx.package import compress, pack

    FOLDER.mkdir(parents=True, exist_ok=True)
    for file_name, arabic in TEMPLATES.items():
        made = parts(arabic=arabic)
        packed = pack(compress(name, text.encode()) for name, text in made.items())
        (FOLDER / file_name).write_bytes(packed)
        print(f"{(FOLDER / file_name).relative_to(ROOT)}: {len(packed)} octets")
    return 0


def parts(*, arabic: bool = False) -> dict[str, str]:
    """Return a template's parts by name, in the order of the file."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("officeDocument", "word/document.xml"),
            ("package:metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"),
            ("numbering", "numbering.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("theme", "theme/theme1.xml"),
            ("footer", "footer1.xml"),
        ),
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/footer1.xml": _arabic_footer() if arabic else _footer(),
        "word/theme/theme1.xml": _theme(),
        "docProps/core.xml": _core(),
        "docProps/app.xml": _application(),
    }


def _content_types() -> str:
    kind = "application/vnd.openxmlformats-officedocument"
    overrides = {
        "/word/document.xml": f"{kind}.wordprocessingml.document.main+xml",
        "/word/styles.xml": f"{kind}.wordprocessingml.styles+xml",
        "/word/numbering.xml": f"{kind}.wordprocessingml.numbering+xml",
        "/word/settings.xml": f"{kind}.wordprocessingml.settings+xml",
        "/word/fontTable.xml": f"{kind}.wordprocessingml.fontTable+xml",
        "/word/footer1.xml": f"{kind}.wordprocessingml.footer+xml",
        "/word/theme/theme1.xml": f"{kind}.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{kind}.extended-properties+xml",
    }
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="{name}" ContentType="{content}"/>'
            for name, content in overrides.items()
        )
        + "</Types>"
    )


def _relationships(*targets: tuple[str, str]) -> str:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    lines = []
    for number, (kind, target) in enumerate(targets, 1):
        base, _, name = kind.rpartition(":")
        address = f"{package if base else R}/{name}"
        lines.append(f'<Relationship Id="rId{number}" Type="{address}" Target="{target}"/>')
    return f'{HEAD}<Relationships xmlns="{package}">{"".join(lines)}</Relationships>'


def _document() -> str:
    width, height = A4
    return (
        f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:p/><w:sectPr>'
        '<w:footerReference w:type="default" r:id="rId6"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" '
        f'w:header="{FOOTER}" w:footer="{FOOTER}" w:gutter="0"/>'
        '<w:cols w:space="708"/></w:sectPr></w:body></w:document>'
    )


def _styles() -> str:
    return (
        f'{HEAD}<w:styles xmlns:w="{W}">{_defaults()}'
        # Every style of Word's that is not below stays out of the reader's way.
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
        'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
        + "".join((*_base_styles(), *_text_styles(), *_list_styles(), *_table_styles()))
        + "</w:styles>"
    )


def _defaults() -> str:
    fonts = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{ARABIC_FONT}"'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>{_size(22)}"
        '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-MA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/>"
        '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _base_styles() -> tuple[str, ...]:
    hidden = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    sides = {"top": 0, "left": 108, "bottom": 0, "right": 108}
    margins = "".join(f'<w:{k} w:w="{v}" w:type="dxa"/>' for k, v in sides.items())
    table = (
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )
    return (
        _default_style("paragraph", "Normal", "Normal", "<w:qFormat/>"),
        _default_style("character", "DefaultParagraphFont", "Default Paragraph Font", hidden),
        _default_style("table", "TableNormal", "Normal Table", hidden + table),
        _default_style("numbering", "NoList", "No List", hidden),
    )


def _default_style(kind: str, style_id: str, name: str, content: str) -> str:
    return (
        f'<w:style w:type="{kind}" w:default="1" w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/>{content}</w:style>'
    )


def _style(
    style_id: str,
    name: str,
    *,
    paragraph: str = "",
    run: str = "",
    based_on: str = "Normal",
    following: str = "",
    priority: int = 10,
) -> str:
    """Return a paragraph style; ``following`` is the style of the paragraph typed after it."""
    custom = "" if name in _BUILT_IN or name.startswith("heading ") else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/>'
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{priority}"/><w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


_BUILT_IN = {"Title", "Subtitle", "List Bullet", "List Number", "footer"}


def _text_styles() -> list[str]:
    colour = f'<w:color w:val="{INK}"/>'
    bold = "<w:b/><w:bCs/>"
    styles = [
        _style(
            "Title",
            "Title",
            paragraph='<w:keepNext/><w:keepLines/><w:spacing w:before="0" w:after="60" '
            'w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>',
            run=f"{bold}{colour}{_size(34)}",
            following="Subtitle",
        ),
        _style(
            "Subtitle",
            "Subtitle",
            paragraph=f'<w:keepNext/><w:keepLines/><w:pBdr><w:bottom w:val="single" w:sz="6" '
            f'w:space="10" w:color="{INK}"/></w:pBdr>'
            '<w:spacing w:before="0" w:after="320" w:line="240" w:lineRule="auto"/>'
            '<w:jc w:val="center"/>',
            run=f"{colour}{_size(28)}",
            following="Normal",
            priority=11,
        ),
    ]
    looks = {
        1: (280, 80, f"{bold}{colour}{_size(26)}"),
        2: (240, 80, f"{bold}{colour}{_size(23)}"),
        3: (200, 60, f"{bold}{colour}{_size(22)}"),
    }
    for level in range(1, LEVELS + 1):
        before, after, run = looks.get(level, (160, 60, f"<w:i/><w:iCs/>{colour}{_size(22)}"))
        styles.append(
            _style(
                f"Heading{level}",
                f"heading {level}",
                paragraph=f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" '
                f'w:after="{after}" w:line="240" w:lineRule="auto"/>'
                f'<w:outlineLvl w:val="{level - 1}"/>',
                run=run,
                following="Normal",
                priority=9,
            )
        )
    styles.append(
        _style(
            "Footer",
            "footer",
            paragraph=f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="{RULE}"/>'
            '</w:pBdr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
            '<w:jc w:val="center"/>',
            run=f'<w:color w:val="{GREY}"/>{_size(18)}',
            priority=99,
        )
    )
    return styles


def _list_styles() -> list[str]:
    return [
        _style("ListBullet", "List Bullet", paragraph=_listed(1, 40), priority=12),
        _style("ListNumber", "List Number", paragraph=_listed(2, 40), priority=12),
    ]


def _listed(number: int, after: int) -> str:
    return (
        f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'
        f'<w:spacing w:after="{after}" w:line="259" w:lineRule="auto"/>'
    )


def _table_styles() -> list[str]:
    text = '<w:spacing w:before="0" w:after="60" w:line="252" w:lineRule="auto"/>'
    cell = "TableauTexte"
    return [
        _style(cell, "Tableau texte", paragraph=text, run=_size(21), priority=20),
        _style(
            "TableauCentre",
            "Tableau texte centré",
            paragraph='<w:jc w:val="center"/>',
            based_on=cell,
            priority=20,
        ),
        _style(
            "TableauEntete",
            "Tableau en-tête",
            # Kept with the next row: a header row never stands alone at the foot of a page.
            paragraph="<w:keepNext/>",
            run=f'<w:b/><w:bCs/><w:color w:val="{INK}"/>',
            based_on=cell,
            priority=20,
        ),
        _style(
            "TableauPuces",
            "Tableau puces",
            paragraph=_listed(3, 40),
            based_on=cell,
            priority=21,
        ),
        _style(
            "TableauNumeros",
            "Tableau numéros",
            paragraph=_listed(4, 60),
            based_on=cell,
            priority=21,
        ),
        _style(
            "ApresTableau",
            "Tableau fin",
            # Word wants a paragraph after a table; this one takes no room.
            paragraph='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
            run=_size(2),
            priority=99,
        ),
        _grid_style(),
    ]


def _grid_style() -> str:
    border = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f"<w:{edge} {border}/>" for edge in edges)
    padding = {"top": 85, "left": 113, "bottom": 28, "right": 113}
    margins = "".join(f'<w:{k} w:w="{v}" w:type="dxa"/>' for k, v in padding.items())
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="TableauReleve">'
        '<w:name w:val="Tableau relevé"/><w:basedOn w:val="TableNormal"/>'
        f'<w:uiPriority w:val="22"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{HEADER_SHADE}"/>'
        '<w:vAlign w:val="center"/></w:tcPr></w:tblStylePr></w:style>'
    )


def _numbering() -> str:
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x50414E00 + number:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:name w:val="{numbering.name}"/>'
        f"{''.join(_level(numbering, level) for level in range(LEVELS))}</w:abstractNum>"
        for number, numbering in enumerate(NUMBERINGS)
    )
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/></w:num>'
        for number, definition in STYLE_LISTS.items()
    )
    return f'{HEAD}<w:numbering xmlns:w="{W}">{definitions}{lists}</w:numbering>'


def _level(numbering: Numbering, level: int) -> str:
    mark = numbering.marks[level % len(numbering.marks)].format(level + 1)
    left = numbering.left + level * numbering.step
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{numbering.formats[level % len(numbering.formats)]}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{numbering.hanging}"/></w:pPr></w:lvl>'
    )


def _settings() -> str:
    office = "http://schemas.microsoft.com/office/word"
    compatibility = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    colours = " ".join(
        f'w:{name}="{colour}"'
        for name, colour in {
            "bg1": "light1",
            "t1": "dark1",
            "bg2": "light2",
            "t2": "dark2",
            **{f"accent{n}": f"accent{n}" for n in range(1, 7)},
            "hyperlink": "hyperlink",
            "followedHyperlink": "followedHyperlink",
        }.items()
    )
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="709"/><w:hyphenationZone w:val="425"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        + "".join(
            f'<w:compatSetting w:name="{name}" w:uri="{office}" w:val="{value}"/>'
            for name, value in compatibility.items()
        )
        + '</w:compat><w:themeFontLang w:val="fr-FR" w:bidi="ar-MA"/>'
        f"<w:clrSchemeMapping {colours}/>"
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'{HEAD}<w:fonts xmlns:w="{W}">'
        f'<w:font w:name="{FONT}"><w:altName w:val="Carlito"/>'
        '<w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        f'<w:font w:name="{ARABIC_FONT}"><w:panose1 w:val="020B0604020202020204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        "</w:fonts>"
    )


def _footer() -> str:
    text = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'.format
    field = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'.format
    return (
        f'{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{text('Page ')}{field('PAGE')}{text('/')}{field('NUMPAGES')}</w:p></w:ftr>"
    )


def _arabic_footer() -> str:
    look = '<w:rPr><w:rtl/><w:lang w:bidi="ar-MA"/></w:rPr>'
    text = f'<w:r>{look}<w:t xml:space="preserve">{{}}</w:t></w:r>'.format
    field = f'<w:fldSimple w:instr=" {{}} "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'.format
    return (
        f'{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/><w:bidi/></w:pPr>'
        f"{text('الصفحة ')}{field('PAGE')}{text('/')}{field('NUMPAGES')}</w:p></w:ftr>"
    )


def _theme() -> str:
    """Return a theme, so that Word's palette offers the document's own colours."""
    colours = {
        "dk1": "000000",
        "lt1": "FFFFFF",
        "dk2": INK,
        "lt2": HEADER_SHADE,
        "accent1": INK,
        "accent2": "2F5496",
        "accent3": RULE,
        "accent4": GREY,
        "accent5": "5B7DB1",
        "accent6": "8A6D3B",
        "hlink": "0563C1",
        "folHlink": "954F72",
    }
    scheme = "".join(f'<a:{k}><a:srgbClr val="{v}"/></a:{k}>' for k, v in colours.items())
    fonts = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface="{ARABIC_FONT}"/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{A}" name="PAN"><a:themeElements>'
        f'<a:clrScheme name="PAN">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="PAN"><a:majorFont>{fonts}</a:majorFont>'
        f"<a:minorFont>{fonts}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="PAN"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def _core() -> str:
    return (
        f"{HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    )


def _application() -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{HEAD}<Properties xmlns="{kind}"><Application>PAN Desktop</Application></Properties>'


if __name__ == "__main__":
    sys.exit(main())
