"""What an earlier session could not save: read it, take it up, or put it aside."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.typography import counted
from pan_desktop.gui.dialogs.form import take_size
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.safety import LeftOver
    from pan_desktop.gui.saving import Saving

SIZE = (88 * GRID, 56 * GRID)


class _Line(NamedTuple):
    id: str
    at: datetime
    words: str


class LeftOverDialog(QDialog):
    """The changes in words, the newest last. Escape decides nothing: they are offered again."""

    def __init__(self, left: LeftOver, saving: Saving, parent: QWidget) -> None:
        """Show what ``left`` holds; ``saving`` does what is chosen."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Changements non enregistrés"))
        take_size(self, *SIZE)
        self._left, self._saving = left, saving
        self.lines: RowsModel[_Line] = RowsModel(self._columns(), self)
        self.table = Table()
        self.table.setAccessibleName(self.tr("Changements non enregistrés"))
        self.table.show_rows(self.lines, (96, 96, 0))
        rows = [_Line(str(n), at, words) for n, (at, words) in enumerate(left.lines)]
        self.lines.set_rows(rows)
        self._assemble()
        if rows:
            self.table.choose(rows[0].id)
        self.table.setFocus()

    def _assemble(self) -> None:
        said = self.tr(
            "Ces changements n’avaient pas pu être écrits dans la base. Repris, ils y entrent "
            "maintenant\u202f; là où quelqu’un a écrit autre chose entre-temps, les deux textes "
            "sont gardés. Mis de côté, ils restent sur cet ordinateur sans être proposés de "
            "nouveau."
        )
        resume = button(self.tr("&Reprendre"), self._resume, main=True)
        aside = button(self.tr("&Mettre de côté"), self._put_aside)
        later = button(self.tr("&Plus tard"), self.reject)
        for each in (aside, later):
            each.setAutoDefault(False)
        resume.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        number = counted(self._left.number, self.tr("changement"))
        column.addWidget(label(self.tr("{} à reprendre").format(number), "title"))
        column.addWidget(label(said, "hint", wraps=True))
        column.addWidget(self.table, 1)
        column.addLayout(row(None, later, aside, resume))

    def _columns(self) -> tuple[Column[_Line], ...]:
        return (
            Column(self.tr("Date"), lambda one: short_date(one.at.astimezone().date())),
            Column(self.tr("Heure"), lambda one: f"{one.at.astimezone():%H:%M:%S}"),
            Column(self.tr("Changement"), lambda one: one.words),
        )

    def _resume(self) -> None:
        self.accept()
        self._saving.resume(self._left)

    def _put_aside(self) -> None:
        self.accept()
        self._saving.put_aside(self._left)
