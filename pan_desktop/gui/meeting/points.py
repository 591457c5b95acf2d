"""The points of one agenda item, saved as they are typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pan_desktop.app import conclusions
from pan_desktop.gui.forms.ui_points_panel import Ui_PointsPanel
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.widgets.outline_editor import OutlineEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.conclusions import PointEdit
    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import AgendaItem
    from pan_desktop.gui.pages.page import Services


class PointsPanel(Panel):
    """The points of the current agenda item: one editor an item, each with its own undo."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.ui = Ui_PointsPanel()
        self.ui.setupUi(self)
        self._editors: dict[str, OutlineEditor] = {}
        self._saved: dict[str, list[PointEdit] | None] = {}

    def show_view(self, view: MeetingView) -> None:
        """Forget the editors when another meeting is shown, and that of a removed item."""
        fresh = view.record.meeting.id != self.meeting_id
        self.meeting_id = view.record.meeting.id
        kept = set() if fresh else {item.id for item in view.record.agenda}
        for item_id in [i for i in self._editors if i not in kept]:
            self._saved.pop(item_id)
            self._editors.pop(item_id).deleteLater()

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

    def _editor(self, item: AgendaItem) -> OutlineEditor:
        editor = OutlineEditor()
        editor.setAccessibleName(self.tr("Points retenus : {}").format(item.section_heading))
        editor.load(item.conclusions)
        self._saved[item.id] = editor.points()
        editor.edited.connect(partial(self._save, item.id))
        self.ui.editors.addWidget(editor)
        return editor

    def _save(self, item_id: str, points: list[PointEdit]) -> None:
        before = self._saved.get(item_id)
        if item_id not in self._saved or points == before:
            return
        changed = _one_text_changed(before, points)
        self._saved[item_id] = points
        failed = partial(self._on_failed, item_id)
        if changed is None:
            self.jobs.save(
                ("points", item_id),
                conclusions.save_outline,
                failed=failed,
                item_id=item_id,
                points=points,
            )
        else:
            # By far the commonest: a letter typed in a point the store knows. One row is written.
            self.jobs.save(
                ("points", item_id, changed.id),
                conclusions.save_point,
                failed=failed,
                point_id=changed.id,
                text=changed.text,
            )

    def _on_failed(self, item_id: str, error: PanError) -> None:
        """Say so, and have the next key save the whole outline again."""
        self._saved[item_id] = None
        self.services.notice.complain(error.sentence)


def _one_text_changed(before: list[PointEdit] | None, after: list[PointEdit]) -> PointEdit | None:
    """Return the point whose text alone changed, None when anything else did."""
    if before is None or len(before) != len(after):
        return None
    differing = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    if len(differing) != 1:
        return None
    old, new = differing[0]
    return new if (old.id, old.level) == (new.id, new.level) else None
