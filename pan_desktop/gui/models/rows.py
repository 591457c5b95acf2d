"""One table model for every list: columns say what to show, pages say what an edit does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QColor

_NUMBERS = re.compile(r"(\d+)")
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
    edit: Callable[[Row, str, Row], None] | None = None
    """Takes the row, what was typed, and the row as its cell showed it to who typed: another may
    have changed it since."""
    centred: bool = False
    sort_key: Callable[[Row], Any] | None = None
    tip: Callable[[Row], str] | None = None
    """What the mouse is told of a cell, where it is more than its text."""
    words: Callable[[Row], str] | None = None
    """What is copied and searched, where the cell shows a sign instead."""
    colour: Callable[[Row], QColor | None] | None = None
    """What the cell's text is written in, None for the usual ink."""

    def said(self, row: Row) -> str:
        """Return what the cell of a row says in words."""
        return (self.words or self.text)(row)

    def has_order(self, row: Row) -> bool:
        """Tell whether a row has a value to be sorted by."""
        return self.sort_key is None or self.sort_key(row) is not None

    def order(self, row: Row) -> Any:  # noqa: ANN401 - whatever compares
        """Return what rows are sorted by: numbers within words count as numbers."""
        if self.sort_key is not None:
            return self.sort_key(row)
        parts = _NUMBERS.split(folded(self.said(row)))
        return tuple((part.isdecimal(), int(part) if part.isdecimal() else part) for part in parts)


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A table of rows that the pages replace whole; the view keeps its place by identifier.

    The rows are shown in the order given, or sorted by a column, and narrowed to those that hold
    the words of the filter.
    """

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        """Show ``columns``, with no rows yet."""
        super().__init__(parent)
        self._columns = tuple(columns)
        self._all: tuple[Row, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._words: tuple[str, ...] = ()
        self.sorted_by = -1
        """The column the rows are sorted by, -1 for the order they were given in."""
        self.descending = False
        self.read_only = False
        """Whether no cell can be edited, whatever its column says."""
        self.typed_in: Callable[[], bool] = lambda: False
        """Tells whether a cell is open: then rows come and go without closing it."""

    def set_rows(self, rows: Sequence[Row], *, keep_order: bool = False) -> None:
        """Replace the rows; when they are the same ones in the same order, only repaint them.

        With ``keep_order`` those known stay where they are (a cell is being typed in) and new
        ones come last.
        """
        self._all = tuple(rows)
        self._show(self._in_place() if keep_order else self._arranged())

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Replace the columns, for a table that has one for each meeting."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._rows = self._arranged()
        self.endResetModel()

    def narrow(self, text: str) -> None:
        """Show only the rows in whose cells every word of ``text`` is found."""
        self._words = tuple(folded(text).split())
        self._show(self._arranged())

    def sort_rows(self, column: int, *, descending: bool = False) -> None:
        """Sort by a column, -1 for the order given; rows that are alike keep that order."""
        self.sorted_by, self.descending = column, descending
        self._show(self._arranged())

    def row(self, index: Index | int) -> Row | None:
        """Return the row shown at an index or number, None outside the table."""
        number = index if isinstance(index, int) else index.row() if index.isValid() else -1
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, row_id: str) -> int:
        """Return where the row of that identifier stands, -1 when it is not shown."""
        return next((i for i, row in enumerate(self._rows) if row.id == row_id), -1)

    def column(self, number: int) -> Column[Row]:
        """Return a column."""
        return self._columns[number]

    def rows(self) -> tuple[Row, ...]:
        """Return all rows, those that the filter hides included, in the order given."""
        return self._all

    def cells(self, row: Row) -> tuple[str, ...]:
        """Return what a row says, column by column."""
        return tuple(column.said(row) for column in self._columns)

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the columns."""
        return tuple(column.heading for column in self._columns)

    def _arranged(self) -> tuple[Row, ...]:
        rows = self._all
        if self._words:
            said = (folded(" ".join(self.cells(row))) for row in rows)
            rows = tuple(
                row
                for row, text in zip(rows, said, strict=True)
                if all(word in text for word in self._words)
            )
        if 0 <= self.sorted_by < len(self._columns):
            column = self._columns[self.sorted_by]
            known = [row for row in rows if column.has_order(row)]
            known.sort(key=column.order, reverse=self.descending)
            # What has no value is last both ways round: nobody looks for it first.
            rows = (*known, *(row for row in rows if not column.has_order(row)))
        return rows

    def _in_place(self) -> tuple[Row, ...]:
        places = {row.id: place for place, row in enumerate(self._rows)}
        return tuple(sorted(self._all, key=lambda row: places.get(row.id, len(places))))

    def _show(self, fresh: tuple[Row, ...]) -> None:
        same = [row.id for row in fresh] == [row.id for row in self._rows]
        if not same and self.typed_in() and self._rearranged(fresh):
            same = True
        if not same:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()
        elif fresh:
            self._rows = fresh
            last = self.index(len(fresh) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _rearranged(self, fresh: tuple[Row, ...]) -> bool:
        """Take rows out and in one by one; False when those that stay change places."""
        wanted = [row.id for row in fresh]
        staying = [row.id for row in self._rows if row.id in set(wanted)]
        known = set(staying)
        if staying != [row_id for row_id in wanted if row_id in known]:
            return False
        for number in range(len(self._rows) - 1, -1, -1):
            if self._rows[number].id not in known:
                self.beginRemoveRows(QModelIndex(), number, number)
                self._rows = (*self._rows[:number], *self._rows[number + 1 :])
                self.endRemoveRows()
        for number, row in enumerate(fresh):
            if row.id not in known:
                self.beginInsertRows(QModelIndex(), number, number)
                self._rows = (*self._rows[:number], row, *self._rows[number:])
                self.endInsertRows()
        return True

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
            case Qt.ItemDataRole.ForegroundRole:
                return column.colour(row) if column.colour is not None else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return _shown_plain((column.tip or column.said)(row)) or None
        return column.said(row) or None if role == Qt.ItemDataRole.AccessibleTextRole else None

    def setData(  # noqa: N802 - Qt's own
        self,
        index: Index,
        value: object,
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Hand what was typed to the column; the fresh row comes back through ``set_rows``."""
        return role == Qt.ItemDataRole.EditRole and self.take(index, str(value))

    def take(self, index: Index, text: str, seen: Row | None = None) -> bool:
        """Hand what was typed to the column, and the row that was ``seen`` when that began."""
        row = self.row(index)
        edit = self._columns[index.column()].edit if row is not None else None
        if row is None or edit is None:
            return False
        shown = seen if seen is not None and seen.id == row.id else row
        if text != self._columns[index.column()].text(shown):
            edit(row, text, shown)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that every cell can be selected and some edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._columns[index.column()].edit is not None and not self.read_only:
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


def row_at(index: Index) -> HasId | None:
    """Return the row that a RowsModel shows at an index."""
    model = index.model()
    return model.row(index) if isinstance(model, RowsModel) else None


def _shown_plain(text: str) -> str:
    """Return a text that a tip shows as it is, also where Qt would take it for a page."""
    return f"<qt>{escape(text)}</qt>" if "<" in text else text
