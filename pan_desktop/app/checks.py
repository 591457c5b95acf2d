"""Use cases of the checks: what does not hold together in a relevé, confirmed or put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pan_desktop.app.disagreements import open_disagreements
from pan_desktop.app.office import reading
from pan_desktop.app.settings import sentences
from pan_desktop.domain.checks.every import findings
from pan_desktop.domain.checks.finding import (
    Field,
    Level,
    Place,
    Reassignment,
    Subject,
    Undecided,
)
from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.holidays import fixed_holidays
from pan_desktop.domain.marks import after_replacing, decoded, encoded
from pan_desktop.domain.model import Situation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.app.disagreements import Disagreement
    from pan_desktop.app.office import Office
    from pan_desktop.domain.checks.finding import Finding, Repair
    from pan_desktop.domain.model import Confirmation
    from pan_desktop.store.unit_of_work import UnitOfWork

LEVELS = {
    Level.BLOCKING: "bloquant",
    Level.WARNING: "avertissement",
    Level.INFO: "information",
}
"""The levels in words."""

NO_REASON = (
    "Confirmer un constat demande un motif et un nom : rien n’a été changé. Indiquez pourquoi il "
    "est juste ainsi."
)
CHANGED_SINCE = (
    "La liste des participants a changé entre-temps : rien n’a été corrigé. Relisez le constat."
)

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
        tuple(_undecided(found) for found in open_disagreements(work, meeting_id=meeting_id)),
    )


def _undecided(found: Disagreement) -> Undecided:
    field = _FIELDS.get(found.table)
    return Undecided(
        ", ".join(part for part in (found.where, found.what) if part),
        Place(field, found.row_id) if field is not None else None,
        found.kind is DisagreementKind.TEXT,
    )


_FIELDS = {
    "conclusion": Field.POINT,
    "progress_report": Field.DETAILS,
    "agenda_item": Field.TITLE,
    "meeting": Field.PLACE,
}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A finding, and the confirmation that it is right as it is, where somebody gave one."""

    finding: Finding
    confirmation: Confirmation | None

    @property
    def open(self) -> bool:
        """Tell whether it still asks for something."""
        return self.confirmation is None


@dataclass(frozen=True, slots=True)
class Review:
    """All that the checks find in a meeting's relevé, what asks for something first."""

    meeting_id: str
    reviewed: tuple[Reviewed, ...]

    def count(self, level: Level) -> int:
        """Return how many findings of a level are not confirmed."""
        return sum(r.open and r.finding.level is level for r in self.reviewed)


def review(office: Office, *, meeting_id: str) -> Review:
    """Check a meeting's relevé, off the store but for reading it. Raises NotFoundError.

    Checking a long relevé takes longer than a letter may wait to be saved.
    """
    order = list(Level)
    found = reviewed(office, meeting_id=meeting_id)
    by_weight = sorted(found, key=lambda r: (not r.open, order.index(r.finding.level)))
    return Review(meeting_id, tuple(by_weight))


def reviewed(office: Office, *, meeting_id: str) -> tuple[Reviewed, ...]:
    """Return what the checks find, in the order of their table. Raises NotFoundError."""
    about, confirmations = office.run(reviewable, meeting_id=meeting_id).result
    confirmed = {confirmation.finding: confirmation for confirmation in confirmations}
    return tuple(Reviewed(found, confirmed.get(found.key)) for found in findings(about))


@reading
def reviewable(work: UnitOfWork, *, meeting_id: str) -> tuple[Subject, tuple[Confirmation, ...]]:
    """Return what the checks look at, and what was confirmed."""
    return subject(work, meeting_id=meeting_id), work.read.confirmations(meeting_id)


def confirm(
    work: UnitOfWork, *, meeting_id: str, finding: Finding, reason: str, author: str
) -> None:
    """Keep that a finding is right as it is, why, and who says so.

    Raises InputError without a reason or a name.
    """
    words, who = reason.strip(), author.strip()
    if not words or not who:
        raise InputError(NO_REASON)
    known = {c.finding: c.id for c in work.read.confirmations(meeting_id)}
    values: dict[str, Any] = {"check_id": finding.id, "reason": words, "author": who}
    if finding.key in known:
        work.update("confirmation", known[finding.key], **values)
    else:
        work.insert("confirmation", meeting_id=meeting_id, finding=finding.key, **values)


def withdraw(work: UnitOfWork, *, confirmation_id: str) -> None:
    """Take a confirmation back; what it confirmed asks for something again."""
    work.delete("confirmation", confirmation_id)


def repair(work: UnitOfWork, *, repairs: Sequence[Repair]) -> int:
    """Make the changes that findings offer, and return how many were made.

    One whose words are no longer there is passed over: somebody has corrected them since.
    """
    by_place: dict[Place, list[Repair]] = {}
    for change in dict.fromkeys(repairs):
        by_place.setdefault(change.place, []).append(change)
    return sum(_repaired(work, place, changes) for place, changes in by_place.items())


def reassign(work: UnitOfWork, *, meeting_id: str, change: Reassignment) -> None:
    """Note that a person came for another commitment than the list says.

    Raises ConflictError when the list does not say it any more.
    """
    record = work.read.record(meeting_id)
    numbers = {r.commitment.number: r.commitment.id for r in record.reports}
    row = work.read.representation(meeting_id, change.person_id, numbers.get(change.before, ""))
    if row is None or change.after not in numbers:
        raise ConflictError(CHANGED_SINCE)
    work.update("representation", row, commitment_id=numbers[change.after])


def _repaired(work: UnitOfWork, place: Place, changes: list[Repair]) -> int:
    table, column, marks = _KEPT_IN[place.field]
    row = work.read.row(table, place.id)
    if row is None:
        return 0
    text, looks = str(row[column]), decoded(str(row[marks])) if marks else ()
    made = 0
    # From the last to the first: a change moves what stands after it.
    for change in sorted(changes, key=lambda c: -c.start):
        changed = change.applied(text)
        if changed is None:
            continue
        text = changed
        looks = after_replacing(looks, change.start, len(change.found), len(change.replacement))
        made += 1
    values: dict[str, Any] = {column: text}
    if marks:
        values[marks] = encoded(looks)
    if place.field is Field.DETAILS and made and row["situation"] == Situation.TO_FILL.value:
        values["situation"] = Situation.REPORTED.value if row["percent"] is not None else "to_fill"
    work.update(table, place.id, **values)
    return made


_KEPT_IN = {
    Field.PLACE: ("meeting", "place", ""),
    Field.TITLE: ("agenda_item", "title", ""),
    Field.HEADING: ("agenda_item", "heading", ""),
    Field.POINT: ("conclusion", "text", "marks"),
    Field.DETAILS: ("progress_report", "details", "marks"),
}
"""Where each text lies in the store: table, column, and the column of its marks."""


def as_data(finding: Finding, confirmation: Confirmation | None = None) -> dict[str, object]:
    """Return a finding as plain data, for other programs."""
    place = finding.place
    confirmed = confirmation and {
        "reason": confirmation.reason,
        "author": confirmation.author,
        "at": confirmation.at.isoformat(),
    }
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
        "confirmed": confirmed,
    }
