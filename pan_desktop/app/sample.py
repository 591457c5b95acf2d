"""Fills an empty database with a sample: invented people, a plan and three meetings."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from pan_desktop import resources
from pan_desktop.app.actions import close, save_filter
from pan_desktop.app.activities import ActivityEdit, add_activity, edit_activity
from pan_desktop.app.amendments import amend
from pan_desktop.app.follow_ups import set_follow_up
from pan_desktop.app.people import PersonEdit, change_person, set_aliases
from pan_desktop.app.plans import CommitmentEdit, add_axis, change_commitment
from pan_desktop.app.progress import set_completion, state_progress
from pan_desktop.app.releve import import_releve
from pan_desktop.domain.dates_in_text import Precision
from pan_desktop.domain.errors import ConflictError
from pan_desktop.domain.followed import Criteria, Stage
from pan_desktop.domain.model import ActivityState, Civility, ConclusionKind, Deadline, FollowUp
from pan_desktop.domain.progress import CompletionLevel

if TYPE_CHECKING:
    from pan_desktop.store.unit_of_work import UnitOfWork

NOT_EMPTY = (
    "La base contient déjà des réunions ou des plans : rien n’a été ajouté. Pour voir "
    "l’exemple, ouvrez une base neuve."
)

_LAST_NOTED = date(2026, 11, 5)
"""The day on which the rates of the sample's activities were noted."""


def fill(work: UnitOfWork) -> tuple[str, ...]:
    """Write the sample and return the identifiers of its meetings, the oldest first.

    Raises ConflictError when the database already holds a meeting or a plan.
    """
    meetings = fill_meetings(work)
    office = json.loads(_content("office.json"))
    _describe_lives(work, office)
    _describe_actions(work, office["actions"])
    for kept in office["filters"]:
        save_filter(work, name=kept["name"], criteria=Criteria(stage=Stage(kept["stage"])))
    return meetings


def fill_meetings(work: UnitOfWork) -> tuple[str, ...]:
    """Write the sample's meetings, plan and people alone, as the relevés tell of them."""
    if work.read.meetings() or work.read.plans():
        raise ConflictError(NOT_EMPTY)
    office = json.loads(_content("office.json"))
    meetings = tuple(
        import_releve(work, content=_content(name)).meeting_id for name in office["meetings"]
    )
    _describe_plan(work, office["plan"])
    _describe_people(work, office["people"])
    return meetings


def _describe_plan(work: UnitOfWork, plan: dict[str, Any]) -> None:
    """Give the commitments, which the relevés know by number only, all the rest."""
    (known,) = work.read.plans()
    ids = {commitment.number: commitment.id for commitment in known.commitments}
    for axis in plan["axes"]:
        axis_id = add_axis(work, plan_id=known.id, title=axis["title"])
        for row in axis["commitments"]:
            edit = CommitmentEdit(
                str(row["number"]), row["title"], row["institution"], row["weight"], axis_id
            )
            change_commitment(work, commitment_id=ids[row["number"]], edit=edit)


def _describe_lives(work: UnitOfWork, office: dict[str, Any]) -> None:
    """Tell what became of commitments between the meetings."""
    (plan,) = work.read.plans()
    ids = {commitment.number: commitment.id for commitment in plan.commitments}
    for row in office["activities"]:
        activity_id = add_activity(work, commitment_id=ids[row["commitment"]], title=row["title"])
        edit = ActivityEdit(
            row["title"],
            row["weight"],
            ActivityState(row["state"]),
            date.fromisoformat(row["starts"]),
            date.fromisoformat(row["ends"]),
            row["percent"],
            tuple((label, address) for label, address in row["evidence"]),
        )
        edit_activity(work, activity_id=activity_id, edit=edit, today=_LAST_NOTED)
    for row in office["amendments"]:
        day = date.fromisoformat(row["day"])
        words = {"title": row["title"], "reason": row["reason"]}
        amend(work, commitment_id=ids[row["commitment"]], day=day, **words)
    for row in office["levels"]:
        level = CompletionLevel(row["level"])
        set_completion(work, commitment_id=ids[row["commitment"]], level=level)
    for row in office["statements"]:
        said = {key: row[key] for key in ("percent", "author", "reason")}
        day = date.fromisoformat(row["day"])
        state_progress(work, commitment_id=ids[row["commitment"]], day=day, **said)


def _describe_actions(work: UnitOfWork, actions: list[dict[str, str]]) -> None:
    """Make actions of some points, with who answers for them and by when."""
    people = {person.name: person.id for person in work.read.people()}
    held = {line.day.isoformat(): line.id for line in work.read.meetings()}
    for row in actions:
        record = work.read.record(held[row["meeting"]])
        (point,) = (c for i in record.agenda for c in i.conclusions if c.text == row["text"])
        work.update("conclusion", point.id, kind=ConclusionKind.ACTION.value)
        due = None
        if "due" in row:
            last = date.fromisoformat(row["due"])
            first = date.fromisoformat(row.get("first", row["due"]))
            due = Deadline(first, last, Precision(row["precision"]), row["said"])
        name = row.get("person", "")
        owner = FollowUp(row.get("owner", name), people.get(name), due)
        set_follow_up(work, point_id=point.id, follow_up=owner)
        if "done" in row:
            close(work, point_id=point.id, meeting_id=held[row["done"]])


def _describe_people(work: UnitOfWork, people: list[dict[str, Any]]) -> None:
    ids = {person.name: person.id for person in work.read.people()}
    for row in people:
        edit = PersonEdit(Civility(row["civility"]), row["name"], row["institution"], row["email"])
        change_person(work, person_id=ids[row["name"]], person=edit)
        set_aliases(work, person_id=ids[row["name"]], names=row.get("aliases", ()))


def _content(name: str) -> bytes:
    return resources.path(f"sample/{name}").read_bytes()
