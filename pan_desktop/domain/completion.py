"""Offers the rest of a sentence, learnt from what the office wrote before.

Nothing leaves the machine and nothing is made up: an offer is always the end of a sentence that
was written, or a run of words that has followed the same words several times.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from typing import NamedTuple

from pan_desktop.domain.folding import folded

LEAST_TYPED = 3
"""So many letters of a sentence must be typed before its rest is offered."""
LEAST_OFFERED = 4
"""What is shorter than this is typed faster than taken."""
_BEFORE = 3
"""How many words are looked back at, to offer those that follow."""
_TOLD_TWICE = 2
_RUN = 8
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"\S+")


class Offer(NamedTuple):
    """Words that may follow, put in the place of the last ``over`` characters typed."""

    words: str = ""
    over: int = 0


class Completer:
    """What an office has written, ready to be offered again."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._sentences: list[tuple[str, str]] = []
        self._counts: Counter[str] = Counter()
        self._next: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        self._short: dict[str, str] = {}

    def learn(self, text: str) -> None:
        """Learn the sentences of a text; those learnt often are offered first."""
        for sentence in _SENTENCE.split(text):
            words = sentence.strip()
            if len(words) < LEAST_TYPED + LEAST_OFFERED:
                continue
            key = folded(words)
            self._counts[key] += 1
            if self._counts[key] == 1:
                insort(self._sentences, (key, words))
            parts = _WORD.findall(words)
            plain = [folded(part) for part in parts]
            for end in range(_BEFORE, len(parts)):
                self._next[tuple(plain[end - _BEFORE : end])][parts[end]] += 1

    def name(self, short_name: str, text: str) -> None:
        """Offer a sentence of the office also for its short name."""
        self._short[folded(short_name)] = text
        for _ in range(_TOLD_TWICE):
            self.learn(text)

    def offer(self, before: str) -> Offer:
        """Return what may follow ``before``, the paragraph so far; no words when nothing may."""
        typed = _SENTENCE.split(before)[-1].lstrip()
        if short := self._short.get(folded(typed)):
            return Offer(short, len(typed))
        if len(typed) < LEAST_TYPED:
            return Offer()
        rest = self._rest_of_sentence(typed) or self._next_words(typed)
        return Offer(rest) if len(rest.strip()) >= LEAST_OFFERED else Offer()

    def _rest_of_sentence(self, typed: str) -> str:
        """Return the rest of the likeliest sentence that begins as typed."""
        key = _key(typed)
        start = bisect_left(self._sentences, (key, ""))
        found: list[tuple[int, int, str]] = []
        for number in range(start, min(start + 200, len(self._sentences))):
            known, words = self._sentences[number]
            if not known.startswith(key):
                break
            found.append((self._counts[known], -len(words), words))
        if not found:
            return ""
        best = max(found)
        whole = sum(count for count, _, _ in found)
        if best[0] * 2 > whole or len(found) == 1:
            return _after(best[2], key)
        return _common([_after(words, key) for _, _, words in found])

    def _next_words(self, typed: str) -> str:
        """Return the words that have several times followed the last ones typed."""
        if not typed.endswith(" "):
            return ""
        last = [folded(word) for word in _WORD.findall(typed)][-_BEFORE:]
        run: list[str] = []
        while len(last) == _BEFORE and len(run) < _RUN:
            following = self._next.get(tuple(last))
            if not following:
                break
            word, count = following.most_common(1)[0]
            if count < _TOLD_TWICE or count * 3 < 2 * following.total():
                break
            run.append(word)
            last = [*last[1:], folded(word)]
        return " ".join(run)


def _key(typed: str) -> str:
    """Return typed words as sentences are sorted; a last space stays, it ends a word."""
    return folded(typed) + (" " if typed[-1:].isspace() else "")


def _after(words: str, key: str) -> str:
    """Return what stands in a sentence after the part that folds to ``key``."""
    low, high = 0, len(words)
    while low < high:  # folding shortens and lengthens: the place is looked for
        middle = (low + high) // 2
        if len(_key(words[:middle])) < len(key):
            low = middle + 1
        else:
            high = middle
    return words[low:]


def _common(rests: list[str]) -> str:
    """Return the beginning that all rests share, in whole words."""
    first, last = min(rests), max(rests)
    length = next((i for i, c in enumerate(first) if i >= len(last) or last[i] != c), len(first))
    if length == len(first):
        return first
    return first[: first.rfind(" ", 0, length + 1) + 1].rstrip()
