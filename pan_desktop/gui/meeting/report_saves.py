"""What the panel of progress has asked to be saved, each report with what it said before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pan_desktop.app import progress
from pan_desktop.app.progress import ReportEdit
from pan_desktop.domain.errors import LockedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import ProgressReport
    from pan_desktop.gui.jobs import Jobs

Pair = tuple["ProgressReport", "ProgressReport"]
"""A report before and after a change."""


class ReportSaves:
    """The saves of a meeting's reports. What others changed of the same ones is not put back."""

    def __init__(self, jobs: Jobs, failed: Callable[[PanError], None]) -> None:
        """Save through ``jobs``; ``failed`` is told why something could not be saved."""
        self._jobs = jobs
        self._failed = failed
        self._waiting: dict[str, int] = {}

    @property
    def newer(self) -> frozenset[str]:
        """Return the reports whose words here are newer than any that the store shows."""
        return frozenset(self._waiting)

    def save(self, before: ProgressReport, after: ProgressReport) -> None:
        """Save one report."""
        number = self._waiting[after.id] = self._jobs.asked + 1
        self._jobs.save(
            ("progress", after.id),
            progress.save_report,
            done=partial(self._done, number, [after.id]),
            failed=partial(self._not_done, number, [after.id]),
            seen=edit_of(before),
            report_id=after.id,
            edit=edit_of(after),
        )

    def save_all(self, pairs: Sequence[Pair]) -> None:
        """Save several reports as one thing done."""
        number = self._jobs.asked + 1
        ids = [after.id for _, after in pairs]
        self._waiting |= dict.fromkeys(ids, number)
        self._jobs.run_fenced(
            progress.save_reports,
            done=partial(self._done, number, ids),
            failed=partial(self._not_done, number, ids),
            edits=[(after.id, edit_of(after)) for _, after in pairs],
            seen={before.id: edit_of(before) for before, _ in pairs},
        )

    def _done(self, number: int, ids: Sequence[str], _nothing: object) -> None:
        for report_id in ids:
            if self._waiting.get(report_id) == number:
                del self._waiting[report_id]

    def _not_done(self, number: int, ids: Sequence[str], error: PanError) -> None:
        # What is typed stays in sight until it is saved, unless it never can be.
        if isinstance(error, LockedError):
            self._done(number, ids, None)
        self._failed(error)


def edit_of(report: ProgressReport) -> ReportEdit:
    """Return what is recorded of a report."""
    return ReportEdit(report.percent, report.details, report.situation, report.marks)
