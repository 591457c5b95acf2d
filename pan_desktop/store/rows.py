"""Rows of the store as the domain's frozen things, and the selects that several questions share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from pan_desktop.domain import wording
from pan_desktop.domain.dates_in_text import Precision
from pan_desktop.domain.followed import Followed
from pan_desktop.domain.model import (
    ActionPlan,
    Activity,
    ActivityState,
    Amendment,
    AmendmentKind,
    Axis,
    Civility,
    Commitment,
    Conclusion,
    ConclusionKind,
    Deadline,
    Evidence,
    FollowUp,
    LastKnown,
    Mandate,
    Person,
    ReleveState,
    ReleveVersion,
    Role,
    Situation,
    Statement,
)
from pan_desktop.domain.progress import CompletionLevel, OverallMethod, Rounding
from pan_desktop.domain.typography import Typography
from pan_desktop.store import tables as t

if TYPE_CHECKING:
    from sqlalchemy import RowMapping


def conclusion(row: RowMapping, level: int) -> Conclusion:
    """Return a point from its row and its depth."""
    kind = ConclusionKind(row["kind"])
    place = (row["id"], row["parent_id"], row["position"], level)
    look = (row["marks"], row["numbered"])
    return Conclusion(*place, row["text"], kind, *look, follow_up(row))


def follow_up(row: RowMapping) -> FollowUp:
    """Return what is to become of a point, from the point's row."""
    if row["due_first"] is None:
        return FollowUp(row["owner"], row["owner_id"], None, row["done_on"], row["done_meeting_id"])
    precision = Precision(row["due_precision"])
    due = Deadline(row["due_first"], row["due_last"], precision, row["due_said"])
    done = (row["done_on"], row["done_meeting_id"])
    return FollowUp(row["owner"], row["owner_id"], due, *done)


def last_known(row: RowMapping, before: LastKnown | None) -> LastKnown:
    """Return a commitment's progress after one more meeting, ``before`` being what it was."""
    fresh = row["situation"] in {Situation.REPORTED, Situation.TO_FILL}
    details, marks = row["details"], row["marks"]
    if row["between"] and before is not None:  # a rate stated between meetings says no details
        details, marks = before.details, before.marks
    said = (row["percent"], details)
    moved = before is None or (fresh and said != (before.percent, before.details))
    silent = 0 if moved or before is None else before.silent + 1
    return LastKnown(*said, row["day"], marks, silent)


def activity(row: RowMapping, evidence: tuple[Evidence, ...] = ()) -> Activity:
    """Return an activity from its row."""
    return Activity(
        row["id"],
        row["number"],
        row["title"],
        row["weight"],
        ActivityState(row["state"]),
        row["starts"],
        row["ends"],
        row["percent"],
        row["noted_on"],
        evidence,
    )


def evidence(row: RowMapping) -> Evidence:
    """Return a place of evidence from its row."""
    return Evidence(row["id"], row["address"], row["label"])


def amendment(row: RowMapping) -> Amendment:
    """Return what became of a commitment from its row."""
    kind = AmendmentKind(row["kind"])
    return Amendment(row["id"], kind, row["day"], row["reason"], row["former_title"])


def statement(row: RowMapping) -> Statement:
    """Return a rate stated between meetings from its row."""
    said = (row["day"], row["percent"], row["author"], row["reason"])
    return Statement(row["id"], row["commitment_id"], *said)


def versions() -> Select[Any]:
    """Select versions without their files, which are large."""
    return select(*(c for c in t.releve_version.c if c.name != "content"))


def version(row: RowMapping) -> ReleveVersion:
    """Return an issued version from its row."""
    return ReleveVersion(
        row["id"],
        row["number"],
        ReleveState(row["state"]),
        row["file_name"],
        row["digest"],
        row["issued_at"],
        row["author"],
        row["reopened_at"],
        row["reopened_by"],
        row["reopened_reason"],
    )


def followed(row: RowMapping) -> Followed:
    """Return something promised from its row, with its meeting, plan and owner."""
    person = ""
    if row["person"]:
        title = wording.civility(Civility(row["civility"]), Typography.SOIGNE)
        person = f"{title} {row['person']}"
    return Followed(
        row["id"],
        ConclusionKind(row["kind"]),
        row["text"],
        follow_up(row),
        row["meeting_id"],
        row["day"],
        row["body"],
        row["plan_id"],
        row["plan"],
        person,
        row["institution"],
    )


def commitments() -> Select[Any]:
    """Select commitments with the names of their institutions."""
    c, i = t.commitment, t.institution
    return select(
        c.c.id,
        c.c.plan_id,
        c.c.axis_id,
        c.c.number,
        c.c.title,
        c.c.weight,
        c.c.completion,
        c.c.origin_id,
        func.coalesce(i.c.name, "").label("institution"),
    ).outerjoin(i, i.c.id == c.c.institution_id)


def people() -> Select[Any]:
    """Select people with the names of their institutions."""
    p, i = t.person, t.institution
    return select(
        p.c.id,
        p.c.civility,
        p.c.name,
        p.c.email,
        func.coalesce(i.c.name, "").label("institution"),
    ).outerjoin(i, i.c.id == p.c.institution_id)


def commitment(
    row: RowMapping,
    activities: tuple[Activity, ...] = (),
    amendments: tuple[Amendment, ...] = (),
) -> Commitment:
    """Return a commitment from a row of ``commitments``."""
    level = row["completion"]
    return Commitment(
        row["id"],
        row["number"],
        row["title"],
        row["institution"],
        row["weight"],
        row["axis_id"],
        activities,
        CompletionLevel(level) if level else None,
        row["origin_id"],
        amendments,
    )


def person(row: RowMapping, aliases: tuple[str, ...] = ()) -> Person:
    """Return a person from a row of ``people``."""
    called = (Civility(row["civility"]), row["name"])
    return Person(row["id"], *called, row["institution"], row["email"], aliases)


def plan(row: RowMapping, axes: tuple[Axis, ...], held: tuple[Commitment, ...]) -> ActionPlan:
    """Return a plan from its row, its axes and commitments."""
    return ActionPlan(
        row["id"],
        row["label"],
        row["starts"],
        row["ends"],
        OverallMethod(row["method"]),
        Rounding(row["rounding"]),
        axes,
        held,
        row["midterm"],
    )


def mandate_order(mandate: Mandate) -> tuple[bool, int, bool, str]:
    """Order by lowest commitment, those without one last, the titular before the alternate."""
    numbers = mandate.commitments
    alternate = mandate.role is Role.ALTERNATE
    return (not numbers, min(numbers, default=0), alternate, mandate.person.name)
