"""What a meeting takes over from the ones before: open actions, items left, commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pan_desktop.domain.calendar import date_in_words, short_date
from pan_desktop.domain.progress import COMPLETE
from pan_desktop.domain.typography import counted
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.section import QuietTable, Section
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from PySide6.QtCore import SignalInstance

    from pan_desktop.app.preparing import Carried, LeftOpen, Preparation
    from pan_desktop.domain.model import OpenAction

_WIDTHS = ((0, 168, 208, 96), (0, 168), (48, 0, 72, 0, 256))
_COUNTED_BACK = 9
"""The store looks ten meetings back: more than nine without news are not told apart."""


class CarriedOver(QWidget):
    """Quiet lists, each foldable; one without rows is not shown at all."""

    done_asked = Signal(str)
    """The space bar on an open action, with its identifier."""
    action_asked = Signal(str)
    """A on an open action: it is to be on the agenda."""
    item_asked = Signal(str)
    """A on an item left open: it is to be on the agenda."""

    def __init__(self) -> None:
        """Make the lists, empty and out of sight."""
        super().__init__()
        self._day: date | None = None
        self._locked = False
        self.title = QLabel()
        self.title.setProperty("role", "section")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        self.open_actions = self._actions_model()
        self.left_open = self._left_model()
        self.commitments = self._commitments_model()
        names = (
            self.tr("Actions ouvertes"),
            self.tr("Points non traités"),
            self.tr("Engagements"),
        )
        keys = (
            self.tr("Espace faite ou ouverte · touche A à l’ordre du jour"),
            self.tr("touche A à l’ordre du jour"),
            "",
        )
        self.tables = tuple(
            _table(name, model, widths)
            for name, model, widths in zip(names, self._models(), _WIDTHS, strict=True)
        )
        self.sections = tuple(
            Section(*parts) for parts in zip(names, keys, self.tables, strict=True)
        )
        for section in self.sections:
            column.addWidget(section)
            section.content.installEventFilter(self)
        self.hide()

    def show_preparation(self, preparation: Preparation) -> None:
        """Show what is open before the meeting."""
        self._day = preparation.day
        known = tuple(c for c in preparation.carried if c.last is not None)
        self.open_actions.set_rows(preparation.actions)
        self.left_open.set_rows(preparation.left_open)
        self.commitments.set_rows(preparation.carried if known else ())
        words = self.tr("Repris des réunions précédentes")
        if preparation.after is not None:
            words = self.tr("Repris de la réunion du {}").format(date_in_words(preparation.after))
        self.title.setText(words)
        self._summarise(preparation)
        filled = [model.rowCount() > 0 for model in self._models()]
        for section, shown in zip(self.sections, filled, strict=True):
            section.setVisible(shown)
        self.setVisible(any(filled))

    def set_locked(self, locked: bool) -> None:
        """Let the lists only be read, or worked with again."""
        self._locked = locked
        for section in self.sections:
            section.tell_keys(told=not locked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Take the keys of the lists: the space bar and A."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            asked = self._asked(watched, event.key())
            if asked is not None and plain and isinstance(watched, Table):
                if watched.current_id() and not event.isAutoRepeat() and not self._locked:
                    asked.emit(watched.current_id())
                return True
        return super().eventFilter(watched, event)

    def _asked(self, table: QObject, key: int) -> SignalInstance | None:
        """Return what a key asks for in one of the lists."""
        actions, left, _ = self.tables
        if table is actions and key == Qt.Key.Key_Space:
            return self.done_asked
        if table is actions and key == Qt.Key.Key_A:
            return self.action_asked
        return self.item_asked if table is left and key == Qt.Key.Key_A else None

    def _models(self) -> tuple[RowsModel[Any], RowsModel[Any], RowsModel[Any]]:
        return self.open_actions, self.left_open, self.commitments

    def _summarise(self, preparation: Preparation) -> None:
        actions, left, commitments = self.sections
        late = sum(_is_late(action, preparation.day) for action in preparation.actions)
        words = str(sum(action.follow_up.done_on is None for action in preparation.actions))
        if late:
            words = self.tr("{} dont {} en retard").format(words, late)
        actions.summarise(words)
        left.summarise(str(len(preparation.left_open)))
        silent = sum(map(_is_silent, preparation.carried))
        words = str(len(preparation.carried))
        if silent:
            words = self.tr("{} dont {} sans mise à jour").format(words, silent)
        commitments.summarise(words)

    def _actions_model(self) -> RowsModel[OpenAction]:
        return RowsModel(
            [
                Column(self.tr("Action"), lambda action: action.text),
                Column(self.tr("Responsable"), lambda action: action.follow_up.owner or "–"),
                Column(self.tr("Échéance"), self._due),
                Column(self.tr("Réunion"), lambda action: short_date(action.day)),
            ],
            self,
        )

    def _left_model(self) -> RowsModel[LeftOpen]:
        return RowsModel(
            [
                Column(self.tr("Point"), lambda left: left.item.title),
                Column(self.tr("Remarque"), self._remark),
            ],
            self,
        )

    def _commitments_model(self) -> RowsModel[Carried]:
        return RowsModel(
            [
                Column(self.tr("N°"), lambda row: str(row.commitment.number), centred=True),
                Column(self.tr("Engagement"), lambda row: row.commitment.title),
                Column(self.tr("Taux"), _percent, centred=True),
                Column(self.tr("Derniers détails"), _beginning, tip=_details),
                Column(self.tr("Mise à jour"), self._since),
            ],
            self,
        )

    def _remark(self, left: LeftOpen) -> str:
        return self.tr("à l’ordre du jour") if left.taken_up else ""

    def _due(self, action: OpenAction) -> str:
        kept = action.follow_up
        if kept.done_on is not None:
            return self.tr("faite le {}").format(short_date(kept.done_on))
        if kept.deadline is None:
            return "–"
        if self._day is not None and _is_late(action, self._day):
            return self.tr("En retard\u00a0: {}").format(kept.deadline.said)
        return kept.deadline.said

    def _since(self, row: Carried) -> str:
        """Return since when nothing new was said: a day, or a number of meetings."""
        if row.last is None:
            return self.tr("jamais renseigné")
        if row.last.percent == COMPLETE:
            return self.tr("complet")
        silent = row.last.silent
        if not silent:
            return self.tr("le {}").format(short_date(row.last.day))
        if silent == 1:
            return self.tr("sans mise à jour à la dernière réunion")
        words = self.tr("sans mise à jour depuis {}")
        if silent >= _COUNTED_BACK:
            words = self.tr("sans mise à jour depuis {} au moins")
        return words.format(counted(silent, self.tr("réunion"), self.tr("réunions")))


def _table(name: str, model: RowsModel[Any], widths: Sequence[int]) -> QuietTable:
    table = QuietTable()
    table.setAccessibleName(name)
    table.show_rows(model, widths)
    return table


def _is_late(action: OpenAction, day: date) -> bool:
    kept = action.follow_up
    return kept.done_on is None and kept.deadline is not None and kept.deadline.last < day


def _is_silent(row: Carried) -> bool:
    """Tell whether someone is to be asked for news; nobody is of what is complete."""
    return row.last is None or (row.last.percent < COMPLETE and row.last.silent > 0)


def _percent(row: Carried) -> str:
    return "–" if row.last is None else f"{row.last.percent}\u00a0%"


def _beginning(row: Carried) -> str:
    """Return the details in one line; the cell shows as much as it has room for."""
    return " ".join(_details(row).split("\n"))


def _details(row: Carried) -> str:
    return "" if row.last is None else row.last.details
