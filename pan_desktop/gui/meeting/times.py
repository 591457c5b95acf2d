"""When a person came and left: two hours asked for under the list, where the office notes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.moment import HourField

if TYPE_CHECKING:
    from datetime import time


class Times(QWidget):
    """Arrival and departure of one person. Enter keeps them, Escape leaves them as they were."""

    kept = Signal(str, object, object)
    """A person's identifier, the hours of arrival and of departure (each a time or None) as a pair,
    and those that were shown when they were asked for."""
    left = Signal()
    """The person went back to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the row, hidden."""
        super().__init__(parent)
        self._person_id = ""
        self._seen: tuple[time | None, time | None] = (None, None)
        self._who = QLabel()
        self._who.setProperty("role", "hint")
        self.arrival, self.departure = HourField(), HourField()
        self.arrival.setAccessibleName(self.tr("Heure d’arrivée"))
        self.departure.setAccessibleName(self.tr("Heure de départ"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID)
        grid.addWidget(self._who, 0, 0, 1, 4)
        for column, (words, field) in enumerate(
            ((self.tr("Arrivée"), self.arrival), (self.tr("Départ"), self.departure))
        ):
            grid.addWidget(QLabel(words), 1, 2 * column)
            grid.addWidget(field, 1, 2 * column + 1)
            field.installEventFilter(self)
            field.returnPressed.connect(self._keep)
        self.hide()

    def ask(self, person_id: str, name: str, arrived: time | None, left: time | None) -> None:
        """Ask when a person came and left, beginning from what is known."""
        self._person_id = person_id
        self._seen = (arrived, left)
        self._who.setText(self.tr("{} – Entrée garde, Échap laisse").format(name))
        for field, known in ((self.arrival, arrived), (self.departure, left)):
            field.clear()
            if known is not None:
                field.set_hour(known)
        self.show()
        self.arrival.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Leave by Escape."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._leave()
            return True
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        """Keep both hours; one that is none stays to be put right."""
        for field in (self.arrival, self.departure):
            if field.text().strip() and field.hour() is None:
                field.setFocus()
                field.selectAll()
                return
        hours = (self.arrival.hour(), self.departure.hour())
        self.kept.emit(self._person_id, hours, self._seen)
        self._leave()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
