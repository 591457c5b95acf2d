from __future__ import annotations

from datetime import date

import pytest

from pan_desktop.app.people import PersonCard
from pan_desktop.domain.model import Civility, Mandate, Person, Role
from pan_desktop.gui.people_words import (
    PersonRow,
    family_name_first,
    matches,
    numbers_of,
    roles_of,
    shown_mandates,
    since,
    until,
)

TODAY = date(2026, 5, 1)
HER = Person("1", Civility.MADAME, "Élise ŒUVRARD", "Agence des données")


def mandate(
    role: Role,
    numbers: tuple[int, ...],
    starts: date = date(2024, 1, 1),
    ends: date | None = None,
    plan: str = "p",
) -> Mandate:
    return Mandate(f"{role}{numbers}{starts}", HER, plan, role, numbers, starts, ends)


def row(*mandates: Mandate) -> PersonRow:
    return PersonRow(PersonCard(HER, mandates), mandates)


def test_quality_numbers_and_dates_of_one_who_is_both() -> None:
    both = row(
        mandate(Role.FOCAL_POINT, (8, 1)),
        mandate(Role.FOCAL_POINT, (2,), date(2025, 1, 1)),
        mandate(Role.ALTERNATE, (10,), ends=date(2026, 12, 31)),
    )
    assert roles_of(both) == "Point focal et suppléante"
    assert numbers_of(both.mandates) == "1, 2 et 8 (suppl. 10)"
    assert since(both.mandates) == "01/01/2024"
    assert until(both.mandates) == "en cours"


def test_nothing_is_said_without_a_mandate() -> None:
    assert [roles_of(row()), numbers_of(()), since(()), until(())] == ["", "", "", ""]


def test_mandates_in_force_are_shown_else_the_last_ones() -> None:
    old = mandate(Role.FOCAL_POINT, (1,), date(2018, 1, 1), date(2020, 12, 31))
    older = mandate(Role.ALTERNATE, (2,), date(2015, 1, 1), date(2017, 12, 31))
    now = mandate(Role.FOCAL_POINT, (3,), plan="q")
    assert shown_mandates((older, old, now), None, TODAY) == (now,)
    assert shown_mandates((older, old), None, TODAY) == (old,)
    assert shown_mandates((older, old, now), "p", TODAY) == (old,)
    assert shown_mandates((), None, TODAY) == ()
    assert until((old,)) == "31/12/2020"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", True),
        ("elise", True),
        ("OEUV", True),
        ("donnees elise", True),
        ("8", True),
        ("agence 8", True),
        ("9", False),
        ("18", False),
        ("elise x", False),
    ],
)
def test_a_search_finds_whatever_the_accents(typed: str, found: bool) -> None:
    assert matches(row(mandate(Role.FOCAL_POINT, (1, 8))), typed) is found


def test_people_are_sorted_by_family_name() -> None:
    names = ["Zineb ALAMI", "amina Zohri", "Karim EL FASSI", "Ali ÉLIE"]
    assert sorted(names, key=family_name_first) == [
        *("Zineb ALAMI", "Karim EL FASSI", "Ali ÉLIE", "amina Zohri")
    ]
