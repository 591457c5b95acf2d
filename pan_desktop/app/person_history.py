"""Use case on a person: the meetings she came to, missed or was replaced at, and what she owes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.app.office import reading
from pan_desktop.app.presences import plan_presences
from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.presences import Cell

if TYPE_CHECKING:
    from datetime import date

    from pan_desktop.domain.followed import Followed
    from pan_desktop.domain.model import Mandate, Person
    from pan_desktop.domain.presences import MeetingDay
    from pan_desktop.store.unit_of_work import UnitOfWork

GONE = "Cette fiche n’existe plus. Rouvrez la page."


@dataclass(frozen=True, slots=True)
class Attended:
    """A meeting as one person lived it."""

    meeting: MeetingDay
    plan: str
    cell: Cell
    by: str = ""
    """Who came in her place."""

    @property
    def id(self) -> str:
        """Return the meeting's identifier."""
        return self.meeting.id


@dataclass(frozen=True, slots=True)
class PersonStory:
    """All that is known of a person."""

    person: Person
    mandates: tuple[Mandate, ...]
    attended: tuple[Attended, ...]
    """The latest first."""
    owes: tuple[Followed, ...]
    """What she answers for, done or not, the first due first."""


@reading
def person_story(work: UnitOfWork, *, person_id: str, today: date) -> PersonStory:
    """Return all that is known of a person. Raises NotFoundError."""
    people = {person.id: person for person in work.read.people()}
    if person_id not in people:
        raise NotFoundError(GONE)
    mandates = work.read.mandates(person_id=person_id)
    found: list[Attended] = []
    for plan in work.read.plans():
        shown = plan_presences(work, plan_id=plan.id, today=today)
        own = next((row for row in shown.people if row.id == person_id), None)
        if own is None:
            continue
        replaced = {
            came.meeting_id: people[came.by_id].name
            for came in work.read.came(plan.id)
            if came.person_id == person_id and came.by_id in people
        }
        found += [
            Attended(meeting, plan.label, cell, replaced.get(meeting.id, ""))
            for meeting, cell in zip(shown.meetings, own.cells, strict=True)
            if cell is not Cell.NOT_EXPECTED
        ]
    found.sort(key=lambda one: (one.meeting.day, one.meeting.at), reverse=True)
    owes = work.read.followed(owner_id=person_id)
    return PersonStory(people[person_id], mandates, tuple(found), owes)
