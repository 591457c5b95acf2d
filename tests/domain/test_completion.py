"""The rest of a sentence is offered when it was written before, and nothing is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.completion import LEAST_OFFERED, Completer
from tests.builders import thorough

PAST = (
    "Le point focal concerné n’a pas assisté à cette réunion.",
    "Toutes les activités planifiées ont été réalisées sauf celle relative à la publication.",
    "Le rapport est en cours de validation.",
    "Toutes les activités planifiées ont été réalisées sauf celle relative au guide.",
    "La fiche d’auto-évaluation est transmise au secrétariat.",
)


@pytest.fixture
def completer() -> Completer:
    found = Completer()
    for text in PAST:
        found.learn(text)
    return found


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("Le po", "int focal concerné n’a pas assisté à cette réunion."),
        ("le POINT focal concerne", " n’a pas assisté à cette réunion."),
        ("Une autre phrase. La fi", "che d’auto-évaluation est transmise au secrétariat."),
        ("Toutes les", " activités planifiées ont été réalisées sauf celle relative"),
        ("Toutes les activités planifiées ont été réalisées sauf celle relative au g", "uide."),
        ("Le", ""),
        ("Rien de tel", ""),
        ("", ""),
        ("La fiche d’auto-évaluation est transmise au secrétariat.", ""),
        ("La fiche d’auto-évaluation est transmise au secrétari", ""),
    ],
)
def test_the_rest_is_offered(completer: Completer, typed: str, rest: str) -> None:
    assert completer.offer(typed) == (rest, 0)


def test_the_commonest_comes_first(completer: Completer) -> None:
    completer.learn("Le portail est ouvert au public.")
    for _ in range(3):
        completer.learn("Le portail est en maintenance.")
    assert completer.offer("Le port").words == "ail est en maintenance."


def test_words_that_followed_several_times_are_offered_in_the_middle(completer: Completer) -> None:
    for who in ("archives", "finances"):
        completer.learn(f"Aux {who}, le marché de numérisation sera attribué en mars.")
    found = completer.offer("Au ministère, le marché de ")
    assert found.words == "numérisation sera attribué en mars."


def test_a_short_name_gives_its_sentence(completer: Completer) -> None:
    completer.name("fiche", "La fiche de synthèse est demandée à chaque point focal.")
    sentence = "La fiche de synthèse est demandée à chaque point focal."
    assert completer.offer("Vu. Fiche") == (sentence, 5)


@thorough
@given(st.sampled_from(PAST), st.integers(0, 60), st.text(max_size=5))
def test_an_offer_is_always_the_end_of_something_written(text: str, cut: int, more: str) -> None:
    completer = Completer()
    for past in PAST:
        completer.learn(past)
    rest = completer.offer(text[:cut] + more).words
    assert rest == "" or len(rest.strip()) >= LEAST_OFFERED
    assert any(rest.strip() in past for past in PAST)
