"""A part of a page that folds under its heading, and tables as high as what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.table import ROW_HEIGHT, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QScrollArea

    from pan_desktop.gui.models.rows import RowsModel

_OPEN, _FOLDED = "▾", "▸"


class Section(QWidget):
    """A heading that folds what is under it: a click, the space bar or Enter."""

    def __init__(self, title: str, keys: str, content: QWidget) -> None:
        """Show ``content`` under ``title``; ``keys`` says what its keys do."""
        super().__init__()
        self.content = content
        self._title = title
        self._keys_told = True
        self.heading = QPushButton()
        self.heading.setProperty("role", "row")
        self.heading.setMinimumHeight(4 * GRID)
        self.heading.clicked.connect(self.toggle)
        self._arrow, name, self.summary = QLabel(_OPEN), QLabel(title), QLabel()
        name.setProperty("role", "strong")
        self.summary.setProperty("role", "hint")
        self._keys = QLabel(keys)
        self._keys.setProperty("role", "keys")
        row = QHBoxLayout(self.heading)
        row.setContentsMargins(GRID // 2, 0, GRID // 2, 0)
        row.setSpacing(GRID)
        for label in (self._arrow, name, self.summary):
            row.addWidget(label)
        row.addStretch(1)
        row.addWidget(self._keys)
        for label in (self._arrow, name, self.summary, self._keys):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.heading)
        column.addWidget(content)
        self.summarise("")

    @property
    def folded(self) -> bool:
        """Tell whether the content is put away."""
        return self.content.isHidden()

    def toggle(self) -> None:
        """Fold or unfold the content."""
        self.content.setVisible(self.folded)
        self._keys.setVisible(not self.folded and self._keys_told)
        self._arrow.setText(_FOLDED if self.folded else _OPEN)

    def tell_keys(self, *, told: bool) -> None:
        """Say what the keys do, or nothing while they do nothing."""
        self._keys_told = told
        self._keys.setVisible(told and not self.folded)

    def summarise(self, words: str) -> None:
        """Say beside the title what the section holds: it is read when it is folded too."""
        self.summary.setText(words)
        self.heading.setAccessibleName(", ".join(part for part in (self._title, words) if part))


class QuietTable(Table):
    """A table to look through beside the work: its current row is marked while one is in it."""

    def show_rows(self, model: RowsModel[Any], widths: Sequence[int]) -> None:
        """Show ``model`` as every table does, and as high as its rows."""
        super().show_rows(model, widths)
        model.modelReset.connect(self._mark)
        fit(self)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own
        """Mark the current row, the first where there was none."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own
        """Keep the place but not the mark."""
        super().focusOutEvent(event)
        self._mark()

    def _mark(self) -> None:
        if self.hasFocus():
            self.selectRow(self.currentIndex().row())
        else:
            self.clearSelection()


def fit(table: Table, least: int = 1) -> None:
    """Keep a table as high as its rows, at least ``least`` of them: the page scrolls, not it."""
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def grow() -> None:
        rows = max(least, table.model().rowCount())
        header = table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(header + rows * ROW_HEIGHT + 4)  # the frame, 2 pixels when focused

    table.model().modelReset.connect(grow)
    grow()


def keep_in_sight(table: Table, area: QScrollArea) -> None:
    """Let ``area`` follow the current row of a table that does not scroll itself."""

    def follow() -> None:
        content = area.widget()
        if table.hasFocus() and content is not None:
            row = table.visualRect(table.currentIndex())
            place = table.viewport().mapTo(content, QPoint(0, row.center().y()))
            area.ensureVisible(0, place.y(), 0, 2 * ROW_HEIGHT)

    table.row_chosen.connect(lambda _row_id: follow())
