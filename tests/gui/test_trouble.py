"""Faults in the middle of a sentence: every letter is in the database at the end, once."""

from __future__ import annotations

import re
import resource
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from pan_desktop.app.first_look import first_look
from pan_desktop.domain.backups import Why
from pan_desktop.domain.keys import Key as FileKey
from pan_desktop.gui import saving
from pan_desktop.gui.application import make_window
from pan_desktop.gui.dialogs.left_over import LeftOverDialog
from pan_desktop.gui.dialogs.lost_base import Chosen, offer
from pan_desktop.store import engine
from pan_desktop.store.safety import overlay
from pan_desktop.store.safety.conversion import convert
from pan_desktop.store.safety.copies import keep_copy
from pan_desktop.store.safety.rescue import ASIDE, FOLDER, Refuge
from tests.builders import KEY, dump, encrypted, filled_database
from tests.gui.conftest import Driver
from tests.gui.test_jobs import held
from tests.gui.test_mnemonics import key_of, shared
from tests.gui.test_undo import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Key = Qt.Key


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "base" / "essai.sqlite3"
    file.parent.mkdir()
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "données"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait: another program's lock, and the calm between two looks."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    monkeypatch.setattr(overlay, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(saving, "RETRY_MS", 300)
    monkeypatch.setattr(saving, "LOOK_MS", 50)


class Fault:
    """Something that keeps the database from being written, until it is mended."""

    said = ""

    def __init__(self, database: Path) -> None:
        self.database = database

    def begin(self) -> None:
        raise NotImplementedError

    def end(self) -> None:
        raise NotImplementedError


class Busy(Fault):
    said = "base retenue par un autre programme"

    def begin(self) -> None:
        self.other = sqlite3.connect(self.database, isolation_level=None)
        self.other.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        self.other.execute("ROLLBACK")
        self.other.close()


class Refusing(Fault):
    """No file may grow beyond what the log has already: writes fail as on a bad disk."""

    said = "le disque refuse d’écrire"

    def begin(self) -> None:
        self.before = resource.getrlimit(resource.RLIMIT_FSIZE)
        limit = 64 * 1024
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, self.before[1]))

    def end(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self.before)


class Away(Fault):
    """The whole folder is gone, and comes back."""

    said = "base introuvable"

    def begin(self) -> None:
        self.away = self.database.parent.with_name("ailleurs")
        self.database.parent.rename(self.away)

    def end(self) -> None:
        self.away.rename(self.database.parent)


FAULTS = {"busy": Busy, "refusing": Refusing, "away": Away}


@pytest.fixture(params=list(FAULTS.values()), ids=list(FAULTS))
def fault(request: pytest.FixtureRequest, database: Path) -> Iterator[Fault]:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield request.param(database)
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def points(database: Path) -> list[str]:
    return [str(row["text"]) for row in dump(database)["conclusion"]]


def answered(driver: Driver) -> None:
    """Wait until what was typed is answered: it is sent at the end of the event loop's pass."""
    driver.settle()
    driver.settle()


def caught_up(driver: Driver) -> None:
    driver.qtbot.waitUntil(lambda: "Enregistré à" in driver.window.windowTitle(), timeout=20_000)
    answered(driver)


def test_every_letter_typed_through_a_fault_is_there_once(
    driver: Driver, database: Path, data: Path, fault: Fault
) -> None:
    opened(driver)
    before = points(database)
    driver.press(Key.Key_F3)
    driver.press(Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    driver.press(Key.Key_Return)
    driver.type("Le comité ")
    answered(driver)
    fault.begin()
    driver.type("prend acte")
    driver.press(Key.Key_Return)
    driver.type("et remercie")
    answered(driver)
    title = driver.window.windowTitle()
    assert re.search(r"en attente depuis \d\d:\d\d:\d\d – ", title)
    assert title.endswith(fault.said)
    assert "Rien n’est perdu" in trouble(driver)
    driver.type(" tous")
    fault.end()
    driver.type(" les points focaux")
    caught_up(driver)
    driver.type(".")
    answered(driver)
    after = points(database)
    assert sorted(after) == sorted(
        [*before, "Le comité prend acte", "et remercie tous les points focaux."]
    )
    assert dump(database)["disagreement"] == []
    assert list((data / FOLDER).glob("*.sqlite3")) == []
    assert "L’enregistrement a repris" in driver.window.notice.sentence
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    driver.control(Key.Key_Z)
    answered(driver)
    assert "et remercie tous les points focaux." not in points(database)


def test_trouble_is_told_on_every_page_until_it_is_over(driver: Driver, database: Path) -> None:
    opened(driver)
    fault = Busy(database)
    fault.begin()
    driver.press(Key.Key_F3)
    driver.type("x")
    answered(driver)
    said = trouble(driver)
    assert "retenue par un autre programme" in said
    for figure in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6):
        driver.alt(figure)
        answered(driver)
        assert trouble(driver) == said
        driver.window.notice.tell("Autre chose.", ("Rétablir", lambda: None))
        assert trouble(driver) == said
        assert shared(driver.window) == {}
    bar = driver.window.saving.trouble_bar
    assert bar is not None
    (again,) = [b for b in bar.findChildren(QPushButton) if b.isVisible()]
    fault.end()
    driver.alt(key_of(again.text().partition("&")[2][0]))
    caught_up(driver)
    assert trouble(driver) == ""


@contextmanager
def another_start(database: Path, data: Path, qtbot: QtBot) -> Iterator[Driver]:
    """Start the program again, and close it as a user would."""
    window, jobs = make_window(str(database), first_look(str(database)), data=data)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    jobs.start()
    hands = Driver(window, qtbot)
    hands.settle()
    try:
        yield hands
        hands.settle()
    finally:
        window.close()
        hands.settle()
        if window.saving.dialog is not None:
            hands.alt(Key.Key_Q)
            qtbot.waitUntil(lambda: not window.isVisible())
        jobs.close()
        window.deleteLater()


def type_through(database: Path, data: Path, qtbot: QtBot, fault: Fault) -> list[str]:
    """Type during a fault and close the program meanwhile; return the points as they were."""
    with another_start(database, data, qtbot) as driver:
        opened(driver)
        before = points(database)
        fault.begin()
        driver.press(Key.Key_F3)
        driver.press(Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        driver.press(Key.Key_Return)
        driver.type("Point non enregistré")
    fault.end()
    assert points(database) == before
    return before


def offered(driver: Driver) -> str:
    driver.qtbot.waitUntil(lambda: "n’avai" in asked(driver))
    return asked(driver)


def asked(driver: Driver) -> str:
    """Return what is asked about earlier sessions at the foot of the window, "" for nothing."""
    bar = driver.window.saving.left_bar
    return "" if bar is None else bar.sentence


def press_button(driver: Driver, words: str) -> None:
    """Press a button of that name at the foot of the window with the keyboard."""
    button = next(
        each
        for bar in (
            driver.window.notice,
            driver.window.saving.trouble_bar,
            driver.window.saving.left_bar,
        )
        if bar is not None
        for each in bar.findChildren(QPushButton)
        if each.text().replace("&", "") == words and each.isVisible()
    )
    button.setFocus()
    driver.press(Key.Key_Space)


def trouble(driver: Driver) -> str:
    """Return what is said of saving at the foot of the window, "" where nothing is wrong."""
    bar = driver.window.saving.trouble_bar
    return "" if bar is None else bar.sentence


def test_what_was_typed_before_a_closing_in_trouble_is_offered_and_taken_up_once(
    database: Path, data: Path, qtbot: QtBot
) -> None:
    before = type_through(database, data, qtbot, Busy(database))
    with another_start(database, data, qtbot) as driver:
        assert re.fullmatch(
            r"\d+\u00a0changements du \d\d/\d\d/\d{4} n’avaient pas pu être enregistrés"
            r"\u00a0: les reprendre\u202f\?",
            offered(driver),
        )
        assert points(database) == before
        press_button(driver, "Reprendre")
        answered(driver)
        assert sorted(points(database)) == sorted([*before, "Point non enregistré"])
        assert "L’enregistrement a repris" in driver.window.notice.sentence
    with another_start(database, data, qtbot) as driver:
        answered(driver)
        assert (driver.window.notice.sentence, asked(driver)) == ("", "")
        assert sorted(points(database)) == sorted([*before, "Point non enregistré"])


def test_what_a_session_left_is_asked_about_on_every_page_until_it_is_answered(
    database: Path, data: Path, qtbot: QtBot
) -> None:
    before = type_through(database, data, qtbot, Busy(database))
    with another_start(database, data, qtbot) as driver:
        said = offered(driver)
        for figure in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6):
            driver.alt(figure)
            answered(driver)
            driver.window.notice.tell("Autre chose.", ("Rétablir", lambda: None))
            assert asked(driver) == said
            assert shared(driver.window) == {}
        driver.alt(Key.Key_1)
        answered(driver)
        letter, other = letter_of(driver, "Voir…"), letter_of(driver, "Reprendre")
        for _ in range(2):
            driver.alt(key_of(letter))
            driver.qtbot.waitUntil(lambda: bool(driver.window.findChildren(LeftOverDialog)))
            answered(driver)
            (dialog,) = driver.window.findChildren(LeftOverDialog)
            driver.qtbot.keyClick(dialog, Key.Key_Escape)
            driver.qtbot.waitUntil(lambda: not driver.window.findChildren(LeftOverDialog))
            answered(driver)
            assert asked(driver) == said
            assert (letter_of(driver, "Voir…"), letter_of(driver, "Reprendre")) == (letter, other)
        driver.alt(key_of(other))
        driver.qtbot.waitUntil(lambda: asked(driver) == "")
        answered(driver)
        assert sorted(points(database)) == sorted([*before, "Point non enregistré"])


def letter_of(driver: Driver, words: str) -> str:
    """Return the letter underlined in a button of the question about earlier sessions."""
    bar = driver.window.saving.left_bar
    assert bar is not None
    (label,) = [
        b.text() for b in bar.findChildren(QPushButton) if words == b.text().replace("&", "")
    ]
    return label.partition("&")[2][0].lower()


def test_what_was_typed_is_shown_in_words_and_can_be_put_aside(
    database: Path, data: Path, qtbot: QtBot
) -> None:
    before = type_through(database, data, qtbot, Busy(database))
    with another_start(database, data, qtbot) as driver:
        offered(driver)
        press_button(driver, "Voir…")
        dialog = driver.window.findChild(LeftOverDialog)
        assert isinstance(dialog, LeftOverDialog)
        said = [line.words for line in dialog.lines.rows()]
        assert "la saisie « Point non enregistré »" in said
        driver.alt(Key.Key_M)  # Qt clicks the button of a mnemonic a moment later
        driver.qtbot.waitUntil(lambda: "Mis de côté" in driver.window.notice.sentence)
        answered(driver)
    assert points(database) == before
    assert len(list((data / FOLDER / ASIDE).iterdir())) == 1
    with another_start(database, data, qtbot) as driver:
        answered(driver)
        assert (driver.window.notice.sentence, asked(driver)) == ("", "")


def test_leaving_warns_while_what_was_done_is_only_in_memory(
    driver: Driver, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError

    monkeypatch.setattr(Refuge, "begin", refuse)
    opened(driver)
    fault = Busy(database)
    fault.begin()
    driver.press(Key.Key_F3)
    driver.type("x")
    answered(driver)
    assert "n’est gardé qu’en mémoire" in trouble(driver)
    driver.window.close()
    driver.qtbot.waitUntil(lambda: driver.window.saving.dialog is not None)
    dialog = driver.window.saving.dialog
    assert dialog is not None
    assert "serait perdu en quittant" in dialog.said.text()
    assert dialog.leave.text() == "&Quitter sans enregistrer"
    driver.press(Key.Key_Escape)
    assert driver.window.isVisible()
    fault.end()
    press_button(driver, "Réessayer maintenant")
    caught_up(driver)
    driver.window.close()
    assert not driver.window.isVisible()


def test_a_base_that_is_renamed_is_gone_on_with_where_it_is(driver: Driver, database: Path) -> None:
    page = opened(driver)
    before = points(database)
    driver.press(Key.Key_F3)
    driver.press(Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    driver.press(Key.Key_Return)
    driver.type("Avant")
    answered(driver)
    moved = database.with_name("comité.sqlite3")
    database.rename(moved)
    driver.type(" et après")
    answered(driver)
    assert "renommée en «\u00a0comité.sqlite3\u00a0»" in trouble(driver)
    assert "base renommée" in driver.window.windowTitle()
    press_button(driver, "Continuer là")
    caught_up(driver)
    page.hold.points.enter()
    driver.type(".")
    answered(driver)
    assert sorted(points(moved)) == sorted([*before, "Avant et après."])
    assert not database.exists()


def test_what_the_command_line_writes_is_shown_in_the_window(
    driver: Driver, database: Path
) -> None:
    page = opened(driver)
    driver.press(Key.Key_F3)
    (editor,) = page.hold.points.editors()
    with closing(sqlite3.connect(database)) as other, other:
        other.execute("UPDATE conclusion SET text = 'Écrit par un autre programme.'")
    driver.qtbot.waitUntil(
        lambda: "Écrit par un autre programme." in editor.toPlainText(), timeout=10_000
    )
    assert driver.window.notice.sentence == ""


def test_a_base_that_is_replaced_waits_for_a_choice(driver: Driver, database: Path) -> None:
    old = database.with_name("ancienne")
    old.write_bytes(filled_database())
    opened(driver)
    driver.press(Key.Key_F3)
    driver.press(Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    driver.press(Key.Key_Return)
    driver.type("Avant")
    answered(driver)
    mine = points(database)
    for leftover in database.parent.glob(f"{database.name}-*"):
        leftover.unlink()
    old.replace(database)
    driver.type(" et après")
    answered(driver)
    assert "Choisissez laquelle reste" in trouble(driver)
    assert driver.window.windowTitle().endswith("base remplacée")
    press_button(driver, "Garder ma version")
    caught_up(driver)
    expected = [text if text != "Avant" else "Avant et après" for text in mine]
    assert sorted(points(database)) == sorted(expected)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape])
def test_a_base_that_disappeared_is_offered_at_the_next_start(
    database: Path, data: Path, qtbot: QtBot, key: Key
) -> None:
    with another_start(database, data, qtbot) as driver:
        opened(driver)
        before = points(database)
        database.unlink()
        driver.press(Key.Key_F3)
        driver.type("x")
        answered(driver)
        assert "n’est plus à sa place" in trouble(driver)
    for leftover in database.parent.glob(f"{database.name}-*"):
        leftover.unlink()

    def choose() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert "n’est plus à sa place" in box.text()
        qtbot.keyClick(box, key)

    QTimer.singleShot(0, choose)
    assert offer(str(database), data) is (Chosen.BACK if key is Key.Key_Return else Chosen.LEAVE)
    assert database.exists() is (key is Key.Key_Return)
    if database.exists():
        assert len(points(database)) == len(before)
        assert database.stat().st_mode & 0o777 == 0o600
        with another_start(database, data, qtbot) as driver:
            offered(driver)
            press_button(driver, "Reprendre")
            answered(driver)
            assert any(text.startswith("x") or text.endswith("x") for text in points(database))


def answering(qtbot: QtBot, key: Key) -> list[str]:
    """Have the question that comes next answered by ``key``; what it says is in the list then."""
    said: list[str] = []

    def choose() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        qtbot.keyClick(box, key)
        said.append(box.text().replace("\u00a0", " "))

    QTimer.singleShot(0, choose)
    return said


@pytest.mark.parametrize("copied", [True, False])
def test_a_base_that_was_renamed_gets_its_name_back_at_the_next_start(
    database: Path, data: Path, qtbot: QtBot, copied: bool
) -> None:
    if copied:
        keep_copy(database, Why.CLOSE, datetime(2026, 11, 25, 18, 5, tzinfo=UTC))
    with another_start(database, data, qtbot) as driver:
        opened(driver)
        other = database.rename(database.with_name("renommée.sqlite3"))
        driver.press(Key.Key_F3)
        driver.type("x")
        answered(driver)
        assert "renommée" in trouble(driver)
    if copied:  # another office in the same folder is not taken for it
        office = database.with_name("autre.sqlite3")
        office.write_bytes(filled_database())
        with closing(sqlite3.connect(office)) as connection:
            connection.execute("PRAGMA user_version = 7")
    said = answering(qtbot, Key.Key_Return)
    assert offer(str(database), data) is Chosen.BACK
    assert "sous le nom « renommée.sqlite3 »" in said[0]
    assert not other.exists()
    with another_start(database, data, qtbot) as driver:
        if list((data / FOLDER).glob("*.sqlite3")):  # not saved through the open file at the end
            offered(driver)
            press_button(driver, "Reprendre")
            answered(driver)
        assert any(text.startswith("x") or text.endswith("x") for text in points(database))


def test_a_protected_base_that_was_renamed_gets_its_name_back_at_the_next_start(
    database: Path, data: Path, qtbot: QtBot
) -> None:
    database.write_bytes(encrypted(filled_database()))
    keep_copy(database, Why.CLOSE, datetime(2026, 11, 25, 18, 5, tzinfo=UTC), key=KEY)
    other = database.rename(database.with_name("renommée.sqlite3"))
    content = other.read_bytes()
    # Another protected office in the same folder is not taken for it.
    stranger = database.with_name("autre.sqlite3")
    stranger.write_bytes(content)
    convert(stranger, KEY, FileKey(bytes(32), bytes(range(1, 17))))
    said = answering(qtbot, Key.Key_Return)
    assert offer(str(database), data) is Chosen.BACK
    assert "sous le nom « renommée.sqlite3 »" in said[0]
    assert not other.exists()
    assert database.read_bytes() == content


def test_a_base_that_was_moved_while_it_was_closed_is_asked_about(
    database: Path, data: Path, qtbot: QtBot
) -> None:
    assert keep_copy(database, Why.CLOSE, datetime(2026, 11, 25, 18, 5, tzinfo=UTC)).made
    before = dump(database)
    database.rename(data.parent / "déplacée.sqlite3")
    said = answering(qtbot, Key.Key_Escape)
    assert offer(str(database), data) is Chosen.LEAVE
    assert "n’est plus à sa place. Si elle a été déplacée, quittez" in said[0]
    assert not database.exists()
    said = answering(qtbot, Key.Key_Return)
    assert offer(str(database), data) is Chosen.BACK
    assert "sa dernière copie de sauvegarde est du 25 novembre 2026" in said[0]
    assert dump(database) == before
    assert database.stat().st_mode & 0o777 == 0o600


def test_where_there_never_was_a_base_nothing_is_asked(database: Path, data: Path) -> None:
    assert offer(str(database.with_name("neuve.sqlite3")), data) is Chosen.EMPTY


def test_a_slow_disk_is_told(driver: Driver) -> None:
    driver.window.saving._slow.setInterval(10)
    opened(driver)
    busy = held(driver.jobs)
    driver.press(Key.Key_F3)
    driver.type("x")
    driver.qtbot.waitUntil(
        lambda: driver.window.windowTitle() == "PAN Desktop – Enregistrement en cours…"
    )
    busy.let_go.set()
    driver.qtbot.waitUntil(lambda: "Enregistré à" in driver.window.windowTitle())
