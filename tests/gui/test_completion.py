"""A sentence offered in grey is taken by Tab, and is never in the way of typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from pan_desktop.app import sentences
from pan_desktop.app.office import Office
from pan_desktop.domain.model import ConclusionKind
from tests.builders import filled_database
from tests.gui.test_meeting_page import record
from tests.gui.test_undo import opened, texts

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.domain.model import Conclusion
    from pan_desktop.gui.pages.meeting import MeetingPage
    from pan_desktop.gui.widgets.ghost import Ghost
    from tests.gui.conftest import Driver

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
PAST = "Le point focal concerné n'a pas assisté à cette réunion."


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    office = Office(str(file))
    office.run(sentences.add_sentence, short_name="fiche", text="La fiche est transmise.")
    office.close()
    return file


@pytest.fixture
def page(driver: Driver) -> MeetingPage:
    """Open the latest meeting with the caret in a new point."""
    found = opened(driver)
    driver.press(Key.Key_F3)
    editor = driver.focus
    assert isinstance(editor, QTextEdit)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    driver.press(Key.Key_Return)
    return found


def ghost(page: MeetingPage) -> Ghost:
    from pan_desktop.gui.widgets.ghost import Ghost

    editor = page.hold.points.ui.editors.currentWidget()
    assert editor is not None
    found = editor.findChild(Ghost)
    assert isinstance(found, Ghost)
    return found


def last(driver: Driver, page: MeetingPage) -> Conclusion:
    item = next(i for i in record(driver, page).agenda if i.id == page.hold.current_item)
    return item.conclusions[-1]


def test_tab_takes_what_is_offered(driver: Driver, page: MeetingPage) -> None:
    driver.type("Le point foc")
    assert ghost(page).words == "al concerné n'a pas assisté à cette réunion."
    driver.press(Key.Key_Tab)
    assert last(driver, page).text == PAST
    assert last(driver, page).level == 0
    assert ghost(page).words == ""


def test_typing_goes_on_whatever_is_offered(driver: Driver, page: MeetingPage) -> None:
    driver.type("Le point focal suivant")
    assert ghost(page).words == ""
    assert last(driver, page).text == "Le point focal suivant"


def test_one_word_at_a_time_and_escape(driver: Driver, page: MeetingPage) -> None:
    driver.type("Le point focal ")
    driver.press(Key.Key_Right, CONTROL)
    assert last(driver, page).text == "Le point focal concerné"
    driver.press(Key.Key_Escape)
    assert ghost(page).words == ""
    driver.type(" ")
    assert ghost(page).words != ""


def test_tab_is_the_outlines_where_nothing_is_offered(driver: Driver, page: MeetingPage) -> None:
    driver.press(Key.Key_Tab)
    driver.type("xyz")
    assert last(driver, page).level == 1


def test_nothing_is_offered_in_the_middle_of_a_text(driver: Driver, page: MeetingPage) -> None:
    driver.type("Le point foc")
    driver.press(Key.Key_Left)
    assert ghost(page).words == ""


def test_a_short_name_becomes_its_sentence(driver: Driver, page: MeetingPage) -> None:
    driver.type("fiche")
    assert ghost(page).words == "La fiche est transmise."
    driver.press(Key.Key_Tab)
    assert last(driver, page).text == "La fiche est transmise."


def test_what_was_written_in_this_meeting_is_offered_too(driver: Driver, page: MeetingPage) -> None:
    driver.type("Une phrase toute neuve.\nUne phr")
    assert ghost(page).words == "ase toute neuve."


def test_what_is_offered_is_never_stored(driver: Driver, page: MeetingPage) -> None:
    driver.type("Le point foc")
    assert ghost(page).words
    assert "Le point foc" in texts(driver, page)


# Owners and deadlines ---------------------------------------------------------------------


def test_who_and_when_are_proposed_and_kept_by_ctrl_enter(
    driver: Driver, page: MeetingPage
) -> None:
    strip = page.hold.points.follow_up
    driver.type("Les points focaux transmettent la fiche avant fin janvier 2027")
    assert not strip.isVisible()
    driver.control(Key.Key_T)
    driver.settle()
    assert "les points focaux" in strip.words.text()
    assert "fin janvier 2027 (du 21/01/2027 au 31/01/2027)" in strip.words.text()
    assert last(driver, page).follow_up.owner == ""
    driver.control(Key.Key_Return)
    kept = last(driver, page)
    assert kept.kind is ConclusionKind.ACTION
    assert kept.follow_up.owner == "les points focaux"
    assert kept.follow_up.deadline is not None
    assert kept.follow_up.deadline.said == "fin janvier 2027"
    assert strip.keep.isHidden()


def test_what_was_kept_is_not_changed_by_typing(driver: Driver, page: MeetingPage) -> None:
    strip = page.hold.points.follow_up
    driver.type("Le secrétariat relance avant le 25/01/2027")
    driver.control(Key.Key_T)
    driver.control(Key.Key_Return)
    driver.settle()
    for _ in range(4):
        driver.press(Key.Key_Backspace)
    driver.type("2028")
    driver.settle()
    assert "le texte dit maintenant" in strip.words.text()
    kept = last(driver, page).follow_up.deadline
    assert kept is not None
    assert kept.said == "25/01/2027"
    driver.control(Key.Key_Return)
    fresh = last(driver, page).follow_up.deadline
    assert fresh is not None
    assert fresh.said == "25/01/2028"
