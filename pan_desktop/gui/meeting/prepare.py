"""Préparer: where and when the meeting is held, and its agenda."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from pan_desktop.app import meetings
from pan_desktop.domain.model import AgendaItem, ItemKind
from pan_desktop.domain.typography import counted
from pan_desktop.gui.forms.ui_prepare_panel import Ui_PreparePanel
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.models.rows import Column, RowsModel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

_MOVES: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PreparePanel(Panel):
    """The meeting's place in time and its agenda."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.ui = Ui_PreparePanel()
        self.ui.setupUi(self)
        self._agenda: RowsModel[AgendaItem] = RowsModel(
            [
                Column(self.tr("Point"), lambda item: item.title, self._retitle),
                Column(self.tr("Titre au relevé"), lambda item: item.heading, self._reword),
                Column(self.tr("Remarque"), self._remark),
            ],
            self,
        )
        self.ui.agenda.show_rows(self._agenda, (0, 0, 152))
        # A cell, not a row: F2 edits the one that is seen to be chosen.
        self.ui.agenda.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.ui.agenda.installEventFilter(self)
        self.ui.agenda.removal_asked.connect(self._remove)
        for field in (self.ui.body, self.ui.place):
            field.editingFinished.connect(self._save)
        self.ui.day.editingFinished.connect(self._save)
        self.ui.at.editingFinished.connect(self._save)
        self.ui.day.changed.connect(self._say_day)
        self.ui.newItem.returnPressed.connect(self._add)
        self.ui.addItem.clicked.connect(self._add)
        self._shown: meetings.MeetingEdit | None = None

    def show_view(self, view: MeetingView) -> None:
        """Show the meeting's fields and agenda; a field being typed in keeps its text."""
        meeting = view.record.meeting
        self.meeting_id = meeting.id
        self._shown = meetings.MeetingEdit(
            meeting.body.name, meeting.day, meeting.at, meeting.place
        )
        for field, text in ((self.ui.body, meeting.body.name), (self.ui.place, meeting.place)):
            if not field.hasFocus() or not field.isModified():
                field.setText(text)
        self.ui.plan.setText(view.record.plan.label)
        if not self.ui.day.hasFocus():
            self.ui.day.set_day(meeting.day)
        if not self.ui.at.hasFocus():
            self.ui.at.set_hour(meeting.at)
        self._say_day()
        self._agenda.set_rows(view.record.agenda)

    def enter(self) -> None:
        """Put the focus on the next agenda item to type."""
        self.ui.newItem.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Move the current agenda item with Alt+Up and Alt+Down."""
        alt = Qt.KeyboardModifier.AltModifier
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _MOVES.get(event.key())
            if step and event.modifiers() & alt:
                self._move(step)
                return True
            if event.key() == Qt.Key.Key_Space:
                self._toggle_discussed()
                return True
        return super().eventFilter(watched, event)

    def _save(self) -> None:
        """Save the fields; a date or an hour that is none stays as typed and is not saved."""
        day, at = self.ui.day.day(), self.ui.at.hour()
        if day is None or at is None:
            return
        edit = meetings.MeetingEdit(self.ui.body.text(), day, at, self.ui.place.text())
        if edit != self._shown:
            self._shown = edit
            self.jobs.run(
                meetings.change_meeting,
                failed=self._on_failed,
                meeting_id=self.meeting_id,
                edit=edit,
            )

    def _on_failed(self, error: PanError) -> None:
        """Say why the fields could not be saved; they stay as typed, to be put right."""
        self._shown = None
        self.services.notice.complain(error.sentence)

    def _say_day(self) -> None:
        self.ui.dayWords.setText(self.ui.day.words())

    def _add(self) -> None:
        title = self.ui.newItem.text().strip()
        if title:
            self.jobs.run(
                meetings.add_item,
                done=lambda _item_id: self.ui.newItem.clear(),
                meeting_id=self.meeting_id,
                title=title,
            )

    def _retitle(self, item: AgendaItem, text: str) -> None:
        self._change(item, title=text)

    def _reword(self, item: AgendaItem, text: str) -> None:
        self._change(item, heading=text)

    def _change(self, item: AgendaItem, **fresh: str | bool) -> None:
        values: dict[str, Any] = {
            "title": item.title,
            "heading": item.heading,
            "discussed": item.discussed,
            **fresh,
        }
        self.jobs.run(meetings.change_item, item_id=item.id, **values)

    def _remark(self, item: AgendaItem) -> str:
        if not item.on_agenda:
            return self.tr("hors ordre du jour")
        return "" if item.discussed else self.tr("non traité")

    def _toggle_discussed(self) -> None:
        """Leave an item out of the minutes, or take it in again."""
        item = self._agenda.row(self.ui.agenda.currentIndex())
        if item is not None and item.on_agenda and item.kind is ItemKind.POINTS:
            self._change(item, discussed=not item.discussed)

    def _move(self, step: int) -> None:
        ids = [item.id for item in self._agenda.rows()]
        here = self.ui.agenda.currentIndex().row()
        if 0 <= here + step < len(ids) and here >= 0:
            ids[here], ids[here + step] = ids[here + step], ids[here]
            self.ask(meetings.order_items, item_ids=ids)

    def _remove(self, item_id: str) -> None:
        """Remove an item at once, with a way to bring it back."""
        self.jobs.run(
            meetings.remove_item,
            done=self._removed,
            meeting_id=self.meeting_id,
            item_id=item_id,
        )

    def _removed(self, item: AgendaItem | None) -> None:
        if item is None:
            return
        said = self.tr("«\u00a0{}\u00a0» est retiré de l’ordre du jour.").format(item.title)
        points = sum(bool(c.text.strip()) for c in item.conclusions)
        if points:
            said = self.tr("«\u00a0{}\u00a0» est retiré avec {}.").format(
                item.title, counted(points, "point")
            )
        back = partial(self.ask, meetings.restore_item, item=item)
        self.services.notice.tell(said, (self.tr("Rétablir"), back))
