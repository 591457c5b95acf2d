"""How a plan goes: the whole, each commitment across meetings, and what nobody has told of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
)

from pan_desktop.app.changes import Kind
from pan_desktop.app.plans import list_plans
from pan_desktop.app.publishing import write_rates
from pan_desktop.app.trajectories import PlanProgress, plan_progress
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.trajectory import Trajectory, expected_pace
from pan_desktop.gui.dialogs.commitment_card import CommitmentCard
from pan_desktop.gui.dialogs.files import choose_save_path
from pan_desktop.gui.dialogs.overall_dialog import OverallDialog
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.pages.progress_charts import ProgressCharts
from pan_desktop.gui.progress_words import (
    change_words,
    computed_words,
    level_words,
    percent_words,
    rates_at,
    speakers,
    stated_words,
)
from pan_desktop.gui.table_output import TableOutput
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, choice, label, page_column, row
from pan_desktop.gui.widgets.filter_line import FilterLine
from pan_desktop.gui.widgets.siblings import Siblings
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.domain.model import ActionPlan
    from pan_desktop.gui.pages.page import Place, Services

WIDTHS = (40, 0, 44, 64, 80, 96, 72, 96, 168, 112, 112)
EXPLAIN = "explain"
"""What a place says that wants the overall figure explained."""
LATE = 15
"""So many points behind an even pace are shown as late."""


class ProgressPage(Page):
    """One plan at a time: its overall progress, and a line for each commitment."""

    kinds = frozenset(
        {Kind.PLANS, Kind.MEETINGS, Kind.PROGRESS, Kind.ACTIVITIES, Kind.ATTENDANCE, Kind.PEOPLE}
    )

    def __init__(self, services: Services) -> None:
        """Make the page, to be filled when it is first seen."""
        super().__init__(services)
        self._plans: tuple[ActionPlan, ...] = ()
        self._plan_id = ""
        self._wanted = ""
        self._arriving = False
        self.progress: PlanProgress | None = None
        self.model: RowsModel[Trajectory] = RowsModel(self._columns(), self)
        self.table = Table()
        self.table.setAccessibleName(self.tr("Avancement des engagements"))
        self.table.show_rows(self.model, WIDTHS)
        self.table.arrange(services.preferences.of_list("progress"))
        self.filter = FilterLine(self.table, self.tr("Filtrer\u00a0: numéro, mots, point focal…"))
        self.plan = choice(self.tr("Plan"))
        self.figure, self.how = label("", "figure"), label("", "hint", wraps=True)
        self.why, self.empty = label("", "strong", wraps=True), label("", "empty", wraps=True)
        self.news = label("", "hint", wraps=True)
        self.charts = ProgressCharts(services)
        self._output = TableOutput(services, self.table, self)
        self.view = choice(self.tr("Présentation"))
        self._states = QStackedWidget()
        self._assemble()
        self._listen()

    # What the page shows ---------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for the plans, then for the progress of the one shown."""
        self.jobs.run(list_plans, done=self._show_plans)

    def enter(self) -> None:
        """Go to the list."""
        self._arriving = True
        self._arrive()

    def reveal(self, place: Place) -> None:
        """Show a plan, and what is wanted of it: its figure explained, or a commitment's card."""
        self._plan_id = place.plan_id or self._plan_id
        self._wanted = place.what
        self.refresh()

    def _show_plans(self, plans: tuple[ActionPlan, ...]) -> None:
        self._plans = plans
        if self._plan_id not in {plan.id for plan in plans}:
            self._plan_id = plans[0].id if plans else ""
        with QSignalBlocker(self.plan):
            self.plan.clear()
            for plan in plans:
                self.plan.addItem(plan.label, plan.id)
            self.plan.setCurrentIndex(self.plan.findData(self._plan_id))
        self.plan.setVisible(len(plans) > 1)
        if self._plan_id:
            self.jobs.run(plan_progress, plan_id=self._plan_id, done=self._show)
        else:
            self._states.setCurrentIndex(1)
            self.empty.setText(
                self.tr("Aucun plan pour l’instant. L’onglet Le plan (Ctrl+1) en crée un.")
            )

    def _show(self, progress: PlanProgress) -> None:
        if progress.plan.id != self._plan_id:
            return
        self.progress = progress
        self._show_view()
        rows = [t for t in progress.trajectories if t.commitment.ended is None or t.said]
        self.model.set_rows(rows)
        self._show_overall(progress)
        if self._wanted:
            self._reveal_wanted()
        if self._arriving:
            self._arrive()

    def _show_view(self) -> None:
        """Show the table, or the chart chosen."""
        place = self.view.currentIndex()
        if self.progress is not None and place > 0:
            self.charts.show_progress(self.progress, place - 1)
        self._states.setCurrentIndex(2 if place > 0 else 0)
        for widget in (self.filter, self._filter_keys, self._open_button):
            widget.setEnabled(place <= 0)

    def _next_view(self) -> None:
        self.view.setCurrentIndex((self.view.currentIndex() + 1) % self.view.count())
        (self.charts if self.view.currentIndex() else self.table).setFocus()

    def _show_overall(self, progress: PlanProgress) -> None:
        at = progress.latest
        if at is None or at.computed is None:
            self.figure.setText("–")
            self.how.setText(
                self.tr("Aucun taux n’est encore connu\u00a0: ils viennent des réunions du comité.")
            )
            self.why.hide()
        else:
            self.figure.setText(percent_words(at.percent))
            rates = rates_at(progress.trajectories, at.meeting_id)
            how = computed_words(progress.plan, rates, at.computed)
            said = self.tr("Relevé du {day}. {how}").format(day=short_date(at.day), how=how)
            self.how.setText(said)
            self.why.setText(stated_words(at))
            self.why.setVisible(at.stated is not None)
        self.news.setText(self._news(progress))
        self.explain_button.setEnabled(at is not None)

    def _news(self, progress: PlanProgress) -> str:
        """Return what changed since the plan's mid-term, and the pace."""
        plan, today = progress.plan, _today()
        now = progress.overall
        said = []
        if now is not None:
            pace = self.tr("Rythme attendu ce jour\u00a0: {pace}\u00a0; taux connus\u00a0: {now}.")
            words = {"pace": percent_words(expected_pace(plan, today))}
            said.append(pace.format(now=percent_words(now.rounded), **words))
        if progress.axes and len(progress.axes) > 1:
            parts = [
                f"{axis.number or self.tr('sans axe')}\u00a0: {percent_words(axis.overall.rounded)}"
                for axis in progress.axes
            ]
            said.append(self.tr("Par axe – {}.").format(" · ".join(parts)))
        return " ".join(said)

    def _reveal_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if wanted == EXPLAIN:
            self.explain()
        elif self.model.number_of(wanted) >= 0:
            self.table.choose(wanted)
            self.open_card(wanted)

    # Making the page -------------------------------------------------------------------

    def _columns(self) -> tuple[Column[Trajectory], ...]:
        def moved(one: Trajectory) -> date | None:
            return one.last_moved.day if one.last_moved else None

        return (
            Column(self.tr("N°"), lambda t: str(t.commitment.number), centred=True),
            Column(self.tr("Engagement"), lambda t: t.commitment.title),
            Column(self.tr("Axe"), self._axis, centred=True),
            Column(self.tr("Taux"), lambda t: percent_words(t.percent), centred=True),
            Column(self.tr("Variation"), lambda t: change_words(t.change), centred=True),
            Column(self.tr("Mi-parcours"), self._since_middle, centred=True),
            Column(self.tr("Attendu"), self._expected, centred=True, colour=self._late_colour),
            Column(
                self.tr("A bougé le"),
                lambda t: short_date(t.last_moved.day) if t.last_moved else "–",
                sort_key=moved,
            ),
            Column(self.tr("Selon"), lambda t: speakers(t.last_moved) if t.last_moved else ""),
            Column(self.tr("Sans nouvelles"), self._silent, centred=True),
            Column(self.tr("Niveau OGP"), lambda t: level_words(t.commitment.completion)),
        )

    def _axis(self, one: Trajectory) -> str:
        axes = self.progress.plan.axes if self.progress else ()
        found = (axis.number for axis in axes if axis.id == one.commitment.axis_id)
        return str(next(found, "–"))

    def _since_middle(self, one: Trajectory) -> str:
        if self.progress is None or _today() < self.progress.plan.middle:
            return "–"
        return change_words(one.since(self.progress.plan.middle)) or "–"

    def _expected(self, one: Trajectory) -> str:
        if self.progress is None or one.percent is None or one.commitment.ended is not None:
            return "–"
        return percent_words(expected_pace(self.progress.plan, _today()))

    def _late_colour(self, one: Trajectory) -> QColor | None:
        if self.progress is None or one.percent is None:
            return None
        if one.percent + LATE >= expected_pace(self.progress.plan, _today()):
            return None
        return QGuiApplication.palette().color(QPalette.ColorRole.BrightText)

    def _silent(self, one: Trajectory) -> str:
        if one.percent == 100 or not one.silent:
            return ""
        words = self.tr("{} réunion") if one.silent == 1 else self.tr("{} réunions")
        return words.format(one.silent)

    def _assemble(self) -> None:
        column = page_column(self)
        words = self.tr("&Ouvrir l’engagement")
        self._open_button = button(words, self._open_current, main=True)
        tabs = Siblings(
            self,
            (("commitments", self.tr("Le plan")), ("progress", self.tr("Avancement"))),
            "progress",
        )
        column.addLayout(row(label(self.tr("Engagements"), "title"), tabs, None, self.plan))
        self.explain_button = button(self.tr("&Comment ce chiffre est obtenu…"), self.explain)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QHBoxLayout(card)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inside.setSpacing(2 * GRID)
        inside.addWidget(self.figure)
        lines = QVBoxLayout()
        for line in (self.why, self.how, self.news):
            lines.addWidget(line)
        inside.addLayout(lines, 1)
        inside.addWidget(self.explain_button)
        column.addWidget(card)
        for words in (
            self.tr("Tableau"),
            self.tr("Graphiques par engagement"),
            self.tr("Évolution globale"),
            self.tr("Graphique par axe"),
        ):
            self.view.addItem(words)
        self._filter_keys = label("Ctrl+F", "keys")
        view_keys = label("Ctrl+G", "keys")
        column.addLayout(row(self.filter, self._filter_keys, self.view, view_keys))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.table, self.empty, self.charts):
            self._states.addWidget(widget)
        column.addWidget(self._states, 1)
        column.addLayout(
            row(
                self._open_button,
                label(self.tr("Entrée"), "keys"),
                None,
                button(self.tr("E&xporter le tableau…"), self._export),
                button(self.tr("&Données ouvertes (CSV)…"), self.ask_rates),
            )
        )

    def _listen(self) -> None:
        self.filter.narrowed.connect(self.model.narrow)
        self.plan.currentIndexChanged.connect(self._choose_plan)
        self.table.opened.connect(self.open_card)
        self.charts.commitment_asked.connect(self.open_card)
        self.view.currentIndexChanged.connect(lambda _place: self._show_view())
        for keys, act in (
            ("Ctrl+F", self.filter.go),
            ("Ctrl+I", self.explain),
            ("Ctrl+G", self._next_view),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _choose_plan(self) -> None:
        self._plan_id = self.plan.currentData() or ""
        self.refresh()

    def _arrive(self) -> None:
        if self.isVisible() and self.model.rowCount():
            self._arriving = False
            self.table.setFocus()
        elif self.isVisible():
            self.setFocus()

    # What is done here -----------------------------------------------------------------

    def explain(self) -> None:
        """Show how the overall figure came about."""
        if self.progress is None or self.progress.latest is None:
            return
        dialog = OverallDialog(self.services, self.progress, self)
        dialog.opened.connect(self.open_card)
        dialog.open()

    def open_card(self, commitment_id: str) -> None:
        """Show all about a commitment: its history, its activities, what became of it."""
        if self.progress is not None and self.progress.of(commitment_id) is not None:
            CommitmentCard(self.services, self.progress.plan.id, commitment_id, self).open()

    def _open_current(self) -> None:
        self.open_card(self.table.current_id())

    def _export(self) -> None:
        words = self.tr("Avancement des engagements – plan {}")
        self._output.ask_export(words.format(self.plan.currentText()))

    def ask_rates(self) -> None:
        """Ask where the rates go as open data, and write them."""
        name = self.tr("Avancement {}.csv").format(self.plan.currentText() or "PAN")
        path = f"{self.services.preferences.folder}/{name}"
        filters = (self.tr("Données ouvertes (*.csv)"),)
        choose_save_path(self, self.tr("Enregistrer les taux"), path, filters, self._write_rates)

    def _write_rates(self, path: Path) -> None:
        def told(number: int) -> None:
            words = self.tr("«\u00a0{name}\u00a0» est enregistré ({number} taux).")
            self.services.notice.tell(words.format(name=path.name, number=number))

        self.jobs.aside(write_rates, file=path, plan_id=self._plan_id, done=told)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's own calendar
