"""The plans: their commitments, filled in as in a sheet, and their axes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView

from pan_desktop.app.changes import Kind
from pan_desktop.app.people import list_institutions
from pan_desktop.app.plans import (
    CommitmentEdit,
    add_axis,
    add_commitment,
    change_axis,
    change_commitment,
    check_commitment_removal,
    check_plan_removal,
    edited,
    find_axis,
    list_plans,
    remove_axis,
    remove_commitment,
    remove_plan,
)
from pan_desktop.app.workbooks import write_plans
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import Commitment
from pan_desktop.domain.progress import OverallMethod, Rounding
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.dialogs.plan_dialog import PlanDialog
from pan_desktop.gui.dialogs.workbook_dialog import ask_where, ask_workbook
from pan_desktop.gui.forms.ui_commitments_page import Ui_CommitmentsPage
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.progress_words import weight_words
from pan_desktop.gui.widgets.cells import CellDelegate
from pan_desktop.gui.widgets.files_menu import FilesMenu
from pan_desktop.gui.widgets.filter_line import FilterLine
from pan_desktop.gui.widgets.siblings import Siblings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.office import Office
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import ActionPlan, Axis
    from pan_desktop.gui.pages.page import Services

NUMBER, TITLE, INSTITUTION, AXIS, WEIGHT = range(5)


@dataclass(frozen=True, slots=True)
class Contents:
    """What the page shows."""

    plans: tuple[ActionPlan, ...]
    institutions: tuple[str, ...]


class CommitmentsPage(Page):
    """One plan at a time: what is typed in a cell is stored when the cell is left."""

    kinds = frozenset({Kind.PLANS, Kind.PEOPLE})

    def __init__(self, services: Services) -> None:
        """Make the page, to be filled when it is first seen."""
        super().__init__(services)
        self._contents = Contents((), ())
        self._known = False
        self._plan_id = ""
        self._arriving = False
        self._unanswered = 0
        self._complaint = ""
        self._unsaved: tuple[str, int, str, Commitment] | None = None
        self.ui = Ui_CommitmentsPage()
        self.ui.setupUi(self)
        self._keys = self.ui.keys.text()
        self.ui.states.setVisible(False)
        siblings = (("commitments", self.tr("Le plan")), ("progress", self.tr("Avancement")))
        self.ui.header.insertWidget(1, Siblings(self, siblings, "commitments"))
        self.ui.header.addWidget(self._files())
        self._commitments = RowsModel(self._commitment_columns(), self)
        self._axes = RowsModel(self._axis_columns(), self)
        self._cells = self._sheet()
        self._axis_cells = self._axis_list()
        self._listen()

    # What the page shows ---------------------------------------------------------------

    @property
    def plan(self) -> ActionPlan | None:
        """Return the plan shown."""
        plans = self._contents.plans
        return next((plan for plan in plans if plan.id == self._plan_id), None)

    def refresh(self) -> None:
        """Ask for the plans."""
        self.jobs.call(_contents, done=self._show)

    def enter(self) -> None:
        """Go to the commitments, or to the making of the first plan."""
        self._arriving = True
        if self._known:
            self._arrive()

    def _show(self, contents: Contents) -> None:
        if self._unanswered:  # older than what the page shows; a fresh look follows the answer
            return
        self._contents = contents
        self._known = True
        if self.plan is None and contents.plans:
            self._plan_id = contents.plans[0].id
        combo = self.ui.plan
        with QSignalBlocker(combo):
            combo.clear()
            for plan in contents.plans:
                combo.addItem(plan.label, plan.id)
            combo.setCurrentIndex(combo.findData(self._plan_id))
        self.ui.states.setVisible(True)
        self.ui.newPlan.setVisible(bool(contents.plans))
        self.ui.states.setCurrentWidget(self.ui.planState if contents.plans else self.ui.emptyState)
        self._show_plan()
        if self._arriving:
            self._arrive()

    def _show_plan(self) -> None:
        plan = self.plan
        if plan is None:
            return
        self.ui.summary.setText(self._summary(plan))
        self.ui.summary.setToolTip(self.ui.summary.text())
        self.ui.keys.setText(self.tr("lecture seule") if self.jobs.refusal else self._keys)
        self._axes.set_rows(plan.axes)
        self.ui.axes.setVisible(bool(plan.axes))
        for button in (self.ui.renameAxis, self.ui.removeAxis):
            button.setVisible(bool(plan.axes))
        self._show_commitments(plan.commitments)

    def _show_commitments(self, commitments: tuple[Commitment, ...]) -> None:
        """Show rows by number, but let none move while a cell is open."""
        rows = sorted(commitments, key=lambda c: c.number)
        self._commitments.set_rows(rows, keep_order=self._cells.editing)
        self.ui.removeCommitment.setEnabled(bool(rows))

    def _summary(self, plan: ActionPlan) -> str:
        methods = {
            OverallMethod.MEAN: self.tr("moyenne simple"),
            OverallMethod.WEIGHTED: self.tr("moyenne pondérée"),
            OverallMethod.BY_AXIS: self.tr("moyenne par axe"),
        }
        roundings = {
            Rounding.HALF_UP: self.tr("arrondie au plus proche"),
            Rounding.UP: self.tr("arrondie à l’unité supérieure"),
            Rounding.DOWN: self.tr("arrondie à l’unité inférieure"),
        }
        return self.tr("Du {starts} au {ends} · {method}, {rounding}").format(
            starts=short_date(plan.starts),
            ends=short_date(plan.ends),
            method=methods[plan.method],
            rounding=roundings[plan.rounding],
        )

    def _arrive(self) -> None:
        if not self.isVisible():
            return
        self._arriving = False
        if self.plan is None:
            self.ui.firstPlan.setFocus()
            return
        table = self.ui.commitments
        if table.currentIndex().column() < TITLE and self._commitments.rowCount():
            table.setCurrentIndex(self._commitments.index(0, TITLE))
        table.setFocus()

    # Making the page -------------------------------------------------------------------

    def _commitment_columns(self) -> tuple[Column[Commitment], ...]:
        def typed(column: int) -> Callable[[Commitment, str, Commitment], None]:
            return lambda now, text, seen: self._change(now, column, text, seen)

        return (
            Column(self.tr("N°"), lambda c: str(c.number), typed(NUMBER), centred=True),
            Column(self.tr("Intitulé"), lambda c: c.title, typed(TITLE)),
            Column(self.tr("Institution porteuse"), lambda c: c.institution, typed(INSTITUTION)),
            Column(
                self.tr("Axe"), self._axis_number, typed(AXIS), centred=True, tip=self._axis_tip
            ),
            Column(self.tr("Poids"), lambda c: weight_words(c.weight), typed(WEIGHT), centred=True),
        )

    def _axis_columns(self) -> tuple[Column[Axis], ...]:
        return (
            Column(self.tr("N°"), lambda axis: str(axis.number), centred=True),
            Column(self.tr("Titre"), lambda axis: axis.title, self._rename_axis),
        )

    def _sheet(self) -> CellDelegate:
        table = self.ui.commitments
        table.show_rows(self._commitments, (56, 0, 0, 64, 72))
        table.arrange(self.services.preferences.of_list("commitments"))
        hint = self.tr("Filtrer\u00a0: intitulé, institution… (Ctrl+F)")
        self.filter = FilterLine(table, hint)
        self.filter.narrowed.connect(self._commitments.narrow)
        self.ui.leftColumn.insertWidget(0, self.filter)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        words: dict[int, Callable[[], tuple[str, ...]]] = {
            INSTITUTION: self._institutions,
            AXIS: lambda: tuple(axis_words(axis) for axis in self._axes.rows()),
        }
        return CellDelegate(table, words)

    def _axis_list(self) -> CellDelegate:
        self.ui.axes.show_rows(self._axes, (48, 0))
        return CellDelegate(self.ui.axes)

    def _files(self) -> FilesMenu:
        services, name = self.services, self.tr("Plans et engagements")
        write = partial(ask_where, services, self, name, write_plans)
        entries = (
            (self.tr("&Écrire le classeur des plans…"), write),
            (self.tr("&Reprendre un classeur rempli…"), partial(ask_workbook, services, self)),
        )
        return FilesMenu(self.tr("E&xcel"), entries)

    def _listen(self) -> None:
        ui = self.ui
        ui.plan.currentIndexChanged.connect(self._choose_plan)
        for button in (ui.newPlan, ui.firstPlan):
            button.clicked.connect(self.new_plan)
        ui.editPlan.clicked.connect(self.edit_plan)
        ui.removePlan.clicked.connect(self.remove_plan)
        ui.addCommitment.clicked.connect(self.add_commitment)
        ui.removeCommitment.clicked.connect(self.remove_commitment)
        ui.commitments.removal_asked.connect(lambda _id: self.remove_commitment())
        ui.newAxis.returnPressed.connect(self.add_axis)
        ui.renameAxis.clicked.connect(self.rename_axis)
        ui.removeAxis.clicked.connect(self.remove_axis)
        ui.axes.removal_asked.connect(lambda _id: self.remove_axis())
        self._cells.finished.connect(self._cell_closed)
        self.rest(ui.newPlan, ui.firstPlan, ui.editPlan, ui.removePlan, ui.newAxis)
        self.rest(ui.addCommitment, ui.removeCommitment, ui.renameAxis, ui.removeAxis)
        self.rest(self._commitments, self._axes)
        for cells in (self._cells, self._axis_cells):
            cells.refused.connect(self._complain)
            cells.finished.connect(self._forget_complaint)
        for keys, act in (
            ("Ctrl+N", self.add_commitment),
            ("Ctrl+Shift+N", self.new_plan),
            ("Ctrl+F", self.filter.go),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # Plans -----------------------------------------------------------------------------

    def new_plan(self) -> None:
        """Ask for a new plan."""
        if self.services.refused():
            return
        self._open_plan(None)

    def edit_plan(self) -> None:
        """Ask for changes to the plan shown."""
        if self.plan is not None:
            self._open_plan(self.plan)

    def remove_plan(self) -> None:
        """Remove the plan shown, once confirmed."""
        if self.services.refused():
            return
        plan = self.plan
        if plan is None:
            return
        ask = partial(
            confirm,
            self,
            self.tr("Supprimer le plan «\u00a0{}\u00a0»\u00a0?").format(plan.label),
            self.tr("Ses engagements, ses axes et les mandats qui s’y rapportent disparaissent."),
            self.tr("&Supprimer le plan"),
            partial(self._write, remove_plan, plan_id=plan.id),
        )
        self._check(ask, check_plan_removal, plan_id=plan.id)

    def _open_plan(self, plan: ActionPlan | None) -> None:
        if not self._cells.close():
            return
        dialog = PlanDialog(self.jobs, plan, self)
        dialog.saved.connect(self._plan_saved)
        dialog.open()

    def _plan_saved(self, plan_id: str) -> None:
        if plan_id != self._plan_id:
            self._plan_id = plan_id
            self.ui.commitments.setCurrentIndex(self._commitments.index(-1, -1))
        self._arriving = True

    def _choose_plan(self) -> None:
        self._plan_id = self.ui.plan.currentData() or ""
        self._show_plan()
        self.ui.commitments.setCurrentIndex(self._commitments.index(0, TITLE))

    # Commitments -----------------------------------------------------------------------

    def add_commitment(self) -> None:
        """Add a commitment after the others and begin its title."""
        if self.services.refused():
            return
        if self.plan is None or not self._cells.close():
            return
        self.filter.clear()  # a new line must be seen
        rows = self._commitments.rows()
        number = max((row.number for row in rows), default=0) + 1
        fresh = Commitment(new_id(), number)
        self._show_commitments((*rows, fresh))
        table = self.ui.commitments
        table.setFocus()
        table.choose(fresh.id, TITLE)
        table.edit(table.currentIndex())
        self._write(add_commitment, plan_id=self._plan_id, number=number, commitment_id=fresh.id)

    def remove_commitment(self) -> None:
        """Remove the current commitment, confirmed where something was typed in it."""
        if self.services.refused():
            return
        row = self._commitments.row(self.ui.commitments.currentIndex())
        if row is None or not self._cells.close():
            return
        act = partial(self._write, remove_commitment, plan_id=self._plan_id, commitment_id=row.id)
        if not row.title and not row.institution:
            act()
            return
        ask = partial(
            confirm,
            self,
            self.tr("Supprimer l’engagement {}\u00a0?").format(row.number),
            row.title or row.institution,
            self.tr("&Supprimer l’engagement"),
            act,
        )
        self._check(ask, check_commitment_removal, plan_id=self._plan_id, commitment_id=row.id)

    def _change(self, row: Commitment, column: int, text: str, seen: Commitment) -> None:
        """Show and store what was typed in a cell. Raises InputError when it cannot be.

        Others may have changed the row since the cell showed what was ``seen``.
        """
        shown, kept = (self._with(known, column, text) for known in (row, seen))
        self._put(edited(self._commitments.rows(), row, shown))

        def keep() -> None:
            self._put(row)
            self._unsaved = (row.id, column, text, seen)
            self._take_up()

        self._write(change_commitment, commitment_id=row.id, edit=kept, seen=seen, otherwise=keep)

    def _with(self, row: Commitment, column: int, text: str) -> CommitmentEdit:
        """Return what a row is to say with what was typed in one of its cells."""
        edit = CommitmentEdit(
            str(row.number), row.title, row.institution, weight_words(row.weight), row.axis_id
        )
        match column:
            case _ if column == NUMBER:
                return replace(edit, number=text)
            case _ if column == TITLE:
                return replace(edit, title=text)
            case _ if column == INSTITUTION:
                return replace(edit, institution=text)
            case _ if column == AXIS:
                axis = find_axis(self._axes.rows(), text)
                return replace(edit, axis_id=axis.id if axis else None)
        return replace(edit, weight=text)

    def _put(self, row: Commitment) -> None:
        rows = self._commitments.rows()
        self._show_commitments(tuple(row if r.id == row.id else r for r in rows))

    def _cell_closed(self) -> None:
        """Put the rows in order again, now that none is being typed in."""
        self._show_commitments(self._commitments.rows())
        self._take_up()

    def _take_up(self) -> None:
        """Open again the cell that the store could not take, with what was typed in it."""
        if self._unsaved is None or self._cells.editing:
            return
        row_id, column, text, seen = self._unsaved
        self._unsaved = None
        number = self._commitments.number_of(row_id)
        if number >= 0:
            self._cells.reopen(self._commitments.index(number, column), text, seen)

    def _institutions(self) -> tuple[str, ...]:
        """Return the institutions known, those just typed included."""
        typed = (row.institution for row in self._commitments.rows() if row.institution)
        return tuple(dict.fromkeys((*self._contents.institutions, *typed)))

    def _axis_of(self, commitment: Commitment) -> Axis | None:
        return next((axis for axis in self._axes.rows() if axis.id == commitment.axis_id), None)

    def _axis_number(self, commitment: Commitment) -> str:
        axis = self._axis_of(commitment)
        return str(axis.number) if axis else ""

    def _axis_tip(self, commitment: Commitment) -> str:
        axis = self._axis_of(commitment)
        if axis is None:
            return self.tr("Tapez le numéro ou le titre d’un axe")
        return axis_words(axis)

    # Axes ------------------------------------------------------------------------------

    def add_axis(self) -> None:
        """Add the axis whose title was typed."""
        if self.services.refused():
            return
        if self.plan is None:
            return
        typed = self.ui.newAxis.text()

        def clear() -> None:
            if self.ui.newAxis.text() == typed:
                self.ui.newAxis.clear()

        self._write(add_axis, plan_id=self._plan_id, title=typed, then=clear)

    def rename_axis(self) -> None:
        """Begin to correct the title of the current axis."""
        self.ui.axes.setFocus()
        place = self.ui.axes.currentIndex()
        if place.isValid():
            self.ui.axes.setCurrentIndex(place.siblingAtColumn(1))
            self.ui.axes.edit(place.siblingAtColumn(1))

    def remove_axis(self) -> None:
        """Remove the current axis, confirmed where commitments are under it."""
        if self.services.refused():
            return
        axis = self._axes.row(self.ui.axes.currentIndex())
        if axis is None:
            return
        act = partial(self._write, remove_axis, plan_id=self._plan_id, axis_id=axis.id)
        if not any(c.axis_id == axis.id for c in self._commitments.rows()):
            act()
            return
        confirm(
            self,
            self.tr("Retirer l’axe «\u00a0{}\u00a0»\u00a0?").format(axis.title),
            self.tr("Ses engagements restent dans le plan, sans axe."),
            self.tr("&Retirer l’axe"),
            act,
        )

    def _rename_axis(self, axis: Axis, text: str, seen: Axis) -> None:
        rows = self._axes.rows()
        fresh = replace(axis, title=" ".join(text.split()))
        if fresh.title:
            self._axes.set_rows(tuple(fresh if row.id == axis.id else row for row in rows))
        self._write(change_axis, axis_id=axis.id, title=text, seen=seen)

    # Storing ---------------------------------------------------------------------------

    def _write(
        self,
        use_case: Callable[..., object],
        /,
        *,
        then: Callable[[], None] | None = None,
        otherwise: Callable[[], None] | None = None,
        **arguments: object,
    ) -> None:
        """Ask for a use case; until it is answered the page knows better than the store."""
        self._unanswered += 1

        def done(_result: object) -> None:
            self._answered()
            if then is not None:
                then()

        def failed(error: PanError) -> None:
            self._complain(error)
            if otherwise is not None:
                otherwise()
            self._answered()

        self._forget_complaint()
        self.jobs.run(use_case, done=done, failed=failed, **arguments)

    def _check(
        self, then: Callable[[], None], use_case: Callable[..., object], /, **arguments: object
    ) -> None:
        """Do ``then`` unless the use case, which only reads, says why not."""
        self._forget_complaint()
        self.jobs.run(use_case, done=lambda _: then(), failed=self._complain, **arguments)

    def _answered(self) -> None:
        self._unanswered -= 1
        if not self._unanswered:
            self.refresh()

    def _complain(self, error: PanError) -> None:
        self._complaint = error.sentence
        self.services.notice.complain(error.sentence)

    def _forget_complaint(self) -> None:
        """Put away what was wrong with a cell, now that something was taken."""
        if self._complaint and self.services.notice.sentence == self._complaint:
            self.services.notice.hide()
        self._complaint = ""


def axis_words(axis: Axis) -> str:
    """Return an axis as its number and title."""
    return f"{axis.number}. {axis.title}"


def _contents(office: Office) -> Contents:
    return Contents(office.run(list_plans).result, office.run(list_institutions).result)
