"""The end of retention: which details of presence go, seen before anything is removed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout

from pan_desktop.app import retention
from pan_desktop.domain.calendar import plain_date, short_date
from pan_desktop.domain.held_details import HeldDetails
from pan_desktop.domain.typography import counted
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.dialogs.form import take_size
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.resting import Resting
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.moment import DayField
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.retention import Purge
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

SIZE = (104 * GRID, 64 * GRID)


class PurgeDialog(QDialog):
    """The meetings before a day, with what is kept of each beyond its relevé."""

    purged = Signal()
    """Details were removed."""

    def __init__(self, services: Services, before: date, parent: QWidget) -> None:
        """Ask what is kept of the meetings before ``before``."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Détails de présence"))
        take_size(self, *SIZE)
        self._services = services
        self._over = False
        self._done = ""
        self._purge = retention.Purge(before)
        self.before = DayField()
        self.before.set_day(before)
        self.model: RowsModel[HeldDetails] = RowsModel(self._columns(), self)
        self.table = Table()
        self.table.setAccessibleName(self.tr("Réunions concernées"))
        self.table.show_rows(self.model, (96, 0, 96, 96, 96, 96))
        self.said = label("", "strong", wraps=True)
        self.error = label("", "error", wraps=True)
        self.error.hide()
        self._assemble()
        self.before.changed.connect(self._look)
        self.finished.connect(self._end)
        self._look()
        self.table.setFocus()

    def _assemble(self) -> None:
        self.remove = button(self.tr("&Effacer ces détails…"), self._ask)
        close = button(self.tr("&Fermer"), self.accept)
        for made in (self.remove, close):
            made.setAutoDefault(False)
        Resting(self._services.jobs, self).add(self.remove)
        asked = label(self.tr("Réunions d’&avant le"))
        asked.setBuddy(self.before)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Détails de présence à effacer"), "title"))
        hint = self.tr(
            "Heures d’arrivée et de départ, passages dans l’appel, ce qui a été gardé des rapports "
            "de présence, liens de connexion. Le relevé, ses versions, les présences et les "
            "qualités restent, y compris pour une réunion diffusée."
        )
        column.addWidget(label(hint, "hint", wraps=True))
        column.addLayout(row(asked, self.before, None))
        for widget in (self.table, self.said, self.error):
            column.addWidget(widget)
        column.addLayout(row(self.remove, None, close))

    def _columns(self) -> tuple[Column[HeldDetails], ...]:
        def number(count: int) -> str:
            return str(count) if count else "–"

        yes = self.tr("oui")
        return (
            Column(
                self.tr("Date"),
                lambda one: short_date(one.day),
                sort_key=lambda one: one.day,
            ),
            Column(self.tr("Instance"), lambda one: one.body),
            Column(self.tr("Heures"), lambda one: number(one.hours), centred=True),
            Column(self.tr("Passages"), lambda one: number(one.stays), centred=True),
            Column(self.tr("Rapports"), lambda one: number(one.reports), centred=True),
            Column(self.tr("Connexion"), lambda one: yes if one.connection else "–", centred=True),
        )

    def _look(self) -> None:
        day = self.before.day()
        if day is not None:
            self._services.jobs.run(retention.preview, before=day, done=self._show)

    def _show(self, purge: Purge) -> None:
        if self._over:
            return
        self._purge = purge
        self.model.set_rows(purge.meetings)
        self.remove.setEnabled(bool(purge))
        if purge:
            self.table.choose(purge.meetings[0].meeting_id)
            self.said.setText(purge.words)
        else:
            nothing = self.tr("Aucun détail n’est conservé de ces réunions.")
            self.said.setText(self._done or nothing)
        self._done = ""

    def _ask(self) -> None:
        confirm(
            self,
            self.tr("Effacer ces détails pour de bon\u00a0?"),
            self.tr(
                "Ni Ctrl+Z ni personne ne les rétablit, et ce qui précède ne peut plus être "
                "annulé. Les sauvegardes déjà faites les gardent jusqu’à leur remplacement."
            ),
            self.tr("&Effacer"),
            self._remove,
        )

    def _remove(self) -> None:
        self.error.hide()
        self._services.jobs.run(
            retention.purge_rows,
            before=self._purge.before,
            today=date.today(),  # noqa: DTZ011 - the user's own calendar
            done=self._on_removed,
            failed=self._refused,
        )

    def _on_removed(self, done: Purge) -> None:
        self._services.jobs.call(retention.clear_traces, done=self._on_cleared)
        self.purged.emit()
        if not self._over:
            self._done = done.erased
            self._look()

    def _on_cleared(self, remark: str) -> None:
        if remark:
            self._services.notice.complain(remark, lasting=True)

    def _refused(self, error: PanError) -> None:
        if not self._over:
            self.error.setText(error.sentence)
            self.error.show()

    def _end(self) -> None:
        """Take no more answers: the dialog is gone when they come."""
        self._over = True


def tell_when_overdue(services: Services, parent: QWidget) -> None:
    """Say quietly that details are kept longer than the office wants, where that is so."""

    def show(purge: Purge) -> None:
        if not purge or services.notice.sentence:
            return
        words = parent.tr(
            "Des détails de présence sont conservés au-delà de la durée choisie ({meetings} avant "
            "le {day})."
        )
        meetings = counted(len(purge.meetings), parent.tr("réunion"))
        services.notice.tell(
            words.format(meetings=meetings, day=plain_date(purge.before)),
            (parent.tr("Voir"), lambda: PurgeDialog(services, purge.before, parent).open()),
        )

    services.jobs.run(retention.overdue, today=date.today(), done=show)  # noqa: DTZ011
