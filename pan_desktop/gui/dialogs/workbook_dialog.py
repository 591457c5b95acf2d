"""Shows what a workbook that was filled in would change, cell by cell, before anything is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from pan_desktop.app import workbooks
from pan_desktop.app.workbooks import CellChange, Preview
from pan_desktop.domain.typography import counted, glue
from pan_desktop.gui.dialogs.files import choose_open_path, choose_save_path
from pan_desktop.gui.leaving import copied_first
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.filter_line import FilterLine
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

SIZE = (128 * GRID, 80 * GRID)


class Wrong:
    """Something wrong with a workbook, as a row of the list."""

    def __init__(self, number: int, problem: Any) -> None:  # noqa: ANN401 - of documents
        """Show ``problem``, the ``number``-th."""
        self.id = str(number)
        self.sheet: str = problem.sheet
        self.cell: str = problem.cell
        self.sentence: str = problem.sentence


class WorkbookDialog(QDialog):
    """All that would change, or all that is wrong; nothing is written before it is accepted."""

    def __init__(self, services: Services, preview: Preview, parent: QWidget) -> None:
        """Show ``preview``."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Reprendre un classeur"))
        self.resize(*SIZE)
        self._services = services
        self._preview = preview
        self.table = Table()
        self.table.setAccessibleName(self.tr("Ce qui changerait"))
        if preview.clean:
            changes: RowsModel[CellChange] = RowsModel(self._change_columns(), self)
            changes.set_rows(preview.changes)
            self.table.show_rows(changes, (112, 64, 0, 136, 0, 0))
            self.model: RowsModel[Any] = changes
        else:
            self.model = RowsModel(self._problem_columns(), self)
            self.model.set_rows([Wrong(n, p) for n, p in enumerate(preview.problems)])
            self.table.show_rows(self.model, (128, 88, 0))
        kind = "changes" if preview.clean else "problems"
        self.table.arrange(services.preferences.of_list(kind))
        self.error = label("", "error", wraps=True)
        self.accept_button = button(self.tr("&Tout enregistrer"), self._accept, main=True)
        self.cancel = button(self.tr("&Annuler"), self.reject)
        self._assemble()

    def _assemble(self) -> None:
        preview = self._preview
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        title = self.tr("{title} – «\u00a0{name}\u00a0»")
        column.addWidget(label(title.format(title=preview.title, name=preview.name), "title"))
        column.addWidget(label(self._summary(), wraps=True))
        line = FilterLine(self.table, self.tr("Filtrer\u00a0: feuille, mots…"))
        line.narrowed.connect(self.model.narrow)
        if self.model.rows():
            column.addWidget(line)
        column.addWidget(self.table, 1)
        self.error.hide()
        column.addWidget(self.error)
        keys = label(self.tr("Ctrl+Maj+C copie la liste · Échap ferme"), "keys")
        column.addLayout(row(keys, None, self.cancel, self.accept_button))
        for made in (self.cancel, self.accept_button):
            made.setAutoDefault(True)
        self.accept_button.setEnabled(preview.clean and bool(preview.changes))
        if self.accept_button.isEnabled():
            self.accept_button.setFocus()
        else:
            self.table.setFocus()

    def _summary(self) -> str:
        preview = self._preview
        if not preview.clean:
            words = counted(len(preview.problems), self.tr("erreur"), self.tr("erreurs"))
            return self.tr(
                "{}\u00a0: rien ne peut être enregistré. Corrigez le classeur dans Excel, "
                "enregistrez-le, puis reprenez-le."
            ).format(words)
        if not preview.changes:
            return self.tr("Le classeur dit ce que la base dit déjà\u00a0: rien ne changerait.")
        parts = [
            (preview.new_rows, self.tr("ligne nouvelle"), self.tr("lignes nouvelles")),
            (preview.changed_rows, self.tr("ligne modifiée"), self.tr("lignes modifiées")),
            (preview.same_rows, self.tr("ligne inchangée"), self.tr("lignes inchangées")),
        ]
        said = ", ".join(counted(*part) for part in parts if part[0])
        return self.tr("{}. Rien n’est enregistré avant votre accord.").format(said)

    def _change_columns(self) -> tuple[Column[CellChange], ...]:
        return (
            Column(self.tr("Feuille"), lambda c: c.sheet),
            Column(self.tr("Cellule"), lambda c: c.cell, centred=True),
            Column(self.tr("Ligne"), lambda c: c.what),
            Column(self.tr("Colonne"), lambda c: c.column),
            Column(self.tr("Avant"), lambda c: " ".join(c.before.split()) or "–"),
            Column(self.tr("Après"), lambda c: " ".join(c.after.split()) or "–"),
        )

    def _problem_columns(self) -> tuple[Column[Wrong], ...]:
        return (
            Column(self.tr("Feuille"), lambda w: w.sheet),
            Column(self.tr("Cellule"), lambda w: w.cell, centred=True),
            Column(self.tr("Ce qui ne va pas"), lambda w: w.sentence),
        )

    def _accept(self) -> None:
        self.accept_button.setEnabled(False)
        copied_first(self._services, self, self._take, self._not_copied)

    def _take(self) -> None:
        self._services.jobs.call(
            workbooks.accept, seen=self._preview, done=self._accepted, failed=self._refused
        )

    def _accepted(self, done: Preview) -> None:
        self.accept()
        words = counted(len(done.changes), self.tr("cellule"), self.tr("cellules"))
        said = self.tr("Le classeur est repris ({} changées). Ctrl+Z annule le tout.")
        self._services.notice.tell(said.format(words))

    def _not_copied(self, error: PanError) -> None:
        self.accept_button.setEnabled(True)
        self._refused(error)

    def _refused(self, error: PanError) -> None:
        self.error.setText(glue(error.sentence))
        self.error.show()


def ask_workbook(services: Services, parent: QWidget) -> None:
    """Ask for a workbook that was filled in, and show what it would change."""
    if services.refused():
        return
    tr = parent.tr
    filters = (tr("Classeur Excel (*.xlsx)"),)
    choose_open_path(
        parent,
        tr("Reprendre un classeur"),
        filters,
        lambda path: services.jobs.call(
            workbooks.preview,
            file=path,
            done=lambda preview: WorkbookDialog(services, preview, parent).open(),
        ),
    )


def ask_where(
    services: Services,
    parent: QWidget,
    name: str,
    write: Callable[..., object],
    **arguments: Any,
) -> None:
    """Ask where a workbook goes, and have ``write`` write it."""

    def written(path: Path) -> None:
        words = parent.tr("«\u00a0{}\u00a0» est écrit. Rempli, il se reprend par le même menu.")
        services.jobs.aside(
            write,
            file=path,
            done=lambda _: services.notice.tell(words.format(path.name)),
            **arguments,
        )

    path = f"{services.preferences.folder}/{name}.xlsx"
    filters = (parent.tr("Classeur Excel (*.xlsx)"),)
    choose_save_path(parent, parent.tr("Écrire le classeur"), path, filters, written)
