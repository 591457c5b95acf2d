"""Owners and deadlines as people say them in a meeting held on Monday 21 December 2020."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.recognition import Known, recognised
from tests.builders import thorough

DAY = date(2020, 12, 21)
KNOWN = (
    Known("Salma AZROUNI", "p1"),
    Known("Driss EL FERTALI", "p2"),
    Known("Hajar BENNANI", "p3"),
    Known("Hajar BENNANI", "p4"),
    Known("Archives nationales"),
)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "said"),
    [
        ("Avant le 25/12/2020.", "2020-12-25", "2020-12-25", "day", "25/12/2020"),
        ("au plus tard vendredi", "2020-12-25", "2020-12-25", "day", "vendredi"),
        ("lundi prochain", "2020-12-28", "2020-12-28", "day", "lundi prochain"),
        ("fin janvier", "2021-01-21", "2021-01-31", "part_of_month", "fin janvier"),
        (
            "au 1er trimestre 2021",
            "2021-01-01",
            "2021-03-31",
            "quarter",
            "1er trimestre 2021",
        ),
        ("au 1er trimestre", "2021-01-01", "2021-03-31", "quarter", "1er trimestre"),
        ("le 28 décembre", "2020-12-28", "2020-12-28", "day", "28 décembre"),
        ("le 3 mars", "2021-03-03", "2021-03-03", "day", "3 mars"),
        (
            "avant la fin du mois",
            "2020-12-21",
            "2020-12-31",
            "part_of_month",
            "la fin du mois",
        ),
        ("sous quinzaine", "2021-01-05", "2021-01-05", "day", "sous quinzaine"),
        ("dans 3 semaines", "2021-01-11", "2021-01-11", "day", "dans 3 semaines"),
    ],
)
def test_deadlines_are_ranges_of_days_with_their_precision(
    text: str,
    first: str,
    last: str,
    precision: str,
    said: str,
) -> None:
    found = recognised(text, DAY, KNOWN).deadline
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert (found.precision, found.said) == (precision, said)


@pytest.mark.parametrize(
    "text", ["D’ici la prochaine réunion", "PAN 2018-2020", "45-19", "", "31/02"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert recognised(text, DAY, KNOWN).deadline is None


@pytest.mark.parametrize(
    ("text", "owner", "owner_id"),
    [
        ("Mme AZROUNI transmet la fiche.", "Salma AZROUNI", "p1"),
        ("La fiche est rédigée par Driss El Fertali.", "Driss EL FERTALI", "p2"),
        ("Les Archives nationales publient le plan.", "Archives nationales", None),
        ("Le secrétariat relance les points focaux.", "le secrétariat", None),
        ("Transmission par les points focaux", "les points focaux", None),
        ("Relance aux administrations concernées", "les administrations concernées", None),
        ("Mme BENNANI relit le rapport.", "", None),
        ("Rien de tel.", "", None),
    ],
)
def test_owners_are_named_in_words(text: str, owner: str, owner_id: str | None) -> None:
    found = recognised(text, DAY, KNOWN)
    assert (found.owner, found.owner_id) == (owner, owner_id)


@thorough
@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_nothing_typed_breaks_it(text: str, day: date) -> None:
    found = recognised(text, day, KNOWN)
    assert recognised(text, day, KNOWN) == found
    if found.deadline is not None:
        assert found.deadline.first <= found.deadline.last
