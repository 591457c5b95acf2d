from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from pan_desktop.domain.calendar import (
    MONTHS,
    WEEKDAYS,
    date_in_words,
    hour,
    meeting_moment,
    moment_in_words,
    period_of_label,
    plain_date,
    short_date,
)
from pan_desktop.domain.typography import NBSP, Typography


def test_a_date_is_written_in_words() -> None:
    assert date_in_words(date(2020, 12, 21)) == "lundi 21 décembre 2020"
    assert date_in_words(date(2026, 8, 9)) == "dimanche 9 août 2026"


def test_a_date_without_its_weekday_and_with_its_hour() -> None:
    assert plain_date(date(2021, 1, 1)) == "1er janvier 2021"
    at = datetime(2020, 12, 22, 10, 5, 59, tzinfo=UTC)
    assert moment_in_words(at) == f"22 décembre 2020 à 10{NBSP}h{NBSP}05"


def test_the_first_of_every_month_is_1er() -> None:
    found = [date_in_words(date(2025, month, 1)).split(" ", 1)[1] for month in range(1, 13)]
    assert found == [
        "1er janvier 2025",
        "1er février 2025",
        "1er mars 2025",
        "1er avril 2025",
        "1er mai 2025",
        "1er juin 2025",
        "1er juillet 2025",
        "1er août 2025",
        "1er septembre 2025",
        "1er octobre 2025",
        "1er novembre 2025",
        "1er décembre 2025",
    ]


def test_every_day_of_a_leap_year_has_its_weekday_number_and_month() -> None:
    monday = date(2020, 12, 21)
    day = date(2024, 1, 1)
    while day.year == 2024:
        weekday, number, month, year = date_in_words(day).split()
        assert WEEKDAYS.index(weekday) == (day - monday).days % 7
        assert number == ("1er" if day.day == 1 else str(day.day))
        assert MONTHS.index(month) + 1 == day.month
        assert year == "2024"
        day += timedelta(days=1)


def test_a_short_date_has_two_digits_for_day_and_month() -> None:
    assert short_date(date(2020, 2, 3)) == "03/02/2020"
    assert short_date(date(987, 12, 25)) == "25/12/0987"


@pytest.mark.parametrize(
    ("moment", "house", "careful"),
    [
        (time(9), "9h", f"9{NBSP}h"),
        (time(9, 5), "9h05", f"9{NBSP}h{NBSP}05"),
        (time(14, 30), "14h30", f"14{NBSP}h{NBSP}30"),
        (time(0), "0h", f"0{NBSP}h"),
    ],
)
def test_an_hour_is_written_without_a_leading_zero(moment: time, house: str, careful: str) -> None:
    assert hour(moment) == house
    assert hour(moment, Typography.FIDELE) == house
    assert hour(moment, Typography.SOIGNE) == careful


def test_the_relevé_opens_with_the_day_in_a_capital_and_the_hour() -> None:
    moment = meeting_moment(date(2020, 12, 21), time(14, 30), Typography.FIDELE)
    assert moment == "Lundi 21 décembre 2020 (à 14h30)"
    moment = meeting_moment(date(2026, 5, 1), time(9), Typography.SOIGNE)
    assert moment == f"Vendredi 1er mai 2026 (à 9{NBSP}h)"


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2018-2020", 2018, 2020),
        ("PAN 2024 – 2027, révisé", 2024, 2027),
        ("2027-2024", 2024, 2027),
        ("1999", 1999, 1999),
        ("2018-2020 puis 2021", 2018, 2021),
        ("pilote", 2031, 2031),
        ("n° 120203", 2031, 2031),
        ("", 2031, 2031),
    ],
)
def test_a_plan_lasts_the_years_that_its_label_names(label: str, first: int, last: int) -> None:
    period = period_of_label(label, date(2031, 6, 5))
    assert period == (date(first, 1, 1), date(last, 12, 31))
