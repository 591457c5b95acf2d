"""What is told of a passphrase, and what is proposed."""

from __future__ import annotations

import pytest

from pan_desktop import resources
from pan_desktop.app.passphrases import WORDS, Level, proposed, strength


@pytest.mark.parametrize(
    "words",
    [
        "a",
        "1234567890",
        "azertyuiop",
        "AzertyUiop1",
        "&é\"'(-è_çà",
        "qsdfghjklm",
        "motdepasse",
        "M0tDePa$$e",
        "secretariat",
        "Rabat2026",
        "Comité2026!",
        "12/03/1985",
        "aaaaaaaaaaaaaaa",
        "password123",
        "gouvernement",
        "gouvernement ouvert",
        "bonjour soleil maroc",
    ],
)
def test_what_is_guessed_at_once_is_refused(words: str) -> None:
    told = strength(words)
    assert told.level is Level.REFUSED
    assert "facile à deviner" in told.sentence


@pytest.mark.parametrize("words", ["xk7Qp2mz9", "fourmi lampe tortue", "quatorze juillet"])
def test_what_is_guessed_in_days_is_weak(words: str) -> None:
    assert strength(words).level is Level.WEAK, strength(words)


@pytest.mark.parametrize(
    "words",
    [
        "le chat violet dort sous sept parapluies",
        "القطة البنفسجية تنام تحت سبع مظلات",
        "j7#Kq0!zRw2vX9",
    ],
)
def test_what_nobody_guesses_is_good(words: str) -> None:
    assert strength(words).level >= Level.GOOD, strength(words)


def test_nothing_typed_is_nothing_told() -> None:
    assert strength("  ") == (Level.REFUSED, "")


def test_a_very_long_one_is_told_at_once() -> None:
    assert strength("le chat violet dort sous sept parapluies " * 50).level is Level.BEST


def test_a_longer_one_is_never_weaker() -> None:
    """Word after word, what is told goes up."""
    words = ["tortue", "vitrine", "brioche", "fourmi", "lampe", "abaisser"]
    levels = [strength(" ".join(words[:n])).level for n in range(1, 7)]
    assert levels == sorted(levels)
    assert levels[0] is Level.REFUSED
    assert levels[-1] is Level.BEST


def test_what_is_proposed_is_the_best_and_never_the_same() -> None:
    drawn = [proposed() for _ in range(20)]
    assert len(set(drawn)) == 20
    for words in drawn:
        assert len(words.split(" ")) == WORDS
        assert strength(words).level is Level.BEST


def test_the_words_are_typed_on_every_keyboard() -> None:
    words = resources.path("passphrases/mots.txt").read_text(encoding="utf-8").split()
    assert len(words) == len(set(words)) == 1682
    assert all(word.isascii() and word.islower() and 5 <= len(word) <= 8 for word in words)
    assert len({word[:4] for word in words}) == len(words)
