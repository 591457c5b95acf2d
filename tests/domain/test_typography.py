from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.typography import (
    NARROW_NBSP,
    NBSP,
    Typography,
    dress,
    enumeration,
    glue,
    of,
    percent,
    split_ordinals,
)
from tests.builders import thorough

typed = st.lists(
    st.sampled_from([*"ab19éE :;!?%«»'’.,()-@/ \n\t", NBSP, "er", "🙂", "م"]), max_size=30
).map("".join)
SPACES = dict.fromkeys(map(ord, (NBSP, NARROW_NBSP)), " ")


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("Lieu : ici", f"Lieu{NBSP}: ici"),
        ("fin :", f"fin{NBSP}:"),
        ("à 84 % près", f"à 84{NBSP}% près"),
        ("84 %.", f"84{NBSP}%."),
        ("(84 %)", f"(84{NBSP}%)"),
        ("« mot »", f"«{NBSP}mot{NBSP}»"),
        ("oui ; non ! quoi ?", f"oui{NARROW_NBSP}; non{NARROW_NBSP}! quoi{NARROW_NBSP}?"),
        ("quoi ?!", f"quoi{NARROW_NBSP}?!"),
    ],
)
def test_the_spaces_of_french_punctuation_do_not_break(text: str, glued: str) -> None:
    assert glue(text) == glued


@pytest.mark.parametrize(
    "text",
    [
        "organisés;",
        "14:30",
        "https://example.org/a?b=1;c",
        "nom@example.org",
        "46-19 et 2018-2020",
        "a :b",
        "C:\\dossier ?nom",
        "un, deux. trois…",
        " : en tête",
        "déjà\u00a0: lié",
    ],
)
def test_other_text_stays_as_typed(text: str) -> None:
    assert glue(text) == text


@thorough
@given(text=typed, style=st.sampled_from(Typography))
def test_dressing_changes_kinds_of_space_and_apostrophe_only(text: str, style: Typography) -> None:
    dressed = dress(text, style)
    assert len(dressed) == len(text)
    assert dressed.translate(SPACES).replace("’", "'") == text.translate(SPACES).replace("’", "'")
    for before, after in zip(text, dressed, strict=True):
        if before != after:
            assert (before, after) in {(" ", NBSP), (" ", NARROW_NBSP), ("'", "’")}
            assert (after != "’") or style is Typography.SOIGNE


@thorough
@given(text=typed, style=st.sampled_from(Typography))
def test_dressing_twice_is_dressing_once(text: str, style: Typography) -> None:
    assert dress(dress(text, style), style) == dress(text, style)


@pytest.mark.parametrize(
    ("text", "careful"),
    [
        ("l'État", "l’État"),
        ("aujourd'hui", "aujourd’hui"),
        ("5' 30", "5' 30"),
        ("'cité'", "'cité'"),
        ("d'1", "d'1"),
    ],
)
def test_only_an_apostrophe_between_letters_is_curled_and_only_in_the_careful_style(
    text: str, careful: str
) -> None:
    assert dress(text, Typography.SOIGNE) == careful
    assert dress(text, Typography.FIDELE) == text


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("1er", ["er"]),
        ("1re et 2e", ["re", "e"]),
        ("(1er trimestre 2027)", ["er"]),
        ("les 1ers et 1res, les 21es", ["ers", "res", "es"]),
        ("le 2e étage.", ["e"]),
    ],
)
def test_the_end_of_an_ordinal_is_raised(text: str, raised: list[str]) -> None:
    assert [words for words, up in split_ordinals(text) if up] == raised


@pytest.mark.parametrize(
    "text",
    ["", "er", "11er", "1erb", "a1er", "0,1er", "3.1e", "1ère", "2ème", "1 er", "1234e", "-1er"],
)
def test_nothing_else_is_raised(text: str) -> None:
    assert split_ordinals(text) == ((text, False),)


@thorough
@given(text=typed)
def test_the_stretches_together_are_the_text(text: str) -> None:
    stretches = split_ordinals(text)
    assert "".join(words for words, _ in stretches) == text
    assert all(words for words, _ in stretches) or stretches == (("", False),)


def test_a_percentage_follows_its_style() -> None:
    assert percent(84, Typography.FIDELE) == "84%"
    assert percent(84, Typography.SOIGNE) == f"84{NBSP}%"


@pytest.mark.parametrize(
    ("values", "expected"),
    [((), ""), (("1",), "1"), (("1", "2"), "1 et 2"), (("1", "2", "8"), "1, 2 et 8")],
)
def test_the_last_of_an_enumeration_is_joined_by_et(values: tuple[str, ...], expected: str) -> None:
    assert enumeration(values) == expected
    assert enumeration(list(values)) == expected


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ahlam OUALI", "d’Ahlam OUALI"),
        ("Émilie", "d’Émilie"),
        ("OUAFAE", "d’OUAFAE"),
        ("un autre programme", "d’un autre programme"),
        ("Yves", "d’Yves"),
        ("Hélène", "d’Hélène"),
        ("Hubert", "d’Hubert"),
        ("Hajar BENNANI", "de Hajar BENNANI"),
        ("Youssef", "de Youssef"),
        ("Salma", "de Salma"),
        ("", "de "),
    ],
)
def test_de_is_elided_before_a_vowel_or_a_mute_h(name: str, words: str) -> None:
    assert of(name) == words
