"""Who is to do something and by when, found in the words of a decision or an action.

What is found is proposed, never kept unseen: the words of the text stay as they are.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.calendar import MONTHS, WEEKDAYS
from pan_desktop.domain.dates_in_text import Precision, dates_in
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Deadline, FollowUp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Known(NamedTuple):
    """Someone who may be named: a person with an identifier, an institution with none."""

    name: str
    id: str | None = None


_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True)).replace("é", "[ée]").replace("û", "[ûu]")
_NO_YEAR = r"(?!\s*(?:19|20)\d\d)(?![\w/])"


def _words(pattern: str) -> re.Pattern[str]:
    """Return a pattern for whole words in any case."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_WITHOUT_YEAR = (
    _words(rf"(?:début|debut|mi|milieu|fin)[\s-]+(?:de\s+|d['’])?(?:{_MONTH}){_NO_YEAR}"),
    _words(rf"\d{{1,2}}(?:er)?\s+(?:{_MONTH}){_NO_YEAR}"),
    _words(rf"\d{{1,2}}/\d{{1,2}}{_NO_YEAR}"),
    _words(rf"(?:1er|premier|2e|3e|4e|dernier)\s+(?:trimestre|semestre){_NO_YEAR}"),
    re.compile(rf"(?<=\ben\s)(?:{_MONTH}){_NO_YEAR}", re.IGNORECASE),
)
_WEEKDAY = _words(rf"({'|'.join(WEEKDAYS)})(?:\s+prochain)?(?!\s+\d)")
_END_OF_MONTH = _words(r"(?:la\s+)?fin\s+du\s+mois(?!\s+(?:de|d['’]))")
_SPANS = (
    (_words(r"sous\s+huitaine"), 7),
    (_words(r"(?:sous|dans\s+(?:la|une))\s+quinzaine"), 15),
)
_IN_DAYS = _words(r"(?:sous|dans)\s+(\d{1,3})\s+(jours?|semaines?|mois)")
_OFFICES = _words(
    r"(?:le|du|au)\s+secr[ée]tariat|(?:les|des|aux)\s+points\s+focaux(?:\s+concern[ée]s)?"
    r"|(?:le|du|au)\s+point\s+focal(?:\s+concern[ée])?|(?:le|du|au)\s+comit[ée]"
    r"|(?:les|des|aux)\s+(?:administrations\s+concern[ée]es|d[ée]partements\s+concern[ée]s)"
)
_ARTICLES = {"du": "le", "au": "le", "des": "les", "aux": "les"}


def recognised(text: str, day: date, known: Iterable[Known]) -> FollowUp:
    """Return who and when ``text`` names, as said on ``day``; what it does not name is empty."""
    owner, owner_id = _owner(text, list(known))
    return FollowUp(owner, owner_id, _deadline(text, day))


def _deadline(text: str, day: date) -> Deadline | None:
    """Return the first deadline that the text names."""
    for dated in dates_in(text):
        if dated.first is not None and dated.last is not None:
            return Deadline(dated.first, dated.last, dated.precision, dated.text)
    return _without_year(text, day) or _relative(text, day)


def _without_year(text: str, day: date) -> Deadline | None:
    """Return a date that names no year: the first such one that is not over."""
    matches = [m for pattern in _WITHOUT_YEAR for m in pattern.finditer(text)]
    for match in sorted(matches, key=lambda m: m.start()):
        for year in (day.year, day.year + 1):
            apart = "/" if "/" in match[0] else " "
            for dated in dates_in(f"{match[0]}{apart}{year}"):
                if dated.first and dated.last and dated.last >= day:
                    return Deadline(dated.first, dated.last, dated.precision, match[0])
    return None


def _relative(text: str, day: date) -> Deadline | None:
    """Return a date counted from the day of the meeting."""
    if match := _END_OF_MONTH.search(text):
        last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return Deadline(max(day, last.replace(day=21)), last, Precision.PART_OF_MONTH, match[0])
    if match := _WEEKDAY.search(text):
        ahead = (WEEKDAYS.index(match[1].lower()) - day.weekday() - 1) % 7 + 1
        return _on(day + timedelta(days=ahead), match[0])
    for pattern, days in _SPANS:
        if match := pattern.search(text):
            return _on(day + timedelta(days=days), match[0])
    if match := _IN_DAYS.search(text):
        unit = match[2].lower()
        days = 1 if unit.startswith("jour") else 7 if unit.startswith("sem") else 30
        return _on(day + timedelta(days=int(match[1]) * days), match[0])
    return None


def _on(day: date, said: str) -> Deadline:
    return Deadline(day, day, Precision.DAY, said)


def _owner(text: str, known: Sequence[Known]) -> tuple[str, str | None]:
    """Return who is named first: a person, an institution, or an office of the committee."""
    words = f" {folded(text)} "
    found: list[tuple[int, str, str | None]] = []
    for each in known:
        whole = folded(each.name)
        family = whole.split(" ", maxsplit=1)[-1] if each.id else whole
        place = max(_place(words, whole), _place(words, family) if len(family) > 2 else -1)
        if place >= 0:
            found.append((place, each.name, each.id))
    if match := _OFFICES.search(text):
        article, _, rest = match[0].partition(" ")
        said = f"{_ARTICLES.get(article.lower(), article.lower())} {rest}"
        found.append((len(folded(text[: match.start()])), said, None))
    if not found:
        return "", None
    first = min(place for place, _, _ in found)
    named = [(name, who) for place, name, who in found if place == first]
    # Two people of one family name: which of them is not ours to say.
    return named[0] if len(named) == 1 else ("", None)


def _place(words: str, name: str) -> int:
    """Return where a folded name stands as whole words, -1 where it does not."""
    found = re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", words) if name.strip() else None
    return found.start() if found else -1
