"""Tenir: people on the left; the agenda and what is said on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from pan_desktop.domain.model import AgendaItem, ItemKind
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.meeting.people import PeoplePanel
from pan_desktop.gui.meeting.points import PointsPanel
from pan_desktop.gui.meeting.progress import ProgressPanel
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.gui.pages.page import Services

_PEOPLE_WIDTH = 336


class HoldPanel(Panel):
    """The meeting while it is held."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.people = PeoplePanel(services)
        self.points = PointsPanel(services)
        self.progress = ProgressPanel(services)
        self._items: list[AgendaItem] = []
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setDrawBase(False)
        self._tabs.currentChanged.connect(lambda _index: self._show_item())
        self._keys = QLabel(
            self.tr("F2 personnes · F3 points · Ctrl+E avancement · Ctrl+Pg↑ Ctrl+Pg↓ autre point")
        )
        self._keys.setProperty("role", "keys")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.points)
        self._stack.addWidget(self.progress)
        self._assemble()
        self._shortcut("F2", self.people.enter)
        self._shortcut("F3", self.enter_points)
        self._shortcut("Ctrl+E", self.enter_progress)
        self._shortcut("Ctrl+PgDown", lambda: self._step(1))
        self._shortcut("Ctrl+PgUp", lambda: self._step(-1))

    def enter(self) -> None:
        """Put the focus where names are typed."""
        self.people.enter()

    def enter_points(self) -> None:
        """Put the focus in the current item, the first one with points if it is the progress."""
        item = self._item()
        if item is None or item.kind is ItemKind.PROGRESS:
            self._turn_to(ItemKind.POINTS)
        self.points.enter()

    def enter_progress(self) -> None:
        """Put the focus in the grid of commitments."""
        self._turn_to(ItemKind.PROGRESS)
        self.progress.enter()

    def show_view(self, view: MeetingView) -> None:
        """Show people, agenda, and the current item."""
        fresh = view.record.meeting.id != self.meeting_id
        self.meeting_id = view.record.meeting.id
        self.people.show_view(view)
        self.points.show_view(view)
        self.progress.show_view(view)
        current = (
            "" if fresh or self._item() is None else self._tabs.tabData(self._tabs.currentIndex())
        )
        self._items = [item for item in view.record.agenda if item.discussed]
        self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for number, item in enumerate(self._items, start=1):
            index = self._tabs.addTab(f"{number}. {item.section_heading}".replace("&", "&&"))
            self._tabs.setTabData(index, item.id)
            self._tabs.setTabToolTip(index, item.section_heading)
            if item.id == current:
                self._tabs.setCurrentIndex(index)
        self._tabs.blockSignals(False)
        self._show_item()

    @property
    def current_item(self) -> str:
        """Return the identifier of the agenda item that is shown."""
        item = self._item()
        return item.id if item is not None else ""

    def flush(self) -> None:
        """Send what was typed in this very pass of the event loop."""
        self.points.flush()

    def _assemble(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(2 * GRID, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(self._keys)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.people)
        splitter.addWidget(centre)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_PEOPLE_WIDTH, 800])
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(splitter)

    def _show_item(self) -> None:
        item = self._item()
        if item is None:
            return
        if item.kind is ItemKind.PROGRESS:
            self._stack.setCurrentWidget(self.progress)
        else:
            self.points.show_item(item)
            self._stack.setCurrentWidget(self.points)

    def _item(self) -> AgendaItem | None:
        index = self._tabs.currentIndex()
        return self._items[index] if 0 <= index < len(self._items) else None

    def _turn_to(self, kind: ItemKind) -> None:
        for index, item in enumerate(self._items):
            if item.kind is kind:
                self._tabs.setCurrentIndex(index)
                self._stack.setCurrentIndex(1 if kind is ItemKind.PROGRESS else 0)
                return

    def _step(self, step: int) -> None:
        if self._items:
            self._tabs.setCurrentIndex((self._tabs.currentIndex() + step) % len(self._items))

    def _shortcut(self, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
