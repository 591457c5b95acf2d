"""A field for a passphrase: hidden unless asked, and it notices that capitals are locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


class SecretLine(QLineEdit):
    """A line whose text nobody sees, no input method learns and no one can copy while hidden."""

    capitals = Signal(bool)
    """Whether the last letter came as if capitals were locked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make the line, hidden; ``name`` says to a screen reader what it is for."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.show_text(shown=False)

    def show_text(self, *, shown: bool) -> None:
        """Show what is typed, or hide it again."""
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Normal if shown else mode.Password)
        hint = Qt.InputMethodHint
        hints = hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase
        self.setInputMethodHints(hints if shown else hints | hint.ImhHiddenText)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell from a letter whether capitals are locked: no system is asked, as each differs."""
        letter = event.text()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if len(letter) == 1 and letter.lower() != letter.upper():
            self.capitals.emit(letter.isupper() is not shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.capitals.emit(False)  # switched: the next letter will tell
        super().keyPressEvent(event)
