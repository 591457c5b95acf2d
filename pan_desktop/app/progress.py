"""Use cases on the progress of the commitments at a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.model import Situation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pan_desktop.domain.model import Commitment
    from pan_desktop.domain.progress import CompletionLevel
    from pan_desktop.store.unit_of_work import UnitOfWork

BAD_PERCENT = (
    "« {text} » n’est pas un taux : rien n’a été changé. Saisissez un nombre entier de 0 à 100."
)
NO_REASON = (
    "Un avancement global arrêté par le comité demande un motif écrit : rien n’a été enregistré. "
    "Indiquez pourquoi il diffère du calcul."
)
UNSIGNED = (
    "Un taux donné entre deux réunions demande un auteur et un motif : rien n’a été enregistré. "
    "Indiquez qui l’a communiqué, et comment."
)
GONE = "Cet engagement n’existe plus : rien n’a été enregistré. Rouvrez la page."


@dataclass(frozen=True, slots=True)
class ReportEdit:
    """What is recorded of one commitment; ``percent`` None while it is not known."""

    percent: int | None
    details: str
    situation: Situation
    marks: str = ""


def save_report(
    work: UnitOfWork, *, report_id: str, edit: ReportEdit, seen: ReportEdit | None = None
) -> None:
    """Save the progress of one commitment at one meeting.

    ``seen`` is what the editor had before: only what was changed of it is written, and what
    somebody else has made of the same meanwhile is not written over without a word.
    """
    known = _values(seen) if seen is not None else None
    work.update("progress_report", report_id, seen=known, **_values(edit))


def save_reports(
    work: UnitOfWork,
    *,
    edits: Sequence[tuple[str, ReportEdit]],
    seen: Mapping[str, ReportEdit] | None = None,
) -> None:
    """Save the progress of several commitments, each by its report, as one thing done."""
    for report_id, edit in edits:
        save_report(work, report_id=report_id, edit=edit, seen=(seen or {}).get(report_id))


def state_overall(
    work: UnitOfWork,
    *,
    meeting_id: str,
    percent: int | None,
    reason: str = "",
    seen: tuple[int | None, str] | None = None,
) -> None:
    """Keep the committee's own overall figure with its reason; None returns to the computed one.

    ``seen`` is the figure and the reason that were shown: unchanged, nothing is written. Raises
    InputError when a figure comes without a reason.
    """
    words = reason.strip()
    if percent is not None and not words:
        raise InputError(NO_REASON)
    known = {"stated_overall": seen[0], "stated_reason": seen[1]} if seen is not None else None
    work.update(
        "meeting",
        meeting_id,
        seen=known,
        stated_overall=percent,
        stated_reason=words if percent is not None else "",
    )


def state_progress(
    work: UnitOfWork, *, commitment_id: str, day: date, percent: str, author: str, reason: str
) -> str:
    """Keep a commitment's rate as someone stated it between two meetings; return its identifier.

    Raises InputError for no rate, and without an author or a reason.
    """
    row = work.read.row("commitment", commitment_id)
    value = percent_of(percent)
    if value is None:
        raise InputError(BAD_PERCENT.format(text=percent.strip()))
    if not author.split() or not reason.split():
        raise InputError(UNSIGNED)
    if row is None:
        raise NotFoundError(GONE)
    return work.insert(
        "statement",
        commitment_id=commitment_id,
        plan_id=row["plan_id"],
        day=day,
        percent=value,
        author=" ".join(author.split()),
        reason=" ".join(reason.split()),
    )


def unstate_progress(work: UnitOfWork, *, statement_id: str) -> None:
    """Remove a rate stated between meetings by mistake."""
    work.delete("statement", statement_id)


def set_completion(
    work: UnitOfWork,
    *,
    commitment_id: str,
    level: CompletionLevel | None,
    seen: Commitment | None = None,
) -> None:
    """Keep the OGP level that the office gives a commitment; None for none.

    ``seen`` is the commitment as it was shown.
    """
    known = None
    if seen is not None:
        known = {"completion": seen.completion.value if seen.completion else None}
    chosen = level.value if level else None
    work.update("commitment", commitment_id, seen=known, completion=chosen)


def _values(edit: ReportEdit) -> dict[str, Any]:
    situation = edit.situation
    if situation is Situation.TO_FILL and edit.percent is not None:
        situation = Situation.REPORTED
    elif situation is Situation.REPORTED and edit.percent is None:
        situation = Situation.TO_FILL
    return {
        "percent": edit.percent,
        "details": edit.details,
        "marks": edit.marks,
        "situation": situation.value,
    }


def percent_of(text: str) -> int | None:
    """Return the percent someone typed ("95", "95 %"), None for nothing.

    Raises InputError when it is no whole number from 0 to 100.
    """
    words = text.replace("%", "").strip()
    if not words:
        return None
    if not words.isascii() or not words.isdecimal() or len(words) > 9 or int(words) > 100:
        raise InputError(BAD_PERCENT.format(text=text.strip()))
    return int(words)
