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
from pan_desktop.app.templates import TemplateEdit, add_template, list_templates
from pan_desktop.domain.model import ItemKind, ReleveState
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.meeting_dialog import MeetingDialog
from pan_desktop.gui.dialogs.template_dialog import TemplateDialog, TemplatesDialog
from pan_desktop.gui.pages.meeting import MeetingPage
from pan_desktop.gui.pages.meetings import MeetingsPage
from pan_desktop.gui.widgets.moment import DayField, HourField, read_day, read_hour

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.model import MeetingLine, MeetingRecord, MeetingTemplate
    from pan_desktop.store.unit_of_work import UnitOfWork
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


def set_state(work: UnitOfWork, *, meeting_id: str, state: ReleveState) -> None:
    work.update("meeting", meeting_id, state=state.value)


def opened(driver: Driver) -> str:
    """Return the identifier of the meeting that the window shows, at the moment Préparer."""
    shown = driver.window._stack.currentWidget()
    assert isinstance(shown, MeetingPage)
    assert shown.ui.moments.currentIndex() == 0
    return shown.prepare.meeting_id


def record(driver: Driver, meeting_id: str) -> MeetingRecord:
    views: list[MeetingView] = []
    driver.jobs.run(view_meeting, meeting_id=meeting_id, done=views.append)
    driver.settle()
    return views[0].record


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
    texts = [shown.model.data(shown.model.index(0, column)) for column in range(7)]
    assert texts[:2] == ["Mercredi 14 octobre 2026", "10h"]
    assert texts[3] == "2024-2027"
    assert texts[5:] == ["10", "brouillon"]
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
    assert "Ctrl+Z la rétablit" in question.ui.consequence.text()
    driver.press(Key.Key_Return)  # keeping it is the default
    driver.settle()
    assert shown.model.rowCount() == 3
    remove(driver, shown)
    assert [line.id for line in shown.model.rows()] == [filled[1], filled[0]]
    assert driver.focus is shown.ui.table


def test_the_keyboard_stands_on_the_meeting_that_comes_back(
    filled: tuple[str, ...], driver: Driver
) -> None:
    shown = page(driver)
    shown.ui.table.choose(filled[0])
    remove(driver, shown)
    shown.ui.table.selectRow(0)
    driver.control(Key.Key_Z)
    driver.settle()
    assert shown.ui.table.current_id() == filled[0]


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


@pytest.mark.parametrize("state", ReleveState)
def test_the_table_tells_how_far_each_relevé_has_come(
    filled: tuple[str, ...], driver: Driver, state: ReleveState
) -> None:
    shown = page(driver)
    driver.jobs.run(set_state, meeting_id=filled[2], state=state)
    driver.settle()
    words = {"draft": "brouillon", "issued": "diffusé", "corrected": "corrigé"}
    told = shown.model.data(shown.model.index(0, 6))
    assert told == words.get(state.value, "approuvé")


@pytest.mark.usefixtures("filled")
def test_two_keys_make_a_meeting_like_the_last_one(driver: Driver) -> None:
    page(driver)
    before = meetings(driver)
    driver.control(Key.Key_N)
    driver.settle()
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, MeetingDialog)
    assert (driver.focus, shown.ui.day.selectedText()) == (shown.ui.day, shown.ui.day.text())
    assert not shown.ui.template_.isVisible()
    told = shown.ui.agenda.text().split("\n")
    driver.press(Key.Key_Return)
    driver.settle()
    (made,) = {line.id: line for line in meetings(driver) if line not in before}.values()
    last = before[0]
    assert (made.body, made.plan, made.at, made.place) == (
        *(last.body, last.plan, last.at),
        last.place,
    )
    assert opened(driver) == made.id
    titles = [item.title for item in record(driver, made.id).agenda]
    assert titles == [
        "Approbation du relevé des conclusions de la réunion du 14 octobre 2026",
        record(driver, last.id).agenda[0].title,
    ]
    assert told == [f"{n}. {title}" for n, title in enumerate(titles, start=1)]


@pytest.mark.usefixtures("filled")
def test_a_meeting_is_made_by_typing_alone_and_opened(driver: Driver) -> None:
    page(driver)
    shown = dialog(driver)
    assert shown.ui.body.currentText() == "Comité d'implémentation"
    assert driver.focus is shown.ui.day
    driver.type("21122020")
    assert shown.ui.dayWords.text() == "lundi 21 décembre 2020"
    driver.press(Key.Key_Tab)
    driver.type("1430")
    assert shown.ui.atWords.text() == "14h30"
    driver.press(Key.Key_Tab)
    assert driver.focus is shown.ui.place
    driver.control(Key.Key_A)
    driver.type("Salle des actes")
    driver.settle()
    # Nobody met before that day: the agenda that is told follows the day typed.
    assert shown.ui.agenda.text() == "1. État d'avancement des engagements 2024-2027"
    driver.press(Key.Key_Return)
    driver.settle()
    line = next(m for m in meetings(driver) if m.day == date(2020, 12, 21))
    assert opened(driver) == line.id
    assert (line.at, line.place) == (time(14, 30), "Salle des actes")
    agenda = record(driver, line.id).agenda
    assert [item.kind for item in agenda] == [ItemKind.PROGRESS]
    assert agenda[0].title == "État d'avancement des engagements 2024-2027"


def keep(driver: Driver, template: TemplateEdit) -> None:
    driver.jobs.run(add_template, template=template)
    driver.settle()


@pytest.mark.usefixtures("filled")
def test_a_template_fills_the_dialog_and_its_items_follow(driver: Driver) -> None:
    page(driver)
    keep(driver, TemplateEdit("Plénière", "Comité de pilotage", time(9), "Rabat", ("Un", "Deux")))
    shown = dialog(driver)
    assert shown.ui.template_.isVisible()
    assert shown.ui.template_.currentText() == "Aucun\u00a0: comme la dernière réunion"
    driver.alt(Key.Key_M)
    driver.press(Key.Key_Down)
    assert shown.ui.template_.currentText() == "Plénière"
    assert shown.ui.body.currentText() == "Comité de pilotage"
    assert (shown.ui.at.text(), shown.ui.place.text()) == ("09:00", "Rabat")
    driver.press(Key.Key_Return)
    driver.settle()
    made = next(m for m in meetings(driver) if m.body == "Comité de pilotage")
    assert (made.at, made.place) == (time(9), "Rabat")
    assert [item.title for item in record(driver, made.id).agenda] == [
        "État d'avancement des engagements 2024-2027",
        "Un",
        "Deux",
    ]


@pytest.mark.usefixtures("filled")
def test_another_body_has_another_agenda_and_the_dialog_tells_it(driver: Driver) -> None:
    page(driver)
    shown = dialog(driver)
    assert "Approbation" in shown.ui.agenda.text()
    shown.ui.body.setFocus()
    driver.control(Key.Key_A)
    driver.type("Bureau")
    driver.settle()
    assert "Approbation" not in shown.ui.agenda.text()
    driver.type("x")  # an answer that comes when the dialog is gone is left alone
    driver.press(Key.Key_Escape, times=2 if QApplication.activePopupWidget() else 1)
    driver.settle()
    assert QApplication.activeModalWidget() is None


# The list of templates ----------------------------------------------------------------------


def templates(driver: Driver) -> TemplatesDialog:
    driver.alt(Key.Key_M)
    driver.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    driver.settle()
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, TemplatesDialog)
    return shown


def form(driver: Driver) -> TemplateDialog:
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, TemplateDialog)
    assert driver.focus is shown.name
    return shown


def kept(driver: Driver) -> list[tuple[str, str, time | None, str, tuple[str, ...]]]:
    answers: list[tuple[MeetingTemplate, ...]] = []
    driver.jobs.run(list_templates, done=answers.append)
    driver.settle()
    return [(t.name, t.body, t.at, t.place, t.titles) for t in answers[0]]


@pytest.mark.usefixtures("filled")
def test_templates_are_added_changed_and_removed_with_the_keyboard_alone(driver: Driver) -> None:
    page(driver)
    shown = templates(driver)
    assert shown.model.rowCount() == 0
    driver.press(Key.Key_Insert)
    form(driver)
    driver.type("Ordinaire\tComité\t9h\t\tUn\nDeux")
    driver.control(Key.Key_Return)
    driver.settle()
    assert kept(driver) == [("Ordinaire", "Comité", time(9), "", ("Un", "Deux"))]
    assert "Ordinaire" in driver.window.notice.sentence
    assert (QApplication.activeModalWidget(), driver.focus) == (shown, shown.table)
    driver.press(Key.Key_Return)
    changed = form(driver)
    assert changed.titles.toPlainText() == "Un\nDeux"
    driver.type("Plénière")
    driver.press(Key.Key_Return)
    driver.settle()
    assert kept(driver) == [("Plénière", "Comité", time(9), "", ("Un", "Deux"))]
    assert shown.model.data(shown.model.index(0, 0)) == "Plénière"
    driver.press(Key.Key_Delete)
    question = QApplication.activeModalWidget()
    assert isinstance(question, ConfirmDialog)
    assert "Plénière" in question.ui.question.text()
    driver.alt(Key.Key_S)
    driver.qtbot.waitUntil(lambda: shown.model.rowCount() == 0)
    assert kept(driver) == []
    driver.press(Key.Key_Escape)


@pytest.mark.usefixtures("filled")
def test_what_a_template_lacks_is_said_in_place(driver: Driver) -> None:
    page(driver)
    keep(driver, TemplateEdit("Ordinaire", "Comité"))
    shown = templates(driver)
    driver.control(Key.Key_N)
    asked = form(driver)
    driver.press(Key.Key_Return)
    driver.settle()
    assert "pas de nom" in asked.error.text()
    assert driver.focus is asked.name
    driver.type("ordinaire\tBureau\t25h")
    driver.press(Key.Key_Return)
    driver.settle()
    assert "heure n’existe pas" in asked.error.text()
    assert driver.focus is asked.at
    driver.type("\b")
    driver.control(Key.Key_Return)
    driver.settle()
    assert "s’appelle déjà «\u00a0Ordinaire\u00a0»" in asked.error.text()
    assert (driver.focus, asked.name.text(), asked.body.text()) == (
        *(asked.name, "ordinaire"),
        "Bureau",
    )
    driver.control(Key.Key_A)
    driver.type("Autre")
    driver.press(Key.Key_Tab)
    driver.control(Key.Key_A)
    driver.press(Key.Key_Delete)
    driver.press(Key.Key_Return)
    driver.settle()
    assert "instance" in asked.error.text()
    assert driver.focus is asked.body
    driver.type("Bureau")
    driver.press(Key.Key_Return)
    driver.settle()
    assert [name for name, *_ in kept(driver)] == ["Autre", "Ordinaire"]
    assert QApplication.activeModalWidget() is shown
    driver.press(Key.Key_Escape)


@pytest.mark.usefixtures("filled")
def test_what_is_wrong_is_said_in_place_and_nothing_typed_is_lost(driver: Driver) -> None:
    page(driver)
    shown = dialog(driver)
    ui = shown.ui
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
    driver.alt(Key.Key_I)
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
    driver.alt(Key.Key_I)
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
