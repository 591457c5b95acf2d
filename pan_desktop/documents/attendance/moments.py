"""Days, hours and durations as reports write them, in any order and many languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from functools import lru_cache

from pan_desktop.domain.folding import folded

CACHED = 1 << 16
"""So many cells are remembered: each is looked at several times while a report is read."""
LONGEST = 80
"""A cell with more characters is no moment."""


class Order(Enum):
    """Which of three numbers is the day, the month and the year, by their places."""

    DAY_FIRST = (2, 1, 0)
    MONTH_FIRST = (2, 0, 1)
    YEAR_FIRST = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a cell says of a moment: a day still to be understood, an hour, either or both.

    ``numbers`` are the three of a date as they stand, the year with all its digits; ``offset`` is
    how far its clock is ahead of UTC, None for the clock on the wall.
    """

    numbers: tuple[int, int, int] | None
    at: time | None
    offset: timedelta | None = None
    month_named: bool = False

    def on(self, order: Order) -> date | None:
        """Return the day, its numbers being in ``order``; None when that is no day."""
        if self.numbers is None:
            return None
        if self.month_named:
            order = Order.YEAR_FIRST
        year, month, day = (self.numbers[place] for place in order.value)
        if year < 100:
            year += 2000
        try:
            return date(year, month, day) if 1990 <= year <= 2200 else None
        except ValueError:
            return None

    def readings(self) -> tuple[date, ...]:
        """Return all days that the numbers may stand for, the day first."""
        found = (self.on(order) for order in Order)
        return tuple(dict.fromkeys(day for day in found if day is not None))


_MONTHS = {
    1: "janvier janv jan january januar enero ene janeiro gennaio gen januari يناير كانون",
    2: "fevrier fevr fev february feb februar febrero fevereiro febbraio februari فبراير شباط",
    3: "mars mar march marz maerz marzo marco maart mrt مارس اذار",
    4: "avril avr april apr abril abr aprile ابريل نيسان",
    5: "mai may mayo maio maggio mag mei ماي مايو ايار",
    6: "juin june jun juni junio junho giugno giu يونيو حزيران",
    7: "juillet juil july jul juli julio julho luglio lug يوليو يوليوز تموز",
    8: "aout aou august aug agosto ago augustus غشت اغسطس اب",
    9: "septembre sept sep september septiembre setembro set settembre شتنبر سبتمبر ايلول",
    10: "octobre oct october oktober okt octubre outubro out ottobre ott اكتوبر",
    11: "novembre nov november noviembre novembro نونبر نوفمبر",
    12: "decembre dec december dezember dez diciembre dic dezembro dicembre دجنبر ديسمبر",
}
_MONTH_NUMBERS = {word: number for number, words in _MONTHS.items() for word in words.split()}
_WEEKDAYS = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim monday tuesday"
    " wednesday thursday friday saturday sunday mon tue wed thu fri sat sun montag dienstag"
    " mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so lunes martes miercoles"
    " jueves viernes sabado domingo segunda terca quarta quinta sexta feira lunedi martedi"
    " mercoledi giovedi venerdi sabato domenica maandag dinsdag woensdag donderdag vrijdag"
    " zaterdag zondag الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت الاحد"
)
_CONNECTORS = (
    "a at um uhr el la le las los de del of on kl klo alle ore om do as t th st nd rd er الساعه في"
)
_FILLING = frozenset(f"{_WEEKDAYS} {_CONNECTORS}".split())
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2}) ?[:h時时点點시] ?(\d{2})(?!\d)"
    r"(?: ?(?:[:m分분]|min) ?(\d{2})(?!\d)(?:[.,]\d{1,9})?)? ?(?:[s秒초分분](?![^\W\d_]))?"
)
_DOTTED_TIME = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])")
_BEFORE_NOON = r"a\.? ?m\.?|ص|صباحا|午前|上午|오전|vorm\.?|πμ|π\.μ\."
_AFTER_NOON = r"p\.? ?m\.?|م|مساء|午後|下午|오후|nachm\.?|μμ|μ\.μ\."
_HALF = re.compile(rf"(?<![^\W\d_])(?:({_BEFORE_NOON})|({_AFTER_NOON}))(?![^\W\d_])")
_OFFSET = re.compile(
    r"^ ?\(?(?:(z)(?!\w)|(?:utc|gmt)(?![^\W\d_]) ?([+-]\d{1,2}(?::?\d{2})?)?|([+-]\d{2}:?\d{2}))\)?"
)
_ASIDE = re.compile(r"\([^()\d]{0,40}\)")
"""The name of a zone beside an hour."""
_DATE = re.compile(
    r"(?<!\d)(\d{1,4}) ?([/.\-‐–年년]) ?(\d{1,2}) ?[/.\-‐–月월] ?(\d{1,4})(?!\d) ?[日일]?"
)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=CACHED)
def plain(text: str) -> str:
    """Return a cell's text with ASCII digits, plain spaces and small letters."""
    if text.isascii():
        return " ".join(text.casefold().split())
    apart = unicodedata.normalize("NFKC", text).casefold().replace("\u066b", ".")
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in apart)
    seen = "".join(c for c in digits if unicodedata.category(c) != "Cf")
    return " ".join(seen.replace("،", ",").split())


@lru_cache(maxsize=CACHED)
def moment(text: str) -> Moment | None:
    """Return what a cell says of a moment, None when it says something else."""
    if len(text) > LONGEST or not any(c.isdecimal() for c in text):
        return None
    rest, found = _without_date(_ASIDE.sub("", plain(text)))
    rest, at, offset = _without_time(rest, dated=found is not None)
    if found is None and at is None:
        return None
    named = False
    if found is None:
        rest, found = _without_named_date(rest)
        named = found is not None
    if (
        rest.rstrip().endswith(":")
        or _NUMBER.search(rest)
        or any(word not in _FILLING for word in _WORD.findall(folded(rest)) if len(word) > 1)
    ):
        return None
    return Moment(found, at, offset, named)


def _without_date(text: str) -> tuple[str, tuple[int, int, int] | None]:
    for match in _DATE.finditer(text):
        numbers = (int(match[1]), int(match[3]), int(match[4]))
        if any(Moment(numbers, None).on(order) for order in Order):
            return f"{text[: match.start()]} {text[match.end() :]}", numbers
    return text, None


def _without_named_date(text: str) -> tuple[str, tuple[int, int, int] | None]:
    words = _WORD.findall(text)
    month = next((_MONTH_NUMBERS[f] for w in words if (f := folded(w)) in _MONTH_NUMBERS), None)
    numbers = [int(n) for n in _NUMBER.findall(text)]
    if month is None or len(numbers) != 2:
        return text, None
    day, year = sorted(numbers) if max(numbers) > 31 else numbers
    kept = (w for w in words if folded(w) not in _MONTH_NUMBERS)
    return " ".join(kept), (year, month, day)


def _without_time(text: str, *, dated: bool) -> tuple[str, time | None, timedelta | None]:
    match = _TIME.search(text) or (_DOTTED_TIME.search(text) if dated else None)
    if match is None:
        return text, None, None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    before, after = text[: match.start()], text[match.end() :]
    shift = None
    if zone := _OFFSET.match(after):
        shift = _shift(zone[2] or zone[3] or "+0")
        after = after[zone.end() :]
    half = _HALF.search(before) or _HALF.search(after)
    if half is not None:
        if hour > 12 and half[1]:
            return text, None, None
        if hour <= 12:
            hour = hour % 12 + (12 if half[2] else 0)
        before, after = _HALF.sub(" ", before), _HALF.sub(" ", after)
    if hour > 23 or minute > 59 or second > 59:
        return text, None, None
    return f"{before} {after}", time(hour, minute, second), shift


def _shift(words: str) -> timedelta:
    digits = words[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    return timedelta(hours=hours, minutes=minutes) * (-1 if words[0] == "-" else 1)


# Durations -------------------------------------------------------------------------------

_PART = re.compile(r"(\d{1,6})(?:[.,]\d{1,6})? ?([^\W\d_]+)\.?")
_CLOCK = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?")
_HOURS, _MINUTES, _SECONDS = 3600, 60, 1
_UNITS = (
    (_SECONDS, ("s", "ث", "秒", "초", "с", "δ", "saniye")),
    (_MINUTES, ("m", "د", "分", "분", "м", "λ", "dk", "perc", "ד")),
    (_HOURS, ("h", "st", "ho", "u", "س", "時", "时", "小", "시", "ч", "ω", "o", "g", "t", "ש")),
)


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something took, in seconds, ``exact`` when seconds were told."""

    seconds: int
    exact: bool


@lru_cache(maxsize=CACHED)
def duration(text: str) -> Duration | None:
    """Return how long "1h 39m 7s", "57 mins", "59 Min. 0 Sek.", "1:02:05" or "32:14" is."""
    words = plain(text).strip(" .")
    if not words or len(words) > LONGEST or not words[-1].isalnum():
        return None
    words = words.removeprefix("pt")
    if clock := _CLOCK.fullmatch(words):
        numbers = [int(n) for n in clock.groups() if n is not None]
        units = (_HOURS, _MINUTES, _SECONDS)[-len(numbers) :]
        return Duration(sum(n * u for n, u in zip(numbers, units, strict=True)), exact=True)
    parts = _PART.findall(words)
    if not parts or len(parts) > 3 or _PART.sub("", words).strip(" ,.&"):
        return None
    units_said = [_unit(word) for _, word in parts]
    if None in units_said or units_said != sorted(set(units_said), reverse=True):  # type: ignore[type-var]
        return None
    total = sum(int(n) * u for (n, _), u in zip(parts, units_said, strict=True) if u is not None)
    return Duration(total, exact=_SECONDS in units_said)


def _unit(word: str) -> int | None:
    """Return the seconds of a unit by how it begins; minutes before hours: "mins", "min"."""
    word = unicodedata.normalize("NFC", folded(word))  # Hangul whole again
    if word.startswith(("st", "ساع", "sa")) and not word.startswith("saniye"):
        return _HOURS
    return next((unit for unit, starts in _UNITS if word.startswith(starts)), None)
