"""The one look and behaviour of every table: keyboard first, whole rows, place kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from pan_desktop.gui.models.rows import Index, RowsModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

ROW_HEIGHT = 32


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
        self._current_id = ""
        self._place = (0, 0)

    def show_rows(self, model: RowsModel[Any], widths: Sequence[int]) -> None:
        """Show ``model``; ``widths`` are the columns' in pixels, 0 for those that stretch."""
        self.setModel(model)
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            stretch = QHeaderView.ResizeMode.Stretch
            mode = QHeaderView.ResizeMode.Interactive if width else stretch
            header.setSectionResizeMode(column, mode)
            if width:
                self.setColumnWidth(column, width)
        model.modelReset.connect(self._restore_place)

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

    def _rows_model(self) -> RowsModel[Any]:
        model = self.model()
        assert isinstance(model, RowsModel)
        return model
