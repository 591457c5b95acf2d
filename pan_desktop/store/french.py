"""French word forms: one key for "engagement" and "engagements", "publier" and "publiée".

The key is made of the folded word alone, so that "publiee" finds "publiée". The Snowball stemmer
knows French by its accents: an ending that only its accent tells is put back first, and ends
that the stemmer leaves apart ("retenus", "publie") are brought together after.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.folding import folded, folded_words, raw_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.domain.searching import Sought

Spans = tuple[tuple[int, int], ...]
"""Where words lie in a text: from, up to."""

RULES = 1
"""Raised with every change of ``stem`` or of the folding: what is indexed is then made anew."""

_PARTICIPLE = re.compile(r"ee(s?)$")
_IRREGULAR = {"travaux": "travail"}
_LATIN = re.compile(r"[a-z]+")
_SHORTEST = 4
"""An end is taken off only where more letters than these are left of a word."""


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return what the forms of a folded French word have in common; other words as they are."""
    if not _LATIN.fullmatch(word):
        return word
    found = folded(_stemmed()(_PARTICIPLE.sub(r"ée\1", _IRREGULAR.get(word, word))))
    # "retenus" and "retenu", "publie" (publié) and "publier".
    for ends in ("s", "ei"):
        if len(found) > _SHORTEST and found[-1] in ends:
            found = found[:-1]
    return found


def lit(text: str, sought: Sought) -> Spans:
    """Return where in ``text`` the words lie that were found."""
    return Light(sought).spans(text)


class Light:
    """Finds in texts, as they were typed, the words that a search found them by."""

    def __init__(self, sought: Sought) -> None:
        """Light what is ``sought``."""
        last = (sought.begun,) if sought.begun else ()
        self._stems = {stem(word) for word in (*sought.words, *last)}
        self._begun = sought.begun
        self._phrases = [_Phrase(p, begun=False) for p in sought.phrases]
        if sought.phrase_begun:
            self._phrases.append(_Phrase(sought.phrase_begun, begun=True))
        self._known: dict[str, bool] = {}

    def spans(self, text: str) -> Spans:
        """Return where the words lie in ``text``, in order."""
        known, found = self._known, []
        raw = list(raw_words(text))
        for match in raw:
            word = match[0]
            shines = known.get(word)
            if shines is None:
                shines = known[word] = any(map(self._matches, folded_words(word)))
            if shines:
                found.append(match.span())
        if self._phrases:
            found = sorted({*found, *self._phrase_spans(raw)})
        return tuple(found)

    def _matches(self, word: str) -> bool:
        begun, own = self._begun, stem(word)
        if word in self._stems or own in self._stems:
            return True
        return bool(begun) and (word.startswith(begun) or own.startswith(begun))

    def _phrase_spans(self, raw: list[re.Match[str]]) -> set[tuple[int, int]]:
        words = [(word, match.span()) for match in raw for word in folded_words(match[0])]
        found: set[tuple[int, int]] = set()
        for phrase in self._phrases:
            length = len(phrase.words)
            for start in range(len(words) - length + 1):
                run = words[start : start + length]
                if phrase.fits([word for word, _ in run]):
                    found.update(span for _, span in run)
        return found


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    begun: bool

    def fits(self, words: list[str]) -> bool:
        """Tell whether the words are the phrase's."""
        if self.begun:
            *whole, last = self.words
            return words[:-1] == whole and words[-1].startswith(last)
        return tuple(words) == self.words


@cache
def _stemmed() -> Callable[[str], str]:
    # Loaded at the first search or indexing, not with the store. Not by snowballstemmer.stemmer():
    # where PyStemmer happens to be installed that gives another version of the rules.
    from snowballstemmer.french_stemmer import FrenchStemmer

    found: Callable[[str], str] = FrenchStemmer().stemWord
    return found
