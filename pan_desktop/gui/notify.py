"""Messages that never interrupt typing: a bar at the foot of the window.

A message does not outlive its cause: the window puts it away when the page changes, and when
something asked for after it was stored, unless it offers something to do or is about a fault.
What keeps work from being saved, and what an earlier session left, have bars of their own above
it, which stay until that is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget

from pan_desktop.domain.typography import glue
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


Action = tuple[str, "Callable[[], object]"]
"""A label and what it does."""


class Bar(QFrame):
    """A sentence and up to two things to do about it, each with a letter to press with Alt."""

    shown = Signal(str)
    """A sentence appeared (screen readers and tests listen)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the bar, hidden."""
        super().__init__(parent)
        self.setObjectName("notice")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._sentence = ""
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._row.addWidget(self._text, 1)
        self._buttons = [QPushButton(), QPushButton()]
        for button in self._buttons:
            button.hide()
            self._add(button)
        self._all = self._buttons
        self._followed: list[QStackedWidget] = []
        self._following = False
        self.hide()

    @property
    def sentence(self) -> str:
        """Return the sentence shown, "" when the bar is hidden."""
        return self._sentence if not self.isHidden() else ""

    def _add(self, button: QPushButton) -> None:
        button.setAutoDefault(True)  # Enter presses it
        self._row.addWidget(button)

    def _show(self, sentence: str, level: str, actions: Sequence[Action]) -> None:
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
        self._underline()
        self._follow()
        self.shown.emit(sentence)

    def _follow(self) -> None:
        """Choose the letters anew where the keyboard goes: another page has others, or a part."""
        if not self._following:
            from PySide6.QtWidgets import QApplication  # not at start

            self._following = True
            application = QApplication.instance()
            assert isinstance(application, QApplication)
            application.focusChanged.connect(self._underline)

    def _underline(self) -> None:
        """Underline letters that nothing else in the window has; those that serve stay."""
        if not self.isVisible():
            return
        for stack in self.window().findChildren(QStackedWidget):
            if stack not in self._followed:
                self._followed.append(stack)
                stack.currentChanged.connect(self._underline)
        from pan_desktop.gui.mnemonics import letters_seen, underlined, with_letters

        mine = [button for button in self._all if button.isVisible()]
        taken = letters_seen(self.window(), mine)
        letters = [underlined(button.text()) for button in mine]
        if "" in letters or len(set(letters)) < len(letters) or taken & set(letters):
            labels = with_letters([button.text() for button in mine], taken)
            for button, label in zip(mine, labels, strict=True):
                button.setText(label)


class Notice(Bar):
    """The message bar, with a way to put it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the bar, hidden."""
        super().__init__(parent)
        self._passing = False
        close = QPushButton(self.tr("Fermer"))
        close.clicked.connect(self.hide)
        self._add(close)
        self._all = [*self._buttons, close]

    def tell(self, sentence: str, *actions: Action, lasting: bool = False) -> None:
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


class StandingBar(Bar):
    """Says on every page what stays until it is over, or answered."""

    def say(self, sentence: str, *actions: Action, level: str = "error") -> None:
        """Show what is the matter and up to two things to do about it."""
        if sentence != self.sentence:
            self._show(sentence, level, actions)
