"""A person's card: quick to fill for many people in a row, complete for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from pan_desktop.app.people import (
    BAD_EMAIL,
    MandateEdit,
    PersonEdit,
    SavedCard,
    add_card,
    change_card,
)
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import Civility
from pan_desktop.domain.typography import enumeration
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.dialogs.mandate_dialog import MandateDialog
from pan_desktop.gui.forms.ui_person_dialog import Ui_PersonDialog
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.people_words import civility_words, role_words
from pan_desktop.gui.widgets.completer import FoldingCompleter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.people import PersonCard
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import ActionPlan
    from pan_desktop.gui.jobs import Jobs


@dataclass(frozen=True, slots=True)
class MandateDraft:
    """A mandate on the card being changed; one not ``stored`` yet has an identifier too."""

    id: str
    edit: MandateEdit
    stored: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What the card proposes."""

    plans: tuple[ActionPlan, ...]
    institutions: tuple[str, ...]
    plan_id: str = ""
    """The plan that a new mandate is of."""


class PersonDialog(FormDialog):
    """A new person with a first mandate, one after the other; or a card with all its mandates."""

    saved = Signal(str)
    """The person of that identifier is stored."""
    told = Signal(str)
    """A sentence for the message bar, about the card that was just closed."""

    def __init__(
        self, jobs: Jobs, choices: Choices, card: PersonCard | None, parent: QWidget
    ) -> None:
        """Ask for a new person, or show ``card`` to be changed."""
        super().__init__(parent)
        self._jobs = jobs
        self._plans = choices.plans
        self._institutions = list(choices.institutions)
        self._card = card
        self._only_shown = False
        self.ui = Ui_PersonDialog()
        self.ui.setupUi(self)
        self.setup_form(self.ui.error, self.ui.save, self.ui.next, self.ui.cancel)
        self.ui.added.hide()
        for civility in Civility:
            self.ui.civility.addItem(civility_words(civility), civility.value)
        self._completer = FoldingCompleter(self._institutions, self)
        self.ui.institution.setCompleter(self._completer)
        self.ui.fields.offer(choices.plans, choices.plan_id)
        self._rows = RowsModel(self._columns(), self)
        self._drafts: tuple[MandateDraft, ...] = ()
        self._listen()
        if card is None:
            self._begin()
        else:
            self._show(card)
        self.ui.civility.setFocus()

    @property
    def _civility(self) -> Civility:
        return Civility(self.ui.civility.currentData())

    def show_only(self, sentence: str) -> None:
        """Let the card be read, nothing in it be changed, and say why from the beginning."""
        ui = self.ui
        self._only_shown = True
        for field in self.findChildren(QLineEdit):
            field.setReadOnly(True)
        ui.civility.setEnabled(False)
        self._set_drafts(self._drafts)
        self.complain(sentence)
        ui.save.setEnabled(False)
        ui.keys.setText(self.tr("Échap ferme"))
        ui.cancel.setText(self.tr("&Fermer"))
        ui.cancel.setFocus()

    # Setting up ------------------------------------------------------------------------

    def _listen(self) -> None:
        ui = self.ui
        ui.save.clicked.connect(self._save)
        ui.next.clicked.connect(self._save_and_go_on)
        ui.cancel.clicked.connect(self.reject)
        ui.civility.currentIndexChanged.connect(self._address)
        ui.addMandate.clicked.connect(self._add_mandate)
        ui.changeMandate.clicked.connect(lambda: self._change_mandate(ui.mandates.current_id()))
        ui.endMandate.clicked.connect(self._end_mandate)
        ui.removeMandate.clicked.connect(lambda: self._remove_mandate(ui.mandates.current_id()))
        ui.mandates.opened.connect(self._change_mandate)
        ui.mandates.removal_asked.connect(self._remove_mandate)

    def _shortcuts(self, *pairs: tuple[str, Callable[[], None]]) -> None:
        for keys, act in pairs:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

    def _begin(self) -> None:
        ui = self.ui
        ui.heldMandates.hide()
        for widget in (ui.aliasesLabel, ui.aliases):  # many people in a row are quicker without
            widget.hide()
        # Ctrl+Enter would be taken by the button that has the focus: it is a shortcut instead.
        self._shortcuts(("Ctrl+Return", self._save_and_go_on), ("Ctrl+Enter", self._save_and_go_on))
        if not self._plans:
            ui.fields.hide()
            ui.firstHint.setText(
                self.tr(
                    "Aucun plan pour l’instant\u00a0: la personne est enregistrée sans mandat. "
                    "Créez d’abord le plan à la page Engagements (Alt+3)."
                )
            )

    def _show(self, card: PersonCard) -> None:
        ui, person = self.ui, card.person
        ui.firstMandate.hide()
        ui.next.hide()
        self.setWindowTitle(self.tr("Modifier la fiche"))
        ui.title.setText(person.name)
        ui.civility.setCurrentIndex(ui.civility.findData(person.civility.value))
        ui.name.setText(person.name)
        ui.institution.setText(person.institution)
        ui.email.setText(person.email)
        ui.aliases.setText(" ; ".join(person.aliases))
        ui.mandates.show_rows(self._rows, (120, 112, 0, 104, 104))
        self._shortcuts(("Ctrl+N", self._add_mandate), ("Ctrl+F", self._end_mandate))
        self._set_drafts(
            MandateDraft(
                m.id, MandateEdit(m.plan_id, m.role, m.commitments, m.valid_from, m.valid_to), True
            )
            for m in sorted(card.mandates, key=lambda m: m.valid_from, reverse=True)
        )

    def _columns(self) -> tuple[Column[MandateDraft], ...]:
        labels = {plan.id: plan.label for plan in self._plans}
        return (
            Column(self.tr("Plan"), lambda d: labels.get(d.edit.plan_id, "")),
            Column(self.tr("Qualité"), lambda d: role_words(d.edit.role, self._civility)),
            Column(
                self.tr("Engagements"),
                lambda d: enumeration([str(number) for number in d.edit.commitments]),
            ),
            Column(self.tr("Depuis"), lambda d: short_date(d.edit.valid_from)),
            Column(
                self.tr("Jusqu’au"),
                lambda d: short_date(d.edit.valid_to) if d.edit.valid_to else self.tr("en cours"),
            ),
        )

    def _address(self) -> None:
        self.ui.fields.address(self._civility)
        self._rows.set_rows(self._drafts)

    # Mandates of a card ----------------------------------------------------------------

    def _set_drafts(self, drafts: Sequence[MandateDraft] | object) -> None:
        self._drafts = tuple(drafts)  # type: ignore[arg-type]
        self._rows.set_rows(self._drafts)
        for button in (self.ui.changeMandate, self.ui.endMandate, self.ui.removeMandate):
            button.setEnabled(bool(self._drafts) and not self._only_shown)
        self.ui.addMandate.setEnabled(bool(self._plans) and not self._only_shown)

    def _add_mandate(self) -> None:
        if not self._plans or self._only_shown:
            return
        dialog = MandateDialog(self._plans, self._civility, None, self)
        dialog.given.connect(self._take_new)
        dialog.open()

    def _take_new(self, edit: MandateEdit) -> None:
        draft = MandateDraft(new_id(), edit, stored=False)
        self._set_drafts((*self._drafts, draft))
        self.ui.mandates.choose(draft.id)
        self.ui.mandates.setFocus()

    def _change_mandate(self, draft_id: str) -> MandateDialog | None:
        draft = next((d for d in self._drafts if d.id == draft_id), None)
        if draft is None or self._only_shown:
            return None
        dialog = MandateDialog(self._plans, self._civility, draft.edit, self)
        dialog.given.connect(lambda edit: self._take_change(draft_id, edit))
        dialog.open()
        return dialog

    def _take_change(self, draft_id: str, edit: MandateEdit) -> None:
        self._set_drafts(
            [MandateDraft(d.id, edit, d.stored) if d.id == draft_id else d for d in self._drafts]
        )
        self.ui.mandates.setFocus()

    def _end_mandate(self) -> None:
        dialog = self._change_mandate(self.ui.mandates.current_id())
        if dialog is not None:
            dialog.propose_end(date.today())  # noqa: DTZ011 - the user's own calendar

    def _remove_mandate(self, draft_id: str) -> None:
        if not self._only_shown:
            self._set_drafts([d for d in self._drafts if d.id != draft_id])

    # Saving ----------------------------------------------------------------------------

    def _person(self) -> PersonEdit:
        ui = self.ui
        return PersonEdit(self._civility, ui.name.text(), ui.institution.text(), ui.email.text())

    def _save(self) -> None:
        if self._card is None:
            self._add(self._added_last)
            return
        person_id = self._card.person.id
        self.await_answer()
        self._jobs.run(
            change_card,
            person_id=person_id,
            person=self._person(),
            mandates=[(d.id if d.stored else None, d.edit) for d in self._drafts],
            aliases=self.ui.aliases.text().split(";"),
            seen=self._card,
            done=self._added_last,
            failed=self._refused,
        )

    def _save_and_go_on(self) -> None:
        if self.ui.next.isEnabled():
            self._add(self._added_one)

    def _add(self, done: Callable[[SavedCard], None]) -> None:
        self.ui.added.hide()
        try:
            mandate = None if self.ui.fields.empty else self.ui.fields.mandate()
        except InputError as error:
            self.complain(error.sentence)
            return
        self.await_answer()
        self._jobs.run(
            add_card, person=self._person(), mandate=mandate, done=done, failed=self._refused
        )

    def _added_last(self, card: SavedCard) -> None:
        self.answered()
        self.saved.emit(card.person_id)
        self.accept()
        if card.namesake:
            self.told.emit(self._namesake())

    def _added_one(self, card: SavedCard) -> None:
        """Empty the form for the next person; the plan and the dates are likely the same."""
        ui = self.ui
        self.answered()
        self.saved.emit(card.person_id)
        feminine = self._civility is Civility.MADAME
        words = self.tr("{} est enregistrée.") if feminine else self.tr("{} est enregistré.")
        stored = words.format(" ".join(ui.name.text().split()))
        ui.added.setText(f"{stored} {self._namesake()}" if card.namesake else stored)
        ui.added.show()
        self.make_room()
        institution = " ".join(ui.institution.text().split())
        if institution and institution not in self._institutions:
            self._institutions.append(institution)
            self._completer.propose(self._institutions)
        for field in (ui.name, ui.institution, ui.email):
            field.clear()
        ui.fields.begin_again()
        ui.cancel.setText(self.tr("&Fermer"))
        ui.civility.setFocus(Qt.FocusReason.TabFocusReason)

    def _refused(self, error: PanError) -> None:
        ui = self.ui
        about_email = error.sentence == BAD_EMAIL.format(email=ui.email.text().strip())
        self.complain(error.sentence, ui.email if about_email else ui.name)

    def _namesake(self) -> str:
        return self.tr("Une autre personne porte déjà ce nom.")
