"""Writes progress as open data: CSV (RFC 4180), UTF-8, one rate a row, to be published as it is."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

HEADINGS = (
    "plan",
    "axe",
    "engagement",
    "intitule",
    "institution",
    "date",
    "reunion",
    "taux",
    "situation",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class RateRow(NamedTuple):
    """One rate of one commitment on one day; ``percent`` from 0 to 100."""

    plan: str
    axis: str
    number: int
    title: str
    institution: str
    day: date
    body: str
    percent: int
    situation: str


def rates_csv(rows: Iterable[RateRow]) -> bytes:
    """Return the rows as CSV, with a byte order mark so that Excel reads the accents.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP
    advises (CSV injection).
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerow([as_text(value) for value in row._replace(day=row.day.isoformat())])  # type: ignore[arg-type]
    return text.getvalue().encode("utf-8-sig")


def as_text(value: object) -> str:
    """Return a value as CSV may hold it: no spreadsheet takes a text for a formula."""
    words = str(value)
    return f"'{words}" if isinstance(value, str) and words.startswith(_FORMULA) else words
