"""The fields of one mandate: plan, quality, commitments, first and last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from pan_desktop.app.people import BACKWARDS, MandateEdit, check_mandate
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import Civility, Role
from pan_desktop.domain.numbers import parse_numbers
from pan_desktop.domain.typography import enumeration
from pan_desktop.gui.forms.ui_mandate_fields import Ui_MandateFields

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pan_desktop.domain.model import ActionPlan
    from pan_desktop.gui.widgets.moment import DayField


class MandateFields(QWidget):
    """Asks for a mandate; what is typed stays as it is until it can be taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make empty fields."""
        super().__init__(parent)
        self.ui = Ui_MandateFields()
        self.ui.setupUi(self)
        self.setFocusProxy(self.ui.plan)
        self._plans: tuple[ActionPlan, ...] = ()
        self._proposed: date | None = None
        self.ui.role.addItem("", Role.FOCAL_POINT)
        self.ui.role.addItem("", Role.ALTERNATE)
        self.address(Civility.MONSIEUR)
        self.ui.plan.currentIndexChanged.connect(self._propose_start)
        for field in (self.ui.validFrom, self.ui.validTo):
            field.changed.connect(self._say_days)
        self._say_days()

    def offer(self, plans: Sequence[ActionPlan], plan_id: str = "") -> None:
        """Offer ``plans``, beginning with the one of that identifier, or the first."""
        self._plans = tuple(plans)
        self.ui.plan.clear()
        for plan in self._plans:
            self.ui.plan.addItem(plan.label, plan.id)
        self.ui.plan.setCurrentIndex(max(self.ui.plan.findData(plan_id), 0 if plans else -1))
        self.setEnabled(bool(plans))

    def address(self, civility: Civility) -> None:
        """Make the words agree with the person."""
        feminine = civility is Civility.MADAME
        self.ui.role.setItemText(0, self.tr("Point focal"))
        self.ui.role.setItemText(1, self.tr("Suppléante") if feminine else self.tr("Suppléant"))

    def show_mandate(self, mandate: MandateEdit) -> None:
        """Show ``mandate``, whose plan is settled."""
        self.ui.plan.setCurrentIndex(self.ui.plan.findData(mandate.plan_id))
        self.ui.plan.setEnabled(False)
        self.ui.role.setCurrentIndex(self.ui.role.findData(mandate.role))
        self.ui.numbers.setText(enumeration([str(n) for n in mandate.commitments]))
        self.ui.validFrom.set_day(mandate.valid_from)
        self.ui.validTo.clear()
        if mandate.valid_to is not None:
            self.ui.validTo.set_day(mandate.valid_to)

    def begin_again(self) -> None:
        """Ask for another person's mandate in the same plan: most are focal points."""
        self.ui.numbers.clear()
        self.ui.role.setCurrentIndex(0)

    @property
    def empty(self) -> bool:
        """Tell whether no commitment is given."""
        return not self.ui.numbers.text().strip()

    def mandate(self) -> MandateEdit:
        """Return the mandate typed.

        Raises InputError, the field concerned having been given the focus.
        """
        ui = self.ui
        plan = self._plans[ui.plan.currentIndex()]
        try:
            numbers = parse_numbers(ui.numbers.text())
        except InputError:
            _go_to(ui.numbers)
            raise
        starts = self._day(ui.validFrom)
        if starts is None:
            _go_to(ui.validFrom)
            raise InputError(
                self.tr("Le mandat n’a pas de premier jour\u00a0: rien n’a été enregistré.")
            )
        mandate = MandateEdit(
            plan.id, Role(ui.role.currentData()), numbers, starts, self._day(ui.validTo)
        )
        try:
            check_mandate(plan, mandate)
        except InputError as error:
            _go_to(ui.validTo if error.sentence == BACKWARDS else ui.numbers)
            raise
        return mandate

    def _day(self, field: DayField) -> date | None:
        day = field.day()
        if day is None and field.text().strip():
            _go_to(field)
            raise InputError(
                self.tr(
                    "«\u00a0{}\u00a0» n’est pas une date\u00a0: rien n’a été enregistré. "
                    "Saisissez-la ainsi\u00a0: 21/12/2020."
                ).format(field.text().strip())
            )
        return day

    def _say_days(self) -> None:
        ui = self.ui
        ui.fromWords.setText(ui.validFrom.words())
        ui.toWords.setText(ui.validTo.words() if ui.validTo.text().strip() else "")

    def _propose_start(self, number: int) -> None:
        """Propose the plan's first day, unless another has been typed."""
        if not 0 <= number < len(self._plans):
            return
        if self.ui.validFrom.day() in {None, self._proposed}:
            self._proposed = self._plans[number].starts
            self.ui.validFrom.set_day(self._proposed)


def _go_to(field: QLineEdit) -> None:
    """Go to the field where something can be put right."""
    field.setFocus()
    field.selectAll()
