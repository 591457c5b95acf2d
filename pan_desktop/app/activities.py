"""Use cases on the activities of a commitment, and on what a meeting says of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from pan_desktop.app.plans import weight_of
from pan_desktop.app.progress import percent_of
from pan_desktop.app.seeing import together
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.model import ActivityState
from pan_desktop.domain.outline import positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from pan_desktop.domain.model import Activity, ActivityReport
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


def change_activity(
    work: UnitOfWork, *, activity_id: str, title: str, seen: Activity | None = None
) -> None:
    """Change an activity's title, of which ``seen`` says what it was before.

    Raises InputError when it is empty.
    """
    words = " ".join(title.split())
    if not words:
        raise InputError(NO_TITLE)
    known = None if seen is None else {"title": seen.title}
    work.update("activity", activity_id, seen=known, title=words)


def edit_activity(
    work: UnitOfWork,
    *,
    activity_id: str,
    edit: ActivityEdit,
    today: date,
    seen: Activity | None = None,
) -> None:
    """Change all of an activity; a new rate counts as noted ``today``.

    Of what ``seen`` says it was before, only what differs is written. Raises InputError without a
    title, for a period that runs backwards, for a weight or a rate
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
    told = (row["percent"], row["noted_on"]) if seen is None else (seen.percent, seen.noted_on)
    noted = told[1] if percent == told[0] else today
    work.update(
        "activity",
        activity_id,
        seen=_seen(seen),
        title=title,
        weight=weight_of(edit.weight),
        state=edit.state.value,
        starts=edit.starts,
        ends=edit.ends,
        percent=percent,
        noted_on=None if percent is None else noted,
    )
    _keep_evidence(work, activity_id, row["commitment_id"], edit.evidence, seen)


def _seen(activity: Activity | None) -> dict[str, Any] | None:
    if activity is None:
        return None
    return {
        "title": activity.title,
        "weight": activity.weight,
        "state": activity.state.value,
        "starts": activity.starts,
        "ends": activity.ends,
        "percent": activity.percent,
        "noted_on": activity.noted_on,
    }


def _keep_evidence(
    work: UnitOfWork,
    activity_id: str,
    commitment_id: str,
    given: Sequence[tuple[str, str]],
    seen: Activity | None,
) -> None:
    """Make the places of evidence those given, in that order; a known address keeps its row."""
    wanted = _places(given)
    shown = None if seen is None else {place.address: place.label for place in seen.evidence}
    if shown is not None and list(wanted.items()) == list(shown.items()):
        return
    row = work.read.row("commitment", commitment_id) or {}
    plan = work.read.plan(row["plan_id"])
    activities = (a for c in plan.commitments for a in c.activities)
    known = {
        place.address: place
        for activity in activities
        if activity.id == activity_id
        for place in activity.evidence
    }
    kept = together(wanted, shown, known)
    for address, position in zip(kept, positions([None] * len(kept)), strict=True):
        there = known.get(address)
        name = wanted[address] if address in wanted or there is None else there.label
        if there is None:
            tie = {"activity_id": activity_id, "address": address}
            work.insert("evidence", label=name, position=position, **tie)
        else:
            before = None if shown is None else {"label": shown.get(address, there.label)}
            work.update("evidence", there.id, seen=before, label=name, position=position)
    for address, there in known.items():
        if address not in kept:
            work.delete("evidence", there.id)


def _places(given: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the labels of places of evidence by their addresses, as they are kept."""
    places: dict[str, str] = {}
    for label, address in given:
        # A bar stands between a label and its address wherever both are typed in one line.
        place = " ".join(address.replace("|", "%7C").split())
        if place:
            places.setdefault(place, " ".join(label.replace("|", "/").split()))
    return places


def remove_activity(work: UnitOfWork, *, activity_id: str) -> None:
    """Remove an activity with what meetings said of it; undo brings all of it back."""
    work.delete("activity", activity_id)


def report_activity(
    work: UnitOfWork,
    *,
    meeting_id: str,
    activity_id: str,
    percent: int | None,
    details: str,
    seen: tuple[int | None, str] | None = None,
) -> None:
    """Keep what a meeting says of one activity.

    Of the rate and the details that were ``seen`` before, only what differs is written.
    """
    record = work.read.record(meeting_id)
    known = {said.activity.id: said.id for report in record.reports for said in report.activities}
    words = " ".join(details.split())
    if activity_id in known:
        before = None if seen is None else {"percent": seen[0], "details": seen[1]}
        row_id = known[activity_id]
        work.update("activity_report", row_id, seen=before, percent=percent, details=words)
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
