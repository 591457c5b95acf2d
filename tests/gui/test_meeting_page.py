"""The meeting's page: each thing a secretary does there, by keys, and what the store then holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from pan_desktop.app import people, plans
from pan_desktop.app.people import PersonEdit
from pan_desktop.domain.model import Civility, Presence, Situation
from pan_desktop.domain.wording import Sentences
from pan_desktop.gui.pages.meeting import MeetingPage
from tests.builders import filled_database
from tests.seed_text import plain, read_back

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.domain.model import MeetingRecord, ProgressReport
    from tests.gui.conftest import Driver

Key = Qt.Key
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def page(driver: Driver) -> MeetingPage:
    """Open the sample's latest meeting."""
    with closing(sqlite3.connect(driver.window.services.jobs._office.database)) as connection:
        (meeting_id,) = connection.execute("SELECT id FROM meeting ORDER BY day DESC").fetchone()
    driver.window.open_meeting(meeting_id)
    driver.settle()
    found = driver.window._pages["meeting"]
    assert isinstance(found, MeetingPage)
    return found


def record(driver: Driver, page: MeetingPage) -> MeetingRecord:
    """Return what the store holds of the meeting."""
    from pan_desktop.app.meetings import view_meeting

    driver.settle()
    found: list[MeetingRecord] = []
    driver.jobs.run(
        view_meeting,
        done=lambda view: found.append(view.record),
        meeting_id=page._meeting_id,
    )
    driver.settle()
    return found[0]


def report(driver: Driver, page: MeetingPage, number: int) -> ProgressReport:
    return next(r for r in record(driver, page).scope if r.commitment.number == number)


# Préparer ----------------------------------------------------------------------------------


def test_the_meeting_opens_on_the_agenda(driver: Driver, page: MeetingPage) -> None:
    assert driver.focus is page.prepare.ui.newItem
    assert page.ui.title.text() == "Comité d'implémentation"


def test_an_item_is_added_moved_left_out_and_removed(driver: Driver, page: MeetingPage) -> None:
    before = [item.title for item in record(driver, page).agenda]
    driver.type("Fin de mandat\n")
    assert [i.title for i in record(driver, page).agenda] == [*before, "Fin de mandat"]
    assert driver.focus is page.prepare.ui.newItem
    driver.press(Key.Key_Tab, SHIFT)
    driver.press(Key.Key_Down, times=9)
    driver.alt(Key.Key_Up)
    assert [i.title for i in record(driver, page).agenda][-2:] == ["Fin de mandat", before[-1]]
    assert page.prepare.ui.agenda.currentIndex().row() == len(before) - 1
    driver.press(Key.Key_Space)
    assert not record(driver, page).agenda[-2].discussed
    driver.press(Key.Key_Delete)
    assert [item.title for item in record(driver, page).agenda] == before


def test_a_removed_item_comes_back_with_its_points(driver: Driver, page: MeetingPage) -> None:
    before = record(driver, page).agenda
    driver.press(Key.Key_Tab, SHIFT)
    driver.press(Key.Key_Down)
    driver.press(Key.Key_Delete)
    assert len(record(driver, page).agenda) == len(before) - 1
    assert "points" in driver.window.notice.sentence
    button = driver.window.notice._buttons[0]
    assert button.text().replace("&", "") == "Rétablir"
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert record(driver, page).agenda == before


def test_the_progress_item_stays(driver: Driver, page: MeetingPage) -> None:
    count = len(record(driver, page).agenda)
    driver.press(Key.Key_Tab, SHIFT)
    driver.press(Key.Key_Delete)
    assert len(record(driver, page).agenda) == count
    assert "n’a pas été supprimé" in driver.window.notice.sentence


def test_date_and_place_are_saved_when_left(driver: Driver, page: MeetingPage) -> None:
    driver.alt(Key.Key_D)
    driver.type("15102026\t0900\t")
    driver.control(Key.Key_A)
    driver.type("Rabat\t")
    meeting = record(driver, page).meeting
    assert (meeting.day.isoformat(), f"{meeting.at:%H:%M}") == ("2026-10-15", "09:00")
    assert meeting.place == "Rabat"
    assert "15 octobre 2026" in page.ui.subtitle.text()


def test_a_moment_that_is_taken_is_refused_and_stays_to_be_corrected(
    driver: Driver, page: MeetingPage
) -> None:
    driver.alt(Key.Key_H)
    driver.type("1430\t")
    before = record(driver, page).meeting
    driver.alt(Key.Key_D)
    driver.type("14042026\t")
    driver.settle()
    assert record(driver, page).meeting == before
    assert "déjà enregistrée" in driver.window.notice.sentence
    assert page.prepare.ui.day.text() == "14/04/2026"


# Tenir: people -----------------------------------------------------------------------------


def hold(driver: Driver) -> None:
    driver.control(Key.Key_2)
    driver.settle()


def present(driver: Driver, page: MeetingPage) -> set[str]:
    return {a.person.name for a in record(driver, page).present}


def test_letters_or_a_number_and_enter_tick_a_person(driver: Driver, page: MeetingPage) -> None:
    hold(driver)
    there = present(driver, page)
    driver.type("sebtani\n")
    assert present(driver, page) == there | {"Anas SEBTANI"}
    assert page.hold.people.ui.filter.text() == ""
    assert "16\u00a0engagements" in page.hold.people.ui.count.text()
    driver.press(Key.Key_Return)  # a second Enter, on the emptied line, does nothing
    assert present(driver, page) == there | {"Anas SEBTANI"}
    driver.type("13\n")
    assert present(driver, page) == there


def test_guests_are_not_counted_among_those_expected(driver: Driver, page: MeetingPage) -> None:
    hold(driver)
    counted = page.hold.people.ui.count.text().replace("\u00a0", " ")
    assert counted.startswith("9 présents sur 13 attendus, plus 1 invité")
    driver.type("personne de ce nom")
    assert "Personne ne correspond" in page.hold.people.ui.missing.text()


def test_the_search_leaves_ctrl_e_to_the_progress(driver: Driver, page: MeetingPage) -> None:
    hold(driver)
    # Only X11 lets a line take this key; the panel must have answered before the line is asked.
    line = page.hold.people.ui.filter
    key = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    key.accept()
    assert page.hold.people.eventFilter(line, key)
    assert not key.isAccepted()


def test_moments_open_on_a_french_keyboards_digits_too(driver: Driver, page: MeetingPage) -> None:
    driver.control(Key.Key_Eacute)
    assert page.ui.moments.currentIndex() == 1
    driver.control(Key.Key_QuoteDbl)
    assert page.ui.moments.currentIndex() == 2


def test_someone_without_a_mandate_comes_as_a_guest(driver: Driver, page: MeetingPage) -> None:
    guest = PersonEdit(Civility.MADAME, "Rim ZEROUALI")
    driver.jobs.run(people.add_person, person=guest)
    hold(driver)
    names = [line.seat.person.name for line in page.hold.people._seats.rows()]
    assert "Rim ZEROUALI" not in names
    driver.type("zerouali")
    assert page.hold.people._seats.rows()[0].speaks_for == "invitée"
    driver.press(Key.Key_Return)
    found = next(a for a in record(driver, page).present if a.person.name == "Rim ZEROUALI")
    assert found.represented == ()


def test_all_present_at_once(driver: Driver, page: MeetingPage) -> None:
    hold(driver)
    expected = {line.id for line in page.hold.people._lines if line.seat.expected}
    driver.alt(Key.Key_U)
    # A button pressed by its letter is seen to go down before it acts.
    driver.qtbot.waitUntil(lambda: not driver.jobs.idle)
    found = record(driver, page)
    assert expected <= {a.person.id for a in found.attendances if a.presence is Presence.PRESENT}


def test_the_space_bar_ticks_in_the_list(driver: Driver, page: MeetingPage) -> None:
    hold(driver)
    there = present(driver, page)
    page.hold.people.ui.seats.setFocus()
    driver.press(Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    driver.press(Key.Key_Space)
    assert len(there - present(driver, page)) == 1


# Tenir: progress ---------------------------------------------------------------------------


def progress(driver: Driver, row: int) -> None:
    """Go to the rate of a row of the grid, by the number of its commitment."""
    driver.control(Key.Key_2)
    driver.settle()
    driver.control(Key.Key_E)
    driver.type(f"{row + 1}\n")


def test_a_rate_then_its_details_then_the_next_commitment(
    driver: Driver, page: MeetingPage
) -> None:
    progress(driver, 2)
    driver.type("71\n")
    driver.settle()
    assert driver.focus is page.hold.progress.ui.details
    driver.control(Key.Key_A)
    driver.type("Fait.\n1. Un\n2. Deux")
    driver.control(Key.Key_Return)
    found = report(driver, page, 3)
    assert (found.percent, found.details) == (71, "Fait.\n1. Un\n2. Deux")
    assert driver.focus.objectName() == "grid"
    assert page.hold.progress.ui.grid.currentIndex().row() == 3


def test_a_complete_commitment_asks_for_no_details(driver: Driver, page: MeetingPage) -> None:
    progress(driver, 2)
    driver.type("100\n")
    driver.settle()
    assert report(driver, page, 3).percent == 100
    assert page.hold.progress.ui.grid.currentIndex().row() == 3


def test_what_is_no_rate_is_refused(driver: Driver, page: MeetingPage) -> None:
    before = report(driver, page, 3)
    progress(driver, 2)
    driver.type("140\n")
    assert "140" in driver.window.notice.sentence
    assert report(driver, page, 3) == before


@pytest.mark.parametrize(
    ("key", "situation", "sentence"),
    [
        (Key.Key_A, Situation.ABSENT, Sentences().focal_point_absent),
        (Key.Key_N, Situation.NO_PROGRESS, Sentences().no_progress),
    ],
)
def test_one_key_writes_the_sentence_and_carries_the_rate(
    driver: Driver, page: MeetingPage, key: Qt.Key, situation: Situation, sentence: str
) -> None:
    progress(driver, 6)
    driver.type("\b")
    driver.press(Key.Key_Escape)
    last = page.hold.progress._line().last  # type: ignore[union-attr]
    assert last is not None
    line = page.hold.progress._line()
    assert line is not None
    page.hold.progress._set_rate(line, "")
    driver.settle()
    progress(driver, 6)
    driver.press(key, CONTROL_SHIFT)
    found = report(driver, page, 7)
    assert (found.situation, found.details, found.percent) == (situation, sentence, last.percent)
    assert page.hold.progress.ui.grid.currentIndex().row() == 7


def test_details_replaced_by_a_sentence_can_be_brought_back(
    driver: Driver, page: MeetingPage
) -> None:
    before = report(driver, page, 3)
    assert before.details
    progress(driver, 2)
    driver.press(Key.Key_A, CONTROL_SHIFT)
    assert report(driver, page, 3).details == Sentences().focal_point_absent
    assert "remplacés" in driver.window.notice.sentence
    driver.qtbot.mouseClick(driver.window.notice._buttons[0], Qt.MouseButton.LeftButton)
    assert report(driver, page, 3) == before


def test_absent_although_ticked_present_is_pointed_out(driver: Driver, page: MeetingPage) -> None:
    progress(driver, 0)
    driver.press(Key.Key_A, CONTROL_SHIFT)
    driver.settle()
    assert "cochée présente" in driver.window.notice.sentence
    conclude(driver)
    assert "engagement 1" in page.conclude.ui.missing.text()


def test_a_rate_given_after_all_takes_the_programs_sentence_away(
    driver: Driver, page: MeetingPage
) -> None:
    progress(driver, 0)
    driver.press(Key.Key_A, CONTROL_SHIFT)
    progress(driver, 0)
    driver.type("40\n")
    found = report(driver, page, 1)
    assert (found.percent, found.details, found.situation) == (40, "", Situation.REPORTED)


def test_without_an_earlier_rate_the_absent_one_is_asked_for(
    driver: Driver, page: MeetingPage
) -> None:
    plan = record(driver, page).plan
    grid = page.hold.progress._grid
    first = grid.rows()[0].id
    page.hold.progress._set_rate(grid.rows()[0], "")
    driver.settle()
    driver.jobs.run(plans.add_commitment, plan_id=plan.id)
    driver.settle()
    progress(driver, 16)
    driver.press(Key.Key_A, CONTROL_SHIFT)
    found = report(driver, page, 17)
    assert (found.percent, found.situation) == (None, Situation.ABSENT)
    assert "17" in driver.window.notice.sentence
    assert page.hold.progress.ui.grid.currentIndex().row() == 16
    driver.type("12\n")
    found = report(driver, page, 17)
    assert (found.percent, found.situation) == (12, Situation.ABSENT)
    assert found.details == Sentences().focal_point_absent
    assert grid.rows()[0].id == first


def test_the_previous_meeting_is_shown_beside(driver: Driver, page: MeetingPage) -> None:
    progress(driver, 0)
    assert "14/04/2026" in page.hold.progress.ui.previous.toPlainText()


# Tenir: points -----------------------------------------------------------------------------


def test_points_are_on_disk_as_they_are_typed(
    driver: Driver, page: MeetingPage, database: Path
) -> None:
    hold(driver)
    driver.press(Key.Key_F3)
    driver.press(Key.Key_Return)
    driver.type("Mot à mot")
    driver.settle()
    with closing(sqlite3.connect(database)) as other:
        texts = [row[0] for row in other.execute("SELECT text FROM conclusion")]
    assert "Mot à mot" in texts
    assert driver.window.windowTitle().startswith("PAN Desktop – Enregistré à ")


def test_each_item_has_its_own_editor_with_its_own_undo(driver: Driver, page: MeetingPage) -> None:
    hold(driver)
    driver.press(Key.Key_F3)
    driver.press(Key.Key_Return)
    driver.type("premier")
    driver.control(Key.Key_PageDown)
    driver.press(Key.Key_F3)
    driver.press(Key.Key_Return)
    driver.type("second")
    driver.control(Key.Key_Z)
    driver.control(Key.Key_PageUp)
    driver.press(Key.Key_F3)
    items = [i for i in record(driver, page).agenda if i.conclusions]
    assert items[0].conclusions[-1].text == "premier"
    assert "second" not in [c.text for c in items[1].conclusions]


# Conclure ----------------------------------------------------------------------------------


def conclude(driver: Driver) -> None:
    driver.control(Key.Key_3)
    driver.settle()


def test_the_committees_own_figure_needs_its_reason(driver: Driver, page: MeetingPage) -> None:
    conclude(driver)
    driver.alt(Key.Key_A)
    driver.type("80\t")
    assert record(driver, page).meeting.stated_overall is None
    assert "motif" in page.conclude.ui.statedHint.text()
    driver.type("Arrondi retenu en séance.\t")
    meeting = record(driver, page).meeting
    assert (meeting.stated_overall, meeting.stated_reason) == (80, "Arrondi retenu en séance.")
    assert plain(page.conclude.ui.overall.text()) == "80 %"
    driver.alt(Key.Key_A)
    driver.control(Key.Key_A)
    driver.press(Key.Key_Delete)
    driver.press(Key.Key_Tab)
    assert record(driver, page).meeting.stated_overall is None


def test_the_relevé_is_written_and_can_be_opened(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    conclude(driver)
    driver.alt(Key.Key_H)
    assert isinstance(driver.focus, QLineEdit)
    driver.control(Key.Key_A)
    driver.type(str(tmp_path / "nouveau"))
    driver.press(Key.Key_Return)
    driver.settle()
    blocks, _ = read_back(tmp_path / "nouveau.docx")
    assert blocks[0] == "RÉUNION DU COMITÉ D'IMPLÉMENTATION"
    assert driver.focus.objectName() == "openFile"


def test_a_file_that_someone_else_wrote_is_asked_about(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    target = tmp_path / "relevé.docx"
    target.write_bytes(b"retouche")
    conclude(driver)
    page.conclude.ui.file.setText(str(target))
    driver.press(Key.Key_S, CONTROL_SHIFT)
    driver.settle()
    assert target.read_bytes() == b"retouche"
    replace_it, beside = driver.window.notice._buttons
    driver.qtbot.mouseClick(beside, Qt.MouseButton.LeftButton)
    driver.settle()
    assert read_back(tmp_path / "relevé (2).docx")
    assert target.read_bytes() == b"retouche"
    page.conclude.ui.file.setText(str(target))
    driver.press(Key.Key_S, CONTROL_SHIFT)
    driver.settle()
    driver.qtbot.mouseClick(replace_it, Qt.MouseButton.LeftButton)
    driver.settle()
    assert read_back(target)
    driver.press(Key.Key_S, CONTROL_SHIFT)  # our own file, as we left it: no question
    driver.settle()
    assert "écrit" in driver.window.notice.sentence


def test_a_figure_without_its_reason_stops_the_export(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    conclude(driver)
    page.conclude.ui.file.setText(str(tmp_path / "a.docx"))
    driver.alt(Key.Key_A)
    driver.type("50")
    driver.press(Key.Key_S, CONTROL_SHIFT)
    driver.settle()
    assert "motif" in driver.window.notice.sentence
    assert not (tmp_path / "a.docx").exists()


def test_a_place_that_cannot_be_written_is_told(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    conclude(driver)
    driver.alt(Key.Key_H)
    driver.control(Key.Key_A)
    driver.type(str(tmp_path / "absent" / "a.docx"))
    driver.press(Key.Key_Return)
    driver.settle()
    assert "n’existe pas" in driver.window.notice.sentence
    assert driver.focus is page.conclude.ui.file
    assert page.conclude.ui.write.isEnabled()


def test_what_the_relevé_lacks_is_listed(driver: Driver, page: MeetingPage) -> None:
    page.hold.progress._set_rate(page.hold.progress._grid.rows()[2], "")
    conclude(driver)
    assert "engagement 3" in page.conclude.ui.missing.text()
