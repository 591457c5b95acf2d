"""The one look and behaviour of every table: keyboard first, whole rows, place kept.

Enter opens, Delete removes, Ctrl+C copies the row and Ctrl+Maj+C the table, as text and as a
table. A list that is ``arranged`` is sorted by Ctrl+Maj+T or a click on a heading, and shows the
columns that its user chose, kept from one day to the next. The menu key says all of it.
"""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QTableView,
)

from pan_desktop.gui.models.rows import Index, RowsModel, row_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QWidget

ROW_HEIGHT = 32


class Arrangement(Protocol):
    """What is remembered of how a list is shown, columns by their headings."""

    hidden: list[str]
    order: tuple[str, bool]
    """The column it is sorted by ("" for none), and whether from last to first."""


def copy_table(rows: Sequence[Sequence[str]]) -> None:
    """Put rows on the clipboard: as text with tabs, and as a table for Word and mail."""
    said = [[" ".join(cell.split()) for cell in row] for row in rows]
    lines = "\n".join("\t".join(row) for row in said)
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in said)
    data = QMimeData()
    data.setText(lines)
    data.setHtml("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    QGuiApplication.clipboard().setMimeData(data)


def _is(event: QKeyEvent, key: Qt.Key) -> bool:
    """Tell whether a key was pressed with Ctrl and the capital key."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.key() == key and event.modifiers() == both


class _Cells(QStyledItemDelegate):
    """Cells to type in, where what comes from the store never takes away what is being typed."""

    _seen: Any = None
    """The row as the open cell shows it, or showed it when something was typed there."""

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's own
        """Show what the cell holds, unless its line holds something typed."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            self._seen = row_at(index)
            super().setEditorData(editor, index)

    def setModelData(  # noqa: N802 - Qt's own
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        """Hand over what was typed, and what its typist had before her."""
        assert isinstance(editor, QLineEdit)
        assert isinstance(model, RowsModel)
        model.take(index, editor.text(), self._seen)


class Table(QTableView):
    """A table of a RowsModel. Enter opens a row, Delete asks to remove it, typing edits a cell."""

    opened = Signal(str)
    """Enter or a double click on a row, with its identifier."""
    removal_asked = Signal(str)
    """Delete on a row, with its identifier."""
    row_chosen = Signal(str)
    """The current row changed, with its identifier ("" for none)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty table."""
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._open)
        self.setItemDelegate(_Cells(self))
        self._keeper: Arrangement | None = None
        self._current_id = ""
        self._place = (0, 0)

    def show_rows(self, model: RowsModel[Any], widths: Sequence[int]) -> None:
        """Show ``model``; ``widths`` are the columns' in pixels, 0 for those that stretch.

        Asked for again when the columns of the model were replaced.
        """
        fresh = self.model() is not model
        if fresh:
            self.setModel(model)
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            stretch = QHeaderView.ResizeMode.Stretch
            mode = QHeaderView.ResizeMode.Interactive if width else stretch
            header.setSectionResizeMode(column, mode)
            if width:
                self.setColumnWidth(column, width)
        if fresh:
            model.modelReset.connect(self._restore_place)
            model.typed_in = self._typed_in
            model.rowsRemoved.connect(self._go_on_editing)

    def arrange(self, keeper: Arrangement) -> None:
        """Let the user sort and choose columns, as ``keeper`` remembers it; after ``show_rows``."""
        self._keeper = keeper
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort_by)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda place: self._menu().popup(header.mapToGlobal(place))
        )
        self.follow_arrangement()

    def follow_arrangement(self) -> None:
        """Show what was kept; asked for again after the columns were replaced."""
        if self._keeper is None:
            return
        model = self._rows_model()
        headings = model.headings()
        hidden = set(self._keeper.hidden)
        for column, heading in enumerate(headings):
            self.setColumnHidden(column, heading in hidden and len(hidden) < len(headings))
        by, descending = self._keeper.order
        model.sort_rows(headings.index(by) if by in headings else -1, descending=descending)
        self._show_order()

    def choose(self, row_id: str, column: int = 0) -> None:
        """Make the row of that identifier the current one, now or when it is shown next."""
        number = self._rows_model().number_of(row_id)
        if number >= 0:
            self.setCurrentIndex(self.model().index(number, column))
        else:
            self._current_id, self._place = row_id, (self._place[0], column)

    def current_id(self) -> str:
        """Return the identifier of the current row, "" for none."""
        row = self._rows_model().row(self.currentIndex())
        return row.id if row is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own
        """Open on Enter, ask to remove on Delete; all else as Qt does it."""
        editing = self.state() is QAbstractItemView.State.EditingState
        if not editing and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif not editing and event.key() == Qt.Key.Key_Delete and self.current_id():
            self.removal_asked.emit(self.current_id())
        elif not editing and event.matches(QKeySequence.StandardKey.Copy):
            self.copy_row()
        elif not editing and _is(event, Qt.Key.Key_C):
            self.copy_all()
        elif not editing and self._keeper is not None and _is(event, Qt.Key.Key_T):
            self._sort_by(max(self.currentIndex().column(), 0))
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell which row is current now."""
        super().currentChanged(current, previous)
        row_id = self.current_id()
        if current.isValid():
            self._current_id = row_id
            self._place = (current.row(), current.column())
        self.row_chosen.emit(row_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's own
        """Offer what can be done with the list, by mouse and by the menu key."""
        self._menu().popup(event.globalPos())

    def copy_row(self) -> None:
        """Put the current row on the clipboard; of a sheet, the current cell."""
        model = self._rows_model()
        row = model.row(self.currentIndex())
        if row is None:
            return
        if self.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectItems:
            copy_table([(model.column(self.currentIndex().column()).said(row),)])
            return
        copy_table([self._seen(model.cells(row))])

    def copy_all(self) -> None:
        """Put the table as it is shown on the clipboard, headings and all."""
        copy_table(self.shown_cells())

    def shown_cells(self) -> list[tuple[str, ...]]:
        """Return the headings and the rows as they are shown, in words."""
        model = self._rows_model()
        rows = (model.row(number) for number in range(model.rowCount()))
        said = [self._seen(model.cells(row)) for row in rows if row is not None]
        return [self._seen(model.headings()), *said]

    def _seen(self, cells: Sequence[str]) -> tuple[str, ...]:
        return tuple(c for number, c in enumerate(cells) if not self.isColumnHidden(number))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("&Copier la ligne\tCtrl+C"), self.copy_row)
        menu.addAction(self.tr("Copier &tout le tableau\tCtrl+Maj+C"), self.copy_all)
        if self._keeper is None:
            return menu
        menu.addSeparator()
        headings = self._rows_model().headings()
        sorting = menu.addMenu(self.tr("T&rier par\tCtrl+Maj+T"))
        columns = menu.addMenu(self.tr("C&olonnes"))
        shown = [n for n in range(len(headings)) if not self.isColumnHidden(n)]
        for number, heading in enumerate(headings):
            sorting.addAction(heading, partial(self._sort_by, number))
            choice = columns.addAction(heading, partial(self._toggle, number))
            choice.setCheckable(True)
            choice.setChecked(number in shown)
            choice.setEnabled(number not in shown or len(shown) > 1)
        sorting.addSeparator()
        sorting.addAction(self.tr("Ordre d’origine"), partial(self._sort_by, -1))
        return menu

    def _toggle(self, column: int) -> None:
        assert self._keeper is not None
        self.setColumnHidden(column, not self.isColumnHidden(column))
        headings = self._rows_model().headings()
        self._keeper.hidden = [h for n, h in enumerate(headings) if self.isColumnHidden(n)]

    def _sort_by(self, column: int) -> None:
        """Sort by a column, then the other way round, then in the list's own order again."""
        assert self._keeper is not None
        model = self._rows_model()
        again = column == model.sorted_by
        if again and model.descending:
            column = -1
        model.sort_rows(column, descending=again and column >= 0)
        heading = model.headings()[column] if column >= 0 else ""
        self._keeper.order = (heading, model.descending)
        self._show_order()

    def _show_order(self) -> None:
        model, header = self._rows_model(), self.horizontalHeader()
        header.setSortIndicatorShown(model.sorted_by >= 0)
        order = Qt.SortOrder.DescendingOrder if model.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(model.sorted_by, order)

    def _open(self, index: Index) -> None:
        row = self._rows_model().row(index)
        if row is None:
            return
        if self.model().flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self.opened.emit(row.id)

    def _restore_place(self) -> None:
        """After the rows were replaced, go back to where one was, or to what took its place."""
        model = self._rows_model()
        row, column = self._place
        number = model.number_of(self._current_id)
        if model.rowCount():
            if number < 0:
                number = min(row, model.rowCount() - 1)
            self.setCurrentIndex(model.index(number, column))

    def _typed_in(self) -> bool:
        lines = self.viewport().findChildren(QLineEdit)
        return any(line.isVisibleTo(self.viewport()) for line in lines)

    def _go_on_editing(self) -> None:
        """Know again that a cell is open: Qt forgets it when another row goes."""
        if self._typed_in():
            self.setState(QAbstractItemView.State.EditingState)

    def _rows_model(self) -> RowsModel[Any]:
        model = self.model()
        assert isinstance(model, RowsModel)
        return model
