"""Préparer: where and when the meeting is held, its agenda, and all that it begins with."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.app import actions, meetings, preparing
from pan_desktop.app.changes import Kind
from pan_desktop.app.templates import template_of_meeting
from pan_desktop.domain.checks.finding import Field
from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.model import AgendaItem, ItemKind
from pan_desktop.domain.typography import counted
from pan_desktop.gui.dialogs.template_dialog import TemplateDialog, TemplatesDialog
from pan_desktop.gui.forms.ui_prepare_panel import Ui_PreparePanel
from pan_desktop.gui.meeting.carried import CarriedOver
from pan_desktop.gui.meeting.expected import ExpectedPeople
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.section import Section, fit, keep_in_sight

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from pan_desktop.app.changes import Changes
    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.app.preparing import Preparation
    from pan_desktop.app.templates import TemplateEdit
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

_MOVES: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_REWORDED, _REMARK = 1, 2
"""Columns of the agenda: the wording of the section, and whether it has one."""
_AGENDA_ROWS = 4
"""The agenda is at least so high: a table of one row looks broken."""
_OPEN_KINDS = (Kind.CONCLUSIONS, Kind.PROGRESS, Kind.SETTINGS)
"""What else the panel shows than its page refreshes for."""


class PreparePanel(Panel):
    """The meeting's place in time, its agenda, who is expected and what is carried over."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        top = QWidget()
        self.ui = Ui_PreparePanel()
        self.ui.setupUi(top)
        self._area = QScrollArea()
        self._shown: meetings.MeetingEdit | None = None
        self._preparation: Preparation | None = None
        self._stale = True
        self._after = ""
        self._keys = self.ui.agendaKeys.text()
        self._agenda: RowsModel[AgendaItem] = RowsModel(
            [
                Column(self.tr("Point"), lambda item: item.title, self._retitle),
                Column(self.tr("Titre au relevé"), lambda item: item.heading, self._reword),
                Column(self.tr("Remarque"), self._remark),
            ],
            self,
        )
        self.expected = ExpectedPeople()
        self.carried = CarriedOver()
        self._assemble(top)
        self._connect()

    def show_view(self, view: MeetingView) -> None:
        """Show the meeting's fields and agenda; a field being typed in keeps its text."""
        meeting = view.record.meeting
        if meeting.id != self.meeting_id:
            self._area.verticalScrollBar().setValue(0)
            self._place_after("")
        self.meeting_id = meeting.id
        self._shown = meetings.MeetingEdit(
            meeting.body.name, meeting.day, meeting.at, meeting.place, meeting.connection
        )
        for field, text in ((self.ui.body, meeting.body.name), (self.ui.place, meeting.place)):
            # Setting the same text again would take away what is selected to be typed over.
            if field.text() != text and not (field.hasFocus() and field.isModified()):
                field.setText(text)
                field.setCursorPosition(0)
        self.ui.connection.give(meeting.connection)
        self.ui.plan.setText(view.record.plan.label)
        if not self.ui.day.hasFocus():
            self.ui.day.set_day(meeting.day)
        if not self.ui.at.hasFocus():
            self.ui.at.set_hour(meeting.at)
        self._say_day()
        self._agenda.set_rows(view.record.agenda)
        self._refresh()

    def set_locked(self, locked: bool) -> None:
        """Let nothing be typed while the relevé is issued; the lists can still be read."""
        super().set_locked(locked)
        for field in (self.ui.body, self.ui.day, self.ui.at, self.ui.place):
            field.setReadOnly(locked)
        self.ui.connection.setReadOnly(locked)
        typing = locked and self.ui.newItem.hasFocus()
        for widget in (self.ui.newItem, self.ui.addItem, self.ui.saveTemplate):
            widget.setEnabled(not locked)
        if typing:  # Qt would give the keyboard to whatever comes next
            self.ui.agenda.setFocus()
        self._agenda.read_only = locked
        self.ui.agendaKeys.setText(self.tr("lecture seule") if locked else self._keys)
        self.carried.set_locked(locked)

    def enter(self) -> None:
        """Put the focus on the next agenda item to type."""
        place = self.ui.agenda if self.locked else self.ui.newItem
        place.setFocus()
        self._area.ensureWidgetVisible(place, 0, GRID)

    def go_to(self, field: Field, row_id: str) -> None:
        """Put the focus on the place of the meeting, or on an item's title or wording."""
        if field is Field.PLACE:
            self.ui.place.setFocus()
            self._area.ensureWidgetVisible(self.ui.place, 0, GRID)
            return
        self.ui.agenda.setFocus()
        self.ui.agenda.choose(row_id, _REWORDED if field is Field.HEADING else 0)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own
        """Ask for what changed while the panel was out of sight."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Take the keys of the agenda, and Escape in the line of the new item."""
        if event.type() == QEvent.Type.Resize and watched is self.ui.agenda:
            self.ui.agenda.setColumnWidth(_REWORDED, self.ui.agenda.width() // 4)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.ui.newItem:
                return event.key() == Qt.Key.Key_Escape and self._give_up_insertion()
            return self._agenda_key(event)
        return super().eventFilter(watched, event)

    # The frame ------------------------------------------------------------------------------

    def _assemble(self, top: QWidget) -> None:
        ui = self.ui
        ui.agenda.show_rows(self._agenda, (0, 184, 1))
        header = ui.agenda.horizontalHeader()
        header.setSectionResizeMode(_REMARK, QHeaderView.ResizeMode.ResizeToContents)
        fit(ui.agenda, _AGENDA_ROWS)
        # A cell, not a row: F2 edits the one that is seen to be chosen.
        ui.agenda.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        for label in (self.expected.count, self.expected.missing):
            ui.leftMore.addWidget(label)
        content = QWidget()
        parts = QVBoxLayout(content)
        parts.setContentsMargins(0, 0, 2 * GRID, 0)
        parts.setSpacing(2 * GRID)
        for part in (top, self.carried, self.expected):
            parts.addWidget(part)
        parts.addStretch(1)
        self._area.setWidget(content)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for table in (ui.agenda, self.expected.table, *self.carried.tables):
            keep_in_sight(table, self._area)
        keys = QLabel(
            self.tr("F6 partie suivante · Maj+F6 précédente · Maj+Tab puis Espace replie la partie")
        )
        keys.setProperty("role", "keys")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._area, 1)
        column.addWidget(keys)

    def _connect(self) -> None:
        ui = self.ui
        ui.agenda.installEventFilter(self)
        ui.newItem.installEventFilter(self)
        ui.agenda.removal_asked.connect(self._remove)
        for field in (ui.body, ui.place, ui.day, ui.at):
            field.editingFinished.connect(self._save)
        ui.connection.edited.connect(self._save)
        ui.day.changed.connect(self._say_day)
        ui.newItem.returnPressed.connect(self._add)
        ui.addItem.clicked.connect(self._add)
        ui.saveTemplate.clicked.connect(self._propose_template)
        ui.templates.clicked.connect(self._show_templates)
        self.carried.done_asked.connect(self._close_action)
        self.carried.action_asked.connect(self._take_up_action)
        self.carried.item_asked.connect(self._take_up_item)
        self.jobs.changed.connect(self._on_changes)
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._go_on, step))

    def _parts(self) -> list[tuple[QWidget, QWidget]]:
        """Return the parts of the panel that can be gone to, each with what takes the keyboard."""
        ui = self.ui
        parts: list[tuple[QWidget, QWidget]] = [(ui.body, ui.body), (ui.agenda, ui.agenda)]
        for section in (*self.carried.sections, self.expected):
            table = self.expected.table if section is self.expected else section.content
            if section.isVisible():
                shown = table.isVisible()
                parts.append((section, table if shown else section.heading))
        return parts

    def _go_on(self, step: int) -> None:
        """Go to the next part, or to the one before."""
        parts = self._parts()
        focus = self.window().focusWidget()
        here = next((n for n, (part, _) in enumerate(parts) if _holds(part, focus)), None)
        if here is None:
            here = 0 if focus in {self.ui.day, self.ui.at, self.ui.place, self.ui.connection} else 1
        part, target = parts[(here + step) % len(parts)]
        if target is self.ui.agenda and not self.ui.agenda.currentIndex().isValid():
            self.ui.agenda.setCurrentIndex(self._agenda.index(0, 0))
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bring_into_sight(part)

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scroll as little as shows all of a part, or its beginning where it is too high."""
        bar, room = self._area.verticalScrollBar(), self._area.viewport().height()
        content, top, bottom = self._area.widget(), 0, 0
        if isinstance(part, Section) and content is not None:
            top = part.mapTo(content, QPoint()).y()
            bottom = top + part.height()
        if top < bar.value() or bottom - top > room:
            bar.setValue(top)
        elif bottom > bar.value() + room:
            bar.setValue(bottom - room)

    # What the meeting begins with ----------------------------------------------------------

    def _refresh(self) -> None:
        self._stale = not self.isVisible() or not self.meeting_id
        if not self._stale:
            self.jobs.run(
                preparing.view_preparation,
                done=self._show_open,
                failed=self._not_shown,
                meeting_id=self.meeting_id,
            )

    def _not_shown(self, error: PanError) -> None:
        """Say what is wrong; from a meeting that is no more, the page itself leaves."""
        if not isinstance(error, NotFoundError):
            self.services.notice.complain(error.sentence)

    def _show_open(self, preparation: Preparation) -> None:
        self._preparation = preparation
        self.expected.show_preparation(preparation)
        self.carried.show_preparation(preparation)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(*_OPEN_KINDS):
            self._refresh()

    def _close_action(self, point_id: str) -> None:
        """Note that this meeting takes note of an action as done; or that it is not done.

        It counts as done today, or on the meeting's day where that is past; one done on that very
        day stays in sight, for the meeting is where it is told.
        """
        model = self.carried.open_actions
        action = model.row(model.number_of(point_id))
        if action is None or self._preparation is None:
            return
        done = action.follow_up.done_on is None
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        said = self.tr("L’action est de nouveau ouverte. Ctrl+Z annule.")
        if done:
            said = self.tr("L’action est notée comme faite. Ctrl+Z annule.")
        tell = partial(self.services.notice.tell, said)
        if not done:
            self.jobs.run(actions.reopen, done=lambda _: tell(), point_id=point_id)
            return
        self.jobs.run(
            actions.close,
            done=lambda _: tell(),
            point_id=point_id,
            day=max(action.day, min(today, self._preparation.day)),
            meeting_id=self.meeting_id,
        )

    def _take_up_action(self, point_id: str) -> None:
        self.jobs.run(
            preparing.put_action_on_agenda,
            done=self._taken_up,
            meeting_id=self.meeting_id,
            point_id=point_id,
        )

    def _take_up_item(self, item_id: str) -> None:
        left = self.carried.left_open.row(self.carried.left_open.number_of(item_id))
        if left is not None:
            self.jobs.run(
                preparing.put_on_agenda,
                done=self._taken_up,
                meeting_id=self.meeting_id,
                title=left.item.title,
                heading=left.item.heading,
            )

    def _taken_up(self, item_id: str | None) -> None:
        if item_id is None:
            self.services.notice.tell(self.tr("Ce point est déjà à l’ordre du jour."))
            return
        self.ui.agenda.choose(item_id)
        self.services.notice.tell(
            self.tr("Le point est ajouté à la fin de l’ordre du jour. Ctrl+Z annule.")
        )

    # Templates ------------------------------------------------------------------------------

    def _propose_template(self) -> None:
        self.jobs.run(template_of_meeting, done=self._ask_template, meeting_id=self.meeting_id)

    def _ask_template(self, edit: TemplateEdit) -> None:
        TemplateDialog(self.services, None, edit, self).open()

    def _show_templates(self) -> None:
        TemplatesDialog(self.services, self).open()

    # The meeting's own fields ---------------------------------------------------------------

    def _save(self) -> None:
        """Save the fields; a date or an hour that is none stays as typed and is not saved."""
        day, at = self.ui.day.day(), self.ui.at.hour()
        if day is None or at is None:
            return
        ui = self.ui
        edit = meetings.MeetingEdit(ui.body.text(), day, at, ui.place.text(), ui.connection.text)
        if edit != self._shown:
            seen, self._shown = self._shown, edit
            self.jobs.run(
                meetings.change_meeting,
                failed=partial(self._on_failed, seen),
                meeting_id=self.meeting_id,
                edit=edit,
                seen=seen,
            )

    def _on_failed(self, seen: meetings.MeetingEdit | None, error: PanError) -> None:
        """Say why the fields could not be saved; they stay as typed, to be put right."""
        self._shown = seen
        self.services.notice.complain(error.sentence)

    def _say_day(self) -> None:
        self.ui.dayWords.setText(self.ui.day.words())

    # Agenda ---------------------------------------------------------------------------------

    def _agenda_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key was the agenda's own: moving, leaving out, adding."""
        step = _MOVES.get(event.key())
        if self.locked:
            return False
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(step)
        elif event.key() == Qt.Key.Key_Space:
            self._toggle_discussed()
        elif event.key() == Qt.Key.Key_Insert:
            self._place_after(self.ui.agenda.current_id())
            self.ui.newItem.setFocus()
        else:
            return False
        return True

    def _place_after(self, item_id: str) -> None:
        """Let the next item come behind the one named; "" for the end."""
        item = self._agenda.row(self._agenda.number_of(item_id))
        self._after = item.id if item is not None else ""
        words = self.tr("Titre du point, puis Entrée")
        if item is not None:
            words = self.tr("Titre du point, placé après «\u00a0{}\u00a0»").format(item.title)
        self.ui.newItem.setPlaceholderText(words)

    def _give_up_insertion(self) -> bool:
        if self._after:
            self.ui.newItem.clear()
            self._place_after("")
            self.ui.agenda.setFocus()
            return True
        return False

    def _add(self) -> None:
        title = self.ui.newItem.text().strip()
        if title:
            self.jobs.run(
                meetings.add_item,
                done=partial(self._added, self._after),
                meeting_id=self.meeting_id,
                title=title,
                after=self._after or None,
            )

    def _added(self, after: str, item_id: str) -> None:
        """Make room for the next title, or go back to where the item was put in."""
        self.ui.newItem.clear()
        if after:
            self._place_after("")
            self.ui.agenda.choose(item_id)
            self.ui.agenda.setFocus()

    def _retitle(self, _now: AgendaItem, text: str, seen: AgendaItem) -> None:
        self._change(seen, title=text)

    def _reword(self, _now: AgendaItem, text: str, seen: AgendaItem) -> None:
        self._change(seen, heading=text)

    def _change(self, item: AgendaItem, **fresh: str | bool) -> None:
        values: dict[str, Any] = {
            "title": item.title,
            "heading": item.heading,
            "discussed": item.discussed,
            **fresh,
        }
        self.jobs.run(meetings.change_item, item_id=item.id, seen=item, **values)

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
        if self.locked:
            return
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


def _holds(part: QWidget, focus: QWidget | None) -> bool:
    return focus is part or (focus is not None and part.isAncestorOf(focus))
