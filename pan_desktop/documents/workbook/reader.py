"""Reads a form back from an Excel workbook, telling everything that is wrong with its cell."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pan_desktop.documents.workbook.forms import FORMS, FieldKind
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pan_desktop.documents.workbook.forms import Field, Form, SheetForm, Value

LARGEST = 20 * 1024 * 1024
"""In bytes, of the file."""
LARGEST_INSIDE = 200 * 1024 * 1024
"""In bytes, of all that the file unfolds to: a sheet that is filled in takes a hundredth."""
MOST_ROWS = 200_000
"""So many rows are looked at, empty ones included."""
CLOSEST = 50
"""So many things wrong are told; the rest is likely the same."""

_KEPT = " : rien n’a été changé. "
NO_WORKBOOK = (
    "« {name} » n’est pas un classeur Excel (.xlsx)"
    + _KEPT
    + ("Ouvrez-le dans Excel et enregistrez-le comme « Classeur Excel (.xlsx) ».")
)
OLD_OR_LOCKED = (
    "« {name} » est un ancien classeur (.xls) ou est protégé par un mot de passe"
    + _KEPT
    + "Enregistrez-le sans mot de passe, comme « Classeur Excel (.xlsx) »."
)
MACROS = (
    "« {name} » contient des macros"
    + _KEPT
    + "Enregistrez-le comme « Classeur Excel (.xlsx) », qui n’en a pas."
)
TOO_LARGE = (
    "« {name} » est beaucoup trop gros pour être un de ces classeurs"
    + _KEPT
    + ("Partez d’un classeur que le programme a écrit.")
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

_OLE = b"\xd0\xcf\x11\xe0"


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
    _check_package(content, name)
    from python_calamine import CalamineError, CalamineWorkbook  # not at start

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, ValueError, OSError) as error:
        raise InputError(NO_WORKBOOK.format(name=name)) from error
    sheets = {folded(title): title for title in book.sheet_names}
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
        found = book.get_sheet_by_name(title)
        problems += _merged(sheet.name, found.merged_cell_ranges or ())
        read = _SheetReader(sheet, problems)
        rows[sheet.name] = tuple(read.rows(found.iter_rows()))
        columns[sheet.name] = read.letters
    return ReadForm(form, rows, columns, tuple(problems))


class _SheetReader:
    """Reads the rows of one sheet, keeping what is wrong."""

    def __init__(self, form: SheetForm, problems: list[Problem]) -> None:
        self._form = form
        self._problems = problems
        self._places: list[int | None] = []
        self.letters: dict[str, str] = {}

    def rows(self, lines: Iterator[Sequence[object]]) -> Iterator[ReadRow]:
        """Yield the rows that are not empty."""
        for number, line in enumerate(lines, start=1):
            if number > MOST_ROWS:
                self._tell("", TOO_MANY.format(most=MOST_ROWS))
                return
            if number == 1:
                if not self._take_headings(line):
                    return
            elif any(value not in {"", None} for value in line):
                yield ReadRow(number, tuple(self._values(number, line)))

    def _take_headings(self, line: Sequence[object]) -> bool:
        """Find the columns by their headings; tell of those missing or there twice."""
        known = [folded(str(value)) for value in line]
        whole = True
        for field in self._form.fields:
            wanted = folded(field.heading)
            if known.count(wanted) > 1:
                self._tell("A1", TWICE.format(heading=field.heading))
                whole = False
            elif wanted not in known and not field.shown:
                self._tell("A1", NO_COLUMN.format(heading=field.heading))
                whole = False
            place = known.index(wanted) if wanted in known else None
            self._places.append(place)
            if place is not None:
                self.letters[field.heading] = letter(place)
        return whole

    def _values(self, number: int, line: Sequence[object]) -> Iterator[Value]:
        for field, place in zip(self._form.fields, self._places, strict=True):
            if field.shown or place is None or place >= len(line):
                yield None
                continue
            cell = f"{letter(place)}{number}"
            try:
                value = _READERS[field.kind](line[place], field)
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


def _check_package(content: bytes, name: str) -> None:
    """Raise InputError for what is no plain workbook, before anything unfolds it."""
    if len(content) > LARGEST:
        raise InputError(TOO_LARGE.format(name=name))
    if content.startswith(_OLE):
        raise InputError(OLD_OR_LOCKED.format(name=name))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            if "xl/workbook.xml" not in names:
                raise InputError(NO_WORKBOOK.format(name=name))
            if any(part.lower().endswith("vbaproject.bin") for part in names):
                raise InputError(MACROS.format(name=name))
            _check_size(package, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(NO_WORKBOOK.format(name=name)) from error


def _check_size(package: zipfile.ZipFile, name: str) -> None:
    """Raise InputError when the parts unfold to too much; what they claim may be a lie."""
    room = LARGEST_INSIDE
    if sum(part.file_size for part in package.infolist()) > room:
        raise InputError(TOO_LARGE.format(name=name))
    for part in package.infolist():
        with package.open(part) as unfolded:
            while piece := unfolded.read(1024 * 1024):
                room -= len(piece)
                if room < 0:
                    raise InputError(TOO_LARGE.format(name=name))


def _merged(
    sheet: str, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[Problem]:
    for (top, left), (bottom, right) in ranges:
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
