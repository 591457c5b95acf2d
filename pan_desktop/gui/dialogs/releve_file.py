"""Asks for a relevé's file, reads it in and opens its meeting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from pan_desktop.app import releve

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.gui.pages.page import Services


def import_releve(services: Services, parent: QWidget) -> None:
    """Ask for a file above ``parent``; its meeting is opened when it has been read in."""
    if parent.findChild(QFileDialog) is not None:
        return
    dialog = QFileDialog(parent, parent.tr("Importer un relevé"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([parent.tr("Relevés au format releve/1 (*.json)")])
    dialog.fileSelected.connect(lambda name: import_file(services, parent, Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def import_file(services: Services, parent: QWidget, file: Path) -> None:
    """Read ``file`` in on the worker and open its meeting."""

    def done(imported: releve.Imported) -> None:
        services.open_meeting(imported.meeting_id)
        if not imported.new:
            services.notice.tell(
                parent.tr("Ce relevé avait déjà été importé\u00a0: rien n’a été changé.")
            )

    services.jobs.call(releve.import_file, done=done, file=file)
