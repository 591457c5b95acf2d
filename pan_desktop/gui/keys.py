"""Shortcuts on the digits, for keyboards whose upper row gives them only with Shift.

On a French keyboard the key of "1" gives "&": Alt and that key is Alt+& to the system.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

_UNSHIFTED = dict(enumerate("&é\"'(-è_ç", 1))

DIGITS = {key: digit for digit, other in _UNSHIFTED.items() for key in (str(digit), other)}
"""What a digit's key types, with or without Shift, and the digit, from 1 to 9."""


def on_digit(modifier: str, digit: int) -> list[QKeySequence]:
    """Return the sequences of ``modifier`` ("Alt", "Ctrl") with a digit's key, from 1 to 9."""
    return [QKeySequence(f"{modifier}+{key}") for key in (str(digit), _UNSHIFTED[digit].upper())]
