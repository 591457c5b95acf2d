"""Fills an empty database with a sample: invented people, a plan and three meetings."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from pan_desktop import resources
from pan_desktop.app.actions import PAGE, close, save_filter
from pan_desktop.app.activities import ActivityEdit, add_activity, edit_activity
from pan_desktop.app.amendments import amend, split, withdraw
from pan_desktop.app.follow_ups import set_follow_up
from pan_desktop.app.meetings import remove_meeting
from pan_desktop.app.people import PersonEdit, change_person, set_aliases
from pan_desktop.app.plans import (
    CommitmentEdit,
    add_axis,
    add_commitment,
    change_commitment,
    create_plan,
)
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

MARK = "sample"
"""The setting that says which plan is the sample's, as long as it is there."""
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
    _add_past_plan(work, office["past_plan"])
    work.insert("setting", id=MARK, value=" ".join(plan.id for plan in work.read.plans()))
    return meetings


def discard(work: UnitOfWork) -> None:
    """Throw the sample away: its plan with all its meetings, its people, what they brought along.

    What was added beside it stays: other plans, and people that other meetings know. Raises
    LockedError when one of its relevés was issued.
    """
    plans = _marked(work)
    for line in work.read.meetings():
        if line.plan_id in plans:
            remove_meeting(work, meeting_id=line.id)
    for plan_id in plans:
        work.delete("plan", plan_id)
    office = json.loads(_content("office.json"))
    _discard_people(work, {row["name"] for row in office["people"]})
    for row_id, name, _ in work.read.saved_filters(PAGE):
        if name in {kept["name"] for kept in office["filters"]}:
            work.delete("saved_filter", row_id)
    work.delete("setting", MARK)


def _discard_people(work: UnitOfWork, names: set[str]) -> None:
    """Remove the people of these names that nothing else knows, and what nobody is of any more."""
    for person in work.read.people():
        free = not work.read.has_attended(person.id)
        if person.name in names and free and not work.read.mandates(person_id=person.id):
            work.delete("person", person.id)
    met = {line.body for line in work.read.meetings()}
    for body in work.read.bodies():
        if body.name not in met:
            work.delete("body", body.id)
    for row_id in work.read.unused_institutions():
        work.delete("institution", row_id)


def _marked(work: UnitOfWork) -> set[str]:
    """Return the plans of the sample that are still there."""
    kept = work.read.settings().get(MARK, "")
    known = {plan.id for plan in work.read.plans()}
    return known & set(kept.split())


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


def _add_past_plan(work: UnitOfWork, past: dict[str, Any]) -> None:
    """Add a plan that is over, of which one commitment was split and one withdrawn."""
    starts, ends = (date.fromisoformat(past[key]) for key in ("starts", "ends"))
    plan_id = create_plan(work, label=past["label"], starts=starts, ends=ends)
    ids = {}
    for row in past["commitments"]:
        words = {"title": row["title"], "institution": row["institution"]}
        ids[row["number"]] = add_commitment(work, plan_id=plan_id, number=row["number"], **words)
    apart, gone = past["split"], past["withdrawn"]
    split(
        work,
        commitment_id=ids[apart["commitment"]],
        day=date.fromisoformat(apart["day"]),
        reason=apart["reason"],
        parts=list(enumerate(apart["parts"], start=max(ids) + 1)),
    )
    day = date.fromisoformat(gone["day"])
    withdraw(work, commitment_id=ids[gone["commitment"]], day=day, reason=gone["reason"])
    for row in past["rates"]:
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
