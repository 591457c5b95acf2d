"""What a cell says by its shape alone, in any language."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from pan_desktop.documents.attendance.moments import CACHED, duration, moment, plain


class Shape(Enum):
    """The shape of a cell."""

    EMPTY = "empty"
    MOMENT = "moment"
    """A day and an hour."""
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    EMAIL = "email"
    NUMBER = "number"
    PHONE = "phone"
    TEXT = "text"


MEASURED = frozenset(
    {Shape.MOMENT, Shape.DATE, Shape.TIME, Shape.DURATION, Shape.EMAIL, Shape.NUMBER}
)
"""The shapes that hold data: a heading has none of them."""

LONGEST = 200
"""In characters: a longer cell is only words."""

_EMAIL = re.compile(r"[^\s@<>(),;:\"]{1,64}@[^\s@<>(),;:\"]{1,190}")
_DIGIT = re.compile(r"\d")
_WHOLE = re.compile(r"\d{1,12}(?:[.,]\d{1,6})?")
_PHONE = re.compile(r"[+(]?\d[\d\s().*x/-]{4,28}", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()\d]{1,40}\)")
_CLOCK = re.compile(r"\d{1,4}:\d{2}(?::\d{2})?")


@lru_cache(maxsize=CACHED)
def shape(cell: str) -> Shape:
    """Return the shape of a cell; an hour like "14:26" is a TIME, though it may be a duration."""
    if not cell:
        return Shape.EMPTY
    if len(cell) > LONGEST or not _DIGIT.search(cell):
        return Shape.EMAIL if "@" in cell and _EMAIL.fullmatch(cell) else Shape.TEXT
    words = plain(cell)
    if _EMAIL.fullmatch(cell) or _WHOLE.fullmatch(words):
        return Shape.EMAIL if "@" in cell else Shape.NUMBER
    found = moment(cell)
    if found is not None and found.numbers is not None:
        return Shape.MOMENT if found.at is not None else Shape.DATE
    if duration(cell) is not None and not (found is not None and _CLOCK.fullmatch(words)):
        return Shape.DURATION
    return Shape.TIME if found is not None else Shape.PHONE if is_phone(cell) else Shape.TEXT


def is_phone(name: str) -> bool:
    """Tell whether a name is the number that someone called from."""
    words = _BRACKETS.sub("", plain(name)).strip()
    digits = sum(c.isdigit() for c in words)
    return digits >= 5 and _PHONE.fullmatch(words) is not None
