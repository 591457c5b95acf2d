"""Fills an empty database with a sample: invented people, a plan and three meetings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pan_desktop import resources
from pan_desktop.app.people import PersonEdit, change_person
from pan_desktop.app.plans import CommitmentEdit, add_axis, change_commitment
from pan_desktop.app.releve import import_releve
from pan_desktop.domain.errors import ConflictError
from pan_desktop.domain.model import Civility

if TYPE_CHECKING:
    from pan_desktop.store.unit_of_work import UnitOfWork

NOT_EMPTY = (
    "La base contient déjà des réunions ou des plans : rien n’a été ajouté. Pour voir "
    "l’exemple, ouvrez une base neuve."
)


def fill(work: UnitOfWork) -> tuple[str, ...]:
    """Write the sample and return the identifiers of its meetings, the oldest first.

    Raises ConflictError when the database already holds a meeting or a plan.
    """
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


def _describe_people(work: UnitOfWork, people: list[dict[str, str]]) -> None:
    ids = {person.name: person.id for person in work.read.people()}
    for row in people:
        edit = PersonEdit(Civility(row["civility"]), row["name"], row["institution"], row["email"])
        change_person(work, person_id=ids[row["name"]], person=edit)


def _content(name: str) -> bytes:
    return resources.path(f"sample/{name}").read_bytes()
