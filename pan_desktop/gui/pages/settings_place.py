"""Settings: whether the place of the database is safe, and the way to safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from pan_desktop.app.whereabouts import Whereabouts, whereabouts
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.place import PlaceKeeper
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.gui.pages.page import Services


class PlaceCard(Page):
    """What kind of place the database lies in, in plain words."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the card; what it says comes when it is first seen."""
        super().__init__(services, parent)
        self._keeper = PlaceKeeper(services.jobs, services.notice, services.preferences, self)
        self.said = label("", wraps=True)
        self.move_there = button(self.tr("&Mettre en lieu sûr"), self._keeper.move)
        self.jobs.relocated.connect(self.refresh)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        inside.addWidget(self.said)
        inside.addLayout(row(self.move_there, None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Emplacement de la base"), "section"))
        column.addWidget(card)
        self.move_there.hide()

    def refresh(self) -> None:
        """Ask where the database lies."""
        self.jobs.call(whereabouts, done=self._show)

    def _show(self, where: Whereabouts) -> None:
        safe = self.tr("La base est en lieu sûr\u00a0: sur un disque de cet ordinateur.")
        self.said.setText("\n\n".join(where.sentences) or safe)
        self.move_there.setVisible(bool(where.sentence) and not self.jobs.refusal)
