"""A name that looks like a page is shown as it is: nothing that it names is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from pan_desktop.app.office import Office
from pan_desktop.gui.dialogs.confirm import ConfirmDialog, confirm
from tests.builders import filled_database
from tests.gui.test_undo import opened

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork
    from tests.gui.conftest import Driver

HOSTILE = "<img src='//serveur.invalid/partage/a.png'>"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give the sample with hostile words wherever one can write a name."""
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    office = Office(str(file))
    office.run(spoil)
    office.close()
    return file


def spoil(work: UnitOfWork) -> None:
    for number, body in enumerate(work.read.bodies()):
        work.update("body", body.id, name=f"{HOSTILE}{number}")
    for number, plan in enumerate(work.read.plans()):
        work.update("plan", plan.id, label=f"{HOSTILE}{number}")
        for commitment in plan.commitments:
            work.update("commitment", commitment.id, title=HOSTILE)
    for person in work.read.people():
        work.update("person", person.id, name=f"{HOSTILE} {person.name}")
    for line in work.read.meetings():
        work.update("meeting", line.id, place=HOSTILE)


def taken_for_pages(driver: Driver) -> list[str]:
    """Return what visible labels would show as a page."""
    driver.settle()
    return [
        label.text()
        for top in QApplication.topLevelWidgets()
        for label in top.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText and "serveur.invalid" in label.text()
    ]


def test_no_page_of_the_window_takes_a_name_for_a_page(driver: Driver) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5):
        driver.alt(key)
        assert taken_for_pages(driver) == []
    opened(driver)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        driver.control(key)
        assert taken_for_pages(driver) == []
    driver.window.services.notice.tell(HOSTILE)
    confirm(driver.window, HOSTILE, HOSTILE, HOSTILE, lambda: None)
    assert taken_for_pages(driver) == []
    (asked,) = driver.window.findChildren(ConfirmDialog)
    asked.close()


def test_no_tip_takes_a_name_for_a_page(driver: Driver) -> None:
    driver.alt(Qt.Key.Key_4)
    driver.settle()
    page: Any = driver.window._pages["people"]
    model = page.ui.people.model()
    tip = model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("<qt>&lt;img src")
    assert model.index(0, 1).data().startswith(HOSTILE)
