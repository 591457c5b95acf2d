"""A database where it is not safe: said at the start, and moved to safety by one action."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pan_desktop.gui.application import Keeping
from pan_desktop.gui.holder import HeldError, hold
from pan_desktop.gui.pages.page import Place
from pan_desktop.gui.pages.settings import DATABASE, SettingsPage
from pan_desktop.gui.pages.settings_database import DatabaseSection
from tests.builders import content, dump, filled_database
from tests.gui.test_holder import press_button

if TYPE_CHECKING:
    from tests.gui.conftest import Driver

Key = Qt.Key


@pytest.fixture
def database(tmp_path: Path) -> Path:
    (tmp_path / "commun" / ".stfolder").mkdir(parents=True)
    file = tmp_path / "commun" / "pan.sqlite3"
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "données"


def told(driver: Driver) -> str:
    driver.qtbot.waitUntil(lambda: "dossier synchronisé" in driver.window.notice.sentence)
    return driver.window.notice.sentence


def test_it_is_said_at_the_start_and_moved_by_one_key(
    driver: Driver, database: Path, data: Path
) -> None:
    with Keeping(str(database)) as keeping:
        keeping.begin(driver.window, driver.jobs)
        assert "Syncthing" in told(driver)
        before = dump(database)
        press_button(driver, "Mettre en lieu sûr")
        driver.settle()
        new = data / "pan.sqlite3"
        assert "La base est maintenant dans" in driver.window.notice.sentence
        assert content(dump(new)) == content(before)
        assert not database.exists()
        with pytest.raises(HeldError):  # the window holds it where it is now
            hold(str(new), "Karim")
        other = hold(str(database), "Karim")
        assert other is not None
        other.release()


def test_who_wants_it_there_is_not_asked_again(driver: Driver, database: Path) -> None:
    told(driver)
    press_button(driver, "Laisser là")
    assert driver.window.notice.sentence == ""
    assert driver.window.services.preferences.accepted_place == str(database)
    driver.window.place._asked = False
    driver.window.place.ask()
    driver.settle()
    assert driver.window.notice.sentence == ""


def test_the_settings_say_it_and_move_it(driver: Driver, database: Path, data: Path) -> None:
    told(driver)
    driver.window.go_to(Place("settings", DATABASE))
    driver.settle()
    page = driver.window._pages["settings"]
    assert isinstance(page, SettingsPage)
    section = page.section(DATABASE)
    assert isinstance(section, DatabaseSection)
    assert "dossier synchronisé par Syncthing" in section.place.said.text()
    section.ui.openFolder.setFocus()
    for _ in range(4):
        driver.press(Key.Key_Tab)
        if driver.focus is section.place.move_there:
            break
    driver.press(Key.Key_Space)
    driver.settle()
    driver.qtbot.waitUntil(lambda: "en lieu sûr\u00a0:" in section.place.said.text())
    assert not section.place.move_there.isVisible()
    assert section.ui.database.text() == str(data / "pan.sqlite3")
    assert (data / "pan.sqlite3").exists()
    QApplication.processEvents()
