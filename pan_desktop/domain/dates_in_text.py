"""Dates as people write them in minutes, found in a text as ranges of days with a precision.

"25/12/2020", "vendredi 25 décembre 2020", "fin decembre 2020", "janvier 2021", "1er trimestre
2021", "l'année 2021". What does not name its year is not guessed; the years of a label
("2018-2020", "PAN 2021-2022", "PLF 2019") are no dates.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from pan_desktop.domain.calendar import MONTHS, WEEKDAYS
from pan_desktop.domain.folding import folded


class Precision(StrEnum):
    """How exactly a date is named."""

    DAY = "day"
    PART_OF_MONTH = "part_of_month"
    """"début", "mi-", "fin" of a month: its days 1 to 10, 11 to 20, 21 to the last."""
    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    PART_OF_YEAR = "part_of_year"
    """"début", "mi-", "fin" of a year: its first, its two middle, its last quarter."""
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DateInText:
    """A date that a text names: the days it covers, how exactly, and where it stands.

    ``first`` and ``last`` are None for a day that no calendar has ("31/02/2021").
    """

    text: str
    start: int
    precision: Precision
    first: date | None
    last: date | None
    weekday: int | None = None
    """The day of the week written before it, counted from Monday = 0."""

    @property
    def end(self) -> int:
        """Return where the text goes on after the date."""
        return self.start + len(self.text)


_MONTH = r"(?P<month>janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|"
_MONTH += r"novembre|d[ée]cembre)"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)})(?:\s+le)?\s+)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\w/])(?!\s?[-–]\s?(?:19|20)\d\d)"
_PART = r"(?P<part>début|debut|mi|milieu|courant|fin)"
_LINK = r"(?:[\s-]+(?:du\s+mois\s+)?(?:de\s+|d['’])?)"
_RANK = r"(?P<rank>1er|premier|2e|2ème|2eme|2nd|deuxième|second|3e|3ème|3eme|troisième|4e|4ème|"
_RANK += r"4eme|quatrième|dernier)"
_OF_YEAR = r"(?:\s+(?:de\s+)?(?:l['’]année|l['’]an|de)?)?\s*"

_PATTERNS = tuple(
    re.compile(rf"(?<![\w/.-]){pattern}", re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<number>\d{{1,2}})(?P=mark){_YEAR}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:er)?\s+{_MONTH}\s+{_YEAR}",
        rf"{_PART}{_LINK}{_MONTH}\s+{_YEAR}",
        rf"{_RANK}\s+(?P<span>trimestre|semestre){_OF_YEAR}{_YEAR}",
        rf"{_MONTH}\s+{_YEAR}",
        rf"{_PART}[\s-]+(?:de\s+)?(?:l['’]année\s+)?{_YEAR}",
        rf"(?:budget(?:\s+annuel)?(?:\s+de)?\s+)?(?:l['’])?(?:année|exercice)(?:\s+\w+)?\s+{_YEAR}",
        rf"(?:budget(?:\s+de)?|horizon|en|d['’]ici(?:\s+à)?)\s+{_YEAR}",
    )
)
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_RANKS = {"1er": 1, "premier": 1, "second": 2, "deuxieme": 2, "troisieme": 3, "quatrieme": 4}
_FOLDED_MONTHS = {folded(name): number for number, name in enumerate(MONTHS, start=1)}
_PARTS = {"debut": 0, "mi": 1, "milieu": 1, "fin": 2}


@lru_cache(maxsize=4096)
def dates_in(text: str) -> tuple[DateInText, ...]:
    """Return the dates that ``text`` names, in its order; none overlaps another."""
    if not _HAS_YEAR.search(text):
        return ()
    matches = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
    matches.sort(key=lambda match: (match.start(), -match.end()))
    found: list[DateInText] = []
    for match in matches:
        if found and match.start() < found[-1].end:
            continue
        dated = _dated(match)
        if dated is not None:
            found.append(dated)
    return tuple(found)


def _dated(match: re.Match[str]) -> DateInText | None:
    """Return the date of a match, None for numbers that only look like one ("45/19/2020")."""
    groups = match.groupdict()
    year = int(groups["year"])
    weekday = groups.get("weekday")
    month = _month(groups)
    if groups.get("day"):
        day = int(groups["day"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        exists = day <= monthrange(year, month)[1]
        first = last = date(year, month, day) if exists else None
        precision = Precision.DAY
    else:
        precision, first, last = _range(groups, year, month)
    number = WEEKDAYS.index(weekday.lower()) if weekday else None
    return DateInText(match[0], match.start(), precision, first, last, number)


def _month(groups: dict[str, str | None]) -> int:
    """Return the number of the month named, 0 when none is."""
    name = groups.get("month")
    return _FOLDED_MONTHS[folded(name)] if name else int(groups.get("number") or 0)


def _range(
    groups: dict[str, str | None], year: int, month: int
) -> tuple[Precision, date | None, date | None]:
    part = _PARTS.get(folded(groups.get("part") or ""))
    span = groups.get("span")
    if month and part is not None:
        start = 1 + 10 * part
        end = 10 * (part + 1) if part < 2 else monthrange(year, month)[1]
        return Precision.PART_OF_MONTH, date(year, month, start), date(year, month, end)
    if month:
        return Precision.MONTH, *_months(year, month, month)
    if span:
        length = 3 if span.lower() == "trimestre" else 6
        last_rank = 12 // length
        rank = _rank(groups["rank"] or "", last_rank)
        if rank > last_rank:
            return Precision.YEAR, *_months(year, 1, 12)
        precision = Precision.QUARTER if length == 3 else Precision.SEMESTER
        return precision, *_months(year, length * (rank - 1) + 1, length * rank)
    if part is not None:
        return Precision.PART_OF_YEAR, *_months(year, *((1, 3), (4, 9), (10, 12))[part])
    return Precision.YEAR, *_months(year, 1, 12)


def _rank(words: str, last: int) -> int:
    name = folded(words)
    if name == "dernier":
        return last
    return _RANKS.get(name) or int(name[0])


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
