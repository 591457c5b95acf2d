"""All meetings, and the dialog that makes one: by real keys, on a real database."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCalendarWidget
from pytestqt.qtbot import QtBot

from pan_desktop.app.meetings import list_meetings, view_meeting
from pan_desktop.app.office import Office
from pan_desktop.app.sample import fill
from pan_desktop.domain.model import ItemKind
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.meeting_dialog import MeetingDialog
from pan_desktop.gui.pages.meetings import MeetingsPage
from pan_desktop.gui.widgets.moment import DayField, HourField, read_day, read_hour

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.model import MeetingLine
    from tests.gui.conftest import Driver

Key = Qt.Key


@pytest.fixture
def filled(database: Path) -> tuple[str, ...]:
    """Fill the database with the sample before the window opens."""
    office = Office(str(database))
    meetings = office.run(fill).result
    office.close()
    return meetings


def page(driver: Driver) -> MeetingsPage:
    driver.alt(Key.Key_2)
    driver.settle()
    shown = driver.window._stack.currentWidget()
    assert isinstance(shown, MeetingsPage)
    return shown


def dialog(driver: Driver) -> MeetingDialog:
    driver.control(Key.Key_N)
    driver.settle()
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, MeetingDialog)
    return shown


def remove(driver: Driver, shown: MeetingsPage) -> None:
    left = shown.model.rowCount() - 1
    driver.press(Key.Key_Delete)
    driver.alt(Key.Key_S)  # Qt clicks the button of a mnemonic a moment later
    driver.qtbot.waitUntil(lambda: shown.model.rowCount() == left)
    driver.settle()


def meetings(driver: Driver) -> tuple[MeetingLine, ...]:
    answers: list[tuple[MeetingLine, ...]] = []
    driver.jobs.run(list_meetings, done=answers.append)
    driver.settle()
    return answers[0]


@pytest.mark.usefixtures("filled")
def test_the_table_tells_what_there_is(driver: Driver) -> None:
    shown = page(driver)
    tester = QAbstractItemModelTester(shown.model)
    assert tester.model() is shown.model
    texts = [shown.model.data(shown.model.index(0, column)) for column in range(6)]
    assert texts[:2] == ["Mercredi 14 octobre 2026", "10h"]
    assert texts[3] == "2024-2027"
    assert texts[5] == "10"
    assert shown.ui.count.text() == "3\u00a0réunions"
    assert driver.focus is shown.ui.table


def test_enter_opens_the_meeting_of_the_row(filled: tuple[str, ...], driver: Driver) -> None:
    shown = page(driver)
    opened: list[str] = []
    shown.ui.table.opened.connect(opened.append)
    driver.press(Key.Key_Down)
    driver.press(Key.Key_Return)
    driver.settle()
    assert opened == [filled[1]]
    assert driver.window._stack.currentWidget() is driver.window._pages["meeting"]


def test_delete_names_the_meeting_and_keeps_it_unless_told(
    filled: tuple[str, ...], driver: Driver
) -> None:
    shown = page(driver)
    driver.press(Key.Key_Delete)
    question = QApplication.activeModalWidget()
    assert isinstance(question, ConfirmDialog)
    assert "mercredi 14 octobre 2026 à 10h" in question.ui.question.text()
    driver.press(Key.Key_Return)  # keeping it is the default
    driver.settle()
    assert shown.model.rowCount() == 3
    remove(driver, shown)
    assert [line.id for line in shown.model.rows()] == [filled[1], filled[0]]
    assert driver.focus is shown.ui.table


def test_when_the_last_meeting_goes_the_page_says_what_to_do(
    filled: tuple[str, ...], driver: Driver
) -> None:
    shown = page(driver)
    for _ in filled:
        remove(driver, shown)
    assert shown.ui.states.currentWidget() is shown.ui.emptyState
    assert driver.focus is shown.ui.emptyNew


def test_without_a_plan_the_dialog_goes_to_where_one_is_made(driver: Driver) -> None:
    page(driver)
    shown = dialog(driver)
    assert shown.ui.states.currentWidget() is shown.ui.emptyState
    assert driver.focus is shown.ui.toPlans
    driver.press(Key.Key_Return)
    driver.settle()
    assert driver.window._stack.currentWidget() is driver.window._pages["commitments"]


@pytest.mark.usefixtures("filled")
def test_a_meeting_is_made_by_typing_alone_and_opened(driver: Driver) -> None:
    page(driver)
    shown = dialog(driver)
    assert driver.focus in {shown.ui.body, shown.ui.body.lineEdit()}
    assert shown.ui.body.currentText() == "Comité d'implémentation"
    driver.press(Key.Key_Tab, times=2)
    driver.type("21122020")
    assert shown.ui.dayWords.text() == "lundi 21 décembre 2020"
    driver.press(Key.Key_Tab)
    driver.type("1430")
    assert shown.ui.atWords.text() == "14h30"
    driver.press(Key.Key_Tab)
    assert driver.focus is shown.ui.place
    driver.control(Key.Key_A)
    driver.type("Salle des actes")
    driver.press(Key.Key_Return)
    driver.settle()
    assert driver.window._stack.currentWidget() is driver.window._pages["meeting"]
    line = next(m for m in meetings(driver) if m.day == date(2020, 12, 21))
    assert (line.at, line.place) == (time(14, 30), "Salle des actes")
    views: list[MeetingView] = []
    driver.jobs.run(view_meeting, meeting_id=line.id, done=views.append)
    driver.settle()
    record = views[0].record
    assert [item.kind for item in record.agenda] == [ItemKind.PROGRESS]
    assert record.agenda[0].title == "État d'avancement des engagements 2024-2027"


@pytest.mark.usefixtures("filled")
def test_what_is_wrong_is_said_in_place_and_nothing_typed_is_lost(driver: Driver) -> None:
    page(driver)
    shown = dialog(driver)
    ui = shown.ui
    driver.press(Key.Key_Tab, times=2)
    driver.type("31022021")
    driver.press(Key.Key_Return)
    assert "n’existe pas" in ui.error.text()
    assert driver.focus is ui.day
    driver.type("14/10/2026")
    driver.press(Key.Key_Tab)
    driver.type("25")
    driver.press(Key.Key_Return)
    assert "heure n’existe pas" in ui.error.text()
    driver.type("10h")
    driver.press(Key.Key_Return)
    driver.settle()
    # The body meets then already: told by the store, the dialog stays as it is.
    assert shown.isVisible()
    assert "déjà enregistrée" in ui.error.text()
    assert driver.focus is ui.day
    assert ui.at.text() == "10:00"
    driver.type("15/10/2026")
    driver.press(Key.Key_Return)
    driver.settle()
    assert date(2026, 10, 15) in {m.day for m in meetings(driver)}


@pytest.mark.usefixtures("filled")
def test_a_new_body_may_begin_like_a_known_one(driver: Driver) -> None:
    page(driver)
    shown = dialog(driver)
    driver.control(Key.Key_A)
    driver.type("Comit")
    assert shown.ui.body.currentText() == "Comit"
    if QApplication.activePopupWidget() is not None:
        driver.press(Key.Key_Escape)
    driver.press(Key.Key_Tab)
    driver.press(Key.Key_Return)
    driver.settle()
    assert "Comit" in {m.body for m in meetings(driver)}


@pytest.mark.usefixtures("filled")
def test_the_body_is_replaced_by_what_is_typed(driver: Driver) -> None:
    page(driver)
    shown = dialog(driver)
    driver.type("Groupe de travail")
    assert shown.ui.body.currentText() == "Groupe de travail"
    driver.press(Key.Key_Escape, times=2 if QApplication.activePopupWidget() else 1)


@pytest.mark.usefixtures("filled")
def test_escape_makes_nothing(driver: Driver) -> None:
    page(driver)
    dialog(driver)
    driver.press(Key.Key_Escape)
    driver.settle()
    assert QApplication.activeModalWidget() is None
    assert len(meetings(driver)) == 3


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21122020", date(2020, 12, 21)),
        ("211220", date(2020, 12, 21)),
        ("21/12/2020", date(2020, 12, 21)),
        ("1/2/20", date(2020, 2, 1)),
        (" 21-12-2020 ", date(2020, 12, 21)),
        ("21.12.2020", date(2020, 12, 21)),
        ("31/12", date(2026, 12, 31)),
        ("29022024", date(2024, 2, 29)),
        ("31022020", None),
        ("2112202", None),
        ("", None),
        ("demain", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert read_day(text, 2026) == day


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("1430", time(14, 30)),
        ("14:30", time(14, 30)),
        ("14h30", time(14, 30)),
        ("14 h 30", time(14, 30)),
        ("9h", time(9)),
        ("9", time(9)),
        ("930", time(9, 30)),
        ("0", time(0)),
        ("25", None),
        ("1475", None),
        ("", None),
        ("midi", None),
    ],
)
def test_an_hour_is_read_as_people_write_it(text: str, hour: time | None) -> None:
    assert read_hour(text) == hour


def test_the_arrows_step_through_days_and_quarters(qtbot: QtBot) -> None:
    day, hour = DayField(), HourField()
    for field in (day, hour):
        qtbot.addWidget(field)
        field.show()
    day.set_day(date(2024, 1, 31))
    qtbot.keyClick(day, Key.Key_PageUp)
    assert day.day() == date(2024, 2, 29)
    qtbot.keyClick(day, Key.Key_Up)
    assert day.text() == "01/03/2024"
    qtbot.keyClick(day, Key.Key_Down)
    assert day.day() == date(2024, 2, 29)
    hour.set_hour(time(9, 20))
    qtbot.keyClick(hour, Key.Key_Down)
    assert hour.hour() == time(9, 15)
    qtbot.keyClick(hour, Key.Key_Up)
    assert hour.text() == "09:30"
    hour.set_hour(time(23, 45))
    qtbot.keyClick(hour, Key.Key_Up)
    assert hour.hour() == time(0)


def test_the_calendar_gives_the_day_chosen_in_it(qtbot: QtBot) -> None:
    field = DayField()
    qtbot.addWidget(field)
    field.show()
    field.set_day(date(2020, 12, 21))
    qtbot.keyClick(field, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    calendar = popup.findChild(QCalendarWidget)
    assert calendar is not None
    view = calendar.focusProxy() or calendar
    qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_Return)
    assert field.day() == date(2020, 12, 22)
    assert QApplication.activePopupWidget() is None


def test_a_day_field_says_what_it_means_or_what_is_wrong(qtbot: QtBot) -> None:
    field = DayField()
    qtbot.addWidget(field)
    field.set_day(date(2026, 3, 1))
    said = {
        "": "à compléter",
        "3": "à compléter",
        "29/02": "à compléter",
        "29/02/20": "samedi 29 février 2020",
        "29/02/19": "à compléter",
        "29/02/1996": "jeudi 29 février 1996",
        "29/02/2026": "cette date n’existe pas",
        "31/02/2026": "cette date n’existe pas",
        "31022026": "cette date n’existe pas",
        "31/02/20": "cette date n’existe pas",
        "3102202": "à compléter",
        "demain": "cette date n’existe pas",
    }
    for text, words in said.items():
        field.clear()
        qtbot.keyClicks(field, text)
        assert field.words() == words, text
