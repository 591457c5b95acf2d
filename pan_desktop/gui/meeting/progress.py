"""The progress of all commitments in one grid, the details of the current one under it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from typing_extensions import override

from pan_desktop.app import paper, progress
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.completion import Completer, Offer
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import ProgressReport, Situation
from pan_desktop.domain.progress import COMPLETE
from pan_desktop.domain.typography import counted
from pan_desktop.gui.forms.ui_progress_panel import Ui_ProgressPanel
from pan_desktop.gui.meeting.activities import ActivitiesPart
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.meeting.report_saves import ReportSaves
from pan_desktop.gui.models.rows import Column, Index, RowsModel
from pan_desktop.gui.widgets.ghost import Ghost

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import LastKnown, MeetingRecord
    from pan_desktop.domain.wording import Sentences
    from pan_desktop.gui.pages.page import Services

_COMMITMENT, _RATE = 1, 3
_LEAST = 300
_NARROW = 520
"""Under this width only what is needed to follow is shown."""
_CARRIED = frozenset({Situation.ABSENT, Situation.NO_PROGRESS})
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_AWAY = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape})


@dataclass(frozen=True, slots=True)
class _Line:
    """A commitment in the grid."""

    id: str
    report: ProgressReport
    last: LastKnown | None
    represented: bool


class _Grid(RowsModel[_Line]):
    """The grid; a rate given again as it was is given all the same."""

    writers: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def show_writers(self, writers: Mapping[str, tuple[str, ...]]) -> None:
        """Show the signs of those who fill in rows, by identifier."""
        if writers != self.writers:
            self.writers = writers
            self.set_rows(self.rows())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the sign of somebody else who fills in a row beside its commitment."""
        line = self.row(index) if index.column() == _COMMITMENT else None
        names = self.writers.get(line.id, ()) if line is not None else ()
        if names and role == Qt.ItemDataRole.DecorationRole:
            from pan_desktop.gui.shared.badges import badge  # in a shared office only

            return badge(names[0])
        told = super().data(index, role)
        if names and role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join([self.tr("{} écrit ici.").format(name) for name in names])
        return told

    @override
    def take(self, index: Index, text: str, seen: _Line | None = None) -> bool:
        """Take a rate, also one typed as it stood: it says that the commitment was dealt with."""
        line = self.row(index)
        if line is not None and index.column() == _RATE:
            edit = self.column(_RATE).edit
            assert edit is not None
            edit(line, text, seen if seen is not None and seen.id == line.id else line)
            return True
        return super().take(index, text, seen)


class ProgressPanel(Panel):
    """The grid of commitments with the editor of details."""

    typed = Signal(object)
    """A ProgressReport that was just changed here, for what follows the typing."""
    stale = Signal()
    """What the store has could not be shown when it came; now it can."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.ui = Ui_ProgressPanel()
        self.ui.setupUi(self)
        self.setMinimumWidth(_LEAST)
        self._sentences: Sentences | None = None
        self._current = ""
        self._saves = ReportSaves(self.jobs, self._on_failed)
        self._stale = False
        self._touched = False
        self._speakers: dict[int, str] = {}
        self._grid = _Grid(self._columns(), self)
        self.ui.grid.show_rows(self._grid, (44, 0, 80, 64, 56, 128, 108))
        self.ui.grid.row_chosen.connect(self._choose)
        self.ui.details.edited.connect(self._save_details)
        self.ui.details.undo_asked.connect(services.history.undo)
        self.ui.details.redo_asked.connect(services.history.redo)
        self.ui.details.add_taker(self._details_key)
        self.ui.details.composed.connect(self._catch_up)
        self.jobs.settled.connect(self._catch_up)
        self.completer = Completer()
        Ghost(self.ui.details, self._offer)
        self.activities = ActivitiesPart(services)
        self.activities.mean_taken.connect(self._take_mean)
        self.ui.column.insertWidget(self.ui.column.indexOf(self.ui.keys), self.activities)
        self.ui.goTo.returnPressed.connect(self._go_to_typed)
        self.ui.goTo.installEventFilter(self)
        for button, keys, act in (
            (self.ui.absent, "Ctrl+Shift+A", lambda: self._settle(Situation.ABSENT)),
            (self.ui.still, "Ctrl+Shift+N", lambda: self._settle(Situation.NO_PROGRESS)),
            (self.ui.carry, "Ctrl+Shift+K", self._carry),
            (self.ui.absents, "Ctrl+Shift+U", self._settle_absents),
            (self.ui.carryAll, "Ctrl+Shift+J", self._carry_all),
            (None, "Ctrl+Shift+I", self.activities.open),
        ):
            if button is not None:
                button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def enter(self) -> None:
        """Ask for a commitment's number; Enter alone goes to the present one."""
        self.ui.goTo.clear()
        self.ui.goTo.setFocus()

    def go_to_number(self, number: int) -> None:
        """Put the focus on the rate of a commitment."""
        for row, line in enumerate(self._grid.rows()):
            if line.report.commitment.number == number:
                self.ui.grid.setFocus()
                self._go_to(row)
                return
        self.services.notice.complain(
            self.tr(
                "L’engagement {} n’est pas de ce plan : restez ou tapez un autre numéro."
            ).format(number)
        )

    def go_to(self, report_id: str, start: int, length: int) -> None:
        """Put the caret on a stretch of a commitment's details."""
        self.ui.grid.choose(report_id, _RATE)
        self._choose(report_id)
        self.ui.details.setFocus()
        self.ui.details.go_to(start, length)

    @property
    def current(self) -> str:
        """Return the identifier of the report that is shown, "" for none."""
        return self._current

    def show_writers(self, writers: Mapping[str, tuple[str, ...]]) -> None:
        """Mark the reports that others fill in, by identifier."""
        self._grid.show_writers(writers)

    def flush(self) -> None:
        """Send what was typed in this very pass of the event loop."""
        self.ui.details.flush()

    def set_locked(self, locked: bool) -> None:
        """Let rates and details be read only, or given again."""
        super().set_locked(locked)
        self._grid.read_only = locked
        self.ui.details.setReadOnly(locked)
        self.ui.keys.setVisible(not locked)
        self.activities.set_locked(locked)
        ui = self.ui
        for button in (ui.absent, ui.still, ui.carry, ui.absents, ui.carryAll):
            button.setEnabled(not locked)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own
        """Hide what there is no room for."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        for column in (1, 4, 5):
            self.ui.grid.setColumnHidden(column, narrow)
        self.ui.previous.setVisible(not narrow)

    def show_view(self, view: MeetingView) -> None:
        """Show the grid; the details being typed stay as they are."""
        fresh = view.record.meeting.id != self.meeting_id
        self.meeting_id = view.record.meeting.id
        self._sentences = view.sentences
        typed = {} if fresh else self._typed()
        self._stale = bool(typed)
        lines = [
            _Line(
                report.id,
                typed.get(report.id, report),
                view.last_known.get(report.commitment.id),
                report.commitment.number in view.record.represented,
            )
            for report in view.record.scope
        ]
        if fresh:
            self._current = ""
        self._speakers = _speakers(view)
        self.activities.show_view(view)
        self._grid.set_rows(lines)
        if self._current:
            if self.ui.grid.current_id() != self._current:
                self.ui.grid.choose(self._current, _RATE)
            self._sync()
        elif lines:
            self._go_to(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """In the field of numbers, the arrows go to the grid and Ctrl+E stays ours."""
        kind = event.type()
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        control_e = event.key() == Qt.Key.Key_E and event.modifiers() & _CONTROL
        if kind == QEvent.Type.ShortcutOverride and control_e:
            event.ignore()  # on X11 a line takes it for "end of line"
            return True
        if kind == QEvent.Type.KeyPress and event.key() in _AWAY:
            self.ui.grid.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _offer(self, before: str) -> Offer:
        """Offer what the completer of the moment has; it comes a while after the meeting."""
        return self.completer.offer(before)

    def _details_key(self, event: QKeyEvent) -> bool:
        """In the details, Ctrl+Enter goes to the next commitment and Escape to the grid."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & _CONTROL:
            self._next()
        elif event.key() == Qt.Key.Key_Escape:
            self.ui.grid.setFocus()
        elif event.key() == Qt.Key.Key_Left and event.modifiers() == _ALT:
            self._copy_previous()
        else:
            return False
        return True

    def _take_mean(self, percent: int) -> None:
        """Give the commitment the mean of its activities, as somebody asked."""
        line = self._line()
        if line is not None and not self.locked:
            self._save(replace(line.report, percent=percent))

    def _copy_previous(self) -> None:
        """Begin from what was said last time, to change it."""
        line = self._line()
        if line is not None and line.last is not None and not self.locked:
            report = replace(line.report, details=line.last.details, marks=line.last.marks)
            self._save(report)

    def _go_to_typed(self) -> None:
        text = self.ui.goTo.text().strip()
        self.ui.goTo.clear()
        if text.isdecimal():
            self.go_to_number(int(text))
        else:
            self.ui.grid.setFocus()
            self._go_to(max(self.ui.grid.currentIndex().row(), 0))

    def _sync(self) -> None:
        """Show the details that the store has, where nothing typed is newer."""
        line = self._line()
        if line is None or line.id in self._saves.newer:
            return
        if not self.ui.details.sync(line.report.details, line.report.marks):
            self._stale = True
        self.activities.show_report(line.report)

    def _typed(self) -> dict[str, ProgressReport]:
        """Return the reports whose words here are newer than any that the store shows."""
        newer = self._saves.newer
        return {row.id: row.report for row in self._grid.rows() if row.id in newer}

    def as_typed(self, record: MeetingRecord) -> MeetingRecord:
        """Return what the store says of the meeting with what was typed since it was asked."""
        for report in self._typed().values():
            record = paper.with_report(record, report)
        return record

    def _catch_up(self) -> None:
        """Have the store asked again for what could not be shown while something was typed."""
        if self._stale and not self.ui.details.composing:
            self._stale = False
            self.stale.emit()

    def _columns(self) -> list[Column[_Line]]:
        return [
            Column(self.tr("N°"), lambda line: str(line.report.commitment.number), centred=True),
            Column(self.tr("Engagement"), _title),
            Column(self.tr("Précédent"), _last, centred=True),
            Column(self.tr("Taux"), _rate, self._set_rate, centred=True),
            Column(self.tr("Écart"), _change, centred=True),
            Column(self.tr("Rapporté par"), self._speaker, tip=self._speaker),
            Column(self.tr("État"), self._state, tip=self._since),
        ]

    def _speaker(self, line: _Line) -> str:
        return self._speakers.get(line.report.commitment.number, "–")

    def _since(self, line: _Line) -> str:
        """Return for how many meetings nothing new was said."""
        silent = line.last.silent + 1 if line.last is not None and line.last.silent else 0
        if not silent:
            return ""
        return self.tr("sans mise à jour depuis {}").format(counted(silent, self.tr("réunion")))

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

    def _set_rate(self, line: _Line, text: str, seen: _Line | None = None) -> None:
        try:
            percent = progress.percent_of(text)
        except InputError as error:
            self.services.notice.complain(error.sentence)
            return
        report = line.report
        carried = report.situation in _CARRIED
        if carried and report.percent is None and percent is not None:
            # The rate that nobody knew when the commitment was said absent: still absent.
            self._save(replace(report, percent=percent), seen)
            QTimer.singleShot(0, self._next)
            return
        if carried and percent is not None:
            # Someone reports after all: the program's own sentence goes, a typed one stays.
            details = "" if report.details in self._own_sentences() else report.details
            report = replace(report, details=details, situation=Situation.REPORTED)
        self._save(replace(report, percent=percent), seen)
        # After the cell's own editor has closed and given the focus back.
        follow = self._next if percent in {None, COMPLETE} else self.ui.details.setFocus
        QTimer.singleShot(0, follow)

    def _own_sentences(self) -> tuple[str, ...]:
        own = self._sentences
        return (own.focal_point_absent, own.no_progress) if own is not None else ()

    def _settle(self, situation: Situation) -> None:
        """Write the program's sentence and the carried rate, and go to the next commitment."""
        line = self._line()
        if line is None or self._sentences is None or self.locked:
            return
        absent = situation is Situation.ABSENT
        sentence = self._sentences.focal_point_absent if absent else self._sentences.no_progress
        before, number = line.report, line.report.commitment.number
        percent = before.percent
        if percent is None and line.last is not None:
            percent = line.last.percent
        self._save(
            replace(before, percent=percent, details=sentence, marks="", situation=situation)
        )
        if percent is None:
            self.services.notice.tell(
                self.tr(
                    "Aucun taux antérieur n’est connu pour l’engagement {} : saisissez-le."
                ).format(number)
            )
            self.ui.grid.setFocus()
            self._go_to(self.ui.grid.currentIndex().row())
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

    def _carry(self) -> None:
        """Take over what was said last time as it was, and go to the next commitment."""
        line = self._line()
        if line is None or self.locked:
            return
        if line.last is None:
            number = line.report.commitment.number
            self.services.notice.tell(
                self.tr("Aucune réunion antérieure ne renseigne l’engagement {}.").format(number)
            )
            return
        self._save(_carried(line.report, line.last))
        self._next()

    def _carry_all(self) -> None:
        """Take over what was said last time for every commitment that still awaits its rate.

        Whoever was absent this time is found by the checks (P2), which offer the sentence.
        """
        edits = [
            _carried(line.report, line.last)
            for line in self._grid.rows()
            if line.report.percent is None and line.last is not None
        ]
        self._save_all(edits, self.tr("Repris de la dernière réunion\u00a0: {}."))

    def _settle_absents(self) -> None:
        """Write the absence of whoever nobody came for, with the carried rate."""
        if self._sentences is None:
            return
        sentence = self._sentences.focal_point_absent
        edits = [
            replace(
                line.report,
                percent=line.last.percent,
                details=sentence,
                marks="",
                situation=Situation.ABSENT,
            )
            for line in self._grid.rows()
            if line.report.percent is None
            and line.last is not None
            and line.last.percent != COMPLETE
            and not line.represented
        ]
        self._save_all(edits, self.tr("Absence écrite\u00a0: {}."))

    def _save_all(self, reports: Sequence[ProgressReport], said: str) -> None:
        """Save several reports as one thing done, and say how many."""
        if self.locked:
            return
        fresh = {report.id: report for report in reports}
        before = {row.id: row.report for row in self._grid.rows()}
        self._grid.set_rows(
            [replace(row, report=fresh.get(row.id, row.report)) for row in self._grid.rows()]
        )
        for report in reports:
            self.typed.emit(report)
        self._show_details()
        if reports:
            self._saves.save_all([(before[report.id], report) for report in reports])
        self.services.notice.tell(said.format(counted(len(reports), self.tr("engagement"))))

    def _save_details(self, text: str, marks: str) -> None:
        line = self._line()
        if line is None or (text, marks) == (line.report.details, line.report.marks):
            return
        self._touched = True
        situation = line.report.situation
        if situation in _CARRIED:
            situation = Situation.REPORTED
        self._save(replace(line.report, details=text, marks=marks, situation=situation))

    def _save(self, report: ProgressReport, seen: _Line | None = None) -> None:
        """Show the change at once and have the worker write it; ``seen`` says the rate before."""
        before = next(line.report for line in self._grid.rows() if line.id == report.id)
        if seen is not None:
            before = replace(before, percent=seen.report.percent)
        self._grid.set_rows(
            [
                replace(line, report=report) if line.id == report.id else line
                for line in self._grid.rows()
            ]
        )
        self.typed.emit(report)
        details = self.ui.details
        if report.id == self._current and details.text() != report.details:
            self._show_details()
        self._saves.save(before, report)

    def _on_failed(self, error: PanError) -> None:
        self.services.notice.complain(error.sentence)

    def _choose(self, report_id: str) -> None:
        if report_id and report_id != self._current:
            self.flush()
            left = self._line()
            if left is not None and self._touched:
                self.completer.learn(left.report.details)  # offered again in this meeting
            self._touched = False
            self._current = report_id
            self._show_details()

    def _show_details(self) -> None:
        line = self._line()
        if line is None:
            return
        self.ui.details.load(line.report.details, line.report.marks)
        self.activities.show_report(line.report)
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


def _change(line: _Line) -> str:
    """Return by how much the rate moved since it was last stated."""
    if line.last is None or line.report.percent is None:
        return ""
    moved = line.report.percent - line.last.percent
    return "=" if not moved else f"+{moved}" if moved > 0 else f"\u2212{-moved}"


def _carried(report: ProgressReport, last: LastKnown) -> ProgressReport:
    """Return a report that says what was said last time."""
    return replace(
        report,
        percent=last.percent,
        details=last.details,
        marks=last.marks,
        situation=Situation.REPORTED,
    )


def _speakers(view: MeetingView) -> dict[int, str]:
    """Return, by commitment, the family name of who came for it."""
    found: dict[int, str] = {}
    for attendance in view.record.present:
        for _role, number in attendance.represented:
            found.setdefault(number, attendance.person.name.split(" ", maxsplit=1)[-1])
    return found
