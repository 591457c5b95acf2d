"""Recovers what is readable of the database into a new one, and offers to go on with that."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QProgressBar, QVBoxLayout

from pan_desktop.app import backups, doctor
from pan_desktop.domain.typography import glue
from pan_desktop.gui.dialogs.files import choose_save_path
from pan_desktop.gui.dialogs.form import take_size
from pan_desktop.gui.dialogs.restore_dialog import RestoreDialog
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.backups import CopyRow
    from pan_desktop.app.doctor import Rescue
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.jobs import Jobs

SIZE = (96 * GRID, 52 * GRID)


class RescueDialog(QDialog):
    """What is recovered, table by table, with its report; the damaged database is only read."""

    def __init__(
        self, jobs: Jobs, target: Path, done: Callable[[str], object], parent: QWidget
    ) -> None:
        """Recover into ``target``; ``done`` gets what to tell once that is the database."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Récupérer dans une nouvelle base"))
        take_size(self, *SIZE)
        self._jobs, self._done = jobs, done
        self._rescue: Rescue | None = None
        self._running = True
        self.head = label(self.tr("Récupération en cours…"), "section", wraps=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.said = QPlainTextEdit()
        self.said.setReadOnly(True)
        self.said.setTabChangesFocus(True)
        self.said.setAccessibleName(self.tr("Ce qui est récupéré"))
        self.said.hide()
        self.leave = button(self.tr("&Fermer"), self.reject)
        self.report = button(self.tr("&Ouvrir le rapport"), self._open_report)
        self.put = button(self.tr("&Mettre à la place de la base…"), self._ask_to_put, main=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.head)
        column.addWidget(self.bar)
        column.addWidget(self.said, 1)
        column.addStretch(0)
        column.addLayout(row(None, self.leave, self.report, self.put))
        for each in (self.leave, self.report, self.put):
            each.setEnabled(False)
            each.setAutoDefault(False)
        now = datetime.now(UTC)
        jobs.call(doctor.recover, done=self._show, failed=self._refuse, target=target, now=now)

    def reject(self) -> None:
        """Close, but not while the new database is being written."""
        if not self._running:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own
        """Close, but not while the new database is being written."""
        if self._running:
            event.ignore()
        else:
            super().closeEvent(event)

    def _show(self, rescue: Rescue) -> None:
        self._rescue = rescue
        self._rest(self.tr("«\u00a0{}\u00a0» est écrit").format(rescue.file.name))
        self.said.setPlainText("\n".join(glue(sentence) for sentence in rescue.sentences))
        self.said.show()
        for each in (self.report, self.put):
            each.setEnabled(True)
        self.report.setFocus()

    def _refuse(self, error: PanError) -> None:
        self._rest(glue(error.sentence))
        self.leave.setFocus()

    def _rest(self, head: str) -> None:
        self._running = False
        self.bar.hide()
        self.head.setText(head)
        self.leave.setEnabled(True)

    def _open_report(self) -> None:
        if self._rescue is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._rescue.report)))

    def _ask_to_put(self) -> None:
        if self._rescue is not None:
            self._jobs.aside(
                backups.described,
                done=self._offer,
                failed=self._refuse,
                copy=self._rescue.file,
            )

    def _offer(self, copy: CopyRow) -> None:
        RestoreDialog(self._jobs, copy, self._put, self).open()

    def _put(self, told: str) -> None:
        self.accept()
        self._done(told)


def ask_to_recover(jobs: Jobs, done: Callable[[str], object], parent: QWidget) -> None:
    """Ask where the new database is to be written, and recover into it."""
    jobs.call(doctor.proposed_target, done=partial(_ask, jobs, done, parent))


def _ask(jobs: Jobs, done: Callable[[str], object], parent: QWidget, proposed: Path) -> None:
    translate = QCoreApplication.translate
    title = translate("RescueDialog", "Récupérer dans une nouvelle base")
    kind = translate("RescueDialog", "Base de PAN Desktop (*{})")

    def recover(target: Path) -> None:
        RescueDialog(jobs, target, done, parent).open()

    choose_save_path(parent, title, str(proposed), [kind.format(proposed.suffix)], recover)
