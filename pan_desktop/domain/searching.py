"""What is sought, and what a search finds: words as they were typed, filters, places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.folding import words_of

if TYPE_CHECKING:
    from datetime import date

MOST_WORDS = 32
"""Of what is typed only so many words are sought."""
SHORTEST_BEGINNING = 2
"""A word of fewer letters is not taken for the beginning of others."""

_QUOTED = re.compile(r"[\"«“„]([^\"»”“]*)([\"»”“]|$)")
# "l’État" seeks État: with its article it would miss "d’État" and "État".
_ELIDED = re.compile(r"(?<!\w)(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’ʼ](?=\w)", re.IGNORECASE)


class Source(StrEnum):
    """The tables whose rows are found."""

    PERSON = "person"
    COMMITMENT = "commitment"
    ACTIVITY = "activity"
    MEETING = "meeting"
    AGENDA_ITEM = "agenda_item"
    CONCLUSION = "conclusion"
    PROGRESS_REPORT = "progress_report"
    ACTIVITY_REPORT = "activity_report"
    AMENDMENT = "amendment"
    STATEMENT = "statement"


NAMES = (Source.PERSON, Source.COMMITMENT, Source.ACTIVITY, Source.MEETING)
"""What has a name: found before the sentences, in this order."""


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What results are narrowed to; one that is left out narrows nothing."""

    plan_id: str | None = None
    commitment_id: str | None = None
    person_id: str | None = None
    """Herself, the points she answers for, what she came to and what she spoke for there."""
    decisions: bool = False
    open_actions: bool = False
    """Actions not done yet; together with ``decisions``, one or the other."""
    first: date | None = None
    last: date | None = None

    @property
    def narrow(self) -> bool:
        """Tell whether anything is left out."""
        return self != SearchFilters()


class Sought(NamedTuple):
    """What was typed, in folded words: every one of them must be there."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    """Words that must follow each other just so."""
    begun: str = ""
    """The last word, which may be the beginning of others: no space was typed after it."""
    phrase_begun: tuple[str, ...] = ()
    """A phrase whose quotation marks are not closed; its last word may be a beginning."""

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return any(self)


def sought(typed: str) -> Sought:
    """Return what ``typed`` looks for; nothing that can be typed is wrong.

    Words within quotation marks are a phrase. Only the first ``MOST_WORDS`` words count.
    """
    phrases: list[tuple[str, ...]] = []
    phrase_begun: tuple[str, ...] = ()
    room = MOST_WORDS
    for quoted, closing in _QUOTED.findall(typed):
        phrase = tuple(words_of(quoted))[:room]
        room -= len(phrase)
        if phrase and closing:
            phrases.append(phrase)
        elif phrase:
            phrase_begun = phrase
    bare = _ELIDED.sub(" ", _QUOTED.sub(" ", typed))
    words = words_of(bare)[:room]
    going_on = words and bare == bare.rstrip() and len(words[-1]) >= SHORTEST_BEGINNING
    begun = words.pop() if going_on else ""
    return Sought(tuple(dict.fromkeys(words)), tuple(phrases), begun, phrase_begun)


class Found(NamedTuple):
    """A row that was found, with what tells the reader where it lies."""

    source: Source
    id: str
    text: str
    """The text that is searched, as it was typed; of what has a name, what else is known."""
    name: str
    """What a thing is called: a person, a commitment; else the item or commitment it belongs to.

    Of an activity, its number.
    """
    day: date | None
    meeting_id: str | None
    body: str
    plan: str
    """The plan's label."""
    commitment_id: str | None
    number: int | None
    """The commitment's number."""
    kind: str
    """A point's kind, an amendment's kind, a person's civility."""
    open: bool
    """Whether it is an action not done yet."""
