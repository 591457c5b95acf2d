"""A button that opens a short menu: what a page writes to files and reads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class FilesMenu(QPushButton):
    """A button and its menu, opened by a click, Space, Enter or the button's own letter."""

    def __init__(self, words: str, entries: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Offer ``entries``, each its words and what it does."""
        super().__init__(words)
        menu = QMenu(self)
        for text, act in entries:
            menu.addAction(text, act)
        self.setMenu(menu)
        self.setAutoDefault(True)
