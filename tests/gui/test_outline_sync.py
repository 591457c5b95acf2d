"""What others do to an outline comes into the editor without disturbing who types in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from pan_desktop.app.conclusions import PointEdit
from pan_desktop.app.meetings import list_meetings, view_meeting
from pan_desktop.domain.model import Conclusion
from pan_desktop.domain.outline import tamed
from pan_desktop.gui.jobs import Jobs
from pan_desktop.gui.meeting.item_saves import ItemSaves
from pan_desktop.gui.widgets.outline_blocks import blocks_of, id_of, point_of
from pan_desktop.gui.widgets.outline_editor import OutlineEditor
from tests.app.test_two_editors import changed
from tests.builders import filled_database, modest, office_in
from tests.gui.test_outline_editor import KEYS, ignore, press

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pan_desktop.app.office import Office
    from pan_desktop.gui.widgets.outline_changes import Change


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[OutlineEditor]:
    found = OutlineEditor(ignore)
    qtbot.addWidget(found)
    found.resize(500, 400)
    found.show()
    yield found
    found.close()


def kept(points: Sequence[PointEdit]) -> list[Conclusion]:
    """Return points as the store would, no level skipped."""
    levels = tamed([point.level for point in points])
    return [
        Conclusion(p.id, None, float(n), level, p.text, p.kind, p.marks, p.numbered)
        for n, (p, level) in enumerate(zip(points, levels, strict=True))
    ]


def many(count: int) -> list[PointEdit]:
    return [PointEdit(f"p{n}", 0, f"point {n}") for n in range(count)]


def caret(editor: OutlineEditor) -> list[tuple[str, int]]:
    """Return where the caret and the other end of the selection are: a point, and how far in."""
    here = editor.textCursor()
    blocks = [editor.document().findBlock(place) for place in (here.position(), here.anchor())]
    return [
        (id_of(block), place - block.position())
        for block, place in zip(blocks, (here.position(), here.anchor()), strict=True)
    ]


def put_caret(editor: OutlineEditor, position: int, anchor: int) -> None:
    here = editor.textCursor()
    here.setPosition(anchor)
    here.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(here)


@modest
@given(data=st.data())
def test_any_outline_is_shown_and_the_selection_stays(qtbot: QtBot, data: st.DataObject) -> None:
    editor = OutlineEditor(ignore)
    editor.show()
    start = [PointEdit(f"p{n}", 0, word) for n, word in enumerate(["un", "deux", "", "quatre"])]
    editor.load(kept(data.draw(changed(start, "départ"))))
    end = editor.document().characterCount() - 1
    put_caret(editor, data.draw(st.integers(0, end)), data.draw(st.integers(0, end)))
    before, was = caret(editor), {p.id: p.text for p in editor._sent}
    wanted = kept(data.draw(changed(editor._sent, "ailleurs")))
    assert editor.sync(wanted)
    shown = [PointEdit.of(point) for point in wanted]
    assert editor.points() == ([] if [p.text for p in shown] == [""] else shown)
    assert [point_of(block) for block in blocks_of(editor.document())] == editor._sent
    now = {p.id: p.text for p in editor._sent}
    for (point_id, offset), after in zip(before, caret(editor), strict=True):
        if point_id in now:
            # What the other typed comes behind the words that were there.
            place = offset if now[point_id].startswith(was[point_id]) else after[1]
            ends = offset == len(was[point_id]) and now[point_id] != was[point_id]
            assert after == (point_id, len(now[point_id]) if ends and after[1] != place else place)
    editor.deleteLater()


def test_only_the_paragraphs_that_differ_are_touched(editor: OutlineEditor) -> None:
    points = many(300)
    editor.load(kept(points))
    put_caret(editor, 100, 120)
    where = caret(editor)
    was = {id_of(b): (b.revision(), b.position()) for b in blocks_of(editor.document())}
    points[5] = replace(points[5], text="point cinq, changé ailleurs")
    points.insert(250, PointEdit("neuf", 0, "ajouté ailleurs"))
    del points[200]
    assert editor.sync(kept(points))
    touched = {
        id_of(block)
        for block in blocks_of(editor.document())
        if was.get(id_of(block), (-1, 0))[0] != block.revision()
    }
    # Qt counts the paragraph before one that came or went as changed: its end was.
    assert touched <= {"p5", "neuf", "p199", "p249"}
    assert caret(editor) == where


def test_lines_in_sight_stay_where_they_are(editor: OutlineEditor) -> None:
    points = many(100)
    editor.load(kept(points))
    editor.go_to("p60", 3)
    QApplication.processEvents()
    top = editor.cursorRect().top()
    more = [PointEdit(f"n{n}", 0, f"ajouté ailleurs {n}") for n in range(30)]
    assert editor.sync(kept([*points[:10], *more, *points[10:]]))
    QApplication.processEvents()
    assert editor.cursorRect().top() == top


def test_what_a_letter_is_to_look_like_stays(qtbot: QtBot, editor: OutlineEditor) -> None:
    editor.load(kept(many(3)))
    press(qtbot, editor, "bold")
    assert editor.sync(
        kept([PointEdit("n", 0, "ajouté ailleurs"), *many(3), PointEdit("m", 0, "")])
    )
    press(qtbot, editor, "gras")
    assert editor.point_here() == PointEdit("p2", 0, "point 2gras", "b7-11")


def test_a_letter_being_composed_is_waited_for(qtbot: QtBot, editor: OutlineEditor) -> None:
    editor.load(kept(many(2)))
    QApplication.sendEvent(editor, QInputMethodEvent("ê", []))
    assert editor.composing
    wanted = kept([PointEdit("n", 0, "ajouté ailleurs"), *many(2)])
    assert not editor.sync(wanted)
    done = QInputMethodEvent()
    done.setCommitString("ê")
    with qtbot.waitSignal(editor.composed):
        QApplication.sendEvent(editor, done)
    editor.flush()
    assert editor.sync(wanted, {"p1"})
    assert [p.text for p in editor.points()] == ["ajouté ailleurs", "point 0", "point 1ê"]


def test_words_on_their_way_stay_also_in_a_point_that_was_removed(editor: OutlineEditor) -> None:
    editor.load(kept([replace(p, text=p.text + " tapé") for p in many(3)]))
    assert editor.sync(kept([PointEdit("p0", 0, "de la base")]), {"p2"})
    assert [p.text for p in editor.points()] == ["de la base", "point 2 tapé"]


# Two people ------------------------------------------------------------------------------


class Person:
    """Someone at an editor, whose worker does one job when told to."""

    def __init__(self, office: Office, item_id: str, sign: str) -> None:
        self.office, self.item_id, self.sign = office, item_id, sign
        self.jobs = Jobs(office)  # never started: what it is asked for waits
        self.editor = OutlineEditor(self._save)
        self.editor.show()
        self.saves = ItemSaves(self.jobs, item_id, self.editor.points, lambda _error: None)
        points = self.stored()
        self.editor.load(points)
        self.saves.shown(points)
        self.typed = 0
        self.typed_in: set[str] = set()

    def _save(self, change: Change) -> None:
        self.saves.save(change)

    def stored(self) -> Sequence[Conclusion]:
        return self.office.run(lambda work: work.read.conclusions(self.item_id)).result

    def work(self) -> bool:
        """Do the next thing that was asked for; False when there is none."""
        if not self.jobs._store.waiting:
            return False
        job = self.jobs._store.waiting.popleft()
        result: Any = None
        error: Exception | None = None
        try:
            result = job.work()
        except Exception as raised:  # noqa: BLE001 - as the worker does
            error = raised
        self.jobs._deliver(job.number, result, error)
        return True

    def look(self) -> None:
        """Show what the store has, where that is possible."""
        points = self.stored()
        if self.saves.settled and self.editor.sync(points, self.saves.newer):
            self.saves.shown(points)

    def act(self, qtbot: QtBot, deed: str) -> None:
        if deed == "type":
            self.typed += 1
            self.typed_in.add(self.editor.point_here().id)
            press(qtbot, self.editor, self.sign)
        elif deed == "flush":
            self.editor.flush()
        elif deed == "work":
            self.work()
        elif deed == "look":
            self.look()
        else:
            press(qtbot, self.editor, deed)

    def settle(self) -> None:
        self.editor.flush()
        while self.work():
            pass
        self.look()


_DEEDS = ["type", "type", "type", "flush", "work", "work", "look", "enter", "in", "out", "up"]
_DEEDS += ["down", "above", "below", "home", "end"]
assert {"enter", "in", "out", "up", "down", "above", "below", "home", "end"} <= set(KEYS)


@modest
@given(
    deeds=st.lists(st.tuples(st.integers(0, 1), st.sampled_from(_DEEDS)), min_size=10, max_size=60)
)
def test_two_people_type_in_one_item_and_no_letter_of_a_point_of_ones_own_is_lost(
    qtbot: QtBot, tmp_path: Path, deeds: list[tuple[int, str]]
) -> None:
    with office_in(tmp_path, filled_database()) as office:
        latest = office.run(list_meetings).result[0].id
        record = office.run(view_meeting, meeting_id=latest).result.record
        item = max(record.agenda, key=lambda found: len(found.conclusions))
        people = [Person(office, item.id, sign) for sign in "§¤"]
        for who, deed in deeds:
            people[who].act(qtbot, deed)
        for _ in range(2):
            for person in people:
                person.settle()
        end = people[0].stored()
        for person in people:
            assert [PointEdit.of(point) for point in end] == person.editor._sent
        if people[0].typed_in.isdisjoint(people[1].typed_in):
            for person in people:
                assert sum(p.text.count(person.sign) for p in end) == person.typed
        for person in people:
            person.editor.deleteLater()
            person.jobs.close()
