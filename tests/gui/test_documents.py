"""The other papers by keys: asked where, written, opened; their words; how a meeting is joined."""

from __future__ import annotations

import email
import sqlite3
from contextlib import closing
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton

from pan_desktop.app import meetings, paper_words
from pan_desktop.domain.papers import PaperWords
from pan_desktop.gui.dialogs.paper_words_dialog import PaperWordsDialog
from pan_desktop.gui.pages.meeting import MeetingPage
from tests.builders import filled_database
from tests.reading import word_lines
from tests.seed_text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.conftest import Driver

Key = Qt.Key
CONVOCATION, MAIL, CALENDAR, EACH, SHEET, LETTERS, LIST, WORDS = range(8)
LINK = "https://visio.exemple.org/j/123?pwd=a"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "documents"
    found.mkdir()
    return found


@pytest.fixture
def page(driver: Driver, folder: Path) -> MeetingPage:
    """Open the sample's latest meeting, its files going to the test's folder."""
    driver.window.services.preferences.folder = str(folder)
    with closing(sqlite3.connect(driver.window.services.jobs._office.database)) as connection:
        (meeting_id,) = connection.execute("SELECT id FROM meeting ORDER BY day DESC").fetchone()
    driver.window.open_meeting(meeting_id)
    driver.settle()
    found = driver.window._pages["meeting"]
    assert isinstance(found, MeetingPage)
    return found


def choose(driver: Driver, entry: int) -> None:
    """Open the menu and walk down to an entry.

    By Space: for 100 ms after a menu that its letter opened, Qt takes that letter for nothing.
    """
    page = driver.window._pages["meeting"]
    assert isinstance(page, MeetingPage)
    page.documents.menu.setFocus()
    driver.press(Key.Key_Space)
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    driver.press(Key.Key_Down, times=entry + keys_to_the_first())
    driver.press(Key.Key_Return)
    driver.settle()


def keys_to_the_first() -> int:
    """Return how many keys lead to the first entry of the open menu: none if it is chosen."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return 0 if menu.activeAction() is menu.actions()[0] else 1


def write(driver: Driver, entry: int) -> None:
    """Choose an entry and accept the place proposed."""
    choose(driver, entry)
    assert file_dialogs() == 1
    driver.press(Key.Key_Return)
    driver.settle()
    assert file_dialogs() == 0


def file_dialogs() -> int:
    """Return how many dialogs ask for a file."""
    widgets = QApplication.topLevelWidgets()
    return sum(isinstance(widget, QFileDialog) and widget.isVisible() for widget in widgets)


def press(driver: Driver, words: str) -> None:
    """Press the notice's button of these words."""
    (found,) = [
        b
        for b in driver.window.services.notice.findChildren(QPushButton)
        if b.text().replace("&", "") == words and not b.isHidden()
    ]
    found.setFocus()
    driver.press(Key.Key_Return)
    driver.settle()


def told(driver: Driver) -> str:
    return plain(driver.window.services.notice.sentence)


def record(driver: Driver, page: MeetingPage) -> Any:
    found: list[Any] = []
    driver.jobs.run(meetings.view_meeting, done=found.append, meeting_id=page._meeting_id)
    driver.settle()
    return found[0].record


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (CONVOCATION, "Convocation 2026-10-14.docx"),
        (CALENDAR, "Convocation 2026-10-14.ics"),
        (SHEET, "Feuille de présence 2026-10-14.docx"),
        (LIST, "Engagements non représentés 2026-10-14.docx"),
    ],
)
def test_a_paper_is_written_where_it_is_proposed_and_opened(
    driver: Driver, page: MeetingPage, folder: Path, entry: int, name: str
) -> None:
    write(driver, entry)
    assert (folder / name).is_file()
    assert told(driver) == f"Écrit : {name}."
    press(driver, "Ouvrir")
    assert driver.desktop.opened == [folder / name]
    press(driver, "Afficher le dossier")
    assert driver.desktop.opened[-1] == folder


def test_the_draft_names_who_has_no_address(
    driver: Driver, page: MeetingPage, folder: Path
) -> None:
    with closing(sqlite3.connect(driver.window.services.jobs._office.database)) as connection:
        connection.execute("UPDATE person SET email = '' WHERE name = 'Driss Amezray'")
        connection.commit()
    write(driver, MAIL)
    file = folder / "Convocation 2026-10-14.eml"
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert "salma.azrouni@example.org" in message["To"]
    assert "M. Driss Amezray" in told(driver)


def test_letters_and_single_invitations_go_to_a_folder(
    driver: Driver, page: MeetingPage, folder: Path
) -> None:
    write(driver, LETTERS)
    (letter,) = folder.iterdir()
    assert letter.name == "Lettre – Conseil de la jeunesse – 2026-10-14.docx"
    write(driver, EACH)
    assert len(list(folder.glob("Convocation*"))) == 13
    assert told(driver) == "13 fichiers dans « documents »."
    press(driver, "Afficher le dossier")
    assert driver.desktop.opened == [folder]


def test_a_file_of_someone_else_s_is_asked_about(
    driver: Driver, page: MeetingPage, folder: Path
) -> None:
    file = folder / "Feuille de présence 2026-10-14.docx"
    file.write_bytes(b"d'un autre")
    write(driver, SHEET)
    assert "existe déjà" in told(driver)
    assert file.read_bytes() == b"d'un autre"
    press(driver, "Remplacer")
    assert file.read_bytes().startswith(b"PK")


def test_what_is_typed_last_is_in_the_invitation(
    driver: Driver, page: MeetingPage, folder: Path
) -> None:
    field = page.prepare.ui.connection
    field.setFocus()
    driver.type(f"{LINK}\nCode : 42")
    driver.press(Key.Key_Tab)
    driver.settle()
    assert record(driver, page).meeting.connection == f"{LINK}\nCode : 42"
    write(driver, CONVOCATION)
    said = [text for _, text in word_lines(folder / "Convocation 2026-10-14.docx", ("-",))]
    assert {LINK, "Code : 42"} <= set(said)


def test_the_connection_is_taken_back_as_anything_else(driver: Driver, page: MeetingPage) -> None:
    field = page.prepare.ui.connection
    field.setFocus()
    driver.type("Un lien")
    driver.press(Key.Key_Tab)
    driver.settle()
    driver.control(Key.Key_Z)
    driver.settle()
    assert record(driver, page).meeting.connection == ""
    assert field.text == ""


def test_the_menu_opens_by_its_letter(driver: Driver, page: MeetingPage) -> None:
    page.prepare.ui.connection.setFocus()
    driver.alt(Key.Key_S)
    driver.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    driver.press(Key.Key_Escape)


def test_what_is_being_typed_is_not_taken_away(driver: Driver, page: MeetingPage) -> None:
    field = page.prepare.ui.connection
    field.setFocus()
    driver.type("Un li")
    page.refresh()
    driver.settle()
    driver.type("en")
    assert field.text == "Un lien"


def test_an_issued_meeting_s_connection_can_only_be_read(driver: Driver, page: MeetingPage) -> None:
    page.prepare.set_locked(True)
    assert page.prepare.ui.connection.isReadOnly()


def test_the_words_are_changed_and_given_back(
    driver: Driver, page: MeetingPage, folder: Path
) -> None:
    choose(driver, WORDS)
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, PaperWordsDialog)]
    dialog.minutes.setFocus()
    dialog.minutes.selectAll()
    driver.type("abc")
    dialog.save.setFocus()
    driver.press(Key.Key_Return)
    driver.settle()
    assert dialog.isVisible()
    assert "1440" in dialog.error.text()
    dialog.minutes.setFocus()
    dialog.minutes.selectAll()
    driver.type("90")
    dialog.texts["invitation"].setFocus()
    dialog.texts["invitation"].selectAll()
    driver.type("Venez.")
    dialog.save.setFocus()
    driver.press(Key.Key_Return)
    driver.settle()
    kept: list[PaperWords] = []
    driver.jobs.run(paper_words.paper_words, done=kept.append)
    driver.settle()
    assert kept == [PaperWords(invitation="Venez.", minutes=90)]
    write(driver, CONVOCATION)
    assert "Venez." in {t for _, t in word_lines(folder / "Convocation 2026-10-14.docx", ("-",))}
