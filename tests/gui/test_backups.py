"""Copies in the window: made when it is left, listed, restored, all by the keyboard."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QWidget

from pan_desktop.app import backups
from pan_desktop.domain.backups import Why
from pan_desktop.gui import application, leaving
from pan_desktop.gui.application import look_after
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.damaged_dialog import DamagedDialog
from pan_desktop.gui.dialogs.leaving_dialog import CopyingDialog, LeavingDialog
from pan_desktop.gui.dialogs.releve_file import import_files
from pan_desktop.gui.dialogs.rescue_dialog import RescueDialog
from pan_desktop.gui.dialogs.restore_dialog import RestoreDialog
from pan_desktop.gui.leaving import Daily
from pan_desktop.gui.main_window import MainWindow
from pan_desktop.gui.pages import settings
from pan_desktop.gui.pages.page import Place
from pan_desktop.gui.pages.settings_backups import BackupsSection
from pan_desktop.store.safety.copies import choose_folder, copies, folder_of, keep_copy
from tests.builders import dump, filled_database, sample_bytes
from tests.gui.sections import open_section
from tests.gui.test_mnemonics import shared, underlined

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pan_desktop.store.unit_of_work import UnitOfWork
    from tests.gui.conftest import Driver

Key = Qt.Key
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def write(work: UnitOfWork, *, name: str = "Archives") -> None:
    work.insert("institution", name=name)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


def section(driver: Driver) -> BackupsSection:
    shown = open_section(driver, settings.BACKUPS)
    assert isinstance(shown, BackupsSection)
    return shown


def dialog(driver: Driver) -> QDialog:
    driver.settle()
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


# Leaving ---------------------------------------------------------------------------------


def test_the_window_closes_once_everything_is_copied(driver: Driver, database: Path) -> None:
    look_after(driver.window)
    driver.jobs.run(write)
    driver.window.close()
    assert driver.window.isVisible()
    driver.qtbot.waitUntil(lambda: not driver.window.isVisible())
    (copy,) = copies(database)
    assert copy.why is Why.CLOSE
    assert dump(copy.file) == dump(database)
    assert "Archives" in {row["name"] for row in dump(copy.file)["institution"]}


def test_what_is_saved_while_the_copy_is_made_is_in_a_copy_too(
    driver: Driver, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_after(driver.window)
    begun, go_on = threading.Event(), threading.Event()
    real = backups.back_up

    def slowly(*arguments: object, **options: object) -> object:
        done = real(*arguments, **options)  # type: ignore[arg-type]
        begun.set()
        go_on.wait(10)
        return done

    monkeypatch.setattr(backups, "back_up", slowly)
    driver.window.close()
    driver.qtbot.waitUntil(begun.is_set)
    driver.jobs.run(write, name="Pendant la copie")
    go_on.set()
    driver.qtbot.waitUntil(lambda: not driver.window.isVisible())
    assert dump(copies(database)[0].file) == dump(database)


def test_a_copy_that_takes_long_is_shown(
    driver: Driver, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "SHOWN_AFTER_MS", 1)
    look_after(driver.window)
    go_on = threading.Event()
    monkeypatch.setattr(backups, "back_up", lambda *_arguments, **_options: go_on.wait(10))
    driver.window.close()
    driver.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, CopyingDialog)
    driver.press(Key.Key_Escape)
    assert shown.isVisible()
    go_on.set()
    driver.qtbot.waitUntil(lambda: not driver.window.isVisible())


@pytest.fixture
def stopped(driver: Driver, database: Path, tmp_path: Path) -> LeavingDialog:
    """Give the dialog that says why the window did not close: the folder is gone."""
    look_after(driver.window)
    choose_folder(database, tmp_path / "clé")
    (tmp_path / "clé").rmdir()
    driver.window.close()
    found = dialog(driver)
    assert isinstance(found, LeavingDialog)
    assert driver.window.isVisible()
    return found


def test_leaving_stops_with_a_sentence_when_there_is_no_copy(
    driver: Driver, stopped: LeavingDialog, database: Path
) -> None:
    assert "n’existant plus" in stopped.said.text()
    assert "Tout ce que vous avez saisi reste enregistré" in stopped.said.text()
    driver.press(Key.Key_Escape)
    driver.settle()
    assert driver.window.isVisible()
    driver.jobs.run(write)  # work goes on
    driver.settle()
    assert "Archives" in {row["name"] for row in dump(database)["institution"]}


def test_leaving_is_tried_again(
    driver: Driver, stopped: LeavingDialog, database: Path, tmp_path: Path
) -> None:
    driver.press(Key.Key_Return)
    assert isinstance(dialog(driver), LeavingDialog)
    (tmp_path / "clé").mkdir()
    driver.press(Key.Key_Return)
    driver.qtbot.waitUntil(lambda: not driver.window.isVisible())
    assert len(copies(database, tmp_path / "clé")) == 1


def test_leaving_goes_by_another_folder(
    driver: Driver, stopped: LeavingDialog, database: Path, tmp_path: Path
) -> None:
    (tmp_path / "autre").mkdir()
    driver.alt(Key.Key_A)
    driver.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    chosen = dialog(driver)
    assert isinstance(chosen, QFileDialog)
    chosen.fileSelected.emit(str(tmp_path / "autre"))
    chosen.close()
    driver.qtbot.waitUntil(lambda: not driver.window.isVisible())
    assert folder_of(database) == tmp_path / "autre"
    assert len(copies(database)) == 1


def test_one_may_leave_all_the_same(driver: Driver, stopped: LeavingDialog, database: Path) -> None:
    driver.alt(Key.Key_Q)
    driver.qtbot.waitUntil(lambda: not driver.window.isVisible())
    assert copies(database) == ()


def test_who_stays_after_all_leaves_with_a_copy_another_time(
    driver: Driver,
    stopped: LeavingDialog,
    database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as asked:  # what is not saved is asked about, and she stays
        asked.setattr(driver.window.saving, "may_leave", lambda: False)
        stopped.leave.click()
    assert driver.window.isVisible()
    (tmp_path / "clé").mkdir()
    driver.window.close()
    driver.qtbot.waitUntil(lambda: not driver.window.isVisible())
    assert [copy.why for copy in copies(database)] == [Why.CLOSE]


def test_a_fault_of_ours_keeps_nobody_in(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    look_after(driver.window)
    crashes: list[object] = []
    driver.jobs.crashed.disconnect()
    monkeypatch.setattr(backups, "back_up", lambda *_arguments, **_options: 1 / 0)
    watching = look_after(driver.window)
    driver.window.may_leave[:] = [watching.may_leave]
    driver.jobs.crashed.connect(crashes.append)
    driver.window.close()
    driver.settle()
    assert crashes
    driver.window.close()
    assert not driver.window.isVisible()


# Every day -------------------------------------------------------------------------------


def test_a_copy_is_made_once_a_day(driver: Driver, database: Path) -> None:
    driver.settle()
    parent = QObject()
    daily = Daily(driver.window.services, parent)
    daily.look()
    driver.settle()
    (copy,) = copies(database)
    assert copy.why is Why.DAILY
    driver.jobs.run(write)
    driver.settle()
    daily.look()
    driver.settle()
    assert len(copies(database)) == 1


def test_a_day_that_passed_while_the_machine_slept_counts(driver: Driver, database: Path) -> None:
    keep_copy(database, Why.CLOSE, datetime.now(UTC) - timedelta(days=3))
    driver.jobs.run(write)
    driver.settle()
    parent = QObject()
    Daily(driver.window.services, parent).look()
    driver.settle()
    assert [copy.why for copy in copies(database)] == [Why.DAILY, Why.CLOSE]


def test_a_copy_of_the_day_that_fails_is_told_once(
    driver: Driver, database: Path, tmp_path: Path
) -> None:
    database.with_name("essai.sqlite3.sauvegardes").write_text(str(tmp_path / "clé"))
    driver.settle()
    parent = QObject()
    daily = Daily(driver.window.services, parent)
    daily.look()
    driver.settle()
    assert "n’existant plus" in driver.window.notice.sentence
    driver.window.notice.hide()
    daily.look()
    driver.settle()
    assert driver.window.notice.sentence == ""


# Imports ---------------------------------------------------------------------------------


def test_an_import_in_the_window_is_preceded_by_a_copy(
    driver: Driver, database: Path, tmp_path: Path
) -> None:
    before = dump(database)
    file = tmp_path / "releve.json"
    file.write_bytes(sample_bytes().replace(b"2025-10-16", b"2031-02-03"))
    import_files(driver.window.services, driver.window, [file])
    driver.settle()
    driver.settle()
    assert len(dump(database)["meeting"]) == len(before["meeting"]) + 1
    (copy,) = copies(database)
    assert copy.why is Why.IMPORT
    assert dump(copy.file) == before


def test_without_a_copy_nothing_is_imported(driver: Driver, database: Path, tmp_path: Path) -> None:
    database.with_name("essai.sqlite3.sauvegardes").write_text(str(tmp_path / "clé"))
    before = dump(database)
    file = tmp_path / "releve.json"
    file.write_bytes(sample_bytes().replace(b"2025-10-16", b"2031-02-03"))
    import_files(driver.window.services, driver.window, [file])
    driver.settle()
    driver.settle()
    assert dump(database)["meeting"] == before["meeting"]
    assert "n’existant plus" in driver.window.notice.sentence


# The settings ----------------------------------------------------------------------------


def test_the_copies_are_listed_and_one_is_made_by_hand(driver: Driver, database: Path) -> None:
    keep_copy(database, Why.CLOSE, NOW)
    shown = section(driver)
    assert shown.folder.text() == str(database.parent / "Sauvegardes")
    assert shown.advice.isVisible()  # on the database's own disk
    (row,) = shown.copies.model.rows()
    assert (row.why, row.meetings, row.wrong) == ("fermeture", 3, "")
    driver.alt(Key.Key_C)
    driver.qtbot.waitUntil(lambda: len(shown.copies.model.rows()) == 2)
    assert shown.copies.model.rows()[0].why == "à la main"
    assert "est faite, relue et comparée" in driver.window.notice.sentence


def test_where_there_is_no_copy_yet_a_sentence_says_so(driver: Driver) -> None:
    shown = section(driver)
    assert shown.copies.empty.isVisible()
    assert "Aucune copie pour l’instant" in shown.copies.empty.text()
    assert not shown.copies.table.isVisible()
    driver.alt(Key.Key_C)
    driver.qtbot.waitUntil(lambda: len(shown.copies.model.rows()) == 1)
    assert shown.copies.table.isVisible()
    assert not shown.copies.empty.isVisible()


def test_the_keyboard_stays_where_a_copy_was_asked_for(driver: Driver) -> None:
    shown = section(driver)
    driver.alt(Key.Key_C)
    driver.qtbot.waitUntil(lambda: shown.make.text() == "Copie en cours…")
    assert driver.focus is shown.make
    driver.press(Key.Key_Space)  # one at a time
    driver.qtbot.waitUntil(lambda: len(shown.copies.model.rows()) == 1)
    driver.settle()
    assert shown.make.hasFocus()
    assert shown.make.text() == "Faire une &copie maintenant"
    assert len(shown.copies.model.rows()) == 1


def test_a_copy_is_looked_at_and_left_where_it_is(driver: Driver, database: Path) -> None:
    keep_copy(database, Why.CLOSE, NOW)
    driver.jobs.run(write)
    shown = section(driver)
    shown.copies.table.setFocus()
    driver.press(Key.Key_Home)
    driver.press(Key.Key_Return)
    found = dialog(driver)
    assert isinstance(found, RestoreDialog)
    assert found.said.text() == "Ne serait plus dans la base\u00a0: 1\u00a0organisme (Archives)."
    said = [each.text() for each in found.findChildren(QLabel) if each.isVisible()]
    assert "Entrée et Échap annulent" in said
    before = dump(database)
    driver.press(Key.Key_Return)  # the default is to change nothing
    driver.settle()
    assert QApplication.activeModalWidget() is None
    assert dump(database) == before


def test_the_folder_is_changed_and_the_copies_go_along(
    driver: Driver, database: Path, tmp_path: Path
) -> None:
    kept = keep_copy(database, Why.CLOSE, NOW).copy
    content = kept.file.read_bytes()
    shown = section(driver)
    shown._ask_to_move(tmp_path / "clé")
    assert isinstance(dialog(driver), ConfirmDialog)
    driver.alt(Key.Key_D)
    driver.qtbot.waitUntil(lambda: shown.folder.text() == str(tmp_path / "clé"))
    driver.settle()
    assert not kept.file.exists()
    assert (tmp_path / "clé" / kept.file.name).read_bytes() == content
    assert [row.file for row in shown.copies.model.rows()] == [copies(database)[0].file]
    shown._ask_to_move(tmp_path / "autre")
    dialog(driver)
    driver.press(Key.Key_Escape)
    driver.qtbot.waitUntil(lambda: shown.folder.text() == str(tmp_path / "autre"))
    driver.settle()
    assert (tmp_path / "clé" / kept.file.name).exists()
    assert shown.copies.model.rows() == ()


def test_a_letter_underlined_does_one_thing(driver: Driver, database: Path, tmp_path: Path) -> None:
    keep_copy(database, Why.CLOSE, NOW)
    shown = section(driver)
    assert len(underlined(shown)) >= 4
    assert shared(driver.window) == {}
    shown.copies.table.selectRow(0)
    shown._restore()
    for each in (dialog(driver), LeavingDialog("Une phrase.", driver.window)):
        each.open()
        driver.settle()
        assert underlined(each)
        assert shared(each) == {}
        each.reject()
        driver.settle()


# Restoring -------------------------------------------------------------------------------


_PATIENCE = 2000


class Steps:
    """Does one thing after the other in the windows that ``application.run`` opens."""

    def __init__(self, *steps: Callable[[], bool]) -> None:
        """Do ``steps``: each is asked again until it says that it is done."""
        self._steps, self._ticks = list(steps), 0
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._step)

    def _step(self) -> None:
        self._ticks += 1
        if self._ticks > _PATIENCE:  # or a step that never comes would hold the tests up
            QApplication.exit(9)
            if (found := QApplication.activeModalWidget()) is not None:
                found.close()
        elif self._steps and self._steps[0]():
            self._steps.pop(0)

    def run(self, database: Path) -> int:
        """Open the program's window on ``database``; return its exit code and see all done."""
        self._timer.start()
        try:
            return application.run(str(database))
        finally:
            self._timer.stop()
            assert self._steps == []


def window() -> MainWindow | None:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    shown = [w for w in found if w.isVisible()]
    return shown[0] if shown else None


def modal(kind: type[QWidget]) -> QWidget | None:
    found = QApplication.activeModalWidget()
    return found if isinstance(found, kind) else None


@pytest.mark.usefixtures("isolated")
def test_a_copy_is_restored_and_a_new_window_opens_on_it(
    qapp: QApplication, database: Path, qtbot: QtBot
) -> None:
    then = dump(database)
    keep_copy(database, Why.CLOSE, NOW)
    told: list[str] = []

    def change() -> bool:
        shown = window()
        if shown is None or not shown.services.jobs.idle or not shown.may_leave:
            return False
        shown.services.jobs.run(write)
        shown.services.go_to(Place("settings", settings.BACKUPS))
        return True

    def choose() -> bool:
        shown = window()
        assert shown is not None
        page = shown._pages["settings"]
        assert isinstance(page, settings.SettingsPage)
        part = page.section(settings.BACKUPS)
        assert isinstance(part, BackupsSection)
        if not (shown.services.jobs.idle and part.copies.model.rows()):
            return False
        part.copies.table.selectRow(0)
        part._restore()
        return True

    def restore() -> bool:
        asked = modal(RestoreDialog)
        if not (isinstance(asked, RestoreDialog) and asked.act.isEnabled()):
            return False
        asked.act.click()
        return True

    def leave() -> bool:
        shown = window()
        if shown is None or not shown.notice.sentence or not shown.may_leave:
            return False
        told.append(shown.notice.sentence)
        shown.services.jobs.run(write, name="Dans la nouvelle fenêtre")
        shown.close()
        return True

    assert Steps(change, choose, restore, leave).run(database) == 0
    assert "a pris la place de la base" in told[0]
    names = {row["name"] for row in dump(database)["institution"]}
    assert "Dans la nouvelle fenêtre" in names
    assert "Archives" not in names
    kept = copies(database)
    assert [copy.why for copy in kept[:2]] == [Why.CLOSE, Why.RESTORE]
    assert "Archives" in {row["name"] for row in dump(kept[1].file)["institution"]}
    assert dump(kept[2].file) == then


@pytest.mark.usefixtures("isolated")
def test_a_damaged_database_is_replaced_by_a_copy_at_the_start(
    qapp: QApplication, database: Path
) -> None:
    then = dump(database)
    keep_copy(database, Why.CLOSE, NOW)
    database.write_bytes(b"SQLite format 3\0" + bytes(9000))

    def choose() -> bool:
        asked = modal(DamagedDialog)
        if not (isinstance(asked, DamagedDialog) and asked.restore.isEnabled()):
            return False
        asked.restore.click()
        return True

    def restore() -> bool:
        asked = modal(RestoreDialog)
        if not (isinstance(asked, RestoreDialog) and asked.act.isEnabled()):
            return False
        assert "ne peut pas être lue" in asked.said.text()
        assert "sans figurer dans leur liste" in asked.said.text()
        assert not asked.way_back.isVisible()
        asked.act.click()
        return True

    def leave() -> bool:
        shown = window()
        if shown is None or not shown.notice.sentence or not shown.may_leave:
            return False
        told.append(shown.notice.sentence)
        shown.close()
        return True

    told: list[str] = []
    assert Steps(choose, restore, leave).run(database) == 0
    assert dump(database) == then
    (kept,) = folder_of(database).glob("*(abîmée)*")
    assert f"sans figurer dans leur liste\u00a0: «\u00a0{kept}\u00a0»" in told[0]
    assert kept not in [copy.file for copy in copies(database)]


def when(
    kind: type[QWidget], ready: Callable[[Any], bool], act: Callable[[Any], object]
) -> Callable[[], bool]:
    """Return the step that does something in a dialog of that kind once it is ready."""

    def step() -> bool:
        asked = modal(kind)
        if not (isinstance(asked, kind) and ready(asked)):
            return False
        act(asked)
        return True

    return step


@pytest.mark.usefixtures("isolated")
def test_a_damaged_database_without_copies_is_recovered_at_the_start(
    qapp: QApplication, database: Path
) -> None:
    then = dump(database)
    database.write_bytes(bytes(4096) + database.read_bytes()[4096:])
    target = database.with_name("récupérée.sqlite3")

    def name(asked: QFileDialog) -> None:
        asked.fileSelected.emit(str(target))
        asked.close()

    def recover(asked: Any) -> None:
        # Without a list, the sentences stand together, as high as they are.
        assert asked.height() < 200
        assert asked.hint.y() - asked.said.y() < 60
        assert asked.recover.hasFocus()
        asked.recover.click()

    def leave() -> bool:
        shown = window()
        if shown is None or not shown.may_leave:
            return False
        shown.close()
        return True

    steps = Steps(
        when(DamagedDialog, lambda d: "lisible" in d.hint.text(), recover),
        when(QFileDialog, lambda _d: True, name),
        when(RescueDialog, lambda d: bool(d.put.isEnabled()), lambda d: d.put.click()),
        when(RestoreDialog, lambda d: bool(d.act.isEnabled()), lambda d: d.act.click()),
        leave,
    )
    assert steps.run(database) == 0
    assert dump(database) == then


@pytest.fixture
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have preferences of the test's own."""
    from PySide6.QtCore import QSettings

    monkeypatch.setattr("sys.excepthook", lambda *_error: None)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "preferences")
    )


def test_no_save_reaches_a_database_that_was_replaced(driver: Driver, database: Path) -> None:
    """What was asked for before is in the present state that is kept; the rest is dropped."""
    copy = keep_copy(database, Why.CLOSE, NOW).copy
    told: list[object] = []
    driver.jobs.run(write, name="Avant")
    from pan_desktop.app import restoring

    driver.jobs.finish(
        restoring.restore,
        copy=copy.file,
        now=NOW + timedelta(hours=1),
        done=told.append,
        failed=told.append,
    )
    driver.jobs.run(write, name="Après")
    driver.qtbot.waitUntil(lambda: bool(told))
    assert dump(database) == dump(copy.file)
    kept = copies(database)[0]
    assert kept.why is Why.RESTORE
    assert "Avant" in {row["name"] for row in dump(kept.file)["institution"]}


def test_work_goes_on_when_a_copy_could_not_be_restored(
    driver: Driver, database: Path, tmp_path: Path
) -> None:
    copy = keep_copy(database, Why.CLOSE, NOW).copy
    shutil.copy(copy.file, tmp_path / "texte.db")
    (tmp_path / "texte.db").write_bytes(b"Bonjour" * 2000)
    told: list[object] = []
    from pan_desktop.app import restoring

    driver.jobs.finish(
        restoring.restore,
        copy=tmp_path / "texte.db",
        now=NOW,
        done=lambda _done: told.append("done"),
        failed=lambda _error: told.append("failed"),
    )
    driver.qtbot.waitUntil(lambda: bool(told))
    assert told == ["failed"]
    driver.jobs.run(write, name="Après")
    driver.settle()
    assert "Après" in {row["name"] for row in dump(database)["institution"]}
