"""What every page shares: it refreshes when something it shows changed, and only when seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from pan_desktop.app.changes import Changes, Kind
    from pan_desktop.app.history import Went
    from pan_desktop.gui.history import History
    from pan_desktop.gui.jobs import Jobs
    from pan_desktop.gui.notify import Notice
    from pan_desktop.gui.preferences import Preferences
    from pan_desktop.gui.resting import Part, Resting
    from pan_desktop.gui.widgets.table import Table


def keep_plain(parent: QWidget) -> None:
    """Have the labels under ``parent`` show texts as they are.

    Qt would take a name such as "<img src=…>" for a page, and fetch what it names, on Windows from
    another machine. One that the program itself writes as a page says so by its property "rich".
    """
    from PySide6.QtCore import Qt  # not at start
    from PySide6.QtWidgets import QLabel

    for label in parent.findChildren(QLabel):
        if label.textFormat() is Qt.TextFormat.AutoText and not label.property("rich"):
            label.setTextFormat(Qt.TextFormat.PlainText)


class Place(NamedTuple):
    """Somewhere in the window: a page, and what to show there."""

    page: str
    what: str = ""
    """What each page understands: an identifier, or a word of its own."""
    plan_id: str = ""
    row: tuple[str, str] = ("", "")
    """Of a meeting, the row to show in it: a table's name and an identifier."""


class Services(NamedTuple):
    """What the composition of the window hands to every page."""

    jobs: Jobs
    notice: Notice
    preferences: Preferences
    go: Callable[[str], None]
    """Show the page of that name."""
    open_meeting: Callable[[str], None]
    """Show the meeting of that identifier."""
    history: History
    """Undo and redo."""
    go_to: Callable[[Place], None]
    """Show something where it is."""
    reopen: Callable[[str], None]
    """Leave this window for a new one on the database as it is now, which tells a sentence."""

    def refused(self) -> bool:
        """Say at once why nothing may be changed here, where that is so; tell whether it is."""
        if self.jobs.refusal:
            self.notice.tell(self.jobs.refusal)
        return bool(self.jobs.refusal)


class Page(QWidget):
    """A page of the window. Subclasses say what they show in ``kinds`` and fill in ``refresh``."""

    kinds: frozenset[Kind] = frozenset()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the page, to be filled when it is first seen."""
        super().__init__(parent)
        self.services = services
        self.jobs = services.jobs
        self._stale = True
        self._resting: Resting | None = None
        self.jobs.changed.connect(self._on_changes)

    def refresh(self) -> None:
        """Ask the store for what the page shows."""
        raise NotImplementedError

    def tell_more(self) -> None:
        """Show what can wait until the window has been painted once."""

    def enter(self) -> None:
        """Put the focus where work on the page begins."""
        self.setFocus()

    def reveal(self, place: Place) -> None:
        """Show what ``place`` names; asked for before the page is entered."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own
        """Refresh when something changed while the page was out of sight."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def rest(self, *parts: Part) -> None:
        """Let parts of the page be used only while something may be written here."""
        from pan_desktop.gui.resting import Resting  # not at start

        if self._resting is None:
            self._resting = Resting(self.jobs, self)
        self._resting.add(*parts)

    def follow_history(self, list_: Table, kind: str) -> None:
        """Have ``list_`` go to the row of the table ``kind`` that undo or redo brings back."""

        def go(went: Went) -> None:
            rows = [row_id for name, row_id in went.rows if name == kind]
            if rows and self.isVisible():
                list_.choose(rows[0])

        self.services.history.went.connect(go)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own
        """Let Enter press the button that has the keyboard, as it does in dialogs."""
        from PySide6.QtCore import Qt  # not at start

        button = self.window().focusWidget()
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and plain and isinstance(button, QPushButton) and self.isAncestorOf(button):
            if not event.isAutoRepeat():
                button.click()
        else:
            super().keyPressEvent(event)

    def _on_changes(self, changes: Changes) -> None:
        if changes.kinds.isdisjoint(self.kinds):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
