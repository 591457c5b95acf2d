"""Tenir: people on the left, the agenda and what is said in the middle, the relevé on the right.

Each side folds. In the companion window the same panel stands upright, without the preview.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from pan_desktop.app import sentences, words
from pan_desktop.app.spelling import Speller
from pan_desktop.domain.model import AgendaItem, ItemKind
from pan_desktop.gui.meeting.checks import ChecksPanel
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.meeting.people import PeoplePanel
from pan_desktop.gui.meeting.points import PointsPanel
from pan_desktop.gui.meeting.progress import ProgressPanel
from pan_desktop.gui.preview.live import LivePreview
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pan_desktop.app.checks import Review
    from pan_desktop.app.conclusions import PointEdit
    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.completion import Completer
    from pan_desktop.gui.pages.page import Services
    from pan_desktop.gui.widgets.rich_edit import RichEdit

_PEOPLE_WIDTH = 320
_PREVIEW_WIDTH = 420
_LATER_MS = 300
_ROOMY = 1360
"""From this width on the preview has room beside the rest."""


class HoldPanel(Panel):
    """The meeting while it is held."""

    moved = Signal()
    """Another item of the agenda is shown."""
    choice_asked = Signal()
    """F8: what waits for a choice is to be shown."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.people = PeoplePanel(services)
        self.points = PointsPanel(services)
        self.progress = ProgressPanel(services)
        self.preview = LivePreview(services.preferences.style)
        self.checks = ChecksPanel(services)
        self._side = QSplitter(Qt.Orientation.Vertical)
        self._checks_wanted: bool | None = None
        self.speller = Speller()
        self._spellings: list[Spelling] = []
        self.points.editor_made.connect(self._spell)
        self._spell(self.progress.ui.details)
        self._items: list[AgendaItem] = []
        self._preview_wanted: bool | None = None
        self._narrow = False
        self._divided = False
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setDrawBase(False)
        self._tabs.currentChanged.connect(lambda _index: self._show_item())
        self._keys = QLabel()
        self._keys.setProperty("role", "keys")
        self._keys.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.points)
        self._stack.addWidget(self.progress)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(GRID)
        self._assemble()
        self.points.typed.connect(self._on_typed)
        self.progress.typed.connect(self.preview.show_report)
        for keys, act in (
            ("F2", self.people.enter),
            ("F3", self.enter_points),
            ("F5", self.toggle_preview),
            ("F6", self.toggle_checks),
            ("F7", self.toggle_spelling),
            ("F8", self.choice_asked.emit),
            ("Ctrl+E", self.enter_progress),
            ("Ctrl+PgDown", lambda: self._step(1)),
            ("Ctrl+PgUp", lambda: self._step(-1)),
        ):
            self._shortcut(keys, act)

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

    def enter_here(self) -> None:
        """Put the focus in what is shown of the agenda."""
        if self._stack.currentWidget() is self.progress:
            self.progress.ui.grid.setFocus()
        else:
            self.points.enter()

    @property
    def row_here(self) -> tuple[str, str]:
        """Return the table and the identifier of the point or the report that is worked on."""
        if self._stack.currentWidget() is self.progress:
            return "progress_report", self.progress.current
        return "conclusion", self.points.point_here

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar under what is typed."""
        column = self._centre.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self._keys), bar)

    def toggle_preview(self) -> None:
        """Fold the preview, or unfold it whatever room there is."""
        self._preview_wanted = not self.preview.isVisible()
        self._fold()

    def toggle_checks(self) -> None:
        """Fold the list of checks, or unfold it and go there."""
        self._checks_wanted = not self.checks.isVisible()
        self._fold()
        if self._checks_wanted:
            self.checks.enter()

    def show_review(self, review: Review) -> None:
        """Show what the checks found, quietly: the sum of it where the keys are told."""
        self.checks.show_review(review)
        self._say_keys()

    def set_narrow(self, narrow: bool) -> None:
        """Stand upright for the companion window, or lie wide again."""
        self._narrow = narrow
        upright = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        self._splitter.setOrientation(upright)
        self._splitter.setSizes([280, 420, 0] if narrow else self._wide_sizes())
        margin = 0 if narrow else 2 * GRID
        layout = self._centre.layout()
        assert layout is not None
        layout.setContentsMargins(margin, GRID if narrow else 0, 0, 0)
        self._fold()

    def set_locked(self, locked: bool) -> None:
        """Let everything be read only, or worked in again."""
        super().set_locked(locked)
        for panel in (self.people, self.points, self.progress, self.checks):
            panel.set_locked(locked)

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
        typed = self.progress.as_typed(self.points.as_typed(view.record))
        self.preview.show_record(typed)
        if fresh:
            self.jobs.aside(
                sentences.completer, done=self._complete_with, meeting_id=self.meeting_id
            )

            self.jobs.run(words.list_words, done=self.speller.accept)
            # The page is painted first: the dictionary takes a fifth of a second.
            QTimer.singleShot(_LATER_MS, self, self._load_dictionary)
        people = [seat.person for seat in view.seats]
        houses = [commitment.institution for commitment in view.record.plan.commitments]
        houses += [person.institution for person in people]
        self.speller.take_names([*(person.name for person in people), *houses])

    def toggle_spelling(self) -> None:
        """Show the waves under unknown words, or none."""
        preferences = self.services.preferences
        preferences.spelling = not preferences.spelling
        for spelling in self._spellings:
            spelling.set_on(preferences.spelling)
        on = self.tr("Les mots inconnus sont soulignés. F7 arrête.")
        off = self.tr("Les mots inconnus ne sont plus soulignés. F7 reprend.")
        self.services.notice.tell(on if preferences.spelling else off)

    def _load_dictionary(self) -> None:
        self.speller.load()
        for spelling in self._spellings:
            spelling.set_on(self.services.preferences.spelling)

    def _spell(self, editor: RichEdit) -> None:
        """Watch over the spelling of an editor for as long as it lives."""
        spelling = Spelling(editor, self.speller)
        spelling.set_on(self.services.preferences.spelling)
        spelling.word_accepted.connect(lambda word: self.jobs.run(words.add_word, word=word))
        self._spellings.append(spelling)
        spelling.destroyed.connect(partial(self._spellings.remove, spelling))

    def _complete_with(self, completer: Completer) -> None:
        """Offer sentences from now on, in points and in details alike."""
        self.points.completer = self.progress.completer = completer

    @property
    def current_item(self) -> str:
        """Return the identifier of the agenda item that is shown."""
        item = self._item()
        return item.id if item is not None else ""

    def go_to_point(self, point_id: str, start: int, length: int) -> None:
        """Put the caret on a stretch of a point, whatever item it is under."""
        for index, item in enumerate(self._items):
            self.points.flush()
            if item.kind is ItemKind.POINTS and self.points.holds(item, point_id):
                self._tabs.setCurrentIndex(index)
                self._show_item()
                self.points.go_to(point_id, start, length)

    def go_to_report(self, report_id: str, start: int, length: int) -> None:
        """Put the caret on a stretch of a commitment's details."""
        self._turn_to(ItemKind.PROGRESS)
        self.progress.go_to(report_id, start, length)

    def go_to_commitment(self, number: int) -> None:
        """Show the row of a commitment."""
        self._turn_to(ItemKind.PROGRESS)
        self.progress.go_to_number(number)

    def flush(self) -> None:
        """Send what was typed in this very pass of the event loop."""
        self.points.flush()
        self.progress.flush()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own
        """Divide the room, once it is known how much there is."""
        super().showEvent(event)
        if not self._divided:
            self._divided = True
            self._splitter.setSizes(self._wide_sizes())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own
        """Fold the preview where there is no room for it."""
        super().resizeEvent(event)
        self._fold()

    def _assemble(self) -> None:
        self._centre = QWidget()
        column = QVBoxLayout(self._centre)
        column.setContentsMargins(2 * GRID, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(self._keys)
        self._side.addWidget(self.checks)
        self._side.addWidget(self.preview)
        self._side.setSizes([260, 600])
        for stretch, part in enumerate((self.people, self._centre, self._side)):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(stretch, int(part is self._centre))
        self._splitter.setSizes(self._wide_sizes())
        self.preview.setMinimumWidth(240)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)

    def _fold(self) -> None:
        """Show the side where it is wanted, or where nobody said and there is room."""
        room = self.width() >= _ROOMY
        wide = not self._narrow
        preview = wide and (room if self._preview_wanted is None else self._preview_wanted)
        listed = room and wide if self._checks_wanted is None else self._checks_wanted
        if (preview or listed) and not self._side.isVisible():
            self._side.show()
            self._splitter.setSizes([240, 360, 200] if self._narrow else self._wide_sizes())
        self.preview.setVisible(preview)
        self.checks.setVisible(listed)
        self._side.setVisible(preview or listed)
        self._say_keys()

    def _say_keys(self) -> None:
        """Tell the keys, and beside the checks' own key what they found."""
        keys = [self.tr("F2 personnes"), self.tr("F3 points"), self.tr("Ctrl+E avancement")]
        keys += [self.tr("Ctrl+Pg↑ Ctrl+Pg↓ autre point"), self.tr("Ctrl+D décision")]
        keys += [self.tr("Ctrl+T action"), self.tr("Ctrl+Z annuler")]
        keys += [self.tr("F7 orthographe")] if self._narrow else [self.tr("F5 aperçu")]
        found = self.checks.summary.text() if not self.checks.isVisible() else ""
        told = self.tr("F6 contrôles")
        keys.append(f"{told} ({found})" if found else told)
        keys.append(self.tr("F9 revenir à la fenêtre") if self._narrow else self.tr("F9 compagnon"))
        self._keys.setText(" · ".join(word.replace(" ", "\u00a0") for word in keys))

    def _wide_sizes(self) -> list[int]:
        """Return the widths of people, text and preview: a large screen gives a readable page."""
        page = max(_PREVIEW_WIDTH, round(self.width() * 0.34)) if self._side.isVisible() else 0
        return [_PEOPLE_WIDTH, max(400, self.width() - _PEOPLE_WIDTH - page), page]

    def _on_typed(self, item_id: str, points: Sequence[PointEdit]) -> None:
        """Let the preview follow."""
        for point in points:
            self.preview.show_point(item_id, point)
        if not points:
            here, whole = self.points.outline(item_id)
            self.preview.show_points(item_id, whole, here)

    def _show_item(self) -> None:
        item = self._item()
        if item is None:
            return
        if item.kind is ItemKind.PROGRESS:
            self._stack.setCurrentWidget(self.progress)
        else:
            self.points.show_item(item)
            self._stack.setCurrentWidget(self.points)
        self.moved.emit()

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
