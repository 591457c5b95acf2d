"""Use cases on what was promised in all meetings: seeing it, narrowing it down, closing it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pan_desktop.app.office import reading
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.followed import Criteria, Stage

if TYPE_CHECKING:
    from pan_desktop.domain.followed import Followed
    from pan_desktop.domain.model import ActionPlan, MeetingLine
    from pan_desktop.store.unit_of_work import UnitOfWork

PAGE = "actions"
GONE = "Cette action n’existe plus : rien n’a été changé. Rouvrez la page."
NO_NAME = "Le filtre n’a pas de nom : il n’a pas été enregistré. Donnez-lui-en un."
BEFORE_SAID = (
    "Cette action a été décidée le {day} et ne peut pas être close avant : rien n’a été changé. "
    "Corrigez la date ou la réunion."
)


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """What the list was narrowed to, under a name."""

    id: str
    name: str
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class FollowedList:
    """All that the list needs."""

    followed: tuple[Followed, ...]
    filters: tuple[SavedFilter, ...]
    plans: tuple[ActionPlan, ...]
    meetings: tuple[MeetingLine, ...]
    """All meetings, the latest first: where an action can have been closed."""


@reading
def list_followed(work: UnitOfWork) -> FollowedList:
    """Return all that was promised, whatever became of it, the first due first."""
    filters = tuple(
        SavedFilter(row_id, name, _read(criteria))
        for row_id, name, criteria in work.read.saved_filters(PAGE)
    )
    return FollowedList(work.read.followed(), filters, work.read.plans(), work.read.meetings())


def close(
    work: UnitOfWork, *, point_id: str, day: date | None = None, meeting_id: str | None = None
) -> None:
    """Keep that an action was done: on ``day``, or as the meeting named took note of it.

    Raises NotFoundError when either is gone, InputError for a day before it was decided.
    """
    point = work.read.row("conclusion", point_id)
    if point is None:
        raise NotFoundError(GONE)
    item = work.read.row("agenda_item", point["agenda_item_id"]) or {}
    said = work.read.row("meeting", item["meeting_id"]) or {}
    if meeting_id is not None:
        held = work.read.row("meeting", meeting_id)
        if held is None:
            raise NotFoundError(GONE)
        day = day or held["day"]
    if day is None or day < said["day"]:
        raise InputError(BEFORE_SAID.format(day=said["day"].strftime("%d/%m/%Y")))
    work.update("conclusion", point_id, done_on=day, done_meeting_id=meeting_id)


def reopen(work: UnitOfWork, *, point_id: str) -> None:
    """Have an action be open again."""
    work.update("conclusion", point_id, done_on=None, done_meeting_id=None)


def save_filter(work: UnitOfWork, *, name: str, criteria: Criteria) -> str:
    """Keep what the list is narrowed to under a name, in the place of one of that name."""
    words = " ".join(name.split())
    if not words:
        raise InputError(NO_NAME)
    written = _written(criteria)
    for row_id, known, _ in work.read.saved_filters(PAGE):
        if known == words:
            work.update("saved_filter", row_id, criteria=written)
            return row_id
    return work.insert("saved_filter", page=PAGE, name=words, criteria=written)


def remove_filter(work: UnitOfWork, *, filter_id: str) -> None:
    """Forget a saved filter."""
    work.delete("saved_filter", filter_id)


def _written(criteria: Criteria) -> str:
    due = criteria.due_before.isoformat() if criteria.due_before else None
    return json.dumps(
        {
            "words": criteria.words,
            "stage": criteria.stage.value,
            "plan": criteria.plan_id,
            "due_before": due,
        },
        ensure_ascii=False,
    )


def _read(written: str) -> Criteria:
    """Return the criteria kept, those of a newer program that are not known left out."""
    kept = json.loads(written)
    criteria = Criteria(words=str(kept.get("words", "")), plan_id=str(kept.get("plan", "")))
    if kept.get("stage") in set(Stage):
        criteria = replace(criteria, stage=Stage(kept["stage"]))
    if kept.get("due_before"):
        criteria = replace(criteria, due_before=date.fromisoformat(kept["due_before"]))
    return criteria
