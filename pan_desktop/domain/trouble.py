"""What keeps a change from being saved, and what waits meanwhile."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Cause(Enum):
    """Why the database cannot be written."""

    FULL = "full"
    DISK = "disk"
    """A write or a read failed: a medium that goes bad, a line that dropped."""
    READ_ONLY = "read-only"
    BUSY = "busy"
    """Another program holds it, and does not let go."""
    GONE = "gone"
    """Nothing lies any more where the file was."""
    MOVED = "moved"
    """The file is there under another name."""
    REPLACED = "replaced"
    """Another file lies in its place."""
    DAMAGED = "damaged"


class Trouble(NamedTuple):
    """Saving is behind: work goes on in memory, and what was done waits for the file."""

    cause: Cause
    since: datetime
    waiting: int
    """How many changes wait."""
    kept: bool
    """Whether they lie on disk beside the program's data, safe from a loss of power."""
    found: str = ""
    """Where the file lies now, when it was moved."""


class CaughtUp(NamedTuple):
    """What had waited is in the file."""

    number: int
    """How many changes."""
    disagreements: int = 0
    """How many texts say something else than what someone wrote meanwhile; both are kept."""
