"""One table model for every list: columns say what to show, pages say what an edit does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex


class HasId(Protocol):
    """A row of a list: anything with an identifier."""

    @property
    def id(self) -> str:
        """Return the identifier."""
        ...


Row = TypeVar("Row", bound=HasId)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its heading, what it shows, and what typing in it does (None: read only)."""

    heading: str
    text: Callable[[Row], str]
    edit: Callable[[Row, str], None] | None = None
    centred: bool = False
    sort_key: Callable[[Row], Any] | None = None
    tip: Callable[[Row], str] | None = None
    """What the mouse is told of a cell, where it is more than its text."""


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A table of rows that the pages replace whole; the view keeps its place by identifier."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        """Show ``columns``, with no rows yet."""
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows; when they are the same ones in the same order, only repaint them."""
        fresh = tuple(rows)
        same = [row.id for row in fresh] == [row.id for row in self._rows]
        if not same:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()
        elif fresh:
            self._rows = fresh
            last = self.index(len(fresh) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, index: Index | int) -> Row | None:
        """Return the row at an index or number, None outside the table."""
        number = index if isinstance(index, int) else index.row() if index.isValid() else -1
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, row_id: str) -> int:
        """Return where the row of that identifier stands, -1 when it is not shown."""
        return next((i for i, row in enumerate(self._rows) if row.id == row_id), -1)

    def column(self, number: int) -> Column[Row]:
        """Return a column."""
        return self._columns[number]

    def rows(self) -> tuple[Row, ...]:
        """Return all rows as shown."""
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the number of rows; a table has no children."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, or edits, or how it stands."""
        row = self.row(index)
        if row is None:
            return None
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                middle = Qt.AlignmentFlag.AlignVCenter
                side = (
                    Qt.AlignmentFlag.AlignHCenter if column.centred else Qt.AlignmentFlag.AlignLeft
                )
                return middle | side
            case Qt.ItemDataRole.ToolTipRole:
                return (column.tip or column.text)(row) or None
        return None

    def setData(  # noqa: N802 - Qt's own
        self,
        index: Index,
        value: object,
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Hand what was typed to the column; the fresh row comes back through ``set_rows``."""
        row = self.row(index)
        edit = self._columns[index.column()].edit if row is not None else None
        if row is None or edit is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != self._columns[index.column()].text(row):
            edit(row, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that every cell can be selected and some edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._columns[index.column()].edit is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(  # noqa: N802 - Qt's own
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft
            if self._columns[section].centred:
                side = Qt.AlignmentFlag.AlignHCenter
            return side | Qt.AlignmentFlag.AlignVCenter
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        return None
