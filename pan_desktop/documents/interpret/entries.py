"""The lines of a paper as entries: marks that were typed taken off, their look and place kept.

A dash, a bullet or a number that somebody typed says that a line is a point; in a real list of
Word's the list says so, and a dash there is text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.word.lines import Line, Table
from pan_desktop.domain.marks import Look, Mark, clipped, joined
from pan_desktop.domain.outline import MAX_LEVEL, tamed
from pan_desktop.domain.typography import split_ordinals, unglued

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pan_desktop.documents.word.lines import Block
    from pan_desktop.domain.marks import Marks

LISTED = "list"
"""The mark of an entry in a list that Word makes."""

_MARK = re.compile(
    r"(?P<space>[ \t\u00a0\u2003]*)"
    r"(?:(?P<sign>[-–—‒−‐•·∙⁃‣▪▫◦§■□●○◆◇♦►▶➢➤✓✔❖→*+\uf020-\uf0ff])[ \t\u00a0]*(?=\S)"
    r"|(?P<letter>o)[\t\u00a0 ]+(?=\S)"
    r"|\(?(?P<number>\d{1,2}|[a-z])(?P<dot>[.)°]|\s?[-–](?=\s))[ \t\u00a0]+(?=\S))?"
)
_COUNTED = re.compile(
    r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,3}\.?|[a-z](?:\.|\s?[-–])|(?:[ivx]{1,5}|[IVX]{1,5})[.)])"
    r"[ \t\u00a0]+(?=\S)"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")
_TAB = 720
"""How far a tab leads, in twentieths of a point, where the file does not say."""
_BLANK = 60
_SPACES = re.compile(r"[ \t]+")
_TOLERANCE = 100


class Entry(NamedTuple):
    """A line of text. ``mark`` is what was typed before it, LISTED in a list of Word's, or "".

    ``column`` is where it stands, in twentieths of a point; ``level`` its depth in Word's list,
    -1 outside of one. ``heading`` and ``strong`` are those of its ``Line``.
    """

    place: int
    text: str
    marks: Marks = ()
    mark: str = ""
    numbered: bool = False
    number: int | None = None
    column: int = 0
    level: int = -1
    heading: int = 0
    strong: bool = False
    boxed: bool = False
    table: Table | None = None
    raw: str = ""
    """The line as it stands, with what was typed before it."""

    sign: str = ""
    """The dash, bullet or number that was typed before it, with the blank after it."""

    @property
    def marked(self) -> bool:
        """Tell whether it is an entry of a list, typed or real."""
        return bool(self.mark)


def entries_of(blocks: Iterable[Block]) -> list[Entry]:
    """Return the entries of a paper in order, empty lines left out, tables standing for one."""
    found: list[Entry] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append(Entry(block.place, "", table=block))
        else:
            found += entries_of_line(block)
    return _counted(found)


def entries_of_line(line: Line) -> list[Entry]:
    """Return a paragraph as entries: one, or one for each line that a line break makes in it."""
    if not line.text.strip():
        return []
    whole = _marks_of(line)
    if line.item is not None:
        text, marks = _trimmed(line.text, whole, joined=False)
        item = line.item
        return [
            Entry(
                line.place,
                text,
                marks,
                LISTED,
                item.ordered,
                item.number,
                line.indent,
                item.level,
                line.heading,
                line.strong,
                line.boxed,
                raw=line.text,
            )
        ]
    found: list[Entry] = []
    start = 0
    for part in line.text.split("\n"):
        if part.strip():
            own = clipped(whole, start, start + len(part)) if whole else ()
            found.append(_typed(line, part, own))
        start += len(part) + 1
    return found


def _typed(line: Line, part: str, marks: Marks) -> Entry:
    """Return a line that is in no list of Word's, without the mark typed before it."""
    match = _MARK.match(part)
    assert match is not None  # each of its parts may be missing
    sign, number = match["sign"] or match["letter"] or "", match["number"]
    column = line.indent + sum(_TAB if c == "\t" else _BLANK for c in match["space"])
    if number and not number.isdigit() and not (match["dot"] == ")" or match["space"]):
        sign, number = "", None  # "a. b": a letter and a stop begin no point of their own
    begin = match.end() if sign or number else len(match["space"])
    text, marks = _trimmed(part[begin:], clipped(marks, begin, len(part)) if marks else ())
    counted = None if not number else int(number) if number.isdigit() else ord(number) - 96
    return Entry(
        line.place,
        text,
        marks,
        sign or (f"1{match['dot'].strip()}" if number else ""),
        bool(number),
        counted,
        column,
        -1,
        line.heading,
        line.strong,
        line.boxed,
        raw=part,
        sign=unglued(part[len(match["space"]) : begin]),
    )


# Letters and Roman numbers ---------------------------------------------------------------------


def _counted(entries: list[Entry]) -> list[Entry]:
    """Return entries with letters, Roman numbers and "1.2" taken for marks where they count on.

    A lone "a." or "V." begins a sentence or an initial; only beside "b." or "IV." is it a mark.
    """
    known: dict[str, tuple[int, str, int]] = {}
    """By kind, the last one met: which entry, what stands before its number, its number."""
    sure: dict[int, int] = {}
    """By entry, its number."""
    firsts: dict[str, list[int]] = {}
    kinds: set[str] = set()
    for index, entry in enumerate(entries):
        match = None if entry.marked or entry.table is not None else _COUNTED.match(entry.text)
        for kind, before, number in () if match is None else _counts(match["label"]):
            last = known.get(kind)
            if last is not None and last[1:] == (before, number - 1):
                sure |= {last[0]: last[2], index: number}
                kinds.add(kind)
            if number == 1:
                firsts.setdefault(kind, []).append(index)
            known[kind] = index, before, number
    for kind in kinds:  # who counts so elsewhere begins so here, with a list of one
        sure |= {index: sure.get(index, 1) for index in firsts.get(kind, ())}
    for index, number in sure.items():
        entry = entries[index]
        match = _COUNTED.match(entry.text)
        begin = match.end() if match is not None else 0
        sign = entry.text[:begin]
        entries[index] = entry._replace(
            text=entry.text[begin:],
            marks=clipped(entry.marks, begin, len(entry.text)),
            mark=f"1{sign.count('.')}" if sign[0].isdigit() else f"a{sign.strip()[-1]}",
            numbered=True,
            number=number,
            sign=sign,
        )
    return entries


def _counts(label: str) -> list[tuple[str, str, int]]:
    """Return the ways to count in which a label has a place: kind, what leads it, its number."""
    if label[0].isdigit():
        before, _, last = label.rstrip(".").rpartition(".")
        return [(f"1{before.count('.')}", before, int(last))]
    word = label.rstrip(" .)-–")
    found = [("a", "", ord(word) - ord("a") + 1)] if len(word) == 1 and word.islower() else []
    if word.lower() in _ROMAN:
        found.append(("i" if word.islower() else "I", "", _ROMAN.index(word.lower()) + 1))
    return found


def _marks_of(line: Line) -> Marks:
    """Return the looks of a line's letters, what the program raises by itself left out."""
    if not any(stretch.bold or stretch.italic or stretch.superscript for stretch in line.stretches):
        return ()
    found: list[Mark] = []
    start = 0
    raised = _raised_ordinals(line.text)
    for stretch in line.stretches:
        end = start + len(stretch.text)
        if stretch.bold and not line.strong:
            found.append(Mark(start, end, Look.BOLD))
        if stretch.italic:
            found.append(Mark(start, end, Look.ITALIC))
        if stretch.superscript and (start, end) not in raised:
            found.append(Mark(start, end, Look.SUPERSCRIPT))
        start = end
    if line.strong and line.item is not None and any(s.bold for s in line.stretches):
        found.append(Mark(0, len(line.text), Look.BOLD))
    return joined(found)


def _raised_ordinals(text: str) -> set[tuple[int, int]]:
    """Return the places of the ends of "1er", "2e", which every document raises unasked."""
    found: set[tuple[int, int]] = set()
    start = 0
    for part, raised in split_ordinals(text):
        if raised:
            found.add((start, start + len(part)))
        start += len(part)
    return found


def _trimmed(text: str, marks: Marks, *, joined: bool = True) -> tuple[str, Marks]:
    """Return text with none of the blanks at its ends, and plain ones where we make them firm.

    Runs of blanks become one where they are to be ``joined`` and no look depends on its place.
    """
    text = unglued(text)
    if marks or not joined:
        start = len(text) - len(text.lstrip())
        words = text.strip()
        return words.replace("\t", " "), clipped(marks, start, start + len(words))
    return _SPACES.sub(" ", text).strip(), marks


def levels_of(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return the depth of each of a run of entries, none skipped.

    Word's lists know their levels; of what was typed each new indent, or new sign at the same
    indent, is one level deeper. A line without a sign that ends in a colon leads what follows.
    """
    depths: list[_Depth] = []
    found: list[int] = []
    for entry in entries:
        level = _depth(depths, entry)
        found.append(min(level, MAX_LEVEL))
        depths[-1] = depths[-1]._replace(leads=not entry.marked and entry.text.endswith(":"))
    return tamed(found)


class _Depth(NamedTuple):
    """A level that is open: where it stands, its sign, its level in Word's list."""

    column: int
    sign: str
    listed: int
    leads: bool = False


def _depth(depths: list[_Depth], entry: Entry) -> int:
    """Return an entry's level among those open so far (changed in place)."""
    own = _Depth(entry.column, "" if entry.mark == LISTED else entry.mark, entry.level)
    for index, known in enumerate(depths):
        if _same(known, own):
            del depths[index + 1 :]
            depths[index] = own
            return index
    while depths and not _under(depths[-1], own):
        depths.pop()
    depths.append(own)
    return len(depths) - 1


def _same(known: _Depth, own: _Depth) -> bool:
    """Tell whether an entry stands on a level that is open."""
    if known.listed >= 0 and own.listed >= 0:
        if known.listed != own.listed:
            return False
        return abs(known.column - own.column) <= _TOLERANCE or known.listed > 0
    near = abs(known.column - own.column) <= _TOLERANCE
    return near and (known.sign == own.sign or (not known.leads and not (known.sign and own.sign)))


def _under(known: _Depth, own: _Depth) -> bool:
    """Tell whether an entry that is on no open level is deeper than this one."""
    if known.listed >= 0 and own.listed >= 0 and known.listed != own.listed:
        return own.listed > known.listed
    if own.column > known.column + _TOLERANCE:
        return True
    near = abs(known.column - own.column) <= _TOLERANCE
    return near and (known.leads or bool(known.sign and own.sign))
