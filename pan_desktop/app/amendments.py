"""Use cases on commitments amended, split or withdrawn in the middle of their plan.

Relevés of earlier meetings keep what they said; meetings from that day on follow the change.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from pan_desktop.app.plans import NUMBER_TAKEN, show_in_meeting
from pan_desktop.domain.errors import ConflictError, InputError, NotFoundError
from pan_desktop.domain.model import AmendmentKind, ReleveState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pan_desktop.domain.model import ActionPlan, Amendment, Commitment
    from pan_desktop.store.unit_of_work import UnitOfWork

GONE = "Cet engagement n’existe plus : rien n’a été changé. Rouvrez la page."
NO_REASON = (
    "Une modification en cours de plan demande un motif : rien n’a été enregistré. Indiquez-le, "
    "par exemple « Décision du comité de pilotage »."
)
NO_TITLE = "Le nouvel intitulé est vide : rien n’a été enregistré. Saisissez-le."
SAME_TITLE = (
    "Le nouvel intitulé est celui d’avant : rien n’a été enregistré. Changez-le, ou fermez la "
    "fenêtre."
)
FEW_PARTS = (
    "Scinder un engagement en donne au moins deux : rien n’a été enregistré. Saisissez les "
    "intitulés, un par ligne."
)
ALREADY_OVER = (
    "L’engagement {number} a déjà été {ended} : rien n’a été enregistré. Annulez d’abord cette "
    "modification."
)
OUTSIDE = (
    "Cette date est en dehors de la période du plan : rien n’a été enregistré. Corrigez la date."
)
PARTS_IN_USE = (
    "Un engagement issu de la scission figure dans une réunion : la scission n’a pas été annulée. "
    "Videz d’abord ce que les réunions disent de lui."
)
_ENDED = {AmendmentKind.SPLIT: "scindé", AmendmentKind.WITHDRAWN: "retiré"}


def amend(work: UnitOfWork, *, commitment_id: str, title: str, day: date, reason: str) -> str:
    """Give a commitment new words from ``day`` on, keeping the former ones and why.

    Raises InputError without a reason or a new title, or for a day outside the plan.
    """
    plan, commitment = _known(work, commitment_id)
    words = " ".join(title.split())
    if not words:
        raise InputError(NO_TITLE)
    if words == commitment.title:
        raise InputError(SAME_TITLE)
    work.update("commitment", commitment_id, title=words)
    return _note(work, plan, commitment, AmendmentKind.AMENDED, day=day, reason=reason)


def withdraw(work: UnitOfWork, *, commitment_id: str, day: date, reason: str) -> str:
    """Take a commitment out of its plan from ``day`` on; earlier meetings keep it.

    Raises InputError without a reason or for a day outside the plan, ConflictError when it has
    left the plan already.
    """
    plan, commitment = _known(work, commitment_id)
    noted = _note(work, plan, commitment, AmendmentKind.WITHDRAWN, day=day, reason=reason)
    _leave_drafts(work, commitment_id, day)
    return noted


def split(
    work: UnitOfWork,
    *,
    commitment_id: str,
    day: date,
    reason: str,
    parts: Sequence[tuple[int, str]],
) -> tuple[str, ...]:
    """Replace a commitment by ``parts`` (number, title) from ``day`` on; return their identifiers.

    They share its weight, and keep its axis, its institution and those who answer for it. Raises
    as ``withdraw``, and InputError for fewer than two parts, ConflictError for a number in use.
    """
    plan, commitment = _known(work, commitment_id)
    if len(parts) < 2 or not all(title.split() for _, title in parts):
        raise InputError(FEW_PARTS)
    taken = {c.number for c in plan.commitments}
    for number, _ in parts:
        if number in taken:
            raise ConflictError(NUMBER_TAKEN.format(number=number))
        taken.add(number)
    _note(work, plan, commitment, AmendmentKind.SPLIT, day=day, reason=reason)
    _leave_drafts(work, commitment_id, day)
    weight = _shared(commitment.weight, len(parts))
    made = tuple(
        work.insert(
            "commitment",
            plan_id=plan.id,
            number=number,
            title=" ".join(title.split()),
            axis_id=commitment.axis_id,
            institution_id=work.institution(commitment.institution),
            weight=weight,
            origin_id=commitment_id,
        )
        for number, title in parts
    )
    _hand_over(work, plan, commitment, made, day)
    for part in made:
        show_in_meeting(work, plan_id=plan.id, commitment_id=part)
    return made


def take_back(work: UnitOfWork, *, commitment_id: str, amendment_id: str) -> None:
    """Take an amendment back: the former words return, a commitment is part of its plan again.

    Raises ConflictError when a part of a split commitment is in use already.
    """
    plan, commitment = _known(work, commitment_id)
    amendment = next((a for a in commitment.amendments if a.id == amendment_id), None)
    if amendment is None:
        raise NotFoundError(GONE)
    if amendment.kind is AmendmentKind.AMENDED:
        work.update("commitment", commitment_id, title=amendment.former_title)
    parts = [c for c in plan.commitments if c.origin_id == commitment_id]
    if amendment.kind is AmendmentKind.SPLIT:
        _remove_parts(work, parts)
    work.delete("amendment", amendment_id)
    if amendment.kind is not AmendmentKind.AMENDED:
        show_in_meeting(work, plan_id=plan.id, commitment_id=commitment_id)


def _known(work: UnitOfWork, commitment_id: str) -> tuple[ActionPlan, Commitment]:
    row = work.read.row("commitment", commitment_id)
    if row is None:
        raise NotFoundError(GONE)
    plan = work.read.plan(row["plan_id"])
    return plan, next(c for c in plan.commitments if c.id == commitment_id)


def _note(
    work: UnitOfWork,
    plan: ActionPlan,
    commitment: Commitment,
    kind: AmendmentKind,
    *,
    day: date,
    reason: str,
) -> str:
    words = " ".join(reason.split())
    if not words:
        raise InputError(NO_REASON)
    if not plan.starts <= day <= plan.ends:
        raise InputError(OUTSIDE)
    if commitment.ended is not None:
        raise ConflictError(_over(commitment, commitment.ended))
    return work.insert(
        "amendment",
        commitment_id=commitment.id,
        plan_id=plan.id,
        kind=kind.value,
        day=day,
        reason=words,
        former_title=commitment.title if kind is AmendmentKind.AMENDED else "",
    )


def _over(commitment: Commitment, ended: Amendment) -> str:
    return ALREADY_OVER.format(number=commitment.number, ended=_ENDED[ended.kind])


def _leave_drafts(work: UnitOfWork, commitment_id: str, day: date) -> None:
    """Have meetings from ``day`` on, not issued yet, await the commitment no longer."""
    waiting = set(work.read.empty_reports(commitment_id))
    for line in work.read.meetings():
        if line.day < day or line.state is not ReleveState.DRAFT:
            continue
        for report in work.read.record(line.id).reports:
            if report.id in waiting:
                work.delete("progress_report", report.id)


def _hand_over(
    work: UnitOfWork,
    plan: ActionPlan,
    commitment: Commitment,
    parts: Sequence[str],
    day: date,
) -> None:
    """Have those who answer for a commitment on ``day`` answer for its parts too."""
    for mandate in work.read.mandates(plan_id=plan.id):
        lasts = mandate.valid_to is None or mandate.valid_to >= day
        if commitment.number in mandate.commitments and lasts:
            for part in parts:
                work.insert(
                    "mandate_commitment",
                    mandate_id=mandate.id,
                    commitment_id=part,
                    plan_id=plan.id,
                )


def _remove_parts(work: UnitOfWork, parts: Sequence[Commitment]) -> None:
    if any(work.read.commitment_in_use(part.id) for part in parts):
        raise ConflictError(PARTS_IN_USE)
    for part in parts:
        for report_id in work.read.empty_reports(part.id):
            work.delete("progress_report", report_id)
        work.delete("commitment", part.id)


def _shared(weight: Decimal, parts: int) -> Decimal:
    share = (weight / parts).quantize(Decimal("0.001"), ROUND_HALF_UP)
    return max(share, Decimal("0.001"))
