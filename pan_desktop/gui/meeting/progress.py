"""The progress of all commitments in one grid, the details of the current one under it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCursor

from pan_desktop.app import progress
from pan_desktop.app.progress import ReportEdit
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import ProgressReport, Situation
from pan_desktop.domain.progress import COMPLETE
from pan_desktop.gui.forms.ui_progress_panel import Ui_ProgressPanel
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.models.rows import Column, Index, RowsModel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import LastKnown
    from pan_desktop.domain.wording import Sentences
    from pan_desktop.gui.pages.page import Services

_RATE = 3
_CARRIED = frozenset({Situation.ABSENT, Situation.NO_PROGRESS})


@dataclass(frozen=True, slots=True)
class _Line:
    """A commitment in the grid."""

    id: str
    report: ProgressReport
    last: LastKnown | None
    represented: bool


class _Grid(RowsModel[_Line]):
    """The grid; a rate given again as it was is given all the same."""

    def setData(  # noqa: N802 - Qt's own
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Take a rate, also one typed as it stood: it says that the commitment was dealt with."""
        line = self.row(index)
        if line is not None and index.column() == _RATE and role == Qt.ItemDataRole.EditRole:
            edit = self.column(_RATE).edit
            assert edit is not None
            edit(line, str(value))
            return True
        return super().setData(index, value, role)


class ProgressPanel(Panel):
    """The grid of commitments with the editor of details."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.ui = Ui_ProgressPanel()
        self.ui.setupUi(self)
        self._sentences: Sentences | None = None
        self._current = ""
        self._grid = _Grid(self._columns(), self)
        self.ui.grid.show_rows(self._grid, (48, 0, 88, 72, 136))
        self.ui.grid.row_chosen.connect(self._choose)
        self.ui.details.textChanged.connect(self._save_details)
        self.ui.details.installEventFilter(self)
        self.ui.absent.clicked.connect(lambda: self._settle(Situation.ABSENT))
        self.ui.still.clicked.connect(lambda: self._settle(Situation.NO_PROGRESS))
        for keys, situation in (
            ("Ctrl+Shift+A", Situation.ABSENT),
            ("Ctrl+Shift+N", Situation.NO_PROGRESS),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda situation=situation: self._settle(situation))

    def enter(self) -> None:
        """Put the focus on the rate of the current commitment, or of the first."""
        self.ui.grid.setFocus()
        row = max(self.ui.grid.currentIndex().row(), 0)
        self._go_to(row)

    def show_view(self, view: MeetingView) -> None:
        """Show the grid; the details being typed stay as they are."""
        fresh = view.record.meeting.id != self.meeting_id
        self.meeting_id = view.record.meeting.id
        self._sentences = view.sentences
        lines = [
            _Line(
                report.id,
                report,
                view.last_known.get(report.commitment.id),
                report.commitment.number in view.record.represented,
            )
            for report in view.record.scope
        ]
        if fresh:
            self._current = ""
        self._grid.set_rows(lines)
        if self._current:
            self.ui.grid.choose(self._current, _RATE)
        elif lines:
            self._go_to(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """In the details, Ctrl+Enter goes to the next commitment and Escape to the grid."""
        if watched is self.ui.details and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and control:
                self._next()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.ui.grid.setFocus()
                return True
            if event.key() == Qt.Key.Key_Y and control:
                self.ui.details.redo()
                return True
        return super().eventFilter(watched, event)

    def _columns(self) -> list[Column[_Line]]:
        return [
            Column(self.tr("N°"), lambda line: str(line.report.commitment.number), centred=True),
            Column(self.tr("Engagement"), _title),
            Column(self.tr("Précédent"), _last, centred=True),
            Column(self.tr("Taux"), _rate, self._set_rate, centred=True),
            Column(self.tr("État"), self._state),
        ]

    def _state(self, line: _Line) -> str:
        report = line.report
        match report.situation:
            case Situation.ABSENT:
                return self.tr("absent")
            case Situation.NO_PROGRESS:
                return self.tr("inchangé")
        if report.percent is None:
            return self.tr("à renseigner")
        return self.tr("complet") if report.percent == COMPLETE else self.tr("renseigné")

    def _set_rate(self, line: _Line, text: str) -> None:
        try:
            percent = progress.percent_of(text)
        except InputError as error:
            self.services.notice.complain(error.sentence)
            return
        report = line.report
        carried = report.situation in _CARRIED
        if carried and report.percent is None and percent is not None:
            # The rate that nobody knew when the commitment was said absent: still absent.
            self._save(replace(report, percent=percent))
            QTimer.singleShot(0, self._next)
            return
        if carried and percent is not None:
            # Someone reports after all: the program's own sentence goes, a typed one stays.
            details = "" if report.details in self._own_sentences() else report.details
            report = replace(report, details=details, situation=Situation.REPORTED)
        self._save(replace(report, percent=percent))
        # After the cell's own editor has closed and given the focus back.
        follow = self._next if percent in {None, COMPLETE} else self.ui.details.setFocus
        QTimer.singleShot(0, follow)

    def _own_sentences(self) -> tuple[str, ...]:
        own = self._sentences
        return (own.focal_point_absent, own.no_progress) if own is not None else ()

    def _settle(self, situation: Situation) -> None:
        """Write the program's sentence and the carried rate, and go to the next commitment."""
        line = self._line()
        if line is None or self._sentences is None:
            return
        absent = situation is Situation.ABSENT
        sentence = self._sentences.focal_point_absent if absent else self._sentences.no_progress
        before, number = line.report, line.report.commitment.number
        percent = before.percent
        if percent is None and line.last is not None:
            percent = line.last.percent
        self._save(replace(before, percent=percent, details=sentence, situation=situation))
        if percent is None:
            self.services.notice.tell(
                self.tr(
                    "Aucun taux antérieur n’est connu pour l’engagement {} : saisissez-le."
                ).format(number)
            )
            self.enter()
            return
        self._next()
        if before.details.strip() and before.details not in self._own_sentences():
            said = self.tr("Les détails saisis pour l’engagement {} sont remplacés.").format(number)
            back = (self.tr("Rétablir"), lambda: self._save(before))
            self.services.notice.tell(said, back)
        elif absent and line.represented:
            self.services.notice.tell(
                self.tr(
                    "Une personne cochée présente répond de l’engagement {} : vérifiez la "
                    "présence ou l’état."
                ).format(number)
            )

    def _save_details(self) -> None:
        line = self._line()
        text = self.ui.details.toPlainText()
        if line is None or text == line.report.details:
            return
        situation = line.report.situation
        if situation in _CARRIED:
            situation = Situation.REPORTED
        self._save(replace(line.report, details=text, situation=situation))

    def _save(self, report: ProgressReport) -> None:
        """Show the change at once and have the worker write it."""
        self._grid.set_rows(
            [
                replace(line, report=report) if line.id == report.id else line
                for line in self._grid.rows()
            ]
        )
        if report.id == self._current and self.ui.details.toPlainText() != report.details:
            self._show_details()
        self.jobs.save(
            ("progress", report.id),
            progress.save_report,
            failed=self._on_failed,
            report_id=report.id,
            edit=ReportEdit(report.percent, report.details, report.situation),
        )

    def _on_failed(self, error: PanError) -> None:
        self.services.notice.complain(error.sentence)

    def _choose(self, report_id: str) -> None:
        if report_id and report_id != self._current:
            self._current = report_id
            self._show_details()

    def _show_details(self) -> None:
        line = self._line()
        if line is None:
            return
        self.ui.details.blockSignals(True)
        self.ui.details.setPlainText(line.report.details)
        self.ui.details.moveCursor(QTextCursor.MoveOperation.End)
        self.ui.details.blockSignals(False)
        number = line.report.commitment.number
        self.ui.detailsTitle.setText(self.tr("Détails – engagement {}").format(number))
        said = line.last.details if line.last else ""
        when = self.tr("Le {} :\n{}").format(short_date(line.last.day), said) if line.last else ""
        self.ui.previous.setPlainText(when if said else "")

    def _next(self) -> None:
        row = self.ui.grid.currentIndex().row() + 1
        self._go_to(min(row, self._grid.rowCount() - 1))
        self.ui.grid.setFocus()

    def _go_to(self, row: int) -> None:
        if 0 <= row < self._grid.rowCount():
            self.ui.grid.setCurrentIndex(self._grid.index(row, _RATE))

    def _line(self) -> _Line | None:
        return self._grid.row(self._grid.number_of(self._current))


def _title(line: _Line) -> str:
    commitment = line.report.commitment
    return commitment.title or commitment.institution


def _last(line: _Line) -> str:
    return f"{line.last.percent}\u00a0%" if line.last else ""


def _rate(line: _Line) -> str:
    return "" if line.report.percent is None else f"{line.report.percent}\u00a0%"
