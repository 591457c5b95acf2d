"""What the meeting's page has of a shared office: others' marks, two texts to choose between."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from pan_desktop.app import disagreements
from pan_desktop.app.changes import Kind
from pan_desktop.domain.errors import NotFoundError
from pan_desktop.gui.shared.disagreement_bar import DisagreementBar
from pan_desktop.gui.shared.margin import Margin, Marks
from pan_desktop.gui.shared.others import (
    POINT,
    PREPARING,
    PRESENCES,
    REPORT,
    Others,
    OthersStrip,
    Whereabouts,
)
from pan_desktop.gui.widgets.outline_editor import OutlineEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.changes import Changes
    from pan_desktop.app.disagreements import Choice, Disagreement
    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.line_jobs import LineJobs
    from pan_desktop.gui.pages.meeting import MeetingPage

_NOWHERE = ("", "")
_SHOWN_BY = frozenset({Kind.DISAGREEMENTS, Kind.CONCLUSIONS, Kind.PROGRESS})
"""What the texts of a disagreement may be among."""


class SharedMeeting(QObject):
    """Ties what others do to one meeting's page.

    Two texts may wait in an office alone as well: what could not be saved is merged later.
    """

    def __init__(self, page: MeetingPage, line: LineJobs | None) -> None:
        """Show on ``page`` what ``line`` tells, and tell it where the keyboard is."""
        super().__init__(page)
        self._page = page
        self._jobs = page.jobs
        self._margins: list[Margin] = []
        self._always = line is not None
        self.found: tuple[Disagreement, ...] = ()
        """What waits for a choice in the meeting that is shown."""
        self._wanted = ""
        self._expected = False
        self.bar = DisagreementBar()
        page.hold.add_bar(self.bar)
        page.hold.choice_asked.connect(self.go_on)
        self.bar.left.connect(self._leave)
        self.bar.chosen.connect(self._choose)
        for signal, use_case in (
            (self.bar.restored, disagreements.restore),
            (self.bar.dismissed, disagreements.dismiss),
        ):
            signal.connect(partial(self._settle, use_case))
        self.bar.rewritten.connect(self._rewrite)
        self.others = Others(line, self) if line is not None else None
        self.strip = OthersStrip(self.others) if self.others is not None else None
        self.whereabouts = Whereabouts(line, page, self._where) if line is not None else None
        if self.strip is not None and self.others is not None:
            self.strip.stand_on(page.ui.moments)
            self.others.changed.connect(self._mark)
        page.hold.points.editor_made.connect(self._on_editor)
        page.hold.moved.connect(self._on_moved)
        page.hold.progress.ui.grid.row_chosen.connect(lambda _row: self._on_moved())
        self._jobs.changed.connect(self._on_changes)

    def show_view(self, view: MeetingView) -> None:
        """Know the meeting that is shown."""
        if self.others is not None:
            self.others.show_view(view)
        self.refresh()

    def refresh(self) -> None:
        """Ask what waits for a choice."""
        if self._page.meeting_id:
            self._jobs.run(
                disagreements.open_disagreements,
                done=partial(self._take, self._page.meeting_id),
                meeting_id=self._page.meeting_id,
            )

    def go_when_known(self) -> None:
        """Go to the first choice as soon as it is known what waits."""
        self._expected = True
        self.refresh()

    def go_on(self) -> None:
        """Go to what is to be chosen; once there, to the next."""
        if not self.found:
            words = self.tr("Aucun choix n’attend dans cette réunion.")
            self._page.services.notice.tell(words)
            return
        shown = self.bar.shown
        ids = [found.id for found in self.found]
        place = ids.index(shown.id) if shown is not None and shown.id in ids else -1
        if place < 0 or self._has_keyboard():
            place = (place + 1) % len(ids)
        found = self.found[place]
        self._wanted = found.id
        if (found.table, found.row_id) == self._page.hold.row_here:
            pass  # the caret stays where it is
        elif found.table == POINT:
            self._page.hold.go_to_point(found.row_id, 0, 0)
        elif found.table == REPORT:
            self._page.hold.go_to_report(found.row_id, 0, 0)
        self._wanted = found.id
        self._show_bar()
        self.bar.begin()

    # What is to be chosen --------------------------------------------------------------------

    def _on_changes(self, changes: Changes) -> None:
        if Kind.DISAGREEMENTS in changes.kinds or (
            self.found and not changes.kinds.isdisjoint(_SHOWN_BY)
        ):
            self.refresh()

    def _take(self, meeting_id: str, found: tuple[Disagreement, ...]) -> None:
        if meeting_id != self._page.meeting_id:
            return
        if found != self.found:
            self.found = found
            self._mark()
            self._show_bar()
        if self._expected and found:
            self._expected = False
            self.go_on()

    def _on_moved(self) -> None:
        """Follow the caret to another point, or the grid to another row."""
        if self.whereabouts is not None:
            self.whereabouts.tell()
        if not self._has_keyboard():
            self._wanted = ""
        self._show_bar()

    def _show_bar(self) -> None:
        """Show what is to be chosen where the caret is, or what was asked for."""
        here = self._page.hold.row_here
        ids = [found.id for found in self.found]
        place = ids.index(self._wanted) if self._wanted in ids else -1
        if place < 0:
            rows = [(found.table, found.row_id) for found in self.found]
            place = rows.index(here) if here in rows else -1
        if place < 0 and self._has_keyboard():
            self._leave()
        found = self.found[place] if place >= 0 else None
        self.bar.show_disagreement(found, place + 1, len(ids))

    def _has_keyboard(self) -> bool:
        focus: QWidget | None = self._page.window().focusWidget()
        return focus is self.bar or (focus is not None and self.bar.isAncestorOf(focus))

    def _leave(self) -> None:
        self._wanted = ""
        self._page.hold.enter_here()

    def _choose(self, disagreement_id: str, choice: Choice) -> None:
        self._settle(disagreements.choose, disagreement_id, choice=choice)

    def _rewrite(self, disagreement_id: str, text: str) -> None:
        self._settle(disagreements.choose_text, disagreement_id, text=text)

    def _settle(self, use_case: Callable[..., Any], disagreement_id: str, **said: Any) -> None:
        """Have a choice kept; the page shows what came of it."""
        self._page.hold.flush()
        self._jobs.run_fenced(
            use_case,
            done=self._settled,
            failed=self._not_settled,
            disagreement_id=disagreement_id,
            **said,
        )

    def _settled(self, _nothing: object) -> None:
        self._wanted = ""
        self._page.services.notice.tell(self.tr("Le choix est retenu pour tous. Ctrl+Z l’annule."))
        self._page.refresh()

    def _not_settled(self, error: PanError) -> None:
        self._page.services.notice.complain(error.sentence)
        if isinstance(error, NotFoundError):
            self._page.refresh()

    # Who is where ----------------------------------------------------------------------------

    def _on_editor(self, editor: OutlineEditor) -> None:
        editor.point_entered.connect(lambda _point: self._on_moved())
        if self._always:
            self._add_margin(editor)
        self._mark()

    def _add_margin(self, editor: OutlineEditor) -> None:
        margin = Margin(editor)
        self._margins.append(margin)
        margin.destroyed.connect(partial(self._margins.remove, margin))

    def _mark(self) -> None:
        """Put the marks of who writes where, and of what waits for a choice."""
        writers = self.others.writing(POINT) if self.others is not None else {}
        differing = {found.row_id for found in self.found if found.table == POINT}
        words = self.tr("Deux textes attendent un choix (F8).")
        marks = {
            point_id: Marks(writers.get(point_id, ()), words if point_id in differing else "")
            for point_id in {*writers, *differing}
        }
        if marks and not self._always:  # an office alone gives the margin no room before
            self._always = True
            for editor in self._page.hold.points.editors():
                self._add_margin(editor)
        for margin in self._margins:
            margin.show_marks(marks)
        if self.others is not None:
            self._page.hold.progress.show_writers(self.others.writing(REPORT))

    def _where(self, focus: QWidget) -> tuple[str, str]:
        """Return the table and the row by which the others know a place of the page."""
        page, meeting_id = self._page, self._page.meeting_id
        if page.locked or not meeting_id:
            return _NOWHERE
        hold = page.hold
        if hold.people.isAncestorOf(focus):
            return PRESENCES, meeting_id
        if hold.points.isAncestorOf(focus) or hold.progress.isAncestorOf(focus):
            return hold.row_here
        return (PREPARING, meeting_id) if page.prepare.isAncestorOf(focus) else _NOWHERE
