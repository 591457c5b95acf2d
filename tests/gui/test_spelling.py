"""Unknown words are waved at, and put right from the context menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit

from pan_desktop.app.words import list_words
from tests.builders import filled_database
from tests.gui.test_undo import opened, texts

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

    from pan_desktop.gui.pages.meeting import MeetingPage
    from tests.gui.conftest import Driver

Key = Qt.Key


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def page(driver: Driver) -> MeetingPage:
    """Open the latest meeting with a misspelled word in a new point."""
    found = opened(driver)
    driver.qtbot.waitUntil(lambda: found.hold.speller.ready)
    driver.press(Key.Key_F3)
    editor(found).moveCursor(QTextCursor.MoveOperation.End)
    driver.press(Key.Key_Return)
    driver.type("Les administations suivent ")
    driver.settle()
    return found


def editor(page: MeetingPage) -> QTextEdit:
    found = page.hold.points.ui.editors.currentWidget()
    assert isinstance(found, QTextEdit)
    return found


def waves(page: MeetingPage) -> int:
    """Return how many points of the editor's picture are red."""
    picture = editor(page).viewport().grab().toImage()
    return sum(
        red(picture.pixelColor(x, y))
        for x in range(picture.width())
        for y in range(picture.height())
    )


def red(colour: QColor) -> bool:
    return colour.red() > 170 and colour.green() < 140 and colour.blue() < 140


def menu_on(driver: Driver, page: MeetingPage, word: str) -> dict[str, QAction]:
    """Open the context menu on a word by the keyboard's own key."""
    text = editor(page)
    cursor = text.document().find(word)
    cursor.setPosition(cursor.selectionStart() + 2)
    text.setTextCursor(cursor)
    here = QPoint(0, 0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, here, text.mapToGlobal(here))
    QApplication.sendEvent(text, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return {action.text(): action for action in menu.actions()}


def close_menu() -> None:
    menu = QApplication.activePopupWidget()
    if menu is not None:
        menu.close()


def test_an_unknown_word_is_waved_at_and_f7_stops_it(driver: Driver, page: MeetingPage) -> None:
    assert waves(page) > 10
    driver.press(Key.Key_F7)
    assert waves(page) == 0
    driver.press(Key.Key_F7)
    assert waves(page) > 10


def test_the_word_being_typed_is_left_alone(driver: Driver, page: MeetingPage) -> None:
    driver.press(Key.Key_F3)
    before = waves(page)
    driver.type("zorgm")
    assert waves(page) == before
    driver.type(" ")
    assert waves(page) > before


def test_a_suggestion_replaces_the_word_and_keeps_its_look(
    driver: Driver, page: MeetingPage
) -> None:
    menu_on(driver, page, "administations")["administrations"].trigger()
    close_menu()
    driver.settle()
    assert "Les administrations suivent " in texts(driver, page)
    assert waves(page) == 0


def test_a_word_is_added_to_the_offices_own(driver: Driver, page: MeetingPage) -> None:
    menu_on(driver, page, "administations")["Ajouter au dictionnaire de l’office"].trigger()
    close_menu()
    driver.settle()
    assert waves(page) == 0
    found: list[tuple[str, ...]] = []
    driver.jobs.run(list_words, done=found.append)
    driver.settle()
    assert found == [("administations",)]


def test_a_right_word_has_qts_own_menu_alone(driver: Driver, page: MeetingPage) -> None:
    entries = menu_on(driver, page, "suivent")
    close_menu()
    assert not any("dictionnaire" in words for words in entries)
    assert entries
