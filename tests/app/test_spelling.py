"""What is flagged is what a secretary would correct, and nothing of what she means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import words
from pan_desktop.app.spelling import Speller
from tests.builders import dump

if TYPE_CHECKING:
    from pan_desktop.app.office import Office


@pytest.fixture(scope="module")
def speller() -> Speller:
    found = Speller()
    found.load()
    return found


def flagged(speller: Speller, text: str) -> list[str]:
    return [text[start : start + length] for start, length in speller.misspelled(text)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Les administations concernées", ["administations"]),
        ("le dépacement du délai", ["dépacement"]),
        ("L’administration n'a pas qu’un délai, jusqu’à demain.", []),
        ("l’administation", ["l’administation"]),
        ("Etat d’avancement, A la demande du comité", []),
        ("Le cœur de l’œuvre est là-bas", []),
        ("Le PAN, l’OGP et l’INPPLC", []),
        ("25/12/2020, 1er trimestre, 2e phase, 84%", []),
        ("voir https://exmple.org/abcdef et nadia@exmple.ma", []),
        ("صادقت اللجنة على المحضر", []),
        ("demi-journée, peut-être, demi-jourée", ["demi-jourée"]),
        ("", []),
    ],
)
def test_what_is_flagged(speller: Speller, text: str, wrong: list[str]) -> None:
    assert flagged(speller, text) == wrong


def test_names_and_the_offices_words_are_right(speller: Speller) -> None:
    assert flagged(speller, "Mme Azrouni et le zorgmeuble") == ["Azrouni", "zorgmeuble"]
    speller.take_names(["Salma Azrouni"])
    speller.accept(["zorgmeuble"])
    assert flagged(speller, "Mme Azrouni et le zorgmeuble") == []


def test_what_was_meant_is_suggested(speller: Speller) -> None:
    assert "administrations" in speller.suggest("administations")
    assert "l’administration" in speller.suggest("l’administation")


def test_nothing_is_wrong_before_the_dictionary_is_there() -> None:
    assert Speller().misspelled("Les administations") == ()
    assert Speller().suggest("administations") == ()


def test_the_offices_words_are_kept(office: Office) -> None:
    office.run(words.add_word, word="zorgmeuble")
    office.run(words.add_word, word="zorgmeuble")
    assert office.run(words.list_words).result == ("zorgmeuble",)
    office.run(words.remove_word, word="zorgmeuble")
    before = dump(office.database)
    office.run(words.remove_word, word="zorgmeuble")
    assert dump(office.database) == before
    assert office.run(words.list_words).result == ()
