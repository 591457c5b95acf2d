"""Forms of French words, and words lit in texts as they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.folding import words_of
from pan_desktop.domain.searching import sought
from pan_desktop.store.french import lit, stem
from tests.builders import thorough

FAMILIES = [
    "engagement engagements engager engagé engagée engagées engage",
    "publier publiée publiées publié publiés publie publiait publiera publiant",
    "publication publications",
    "national nationale nationaux nationales",
    "régional régionale régionaux régionales",
    "décision décisions",
    "évaluer évalué évaluée évaluation évaluations évaluera",
    "retenu retenue retenus retenues",
    "prévu prévue prévus prévues",
    "transmis transmise transmises",
    "réuni réunie réunis réunir réunit",
    "citoyen citoyenne citoyens citoyennes",
    "donnée données donner donné",
    "général générale généraux",
    "travail travaux",
    "achevé achevée achever achèvement achève",
    "société sociétés",
    "créer créé créée créées",
    "administratif administrative administratifs",
    "délai délais",
    "clôture clôturer clôturé clôturée",
    "présenter présenté présentée présentation présentera",
    "adopter adopté adoptée adoption",
    "assurer assuré assurée assurera",
    "œuvre œuvres",
    "rapport rapports",
]


def form(word: str) -> str:
    (own,) = words_of(word)
    return stem(own)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_forms_of_a_word_have_one_stem(family: str) -> None:
    assert len({form(word) for word in family.split()}) == 1


def test_accents_left_out_change_no_stem() -> None:
    for word in " ".join(FAMILIES).split():
        assert form(word) == stem(words_of(word)[0])


def test_different_words_keep_different_stems() -> None:
    words = "engagement réunion région portail plan budget commune commission société"
    assert len({form(word) for word in words.split()}) == len(words.split())


def test_other_words_are_left_as_they_are() -> None:
    assert [stem(word) for word in ("2020", "شفافيه", "1er", "")] == ["2020", "شفافيه", "1er", ""]


def test_stems_are_those_of_the_index() -> None:
    """Rules that change need ``french.RULES`` raised: what is indexed is then made anew."""
    known = {
        "engagements": "engag",
        "publiees": "publ",
        "nationaux": "national",
        "donnees": "don",
        "retenus": "retenu",
        "generalement": "general",
        "cooperation": "cooper",
        "travaux": "travail",
    }
    assert {word: stem(word) for word in known} == known


# Lit -------------------------------------------------------------------------------------


def words_lit(text: str, typed: str) -> list[str]:
    return [text[start:end] for start, end in lit(text, sought(typed))]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Les engagements du Plan.", "engagement plan ", ["engagements", "Plan"]),
        ("Mise en ŒUVRE", "oeuvre ", ["ŒUVRE"]),
        ("e\u0301tat d’État, état", "état ", ["e\u0301tat", "État", "état"]),
        ("L’auto-évaluation", "auto-evaluation ", ["auto", "évaluation"]),
        ("Aujourd’hui ou demain", "aujourd'hui ", ["Aujourd", "hui"]),
        ("Elle a publié ce qui était publiable", "publi", ["publié", "publiable"]),
        ("Elle a publié ce qui était publiable", "publié ", ["publié"]),
        ("شَفَافِيَّة الإدارة", "شفافية", ["شَفَافِيَّة"]),
        ("le plan d’action, un plan, une action", '"plan d’action"', ["plan", "d", "action"]),
        ("le plan d’action, un plan", '"plan d’ac', ["plan", "d", "action"]),
        ("La moitié : ½", "½", ["½"]),
        ("Rien", "autre", []),
        ("", "autre", []),
    ],
)
def test_words_found_are_lit(text: str, typed: str, expected: list[str]) -> None:
    assert words_lit(text, typed) == expected


@thorough
@given(st.text(st.characters(exclude_categories=[])), st.text(st.characters(exclude_categories=[])))
def test_what_is_lit_lies_in_the_text_in_order(text: str, typed: str) -> None:
    end = 0
    for start, stop in lit(text, sought(typed)):
        assert end <= start < stop <= len(text)
        end = stop


@thorough
@given(st.text(st.characters(exclude_categories=[])))
def test_every_word_of_a_text_lights_itself(text: str) -> None:
    for word in words_of(text):
        assert lit(text, sought(f"{word} "))
