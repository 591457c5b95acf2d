"""The rows of an attendance list kept in Excel."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

from pan_desktop.documents.attendance.text import (
    LONGEST_CELL,
    MOST_LINES,
    TOO_LARGE,
    Grid,
    Row,
    clean,
)
from pan_desktop.documents.package import WORKBOOK_LIMITS, PackageError, open_package
from pan_desktop.domain.errors import InputError

MOST_COLUMNS = 200
_KEPT = "rien n’a été repris"
NO_WORKBOOK = (
    "«\u00a0{name}\u00a0» n’est pas un classeur Excel (.xlsx)\u00a0: rien n’a été repris. "
    "Enregistrez-le dans Excel comme «\u00a0Classeur Excel (.xlsx)\u00a0» ou «\u00a0CSV\u00a0»."
)


def grid_of(content: bytes, name: str) -> Grid:
    """Return the rows of the first sheet that has any.

    Raises InputError for what is no workbook.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # not at start

    try:
        package = open_package(content, limits=WORKBOOK_LIMITS)
        book = CalamineWorkbook.from_filelike(io.BytesIO(package.repacked()))
    except PackageError as error:
        raise InputError(error.sentence(name, _KEPT)) from error
    except (CalamineError, ValueError, OSError) as error:
        raise InputError(NO_WORKBOOK.format(name=name)) from error
    for title in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(title)
        except (CalamineError, ValueError) as error:
            raise InputError(NO_WORKBOOK.format(name=name)) from error
        rows: list[Row] = []
        for number, line in enumerate(sheet.iter_rows(), 1 + (sheet.start or (0, 0))[0]):
            if len(rows) > MOST_LINES:
                raise InputError(TOO_LARGE.format(name=name))
            cells = [_said(value) for value in line[:MOST_COLUMNS]]
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise InputError(TOO_LARGE.format(name=name))
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
