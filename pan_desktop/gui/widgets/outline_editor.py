"""The editor of points: an outline in a QTextEdit, one bullet a point, saved as it is typed.

QTextEdit brings selection, input methods and right-to-left text; what is stored is the tree of
points, never HTML. A copy of the outline as it was last sent is kept beside the text: after a
change only the paragraphs it touched are read again, so that a letter costs the same among
2,000 points as among two.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMimeData, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)

from pan_desktop.app.conclusions import PointEdit
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.marks import Look
from pan_desktop.domain.model import ConclusionKind
from pan_desktop.domain.outline import MAX_LEVEL
from pan_desktop.domain.pasting import from_html, from_text
from pan_desktop.gui.widgets import outline_changes, outline_sync
from pan_desktop.gui.widgets.marked_text import insert_marked, toggle, units
from pan_desktop.gui.widgets.outline_blocks import (
    INDENT_WIDTH,
    TAG_WIDTH,
    blocks_of,
    end_of_branch,
    id_of,
    kind_of,
    level_of,
    numbered,
    point_of,
    replace_blocks,
    rewrite,
    run_of,
    shape,
    sibling_before,
)
from pan_desktop.gui.widgets.rich_edit import RichEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.model import Conclusion
    from pan_desktop.gui.widgets.outline_changes import Change

_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class _Read(NamedTuple):
    """An outline as it stands, and how many points of it are as they were sent."""

    after: list[PointEdit]
    top: int
    bottom: int


class OutlineEditor(RichEdit):
    """Points as nested bullets. Enter, Tab, Shift+Tab, Alt+Up and Alt+Down work on points."""

    left = Signal()
    """Escape was pressed."""
    keep_asked = Signal()
    """Ctrl+Enter: what is proposed for the point is to be kept."""
    point_entered = Signal(str)
    """The caret came to another point, or that point's words or kind changed."""

    def __init__(self, save: Callable[[Change], None], parent: QWidget | None = None) -> None:
        """Make an empty editor.

        ``save`` is given each change, once for each pass of the event loop. It is called and
        not signalled: on its way back from a signal the window's thread would wait for the
        worker that ``save`` has just woken.
        """
        super().__init__(parent)
        self._save = save
        self.setTabChangesFocus(False)
        self.document().setIndentWidth(INDENT_WIDTH)
        self.document().setDocumentMargin(12)
        # One reading a pass of the event loop, however many changes one key makes, and after the
        # paint: the worker that it wakes would take Python away from it.
        self._flush = QTimer(self, singleShot=True, interval=0)
        self._flush.timeout.connect(self._send)
        self._loading = False
        self._sent: list[PointEdit] = []
        self._touched: tuple[int, int] | None = None
        self._here = ""
        self._keys = self._keys_of_an_outline()
        self.document().contentsChange.connect(self._touch)
        self.cursorPositionChanged.connect(self._say_where)
        self.add_overlay(_KindTags(self))

    # What is shown -----------------------------------------------------------------------

    def load(self, points: Sequence[Conclusion]) -> None:
        """Show an outline from the store; what was shown before must have been saved."""
        self._flush.stop()
        shown = [PointEdit.of(point) for point in points] or [PointEdit(new_id(), 0, "")]
        self._replace(0, self.document().blockCount() - 1, shown)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def sync(self, points: Sequence[Conclusion], newer: Collection[str] = ()) -> bool:
        """Show what the store says, touching only what differs; the caret stays where it is.

        The points named by ``newer`` keep the words that they have here. False when nothing was
        done, because something typed has not been sent yet, or a letter is still being composed
        (an accent, a word of another script): ``composed`` tells when it is not any more.
        """
        if self.composing or self.busy:
            return False
        stored = [PointEdit.of(point) for point in points]
        wanted = outline_sync.merged(self._sent, stored, newer)
        if not wanted and self.points():
            wanted = [PointEdit(new_id(), 0, "")]
        if wanted and wanted != self._sent:
            here = self.point_here()
            self._loading = True
            outline_sync.put(self, self._sent, wanted)
            self._sent = wanted
            self._loading = False
            self._here = id_of(self.textCursor().block())
            if self.point_here() != here:
                self.point_entered.emit(self._here)
        return True

    def points(self) -> list[PointEdit]:
        """Return the outline as it stands; an editor with nothing in it has no points.

        What of it has not been sent yet is still to be sent.
        """
        found = list(self._sent) if self._touched is None else self._read(*self._touched).after
        return [] if len(found) == 1 and not found[0].text else found

    def point_here(self) -> PointEdit:
        """Return the point that the caret is in."""
        return point_of(self.textCursor().block())

    def go_to(self, point_id: str, start: int = 0, length: int = 0) -> None:
        """Put the caret into a point, on a stretch of its text counted in characters."""
        blocks = blocks_of(self.document())
        block = next((block for block in blocks if id_of(block) == point_id), None)
        if block is None:
            return
        text, cursor = block.text(), QTextCursor(block)
        cursor.setPosition(block.position() + units(text, start))
        end = block.position() + units(text, start + length)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    @property
    def busy(self) -> bool:
        """Tell whether something typed has not been sent yet."""
        return self._flush.isActive()

    def flush(self) -> None:
        """Send what waits for the end of the event-loop pass now."""
        if self._flush.isActive():
            self._flush.stop()
            self._send()

    # What is typed -----------------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's own
        """Take text, and what only a web page's clipboard holds; never a picture."""
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's own
        """Paste as points: lists keep their levels, looks stay, a table's row is a point."""
        pasted = from_html(source.html()) if source.hasHtml() else []
        pasted = pasted or from_text(source.text())
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        base = level_of(cursor.block())
        for number, point in enumerate(pasted):
            if number or (cursor.block().text() and len(pasted) > 1):
                cursor.insertBlock()
            if len(pasted) > 1:
                known = "" if number or cursor.block().text() else id_of(cursor.block())
                level = min(base + point.level, MAX_LEVEL)
                shape(
                    cursor.block(),
                    PointEdit(known or new_id(), level, "", numbered=point.numbered),
                )
            insert_marked(cursor, point.text, point.marks)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def key_for_text(self, event: QKeyEvent) -> bool:
        """Do what a key does to an outline; False for plain typing."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = self._keys.get((event.key(), modifiers))
        if event.key() == Qt.Key.Key_Backspace:
            cursor = self.textCursor()
            act = self._join if cursor.atBlockStart() and not cursor.hasSelection() else None
        if act is None:
            return False
        act()
        self.ensureCursorVisible()
        return True

    def _keys_of_an_outline(self) -> dict[tuple[int, Qt.KeyboardModifier], Callable[[], None]]:
        key, both = Qt.Key, _CONTROL | _SHIFT
        return {
            (key.Key_Return, _PLAIN): self._enter,
            (key.Key_Enter, _PLAIN): self._enter,
            (key.Key_Return, _CONTROL): self.keep_asked.emit,
            (key.Key_Enter, _CONTROL): self.keep_asked.emit,
            (key.Key_Tab, _PLAIN): lambda: self._shift(1),
            (key.Key_Backtab, _SHIFT): lambda: self._shift(-1),
            (key.Key_Up, _ALT): lambda: self._move(-1),
            (key.Key_Down, _ALT): lambda: self._move(1),
            (key.Key_Escape, _PLAIN): self.left.emit,
            (key.Key_D, _CONTROL): lambda: self._turn_into(ConclusionKind.DECISION),
            (key.Key_T, _CONTROL): lambda: self._turn_into(ConclusionKind.ACTION),
            (key.Key_B, _CONTROL): lambda: toggle(self, Look.BOLD),
            (key.Key_I, _CONTROL): lambda: toggle(self, Look.ITALIC),
            (key.Key_P, both): lambda: toggle(self, Look.SUPERSCRIPT),
            (key.Key_L, both): self._count,
        }

    def _enter(self) -> None:
        """Begin a new point; on an empty one come back a level instead."""
        cursor = self.textCursor()
        point = point_of(cursor.block())
        if not cursor.block().text() and not cursor.hasSelection():
            if point.level:
                self._shift(-1)
            elif point.numbered:
                self._count()
            return
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        cursor.insertBlock()
        shape(cursor.block(), PointEdit(new_id(), point.level, "", numbered=point.numbered))
        cursor.setBlockCharFormat(QTextCharFormat())
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(QTextCharFormat())

    def _turn_into(self, kind: ConclusionKind) -> None:
        """Make the point at the caret a decision or an action; what it is already, no more."""
        block = self.textCursor().block()
        point = point_of(block)
        fresh = ConclusionKind.INFORMATION if point.kind is kind else kind
        shape(block, replace(point, kind=fresh))

    def _count(self) -> None:
        """Count the point at the caret and its neighbours on its level, or give them bullets."""
        block = self.textCursor().block()
        level, wanted = level_of(block), not numbered(block)
        first = block
        while (before := sibling_before(first)).isValid():
            first = before
        last = end_of_branch(block)
        while last.isValid() and level_of(last) == level:
            last = end_of_branch(last)
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for each in run_of(first, last):
            if level_of(each) == level:
                shape(each, replace(point_of(each), numbered=wanted))
        cursor.endEditBlock()

    def _shift(self, step: int) -> None:
        """Move the selected points, with what hangs on them, a level in or out."""
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd())
        if step > 0 and level_of(first) > level_of(first.previous()):
            return  # it is already as deep as it can go under the point before it
        if step < 0 and level_of(first) == 0:
            return
        cursor.beginEditBlock()
        for block in list(run_of(first, end_of_branch(last))):
            point = point_of(block)
            shape(block, replace(point, level=max(0, min(point.level + step, MAX_LEVEL))))
        cursor.endEditBlock()

    def _move(self, step: int) -> None:
        """Move the point at the caret, with what hangs on it, past its neighbour."""
        here = self.textCursor()
        start, end = here.block(), end_of_branch(here.block())
        column = here.positionInBlock()
        target = sibling_before(start) if step < 0 else end
        if not target.isValid() or (step > 0 and level_of(target) != level_of(start)):
            return
        if step > 0:  # moving down is moving the next branch up
            start, end, target = target, end_of_branch(target), start
        moved = [point_of(block) for block in run_of(start, end)]
        stay = [point_of(block) for block in run_of(target, start)]
        cursor = QTextCursor(target)
        cursor.beginEditBlock()
        block = target
        for point in (*moved, *stay):
            rewrite(block, point)
            block = block.next()
        cursor.endEditBlock()
        offset = 0 if step < 0 else len(moved)
        landed = QTextCursor(self.document().findBlockByNumber(target.blockNumber() + offset))
        landed.setPosition(landed.position() + column)
        self.setTextCursor(landed)

    def _join(self) -> None:
        """At the start of a point, come back a level; at the first level join the one before."""
        cursor = self.textCursor()
        if level_of(cursor.block()):
            self._shift(-1)
        elif cursor.block().previous().isValid():
            cursor.deletePreviousChar()
            self.setTextCursor(cursor)

    # What is sent ------------------------------------------------------------------------

    def _touch(self, position: int, _removed: int, added: int) -> None:
        """Remember which paragraphs a change touched, counted from both ends of the text."""
        if self._loading:
            return
        document = self.document()
        top = document.findBlock(position).blockNumber()
        last = document.findBlock(position + added)
        bottom = document.blockCount() - 1 - last.blockNumber() if last.isValid() else 0
        if self._touched is not None:
            top, bottom = min(top, self._touched[0]), min(bottom, self._touched[1])
        self._touched = (top, bottom)
        self._flush.start()

    def _send(self) -> None:
        if self._touched is None:
            return
        before, read = self._sent, self._read(*self._touched)
        self._touched, self._sent = None, read.after
        change = outline_changes.change(before, read.after, read.top, read.bottom)
        if change:
            self.point_entered.emit(self._here)
            self._save(change)

    def _read(self, top: int, bottom: int) -> _Read:
        """Read the touched paragraphs again, those between ``top`` and ``bottom`` others."""
        document, before = self.document(), self._sent
        count = document.blockCount()
        # What a change touches may be told too narrowly where paragraphs were joined.
        top = max(0, min(top, count - 1, len(before) - 1))
        bottom = max(0, min(bottom, count - 1 - top, len(before) - 1 - top))
        start = document.findBlockByNumber(top)
        end = document.findBlockByNumber(count - bottom)
        self._settle(start, end, bottom)
        read = [point_of(block) for block in run_of(start, end)]
        after = [*before[:top], *read, *before[len(before) - bottom :]]
        bottom = self._level(after, top, bottom)
        self._touched = (top, bottom)  # with what was brought back: it is not as it was sent
        return _Read(after, top, bottom)

    def _settle(self, start: QTextBlock, end: QTextBlock, bottom: int) -> None:
        """Give an identifier to paragraphs that Qt itself made (a drop, a split) or doubled."""
        top = start.blockNumber()
        ids = [id_of(block) for block in run_of(start, end)]
        if ids == [point.id for point in self._sent[top : len(self._sent) - bottom]]:
            return  # nearly always: only words were typed
        known = {point.id for point in self._sent[:top]}
        if bottom:
            known |= {point.id for point in self._sent[-bottom:]}
        self._loading = True
        for block in run_of(start, end):
            point = point_of(block)
            if not point.id or point.id in known:
                shape(block, replace(point, id=new_id()))
            known.add(id_of(block))
        self._loading = False

    def _level(self, after: list[PointEdit], top: int, bottom: int) -> int:
        """Bring points back that hang too deep since the one above them went.

        Changes ``after`` and the paragraphs; returns how many of the last ones are untouched.
        """
        self._loading = True
        number, end = top, len(after) - bottom
        while number < len(after):
            deepest = after[number - 1].level + 1 if number else 0
            if after[number].level > deepest:
                after[number] = replace(after[number], level=deepest)
                shape(self.document().findBlockByNumber(number), after[number])
                end = max(end, number + 1)
            elif number >= end:
                break
            number += 1
        self._loading = False
        return len(after) - end

    def _replace(self, first: int, last: int, points: Sequence[PointEdit]) -> None:
        """Put points in the place of some paragraphs, told to nobody."""
        document = self.document()
        self._loading = True
        self._touched = None
        replace_blocks(document, first, last, points)
        self._sent = [point_of(block) for block in blocks_of(document)]
        self._loading = False

    def _say_where(self) -> None:
        here = id_of(self.textCursor().block())
        if here != self._here and not self._loading:
            self._here = here
            self.point_entered.emit(here)


class _KindTags:
    """Paints "Décision" and "Action" beside the points that are."""

    def __init__(self, editor: OutlineEditor) -> None:
        self._editor = editor
        self._words = {
            ConclusionKind.DECISION: editor.tr("Décision"),
            ConclusionKind.ACTION: editor.tr("Action"),
        }

    def paint(self, painter: QPainter, block: QTextBlock, area: QRectF) -> None:
        """Paint the tag of one point in the margin that it leaves free."""
        words = self._words.get(kind_of(block))
        if words is None:
            return
        right = self._editor.viewport().width() - self._editor.document().documentMargin()
        tag = QRectF(right - TAG_WIDTH + 8, area.top(), TAG_WIDTH - 8, 17)
        palette = self._editor.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(tag, 4, 4)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        font = self._editor.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()
