"""Use cases on action plans: their labels, periods, axes and commitments."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pan_desktop.app.office import reading
from pan_desktop.app.seeing import institution_seen
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.folding import folded
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import ReleveState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pan_desktop.domain.model import ActionPlan, Axis, Commitment
    from pan_desktop.domain.progress import OverallMethod, Rounding
    from pan_desktop.store.unit_of_work import UnitOfWork

NO_LABEL = "Le plan n’a pas de libellé : rien n’a été enregistré. Donnez-lui-en un (« 2018-2020 »)."
BACKWARDS = (
    "La fin du plan précède son début : rien n’a été enregistré. Corrigez l’une des deux dates."
)
MIDTERM_OUTSIDE = (
    "La revue à mi-parcours est en dehors de la période du plan : rien n’a été enregistré. "
    "Corrigez sa date, ou effacez-la."
)
BAD_NUMBER = (
    "Le numéro d’un engagement est un nombre entier à partir de 1 : rien n’a été enregistré. "
    "Corrigez le numéro."
)
BAD_WEIGHT = (
    "Le poids d’un engagement est un nombre supérieur à zéro et inférieur à un million, avec trois "
    "décimales au plus : rien n’a été enregistré. Corrigez le poids."
)
_WEIGHT = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")
NUMBER_TAKEN = (
    "L’engagement {number} existe déjà dans ce plan : rien n’a été enregistré. Choisissez un "
    "autre numéro."
)
NO_AXIS_TITLE = "L’axe n’a pas de titre : rien n’a été enregistré. Saisissez-en un."
UNKNOWN_AXIS = (
    "« {text} » n’est pas un axe de ce plan : rien n’a été enregistré. Saisissez le numéro ou le "
    "titre d’un axe, ou ajoutez d’abord l’axe."
)
IN_USE = (
    "L’engagement {number} figure dans une réunion déjà renseignée : il n’a pas été supprimé. "
    "Videz d’abord son état d’avancement et les présences qui s’y rapportent."
)
HAS_PARTS = (
    "L’engagement {number} a été scindé : il n’a pas été supprimé, d’autres engagements venant de "
    "lui. Supprimez d’abord ceux-ci."
)
PLAN_IN_USE = (
    "Des réunions se rapportent à ce plan : il n’a pas été supprimé. Supprimez d’abord ces "
    "réunions."
)


@reading
def list_plans(work: UnitOfWork) -> tuple[ActionPlan, ...]:
    """Return all plans, the latest first."""
    return work.read.plans()


def create_plan(
    work: UnitOfWork, *, label: str, starts: date, ends: date, commitments: int = 0
) -> str:
    """Make a plan with ``commitments`` numbered from 1 and return its identifier.

    Raises InputError when the label is empty or the period runs backwards, ConflictError when
    another plan has the label.
    """
    _check_plan(label, starts, ends)
    plan_id = work.insert("plan", label=" ".join(label.split()), starts=starts, ends=ends)
    for number in range(1, commitments + 1):
        add_commitment(work, plan_id=plan_id, number=number)
    return plan_id


def change_plan(
    work: UnitOfWork,
    *,
    plan_id: str,
    label: str,
    starts: date,
    ends: date,
    method: OverallMethod,
    rounding: Rounding,
    midterm: date | None = None,
    seen: ActionPlan | None = None,
) -> None:
    """Change what a plan is called, its period, and how its overall progress is computed.

    ``midterm`` is the day of its mid-term review, None for the middle of its period. Of what
    ``seen`` says it was before, only what differs is written.
    """
    _check_plan(label, starts, ends)
    if midterm is not None and not starts <= midterm <= ends:
        raise InputError(MIDTERM_OUTSIDE)
    known = None
    if seen is not None:
        known = {
            "label": seen.label,
            "starts": seen.starts,
            "ends": seen.ends,
            "midterm": seen.midterm,
            "method": seen.method.value,
            "rounding": seen.rounding.value,
        }
    work.update(
        "plan",
        plan_id,
        seen=known,
        label=" ".join(label.split()),
        starts=starts,
        ends=ends,
        midterm=midterm,
        method=method.value,
        rounding=rounding.value,
    )


@reading
def check_plan_removal(work: UnitOfWork, *, plan_id: str) -> None:
    """Raise the ConflictError that ``remove_plan`` would, before anyone is asked to confirm."""
    if work.read.latest_meeting(plan_id):
        raise ConflictError(PLAN_IN_USE)


def remove_plan(work: UnitOfWork, *, plan_id: str) -> None:
    """Remove a plan that no meeting belongs to, with its commitments and mandates."""
    check_plan_removal(work, plan_id=plan_id)
    work.delete("plan", plan_id)


def add_axis(work: UnitOfWork, *, plan_id: str, title: str) -> str:
    """Add an axis after the others of the plan and return its identifier."""
    number = max((axis.number for axis in work.read.plan(plan_id).axes), default=0) + 1
    return work.insert("axis", plan_id=plan_id, number=number, title=_axis_title(title))


def change_axis(work: UnitOfWork, *, axis_id: str, title: str, seen: Axis | None = None) -> None:
    """Rename an axis, of which ``seen`` says what it was called before."""
    known = {"title": seen.title} if seen is not None else None
    work.update("axis", axis_id, seen=known, title=_axis_title(title))


def remove_axis(work: UnitOfWork, *, plan_id: str, axis_id: str) -> None:
    """Remove an axis; its commitments stay, without one."""
    for commitment in work.read.plan(plan_id).commitments:
        if commitment.axis_id == axis_id:
            work.update("commitment", commitment.id, axis_id=None)
    work.delete("axis", axis_id)


def find_axis(axes: Sequence[Axis], text: str) -> Axis | None:
    """Return the axis that ``text`` names by its number or its title; None for an empty text.

    The beginning of a title, or words of it, will do where only one has them. Raises InputError.
    """
    wanted = folded(text)
    if not wanted:
        return None
    for axis in axes:
        title = folded(axis.title)
        if wanted in {str(axis.number), title, f"{axis.number}. {title}"}:
            return axis
    close = [axis for axis in axes if wanted in folded(axis.title)]
    if wanted.isdecimal() or len(close) != 1:
        raise InputError(UNKNOWN_AXIS.format(text=" ".join(text.split())))
    return close[0]


@dataclass(frozen=True, slots=True)
class CommitmentEdit:
    """A commitment as a form gives it; ``weight`` as typed, with a comma or a point."""

    number: str
    title: str = ""
    institution: str = ""
    weight: str = "1"
    axis_id: str | None = None


def add_commitment(
    work: UnitOfWork,
    *,
    plan_id: str,
    number: int | None = None,
    title: str = "",
    institution: str = "",
    commitment_id: str | None = None,
) -> str:
    """Add a commitment to a plan, and to its latest meeting while that is not all filled in.

    Without a ``number`` it takes the next one; a table that already shows it makes its
    identifier.
    """
    plan = work.read.plan(plan_id)
    if number is None:
        number = max((c.number for c in plan.commitments), default=0) + 1
    commitment_id = work.insert(
        "commitment",
        id=commitment_id or new_id(),
        plan_id=plan_id,
        number=number,
        title=title.strip(),
        institution_id=work.institution(institution),
        weight=Decimal(1),
    )
    show_in_meeting(work, plan_id=plan_id, commitment_id=commitment_id)
    return commitment_id


def show_in_meeting(work: UnitOfWork, *, plan_id: str, commitment_id: str) -> None:
    """Have the meeting being prepared or held await a new commitment's progress.

    A finished relevé keeps its scope.
    """
    meeting_id = work.read.latest_meeting(plan_id)
    if not meeting_id or not _unfinished(work, meeting_id):
        return
    shown = work.read.record(meeting_id).reports
    if all(report.commitment.id != commitment_id for report in shown):
        work.insert(
            "progress_report", meeting_id=meeting_id, plan_id=plan_id, commitment_id=commitment_id
        )


def change_commitment(
    work: UnitOfWork, *, commitment_id: str, edit: CommitmentEdit, seen: Commitment | None = None
) -> None:
    """Change a commitment. Raises InputError when its number or weight makes no sense.

    Of what ``seen`` says it was before, only what differs is written.
    """
    values: dict[str, Any] = {
        "number": _number(edit.number),
        "title": " ".join(edit.title.split()),
        "institution_id": work.institution(edit.institution),
        "weight": weight_of(edit.weight),
        "axis_id": edit.axis_id,
    }
    known = None
    if seen is not None:
        known = {
            "number": seen.number,
            "title": seen.title,
            "institution_id": institution_seen(work, seen.institution),
            "weight": seen.weight,
            "axis_id": seen.axis_id,
        }
    work.update("commitment", commitment_id, seen=known, **values)


def edited(
    commitments: Sequence[Commitment], commitment: Commitment, edit: CommitmentEdit
) -> Commitment:
    """Return a commitment as ``change_commitment`` will make it among those of its plan.

    A table shows it at once, and refuses what cannot be taken while it is still being typed.
    Raises InputError as ``change_commitment`` does, ConflictError when another has the number.
    """
    number = _number(edit.number)
    if any(c.number == number and c.id != commitment.id for c in commitments):
        raise ConflictError(NUMBER_TAKEN.format(number=number))
    return replace(
        commitment,
        number=number,
        title=" ".join(edit.title.split()),
        institution=" ".join(edit.institution.split()),
        weight=weight_of(edit.weight),
        axis_id=edit.axis_id,
    )


@reading
def check_commitment_removal(work: UnitOfWork, *, plan_id: str, commitment_id: str) -> None:
    """Raise the ConflictError that ``remove_commitment`` would, before anyone has to confirm."""
    known = work.read.plan(plan_id).commitments
    number = next((c.number for c in known if c.id == commitment_id), 0)
    if any(c.origin_id == commitment_id for c in known):
        raise ConflictError(HAS_PARTS.format(number=number))
    if work.read.commitment_in_use(commitment_id):
        raise ConflictError(IN_USE.format(number=number))


def remove_commitment(work: UnitOfWork, *, plan_id: str, commitment_id: str) -> None:
    """Remove a commitment that no meeting has said anything about.

    Raises ConflictError when one has.
    """
    check_commitment_removal(work, plan_id=plan_id, commitment_id=commitment_id)
    for report_id in work.read.empty_reports(commitment_id):
        work.delete("progress_report", report_id)
    work.delete("commitment", commitment_id)


def _unfinished(work: UnitOfWork, meeting_id: str) -> bool:
    """Tell whether some commitment still awaits its progress at a meeting that is not issued."""
    record = work.read.record(meeting_id)
    draft = record.meeting.state is ReleveState.DRAFT
    return draft and (bool(record.unknown) or not record.reports)


def _check_plan(label: str, starts: date, ends: date) -> None:
    if not label.strip():
        raise InputError(NO_LABEL)
    if ends < starts:
        raise InputError(BACKWARDS)


def _axis_title(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise InputError(NO_AXIS_TITLE)
    return words


def _number(text: str) -> int:
    words = text.strip()
    if not words.isdecimal() or len(words) > 9 or not 1 <= int(words) <= 9999:
        raise InputError(BAD_NUMBER)
    return int(words)


def weight_of(text: str) -> Decimal:
    """Return a weight as typed, with a comma or a point. Raises InputError."""
    words = text.strip().replace(",", ".")
    if not _WEIGHT.fullmatch(words) or not Decimal(words):
        raise InputError(BAD_WEIGHT)
    return Decimal(words)
