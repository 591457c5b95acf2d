"""What was promised in all meetings: who owes what by when; closed, reminded of, on a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QStackedWidget, QWidget

from pan_desktop.app import actions
from pan_desktop.app.actions import FollowedList
from pan_desktop.app.calendars import write_calendar
from pan_desktop.app.changes import Kind
from pan_desktop.app.reminders import write_drafts
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.followed import Criteria, Followed, Stage, Standing
from pan_desktop.domain.typography import counted
from pan_desktop.gui.dialogs.action_dialog import CloseDialog, FilterNameDialog
from pan_desktop.gui.dialogs.files import choose_folder, choose_save_path
from pan_desktop.gui.dialogs.reminder_dialog import ReminderDialog
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.table_output import TableOutput
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, choice, label, page_column, row
from pan_desktop.gui.widgets.files_menu import FilesMenu
from pan_desktop.gui.widgets.filter_line import FilterLine
from pan_desktop.gui.widgets.moment import DayField
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.reminders import Drafts
    from pan_desktop.gui.pages.page import Place, Services

WIDTHS = (96, 176, 0, 168, 112, 136, 104)


class ActionsPage(Page):
    """All actions and deadlines of all meetings, narrowed down as one likes."""

    kinds = frozenset(
        {Kind.CONCLUSIONS, Kind.PEOPLE, Kind.MEETINGS, Kind.AGENDA, Kind.PLANS, Kind.SETTINGS}
    )

    def __init__(self, services: Services) -> None:
        """Make the page, to be filled when it is first seen."""
        super().__init__(services)
        self._contents = FollowedList((), (), (), ())
        self._known = False
        self._arriving = False
        self._wanted = ""
        self.model: RowsModel[Followed] = RowsModel(self._columns(), self)
        self.table = Table()
        self.table.setAccessibleName(self.tr("Actions et échéances"))
        self.table.show_rows(self.model, WIDTHS)
        self.table.arrange(services.preferences.of_list("actions"))
        self.filter = FilterLine(
            self.table, self.tr("Filtrer\u00a0: responsable, mots, institution…")
        )
        self._output = TableOutput(services, self.table, self)
        self.stage, self.plan = choice(self.tr("État")), choice(self.tr("Plan"))
        self.saved = choice(self.tr("Filtres enregistrés"))
        self.due = DayField()
        self.count = label("", "hint")
        self.empty = label("", "empty", wraps=True)
        self.detail = label("", wraps=True)
        self._states = QStackedWidget()
        self._assemble()
        self._listen()

    # What the page shows ---------------------------------------------------------------

    @property
    def criteria(self) -> Criteria:
        """Return what the list is narrowed to."""
        return Criteria(
            self.filter.text().strip(),
            Stage(self.stage.currentData()),
            self.plan.currentData() or "",
            self.due.day(),
        )

    def refresh(self) -> None:
        """Ask for all that was promised."""
        self.jobs.run(actions.list_followed, done=self._show)

    def enter(self) -> None:
        """Go to the list."""
        self._arriving = True
        if self._known:
            self._arrive()

    def reveal(self, place: Place) -> None:
        """Show what is late ("overdue"), due by a day ("before 2026-11-27"), or one action."""
        late = place.what == "overdue"
        criteria = Criteria(stage=Stage.OVERDUE if late else Stage.UNDONE)
        if place.what.startswith("before "):
            day = date.fromisoformat(place.what.removeprefix("before "))
            criteria = Criteria(due_before=day)
        elif not late:
            criteria = Criteria(stage=Stage.ALL)
            self._wanted = place.what
        self._take(criteria)

    def _show(self, contents: FollowedList) -> None:
        self._contents = contents
        self._known = True
        self._offer(self.plan, self.tr("Tous les plans"), [(p.label, p.id) for p in contents.plans])
        self.plan.setVisible(len(contents.plans) > 1)
        filters = [(f.name, f.id) for f in contents.filters]
        self._offer(self.saved, self.tr("Filtres enregistrés"), filters)
        self.saved.setVisible(bool(filters))
        self._narrow()
        if self._arriving:
            self._arrive()

    def _offer(self, combo: QComboBox, first: str, choices: list[tuple[str, str]]) -> None:
        chosen = combo.currentData() or ""
        with QSignalBlocker(combo):
            combo.clear()
            combo.addItem(first, "")
            for words, data in choices:
                combo.addItem(words, data)
            combo.setCurrentIndex(max(combo.findData(chosen), 0))

    def _narrow(self) -> None:
        if not self._known:
            return
        today, criteria = _today(), self.criteria
        shown = [one for one in self._contents.followed if criteria.take(one, today)]
        self.model.set_rows(shown)
        if self._wanted:
            self.table.choose(self._wanted)
            self._wanted = ""
        self._states.setCurrentIndex(0 if shown else 1)
        self.empty.setText(self._nothing())
        late = sum(one.standing(today) is Standing.OVERDUE for one in shown)
        words = counted(len(shown), self.tr("point"), self.tr("points"))
        if late:
            words += self.tr(" dont {} en retard").format(late)
        self.count.setText(words if self._contents.followed else "")
        self._show_detail()

    def _nothing(self) -> str:
        if not self._contents.followed:
            return self.tr(
                "Aucune action pour l’instant. Dans une réunion, Ctrl+T fait d’un point une "
                "action\u00a0; elle est suivie ici, réunion après réunion."
            )
        return self.tr("Rien ne correspond à ce filtre. Échap efface les mots saisis.")

    def _show_detail(self) -> None:
        one = self.current
        for made in (self.close_button, self.open_button):
            made.setEnabled(one is not None)
        if one is None:
            self.detail.setText("")
            return
        done = one.follow_up.done_on is not None
        self.close_button.setText(self.tr("&Rouvrir") if done else self.tr("&Clore…"))
        self.detail.setText(f"{one.text}\n{self._story(one)}")

    def _story(self, one: Followed) -> str:
        said = [
            self.tr("Décidé le {day} ({body}, {plan}).").format(
                day=short_date(one.meeting_day), body=one.body, plan=one.plan
            )
        ]
        deadline = one.follow_up.deadline
        if deadline is not None:
            said.append(self.tr("Échéance annoncée\u00a0: {}.").format(deadline.said))
        if one.follow_up.done_on is not None:
            where = self._meeting_of(one)
            words = self.tr("Clos le {day}{where}.")
            said.append(words.format(day=short_date(one.follow_up.done_on), where=where))
        return " ".join(said)

    def _meeting_of(self, one: Followed) -> str:
        wanted = one.follow_up.done_meeting_id
        for line in self._contents.meetings:
            if line.id == wanted:
                return self.tr(", constaté à la réunion du {}").format(short_date(line.day))
        return self.tr(", hors réunion")

    @property
    def current(self) -> Followed | None:
        """Return the line that the keyboard is on."""
        return self.model.row(self.table.currentIndex())

    # Making the page -------------------------------------------------------------------

    def _columns(self) -> tuple[Column[Followed], ...]:
        return (
            Column(
                self.tr("Échéance"),
                lambda one: short_date(one.due) if one.due else "–",
                sort_key=lambda one: one.due,
                tip=lambda one: one.follow_up.deadline.said if one.follow_up.deadline else "",
                colour=_late_colour,
            ),
            Column(self.tr("Responsable"), lambda one: one.owner or "–"),
            Column(self.tr("Action"), lambda one: " ".join(one.text.split())),
            Column(self.tr("Institution"), lambda one: one.institution),
            Column(
                self.tr("Décidée le"),
                lambda one: short_date(one.meeting_day),
                sort_key=lambda one: one.meeting_day,
            ),
            Column(self.tr("Instance"), lambda one: one.body),
            Column(self.tr("État"), self._standing, colour=_late_colour),
        )

    def _standing(self, one: Followed) -> str:
        return {
            Standing.OPEN: self.tr("à réaliser"),
            Standing.OVERDUE: self.tr("en retard"),
            Standing.KEPT: self.tr("tenue"),
            Standing.KEPT_LATE: self.tr("tenue tard"),
        }[one.standing(_today())]

    def _assemble(self) -> None:
        for words, stage in (
            (self.tr("À réaliser"), Stage.UNDONE),
            (self.tr("En retard"), Stage.OVERDUE),
            (self.tr("Closes"), Stage.KEPT),
            (self.tr("Toutes"), Stage.ALL),
        ):
            self.stage.addItem(words, stage.value)
        self.due.setPlaceholderText(self.tr("jj/mm/aaaa"))
        self.due.setMaximumWidth(14 * GRID)
        self.due.setAccessibleName(self.tr("Échéance au plus tard le"))
        self.plan.addItem("", "")
        self.plan.hide()
        self.saved.hide()
        column = page_column(self)
        keep = button(self.tr("&Enregistrer ce filtre…"), self.save_filter)
        self.rest(keep)
        column.addLayout(row(label(self.tr("Suivi"), "title"), None, self.saved, keep))
        column.addWidget(self.count)
        column.addSpacing(GRID)
        column.addLayout(
            row(
                self.filter,
                label("Ctrl+F", "keys"),
                self.stage,
                self.plan,
                QLabel(self.tr("Échéance au plus tard le")),
                self.due,
            )
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.table, self.empty):
            self._states.addWidget(widget)
        column.addWidget(self._states, 1)
        self.detail.setMinimumHeight(5 * GRID)
        column.addWidget(self.detail)
        self.close_button = button(self.tr("&Clore…"), self.close_or_reopen, main=True)
        self.rest(self.close_button)
        self.open_button = button(self.tr("Ouvrir la &réunion"), self.open_meeting)
        column.addLayout(
            row(
                self.close_button,
                label(self.tr("Espace"), "keys"),
                self.open_button,
                label(self.tr("Entrée"), "keys"),
                None,
                FilesMenu(
                    self.tr("&Fichiers"),
                    (
                        (self.tr("&Préparer les rappels…"), self.ask_reminders),
                        (self.tr("&Texte du rappel…"), self.edit_reminder),
                        (self.tr("&Calendrier (.ics)…"), self.ask_calendar),
                        (self.tr("E&xporter le tableau…"), self._export),
                        (self.tr("&Oublier le filtre choisi"), self.forget_filter),
                        (self.tr("&Imprimer…"), self._print),
                    ),
                ),
            )
        )

    def _listen(self) -> None:
        self.filter.narrowed.connect(lambda _text: self._narrow())
        self.due.changed.connect(self._narrow)
        for combo in (self.stage, self.plan):
            combo.currentIndexChanged.connect(lambda _place: self._narrow())
        self.saved.currentIndexChanged.connect(lambda _place: self._take_saved())
        self.table.row_chosen.connect(lambda _id: self._show_detail())
        self.table.opened.connect(lambda _id: self.open_meeting())
        self.table.removal_asked.connect(lambda _id: None)
        page = Qt.ShortcutContext.WidgetWithChildrenShortcut
        here = Qt.ShortcutContext.WidgetShortcut
        for keys, where, context, act in (
            ("Ctrl+F", self, page, self.filter.go),
            ("Space", self.table, here, self.close_or_reopen),
        ):
            shortcut = QShortcut(QKeySequence(keys), where)
            shortcut.setContext(context)
            shortcut.activated.connect(act)

    def _arrive(self) -> None:
        if not self.isVisible():
            return
        self._arriving = False
        (self.table if self.model.rowCount() else self.filter).setFocus()

    # What is done here -----------------------------------------------------------------

    def open_meeting(self) -> None:
        """Open the meeting where the current line was decided."""
        if self.current is not None:
            self.services.open_meeting(self.current.meeting_id)

    def close_or_reopen(self) -> None:
        """Ask in which meeting the current line was done; open it again where it is."""
        one = self.current
        if one is None or self.services.refused():
            return
        if one.follow_up.done_on is not None:
            said = self.tr("L’action est de nouveau ouverte. Ctrl+Z annule.")
            tell = partial(self.services.notice.tell, said)
            self.jobs.run(actions.reopen, point_id=one.id, done=lambda _: tell())
            return
        CloseDialog(self.services, one, self._contents.meetings, _today(), self).open()

    def save_filter(self) -> None:
        """Ask for a name to keep under what the list is narrowed to."""
        place = self.saved.currentIndex()
        name = self.saved.currentText() if place > 0 else ""
        FilterNameDialog(self.services, self.criteria, name, self).open()

    def forget_filter(self) -> None:
        """Forget the saved filter that is chosen."""
        if self.services.refused():
            return
        filter_id, name = self.saved.currentData(), self.saved.currentText()
        if not filter_id:
            words = self.tr("Choisissez d’abord, en haut, le filtre enregistré à oublier.")
            self.services.notice.tell(words)
            return
        said = self.tr("Le filtre «\u00a0{}\u00a0» est oublié. Ctrl+Z le remet.").format(name)
        tell = partial(self.services.notice.tell, said)
        self.jobs.run(actions.remove_filter, filter_id=filter_id, done=lambda _: tell())

    def ask_reminders(self) -> None:
        """Ask where the reminders go, and write one for each owner of what is shown."""
        folder = self.services.preferences.folder
        choose_folder(self, self.tr("Dossier des rappels"), folder, self._remind)

    def edit_reminder(self) -> None:
        """Change what reminders say."""
        if self.services.refused():
            return
        ReminderDialog(self.services, self).open()

    def ask_calendar(self) -> None:
        """Ask where the calendar goes, and write it."""
        path = f"{self.services.preferences.folder}/Calendrier du comité.ics"
        filters = (self.tr("Calendrier (*.ics)"),)
        choose_save_path(self, self.tr("Enregistrer le calendrier"), path, filters, self._calendar)

    def _export(self) -> None:
        self._output.ask_export(self.tr("Suivi des actions"))

    def _print(self) -> None:
        self._output.print_table(self.tr("Suivi des actions"))

    def _remind(self, folder: Path) -> None:
        shown = (self.model.row(number) for number in range(self.model.rowCount()))
        self.jobs.aside(
            write_drafts,
            folder=folder,
            today=_today(),
            author=self.services.preferences.author,
            point_ids=[one.id for one in shown if one is not None],
            done=self._reminded,
        )

    def _reminded(self, drafts: Drafts) -> None:
        words = counted(len(drafts.files), self.tr("brouillon"), self.tr("brouillons"))
        said = self.tr("Rappels préparés\u00a0: {} de courriel. Relisez-les avant de les envoyer.")
        said = said.format(words)
        if drafts.without:
            unknown = ", ".join(drafts.without)
            said += self.tr(" Sans adresse connue\u00a0: {}.").format(unknown)
        self.services.notice.tell(said)

    def _calendar(self, path: Path) -> None:
        def told(number: int) -> None:
            words = counted(number, self.tr("entrée"), self.tr("entrées"))
            said = self.tr("Le calendrier «\u00a0{name}\u00a0» est enregistré ({words}).")
            self.services.notice.tell(said.format(name=path.name, words=words))

        now = datetime.now(UTC)
        self.jobs.aside(write_calendar, file=path, today=_today(), now=now, done=told)

    def _take_saved(self) -> None:
        wanted = self.saved.currentData()
        for kept in self._contents.filters:
            if kept.id == wanted:
                self._take(kept.criteria)

    def _take(self, criteria: Criteria) -> None:
        """Narrow the list to what was kept."""
        fields: tuple[QWidget, ...] = (self.filter, self.stage, self.plan, self.due)
        blockers = [QSignalBlocker(field) for field in fields]
        self.filter.setText(criteria.words)
        self.stage.setCurrentIndex(self.stage.findData(criteria.stage.value))
        self.plan.setCurrentIndex(max(self.plan.findData(criteria.plan_id), 0))
        if criteria.due_before is None:
            self.due.clear()
        else:
            self.due.set_day(criteria.due_before)
        for blocker in blockers:
            blocker.unblock()
        self._narrow()


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's own calendar


def _late_colour(one: Followed) -> QColor | None:
    if one.standing(_today()) is not Standing.OVERDUE:
        return None
    return QGuiApplication.palette().color(QPalette.ColorRole.BrightText)
