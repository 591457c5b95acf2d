"""Numbers of commitments as a person types them: "1, 2 et 8", "3-5", "1 ; 4 à 6"."""

import re

from pan_desktop.domain.errors import InputError

NOT_NUMBERS = (
    "« {text} » n’est pas une liste de numéros d’engagements : rien n’a été enregistré. Saisissez "
    "par exemple « 1, 2 et 8 » ou « 3-5 »."
)
BACKWARDS = (
    "« {text} » va à rebours : rien n’a été enregistré. Saisissez d’abord le plus petit numéro, "
    "par exemple « {low}-{high} »."
)
HIGHEST = 9999
"""No commitment has a higher number."""

_SEPARATORS = re.compile(r"[\s,;&]+|\bet\b", re.IGNORECASE)
_RANGE = re.compile(r"(?<=\d)\s*(?:[-\u2010-\u2015\u2212]|\bà\b)\s*(?=\d)", re.IGNORECASE)
_PART = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))?")


def parse_numbers(text: str) -> tuple[int, ...]:
    """Return the numbers that ``text`` lists, in order and once each; none for an empty text.

    Raises InputError, naming the part that cannot be read.
    """
    found: set[int] = set()
    for part in _SEPARATORS.split(_RANGE.sub("-", text)):
        if part:
            found.update(_numbers_of(part))
    return tuple(sorted(found))


def _numbers_of(part: str) -> range:
    match = _PART.fullmatch(part)
    if match is None or int(match[1]) < 1:
        raise InputError(NOT_NUMBERS.format(text=part))
    low = int(match[1])
    high = int(match[2] or low)
    if high < low:
        raise InputError(BACKWARDS.format(text=part, low=high, high=low))
    return range(low, high + 1)
