"""Reads the cells of an Excel workbook from anywhere, at a bounded cost.

Only what stands in a file is made: a sheet that says it reaches from A1 to XFD1048576, or two
cells at these corners, costs two cells. The readers written in C and Rust make room for all that
lies between, or for as many texts as a file says it has, and abort the program when there is none.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.package import (
    WORKBOOK_LIMITS,
    PackageError,
    open_package,
    swollen,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from pan_desktop.documents.package import Package

CellValue = str | float | bool | date | time | timedelta
"""A day with its hour is a ``datetime``; an error ("#N/A") is its text."""

COLUMNS, ROWS = 16_384, 1_048_576
"""As many as Excel has."""
LONGEST_TEXT = 32_767
"""In characters: the most that a cell of Excel holds."""
MOST_TEXT = 32 * 1024 * 1024
"""In characters, of all cells together."""


class _Format(Enum):
    """What a number is shown as."""

    NUMBER = "number"
    DATE = "date"
    DURATION = "duration"


class Range(NamedTuple):
    """Cells that were made one: the first and the last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """A sheet that was read: its rows that hold something, as Excel numbers them."""

    rows: tuple[tuple[int, dict[int, CellValue]], ...]
    """The values by their columns, counted from 0."""
    merged: tuple[Range, ...]


class Book:
    """A workbook; its sheets are read when they are asked for."""

    def __init__(self, content: bytes) -> None:
        """Open a workbook. Raises PackageError when it is none or is damaged."""
        self._package = open_package(content, limits=WORKBOOK_LIMITS)
        self._main = self._package.main_part()
        root = self._package.xml(self._main)
        if _name(root) != "workbook":
            raise PackageError("n’est pas un classeur Excel", "Choisissez un fichier .xlsx")
        relations = {r.id: r for r in self._package.relations(self._main) if not r.external}
        self._parts: dict[str, str] = {}
        for sheet in root.iterfind("{*}sheets/{*}sheet"):
            ids = [value for key, value in sheet.items() if str(key).endswith("}id")]
            relation = relations.get(str(ids[0])) if ids else None
            if relation is not None:
                self._parts[str(sheet.get("name", ""))] = relation.target
        by_type = {r.type.rpartition("/")[2]: r.target for r in relations.values()}
        properties = root.find("{*}workbookPr")
        begins_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        self._values = _Values(
            _texts(self._package, by_type.get("sharedStrings", "")),
            _formats(self._package, by_type.get("styles", "")),
            1462 if begins_1904 else 0,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the parts: what else than sheets is in the workbook."""
        return self._package.names

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the titles of the sheets, in their order."""
        return tuple(self._parts)

    def sheet(self, title: str) -> Sheet:
        """Return a sheet. Raises PackageError when it is damaged, KeyError for another title."""
        root = self._package.xml(self._parts[title])
        merged = root.iterfind("{*}mergeCells/{*}mergeCell")
        ranges = (_range(str(each.get("ref", ""))) for each in merged)
        return Sheet(
            tuple(self._values.rows(root)), tuple(found for found in ranges if found is not None)
        )


class _Values:
    """Knows what the cells of a workbook mean."""

    def __init__(self, texts: list[str], formats: list[_Format], days_before: int) -> None:
        self._texts = texts
        self._formats = formats
        self._days_before = days_before
        self._room = MOST_TEXT

    def rows(self, root: etree._Element) -> Iterator[tuple[int, dict[int, CellValue]]]:
        """Yield the rows that hold something."""
        number = 0
        for row in root.iterfind("{*}sheetData/{*}row"):
            said = str(row.get("r", ""))
            number = int(said) if _NUMBER_OF_ROW.fullmatch(said) else number + 1
            if not 0 < number <= ROWS:
                raise _damaged()
            values = dict(self._row(row))
            if values:
                yield number, values

    def _row(self, row: etree._Element) -> Iterator[tuple[int, CellValue]]:
        column = -1
        for cell in row.iterchildren("{*}c"):
            place = _PLACE.match(str(cell.get("r", "")))
            column = _column(place[1]) if place else column + 1
            if column >= COLUMNS:
                raise _damaged()
            value = self._value(cell)
            if value is not None and value != "":
                yield column, value

    def _value(self, cell: etree._Element) -> CellValue | None:
        kind = cell.get("t", "n")
        words = _said(cell, "{*}is" if kind == "inlineStr" else "{*}v")
        if not words:
            return None
        value = self._meant(cell, kind, words)
        if isinstance(value, str):
            # One long text may stand in every cell, and each reader makes its own of it.
            self._room -= len(value)
            if len(value) > LONGEST_TEXT or self._room < 0:
                raise swollen()
        return value

    def _meant(self, cell: etree._Element, kind: str, words: str) -> CellValue:
        if kind == "s":
            return self._shared(words)
        if kind == "b":
            return words.strip() in {"1", "true"}
        if kind == "d":
            return _moment(words)
        if kind == "n":
            return self._number(words, str(cell.get("s", "0")))
        return _unescaped(words)

    def _shared(self, words: str) -> str:
        place = int(words) if _INDEX.fullmatch(words) else -1
        if not 0 <= place < len(self._texts):
            raise _damaged()
        return self._texts[place]

    def _number(self, words: str, style: str) -> CellValue:
        if not _NUMBER.fullmatch(words.strip()):
            return words
        number = float(words)
        if not isfinite(number):
            return words
        place = int(style) if _INDEX.fullmatch(style) else -1
        shape = self._formats[place] if 0 <= place < len(self._formats) else _Format.NUMBER
        if shape is _Format.DURATION and abs(number) < _LAST_DAY:
            return timedelta(seconds=round(number * _DAY))
        if shape is _Format.DATE and 0 <= number + self._days_before < _LAST_DAY - 1:
            return _as_date(number, self._days_before)
        return number


_DAY = 86_400
"""In seconds."""
_LEAP_OF_1900 = 60
"""Excel's number for 29 February 1900, which there was not: before it days count one less."""
_LAST_DAY = 2_958_466
"""Excel's number for the day after the last one of 9999."""
_PLACE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}\Z")
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_NUMBER_OF_ROW = re.compile(r"[0-9]{1,7}", re.ASCII)
_INDEX = re.compile(r"[0-9]{1,9}", re.ASCII)
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?"
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]]*\]")
_DATED = re.compile(r"[dmyhs]", re.IGNORECASE)


def _damaged() -> PackageError:
    return PackageError(
        "est un classeur endommagé", "Ouvrez-le dans Excel et enregistrez-le de nouveau"
    )


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _said(cell: etree._Element, name: str) -> str:
    found = cell.find(name)
    if found is None:
        return ""
    return (found.text or "") if name == "{*}v" else _joined(found)


def _texts(package: Package, name: str) -> list[str]:
    """Return the texts that cells share."""
    if name not in package:
        return []
    return [_text_of(each) for each in package.xml(name).iterchildren("{*}si")]


def _text_of(element: etree._Element) -> str:
    return _unescaped(_joined(element))


def _joined(element: etree._Element) -> str:
    """Return a text, its runs joined, without how its characters are pronounced."""
    pieces = []
    for child in element.iterchildren("{*}t", "{*}r"):
        found = child if _name(child) == "t" else child.find("{*}t")
        if found is not None and found.text:
            pieces.append(found.text)
    return "".join(pieces)


def _unescaped(words: str) -> str:
    """Return a text with what Excel wrote as "_x000A_", as long as it is a character of text."""
    return _ESCAPE.sub(_character, words) if "_x" in words else words


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    plain = code in {9, 10, 13} or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return chr(code) if plain else found[0]


def _formats(package: Package, name: str) -> list[_Format]:
    """Return how each style of a cell shows a number."""
    if name not in package:
        return []
    root = package.xml(name)
    shapes = dict.fromkeys((*range(14, 23), 45, 47, *range(27, 37), *range(50, 59)), _Format.DATE)
    shapes[46] = _Format.DURATION
    for own in root.iterfind("{*}numFmts/{*}numFmt"):
        number = str(own.get("numFmtId", ""))
        if _INDEX.fullmatch(number):
            shapes[int(number)] = _shape(str(own.get("formatCode", "")))
    numbers = (str(xf.get("numFmtId", "0")) for xf in root.iterfind("{*}cellXfs/{*}xf"))
    return [
        shapes.get(int(number) if _INDEX.fullmatch(number) else 0, _Format.NUMBER)
        for number in numbers
    ]


def _shape(code: str) -> _Format:
    """Return what a number is shown as by a format: what stands in quotes says nothing."""
    first = _QUOTED.sub("", code[:1000]).partition(";")[0]
    if _ELAPSED.search(first):
        return _Format.DURATION
    return _Format.DATE if _DATED.search(_BRACKETED.sub("", first)) else _Format.NUMBER


def _as_date(number: float, days_before: int) -> CellValue:
    """Return the day, the moment, or the hour (before the first day) that a number counts to."""
    whole = int(number)
    seconds = round((number - whole) * _DAY)
    if seconds == _DAY:
        whole, seconds = whole + 1, 0
    whole += days_before
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    if not whole:
        return clock
    day = date(1899, 12, 30) + timedelta(days=whole + (whole < _LEAP_OF_1900))
    return datetime.combine(day, clock) if seconds else day


def _moment(words: str) -> CellValue:
    """Return what an ISO 8601 text says, or the text when it says no moment."""
    for reads in (date.fromisoformat, time.fromisoformat, datetime.fromisoformat):
        try:
            return reads(words[:40])
        except ValueError:
            continue
    return words


def _column(letters: str) -> int:
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - ord("A") + 1
    return number - 1


def _range(words: str) -> Range | None:
    found = _RANGE.fullmatch(words)
    if found is None:
        return None
    return Range(int(found[2]) - 1, _column(found[1]), int(found[4]) - 1, _column(found[3]))
