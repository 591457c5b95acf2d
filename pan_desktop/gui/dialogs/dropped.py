"""What is dragged onto the window from the desktop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.gui.pages.page import Services

REPORTS = frozenset({".csv", ".tsv", ".txt", ".xlsx"})
"""What the reports of video calls and lists of names end with."""


RELEVES = frozenset({".docx", ".docm", ".odt", ".doc", ".rtf", ".json"})
"""What relevés end with."""


class DroppedReleves(QObject):
    """Takes in the relevés, or folders of them, that are dropped on a window."""

    def __init__(self, services: Services, window: QWidget) -> None:
        """Listen to what is dragged onto ``window`` and taken by nothing inside it."""
        super().__init__(window)
        self._services = services
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Take what is dragged when all of it may be relevés."""
        if event.type() not in {QEvent.Type.DragEnter, QEvent.Type.Drop}:
            return super().eventFilter(watched, event)
        assert isinstance(event, QDropEvent)
        files = releves_in(event)
        if not files:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            from pan_desktop.gui.dialogs.releve_file import import_files  # not at start

            import_files(self._services, self._window, files)
        return True


def releves_in(event: QDropEvent) -> list[Path]:
    """Return the relevés and folders that are dragged, none where one file is something else."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    fits = all(file.suffix.lower() in RELEVES or file.is_dir() for file in files)
    return files if fits else []


def reports_in(event: QDropEvent) -> list[Path]:
    """Return the reports of a call that are dragged, none where one file is something else."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files if all(file.suffix.lower() in REPORTS for file in files) else []
