"""Messages that never interrupt typing: one bar at the foot of the window.

A message does not outlive its cause: the window puts it away when the page changes, and when
something asked for after it was stored, unless it offers something to do or is about a fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from pan_desktop.domain.typography import glue
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class Notice(QFrame):
    """The message bar: a sentence, up to two things to do about it, and a way to put it away."""

    shown = Signal(str)
    """A sentence appeared (screen readers and tests listen)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the bar, hidden."""
        super().__init__(parent)
        self.setObjectName("notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._sentence = ""
        self._passing = False
        self._text = QLabel()
        self._text.setWordWrap(True)
        row.addWidget(self._text, 1)
        self._buttons = [QPushButton(), QPushButton()]
        for button in self._buttons:
            row.addWidget(button)
            button.hide()
        close = QPushButton(self.tr("Fermer"))
        close.clicked.connect(self.hide)
        for button in (*self._buttons, close):
            button.setAutoDefault(True)  # Enter presses it
        row.addWidget(close)
        self.hide()

    def tell(
        self, sentence: str, *actions: tuple[str, Callable[[], object]], lasting: bool = False
    ) -> None:
        """Show a sentence with up to two buttons, each a label and what it does.

        A ``lasting`` one stays until it is put away, or another comes.
        """
        self._passing = not actions and not lasting
        self._show(sentence, "info", actions)

    def complain(self, sentence: str, *, lasting: bool = False) -> None:
        """Show a sentence about something that went wrong; ``lasting`` when no success mends it."""
        self._passing = not lasting
        self._show(sentence, "error", ())

    def pass_on(self) -> None:
        """Put away a message that a later success has settled."""
        if self._passing:
            self.hide()

    @property
    def sentence(self) -> str:
        """Return the sentence shown, "" when the bar is hidden."""
        return self._sentence if not self.isHidden() else ""

    def _show(
        self, sentence: str, level: str, actions: tuple[tuple[str, Callable[[], object]], ...]
    ) -> None:
        from PySide6.QtCore import Qt  # not at start

        self._text.setTextFormat(Qt.TextFormat.PlainText)  # whatever a name in it looks like
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence = sentence
        self._text.setText(glue(sentence))
        self.setProperty("level", level)
        self.style().polish(self)
        for button in self._buttons:
            button.hide()
            if button.receivers("2clicked()"):
                button.clicked.disconnect()
        for button, (label, act) in zip(self._buttons, actions, strict=False):
            button.setText(label)
            # Not by a click: who was typing goes on typing.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, act=act: act())
            button.show()
        self.show()
        self.shown.emit(sentence)
