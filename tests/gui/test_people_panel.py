"""How people stand at a meeting, by one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from pan_desktop.app import disagreements, meetings
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import Attendance, Presence, Role
from tests.builders import filled_database
from tests.gui.test_meeting_page import record
from tests.gui.test_undo import opened

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.gui.pages.meeting import MeetingPage
    from tests.gui.conftest import Driver

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def page(driver: Driver) -> MeetingPage:
    found = opened(driver)
    driver.press(Key.Key_F2)
    return found


def of(driver: Driver, page: MeetingPage, name: str) -> Attendance | None:
    found = record(driver, page).attendances
    return next((a for a in found if a.person.name == name), None)


def choose(driver: Driver, page: MeetingPage, name: str) -> None:
    """Find a person in the line and go into the list."""
    line = next(x for x in page.hold.people._lines if x.seat.person.name == name)
    driver.press(Key.Key_F2)
    page.hold.people.go_to(line.id)


def titular_with_alternate(page: MeetingPage) -> tuple[str, str]:
    """Return someone who answers for a commitment, and her alternate."""
    lines = page.hold.people._lines
    for line in lines:
        numbers = {n for role, n in line.seat.speaks_for if role is Role.FOCAL_POINT}
        for other in lines:
            theirs = {n for role, n in other.seat.speaks_for if role is Role.ALTERNATE}
            if numbers & theirs:
                return line.seat.person.name, other.seat.person.name
    raise AssertionError("nobody has an alternate")


@pytest.mark.parametrize(
    ("key", "presence"),
    [(Key.Key_E, Presence.EXCUSED), (Key.Key_A, Presence.ABSENT), (Key.Key_P, Presence.PRESENT)],
)
def test_a_letter_in_the_list_says_how_someone_stands(
    driver: Driver, page: MeetingPage, key: Qt.Key, presence: Presence
) -> None:
    choose(driver, page, "Anas SEBTANI")
    driver.press(key)
    found = of(driver, page, "Anas SEBTANI")
    assert found is not None
    assert found.presence is presence
    driver.press(Key.Key_Delete)
    assert of(driver, page, "Anas SEBTANI") is None


def test_an_alternate_comes_in_someones_place(driver: Driver, page: MeetingPage) -> None:
    titular, alternate = titular_with_alternate(page)
    choose(driver, page, titular)
    driver.press(Key.Key_R)
    away, there = of(driver, page, titular), of(driver, page, alternate)
    assert away is not None
    assert there is not None
    assert away.presence is Presence.REPRESENTED
    assert away.by is not None
    assert away.by.name == alternate
    assert there.presence is Presence.PRESENT
    assert {n for _, n in away.represented} <= {n for _, n in there.represented}
    assert "représenté" in page.hold.people.ui.count.text()
    driver.control(Key.Key_Z)
    driver.settle()
    again = of(driver, page, titular)
    assert again is not None
    assert again.presence is Presence.PRESENT


def test_without_an_alternate_nothing_changes_and_it_is_said(
    driver: Driver, page: MeetingPage
) -> None:
    before = record(driver, page).attendances
    choose(driver, page, "Karim OUARGHI")
    driver.press(Key.Key_R)
    driver.settle()
    assert "Karim OUARGHI" in driver.window.notice.sentence
    assert record(driver, page).attendances == before


def test_in_the_line_alt_e_excuses_the_first_match(driver: Driver, page: MeetingPage) -> None:
    driver.type("sebtani")
    driver.press(Key.Key_E, ALT)
    found = of(driver, page, "Anas SEBTANI")
    assert found is not None
    assert found.presence is Presence.EXCUSED
    assert page.hold.people.ui.filter.text() == ""


def test_someone_nobody_knew_comes_as_a_guest(driver: Driver, page: MeetingPage) -> None:
    driver.type("Mme Nadia ESSAI\n")
    found = of(driver, page, "Nadia ESSAI")
    assert found is not None
    assert found.presence is Presence.PRESENT
    assert found.represented == ()
    driver.press(Key.Key_F2)
    driver.type("Essai Sanstitre\n")
    driver.settle()
    assert "Mme ou de M." in driver.window.notice.sentence
    assert of(driver, page, "Sanstitre") is None


def test_hours_are_noted_for_who_is_there_and_not_printed(
    driver: Driver, page: MeetingPage
) -> None:
    choose(driver, page, "Karim OUARGHI")
    driver.press(Key.Key_H)
    driver.type("1035\t1150\n")
    found = of(driver, page, "Karim OUARGHI")
    assert found is not None
    assert (f"{found.arrived:%H:%M}", f"{found.left:%H:%M}") == ("10:35", "11:50")
    assert driver.focus.objectName() == "seats"
    driver.press(Key.Key_H)
    driver.control(Key.Key_A)
    driver.type("1200\n")
    driver.settle()
    assert "avant l’arrivée" in driver.window.notice.sentence
    again = of(driver, page, "Karim OUARGHI")
    assert again is not None
    assert f"{again.arrived:%H:%M}" == "10:35"


def test_hours_of_someone_absent_are_refused(driver: Driver, page: MeetingPage) -> None:
    choose(driver, page, "Anas SEBTANI")
    driver.press(Key.Key_H)
    driver.type("1035\n")
    driver.settle()
    assert "personne présente" in driver.window.notice.sentence
    driver.press(Key.Key_H)
    driver.press(Key.Key_Escape)
    assert not page.hold.people.times.isVisible()


# What the list does not show yet ------------------------------------------------------------


def kept_beside(driver: Driver) -> list[str]:
    answers: list[Any] = []
    driver.jobs.run(disagreements.open_disagreements, done=answers.append)
    driver.settle()
    return [one.offered.text for one in answers[0]]


@pytest.mark.parametrize("key", [Key.Key_P, Key.Key_Space])
def test_a_tick_says_what_the_list_showed(driver: Driver, page: MeetingPage, key: Qt.Key) -> None:
    choose(driver, page, "Anas SEBTANI")
    driver.press(Key.Key_Delete)
    driver.settle()
    who = page.hold.people.ui.seats.current_id()
    driver.jobs.run(  # somebody else, of whom the list does not know yet
        meetings.set_presence,
        meeting_id=page._meeting_id,
        person_ids=[who],
        presence=Presence.EXCUSED,
    )
    driver.press(key)
    found = of(driver, page, "Anas SEBTANI")
    assert found is not None
    assert found.presence is Presence.PRESENT
    assert kept_beside(driver) == ["excusé"]


def test_everyone_and_who_is_represented_say_what_the_list_showed(
    driver: Driver, page: MeetingPage
) -> None:
    titular, alternate = titular_with_alternate(page)
    ids = {line.seat.person.name: line.id for line in page.hold.people._lines}
    driver.jobs.run(
        meetings.set_presence,
        meeting_id=page._meeting_id,
        person_ids=[ids[titular], ids[alternate]],
        presence=None,
    )
    driver.settle()
    choose(driver, page, titular)

    def excused(name: str) -> None:
        driver.jobs.run(
            meetings.set_presence,
            meeting_id=page._meeting_id,
            person_ids=[ids[name]],
            presence=Presence.EXCUSED,
        )

    excused(titular)
    driver.press(Key.Key_R)
    assert kept_beside(driver) == ["excusé"]
    away = of(driver, page, titular)
    assert away is not None
    assert away.presence is Presence.REPRESENTED
    driver.press(Key.Key_Delete)
    driver.settle()
    assert kept_beside(driver) == []
    excused(titular)
    page.hold.people.ui.everyone.click()
    assert kept_beside(driver) == ["excusé"]


def test_who_presses_two_keys_at_once_does_not_disagree_with_herself(
    driver: Driver, page: MeetingPage
) -> None:
    choose(driver, page, "Anas SEBTANI")
    for keys in ((Key.Key_P, Key.Key_E), (Key.Key_A, Key.Key_Delete), (Key.Key_E, Key.Key_P)):
        page.refresh()  # what it shows was read before both
        for key in keys:
            driver.qtbot.keyClick(driver.focus, key)
    found = of(driver, page, "Anas SEBTANI")
    assert found is not None
    assert found.presence is Presence.PRESENT
    assert kept_beside(driver) == []


def test_a_list_read_before_the_first_key_does_not_make_the_second_disagree(
    driver: Driver, page: MeetingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(driver, page, "Anas SEBTANI")
    driver.press(Key.Key_Delete)
    driver.settle()
    keys, people = [Key.Key_E], page.hold.people
    show = people.show_view

    def press_when_shown(view: MeetingView) -> None:
        show(view)
        if keys:
            driver.qtbot.keyClick(driver.focus, keys.pop())

    monkeypatch.setattr(people, "show_view", press_when_shown)
    page.refresh()
    driver.qtbot.keyClick(driver.focus, Key.Key_P)
    driver.settle()
    found = of(driver, page, "Anas SEBTANI")
    assert found is not None
    assert found.presence is Presence.EXCUSED
    assert kept_beside(driver) == []


def test_what_the_list_shows_again_is_what_was_seen(driver: Driver, page: MeetingPage) -> None:
    choose(driver, page, "Anas SEBTANI")
    driver.press(Key.Key_P)
    driver.settle()
    driver.jobs.run(
        meetings.set_presence,
        meeting_id=page._meeting_id,
        person_ids=[page.hold.people.ui.seats.current_id()],
        presence=Presence.EXCUSED,
    )
    driver.settle()
    driver.press(Key.Key_A)
    found = of(driver, page, "Anas SEBTANI")
    assert found is not None
    assert found.presence is Presence.ABSENT
    assert kept_beside(driver) == []


def test_what_was_refused_is_not_taken_for_done(driver: Driver, page: MeetingPage) -> None:
    choose(driver, page, "Anas SEBTANI")
    driver.press(Key.Key_E)
    driver.settle()
    with pytest.MonkeyPatch.context() as refusing:
        refusing.setattr(meetings, "set_presence", refused)
        driver.press(Key.Key_A)
        driver.settle()
    assert driver.window.notice.sentence == "Refusé : rien n’a été changé."
    driver.press(Key.Key_P)
    found = of(driver, page, "Anas SEBTANI")
    assert found is not None
    assert found.presence is Presence.PRESENT
    assert kept_beside(driver) == []


def refused(_work: object, **_arguments: object) -> None:
    raise InputError("Refusé : rien n’a été changé.")
