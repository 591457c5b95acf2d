"""Where nothing may be written, every page shows it at once, and takes no form to refuse it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton

from pan_desktop.app import backups
from pan_desktop.domain.backups import Why
from pan_desktop.gui.dialogs.commitment_card import CommitmentCard
from pan_desktop.gui.dialogs.person_dialog import PersonDialog
from pan_desktop.gui.dialogs.purge_dialog import PurgeDialog
from pan_desktop.gui.dialogs.restore_dialog import RestoreDialog
from pan_desktop.gui.dialogs.rights_dialog import RightsDialog
from pan_desktop.store.safety.copies import keep_copy
from tests.builders import dump, filled_database
from tests.gui.sections import open_section

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.backups import CopyRow
    from tests.gui.conftest import Driver

Key = Qt.Key
WHY = "La base est ouverte par Salma : rien n’a été changé."
PAGES = {
    "home": (Key.Key_1, ("Nouvelle réunion", "Importer un relevé…")),
    "meetings": (
        Key.Key_2,
        ("Nouvelle réunion", "Importer un relevé…", "Importer un dossier…", "Supprimer…"),
    ),
    "commitments": (
        Key.Key_3,
        (
            *("Nouveau plan… (Ctrl+Maj+N)", "Modifier le plan…", "Supprimer le plan…"),
            *("Ajouter un engagement (Ctrl+N)", "Supprimer (Suppr)"),
        ),
    ),
    "people": (Key.Key_4, ("Nouvelle personne… (Ctrl+N)", "Supprimer… (Suppr)")),
    "actions": (Key.Key_5, ("Clore…", "Enregistrer ce filtre…")),
}
SECTIONS = {
    "releve": (),
    "sentences": ("Ajouter",),
    "documents": ("Modèles de document…",),
    "protection": ("Protéger la base…",),
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("UPDATE conclusion SET kind = 'action'")
    return file


def buttons(page: QWidget, words: tuple[str, ...]) -> list[bool]:
    """Return which of the buttons of these words can be pressed."""
    shown = {each.text().replace("&", ""): each for each in page.findChildren(QPushButton)}
    return [shown[each].isEnabled() for each in words]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_that_nothing_can_be_changed(
    driver: Driver, database: Path, name: str
) -> None:
    key, words = PAGES[name]
    driver.alt(key)
    driver.settle()
    page = driver.window._pages[name]
    allowed = buttons(page, words)
    assert all(allowed)
    before = dump(database)
    driver.jobs.refuse_writing(WHY)
    driver.settle()
    assert buttons(page, words) == [False] * len(words)
    page.refresh()  # whatever the page itself would let be used
    driver.settle()
    assert buttons(page, words) == [False] * len(words)
    assert driver.window.notice.sentence == ""
    driver.settle()
    if name != "actions":
        driver.control(Key.Key_N)
        driver.settle()
        assert QApplication.activeModalWidget() is None
        assert driver.window.notice.sentence == WHY
    driver.window.notice.hide()
    page.enter()
    driver.press(Key.Key_Space if name == "actions" else Key.Key_Delete)
    driver.settle()
    assert QApplication.activeModalWidget() is None
    assert driver.window.notice.sentence == (WHY if name != "home" else "")
    assert dump(database) == before
    driver.jobs.refuse_writing("")
    driver.settle()
    assert buttons(page, words) == allowed


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_of_the_settings_shows_it(driver: Driver, name: str) -> None:
    section = open_section(driver, name)
    lines = [line for line in section.findChildren(QLineEdit) if not line.isReadOnly()]
    driver.jobs.refuse_writing(WHY)
    driver.settle()
    assert buttons(section, SECTIONS[name]) == [False] * len(SECTIONS[name])
    if name in {"releve", "sentences"}:
        assert lines
        assert all(line.isReadOnly() for line in lines)
    driver.jobs.refuse_writing("")
    driver.settle()
    assert buttons(section, SECTIONS[name]) == [True] * len(SECTIONS[name])
    assert not any(line.isReadOnly() for line in lines)


def opened(driver: Driver, kind: type[QDialog]) -> Any:
    driver.settle()
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def test_a_cell_of_the_plan_is_not_opened(driver: Driver) -> None:
    driver.alt(Key.Key_3)
    driver.settle()
    driver.jobs.refuse_writing(WHY)
    driver.settle()
    table = driver.focus
    driver.type("x")
    driver.press(Key.Key_F2)
    assert driver.focus is table
    keys = driver.window._pages["commitments"].findChild(QLabel, "keys")
    assert isinstance(keys, QLabel)
    assert keys.text() == "lecture seule"
    driver.jobs.refuse_writing("")
    driver.settle()
    assert "F2" in keys.text()


def test_a_card_is_read_and_says_why_it_is_only_read(driver: Driver, database: Path) -> None:
    driver.alt(Key.Key_4)
    driver.settle()
    driver.jobs.refuse_writing(WHY)
    driver.settle()
    before = dump(database)
    driver.press(Key.Key_Return)
    card = opened(driver, PersonDialog)
    assert card.ui.error.text().replace("\u00a0", " ") == WHY
    assert card.ui.name.text()
    assert all(line.isReadOnly() for line in card.findChildren(QLineEdit))
    assert not card.ui.save.isEnabled()
    card.ui.mandates.setFocus()
    driver.press(Key.Key_Delete)
    driver.press(Key.Key_Return)
    assert QApplication.activeModalWidget() is card
    driver.press(Key.Key_Escape)
    driver.settle()
    assert dump(database) == before


def test_the_card_of_a_commitment_is_only_read(driver: Driver, database: Path) -> None:
    driver.alt(Key.Key_3)
    driver.control(Key.Key_2)
    driver.settle()
    driver.jobs.refuse_writing(WHY)
    driver.settle()
    before = dump(database)
    driver.press(Key.Key_Return)
    card = opened(driver, CommitmentCard)
    for part in (card.level, card.note_button, card.add_button, card.amend_button):
        assert not part.isEnabled()
    for number in (Key.Key_1, Key.Key_2, Key.Key_3):
        driver.control(number)
        driver.press(Key.Key_Delete)
        driver.settle()
        assert QApplication.activeModalWidget() is card
    driver.press(Key.Key_Escape)
    driver.settle()
    assert dump(database) == before


def test_what_is_for_good_rests_too(driver: Driver, database: Path) -> None:
    with closing(sqlite3.connect(database)) as base, base:
        base.execute("UPDATE meeting SET connection = 'salle 1, code 1234'")
    assert keep_copy(database, Why.CLOSE, datetime.now(UTC)).made
    driver.alt(Key.Key_4)
    driver.settle()
    services = driver.window.services
    for rests in (False, True):
        driver.jobs.refuse_writing(WHY if rests else "")
        driver.settle()
        RightsDialog(services, person_here(driver), driver.window).open()
        rights = opened(driver, RightsDialog)
        assert rights.erase.isEnabled() is not rests
        rights.reject()
        PurgeDialog(services, date(2030, 1, 1), driver.window).open()
        purge = opened(driver, PurgeDialog)
        assert purge.remove.isEnabled() is not rests
        purge.reject()
    copies: list[CopyRow] = []
    driver.jobs.aside(backups.list_copies, done=copies.extend)
    driver.settle()
    RestoreDialog(driver.jobs, copies[0], lambda _told: None, driver.window).open()
    restore = opened(driver, RestoreDialog)
    assert not restore.act.isEnabled()
    assert restore.error.text().replace("\u00a0", " ") == WHY
    restore.reject()


def person_here(driver: Driver) -> str:
    page: Any = driver.window._pages["people"]
    found: str = page.ui.people.current_id()
    return found
