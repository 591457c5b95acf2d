"""Shortcuts on the digits, for keyboards whose upper row gives them only with Shift.

On a French keyboard the key of "1" gives "&": Alt and that key is Alt+& to the system.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

_UNSHIFTED = {1: "&", 2: "É", 3: '"', 4: "'", 5: "(", 6: "-"}


def on_digit(modifier: str, digit: int) -> list[QKeySequence]:
    """Return the sequences of ``modifier`` ("Alt", "Ctrl") with a digit's key, from 1 to 6."""
    return [QKeySequence(f"{modifier}+{key}") for key in (str(digit), _UNSHIFTED[digit])]
