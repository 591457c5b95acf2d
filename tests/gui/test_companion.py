"""The companion window holds the very meeting: the same text, the same keys, the same undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pan_desktop.gui.companion import Companion
from tests.builders import filled_database
from tests.gui.test_undo import opened, texts

if TYPE_CHECKING:
    from pathlib import Path

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
    return opened(driver)


def companion() -> Companion | None:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, Companion)]
    return next((window for window in found if window.isVisible()), None)


def to_front(driver: Driver) -> Companion:
    """Do what a window manager does with a window that opens."""
    found = companion()
    assert found is not None
    found.activateWindow()
    driver.qtbot.waitUntil(found.isActiveWindow)
    return found


def test_it_is_narrow_and_on_top_and_holds_the_meeting(driver: Driver, page: MeetingPage) -> None:
    driver.press(Key.Key_F9)
    found = to_front(driver)
    assert found.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert found.width() <= 420
    assert found.isAncestorOf(page.hold)
    assert not page.hold.preview.isVisible()
    assert page._away.isVisible()


def test_what_is_typed_there_is_the_meetings_and_so_is_undo(
    driver: Driver, page: MeetingPage
) -> None:
    before = texts(driver, page)
    driver.press(Key.Key_F9)
    to_front(driver)
    driver.press(Key.Key_F3)
    driver.type(" suite")
    assert texts(driver, page) != before
    driver.control(Key.Key_Z)
    driver.settle()
    assert texts(driver, page) == before


def test_it_goes_back_with_all_that_was_typed(driver: Driver, page: MeetingPage) -> None:
    driver.press(Key.Key_F9)
    to_front(driver)
    driver.press(Key.Key_F3)
    driver.type(" suite")
    driver.press(Key.Key_F9)
    driver.settle()
    assert companion() is None
    assert page.isAncestorOf(page.hold)
    editor = next(iter(page.hold.points.editors()))
    assert editor.toPlainText().endswith(" suite")
    driver.press(Key.Key_F9)
    to_front(driver).close()
    driver.settle()
    assert page.isAncestorOf(page.hold)


def test_it_closes_with_the_program(driver: Driver, page: MeetingPage) -> None:
    driver.press(Key.Key_F9)
    to_front(driver)
    driver.window.close()
    assert companion() is None
