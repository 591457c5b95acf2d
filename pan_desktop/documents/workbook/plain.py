"""A list as an Excel workbook, to be read and sorted there."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST = 60
"""In characters; a longer text is wrapped."""
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same list gives the same file, at any hour


def plain_workbook(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Return ``rows``, the first being the headings, as a workbook with one sheet.

    Numbers and percents are numbers; all else is text, whatever it begins with.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": _MADE})
    sheet = book.add_worksheet(_sheet_name(title))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    percent = book.add_format({"num_format": "0\u00a0%", "valign": "top", "align": "center"})
    headings, *others = rows
    for column, words in enumerate(headings):
        sheet.write_string(0, column, words, head)
        longest = max((len(row[column]) for row in rows), default=0)
        sheet.set_column(column, column, min(max(longest + 2, 8), WIDEST))
    for number, row in enumerate(others, start=1):
        for column, words in enumerate(row):
            rate = words.removesuffix("\u00a0%")
            if words.isascii() and words.isdecimal() and len(words) < 16:
                sheet.write_number(number, column, int(words), text)
            elif rate != words and rate.isascii() and rate.isdecimal():
                sheet.write_number(number, column, int(rate) / 100, percent)
            else:
                sheet.write_string(number, column, words, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(others), max(len(headings) - 1, 0))
    book.close()
    return target.getvalue()


def _sheet_name(title: str) -> str:
    """Return a title as Excel takes it for a sheet: 31 characters, some of them not."""
    kept = "".join(c for c in title if c not in "[]:*?/\\'")
    return kept[:31].strip() or "Tableau"
