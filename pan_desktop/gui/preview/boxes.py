"""What stands on the pages: paragraphs and table rows, laid out once and cut where pages end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPen, QTextCharFormat, QTextLayout, QTextOption

from pan_desktop.app.paper import Paragraph, counted, runs_right_to_left
from pan_desktop.gui.preview import looks
from pan_desktop.gui.widgets.marked_text import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from pan_desktop.app.paper import Cell, Runs, Typography
    from pan_desktop.gui.preview.looks import Look

Painted = tuple[float, float]
"""From where to where in a box, in units."""


class TextBox:
    """A paragraph: its lines, with the mark of a list where it has one."""

    def __init__(self, runs: Runs, look: Look, width: int, mark: str = "") -> None:
        """Lay out ``runs`` in ``width`` units."""
        self.look = look
        self.text = "".join(run.text for run in runs)
        self.mark = mark
        self.keep = look.keep
        self.before, self.after = look.before, look.after
        self._width = width
        self._from_right = runs_right_to_left(self.text)
        self._layout = self._laid_out(runs)
        lines = [self._layout.lineAt(n) for n in range(self._layout.lineCount())]
        self.breaks = [line.y() + line.height() for line in lines]
        """Where a page may end in it."""
        self.height = self.breaks[-1] if self.breaks else 0.0

    def paint(self, painter: QPainter, at: QPointF, part: Painted) -> None:
        """Paint the lines of one part, the part's beginning standing at ``at``."""
        top, bottom = part
        place = QPointF(at.x(), at.y() - top)
        painter.setPen(self.look.colour)
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if line.y() >= top - 0.5 and line.y() < bottom - 0.5:
                if number == 0 and self.mark:  # first, as a PDF is read in the order of painting
                    self._paint_mark(painter, place, line.y() + line.ascent())
                line.draw(painter, place)
        if self.look.rule and bottom >= self.height:
            painter.setPen(QPen(looks.INK, 3))
            foot = place.y() + self.height + 40
            painter.drawLine(QPointF(at.x(), foot), QPointF(at.x() + self._width, foot))

    def _paint_mark(self, painter: QPainter, place: QPointF, baseline: float) -> None:
        painter.setFont(self.look.font())
        indent = self.look.left - self.look.hanging
        x = place.x() + indent
        if self._from_right:
            advance = painter.fontMetrics().horizontalAdvance(self.mark)
            x = place.x() + self._width - indent - advance
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        painter.drawText(QPointF(x, place.y() + baseline), self.mark)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def _laid_out(self, runs: Runs) -> QTextLayout:
        look = self.look
        layout = QTextLayout(self.text.replace("\n", "\u2028"), look.font())
        option = QTextOption()
        side = Qt.AlignmentFlag.AlignLeft
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        if self._from_right:
            side = Qt.AlignmentFlag.AlignRight
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignHCenter if look.centred else side)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(_formats(runs))
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._width - look.left)
            extra = line.height() * (look.spacing - 1)
            line.setPosition(QPointF(0 if self._from_right else look.left, y + extra))
            y += line.height() + extra
        layout.endLayout()
        return layout


class RowBox:
    """A row of a table: cells side by side, each a column of paragraphs."""

    keep = False

    def __init__(
        self,
        cells: Sequence[Cell],
        widths: Sequence[int],
        style: Typography,
        *,
        header: bool,
        least: int = 0,
        from_right: bool = False,
    ) -> None:
        """Lay out ``cells`` in columns of these widths and this height at ``least``.

        ``from_right`` tells whether the first column stands at the right.
        """
        self.header = header
        self.before = looks.BEFORE_TABLE if header else 0
        self.after = 0
        self._widths = widths
        self._from_right = from_right
        self._columns = [
            _column(cell, width - 2 * looks.CELL_SIDE, style, header=header)
            for cell, width in zip(cells, widths, strict=True)
        ]
        foot = looks.CELL_BOTTOM
        self.height = max(*(_height(column) + foot for column in self._columns), least)
        if header:  # its words stand in the middle of its height
            for column in self._columns:
                spare = (self.height - foot - _height(column)) / 2
                column[:] = [(y + spare, box) for y, box in column]
        self.text = "\t".join("\n".join(box.text for _, box in col) for col in self._columns)
        ends = sorted({y + b for column in self._columns for y, box in column for b in box.breaks})
        whole = header or len(self.text) <= _SHORT_ROW
        self.breaks = [self.height] if whole else [*(e for e in ends if self._free(e)), self.height]

    def paint(self, painter: QPainter, at: QPointF, part: Painted) -> None:
        """Paint one part of the row with its frame, the part's beginning standing at ``at``."""
        top, bottom = part
        height = bottom - top
        left, right = at.x(), at.x() + sum(self._widths)
        for column, width in zip(self._columns, self._widths, strict=True):
            x = right - width if self._from_right else left
            frame = QRectF(x, at.y(), width, height)
            if self.header:
                painter.fillRect(frame, looks.SHADE)
            painter.setPen(QPen(looks.RULE, 2))
            painter.drawRect(frame)
            for y, box in column:
                inside = (max(top - y, 0.0), min(bottom - y, box.height))
                if inside[0] < inside[1]:
                    place = QPointF(x + looks.CELL_SIDE, at.y() + max(y - top, 0.0))
                    box.paint(painter, place, inside)
            left, right = left + width, right - width
        if self.header:
            painter.setPen(QPen(looks.INK, 4))
            foot = at.y() + height
            painter.drawLine(QPointF(at.x(), foot), QPointF(at.x() + sum(self._widths), foot))

    def _free(self, y: float) -> bool:
        """Tell whether a page may end at ``y``: no line of any cell lies across it."""
        for column in self._columns:
            for start, box in column:
                above = 0.0
                for end in box.breaks:
                    if start + above < y - 0.5 and y + 0.5 < start + end:
                        return False
                    above = end
        return True


Box = TextBox | RowBox

_SHORT_ROW = 500
"""Up to so many characters a row stays on one page, as in the Word file."""


def _column(
    cell: Cell, width: int, style: Typography, *, header: bool
) -> list[tuple[float, TextBox]]:
    """Return the paragraphs of a cell, each with where it stands."""
    look = looks.CELL_HEADER if header else looks.CELL_CENTRED if cell.centred else looks.CELL
    y, found = float(looks.CELL_TOP), []
    for block in cell.blocks:
        if isinstance(block, Paragraph):
            boxes = [TextBox(block.runs, look, width)]
        else:
            boxes = []
            for item, number in counted(block):
                listed = looks.list_look(style, in_cell=True, numbered=number is not None)
                mark = listed.mark(item.level, number)
                boxes.append(TextBox(item.runs, listed.item(item.level), width, mark))
        for box in boxes:
            found.append((y, box))
            y += box.height + box.after
    return found


def _height(column: Sequence[tuple[float, TextBox]]) -> float:
    if not column:
        return float(looks.CELL_TOP)
    y, last = column[-1]
    return y + last.height + last.after


def _formats(runs: Runs) -> list[QTextLayout.FormatRange]:
    """Return what differs from the look's own font, by stretches counted as Qt counts."""
    found: list[QTextLayout.FormatRange] = []
    start = 0
    for run in runs:
        length = units(run.text, len(run.text))
        if run.bold or run.italic or run.superscript:
            change = QTextCharFormat()
            if run.bold:
                change.setFontWeight(QFont.Weight.Bold)
            if run.italic:
                change.setFontItalic(True)
            if run.superscript:
                change.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            piece = QTextLayout.FormatRange()
            piece.start, piece.length, piece.format = start, length, change
            found.append(piece)
        start += length
    return found
