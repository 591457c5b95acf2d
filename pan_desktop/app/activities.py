"""Use cases on the activities of a commitment, and on what a meeting says of each."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from pan_desktop.domain.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pan_desktop.domain.model import ActivityReport
    from pan_desktop.store.unit_of_work import UnitOfWork

NO_TITLE = "Une activité a besoin d’un intitulé : rien n’a été enregistré. Saisissez-le."
GONE = "Cet engagement n’existe plus : rien n’a été enregistré. Rouvrez la réunion."


def add_activity(work: UnitOfWork, *, commitment_id: str, title: str) -> str:
    """Add an activity to a commitment, numbered after the others; return its identifier.

    Raises InputError without a title.
    """
    words = " ".join(title.split())
    if not words:
        raise InputError(NO_TITLE)
    row = work.read.row("commitment", commitment_id)
    if row is None:
        raise NotFoundError(GONE)
    known = next(
        c.activities for c in work.read.plan(row["plan_id"]).commitments if c.id == commitment_id
    )
    return work.insert(
        "activity",
        commitment_id=commitment_id,
        plan_id=row["plan_id"],
        number=max((activity.number for activity in known), default=0) + 1,
        title=words,
    )


def change_activity(work: UnitOfWork, *, activity_id: str, title: str) -> None:
    """Change an activity's title. Raises InputError when it is empty."""
    words = " ".join(title.split())
    if not words:
        raise InputError(NO_TITLE)
    work.update("activity", activity_id, title=words)


def remove_activity(work: UnitOfWork, *, activity_id: str) -> None:
    """Remove an activity with what meetings said of it; undo brings all of it back."""
    work.delete("activity", activity_id)


def report_activity(
    work: UnitOfWork, *, meeting_id: str, activity_id: str, percent: int | None, details: str
) -> None:
    """Keep what a meeting says of one activity."""
    record = work.read.record(meeting_id)
    known = {said.activity.id: said.id for report in record.reports for said in report.activities}
    words = " ".join(details.split())
    if activity_id in known:
        work.update("activity_report", known[activity_id], percent=percent, details=words)
    else:
        work.insert(
            "activity_report",
            meeting_id=meeting_id,
            activity_id=activity_id,
            plan_id=record.meeting.plan_id,
            percent=percent,
            details=words,
        )


def mean_of(reports: Iterable[ActivityReport]) -> int | None:
    """Return the weighted mean of the activities' rates, rounded to the nearest; None for none.

    Proposed for the commitment, never imposed (domain facts, 1.2).
    """
    known = [(said.percent, said.activity.weight) for said in reports if said.percent is not None]
    weight = sum((weight for _, weight in known), Decimal(0))
    if not weight:
        return None
    mean = sum((percent * own for percent, own in known), Decimal(0)) / weight
    return int(mean.to_integral_value(ROUND_HALF_UP))
