"""A second window on one database reads only, is told who holds it, and takes over."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pan_desktop.gui import holder, reading_only
from pan_desktop.gui.application import Keeping
from pan_desktop.gui.holder import HeldError, Holder, Waiting, hold
from tests.builders import dump, filled_database
from tests.gui.test_backups import write
from tests.gui.test_undo import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.gui.conftest import Driver

Key = Qt.Key


def test_a_second_window_is_told_who_holds_the_database(tmp_path: Path) -> None:
    (tmp_path / "neuf").mkdir()
    database = str(tmp_path / "neuf" / "base.sqlite3")
    held = hold(database, "Salma")
    assert held is not None
    with pytest.raises(HeldError, match="La base est ouverte par Salma") as caught:
        hold(database, "Karim")
    assert caught.value.holder.since is not None
    held.release()
    again = hold(database)
    assert again is not None
    again.release()
    assert list((tmp_path / "neuf").iterdir()) == []


def test_who_holds_it_is_told_to_its_owner_only(tmp_path: Path) -> None:
    held = hold(str(tmp_path / "base.sqlite3"), "Salma")
    assert held is not None
    (about,) = tmp_path.glob("*.json")
    assert about.stat().st_mode & 0o777 == 0o600
    held.release()


def test_the_lock_of_a_program_that_died_is_taken_over(tmp_path: Path) -> None:
    database = str(tmp_path / "base.sqlite3")
    script = (
        "import os, sys; from pan_desktop.gui.holder import hold; "
        "lock = hold(sys.argv[1]); assert lock; os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, database], check=True)
    assert (tmp_path / "base.sqlite3.lock").exists()
    assert Waiting(database, Holder("Salma", ""), "Karim").look() is None
    lock = hold(database)
    assert lock is not None
    lock.release()


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file be written: not one byte fits any more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def killed(database: Path) -> None:
    """Leave what a window leaves that was killed."""
    script = (
        "import os, sys; from pan_desktop.gui.holder import hold; "
        "lock = hold(sys.argv[1], 'Salma'); assert lock; os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(database)], check=True)


def test_nobody_is_locked_out_by_a_dead_program_where_the_disk_is_full(tmp_path: Path) -> None:
    database = tmp_path / "base.sqlite3"
    killed(database)
    with full_disk():
        assert hold(str(database)) is None  # there is no room for a lock of ours
    held = hold(str(database), "Karim")
    assert held is not None
    with full_disk(), pytest.raises(HeldError, match="Karim"):
        hold(str(database))
    held.release()


def test_a_server_needs_no_lock() -> None:
    assert hold("postgresql://serveur/base") is None


@pytest.mark.parametrize("told", ["", "{", "[]", '{"name": "Salma"}', '{"since": "hier"}'])
def test_a_holder_that_says_nothing_of_itself_is_told_by_its_lock(
    tmp_path: Path, told: str
) -> None:
    database = tmp_path / "base.sqlite3"
    held = hold(str(database), "Salma")
    assert held is not None
    (tmp_path / "base.sqlite3.lock.json").write_text(told, encoding="utf-8")
    with pytest.raises(HeldError, match="l’ordinateur «"):
        hold(str(database), "Karim")
    held.release()


def of_another_computer(database: Path) -> None:
    """Leave what a window on another computer leaves, on a folder of a network."""
    held = hold(str(database), "Salma")
    assert held is not None
    lock = database.with_name(f"{database.name}.lock")
    about = database.with_name(f"{database.name}.lock.json")
    words, said = lock.read_bytes(), json.loads(about.read_text(encoding="utf-8"))
    held.release()
    lines = words.split(b"\n")
    lines[2:] = [b"PC-AUTRE", b"", b"", b""]
    lock.write_bytes(b"\n".join(lines))
    about.write_text(json.dumps(said | {"host": "PC-AUTRE"}), encoding="utf-8")


def test_a_lock_of_another_computer_is_dead_when_nobody_renews_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "base.sqlite3"
    of_another_computer(database)
    with pytest.raises(HeldError, match="PC-AUTRE") as caught:
        hold(str(database), "Karim")
    now = 1000.0
    monkeypatch.setattr(holder, "monotonic", lambda: now)
    waiting = Waiting(str(database), caught.value.holder, "Karim")
    about = tmp_path / "base.sqlite3.lock.json"
    for _ in range(4):  # it lives: it says so again and again
        now += holder.SILENT_SECONDS - 1
        said = json.loads(about.read_text(encoding="utf-8"))
        about.write_text(json.dumps(said | {"beat": said["beat"] + 1}), encoding="utf-8")
        assert waiting.look() is not None
        with pytest.raises(HeldError):
            waiting.take()
    now += holder.SILENT_SECONDS + 1
    assert waiting.look() is None
    held = waiting.take()
    assert held is not None
    held.release()


# The window ------------------------------------------------------------------------------------


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


def press_button(driver: Driver, words: str) -> None:
    (button,) = [
        each
        for each in driver.window.notice.findChildren(QPushButton)
        if each.text().replace("&", "") == words and each.isVisible()
    ]
    button.setFocus()
    driver.press(Key.Key_Space)


def test_a_window_on_a_held_database_reads_and_takes_over(
    driver: Driver, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_only, "ASK_MS", 50)
    held = hold(str(database), "Salma")
    assert held is not None
    with Keeping(str(database)) as keeping:
        keeping.begin(driver.window, driver.jobs)
        assert "lecture seule – base ouverte par Salma" in driver.window.windowTitle()
        assert "ouverte par Salma" in driver.window.notice.sentence
        before = dump(database)
        page = opened(driver)
        driver.press(Key.Key_F3)
        (editor,) = page.hold.points.editors()
        assert editor.isReadOnly()
        driver.type("x")
        driver.settle()
        # A page without editors: what is asked for is refused, and shown as it is.
        driver.alt(Key.Key_4)
        driver.settle()
        driver.control(Key.Key_N)
        driver.settle()
        driver.press(Key.Key_Escape)
        driver.settle()
        assert dump(database) == before
        driver.window.notice.hide()
        for figure in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6):
            driver.alt(figure)
            driver.settle()
            assert driver.window.notice.sentence == ""
        held.release()
        driver.qtbot.waitUntil(lambda: "La base est libre" in driver.window.notice.sentence)
        # Put away unread: what is refused afterwards offers it again.
        driver.window.notice.hide()
        driver.jobs.run(write)
        driver.settle()
        assert dump(database) == before
        assert "La base est libre, et rien n’a été changé" in driver.window.notice.sentence
        press_button(driver, "Modifier ici")
        driver.qtbot.waitUntil(lambda: not driver.jobs.refusal)
        driver.settle()
        with pytest.raises(HeldError):
            hold(str(database), "Salma")
        page = opened(driver)
        driver.press(Key.Key_F3)
        driver.type(" repris")
        driver.settle()
        driver.settle()
        assert "repris" in str(dump(database)["conclusion"])
        driver.qtbot.waitUntil(lambda: "Enregistré à" in driver.window.windowTitle())
    assert hold(str(database)) is not None


def test_a_window_writes_where_a_killed_one_left_its_lock_on_a_full_disk(
    driver: Driver, database: Path
) -> None:
    killed(database)
    with Keeping(str(database)) as keeping:
        with full_disk():
            keeping.begin(driver.window, driver.jobs)
        assert driver.window.windowTitle() == "PAN Desktop"
        opened(driver)
        driver.press(Key.Key_F3)
        driver.type(" repris")
        driver.settle()
        driver.settle()
        assert "repris" in str(dump(database)["conclusion"])


def test_what_the_holder_commits_appears_where_it_is_read(
    driver: Driver, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold(str(database), "Salma")
    assert held is not None
    with Keeping(str(database)) as keeping:
        keeping.begin(driver.window, driver.jobs)
        page = opened(driver)
        driver.press(Key.Key_F3)
        (editor,) = page.hold.points.editors()
        script = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
            "c.execute(\"UPDATE conclusion SET text = 'Dit par Salma.'\"); c.commit()"
        )
        subprocess.run([sys.executable, "-c", script, str(database)], check=True)
        driver.qtbot.waitUntil(lambda: "Dit par Salma." in editor.toPlainText(), timeout=10_000)
    held.release()


def test_what_is_prepared_is_seen_to_be_read_only_where_another_writes(
    driver: Driver, database: Path
) -> None:
    held = hold(str(database), "Salma")
    assert held is not None
    with Keeping(str(database)) as keeping:
        page = opened(driver)
        driver.control(Key.Key_1)
        panel, ui = page.prepare, page.prepare.ui
        writable = ui.day.grab().toImage().pixelColor(ui.day.width() // 2, 4)
        driver.alt(Key.Key_N)
        assert driver.focus.objectName() == "newItem"
        keeping.begin(driver.window, driver.jobs)
        driver.settle()
        assert driver.focus.objectName() == "agenda"
        before = dump(database)
        for field in (ui.body, ui.day, ui.at, ui.place, ui.connection):
            assert field.isReadOnly()
            shown = field.grab().toImage().pixelColor(field.width() // 2, 4)
            assert shown == driver.window.palette().window().color()
            assert shown != writable
        assert not ui.newItem.isEnabled()
        assert not ui.addItem.isEnabled()
        assert not ui.saveTemplate.isEnabled()
        assert ui.agendaKeys.text() == "lecture seule"
        driver.alt(Key.Key_D)  # the day and the hour step by the arrows, where they may
        assert driver.focus is ui.day
        told = ui.day.text()
        driver.press(Key.Key_Up)
        driver.press(Key.Key_PageDown)
        driver.press(Key.Key_Tab)
        assert driver.focus.objectName() == "at"
        driver.press(Key.Key_Down)
        ui.agenda.setFocus()
        driver.press(Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        driver.press(Key.Key_F2)
        driver.type("autre titre")
        assert driver.focus.objectName() == "agenda"
        driver.window.notice.hide()
        for key in (Key.Key_Return, Key.Key_Space, Key.Key_Insert, Key.Key_Delete):
            driver.press(key)
        driver.press(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        for table in panel.carried.tables[:2]:
            if table.isVisible():
                table.setFocus()
                driver.press(Key.Key_A)
                driver.press(Key.Key_Space)
        driver.settle()
        assert ui.day.text() == told
        # Nor where it is held: nobody is added to those who came, no rate is opened.
        driver.control(Key.Key_2)
        driver.type("Personne inconnue")
        driver.press(Key.Key_Return)
        assert page.hold.people.ui.missing.text() == "Personne ne correspond."
        driver.control(Key.Key_E)
        driver.press(Key.Key_Return)
        grid = driver.focus
        driver.type("50")
        assert driver.focus is grid
        driver.settle()
        assert dump(database) == before
        # Nothing was asked for that had to be refused.
        assert driver.window.notice.sentence == ""
        held.release()
