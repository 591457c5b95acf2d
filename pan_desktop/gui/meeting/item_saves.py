"""What the editor of one agenda item has asked to be saved, and what the store has of it.

Others may change the same outline at any moment. Each save says what the editor had before, so
that theirs is not undone; what the store shows then goes into the editor point by point, except
where a save is still on its way.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pan_desktop.app import conclusions
from pan_desktop.app.conclusions import OutlinePatch, PointEdit
from pan_desktop.domain.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import Conclusion
    from pan_desktop.gui.jobs import Jobs
    from pan_desktop.gui.widgets.outline_changes import Change


class ItemSaves:
    """The saves of one item, in the order in which they were asked for."""

    def __init__(
        self,
        jobs: Jobs,
        item_id: str,
        outline: Callable[[], list[PointEdit]],
        failed: Callable[[PanError], None],
    ) -> None:
        """Save through ``jobs``; ``outline`` is asked for all points as they stand.

        ``failed`` is told why something could not be saved: the next change saves everything.
        """
        self._jobs = jobs
        self._item_id = item_id
        self._outline = outline
        self._failed = failed
        self._stored: dict[str, PointEdit] = {}
        self._points: dict[str, int] = {}
        """Points whose words are on their way, by the number of the newest save."""
        self._moves = 0
        """The number of the newest save of points that came, went or moved, 0 for none."""
        self._owing: set[str] = set()
        self._wanted = False
        self.broken = False
        """Whether something could not be saved."""

    @property
    def newer(self) -> frozenset[str]:
        """Return the points whose words here are newer than any that the store shows."""
        return frozenset(self._points)

    @property
    def settled(self) -> bool:
        """Tell whether the outline, words apart, is the one that the store was given."""
        return not self._moves and not self.broken

    def shown(self, points: Sequence[Conclusion]) -> None:
        """Note what the store has, as the editor has just been shown it."""
        fresh = {point.id: PointEdit.of(point) for point in points}
        kept = {i: self._stored[i] for i in self._points if i in self._stored}
        self._stored = fresh | kept
        self.broken = False

    def save(self, change: Change) -> None:
        """Have a change saved; the worker is woken last (see ``OutlineEditor``)."""
        if self.broken:
            self._wanted = True
            self._save_whole()
        elif isinstance(change, OutlinePatch):
            after = self._outline()
            self._moves = self._jobs.asked + 1
            self._jobs.run_fenced(
                conclusions.save_patch,
                done=partial(self._moved, self._moves, after),
                failed=self._broke,
                item_id=self._item_id,
                patch=change,
            )
        else:
            for seen, point in change:
                self._save_point(seen, point)

    def _save_point(self, seen: PointEdit, point: PointEdit) -> None:
        """Save one point: by far the commonest, a letter in it. One row is written."""
        number = self._points[point.id] = self._jobs.asked + 1
        self._jobs.save(
            ("point", point.id),
            conclusions.save_point,
            done=partial(self._worded, number, point),
            failed=partial(self._unworded, number, point),
            seen=seen,
            point=point,
        )

    def _save_whole(self) -> None:
        """Save all points, once nothing is on its way any more and it is known what is there."""
        if not self._wanted or self._points or self._moves:
            return
        self._wanted = self.broken = False
        for point_id in self._owing:
            self._jobs.forget(("point", point_id))
        self._owing.clear()
        points = self._outline()
        self._moves = self._jobs.asked + 1
        self._jobs.save(
            ("outline", self._item_id),
            conclusions.save_outline,
            done=partial(self._moved, self._moves, points),
            failed=self._broke,
            seen=tuple(self._stored.values()),
            item_id=self._item_id,
            points=points,
        )

    def _worded(self, number: int, point: PointEdit, _nothing: object) -> None:
        self._stored[point.id] = point
        self._answered(number, point.id)

    def _unworded(self, number: int, point: PointEdit, error: PanError) -> None:
        self._owing.add(point.id)
        # Somebody else removed the point that is being typed in: it comes back with its words.
        gone = isinstance(error, NotFoundError) and point.id in self._stored
        if gone:
            del self._stored[point.id]
        self.broken = True
        self._wanted = self._wanted or gone
        self._answered(number, point.id)
        if not gone:
            self._failed(error)

    def _answered(self, number: int, point_id: str) -> None:
        if self._points.get(point_id) == number:
            del self._points[point_id]
        self._save_whole()

    def _moved(self, number: int, after: list[PointEdit], _nothing: object) -> None:
        fresh = {point.id: point for point in after}
        for point_id in self._owing:  # words that did not come through with the rest
            if point_id in fresh and point_id in self._stored:
                fresh[point_id] = self._stored[point_id]
            else:
                fresh.pop(point_id, None)
        self._stored = fresh
        if self._moves == number:
            self._moves = 0
        self._save_whole()

    def _broke(self, error: PanError) -> None:
        self._moves = 0
        self.broken = True
        self._failed(error)
        self._save_whole()
