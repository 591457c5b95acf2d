"""What would write rests while nothing may be written: seen at once, not refused at the end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from pan_desktop.gui.models.rows import RowsModel

if TYPE_CHECKING:
    from typing import Any

    from pan_desktop.gui.jobs import Jobs

    Part = QWidget | RowsModel[Any]
    """A line is read only then, a list opens no cell, a button is grey."""


class Resting(QObject):
    """Keeps parts of a page or a dialog at rest while its window may only read."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        """Follow whether ``jobs`` may write."""
        super().__init__(parent)
        self._jobs = jobs
        self._parts: dict[int, Part] = {}
        self._wanted: dict[int, bool] = {}
        """Of each part at rest, whether its page would let it be used."""
        jobs.writing_changed.connect(self._follow)

    def add(self, *parts: Part) -> None:
        """Let these rest too, now and whenever nothing may be written."""
        for part in parts:
            if id(part) not in self._parts:
                self._parts[id(part)] = part
                part.destroyed.connect(partial(self._forget, id(part)))
                if isinstance(part, QWidget):
                    part.installEventFilter(self)
                self._set(part, rests=bool(self._jobs.refusal))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Keep at rest what its page would let be used again meanwhile."""
        if (
            event.type() == QEvent.Type.EnabledChange
            and isinstance(watched, QWidget)
            and not isinstance(watched, QLineEdit)
            and self._jobs.refusal
            and watched.isEnabled()
        ):
            self._wanted[id(watched)] = True
            watched.setEnabled(False)
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        for part in self._parts.values():
            self._set(part, rests=bool(self._jobs.refusal))

    def _forget(self, key: int, _gone: object = None) -> None:
        self._parts.pop(key, None)
        self._wanted.pop(key, None)

    def _set(self, part: Part, *, rests: bool) -> None:
        if isinstance(part, RowsModel):
            part.read_only = rests
        elif isinstance(part, QLineEdit):
            part.setReadOnly(rests)
        elif rests:
            wanted = not part.testAttribute(Qt.WidgetAttribute.WA_ForceDisabled)
            self._wanted[id(part)] = wanted or self._wanted.get(id(part), False)
            part.setEnabled(False)
        elif id(part) in self._wanted:
            part.setEnabled(self._wanted.pop(id(part)))
