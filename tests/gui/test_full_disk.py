"""A disk that is full when the program starts: it opens, one window writes, nothing is lost.

The disks are small ones of their own, and really full.
"""

from __future__ import annotations

import getpass
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pan_desktop.app.first_look import first_look
from pan_desktop.domain.backups import Why
from pan_desktop.gui import reading_only, saving
from pan_desktop.gui.application import Keeping, look_after
from pan_desktop.gui.dialogs.leaving_dialog import UnsavedDialog
from pan_desktop.gui.holder import HeldError, NotHeldError, Waiting, hold
from pan_desktop.store.safety.copies import copies
from pan_desktop.store.safety.rescue import FOLDER
from tests.builders import filled_database
from tests.disks import fill, make_room, small_disk
from tests.gui.test_holder import press_button
from tests.gui.test_trouble import another_start, answered, points, trouble
from tests.gui.test_undo import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import Driver

Key = Qt.Key
INDEX = 32 * 1024
"""What SQLite's index of its log takes."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk with a database and no room at all."""
    with small_disk(tmp_path / "disque", "4m") as disk:
        (disk / "essai.sqlite3").write_bytes(filled_database())
        fill(disk)
        yield disk


@pytest.fixture
def database(disk: Path) -> Path:
    return disk / "essai.sqlite3"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the program's own folder, on a disk that has room."""
    return tmp_path / "données"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_only, "ASK_MS", 50)
    monkeypatch.setattr(saving, "RETRY_MS", 300)


def type_a_point(driver: Driver, words: str) -> None:
    opened(driver)
    driver.press(Key.Key_F3)
    driver.press(Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    driver.press(Key.Key_Return)
    driver.type(words)
    answered(driver)


# The window ------------------------------------------------------------------------------------


def test_it_opens_keeps_what_is_typed_and_saves_it_when_there_is_room(
    driver: Driver, disk: Path, database: Path, data: Path
) -> None:
    assert database.with_name(f"{database.name}-shm").stat().st_size < INDEX
    with Keeping(str(database)) as keeping:
        keeping.begin(driver.window, driver.jobs)
        driver.qtbot.waitUntil(lambda: driver.window.windowTitle().endswith("disque plein"))
        type_a_point(driver, "Le disque est plein")
        assert "Rien n’est perdu" in trouble(driver)
        assert len(list((data / FOLDER).glob("*.sqlite3"))) == 1
        make_room(disk)
        driver.qtbot.waitUntil(lambda: "Enregistré à" in driver.window.windowTitle())
        assert "Le disque est plein" in points(database)
        assert list((data / FOLDER).glob("*.sqlite3")) == []
        driver.type(" encore")
        answered(driver)
        assert "Le disque est plein encore" in points(database)


def test_a_second_window_only_reads_is_told_who_writes_and_takes_over(
    driver: Driver, disk: Path, database: Path, data: Path, qtbot: QtBot
) -> None:
    with Keeping(str(database)) as keeping:
        keeping.begin(driver.window, driver.jobs)
        with another_start(database, data, qtbot) as other:
            reader = Keeping(str(database))
            reader.begin(other.window, other.jobs)
            assert getpass.getuser() in other.window.notice.sentence
            assert "vous pouvez la lire" in other.window.notice.sentence
            assert "lecture seule – base ouverte par" in other.window.windowTitle()
            page = opened(other)
            other.press(Key.Key_F3)
            (editor,) = page.hold.points.editors()
            assert editor.isReadOnly()
            assert editor.toPlainText()
            assert trouble(other) == ""
            keeping.__exit__()
            other.qtbot.waitUntil(lambda: "La base est libre" in other.window.notice.sentence)
            press_button(other, "Modifier ici")
            other.qtbot.waitUntil(lambda: not other.jobs.refusal)
            answered(other)
            assert "disque plein" in other.window.windowTitle()
            assert "Rien n’est perdu" in trouble(other)
            with pytest.raises(HeldError):
                hold(str(database), in_use=True)
            type_a_point(other, "Repris")
            make_room(disk)
            other.qtbot.waitUntil(lambda: "Enregistré à" in other.window.windowTitle())
            assert "Repris" in points(database)
            reader.__exit__()


def test_where_nobody_can_be_kept_out_it_only_reads(
    driver: Driver, disk: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pan_desktop.store.safety.claim._SET", None)
    monkeypatch.setattr("pan_desktop.store.safety.claim._GET", None)
    with pytest.raises(NotHeldError):
        hold(str(database), in_use=True)
    with Keeping(str(database)) as keeping:
        keeping.begin(driver.window, driver.jobs)
        said = driver.window.notice.sentence
        assert said.startswith("Le disque qui porte la base est plein")
        assert said.endswith("Libérez de la place.")
        assert driver.window.windowTitle() == "PAN Desktop – lecture seule – disque plein"
        before = database.read_bytes()
        page = opened(driver)
        driver.press(Key.Key_F3)
        (editor,) = page.hold.points.editors()
        assert editor.isReadOnly()
        assert database.read_bytes() == before
        make_room(disk)
        driver.qtbot.waitUntil(lambda: "La base est libre" in driver.window.notice.sentence)
        press_button(driver, "Modifier ici")
        driver.qtbot.waitUntil(lambda: not driver.jobs.refusal)


class TestWithoutRoomForWhatIsKept:
    """The program's own folder lies on the full disk as well."""

    @pytest.fixture
    def data(self, disk: Path) -> Path:
        return disk / "données"

    def test_it_opens_and_says_that_work_is_only_in_memory(
        self, driver: Driver, disk: Path, database: Path
    ) -> None:
        type_a_point(driver, "En mémoire")
        assert "n’est gardé qu’en mémoire" in trouble(driver)
        assert "seraient perdus en quittant" in asked(driver)
        assert driver.focus.text() == "&Réessayer"  # type: ignore[attr-defined]  # a button
        driver.press(Key.Key_Escape)
        make_room(disk)
        driver.qtbot.waitUntil(lambda: "Enregistré à" in driver.window.windowTitle())
        assert "En mémoire" in points(database)


# Leaving ---------------------------------------------------------------------------------------


def asked(driver: Driver) -> str:
    """Close the window, and return what is asked before it does."""
    driver.window.close()
    driver.qtbot.waitUntil(lambda: driver.window.saving.dialog is not None)
    driver.settle()
    assert driver.window.isVisible()
    dialog = driver.window.saving.dialog
    assert isinstance(dialog, UnsavedDialog)
    assert QApplication.activeModalWidget() is dialog
    return dialog.said.text()


def test_closing_says_what_is_not_in_the_database_and_where_it_is(
    disk: Path, database: Path, data: Path, qtbot: QtBot
) -> None:
    with another_start(database, data, qtbot) as driver:
        look_after(driver.window)
        type_a_point(driver, "Avant de partir")
        driver.type(".")  # closed with a letter on its way
        number, said = asked(driver).replace("\u00a0", " ").split(" ", 1)
        assert int(number) > 1
        assert said == (
            "changements ne sont pas encore dans la base (disque plein) : ils sont gardés dans "
            f"« {data / FOLDER} », et vous seront proposés au prochain démarrage."
        )
        driver.press(Key.Key_Escape)
        assert driver.window.isVisible()
        driver.type(" Et après.")
        answered(driver)
        asked(driver)
        driver.alt(Key.Key_Q)
        driver.qtbot.waitUntil(lambda: not driver.window.isVisible())
    assert len(list((data / FOLDER).glob("*.sqlite3"))) == 1
    make_room(disk)
    with another_start(database, data, qtbot) as driver:
        driver.qtbot.waitUntil(lambda: driver.window.saving.left_bar is not None)
        driver.alt(Key.Key_R)
        driver.qtbot.waitUntil(lambda: "Avant de partir. Et après." in points(database))


def test_closing_tries_again_and_leaves_once_it_is_saved(
    driver: Driver, disk: Path, database: Path, data: Path
) -> None:
    look_after(driver.window)
    type_a_point(driver, "Encore")
    asked(driver)
    driver.press(Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.window.saving.dialog is not None)  # still no room
    make_room(disk)
    driver.press(Key.Key_Return)
    driver.qtbot.waitUntil(lambda: not driver.window.isVisible())
    assert "Encore" in points(database)
    assert list((data / FOLDER).glob("*.sqlite3")) == []
    assert [copy.why for copy in copies(database)] == [Why.CLOSE]


def test_the_window_closes_by_itself_when_there_is_room_meanwhile(
    driver: Driver, disk: Path, database: Path
) -> None:
    type_a_point(driver, "Entre-temps")
    asked(driver)
    make_room(disk)
    driver.qtbot.waitUntil(lambda: not driver.window.isVisible())
    assert "Entre-temps" in points(database)


# What is read ----------------------------------------------------------------------------------


def test_what_a_killed_window_left_in_the_log_is_seen(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disque", "4m") as disk:
        database = disk / "essai.sqlite3"
        database.write_bytes(filled_database())
        script = (
            "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
            "c.execute('DELETE FROM meeting'); c.commit(); os._exit(0)"
        )
        subprocess.run([sys.executable, "-c", script, str(database)], check=True)
        database.with_name(f"{database.name}-shm").unlink()
        fill(disk)
        look = first_look(str(database))
        assert look is not None
        assert look.meetings == 0


def test_a_disk_without_a_name_left_is_read(tmp_path: Path) -> None:
    # The folder itself is one of the names.
    with small_disk(tmp_path / "disque", "4m", "nr_inodes=3") as disk:
        database = disk / "essai.sqlite3"
        database.write_bytes(filled_database())
        fill(disk)
        look = first_look(str(database))
        assert look is not None
        assert look.meetings == 3


def test_those_who_start_at_once_all_read(tmp_path: Path) -> None:
    script = (
        "import sys; from pan_desktop.app.first_look import first_look\n"
        "for _ in range(20): assert first_look(sys.argv[1]).meetings == 3"
    )
    with small_disk(tmp_path / "disque", "4m") as disk:
        database = disk / "essai.sqlite3"
        database.write_bytes(filled_database())
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        fill(disk)
        command = [sys.executable, "-c", script, str(database)]
        started = [subprocess.Popen(command) for _ in range(2)]
        assert [each.wait() for each in started] == [0, 0]


# Who may write ---------------------------------------------------------------------------------


def test_one_holds_a_database_and_who_is_told_with_no_room_for_a_lock(
    disk: Path, database: Path
) -> None:
    held = hold(str(database), "Salma")
    assert held is not None
    assert not held.is_laid
    with pytest.raises(HeldError, match="vous ne pouvez que la lire") as caught:
        hold(str(database), "Karim")
    told = caught.value.holder
    assert (told.name, told.host) == (getpass.getuser(), socket.gethostname())
    assert told.since is not None
    waiting = Waiting(str(database), told, "Karim")
    assert waiting.look() == told
    with pytest.raises(HeldError):
        waiting.take()
    # With room again for the second, the first still holds it: by a lock as soon as it says so.
    make_room(disk)
    with pytest.raises(HeldError):
        hold(str(database), "Karim")
    held.renew()
    assert held.is_laid
    with pytest.raises(HeldError, match="Salma"):
        hold(str(database), "Karim")
    held.release()
    assert waiting.look() is None
    again = waiting.take()
    assert again is not None
    again.release()
    assert [each.name for each in disk.iterdir()] == [database.name]


def test_another_database_in_the_same_folder_is_free(disk: Path, database: Path) -> None:
    make_room(disk)
    (disk / "autre.sqlite3").write_bytes(b"x")
    fill(disk)
    held, other = hold(str(database)), hold(str(disk / "autre.sqlite3"))
    assert held is not None
    assert other is not None
    held.release()
    other.release()


def test_who_dies_on_a_full_disk_lets_go(database: Path) -> None:
    script = (
        "import sys; from pan_desktop.gui.holder import hold; "
        "held = hold(sys.argv[1]); assert held; print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(HeldError):
            hold(str(database))
        process.kill()
        process.wait()
    held = hold(str(database))
    assert held is not None
    held.release()


def test_the_claim_leaves_the_locks_of_the_database_alone(disk: Path, database: Path) -> None:
    make_room(disk)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM meeting")
        fill(disk)
        held = hold(str(database), in_use=True)
        assert held is not None
        with pytest.raises(HeldError):
            hold(str(database), in_use=True)
        held.release(in_use=True)
        script = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0); "
            "c.execute('PRAGMA journal_mode = DELETE')"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(database)], check=False, capture_output=True
        )
        assert b"database is locked" in done.stderr
        connection.execute("ROLLBACK")
