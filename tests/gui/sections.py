"""The way to a section of the settings, by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pan_desktop.gui.pages.settings import SettingsPage

if TYPE_CHECKING:
    from pan_desktop.gui.pages.page import Page
    from tests.gui.conftest import Driver

Key = Qt.Key


def open_section(driver: Driver, name: str) -> Page:
    """Go to the settings and down their list to the section of that name; return it."""
    driver.alt(Key.Key_6)
    driver.settle()
    page = driver.window._stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert driver.focus is page.ui.sections
    driver.press(Key.Key_Home)
    driver.press(Key.Key_Down, times=[section.name for section in page._known].index(name))
    driver.settle()
    section = page.section(name)
    assert section.isVisible()
    return section
