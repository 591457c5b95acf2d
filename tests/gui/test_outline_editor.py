"""The editor of points, driven by keys: what it holds is always an outline."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from pan_desktop.app.conclusions import OutlinePatch, PointEdit, save_patch, save_point
from pan_desktop.app.meetings import list_meetings, view_meeting
from pan_desktop.domain.model import Conclusion, ConclusionKind
from pan_desktop.gui.widgets import outline_blocks, outline_editor
from pan_desktop.gui.widgets.outline_editor import OutlineEditor
from tests.builders import filled_database, modest, office_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QTextBlock
    from pytestqt.qtbot import QtBot

    from pan_desktop.app.office import Office
    from pan_desktop.gui.widgets.outline_changes import Change

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier

INFORMATION, DECISION, ACTION = ConclusionKind

KEYS = {
    "enter": (Key.Key_Return, NONE),
    "in": (Key.Key_Tab, NONE),
    "out": (Key.Key_Backtab, SHIFT),
    "up": (Key.Key_Up, ALT),
    "down": (Key.Key_Down, ALT),
    "back": (Key.Key_Backspace, NONE),
    "delete": (Key.Key_Delete, NONE),
    "home": (Key.Key_Home, NONE),
    "end": (Key.Key_End, NONE),
    "above": (Key.Key_Up, NONE),
    "below": (Key.Key_Down, NONE),
    "undo": (Key.Key_Z, CONTROL),
    "count": (Key.Key_L, CONTROL | SHIFT),
    "action": (Key.Key_T, CONTROL),
    "bold": (Key.Key_B, CONTROL),
    "redo": (Key.Key_Y, CONTROL),
    "all": (Key.Key_A, CONTROL),
    "select": (Key.Key_Up, SHIFT),
    "line": (Key.Key_Return, SHIFT),
}


def ignore(_change: object) -> None:
    """Save nothing."""


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[OutlineEditor]:
    found = OutlineEditor(ignore)
    qtbot.addWidget(found)
    found.show()
    found.load([])
    yield found
    found.close()


def press(qtbot: QtBot, editor: OutlineEditor, *names: str) -> None:
    """Press named keys; anything else is typed."""
    for name in names:
        if name in KEYS:
            qtbot.keyClick(editor, *KEYS[name])
        else:
            qtbot.keyClicks(editor, name)


def outline(editor: OutlineEditor) -> list[tuple[int, str]]:
    """Return the points as levels and texts."""
    return [(point.level, point.text) for point in editor.points()]


def loaded(editor: OutlineEditor, *points: tuple[int, str]) -> None:
    """Load points as from the store."""
    editor.load(
        [Conclusion(f"p{n}", None, n, level, text) for n, (level, text) in enumerate(points)]
    )


def test_enter_and_tab_make_an_outline(qtbot: QtBot, editor: OutlineEditor) -> None:
    press(qtbot, editor, "a", "enter", "in", "b", "enter", "c", "enter", "out", "d")
    assert outline(editor) == [(0, "a"), (1, "b"), (1, "c"), (0, "d")]


def test_nothing_typed_is_no_point(editor: OutlineEditor) -> None:
    assert editor.points() == []


def test_enter_on_an_empty_point_comes_back_a_level(qtbot: QtBot, editor: OutlineEditor) -> None:
    press(qtbot, editor, "a", "enter", "in", "b", "enter", "enter", "c", "enter", "enter")
    assert outline(editor) == [(0, "a"), (1, "b"), (0, "c"), (0, "")]


def test_tab_never_skips_a_level(qtbot: QtBot, editor: OutlineEditor) -> None:
    press(qtbot, editor, "in", "a", "enter", "in", "in", "in", "b")
    assert outline(editor) == [(0, "a"), (1, "b")]


def test_what_hangs_on_a_point_moves_with_it(qtbot: QtBot, editor: OutlineEditor) -> None:
    loaded(editor, (0, "a"), (0, "b"), (1, "c"), (2, "d"), (0, "e"))
    press(qtbot, editor, "above", "above", "above", "in")
    assert outline(editor) == [(0, "a"), (1, "b"), (2, "c"), (3, "d"), (0, "e")]
    press(qtbot, editor, "out", "up")
    assert outline(editor) == [(0, "b"), (1, "c"), (2, "d"), (0, "a"), (0, "e")]
    assert [point.id for point in editor.points()] == ["p1", "p2", "p3", "p0", "p4"]
    press(qtbot, editor, "down", "down")
    assert outline(editor) == [(0, "a"), (0, "e"), (0, "b"), (1, "c"), (2, "d")]


def test_a_point_keeps_its_identifier_while_it_is_typed_in(
    qtbot: QtBot, editor: OutlineEditor
) -> None:
    loaded(editor, (0, "un"), (1, "deux"))
    press(qtbot, editor, "!", "home", "back", "enter")
    assert [p.id for p in editor.points()][:1] == ["p0"]
    assert outline(editor)[0] == (0, "un")


def test_splitting_a_point_gives_the_new_half_an_identifier(
    qtbot: QtBot, editor: OutlineEditor
) -> None:
    loaded(editor, (0, "undeux"))
    for _ in range(4):
        qtbot.keyClick(editor, Key.Key_Left)
    press(qtbot, editor, "enter")
    first, second = editor.points()
    assert (first.id, first.text, second.text) == ("p0", "un", "deux")
    assert second.id not in {"", "p0"}


def test_backspace_comes_back_then_joins(qtbot: QtBot, editor: OutlineEditor) -> None:
    loaded(editor, (0, "a"), (1, "b"))
    press(qtbot, editor, "home", "back")
    assert outline(editor) == [(0, "a"), (0, "b")]
    press(qtbot, editor, "back")
    assert outline(editor) == [(0, "ab")]


def test_shift_enter_is_a_line_within_a_point(qtbot: QtBot, editor: OutlineEditor) -> None:
    press(qtbot, editor, "a", "line", "b")
    assert outline(editor) == [(0, "a\nb")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- un\n  - deux\n- trois", [(0, "un"), (1, "deux"), (0, "trois")]),
        ("•\tun\no\tdeux", [(0, "un"), (1, "deux")]),
        ("un\n\n\tdeux\n\t\ttrois\nquatre", [(0, "un"), (1, "deux"), (2, "trois"), (0, "quatre")]),
        ("25 000 ; 14-18", [(0, "25 000 ; 14-18")]),
    ],
)
def test_pasted_lines_become_points(
    editor: OutlineEditor, text: str, expected: list[tuple[int, str]]
) -> None:
    data = QMimeData()
    data.setText(text)
    editor.insertFromMimeData(data)
    assert outline(editor) == expected


def test_pasted_tables_and_pictures_give_text_or_nothing(editor: OutlineEditor) -> None:
    data = QMimeData()
    data.setHtml("<table><tr><td>a</td><td>b</td></tr></table><img src='http://x/y.png'>")
    data.setText("a\tb")
    editor.insertFromMimeData(data)
    assert outline(editor) == [(0, "a | b")]
    data = QMimeData()
    data.setImageData(b"")
    editor.insertFromMimeData(data)
    assert outline(editor) == [(0, "a | b")]


def test_what_only_a_web_page_holds_is_pasted_as_text(editor: OutlineEditor) -> None:
    data = QMimeData()
    data.setHtml("<p>un</p><p>deux <b>gras</b></p>")
    data.removeFormat("text/plain")
    assert editor.canInsertFromMimeData(data)
    editor.insertFromMimeData(data)
    assert outline(editor) == [(0, "un"), (0, "deux gras")]


def test_undo_and_redo_are_the_offices(qtbot: QtBot, editor: OutlineEditor) -> None:
    asked: list[str] = []
    editor.undo_asked.connect(lambda: asked.append("undo"))
    editor.redo_asked.connect(lambda: asked.append("redo"))
    press(qtbot, editor, "abc", "undo", "redo")
    qtbot.keyClick(editor, Key.Key_Z, CONTROL | SHIFT)
    assert asked == ["undo", "redo", "redo"]
    assert outline(editor) == [(0, "abc")]


# Marks, kinds, numbers -------------------------------------------------------------------


def test_bold_italic_and_raised_are_marks_beside_the_text(
    qtbot: QtBot, editor: OutlineEditor
) -> None:
    for key, modifiers, words in (
        (Key.Key_B, CONTROL, "gras"),
        (Key.Key_I, CONTROL, "les deux"),
        (Key.Key_B, CONTROL, "oblique"),
        (Key.Key_I, CONTROL, "rien"),
        (Key.Key_P, CONTROL | SHIFT, "er"),
    ):
        qtbot.keyClick(editor, key, modifiers)
        qtbot.keyClicks(editor, words)
    (point,) = editor.points()
    assert (point.text, point.marks) == ("grasles deuxobliquerien" + "er", "b0-12 i4-19 s23-25")


def test_marks_are_counted_in_characters_after_an_emoji(
    qtbot: QtBot, editor: OutlineEditor
) -> None:
    editor.load([Conclusion("p0", None, 1, 0, "😀 mot", marks="b2-5")])
    assert editor.points()[0].marks == "b2-5"
    qtbot.keyClicks(editor, "s")
    assert (editor.points()[0].text, editor.points()[0].marks) == ("😀 mots", "b2-6")


def test_a_selection_is_marked_and_unmarked(qtbot: QtBot, editor: OutlineEditor) -> None:
    loaded(editor, (0, "un mot"))
    qtbot.keyClick(editor, Key.Key_Left, CONTROL | SHIFT)
    qtbot.keyClick(editor, Key.Key_B, CONTROL)
    assert editor.points()[0].marks == "b3-6"
    qtbot.keyClick(editor, Key.Key_B, CONTROL)
    assert editor.points()[0].marks == ""


def test_ctrl_d_decides_and_ctrl_t_acts_and_again_takes_it_back(
    qtbot: QtBot, editor: OutlineEditor
) -> None:
    loaded(editor, (0, "a"), (0, "b"))
    qtbot.keyClick(editor, Key.Key_D, CONTROL)
    assert [p.kind for p in editor.points()] == [INFORMATION, DECISION]
    qtbot.keyClick(editor, Key.Key_T, CONTROL)
    assert [p.kind for p in editor.points()] == [INFORMATION, ACTION]
    press(qtbot, editor, "enter", "c")
    assert [p.kind for p in editor.points()] == [INFORMATION, ACTION, INFORMATION]
    press(qtbot, editor, "above")
    qtbot.keyClick(editor, Key.Key_T, CONTROL)
    assert {p.kind for p in editor.points()} == {INFORMATION}


def test_points_of_a_level_are_counted_and_not(qtbot: QtBot, editor: OutlineEditor) -> None:
    loaded(editor, (0, "a"), (1, "b"), (0, "c"))
    qtbot.keyClick(editor, Key.Key_L, CONTROL | SHIFT)
    assert [p.numbered for p in editor.points()] == [True, False, True]
    press(qtbot, editor, "enter", "d")
    assert [p.numbered for p in editor.points()] == [True, False, True, True]
    last = editor.document().lastBlock()
    assert last.textList().itemText(last) == "3."
    qtbot.keyClick(editor, Key.Key_L, CONTROL | SHIFT)
    assert not any(p.numbered for p in editor.points())


def test_what_is_pasted_from_word_keeps_levels_and_looks(editor: OutlineEditor) -> None:
    data = QMimeData()
    data.setHtml("<ul><li>un <b>gras</b><ul><li>deux</li></ul></li></ul><ol><li>trois</li></ol>")
    editor.insertFromMimeData(data)
    found = [(p.level, p.text, p.marks, p.numbered) for p in editor.points()]
    assert found == [
        (0, "un gras", "b3-7", False),
        (1, "deux", "", False),
        (0, "trois", "", True),
    ]


def test_an_arabic_point_runs_from_the_right(editor: OutlineEditor) -> None:
    loaded(editor, (0, "Le comité"), (0, "صادقت اللجنة على المحضر"))
    first, second = editor.document().firstBlock(), editor.document().lastBlock()
    assert first.textDirection() == Qt.LayoutDirection.LeftToRight
    assert second.textDirection() == Qt.LayoutDirection.RightToLeft
    line = second.layout().lineAt(0)
    assert line.naturalTextRect().left() > editor.viewport().width() / 4


# What is sent ----------------------------------------------------------------------------


def heard(editor: OutlineEditor) -> list[Change]:
    """Return the list that fills with what the editor sends."""
    found: list[Change] = []
    editor._save = found.append
    return found


def test_letters_are_one_point_once_for_each_pass(qtbot: QtBot, editor: OutlineEditor) -> None:
    loaded(editor, (0, "a"), (1, "b"))
    sent = heard(editor)
    press(qtbot, editor, "cde")
    assert sent == []
    QApplication.processEvents()
    assert sent == [((PointEdit("p1", 1, "b"), PointEdit("p1", 1, "bcde")),)]


@pytest.mark.parametrize("pressed", [("cde",), ("c", "enter", "d"), ("c", "enter", "out", "d")])
def test_what_somebody_asks_for_is_sent_all_the_same(
    qtbot: QtBot, editor: OutlineEditor, pressed: tuple[str, ...]
) -> None:
    """The preview asks for the points as they stand before they were sent."""
    loaded(editor, (0, "a"), (1, "b"))
    sent = heard(editor)
    for name in pressed:
        press(qtbot, editor, name)
        editor.points()
    assert sent == []
    asked = editor.points()
    QApplication.processEvents()
    assert len(sent) == 1
    fresh = {"p1": PointEdit("p1", 1, "bc"), asked[-1].id: asked[-1]}
    if isinstance(sent[0], OutlinePatch):
        assert {point.id: point for point in sent[0].points} == fresh
    else:
        assert sent == [((PointEdit("p1", 1, "b"), asked[-1]),)]
    assert editor.points() == asked


def test_a_new_point_is_all_that_is_sent(qtbot: QtBot, editor: OutlineEditor) -> None:
    loaded(editor, *[(n % 3, str(n)) for n in range(300)])
    sent = heard(editor)
    press(qtbot, editor, "enter", "x")
    QApplication.processEvents()
    (patch,) = sent
    assert isinstance(patch, OutlinePatch)
    assert (patch.before, patch.after, patch.removed, patch.rehung) == ("p299", None, (), ())
    assert [point.text for point in patch.points] == ["x"]
    assert patch.parents == ("p298",)


def test_nothing_is_read_again_that_was_not_touched(
    qtbot: QtBot, editor: OutlineEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(editor, *[(0, str(n)) for n in range(500)])
    read: list[object] = []

    def counted(block: QTextBlock) -> PointEdit:
        read.append(block)
        return outline_blocks.point_of(block)

    monkeypatch.setattr(outline_editor, "point_of", counted)
    press(qtbot, editor, "x")
    editor.flush()
    assert 1 <= len(read) <= 4


def test_what_the_store_says_is_shown_and_the_caret_stays(
    qtbot: QtBot, editor: OutlineEditor
) -> None:
    loaded(editor, (0, "un"), (0, "deux"), (1, "trois"))
    press(qtbot, editor, "above")
    sent = heard(editor)
    editor.sync(
        [
            Conclusion("new", None, 0, 0, "zéro"),
            Conclusion("p0", None, 1, 0, "une", DECISION, "b0-3"),
            Conclusion("p1", None, 2, 0, "deux"),
        ]
    )
    QApplication.processEvents()
    assert sent == []
    assert [(p.id, p.text, p.marks) for p in editor.points()] == [
        ("new", "zéro", ""),
        ("p0", "une", "b0-3"),
        ("p1", "deux", ""),
    ]
    assert editor.point_here().id == "p1"
    editor.sync([])
    assert editor.points() == []


def test_the_caret_goes_to_a_stretch(editor: OutlineEditor) -> None:
    loaded(editor, (0, "😀 un"), (0, "deux"))
    editor.go_to("p0", 2, 2)
    assert editor.textCursor().selectedText() == "un"


def save(office: Office, item_id: str, change: Change) -> None:
    """Save a change as the panel does."""
    if isinstance(change, OutlinePatch):
        office.run(save_patch, item_id=item_id, patch=change)
    else:
        for seen, point in change:
            office.run(save_point, point=point, seen=seen)


# Any keys --------------------------------------------------------------------------------


@modest
@given(st.lists(st.sampled_from([*KEYS, *"xyz", "sent", "asked"]), max_size=40))
def test_what_is_sent_makes_the_stored_outline(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    with office_in(tmp_path_factory.mktemp("points"), filled_database()) as office:
        latest = office.run(list_meetings).result[0].id
        record = office.run(view_meeting, meeting_id=latest).result.record
        item = max(record.agenda, key=lambda found: len(found.conclusions))
        editor = OutlineEditor(partial(save, office, item.id))
        editor.show()
        editor.load(item.conclusions)
        meanwhile = {"sent": editor.flush, "asked": editor.points}
        for name in names:
            if name in meanwhile:
                meanwhile[name]()
            else:
                press(qtbot, editor, name)
        editor.flush()
        stored = office.run(lambda work: work.read.conclusions(item.id)).result
        shown = editor.points() or [p for p in editor._sent if stored]
        assert [PointEdit.of(point) for point in stored] == shown
        editor.deleteLater()


@modest
@given(st.lists(st.sampled_from([*KEYS, *"xyz"]), max_size=40))
def test_whatever_is_pressed_the_editor_holds_an_outline(qtbot: QtBot, names: list[str]) -> None:
    editor = OutlineEditor(ignore)
    editor.show()
    loaded(editor, (0, "a"), (1, "b"), (2, "c"), (1, "d"), (0, "e"))
    for name in names:
        press(qtbot, editor, name)
        editor.flush()
        points = editor.points()
        levels = [point.level for point in points]
        assert all(b <= a + 1 for a, b in zip([-1, *levels], levels, strict=False))
        identifiers = [point.id for point in points]
        assert len(set(identifiers)) == len(identifiers)
        assert all(identifiers)
    editor.deleteLater()
