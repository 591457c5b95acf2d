"""Ctrl+Z and Ctrl+Y: the office's own history, whatever has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QWidget

    from pan_desktop.app.history import Went
    from pan_desktop.gui.jobs import Jobs
    from pan_desktop.gui.notify import Notice


class History(QObject):
    """Takes back what was done, and does it again, by the steps that the store keeps."""

    asked = Signal()
    """Something is about to be taken back: what is being typed must be sent first."""
    went = Signal(object)
    """What was taken back or done again (``app.history.Went``); the pages show it afresh."""

    def __init__(self, jobs: Jobs, notice: Notice, parent: QObject | None = None) -> None:
        """Work through ``jobs`` and tell by ``notice``."""
        super().__init__(parent)
        self._jobs = jobs
        self._notice = notice

    def listen(self, window: QWidget) -> None:
        """Take the keys of undo and redo in a window, where no field takes them for itself."""
        for keys, act in (
            ((QKeySequence.StandardKey.Undo,), self.undo),
            ((QKeySequence.StandardKey.Redo, "Ctrl+Y", "Ctrl+Shift+Z"), self.redo),
        ):
            shortcut = QShortcut(window)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.activated.connect(act)

    def undo(self) -> None:
        """Take back the last thing done."""
        from pan_desktop.app import history  # not at start

        self.asked.emit()
        self._jobs.run(history.undo, done=lambda went: self._tell(went, undone=True))

    def redo(self) -> None:
        """Do again what was taken back."""
        from pan_desktop.app import history  # not at start

        self.asked.emit()
        self._jobs.run(history.redo, done=lambda went: self._tell(went, undone=False))

    def lend_keys(self, field: QLineEdit) -> None:
        """Let a one-line field keep Ctrl+Z only while it has something of its own to undo."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Pass the keys on that a field would take and do nothing with."""
        from PySide6.QtWidgets import QLineEdit  # not at start

        if event.type() == QEvent.Type.ShortcutOverride and isinstance(watched, QLineEdit):
            assert isinstance(event, QKeyEvent)
            # What was typed in a line that is empty again has done its work.
            own_undo = watched.isUndoAvailable() and bool(watched.text())
            undo = event.matches(QKeySequence.StandardKey.Undo) and not own_undo
            redo = event.matches(QKeySequence.StandardKey.Redo) and not watched.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _tell(self, went: Went | None, *, undone: bool) -> None:
        if went is None:
            words = self.tr("Rien à annuler.") if undone else self.tr("Rien à rétablir.")
            self._notice.tell(words)
            return
        if went.refused:
            words = self.tr("Modifié autrement depuis, ne peut plus être annulé\u00a0: {}.")
            self._notice.tell(words.format(went.words))
            return
        self.went.emit(went)
        if undone:
            said = self.tr("Annulé\u00a0: {}.").format(went.words)
            self._notice.tell(said, (self.tr("Rétablir"), self.redo))
        else:
            self._notice.tell(self.tr("Rétabli\u00a0: {}.").format(went.words))
