"""The window around the pages: the rail, the title bar, the message bar, what goes wrong."""

from __future__ import annotations

import re
import sqlite3
import threading
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QByteArray, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pan_desktop.app.office import Office
from pan_desktop.app.plans import create_plan, list_plans
from pan_desktop.domain.typography import glue
from pan_desktop.gui import application
from pan_desktop.gui.crash import CrashReporter
from pan_desktop.gui.dialogs.damaged_dialog import DamagedDialog
from pan_desktop.gui.notify import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.gui.conftest import Driver

Key = Qt.Key
YEARS: dict[str, Any] = {"starts": date(2018, 1, 1), "ends": date(2020, 12, 31)}
RAIL = ("home", "meetings", "commitments", "people", "actions", "settings")


def test_alt_and_a_figure_go_to_each_page(driver: Driver) -> None:
    keys = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6)
    for name, key in [*zip(RAIL, keys, strict=True), *zip(RAIL, keys, strict=True)]:
        driver.alt(key)
        driver.settle()
        window = driver.window
        assert window._stack.currentWidget() is window._pages[name]
        assert [b.objectName() for b in window._buttons.buttons() if b.isChecked()] == [name]
        assert window._pages[name].isAncestorOf(driver.focus) or (
            driver.focus is window._pages[name]
        ), f"the keyboard stayed outside {name}"


def test_the_rail_can_be_walked_by_keyboard(driver: Driver) -> None:
    button = driver.window._buttons.buttons()[1]
    button.setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    assert driver.window._stack.currentWidget() is driver.window._pages["meetings"]


def test_the_title_bar_says_when_everything_was_saved(driver: Driver) -> None:
    assert driver.window.windowTitle() == "PAN Desktop"
    driver.jobs.run(create_plan, label="2018-2020", **YEARS)
    driver.settle()
    title = driver.window.windowTitle()
    assert re.fullmatch(r"PAN Desktop – Enregistré à \d\d:\d\d:\d\d", title)


def test_what_goes_wrong_is_said_on_the_bar_and_put_away_by_hand(driver: Driver) -> None:
    driver.jobs.run(create_plan, label="", **YEARS)
    driver.settle()
    notice = driver.window.notice
    assert notice.sentence.startswith("Le plan n’a pas de libellé")
    assert notice.property("level") == "error"
    driver.alt(Key.Key_F)  # Qt clicks the button of a mnemonic a moment later
    driver.qtbot.waitUntil(notice.isHidden)
    assert notice.sentence == ""


def test_enter_puts_the_bar_away(driver: Driver) -> None:
    notice = driver.window.notice
    notice.complain("Rien ne va.")
    close = next(b for b in notice.findChildren(QPushButton) if b.text() == "&Fermer")
    close.setFocus()
    driver.press(Key.Key_Return)
    assert notice.sentence == ""


def test_a_message_goes_with_the_page_that_showed_it(driver: Driver) -> None:
    notice = driver.window.notice
    notice.tell("Le relevé est écrit.", ("Ouvrir", lambda: None))
    driver.alt(Key.Key_1)
    driver.settle()
    assert notice.sentence == "Le relevé est écrit."  # the page is the same
    driver.alt(Key.Key_6)
    driver.settle()
    assert notice.sentence == ""


def test_a_complaint_goes_when_something_asked_later_is_stored(driver: Driver) -> None:
    notice = driver.window.notice
    # The second was on its way when the first was refused: it settles nothing.
    driver.jobs.run(create_plan, label="", **YEARS)
    driver.jobs.run(create_plan, label="2018-2020", **YEARS)
    driver.settle()
    assert notice.sentence.startswith("Le plan n’a pas de libellé")
    driver.jobs.run(list_plans)
    driver.settle()
    assert notice.sentence != "", "reading is no success"
    driver.jobs.run(create_plan, label="2021-2023", **YEARS)
    driver.settle()
    assert notice.sentence == ""


def test_a_message_outlives_the_answer_that_showed_it(driver: Driver) -> None:
    notice = driver.window.notice
    driver.jobs.run(
        create_plan, label="2018-2020", done=lambda _: notice.tell("C’est fait."), **YEARS
    )
    driver.settle()
    assert notice.sentence == "C’est fait."
    driver.jobs.run(create_plan, label="2021-2023", **YEARS)
    driver.settle()
    assert notice.sentence == ""


def test_what_is_done_for_others_puts_no_message_away(driver: Driver) -> None:
    notice = driver.window.notice
    notice.tell("C’est fait.")
    driver.jobs.run(list_plans)  # pages read on
    driver.settle()
    seen: list[object] = []
    driver.jobs.changed.connect(seen.append)
    driver.jobs.quietly(lambda office: office.run(create_plan, label="2018-2020", **YEARS))
    driver.qtbot.waitUntil(lambda: bool(seen))
    assert notice.sentence == "C’est fait."


def test_what_can_be_undone_and_faults_stay_while_other_things_are_stored(driver: Driver) -> None:
    notice = driver.window.notice
    shows: tuple[Callable[[], None], ...] = (
        lambda: notice.tell("C’est supprimé.", ("Rétablir", lambda: None)),
        lambda: notice.complain("Un défaut du programme.", lasting=True),
    )
    for number, show in enumerate(shows):
        show()
        told = notice.sentence
        driver.jobs.run(create_plan, label=f"Plan {number}", **YEARS)
        driver.settle()
        assert notice.sentence == told


def test_the_window_is_never_larger_than_the_screen(driver: Driver, database: Path) -> None:
    window = driver.window
    room = window.screen().availableGeometry()
    assert window.width() <= room.width()
    assert window.height() < room.height(), "nothing is left for the title bar"
    window._preferences.geometry = _kept(room.adjusted(300, 200, 3000, 2000))
    other, jobs = application.make_window(str(database), None)
    assert room.contains(other.geometry())
    jobs.close()
    other.deleteLater()


def test_every_page_fits_into_the_smallest_window(driver: Driver) -> None:
    for name in RAIL:
        driver.window.go(name)
        driver.settle()
    hint = driver.window.minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 660, "700 less a title bar"


def _kept(geometry: QRect) -> QByteArray:
    window = QWidget()
    window.setGeometry(geometry)
    return window.saveGeometry()


def test_the_bar_offers_what_to_do_and_forgets_it_after(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.show()
    did: list[str] = []
    notice.tell("Le relevé est écrit.", ("Ouvrir", lambda: did.append("first")))
    notice.tell("Le relevé est écrit.", ("Ouvrir", lambda: did.append("second")))
    qtbot.mouseClick(notice._buttons[0], Qt.MouseButton.LeftButton)
    assert did == ["second"]
    notice.complain("Rien ne va.")
    assert not notice._buttons[0].isVisible()
    assert notice.sentence == "Rien ne va."


def test_a_fault_is_told_once_and_another_again(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    reporter = CrashReporter(notice)
    told: list[str] = []
    notice.shown.connect(told.append)

    def fault(kind: type[Exception]) -> None:
        try:
            raise kind("x")
        except kind as error:
            reporter.hook(kind, error, error.__traceback__)

    for kind in (ValueError, ValueError, KeyError, ValueError):
        fault(kind)
    assert [("ValueError" in t, "KeyError" in t) for t in told] == [(True, False), (False, True)]
    assert all("ce qui a été enregistré avant elle est gardé" in t for t in told)
    assert capsys.readouterr().err.count("Traceback") == 2


def test_a_fault_on_another_thread_is_told_on_the_windows(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    reporter = CrashReporter(notice)
    threads: list[threading.Thread] = []
    notice.shown.connect(lambda _text: threads.append(threading.current_thread()))
    error = ValueError("x")
    worker = threading.Thread(target=reporter.hook, args=(ValueError, error, None))
    with qtbot.waitSignal(notice.shown):
        worker.start()
        worker.join()
        assert threads == []
    assert threads == [threading.main_thread()]
    assert "ValueError" in capsys.readouterr().err


def test_a_fault_in_a_slot_reaches_the_reporter(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Sender(QObject):
        sent = Signal()

    notice = Notice()
    qtbot.addWidget(notice)
    reporter = CrashReporter(notice)
    monkeypatch.setattr("sys.excepthook", reporter.hook)
    sender = Sender()
    sender.sent.connect(lambda: int("x"))
    sender.sent.emit()
    assert "ValueError" in notice.sentence
    assert "Traceback" in capsys.readouterr().err


def _refused(database: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Start the program on ``database`` and return what it says on refusing."""
    shown: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            shown.append(box.text())
            box.accept()
        elif isinstance(box, DamagedDialog):
            shown.append(box.said.text())
            box.reject()

    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(read)
    timer.start()
    before = database.read_bytes()
    assert application.run(str(database)) == 2
    timer.stop()
    assert database.read_bytes() == before
    assert glue(capsys.readouterr().err.strip()) == glue(shown[0])
    return shown[0]


def test_a_database_of_a_newer_program_is_refused_with_a_sentence(
    qapp: QApplication, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(str(database))
    office.open()
    office.close()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "version" in _refused(database, capsys)


def test_a_file_that_is_no_database_is_refused_with_a_sentence(
    qapp: QApplication, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.write_bytes(b"Ceci est une lettre, pas une base.\n" * 200)
    assert "n’est pas une base de PAN Desktop" in _refused(database, capsys)
