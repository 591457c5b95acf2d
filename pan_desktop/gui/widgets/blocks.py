"""The small pieces that pages without a form are made of, in the one look of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def label(text: str, role: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label in the look of its role (title, section, strong, hint, keys, error)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wraps)
    return made


def button(text: str, act: Callable[[], object], *, main: bool = False) -> QPushButton:
    """Return a button; the ``main`` one of a page is filled in the accent colour."""
    made = QPushButton(text)
    if main:
        made.setProperty("role", "main")
    made.clicked.connect(act)
    return made


def choice(name: str) -> QComboBox:
    """Return a list to choose from, as wide as its words; ``name`` says what it is of."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def row(*widgets: QWidget | None) -> QHBoxLayout:
    """Return widgets side by side; None is where what follows goes to the right."""
    line = QHBoxLayout()
    line.setSpacing(GRID)
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget)
    return line


def page_column(page: QWidget) -> QVBoxLayout:
    """Return the column that a page's content goes into, with the margins of every page."""
    column = QVBoxLayout(page)
    column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
    column.setSpacing(GRID)
    return column
