"""What comes from another program's clipboard, as points: lists keep their levels.

Word writes its lists as paragraphs with "mso-list:l0 level2" in their style and the bullet as
text between conditional comments; the web nests <ul> and <ol>. A row of a table becomes one
point, its cells side by side. Nothing that arrives is refused: what is not understood is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from pan_desktop.domain.marks import Look, Mark, clipped, encoded
from pan_desktop.domain.outline import MAX_LEVEL, tamed

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Pasted:
    """A point that was pasted: its level counted from 0, its text and marks."""

    level: int
    text: str
    marks: str = ""
    numbered: bool = False


CELLS_APART = " | "

_BULLET = re.compile(r"^(\s*)(?:([-–—•·▪◦o*§■□●○])\s+|(\d{1,2}[.)])\s+)?")
_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel(\d+)", re.IGNORECASE)
_COUNTED = re.compile(r"\s*\(?[0-9a-z]{1,3}[.)]", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset({
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "ul", "ol", "table", "blockquote",
    "pre", "section", "article", "header", "footer", "dt", "dd", "figure", "address", "body",
})  # fmt: skip
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "math"})
_LOOKS = {"b": Look.BOLD, "strong": Look.BOLD, "i": Look.ITALIC, "em": Look.ITALIC}
_LOOKS |= {"sup": Look.SUPERSCRIPT}
_STYLED = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), Look.BOLD),
    (re.compile(r"font-style\s*:\s*italic", re.IGNORECASE), Look.ITALIC),
    (re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE), Look.SUPERSCRIPT),
)


def from_text(text: str) -> list[Pasted]:
    """Return pasted lines as points: each new depth of indent, or new bullet, is one level."""
    depths: list[tuple[int, str]] = []
    found: list[Pasted] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        match = _BULLET.match(line)
        assert match is not None  # every part of it may be missing
        mark = "1" if match[3] else (match[2] or "")
        place = (len(match[1].expandtabs(4)), mark)
        level = _depth(depths, place)
        found.append(Pasted(level, line[match.end() :].strip(), numbered=bool(match[3])))
    levels = tamed([point.level for point in found])
    return [Pasted(lv, p.text, p.marks, p.numbered) for lv, p in zip(levels, found, strict=True)]


def from_html(html: str) -> list[Pasted]:
    """Return what a page or a Word document says as points. Whatever it is, it never raises."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_point()
    return _leveled(reader.found)


def _depth(depths: list[tuple[int, str]], place: tuple[int, str]) -> int:
    """Return the level of an indent and a bullet, among those open so far (changed in place)."""
    indent, mark = place
    while depths and depths[-1][0] > indent:
        depths.pop()
    same = [i for i, (known, sign) in enumerate(depths) if known == indent and sign == mark]
    if same:
        del depths[same[0] + 1 :]
    elif not depths or depths[-1][0] < indent or (mark and depths[-1][1]):
        depths.append(place)
    else:
        depths[-1] = place
    return len(depths) - 1


def _leveled(found: Iterable[Pasted]) -> list[Pasted]:
    points = [point for point in found if point.text]
    levels = tamed([min(point.level, MAX_LEVEL) for point in points])
    return [
        Pasted(level, p.text, p.marks, p.numbered) for level, p in zip(levels, points, strict=True)
    ]


@dataclass
class _Open:
    """A tag that is open: its name and the looks it gives."""

    name: str
    looks: frozenset[Look]


@dataclass
class _Cells:
    """A table row being read: its cells so far."""

    parts: list[tuple[str, list[Mark]]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads HTML into points as it comes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Pasted] = []
        self._open: list[_Open] = []
        self._lists: list[str] = []
        self._unseen = 0
        self._bullet: str | None = None  # what Word wrote as a bullet, while it is being read
        self._word_level: int | None = None
        self._numbered = False
        self._text = ""
        self._marks: list[Mark] = []
        self._rows: list[_Cells] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        style = next((value or "" for name, value in attrs if name == "style"), "")
        if tag in _UNSEEN:
            self._unseen += 1
        if tag == "br":
            self._add("\n")
            return
        if tag in {"td", "th"} and self._rows:
            self._end_cell()
        elif tag in _BLOCKS and not self._rows:
            self.end_point()
        if tag == "tr":
            self._rows.append(_Cells())
        if tag in {"ul", "ol"}:
            self._lists.append(tag)
        if tag in {"p", "li", "div"}:
            level = _LEVEL.search(style)
            self._word_level = int(level[1]) - 1 if level else None
        looks = {look for pattern, look in _STYLED if pattern.search(style)}
        if tag in _LOOKS:
            looks.add(_LOOKS[tag])
        self._open.append(_Open(tag, frozenset(looks)))

    def handle_endtag(self, tag: str) -> None:
        """Close a tag, and those left open inside it."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag == "tr" and self._rows:
            self._end_row()
        elif tag in _BLOCKS and not self._rows:
            self.end_point()
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].name == tag:
                del self._open[index:]
                break

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._unseen:
            return
        if self._bullet is not None:
            self._bullet += data
            return
        self._add(_SPACES.sub(" ", data))

    def handle_comment(self, data: str) -> None:
        """Take the conditional comments of Word that are comments to all others."""
        self.unknown_decl(data)

    def unknown_decl(self, data: str) -> None:
        """Take what stands between Word's "if !supportLists" and "endif" as a bullet."""
        words = data.strip("[]").casefold()
        if "supportlists" in words:
            self._bullet = ""
        elif "endif" in words and self._bullet is not None:
            self._numbered = bool(_COUNTED.match(self._bullet))
            self._bullet = None

    def end_point(self) -> None:
        """End the point being read."""
        level = self._word_level
        if level is None:
            level = max(0, len(self._lists) - 1)
        counted = self._numbered or (bool(self._lists) and self._lists[-1] == "ol")
        self._keep(level, self._text, self._marks, numbered=counted)
        self._text, self._marks, self._bullet = "", [], None
        self._word_level, self._numbered = None, False

    def _keep(self, level: int, text: str, marks: list[Mark], *, numbered: bool) -> None:
        start = len(text) - len(text.lstrip())
        words = text.strip()
        if words:
            kept = encoded(clipped(marks, start, start + len(words)))
            self.found.append(Pasted(level, words, kept, numbered))

    def _add(self, text: str) -> None:
        if text.startswith(" ") and (not self._text or self._text[-1] in " \n"):
            text = text[1:]
        if not text:
            return
        start = len(self._text)
        self._text += text
        for look in frozenset().union(*(opened.looks for opened in self._open)):
            self._marks.append(Mark(start, len(self._text), look))

    def _end_cell(self) -> None:
        if self._text.strip():
            self._rows[-1].parts.append((self._text, self._marks))
        self._text, self._marks = "", []

    def _end_row(self) -> None:
        """Make the cells of a row one point; those of a table inside it are part of it."""
        self._end_cell()
        parts = self._rows.pop().parts
        if self._rows:
            self._rows[-1].parts += parts
            return
        text, marks = "", list[Mark]()
        for cell, own in parts:
            start = len(cell) - len(cell.lstrip())
            words = " ".join(cell.split("\n")).strip()
            text += CELLS_APART if text else ""
            kept = clipped(own, start, start + len(words))
            marks += [Mark(m.start + len(text), m.end + len(text), m.look) for m in kept]
            text += words
        self._keep(0, text, marks, numbered=False)
