"""The list of recent meetings on the first page: two lines each, one click or Enter to open.

Made of buttons, not of a view with a delegate: loading QStyle's enumerations alone takes longer
than making these.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from pan_desktop.domain.calendar import date_in_words, hour
from pan_desktop.domain.typography import counted
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.first_look import RecentMeeting


class RecentList(QFrame):
    """Meetings, the latest first. The arrows go from one to the next."""

    opened = Signal(str)
    """Enter or a click on a meeting, with its identifier."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self.rows: list[_Row] = []
        self._shown: tuple[RecentMeeting, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GRID // 2, GRID // 2, GRID // 2, GRID // 2)
        self._column.setSpacing(GRID // 2)

    def show_meetings(self, meetings: Sequence[RecentMeeting]) -> None:
        """Replace what is listed; the keyboard stays at the same place of the list."""
        if tuple(meetings) == self._shown:
            return
        self._shown = tuple(meetings)
        place = next((i for i, row in enumerate(self.rows) if row.hasFocus()), -1)
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [_Row(meeting) for meeting in meetings]
        for number, row in enumerate(self.rows):
            row.clicked.connect(partial(self._open, self._shown[number].id))
            row.moved.connect(partial(self._move, number))
            self._column.addWidget(row)
        if self.rows:
            self.setFocusProxy(self.rows[0])
        if place >= 0:
            self._move(min(place, len(self.rows) - 1), 0)

    def _open(self, meeting_id: str) -> None:
        self.opened.emit(meeting_id)

    def _move(self, number: int, by: int) -> None:
        if 0 <= number + by < len(self.rows):
            self.rows[number + by].setFocus()


class _Row(QPushButton):
    """One meeting: its moment and what met on the left, its state on the right."""

    moved = Signal(int)
    """The down arrow (1) or the up arrow (-1)."""

    def __init__(self, meeting: RecentMeeting) -> None:
        """Say all about ``meeting``."""
        super().__init__()
        self.setProperty("role", "row")
        words = date_in_words(meeting.day)
        moment = f"{words[0].upper()}{words[1:]}, {hour(meeting.at)}"
        what = f"{meeting.body} · {meeting.plan}"
        present = counted(meeting.present, self.tr("présent"), self.tr("présents"))
        known = ""
        if meeting.scope:
            known = self.tr("avancement\u00a0: {} sur {}").format(meeting.known, meeting.scope)
        self.setAccessibleName(", ".join(part for part in (moment, what, present, known) if part))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(_line(moment, "strong", present, ""))
        column.addLayout(_line(what, "hint", known, "hint"))
        self.setMinimumHeight(7 * GRID)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own
        """Open on Enter, move on the arrows; all else as Qt does it."""
        from PySide6.QtCore import Qt  # not at start

        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


def _line(left: str, left_role: str, right: str, right_role: str) -> QHBoxLayout:
    row = QHBoxLayout()
    for text, role in ((left, left_role), (right, right_role)):
        label = QLabel(text)
        label.setProperty("role", role)
        row.addWidget(label)
    row.insertStretch(1, 1)
    return row
