"""Reads a form back from an Excel workbook, telling everything that is wrong with its cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import TYPE_CHECKING

from pan_desktop.documents.package import PackageError
from pan_desktop.documents.workbook.cells import Book
from pan_desktop.documents.workbook.forms import FORMS, FieldKind
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pan_desktop.documents.workbook.cells import CellValue, Range
    from pan_desktop.documents.workbook.forms import Field, Form, SheetForm, Value

    Line = Mapping[int, CellValue]

MOST_ROWS = 200_000
"""So many rows are looked at, empty ones included."""
CLOSEST = 50
"""So many things wrong are told; the rest is likely the same."""

_UNCHANGED = "rien n’a été changé"
_KEPT = f" : {_UNCHANGED}. "
MACROS = (
    "« {name} » contient des macros"
    + _KEPT
    + "Enregistrez-le comme « Classeur Excel (.xlsx) », qui n’en a pas."
)
UNKNOWN_FORM = (
    "« {name} » n’a aucune des feuilles attendues ({sheets})"
    + _KEPT
    + "Partez d’un classeur que le programme a écrit, et gardez le nom de ses feuilles."
)
NO_SHEET = "Il manque la feuille « {sheet} » : reprenez-la d’un classeur que le programme a écrit."
NO_COLUMN = "Il manque la colonne « {heading} » : remettez son titre sur la première ligne."
TWICE = "La colonne « {heading} » s’y trouve deux fois : supprimez-en une."
MERGED = "Ces cellules sont fusionnées : défusionnez-les, une valeur par ligne."
TOO_MANY = "La feuille a plus de {most} lignes : supprimez celles qui sont vides."
EMPTY = "« {heading} » est vide : saisissez une valeur."
NOT_TEXT = "{value} n’est pas un texte : saisissez « {heading} » comme un texte."
NOT_WHOLE = "{value} n’est pas un nombre entier à partir de 1."
NOT_PERCENT = "{value} n’est pas un taux : saisissez un nombre entier de 0 à 100."
NOT_DECIMAL = "{value} n’est pas un nombre."
NOT_DATE = "{value} n’est pas une date : saisissez-la comme une date, et non comme un texte."
NOT_CHOICE = "{value} n’est pas dans la liste : {choices}."


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place of a workbook: "Engagements", "C14"."""

    sheet: str
    cell: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a sheet as it was filled in; ``number`` is the one Excel shows."""

    number: int
    values: tuple[Value, ...]
    """In the order of the form's fields."""


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A workbook that was read: which form it is, its rows by sheet, and what is wrong."""

    form: Form
    rows: dict[str, tuple[ReadRow, ...]]
    columns: dict[str, dict[str, str]]
    """By sheet and heading, the letter of the column."""
    problems: tuple[Problem, ...]


def read_form(content: bytes, name: str) -> ReadForm:
    """Read a workbook called ``name``. Raises InputError when it is none of the forms at all."""
    try:
        return _read_form(Book(content), name)
    except PackageError as error:
        raise InputError(error.sentence(name, _UNCHANGED)) from error


def _read_form(book: Book, name: str) -> ReadForm:
    if any(part.lower().endswith("vbaproject.bin") for part in book.names):
        raise InputError(MACROS.format(name=name))
    sheets = {folded(title): title for title in book.titles}
    form = next((f for f in FORMS if folded(f.mark) in sheets), None)
    if form is None:
        listed = ", ".join(f"« {f.mark} »" for f in FORMS)
        raise InputError(UNKNOWN_FORM.format(name=name, sheets=listed))
    problems: list[Problem] = []
    rows: dict[str, tuple[ReadRow, ...]] = {}
    columns: dict[str, dict[str, str]] = {}
    for sheet in form.sheets:
        title = sheets.get(folded(sheet.name))
        if title is None:
            problems.append(Problem(sheet.name, "", NO_SHEET.format(sheet=sheet.name)))
            continue
        found = book.sheet(title)
        problems += islice(_merged(sheet.name, found.merged), CLOSEST)
        read = _SheetReader(sheet, problems)
        rows[sheet.name] = tuple(read.rows(found.rows))
        columns[sheet.name] = read.letters
    return ReadForm(form, rows, columns, tuple(problems))


class _SheetReader:
    """Reads the rows of one sheet, keeping what is wrong."""

    def __init__(self, form: SheetForm, problems: list[Problem]) -> None:
        self._form = form
        self._problems = problems
        self._places: list[int | None] = []
        self.letters: dict[str, str] = {}

    def rows(self, lines: Sequence[tuple[int, Line]]) -> Iterator[ReadRow]:
        """Yield the rows that are not empty; the first holds the headings."""
        if not self._take_headings(lines[0][1] if lines and lines[0][0] == 1 else {}):
            return
        for count, (number, line) in enumerate(lines[1:]):
            if count > MOST_ROWS:
                self._tell("", TOO_MANY.format(most=MOST_ROWS))
                return
            yield ReadRow(number, tuple(self._values(number, line)))

    def _take_headings(self, line: Line) -> bool:
        """Find the columns by their headings; tell of those missing or there twice."""
        known = {place: folded(str(value)) for place, value in sorted(line.items())}
        places = {heading: place for place, heading in reversed(known.items())}
        whole = True
        for field in self._form.fields:
            wanted = folded(field.heading)
            if list(known.values()).count(wanted) > 1:
                self._tell("A1", TWICE.format(heading=field.heading))
                whole = False
            elif wanted not in places and not field.shown:
                self._tell("A1", NO_COLUMN.format(heading=field.heading))
                whole = False
            place = places.get(wanted)
            self._places.append(place)
            if place is not None:
                self.letters[field.heading] = letter(place)
        return whole

    def _values(self, number: int, line: Line) -> Iterator[Value]:
        for field, place in zip(self._form.fields, self._places, strict=True):
            if field.shown or place is None:
                yield None
                continue
            cell = f"{letter(place)}{number}"
            try:
                value = _READERS[field.kind](line.get(place, ""), field)
            except _WrongError as wrong:
                self._tell(cell, str(wrong))
                yield None
                continue
            if field.required and value in {None, ""}:
                self._tell(cell, EMPTY.format(heading=field.heading))
            yield value

    def _tell(self, cell: str, sentence: str) -> None:
        if len(self._problems) < CLOSEST:
            self._problems.append(Problem(self._form.name, cell, sentence))


class _WrongError(Exception):
    """A cell does not hold what its column asks for."""


def letter(column: int) -> str:
    """Return the letter that Excel shows for a column counted from 0."""
    words = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        words = chr(ord("A") + rest) + words
    return words


def _merged(sheet: str, ranges: Sequence[Range]) -> Iterator[Problem]:
    for top, left, bottom, right in ranges:
        place = f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}"
        yield Problem(sheet, place, MERGED)


# Cells -----------------------------------------------------------------------------------


def _shown(value: object) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"«\u00a0{value}\u00a0»" if isinstance(value, str) else str(value).replace(".", ",")


def _text(value: object, field: Field) -> str:
    if isinstance(value, bool | date):
        raise _WrongError(NOT_TEXT.format(value=_shown(value), heading=field.heading))
    if isinstance(value, int | float):
        number = float(value)
        return str(int(number)) if number.is_integer() else str(value).replace(".", ",")
    words = str(value or "")
    return words if field.kind is FieldKind.LINES else " ".join(words.split())


def _number(value: object) -> Decimal | None:
    """Return a number as typed in a number's cell or as text, None for an empty cell."""
    if value in {"", None}:
        return None
    if isinstance(value, bool | date) or not isinstance(value, int | float | str):
        raise _WrongError
    words = str(value).strip().replace(",", ".").replace("\u202f", "").replace("\u00a0", "")
    if not words:
        return None
    try:
        number = Decimal(words)
    except InvalidOperation as error:
        raise _WrongError from error
    if not number.is_finite():
        raise _WrongError
    return number


def _whole(value: object, _field: Field) -> int | None:
    sentence = NOT_WHOLE.format(value=_shown(value))
    try:
        number = _number(value)
    except _WrongError:
        raise _WrongError(sentence) from None
    if number is None:
        return None
    if number != number.to_integral_value() or not 1 <= number < 10**9:
        raise _WrongError(sentence)
    return int(number)


def _percent(value: object, _field: Field) -> int | None:
    sentence = NOT_PERCENT.format(value=_shown(value))
    plain = value.replace("%", "") if isinstance(value, str) else value
    try:
        number = _number(plain)
    except _WrongError:
        raise _WrongError(sentence) from None
    if number is None:
        return None
    if number != number.to_integral_value() or not 0 <= number <= 100:
        raise _WrongError(sentence)
    return int(number)


def _decimal(value: object, _field: Field) -> Decimal | None:
    try:
        number = _number(value)
    except _WrongError:
        raise _WrongError(NOT_DECIMAL.format(value=_shown(value))) from None
    return None if number is None else number.quantize(Decimal("0.001")).normalize()


def _day(value: object, _field: Field) -> date | None:
    if value in {"", None}:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise _WrongError(NOT_DATE.format(value=_shown(value)))


def _choice(value: object, field: Field) -> str | None:
    words = _text(value, field)
    if not words:
        return None
    found = next((c for c in field.choices if folded(c) == folded(words)), None)
    if found is None:
        choices = ", ".join(field.choices)
        raise _WrongError(NOT_CHOICE.format(value=_shown(words), choices=choices))
    return found


_READERS = {
    FieldKind.TEXT: _text,
    FieldKind.LINES: _text,
    FieldKind.WHOLE: _whole,
    FieldKind.PERCENT: _percent,
    FieldKind.DECIMAL: _decimal,
    FieldKind.DATE: _day,
    FieldKind.CHOICE: _choice,
}
