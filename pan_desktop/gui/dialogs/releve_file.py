"""Asks for a relevé's file, reads it in and opens its meeting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from pan_desktop.app.releve import Imported
from pan_desktop.app.releve import import_releve as read_in
from pan_desktop.domain.errors import InputError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.office import Office, Outcome
    from pan_desktop.gui.pages.page import Services

UNREADABLE = (
    "«\u00a0{name}\u00a0» ne peut pas être lu\u00a0: rien n’a été importé. Vérifiez que le fichier "
    "existe et que vous avez le droit de le lire."
)


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

    def done(imported: Imported) -> None:
        services.open_meeting(imported.meeting_id)
        if not imported.new:
            services.notice.tell(
                parent.tr("Ce relevé avait déjà été importé\u00a0: rien n’a été changé.")
            )

    services.jobs.call(_read, done=done, file=file)


def _read(office: Office, *, file: Path) -> Outcome[Imported]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(UNREADABLE.format(name=file.name)) from error
    return office.run(read_in, content=content)
