"""The preview that follows the typing, and never makes it wait."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pan_desktop.app import paper
from pan_desktop.gui.preview.pages import Paper, paginated
from pan_desktop.gui.preview.view import PreviewView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QShowEvent

    from pan_desktop.app.conclusions import PointEdit
    from pan_desktop.app.paper import Typography
    from pan_desktop.domain.model import MeetingRecord, ProgressReport
    from pan_desktop.gui.preview.boxes import Box

SOON_MS = 100
"""How often at most the relevé is composed anew; changes that come meanwhile wait for the next."""
_REST_MS = 40
"""How much later it is when no further letter comes, after which the window has time."""
_SLICE_S = 0.004
"""How long the window's thread is held at a time while much has to be laid out."""


class LivePreview(QWidget):
    """The relevé as pages. It follows a record that it is given, and single changes of it."""

    def __init__(self, style: Typography, parent: QWidget | None = None) -> None:
        """Make an empty preview in a style."""
        super().__init__(parent)
        self.view = PreviewView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._style = style
        self._paper = Paper()
        self._record: MeetingRecord | None = None
        self._edited: tuple[str, str] | None = None
        self._work: Iterator[Box] | None = None
        self._done: list[Box] = []
        self._begun = -1.0
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._begin)
        self._slice = QTimer(self, singleShot=True, interval=0)
        self._slice.timeout.connect(self._go_on)

    def set_style(self, style: Typography) -> None:
        """Show the paper in another style."""
        self._style = style
        self._ask()

    def show_record(self, record: MeetingRecord) -> None:
        """Show what the store says."""
        self._record = record
        self._ask()

    def show_point(self, item_id: str, point: PointEdit) -> None:
        """Show other words in one point."""
        if self._record is not None:
            self._record = paper.with_point(self._record, item_id, point)
            self._edited = (item_id, point.id)
            self._ask()

    def show_points(self, item_id: str, points: Sequence[PointEdit], edited: str) -> None:
        """Show other points under an item; the caret is in the one ``edited``."""
        if self._record is not None:
            self._record = paper.with_points(self._record, item_id, points)
            self._edited = (item_id, edited)
            self._ask()

    def show_report(self, report: ProgressReport) -> None:
        """Show another report of a commitment."""
        if self._record is not None:
            self._record = paper.with_report(self._record, report)
            self._edited = ("", str(report.commitment.number))
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self._ask()

    @property
    def settled(self) -> bool:
        """Tell whether what is shown is what was last given."""
        return not (self._soon.isActive() or self._slice.isActive())

    def _ask(self) -> None:
        """Have the change shown, best just after a letter was painted: the next is far then."""
        if not self.isVisible() or self._record is None:
            return
        if perf_counter() - self._begun >= SOON_MS / 1000:
            self._soon.start(0)
        elif not self._soon.isActive():
            # Not restarted by a further change: a preview that waits for a pause never comes.
            self._soon.start(SOON_MS + _REST_MS)

    def _begin(self) -> None:
        if self._record is None or not self.isVisible():
            return
        self._begun = perf_counter()
        blocks = paper.blocks(self._record, self._style)
        self._work = iter(self._paper.boxes(blocks, self._style))
        self._done = []
        self._go_on()

    def _go_on(self) -> None:
        """Lay out for a while; the rest when everything else has had its turn."""
        assert self._work is not None
        until = perf_counter() + _SLICE_S
        for box in self._work:
            self._done.append(box)
            if perf_counter() > until:
                self._slice.start()
                return
        self._work = None
        self.view.show_pages(paginated(self._done), self._box_edited())

    def _box_edited(self) -> Box | None:
        """Return the box of what is being edited."""
        if self._edited is None or self._record is None:
            return None
        item_id, where = self._edited
        words = next(
            (
                paper.words_of(point, self._style)
                for item in self._record.agenda
                if item.id == item_id
                for point in item.conclusions
                if point.id == where
            ),
            None,
        )
        if item_id:
            return self._paper.box_of(words) if words is not None else None
        return next((b for b in self._done if b.text.startswith(f"{where}\t")), None)
