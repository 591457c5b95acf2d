"""Says, above the meeting's moments, that its relevé is issued and can only be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from pan_desktop.domain.model import ReleveState
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.versions import Life


class LockBanner(QFrame):
    """A quiet line with a way to reopen; hidden while the relevé is a draft."""

    reopen_asked = Signal()
    """The person wants to reopen the relevé."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the banner, hidden."""
        super().__init__(parent)
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        self._said = QLabel()
        self._said.setWordWrap(True)
        row.addWidget(self._said, 1)
        self.reopen = QPushButton(self.tr("Rouvrir…"))
        self.reopen.clicked.connect(self.reopen_asked)
        row.addWidget(self.reopen)
        self.hide()

    @property
    def sentence(self) -> str:
        """Return what the banner says, "" while it is hidden."""
        return "" if self.isHidden() else self._said.text()

    def show_life(self, life: Life) -> None:
        """Show how far the relevé has come; nothing of a draft."""
        last = life.last
        locked = last is not None and life.state is not ReleveState.DRAFT
        if last is not None and locked:
            approved = life.state is ReleveState.APPROVED
            how = (
                self.tr("Relevé approuvé le {} (version {}). Lecture seule.")
                if approved
                else self.tr("Relevé diffusé le {} (version {}). Lecture seule.")
            )
            self._said.setText(how.format(last.moment, last.number))
        self.setVisible(locked)
