"""How hard a passphrase is to guess, honestly, and one to take.

zxcvbn estimates how many guesses a program needs that knows words, names, keyboards, dates and
the usual tricks; it is given the French words that it does not know. Each guess at an office costs
what deriving its key costs, of which a rack of graphics cards does some 100,000 a second.
"""

from __future__ import annotations

import secrets
import unicodedata
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop import resources
from pan_desktop.domain.folding import folded
from pan_desktop.domain.keys import normalised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = 6
"""So many words a proposed passphrase has: 64 bits, of 1,682 words each."""
_LONGEST = 72
"""More letters change the estimate no more, and cost a time that grows with their square."""
_GUESSES_A_SECOND = 100_000

# What is tried first of all here, before any dictionary: the committee's own words.
_FIRST = """motdepasse azerty bonjour soleil secret administrateur secretariat comite reunion releve
gouvernement ouvert engagement transparence maroc rabat casablanca fes tanger marrakech agadir
royaume ministere commission plan action national pan portail desktop"""
# The same finger on the keyboard that zxcvbn knows.
_AZERTY = str.maketrans("azqwmAZQWM&é\"'(-è_çà", "qwaz;QWAZ:1234567890")


class Level(IntEnum):
    """How good a passphrase is."""

    REFUSED = 0
    """Guessed before anyone notices: not taken."""
    WEAK = 1
    """Taken when someone insists."""
    GOOD = 2
    BEST = 3


class Strength(NamedTuple):
    """What is told of a passphrase while it is typed."""

    level: Level
    sentence: str


_DURATIONS = (
    (60, "moins d’une minute"),
    (3600, "quelques minutes"),
    (86_400, "quelques heures"),
    (31 * 86_400, "quelques jours"),
    (365 * 86_400, "quelques mois"),
    (100 * 365 * 86_400, "quelques années"),
)
_LEVELS = (
    (3600, Level.REFUSED, "Trop facile à deviner"),
    (31 * 86_400, Level.WEAK, "Faible"),
    (100 * 365 * 86_400, Level.GOOD, "Bonne"),
    (float("inf"), Level.BEST, "Très bonne"),
)
_SENTENCE = "{} : un attaquant équipé passerait {} à la trouver."


def strength(passphrase: str) -> Strength:
    """Return how hard a passphrase is to guess; a tenth of a second at first, then milliseconds."""
    words = normalised(passphrase)[:_LONGEST]
    if not words:
        return Strength(Level.REFUSED, "")
    estimate = _estimator()
    # Neither blanks nor accents make words harder to guess, though zxcvbn counts them as signs.
    bare = "".join(sign for sign in unicodedata.normalize("NFD", words) if sign.isalnum())
    guesses = min(map(estimate, (words, words.translate(_AZERTY), bare or words)))
    seconds = guesses / _GUESSES_A_SECOND
    duration = next((said for most, said in _DURATIONS if seconds < most), "des siècles")
    level, judged = next((level, said) for most, level, said in _LEVELS if seconds < most)
    return Strength(level, _SENTENCE.format(judged, duration))


def proposed() -> str:
    """Return a passphrase drawn by lot: six words that everyone knows, without accents."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS))


@cache
def _words() -> tuple[str, ...]:
    """Return words that are short, known and decent: those of BIP-39's French list."""
    text = resources.path("passphrases/mots.txt").read_text(encoding="utf-8")
    return tuple(text.split())


@cache
def _estimator() -> Callable[[str], float]:
    """Return zxcvbn's estimate of guesses, French words known to it."""
    from zxcvbn import zxcvbn
    from zxcvbn.matching import add_frequency_lists

    years = map(str, range(1940, 2040))
    known = dict.fromkeys([*_FIRST.split(), *years, *_words(), *_dictionary()])
    add_frequency_lists({"french": list(known)})
    return lambda words: float(zxcvbn(words)["guesses"])


def _dictionary() -> Iterator[str]:
    """Yield the words of the spelling's dictionary, with and without their accents."""
    with resources.path("dictionaries/fr.dic").open(encoding="utf-8") as lines:
        for line in lines:
            word = line.partition("/")[0].strip().lower()
            if len(word) > 2:
                yield word
                yield folded(word)
