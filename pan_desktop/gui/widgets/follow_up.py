"""Under a decision or an action: who is to do it and by when, as kept or as its words say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.model import ConclusionKind, FollowUp
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from pan_desktop.domain.model import Deadline


class FollowUpStrip(QWidget):
    """One quiet line. What is recognised is a proposal until Ctrl+Enter keeps it."""

    confirmed = Signal(str, object)
    """A point's identifier and the FollowUp to keep."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the line, hidden."""
        super().__init__(parent)
        self._point_id = ""
        self._proposed = FollowUp()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "hint")
        self.keep = QPushButton(self.tr("Retenir (Ctrl+Entrée)"))
        self.keep.clicked.connect(self.confirm)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.words, 1)
        row.addWidget(self.keep)
        self.hide()

    def show_point(
        self, point_id: str, kind: ConclusionKind, kept: FollowUp, said: FollowUp
    ) -> None:
        """Show what is kept of a point and what its words say now; nothing of information."""
        self._point_id = point_id
        self.setVisible(kind is not ConclusionKind.INFORMATION)
        if kind is ConclusionKind.INFORMATION:
            return
        self._proposed = replace(
            kept,
            owner=said.owner or kept.owner,
            owner_id=said.owner_id if said.owner else kept.owner_id,
            deadline=said.deadline or kept.deadline,
        )
        what = self.tr("Décision") if kind is ConclusionKind.DECISION else self.tr("Action")
        news = (self._proposed.owner, self._proposed.deadline) != (kept.owner, kept.deadline)
        self.keep.setVisible(news)
        if not news:
            self.words.setText(f"{what} · {self._told(kept)}")
        elif kept.owner or kept.deadline:
            words = self.tr("{} · {} · le texte dit maintenant\u00a0: {}")
            self.words.setText(words.format(what, self._told(kept), self._told(self._proposed)))
        else:
            words = self.tr("{} · proposé\u00a0: {}")
            self.words.setText(words.format(what, self._told(self._proposed)))

    def confirm(self) -> bool:
        """Keep what is proposed; False when there is nothing to keep."""
        if self.isHidden() or self.keep.isHidden():
            return False
        self.confirmed.emit(self._point_id, self._proposed)
        return True

    def _told(self, found: FollowUp) -> str:
        """Return who and when in words."""
        owner = found.owner or self.tr("à préciser")
        said = self.tr("responsable\u00a0: {}").format(owner)
        due = self._due(found.deadline) if found.deadline else self.tr("à préciser")
        return f"{said} · {self.tr('échéance')}\u00a0: {due}"

    def _due(self, deadline: Deadline) -> str:
        """Return a deadline as it was said, with the days that it covers."""
        if deadline.first == deadline.last:
            day = short_date(deadline.first)
            return day if deadline.said == day else f"{deadline.said} ({day})"
        first, last = short_date(deadline.first), short_date(deadline.last)
        return self.tr("{} (du {} au {})").format(deadline.said, first, last)
