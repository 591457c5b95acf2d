"""Who came: people, commitments and institutions across the meetings of a plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QStackedWidget

from pan_desktop.app.changes import Kind
from pan_desktop.app.plans import list_plans
from pan_desktop.app.presences import plan_presences
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.presences import Cell, CommitmentPresence, PersonPresence, Presences
from pan_desktop.domain.typography import enumeration
from pan_desktop.gui.dialogs.person_history import PersonHistory
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.pages.page import Page, Place
from pan_desktop.gui.progress_words import percent_words
from pan_desktop.gui.table_output import TableOutput
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, choice, label, page_column, row
from pan_desktop.gui.widgets.filter_line import FilterLine
from pan_desktop.gui.widgets.siblings import Siblings
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.domain.model import ActionPlan
    from pan_desktop.domain.presences import InstitutionPresence
    from pan_desktop.gui.pages.page import Services

PEOPLE, COMMITMENTS, INSTITUTIONS = range(3)
_MEETING_WIDTH = 9 * GRID
_SIGNS = {
    Cell.PRESENT: "●",
    Cell.REPRESENTED: "◐",
    Cell.EXCUSED: "E",
    Cell.ABSENT: "✕",
    Cell.GUEST: "○",
    Cell.NOT_EXPECTED: "",
}
_LONG = 2
"""From so many meetings missed in a row on, the figure is shown as a warning."""


class PresencesPage(Page):
    """A matrix of who came, narrowed and sorted as any list; Enter opens the person's history."""

    kinds = frozenset({Kind.ATTENDANCE, Kind.PEOPLE, Kind.MEETINGS, Kind.PLANS})

    def __init__(self, services: Services) -> None:
        """Make the page, to be filled when it is first seen."""
        super().__init__(services)
        self._plans: tuple[ActionPlan, ...] = ()
        self._arriving = False
        self.presences: Presences | None = None
        self.model: RowsModel[Any] = RowsModel((), self)
        self.table = Table()
        self.table.setAccessibleName(self.tr("Présences"))
        self.filter = FilterLine(self.table, self.tr("Filtrer\u00a0: nom, institution…"))
        self.plan, self.rows = choice(self.tr("Plan")), choice(self.tr("Lignes"))
        self.empty, self.legend = label("", "empty", wraps=True), label("", "hint")
        self._states = QStackedWidget()
        self.output = TableOutput(services, self.table, self)
        self._assemble()
        self._listen()

    # What the page shows ---------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for the plans, then for who came to the meetings of the one shown."""
        self.jobs.run(list_plans, done=self._show_plans)

    def enter(self) -> None:
        """Go to the matrix."""
        self._arriving = True
        self._arrive()

    def _show_plans(self, plans: tuple[ActionPlan, ...]) -> None:
        chosen = self.plan.currentData() or (plans[0].id if plans else "")
        with QSignalBlocker(self.plan):
            self.plan.clear()
            for plan in plans:
                self.plan.addItem(plan.label, plan.id)
            self.plan.setCurrentIndex(max(self.plan.findData(chosen), 0))
        self.plan.setVisible(len(plans) > 1)
        self._ask()
        if not plans:
            self._say_empty()

    def _ask(self) -> None:
        plan_id = self.plan.currentData()
        if plan_id:
            today = date.today()  # noqa: DTZ011 - the user's own calendar
            self.jobs.run(plan_presences, plan_id=plan_id, today=today, done=self._show)

    def _show(self, presences: Presences) -> None:
        self.presences = presences
        if not presences.meetings:
            self._say_empty()
            return
        self._states.setCurrentIndex(0)
        columns, rows, widths = self._shown(presences)
        self.model.set_columns(columns)
        self.model.set_rows(rows)
        self.table.show_rows(self.model, widths)
        self.table.follow_arrangement()
        if not self.table.currentIndex().isValid() and rows:
            self.table.choose(rows[0].id)
        if self._arriving:
            self._arrive()

    def _say_empty(self) -> None:
        self._states.setCurrentIndex(1)
        self.empty.setText(
            self.tr(
                "Aucune réunion tenue pour l’instant. Les présences se cochent dans la réunion, et "
                "se lisent ici réunion après réunion."
            )
        )

    def _shown(
        self, presences: Presences
    ) -> tuple[Sequence[Column[Any]], Sequence[Any], tuple[int, ...]]:
        """Return the columns, the rows and the widths of what is chosen."""
        match self.rows.currentIndex():
            case _ if self.rows.currentIndex() == INSTITUTIONS:
                return self._institution_columns(), presences.institutions, (0, 96, 96, 96)
            case _ if self.rows.currentIndex() == COMMITMENTS:
                before: tuple[Column[Any], ...] = (
                    Column(self.tr("N°"), lambda r: str(r.commitment.number), centred=True),
                    Column(self.tr("Engagement"), lambda r: r.commitment.title),
                )
                rows: Sequence[Any] = presences.commitments
                first = (48, 0)
            case _:
                before = (
                    Column(self.tr("Nom"), lambda r: r.person.name),
                    Column(self.tr("Institution"), lambda r: r.person.institution),
                    Column(self.tr("Engagements"), _numbers),
                )
                rows = presences.people
                first = (0, 0, 104)  # type: ignore[assignment]
        meetings = presences.meetings
        columns = (*before, *(self._meeting(n) for n in range(len(meetings))), *self._after())
        widths = (*first, *(_MEETING_WIDTH for _ in meetings), 72, 136, 112)
        return columns, rows, widths

    def _meeting(self, number: int) -> Column[Any]:
        assert self.presences is not None
        meeting = self.presences.meetings[number]
        return Column(
            f"{meeting.day:%d/%m/%y}",
            lambda r: _SIGNS[r.cells[number]],
            centred=True,
            words=lambda r: self._said(r.cells[number]),
            tip=lambda r: f"{short_date(meeting.day)} – {self._said(r.cells[number])}",
            colour=lambda r: _colour(r.cells[number]),
        )

    def _after(self) -> tuple[Column[Any], ...]:
        def missed(r: PersonPresence | CommitmentPresence) -> str:
            if not r.missed:
                return ""
            words = self.tr("{} réunion") if r.missed == 1 else self.tr("{} réunions")
            return words.format(r.missed)

        def warning(r: PersonPresence | CommitmentPresence) -> QColor | None:
            return _colour(Cell.ABSENT) if r.missed >= _LONG else None

        return (
            Column(self.tr("Taux"), lambda r: percent_words(r.share.percent), centred=True),
            Column(self.tr("Absent depuis"), missed, centred=True, colour=warning),
            Column(
                self.tr("Vu le"),
                lambda r: short_date(r.last_seen) if r.last_seen else self.tr("jamais"),
                sort_key=lambda r: r.last_seen,
            ),
        )

    def _institution_columns(self) -> tuple[Column[InstitutionPresence], ...]:
        return (
            Column(self.tr("Institution"), lambda r: r.id or self.tr("sans institution")),
            Column(self.tr("Personnes"), lambda r: str(r.people), centred=True),
            Column(
                self.tr("Présences"), lambda r: f"{r.share.seen} / {r.share.expected}", centred=True
            ),
            Column(self.tr("Taux"), lambda r: percent_words(r.share.percent), centred=True),
        )

    def _said(self, cell: Cell) -> str:
        return {
            Cell.PRESENT: self.tr("présent"),
            Cell.REPRESENTED: self.tr("représenté"),
            Cell.EXCUSED: self.tr("excusé"),
            Cell.ABSENT: self.tr("absent"),
            Cell.GUEST: self.tr("invité"),
            Cell.NOT_EXPECTED: "",
        }[cell]

    # Making the page -------------------------------------------------------------------

    def _assemble(self) -> None:
        for words in (self.tr("Personnes"), self.tr("Engagements"), self.tr("Institutions")):
            self.rows.addItem(words)
        column = page_column(self)
        names = (("people", self.tr("Fiches")), ("presences", self.tr("Présences")))
        tabs = Siblings(self, names, "presences")
        column.addLayout(row(label(self.tr("Personnes"), "title"), tabs, None, self.plan))
        column.addLayout(row(self.rows, self.filter, label("Ctrl+F", "keys")))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.table, self.empty):
            self._states.addWidget(widget)
        column.addWidget(self._states, 1)
        signs = (
            f"{_SIGNS[cell]} {self._said(cell)}" for cell in Cell if cell is not Cell.NOT_EXPECTED
        )
        self.legend.setText("   ".join(signs))
        column.addWidget(self.legend)
        column.addLayout(
            row(
                button(self.tr("&Ouvrir l’historique"), self._open_current, main=True),
                label(self.tr("Entrée"), "keys"),
                None,
                button(self.tr("&Imprimer…"), self._print),
                button(self.tr("E&xporter le tableau…"), self._export),
            )
        )
        self.table.show_rows(self.model, ())
        self.table.arrange(self.services.preferences.of_list("presences"))

    def _listen(self) -> None:
        self.filter.narrowed.connect(self.model.narrow)
        self.plan.currentIndexChanged.connect(lambda _place: self._ask())
        self.rows.currentIndexChanged.connect(lambda _place: self._choose_rows())
        self.table.opened.connect(self._open)
        for keys, act in (("Ctrl+F", self.filter.go), ("Ctrl+P", self._print)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _choose_rows(self) -> None:
        if self.presences is not None:
            self._show(self.presences)

    def _arrive(self) -> None:
        if self.isVisible():
            self._arriving = not self.model.rowCount()
            (self.table if self.model.rowCount() else self).setFocus()

    # What is done here -----------------------------------------------------------------

    def _open_current(self) -> None:
        self._open(self.table.current_id())

    def _open(self, row_id: str) -> None:
        if self.rows.currentIndex() == PEOPLE and row_id:
            PersonHistory(self.services, row_id, self).open()
        elif self.rows.currentIndex() == COMMITMENTS and row_id:
            self.services.go_to(Place("progress", row_id, self.plan.currentData() or ""))

    def _title(self) -> str:
        words = self.tr("Présences {rows} – plan {plan}")
        return words.format(rows=self.rows.currentText().lower(), plan=self.plan.currentText())

    def _print(self) -> None:
        self.output.print_table(self._title())

    def _export(self) -> None:
        self.output.ask_export(self._title())


def _numbers(found: PersonPresence) -> str:
    return enumeration([str(number) for number in found.numbers])


def _colour(cell: Cell) -> QColor | None:
    palette = QGuiApplication.palette()
    match cell:
        case Cell.ABSENT:
            return palette.color(QPalette.ColorRole.BrightText)
        case Cell.EXCUSED | Cell.GUEST:
            return palette.color(QPalette.ColorRole.PlaceholderText)
    return None
