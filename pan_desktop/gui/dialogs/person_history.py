"""A person across the meetings: when she came, was replaced or missed, and what she owes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QDialog, QVBoxLayout

from pan_desktop.app.person_history import Attended, PersonStory, person_story
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.followed import Followed, Standing
from pan_desktop.domain.presences import Cell, share_of
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.people_words import civility_words, numbers_of
from pan_desktop.gui.progress_words import percent_words
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.gui.pages.page import Services

SIZE = (104 * GRID, 76 * GRID)


class PersonHistory(QDialog):
    """Meetings and promises of one person. Enter opens the meeting."""

    def __init__(self, services: Services, person_id: str, parent: QWidget) -> None:
        """Ask the store for all about the person."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Historique"))
        self.resize(*SIZE)
        self._services = services
        self._over = False
        self.title, self.subtitle = label("", "title"), label("", "hint", wraps=True)
        self.attended: RowsModel[Attended] = RowsModel(self._meeting_columns(), self)
        self.owes: RowsModel[Followed] = RowsModel(self._owed_columns(), self)
        self.meetings, self.owed = Table(), Table()
        self._assemble()
        self.finished.connect(self._end)
        today = _today()
        services.jobs.run(person_story, person_id=person_id, today=today, done=self._show)

    def _assemble(self) -> None:
        self.meetings.setAccessibleName(self.tr("Réunions"))
        self.owed.setAccessibleName(self.tr("Ce dont la personne a la charge"))
        self.meetings.show_rows(self.attended, (96, 0, 112, 112, 0))
        self.owed.show_rows(self.owes, (96, 0, 112, 104))
        for table, name in ((self.meetings, "attended"), (self.owed, "owed")):
            table.arrange(self._services.preferences.of_list(name))
        self.meetings.opened.connect(self._open)
        self.owed.opened.connect(self._open_owed)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (self.title, self.subtitle):
            column.addWidget(widget)
        column.addWidget(label(self.tr("Réunions"), "section"))
        column.addWidget(self.meetings, 3)
        column.addWidget(label(self.tr("Actions et échéances"), "section"))
        column.addWidget(self.owed, 2)
        close = button(self.tr("&Fermer"), self.accept)
        close.setAutoDefault(False)
        keys = label(self.tr("Entrée ouvre la réunion · Échap ferme"), "keys")
        column.addLayout(row(keys, None, close))

    def _show(self, story: PersonStory) -> None:
        if self._over:
            return
        person = story.person
        self.title.setText(f"{civility_words(person.civility)} {person.name}")
        share = share_of(one.cell for one in story.attended).percent
        said = [person.institution, numbers_of(story.mandates)]
        if share is not None:
            said.append(self.tr("présence\u00a0: {}").format(percent_words(share)))
        if person.aliases:
            others = ", ".join(person.aliases)
            said.append(self.tr("autres noms\u00a0: {}").format(others))
        self.subtitle.setText(" · ".join(words for words in said if words))
        self.attended.set_rows(story.attended)
        self.owes.set_rows(story.owes)
        if story.attended:
            self.meetings.choose(story.attended[0].id)
        self.meetings.setFocus()

    def _meeting_columns(self) -> tuple[Column[Attended], ...]:
        return (
            Column(
                self.tr("Date"),
                lambda one: short_date(one.meeting.day),
                sort_key=lambda one: one.meeting.day,
            ),
            Column(self.tr("Instance"), lambda one: one.meeting.body),
            Column(self.tr("Plan"), lambda one: one.plan),
            Column(self.tr("Présence"), self._presence, colour=_absent_colour),
            Column(self.tr("Remplacé par"), lambda one: one.by),
        )

    def _owed_columns(self) -> tuple[Column[Followed], ...]:
        return (
            Column(
                self.tr("Échéance"),
                lambda one: short_date(one.due) if one.due else "–",
                sort_key=lambda one: one.due,
            ),
            Column(self.tr("Action"), lambda one: " ".join(one.text.split())),
            Column(self.tr("Décidée le"), lambda one: short_date(one.meeting_day)),
            Column(self.tr("État"), self._standing),
        )

    def _presence(self, one: Attended) -> str:
        return {
            Cell.PRESENT: self.tr("présent"),
            Cell.REPRESENTED: self.tr("représenté"),
            Cell.EXCUSED: self.tr("excusé"),
            Cell.ABSENT: self.tr("absent"),
            Cell.GUEST: self.tr("invité"),
            Cell.NOT_EXPECTED: "",
        }[one.cell]

    def _standing(self, one: Followed) -> str:
        return {
            Standing.OPEN: self.tr("à réaliser"),
            Standing.OVERDUE: self.tr("en retard"),
            Standing.KEPT: self.tr("tenue"),
            Standing.KEPT_LATE: self.tr("tenue tard"),
        }[one.standing(_today())]

    def _open(self, meeting_id: str) -> None:
        self.accept()
        self._services.open_meeting(meeting_id)

    def _open_owed(self, point_id: str) -> None:
        one = self.owes.row(self.owes.number_of(point_id))
        if one is not None:
            self._open(one.meeting_id)

    def _end(self) -> None:
        """Take no more answers: the dialog is gone when they come."""
        self._over = True


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's own calendar


def _absent_colour(one: Attended) -> QColor | None:
    if one.cell is not Cell.ABSENT:
        return None
    return QGuiApplication.palette().color(QPalette.ColorRole.BrightText)
