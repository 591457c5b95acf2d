"""What is kept of who was in a call beyond what a relevé prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class HeldDetails(NamedTuple):
    """What is kept of one meeting's presences beyond its relevé."""

    meeting_id: str
    day: date
    body: str
    hours: int
    """People whose arrival or departure is noted."""
    stays: int
    reports: int
    connection: bool
    """Whether it is kept how one joined."""

    @property
    def id(self) -> str:
        """Return the meeting's identifier."""
        return self.meeting_id
