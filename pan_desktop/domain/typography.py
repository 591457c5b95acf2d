"""French typography: spaces, the percent sign, hours, ordinals (domain facts, part 2.2).

Words of the program follow the chosen style entirely. In text that someone typed, only the
*kind* of a space that is already there changes (a line must not begin with ":") and, in the
careful style, the kind of an apostrophe between two letters; never a letter, and the store
keeps what was typed.
"""

import re
from enum import StrEnum
from unicodedata import combining, normalize

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"


class Typography(StrEnum):
    """The two styles of typography of an exported document."""

    FIDELE = "fidele"
    """The committee's own house style: ``84%``, ``14h30``, ``Mme.``, dashes as bullets."""
    SOIGNE = "soigne"
    """The Imprimerie nationale's rules: ``84 %``, ``14 h 30``, ``Mme``."""


_BEFORE_WIDE = re.compile(r"(?<=\S) (?=[:%»](?:\s|$|[.,;)]))")
_BEFORE_NARROW = re.compile(r"(?<=\S) (?=[;!?]+(?:\s|$|[»)]))")
_GLUED_BEFORE = re.compile("[\u00a0\u202f](?=(?:[:%»]|[;!?]+)(?:\\s|$|[.,;»)]))")
_GLUED_AFTER = re.compile("(?<=«)[\u00a0\u202f]")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_AFTER_OPENING = re.compile(r"(?<=«) (?=\S)")
# Of the names that begin with h, the French ones that do not let it be heard.
_MUTE = "el[eo]|enri|erve|ermine|ilaire|ippolyte|onor|ortense|ubert|ug[ou]|yacinthe"
_ELIDES = re.compile(f"[aeiouœæ]|y[b-df-hj-np-tv-xz]|h(?:{_MUTE})")
# Roman numerals are left alone: "Ce", "Le", "Mes" would be taken for them.
_ORDINAL = re.compile(r"(?<![\w.,-])(?:1(ers|er|res|re)|\d{1,3}(es|e))(?!\w)")


def glue(text: str) -> str:
    """Return ``text`` with the spaces before ``: % » ; ! ?`` and after ``«`` made no-break.

    Spaces are only replaced, one for one: none is added or removed, no letter is touched.
    """
    if " " not in text:
        return text
    text = _BEFORE_WIDE.sub(NBSP, text)
    text = _AFTER_OPENING.sub(NBSP, text)
    return _BEFORE_NARROW.sub(NARROW_NBSP, text)


def unglued(text: str) -> str:
    """Return ``text`` with plain spaces where ``glue`` makes no-break ones: its way back."""
    if NBSP not in text and NARROW_NBSP not in text:
        return text
    text = _GLUED_BEFORE.sub(" ", text)
    return _GLUED_AFTER.sub(" ", text)


def split_ordinals(text: str) -> tuple[tuple[str, bool], ...]:
    """Cut ``text`` into stretches, each with whether it is to be raised.

    "le 1er trimestre" gives ("le 1", no), ("er", yes), (" trimestre", no).
    """
    stretches: list[tuple[str, bool]] = []
    start = 0
    for match in _ORDINAL.finditer(text):
        raised = match.start(match.lastindex or 0)
        stretches += [(text[start:raised], False), (text[raised : match.end()], True)]
        start = match.end()
    if start < len(text) or not stretches:
        stretches.append((text[start:], False))
    return tuple(stretches)


def percent(value: int | str, style: Typography) -> str:
    """Return a percentage: ``84%`` or ``84 %`` with a no-break space."""
    return f"{value}%" if style is Typography.FIDELE else f"{value}{NBSP}%"


def dress(text: str, style: Typography) -> str:
    """Return typed ``text`` as the style prints it: no-break spaces, and its apostrophes.

    Same length and same letters as what was typed (domain facts, 2.2).
    """
    text = glue(text)
    return text if style is Typography.FIDELE else _APOSTROPHE.sub("’", text)


def enumeration(values: list[str] | tuple[str, ...]) -> str:
    """Return a French enumeration: "1", "1 et 2", "1, 2 et 8"."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} et {values[-1]}"


def of(name: str) -> str:
    """Return "de Salma", or "d’Ahlam" before a vowel or a mute h.

    The h of an Arabic name is heard, as is the y before a vowel: "de Hajar", "de Youssef".
    """
    first = "".join(c for c in normalize("NFD", name.lower()) if not combining(c))
    return f"d’{name}" if _ELIDES.match(first) else f"de {name}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return "1 réunion" or "3 réunions", as French counts: none is singular, two is plural.

    Without ``many``, each word of ``one`` takes an s. The space is a no-break one.
    """
    words = one if number < 2 else many or f"{one.replace(' ', 's ')}s"
    return f"{number}{NBSP}{words}"
