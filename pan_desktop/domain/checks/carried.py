"""P5 and P6: rates carried over and rates said not to move, against the last meeting.

Without an earlier meeting in the base a claim on it cannot be checked. That is found once, as
the seed's is: 13 and 15 give a rate that nobody reported and do not say from when (P5), 14
states "depuis la dernière réunion" (P6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.checks.absence import (
    is_nothing_moved_only,
    says_absent,
    says_nothing_moved,
    says_since_when,
)
from pan_desktop.domain.checks.finding import Field, Finding, Level, Place, Repair, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pan_desktop.domain.checks.finding import Subject
    from pan_desktop.domain.model import LastKnown, ProgressReport

TAKEN_FROM = "Taux repris de la réunion du {day}."


def carried_over(subject: Subject) -> Iterator[Finding]:
    """P5: report an absent's rate that changed, or of which the text does not say from when.

    A warning; only information where the program knows the earlier meeting and the rate is
    right, for then one key adds the sentence that says so.
    """
    for report in subject.record.under_way:
        if not says_absent(report, subject.sentences):
            continue
        last = subject.last_known.get(report.commitment.id)
        opening = f"{about([report.commitment.number])} : le point focal est dit absent"
        if last is not None and last.percent != report.percent:
            yield _finding(
                report,
                Level.WARNING,
                f"{opening}, mais son taux passe de {last.percent} % (réunion du "
                f"{short_date(last.day)}) à {report.percent} %. Reprenez le dernier taux, ou "
                "écrivez qui a donné le nouveau.",
            )
        elif says_since_when(report.details):
            continue
        elif last is None:
            yield _finding(
                report,
                Level.WARNING,
                f"{opening} ; son taux de {report.percent} % vient d’une réunion "
                "antérieure que la base ne connaît pas, et le texte ne dit pas laquelle. "
                "Indiquez de quand date ce taux.",
            )
        else:
            yield _finding(
                report,
                Level.INFO,
                f"{opening} ; son taux de {report.percent} % est celui de la "
                f"réunion du {short_date(last.day)}, et le texte ne le dit pas. Ajoutez-le.",
                _source_told(report, last),
            )


def unmoved(subject: Subject) -> Iterator[Finding]:
    """P6: report a rate that moved although it is said not to, or that fell without a reason.

    Details written for this meeting are taken to hold the reason of a fall; none, those of the
    last meeting, or the bare sentence on no progress hold none.
    """
    for report in subject.record.under_way:
        if says_absent(report, subject.sentences):
            continue
        last = subject.last_known.get(report.commitment.id)
        opening = f"{about([report.commitment.number])} :"
        still = says_nothing_moved(report, subject.sentences)
        if still and last is None:
            yield _moved(
                report,
                f"{opening} il est dit que rien n’a avancé depuis la dernière réunion, mais la "
                f"base ne connaît pas de réunion antérieure : le taux de {report.percent} % ne "
                "peut pas être vérifié. Comparez-le au dernier relevé.",
            )
        elif last is None or report.percent is None:
            continue
        elif still and last.percent != report.percent:
            yield _moved(
                report,
                f"{opening} il est dit que rien n’a avancé, mais le taux passe de {last.percent} % "
                f"(réunion du {short_date(last.day)}) à {report.percent} %. Corrigez le taux ou "
                "le texte.",
            )
        elif report.percent < last.percent and not _gives_reason(subject, report, last):
            yield _moved(
                report,
                f"{opening} le taux baisse de {last.percent} % (réunion du "
                f"{short_date(last.day)}) à {report.percent} % sans que le texte dise pourquoi. "
                "Vérifiez le taux, ou écrivez le motif de cette baisse.",
            )


def _gives_reason(subject: Subject, report: ProgressReport, last: LastKnown) -> bool:
    text = report.details.strip()
    bare = is_nothing_moved_only(text, subject.sentences)
    return bool(text) and text != last.details.strip() and not bare


def _source_told(report: ProgressReport, last: LastKnown) -> tuple[Repair, ...]:
    end = len(report.details.rstrip())
    gap = " " if end else ""
    told = f"{gap}{TAKEN_FROM.format(day=short_date(last.day))}"
    return (Repair(Place(Field.DETAILS, report.id), end, report.details[end:], told),)


def _moved(report: ProgressReport, message: str) -> Finding:
    place = Place(Field.DETAILS, report.id)
    return Finding("P6", Level.WARNING, message, (report.commitment.number,), place=place)


def _finding(
    report: ProgressReport, level: Level, message: str, repairs: tuple[Repair, ...] = ()
) -> Finding:
    numbers, place = (report.commitment.number,), Place(Field.DETAILS, report.id)
    return Finding("P5", level, message, numbers, place=place, repairs=repairs)
