"""French word forms: one key for "engagement" and "engagements", "publier" and "publiée".

The key is made of the folded word alone, so that "publiee" finds "publiée". The Snowball stemmer
knows French by its accents: an ending that only its accent tells is put back first, and ends
that the stemmer leaves apart ("retenus", "publie") are brought together after.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.folding import (
    folded,
    folded_words,
    raw_matches,
    raw_words,
    within_word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        self._known: set[str] = set()
        self._shining: set[str] = set()

    def spans(self, text: str) -> Spans:
        """Return where the words lie in ``text``, in order."""
        words = raw_words(text)
        found: set[tuple[int, int]] = set()
        if self._stems:
            # Each word is judged once, however many texts it stands in: of a text only the few
            # that shine are looked for by their places.
            new = set(words) - self._known
            self._known |= new
            self._shining |= {w for w in new if any(map(self._matches, folded_words(w)))}
            for word in self._shining.intersection(words):
                found.update(_places(text, word))
        if self._phrases:
            found |= self._phrase_spans(text, words)
        return tuple(sorted(found))

    def _matches(self, word: str) -> bool:
        if word in self._stems or stem(word) in self._stems:
            return True
        return bool(self._begun) and word.startswith(self._begun)

    def _phrase_spans(self, text: str, raw: list[str]) -> set[tuple[int, int]]:
        words = [(word, place) for place, r in enumerate(raw) for word in folded_words(r)]
        bare = [word for word, _ in words]
        shining = {
            words[start + n][1]
            for phrase in self._phrases
            for start in phrase.starts(bare)
            for n in range(len(phrase.words))
        }
        if not shining:
            return set()
        return {match.span() for n, match in enumerate(raw_matches(text)) if n in shining}


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands in a text, whole."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before and within_word(before)) and not (after and within_word(after)):
            yield start, end
        start = text.find(word, end)


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    begun: bool

    def starts(self, words: list[str]) -> Iterator[int]:
        """Yield where in ``words`` the phrase begins."""
        first, length = self.words[0], len(self.words)
        alone = self.begun and length == 1
        for start, word in enumerate(words):
            if (word.startswith(first) if alone else word == first) and self._fits(
                words[start : start + length]
            ):
                yield start

    def _fits(self, words: list[str]) -> bool:
        if len(words) == len(self.words) and self.begun:
            return tuple(words[:-1]) == self.words[:-1] and words[-1].startswith(self.words[-1])
        return tuple(words) == self.words


@cache
def _stemmed() -> Callable[[str], str]:
    # Loaded at the first search or indexing, not with the store. Not by snowballstemmer.stemmer():
    # where PyStemmer happens to be installed that gives another version of the rules.
    from snowballstemmer.french_stemmer import FrenchStemmer

    found: Callable[[str], str] = FrenchStemmer().stemWord
    return found
