"""Cards whose names are so alike that they may be one person's, and making them one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from pan_desktop.app.changes import Kind
from pan_desktop.app.merging import Alike, merge, near_duplicates
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.progress_words import percent_words
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.changes import Changes
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import Person
    from pan_desktop.gui.pages.page import Services

SIZE = (104 * GRID, 56 * GRID)


class DuplicatesDialog(QDialog):
    """Pairs of cards, the likest first. One is kept with everything that hung on the other."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """Ask the store for the pairs."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Fiches semblables"))
        self.resize(*SIZE)
        self._services = services
        self._over = False
        self.model: RowsModel[Alike] = RowsModel(
            (
                Column(self.tr("Première fiche"), lambda a: _called(a.first)),
                Column(self.tr("Seconde fiche"), lambda a: _called(a.second)),
                Column(self.tr("Ressemblance"), lambda a: percent_words(a.likeness), centred=True),
            ),
            self,
        )
        self.table = Table()
        self.table.setAccessibleName(self.tr("Fiches semblables"))
        self.table.show_rows(self.model, (0, 0, 112))
        self.table.arrange(services.preferences.of_list("duplicates"))
        self.hint, self.error = label("", "hint", wraps=True), label("", "error", wraps=True)
        self.first = button(self.tr("Garder la &première"), partial(self._ask, first=True))
        self.second = button(self.tr("Garder la &seconde"), partial(self._ask, first=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Fiches semblables"), "title"))
        for widget in (self.hint, self.table, self.error):
            column.addWidget(widget)
        close = button(self.tr("&Fermer"), self.accept)
        for made in (self.first, self.second, close):
            made.setAutoDefault(False)
        column.addLayout(row(self.first, self.second, None, close))
        self.error.hide()
        services.jobs.changed.connect(self._on_changes)
        self.finished.connect(self._end)
        self._refresh()

    def _refresh(self) -> None:
        self._services.jobs.run(near_duplicates, done=self._show)

    def _show(self, found: tuple[Alike, ...]) -> None:
        if self._over:
            return
        self.model.set_rows(found)
        for made in (self.first, self.second):
            made.setEnabled(bool(found))
        self.hint.setText(
            self.tr(
                "La fiche gardée reçoit les mandats, les présences et les actions de l’autre, et "
                "son nom comme autre nom. Deux personnes présentes à une même réunion ne sont pas "
                "proposées."
            )
            if found
            else self.tr("Aucune fiche ne ressemble assez à une autre.")
        )
        if found and not self.table.current_id():
            self.table.choose(found[0].id)
        self.table.setFocus()

    def _ask(self, *, first: bool) -> None:
        alike = self.model.row(self.table.currentIndex())
        if alike is None:
            return
        kept, other = (alike.first, alike.second) if first else (alike.second, alike.first)
        confirm(
            self,
            self.tr("Garder {kept} et y réunir {other}\u00a0?").format(
                kept=kept.name, other=other.name
            ),
            self.tr("Les deux fiches n’en font plus qu’une. Ctrl+Z annule."),
            self.tr("&Réunir les fiches"),
            partial(self._merge, kept.id, other.id),
        )

    def _merge(self, kept_id: str, other_id: str) -> None:
        self.error.hide()
        self._services.jobs.run(merge, kept_id=kept_id, other_id=other_id, failed=self._refused)

    def _refused(self, error: PanError) -> None:
        self.error.setText(error.sentence)
        self.error.show()

    def _on_changes(self, changes: Changes) -> None:
        if not self._over and changes.touch(Kind.PEOPLE):
            self._refresh()

    def _end(self) -> None:
        """Take no more answers: the dialog is gone when they come."""
        self._over = True


def _called(person: Person) -> str:
    return f"{person.name} ({person.institution})" if person.institution else person.name
