"""French spelling, offline: which words of a text nobody knows, and what was probably meant.

The dictionary is Grammalecte's, read by hunspell. Words are remembered once looked up, so that a
paragraph typed in costs a look into a table.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pan_desktop import resources

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W\d_]+)*")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)['’]", re.IGNORECASE)
_APART = re.compile(r"\S*(?:@|://|www\.)\S*|\S+\.(?:docx?|xlsx?|pdf|json|csv|ma|org|com|fr)\b")
_LATIN_END = "\u024f"
_ACCENTED = {"E": "ÉÈÊ", "A": "ÀÂ", "I": "ÎÏ", "O": "ÔŒ", "U": "ÙÛ", "C": "Ç"}
SUGGESTIONS = 6


class Speller:
    """Knows the words of the dictionary, of the office and of the people it works with."""

    def __init__(self) -> None:
        """Know nothing yet: nothing is wrong before ``load``."""
        self._dictionary: Any = None
        self._own: set[str] = set()
        self._names: set[str] = set()
        self._known: dict[str, bool] = {}
        self.misspelled = lru_cache(maxsize=4096)(self._misspelled)
        """Return where a text has unknown words: (start, length), counted in characters."""

    @property
    def ready(self) -> bool:
        """Tell whether the dictionary is loaded."""
        return self._dictionary is not None

    def load(self) -> None:
        """Load the dictionary, once; it takes a fifth of a second."""
        if self._dictionary is None:
            from hunspell import Hunspell  # type: ignore[import-untyped]

            folder = resources.path("dictionaries/fr.dic").parent
            self._dictionary = Hunspell("fr", hunspell_data_dir=str(folder))
            self._forget()

    def accept(self, words: Iterable[str]) -> None:
        """Take words as right from now on: the office's own."""
        self._own |= {_plain(word) for word in words}
        self._forget()

    def take_names(self, names: Iterable[str]) -> None:
        """Take the words of these names as right."""
        found = {_plain(word) for name in names for word in _WORD.findall(name)}
        if found != self._names:
            self._names = found
            self._forget()

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return what was probably meant, the likeliest first. Slow: a tenth of a second."""
        if self._dictionary is None:
            return ()
        elided = _ELIDED.match(word)
        start = elided[0] if elided else ""
        found = self._dictionary.suggest(word[len(start) :].replace("’", "'"))
        return tuple(f"{start}{meant}" for meant in found[:SUGGESTIONS])

    def _forget(self) -> None:
        self._known.clear()
        self.misspelled.cache_clear()

    def _misspelled(self, text: str) -> tuple[tuple[int, int], ...]:
        if self._dictionary is None:
            return ()
        apart = [match.span() for match in _APART.finditer(text)]
        return tuple(
            (match.start(), len(match[0]))
            for match in _WORD.finditer(text)
            if not self._right(match[0])
            and not any(a <= match.start() < b for a, b in apart)
            and not text[match.start() - 1 : match.start()].isdigit()
        )

    def _right(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._looked_up(word)
        return known

    def _looked_up(self, word: str) -> bool:
        if len(word) == 1 or word.isupper() or (max(word) > _LATIN_END and "’" not in word):
            return True
        plain = _plain(word)
        if plain in self._own or plain in self._names or self._spells(plain):
            return True
        bare = _ELIDED.sub("", plain)
        if bare != plain and (bare in self._own or bare in self._names or self._right(bare)):
            return True
        parts = re.split(r"['\-]", bare)
        if len(parts) > 1 and all(not part or self._right(part) for part in parts):
            return True
        # "Etat": the missing accent of a capital is told by the checks (T3), with its repair.
        return any(self._spells(accent + plain[1:]) for accent in _ACCENTED.get(plain[0], ""))

    def _spells(self, word: str) -> bool:
        return bool(self._dictionary.spell(word))


def _plain(word: str) -> str:
    return word.replace("’", "'").replace("‑", "-")
