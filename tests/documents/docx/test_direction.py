"""Text that mixes French and Arabic is cut where its direction changes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from pan_desktop.documents.docx.characters import asks_for_care, is_clean
from pan_desktop.documents.docx.direction import may_be_mixed, runs_right_to_left, stretches
from tests.documents.docx.papers import TEXTS


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Bonjour 12 !", [("Bonjour 12 !", False)]),
        ("اجتماع 21 دجنبر (عن بعد).", [("اجتماع 21 دجنبر (عن بعد).", True)]),
        ("نسبة 84% 😀", [("نسبة 84% 😀", True)]),
        ("الالتزام 3 (PAN 2018)", [("الالتزام 3 (", True), ("PAN 2018", False), (")", True)]),
        ("Le « البوابة » ici", [("Le « ", False), ("البوابة", True), (" » ici", False)]),
        ("2020 سنة", [("2020 سنة", True)]),
        ("e\u0301 مُ", [("e\u0301 ", False), ("مُ", True)]),
        ("Voir : شكرا !", [("Voir : ", False), ("شكرا", True), (" !", False)]),
        ("…", [("…", False)]),
        ("", []),
    ],
)
def test_stretches(text: str, parts: list[tuple[str, bool]]) -> None:
    assert [(text[a:b], right) for a, b, right in stretches(text)] == parts


@given(TEXTS)
def test_stretches_cover_the_text(text: str) -> None:
    cuts = stretches(text)
    assert "".join(text[start:end] for start, end, _ in cuts) == text
    assert all(first[2] is not second[2] for first, second in pairwise(cuts))
    if not may_be_mixed(text):
        assert not any(right for _, _, right in cuts)


@given(TEXTS)
def test_care_is_asked_for_whenever_it_is_due(text: str) -> None:
    if not is_clean(text) or any(right for _, _, right in stretches(text)):
        assert asks_for_care(text.encode(errors="surrogatepass"))


def test_french_asks_for_no_care() -> None:
    assert not asks_for_care("L’œuvre « achevée » – à 84 % ; n° 3, 1er… €\t\n\u00a0\u202f".encode())


@pytest.mark.parametrize(
    ("text", "right"), [("(3) العربية a", True), ("a العربية", False), ("12 !", False)]
)
def test_first_letter_decides(text: str, right: bool) -> None:
    assert runs_right_to_left(text) is right
