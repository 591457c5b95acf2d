"""The slips of spelling and typography that T3 knows, as data, and how they are found.

Each is a pattern, what stands in its place, and why. They are for what people type: the words
that the program prints itself (labels, "84%", "Mme.") follow the style of the document, which
also makes spaces no-break and, in "soigné", apostrophes curly; so none of that is a slip here.
A replacement has plain spaces and straight apostrophes, as someone would type them.

A slip never lies in an address of the web or of e-mail, in the name of a file, or in a number
with marks ("46-19", "2018-2020", "14:30").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

_PROTECTED = re.compile(
    r"\b(?:https?|ftp|mailto):\S+|\bwww\.\S+"
    r"|\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}"
    r"|\b[\w-]{1,64}(?:\.[\w-]{1,64}){0,8}\.(?:ma|com|org|net|fr|gov|int|eu|info|docx?|"
    r"xlsx?|pptx?|pdf|odt|ods|csv|json|xml|html?|txt|zip|png|jpe?g|mp4|eml)\b(?:/\S*)?"
    r"|(?:\b[A-Za-z]:)?(?:[\\/][\w.-]+){2,}"
    r"|(?<![\w%])\d+(?:[-–/.:_]\d+){1,12}(?!\w)",
    re.IGNORECASE,
)
# Arabic has its own rules for the spaces around marks.
_ARABIC_LINE = re.compile("^[^\n]*[\u0600-\u06ff][^\n]*$", re.MULTILINE)


class Rule(NamedTuple):
    """A slip: how it is found, its replacement (a template of the pattern's groups), and why."""

    pattern: re.Pattern[str]
    replacement: str
    reason: str


class Slip(NamedTuple):
    """A slip found in a text."""

    start: int
    found: str
    replacement: str
    reason: str


def _rule(pattern: str, replacement: str, reason: str) -> Rule:
    return Rule(re.compile(pattern), replacement, reason)


_ACCENT = "une capitale garde son accent"
_A = "« à » s’écrit avec un accent ici"
_MONTH = "le nom du mois s’écrit avec un accent"
_SPELLING = "orthographe"
_ORDINAL = "abréviation d’un nombre ordinal"
_CIVILITY = "abréviation de la civilité"
_SPACE = "espace"

_BARE_E = (
    "E(tats?|coles?|cart|changes?|ch[ée]ances?|conomie|dition|galit[ée]|laboration|lections?|"
    "l[ée]ments?|nergie|quipes?|tablissements?|tapes?|tudes?|valuations?|v[ée]nements?|volution)"
)
_BEFORE_MARK = "(?<=[A-Za-zÀ-ÖØ-öø-ÿœŒ0-9)»])"

RULES = (
    _rule(rf"\b{_BARE_E}\b", r"É\1", _ACCENT),
    _rule(r"(?:^|(?<=[.!?] )|(?<=\n)|(?<=- ))A(?= (?:la|l['’]|cet|cette|ce|ces|partir|compter|"
          r"titre|noter|cause|travers)\b)", "À", _ACCENT),
    _rule(r"\b((?:assist|particip|convi)ée?s?) a(?= (?:la|l['’]|cet|cette|ces|un|une)"
          r"\b)", r"\1 à", _A),
    _rule(r"\b(relati(?:f|fs|ve|ves)|(?<![LlMmTtSs]a )(?<!une )[Ss]uite|[Gg]râce|[Cc]onformément|"
          r"[Qq]uant|[Pp]ar rapport) a(?= (?:la|l['’]|cet|cette|ces|un|une|ce|leur|sa|son)\b)",
          r"\1 à", _A),
    _rule(r"\b([Jj]usqu['’])a\b", r"\1à", _A),
    _rule(r"\b([Ff])evrier\b", r"\1évrier", _MONTH),
    _rule(r"\b([Dd])ecembre\b", r"\1écembre", _MONTH),
    _rule(r"\b([Aa])out(?= \d{4}\b)", r"\1oût", _MONTH),
    _rule(r"\b([Dd])ép?acement(s?)\b", r"\1épassement\2", _SPELLING),
    _rule(r"\b([Dd]u|[Uu]n|[Ll]e|[Cc]e|[Aa]u) délais\b", r"\1 délai",
          "« délai » est ici au singulier"),
    _rule(r"\b([Cc]hef) de Gouvernement\b", r"\1 du Gouvernement", "titre officiel"),
    _rule(r"\b(?:Covid|COVID|covid)[  ]?19\b", "Covid-19", "nom de la maladie"),
    _rule(r"\b([Vv])id[ée]o[- ]conf[ée]rence(s?)\b", r"\1isioconférence\2",
          "le mot s’écrit sans trait d’union"),
    _rule(r"\b([Vv])isio-conférence(s?)\b", r"\1isioconférence\2",
          "le mot s’écrit sans trait d’union"),
    _rule(r"\bqui en raison des ([^.;:!?\n]{1,100}?) et les (\w+ (?:prises|adoptées|décidées|"
          r"imposées))\b", r"qui, en raison des \1 et des \2", "construction de la phrase"),
    _rule(r"\b([Pp])armis\b", r"\1armi", _SPELLING),
    _rule(r"\b([Mm])algrè?s\b", r"\1algré", _SPELLING),
    _rule(r"\b1 ?\^\{er\}|\b1 er\b|\b1ier\b", "1er", _ORDINAL),
    _rule(r"\b1(?:ère|ere)\b", "1re", _ORDINAL),
    _rule(r"\b(\d{1,2})(?:[èe]me)\b", r"\1e", _ORDINAL),
    _rule(r"\b(Mmes?)\.(?= ?\w)", r"\1", _CIVILITY),
    _rule(r"\bMr\.?(?= [A-ZÀ-Ý])", "M.", _CIVILITY),
    _rule(r", ?(?:\.\.\.|…)", ", etc.", "une énumération ouverte finit par « etc. »"),
    _rule(r"\betc ?(?:\.\.\.|…)", "etc.", "« etc. » ne prend qu’un point"),
    _rule(r"(?<![,.])(?<!, )(?<!etc)(?<!etc )\.\.\.(?!\.)", "…", "points de suspension"),
    _rule(rf"{_BEFORE_MARK}([;!?])(?=\s|$)", r" \1", f"{_SPACE} avant le signe"),
    _rule(rf"{_BEFORE_MARK}:(?=\s|$)", " :", f"{_SPACE} avant le signe"),
    _rule(r"(?<=\d)%", " %", f"{_SPACE} avant « % »"),
    _rule(r"(?<=\w) +(?=[,.](?:\s|$))", "", "pas d’espace avant ce signe"),
    _rule(r"(?<=\w),(?=[^\W\d_])", ", ", f"{_SPACE} après la virgule"),
    _rule(r"(?<=\S) {2,}(?=\S)", " ", "une seule espace suffit"),
    _rule(r"«(?=\w)", "« ", f"{_SPACE} après le guillemet"),
    _rule(r"(?<=\w)»", " »", f"{_SPACE} avant le guillemet"),
)  # fmt: skip


@lru_cache(maxsize=8192)
def slips_in(text: str) -> tuple[Slip, ...]:
    """Return the slips of one text in its order, none overlapping another.

    Kept for texts seen before: while someone types, only her own line is new.
    """
    found = [
        Slip(match.start(), match[0], match.expand(rule.replacement), rule.reason)
        for rule in RULES
        for match in rule.pattern.finditer(text)
    ]
    if not found:
        return ()
    spared = [_spans(_PROTECTED, text), _spans(_ARABIC_LINE, text)]
    kept: list[Slip] = []
    for slip in sorted(found, key=lambda slip: (slip.start, -len(slip.found))):
        end = slip.start + max(len(slip.found), 1)
        if kept and slip.start < kept[-1].start + len(kept[-1].found):
            continue
        if any(_meets(spans, slip.start, end) for spans in spared):
            continue
        kept.append(slip)
    return tuple(kept)


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


def _meets(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch of text shares a letter with one of the spans, which are in order."""
    near = bisect_left(spans, (end, end)) - 1
    return near >= 0 and start < spans[near][1]
