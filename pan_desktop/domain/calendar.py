"""Dates and hours in French words, from tables of our own, never from the system's locale."""

import re
from datetime import date, datetime, time

from pan_desktop.domain.typography import NBSP, Typography

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
DEFAULT_ZONE = "Africa/Casablanca"
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def date_in_words(day: date) -> str:
    """Return "lundi 21 décembre 2020"; the first of a month is "1er"."""
    return f"{WEEKDAYS[day.weekday()]} {plain_date(day)}"


def plain_date(day: date) -> str:
    """Return "21 décembre 2020"; the first of a month is "1er"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Return "21/12/2020"."""
    return f"{day:%d/%m}/{day.year:04d}"


def hour(moment: time, style: Typography = Typography.FIDELE) -> str:
    """Return "14h30" or "9h"; in the careful style "14 h 30" with no-break spaces."""
    gap = "" if style is Typography.FIDELE else NBSP
    minutes = f"{gap}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{gap}h{minutes}"


def moment_in_words(at: datetime) -> str:
    """Return "22 décembre 2020 à 10 h 05", by the clock of the instant's own zone."""
    return f"{plain_date(at.date())} à {hour(at.time(), Typography.SOIGNE)}"


def meeting_moment(day: date, moment: time, style: Typography) -> str:
    """Return "Lundi 21 décembre 2020 (à 14h30)", as the relevé opens (domain facts, 0.1)."""
    words = date_in_words(day)
    return f"{words[0].upper()}{words[1:]} (à {hour(moment, style)})"


def period_of_label(label: str, otherwise: date) -> tuple[date, date]:
    """Return the first and last day of the years a plan's label names.

    "2018-2020" gives 1 January 2018 and 31 December 2020; a label without a year gives the
    year of ``otherwise``.
    """
    years = [int(year) for year in _YEARS.findall(label)] or [otherwise.year]
    return date(min(years), 1, 1), date(max(years), 12, 31)
