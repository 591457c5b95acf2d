"""The charts of a plan's progress: each commitment by axis, the whole, and the axes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pan_desktop.domain.errors import PanError
from pan_desktop.gui.charts.bars import Bars
from pan_desktop.gui.charts.data import Bar, Frame, Group, Line, Mark
from pan_desktop.gui.charts.multiples import Multiples
from pan_desktop.gui.charts.output import print_on, write_png, write_svg
from pan_desktop.gui.charts.overall import Overall
from pan_desktop.gui.charts.view import ChartView
from pan_desktop.gui.dialogs.files import choose_save_path

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from pan_desktop.app.trajectories import PlanProgress
    from pan_desktop.domain.trajectory import Trajectory
    from pan_desktop.gui.charts.chart import Chart
    from pan_desktop.gui.pages.page import Services

MULTIPLES, OVERALL, AXES = range(3)


class ProgressCharts(ChartView):
    """One chart of a plan at a time; saved, printed and copied from its menu."""

    commitment_asked = Signal(str)
    """Enter on a commitment, with its identifier."""

    def __init__(self, services: Services) -> None:
        """Show nothing yet."""
        super().__init__()
        self._services = services
        self._progress: PlanProgress | None = None
        self._kind = MULTIPLES
        self.opened.connect(self._open)
        self.save_asked.connect(self.ask_file)
        self.print_asked.connect(self.ask_printer)

    def show_progress(self, progress: PlanProgress, kind: int) -> None:
        """Show a chart of ``kind`` of a plan."""
        self._progress, self._kind = progress, kind
        makers = {MULTIPLES: self._multiples, OVERALL: self._overall, AXES: self._bars}
        self.show_chart(makers[kind](progress))

    def ask_file(self) -> None:
        """Ask where the chart goes as a picture, and write it."""
        if self.chart is None:
            return
        path = f"{self._services.preferences.folder}/{self.chart.title}.svg"
        filters = (self.tr("Image vectorielle (*.svg)"), self.tr("Image (*.png)"))
        choose_save_path(self, self.tr("Enregistrer l’image"), path, filters, self._write)

    def ask_printer(self) -> None:
        """Ask for a printer and print the chart."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # not at start
        from PySide6.QtWidgets import QDialog

        if self.chart is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self._print(printer))
        QDialog.open(dialog)

    # What is shown ---------------------------------------------------------------------

    def _multiples(self, progress: PlanProgress) -> Chart:
        title = self.tr("Engagements du plan {}").format(progress.plan.label)
        shown = [t for t in progress.trajectories if t.commitment.ended is None or t.said]
        groups = []
        for axis in (*progress.plan.axes, None):
            own = [t for t in shown if t.commitment.axis_id == (axis.id if axis else None)]
            if own:
                words = self.tr("Axe {number} – {title}")
                name = words.format(number=axis.number, title=axis.title) if axis else ""
                groups.append(Group(name, tuple(self._line(t) for t in own)))
        if len(groups) > 1 and not groups[-1].title:
            groups[-1] = groups[-1]._replace(title=self.tr("Sans axe"))
        return Multiples(tuple(groups), _frame(progress), title)

    def _line(self, one: Trajectory) -> Line:
        note = ""
        if one.silent > 1 and one.percent != 100:
            note = self.tr("sans nouvelles depuis {} réunions").format(one.silent)
        marks = tuple(Mark(said.day, said.percent, said.fresh) for said in one.said)
        held = one.commitment
        return Line(held.id, str(held.number), held.title, marks, note)

    def _overall(self, progress: PlanProgress) -> Chart:
        title = self.tr("Avancement global du plan {}").format(progress.plan.label)
        marks = tuple(
            Mark(at.day, at.percent, fresh=True)
            for at in progress.history
            if at.percent is not None
        )
        line = Line("", progress.plan.label, self.tr("Avancement global"), marks)
        return Overall(line, _frame(progress), title)

    def _bars(self, progress: PlanProgress) -> Chart:
        title = self.tr("Avancement par axe du plan {}").format(progress.plan.label)
        bars = tuple(
            Bar(
                str(axis.number) if axis.id else "",
                axis.title or self.tr("Sans axe"),
                axis.overall.rounded,
                axis.before.rounded if axis.before else None,
            )
            for axis in progress.axes
        )
        return Bars(bars, title)

    # What is done ----------------------------------------------------------------------

    def _open(self, key: str) -> None:
        if self._kind == MULTIPLES:
            self.commitment_asked.emit(key)
        elif self._kind == OVERALL and self._progress is not None:
            held = (at for at in self._progress.history if at.day.isoformat() == key)
            found = next(held, None)
            if found is not None:
                self._services.open_meeting(found.meeting_id)

    def _write(self, path: Path) -> None:
        assert self.chart is not None
        write = write_svg if path.suffix.lower() == ".svg" else write_png
        try:
            write(self.chart, path)
        except PanError as error:
            self._services.notice.complain(error.sentence)
            return
        words = self.tr("L’image «\u00a0{}\u00a0» est enregistrée.")
        self._services.notice.tell(words.format(path.name))

    def _print(self, printer: QPrinter) -> None:
        if self.chart is None or not print_on(printer, self.chart):
            words = self.tr(
                "L’imprimante ne répond pas\u00a0: rien n’a été imprimé. Vérifiez qu’elle est "
                "allumée, puis recommencez."
            )
            self._services.notice.complain(words)


def _frame(progress: PlanProgress) -> Frame:
    plan = progress.plan
    return Frame(plan.starts, plan.ends, plan.middle)
