"""Makes a plan with its commitments, or changes one and the way its progress is computed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pan_desktop.app.plans import BACKWARDS, change_plan, create_plan
from pan_desktop.domain.calendar import period_of_label
from pan_desktop.domain.progress import OverallMethod, Rounding
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.forms.ui_plan_dialog import Ui_PlanDialog
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget

    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import ActionPlan
    from pan_desktop.gui.jobs import Jobs
    from pan_desktop.gui.widgets.moment import DayField


class PlanDialog(FormDialog):
    """The few things that make a plan; its commitments are described on the page behind."""

    saved = Signal(str)
    """The plan of that identifier is stored."""

    def __init__(self, jobs: Jobs, plan: ActionPlan | None, parent: QWidget) -> None:
        """Ask for a new plan, or for changes to ``plan``."""
        super().__init__(parent)
        self._jobs = jobs
        self._plan = plan
        self._proposed: tuple[date, date] | None = None
        self.ui = Ui_PlanDialog()
        self.ui.setupUi(self)
        self.setup_form(self.ui.error, self.ui.save, self.ui.cancel)
        self._fill_choices()
        self.ui.save.clicked.connect(self._save)
        self.ui.cancel.clicked.connect(self.reject)
        self.ui.method.currentIndexChanged.connect(self._explain)
        for day, words in self._days():
            day.changed.connect(self._say_days)
            words.clear()
        if plan is None:
            self._begin()
        else:
            self._show(plan)
        self.ui.label.setFocus()

    def _begin(self) -> None:
        """Leave how progress is computed for later: a simple mean is what most expect."""
        for widget in (
            *(self.ui.methodLabel, self.ui.method, self.ui.methodHint),
            *(self.ui.roundingLabel, self.ui.rounding),
            *(self.ui.midtermLabel, self.ui.midterm, self.ui.midtermHint),
        ):
            widget.hide()
        self.ui.count.lineEdit().setTextMargins(GRID, 0, GRID, 0)
        self.ui.label.textEdited.connect(self._propose_period)
        self._propose_period("")

    def _show(self, plan: ActionPlan) -> None:
        ui = self.ui
        self.setWindowTitle(self.tr("Modifier le plan"))
        ui.title.setText(self.tr("Modifier le plan"))
        ui.save.setText(self.tr("Enre&gistrer"))
        for widget in (ui.countLabel, ui.count, ui.countHint):
            widget.hide()
        ui.label.setText(plan.label)
        ui.starts.set_day(plan.starts)
        ui.ends.set_day(plan.ends)
        if plan.midterm is not None:
            ui.midterm.set_day(plan.midterm)
        ui.method.setCurrentIndex(ui.method.findData(plan.method.value))
        ui.rounding.setCurrentIndex(ui.rounding.findData(plan.rounding.value))
        self._explain()

    def _fill_choices(self) -> None:
        for method, words in (
            (OverallMethod.MEAN, self.tr("Moyenne simple")),
            (OverallMethod.WEIGHTED, self.tr("Moyenne pondérée")),
            (OverallMethod.BY_AXIS, self.tr("Moyenne par axe")),
        ):
            self.ui.method.addItem(words, method.value)
        for rounding, words in (
            (Rounding.HALF_UP, self.tr("Au plus proche")),
            (Rounding.UP, self.tr("À l’unité supérieure")),
            (Rounding.DOWN, self.tr("À l’unité inférieure")),
        ):
            self.ui.rounding.addItem(words, rounding.value)

    def _explain(self) -> None:
        words = {
            OverallMethod.MEAN: self.tr("Tous les engagements comptent autant."),
            OverallMethod.WEIGHTED: self.tr(
                "Chaque engagement compte selon son poids, à saisir dans le tableau."
            ),
            OverallMethod.BY_AXIS: self.tr(
                "Tous les axes comptent autant, quel que soit leur nombre d’engagements."
            ),
        }
        self.ui.methodHint.setText(words[OverallMethod(self.ui.method.currentData())])

    def _propose_period(self, label: str) -> None:
        """Propose the years that the label names, unless other days have been typed."""
        shown = (self.ui.starts.day(), self.ui.ends.day())
        if shown in {(None, None), self._proposed}:
            today = date.today()  # noqa: DTZ011 - the user's own calendar
            self._proposed = period_of_label(label, today)
            self.ui.starts.set_day(self._proposed[0])
            self.ui.ends.set_day(self._proposed[1])

    def _say_days(self) -> None:
        for field, words in self._days():
            words.setText(field.words())

    def _days(self) -> tuple[tuple[DayField, QLabel], ...]:
        return ((self.ui.starts, self.ui.startsWords), (self.ui.ends, self.ui.endsWords))

    def _save(self) -> None:
        ui = self.ui
        starts, ends, midterm = ui.starts.day(), ui.ends.day(), ui.midterm.day()
        wrong = [(starts, ui.starts), (ends, ui.ends)]
        if ui.midterm.text().strip():
            wrong.append((midterm, ui.midterm))
        field = next((field for day, field in wrong if day is None), None)
        if starts is None or ends is None or field is not None:
            words = self.tr("Cette date n’existe pas. Saisissez-la ainsi\u00a0: 21/12/2020.")
            self.complain(words, field)
            return
        self.await_answer()
        if self._plan is None:
            self._jobs.run(
                create_plan,
                label=ui.label.text(),
                starts=starts,
                ends=ends,
                commitments=ui.count.value(),
                done=self._done,
                failed=self._refused,
            )
        else:
            plan_id = self._plan.id
            self._jobs.run(
                change_plan,
                plan_id=plan_id,
                label=ui.label.text(),
                starts=starts,
                ends=ends,
                method=OverallMethod(ui.method.currentData()),
                rounding=Rounding(ui.rounding.currentData()),
                midterm=midterm,
                seen=self._plan,
                done=lambda _: self._done(plan_id),
                failed=self._refused,
            )

    def _done(self, plan_id: str) -> None:
        self.answered()
        self.saved.emit(plan_id)
        self.accept()

    def _refused(self, error: PanError) -> None:
        backwards = error.sentence == BACKWARDS
        self.complain(error.sentence, self.ui.ends if backwards else self.ui.label)
