"""What makes a Word file one that everybody can read, asked of the file alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

from lxml import etree

from tests.documents.docx.checks import W

if TYPE_CHECKING:
    from pathlib import Path

_ARABIC = re.compile("[\u0600-\u06ff]")
_DC = "{http://purl.org/dc/elements/1.1/}"
BOOKMARK = "pan_releve"


class Paper:
    """A file, its styles looked up as Word does."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as package:
            main = next(n for n in package.namelist() if re.search(r"/(document|lettre)\.xml$", n))
            folder = main.rpartition("/")[0]
            self.body = etree.fromstring(package.read(main))[0]
            self._styles = {
                style.get(f"{W}styleId"): style
                for style in etree.fromstring(package.read(f"{folder}/styles.xml"))
                if style.tag == f"{W}style"
            }
            self._defaults = etree.fromstring(package.read(f"{folder}/styles.xml"))
            self.core = etree.fromstring(package.read("docProps/core.xml"))

    def ours(self) -> list[etree._Element]:
        """Return the blocks of the relevé, without the template's own text around it."""
        starts = [e for e in self.body.iter(f"{W}bookmarkStart") if e.get(f"{W}name") == BOOKMARK]
        if not starts:
            return list(self.body)
        found = []
        for element in starts[0].itersiblings():
            if element.tag == f"{W}bookmarkEnd":
                break
            found.append(element)
        return found

    def style_name(self, paragraph: etree._Element) -> str:
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = None if named is None else self._styles.get(named.get(f"{W}val"))
        name = None if style is None else style.find(f"{W}name")
        return "" if name is None else str(name.get(f"{W}val"))

    def language(self, run: etree._Element, paragraph: etree._Element) -> tuple[str, str]:
        """Return the language of a run for our letters, and for Arabic ones."""
        found = ["", ""]
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        current = None if named is None else named.get(f"{W}val")
        places = [run.find(f"{W}rPr/{W}lang")]
        while current is not None and (style := self._styles.get(current)) is not None:
            places.append(style.find(f"{W}rPr/{W}lang"))
            based = style.find(f"{W}basedOn")
            current = None if based is None else based.get(f"{W}val")
        places.append(self._defaults.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"))
        for place in places:
            if place is not None:
                found[0] = found[0] or place.get(f"{W}val", "")
                found[1] = found[1] or place.get(f"{W}bidi", "")
        return found[0], found[1]


def faults(path: Path, language: str = "fr-FR") -> list[str]:
    """Return what keeps a file from being read by everybody."""
    paper = Paper(path)
    found: list[str] = []
    titles = [e.text for e in paper.core if e.tag == f"{_DC}title"]
    if not titles or not titles[0]:
        found.append("no title")
    level = 0
    for block in paper.ours():
        for paragraph in block.iter(f"{W}p"):
            heading = re.fullmatch("heading ([1-9])", paper.style_name(paragraph).lower())
            if heading:
                if int(heading[1]) > level + 1:
                    found.append(f"a heading of level {heading[1]} after {level}")
                level = int(heading[1])
            found += _paragraph_faults(paper, paragraph, language)
        for table in block.iter(f"{W}tbl"):
            found += _table_faults(table, language)
    return found


def _paragraph_faults(paper: Paper, paragraph: etree._Element, language: str) -> list[str]:
    found = []
    for run in paragraph.iter(f"{W}r"):
        text = "".join(t.text or "" for t in run.iter(f"{W}t"))
        latin, arabic = paper.language(run, paragraph)
        rtl = run.find(f"{W}rPr/{W}rtl") is not None
        if _ARABIC.search(text) and not (rtl and arabic == "ar-MA"):
            found.append(f"Arabic as if it were not: {text}")
        if not rtl and re.search("[A-Za-z]", text) and latin != "fr-FR":
            found.append(f"French in {latin or 'no language'}: {text}")
    text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
    in_arabic = language == "ar-MA" and (_ARABIC.search(text) or not re.search("[^\\W\\d_]", text))
    if in_arabic and paragraph.find(f"{W}pPr/{W}bidi") is None:
        found.append(f"from the left: {text}")
    return found


def _table_faults(table: etree._Element, language: str) -> list[str]:
    found = []
    if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None:
        found.append("no header row")
    for name in ("tblCaption", "tblDescription"):
        said = table.find(f"{W}tblPr/{W}{name}")
        if said is None or not said.get(f"{W}val"):
            found.append(f"no {name}")
    if language == "ar-MA" and table.find(f"{W}tblPr/{W}bidiVisual") is None:
        found.append("a table from the left")
    return found
