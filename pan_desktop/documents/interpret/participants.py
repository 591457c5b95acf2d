"""Reads who came out of a line: "Mme. Hajar HADI, suppléante point focal engagement 10".

What is not understood of a line is given back as words, so that nothing is lost in silence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pan_desktop.documents.minutes import Attendee, Called
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Civility, Presence, Role
from pan_desktop.domain.numbers import HIGHEST


class ReadAttendee(NamedTuple):
    """A person as read, the words that were not understood, and what is unsure."""

    attendee: Attendee
    unread: str = ""
    doubts: tuple[str, ...] = ()


NO_CIVILITY = "sa civilité n’est pas écrite, « M. » à défaut"
NO_QUALITY = "sa qualité n’est pas écrite"

_MEN = ("m", "mr", "monsieur", "mm", "messieurs", "si", "السيد")
_WOMEN = ("mme", "mmes", "madame", "mlle", "mesdames", "mademoiselle", "melle", "السيدة", "الانسة")
_CIVILITIES = {
    **dict.fromkeys(map(folded, _MEN), Civility.MONSIEUR),
    **dict.fromkeys(map(folded, _WOMEN), Civility.MADAME),
}
_CIVILITY = re.compile(
    r"^\s*(?P<word>MM|M|Mr|Mrs?|Monsieur|Messieurs|Mmes?|Madame|Mesdames|Mlle|Melle|Mademoiselle"
    r"|السيدة|السيد|الآنسة)(?:\.|(?=[\s\u00a0]))\s*\.?\s*",
    re.IGNORECASE,
)
_LAST_CIVILITY = re.compile(
    r"[\s(,]+(?P<word>M|Mr|Mme|Mlle|Monsieur|Madame)\.?\)?\s*$", re.IGNORECASE
)
_DEGREE = re.compile(
    r"^(?:l[ea]\s+)?(?P<said>(?:Dr|Pr|Docteur|Professeur|Me|Ing)\.?"
    r"|(?:directeur|directrice|pr[ée]sidente?|secr[ée]taire(?:\s+g[ée]n[ée]rale?)?|ministre|wali"
    r"|gouverneur|conseiller|conseill[èe]re|cheffe?(?:\s+de\s+(?:division|service))?))\s+"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:et\s+)?(?:la\s+|le\s+)?(?=(?:Mme|Madame|M\.|Monsieur)\b)", re.IGNORECASE
)
_APART = re.compile(r"\s*(?:[,;:(\t،]|\s[-–—|/]\s|(?<=[a-zà-ÿ])\s*[–—]\s*)\s*")
_QUALITY_BEGINS = re.compile(
    r"\s+(?=(?:point\s+focal|points\s+focaux|suppl[ée]ante?|repr[ée]sentante?\b|invit[ée]e?\b"
    r"|PF\b|engagements?\s|\(?\s*(?:engagement|eng)\b|absente?\b|excus[ée]e?\b))",
    re.IGNORECASE,
)
_NUMBER = r"(?:n[°o]s?\s*)?\d{1,4}"
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d(?!\d)")
"""A plan's label: "engagements du PAN 2018-2020" speaks of no commitment 2018."""
_NUMBERS = re.compile(
    rf"{_NUMBER}(?:\s*(?:,\s*et\b|,|،|;|&|/|\+|\bet\b|\bو\b|\bà\b|\bau\b|[-–—])\s*(?:l['’]|les?\s+)?"
    rf"(?:engagements?\s+|eng\.?\s+)?{_NUMBER})*",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?P<first>[^:]{2,90}?(?=\s*:)|[^,;:]{2,90}?)\s*(?:[:,;]|\s[-–—])\s*(?P<rest>.+)$"
)
_CHAIN = re.compile(r"(?:n[°o]\s*)?\d{1,4}(?:\s*[-–—]\s*(?:n[°o]\s*)?\d{1,4}){2,}", re.IGNORECASE)
"""Numbers kept apart by dashes: "1 - 4 - 9" is no range."""
_RANGE = re.compile(r"(\d{1,4})\s*(?:\bà\b|\bau\b|[-–—])\s*(?:n[°o]\s*)?(\d{1,4})", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:foca(?:l|le|ux)|suppl[ée]ante?s?|suppl|engagements?|eng|PF|PFS|titulaire|adjointe?"
    r"|repr[ée]sentante?|remplacement|الالتزام\w*|نقطة|نائبة?)\b",
    re.IGNORECASE,
)
_BY_LETTER = re.compile(r"\bE$")
"""What stands before the number in "E5"."""
_ALTERNATE = re.compile(
    r"\b(?:suppl[ée]ante?s?|suppl|PFS|adjointe?|rempla[cç]ante?|alternate|remplacement|نائبة?"
    r"|repr[ée]sentante?\s+(?:de\s+)?(?:M|Mr|Mme|Monsieur|Madame|Mlle)\b\.?)",
    re.IGNORECASE,
)
_BY = re.compile(r"\brepr[ée]sent[ée]e?s?\s+par\s*:?\s*(?P<who>.+)$", re.IGNORECASE)
_FIXED = re.compile(
    r"\b(?:points?\s+foca(?:l|le|ux)|suppl[ée]ante?s?|suppl|titulaires?|PFS?|engagements?|eng"
    r"|n[°o]s?|du|de\s+la|des|de|le|la|les|et|au|pour|en|tant|que|qualité"
    r"|adjointe?s?|invit[ée]e?s?|présente?s?|excus[ée]e?s?|absente?s?"
    r"|E|نقطة الاتصال|الالتزام\w*|نائبة?|رقم|و)(?!\w)|n°"
    r"|\b(?:de\s+)?l['’]",
    re.IGNORECASE,
)
_ONLY_MARKS = re.compile(r"[\s,;:.()\[\]|/&+–—-]*")
_PRESENCES = (
    (re.compile(r"\babsente?\s+excus[ée]e?\b|\bexcus[ée]e?\b", re.IGNORECASE), Presence.EXCUSED),
    (re.compile(r"\babsente?\b", re.IGNORECASE), Presence.ABSENT),
)
_FEMININE = re.compile(
    r"\b(?:suppl[ée]ante|invit[ée]e|repr[ée]sentante|excus[ée]e|absente|pr[ée]sente"
    r"|directrice|pr[ée]sidente|repr[ée]sent[ée]e|chargée|conseillère|adjointe)\b",
    re.IGNORECASE,
)
_MASCULINE = re.compile(
    r"\b(?:suppl[ée]ant|invit[ée]|repr[ée]sentant|excus[ée]|absent|pr[ée]sent|directeur|pr[ée]sident"
    r"|repr[ée]sent[ée]|chargé|conseiller|adjoint)\b",
    re.IGNORECASE,
)
_BODY_WORDS = re.compile(
    r"\b(?:minist[èe]re|direction|agence|instance|haut|haute|archives|conseil|office|d[ée]partement"
    r"|secr[ée]tariat|chambre|universit[ée]|association|institut|d[ée]l[ée]gation|autorit[ée]"
    r"|commune|r[ée]gion|soci[ée]t[ée]|caisse|inspection|cour|observatoire|fondation|wilaya"
    r"|province|parlement|pr[ée]sidence|primature)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"^[A-ZÉÈÀ-]{2,12}$")
_FIRST_NAME = re.compile(r"([A-ZÀ-Ý][a-zà-ÿ][\w'’-]*(?:\s[A-ZÀ-Ý][\w'’-]+)?)\s*(?:,\s*|$)")
_HAS_LETTER = re.compile(r"[^\W\d_]")


def attendee_of(
    text: str,
    *,
    presence: Presence = Presence.PRESENT,
    guest: bool = False,
    alternate: bool = False,
) -> ReadAttendee | None:
    """Return who a line names, None when it names nobody.

    ``presence``, ``guest`` and ``alternate`` are what the label over the line says.
    """
    words = _turned(" ".join(text.split()).strip(" ;,."))
    civility, rest = _civility(words)
    degree = _DEGREE.match(rest)
    name, quality = _parted(rest[degree.end() :] if degree is not None else rest)
    if degree is not None:
        quality = f"{quality}, {degree['said']}"
    if civility is None:
        civility, name = _last_civility(name)
    name, quality = _whole_name(name, quality)
    if not _is_name(name):
        return None
    by, quality = _by(quality)
    presence = Presence.REPRESENTED if by is not None else _presence(quality, presence)
    spoken, left = _spoken(quality, alternate=alternate)
    institution, unread = _institution(left)
    doubts: list[str] = []
    if civility is None:
        civility = _gender(quality)
        doubts += [NO_CIVILITY] if civility is None else []
    if not spoken and not guest and not _says_guest(quality):
        doubts.append(NO_QUALITY)
    attendee = Attendee(Called(civility, name), spoken, presence, by, institution)
    return ReadAttendee(attendee, unread, tuple(doubts))


def _turned(words: str) -> str:
    """Return "Agence X : M. Y, point focal" as "M. Y, point focal, Agence X"."""
    match = _LED.match(words)
    if match is None or begins_with_civility(words) or not begins_with_civility(match["rest"]):
        return words
    return f"{match['rest']}, {match['first']}"


def leads_with_person(text: str) -> bool:
    """Tell whether a line names somebody by civility, be it behind her institution."""
    return begins_with_civility(_turned(" ".join(text.split())))


def begins_with_civility(text: str) -> bool:
    """Tell whether a line begins with "M.", "Mme" or the like."""
    return _CIVILITY.match(_ARTICLE.sub("", text)) is not None


def numbers_in(text: str) -> tuple[int, ...]:
    """Return the commitments that a list names: "1, 2 et 8", "3 à 5", "13/16"; once each."""
    found: dict[int, None] = {}
    text = _CHAIN.sub(lambda match: re.sub(r"[-–—]", ",", match[0]), text)
    text = _RANGE.sub(_spread, text)
    for digits in re.findall(r"\d{1,4}", text):
        if 1 <= int(digits) <= HIGHEST:
            found[int(digits)] = None
    return tuple(found)


def _spread(match: re.Match[str]) -> str:
    low, high = int(match[1]), int(match[2])
    if not low < high <= low + 60:
        return match[0]
    return ", ".join(map(str, range(low, high + 1)))


def _civility(words: str) -> tuple[Civility | None, str]:
    words = _ARTICLE.sub("", words)
    match = _CIVILITY.match(words)
    if match is None:
        return None, words
    return _CIVILITIES.get(folded(match["word"])), words[match.end() :]


def _last_civility(name: str) -> tuple[Civility | None, str]:
    match = _LAST_CIVILITY.search(name)
    if match is None:
        return None, name
    return _CIVILITIES.get(folded(match["word"])), name[: match.start()].strip(" ,(")


def _parted(text: str) -> tuple[str, str]:
    """Return the name and what follows it, however they are kept apart."""
    places = [match for match in (_APART.search(text), _QUALITY_BEGINS.search(text)) if match]
    if not places:
        return text.strip(), ""
    first = min(places, key=lambda match: (match.start(), match.end()))
    return text[: first.start()].strip(), text[first.end() :].strip()


def _whole_name(name: str, quality: str) -> tuple[str, str]:
    """Return "AMINE" with the first name behind it in "AMINE, Ali, point focal"."""
    match = _FIRST_NAME.match(quality) if len(name.split()) == 1 else None
    if match is None or _BODY_WORDS.search(match[1]) or _ABOUT.search(match[1]):
        return name, quality
    return f"{name} {match[1]}", quality[match.end() :]


def _is_name(name: str) -> bool:
    """Tell whether words may be a person's name: two to eight, none with a digit."""
    words = name.split()
    return (
        1 <= len(words) <= 8
        and len(name) <= 80
        and not any(c.isdigit() for c in name)
        and _HAS_LETTER.search(name) is not None
    )


def _by(quality: str) -> tuple[Called | None, str]:
    match = _BY.search(quality)
    if match is None:
        return None, quality
    civility, rest = _civility(match["who"].strip())
    name, more = _parted(_DEGREE.sub("", rest))
    if not _is_name(name):
        return None, quality
    return Called(civility, name), f"{quality[: match.start()]} {more}".strip(" ,;(")


def _presence(quality: str, otherwise: Presence) -> Presence:
    if otherwise is not Presence.PRESENT:
        return otherwise
    return next((said for pattern, said in _PRESENCES if pattern.search(quality)), otherwise)


def _gender(quality: str) -> Civility | None:
    if _FEMININE.search(quality):
        return Civility.MADAME
    return Civility.MONSIEUR if _MASCULINE.search(quality) else None


def _says_guest(quality: str) -> bool:
    words = folded(quality)
    return "invite" in words or "observat" in words or "secretari" in words


def _spoken(quality: str, *, alternate: bool) -> tuple[tuple[tuple[Role, int], ...], str]:
    """Return the commitments spoken for, each with its role, and the words that are left."""
    spoken: dict[int, Role] = {}
    left: list[str] = []
    start = 0
    role = Role.ALTERNATE if alternate else Role.FOCAL_POINT
    about = False
    numbers = _YEARS.sub(lambda years: "x" * len(years[0]), quality)
    for match in _NUMBERS.finditer(numbers):
        before = quality[start : match.start()]
        bare = not _HAS_LETTER.search(quality) and "%" not in quality
        if not (about or _ABOUT.search(before) or bare or _BY_LETTER.search(before)):
            continue
        if _ABOUT.search(before):
            said = _ALTERNATE.search(before) is not None
            role = Role.ALTERNATE if said or alternate else Role.FOCAL_POINT
        about = True
        left.append(before)
        start = match.end()
        for number in numbers_in(match[0]):
            spoken.setdefault(number, role)
    left.append(quality[start:])
    return tuple((said, number) for number, said in spoken.items()), ", ".join(left)


def _institution(left: str) -> tuple[str, str]:
    """Return the institution among the words left, and those that were not understood."""
    institution, unread = "", []
    for part in re.split(r"[,;()\t]|\s[-–—|]\s", left):
        words = part.strip(" .,:;–—-/|")
        if not words or _ONLY_MARKS.fullmatch(_FIXED.sub("", words)):
            continue
        if not institution and (_BODY_WORDS.search(words) or _ACRONYM.match(words)):
            institution = words
        else:
            unread.append(words)
    return institution, ", ".join(unread)
