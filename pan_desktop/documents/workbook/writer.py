"""Writes a form as an Excel workbook that Excel and LibreOffice open, ready to be filled in."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter

from pan_desktop.documents.workbook.forms import GUIDE_SHEET, REFERENCE, Field, FieldKind
from pan_desktop.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pan_desktop.documents.workbook.forms import Form, SheetForm, Value

READY = 1000
"""How many rows below the last are ready to be filled in, with their lists and limits."""
HEAD_HEIGHT = 30
"""Of the headings, in points: two lines where the column is narrow."""
LONGEST = 32_767
"""The characters that a cell of Excel holds."""
TOO_LONG = (
    "Un texte de la feuille « {sheet} » dépasse les 32 767 caractères d’une cellule d’Excel : "
    "rien n’a été écrit. Raccourcissez-le : « {start}… »."
)
TOO_EARLY = (
    "Excel ne connaît pas les dates d’avant mars 1900 : rien n’a été écrit. Corrigez {day} "
    "(feuille « {sheet} »)."
)
_FIRST_DAY = date(1900, 3, 1)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same rows give the same file, at any hour
_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What XML cannot hold, and the ends of lines that Excel turns into another."""


def held(text: str) -> str:
    """Return a text as a cell of Excel can hold it: control characters left out."""
    return _UNHELD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def workbook(form: Form, rows: Mapping[str, Sequence[Sequence[Value]]]) -> bytes:
    """Return a form with the rows of each of its sheets, by the sheet's name.

    Text is text whatever it begins with: = + - @ are no formulas. The same rows give the same
    bytes. Raises InputError for what Excel cannot hold.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": form.title, "created": _MADE})
    looks = _Looks(book)
    for sheet in form.sheets:
        _write_sheet(book, looks, sheet, rows.get(sheet.name, ()))
    _write_guide(book, form)
    book.close()
    return target.getvalue()


class _Looks:
    """The cell formats of a workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        top = {"valign": "top"}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **top})
        self.must = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#DDE9F5", **top}
        )
        self.text = book.add_format({"text_wrap": True, "num_format": "@", **top})
        self.shown = book.add_format({"text_wrap": True, "font_color": "#5F6B7A", **top})
        middle = {"align": "center", **top}
        self.whole = book.add_format({"num_format": "0", **middle})
        self.decimal = book.add_format({"num_format": "General", **middle})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", **middle})
        self.quiet = book.add_format({"font_color": "#A9B2BF", "num_format": "@", **top})

    def of(self, field: Field) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        """Return the format of a column's cells."""
        if field.heading == REFERENCE:
            return self.quiet
        if field.shown:
            return self.shown
        match field.kind:
            case FieldKind.WHOLE | FieldKind.PERCENT:
                return self.whole
            case FieldKind.DECIMAL:
                return self.decimal
            case FieldKind.DATE:
                return self.day
        return self.text


def _write_sheet(
    book: Any,  # noqa: ANN401 - XlsxWriter has no types
    looks: _Looks,
    form: SheetForm,
    rows: Sequence[Sequence[Value]],
) -> None:
    sheet = book.add_worksheet(form.name)
    sheet.set_row(0, HEAD_HEIGHT)
    for column, field in enumerate(form.fields):
        head = looks.must if field.required else looks.head
        sheet.write_string(0, column, field.heading, head)
        sheet.set_column(column, column, field.width, looks.of(field))
        if field.help:
            sheet.write_comment(0, column, field.help, {"author": ""})
        _limit(sheet, column, field, len(rows) + READY)
    for number, row in enumerate(rows, start=1):
        for column, (field, value) in enumerate(zip(form.fields, row, strict=True)):
            _write_cell(sheet, form.name, (number, column), value, looks.of(field))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(form.fields) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write_cell(
    sheet: Any,  # noqa: ANN401 - XlsxWriter has no types
    name: str,
    place: tuple[int, int],
    value: Value,
    look: Any,  # noqa: ANN401
) -> None:
    if value is None or value == "":
        return
    match value:
        case str():
            text = held(value)
            if len(text) > LONGEST:
                raise InputError(TOO_LONG.format(sheet=name, start=text[:40]))
            sheet.write_string(*place, text, look)
        case int() | Decimal():
            sheet.write_number(*place, float(value), look)
        case date():
            if value < _FIRST_DAY:
                raise InputError(TOO_EARLY.format(day=value.isoformat(), sheet=name))
            sheet.write_datetime(*place, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001


def _limit(sheet: Any, column: int, field: Field, last: int) -> None:  # noqa: ANN401
    """Have Excel offer what a cell may hold, and refuse the rest while it is typed."""
    said: dict[str, object] = {
        "error_title": field.heading,
        "ignore_blank": True,
    }
    match field.kind:
        case _ if field.shown:
            return
        case FieldKind.CHOICE:
            said |= {"validate": "list", "source": list(field.choices)}
            said["error_message"] = "Choisissez dans la liste."
        case FieldKind.PERCENT:
            said |= {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100}
            said["error_message"] = "Un nombre entier de 0 à 100."
        case FieldKind.WHOLE:
            said |= {"validate": "integer", "criteria": ">=", "value": 1}
            said["error_message"] = "Un nombre entier à partir de 1."
        case FieldKind.DATE:
            first = datetime(1990, 1, 1)  # noqa: DTZ001 - a day, not an instant
            said |= {"validate": "date", "criteria": ">=", "value": first}
            said["error_message"] = "Une date, par exemple 21/12/2026."
        case _:
            return
    sheet.data_validation(1, column, last, column, said)


def _write_guide(book: Any, form: Form) -> None:  # noqa: ANN401 - XlsxWriter has no types
    sheet = book.add_worksheet(GUIDE_SHEET)
    sheet.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_string(0, 0, form.title, book.add_format({"bold": True, "font_size": 14}))
    for number, line in enumerate(form.guide.splitlines(), start=2):
        sheet.write_string(number, 0, line)
