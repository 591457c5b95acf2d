"""Ctrl+Z takes back whatever was done last, wherever the keyboard is, and Ctrl+Y does it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pan_desktop.app.first_look import first_look
from pan_desktop.domain.model import Presence
from pan_desktop.gui.application import make_window
from pan_desktop.gui.pages.meeting import MeetingPage
from tests.builders import filled_database
from tests.gui.conftest import Driver
from tests.gui.test_meeting_page import record

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Key = Qt.Key


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


def opened(driver: Driver) -> MeetingPage:
    """Open the latest meeting where it is held."""
    found: list[str] = []
    from pan_desktop.app.meetings import list_meetings

    driver.jobs.run(list_meetings, done=lambda lines: found.append(lines[0].id))
    driver.settle()
    driver.window.open_meeting(found[0])
    driver.settle()
    driver.control(Key.Key_2)
    driver.settle()
    page = driver.window._pages["meeting"]
    assert isinstance(page, MeetingPage)
    return page


@pytest.fixture
def page(driver: Driver) -> MeetingPage:
    return opened(driver)


def texts(driver: Driver, page: MeetingPage) -> list[str]:
    return [p.text for item in record(driver, page).agenda for p in item.conclusions]


def present(driver: Driver, page: MeetingPage) -> set[str]:
    found = record(driver, page).attendances
    return {a.person.name for a in found if a.presence is Presence.PRESENT}


def test_typing_is_taken_back_in_the_editor_and_in_the_store(
    driver: Driver, page: MeetingPage
) -> None:
    before = texts(driver, page)
    driver.press(Key.Key_F3)
    driver.type(" suite")
    after = texts(driver, page)
    assert after != before
    driver.control(Key.Key_Z)
    driver.settle()
    assert texts(driver, page) == before
    editor = next(iter(page.hold.points.editors()))
    assert editor.document().lastBlock().text() in before
    assert "Annulé" in driver.window.notice.sentence
    driver.control(Key.Key_Y)
    driver.settle()
    assert texts(driver, page) == after
    driver.type("!")
    assert texts(driver, page) != after


def test_what_was_done_elsewhere_is_taken_back_from_where_the_keyboard_is(
    driver: Driver, page: MeetingPage
) -> None:
    before = present(driver, page)
    someone = min(before)
    driver.press(Key.Key_F2)
    driver.type(someone)
    driver.press(Key.Key_Return)
    driver.settle()
    assert present(driver, page) == before - {someone}
    driver.press(Key.Key_F3)
    driver.control(Key.Key_Z)
    driver.settle()
    assert present(driver, page) == before
    assert someone in driver.window.notice.sentence


def test_in_an_empty_line_ctrl_z_is_the_offices(driver: Driver, page: MeetingPage) -> None:
    before = present(driver, page)
    someone = min(before)
    driver.press(Key.Key_F2)
    driver.type(someone)
    driver.press(Key.Key_Return)
    driver.settle()
    driver.control(Key.Key_Z)
    driver.settle()
    assert present(driver, page) == before


def test_nothing_to_undo_is_said(driver: Driver, page: MeetingPage) -> None:
    driver.press(Key.Key_F3)
    driver.control(Key.Key_Y)
    driver.settle()
    assert driver.window.notice.sentence == "Rien à rétablir."


def test_it_is_taken_back_after_the_window_was_closed(
    driver: Driver, page: MeetingPage, database: Path, qtbot: QtBot
) -> None:
    before = texts(driver, page)
    driver.press(Key.Key_F3)
    driver.type(" suite")
    driver.settle()
    driver.window.close()
    driver.jobs.close()
    window, jobs = make_window(str(database), first_look(str(database)))
    window.show()
    jobs.start()
    again = Driver(window, qtbot)
    page = opened(again)
    again.press(Key.Key_F3)
    again.control(Key.Key_Z)
    again.settle()
    assert texts(again, page) == before
    window.close()
    jobs.close()
    window.deleteLater()
