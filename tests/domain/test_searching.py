"""What is typed into the search, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.searching import MOST_WORDS, SearchFilters, Sought, sought
from tests.builders import thorough


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", Sought()),
        ("  … !", Sought()),
        ("Engagement", Sought(begun="engagement")),
        ("Engagement ", Sought(("engagement",))),
        ("mise en œuvre", Sought(("mise", "en"), begun="oeuvre")),
        ("engagement 7", Sought(("engagement", "7"))),
        ("a", Sought(("a",))),
        ("point point ", Sought(("point",))),
        # What is elided would keep "État" and "d’État" from being found.
        ("l’État", Sought(begun="etat")),
        ("qu'il jusqu’ici", Sought(("il",), begun="ici")),
        ("l'", Sought(("l",))),
        ("aujourd'hui", Sought(("aujourd",), begun="hui")),
        ("auto-évaluation", Sought(("auto",), begun="evaluation")),
        ('"plan d’action"', Sought(phrases=(("plan", "d", "action"),))),
        ("« plan d’action » du", Sought((), (("plan", "d", "action"),), "du")),
        ('du "plan d’ac', Sought(("du",), phrase_begun=("plan", "d", "ac"))),
        ('"" portail', Sought(begun="portail")),
        ('"un" "deux"', Sought(phrases=(("un",), ("deux",)))),
    ],
)
def test_what_is_typed_is_words_and_phrases(typed: str, expected: Sought) -> None:
    assert sought(typed) == expected
    assert bool(sought(typed)) == any(expected)


@thorough
@given(st.text(st.characters(exclude_categories=[])))
def test_nothing_typed_is_wrong(typed: str) -> None:
    found = sought(typed)
    phrases = [word for phrase in (*found.phrases, found.phrase_begun) for word in phrase]
    assert len([*found.words, *phrases]) + bool(found.begun) <= MOST_WORDS


def test_of_a_whole_page_the_first_words_count() -> None:
    assert len(sought(" ".join(f"mot{n}" for n in range(500))).words) == MOST_WORDS - 1


def test_filters_narrow_when_there_is_one() -> None:
    assert not SearchFilters().narrow
    assert SearchFilters(open_actions=True).narrow
