"""Who is written to about what nobody spoke for, and how people are addressed."""

from __future__ import annotations

import pytest

from pan_desktop.domain.model import Civility, Commitment, Person
from pan_desktop.domain.papers import Unrepresented, filled, letters, salutation

MEN = tuple(Person(f"m{n}", Civility.MONSIEUR, f"Driss {n}") for n in range(3))
WOMEN = tuple(Person(f"f{n}", Civility.MADAME, f"Salma {n}") for n in range(3))


def of(name: str, civility: Civility = Civility.MADAME, institution: str = "") -> Person:
    return Person(name, civility, name, institution)


def held(
    number: int,
    *titulars: Person,
    institution: str = "",
    alternates: tuple[Person, ...] = (),
) -> Unrepresented:
    return Unrepresented(Commitment(f"c{number}", number, "", institution), titulars, alternates)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((), "Madame, Monsieur"),
        (WOMEN[:1], "Madame"),
        (MEN[:1], "Monsieur"),
        (WOMEN[:2], "Mesdames"),
        (MEN, "Messieurs"),
        ((*MEN[:1], *WOMEN[:1]), "Madame, Monsieur"),
        ((*MEN[:2], *WOMEN[:1]), "Madame, Messieurs"),
        ((*MEN[:1], *WOMEN), "Mesdames, Monsieur"),
    ],
)
def test_people_are_addressed_by_number_and_gender(people: tuple[Person, ...], said: str) -> None:
    assert salutation(people) == said


def test_an_institution_gets_one_letter_for_all_it_answers_for() -> None:
    salma, driss = of("Salma", institution="Archives"), of("Driss", institution="Archives ")
    written, nobody = letters([held(1, salma), held(4, driss), held(7, salma)])
    (letter,) = written
    assert (letter.institution, letter.people) == ("Archives", (salma, driss))
    assert [one.commitment.number for one in letter.held] == [1, 4, 7]
    assert nobody == ()


def test_a_commitment_of_two_institutions_is_written_to_both() -> None:
    one, two = of("A", institution="Archives"), of("B", institution="Budget")
    written, _ = letters([held(3, one, two)])
    assert [(letter.institution, letter.people) for letter in written] == [
        ("Archives", (one,)),
        ("Budget", (two,)),
    ]


def test_without_an_institution_of_hers_the_commitment_s_is_written_to() -> None:
    salma = of("Salma")
    (letter,), _ = letters([held(2, salma, institution="Ministère")])
    assert (letter.name, letter.people) == ("Ministère", (salma,))


def test_where_no_institution_is_known_each_person_is_written_to() -> None:
    salma, driss, ghita = of("Salma"), of("Driss"), of("Ghita")
    written, nobody = letters([held(2, salma, driss), held(5, alternates=(ghita,)), held(6)])
    assert [(letter.institution, letter.name) for letter in written] == [
        ("", "Salma"),
        ("", "Driss"),
        ("", "Ghita"),
    ]
    assert [one.commitment.number for one in nobody] == [6]


def test_a_titular_without_an_institution_is_not_forgotten_beside_one_with() -> None:
    salma, driss = of("Salma", institution="Archives"), of("Driss")
    written, nobody = letters([held(2, salma, driss)])
    assert [letter.name for letter in written] == ["Archives", "Driss"]
    assert nobody == ()


def test_what_is_not_known_stays_in_its_braces() -> None:
    assert filled("{a} {b} {}", {"a": "{b}"}) == "{b} {b} {}"
