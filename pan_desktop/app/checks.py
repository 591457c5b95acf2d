"""Use case: check a relevé for what does not hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.app.settings import sentences
from pan_desktop.domain.checks.every import findings
from pan_desktop.domain.checks.finding import Level, Subject
from pan_desktop.domain.holidays import fixed_holidays

if TYPE_CHECKING:
    from pan_desktop.domain.checks.finding import Finding
    from pan_desktop.store.unit_of_work import UnitOfWork

LEVELS = {
    Level.BLOCKING: "bloquant",
    Level.WARNING: "avertissement",
    Level.INFO: "information",
}
"""The levels in words."""

YEARS_AHEAD = 5
"""Deadlines further ahead are not held against public holidays."""


def check(work: UnitOfWork, *, meeting_id: str) -> tuple[Finding, ...]:
    """Return what the checks find in a meeting's relevé. Raises NotFoundError.

    Nothing is changed: a repair is offered, and made by the use case of the thing it changes.
    """
    return findings(subject(work, meeting_id=meeting_id))


def subject(work: UnitOfWork, *, meeting_id: str) -> Subject:
    """Gather all that the checks look at. Raises NotFoundError."""
    record = work.read.record(meeting_id)
    year = record.meeting.day.year
    return Subject(
        record,
        sentences(work),
        work.read.mandates(plan_id=record.plan.id),
        work.read.last_known(meeting_id),
        fixed_holidays(range(year, year + YEARS_AHEAD + 1)),
    )


def as_data(finding: Finding) -> dict[str, object]:
    """Return a finding as plain data, for other programs."""
    place = finding.place
    return {
        "id": finding.id,
        "level": finding.level.value,
        "message": finding.message,
        "hint": finding.hint,
        "commitments": list(finding.commitments),
        "item": finding.item,
        "people": list(finding.people),
        "place": {"field": place.field.value, "id": place.id} if place else None,
        "repairs": [
            {
                "field": repair.place.field.value,
                "id": repair.place.id,
                "start": repair.start,
                "found": repair.found,
                "replacement": repair.replacement,
            }
            for repair in finding.repairs
        ],
    }
