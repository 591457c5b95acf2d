from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.calendar import date_in_words, short_date
from pan_desktop.domain.dates_in_text import Precision, dates_in
from tests.builders import thorough, words

P = Precision


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("25/12/2020", P.DAY, date(2020, 12, 25), date(2020, 12, 25)),
        ("25.12.2020", P.DAY, date(2020, 12, 25), date(2020, 12, 25)),
        ("5-1-2021", P.DAY, date(2021, 1, 5), date(2021, 1, 5)),
        ("1er janvier 2021", P.DAY, date(2021, 1, 1), date(2021, 1, 1)),
        ("vendredi 25 décembre 2020", P.DAY, date(2020, 12, 25), date(2020, 12, 25)),
        ("fin decembre 2020", P.PART_OF_MONTH, date(2020, 12, 21), date(2020, 12, 31)),
        ("fin février 2024", P.PART_OF_MONTH, date(2024, 2, 21), date(2024, 2, 29)),
        ("début mars 2021", P.PART_OF_MONTH, date(2021, 3, 1), date(2021, 3, 10)),
        ("mi-mars 2021", P.PART_OF_MONTH, date(2021, 3, 11), date(2021, 3, 20)),
        ("courant mars 2021", P.MONTH, date(2021, 3, 1), date(2021, 3, 31)),
        ("fin du mois d'août 2021", P.PART_OF_MONTH, date(2021, 8, 21), date(2021, 8, 31)),
        ("janvier 2021", P.MONTH, date(2021, 1, 1), date(2021, 1, 31)),
        ("Aout 2021", P.MONTH, date(2021, 8, 1), date(2021, 8, 31)),
        ("1er trimestre 2021", P.QUARTER, date(2021, 1, 1), date(2021, 3, 31)),
        ("deuxième trimestre de l'année 2021", P.QUARTER, date(2021, 4, 1), date(2021, 6, 30)),
        ("dernier trimestre 2021", P.QUARTER, date(2021, 10, 1), date(2021, 12, 31)),
        ("4e trimestre 2021", P.QUARTER, date(2021, 10, 1), date(2021, 12, 31)),
        ("2ème semestre 2021", P.SEMESTER, date(2021, 7, 1), date(2021, 12, 31)),
        ("fin 2021", P.PART_OF_YEAR, date(2021, 10, 1), date(2021, 12, 31)),
        ("l'année 2021", P.YEAR, date(2021, 1, 1), date(2021, 12, 31)),
        ("budget annuel de l'année 2021", P.YEAR, date(2021, 1, 1), date(2021, 12, 31)),
        ("budget 2021", P.YEAR, date(2021, 1, 1), date(2021, 12, 31)),
        ("d'ici 2021", P.YEAR, date(2021, 1, 1), date(2021, 12, 31)),
        ("en 2021", P.YEAR, date(2021, 1, 1), date(2021, 12, 31)),
    ],
)
def test_a_date_is_a_range_with_its_precision(
    text: str, precision: Precision, first: date, last: date
) -> None:
    (found,) = dates_in(f"Il est prévu ({text}) ainsi.")
    assert (found.text, found.precision, found.first, found.last) == (text, precision, first, last)
    assert (found.start, found.end) == (14, 14 + len(text))


@pytest.mark.parametrize(
    "text",
    [
        "engagements 2018-2020",
        "PAN 2021-2022",
        "l'année 2021-2022",
        "exercice 2021 – 2022",
        "PLF 2019",
        "loi 46-19",
        "45/19/2020",
        "12/13/2020",
        "https://exemple.ma/archives/25/12/2020/relevé",
        "le 25 décembre",
        "vendredi",
        "2 021 participants",
        "mai",
        "120/12/2020",
    ],
)
def test_what_names_no_year_or_no_date_is_left_alone(text: str) -> None:
    assert dates_in(text) == ()


def test_dates_come_in_the_order_of_the_text() -> None:
    found = dates_in("Du 1er mars 2021 au lundi 5/4/2021, puis fin 2021 et janvier 2022.")
    assert [dated.text for dated in found] == [
        "1er mars 2021",
        "lundi 5/4/2021",
        "fin 2021",
        "janvier 2022",
    ]
    assert [dated.weekday for dated in found] == [None, 0, None, None]


def test_a_day_that_does_not_exist_is_found_without_a_range() -> None:
    (found,) = dates_in("Réponse le 31/02/2021.")
    assert (found.text, found.first, found.last) == ("31/02/2021", None, None)


@thorough
@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    for text in (date_in_words(day), short_date(day), f"{day.day} / {day.month}"):
        for found in dates_in(f"Réunion le {text}."):
            assert (found.first, found.last) == (day, day)
    assert len(dates_in(date_in_words(day))) == len(dates_in(short_date(day))) == 1


@thorough
@given(
    text=st.lists(st.one_of(words, st.sampled_from(["fin", "mai 2021", "12/12/2012"]))).map(
        " ".join
    )
)
def test_any_text_gives_stretches_that_do_not_overlap(text: str) -> None:
    end = 0
    for found in dates_in(text):
        assert found.start >= end
        assert text[found.start : found.end] == found.text
        assert found.first is None or found.last is None or found.first <= found.last
        assert (
            found.first is None
            or found.last is None
            or (found.last - found.first <= timedelta(days=365))
        )
        end = found.end
