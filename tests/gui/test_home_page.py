"""The first page: what to do first in a new office, then the latest meetings."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from pan_desktop import resources
from pan_desktop.app.meetings import MeetingEdit, create_meeting
from pan_desktop.app.office import Office
from pan_desktop.app.plans import create_plan, list_plans
from pan_desktop.app.sample import fill
from pan_desktop.gui.dialogs.meeting_dialog import MeetingDialog
from pan_desktop.gui.dialogs.plan_dialog import PlanDialog
from pan_desktop.gui.dialogs.releve_file import import_file
from pan_desktop.gui.pages.home import HomePage
from pan_desktop.gui.pages.meeting import MeetingPage
from pan_desktop.gui.widgets.recent import RecentList

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.conftest import Driver

Key = Qt.Key


def page(driver: Driver) -> HomePage:
    shown = driver.window._stack.currentWidget()
    assert isinstance(shown, HomePage)
    return shown


def words(driver: Driver) -> str:
    return "\n".join(label.text() for label in page(driver).findChildren(QLabel))


def button(driver: Driver, label: str) -> QPushButton:
    found = [
        b for b in page(driver).findChildren(QPushButton) if b.text().replace("&", "") == label
    ]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def filled(database: Path) -> tuple[str, ...]:
    """Fill the database with the sample before the window opens."""
    office = Office(str(database))
    meetings = office.run(fill).result
    office.close()
    return meetings


def test_a_new_office_says_what_to_do_first_and_goes_there(driver: Driver) -> None:
    told = words(driver)
    assert told.index("Créer le plan") < told.index("Saisir les personnes")
    assert told.index("Saisir les personnes") < told.index("Tenir la première réunion")
    assert driver.focus is button(driver, "Ouvrir les engagements")
    driver.press(Key.Key_Space)
    driver.settle()
    assert driver.window._stack.currentWidget() is driver.window._pages["commitments"]


def test_what_is_done_is_ticked_and_the_next_step_is_the_main_one(driver: Driver) -> None:
    driver.jobs.run(
        create_plan, label="2018-2020", starts=date(2018, 1, 1), ends=date(2020, 12, 31)
    )
    driver.settle()
    assert "✓" in words(driver)
    assert button(driver, "Ouvrir les personnes").property("role") == "main"
    assert not [b for b in page(driver).findChildren(QPushButton) if "exemple" in b.text()]


def test_the_sample_fills_an_empty_office(driver: Driver) -> None:
    button(driver, "Essayer avec un exemple").setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    assert "L’exemple est en place" in driver.window.notice.sentence
    assert "3\u00a0réunions · 2\u00a0plans" in words(driver)
    assert isinstance(driver.focus.parentWidget(), RecentList)


@pytest.mark.usefixtures("filled")
def test_the_latest_meetings_are_painted_before_the_store_is_opened(driver: Driver) -> None:
    rows = page(driver).findChildren(RecentList)[0].rows
    first = rows[0].accessibleName()
    assert first.startswith("Mercredi 14 octobre 2026, 10h, ")
    assert first.endswith("10\u00a0présents, avancement\u00a0: 16 sur 16")
    assert len(rows) == 3


def test_enter_opens_the_meeting_the_arrows_chose(
    filled: tuple[str, ...], driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    recent = page(driver).recent
    assert recent is not None
    recent.opened.connect(opened.append)
    driver.press(Key.Key_Down)
    driver.press(Key.Key_Up)
    driver.press(Key.Key_Down)
    driver.press(Key.Key_Return)
    driver.settle()
    assert opened == [filled[1]]
    assert driver.window._stack.currentWidget() is driver.window._pages["meeting"]


@pytest.mark.usefixtures("filled")
def test_the_list_follows_what_changes_and_keeps_the_keyboard(driver: Driver) -> None:
    driver.press(Key.Key_Down)
    plans: list[str] = []
    driver.jobs.run(list_plans, done=lambda found: plans.append(found[0].id))
    driver.settle()
    edit = MeetingEdit("Comité d’implémentation", date(2027, 1, 1), time(9))
    driver.jobs.run(create_meeting, plan_id=plans[0], edit=edit, progress_title="Avancement")
    driver.settle()
    recent = page(driver).recent
    assert recent is not None
    assert recent.rows[0].accessibleName().startswith("Vendredi 1er janvier 2027, 9h")
    assert driver.focus is recent.rows[1]


def test_ctrl_n_asks_for_a_meeting_wherever_the_keyboard_is(driver: Driver) -> None:
    driver.window._buttons.buttons()[0].setFocus()
    driver.control(Key.Key_N)
    driver.settle()
    driver.control(Key.Key_N)
    driver.settle()
    assert len(page(driver).findChildren(MeetingDialog)) == 1
    driver.press(Key.Key_Escape)


@pytest.mark.parametrize("by_button", [False, True])
def test_one_action_and_enter_make_a_meeting_like_the_last_one(
    filled: tuple[str, ...], driver: Driver, by_button: bool
) -> None:
    if by_button:
        button(driver, "Nouvelle réunion").setFocus()
        driver.press(Key.Key_Return)
    else:
        driver.control(Key.Key_N)
    driver.settle()
    driver.press(Key.Key_Return)
    driver.settle()
    shown = driver.window._stack.currentWidget()
    assert isinstance(shown, MeetingPage)
    assert shown.prepare.meeting_id not in {"", *filled}
    assert "10h · 2024-2027" in shown.ui.subtitle.text()
    assert driver.focus is shown.prepare.ui.newItem


def test_ctrl_o_asks_for_a_file(driver: Driver) -> None:
    driver.control(Key.Key_O)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    dialog.close()


def test_a_file_read_in_is_opened_and_the_second_time_said_to_be_known(driver: Driver) -> None:
    file = resources.path("sample/releve-2025-10-16.json")
    home = page(driver)
    import_file(driver.window.services, home, file)
    driver.settle()
    assert driver.window._stack.currentWidget() is driver.window._pages["meeting"]
    assert driver.window.notice.sentence == "Le relevé du jeudi 16 octobre 2025 est importé."
    import_file(driver.window.services, home, file)
    driver.settle()
    assert "déjà été importé" in driver.window.notice.sentence


def test_a_file_that_cannot_be_read_is_told_and_nothing_changes(
    driver: Driver, tmp_path: Path
) -> None:
    import_file(driver.window.services, page(driver), tmp_path / "absent.json")
    driver.settle()
    assert "absent.json » ne peut pas être lu" in driver.window.notice.sentence
    cut = tmp_path / "coupé.json"
    cut.write_bytes(resources.path("sample/releve-2025-10-16.json").read_bytes()[:900])
    import_file(driver.window.services, page(driver), cut)
    driver.settle()
    assert driver.window.notice.property("level") == "error"
    assert "Créer le plan" in words(driver)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_presses_the_button_that_has_the_keyboard(driver: Driver, key: Key) -> None:
    assert driver.focus is button(driver, "Ouvrir les engagements")
    driver.press(key)
    driver.settle()
    assert driver.window._stack.currentWidget() is driver.window._pages["commitments"]
    driver.press(key)
    driver.settle()
    assert isinstance(QApplication.activeModalWidget(), PlanDialog)
    driver.press(Key.Key_Escape)


def test_the_sample_is_thrown_away_and_comes_back(driver: Driver) -> None:
    button(driver, "Essayer avec un exemple").setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    button(driver, "Jeter l’exemple…").setFocus()
    driver.press(Key.Key_Return)
    asked = QApplication.activeModalWidget()
    assert asked is not None
    next(b for b in asked.findChildren(QPushButton) if "Jeter" in b.text()).setFocus()
    driver.press(Key.Key_Return)
    driver.settle()
    assert "supprimé" in driver.window.notice.sentence
    assert "Bienvenue" in words(driver)
    driver.control(Key.Key_Z)
    driver.settle()
    assert "3\u00a0réunions · 2\u00a0plans" in words(driver)
