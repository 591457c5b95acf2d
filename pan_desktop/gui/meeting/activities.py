"""The activities of the current commitment, each with its rate and what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pan_desktop.app import activities, progress
from pan_desktop.domain.errors import InputError
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.table import ROW_HEIGHT, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import Activity, ActivityReport, ProgressReport
    from pan_desktop.gui.pages.page import Services

_ROWS = 4


@dataclass(frozen=True, slots=True)
class _Line:
    """An activity, and what this meeting says of it."""

    id: str
    activity: Activity
    percent: int | None
    details: str


class ActivitiesPart(QWidget):
    """A small grid under the details, there for commitments that have activities."""

    mean_taken = Signal(int)
    """The mean of the activities' rates is to be the commitment's."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make an empty part, hidden."""
        super().__init__(parent)
        self._services = services
        self._meeting_id = self._commitment_id = ""
        self._by_commitment: dict[str, tuple[_Line, ...]] = {}
        self._means: dict[str, int | None] = {}
        self._opened = False
        self.model: RowsModel[_Line] = RowsModel(
            [
                Column(self.tr("N°"), lambda line: str(line.activity.number), centred=True),
                Column(self.tr("Activité"), lambda line: line.activity.title, self._retitle),
                Column(self.tr("Taux"), _rate, self._set_rate, centred=True),
                Column(self.tr("Détails"), lambda line: line.details, self._set_details),
            ],
            self,
        )
        self.table = Table()
        self.table.setAccessibleName(self.tr("Activités de l’engagement"))
        self.table.show_rows(self.model, (44, 0, 64, 0))
        self.table.setMaximumHeight((_ROWS + 1) * ROW_HEIGHT)
        self.table.removal_asked.connect(self._remove)
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("Nouvelle activité – Entrée l’ajoute"))
        self.title.returnPressed.connect(self._add)
        self.mean = QPushButton()
        self.mean.clicked.connect(self._take_mean)
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        row.addWidget(self.mean)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.table)
        column.addLayout(row)
        self.hide()

    def show_view(self, view: MeetingView) -> None:
        """Take what the meeting says of all activities."""
        self._meeting_id = view.record.meeting.id
        known = {c.id: c.activities for c in view.record.plan.commitments}
        self._by_commitment = {
            r.commitment.id: _lines(known.get(r.commitment.id, ()), r.activities)
            for r in view.record.reports
        }
        reports = view.record.reports
        self._means = {r.commitment.id: activities.mean_of(r.activities) for r in reports}
        self._refresh()

    def show_report(self, report: ProgressReport) -> None:
        """Show the activities of another commitment."""
        if report.commitment.id != self._commitment_id:
            self._commitment_id = report.commitment.id
            self._opened = False
            self._refresh()

    def set_locked(self, locked: bool) -> None:
        """Let activities be read only, or worked on."""
        self.setEnabled(not locked)

    def open(self) -> None:
        """Show the part, also where there is no activity yet, and go there."""
        self._opened = True
        self._refresh()
        if self.model.rowCount():
            self.table.setFocus()
            self.table.setCurrentIndex(self.model.index(0, 2))
        else:
            self.title.setFocus()

    def _refresh(self) -> None:
        lines = self._by_commitment.get(self._commitment_id, ())
        self.model.set_rows(lines)
        self.setVisible(bool(lines) or self._opened)
        mean = self._means.get(self._commitment_id)
        self.mean.setVisible(mean is not None)
        self.mean.setText(self.tr("Prendre la moyenne\u00a0: {}\u00a0%").format(mean))

    def _take_mean(self) -> None:
        mean = self._means.get(self._commitment_id)
        if mean is not None:
            self.mean_taken.emit(mean)

    def _add(self) -> None:
        title = self.title.text()
        self.title.clear()
        self._run(activities.add_activity, commitment_id=self._commitment_id, title=title)

    def _retitle(self, _now: _Line, title: str, seen: _Line) -> None:
        self._run(activities.change_activity, activity_id=seen.id, title=title, seen=seen.activity)

    def _remove(self, activity_id: str) -> None:
        self._run(activities.remove_activity, activity_id=activity_id)
        back = (self.tr("Rétablir"), self._services.history.undo)
        self._services.notice.tell(self.tr("L’activité est retirée du plan."), back)

    def _set_rate(self, _now: _Line, text: str, seen: _Line) -> None:
        try:
            percent = progress.percent_of(text)
        except InputError as error:
            self._services.notice.complain(error.sentence)
            return
        self._report(seen, percent, seen.details)

    def _set_details(self, _now: _Line, text: str, seen: _Line) -> None:
        self._report(seen, seen.percent, text)

    def _report(self, seen: _Line, percent: int | None, details: str) -> None:
        self._run(
            activities.report_activity,
            meeting_id=self._meeting_id,
            activity_id=seen.id,
            percent=percent,
            details=details,
            seen=(seen.percent, seen.details),
        )

    def _run(self, use_case: Callable[..., Any], **arguments: Any) -> None:
        self._services.jobs.run(use_case, failed=self._complain, **arguments)

    def _complain(self, error: PanError) -> None:
        self._services.notice.complain(error.sentence)


def _lines(known: tuple[Activity, ...], reports: tuple[ActivityReport, ...]) -> tuple[_Line, ...]:
    said = {report.activity.id: report for report in reports}
    return tuple(
        _Line(
            activity.id,
            activity,
            said[activity.id].percent if activity.id in said else None,
            said[activity.id].details if activity.id in said else "",
        )
        for activity in known
    )


def _rate(line: _Line) -> str:
    return "" if line.percent is None else f"{line.percent}\u00a0%"
