"""What the window says of rates: signs, levels, states, and how an overall figure came about."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pan_desktop.domain.model import ActivityState, AmendmentKind, Situation
from pan_desktop.domain.progress import CompletionLevel, OverallMethod, Rounding
from pan_desktop.domain.trajectory import by_axis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from pan_desktop.domain.model import ActionPlan
    from pan_desktop.domain.progress import OverallProgress
    from pan_desktop.domain.trajectory import OverallAt, Said, Trajectory

NBSP = "\u00a0"
NARROW = "\u202f"
MINUS = "\u2212"


def _tr(words: str) -> str:
    return QCoreApplication.translate("Progress", words)


def percent_words(percent: int | None) -> str:
    """Return "72 %", or a dash for what nobody knows."""
    return f"{percent}{NBSP}%" if percent is not None else "–"


def change_words(change: int | None) -> str:
    """Return "+5", "−2" or "=", and nothing where nothing came before."""
    if change is None:
        return ""
    if change == 0:
        return "="
    return f"+{change}" if change > 0 else f"{MINUS}{-change}"


def weight_words(weight: Decimal) -> str:
    """Return a weight in French, without useless zeros: "1", "1,5"."""
    plain = f"{weight:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def level_words(level: CompletionLevel | None) -> str:
    """Return the OGP's name of a level of completion, in French."""
    if level is None:
        return "–"
    return {
        CompletionLevel.NO_EVIDENCE: _tr("Aucune preuve disponible"),
        CompletionLevel.NOT_STARTED: _tr("Non commencé"),
        CompletionLevel.LIMITED: _tr("Limité"),
        CompletionLevel.SUBSTANTIAL: _tr("Substantiel"),
        CompletionLevel.COMPLETE: _tr("Achevé"),
    }[level]


def state_words(state: ActivityState) -> str:
    """Return how far an activity has come."""
    return {
        ActivityState.PLANNED: _tr("à lancer"),
        ActivityState.UNDER_WAY: _tr("en cours"),
        ActivityState.DONE: _tr("réalisée"),
        ActivityState.IMPOSSIBLE: _tr("non réalisable"),
    }[state]


def amendment_words(kind: AmendmentKind) -> str:
    """Return what became of a commitment."""
    return {
        AmendmentKind.AMENDED: _tr("reformulé"),
        AmendmentKind.SPLIT: _tr("scindé"),
        AmendmentKind.WITHDRAWN: _tr("retiré"),
    }[kind]


def situation_words(said: Said) -> str:
    """Return how a rate came to be known."""
    if not said.meeting_id:
        return _tr("entre deux réunions")
    return {
        Situation.REPORTED: _tr("communiqué"),
        Situation.TO_FILL: _tr("communiqué"),
        Situation.NO_PROGRESS: _tr("sans avancement"),
        Situation.ABSENT: _tr("reporté, absent"),
    }[said.situation]


def speakers(said: Said) -> str:
    """Return who said a rate, or that nobody did."""
    return ", ".join(said.by) or _tr("personne n’a pris la parole")


def rates_at(trajectories: Sequence[Trajectory], meeting_id: str) -> tuple[Trajectory, ...]:
    """Return the trajectories as one meeting's relevé knows them: its own rates only."""
    found = []
    for trajectory in trajectories:
        said = tuple(one for one in trajectory.said if one.meeting_id == meeting_id)
        if said:
            found.append(replace(trajectory, said=said, from_activities=None))
    return tuple(found)


def computed_words(plan: ActionPlan, rates: Sequence[Trajectory], overall: OverallProgress) -> str:
    """Return in one sentence how an overall figure follows from the rates."""
    known = [one for one in rates if one.percent is not None]
    percents = [one.percent or 0 for one in known]
    match plan.method:
        case OverallMethod.MEAN:
            words = _tr("Moyenne simple de {count} engagements{colon}: {total} / {count} = {exact}")
            total, count = _number(sum(percents)), str(len(known))
        case OverallMethod.WEIGHTED:
            words = _tr(
                "Moyenne de {n} engagements pondérée par leurs poids{colon}: {total} / {count} = "
                "{exact}"
            )
            weights = [Fraction(one.commitment.weight) for one in known]
            weighed = (w * p for w, p in zip(weights, percents, strict=True))
            total = _number(sum(weighed, Fraction()))
            count = _number(sum(weights, Fraction()))
        case _:
            words = _tr(
                "Moyenne de {count} axes, chacun étant la moyenne de ses engagements{colon}: "
                "({total}) / {count} = {exact}"
            )
            axes = by_axis(plan, rates)
            total = " + ".join(axis.overall.two_decimals for axis in axes)
            count = str(len(axes))
    said = words.format(
        count=count, total=total, exact=overall.two_decimals, n=len(known), colon=NBSP
    )
    rounding = {
        Rounding.HALF_UP: _tr("arrondi au plus proche"),
        Rounding.UP: _tr("arrondi à l’unité supérieure"),
        Rounding.DOWN: _tr("arrondi à l’unité inférieure"),
    }[plan.rounding]
    return _tr("{said}, {rounding}{colon}: {percent}.").format(
        said=said, rounding=rounding, colon=NBSP, percent=percent_words(overall.rounded)
    )


def stated_words(at: OverallAt) -> str:
    """Return why the relevé's figure is not the computed one, nothing where it is."""
    if at.stated is None:
        return ""
    return _tr("Le comité a arrêté {percent}. Motif{colon}: {reason}").format(
        percent=percent_words(at.stated), colon=NBSP, reason=at.reason
    )


def _number(value: Fraction | int) -> str:
    """Return "1 145" or "1 145,5", thousands apart."""
    exact = f"{float(value):,.3f}".rstrip("0").rstrip(".")
    return exact.replace(",", NARROW).replace(".", ",")
