"""The tabs of pages that share a place in the rail: the plan, its progress, people and who came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.gui.pages.page import Page


class Siblings(QTabBar):
    """Goes from one page to its siblings: a click, the arrows, or Ctrl and the tab's number."""

    def __init__(self, page: Page, names: Sequence[tuple[str, str]], own: str) -> None:
        """Show on ``page`` the pages ``names`` (name, label), of which it is ``own``."""
        super().__init__(page)
        self._names = [name for name, _ in names]
        self._place = self._names.index(own)
        self._go = page.services.go
        self.setExpanding(False)
        self.setDrawBase(False)
        for number, (_, words) in enumerate(names, start=1):
            self.addTab(words)
            self.setTabToolTip(number - 1, f"Ctrl+{number}")
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda place=number - 1: self.setCurrentIndex(place))
        self.setCurrentIndex(self._place)
        self.currentChanged.connect(self._leave)

    def _leave(self, place: int) -> None:
        """Show the sibling; here the tab of this page stays the current one."""
        if place == self._place:
            return
        with QSignalBlocker(self):
            self.setCurrentIndex(self._place)
        self._go(self._names[place])
