"""What was promised in meetings: actions and deadlines, whose they are, and how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import ConclusionKind

if TYPE_CHECKING:
    from datetime import date

    from pan_desktop.domain.model import FollowUp


class Standing(StrEnum):
    """How something promised stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    """Done by its deadline, or without one."""
    KEPT_LATE = "kept_late"


@dataclass(frozen=True, slots=True)
class Followed:
    """An action, or a point with a deadline, with where it was said."""

    id: str
    kind: ConclusionKind
    text: str
    follow_up: FollowUp
    meeting_id: str
    meeting_day: date
    body: str
    plan_id: str
    plan: str
    person: str = ""
    """The owner as "Mme Salma AZROUNI", where it is one that the office knows."""
    institution: str = ""

    @property
    def owner(self) -> str:
        """Return who is to do it: the person known, else the words of the minutes."""
        return self.person or self.follow_up.owner

    @property
    def due(self) -> date | None:
        """Return the last day it is due, None when none was said."""
        deadline = self.follow_up.deadline
        return deadline.last if deadline else None

    def standing(self, today: date) -> Standing:
        """Return how it stands on ``today``; what is due today is not overdue yet."""
        done = self.follow_up.done_on
        if done is not None:
            late = self.due is not None and done > self.due
            return Standing.KEPT_LATE if late else Standing.KEPT
        return Standing.OVERDUE if self.due is not None and self.due < today else Standing.OPEN


class Stage(StrEnum):
    """Which of them a list shows."""

    UNDONE = "undone"
    OVERDUE = "overdue"
    KEPT = "kept"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a list of what was promised is narrowed to; empty means no matter."""

    words: str = ""
    """Each must be in the text, the owner, the institution or the body."""
    stage: Stage = Stage.UNDONE
    plan_id: str = ""
    due_before: date | None = None
    """Due on that day at the latest."""

    def take(self, followed: Followed, today: date) -> bool:
        """Tell whether the list shows it."""
        if self.plan_id and followed.plan_id != self.plan_id:
            return False
        if self.due_before is not None and (followed.due is None or followed.due > self.due_before):
            return False
        standing = followed.standing(today)
        match self.stage:
            case Stage.UNDONE if standing not in {Standing.OPEN, Standing.OVERDUE}:
                return False
            case Stage.OVERDUE if standing is not Standing.OVERDUE:
                return False
            case Stage.KEPT if standing not in {Standing.KEPT, Standing.KEPT_LATE}:
                return False
        said = folded(f"{followed.text} {followed.owner} {followed.institution} {followed.body}")
        return all(word in said for word in folded(self.words).split())
