"""The points of one agenda item, saved as they are typed."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pan_desktop.app import follow_ups, paper
from pan_desktop.app.conclusions import OutlinePatch
from pan_desktop.domain.completion import Completer, Offer
from pan_desktop.domain.model import ConclusionKind, FollowUp
from pan_desktop.domain.recognition import Known, recognised
from pan_desktop.gui.forms.ui_points_panel import Ui_PointsPanel
from pan_desktop.gui.meeting.item_saves import ItemSaves
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.widgets.follow_up import FollowUpStrip
from pan_desktop.gui.widgets.ghost import Ghost
from pan_desktop.gui.widgets.outline_editor import OutlineEditor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.conclusions import PointEdit
    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import AgendaItem, MeetingRecord
    from pan_desktop.gui.pages.page import Services
    from pan_desktop.gui.widgets.outline_changes import Change


_ROOM_FOR_KEYS = 360


class PointsPanel(Panel):
    """The points of the current agenda item, one editor an item."""

    typed = Signal(str, list)
    """An agenda item's identifier and the one point whose words changed, [] for any change."""
    editor_made = Signal(object)
    """An OutlineEditor that was just made, for what is added to editors."""
    stale = Signal()
    """What the store has could not be shown when it came; now it can."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.ui = Ui_PointsPanel()
        self.ui.setupUi(self)
        self._editors: dict[str, OutlineEditor] = {}
        self._saves: dict[str, ItemSaves] = {}
        self._stale = False
        self._kept: dict[str, FollowUp] = {}
        self._known: list[Known] = []
        self._day = date.today()  # noqa: DTZ011 - replaced by the meeting's when one is shown
        self.completer = Completer()
        self.follow_up = FollowUpStrip()
        self.follow_up.confirmed.connect(self._keep)
        self.ui.column.insertWidget(1, self.follow_up)
        self.jobs.settled.connect(self._catch_up)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own
        """Leave the room to the text where there is little of it."""
        super().resizeEvent(event)
        self.ui.keys.setVisible(self.height() >= _ROOM_FOR_KEYS)

    def show_view(self, view: MeetingView) -> None:
        """Show what the store says where nothing waits to be saved; forget removed items."""
        fresh = view.record.meeting.id != self.meeting_id
        self.meeting_id = view.record.meeting.id
        agenda = {item.id: item for item in view.record.agenda}
        points = [point for item in view.record.agenda for point in item.conclusions]
        self._kept = {point.id: point.follow_up for point in points}
        self._day = view.record.meeting.day
        people = [seat.person for seat in view.seats]
        houses = {c.institution for c in view.record.plan.commitments if c.institution}
        houses |= {person.institution for person in people if person.institution}
        self._known = [Known(person.name, person.id) for person in people]
        self._known += [Known(house) for house in sorted(houses)]
        for item_id in [i for i in self._editors if fresh or i not in agenda]:
            del self._saves[item_id]
            self._editors.pop(item_id).deleteLater()
        for item_id, editor in self._editors.items():
            # Undo, repairs and what others do come back this way; what is typed here is newer.
            saves, known = self._saves[item_id], agenda[item_id].conclusions
            if saves.broken and not self.locked:
                continue  # it stays in sight until it is saved
            if (saves.settled or self.locked) and editor.sync(known, saves.newer):
                saves.shown(known)
            else:
                self._stale = True

    def as_typed(self, record: MeetingRecord) -> MeetingRecord:
        """Return what the store says of the meeting with what was typed since it was asked."""
        for item_id, editor in self._editors.items():
            saves = self._saves[item_id]
            if editor.busy or editor.composing or not saves.settled or saves.newer:
                record = paper.with_points(record, item_id, editor.points())
        return record

    def _catch_up(self) -> None:
        """Have the store asked again for what could not be shown while something was typed."""
        if self._stale and not any(editor.composing for editor in self._editors.values()):
            self._stale = False
            self.stale.emit()

    def show_item(self, item: AgendaItem) -> None:
        """Show the points of an agenda item; what was typed before stays in its own editor."""
        if item.id not in self._editors:
            self._editors[item.id] = self._editor(item)
        self.ui.editors.setCurrentWidget(self._editors[item.id])

    def flush(self) -> None:
        """Send what was typed in this very pass of the event loop."""
        for editor in self._editors.values():
            editor.flush()

    def enter(self) -> None:
        """Put the focus in the text."""
        editor = self.ui.editors.currentWidget()
        if editor is not None:
            editor.setFocus()

    def go_to(self, point_id: str, start: int = 0, length: int = 0) -> None:
        """Put the caret on a stretch of a point of the item that is shown."""
        editor = self.ui.editors.currentWidget()
        if isinstance(editor, OutlineEditor):
            editor.setFocus()
            editor.go_to(point_id, start, length)

    @property
    def point_here(self) -> str:
        """Return the identifier of the point that the caret is in, "" for none."""
        editor = self.ui.editors.currentWidget()
        return editor.point_here().id if isinstance(editor, OutlineEditor) else ""

    def holds(self, item: AgendaItem, point_id: str) -> bool:
        """Tell whether a point is under an item, as it stands now."""
        if item.id not in self._editors:
            return any(point.id == point_id for point in item.conclusions)
        return any(point.id == point_id for point in self._editors[item.id].points())

    def set_locked(self, locked: bool) -> None:
        """Let the points be read only, or typed in again."""
        super().set_locked(locked)
        for editor in self._editors.values():
            editor.setReadOnly(locked)

    def outline(self, item_id: str) -> tuple[str, list[PointEdit]]:
        """Return the point that the caret is in, and all points of an item as they stand."""
        editor = self._editors[item_id]
        return editor.point_here().id, editor.points()

    def editors(self) -> Iterator[OutlineEditor]:
        """Return the editors made so far."""
        yield from self._editors.values()

    def _editor(self, item: AgendaItem) -> OutlineEditor:
        editor = OutlineEditor(partial(self._save, item.id))
        editor.setAccessibleName(self.tr("Points retenus\u00a0: {}").format(item.section_heading))
        editor.load(item.conclusions)
        saves = ItemSaves(self.jobs, item.id, editor.points, self._on_failed)
        saves.shown(item.conclusions)
        self._saves[item.id] = saves
        editor.composed.connect(self._catch_up)
        editor.setReadOnly(self.locked)
        Ghost(editor, self._offer)
        editor.point_entered.connect(partial(self._show_follow_up, editor))
        editor.keep_asked.connect(self.follow_up.confirm)
        editor.undo_asked.connect(self.services.history.undo)
        editor.redo_asked.connect(self.services.history.redo)
        self.ui.editors.addWidget(editor)
        self.editor_made.emit(editor)
        return editor

    def _offer(self, before: str) -> Offer:
        """Offer what the completer of the moment has; it comes a while after the meeting."""
        return self.completer.offer(before)

    def _show_follow_up(self, editor: OutlineEditor, _point_id: str) -> None:
        """Show under the text who is to do what its point decides, and by when."""
        if editor is not self.ui.editors.currentWidget():
            return
        point = editor.point_here()
        kept = self._kept.get(point.id, FollowUp())
        said = FollowUp()
        if point.kind is not ConclusionKind.INFORMATION:
            said = recognised(point.text, self._day, self._known)
        self.follow_up.show_point(point.id, point.kind, kept, said)

    def _keep(self, point_id: str, follow_up: FollowUp) -> None:
        """Keep who and when, as somebody has just confirmed it."""
        self.flush()
        seen = self._kept.get(point_id)
        self._kept[point_id] = follow_up
        self.jobs.run(follow_ups.set_follow_up, point_id=point_id, follow_up=follow_up, seen=seen)
        editor = self.ui.editors.currentWidget()
        if isinstance(editor, OutlineEditor):
            self._show_follow_up(editor, point_id)

    def _save(self, item_id: str, change: Change) -> None:
        """Have a change saved; the worker is woken last (see ``OutlineEditor``)."""
        patch = change if isinstance(change, OutlinePatch) else None
        if patch is not None:
            self._learn(item_id, patch)
        points = [] if isinstance(change, OutlinePatch) else [point for _, point in change]
        self.typed.emit(item_id, points)
        self._saves[item_id].save(change)

    def _learn(self, item_id: str, patch: OutlinePatch) -> None:
        """Learn the point that was just ended, to offer it again in this very meeting."""
        if not patch.points or patch.points[-1].text:
            return  # nothing was ended: points were moved, or parted in two
        ended = patch.points[-2] if len(patch.points) > 1 else None
        if ended is None and patch.before is not None:
            points = self._editors[item_id].points()
            ended = next((point for point in points if point.id == patch.before), None)
        if ended is not None:
            self.completer.learn(ended.text)

    def _on_failed(self, error: PanError) -> None:
        """Say what could not be saved; the next key saves the whole outline again."""
        self.services.notice.complain(error.sentence)
