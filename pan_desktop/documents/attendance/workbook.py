"""The rows of an attendance list kept in Excel."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pan_desktop.documents.attendance.text import (
    LONGEST_CELL,
    MOST_LINES,
    TOO_LARGE,
    Grid,
    Row,
    clean,
)
from pan_desktop.documents.package import PackageError
from pan_desktop.documents.workbook.cells import Book
from pan_desktop.domain.errors import InputError

MOST_COLUMNS = 200
_KEPT = "rien n’a été repris"


def grid_of(content: bytes, name: str) -> Grid:
    """Return the rows of the first sheet that has any.

    Raises InputError for what is no workbook.
    """
    try:
        return _grid(Book(content), name)
    except PackageError as error:
        raise InputError(error.sentence(name, _KEPT)) from error


def _grid(book: Book, name: str) -> Grid:
    for title in book.titles:
        rows: list[Row] = []
        for number, values in book.sheet(title).rows:
            if len(rows) > MOST_LINES:
                raise InputError(TOO_LARGE.format(name=name))
            width = min(max(values) + 1, MOST_COLUMNS)
            cells = [_said(values.get(column, "")) for column in range(width)]
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise InputError(TOO_LARGE.format(name=name))
            if rows and number > rows[-1].line + 1:  # an empty row parts two tables
                rows.append(Row(number - 1, ()))
            while cells and not cells[-1]:
                cells.pop()
            rows.append(Row(number, tuple(map(clean, cells))))
        if any(row.filled for row in rows):
            return Grid(tuple(rows), closed=True, delimiter="\t")
    return Grid((), closed=True, delimiter="\t")


def _said(value: object) -> str:
    """Return a value of Excel's as it would be typed, days with the year first."""
    if isinstance(value, datetime):
        return (
            value.strftime("%Y-%m-%d %H:%M:%S") if value.time() != time() else f"{value:%Y-%m-%d}"
        )
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
