"""Use cases on the activities of a commitment, and on what a meeting says of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from pan_desktop.app.plans import weight_of
from pan_desktop.app.progress import percent_of
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.model import ActivityState
from pan_desktop.domain.outline import positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from pan_desktop.domain.model import ActivityReport
    from pan_desktop.store.unit_of_work import UnitOfWork

NO_TITLE = "Une activité a besoin d’un intitulé : rien n’a été enregistré. Saisissez-le."
GONE = "Cet engagement n’existe plus : rien n’a été enregistré. Rouvrez la réunion."
BACKWARDS = (
    "La fin de l’activité précède son début : rien n’a été enregistré. Corrigez l’une des deux "
    "dates."
)
NOT_DONE = (
    "Une activité réalisée est à 100 % : rien n’a été enregistré. Corrigez son taux ou son état."
)


@dataclass(frozen=True, slots=True)
class ActivityEdit:
    """An activity as a form gives it; ``weight`` and ``percent`` as typed."""

    title: str
    weight: str = "1"
    state: ActivityState = ActivityState.PLANNED
    starts: date | None = None
    ends: date | None = None
    percent: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    """The places of evidence, each a label (which may be empty) and an address."""


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


def edit_activity(work: UnitOfWork, *, activity_id: str, edit: ActivityEdit, today: date) -> None:
    """Change all of an activity; a new rate counts as noted ``today``.

    Raises InputError without a title, for a period that runs backwards, for a weight or a rate
    that is none, and for an activity done that is under 100 %.
    """
    row = work.read.row("activity", activity_id)
    if row is None:
        raise NotFoundError(GONE)
    title, percent = " ".join(edit.title.split()), percent_of(edit.percent)
    if not title:
        raise InputError(NO_TITLE)
    if edit.starts and edit.ends and edit.ends < edit.starts:
        raise InputError(BACKWARDS)
    if edit.state is ActivityState.DONE:
        if percent not in {None, 100}:
            raise InputError(NOT_DONE)
        percent = 100
    noted = row["noted_on"] if percent == row["percent"] else today
    work.update(
        "activity",
        activity_id,
        title=title,
        weight=weight_of(edit.weight),
        state=edit.state.value,
        starts=edit.starts,
        ends=edit.ends,
        percent=percent,
        noted_on=None if percent is None else noted,
    )
    _keep_evidence(work, activity_id, row["commitment_id"], edit.evidence)


def _keep_evidence(
    work: UnitOfWork, activity_id: str, commitment_id: str, wanted: Sequence[tuple[str, str]]
) -> None:
    """Make the places of evidence those given, in that order; a known address keeps its row."""
    row = work.read.row("commitment", commitment_id) or {}
    plan = work.read.plan(row["plan_id"])
    activities = (a for c in plan.commitments for a in c.activities)
    known = {
        place.address: place.id
        for activity in activities
        if activity.id == activity_id
        for place in activity.evidence
    }
    kept: dict[str, str] = {}
    for (label, address), position in zip(wanted, positions([None] * len(wanted)), strict=True):
        # A bar stands between a label and its address wherever both are typed in one line.
        name = " ".join(label.replace("|", "/").split())
        place = " ".join(address.replace("|", "%7C").split())
        if not place or place in kept:
            continue
        row_id = known.get(place)
        if row_id is None:
            row_id = work.insert(
                "evidence", activity_id=activity_id, label=name, address=place, position=position
            )
        else:
            work.update("evidence", row_id, label=name, position=position)
        kept[place] = row_id
    for row_id in known.values():
        if row_id not in kept.values():
            work.delete("evidence", row_id)


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
