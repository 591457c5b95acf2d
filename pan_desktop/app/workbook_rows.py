"""What each sheet of the Excel forms says of the store, and how a row of it is taken in.

Every rule is the one of the use cases that the window calls: a row is added or changed by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from pan_desktop.app import activities, people, plans, progress
from pan_desktop.app.office import reading
from pan_desktop.app.plans import CommitmentEdit
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import ActivityState, Civility, Role, Situation
from pan_desktop.domain.progress import CompletionLevel, OverallMethod, Rounding
from pan_desktop.domain.typography import enumeration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.workbook.forms import Value
    from pan_desktop.domain.model import ActionPlan, Activity, Axis, Commitment, Mandate
    from pan_desktop.store.unit_of_work import UnitOfWork

UNKNOWN_PLAN = "Le plan « {label} » n’existe pas : ajoutez-le d’abord à la feuille Plans."
UNKNOWN_AXIS = "L’axe {number} n’existe pas dans ce plan : ajoutez-le d’abord à la feuille Axes."
UNKNOWN_COMMITMENT = (
    "L’engagement {number} n’existe pas dans ce plan : ajoutez-le d’abord à la feuille Engagements."
)
UNKNOWN_PERSON = "« {name} » n’est pas à la feuille Personnes : ajoutez-la d’abord."
SEVERAL_PEOPLE = "Plusieurs personnes s’appellent « {name} » : saisissez ce mandat dans la fenêtre."
NO_NUMBERS = "« {text} » n’est pas une liste de numéros : écrivez par exemple « 1, 2 et 8 »."
PLAN_STAYS = "Une ligne ne change pas de plan : effacez son repère pour en créer une autre."
NOT_NEW = "Une ligne ne s’ajoute pas ici : l’engagement doit d’abord être dans le plan."

_METHODS = dict(
    zip(("moyenne simple", "moyenne pondérée", "moyenne par axe"), OverallMethod, strict=True)
)
_ROUNDINGS = dict(
    zip(("au plus proche", "à l’unité supérieure", "à l’unité inférieure"), Rounding, strict=True)
)
_STATES = dict(
    zip(("à lancer", "en cours", "réalisée", "non réalisable"), ActivityState, strict=True)
)
_LEVELS = dict(
    zip(
        ("Aucune preuve disponible", "Non commencé", "Limité", "Substantiel", "Achevé"),
        CompletionLevel,
        strict=True,
    )
)
_CIVILITIES = {"M.": Civility.MONSIEUR, "Mme": Civility.MADAME}
_ROLES = {"point focal": Role.FOCAL_POINT, "suppléant": Role.ALTERNATE}
_SITUATIONS = dict(
    zip(("à renseigner", "communiqué", "sans avancement", "absent"), Situation, strict=True)
)


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the store as a sheet says it, its reference apart."""

    id: str
    values: tuple[Value, ...]


class SheetRows(Protocol):
    """How the rows of one sheet lie in the store."""

    key_column: str
    """The column that a refusal is told at."""

    def known(self, work: UnitOfWork, references: Sequence[Value] = ()) -> list[Known]:
        """Return what the store holds; ``references`` are those of the sheet being read."""

    def key(self, values: Sequence[Value]) -> object:
        """Return what tells a row from others where it has no reference."""

    def name(self, values: Sequence[Value]) -> str:
        """Return what a row is about, in French."""

    def settled(self, values: Sequence[Value], before: Sequence[Value] | None) -> tuple[Value, ...]:
        """Return the values with what an empty cell means."""

    def add(self, work: UnitOfWork, values: Sequence[Value]) -> None:
        """Write a new row. Raises InputError."""

    def change(self, work: UnitOfWork, before: Known, values: Sequence[Value]) -> None:
        """Change a row. Raises InputError."""


def _said(words: dict[str, object], value: object) -> str:
    return next(word for word, meaning in words.items() if meaning == value)


def _text(value: Value) -> str:
    return str(value) if value is not None else ""


def _day(value: Value) -> date:
    assert isinstance(value, date)
    return value


def _maybe_day(value: Value) -> date | None:
    assert value is None or isinstance(value, date)
    return value


def _number(value: Value) -> int:
    assert isinstance(value, int)
    return value


def _plan(work: UnitOfWork, label: Value) -> ActionPlan:
    plan_id = work.read.plan_id(_text(label))
    if plan_id is None:
        raise InputError(UNKNOWN_PLAN.format(label=label))
    return work.read.plan(plan_id)


def _commitment(plan: ActionPlan, number: Value) -> Commitment:
    found = next((c for c in plan.commitments if c.number == number), None)
    if found is None:
        raise InputError(UNKNOWN_COMMITMENT.format(number=number))
    return found


def _same_plan(before: Known, values: Sequence[Value], place: int = 0) -> None:
    if before.values[place] != values[place]:
        raise InputError(PLAN_STAYS)


class _Plans:
    """Sheet "Plans"."""

    key_column = "Libellé"

    def known(self, work: UnitOfWork, references: Sequence[Value] = ()) -> list[Known]:
        return [
            Known(
                plan.id,
                (
                    plan.label,
                    plan.starts,
                    plan.ends,
                    plan.midterm,
                    _said(dict(_METHODS), plan.method),
                    _said(dict(_ROUNDINGS), plan.rounding),
                ),
            )
            for plan in work.read.plans()
        ]

    def key(self, values: Sequence[Value]) -> object:
        return folded(_text(values[0]))

    def name(self, values: Sequence[Value]) -> str:
        return f"plan {values[0]}"

    def settled(self, values: Sequence[Value], before: Sequence[Value] | None) -> tuple[Value, ...]:
        label, starts, ends, midterm, method, rounding = values
        method = method or (before[4] if before else "moyenne simple")
        rounding = rounding or (before[5] if before else "au plus proche")
        return (label, starts, ends, midterm, method, rounding)

    def add(self, work: UnitOfWork, values: Sequence[Value]) -> None:
        starts, ends = _day(values[1]), _day(values[2])
        plan_id = plans.create_plan(work, label=_text(values[0]), starts=starts, ends=ends)
        self.change(work, Known(plan_id, ()), values)

    def change(self, work: UnitOfWork, before: Known, values: Sequence[Value]) -> None:
        label, starts, ends, midterm, method, rounding = values
        other = work.read.plan_id(_text(label))
        if other is not None and other != before.id:
            raise InputError(f"Un autre plan s’appelle déjà « {label} ».")
        plans.change_plan(
            work,
            plan_id=before.id,
            label=_text(label),
            starts=_day(starts),
            ends=_day(ends),
            midterm=_maybe_day(midterm),
            method=_METHODS[_text(method)],
            rounding=_ROUNDINGS[_text(rounding)],
        )


class _Axes:
    """Sheet "Axes"."""

    key_column = "Titre"

    def known(self, work: UnitOfWork, references: Sequence[Value] = ()) -> list[Known]:
        return [
            Known(axis.id, (plan.label, axis.number, axis.title))
            for plan in work.read.plans()
            for axis in plan.axes
        ]

    def key(self, values: Sequence[Value]) -> object:
        return (folded(_text(values[0])), values[1])

    def name(self, values: Sequence[Value]) -> str:
        return f"axe {values[1]} ({values[0]})"

    def settled(self, values: Sequence[Value], before: Sequence[Value] | None) -> tuple[Value, ...]:
        return tuple(values)

    def add(self, work: UnitOfWork, values: Sequence[Value]) -> None:
        plan = _plan(work, values[0])
        axis_id = plans.add_axis(work, plan_id=plan.id, title=_text(values[2]))
        work.update("axis", axis_id, number=_number(values[1]))

    def change(self, work: UnitOfWork, before: Known, values: Sequence[Value]) -> None:
        _same_plan(before, values)
        plan = _plan(work, values[0])
        if any(a.number == values[1] and a.id != before.id for a in plan.axes):
            raise InputError(f"L’axe {values[1]} existe déjà dans ce plan.")
        plans.change_axis(work, axis_id=before.id, title=_text(values[2]))
        work.update("axis", before.id, number=_number(values[1]))


class _Commitments:
    """Sheet "Engagements"."""

    key_column = "N°"

    def known(self, work: UnitOfWork, references: Sequence[Value] = ()) -> list[Known]:
        found = []
        for plan in work.read.plans():
            axes = {axis.id: axis.number for axis in plan.axes}
            for held in plan.commitments:
                level = _said(dict(_LEVELS), held.completion) if held.completion else None
                axis = axes.get(held.axis_id or "")
                words = (plan.label, held.number, held.title, held.institution)
                weight = held.weight.normalize()
                found.append(Known(held.id, (*words, axis, weight, level)))
        return found

    def key(self, values: Sequence[Value]) -> object:
        return (folded(_text(values[0])), values[1])

    def name(self, values: Sequence[Value]) -> str:
        return f"engagement {values[1]} ({values[0]})"

    def settled(self, values: Sequence[Value], before: Sequence[Value] | None) -> tuple[Value, ...]:
        *words, weight, level = values
        return (*words, weight if weight is not None else Decimal(1), level)

    def add(self, work: UnitOfWork, values: Sequence[Value]) -> None:
        plan = _plan(work, values[0])
        made = plans.add_commitment(work, plan_id=plan.id, number=_number(values[1]))
        self._write(work, plan, made, values)

    def change(self, work: UnitOfWork, before: Known, values: Sequence[Value]) -> None:
        _same_plan(before, values)
        plan = _plan(work, values[0])
        if any(c.number == values[1] and c.id != before.id for c in plan.commitments):
            raise InputError(plans.NUMBER_TAKEN.format(number=values[1]))
        self._write(work, plan, before.id, values)

    def _write(
        self, work: UnitOfWork, plan: ActionPlan, commitment_id: str, values: Sequence[Value]
    ) -> None:
        _, number, title, institution, axis, weight, level = values
        found: Axis | None = None
        if axis is not None:
            found = next((a for a in plan.axes if a.number == axis), None)
            if found is None:
                raise InputError(UNKNOWN_AXIS.format(number=axis))
        edit = CommitmentEdit(
            str(number),
            _text(title),
            _text(institution),
            f"{weight:f}" if isinstance(weight, Decimal) else _text(weight),
            found.id if found else None,
        )
        plans.change_commitment(work, commitment_id=commitment_id, edit=edit)
        chosen = _LEVELS[_text(level)] if level else None
        progress.set_completion(work, commitment_id=commitment_id, level=chosen)


class _Activities:
    """Sheet "Activités"."""

    key_column = "Intitulé"

    def known(self, work: UnitOfWork, references: Sequence[Value] = ()) -> list[Known]:
        return [
            Known(one.id, (plan.label, held.number, *_activity(one)))
            for plan in work.read.plans()
            for held in plan.commitments
            for one in held.activities
        ]

    def key(self, values: Sequence[Value]) -> object:
        return (folded(_text(values[0])), values[1], values[2])

    def name(self, values: Sequence[Value]) -> str:
        return f"activité {values[2]} de l’engagement {values[1]} ({values[0]})"

    def settled(self, values: Sequence[Value], before: Sequence[Value] | None) -> tuple[Value, ...]:
        *words, state, percent, weight, starts, ends, evidence = values
        state = state or (before[4] if before else "à lancer")
        if state == "réalisée" and percent is None:
            percent = 100
        places = "\n".join(" | ".join(p) if p[0] else p[1] for p in _places(evidence))
        weight = weight if weight is not None else Decimal(1)
        return (*words, state, percent, weight, starts, ends, places)

    def add(self, work: UnitOfWork, values: Sequence[Value]) -> None:
        held = _commitment(_plan(work, values[0]), values[1])
        title = _text(values[3])
        made = activities.add_activity(work, commitment_id=held.id, title=title)
        self._write(work, made, values)

    def change(self, work: UnitOfWork, before: Known, values: Sequence[Value]) -> None:
        if before.values[:2] != tuple(values[:2]):
            raise InputError(PLAN_STAYS)
        held = _commitment(_plan(work, values[0]), values[1])
        if any(a.number == values[2] and a.id != before.id for a in held.activities):
            raise InputError(f"L’activité {values[2]} existe déjà pour cet engagement.")
        self._write(work, before.id, values)

    def _write(self, work: UnitOfWork, activity_id: str, values: Sequence[Value]) -> None:
        _, _, number, title, state, percent, weight, starts, ends, evidence = values
        work.update("activity", activity_id, number=_number(number))
        edit = activities.ActivityEdit(
            _text(title),
            f"{weight:f}" if isinstance(weight, Decimal) else _text(weight),
            _STATES[_text(state)],
            _maybe_day(starts),
            _maybe_day(ends),
            _text(percent),
            _places(evidence),
        )
        today = date.today()  # noqa: DTZ011 - the office's own calendar
        activities.edit_activity(work, activity_id=activity_id, edit=edit, today=today)


def _activity(one: Activity) -> tuple[Value, ...]:
    places = "\n".join(
        f"{place.label} | {place.address}" if place.label else place.address
        for place in one.evidence
    )
    state = _said(dict(_STATES), one.state)
    weight = one.weight.normalize()
    return (one.number, one.title, state, one.percent, weight, one.starts, one.ends, places)


def _places(text: Value) -> tuple[tuple[str, str], ...]:
    """Return the places of evidence of a cell, one a line: label | address."""
    found = []
    for line in _text(text).splitlines():
        label, _, address = line.rpartition("|")
        if address.strip():
            found.append((" ".join(label.split()), address.strip()))
    return tuple(dict.fromkeys(found))


class _People:
    """Sheet "Personnes"."""

    key_column = "Nom"

    def known(self, work: UnitOfWork, references: Sequence[Value] = ()) -> list[Known]:
        return [
            Known(
                person.id,
                (
                    _said(dict(_CIVILITIES), person.civility),
                    person.name,
                    person.institution,
                    person.email,
                    "\n".join(person.aliases),
                ),
            )
            for person in work.read.people()
        ]

    def key(self, values: Sequence[Value]) -> object:
        return (values[0], folded(_text(values[1])))

    def name(self, values: Sequence[Value]) -> str:
        return f"{values[0]} {values[1]}"

    def settled(self, values: Sequence[Value], before: Sequence[Value] | None) -> tuple[Value, ...]:
        *words, others = values
        lines = (" ".join(line.split()) for line in _text(others).splitlines())
        return (*words, "\n".join(sorted({line for line in lines if line})))

    def add(self, work: UnitOfWork, values: Sequence[Value]) -> None:
        made = people.add_person(work, person=self._edit(values))
        self._name(work, made, values)

    def change(self, work: UnitOfWork, before: Known, values: Sequence[Value]) -> None:
        people.change_person(work, person_id=before.id, person=self._edit(values))
        self._name(work, before.id, values)

    def _edit(self, values: Sequence[Value]) -> people.PersonEdit:
        civility, name, institution, email, _ = values
        return people.PersonEdit(
            _CIVILITIES[_text(civility)], _text(name), _text(institution), _text(email)
        )

    def _name(self, work: UnitOfWork, person_id: str, values: Sequence[Value]) -> None:
        names = _text(values[-1]).splitlines()
        people.set_aliases(work, person_id=person_id, names=names)


class _Mandates:
    """Sheet "Mandats"."""

    key_column = "Nom"

    def known(self, work: UnitOfWork, references: Sequence[Value] = ()) -> list[Known]:
        labels = {plan.id: plan.label for plan in work.read.plans()}
        return [
            Known(mandate.id, (mandate.person.name, labels[mandate.plan_id], *_mandate(mandate)))
            for mandate in work.read.mandates()
        ]

    def key(self, values: Sequence[Value]) -> object:
        name, plan, role, numbers, starts, _ = values
        return (folded(_text(name)), folded(_text(plan)), role, numbers, starts)

    def name(self, values: Sequence[Value]) -> str:
        return f"mandat de {values[0]} ({values[1]})"

    def settled(self, values: Sequence[Value], before: Sequence[Value] | None) -> tuple[Value, ...]:
        name, plan, role, numbers, starts, ends = values
        found = _numbers_in(_text(numbers))
        words = enumeration([str(n) for n in found]) if found else numbers
        return (name, plan, role, words, starts, ends)

    def add(self, work: UnitOfWork, values: Sequence[Value]) -> None:
        wanted = folded(_text(values[0]))
        found = [p for p in work.read.people() if folded(p.name) == wanted]
        if not found:
            raise InputError(UNKNOWN_PERSON.format(name=values[0]))
        if len(found) > 1:
            raise InputError(SEVERAL_PEOPLE.format(name=values[0]))
        people.add_mandate(work, person_id=found[0].id, mandate=self._edit(work, values))

    def change(self, work: UnitOfWork, before: Known, values: Sequence[Value]) -> None:
        _same_plan(before, values, 1)
        if folded(_text(before.values[0])) != folded(_text(values[0])):
            raise InputError("Un mandat ne change pas de personne : effacez son repère.")
        people.change_mandate(work, mandate_id=before.id, mandate=self._edit(work, values))

    def _edit(self, work: UnitOfWork, values: Sequence[Value]) -> people.MandateEdit:
        _, plan, role, numbers, starts, ends = values
        found = _numbers_in(_text(numbers))
        if not found:
            raise InputError(NO_NUMBERS.format(text=numbers or ""))
        return people.MandateEdit(
            _plan(work, plan).id, _ROLES[_text(role)], found, _day(starts), _maybe_day(ends)
        )


def _mandate(mandate: Mandate) -> tuple[Value, ...]:
    numbers = enumeration([str(number) for number in mandate.commitments])
    role = _said(dict(_ROLES), mandate.role)
    return (role, numbers, mandate.valid_from, mandate.valid_to)


def _numbers_in(text: str) -> tuple[int, ...]:
    """Return the numbers of "1, 2 et 8", nothing where there is anything else."""
    words = text.replace(",", " ").replace(";", " ").split()
    plain = [word for word in words if word.casefold() != "et"]
    if not plain or not all(word.isascii() and word.isdecimal() for word in plain):
        return ()
    return tuple(sorted({int(word) for word in plain if len(word) < 9}))


class _Progress:
    """Sheet "Avancement": the reports of one meeting, which their references name."""

    key_column = "Engagement"

    def known(self, work: UnitOfWork, references: Sequence[Value] = ()) -> list[Known]:
        meeting_id = None
        for reference in references:
            row = work.read.row("progress_report", _text(reference)) if reference else None
            if row is not None:
                meeting_id = row["meeting_id"]
                break
        if meeting_id is None:
            return []
        return [
            Known(_text(row[-1]), tuple(row[:-1]))
            for row in progress_rows(work, meeting_id=meeting_id)
        ]

    def key(self, values: Sequence[Value]) -> object:
        return values[0]

    def name(self, values: Sequence[Value]) -> str:
        return f"engagement {values[0]}"

    def settled(self, values: Sequence[Value], before: Sequence[Value] | None) -> tuple[Value, ...]:
        number, title, institution, last, percent, situation, details = values
        if situation in {None, "à renseigner", "communiqué"}:
            situation = "à renseigner" if percent is None else "communiqué"
        return (number, title, institution, last, percent, situation, details)

    def add(self, work: UnitOfWork, values: Sequence[Value]) -> None:
        raise InputError(NOT_NEW)

    def change(self, work: UnitOfWork, before: Known, values: Sequence[Value]) -> None:
        number, _, _, _, percent, situation, details = values
        if number != before.values[0]:
            raise InputError(NOT_NEW)
        row = work.read.row("progress_report", before.id) or {}
        text = _text(details)
        same = text == _text(before.values[6])
        edit = progress.ReportEdit(
            percent if isinstance(percent, int) else None,
            row["details"] if same else text,
            _SITUATIONS[_text(situation)],
            row["marks"] if same else "",
        )
        progress.save_report(work, report_id=before.id, edit=edit)


@reading
def progress_rows(work: UnitOfWork, *, meeting_id: str) -> list[tuple[Value, ...]]:
    """Return a meeting's progress grid, each row with its reference last. Raises NotFoundError."""
    record, last = work.read.record(meeting_id), work.read.last_known(meeting_id)
    found: list[tuple[Value, ...]] = []
    for report in record.scope:
        held = report.commitment
        before = last.get(held.id)
        found.append(
            (
                held.number,
                held.title,
                held.institution,
                before.percent if before else None,
                report.percent,
                _said(dict(_SITUATIONS), report.situation),
                report.details,
                report.id,
            )
        )
    return found


SHEETS: dict[str, SheetRows] = {
    "Plans": _Plans(),
    "Axes": _Axes(),
    "Engagements": _Commitments(),
    "Activités": _Activities(),
    "Personnes": _People(),
    "Mandats": _Mandates(),
    "Avancement": _Progress(),
}
