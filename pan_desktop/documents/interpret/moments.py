"""The day and the hour of a meeting as people write them at the head of a relevé."""

from __future__ import annotations

import re
from datetime import date, time
from typing import NamedTuple

from pan_desktop.domain.calendar import MONTHS, WEEKDAYS
from pan_desktop.domain.dates_in_text import Precision, dates_in
from pan_desktop.domain.folding import folded


class Moment(NamedTuple):
    """What a line says of when: each None where it does not say; ``rest`` is its other words."""

    day: date | None
    at: time | None
    rest: str
    weekday: str = ""
    """The weekday that the line names although the day is another one, "" for none."""
    impossible: str = ""
    """A date in the line that no calendar has, "" for none."""


_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_SHORT_YEAR = re.compile(
    r"(?<![\w/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d\d)(?![\w/.-])"
)
# Months in Arabic as Morocco names them, and as the East does (domain facts, 4.2).
_ARABIC_MONTHS = (
    ("يناير", "كانون الثاني"),
    ("فبراير", "شباط"),
    ("مارس", "آذار"),
    ("أبريل", "ابريل", "نيسان"),
    ("ماي", "مايو", "أيار"),
    ("يونيو", "حزيران"),
    ("يوليوز", "يوليو", "تموز"),
    ("غشت", "أغسطس", "آب"),
    ("شتنبر", "سبتمبر", "أيلول"),
    ("أكتوبر", "اكتوبر", "تشرين الأول"),
    ("نونبر", "نوفمبر", "تشرين الثاني"),
    ("دجنبر", "ديسمبر", "كانون الأول"),
)
_ARABIC_NUMBERS = {
    folded(name): number for number, names in enumerate(_ARABIC_MONTHS, 1) for name in names
}
_ARABIC = re.compile(
    r"(?P<day>\d{1,2})\s+(?P<month>"
    + "|".join(sorted((re.escape(n) for ns in _ARABIC_MONTHS for n in ns), key=len, reverse=True))
    + r")\s+(?P<year>(?:19|20)\d\d)"
)
_SHORT_MONTH = re.compile(
    r"(?<!\w)(?P<day>\d{1,2})(?:er)?[\s-]+(?P<month>janv|févr?|fevr?|avr|juil|sept?|oct|nov|déc|dec)"
    r"\.?[\s-]+(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"(?<![\d/.-])(?P<hour>[01]?\d|2[0-4])\s*"
    r"(?:(?:h(?:eures?|rs?)?|H(?:EURES?)?)\s*(?P<minute>[0-5]\d)?(?!\d)|:\s*(?P<colon>[0-5]\d)"
    r"(?:\s*:\s*[0-5]\d)?)(?:\s*(?:mn|min(?:utes)?)\b)?",
    re.IGNORECASE,
)
_NOON = re.compile(r"(?<!\w)midi(?!\w)", re.IGNORECASE)
_DOTTED_HOUR = re.compile(r"(?<![\d.,/-])(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d.,/%])")
_TIDIED = (
    # What people put into a date that no calendar writes: "21 / 12 / 2020", "1 er juin".
    (re.compile(r"\b(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*((?:19|20)\d\d|\d\d)\b"), r"\1\2\3\2\4"),
    (re.compile(r"\b1\s?(?:er|ᵉʳ)(?!\w)", re.IGNORECASE), "1er"),
    (re.compile(r"\b(\d{1,2}(?:er)?\s+[^\W\d_]{3,9}),\s+((?:19|20)\d\d)\b"), r"\1 \2"),
    (re.compile(r"\b(\d{4}-\d\d-\d\d)T(?=\d\d:)"), r"\1 "),
    (re.compile(r"(?<=[hH\d])\s*[-–]\s*(?=\d{1,2}\s*(?:[hH]|:\s*\d))"), " à "),
)
_NOISE = re.compile(
    r"(?<!\w)(?:pr[ée]cises?|GMT\s*(?:[+-]\s*\d+)?|UTC\s*(?:[+-]\s*\d+)?"
    r"|heure (?:locale|l[ée]gale)"
    r"|environ|على الساعة|الساعة|يوم|صباحا|مساء|زوالا"
    r"|(?:ال)?(?:[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|سبت|[أا]حد))(?!\w)",
    re.IGNORECASE,
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_LINKS = re.compile(
    r"^(?:[\s,;:()\[\]–—-]|(?:le|la|du|de|à|a|au|et|en date|vers|jusqu['’]à|partir|heures?|les)\b)+"
    r"|(?:[\s,;:()\[\]–—-]|(?<!\w)(?:le|de|du|à|et|au|en date|vers|les))+$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"(?<!\w)(?:{'|'.join(WEEKDAYS)})(?!\w)", re.IGNORECASE)


def moment_in(text: str) -> Moment:
    """Return the first day and the first hour that a line names."""
    words = text.translate(_DIGITS)
    for odd, usual in _TIDIED:
        words = odd.sub(usual, words)
    day, span, weekday, impossible = _day(words)
    rest = words
    if span is not None:
        rest = f"{words[: span[0]]} {words[span[1] :]}"
    at, rest = _hour(rest, dotted=day is not None)
    rest = rest if day is None else _NOISE.sub(" ", rest)
    rest = _WEEKDAY.sub(" ", rest) if day is not None else rest
    while (shorter := _LINKS.sub("", rest).strip()) != rest:
        rest = shorter
    return Moment(day, at, " ".join(rest.split()), weekday, impossible)


def _day(text: str) -> tuple[date | None, tuple[int, int] | None, str, str]:
    """Return the day, where it stands, a weekday that is another's, a date that does not exist."""
    impossible = ""
    for dated in dates_in(text):
        if dated.precision is not Precision.DAY:
            continue
        if dated.first is None:
            impossible = impossible or dated.text
            continue
        wrong = dated.weekday is not None and dated.weekday != dated.first.weekday()
        said = WEEKDAYS[dated.weekday] if wrong and dated.weekday is not None else ""
        return dated.first, (dated.start, dated.end), said, ""
    for pattern in (_ISO, _SHORT_MONTH, _ARABIC, _SHORT_YEAR):
        match = pattern.search(text)
        found = None if match is None else _dated(match)
        if match is not None and found is not None:
            return found, match.span(), _other_weekday(text, found), ""
    return None, None, "", impossible


def _other_weekday(text: str, day: date) -> str:
    named = _WEEKDAY.search(text)
    if named is None or WEEKDAYS[day.weekday()] == named[0].lower():
        return ""
    return named[0].lower()


def _dated(match: re.Match[str]) -> date | None:
    year = int(match["year"])
    try:
        return date(year + 2000 if year < 100 else year, _month(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    words = folded(text)
    known = _ARABIC_NUMBERS.get(words)
    if known:
        return known
    return next(n for n, month in enumerate(MONTHS, 1) if folded(month).startswith(words))


def _hour(text: str, *, dotted: bool) -> tuple[time | None, str]:
    """Return the first hour of a text, and the text without the hours; "14.30" beside a day."""
    match = _HOUR.search(text)
    if match is None:
        point = _DOTTED_HOUR.search(text) if dotted else None
        if point is not None:
            return time(int(point["hour"]), int(point["minute"])), _DOTTED_HOUR.sub(" ", text)
        if _NOON.search(text):
            return time(12), _NOON.sub(" ", text)
        return None, text
    hour = int(match["hour"])
    minute = int(match["minute"] or match["colon"] or 0)
    return time(hour % 24, minute), _HOUR.sub(" ", text)
