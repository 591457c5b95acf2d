"""All about one commitment: how it went and who said so, its activities, what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QTabWidget, QVBoxLayout, QWidget

from pan_desktop.app import amendments
from pan_desktop.app.activities import add_activity, remove_activity
from pan_desktop.app.changes import Kind
from pan_desktop.app.progress import set_completion, unstate_progress
from pan_desktop.app.trajectories import PlanProgress, plan_progress
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.model import Activity, Amendment, AmendmentKind
from pan_desktop.domain.progress import CompletionLevel, suggested_level
from pan_desktop.gui.dialogs.activity_dialog import ActivityDialog
from pan_desktop.gui.dialogs.amendment_dialog import AmendmentDialog
from pan_desktop.gui.dialogs.statement_dialog import StatementDialog
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.progress_words import (
    amendment_words,
    change_words,
    level_words,
    percent_words,
    situation_words,
    speakers,
    state_words,
    weight_words,
)
from pan_desktop.gui.resting import Resting
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from pan_desktop.app.changes import Changes
    from pan_desktop.domain.trajectory import Said, Trajectory
    from pan_desktop.gui.pages.page import Services

SIZE = (120 * GRID, 80 * GRID)
_KINDS = (Kind.PLANS, Kind.PROGRESS, Kind.ACTIVITIES, Kind.MEETINGS, Kind.ATTENDANCE)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A rate said once, with how much it moved."""

    said: Said
    change: int | None
    number: int

    @property
    def id(self) -> str:
        """Return what tells the line from others."""
        return f"{self.number} {self.said.meeting_id}"


class CommitmentCard(QDialog):
    """The history of a commitment, the latest first; its activities; its amendments."""

    def __init__(
        self, services: Services, plan_id: str, commitment_id: str, parent: QWidget
    ) -> None:
        """Ask the store for all about the commitment."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Engagement"))
        self.resize(*SIZE)
        self._services = services
        self._plan_id, self._commitment_id = plan_id, commitment_id
        self._over = False
        self.progress: PlanProgress | None = None
        self.one: Trajectory | None = None
        self.title, self.subtitle = label("", "title", wraps=True), label("", "hint", wraps=True)
        self.moved, self.suggestion = label("", "strong", wraps=True), label("", "hint")
        self.level = QComboBox()
        self.history: RowsModel[HistoryLine] = RowsModel(self._history_columns(), self)
        self.activities: RowsModel[Activity] = RowsModel(self._activity_columns(), self)
        self.amendments: RowsModel[Amendment] = RowsModel(self._amendment_columns(), self)
        self.tabs = QTabWidget()
        self._assemble()
        services.jobs.changed.connect(self._on_changes)
        self.finished.connect(self._end)
        self._refresh()
        self.history_table.setFocus()

    # What is shown ---------------------------------------------------------------------

    def _refresh(self) -> None:
        self._services.jobs.run(plan_progress, plan_id=self._plan_id, done=self._show)

    def _show(self, progress: PlanProgress) -> None:
        one = progress.of(self._commitment_id)
        if self._over or one is None:
            return
        self.progress, self.one = progress, one
        held = one.commitment
        words = self.tr("Engagement {number} – {title}")
        self.title.setText(words.format(number=held.number, title=held.title or "…"))
        axes = {axis.id: axis for axis in progress.plan.axes}
        axis = axes.get(held.axis_id or "")
        said = [self.tr("Plan {}").format(progress.plan.label)]
        if axis is not None:
            said.append(
                self.tr("axe {number}, {title}").format(number=axis.number, title=axis.title)
            )
        if held.institution:
            said.append(held.institution)
        self.subtitle.setText(" · ".join(said))
        self.moved.setText(self._moved_words(one))
        lines = [
            HistoryLine(said_, said_.percent - before.percent if before else None, number)
            for number, (said_, before) in enumerate(
                zip(one.said, (None, *one.said[:-1]), strict=True)
            )
        ]
        self.history.set_rows(lines[::-1])
        self.activities.set_rows(held.activities)
        self.amendments.set_rows(held.amendments)
        self._show_level(one)
        for made in (self.amend_button, self.split_button, self.withdraw_button):
            made.setEnabled(held.ended is None)

    def _moved_words(self, one: Trajectory) -> str:
        moved = one.last_moved
        if moved is None:
            if one.from_activities is not None:
                words = self.tr("Selon ses activités\u00a0: {}.")
                return words.format(percent_words(one.from_activities))
            return self.tr("Personne n’a encore rien communiqué.")
        said = self.tr("{percent} depuis le {day}, selon {by}.").format(
            percent=percent_words(moved.percent), day=short_date(moved.day), by=speakers(moved)
        )
        if one.from_activities is not None:
            words = self.tr(" Ses activités donnent {}.")
            said += words.format(percent_words(one.from_activities))
        return said

    def _show_level(self, one: Trajectory) -> None:
        with QSignalBlocker(self.level):
            level = one.commitment.completion
            self.level.setCurrentIndex(self.level.findData(level.value if level else ""))
        words = self.tr("Le taux suggère «\u00a0{}\u00a0».")
        self.suggestion.setText(words.format(level_words(suggested_level(one.percent))))

    # Making the card -------------------------------------------------------------------

    def _assemble(self) -> None:
        self.level.addItem(self.tr("Non choisi"), "")
        for level in CompletionLevel:
            self.level.addItem(level_words(level), level.value)
        self.level.setAccessibleName(self.tr("Niveau d’achèvement OGP"))
        self.level.currentIndexChanged.connect(lambda _place: self._choose_level())
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (self.title, self.subtitle, self.moved):
            column.addWidget(widget)
        caption = QLabel(self.tr("&Niveau d’achèvement OGP"))
        caption.setBuddy(self.level)
        column.addLayout(row(caption, self.level, self.suggestion, None))
        self.tabs.addTab(self._history_tab(), self.tr("&Historique"))
        self.tabs.addTab(self._activities_tab(), self.tr("&Activités"))
        self.tabs.addTab(self._amendments_tab(), self.tr("&Vie de l’engagement"))
        column.addWidget(self.tabs, 1)
        close = button(self.tr("&Fermer"), self.accept)
        keys = label(self.tr("Ctrl+1, 2, 3 changent d’onglet · Échap ferme"), "keys")
        journal = button(self.tr("&Journal…"), self._show_journal)
        column.addLayout(row(keys, None, journal, close))
        for number in range(3):
            keys_ = QKeySequence(f"Ctrl+{number + 1}")
            QShortcut(keys_, self).activated.connect(lambda n=number: self._go_to_tab(n))
        for made in self.findChildren(type(close)):
            made.setAutoDefault(False)
        self._rest()

    def _rest(self) -> None:
        """Let what writes be used only while something may be written here."""
        resting = Resting(self._services.jobs, self)
        resting.add(self.level, self.note_button, self.add_button)
        resting.add(self.amend_button, self.split_button, self.withdraw_button)

    def _history_columns(self) -> tuple[Column[HistoryLine], ...]:
        return (
            Column(
                self.tr("Date"),
                lambda line: short_date(line.said.day),
                sort_key=lambda line: line.said.day,
            ),
            Column(self.tr("Taux"), lambda line: percent_words(line.said.percent), centred=True),
            Column(self.tr("Variation"), lambda line: change_words(line.change), centred=True),
            Column(self.tr("Situation"), lambda line: situation_words(line.said)),
            Column(self.tr("Selon"), lambda line: speakers(line.said)),
            Column(
                self.tr("Détails"),
                lambda line: " ".join((line.said.details or line.said.reason).split()),
                tip=lambda line: line.said.details or line.said.reason,
            ),
        )

    def _activity_columns(self) -> tuple[Column[Activity], ...]:
        return (
            Column(self.tr("N°"), lambda a: str(a.number), centred=True),
            Column(self.tr("Activité"), lambda a: a.title),
            Column(self.tr("État"), lambda a: state_words(a.state)),
            Column(self.tr("Taux"), self._rate_of, centred=True),
            Column(self.tr("Poids"), lambda a: weight_words(a.weight), centred=True),
            Column(self.tr("Début"), lambda a: short_date(a.starts) if a.starts else "–"),
            Column(self.tr("Fin"), lambda a: short_date(a.ends) if a.ends else "–"),
            Column(
                self.tr("Justificatifs"),
                lambda a: str(len(a.evidence) or ""),
                centred=True,
                tip=lambda a: "\n".join(place.address for place in a.evidence),
            ),
        )

    def _rate_of(self, activity: Activity) -> str:
        """Return an activity's rate as noted last, at a meeting or beside it."""
        told = self.progress.activity_rates.get(activity.id) if self.progress else None
        if told is not None and (activity.noted_on is None or told[0] >= activity.noted_on):
            return percent_words(told[1])
        return percent_words(activity.percent)

    def _amendment_columns(self) -> tuple[Column[Amendment], ...]:
        return (
            Column(self.tr("Depuis le"), lambda a: short_date(a.day), sort_key=lambda a: a.day),
            Column(self.tr("Devenu"), lambda a: amendment_words(a.kind)),
            Column(self.tr("Motif"), lambda a: a.reason),
            Column(self.tr("Intitulé d’avant"), lambda a: a.former_title),
        )

    def _history_tab(self) -> QWidget:
        self.history_table = Table()
        self.history_table.setAccessibleName(self.tr("Historique"))
        self.history_table.show_rows(self.history, (96, 72, 80, 136, 184, 0))
        self.history_table.arrange(self._services.preferences.of_list("history"))
        self.history_table.opened.connect(self._open_meeting)
        self.history_table.removal_asked.connect(self._unstate)
        self.note_button = button(self.tr("Noter un &taux hors réunion…"), self._state)
        return _tab(
            self.history_table,
            self.note_button,
            None,
            label(self.tr("Entrée ouvre la réunion · Suppr retire un taux hors réunion"), "keys"),
        )

    def _activities_tab(self) -> QWidget:
        self.activities_table = Table()
        self.activities_table.setAccessibleName(self.tr("Activités"))
        self.activities_table.show_rows(self.activities, (44, 0, 112, 72, 64, 96, 96, 96))
        self.activities_table.arrange(self._services.preferences.of_list("activities"))
        self.activities_table.opened.connect(self._edit_activity)
        self.activities_table.removal_asked.connect(self._remove_activity)
        self.add_button = button(self.tr("Ajouter une act&ivité"), self._add_activity)
        return _tab(
            self.activities_table,
            self.add_button,
            None,
            label(self.tr("Entrée modifie · Suppr supprime"), "keys"),
        )

    def _amendments_tab(self) -> QWidget:
        table = Table()
        table.setAccessibleName(self.tr("Vie de l’engagement"))
        table.show_rows(self.amendments, (104, 104, 0, 0))
        table.arrange(self._services.preferences.of_list("amendments"))
        table.removal_asked.connect(self._take_back)
        self.amendments_table = table
        self.amend_button = button(self.tr("&Reformuler…"), self._amend)
        self.split_button = button(self.tr("&Scinder…"), self._split)
        self.withdraw_button = button(self.tr("Re&tirer du plan…"), self._withdraw)
        return _tab(
            table,
            self.amend_button,
            self.split_button,
            self.withdraw_button,
            None,
            label(self.tr("Suppr annule la modification choisie"), "keys"),
        )

    def _go_to_tab(self, number: int) -> None:
        self.tabs.setCurrentIndex(number)
        tables = (self.history_table, self.activities_table, self.amendments_table)
        tables[number].setFocus()

    def _end(self) -> None:
        """Take no more answers: the card is gone when they come."""
        self._over = True

    def _on_changes(self, changes: Changes) -> None:
        if not self._over and changes.touch(*_KINDS):
            self._refresh()

    # What is done here -----------------------------------------------------------------

    def _choose_level(self) -> None:
        wanted = self.level.currentData()
        level = CompletionLevel(wanted) if wanted else None
        seen = None
        if self.one is not None:  # known from now on: the store answers later
            seen = self.one.commitment
            self.one = replace(self.one, commitment=replace(seen, completion=level))
        self._services.jobs.run(
            set_completion, commitment_id=self._commitment_id, level=level, seen=seen
        )

    def _open_meeting(self, line_id: str) -> None:
        line = self.history.row(self.history.number_of(line_id))
        if line is not None and line.said.meeting_id:
            self.accept()
            self._services.open_meeting(line.said.meeting_id)

    def _state(self) -> None:
        StatementDialog(self._services, self._commitment_id, self).open()

    def _unstate(self, line_id: str) -> None:
        line = self.history.row(self.history.number_of(line_id))
        if line is not None and line.said.statement_id and not self._services.refused():
            self._services.jobs.run(unstate_progress, statement_id=line.said.statement_id)

    def _add_activity(self) -> None:
        title = self.tr("Nouvelle activité")
        self._services.jobs.run(
            add_activity, commitment_id=self._commitment_id, title=title, done=self._added
        )

    def _added(self, activity_id: str) -> None:
        if not self._over:
            self.activities_table.choose(activity_id)
            self.activities_table.setFocus()

    def _edit_activity(self, activity_id: str) -> None:
        activity = self.activities.row(self.activities.number_of(activity_id))
        if activity is not None and not self._services.refused():
            ActivityDialog(self._services, activity, self).open()

    def _remove_activity(self, activity_id: str) -> None:
        if self._services.refused():
            return
        self._services.jobs.run(remove_activity, activity_id=activity_id)

    def _show_journal(self) -> None:
        from pan_desktop.gui.dialogs.journal_dialog import JournalDialog  # rarely asked for

        JournalDialog(self._services, self.title.text(), self, self._commitment_id).open()

    def _amend(self) -> None:
        self._ask(AmendmentKind.AMENDED)

    def _split(self) -> None:
        self._ask(AmendmentKind.SPLIT)

    def _withdraw(self) -> None:
        self._ask(AmendmentKind.WITHDRAWN)

    def _ask(self, kind: AmendmentKind) -> None:
        if self.one is None or self.progress is None:
            return
        numbers = [c.number for c in self.progress.plan.commitments]
        AmendmentDialog(self._services, kind, self.one.commitment, max(numbers) + 1, self).open()

    def _take_back(self, amendment_id: str) -> None:
        if self._services.refused():
            return
        self._services.jobs.run(
            amendments.take_back, commitment_id=self._commitment_id, amendment_id=amendment_id
        )


def _tab(table: Table, *foot: QWidget | None) -> QWidget:
    tab = QWidget()
    column = QVBoxLayout(tab)
    column.setContentsMargins(0, GRID, 0, 0)
    column.setSpacing(GRID)
    column.addWidget(table, 1)
    column.addLayout(row(*foot))
    return tab
