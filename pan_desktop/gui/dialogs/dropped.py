"""What is dragged onto the window from the desktop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent

REPORTS = frozenset({".csv", ".tsv", ".txt", ".xlsx"})
"""What the reports of video calls and lists of names end with."""


def reports_in(event: QDropEvent) -> list[Path]:
    """Return the reports of a call that are dragged, none where one file is something else."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files if all(file.suffix.lower() in REPORTS for file in files) else []
