"""Runs the checks while the meeting is held: after a rest, off the store, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pan_desktop.app import checks
from pan_desktop.app.changes import Kind

if TYPE_CHECKING:
    from pan_desktop.app.changes import Changes
    from pan_desktop.app.checks import Review
    from pan_desktop.gui.jobs import Jobs

REST_MS = 700
"""What nobody has typed for so long is looked at."""

_LOOKED_AT = (
    Kind.PLANS,
    Kind.PEOPLE,
    Kind.MEETINGS,
    Kind.AGENDA,
    Kind.CONCLUSIONS,
    Kind.ATTENDANCE,
    Kind.PROGRESS,
    Kind.ACTIVITIES,
    Kind.SETTINGS,
    Kind.RELEVES,
    Kind.DISAGREEMENTS,
)


class LiveChecks(QObject):
    """The review of one meeting, kept up to date."""

    reviewed = Signal(object)
    """A fresh Review of the meeting."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        """Review nothing before ``follow`` names a meeting."""
        super().__init__(parent)
        self._jobs = jobs
        self._meeting_id = ""
        self._running = False
        self._again = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._run)
        jobs.changed.connect(self._on_changes)

    def follow(self, meeting_id: str) -> None:
        """Review another meeting from now on, at once."""
        if meeting_id != self._meeting_id:
            self._meeting_id = meeting_id
            self.now()

    def now(self) -> None:
        """Review without waiting for a rest."""
        self._rest.stop()
        self._run()

    def _on_changes(self, changes: Changes) -> None:
        if self._meeting_id and changes.touch(*_LOOKED_AT):
            self._rest.start()

    def _run(self) -> None:
        if self._running:
            self._again = True
            return
        if self._meeting_id:
            self._running = True
            self._jobs.aside(
                checks.review,
                done=self._tell,
                failed=lambda _gone: self._end(),
                meeting_id=self._meeting_id,
            )

    def _tell(self, review: Review) -> None:
        self._end()
        if review.meeting_id == self._meeting_id:
            self.reviewed.emit(review)

    def _end(self) -> None:
        self._running = False
        if self._again:
            self._again = False
            self._run()
