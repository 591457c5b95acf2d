"""What is shown instead of the window when the database is damaged: a copy, or what is readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout

from pan_desktop.app import backups
from pan_desktop.app.office import Office
from pan_desktop.domain.typography import glue
from pan_desktop.gui.dialogs.form import take_size
from pan_desktop.gui.dialogs.rescue_dialog import ask_to_recover
from pan_desktop.gui.dialogs.restore_dialog import RestoreDialog
from pan_desktop.gui.jobs import Jobs
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.copies_list import CopiesList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.app.backups import CopyRow
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.keys import Key

SIZE = (112 * GRID, 56 * GRID)


class DamagedDialog(QDialog):
    """Says what is wrong with the database, and offers its copies, the newest good one first."""

    def __init__(self, jobs: Jobs, error: PanError) -> None:
        """Say the sentence of ``error`` and ask for the copies."""
        super().__init__()
        self.setWindowTitle("PAN Desktop")
        take_size(self, *SIZE)
        self._jobs = jobs
        self.told: str | None = None
        """What the window is to tell once it opens; None when nothing was restored."""
        self.said = label(glue(error.sentence), wraps=True)
        self.hint = label(self.tr("Recherche des copies…"), "hint", wraps=True)
        self.copies = CopiesList()
        self.copies.table.opened.connect(lambda _id: self._restore())
        self.copies.table.row_chosen.connect(lambda _id: self._show_chosen())
        self.restore = button(self.tr("&Restaurer…"), self._restore, main=True)
        self.restore.setDefault(True)
        self.restore.setEnabled(False)
        self.leave = button(self.tr("&Quitter"), self.reject)
        self.recover = button(self.tr("Récupérer ce qui est &lisible…"), self._recover)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("La base ne s’ouvre pas"), "section"))
        column.addWidget(self.said)
        column.addWidget(self.hint)
        column.addWidget(self.copies, 1)
        column.addStretch()  # where there is no list, the sentences stand together
        self.buttons = row(self.recover, None, self.leave, self.restore)
        column.addLayout(self.buttons)
        jobs.aside(backups.list_copies, done=self._show, failed=self._refuse)

    def _show(self, rows: Sequence[CopyRow]) -> None:
        self.copies.show_rows(rows)
        good = [number for number, each in enumerate(rows) if not each.wrong]
        if not good:
            self.hint.setText(
                self.tr(
                    "Aucune copie lisible n’a été trouvée. Ce qui est lisible du fichier abîmé "
                    "peut être récupéré dans une nouvelle base."
                )
            )
            self.copies.setVisible(bool(rows))
            if not rows:
                self._shrink()
            self.recover.setFocus()
            return
        self.hint.setText(
            self.tr(
                "Voici les copies de sauvegarde, la plus récente d’abord. Le fichier abîmé sera "
                "gardé tel quel parmi elles."
            )
        )
        self.copies.table.selectRow(good[0])
        self.restore.setFocus()

    def _shrink(self) -> None:
        """Take no more height than the sentences need."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _show_chosen(self) -> None:
        chosen = self.copies.current()
        self.restore.setEnabled(chosen is not None and not chosen.wrong)

    def _refuse(self, error: PanError) -> None:
        self.hint.setText(glue(error.sentence))

    def _recover(self) -> None:
        ask_to_recover(self._jobs, self._on_restored, self)

    def _restore(self) -> None:
        chosen = self.copies.current()
        if chosen is not None and not chosen.wrong:
            RestoreDialog(self._jobs, chosen, self._on_restored, self).open()

    def _on_restored(self, told: str) -> None:
        self.told = told
        self.accept()


def mend(database: str, key: Key | None, error: PanError) -> str | None:
    """Offer the copies of a damaged database; return what to tell when one was restored."""
    jobs = Jobs(Office(database, key=key))
    jobs.start()
    try:
        dialog = DamagedDialog(jobs, error)
        dialog.exec()
        return dialog.told
    finally:
        jobs.close()
