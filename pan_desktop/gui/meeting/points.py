"""The points of one agenda item, saved as they are typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pan_desktop.app import conclusions
from pan_desktop.app.conclusions import OutlinePatch
from pan_desktop.gui.forms.ui_points_panel import Ui_PointsPanel
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.widgets.outline_editor import OutlineEditor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.conclusions import PointEdit
    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import AgendaItem
    from pan_desktop.gui.pages.page import Services
    from pan_desktop.gui.widgets.outline_changes import Change


class PointsPanel(Panel):
    """The points of the current agenda item, one editor an item."""

    typed = Signal(str, list)
    """An agenda item's identifier and the one point whose words changed, [] for any change."""
    editor_made = Signal(object)
    """An OutlineEditor that was just made, for what is added to editors."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.ui = Ui_PointsPanel()
        self.ui.setupUi(self)
        self._editors: dict[str, OutlineEditor] = {}
        self._asked: dict[str, int] = {}
        self._failed: set[str] = set()

    def show_view(self, view: MeetingView) -> None:
        """Show what the store says where nothing waits to be saved; forget removed items."""
        fresh = view.record.meeting.id != self.meeting_id
        self.meeting_id = view.record.meeting.id
        agenda = {item.id: item for item in view.record.agenda}
        for item_id in [i for i in self._editors if fresh or i not in agenda]:
            self._failed.discard(item_id)
            self._editors.pop(item_id).deleteLater()
        for item_id, editor in self._editors.items():
            # Undo, redo and repairs come back this way; a letter typed meanwhile is newer.
            newer = editor.busy or self._asked.get(item_id, 0) > self.jobs.told
            if not newer and item_id not in self._failed:
                editor.sync(agenda[item_id].conclusions)

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
        editor.setReadOnly(self.locked)
        editor.undo_asked.connect(self.services.history.undo)
        editor.redo_asked.connect(self.services.history.redo)
        self.ui.editors.addWidget(editor)
        self.editor_made.emit(editor)
        return editor

    def _save(self, item_id: str, change: Change) -> None:
        """Have a change saved; the worker is woken last (see ``OutlineEditor``)."""
        patch = change if isinstance(change, OutlinePatch) else None
        points = [] if isinstance(change, OutlinePatch) else list(change)
        self.typed.emit(item_id, points)
        failed = partial(self._on_failed, item_id)
        if item_id in self._failed:
            self._save_whole(item_id)
        elif patch is not None:
            use_case = conclusions.save_patch
            self.jobs.run(use_case, failed=failed, item_id=item_id, patch=patch)
        for point in points if item_id not in self._failed else ():
            # By far the commonest: a letter in a point that the store knows. One row is written.
            self.jobs.save(("point", point.id), conclusions.save_point, failed=failed, point=point)
        self._failed.discard(item_id)
        self._asked[item_id] = self.jobs.asked

    def _save_whole(self, item_id: str) -> None:
        """Save all points of an item, after a change of it could not be saved."""
        self.jobs.save(
            ("outline", item_id),
            conclusions.save_outline,
            failed=partial(self._on_failed, item_id),
            item_id=item_id,
            points=self._editors[item_id].points(),
        )

    def _on_failed(self, item_id: str, error: PanError) -> None:
        """Say so, and have the next key save the whole outline again."""
        self._failed.add(item_id)
        self.services.notice.complain(error.sentence)
