from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.folding import (
    LONGEST,
    folded,
    folded_words,
    raw_matches,
    raw_words,
    words_of,
)
from tests.builders import thorough


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Élise  CŒUR", "elise coeur"),
        ("  Aït\u00a0Ouarghi\t", "ait ouarghi"),
        ("L’Agence", "l'agence"),
        ("ÆGIR ﬁn", "aegir fin"),
        ("e\u0301", "e"),
        ("STRASSE Straße", "strasse strasse"),
        ("محمّد", "محمد"),
        ("الجـــهوية", "الجهويه"),
        ("إدارة أعلى", "اداره اعلي"),
        ("coopé\u00adration", "cooperation"),
        ("\u200fشفافية\u200e", "شفافيه"),
    ],
)
def test_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_folding_twice_changes_nothing() -> None:
    once = folded("Ÿves Œuvré, n° 8 – ½")
    assert folded(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  – … !", []),
        ("L’État, aujourd'hui.", ["l", "etat", "aujourd", "hui"]),
        ("l'auto-évaluation à mi-parcours", ["l", "auto", "evaluation", "a", "mi", "parcours"]),
        ("mise en œuvre\u00a0: 84\u202f%", ["mise", "en", "oeuvre", "84"]),
        ("e\u0301te\u0301 / été", ["ete", "ete"]),
        ("شَفَافِيَّة الإدارة", ["شفافيه", "الاداره"]),
        ("1ᵉʳ n° 8, ½", ["1er", "n", "8", "1", "2"]),
        ("un_deux", ["un", "deux"]),
        ("coopé\u00adration", ["cooperation"]),
    ],
)
def test_the_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


@thorough
@given(st.text(st.characters(exclude_categories=[])))
def test_words_stand_in_their_text_and_fold_to_themselves(text: str) -> None:
    found = raw_words(text)
    assert found == [match[0] for match in raw_matches(text)]
    assert [w for raw in found for w in folded_words(raw)] == words_of(text)
    for word in words_of(text):
        assert 0 < len(word) <= LONGEST
        assert words_of(word) == [word]
