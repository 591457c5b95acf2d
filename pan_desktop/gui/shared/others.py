"""Who else is in the meeting and where: a line under the title, told by the line to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QTabWidget, QWidget

from pan_desktop.domain.typography import counted
from pan_desktop.gui.shared.badges import badge
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.app.sharing import Editing
    from pan_desktop.gui.line_jobs import LineJobs

PRESENCES, PREPARING, POINT, REPORT = "attendance", "meeting", "conclusion", "progress_report"
"""The tables by which a part of the meeting's page is named to the others."""


class Others(QObject):
    """Who else is writing in the meeting that is shown."""

    changed = Signal()
    """Someone came, went or moved on, or the meeting is another."""

    def __init__(self, line: LineJobs, parent: QObject | None = None) -> None:
        """Listen to ``line``."""
        super().__init__(parent)
        self._line = line
        self._where: dict[tuple[str, str], str] = {}
        line.others_changed.connect(self._on_others)

    def _on_others(self, _others: object) -> None:
        self.changed.emit()

    def show_view(self, view: MeetingView) -> None:
        """Know the rows of the meeting that is shown, and what they are called."""
        record = view.record
        self._where = {
            (PRESENCES, record.meeting.id): self.tr("tient les présences"),
            (PREPARING, record.meeting.id): self.tr("prépare la réunion"),
        }
        for item in record.agenda:
            words = self.tr("écrit sous «\u00a0{}\u00a0»").format(_short(item.section_heading))
            self._where |= {(POINT, point.id): words for point in item.conclusions}
        for report in record.scope:
            words = self.tr("remplit l’engagement {}").format(report.commitment.number)
            self._where[REPORT, report.id] = words
        self.changed.emit()

    def here(self) -> list[tuple[Editing, str]]:
        """Return who is in this meeting, each with what she does there in words."""
        return [
            (editing, self._where[editing.table, editing.row_id])
            for editing in self._line.others
            if (editing.table, editing.row_id) in self._where
        ]

    def writing(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return who writes in the rows of a table, names by identifier."""
        found: dict[str, tuple[str, ...]] = {}
        for editing in self._line.others:
            if editing.table == table:
                found[editing.row_id] = (*found.get(editing.row_id, ()), editing.author)
        return found


_LONGEST = 32
"""So many letters of a heading are shown."""
_SHOWN = 2
"""So many are told with what they do; of more only how many."""


class OthersStrip(QWidget):
    """One quiet line: who else is here and what she does; empty when one is alone."""

    def __init__(self, others: Others, parent: QWidget | None = None) -> None:
        """Show what ``others`` knows."""
        super().__init__(parent)
        self._others = others
        self._tabs: QTabWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        self.words: list[str] = []
        """What is shown, one phrase a person."""
        others.changed.connect(self._show)
        self.hide()

    def _show(self) -> None:
        here = self._others.here()
        words = [f"{editing.author} {deed}" for editing, deed in here]
        if words == self.words:
            return
        self.words = words
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for (editing, _), said in zip(here[:_SHOWN], words, strict=False):
            sign = QLabel()
            sign.setPixmap(badge(editing.author, self.devicePixelRatioF()))
            self._row.addWidget(sign)
            self._row.addWidget(self._label(said))
        more = len(words) - _SHOWN
        if more > 0:
            self._row.addWidget(self._label(self.tr("et {}").format(counted(more, "autre"))))
        self.setToolTip("\n".join(words))
        self.setVisible(bool(words))
        self._stand()

    def stand_on(self, tabs: QTabWidget) -> None:
        """Stand in the room at the right of some tabs, where no line has to move for it."""
        self._tabs = tabs
        self.setParent(tabs)
        tabs.installEventFilter(self)
        self._stand()

    def event(self, event: QEvent) -> bool:
        """Take the room that the words need, once they are laid out."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._stand()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Stay at the right."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._stand()
        return super().eventFilter(watched, event)

    def _stand(self) -> None:
        if self._tabs is None:
            return
        bar = self._tabs.tabBar()
        room = self._tabs.width() - bar.tabRect(bar.count() - 1).right() - GRID
        width = min(self.sizeHint().width(), room)
        self.setGeometry(self._tabs.width() - width, 0, width, bar.height())
        self.raise_()

    def _label(self, words: str) -> QLabel:
        made = QLabel(words)
        made.setProperty("role", "hint")
        return made


class Whereabouts(QObject):
    """Tells the others where somebody writes here: wherever the keyboard is, and only then."""

    def __init__(
        self, line: LineJobs, page: QWidget, here: Callable[[QWidget], tuple[str, str]]
    ) -> None:
        """Tell ``line`` where in ``page`` the keyboard is; ``here`` names it: a table and a row."""
        super().__init__(page)
        self._line = line
        self._here = here
        self._told = ("", "")
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self.tell()

    def tell(self) -> None:
        """Tell where the keyboard is now, if that is news."""
        focus = QApplication.focusWidget()
        here = self._here(focus) if focus is not None else ("", "")
        if here != self._told:
            self._told = here
            self._line.tell_editing(*here)


def _short(words: str) -> str:
    """Return words in a length that leaves room beside the tabs."""
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
