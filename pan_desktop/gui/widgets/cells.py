"""Editing in the cells of a Table as in a sheet: typing, Enter down, Tab on, Escape back.

What cannot be taken stays in the cell, being typed, while the message bar says why.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyledItemDelegate

from pan_desktop.domain.errors import PanError
from pan_desktop.gui.models.rows import RowsModel, row_at
from pan_desktop.gui.widgets.completer import FoldingCompleter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from pan_desktop.gui.models.rows import HasId
    from pan_desktop.gui.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex

_DOWN = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down})
_SIDEWAYS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_MOVES = _DOWN | _SIDEWAYS | {Qt.Key.Key_Up}


class CellDelegate(QStyledItemDelegate):
    """Edits the cells of one table, going on from cell to cell without leaving the keyboard."""

    refused = Signal(object)
    """What was typed cannot be taken: the PanError that says why; the cell is still open."""
    finished = Signal()
    """No cell is being edited any more."""

    def __init__(
        self,
        table: Table,
        suggestions: Mapping[int, Callable[[], Sequence[str]]] | None = None,
    ) -> None:
        """Edit the cells of ``table``; ``suggestions`` gives, by column, words to propose."""
        super().__init__(table)
        self._table = table
        self._suggestions = suggestions or {}
        self._editor: QLineEdit | None = None
        self._seen: Any = None
        """The row as the open cell shows it, or showed it when something was typed there."""
        self._submitting = False
        self._refusal = False
        self.closeEditor.connect(lambda *_: QTimer.singleShot(0, self, self._tell_finished))
        table.setItemDelegate(self)

    @property
    def editing(self) -> bool:
        """Tell whether a cell is open."""
        return self._table.state() is QAbstractItemView.State.EditingState

    def close(self) -> bool:
        """Take what is being typed and close the cell; False when it is refused and stays open."""
        if self._editor is None or not self.editing:
            return True
        self._submitting, self._refusal = True, False
        self.commitData.emit(self._editor)
        self._submitting = False
        if self._refusal:
            self._editor.selectAll()
            return False
        completer = self._editor.completer()
        if isinstance(completer, FoldingCompleter):
            completer.close()
        self.closeEditor.emit(self._editor, QStyledItemDelegate.EndEditHint.NoHint)
        return True

    def reopen(self, index: Index, text: str, seen: HasId) -> None:
        """Open a cell again with what had been typed in it, unless another is open.

        ``seen`` is its row as it was shown to who typed that.
        """
        place = self._table.model().index(index.row(), index.column())
        if not place.isValid() or not self._table.isVisible():
            return
        self._table.setFocus()
        self._table.setCurrentIndex(place)
        self._table.edit(place)
        if self._editor is not None:
            self._editor.setText(text)
            self._editor.setModified(True)
            self._seen = seen
            self._editor.selectAll()

    # Qt's own --------------------------------------------------------------------------

    def createEditor(  # noqa: N802
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> QWidget:
        """Return a line to type in, with a list of words where the column has one."""
        editor = QLineEdit(parent)
        editor.setFrame(False)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        if alignment is not None:
            editor.setAlignment(Qt.AlignmentFlag(alignment))
        words = self._suggestions.get(index.column())
        if words is not None:
            editor.setCompleter(FoldingCompleter(words(), editor))
        self._editor = editor
        editor.destroyed.connect(partial(self._forget, editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Show what the cell holds, never over what is being typed."""
        assert isinstance(editor, QLineEdit)
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if not editor.isModified():
            self._seen = row_at(index)
            if editor.text() != text:
                editor.setText(text)

    def setModelData(  # noqa: N802
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        """Hand over what was typed; where it is refused, the cell stays or opens again."""
        assert isinstance(editor, QLineEdit)
        assert isinstance(model, RowsModel)
        try:
            model.take(index, editor.text(), self._seen)
        except PanError as error:
            self._refusal = True
            self.refused.emit(error)
            if not self._submitting:  # the view is closing the cell: a click elsewhere
                place = QPersistentModelIndex(index)
                again = partial(self.reopen, place, editor.text(), self._seen)
                QTimer.singleShot(0, self, again)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the keys that go from cell to cell."""
        if (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _MOVES
        ):
            self._go_on(Qt.Key(event.key()))
            return True
        return super().eventFilter(watched, event)

    # Going on --------------------------------------------------------------------------

    def _go_on(self, key: Qt.Key) -> None:
        index = self._table.currentIndex()
        if not self.close():
            return
        going = self._next(index, key)
        if going is not None:
            self._table.setCurrentIndex(going)
            self._table.edit(going)

    def _next(self, index: QModelIndex, key: Qt.Key) -> QModelIndex | None:
        model = self._table.model()
        row, column = index.row(), index.column()
        if key in _SIDEWAYS:
            columns = [c for c in range(model.columnCount()) if self._editable(index, c)]
            step = 1 if key == Qt.Key.Key_Tab else -1
            place = row * len(columns) + columns.index(column) + step
            row, column = divmod(place, len(columns))
            column = columns[column]
        else:
            row += 1 if key in _DOWN else -1
        return model.index(row, column) if 0 <= row < model.rowCount() else None

    def _editable(self, index: QModelIndex, column: int) -> bool:
        flags = index.siblingAtColumn(column).flags()
        return bool(flags & Qt.ItemFlag.ItemIsEditable)

    def _forget(self, editor: QLineEdit) -> None:
        if self._editor is editor:
            self._editor = None

    def _tell_finished(self) -> None:
        if not self.editing:
            self.finished.emit()
