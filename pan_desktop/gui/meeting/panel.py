"""What the panels of the meeting's page share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.gui.pages.page import Services


class Panel(QWidget):
    """A part of the meeting's page. Its page shows it each fresh MeetingView."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel, with no meeting yet."""
        super().__init__(parent)
        self.services = services
        self.jobs = services.jobs
        self.meeting_id = ""
        self.locked = False

    def set_locked(self, locked: bool) -> None:
        """Let the panel be read only, while the relevé is issued, or worked in again."""
        self.locked = locked

    def show_view(self, view: MeetingView) -> None:
        """Show the meeting as it is now, keeping what is being typed."""
        raise NotImplementedError

    def ask(self, use_case: Callable[..., Any], /, **arguments: Any) -> None:
        """Run a use case on the page's meeting."""
        self.jobs.run(use_case, meeting_id=self.meeting_id, **arguments)
