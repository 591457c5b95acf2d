"""Waves under unknown words, and what the context menu offers for one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPen, QTextBlock, QTextCursor

from pan_desktop.gui.widgets.marked_text import characters, units

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from pan_desktop.app.spelling import Speller
    from pan_desktop.gui.widgets.rich_edit import RichEdit

_RED = QColor("#E0392B")
_STEP, _HEIGHT = 2.0, 1.5


class Spelling(QObject):
    """Spelling in one editor. Only the paragraphs in sight are looked at, as they are painted."""

    word_accepted = Signal(str)
    """A word that the office wants to keep as right."""

    def __init__(self, edit: RichEdit, speller: Speller) -> None:
        """Watch over ``edit`` with what ``speller`` knows."""
        super().__init__(edit)
        self._edit = edit
        self._speller = speller
        self._on = True
        edit.add_overlay(self)
        edit.add_menu(self._fill)

    def set_on(self, on: bool) -> None:
        """Show waves, or none."""
        self._on = on
        self._edit.viewport().update()

    def paint(self, painter: QPainter, block: QTextBlock, area: QRectF) -> None:
        """Draw a wave under each unknown word but the one being typed."""
        if not self._on:
            return
        text = block.text()
        found = self._speller.misspelled(text)
        if not found:
            return
        caret = self._edit.textCursor()
        here = caret.positionInBlock() if caret.block() == block else -1
        bounds = self._edit.document().documentLayout().blockBoundingRect(block)
        origin = block.layout().position() + area.topLeft() - bounds.topLeft()
        painter.setPen(QPen(_RED, 1.2))
        for start, length in found:
            first, last = units(text, start), units(text, start + length)
            if not (self._edit.hasFocus() and here == last):
                self._wave(painter, block, origin, first, last)

    def _wave(
        self, painter: QPainter, block: QTextBlock, origin: QPointF, first: int, last: int
    ) -> None:
        line = block.layout().lineForTextPosition(first)
        if not line.isValid():
            return
        ends = sorted((_x(line.cursorToX(first)), _x(line.cursorToX(last))))
        base = origin.y() + line.y() + line.ascent() + 2
        x, up, points = origin.x() + ends[0], False, []
        while x < origin.x() + ends[1]:
            points.append(QPointF(x, base + (0 if up else _HEIGHT)))
            x, up = x + _STEP, not up
        painter.drawPolyline(points)

    def _fill(self, menu: QMenu, place: QTextCursor) -> None:
        """Put what is offered for the unknown word at ``place`` at the top of the menu."""
        block, text = place.block(), place.block().text()
        at = characters(text, place.positionInBlock())
        found = self._speller.misspelled(text) if self._on else ()
        here = next(((s, n) for s, n in found if s <= at <= s + n), None)
        if here is None:
            return
        start, length = here
        word = text[start : start + length]
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + units(text, start))
        end = block.position() + units(text, start + length)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        top = menu.actions()[0]
        for meant in self._speller.suggest(word):
            action = _entry(menu, top, meant, partial(self._replace, cursor, meant))
            font = action.font()
            font.setBold(True)
            action.setFont(font)
        add = self.tr("Ajouter au dictionnaire de l’office")
        ignore = self.tr("Ignorer dans cette réunion")
        _entry(menu, top, add, partial(self._accept, word, keep=True))
        _entry(menu, top, ignore, partial(self._accept, word, keep=False))
        menu.insertSeparator(top)

    def _replace(self, cursor: QTextCursor, meant: str) -> None:
        look = QTextCursor(cursor)
        look.setPosition(cursor.selectionStart() + 1)
        cursor.insertText(meant, look.charFormat())

    def _accept(self, word: str, *, keep: bool) -> None:
        self._speller.accept([word])
        self._edit.viewport().update()
        if keep:
            self.word_accepted.emit(word)


def _entry(menu: QMenu, before: QAction, words: str, act: Callable[[], None]) -> QAction:
    """Put an entry into a menu, before another."""
    action = QAction(words, menu)
    action.triggered.connect(act)
    menu.insertAction(before, action)
    return action


def _x(found: object) -> float:
    """Return an x of Qt's ``cursorToX``, which gives the cursor back beside it."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
