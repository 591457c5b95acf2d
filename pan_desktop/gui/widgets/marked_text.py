"""The light marks of a paragraph in an editor: read from its formats, and put into them.

The domain counts characters, Qt counts UTF-16 units: they differ after an emoji.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor

from pan_desktop.domain.marks import Look, Mark, decoded, encoded, stretches

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock
    from PySide6.QtWidgets import QTextEdit

LINE_BREAK = "\u2028"
"""What Qt keeps of a line break inside a paragraph."""

_RAISED = QTextCharFormat.VerticalAlignment.AlignSuperScript
_BASE = QTextCharFormat.VerticalAlignment.AlignNormal
_LAST_OF_PLANE = "\uffff"


def format_of(looks: frozenset[Look]) -> QTextCharFormat:
    """Return the character format of some looks."""
    found = QTextCharFormat()
    if Look.BOLD in looks:
        found.setFontWeight(QFont.Weight.Bold)
    if Look.ITALIC in looks:
        found.setFontItalic(True)
    if Look.SUPERSCRIPT in looks:
        found.setVerticalAlignment(_RAISED)
    return found


def looks_of(found: QTextCharFormat) -> frozenset[Look]:
    """Return the looks of a character format."""
    looks = set()
    if found.fontWeight() >= QFont.Weight.Bold:
        looks.add(Look.BOLD)
    if found.fontItalic():
        looks.add(Look.ITALIC)
    if found.verticalAlignment() == _RAISED:
        looks.add(Look.SUPERSCRIPT)
    return frozenset(looks)


def marks_of(block: QTextBlock) -> str:
    """Return the marks of a paragraph, as the store keeps them."""
    ranges = block.textFormats()
    if len(ranges) <= 1 and not (ranges and looks_of(ranges[0].format)):
        return ""  # nearly every paragraph
    text = block.text()
    found = [
        Mark(characters(text, r.start), characters(text, r.start + r.length), look)
        for r in ranges
        for look in looks_of(r.format)
    ]
    return encoded(found)


def insert_marked(cursor: QTextCursor, text: str, marks: str) -> None:
    """Insert a text with its marks."""
    words = text.replace("\n", LINE_BREAK)
    if not marks:
        cursor.insertText(words, QTextCharFormat())
        return
    for part, looks in stretches(words, decoded(marks)):
        cursor.insertText(part, format_of(looks))


def toggle(edit: QTextEdit, look: Look) -> None:
    """Put a look on what is selected or will be typed next, or take it away."""
    here = edit.textCursor()
    probe = QTextCursor(here)
    if here.hasSelection():
        probe.setPosition(here.selectionStart() + 1)
    looks = looks_of(probe.charFormat() if here.hasSelection() else edit.currentCharFormat())
    wanted = look not in looks
    change = QTextCharFormat()
    if look is Look.BOLD:
        change.setFontWeight(QFont.Weight.Bold if wanted else QFont.Weight.Normal)
    elif look is Look.ITALIC:
        change.setFontItalic(wanted)
    else:
        change.setVerticalAlignment(_RAISED if wanted else _BASE)
    edit.mergeCurrentCharFormat(change)


def units(text: str, characters_: int) -> int:
    """Return how many UTF-16 units the first characters of a text take."""
    if not text or max(text) <= _LAST_OF_PLANE:
        return characters_
    return sum(2 if letter > _LAST_OF_PLANE else 1 for letter in text[:characters_])


def characters(text: str, units_: int) -> int:
    """Return how many characters the first UTF-16 units of a text make."""
    if not text or max(text) <= _LAST_OF_PLANE:
        return units_
    count = 0
    for number, letter in enumerate(text):
        if count >= units_:
            return number
        count += 2 if letter > _LAST_OF_PLANE else 1
    return len(text)
