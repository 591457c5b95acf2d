"""Settings: the office's usual sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pan_desktop.app.changes import Kind
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.usual_sentences import UsualSentences

if TYPE_CHECKING:
    from pan_desktop.gui.pages.page import Services


class SentencesSection(Page):
    """The list of usual sentences, under its title."""

    kinds = frozenset({Kind.WORDS})

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make an empty list, to be filled when it is first seen."""
        super().__init__(services, parent)
        title = QLabel(self.tr("Phrases usuelles"))
        title.setProperty("role", "section")
        self.usual = UsualSentences(services)
        self.rest(*self.usual.writers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(self.usual)
        column.addStretch(1)

    def refresh(self) -> None:
        """Ask for the list."""
        self.usual.refresh()
