"""From the bytes of a report to its rows: encoding, delimiter, quotes, line numbers."""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.documents.attendance.shapes import MEASURED, shape
from pan_desktop.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LARGEST = 16 * 1024 * 1024
"""In bytes, of the file: a call of 1,000 people takes a hundredth."""
MOST_LINES = 50_000
LONGEST_CELL, LONGEST_LINE, MOST_CELLS = 10_000, 40_000, 200
_SAMPLE = 200
"""So many lines are looked at to find the delimiter."""

_KEPT = "\u00a0: rien n’a été repris. "
TOO_LARGE = (
    "«\u00a0{name}\u00a0» est beaucoup trop gros pour être un rapport de présence"
    + _KEPT
    + "Choisissez le fichier que l’outil de visioconférence a exporté."
)
EMPTY = "«\u00a0{name}\u00a0» est vide" + _KEPT + "Exportez de nouveau le rapport de présence."
BINARY = (
    "«\u00a0{name}\u00a0» n’est pas un fichier de texte"
    + _KEPT
    + "Choisissez le rapport de présence exporté en CSV, ou collez la liste des noms."
)
CUT = (
    "«\u00a0{name}\u00a0» s’arrête au milieu de la ligne {line}"
    + _KEPT
    + "Exportez ou téléchargez de nouveau le rapport de présence."
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = re.compile(r'^="?(.*?)"?$')
_NOTHING = frozenset(("-", "--", "–", "—", "N/A", "n/a", "null"))
"""What stands in a cell that says nothing."""
_DELIMITERS = "\t;,|"
_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a report: the number of its first line, and its cells as they are read."""

    line: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """Return how many cells say something."""
        return sum(bool(cell) for cell in self.cells)

    def cell(self, place: int | None) -> str:
        """Return a cell, "" where the row is shorter."""
        return self.cells[place] if place is not None and 0 <= place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a report; ``closed`` when its last line is ended, as the others are."""

    rows: tuple[Row, ...]
    closed: bool
    delimiter: str


def check_size(size: int, name: str) -> None:
    """Raise the InputError for a file too large to be read, or empty."""
    if size > LARGEST:
        raise InputError(TOO_LARGE.format(name=name))
    if size == 0:
        raise InputError(EMPTY.format(name=name))


def decoded(content: bytes, name: str) -> str:
    """Return the text of a file, by its mark, then its NUL bytes, then UTF-8, else cp1252.

    Raises InputError for what is no text, or is cut within a character.
    """
    check_size(len(content), name)
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, name)
    head = content[:4096]
    if b"\0" in head:
        return _strictly(content, _wide(head, name), name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(content) - error.start < 4 and error.reason == "unexpected end of data":
            text = content[: error.start].decode("utf-8")
            if not text.isascii():
                raise InputError(CUT.format(name=name, line=_lines(text))) from error
        text = content.decode("cp1252", errors="replace")
    if _CONTROL.search(text[:4096]):
        raise InputError(BINARY.format(name=name))
    return text


def _wide(head: bytes, name: str) -> str:
    """Return which UTF-16 a file without a mark is in, by where its NUL bytes stand."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 8 or min(even, odd) > max(even, odd) // 4:
        raise InputError(BINARY.format(name=name))
    return "utf-16-le" if odd > even else "utf-16-be"


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if len(content) - error.start < 4:
            cut = content[: error.start].decode(encoding)
            raise InputError(CUT.format(name=name, line=_lines(cut))) from error
        raise InputError(BINARY.format(name=name)) from error
    if _CONTROL.search(text[:4096]):
        raise InputError(BINARY.format(name=name))
    return text


def _lines(text: str) -> int:
    return len(text.splitlines()) or 1


def rows_of(text: str, name: str) -> Grid:
    """Return the rows of a text. Raises InputError for one that is no list, or is cut."""
    if not text.strip():
        raise InputError(EMPTY.format(name=name))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise InputError(TOO_LARGE.format(name=name))
    lines = text.split("\n")
    if any(len(line) > LONGEST_LINE for line in lines):
        raise InputError(TOO_LARGE.format(name=name))
    closed = not lines[-1].strip()
    first = 1
    given = _SEPARATOR_LINE.match(lines[0].strip("\ufeff "))
    if given:
        lines, first = lines[1:], 2
    delimiter = given[1] if given else _delimiter(lines)
    rows = tuple(_parsed(lines, delimiter, first, name))
    return Grid(rows, closed, delimiter)


def _parsed(lines: list[str], delimiter: str, first: int, name: str) -> Iterator[Row]:
    """Yield the rows; ``first`` is the number of the first line."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=False)
    line = first
    ended = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:  # a cell of more than 128 kB
            raise InputError(TOO_LARGE.format(name=name)) from error
        if cells is None:
            return
        spanned = reader.line_num - ended
        ended = reader.line_num
        if ended >= len(lines) and _open(lines[ended - spanned : ended], delimiter):
            raise InputError(CUT.format(name=name, line=line))
        if len(cells) > MOST_CELLS or any(len(cell) > LONGEST_CELL for cell in cells):
            raise InputError(TOO_LARGE.format(name=name))
        yield Row(line, tuple(clean(cell) for cell in cells))
        line += spanned


def _open(lines: list[str], delimiter: str) -> bool:
    """Tell whether a quotation mark that opens a cell of the lines is never closed."""
    odd = sum(line.count('"') for line in lines) % 2 == 1
    return odd and any(line.startswith('"') or f'{delimiter}"' in line for line in lines)


def clean(cell: str) -> str:
    """Return a cell as a person reads it: no ="…" of Excel's, no marks that are not seen."""
    words = _UNSEEN.sub("", cell)
    words = " ".join(words.split())
    if words.startswith("="):
        formula = _FORMULA.match(words)
        words = formula[1] if formula else words
    if len(words) > 1 and words[0] == words[-1] == '"':
        words = words[1:-1]
    words = words.replace('""', '"').strip()
    return "" if words in _NOTHING else words


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter that leaves the most cells that say something by their shape."""
    looked_at = [line for line in lines if line.strip()][:_SAMPLE]

    def worth(delimiter: str) -> tuple[int, int]:
        measured = split = 0
        for row in _rows_by(looked_at, delimiter):
            measured += sum(shape(clean(cell)) in MEASURED for cell in row)
            split += len(row) > 1
        return measured, split

    best = max(_DELIMITERS, key=worth)
    return best if worth(best) > (0, 0) else "\t"


def _rows_by(lines: list[str], delimiter: str) -> Iterable[list[str]]:
    try:
        return list(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter))
    except csv.Error:
        return []
