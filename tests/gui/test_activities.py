"""A commitment's activities, from the keyboard, while a meeting is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.builders import filled_database
from tests.gui.test_meeting_page import CONTROL_SHIFT, progress, report
from tests.gui.test_undo import opened

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


def test_activities_are_added_told_and_their_mean_taken(driver: Driver, page: MeetingPage) -> None:
    part = page.hold.progress.activities
    progress(driver, 2)
    assert not part.isVisible()
    driver.press(Key.Key_I, CONTROL_SHIFT)
    driver.type("Former les agents\n")
    driver.settle()
    driver.type("Publier le guide\n")
    driver.settle()
    assert part.model.rowCount() == 2
    part.table.setFocus()
    part.table.setCurrentIndex(part.model.index(0, 2))
    driver.type("40\n")
    driver.settle()
    part.table.setCurrentIndex(part.model.index(1, 2))
    driver.type("80\n")
    driver.settle()
    part.table.setCurrentIndex(part.model.index(1, 3))
    driver.type("Sous presse.\n")
    driver.settle()
    said = report(driver, page, 3).activities
    assert [(a.percent, a.details) for a in said] == [(40, ""), (80, "Sous presse.")]
    assert "60" in part.mean.text()
    assert report(driver, page, 3).percent == 70
    part.mean.setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    assert report(driver, page, 3).percent == 60


def test_they_are_shown_with_their_own_commitment_only(driver: Driver, page: MeetingPage) -> None:
    part = page.hold.progress.activities
    progress(driver, 2)
    driver.press(Key.Key_I, CONTROL_SHIFT)
    driver.type("Former les agents\n")
    driver.settle()
    progress(driver, 3)
    driver.settle()
    assert not part.isVisible()
    progress(driver, 2)
    driver.settle()
    assert part.isVisible()
