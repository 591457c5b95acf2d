"""The settings put a passphrase on the office, change it and take it off, by the keyboard alone."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog

from pan_desktop.app import passphrases
from pan_desktop.app.passphrases import Level
from pan_desktop.domain import keys
from pan_desktop.domain.backups import Why
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.protection_dialogs import ProtectDialog, UnprotectDialog
from pan_desktop.gui.dialogs.recovery_dialog import RecoveryDialog
from pan_desktop.gui.pages import settings
from pan_desktop.gui.pages.settings_protection import ProtectionSection
from pan_desktop.store.opening import connect, is_encrypted, is_plain
from pan_desktop.store.safety.copies import copies, keep_copy
from tests.builders import dump, filled_database, rows
from tests.gui.sections import open_section
from tests.gui.test_mnemonics import shared, underlined

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.keys import Key as FileKey
    from tests.gui.conftest import Driver

Key = Qt.Key
PHRASE = "le chat violet dort sous sept parapluies"
OTHER = "une girafe repasse onze chemises la nuit"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_ROUNDS", 10)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def section(driver: Driver) -> ProtectionSection:
    shown = open_section(driver, settings.PROTECTION)
    assert isinstance(shown, ProtectionSection)
    return shown


def modal(driver: Driver) -> QWidget:
    driver.settle()
    found = QApplication.activeModalWidget()
    assert found is not None
    return found


def protect(driver: Driver) -> RecoveryDialog:
    """Put PHRASE on the office, from the section's first button; return what shows the code."""
    driver.press(Key.Key_Tab)
    driver.press(Key.Key_Return)
    dialog = modal(driver)
    assert isinstance(dialog, ProtectDialog)
    driver.type(f"{PHRASE}\t{PHRASE}")
    driver.settle()
    driver.press(Key.Key_Return)
    shown = modal(driver)
    assert isinstance(shown, RecoveryDialog)
    return shown


def leave_code(driver: Driver, shown: RecoveryDialog) -> None:
    """Say that the code is on paper, and close."""
    shown.kept.setFocus()
    driver.press(Key.Key_Space)
    shown.end.setFocus()
    driver.press(Key.Key_Return)
    driver.settle()


def of_code(driver: Driver) -> FileKey:
    key = driver.window.services.jobs._office.key
    assert key is not None
    return key


def test_an_office_is_protected_and_goes_on(
    driver: Driver, section: ProtectionSection, database: Path
) -> None:
    before = dump(database)
    assert "n’est pas protégée" in section.state.text()
    shown = protect(driver)
    key = of_code(driver)
    assert shown._lines == key.code
    leave_code(driver, shown)
    assert QApplication.activeModalWidget() is None
    assert "protégée par une phrase" in section.state.text()
    assert section.protect.isHidden()
    # Work goes on in the same window, on the encrypted file.
    driver.alt(Key.Key_2)
    driver.settle()
    driver.window.close()
    driver.jobs.close()
    assert is_encrypted(database)
    assert keys.Key.derived(PHRASE, key.salt) == key
    with closing(connect(database, key)) as connection:
        after = rows(connection)
    assert after["meeting"] == before["meeting"]
    assert after["person"] == before["person"]


def test_what_is_wrong_is_said_and_nothing_is_done(
    driver: Driver, section: ProtectionSection, database: Path
) -> None:
    driver.press(Key.Key_Tab)
    driver.press(Key.Key_Return)
    dialog = modal(driver)
    assert isinstance(dialog, ProtectDialog)
    driver.type("azertyuiop\tazertyuio")
    driver.settle()
    assert "facile à deviner" in dialog.strength.text()
    driver.press(Key.Key_Return)
    assert "diffèrent" in dialog.error.text()
    driver.type("azertyuiop")
    driver.press(Key.Key_Return)
    driver.settle()
    assert "se devine" in dialog.error.text()
    assert driver.focus is dialog.passphrase
    driver.type("fourmi lampe tortue\tfourmi lampe tortue")
    driver.settle()
    assert dialog._strength is not None
    assert dialog._strength.level is Level.WEAK
    driver.press(Key.Key_Return)
    driver.settle()
    assert "faible" in dialog.error.text()
    assert is_plain(database)
    driver.press(Key.Key_Escape)
    assert "n’est pas protégée" in section.state.text()


def test_a_weak_one_is_taken_when_asked_again(
    driver: Driver, section: ProtectionSection, database: Path
) -> None:
    driver.press(Key.Key_Tab)
    driver.press(Key.Key_Return)
    driver.type("fourmi lampe tortue\tfourmi lampe tortue")
    driver.settle()
    driver.press(Key.Key_Return)
    driver.press(Key.Key_Return)
    shown = modal(driver)
    assert isinstance(shown, RecoveryDialog)
    leave_code(driver, shown)
    assert section.change.isVisible()


def test_a_passphrase_is_proposed_shown_and_taken(
    driver: Driver, section: ProtectionSection
) -> None:
    driver.press(Key.Key_Tab)
    driver.press(Key.Key_Return)
    dialog = modal(driver)
    assert isinstance(dialog, ProtectDialog)
    dialog.propose.setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    words = dialog.passphrase.displayText()
    assert len(words.split()) == passphrases.WORDS
    assert "Très bonne" in dialog.strength.text()
    driver.press(Key.Key_Return)
    shown = modal(driver)
    assert isinstance(shown, RecoveryDialog)
    leave_code(driver, shown)
    assert section.change.isVisible()


def test_the_copies_follow(driver: Driver, section: ProtectionSection, database: Path) -> None:
    driver.settle()
    for hour in (8, 9):
        at = datetime(2026, 11, 20, hour, tzinfo=UTC)
        keep_copy(database, Why.BY_HAND, at, always=True)
    spoilt = copies(database)[0].file
    spoilt.write_bytes(spoilt.read_bytes()[:5000])
    before = spoilt.read_bytes()
    leave_code(driver, protect(driver))
    first = of_code(driver)
    kept = [copy.file for copy in copies(database)]
    assert len(kept) == 2
    whole = next(file for file in kept if file != spoilt)
    assert is_encrypted(whole)
    with closing(connect(whole, first)) as connection:
        assert connection.execute("SELECT count(*) FROM meeting").fetchone() == (3,)
    assert spoilt.read_bytes() == before
    assert "1\u00a0copie de sauvegarde garde" in driver.window.notice.sentence

    change(driver, PHRASE, OTHER)
    with closing(connect(whole, of_code(driver))) as connection:
        assert connection.execute("SELECT count(*) FROM meeting").fetchone() == (3,)


def change(driver: Driver, current: str, new: str) -> None:
    open_section(driver, settings.PROTECTION)
    driver.press(Key.Key_Tab)
    driver.press(Key.Key_Return)
    dialog = modal(driver)
    assert isinstance(dialog, ProtectDialog)
    driver.type(f"{current}\t{new}\t{new}")
    driver.settle()
    driver.press(Key.Key_Return)
    shown = modal(driver)
    assert isinstance(shown, RecoveryDialog), dialog.error.text()
    leave_code(driver, shown)


def test_changing_it_needs_the_present_one_or_the_code(
    driver: Driver, section: ProtectionSection, database: Path
) -> None:
    leave_code(driver, protect(driver))
    first = of_code(driver)
    open_section(driver, settings.PROTECTION)
    driver.press(Key.Key_Tab)
    driver.press(Key.Key_Return)
    dialog = modal(driver)
    assert isinstance(dialog, ProtectDialog)
    driver.type(f"autre chose\t{OTHER}\t{OTHER}")
    driver.settle()
    driver.press(Key.Key_Return)
    driver.settle()
    assert "n’est pas celle-là" in dialog.error.text()
    assert driver.focus is dialog.current
    assert of_code(driver) == first
    driver.type(" ".join(first.code).lower())
    driver.press(Key.Key_Return)
    shown = modal(driver)
    assert isinstance(shown, RecoveryDialog)
    assert set(shown._lines).isdisjoint(first.code)
    leave_code(driver, shown)
    assert of_code(driver) != first


def test_the_protection_is_taken_off(
    driver: Driver, section: ProtectionSection, database: Path
) -> None:
    leave_code(driver, protect(driver))
    open_section(driver, settings.PROTECTION)
    driver.press(Key.Key_Tab, times=2)
    driver.press(Key.Key_Return)
    dialog = modal(driver)
    assert isinstance(dialog, UnprotectDialog)
    driver.type("autre chose")
    driver.press(Key.Key_Return)
    driver.settle()
    assert "n’est pas celle-là" in dialog.error.text()
    driver.type(PHRASE)
    driver.press(Key.Key_Return)
    driver.settle()
    assert QApplication.activeModalWidget() is None
    assert driver.window.notice.sentence == "La base n’est plus protégée."
    assert section.protect.isVisible()
    assert driver.window.services.jobs._office.key is None


def test_the_code_is_not_left_by_mistake(driver: Driver, section: ProtectionSection) -> None:
    shown = protect(driver)
    assert not shown.end.isEnabled()
    driver.press(Key.Key_Escape)
    asked = modal(driver)
    assert isinstance(asked, ConfirmDialog)
    driver.press(Key.Key_Escape)
    assert shown.isVisible()
    driver.press(Key.Key_Escape)
    driver.press(Key.Key_Tab)
    driver.press(Key.Key_Return)
    driver.settle()
    assert QApplication.activeModalWidget() is None


def test_the_code_goes_to_paper(driver: Driver, section: ProtectionSection, tmp_path: Path) -> None:
    shown = protect(driver)
    printed = tmp_path / "imprime.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(printed))
    shown.print_on(printer)
    assert printed.read_bytes().startswith(b"%PDF")
    text = shown._page().toPlainText()
    for line in shown._lines:
        assert line in text
    target = tmp_path / "Secours.pdf"
    shown.pdf.setFocus()
    driver.press(Key.Key_Return)
    chooser = modal(driver)
    assert isinstance(chooser, QFileDialog)
    driver.control(Key.Key_A)
    driver.type(f"{target}\n")
    driver.settle()
    assert target.read_bytes().startswith(b"%PDF")
    leave_code(driver, shown)


def test_a_letter_underlined_does_one_thing(driver: Driver, section: ProtectionSection) -> None:
    services = driver.window.services
    key = keys.Key(b"k" * 32, b"s" * 16)
    for dialog in (
        ProtectDialog(services, section, changes=False),
        ProtectDialog(services, section, changes=True),
        UnprotectDialog(services, section),
        RecoveryDialog(services, key, "essai.sqlite3", section),
    ):
        dialog.open()
        driver.settle()
        assert underlined(dialog)
        assert shared(dialog) == {}
        dialog.done(0)
        driver.settle()
