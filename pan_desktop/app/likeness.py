"""Who is meant by a name as it is shown: in a video call, in a list, in an old relevé.

A name is accepted without asking only when it says the same words, or comes with the same
address, and nobody else comes near. All else is proposed with its likeness and why; a first name
alone is never enough, for several may bear it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from pan_desktop.domain.names import (
    Parted,
    handle_words,
    is_arabic,
    parted,
    same_words,
    skeleton,
    sound,
    tokens,
    without_article,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pan_desktop.domain.model import Person

PROPOSED = 60
"""From this likeness on (0 to 100) someone is proposed."""
MARGIN = 8
"""Who is accepted without asking is so much liker than the next."""
SAME, HEARD, ACCOUNT = 100, 97, 90
INITIAL, FIRST_INITIAL, FAMILY_ONLY, FIRST_ONLY = 84, 74, 66, 40
_CANDIDATES = 24
_SHOWN = 9
"""So many others are offered to choose from."""
_STRONG = 0.74


class MatchKind(StrEnum):
    """How sure it is who is meant."""

    CERTAIN = "certain"
    PROPOSED = "proposed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who may be meant: how alike, from 0 to 100, and why, in French."""

    person_id: str
    name: str
    likeness: int
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """Who is meant by a name; ``candidates`` are ranked, the first being the one proposed."""

    kind: MatchKind
    candidates: tuple[Candidate, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """Return who is accepted or proposed, None for nobody."""
        return self.candidates[0] if self.kind is not MatchKind.NONE else None


@dataclass(frozen=True, slots=True)
class Shown:
    """A name to be matched, with the address and the other names that came with it."""

    name: str
    email: str = ""
    names: tuple[str, ...] = ()


WHY_EMAIL = "même adresse"
WHY_EMAIL_OTHER = "même adresse, autre nom"
WHY_ALIAS = "nom déjà confirmé"
WHY_SAME = "même nom"
WHY_SAME_OTHER_EMAIL = "même nom, autre adresse"
WHY_HEARD = "même nom, écrit autrement"
WHY_ARABIC = "même nom dans l’autre écriture"
WHY_ACCOUNT = "le compte s’écrit comme le nom"
WHY_ADDRESS = "l’adresse s’écrit comme le nom"
WHY_DEVICE = "appareil nommé ainsi"
WHY_INITIAL = "nom de famille et initiale du prénom"
WHY_FIRST_INITIAL = "prénom et initiale du nom de famille"
WHY_FAMILY = "nom de famille seul"
WHY_FIRST = "prénom seul"
WHY_ALIKE = "nom ressemblant"


def propose(
    shown: Sequence[Shown], people: Sequence[Person], *, expected: Collection[str] = ()
) -> tuple[Match, ...]:
    """Return who is meant by each name, among ``people``, in the order of ``shown``.

    Among equals those whose identifiers are ``expected`` come first.
    People have their ``aliases`` with them. Two names with different addresses are never both
    taken for one person without asking.
    """
    known = _Known(people, frozenset(expected))
    found = [known.match(one) for one in shown]
    by_person: defaultdict[str, set[str]] = defaultdict(set)
    for one, match in zip(shown, found, strict=True):
        if match.kind is MatchKind.CERTAIN and match.best is not None:
            by_person[match.best.person_id].add(one.email.casefold())
    return tuple(_doubted(one, match, by_person) for one, match in zip(shown, found, strict=True))


def _doubted(one: Shown, match: Match, by_person: dict[str, set[str]]) -> Match:
    best = match.best
    if match.kind is not MatchKind.CERTAIN or best is None or best.why == WHY_EMAIL:
        return match
    several = len(by_person[best.person_id] - {""}) > 1
    return replace(match, kind=MatchKind.PROPOSED) if several else match


class _Known:
    """The people, ready to be compared with."""

    def __init__(self, people: Sequence[Person], expected: frozenset[str]) -> None:
        self._expected = expected
        self._people = {person.id: person for person in people}
        self._emails: defaultdict[str, list[str]] = defaultdict(list)
        self._words: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self._aliases: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self._forms: list[tuple[str, str]] = []
        self._heard: list[str] = []
        self._bones: list[str] = []
        self._by_token: defaultdict[str, set[int]] = defaultdict(set)
        for person in people:
            if person.email:
                self._emails[person.email.strip().casefold()].append(person.id)
            self._words[same_words(person.name)].add(person.id)
            for alias in person.aliases:
                self._aliases[same_words(alias)].add(person.id)
            for name in (person.name, *person.aliases):
                self._add_form(person.id, name)

    def _add_form(self, person_id: str, name: str) -> None:
        words = tokens(name)
        for word in words:
            self._by_token[skeleton(word)].add(len(self._forms))
            self._by_token[sound(word)[:1]].add(len(self._forms))
        self._forms.append((person_id, name))
        self._heard.append(" ".join(sorted(map(sound, words))))
        self._bones.append(" ".join(sorted(map(skeleton, words))))

    def match(self, one: Shown) -> Match:
        """Return who is meant by one name."""
        ranked = self._ranked(one)
        if not ranked or ranked[0].likeness < PROPOSED:
            return Match(MatchKind.NONE, tuple(ranked[:_SHOWN]))
        best = ranked[0]
        sure = best.why in {WHY_EMAIL, WHY_ALIAS, WHY_SAME} and best.likeness == SAME
        nearest = ranked[1].likeness if len(ranked) > 1 else 0
        alone = best.why == WHY_EMAIL or best.likeness - nearest >= MARGIN
        kind = MatchKind.CERTAIN if sure and alone else MatchKind.PROPOSED
        return Match(kind, tuple(ranked[:_SHOWN]))

    def _ranked(self, one: Shown) -> list[Candidate]:
        found: dict[str, Candidate] = {}
        names = tuple(dict.fromkeys((one.name, *one.names)))
        for name in names:
            for candidate in self._by_name(name):
                _keep(found, candidate)
        if one.email:
            self._by_email(one, found)
        return sorted(found.values(), key=lambda c: self._rank(one.name, c))

    def _rank(self, shown: str, candidate: Candidate) -> tuple[int, bool, bool, float, str]:
        """Order candidates: among equals the expected, then whose letters are the nearest."""
        from rapidfuzz.fuzz import token_sort_ratio  # not at start

        ours, theirs = tokens(shown), tokens(candidate.name)
        letters = token_sort_ratio(" ".join(ours), " ".join(theirs))
        heard = token_sort_ratio(" ".join(map(sound, ours)), " ".join(map(sound, theirs)))
        other = candidate.person_id not in self._expected
        by_name = candidate.why != WHY_EMAIL
        return -candidate.likeness, by_name, other, -letters - heard, candidate.name

    def _by_email(self, one: Shown, found: dict[str, Candidate]) -> None:
        """Take the address into account: the same decides, another makes doubtful."""
        email = one.email.strip().casefold()
        owners = self._emails.get(email, [])
        others = max((c.likeness for c in found.values() if c.person_id not in owners), default=0)
        for owner in owners:
            alike = found[owner].likeness if owner in found else 0
            contradicted = others >= HEARD or (alike < FIRST_ONLY and _is_full(one.name))
            why = WHY_EMAIL_OTHER if contradicted or len(owners) > 1 else WHY_EMAIL
            found[owner] = Candidate(owner, self._people[owner].name, SAME, why)
        if owners:
            return
        for candidate in tuple(found.values()):
            card = self._people[candidate.person_id].email
            # Another account in the same house is another person's; a private one is her own.
            rival = card.rpartition("@")[2].casefold() == email.rpartition("@")[2]
            if card and rival and candidate.why in {WHY_SAME, WHY_ALIAS}:
                found[candidate.person_id] = replace(candidate, why=WHY_SAME_OTHER_EMAIL)
        for candidate in self._by_name(f"{handle_words(email).replace(' ', '.')}."):
            if candidate.likeness >= PROPOSED:
                likeness = min(candidate.likeness, ACCOUNT - 4)
                _keep(found, replace(candidate, likeness=likeness, why=WHY_ADDRESS))

    def _by_name(self, name: str) -> Iterable[Candidate]:
        taken = written(name)
        for part in taken.parts:
            words = same_words(part)
            if not words:
                continue
            why = WHY_ACCOUNT if taken.handle else WHY_DEVICE if taken.device else WHY_SAME
            yield from self._exact(words, why)
            for number in self._near(part):
                person_id, form = self._forms[number]
                likeness, why = likeness_of(part, form, handle=taken.handle)
                yield Candidate(person_id, self._people[person_id].name, likeness, why)
            if taken.device and len(words) == 1:
                return

    def _exact(self, words: tuple[str, ...], why: str) -> Iterable[Candidate]:
        """Yield who is called exactly so, first name and family name."""
        for person_id in self._aliases.get(words, ()):
            name = self._people[person_id].name
            # "Zineb" was confirmed once; the next Zineb may be another.
            first = set(map(sound, words)) <= set(map(sound, parted(name).first))
            yield Candidate(person_id, name, ACCOUNT if first else SAME, WHY_ALIAS)
        if len(words) > 1:
            likeness = SAME if why == WHY_SAME else HEARD
            for person_id in self._words.get(words, ()):
                yield Candidate(person_id, self._people[person_id].name, likeness, why)

    def _near(self, part: str) -> set[int]:
        """Return the names worth comparing in full."""
        from rapidfuzz import process  # not at start
        from rapidfuzz.fuzz import token_sort_ratio

        if len(self._forms) <= _CANDIDATES:
            return set(range(len(self._forms)))
        words = tokens(part)
        found: set[int] = set()
        for query, choices in (
            (" ".join(sorted(map(sound, words))), self._heard),
            (" ".join(sorted(map(skeleton, words))), self._bones),
        ):
            near = process.extract(query, choices, scorer=token_sort_ratio, limit=_CANDIDATES)
            found.update(number for _, _, number in near)
        for word in words:
            if len(skeleton(word)) > 1:
                found |= self._by_token.get(skeleton(word), set())
        return found


def _keep(found: dict[str, Candidate], candidate: Candidate) -> None:
    known = found.get(candidate.person_id)
    if known is None or candidate.likeness > known.likeness:
        found[candidate.person_id] = candidate


def _is_full(name: str) -> bool:
    """Tell whether a name has a first and a family name, and names no device."""
    taken = written(name)
    return not taken.device and not taken.handle and any(len(tokens(p)) > 1 for p in taken.parts)


# Two names -------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def likeness_of(shown: str, name: str, *, handle: bool = False) -> tuple[int, str]:
    """Return how alike a shown name and a card's are, from 0 to 100, and why, in French.

    ``handle`` when the shown one was an account or an address.
    """
    words, person = tokens(shown), parted(name)
    if not words or not person.words:
        return 0, WHY_ALIKE
    best = max(_aligned(way, person) for way in _ways(words))
    best = max(best, _joined(words, person))
    likeness, why = best
    if handle and why in {WHY_SAME, WHY_HEARD, WHY_ALIKE} and likeness >= PROPOSED:
        return min(likeness, ACCOUNT), WHY_ACCOUNT
    return likeness, why


def _ways(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """Yield the words as they stand, then with two neighbours as one: "Nour Eddine"."""
    yield words
    for place in range(len(words) - 1):
        yield (*words[:place], words[place] + words[place + 1], *words[place + 2 :])


def _aligned(words: tuple[str, ...], person: Parted) -> tuple[int, str]:
    """Compare word by word, in the order that fits best."""
    found = (_aligned_to(words, way) for way in _person_ways(person))
    return max(found, key=lambda one: one[0])


def _person_ways(person: Parted) -> Iterable[Parted]:
    yield person
    for first in _ways(person.first):
        if first != person.first:
            yield Parted(first, person.family)
    for family in _ways(person.family):
        if family != person.family:
            yield Parted(person.first, family)


def _aligned_to(words: tuple[str, ...], person: Parted) -> tuple[int, str]:
    """Return the likeness of words to a person's, each word meeting at most one."""
    pairs = sorted(
        (
            (_alike(word, known), w, p)
            for w, word in enumerate(words[:8])
            for p, known in enumerate(person.words[:8])
        ),
        reverse=True,
    )
    met: dict[int, tuple[float, int]] = {}
    used: set[int] = set()
    for alike, w, p in pairs:
        if alike > 0 and w not in used and p not in met:
            met[p] = (alike, w)
            used.add(w)
    split = len(person.first)
    firsts = [met.get(p, (0.0, -1)) for p in range(split)]
    families = [met.get(p, (0.0, -1)) for p in range(split, len(person.words[:8]))]
    return _judged(words, firsts, families, used)


def _judged(
    words: tuple[str, ...],
    firsts: list[tuple[float, int]],
    families: list[tuple[float, int]],
    used: set[int],
) -> tuple[int, str]:
    """Return the likeness that the words met come to; both names must be met for a high one."""
    letters = {w for w, word in enumerate(words) if len(word) == 1}
    strange = [w for w in range(len(words)) if w not in used and w not in letters]
    first, family = _best(firsts), _best(families)
    if first < _STRONG or family < _STRONG:
        return _judged_partly(firsts, families, letters, len(strange))
    missing = sum(w < 0 for _, w in (*firsts, *families))
    mean = 0.4 * _mean(firsts) + 0.6 * _mean(families)
    likeness = round(SAME * mean) - 4 * len(strange) - 3 * missing
    if mean < 0.925 or strange or missing:
        return max(min(likeness, HEARD - 1), 0), WHY_ALIKE
    arabic = any(is_arabic(word) for word in words)
    return min(likeness, HEARD), WHY_ARABIC if arabic else WHY_HEARD


def _judged_partly(
    firsts: list[tuple[float, int]],
    families: list[tuple[float, int]],
    letters: set[int],
    strange: int,
) -> tuple[int, str]:
    """Return the likeness where the first or the family name is missing, short or another."""
    first, family = _best(firsts), _best(families)
    likeness, why = round(FIRST_ONLY * max(first, family)), WHY_ALIKE
    if family >= _STRONG:
        weak = any(w >= 0 and alike < _STRONG for alike, w in (*firsts, *families))
        highest, why = (54 if strange or weak else FAMILY_ONLY), WHY_FAMILY
        if {w for alike, w in firsts if alike > 0} & letters:
            highest, why = INITIAL, WHY_INITIAL
        likeness = round(highest * _mean(families)) - 4 * strange
    elif first >= _STRONG:
        why = WHY_FIRST
        if {w for alike, w in families if alike > 0} & letters:
            likeness = round(FIRST_INITIAL * _mean(firsts)) - 4 * strange
            why = WHY_FIRST_INITIAL
    return max(likeness, 0), why


def _best(met: list[tuple[float, int]]) -> float:
    return max((alike for alike, _ in met), default=0.0)


def _mean(met: list[tuple[float, int]]) -> float:
    """Return the mean likeness of the words that were met."""
    there = [alike for alike, w in met if w >= 0]
    return sum(there) / len(there) if there else 0.0


@lru_cache(maxsize=1 << 17)
def _alike(word: str, known: str) -> float:
    """Return how alike two words sound, from 0 to 1; a letter that begins a word counts half."""
    if word == known:
        return 1.0
    if len(word) == 1 or len(known) == 1:
        return 0.5 if word[0] == known[0] else 0.4 if sound(word)[:1] == sound(known)[:1] else 0.0
    ours, theirs = without_article(word), without_article(known)
    if is_arabic(word) != is_arabic(known):
        return _alike_across(ours, theirs)
    one, other = sound(ours), sound(theirs)
    if one == other or sound(word) == sound(known):
        return 0.985
    ratio = _ratio(one, other)
    bones = skeleton(ours)
    if bones == skeleton(theirs) and len(bones) > 2:
        # Karim is not Karima.
        return 0.9 if _ends_otherwise(one, other) else max(0.9, 0.85 + 0.12 * ratio)
    cut_short = len(word) > 2 and known.startswith(word) and len(known) > len(word) + 2
    likely = ratio * (0.97 if min(len(one), len(other)) > 2 else 0.6)
    return max(_STRONG, likely) if cut_short else likely  # "Hajar Benz."


def _alike_across(word: str, known: str) -> float:
    """Return how alike a word in Arabic script and one in Latin sound, from 0 to 1."""
    one, other = sound(word), sound(known)
    ratio = _ratio(one, other)
    # Arabic has one letter for k and for the g of names.
    bones, others = skeleton(word).replace("g", "k"), skeleton(known).replace("g", "k")
    if bones != others or not bones:
        return 0.6 * _ratio(bones, others) + 0.35 * ratio
    if _ends_otherwise(one, other):
        return 0.88
    return 0.9 + 0.08 * ratio if len(bones) > 2 else 0.72 + 0.25 * ratio


def _ends_otherwise(one: str, other: str) -> bool:
    """Tell whether one of two words as they sound is a woman's and the other a man's."""
    return (one + "a" == other) or (other + "a" == one)


def _ratio(one: str, other: str) -> float:
    from rapidfuzz.distance import DamerauLevenshtein, Indel  # not at start

    typed = DamerauLevenshtein.normalized_similarity(one, other)
    return float(max(typed, Indel.normalized_similarity(one, other)))


def _joined(words: tuple[str, ...], person: Parted) -> tuple[int, str]:
    """Compare the names without their spaces: accounts, words written as one."""
    first, family = "".join(person.first), "".join(person.family)
    if not first or not family:
        return 0, WHY_ALIKE
    said = "".join(words)
    whole = {first + family, family + first}
    if said in whole:
        return HEARD, WHY_HEARD
    if len(words) == 1:
        core = without_article(family)
        for short in (first[0] + family, family + first[0], first[0] + core):
            if len(short) > 3 and sound(said) == sound(short):
                return INITIAL, WHY_INITIAL
        if said in {first + family[0], family[0] + first} and len(first) > 2:
            return FIRST_INITIAL, WHY_FIRST_INITIAL
    heard = sound(said)
    ratio = max(_ratio(heard, sound(name)) for name in whole)
    if ratio >= 0.86 and not is_arabic(said) and all(len(word) > 1 for word in words):
        return round(94 * ratio), WHY_ALIKE
    return 0, WHY_ALIKE
