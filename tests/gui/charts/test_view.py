"""A chart in the window: keys, mouse, captions, the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from pan_desktop.gui import theme
from pan_desktop.gui.charts.bars import Bars
from pan_desktop.gui.charts.data import Group, Line
from pan_desktop.gui.charts.multiples import Multiples
from pan_desktop.gui.charts.overall import Overall
from pan_desktop.gui.charts.view import ChartView
from tests.gui.charts.invented import FIRST, FRAME, bars, groups, overall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ChartView]:
    """Show 18 commitments in 5 axes, four panels side by side, with a field beside them."""
    window = QWidget()
    column = QVBoxLayout(window)
    shown = ChartView()
    column.addWidget(shown)
    window.field = QLineEdit()  # type: ignore[attr-defined]
    column.addWidget(window.field)  # type: ignore[attr-defined]
    qtbot.addWidget(window)
    window.resize(1000, 600)
    shown.show_chart(Multiples(groups(18, 5), FRAME, "Plan"))
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    yield shown
    window.hide()


def press(
    qtbot: QtBot, view: ChartView, *keys: Qt.Key, held: Qt.KeyboardModifier | None = None
) -> None:
    """Press keys one after the other."""
    for key in keys:
        qtbot.keyClick(view, key, held or Qt.KeyboardModifier.NoModifier)


def key_of(view: ChartView) -> str:
    """Return the key of what the keyboard is on."""
    return view.current.key if view.current else ""


def test_keyboard_comes_to_the_first_panel_and_is_told(view: ChartView) -> None:
    assert key_of(view) == "c1"
    assert view.caption.startswith("1. Registre public des bénéficiaires\u00a0: ")
    assert view.caption.endswith("\u00a0% le 1er juin 2032")
    assert view.accessibleDescription() == view.caption
    assert view.accessibleName() == "Plan"


def test_arrows_go_from_panel_to_panel(qtbot: QtBot, view: ChartView) -> None:
    press(qtbot, view, Key.Key_Right)
    assert key_of(view) == "c2"
    assert "(sans nouvelles depuis 2 réunions)" in view.caption
    press(qtbot, view, Key.Key_Down)
    assert key_of(view) == "c6"
    assert view.caption.endswith("sans donnée")
    press(qtbot, view, Key.Key_Up, Key.Key_Left, Key.Key_Left, Key.Key_Left)
    assert key_of(view) == "c1"
    press(qtbot, view, Key.Key_Up)
    assert key_of(view) == "c1"
    press(qtbot, view, Key.Key_End)
    assert key_of(view) == "c18"
    press(qtbot, view, Key.Key_Right, Key.Key_Down)
    assert key_of(view) == "c18"
    press(qtbot, view, Key.Key_Home)
    assert key_of(view) == "c1"


def test_a_short_row_is_no_dead_end(qtbot: QtBot, view: ChartView) -> None:
    press(qtbot, view, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    press(qtbot, view, *[Key.Key_Down] * 4)
    assert key_of(view) == "c18"


def test_control_goes_along_the_marks_of_a_panel(qtbot: QtBot, view: ChartView) -> None:
    press(qtbot, view, *[Key.Key_Left] * 20, held=CONTROL)
    assert key_of(view) == "c1"
    assert view.caption.endswith("le 12 février 2030")
    press(qtbot, view, Key.Key_Right, held=CONTROL)
    assert view.caption.endswith("2030")
    press(qtbot, view, Key.Key_Right)
    assert key_of(view) == "c2"


def test_carried_over_is_said(qtbot: QtBot, view: ChartView) -> None:
    said = set()
    for _ in range(9):
        said.add(view.caption.endswith("taux repris faute de nouvelles"))
        press(qtbot, view, Key.Key_Left, held=CONTROL)
    assert said == {True, False}


def test_current_panel_is_brought_into_sight(qtbot: QtBot, view: ChartView) -> None:
    bar = view.verticalScrollBar()
    assert bar.maximum() > 0
    press(qtbot, view, Key.Key_End)
    assert bar.value() > 0
    press(qtbot, view, Key.Key_Home)
    assert bar.value() == 0  # with the head, not only the panel


def test_enter_opens(qtbot: QtBot, view: ChartView) -> None:
    for key in (Key.Key_Return, Key.Key_Enter):
        with qtbot.waitSignal(view.opened) as blocker:
            press(qtbot, view, Key.Key_Right, key)
        assert blocker.args == [key_of(view)]


def test_one_line_is_walked_mark_by_mark(qtbot: QtBot, view: ChartView) -> None:
    view.show_chart(Overall(overall(5), FRAME))
    press(qtbot, view, Key.Key_Home)
    assert key_of(view) == FIRST.isoformat()
    press(qtbot, view, Key.Key_Right, Key.Key_Down)
    third = key_of(view)
    press(qtbot, view, Key.Key_Left, Key.Key_Left, Key.Key_Left)
    assert key_of(view) == FIRST.isoformat() < third
    press(qtbot, view, Key.Key_End)
    assert key_of(view) == overall(5).marks[-1].day.isoformat()


def test_bars_tell_value_and_change(qtbot: QtBot, view: ChartView) -> None:
    view.show_chart(Bars(bars(3)))
    press(qtbot, view, Key.Key_Home)
    assert view.caption.endswith(": 100\u00a0% (88\u00a0% à la réunion précédente, +12)")
    press(qtbot, view, Key.Key_Down, Key.Key_Down)
    assert view.caption == "3. Budget lisible par tous\u00a0: 45\u00a0%"


@pytest.mark.parametrize(
    "chart", [None, Multiples((), FRAME), Overall(overall(1)._replace(marks=()), FRAME)]
)
def test_nothing_to_point_at_bears_every_key(
    qtbot: QtBot, view: ChartView, chart: Multiples | Overall | None
) -> None:
    view.show_chart(chart)
    keys = (Key.Key_Left, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_Return)
    with qtbot.assertNotEmitted(view.opened):
        press(qtbot, view, *keys)
    assert view.caption == ""
    view.grab()


def test_mouse_shows_the_same_and_gives_the_keyboard_back(qtbot: QtBot, view: ChartView) -> None:
    own = view.caption
    spot = view._spots[2]
    at = spot.stops[0].at
    assert at is not None
    qtbot.mouseMove(view.viewport(), at.toPoint())
    qtbot.waitUntil(lambda: view.caption.endswith("le 12 février 2030"))
    assert view.accessibleDescription() == view.caption == spot.stops[0].words
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert view.caption == own
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert key_of(view) == "c3"
    with qtbot.waitSignal(view.opened) as blocker:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert blocker.args == ["c3"]


def test_focus_is_seen(qtbot: QtBot, view: ChartView) -> None:
    def has_frame() -> bool:
        accent = theme.palette(dark=False).accent().color()
        area = view._spots[0].area
        seen = view.viewport().grab().toImage()
        ratio = seen.devicePixelRatio()
        x, y = area.center().x() * ratio, (area.top() - theme.GRID) * ratio
        return seen.pixelColor(int(x), int(y)) == accent

    view.setPalette(theme.palette(dark=False))
    assert has_frame()
    field = view.window().field  # type: ignore[attr-defined]
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert not has_frame()


def test_current_figure_is_kept_when_the_chart_is_shown_anew(qtbot: QtBot, view: ChartView) -> None:
    press(qtbot, view, Key.Key_Right, Key.Key_Right)
    press(qtbot, view, Key.Key_Left, held=CONTROL)
    words = view.caption
    view.show_chart(Multiples(groups(18, 3), FRAME))
    assert (key_of(view), view.caption) == ("c3", words)
    view.show_chart(Multiples((Group("", (Line("other", "", "Autre", ()),)),), FRAME))
    assert key_of(view) == "other"


def test_width_flows(view: ChartView) -> None:
    heights = []
    for width in (300, 700, 1400):
        view.window().resize(width, 600)
        QApplication.processEvents()
        heights.append(view.verticalScrollBar().maximum())
        assert all(spot.area.right() <= view.viewport().width() for spot in view._spots)
    assert heights == sorted(heights, reverse=True)


def test_scroll_bar_is_there_only_where_it_is_needed(view: ChartView) -> None:
    assert view.verticalScrollBar().isVisible()
    view.show_chart(Overall(overall(5), FRAME))
    seen = set()
    for width in range(400, 1400, 7):  # higher where it is wider: the bar must settle
        view.window().resize(width, 420)
        QApplication.processEvents()
        bar = view.verticalScrollBar()
        assert bar.isVisible() or bar.maximum() == 0
        seen.add(bar.isVisible())
    assert seen == {True, False}


def test_other_keys_are_left_to_others(qtbot: QtBot, view: ChartView) -> None:
    own = view.caption
    press(qtbot, view, Key.Key_Right, held=Qt.KeyboardModifier.AltModifier)
    press(qtbot, view, Key.Key_Right, held=SHIFT)
    press(qtbot, view, Key.Key_A, Key.Key_Escape)
    assert view.caption == own
    press(qtbot, view, Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 0


# --- The clipboard and the menu ---------------------------------------------------------------


def test_picture_is_copied_at_twice_the_size_on_white(qtbot: QtBot, view: ChartView) -> None:
    view.setPalette(theme.palette(dark=True))
    press(qtbot, view, Key.Key_C, held=CONTROL)
    image = QGuiApplication.clipboard().image()
    assert image.width() == pytest.approx(2 * view.viewport().width(), rel=0.05)
    assert image.height() > image.width() / 2
    assert QImage(image).pixelColor(1, 1).name() == "#ffffff"


def test_figures_are_copied_as_text_and_as_a_table(qtbot: QtBot, view: ChartView) -> None:
    odd = Line("x", "9", "Un\ttitre <coupé>\n& cité", overall(2).marks)
    view.show_chart(Multiples((Group("A", (odd,)),), FRAME))
    press(qtbot, view, Key.Key_C, held=CONTROL | SHIFT)
    mime = QGuiApplication.clipboard().mimeData()
    rows = [row.split("\t") for row in mime.text().splitlines()]
    assert rows[0] == ["Axe", "N°", "Engagement", "Réunion", "Avancement (%)", "Taux", "Remarque"]
    assert rows[1][:4] == ["A", "9", "Un titre <coupé> & cité", "12/02/2030"]
    assert {len(row) for row in rows} == {7}
    assert "<th>Axe</th>" in mime.html()
    assert "<td>Un titre &lt;coupé&gt; &amp; cité</td>" in mime.html()


def test_saving_and_printing_are_asked_for(qtbot: QtBot, view: ChartView) -> None:
    with qtbot.waitSignal(view.save_asked):
        press(qtbot, view, Key.Key_S, held=CONTROL)
    with qtbot.waitSignal(view.print_asked):
        press(qtbot, view, Key.Key_P, held=CONTROL)


@pytest.mark.parametrize(
    ("key", "held"), [(Key.Key_Menu, Qt.KeyboardModifier.NoModifier), (Key.Key_F10, SHIFT)]
)
def test_keys_open_the_menu(
    qtbot: QtBot, view: ChartView, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    press(qtbot, view, key, held=held)
    qtbot.waitUntil(view.menu.isVisible)
    words = [action.text().replace("&", "") for action in view.menu.actions() if action.text()]
    assert words == ["Copier l’image", "Copier les chiffres", "Enregistrer l’image…", "Imprimer…"]
    keys = [a.shortcut().toString() for a in view.menu.actions() if a.text()]
    assert keys == ["Ctrl+C", "Ctrl+Shift+C", "Ctrl+S", "Ctrl+P"]
    at = view.viewport().mapFromGlobal(view.menu.pos())
    assert view._spots[0].area.contains(QPointF(at))
    view.menu.close()


def test_right_button_opens_the_menu_where_it_is(qtbot: QtBot, view: ChartView) -> None:
    at = view.viewport().mapToGlobal(QPoint(40, 50))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(40, 50), at)
    QApplication.sendEvent(view.viewport(), event)
    qtbot.waitUntil(view.menu.isVisible)
    assert view.menu.pos() == at
    view.menu.close()


def test_without_a_chart_nothing_is_offered(qtbot: QtBot) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    assert not any(action.isEnabled() for action in view.actions())
    view.copy_picture()
    view.copy_figures()
    view.show_chart(Bars(bars(2)))
    assert all(action.isEnabled() for action in view.actions())
