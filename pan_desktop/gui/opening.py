"""Opens files and folders in whatever program the system has for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from pan_desktop.app import written

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.gui.pages.page import Services


def open_path(services: Services, path: Path) -> None:
    """Open a file or a folder that was written, or say why it cannot be."""
    services.jobs.aside(written.still_there, done=partial(_open, services), path=path)


def opened(path: Path) -> str:
    """Have the system open something; return "", or the sentence that says it has no program."""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return ""
    said = QCoreApplication.translate(
        "Opening",
        "«\u00a0{}\u00a0» est bien écrit, mais cet ordinateur n’a pas de programme qui l’ouvre. "
        "Ouvrez-le depuis un autre programme.",
    )
    return said.format(path.name)


def _open(services: Services, path: Path) -> None:
    sentence = opened(path)
    if sentence:
        services.notice.complain(sentence)
