"""Checking, repairing and recovering the database from the settings, by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame

from pan_desktop.app.sample import fill
from pan_desktop.gui.dialogs.rescue_dialog import RescueDialog
from pan_desktop.gui.dialogs.restore_dialog import RestoreDialog
from pan_desktop.gui.pages import settings
from pan_desktop.gui.pages.settings_health import HealthSection
from tests.builders import dump
from tests.gui.sections import open_section
from tests.store.health.test_doctor import spoil

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.conftest import Driver

Key = Qt.Key


def section(driver: Driver) -> HealthSection:
    """Stand on the first button of the section."""
    shown = open_section(driver, settings.HEALTH)
    assert isinstance(shown, HealthSection)
    driver.press(Key.Key_Tab)
    assert driver.focus is shown.check
    return shown


def test_a_sound_database_is_said_to_be_sound(driver: Driver, database: Path) -> None:
    database.chmod(0o600)
    shown = section(driver)
    assert shown.findings() == []
    frame = shown.check.parentWidget()
    assert isinstance(frame, QFrame)  # as around what the other sections are about
    assert frame.property("role") == "card"
    driver.press(Key.Key_Space)
    driver.settle()
    (only,) = shown.findings()
    assert only.startswith("Il n’existe aucune copie de sauvegarde")
    assert not shown.mend.isEnabled()
    assert driver.focus is shown.check


def test_what_is_wrong_is_shown_and_repaired(driver: Driver, database: Path) -> None:
    driver.settle()
    database.chmod(0o600)
    spoil(database, "DROP TRIGGER search_on_own_meeting_insert")
    before = dump(database)
    shown = section(driver)
    driver.press(Key.Key_Space)
    driver.settle()
    assert any(said.startswith("La recherche ne suit plus") for said in shown.findings())
    assert driver.focus is shown.mend
    driver.press(Key.Key_Space)
    driver.settle()
    assert not shown.mend.isEnabled()
    assert shown.findings() == []
    assert "Rien d’anormal" in shown.state.text()
    assert "avant réparation" in shown.state.text()
    assert dump(database) == before


def test_what_is_readable_goes_into_a_new_database(driver: Driver, database: Path) -> None:
    driver.jobs.run(fill)
    shown = section(driver)
    driver.press(Key.Key_Tab)
    assert driver.focus is shown.recover  # nothing is to be repaired
    driver.press(Key.Key_Space)
    driver.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    target = database.with_name(f"{database.stem} récupérée{database.suffix}")
    assert dialog.selectedFiles() == [str(target)]
    driver.control(Key.Key_A)
    driver.type(f"{target}\n")
    driver.settle()
    rescue = QApplication.activeModalWidget()
    assert isinstance(rescue, RescueDialog)
    assert "Tout ce que la base contenait a été récupéré." in rescue.said.toPlainText()
    assert driver.focus is rescue.report
    assert dump(target) == dump(database)
    driver.press(Key.Key_Tab)
    assert driver.focus is rescue.put
    driver.press(Key.Key_Space)
    driver.settle()
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, RestoreDialog)
    assert driver.focus is asked.cancel
    driver.press(Key.Key_Escape)
    driver.press(Key.Key_Escape)
    assert QApplication.activeModalWidget() is None
    assert shown.isVisible()
