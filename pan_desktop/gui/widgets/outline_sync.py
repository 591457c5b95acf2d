"""An outline that changed elsewhere, shown in an editor that is being typed in.

Only the paragraphs that differ are touched, and of a text only the letters that do. The caret,
the selection and the lines in sight stay where they are; Qt moves them only where the text under
them moved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QTextCharFormat, QTextCursor

from pan_desktop.domain.outline import in_order, tamed
from pan_desktop.gui.widgets.letters import moved, rewrite_between
from pan_desktop.gui.widgets.marked_text import LINE_BREAK
from pan_desktop.gui.widgets.outline_blocks import id_of, point_of, remove_block, rewrite, shape

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QTextBlock, QTextDocument
    from PySide6.QtWidgets import QTextEdit

    from pan_desktop.app.conclusions import PointEdit


def merged(
    shown: Sequence[PointEdit], stored: Sequence[PointEdit], newer: Collection[str]
) -> list[PointEdit]:
    """Return what to show of an outline as the store has it.

    The points named by ``newer`` hold words that the store has not got yet: they keep them, also
    one that was removed meanwhile, which then stands behind the one that it followed.
    """
    typed = {point.id: point for point in shown if point.id in newer}
    found = [
        replace(typed[point.id], level=point.level) if point.id in typed else point
        for point in stored
    ]
    known = {point.id for point in stored}
    for number, point in enumerate(shown):
        if point.id in typed and point.id not in known:
            before = {p.id for p in shown[:number]}
            place = max((n for n, p in enumerate(found, 1) if p.id in before), default=0)
            found.insert(place, point)
    levels = tamed([point.level for point in found])
    return [
        point if point.level == level else replace(point, level=level)
        for point, level in zip(found, levels, strict=True)
    ]


def put(edit: QTextEdit, shown: Sequence[PointEdit], wanted: Sequence[PointEdit]) -> None:
    """Make the paragraphs of ``edit``, which are ``shown``, those that are ``wanted``.

    Neither may be empty, and an identifier stands once in each.
    """
    place = _Place.of(edit)
    cursor = QTextCursor(edit.document())
    cursor.beginEditBlock()
    _rebuild(edit.document(), cursor, shown, wanted)
    cursor.endEditBlock()
    place.restore(edit, {point.id: point for point in shown})


def _rebuild(
    document: QTextDocument,
    cursor: QTextCursor,
    shown: Sequence[PointEdit],
    wanted: Sequence[PointEdit],
) -> None:
    places = {point.id: number for number, point in enumerate(wanted)}
    stay = in_order([places.get(point.id) for point in shown])
    known = {shown[number].id: shown[number] for number in stay}
    doubtful: set[str] = set()
    last_kept = max(stay, default=-1)
    block = document.lastBlock()
    for number in range(len(shown) - 1, -1, -1):
        before = block.previous()
        # With none to stay, the very first is written over instead: a text has one paragraph.
        if number not in stay and (stay or number):
            remove_block(cursor, block)
            if number < last_kept:  # Qt may have given the next one the shape of what was removed
                doubtful.add(shown[min(n for n in stay if n > number)].id)
        block = before
    block = document.firstBlock()
    if not stay:
        rewrite(block, wanted[0])
        known[wanted[0].id] = wanted[0]
    for point in wanted:
        if point.id not in known:
            block = _insert(document, cursor, block)
            rewrite(block, point)
        elif point.id in doubtful or known[point.id] != point:
            _adjust(document, block, point)
        block = block.next()


def _insert(document: QTextDocument, cursor: QTextCursor, following: QTextBlock) -> QTextBlock:
    """Insert an empty paragraph before another, or at the end; return it."""
    before = following.previous() if following.isValid() else document.lastBlock()
    if before.isValid():
        # At the end of the one before, or what follows would lose its shape to the new one.
        cursor.setPosition(before.position() + before.length() - 1)
        cursor.insertBlock(before.blockFormat(), QTextCharFormat())
        return cursor.block()
    cursor.setPosition(following.position())
    cursor.insertBlock()
    return document.firstBlock()


def _adjust(document: QTextDocument, block: QTextBlock, point: PointEdit) -> None:
    """Make a paragraph a point, writing only the letters that differ."""
    known = point_of(block)
    if known.text != point.text and not known.marks and not point.marks:
        old, new = (text.replace("\n", LINE_BREAK) for text in (known.text, point.text))
        rewrite_between(document, block.position(), old, new)
        known = replace(known, text=point.text)
    if (known.text, known.marks) != (point.text, point.marks):
        rewrite(block, point)
    elif known != point:
        shape(block, point)


class _Spot(NamedTuple):
    """A place in an outline: a point, and how far into its text, in UTF-16 units."""

    point_id: str
    offset: int

    @classmethod
    def at(cls, document: QTextDocument, position: int) -> _Spot:
        block = document.findBlock(position)
        return cls(id_of(block), position - block.position())


class _Place(NamedTuple):
    """Where the caret, the selection and the lines in sight are."""

    caret: _Spot
    anchor: _Spot
    top: float
    """Where the paragraph of the caret, or the first one in sight, lies in the viewport."""
    held: str
    """The point whose paragraph that is."""
    look: QTextCharFormat
    """What the next letter is to look like."""

    @classmethod
    def of(cls, edit: QTextEdit) -> _Place:
        here, document = edit.textCursor(), edit.document()
        block = here.block()
        if not edit.viewport().rect().intersects(edit.cursorRect(here)):
            block = edit.cursorForPosition(edit.viewport().rect().topLeft()).block()
        return cls(
            _Spot.at(document, here.position()),
            _Spot.at(document, here.anchor()),
            document.documentLayout().blockBoundingRect(block).top()
            - edit.verticalScrollBar().value(),
            id_of(block),
            edit.currentCharFormat(),
        )

    def restore(self, edit: QTextEdit, before: dict[str, PointEdit]) -> None:
        """Bring caret, selection and lines in sight back to where they were."""
        blocks = _blocks(edit.document(), {self.caret.point_id, self.anchor.point_id, self.held})
        here = edit.textCursor()
        anchor = self._position(self.anchor, blocks, before, here.anchor())
        caret = self._position(self.caret, blocks, before, here.position())
        if (anchor, caret) != (here.anchor(), here.position()):
            here.setPosition(anchor)
            here.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
            edit.setTextCursor(here)
        if not here.hasSelection() and edit.currentCharFormat() != self.look:
            edit.setCurrentCharFormat(self.look)
        held = blocks.get(self.held)
        if held is not None:
            top = edit.document().documentLayout().blockBoundingRect(held).top()
            edit.verticalScrollBar().setValue(round(top - self.top))

    @staticmethod
    def _position(
        spot: _Spot, blocks: dict[str, QTextBlock], before: dict[str, PointEdit], fallback: int
    ) -> int:
        block = blocks.get(spot.point_id)
        if block is None:  # its point is gone: where Qt left the caret is as near as can be
            return fallback
        old, new = before[spot.point_id].text, block.text().replace(LINE_BREAK, "\n")
        return block.position() + moved(spot.offset, old, new)


def _blocks(document: QTextDocument, wanted: set[str]) -> dict[str, QTextBlock]:
    found: dict[str, QTextBlock] = {}
    block = document.firstBlock()
    while block.isValid() and len(found) < len(wanted):
        if (point_id := id_of(block)) in wanted:
            found[point_id] = block
        block = block.next()
    return found
