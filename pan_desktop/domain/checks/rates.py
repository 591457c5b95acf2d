"""G1 and G2: the overall progress, and that every commitment is counted once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pan_desktop.domain.checks.finding import Finding, Level, about
from pan_desktop.domain.model import ItemKind
from pan_desktop.domain.progress import COMPLETE, OverallMethod, Rounding, round_percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pan_desktop.domain.checks.finding import Subject
    from pan_desktop.domain.progress import OverallProgress

_METHODS = {
    OverallMethod.MEAN: "moyenne simple des engagements",
    OverallMethod.WEIGHTED: "moyenne pondérée des engagements",
    OverallMethod.BY_AXIS: "moyenne des axes",
}
_ROUNDINGS = {
    Rounding.HALF_UP: "arrondie à l’entier le plus proche",
    Rounding.UP: "arrondie à l’entier supérieur",
    Rounding.DOWN: "arrondie à l’entier inférieur",
}


def overall(subject: Subject) -> Iterator[Finding]:
    """G1: report a stated overall progress that is not the one computed by the plan's method.

    A written reason does not silence it ("warning + reason"): it is quoted, to be confirmed.
    Where another rounding gives the stated value, that is said.
    """
    meeting = subject.record.meeting
    stated, computed = meeting.stated_overall, subject.record.computed_overall
    if stated is None or (computed is not None and computed.rounded == stated):
        return
    if computed is None:
        found = (
            f"L’avancement global est fixé à {stated} %, mais aucun engagement n’a de taux : il "
            "ne peut pas être vérifié. Renseignez les taux des engagements."
        )
    else:
        found = _comparison(subject, stated, computed)
    item = next((i.id for i in subject.record.agenda if i.kind is ItemKind.PROGRESS), None)
    yield Finding("G1", Level.WARNING, found, item=item)


def _comparison(subject: Subject, stated: int, computed: OverallProgress) -> str:
    plan, meeting = subject.record.plan, subject.record.meeting
    known = f"{computed.counted} taux" if computed.counted > 1 else "un seul taux"
    gives = f"{computed.rounded} % ({computed.two_decimals} % avant l’arrondi)"
    how = f"{_METHODS[plan.method]}, {known}, {_ROUNDINGS[plan.rounding]}"
    parts = [
        f"L’avancement global est fixé à {stated} %, alors que le calcul ({how}) donne {gives}."
    ]
    others = [r for r in Rounding if r is not plan.rounding]
    fitting = next((r for r in others if round_percent(computed.exact, r) == stated), None)
    if fitting is not None:
        parts.append(f"La même moyenne, {_ROUNDINGS[fitting]}, donne {stated} %.")
    reason = meeting.stated_reason.strip()
    if reason:
        parts.append(f"Motif écrit : « {reason} » Vérifiez qu’il justifie cet écart.")
    else:
        parts.append("Corrigez la valeur, ou écrivez le motif de cet écart.")
    return " ".join(parts)


def partition(subject: Subject) -> Iterator[Finding]:
    """G2: report commitments without a rate, counted twice, or with a rate out of 0..100.

    A relevé counts the commitments that the plan had then: one added to the plan later is not
    missing. "Completed" and "not completed" are told apart by the rate itself, so that neither
    can hold the other's.
    """
    record = subject.record
    unknown = tuple(r.commitment.number for r in record.unknown)
    if unknown:
        one = len(unknown) == 1
        nowhere = "il ne figurerait" if one else "ils ne figureraient"
        yield _blocking(
            f"{about(unknown)} : sans taux, {nowhere} nulle part dans le relevé. Renseignez "
            "l’avancement, ou reprenez celui de la réunion précédente.",
            unknown,
        )
    counted = Counter(r.commitment.number for r in record.scope)
    twice = tuple(number for number, times in counted.items() if times > 1)
    if twice:
        counts = "compté" if len(twice) == 1 else "comptés"
        yield _blocking(
            f"{about(twice)} : {counts} plus d’une fois dans l’état d’avancement. Gardez une seule "
            "ligne pour chacun.",
            twice,
        )
    for report in record.scope:
        if report.percent is not None and not 0 <= report.percent <= COMPLETE:
            number = report.commitment.number
            yield _blocking(
                f"{about([number])} : le taux de {report.percent} % n’est pas compris entre 0 et "
                "100. Corrigez-le.",
                (number,),
            )


def _blocking(message: str, numbers: tuple[int, ...]) -> Finding:
    return Finding("G2", Level.BLOCKING, message, numbers)
