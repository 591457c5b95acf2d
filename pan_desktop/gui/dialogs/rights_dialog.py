"""A person's rights over what the office holds about her: to see it, and to have it effaced."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout

from pan_desktop.app import erasure, person_data, retention
from pan_desktop.app.rendering import PdfBy, PdfMaking
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.dialogs.files import choose_save_path
from pan_desktop.gui.dialogs.form import take_size
from pan_desktop.gui.dialogs.journal_dialog import JournalDialog
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.opening import open_path
from pan_desktop.gui.preview.printing import pdf
from pan_desktop.gui.resting import Resting
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.erasure import Erasure
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.person_data import DataSection, PersonData
    from pan_desktop.gui.pages.page import Services

SIZE = (116 * GRID, 76 * GRID)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')


class _Line:
    """A row of a section."""

    def __init__(self, number: int, cells: tuple[str, ...]) -> None:
        self.id = str(number)
        self.cells = cells


class RightsDialog(QDialog):
    """All that is held about a person, a tab for each kind of thing; written to files; effaced."""

    def __init__(self, services: Services, person_id: str, parent: QWidget) -> None:
        """Ask what is held about the person."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Données conservées"))
        take_size(self, *SIZE)
        self._services = services
        self._person_id = person_id
        self._name = ""
        self._over = False
        self.title = label("", "title", wraps=True)
        self.tabs = QTabWidget()
        self.error = label("", "error", wraps=True)
        self.error.hide()
        self._assemble()
        self.finished.connect(self._end)
        self._refresh()

    def _assemble(self) -> None:
        self.write = button(self.tr("É&crire ces données…"), self._ask_where)
        self.journal = button(self.tr("&Journal…"), self._show_journal)
        self.erase = button(self.tr("&Effacer…"), self._look_at_erasure)
        close = button(self.tr("&Fermer"), self.accept)
        for made in (self.write, self.journal, self.erase, close):
            made.setAutoDefault(False)
        Resting(self._services.jobs, self).add(self.erase)
        hint = self.tr(
            "Tout ce que la base contient à son sujet (loi 09-08\u00a0: droits d’accès, de "
            "rectification et d’effacement). Sa fiche se corrige par Entrée dans la liste des "
            "personnes."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (self.title, label(hint, "hint", wraps=True), self.tabs, self.error):
            column.addWidget(widget)
        column.addLayout(row(self.write, self.journal, self.erase, None, close))

    def _refresh(self) -> None:
        self._services.jobs.run(
            person_data.person_data,
            person_id=self._person_id,
            now=datetime.now(UTC),
            done=self._show,
            failed=self._refused,
        )

    def _show(self, data: PersonData) -> None:
        if self._over:
            return
        self._name = data.name
        self.title.setText(data.name)
        for section in data.sections:
            words = f"{section.title} ({len(section.rows)})" if section.rows else section.title
            self.tabs.addTab(self._table(section), words)
        self.tabs.setFocus()

    def _table(self, section: DataSection) -> Table:
        columns = [_column(heading, number) for number, heading in enumerate(section.headings)]
        table = Table()
        model: RowsModel[_Line] = RowsModel(columns, table)
        table.setAccessibleName(section.title)
        table.setToolTip(section.note)
        table.show_rows(model, [0] * len(columns))
        model.set_rows([_Line(number, cells) for number, cells in enumerate(section.rows)])
        return table

    # To see it --------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        name = _FORBIDDEN.sub(" ", f"Données conservées – {self._name}.docx")
        choose_save_path(
            self,
            self.tr("Écrire les données conservées"),
            str(Path(self._services.preferences.folder) / name),
            (
                self.tr("Document Word (*.docx)"),
                self.tr("PDF (*.pdf)"),
                self.tr("Page web (*.html)"),
            ),
            self._write,
        )

    def _write(self, file: Path) -> None:
        preferences = self._services.preferences
        preferences.folder = str(file.parent)
        by = PdfBy(preferences.pdf_by) if preferences.pdf_by else PdfBy.PAGES
        self._services.jobs.aside(
            person_data.export_person,
            person_id=self._person_id,
            file=file,
            now=datetime.now(UTC),
            making=PdfMaking(pdf, by),
            done=self._on_written,
            failed=self._refused,
        )

    def _on_written(self, files: tuple[Path, Path]) -> None:
        document, data = files
        words = self.tr(
            "«\u00a0{document}\u00a0» est écrit, et les mêmes données dans «\u00a0{data}\u00a0»."
        )
        self._services.notice.tell(
            words.format(document=document.name, data=data.name),
            (self.tr("Ouvrir"), partial(open_path, self._services, document)),
            (self.tr("Afficher le dossier"), partial(open_path, self._services, document.parent)),
        )
        if not self._over:
            self.accept()

    def _show_journal(self) -> None:
        JournalDialog(self._services, self._name, self, self._person_id).open()

    # To have it effaced -----------------------------------------------------------------------

    def _look_at_erasure(self) -> None:
        self._services.jobs.run(
            erasure.preview_erasure,
            person_id=self._person_id,
            done=self._ask,
            failed=self._refused,
        )

    def _ask(self, seen: Erasure) -> None:
        if self._over:
            return
        gone, kept = "\n• ".join(seen.removed), "\n• ".join(seen.kept)
        words = self.tr(
            "Ce qui s’efface, sans retour ni Ctrl+Z\u00a0:\n• {gone}\n\n"
            "Ce qui reste\u00a0:\n• {kept}"
        )
        confirm(
            self,
            self.tr("Effacer les données de {}\u00a0?").format(self._name),
            words.format(gone=gone, kept=kept),
            self.tr("&Effacer"),
            self._erase,
        )

    def _erase(self) -> None:
        self._services.jobs.run(
            erasure.erase_rows,
            person_id=self._person_id,
            done=self._on_erased,
            failed=self._refused,
        )

    def _on_erased(self, done: Erasure) -> None:
        self._services.jobs.call(retention.clear_traces, done=self._on_cleared)
        words = (
            self.tr("Les données de {} sont effacées.")
            if done.whole
            else self.tr("Ce qui pouvait l’être des données de {} est effacé.")
        )
        self._services.notice.tell(words.format(self._name), lasting=True)
        if not self._over:
            self.accept()

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


def _column(heading: str, number: int) -> Column[_Line]:
    def text(line: _Line) -> str:
        return line.cells[number]

    return Column(heading, text, tip=text)
