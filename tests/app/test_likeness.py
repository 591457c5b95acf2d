"""Names are matched: never wrongly without asking, the right one first nearly always."""

from __future__ import annotations

import pytest

from pan_desktop.app.likeness import PROPOSED, MatchKind, Shown, propose
from pan_desktop.domain.model import Civility, Person
from tests.bench.matching import measure
from tests.names_corpus import OTHERS, PEOPLE


def _people(*names: str) -> list[Person]:
    return [Person(name, Civility.MADAME, name) for name in names]


COMMITTEE = _people(
    "Hajar BENZAROUAL", "Hajar TAZROUTI", "Hajar D'ALMOURID", "Nouredine OULD SALHI",
    "Nouredine CHERRADOUNI", "Omar BEN KHALTI", "Amar BEN KHALTI", "Zineb AÏT OUBRIK",
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("people", [PEOPLE, OTHERS], ids=["committee", "another"])
def test_sixty_names_in_ten_ways(people: tuple[str, ...], seed: int) -> None:
    figures = measure(people, seed)
    assert figures.total == 600
    assert figures.wrong == 0
    assert figures.right >= 0.95 * figures.total, figures.missed


@pytest.mark.parametrize(
    "shown",
    ["Hajar BENZAROUAL", "benzaroual hajar", "HAJAR BENZAROUAL (Externe)", "Mme Hajar Benzaroual",
     "BENZAROUAL, Hajar", "Hajar BENZAROUAL | MTNRA", "Hajar Ben Zaroual"],
)  # fmt: skip
def test_the_same_words_are_accepted(shown: str) -> None:
    (match,) = propose([Shown(shown)], COMMITTEE)
    assert match.kind is MatchKind.CERTAIN
    assert match.best is not None
    assert match.best.person_id == "Hajar BENZAROUAL"


@pytest.mark.parametrize(
    ("shown", "who"),
    [
        ("Noureddine Cheradouni", "Nouredine CHERRADOUNI"),
        ("Nour-Eddine Sherradouni", "Nouredine CHERRADOUNI"),
        ("نور الدين الشرادوني", "Nouredine CHERRADOUNI"),
        ("n.cherradouni", "Nouredine CHERRADOUNI"),
        ("O. BENKHALTI", "Omar BEN KHALTI"),
        ("iPhone de Zineb Ait Oubrik", "Zineb AÏT OUBRIK"),
        ("Zineb A.", "Zineb AÏT OUBRIK"),
        ("AÏT OUBRIK", "Zineb AÏT OUBRIK"),
        ("Hajar Benz.", "Hajar BENZAROUAL"),
    ],
)
def test_what_is_only_alike_is_proposed(shown: str, who: str) -> None:
    (match,) = propose([Shown(shown)], COMMITTEE)
    assert match.kind is MatchKind.PROPOSED
    assert match.best is not None
    assert match.best.person_id == who
    assert PROPOSED <= match.best.likeness < 100
    assert match.best.why


@pytest.mark.parametrize(
    "shown", ["Zineb", "iPhone de Zineb (Invité)", "Hajar", "زينب", "Mme Zineb"]
)
def test_a_first_name_alone_is_no_match(shown: str) -> None:
    (match,) = propose([Shown(shown)], COMMITTEE)
    assert match.kind is MatchKind.NONE
    assert match.best is None


def test_who_could_be_two_people_is_asked() -> None:
    people = _people("Nouredine TAZROUTI", "Noureddine TAZROUTI", "Nourdine TAZROUTI")
    for name in ("Nouredine TAZROUTI", "Noureddine TAZROUTI"):
        (match,) = propose([Shown(name)], people)
        assert match.kind is MatchKind.PROPOSED
        assert match.best is not None
        assert match.best.person_id == name
    namesakes = [Person(n, Civility.MADAME, "Hajar TAZROUTI") for n in "ab"]
    (match,) = propose([Shown("Hajar TAZROUTI")], namesakes)
    assert match.kind is MatchKind.PROPOSED


def test_strangers_are_never_accepted() -> None:
    for shown in (
        "Hajar OUBRIK",
        "Samira BEN KHALTI",
        "Réda INVENTÉ",
        "Hajar",
        "Salle 3",
        "+212 5 37",
    ):
        (match,) = propose([Shown(shown)], COMMITTEE)
        assert match.kind is not MatchKind.CERTAIN, shown


def test_an_address_decides_unless_the_name_says_another() -> None:
    people = [
        Person("a", Civility.MADAME, "Hajar TAZROUTI", email="h.tazrouti@example.org"),
        Person("b", Civility.MONSIEUR, "Omar BEN KHALTI", email="omar@example.org"),
    ]
    (match,) = propose([Shown("iPhone", "H.Tazrouti@example.org")], people)
    assert match.kind is MatchKind.CERTAIN
    assert match.best is not None
    assert match.best.person_id == "a"
    (match,) = propose([Shown("Omar BEN KHALTI", "h.tazrouti@example.org")], people)
    assert match.kind is MatchKind.PROPOSED
    (match,) = propose([Shown("Omar BEN KHALTI", "someone@example.org")], people)
    assert match.kind is MatchKind.PROPOSED, "another account in the same house"
    (match,) = propose([Shown("Omar BEN KHALTI", "someone@example.net")], people)
    assert match.kind is MatchKind.CERTAIN, "a private address"
    (match,) = propose([Shown("iPhone de Hajar", "h.tazrouti@gmail.example")], people)
    assert match.kind is MatchKind.PROPOSED
    assert match.best is not None
    assert match.best.person_id == "a"


def test_a_confirmed_name_is_remembered() -> None:
    person = Person("a", Civility.MADAME, "Zineb AÏT OUBRIK", aliases=("Zineb", "Zaza"))
    for shown, kind in (
        ("Zaza", MatchKind.CERTAIN),
        ("zaza (Invitée)", MatchKind.CERTAIN),
        ("Zineb", MatchKind.PROPOSED),
    ):
        (match,) = propose([Shown(shown)], [person, *COMMITTEE[:7]])
        assert match.kind is kind
        assert match.best is not None
        assert match.best.person_id == "a"


def test_two_addresses_are_not_taken_for_one_person_unasked() -> None:
    both = [Shown("Hajar TAZROUTI", "a@example.org"), Shown("Hajar TAZROUTI", "b@example.org")]
    kinds = {match.kind for match in propose(both, COMMITTEE)}
    assert kinds == {MatchKind.PROPOSED}


def test_a_large_office_is_matched_as_well() -> None:
    names = [f"{a} {b}" for a in ("Hajar", "Omar", "Salma", "Rachid") for b in OTHERS]
    people = [Person(n, Civility.MADAME, f"{n.split()[0]} {n.split()[-1]}") for n in names]
    (match,) = propose([Shown("Hajer " + people[3].name.split()[-1].lower())], people)
    assert match.best is not None
    assert match.best.name == people[3].name
