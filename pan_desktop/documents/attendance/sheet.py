"""What a report of a video call says, whatever program wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pan_desktop.domain.model import Presence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, order=True)
class Stay:
    """From when to when someone was in the call, by the meeting's clock (naive)."""

    joined: datetime
    left: datetime


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person of a report.

    ``seconds`` is how long she was there, None where the report does not say; ``names`` are all
    the names that she was shown under, ``shown`` the first of them.
    """

    shown: str
    email: str = ""
    role: str = ""
    stays: tuple[Stay, ...] = ()
    seconds: int | None = None
    presence: Presence = Presence.PRESENT
    lines: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    phone: bool = False
    """Whether what is shown is the number she called from, which is never kept."""


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """A line of the file that was not taken, and why, in French."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report that was read: its people, and what was left out of it."""

    name: str
    """The file's own."""
    tool: str
    """What wrote it, as far as it shows ("Microsoft Teams")."""
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    people: tuple[Attendee, ...]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    """French sentences on how it was read."""

    @property
    def lines(self) -> str:
        """Return the lines that served, as "2-14, 16"."""
        return in_ranges(line for person in self.people for line in person.lines)


def in_ranges(numbers: Iterable[int]) -> str:
    """Return whole numbers in order, those that follow each other as a range: "2-14, 16"."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def seconds_there(stays: Sequence[Stay]) -> int:
    """Return how long the stays last together: two devices at once count once."""
    total = timedelta()
    until: datetime | None = None
    for stay in sorted(stays):
        begins = stay.joined if until is None else max(stay.joined, until)
        if stay.left > begins:
            total += stay.left - begins
        until = stay.left if until is None else max(until, stay.left)
    return int(total.total_seconds())
