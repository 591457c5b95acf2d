import pytest

from pan_desktop.domain.folding import folded


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
    ],
)
def test_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_folding_twice_changes_nothing() -> None:
    once = folded("Ÿves Œuvré, n° 8 – ½")
    assert folded(once) == once
