"""The editor of points, driven by keys: what it holds is always an outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from pan_desktop.domain.model import Conclusion
from pan_desktop.gui.widgets.outline_editor import OutlineEditor
from tests.builders import modest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier

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
    "redo": (Key.Key_Y, CONTROL),
    "all": (Key.Key_A, CONTROL),
    "select": (Key.Key_Up, SHIFT),
    "line": (Key.Key_Return, SHIFT),
}


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[OutlineEditor]:
    found = OutlineEditor()
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


def test_undo_brings_back_text_levels_and_identifiers(qtbot: QtBot, editor: OutlineEditor) -> None:
    loaded(editor, (0, "a"), (1, "b"), (0, "c"))
    before = editor.points()
    press(qtbot, editor, "all", "back")
    assert editor.points() == []
    press(qtbot, editor, "undo")
    assert editor.points() == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- un\n  - deux\n- trois", [(0, "un"), (1, "deux"), (0, "trois")]),
        ("•\tun\no\tdeux", [(0, "un"), (0, "deux")]),
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
    assert outline(editor) == [(0, "a\tb")]
    data = QMimeData()
    data.setImageData(b"")
    editor.insertFromMimeData(data)
    assert outline(editor) == [(0, "a\tb")]


def test_what_only_a_web_page_holds_is_pasted_as_text(editor: OutlineEditor) -> None:
    data = QMimeData()
    data.setHtml("<p>un</p><p>deux <b>gras</b></p>")
    data.removeFormat("text/plain")
    assert editor.canInsertFromMimeData(data)
    editor.insertFromMimeData(data)
    assert outline(editor) == [(0, "un"), (0, "deux gras")]


def test_ctrl_y_does_again(qtbot: QtBot, editor: OutlineEditor) -> None:
    press(qtbot, editor, "abc", "undo")
    assert outline(editor) == []
    press(qtbot, editor, "redo")
    assert outline(editor) == [(0, "abc")]


def test_one_snapshot_for_each_pass_of_the_event_loop(qtbot: QtBot, editor: OutlineEditor) -> None:
    snapshots: list[object] = []
    editor.edited.connect(snapshots.append)
    press(qtbot, editor, "abc", "enter", "d")
    assert snapshots == []
    QApplication.processEvents()
    assert snapshots == [editor.points()]


@modest
@given(st.lists(st.sampled_from([*KEYS, *"xyz"]), max_size=40))
def test_whatever_is_pressed_the_editor_holds_an_outline(qtbot: QtBot, names: list[str]) -> None:
    editor = OutlineEditor()
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
