"""Two texts letter by letter: what of one is to be written to have the other, and where one was.

Places are counted in UTF-16 units, as Qt does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor

from pan_desktop.gui.widgets.marked_text import units

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument


def alike(old: str, new: str) -> tuple[int, int]:
    """Return how many first and how many last characters two texts share."""
    shorter = min(len(old), len(new))
    first = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    room = shorter - first
    last = next((n for n in range(room) if old[-1 - n] != new[-1 - n]), room)
    return first, last


def moved(place: int, old: str, new: str) -> int:
    """Return where a place in the old text is in the new one: beside the letters it stood by."""
    first, last = alike(old, new)
    before, whole = units(old, first), units(old, len(old))
    if place <= before:
        return place
    if place >= units(old, len(old) - last):
        return units(new, len(new)) - (whole - place)
    return before


def rewrite_between(document: QTextDocument, start: int, old: str, new: str) -> None:
    """Make plain text that begins at ``start`` another, writing only the letters that differ."""
    first, last = alike(old, new)
    cursor = QTextCursor(document)
    cursor.setPosition(start + units(old, first))
    end = start + units(old, len(old) - last)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(new[first : len(new) - last], QTextCharFormat())
