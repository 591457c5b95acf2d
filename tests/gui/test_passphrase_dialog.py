"""The question before the window: a passphrase or a recovery code, by the keyboard alone."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from pan_desktop.app.office import Office
from pan_desktop.app.protection import protect
from pan_desktop.domain import keys
from pan_desktop.domain.backups import Why
from pan_desktop.gui import application
from pan_desktop.gui.dialogs.damaged_dialog import DamagedDialog
from pan_desktop.gui.dialogs.passphrase_dialog import PassphraseDialog
from pan_desktop.gui.dialogs.restore_dialog import RestoreDialog
from pan_desktop.gui.jobs import Jobs
from pan_desktop.store.opening import connect
from pan_desktop.store.safety.copies import folder_of, keep_copy
from tests.builders import filled_database, rows
from tests.gui.test_backups import Steps, isolated, when, window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from pan_desktop.domain.keys import Key as FileKey

__all__ = ["isolated"]

Key = Qt.Key
PHRASE = "le chat violet dort sous sept parapluies"


class Asked:
    """The dialog on a protected office, and a pair of hands."""

    def __init__(self, dialog: PassphraseDialog, jobs: Jobs, right: FileKey, qtbot: QtBot) -> None:
        self.dialog, self.jobs, self.right, self.qtbot = dialog, jobs, right, qtbot

    def type(self, text: str) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        self.qtbot.keyClicks(widget, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        self.qtbot.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)

    def alt(self, key: Qt.Key, button: QAbstractButton) -> None:
        """Press the letter underlined on a button, which Qt shows pressed for a moment."""
        with self.qtbot.waitSignal(button.clicked, timeout=20_000):
            self.press(key, Qt.KeyboardModifier.AltModifier)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.idle, timeout=20_000)


@pytest.fixture
def asked(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    monkeypatch.setattr(keys, "_ROUNDS", 10)
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    office = Office(str(file))
    right = protect(office, passphrase=PHRASE).new
    assert right is not None
    office.close()
    jobs = Jobs(Office(str(file)))
    crashes: list[BaseException] = []
    jobs.crashed.connect(crashes.append)
    jobs.start()
    dialog = PassphraseDialog(jobs, str(file))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitExposed(dialog)
    yield Asked(dialog, jobs, right, qtbot)
    dialog.reject()
    jobs.close()
    dialog.deleteLater()
    QApplication.processEvents()
    assert crashes == []


def test_the_passphrase_opens_it(asked: Asked) -> None:
    asked.type(PHRASE)
    asked.press(Key.Key_Return)
    asked.settle()
    assert not asked.dialog.isVisible()
    assert asked.dialog.key == asked.right


def test_a_wrong_one_is_told_in_one_sentence_and_typed_over(asked: Asked) -> None:
    asked.type("autre chose")
    asked.press(Key.Key_Return)
    asked.settle()
    assert asked.dialog.isVisible()
    assert asked.dialog.key is None
    assert "n’ouvre pas la base" in asked.dialog.error.text()
    assert "autre" not in asked.dialog.error.text()
    asked.type(PHRASE)  # what was there is selected
    assert asked.dialog.passphrase.text() == PHRASE
    asked.press(Key.Key_Return)
    asked.settle()
    assert asked.dialog.key == asked.right


def test_no_letter_is_shown_unless_asked(asked: Asked) -> None:
    asked.type(PHRASE)
    line = asked.dialog.passphrase
    assert line.echoMode() is QLineEdit.EchoMode.Password
    assert PHRASE not in line.displayText()
    line.selectAll()
    line.copy()
    assert PHRASE not in QApplication.clipboard().text()
    asked.alt(Key.Key_F, asked.dialog.shown)
    assert line.displayText() == PHRASE
    asked.alt(Key.Key_F, asked.dialog.shown)
    assert PHRASE not in line.displayText()


def test_locked_capitals_are_told(asked: Asked) -> None:
    asked.type("le")
    assert asked.dialog.capitals.isHidden()
    asked.press(Key.Key_CapsLock)
    # What a keyboard sends whose capitals are locked: a capital without Shift.
    line = asked.dialog.passphrase
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, Key.Key_C, none, "C"))
    assert asked.dialog.capitals.isVisible()
    asked.press(Key.Key_CapsLock)
    assert asked.dialog.capitals.isHidden()
    assert line.text() == "leC"


def test_the_recovery_code_opens_it(asked: Asked) -> None:
    asked.alt(Key.Key_C, asked.dialog.other)
    wrong = list(asked.right.code)
    # One sign: a line written backwards has the right check once in some thirty times.
    wrong[2] = ("B" if wrong[2][0] != "B" else "C") + wrong[2][1:]
    asked.type(" ".join(wrong))
    asked.alt(Key.Key_O, asked.dialog.open_it)
    asked.settle()
    assert "ligne 3" in asked.dialog.error.text()
    asked.dialog.code.selectAll()
    asked.type(" ".join(asked.right.code).lower())
    asked.alt(Key.Key_O, asked.dialog.open_it)
    asked.settle()
    assert asked.dialog.key == asked.right


def test_the_way_back_to_the_passphrase(asked: Asked) -> None:
    asked.alt(Key.Key_C, asked.dialog.other)
    asked.alt(Key.Key_U, asked.dialog.other)
    asked.type(PHRASE)
    asked.press(Key.Key_Return)
    asked.settle()
    assert asked.dialog.key == asked.right


def test_escape_gives_up(asked: Asked) -> None:
    asked.type("le")
    asked.press(Key.Key_Escape)
    assert not asked.dialog.isVisible()
    assert asked.dialog.key is None


@pytest.mark.parametrize(("typed", "opened"), [(PHRASE, True), ("", False)])
def test_the_program_asks_before_its_window(
    asked: Asked, qtbot: QtBot, typed: str, opened: bool
) -> None:
    asked.dialog.reject()
    database = asked.jobs._office.database

    QApplication.setWindowIcon(QIcon())

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PassphraseDialog)
        assert not dialog.windowIcon().isNull()
        qtbot.keyClicks(dialog.passphrase, typed)
        qtbot.keyClick(dialog.passphrase, Key.Key_Return if opened else Key.Key_Escape)

    QTimer.singleShot(0, answer)
    if opened:
        assert application._asked_key(database) == asked.right
    else:
        with pytest.raises(application.GivenUp):
            application._asked_key(database)


def test_a_fault_of_ours_does_not_hang(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    asked.dialog.reject()

    def broken(_office: object, *, passphrase: str) -> None:
        raise RuntimeError("une panne")

    monkeypatch.setattr("pan_desktop.gui.dialogs.passphrase_dialog.unlock", broken)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PassphraseDialog)
        asked.qtbot.keyClick(dialog.passphrase, Key.Key_Return)

    QTimer.singleShot(0, answer)
    with pytest.raises(RuntimeError, match="une panne"):
        application._asked_key(asked.jobs._office.database)


def test_a_damaged_office_is_mended_with_its_key(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is right, its office's file is not: the copies are offered, which it opens."""
    asked.dialog.reject()
    file = Path(asked.jobs._office.database)
    content = bytearray(file.read_bytes())
    content[16:4096] = os.urandom(4080)
    file.write_bytes(content)
    seen: list[FileKey | None] = []

    def mend(_database: str, key: FileKey | None, _error: object) -> None:
        seen.append(key)

    monkeypatch.setattr(application, "_asked_key", lambda _database: asked.right)
    monkeypatch.setattr("pan_desktop.gui.dialogs.damaged_dialog.mend", mend)
    assert application.run(str(file)) == 2
    assert seen == [asked.right]


def _first_page(content: bytearray) -> None:
    content[16:4096] = os.urandom(4080)


def _from_the_second_page(content: bytearray) -> None:
    content[4096:] = os.urandom(len(content) - 4096)


def _cut(content: bytearray) -> None:
    del content[5000:]


@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize("harm", [_first_page, _from_the_second_page, _cut])
def test_the_key_typed_at_the_start_reads_the_copies_of_a_damaged_office(
    asked: Asked, harm: Callable[[bytearray], None]
) -> None:
    asked.dialog.reject()
    file = Path(asked.jobs._office.database)
    keep_copy(file, Why.CLOSE, datetime.now(UTC), key=asked.right)
    content = bytearray(file.read_bytes())
    harm(content)
    file.write_bytes(content)
    wrong: list[str] = []

    def unlock(dialog: PassphraseDialog) -> None:
        asked.qtbot.keyClicks(dialog.passphrase, PHRASE)
        asked.qtbot.keyClick(dialog.passphrase, Key.Key_Return)

    def look(dialog: DamagedDialog) -> None:
        wrong.extend(str(row.wrong) for row in dialog.copies.model.rows())
        dialog.reject()

    steps = Steps(
        when(PassphraseDialog, lambda d: bool(d.open_it.isEnabled()), unlock),
        when(DamagedDialog, lambda d: bool(d.restore.isEnabled()), look),
    )
    assert steps.run(file) == 2
    assert wrong == [""]


def _everything(content: bytearray) -> None:
    content[:] = os.urandom(len(content))


def _header(content: bytearray) -> None:
    content[:100] = os.urandom(100)


def _alt_s(asked: Asked, dialog: PassphraseDialog) -> None:
    asked.qtbot.keyClick(dialog.passphrase, Key.Key_S, Qt.KeyboardModifier.AltModifier)


@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize("harm", [_header, _everything])
def test_an_office_that_looks_like_one_of_another_passphrase_is_restored_by_keys(
    asked: Asked, harm: Callable[[bytearray], None]
) -> None:
    asked.dialog.reject()
    file = Path(asked.jobs._office.database)
    keep_copy(file, Why.CLOSE, datetime.now(UTC), key=asked.right)
    then, content = dump_with(file, asked.right), bytearray(file.read_bytes())
    harm(content)
    file.write_bytes(content)
    said: list[str] = []

    def unlock(dialog: PassphraseDialog) -> None:
        assert not dialog.copies.isVisible()
        asked.qtbot.keyClicks(dialog.passphrase, PHRASE)
        asked.qtbot.keyClick(dialog.passphrase, Key.Key_Return)

    def restore(dialog: DamagedDialog) -> None:
        said.append(dialog.said.text())
        dialog.restore.setFocus()
        asked.qtbot.keyClick(dialog.restore, Key.Key_Return)

    def leave() -> bool:
        shown = window()
        if shown is None or not shown.may_leave or not shown.services.jobs.idle:
            return False
        shown.close()
        return True

    def copies(dialog: PassphraseDialog) -> None:
        assert "ouvre sa copie" in dialog.error.text()
        _alt_s(asked, dialog)

    steps = [
        when(PassphraseDialog, lambda d: bool(d.open_it.isEnabled()), unlock),
        when(PassphraseDialog, lambda d: bool(d.copies.isVisible()), copies),
        when(DamagedDialog, lambda d: bool(d.restore.isEnabled()), restore),
        when(RestoreDialog, lambda d: bool(d.act.isEnabled()), lambda d: d.act.click()),
        leave,
    ]
    if harm is _header:  # its other pages tell that the passphrase is right
        del steps[1]
    assert Steps(*steps).run(file) == 0
    assert ("début de la base est abîmé" if harm is _header else "Les copies s’ouvrent") in said[0]
    assert dump_with(file, asked.right) == then
    assert any(each.read_bytes() == content for each in folder_of(file).iterdir())


def dump_with(file: Path, key: FileKey) -> dict[str, list[dict[str, Any]]]:
    with closing(connect(file, key)) as connection:
        found = rows(connection)
    return {name: found[name] for name in ("meeting", "person", "conclusion")}


@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize(("harm", "code"), [(_first_page, 0), (_cut, 2)])
def test_a_damaged_office_without_its_key_is_left_as_it_is(
    asked: Asked, harm: Callable[[bytearray], None], code: int
) -> None:
    asked.dialog.reject()
    file = Path(asked.jobs._office.database)
    keep_copy(file, Why.CLOSE, datetime.now(UTC), key=asked.right)
    content = bytearray(file.read_bytes())
    harm(content)
    file.write_bytes(content)
    leave = when(PassphraseDialog, lambda d: bool(d.open_it.isEnabled()), lambda d: d.reject())
    assert Steps(leave).run(file) == code
    assert file.read_bytes() == content
