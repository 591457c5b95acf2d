"""Reads a Word file's body as a flat stream: marks of what begins, and text.

A long document has tens of thousands of elements. Only those that say something are looked at
(``iter`` with names skips the others in C), each once, and a stream compares with another as
one list: that is what makes checking every file affordable. ``reader`` folds the stream into
blocks for those who want to know what a file says.
"""

from __future__ import annotations

from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.docx.definitions import Kind, Lists, Style, styles_of
from pan_desktop.documents.outside import PackageError
from pan_desktop.documents.package import open_package, parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree


class UnreadableDocumentError(PackageError):
    """The file is not a Word document, or its parts are damaged; says which."""


NO_WORD = "n’est pas un document Word", "Choisissez un fichier .docx"
DAMAGED = "est un document Word endommagé", "Ouvrez-le dans Word et enregistrez-le de nouveau"


class Stretch(NamedTuple):
    """Text in one look; a line break is a newline in it."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False


class ParagraphMark(NamedTuple):
    """A paragraph begins: see ``reader.ReadParagraph``."""

    kind: Kind
    level: int = 0
    list_number: int = 0
    ordered: bool = False
    number: int | None = None


class TableMark(NamedTuple):
    """A table begins."""

    caption: str = ""
    description: str = ""


class Edge(Enum):
    """What else begins or ends."""

    ROW = "row"
    HEADER_ROW = "header row"
    CELL = "cell"
    TABLE_END = "table end"


Token = str | Stretch | ParagraphMark | TableMark | Edge
"""Text in no special look is a plain string."""

PLAIN = ParagraphMark(Kind.PARAGRAPH)

DEEPEST_LIST = 8
"""The level of a list's innermost items, as Word counts."""


def read_stream(data: bytes, *, within: str = "") -> list[Token]:
    """Return the stream of a Word file, or of what stands between a bookmark's two ends.

    Raises UnreadableDocumentError, also when there is no such bookmark around whole paragraphs.
    """
    try:
        package = open_package(data)
        main = package.main_part()
        folder = main.rpartition("/")[0]
        styles, numbering = (
            package.read(name) if name in package else b""
            for name in (f"{folder}/styles.xml", f"{folder}/numbering.xml")
        )
        root = parse_xml(package.read(main))
        body = root.find(f"{_W}body")
        if body is None:
            raise UnreadableDocumentError(*NO_WORD)
        for name in _SKIPPED:
            for element in list(root.iter(name)):
                _remove(element)
        part = _between(body, within) if within else body
        return _Reading(styles_of(styles), Lists(numbering)).stream(part)
    except PackageError as error:
        raise UnreadableDocumentError(error.reason, error.remedy) from error
    except ValueError as error:  # a number that is none
        raise UnreadableDocumentError(*DAMAGED) from error


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _R, _T, _TBL, _TR, _TC = (f"{_W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc"))
_PSTYLE, _ILVL, _NUMID = (f"{_W}{name}" for name in ("pStyle", "ilvl", "numId"))
_TBL_HEADER, _VAL = f"{_W}tblHeader", f"{_W}val"
_WRAPPERS = tuple(
    f"{_W}{name}"
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent")
)
_SKIPPED = (
    # What was deleted, what was so before a change, and text that stands beside the text.
    *(f"{_W}{name}" for name in ("del", "moveFrom", "pPrChange", "rPrChange", "txbxContent")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_LOOKS = {f"{_W}b": 0, f"{_W}i": 1, f"{_W}vertAlign": 2}
_TABLE_TEXTS = {f"{_W}tblCaption": "caption", f"{_W}tblDescription": "description"}
_OFF = {"0", "false", "off", "none", "baseline", "subscript"}
_TAGS = (
    *(_P, _T, _TBL, _TR, _TC, _PSTYLE, _ILVL, _NUMID, _TBL_HEADER),
    *_CHARACTERS,
    *_LOOKS,
    *_TABLE_TEXTS,
)
_SPACER = ParagraphMark(Kind.PARAGRAPH, -1)
"""The paragraph after a table, until it is known to be empty."""
_LISTED = ParagraphMark(Kind.ITEM, -1)
"""A paragraph whose style belongs to a list, until it is known whether it says another."""
_NO_STYLE = Style()
_NO_LOOK = (False, False, False)
_LONG = 4096
"""In characters."""


def _between(body: etree._Element, bookmark: str) -> etree._Element:
    """Return what stands between the ends of a bookmark, as a body of its own."""
    start = next(
        (e for e in body.iter(f"{_W}bookmarkStart") if e.get(f"{_W}name") == bookmark), None
    )
    if start is None:
        raise UnreadableDocumentError(*NO_WORD)
    part = body.makeelement(body.tag)
    for element in list(start.itersiblings()):
        if element.tag == f"{_W}bookmarkEnd" and element.get(f"{_W}id") == start.get(f"{_W}id"):
            return part
        part.append(element)
    raise UnreadableDocumentError(*NO_WORD)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


class _Reading:
    """One pass over a body; counts the lists as it meets their items."""

    def __init__(self, styles: dict[str, Style], lists: Lists) -> None:
        self._styles = styles
        self._marks = {style_id: _mark(style) for style_id, style in styles.items()}
        self._marks.setdefault("", PLAIN)
        self._lists = lists
        self._seen: dict[int, int] = {}
        self._begun: set[tuple[int, int]] = set()
        self._counters: dict[int, dict[int, int]] = {}
        self._found: list[Token] = []
        self._spacers: list[int] = []
        self._apart = False  # whether texts of one look stand beside one another
        self._style_id, self._level = "", -1
        self._unnumbered = -1
        self._inner_tables: list[etree._Element] = []
        self._open = False
        self._styled_run: etree._Element | None = None
        self._look = _NO_LOOK
        self._handlers = self._handlers_by_tag()

    def _handlers_by_tag(self) -> dict[str, Callable[[etree._Element], None]]:
        return {
            _TBL: self._begin_table,
            _TR: self._begin_row,
            _TC: self._begin_cell,
            _ILVL: self._set_level,
            _NUMID: self._set_list,
            _TBL_HEADER: self._set_header_row,
            **dict.fromkeys(_CHARACTERS, self._add_character),
            **dict.fromkeys(_LOOKS, self._set_look),
            **dict.fromkeys(_TABLE_TEXTS, self._set_table_text),
        }

    def stream(self, body: etree._Element) -> list[Token]:
        """Return the body's stream."""
        self._container(body)
        found = self._found
        empty: set[int] = set()
        for place in self._spacers:
            follower = found[place + 1] if place + 1 < len(found) else None
            if isinstance(follower, str | Stretch):
                found[place] = PLAIN
            else:
                empty.add(place)
        if empty:
            found = [token for place, token in enumerate(found) if place not in empty]
        return _joined(found) if self._apart else found

    def _container(self, parent: etree._Element) -> None:
        for child in parent.iterchildren(_P, _TBL, *_WRAPPERS):
            if child.tag in _WRAPPERS:
                self._container(child)
            else:
                self._flat(child)

    def _flat(self, element: etree._Element) -> None:
        """Read a paragraph or a table, whatever it is made of."""
        found, marks, default = self._found, self._marks, self._marks[""]
        handlers = self._handlers
        # Passing over the rest in C pays in a table; a paragraph is read before it is set up.
        table = element.tag == _TBL
        wanted = _TAGS if table else ()
        for part in element.iter(*wanted):
            tag = part.tag
            # What a document is full of is taken here: a call for each would cost a tenth more.
            if tag == _T:
                text = part.text
                if text and (self._styled_run is not None or type(found[-1]) is str):
                    self._add_text(part, text)
                elif text:
                    found.append(text)
            elif tag == _P:
                if self._open:
                    self._settle(part)
                self._style_id, self._level = "", -1
                found.append(default)
            elif tag == _PSTYLE:
                self._style_id = part.get(_VAL, "")
                mark = found[-1] = marks.get(self._style_id, default)
                if mark.level < 0:
                    self._begin_unsure(mark)
            else:
                handlers.get(tag, _pass_over)(part)
        self._settle(None)
        if table:
            found.append(Edge.TABLE_END)

    def _begin_unsure(self, mark: ParagraphMark) -> None:
        """Remember a paragraph that its style does not tell all about."""
        place = len(self._found) - 1
        if mark is _SPACER:
            self._spacers.append(place)
        else:
            self._unnumbered = place
            self._open = True

    def _settle(self, part: etree._Element | None) -> None:
        """Finish what a new part (None: the end) finishes."""
        if self._unnumbered >= 0:  # an item by its style alone
            self._found[self._unnumbered] = self._item(-1)
            self._unnumbered = -1
        tables = self._inner_tables
        while tables and (part is None or tables[-1] not in part.iterancestors(_TBL)):
            tables.pop()
            self._found.append(Edge.TABLE_END)
        self._open = bool(tables)

    def _begin_cell(self, part: etree._Element) -> None:
        if self._open:
            self._settle(part)
        self._found.append(Edge.CELL)

    def _begin_row(self, part: etree._Element) -> None:
        if self._open:
            self._settle(part)
        self._found.append(Edge.ROW)

    def _begin_table(self, part: etree._Element) -> None:
        self._settle(part)
        if next(part.iterancestors(_TBL), None) is not None:
            self._inner_tables.append(part)
            self._open = True
        self._found.append(TableMark())

    def _set_level(self, part: etree._Element) -> None:
        self._level = int(part.get(_VAL, 0))

    def _set_list(self, part: etree._Element) -> None:
        self._unnumbered = -1
        self._found[-1] = self._item(int(part.get(_VAL, 0)))

    def _add_character(self, part: etree._Element) -> None:
        run = part.getparent()
        if run is not None and run.tag == _R:  # elsewhere w:tab is a tab stop
            self._add_text(part, _CHARACTERS[part.tag])

    def _set_look(self, part: etree._Element) -> None:
        properties = part.getparent()
        run = None if properties is None else properties.getparent()
        if run is not None and run.tag == _R:  # elsewhere it is the paragraph mark's look
            look = list(self._look if run is self._styled_run else _NO_LOOK)
            look[_LOOKS[part.tag]] = part.get(_VAL) not in _OFF
            self._look = look[0], look[1], look[2]
            self._styled_run = run

    def _set_table_text(self, part: etree._Element) -> None:
        mark = self._found[-1]
        if isinstance(mark, TableMark):
            self._found[-1] = mark._replace(**{_TABLE_TEXTS[part.tag]: part.get(_VAL, "")})

    def _set_header_row(self, part: etree._Element) -> None:
        """Take a row for a header if only header rows come before: Word repeats no others."""
        found = self._found
        if found[-1] is not Edge.ROW or part.get(_VAL) in _OFF:
            return
        places = range(len(found) - 2, -1, -1)  # a copy for each row would add up
        before = (found[p] for p in places if isinstance(found[p], TableMark | Edge))
        if next((t for t in before if t is not Edge.CELL), Edge.ROW) is not Edge.ROW:
            found[-1] = Edge.HEADER_ROW

    def _add_text(self, part: etree._Element, text: str) -> None:
        """Add text, joined to what comes before when it has the same look."""
        found = self._found
        look = self._look if part.getparent() is self._styled_run else _NO_LOOK
        last = found[-1]
        before = last.text if isinstance(last, Stretch) else str(last)
        whole = _look_of(last) == look
        if whole and len(before) > _LONG:
            # A text of a million pieces would be copied a million times: joined at the end.
            self._apart, whole = True, False
        joined = f"{before}{text}" if whole else text
        token = joined if look == _NO_LOOK else Stretch(joined, *look)
        if whole:
            found[-1] = token
        else:
            found.append(token)

    def _item(self, list_id: int) -> ParagraphMark:
        """Return the mark of the item begun; what it does not say itself (-1) its style says."""
        style = self._styles.get(self._style_id, _NO_STYLE)
        list_id = style.list_id if list_id < 0 else list_id
        level = min(style.list_level if self._level < 0 else self._level, DEEPEST_LIST)
        counting = self._lists.counting(list_id, level)
        if counting is None or style.kind is not Kind.PARAGRAPH:
            return PLAIN if style.kind is Kind.PARAGRAPH else _mark(style)
        counters = self._counters.setdefault(counting.definition, {})
        place = list_id, level
        if counting.restart is not None and place not in self._begun:
            counters[level] = counting.restart
        else:
            counters[level] = counters.get(level, counting.start - 1) + 1
        self._begun.add(place)
        if len(counters) > 1:
            for deeper in [known for known in counters if known > level]:
                del counters[deeper]
        number = self._seen.setdefault(list_id, len(self._seen) + 1)
        counted = counters[level] if counting.ordered else None
        return ParagraphMark(Kind.ITEM, level, number, counting.ordered, counted)


def _joined(found: list[Token]) -> list[Token]:
    """Return a stream in which texts of one look that follow one another are one."""
    joined: list[Token] = []
    for look, group in groupby(found, key=_look_of):
        tokens = list(group)
        if look is None or len(tokens) == 1:
            joined += tokens
        elif look == _NO_LOOK:
            joined.append("".join(map(str, tokens)))
        else:
            text = "".join(token.text for token in tokens if isinstance(token, Stretch))
            joined.append(Stretch(text, *look))
    return joined


def _look_of(token: Token) -> tuple[bool, bool, bool] | None:
    """Return the look of a text, None for what is none."""
    if isinstance(token, Stretch):
        return token.bold, token.italic, token.superscript
    return _NO_LOOK if type(token) is str else None


def _pass_over(_part: etree._Element) -> None:
    """Leave out what says nothing."""


def _mark(style: Style) -> ParagraphMark:
    if style.kind is not Kind.PARAGRAPH:
        return ParagraphMark(style.kind, style.level)
    if style.after_table:
        return _SPACER
    return _LISTED if style.list_id else PLAIN
