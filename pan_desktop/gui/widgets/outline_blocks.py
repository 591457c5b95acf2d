"""Paragraphs of a QTextDocument as points of an outline: their place, kind and bullet.

A point's identifier, kind and bullet are properties of its paragraph's format; its level is the
indent of the list that draws its bullet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextFormat, QTextListFormat

from pan_desktop.app.conclusions import PointEdit
from pan_desktop.domain.model import ConclusionKind
from pan_desktop.gui.widgets.marked_text import LINE_BREAK, insert_marked, marks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QTextDocument, QTextList

INDENT_WIDTH = 24
TAG_WIDTH = 76
"""What a paragraph leaves free at its end for the tag of a decision or an action."""

_ID = QTextFormat.Property.UserProperty + 1
_KIND = QTextFormat.Property.UserProperty + 2
_BULLETS = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)
_NUMBERS = QTextListFormat.Style.ListDecimal


def run_of(start: QTextBlock, end: QTextBlock) -> Iterator[QTextBlock]:
    """Return the paragraphs from ``start`` up to ``end``, which is not among them."""
    block = start
    while block.isValid() and block != end:
        yield block
        block = block.next()


def id_of(block: QTextBlock) -> str:
    """Return the identifier of a paragraph's point, "" for one that Qt itself made."""
    return str(block.blockFormat().stringProperty(_ID))


def kind_of(block: QTextBlock) -> ConclusionKind:
    """Return whether a paragraph is information, a decision or an action."""
    return ConclusionKind(block.blockFormat().stringProperty(_KIND) or ConclusionKind.INFORMATION)


def level_of(block: QTextBlock) -> int:
    """Return a paragraph's level, counted from 0; -1 before the first paragraph."""
    if not block.isValid():
        return -1
    own = _list_of(block)
    return max(0, own.format().indent() - 1) if own is not None else 0


def numbered(block: QTextBlock) -> bool:
    """Tell whether a paragraph is counted rather than given a bullet."""
    own = _list_of(block)
    return own is not None and own.format().style() == _NUMBERS


def point_of(block: QTextBlock) -> PointEdit:
    """Return a paragraph as a point."""
    look = block.blockFormat()
    own = _list_of(block)
    shape = own.format() if own is not None else QTextListFormat()
    kind = look.stringProperty(_KIND)
    return PointEdit(
        str(look.stringProperty(_ID)),
        max(0, shape.indent() - 1) if own is not None else 0,
        block.text().replace(LINE_BREAK, "\n"),
        marks_of(block),
        own is not None and shape.style() == _NUMBERS,
        ConclusionKind(kind) if kind else ConclusionKind.INFORMATION,
    )


def shape(block: QTextBlock, point: PointEdit) -> None:
    """Make a paragraph the point that it is to be, its text apart."""
    look = QTextBlockFormat()
    look.setProperty(_ID, point.id)
    look.setProperty(_KIND, point.kind.value)
    look.setBottomMargin(4)
    tagged = point.kind is not ConclusionKind.INFORMATION
    look.setRightMargin(TAG_WIDTH if tagged else 0)
    QTextCursor(block).mergeBlockFormat(look)
    _enlist(block, point.level, numbered=point.numbered)


def rewrite(block: QTextBlock, point: PointEdit) -> None:
    """Put a point in the place of a paragraph's, its words untouched where they are the same."""
    known = point_of(block)
    if (known.text, known.marks) != (point.text, point.marks):
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        insert_marked(cursor, point.text, point.marks)
    if known != point:
        shape(block, point)


def replace_blocks(
    document: QTextDocument, first: int, last: int, points: Sequence[PointEdit]
) -> None:
    """Put points in the place of the paragraphs from ``first`` to ``last``.

    With ``last`` before ``first`` they are put between two paragraphs. A document keeps one
    paragraph at least, so ``points`` is not empty when all are replaced.
    """
    following = document.findBlockByNumber(last + 1)
    kept = point_of(following) if following.isValid() else None
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    surplus = (last - first + 1) - len(points)
    if surplus > 0:
        _remove(cursor, document, last - surplus + 1, last)
    for _ in range(-surplus):
        _make_room(cursor, document, first, last)
        last += 1
    block = document.findBlockByNumber(first)
    for point in points:
        rewrite(block, point)
        block = block.next()
    if kept is not None:
        rewrite(block, kept)  # joining paragraphs may have given it another's shape
    cursor.endEditBlock()


def remove_block(cursor: QTextCursor, block: QTextBlock) -> None:
    """Remove a paragraph that is not the only one of its document."""
    _remove_run(cursor, block, block)


def _remove(cursor: QTextCursor, document: QTextDocument, first: int, last: int) -> None:
    _remove_run(cursor, document.findBlockByNumber(first), document.findBlockByNumber(last))


def _remove_run(cursor: QTextCursor, start: QTextBlock, end: QTextBlock) -> None:
    """Remove paragraphs, with the line end before them, or after them at the beginning."""
    if start.previous().isValid():
        cursor.setPosition(start.position() - 1)
        cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    else:
        cursor.setPosition(start.position())
        cursor.setPosition(end.next().position(), QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()


def _make_room(cursor: QTextCursor, document: QTextDocument, first: int, last: int) -> None:
    """Insert an empty paragraph after ``last``, before ``first`` where there is none."""
    place = document.findBlockByNumber(max(last, first))
    if not place.isValid():
        cursor.movePosition(QTextCursor.MoveOperation.End)
    elif last < first:
        cursor.setPosition(place.position())
    else:
        cursor.setPosition(place.position() + place.length() - 1)
    cursor.insertBlock()


def end_of_branch(block: QTextBlock) -> QTextBlock:
    """Return the first paragraph after a point and all that hangs on it (invalid at the end)."""
    level = level_of(block)
    following = block.next()
    while following.isValid() and level_of(following) > level:
        following = following.next()
    return following


def sibling_before(block: QTextBlock, level: int | None = None) -> QTextBlock:
    """Return the point before this one under the same parent (invalid when it is the first)."""
    wanted = level_of(block) if level is None else level
    before = block.previous()
    while before.isValid() and level_of(before) > wanted:
        before = before.previous()
    return before if before.isValid() and level_of(before) == wanted else QTextBlock()


def _list_of(block: QTextBlock) -> QTextList | None:
    # None for a paragraph outside any list, whatever the stubs say.
    return cast("QTextList | None", block.textList())


def _enlist(block: QTextBlock, level: int, *, numbered: bool) -> None:
    """Give a paragraph its bullet, or its number after the one before it."""
    wanted = QTextListFormat()
    wanted.setIndent(level + 1)
    wanted.setStyle(_NUMBERS if numbered else _BULLETS[level % len(_BULLETS)])
    own = _list_of(block)
    if own is not None and not numbered:
        known = own.format()
        if known.indent() == wanted.indent() and known.style() == wanted.style():
            return
    # Points that are counted on share a list; so do bullets, or each would be a list of its own.
    mate = sibling_before(block, level) if numbered else block.previous()
    found = _list_of(mate) if mate.isValid() else None
    if found is not None:
        known = found.format()
        if known.indent() == wanted.indent() and known.style() == wanted.style():
            found.add(block)
            return
    QTextCursor(block).createList(wanted)


def blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    """Return all paragraphs of a document."""
    return run_of(document.firstBlock(), QTextBlock())
