"""The editor of points: an outline in a QTextEdit, one bullet a point, saved as it is typed.

QTextEdit brings selection, undo, input methods and right-to-left text; what is stored is the
tree of points, never HTML. Each paragraph carries its point's identifier in its format, where
undo and redo keep it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocumentFragment,
    QTextFormat,
    QTextListFormat,
)
from PySide6.QtWidgets import QTextEdit

from pan_desktop.app.conclusions import PointEdit
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.outline import MAX_LEVEL, tamed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QTextList
    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.model import Conclusion

_ID = QTextFormat.Property.UserProperty + 1
_LINE_BREAK = "\u2028"
_BULLET = re.compile(r"^(\s*)(?:[-–—•·▪◦o*§]\s+)?")
_STYLES = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)
_INDENT_WIDTH = 24
_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class OutlineEditor(QTextEdit):
    """Points as nested bullets. Enter, Tab, Shift+Tab, Alt+Up and Alt+Down work on points."""

    edited = Signal(list)
    """The whole outline, a list of PointEdit, once for each pass of the event loop."""
    left = Signal()
    """Escape was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty editor."""
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(False)
        self.document().setIndentWidth(_INDENT_WIDTH)
        self.document().setDocumentMargin(12)
        # One snapshot a pass of the event loop, however many changes one key makes.
        self._flush = QTimer(self, singleShot=True, interval=0)
        self._flush.timeout.connect(self._emit)
        self._loading = False
        self.document().contentsChanged.connect(self._touch)

    def load(self, points: Sequence[Conclusion]) -> None:
        """Show an outline from the store; what was shown before must have been saved."""
        self._flush.stop()
        self._loading = True
        self.clear()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for number, point in enumerate(points):
            if number:
                cursor.insertBlock()
            cursor.insertText(point.text.replace("\n", _LINE_BREAK))
            _mark(cursor, point.id, point.level)
        if not points:
            _mark(cursor, new_id(), 0)
        cursor.endEditBlock()
        self.document().clearUndoRedoStacks()
        self._loading = False
        self.moveCursor(QTextCursor.MoveOperation.End)

    def points(self) -> list[PointEdit]:
        """Return the outline as it stands; an editor with nothing in it has no points."""
        blocks = list(self._blocks())
        if len(blocks) == 1 and not blocks[0].text():
            return []
        levels = tamed([_level(block) for block in blocks])
        return [
            PointEdit(_id(block), level, block.text().replace(_LINE_BREAK, "\n"))
            for block, level in zip(blocks, levels, strict=True)
        ]

    def flush(self) -> None:
        """Send what waits for the end of the event-loop pass now."""
        if self._flush.isActive():
            self._flush.stop()
            self._emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own
        """Treat the keys of an outline; all others are typing."""
        act = self._action(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            act()
            self.ensureCursorVisible()
            event.accept()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's own
        """Take text, and what only a web page's clipboard holds; never a picture."""
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's own
        """Paste text as points: each line one, its bullet dropped, its indent a level."""
        text = source.text()
        if not text and source.hasHtml():
            text = QTextDocumentFragment.fromHtml(source.html()).toPlainText()
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            self.textCursor().insertText("".join(lines))
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        base = _level(cursor.block())
        for number, (level, text) in enumerate(_pasted(lines)):
            if number or cursor.block().text():
                cursor.insertBlock()
                _mark(cursor, new_id(), min(base + level, MAX_LEVEL))
            cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what a key does to the outline, None for plain typing."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        cursor = self.textCursor()
        at_start = cursor.atBlockStart() and not cursor.hasSelection()
        if event.key() == Qt.Key.Key_Backspace and at_start:
            return self._join
        keys: dict[tuple[int, Qt.KeyboardModifier], Callable[[], None]] = {
            (Qt.Key.Key_Return, _PLAIN): self._enter,
            (Qt.Key.Key_Enter, _PLAIN): self._enter,
            (Qt.Key.Key_Tab, _PLAIN): lambda: self._shift(1),
            (Qt.Key.Key_Backtab, _SHIFT): lambda: self._shift(-1),
            (Qt.Key.Key_Up, _ALT): lambda: self._move(-1),
            (Qt.Key.Key_Down, _ALT): lambda: self._move(1),
            (Qt.Key.Key_Escape, _PLAIN): self.left.emit,
            (Qt.Key.Key_Y, _CONTROL): self.redo,  # as in Word; Qt has Ctrl+Shift+Z here
        }
        return keys.get((event.key(), modifiers))

    def _enter(self) -> None:
        """Begin a new point; on an empty one come back a level instead."""
        cursor = self.textCursor()
        level = _level(cursor.block())
        if not cursor.block().text() and not cursor.hasSelection():
            if level:
                self._shift(-1)
            return
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        cursor.insertBlock()
        _mark(cursor, new_id(), level)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _shift(self, step: int) -> None:
        """Move the selected points, with what hangs on them, a level in or out."""
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd())
        if step > 0 and _level(first) > _level(first.previous()):
            return  # it is already as deep as it can go under the point before it
        if step < 0 and _level(first) == 0:
            return
        block, end = first, _end_of_branch(last)
        cursor.beginEditBlock()
        while block.isValid() and block != end:
            level = max(0, min(_level(block) + step, MAX_LEVEL))
            _mark(QTextCursor(block), _id(block), level)
            block = block.next()
        cursor.endEditBlock()

    def _move(self, step: int) -> None:
        """Move the point at the cursor, with what hangs on it, past its neighbour."""
        here = self.textCursor()
        start = here.block()
        end = _end_of_branch(start)
        column = here.positionInBlock()
        target = _sibling_before(start) if step < 0 else end
        if not target.isValid() or (step > 0 and _level(target) != _level(start)):
            return
        if step > 0:  # moving down is moving the next branch up
            start, end, target = target, _end_of_branch(target), start
        moved = list(_range(start, end))
        carried = [(_id(b), _level(b), b.text()) for b in moved]
        stay = list(_range(target, start))
        kept = [(_id(b), _level(b), b.text()) for b in stay]
        cursor = QTextCursor(target)
        cursor.beginEditBlock()
        block = target
        for point_id, level, text in carried + kept:
            cursor = QTextCursor(block)
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.insertText(text)
            _mark(cursor, point_id, level)
            block = block.next()
        cursor.endEditBlock()
        offset = 0 if step < 0 else len(moved)
        landed = QTextCursor(self.document().findBlockByNumber(target.blockNumber() + offset))
        landed.movePosition(
            QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, column
        )
        self.setTextCursor(landed)

    def _join(self) -> None:
        """At the start of a point, come back a level; at the first level join the one before."""
        cursor = self.textCursor()
        if _level(cursor.block()):
            self._shift(-1)
        elif cursor.block().previous().isValid():
            cursor.deletePreviousChar()
            self.setTextCursor(cursor)

    def _touch(self) -> None:
        if not self._loading:
            self._flush.start()

    def _emit(self) -> None:
        self._settle_identities()
        self.edited.emit(self.points())

    def _settle_identities(self) -> None:
        """Give an identifier to paragraphs that Qt itself made (a drop, a merge) or doubled."""
        seen: set[str] = set()
        self._loading = True
        for block in self._blocks():
            if not _id(block) or _id(block) in seen:
                cursor = QTextCursor(block)
                cursor.joinPreviousEditBlock()
                _mark(cursor, new_id(), _level(block))
                cursor.endEditBlock()
            seen.add(_id(block))
        self._loading = False

    def _blocks(self) -> Iterable[QTextBlock]:
        return _range(self.document().firstBlock(), QTextBlock())


def _range(start: QTextBlock, end: QTextBlock) -> Iterable[QTextBlock]:
    block = start
    while block.isValid() and block != end:
        yield block
        block = block.next()


def _id(block: QTextBlock) -> str:
    return str(block.blockFormat().stringProperty(_ID))


def _level(block: QTextBlock) -> int:
    """Return a paragraph's level, counted from 0; -1 before the first paragraph."""
    if not block.isValid():
        return -1
    # None for a paragraph outside any list, whatever the stubs say.
    own = cast("QTextList | None", block.textList())
    return max(0, own.format().indent() - 1) if own is not None else 0


def _mark(cursor: QTextCursor, point_id: str, level: int) -> None:
    """Make the paragraph at ``cursor`` the point of that identifier, on that level."""
    shape = QTextListFormat()
    shape.setIndent(level + 1)
    shape.setStyle(_STYLES[level % len(_STYLES)])
    cursor.createList(shape)
    look = QTextBlockFormat()
    look.setProperty(_ID, point_id)
    look.setBottomMargin(4)
    cursor.mergeBlockFormat(look)


def _end_of_branch(block: QTextBlock) -> QTextBlock:
    """Return the first paragraph after a point and all that hangs on it (invalid at the end)."""
    level = _level(block)
    following = block.next()
    while following.isValid() and _level(following) > level:
        following = following.next()
    return following


def _sibling_before(block: QTextBlock) -> QTextBlock:
    """Return the point before this one under the same parent (invalid when it is the first)."""
    level = _level(block)
    before = block.previous()
    while before.isValid() and _level(before) > level:
        before = before.previous()
    return before if before.isValid() and _level(before) == level else QTextBlock()


def _pasted(lines: Iterable[str]) -> list[tuple[int, str]]:
    """Return pasted lines as levels and texts; each new depth of indent is one level."""
    depths: list[int] = []
    found: list[tuple[int, str]] = []
    for line in lines:
        match = _BULLET.match(line)
        indent = len(match[1].expandtabs(4)) if match else 0
        text = line[match.end() :] if match else line
        while depths and depths[-1] > indent:
            depths.pop()
        if not depths or depths[-1] < indent:
            depths.append(indent)
        found.append((len(depths) - 1, text.rstrip()))
    return found
