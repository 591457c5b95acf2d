"""Walks the body of a Word file, paragraph by paragraph and table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.word.lines import (
    Aside,
    Cell,
    Line,
    Stretch,
    Table,
    Why,
)
from pan_desktop.documents.word.styles import (
    PLAIN,
    VAL,
    W,
    indent_of,
    looks_of,
    number_of,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml import etree

    from pan_desktop.documents.word.lines import Block
    from pan_desktop.documents.word.lists import Lists
    from pan_desktop.documents.word.styles import Style, Styles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_P, _R, _T, _TBL, _TR, _TC = (f"{W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc"))
_PPR, _RPR, _SDT, _IND = (f"{W}{name}" for name in ("pPr", "rPr", "sdt", "ind"))
_WRAPPERS = frozenset(
    f"{W}{name}"
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "bdo", "dir")
)
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}sym": "•",
}
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""What only says where a line may end: no letter of any word."""
_NO_TEXT = frozenset(f"{W}{name}" for name in ("sectPr", "tcPr", "tblPr", "tblGrid", "sdtPr"))
_LIST_STEP = 360
"""How far apart the levels of a list stand, in twentieths of a point, where it does not say."""
_PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")


class _OwnLook(NamedTuple):
    """What a paragraph says of itself, beside its style; None where it does not."""

    style_id: str = ""
    heading: int = 0
    list_id: int | None = None
    list_level: int | None = None
    indent: int | None = None
    mark_deleted: bool = False


_NOTHING = _OwnLook()


def _own_look(properties: etree._Element) -> _OwnLook:
    """Return what a paragraph's properties say, looked at once each."""
    style_id, heading, indent, deleted = "", 0, None, False
    list_id: int | None = None
    list_level: int | None = None
    for child in properties:
        tag = child.tag
        if tag == f"{W}pStyle":
            style_id = child.get(VAL) or ""
        elif tag == f"{W}numPr":
            list_id = number_of(child.find(f"{W}numId"))
            list_level = number_of(child.find(f"{W}ilvl"))
        elif tag == _IND:
            indent = indent_of(child)
        elif tag == f"{W}outlineLvl":
            outline = number_of(child)
            heading = outline + 1 if outline is not None and 0 <= outline < 9 else 0
        elif tag == _RPR:
            deleted = child.find(f"{W}del") is not None
    return _OwnLook(style_id, heading, list_id, list_level, indent, deleted)


class BodyReading:
    """One pass over a body, counting its paragraphs and its lists."""

    def __init__(self, styles: Styles, lists: Lists, *, page_part: bool = False) -> None:
        """Read with the file's styles and lists; the head or foot of a page where told."""
        self.asides: list[Aside] = []
        self.called: dict[tuple[str, str], int] = {}
        """Where a comment or a note is called, by its kind and identifier."""
        self._styles = styles
        self._lists = lists
        self._page_part = page_part
        self._place = 0
        self._carried: list[Stretch] = []
        self._inline = _Inline(self)

    def blocks(self, parent: etree._Element) -> tuple[Block, ...]:
        """Return the lines and tables of a body, in order."""
        found: list[Block] = []
        self._container(parent, found)
        if self._carried:  # the last paragraph's mark was deleted: nothing follows it
            found.append(self._line([], PLAIN, _NOTHING))
        return tuple(found)

    def words_of(self, blocks: Iterable[Block]) -> list[str]:
        """Return the lines of text of blocks, those of tables included."""
        lines = [line for block in blocks for line in lines_of(block)]
        return [words for line in lines if (words := " ".join(line.text.split()))]

    @property
    def place(self) -> int:
        """Return the number of the paragraph being read."""
        return self._place

    @property
    def page_part(self) -> bool:
        """Tell whether what is read is the head or foot of a page."""
        return self._page_part

    def character(self, style_id: str) -> Style:
        """Return what a character style says."""
        return self._styles.named(style_id)

    def leave(self, text: str, why: str) -> None:
        """Keep words that are no part of the text."""
        words = " ".join(text.split())
        if words:
            self.asides.append(Aside(self._place, words, why))

    def _container(
        self, parent: etree._Element, found: list[Block], *, boxed: bool = False
    ) -> None:
        for child in parent:
            tag = child.tag
            if tag == _P:
                self._paragraph(child, found, boxed=boxed)
            elif tag == _TBL:
                self._table_or_frame(child, found, boxed=boxed)
            elif tag in _WRAPPERS:
                self._container(child, found, boxed=boxed)
            elif tag == _SDT:
                self._control(child, found, boxed=boxed)
            elif tag in _GONE:
                self.leave(text_within(child), Why.DELETED)
            elif tag == f"{_MC}AlternateContent":
                self._container(chosen(child), found, boxed=boxed)
            elif tag == f"{W}altChunk":
                self.leave("(…)", Why.OTHER_FILE)
            elif len(child) and tag not in _NO_TEXT:
                self._container(child, found, boxed=boxed)  # a wrapper of some other program's

    def _table_or_frame(self, element: etree._Element, found: list[Block], *, boxed: bool) -> None:
        """Read a table; one of a single cell only draws a frame around the text."""
        alone = _only_cell(element)
        if alone is None:
            found.append(self._table(element))
        else:
            self._container(alone, found, boxed=boxed)

    def _control(self, control: etree._Element, found: list[Block], *, boxed: bool) -> None:
        """Read a content control: what is in it, but for a contents list or an empty prompt."""
        content = control.find(f"{W}sdtContent")
        if content is None:
            return
        why = unread(control)
        if why is not None:
            self.leave(text_within(content), why)
        else:
            self._container(content, found, boxed=boxed)

    def _paragraph(self, element: etree._Element, found: list[Block], *, boxed: bool) -> None:
        self._place += 1
        first = element[0] if len(element) else None
        own = _NOTHING if first is None or first.tag != _PPR else _own_look(first)
        style = self._styles.named(own.style_id)
        stretches, boxes = self._inline.read(element, style)
        if own.mark_deleted:
            # It goes on in the next paragraph.
            self._carried += stretches
        else:
            found.append(self._line(stretches, style, own, boxed=boxed))
        for box in boxes:
            self._container(box, found, boxed=True)

    def _line(
        self, stretches: list[Stretch], style: Style, own: _OwnLook, *, boxed: bool = False
    ) -> Line:
        if self._carried:
            stretches = [*self._carried, *stretches]
            self._carried = []
        joined = tuple(_joined(stretches)) if len(stretches) > 1 else tuple(stretches)
        list_id = style.list_id if own.list_id is None else own.list_id
        level = style.list_level if own.list_level is None else own.list_level
        item, indent = None, style.indent
        placed = self._lists.item(list_id, level) if list_id > 0 else None
        if placed is not None:
            item, of_list = placed
            if indent == 0 or own.list_id is not None:
                indent = _LIST_STEP * item.level if of_list is None else of_list
        indent = indent if own.indent is None else own.indent
        text = "".join([stretch.text for stretch in joined])
        strong = self._inline.strong and not text.isspace()
        heading = style.heading or own.heading
        return Line(self._place, joined, text, heading, strong, item, indent, boxed)

    def _table(self, element: etree._Element) -> Table:
        place = self._place + 1
        rows: list[tuple[Cell, ...]] = []
        header_rows = 0
        for row in _within(element, _TR):
            properties = row.find(f"{W}trPr")
            marked = None if properties is None else properties.find(f"{W}tblHeader")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.leave(text_within(row), Why.DELETED)
                continue
            header_rows += marked is not None and header_rows == len(rows)
            rows.append(tuple(self._cell(cell) for cell in _within(row, _TC)))
        return Table(place, tuple(rows), header_rows)

    def _cell(self, element: etree._Element) -> Cell:
        blocks: list[Block] = []
        self._container(element, blocks)
        lines = tuple(line for block in blocks for line in lines_of(block) if line.text.strip())
        properties = element.find(f"{W}tcPr")
        if properties is None:
            return Cell(lines)
        spans = number_of(properties.find(f"{W}gridSpan")) or 1
        merge = properties.find(f"{W}vMerge")
        continued = merge is not None and merge.get(VAL) != "restart"
        return Cell(lines, min(max(spans, 1), 64), continued)


class _Inline:
    """Reads what stands inside one paragraph."""

    def __init__(self, reading: BodyReading) -> None:
        self._reading = reading
        self._style = PLAIN
        self._found: list[Stretch] = []
        self._boxes: list[etree._Element] = []
        self._fields: list[list[str]] = []
        self._plain = False
        self.strong = False
        """Whether every letter of the paragraph just read is bold or underlined."""
        self._handlers: dict[str, Callable[[etree._Element], None]] = {
            _R: self._run,
            **dict.fromkeys(_WRAPPERS, self._inside),
            **dict.fromkeys(_GONE, self._gone),
            f"{W}fldSimple": self._simple_field,
            _SDT: self._control,
            f"{W}commentReference": self._comment,
            _MATH_TEXT: self._math,
            f"{_MC}AlternateContent": self._alternative,
        }

    def read(
        self, element: etree._Element, style: Style
    ) -> tuple[list[Stretch], list[etree._Element]]:
        """Return a paragraph's text, and the text boxes that hang on it."""
        self._style, self._found, self._boxes = style, [], []
        self._plain = False
        self._inside(element)
        self.strong = bool(self._found) and not self._plain
        return self._found, self._boxes

    def _inside(self, element: etree._Element) -> None:
        handlers = self._handlers
        for child in element:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(child)
            elif child.tag not in {_PPR, _RPR} and len(child):
                self._inside(child)  # an equation, or a wrapper of some other program's

    def _run(self, run: etree._Element) -> None:
        style = self._style
        bold, italic, raised = style.bold, style.italic, style.raised
        strong, hidden = style.bold or style.underlined, style.hidden
        properties = run.find(_RPR)
        if properties is not None:
            named = value_of(properties.find(f"{W}rStyle"))
            looks = looks_of(properties)
            if named:
                of_style = self._reading.character(named)
                bold, italic = bold or of_style.bold, italic or of_style.italic
                strong = strong or of_style.bold or of_style.underlined
                hidden, raised = hidden or of_style.hidden, raised or of_style.raised
            if looks:
                bold, italic = looks.get("bold", bold), looks.get("italic", italic)
                raised = looks.get("raised", raised)
                strong = bold or looks.get("underlined", style.underlined)
                hidden = looks.get("hidden", hidden)
        for part in run:
            text = part.text if part.tag == _T else _CHARACTERS.get(part.tag)
            if text and not text.isascii():
                text = text.translate(_UNSEEN)
            if not text:
                if part.tag not in {_RPR, _T}:
                    self._special(part)
            elif hidden:
                self._reading.leave(text, Why.HIDDEN)
            elif self._shown(text):
                self._plain = self._plain or not (strong or text.isspace())
                self._found.append(Stretch(text, bold, italic, raised))

    def _shown(self, text: str) -> bool:
        """Tell whether text is to be taken: not a page's number, nor a field's instructions."""
        if not self._fields:
            return True
        code = self._fields[-1]
        if code[0] == "begin":
            return False
        words = code[1].split()
        name = words[0].upper() if words else ""
        if name == "TOC":
            self._reading.leave(text, Why.CONTENTS)
        return name not in {*_PAGE_FIELDS, "TOC"}

    def _special(self, part: etree._Element) -> None:
        """Take what in a run is no text: fields, notes, pictures with text boxes."""
        tag = part.tag
        if tag == f"{W}fldChar":
            self._field(part.get(f"{W}fldCharType") or "")
        elif tag == f"{W}instrText" and self._fields:
            self._fields[-1][1] += part.text or ""
        elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            kind = "footnotes" if tag.endswith("footnoteReference") else "endnotes"
            self._call(kind, part)
        elif tag == f"{W}commentReference":
            self._comment(part)
        elif tag == f"{_MC}AlternateContent":
            self._alternative(part)
        elif len(part):
            self._boxes += part.iter(f"{W}txbxContent")

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["begin", ""])
        elif kind == "separate" and self._fields:
            self._fields[-1][0] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _simple_field(self, field: etree._Element) -> None:
        self._fields.append(["result", field.get(f"{W}instr") or ""])
        self._inside(field)
        self._fields.pop()

    def _control(self, control: etree._Element) -> None:
        content = control.find(f"{W}sdtContent")
        if content is None:
            return
        why = unread(control)
        if why is None:
            self._inside(content)
        else:
            self._reading.leave(text_within(content), why)

    def _gone(self, element: etree._Element) -> None:
        self._reading.leave(text_within(element), Why.DELETED)

    def _math(self, part: etree._Element) -> None:
        if part.text:
            self._plain = True
            self._found.append(Stretch(part.text))

    def _comment(self, part: etree._Element) -> None:
        self._call("comment", part)

    def _call(self, kind: str, part: etree._Element) -> None:
        self._reading.called[kind, part.get(f"{W}id") or ""] = self._reading.place

    def _alternative(self, element: etree._Element) -> None:
        """Read one of two ways to say the same: the first that holds text boxes or text."""
        choice = chosen(element)
        boxes = list(choice.iter(f"{W}txbxContent"))
        if boxes:
            self._boxes += [box for box in boxes if not _nested(box, choice)]
        else:
            self._inside(choice)


def chosen(element: etree._Element) -> etree._Element:
    """Return the first way of an AlternateContent that says something, else the last."""
    ways = list(element)
    return next((way for way in ways if text_within(way)), ways[-1] if ways else element)


def unread(control: etree._Element) -> Why | None:
    """Return why what a content control holds is no text of the paper, None when it is."""
    properties = control.find(f"{W}sdtPr")
    if properties is None:
        return None
    shown = properties.find(f"{W}showingPlcHdr")
    if shown is not None and shown.get(VAL) not in {"0", "false", "off"}:
        return Why.PROMPT
    gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
    name = (value_of(gallery) or "").casefold()
    return Why.CONTENTS if "table of contents" in name else None


def text_within(element: etree._Element) -> str:
    """Return all text in an element, deleted or not, its paragraphs apart."""
    said = {_T, f"{W}delText"}
    parts = element.iter(*said, _P, f"{W}tab", f"{W}br")
    return "".join([part.text or "" if part.tag in said else " " for part in parts]).strip()


def lines_of(block: Block) -> tuple[Line, ...]:
    """Return the lines of a block: itself, or those of a table's cells."""
    if isinstance(block, Line):
        return (block,)
    return tuple(line for row in block.rows for cell in row for line in cell.lines)


def _only_cell(table: etree._Element) -> etree._Element | None:
    """Return the cell of a table that has no other, None for a table that lays something out."""
    rows = list(_within(table, _TR))
    cells = list(_within(rows[0], _TC)) if len(rows) == 1 else []
    deleted = rows[0].find(f"{W}trPr/{W}del") if rows else None
    return cells[0] if len(cells) == 1 and deleted is None else None


def _within(parent: etree._Element, tag: str) -> Iterable[etree._Element]:
    """Yield the rows of a table or cells of a row, also those in content controls or insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS or child.tag == _SDT:
            yield from _within(child, tag)


def _nested(box: etree._Element, until: etree._Element) -> bool:
    """Tell whether a text box stands inside another one."""
    return any(
        parent.tag == f"{W}txbxContent" for parent in box.iterancestors() if parent is not until
    )


def _joined(stretches: Iterable[Stretch]) -> Iterable[Stretch]:
    """Yield stretches, neighbours in one look joined; no-break and odd blanks as they are."""
    last: Stretch | None = None
    for stretch in stretches:
        if last is not None and last[1:] == stretch[1:]:
            last = Stretch(last.text + stretch.text, *stretch[1:])
        else:
            if last is not None:
                yield last
            last = stretch
    if last is not None:
        yield last
