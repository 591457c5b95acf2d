"""Words as a search sees them: accents, case and ligatures put aside."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Written otherwise but read alike: ligatures, apostrophes, and the Arabic letters that are typed
# one for the other (alef wasla, alef maqsura, ta marbuta); hamzas go with the other marks.
_ALIKE = str.maketrans(
    {"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "ٱ": "ا", "ى": "ي", "ة": "ه", "\u0640": None}
)
# What may stand inside a word besides letters and digits: combining marks (Latin, Arabic) and
# characters that are not seen (soft hyphen, joiners, directions).
_WITHIN = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_RAW = re.compile(rf"[\w{_WITHIN}]+")
_PLAIN = re.compile(r"[^\W_]+")

LONGEST = 64
"""Of a longer word only so many letters count."""


def folded(text: str) -> str:
    """Return ``text`` without accents, in one case, with single spaces.

    "Élise  CŒUR" gives "elise coeur".
    """
    return " ".join(_bare(text).split())


@lru_cache(maxsize=1 << 16)
def folded_words(raw: str) -> tuple[str, ...]:
    """Return the words, folded, that ``raw`` is for a search; nearly always one.

    "Relevé" gives "releve"; "½" gives "1" and "2"; a lone dash gives none.
    """
    return tuple(word[:LONGEST] for word in _PLAIN.findall(_bare(raw)))


def raw_words(text: str) -> list[str]:
    """Return the words of ``text`` as they stand, apostrophes and hyphens being between words."""
    found: list[str] = _RAW.findall(text)
    return found


def raw_matches(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of ``text`` as they stand, with their places."""
    return _RAW.finditer(text)


def within_word(character: str) -> bool:
    """Tell whether a character belongs to the word it stands beside."""
    return _RAW.match(character) is not None


def words_of(text: str) -> list[str]:
    """Return the words of ``text``, folded, in order."""
    found: list[str] = []
    for raw in _RAW.findall(text):
        found += folded_words(raw)
    return found


class _Plain(dict[int, int | None]):
    """What each character is folded to: itself, another letter, or nothing (None)."""

    def __missing__(self, code: int) -> int | None:
        kept = not unicodedata.combining(chr(code)) and unicodedata.category(chr(code)) != "Cf"
        self[code] = code if kept else None
        return self[code]


_PLAIN_LETTERS = _Plain()


def _bare(text: str) -> str:
    if text.isascii():
        return text.casefold()
    # Twice apart: taking the case away makes some letters that come apart again.
    once = unicodedata.normalize("NFKD", text).casefold()
    apart = unicodedata.normalize("NFKD", once).translate(_ALIKE)
    return apart.translate(_PLAIN_LETTERS)
