"""The editor of a commitment's details: paragraphs, and lists that go on by themselves.

Details are kept as text, one paragraph a line, whose runs of "1. " and "- " lines are lists
(``domain.details``): what is seen is what is kept, so that nothing has to be guessed back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor

from pan_desktop.domain.marks import Look, Mark, decoded, encoded, shifted
from pan_desktop.domain.pasting import from_html, from_text
from pan_desktop.gui.widgets.letters import moved, rewrite_between
from pan_desktop.gui.widgets.marked_text import insert_marked, marks_of, toggle, units
from pan_desktop.gui.widgets.outline_blocks import blocks_of
from pan_desktop.gui.widgets.rich_edit import RichEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_ENTRY = re.compile(r"^(?:(\d{1,3})\. |([-–•]) )(.*)$", re.DOTALL)
_TWICE = re.compile(r"^(\d{1,3}\.|[-–•]) \1$")
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_LOOKS = {
    (Qt.Key.Key_B, _CONTROL): Look.BOLD,
    (Qt.Key.Key_I, _CONTROL): Look.ITALIC,
    (Qt.Key.Key_P, _CONTROL | _SHIFT): Look.SUPERSCRIPT,
}


class DetailsEditor(RichEdit):
    """Text with light marks."""

    edited = Signal(str, str)
    """The text and its marks, once for each pass of the event loop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty editor."""
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._loading = False
        self._flush = QTimer(self, singleShot=True, interval=0)
        self._flush.timeout.connect(self._send)
        self.document().contentsChanged.connect(self._touch)

    def load(self, text: str, marks: str = "") -> None:
        """Show details from the store, told to nobody; the caret goes to the end."""
        self._loading = True
        self._flush.stop()
        self.clear()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        start, known = 0, decoded(marks)
        for number, line in enumerate(text.split("\n")):
            if number:
                cursor.insertBlock()
            end = start + len(line)
            inside = [m for m in known if m.start < end and m.end > start]
            insert_marked(cursor, line, encoded(shifted(_cut(inside, start, end), -start)))
            start = end + 1
        cursor.endEditBlock()
        self._loading = False
        self.moveCursor(QTextCursor.MoveOperation.End)

    def sync(self, text: str, marks: str) -> bool:
        """Show what the store says, touching only what differs; the caret stays where it is.

        False when nothing was done, because something typed has not been sent yet, or a letter
        is still being composed: ``composed`` tells when it is not any more.
        """
        if self.composing or self.busy:
            return False
        old = self.text()
        if (old, self.marks()) == (text, marks):
            return True
        here, bar = self.textCursor(), self.verticalScrollBar()
        caret, anchor = (moved(place, old, text) for place in (here.position(), here.anchor()))
        top = bar.value()
        if marks or self.marks():
            self.load(text, marks)
        else:
            self._loading = True
            rewrite_between(self.document(), 0, old, text)
            self._loading = False
        here = self.textCursor()
        here.setPosition(anchor)
        here.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(here)
        bar.setValue(top)
        return True

    def text(self) -> str:
        """Return the details."""
        return self.toPlainText()

    def marks(self) -> str:
        """Return the marks of the details."""
        found: list[Mark] = []
        start = 0
        for block in blocks_of(self.document()):
            if written := marks_of(block):
                found += shifted(decoded(written), start)
            start += len(block.text()) + 1
        return encoded(found)

    def flush(self) -> None:
        """Send what waits for the end of the event-loop pass now."""
        if self._flush.isActive():
            self._flush.stop()
            self._send()

    @property
    def busy(self) -> bool:
        """Tell whether something typed has not been sent yet."""
        return self._flush.isActive()

    def go_to(self, start: int, length: int) -> None:
        """Put the caret on a stretch of the text, counted in characters."""
        text = self.text()
        cursor = self.textCursor()
        cursor.setPosition(units(text, start))
        cursor.setPosition(units(text, start + length), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's own
        """Take text, and what only a web page's clipboard holds; never a picture."""
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's own
        """Paste as lines: lists keep their marks, looks stay, a table's row is a line."""
        pasted = from_html(source.html()) if source.hasHtml() else []
        pasted = pasted or from_text(source.text())
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        count = 0
        for number, point in enumerate(pasted):
            count = count + 1 if point.numbered else 0
            if number:
                cursor.insertBlock()
            if point.numbered:
                cursor.insertText(f"{count}. ", QTextCharFormat())
            elif point.level:
                cursor.insertText("- ", QTextCharFormat())
            insert_marked(cursor, point.text, point.marks)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def key_for_text(self, event: QKeyEvent) -> bool:
        """Do what a key does here beside typing."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        look = _LOOKS.get((Qt.Key(event.key()), modifiers))
        if look is not None:
            toggle(self, look)
            return True
        if event.key() == Qt.Key.Key_Space and not modifiers:
            return self._mark_typed_twice()
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        return enter and not modifiers and self._go_on_with_list()

    def _mark_typed_twice(self) -> bool:
        """Take a "2. " that is typed where the list has put one already for the same one."""
        cursor = self.textCursor()
        twice = _TWICE.match(cursor.block().text())
        if twice is None or not cursor.atBlockEnd():
            return False
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f"{twice[1]} ", QTextCharFormat())
        return True

    def _go_on_with_list(self) -> bool:
        """Begin the next entry of the list at the caret, or end it after an empty one."""
        cursor = self.textCursor()
        entry = _ENTRY.match(cursor.block().text())
        if entry is None or cursor.hasSelection():
            return False
        cursor.beginEditBlock()
        if entry[3].strip():
            following = f"{int(entry[1]) + 1}. " if entry[1] else f"{entry[2]} "
            cursor.insertBlock()
            cursor.insertText(following, QTextCharFormat())
        else:
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            end = QTextCursor.MoveOperation.EndOfBlock
            cursor.movePosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        return True

    def _touch(self) -> None:
        if not self._loading:
            self._flush.start()

    def _send(self) -> None:
        self.edited.emit(self.text(), self.marks())


def _cut(marks: list[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """Return marks that reach into other lines, cut to this one."""
    return tuple(Mark(max(m.start, start), min(m.end, end), m.look) for m in marks)
