"""The people: who speaks for which commitment, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from pan_desktop.app.changes import Kind
from pan_desktop.app.people import (
    PersonEdit,
    add_person,
    check_person_removal,
    list_institutions,
    list_people,
    remove_person,
)
from pan_desktop.app.plans import list_plans
from pan_desktop.app.workbooks import write_roster
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.dialogs.duplicates_dialog import DuplicatesDialog
from pan_desktop.gui.dialogs.person_dialog import Choices, PersonDialog
from pan_desktop.gui.dialogs.person_history import PersonHistory
from pan_desktop.gui.dialogs.workbook_dialog import ask_where, ask_workbook
from pan_desktop.gui.forms.ui_people_page import Ui_PeoplePage
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.people_words import (
    PersonRow,
    civility_words,
    family_name_first,
    matches,
    numbers_of,
    roles_of,
    shown_mandates,
    since,
    until,
)
from pan_desktop.gui.widgets.blocks import button
from pan_desktop.gui.widgets.files_menu import FilesMenu
from pan_desktop.gui.widgets.siblings import Siblings

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.app.people import PersonCard
    from pan_desktop.domain.model import ActionPlan
    from pan_desktop.gui.pages.page import Place, Services


@dataclass(frozen=True, slots=True)
class Contents:
    """What the page shows and proposes."""

    cards: tuple[PersonCard, ...]
    plans: tuple[ActionPlan, ...]
    institutions: tuple[str, ...]


class PeoplePage(Page):
    """Everyone, filtered by a few letters; a card opens on Enter."""

    kinds = frozenset({Kind.PEOPLE, Kind.PLANS})

    def __init__(self, services: Services) -> None:
        """Make the page, to be filled when it is first seen."""
        super().__init__(services)
        self._contents = Contents((), (), ())
        self._known = False
        self._arriving = False
        self.ui = Ui_PeoplePage()
        self.ui.setupUi(self)
        self.ui.states.setVisible(False)
        siblings = (("people", self.tr("Fiches")), ("presences", self.tr("Présences")))
        self.ui.header.insertWidget(1, Siblings(self, siblings, "people"))
        self.ui.header.addWidget(self._files())
        self._more_buttons()
        self._rows = RowsModel(self._columns(), self)
        widths = (80, 0, 0, 152, 176, 112, 112)
        self.ui.people.show_rows(self._rows, widths)
        self.ui.people.arrange(services.preferences.of_list("people"))
        self._listen()

    # What the page shows ---------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for the people, the plans and the institutions."""
        self.jobs.call(_contents, done=self._show)

    def enter(self) -> None:
        """Go to the list, or to the making of the first person."""
        self._arriving = True
        if self._known:
            self._arrive()

    def reveal(self, place: Place) -> None:
        """Show a person's line, whatever the list was narrowed to."""
        self.ui.filter.clear()
        self.ui.plan.setCurrentIndex(0)
        self.ui.people.choose(place.what)

    def _show(self, contents: Contents) -> None:
        self._contents = contents
        self._known = True
        self._offer_plans()
        ui = self.ui
        ui.states.setVisible(True)
        ui.newPerson.setVisible(bool(contents.cards))
        ui.states.setCurrentWidget(ui.listState if contents.cards else ui.emptyState)
        self._filter()
        if self._arriving:
            self._arrive()

    def _offer_plans(self) -> None:
        """Offer the plans where there is a choice."""
        combo, plans = self.ui.plan, self._contents.plans
        chosen = combo.currentData() or ""
        with QSignalBlocker(combo):
            combo.clear()
            combo.addItem(self.tr("Tous les plans"), "")
            for plan in plans:
                combo.addItem(plan.label, plan.id)
            combo.setCurrentIndex(max(combo.findData(chosen), 0))
        for widget in (combo, self.ui.planLabel):
            widget.setVisible(len(plans) > 1)

    def _filter(self) -> None:
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        plan_id = self.ui.plan.currentData() or None
        rows = [
            PersonRow(card, shown_mandates(card.mandates, plan_id, today))
            for card in self._contents.cards
        ]
        typed = self.ui.filter.text()
        shown = [row for row in rows if matches(row, typed) and (plan_id is None or row.mandates)]
        shown.sort(key=lambda row: family_name_first(row.person.name))
        self._rows.set_rows(shown)
        self.ui.people.setVisible(bool(shown))
        self.ui.noMatch.setVisible(not shown)
        self.ui.noMatch.setText(self._nobody(typed.strip()))
        for made in (self.ui.editPerson, self.ui.removePerson):
            made.setEnabled(bool(shown))
        self.ui.count.setText(self._count(len(shown), len(rows)))

    def _nobody(self, typed: str) -> str:
        if typed:
            return self.tr(
                "Personne ne correspond à «\u00a0{}\u00a0». Échap efface le filtre."
            ).format(typed)
        return self.tr("Personne n’a de mandat dans ce plan. Ctrl+N ajoute une personne.")

    def _count(self, shown: int, known: int) -> str:
        words = self.tr("{} personne") if known < 2 else self.tr("{} personnes")
        if shown == known:
            return words.format(known)
        return self.tr("{shown} sur {known}").format(shown=shown, known=words.format(known))

    def _arrive(self) -> None:
        if self.isVisible():
            self._arriving = False
            (self.ui.people if self._contents.cards else self.ui.firstPerson).setFocus()

    # Making the page -------------------------------------------------------------------

    def _columns(self) -> tuple[Column[PersonRow], ...]:
        return (
            Column(self.tr("Civilité"), lambda row: civility_words(row.person.civility)),
            Column(self.tr("Nom"), lambda row: row.person.name),
            Column(self.tr("Institution"), lambda row: row.person.institution),
            Column(self.tr("Qualité"), roles_of),
            Column(self.tr("Engagements"), lambda row: numbers_of(row.mandates)),
            Column(self.tr("Depuis"), lambda row: since(row.mandates)),
            Column(self.tr("Jusqu’au"), lambda row: until(row.mandates)),
        )

    def _files(self) -> FilesMenu:
        services, name = self.services, self.tr("Répertoire")
        write = partial(ask_where, services, self, name, write_roster)
        entries = (
            (self.tr("&Écrire le répertoire…"), write),
            (self.tr("&Reprendre un classeur rempli…"), partial(ask_workbook, services, self)),
        )
        return FilesMenu(self.tr("E&xcel"), entries)

    def _listen(self) -> None:
        ui = self.ui
        ui.filter.textChanged.connect(lambda _text: self._filter())
        ui.filter.returnPressed.connect(self._go_to_list)
        ui.plan.currentIndexChanged.connect(lambda _number: self._filter())
        for made in (ui.newPerson, ui.firstPerson):
            made.clicked.connect(self.new_person)
        ui.people.opened.connect(self.edit_person)
        ui.people.removal_asked.connect(self.remove_person)
        self.follow_history(ui.people, "person")
        self.rest(ui.newPerson, ui.firstPerson, ui.removePerson, self.alike)
        ui.editPerson.clicked.connect(lambda: self.edit_person(ui.people.current_id()))
        ui.removePerson.clicked.connect(lambda: self.remove_person(ui.people.current_id()))
        page = Qt.ShortcutContext.WidgetWithChildrenShortcut
        here = Qt.ShortcutContext.WidgetShortcut
        for keys, where, context, act in (
            ("Ctrl+N", self, page, self.new_person),
            ("Ctrl+F", self, page, self._go_to_filter),
            ("Ctrl+H", self, page, self.show_history),
            ("Down", ui.filter, here, self._go_to_list),
            ("Escape", ui.filter, here, ui.filter.clear),
        ):
            shortcut = QShortcut(QKeySequence(keys), where)
            shortcut.setContext(context)
            shortcut.activated.connect(act)

    def _more_buttons(self) -> None:
        """Add what a card leads to: its history, and cards that may be one person's."""
        buttons, header = self.ui.listButtons, self.ui.header
        place = buttons.indexOf(self.ui.removePerson) + 1
        buttons.insertWidget(place, button(self.tr("&Historique (Ctrl+H)"), self.show_history))
        rights = button(self.tr("&Données conservées…"), self.show_rights)
        buttons.insertWidget(place + 1, rights)
        self.ui.keys.setWordWrap(True)  # in a narrow window the buttons need the room
        self.ui.keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.alike = button(self.tr("Fiches sem&blables…"), self.show_duplicates)
        header.insertWidget(header.indexOf(self.ui.newPerson), self.alike)

    def show_history(self) -> None:
        """Show the meetings and the promises of the current person."""
        person_id = self.ui.people.current_id()
        if person_id:
            PersonHistory(self.services, person_id, self).open()

    def show_rights(self) -> None:
        """Show all that is held about the current person."""
        from pan_desktop.gui.dialogs.rights_dialog import RightsDialog  # rarely asked for

        person_id = self.ui.people.current_id()
        if person_id:
            RightsDialog(self.services, person_id, self).open()

    def show_duplicates(self) -> None:
        """Show the cards that may be one person's."""
        DuplicatesDialog(self.services, self).open()

    def _go_to_filter(self) -> None:
        self.ui.filter.setFocus()
        self.ui.filter.selectAll()

    def _go_to_list(self) -> None:
        if self._rows.rowCount():
            self.ui.people.setFocus()

    # What is done here -----------------------------------------------------------------

    def new_person(self) -> None:
        """Ask for new people, one after the other."""
        if self._known and not self.services.refused():
            self._open(None)

    def edit_person(self, person_id: str) -> None:
        """Open the card of a person."""
        card = self._card(person_id)
        if card is not None:
            self._open(card)

    def remove_person(self, person_id: str) -> None:
        """Remove a person, confirmed where more than a name is lost."""
        card = self._card(person_id)
        if card is None or self.services.refused():
            return
        person = card.person
        if not card.mandates and not person.institution and not person.email:
            self.jobs.run(
                remove_person, person_id=person_id, done=lambda _: self._offer_return(card)
            )
            return
        ask = partial(
            confirm,
            self,
            self.tr("Supprimer la fiche de {}\u00a0?").format(person.name),
            self.tr("Ses coordonnées et ses mandats disparaissent."),
            self.tr("&Supprimer la fiche"),
            partial(self.jobs.run, remove_person, person_id=person_id),
        )
        self.jobs.run(check_person_removal, person_id=person_id, done=lambda _: ask())

    def _offer_return(self, card: PersonCard) -> None:
        person = card.person
        edit = PersonEdit(person.civility, person.name)

        def put_back() -> None:
            self.services.notice.hide()
            self.jobs.run(add_person, person=edit)

        self.services.notice.tell(
            self.tr("La fiche de {} est supprimée.").format(person.name),
            (self.tr("&Rétablir"), put_back),
        )

    def _card(self, person_id: str) -> PersonCard | None:
        return next((c for c in self._contents.cards if c.person.id == person_id), None)

    def _open(self, card: PersonCard | None) -> None:
        contents = self._contents
        plan_id = self.ui.plan.currentData() or ""
        choices = Choices(contents.plans, contents.institutions, plan_id)
        dialog = PersonDialog(self.jobs, choices, card, self)
        dialog.saved.connect(self._person_saved)
        dialog.told.connect(self.services.notice.tell)
        if self.jobs.refusal:
            dialog.show_only(self.jobs.refusal)
        dialog.open()

    def _person_saved(self, person_id: str) -> None:
        self.ui.people.choose(person_id)
        self._arriving = True


def _contents(office: Office) -> Contents:
    return Contents(
        office.run(list_people).result,
        office.run(list_plans).result,
        office.run(list_institutions).result,
    )
