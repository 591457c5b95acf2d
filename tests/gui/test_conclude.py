"""Conclure by keys: export and open, e-mail, issue, lock, reopen, approve, copies, verifying."""

from __future__ import annotations

import email
import hashlib
import sqlite3
from contextlib import closing
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from pan_desktop.app import meetings, versions
from pan_desktop.documents import libreoffice
from pan_desktop.domain.model import ReleveState
from pan_desktop.gui.pages.meeting import CONCLUDE, MeetingPage
from tests.builders import dump, filled_database
from tests.seed_text import plain, read_back

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.versions import Life
    from tests.gui.conftest import Driver

Key = Qt.Key
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def page(driver: Driver, tmp_path: Path) -> MeetingPage:
    """Open the sample's latest meeting, its files going to the test's folder."""
    (tmp_path / "relevés").mkdir()
    driver.window.services.preferences.folder = str(tmp_path / "relevés")
    with closing(sqlite3.connect(driver.window.services.jobs._office.database)) as connection:
        (meeting_id,) = connection.execute("SELECT id FROM meeting ORDER BY day DESC").fetchone()
    driver.window.open_meeting(meeting_id)
    driver.settle()
    found = driver.window._pages["meeting"]
    assert isinstance(found, MeetingPage)
    driver.control(Key.Key_3)
    driver.settle()
    return found


@pytest.fixture
def folder(page: MeetingPage, tmp_path: Path) -> Path:
    return tmp_path / "relevés"


@pytest.fixture
def file(folder: Path) -> Path:
    """Return what the page proposes to write."""
    return folder / "Relevé des conclusions 2026-10-14.docx"


def life(driver: Driver, page: MeetingPage) -> Life:
    driver.settle()
    found: list[Life] = []
    driver.jobs.run(versions.life, done=found.append, meeting_id=page._meeting_id)
    driver.settle()
    return found[0]


def issue(driver: Driver, page: MeetingPage, author: str = "Mme Nadia TAHIRI") -> None:
    page.conclude.ui.issue.setFocus()
    driver.press(Key.Key_Return)
    driver.type(f"{author}\n")
    driver.settle()


def reopen(driver: Driver, page: MeetingPage, reason: str = "Un taux était faux.") -> None:
    page.banner.reopen.setFocus()
    driver.press(Key.Key_Return)
    driver.settle()
    driver.type(f"{reason}\n")
    driver.settle()


def press(driver: Driver, button: str, page: MeetingPage) -> None:
    getattr(page.conclude.ui, button).setFocus()
    driver.press(Key.Key_Return)
    driver.settle()


# Export ----------------------------------------------------------------------------------


def test_one_key_writes_and_opens(driver: Driver, page: MeetingPage, file: Path) -> None:
    driver.control(Key.Key_1)
    driver.settle()
    driver.press(Key.Key_S, CONTROL_SHIFT)
    driver.settle()
    assert page.ui.moments.currentIndex() == CONCLUDE
    assert read_back(file)
    assert driver.desktop.opened == [file]
    assert driver.focus is page.conclude.ui.openFile
    press(driver, "openFolder", page)
    assert driver.desktop.opened[1:] == [file.parent]


def test_opening_after_the_export_can_be_turned_off_for_good(
    driver: Driver, page: MeetingPage, file: Path
) -> None:
    page.conclude.ui.opens.setFocus()
    driver.press(Key.Key_Space)
    assert not driver.window.services.preferences.opens_export
    driver.press(Key.Key_S, CONTROL_SHIFT)
    driver.settle()
    assert file.exists()
    assert driver.desktop.opened == []
    press(driver, "openFile", page)
    assert driver.desktop.opened == [file]


def test_a_file_that_vanished_is_told(driver: Driver, page: MeetingPage, file: Path) -> None:
    driver.press(Key.Key_S, CONTROL_SHIFT)
    driver.settle()
    file.unlink()
    press(driver, "openFile", page)
    assert "n’est plus là" in driver.window.notice.sentence
    press(driver, "mail", page)
    assert "ne peut pas être lu" in driver.window.notice.sentence


def test_a_file_changed_in_word_is_told_and_both_are_offered(
    driver: Driver, page: MeetingPage, file: Path
) -> None:
    driver.press(Key.Key_S, CONTROL_SHIFT)
    driver.settle()
    file.write_bytes(b"retouche")
    driver.press(Key.Key_S, CONTROL_SHIFT)
    driver.settle()
    assert "modifié en dehors de PAN Desktop" in driver.window.notice.sentence
    assert file.read_bytes() == b"retouche"
    _, beside = driver.window.notice._buttons
    beside.setFocus()
    driver.press(Key.Key_Return)
    driver.settle()
    assert file.read_bytes() == b"retouche"
    assert read_back(file.with_name(f"{file.stem} (2).docx"))


# E-mail ----------------------------------------------------------------------------------


def test_one_key_writes_the_file_and_the_draft(
    driver: Driver, page: MeetingPage, file: Path
) -> None:
    driver.press(Key.Key_M, CONTROL_SHIFT)
    driver.settle()
    draft = file.with_suffix(".eml")
    assert driver.desktop.opened == [draft]
    message = email.message_from_bytes(draft.read_bytes(), policy=default)
    (attached,) = message.iter_attachments()
    assert attached.get_content() == file.read_bytes()
    assert message["X-Unsent"] == "1"
    assert "destinataires" in driver.window.notice.sentence


def test_a_file_that_is_up_to_date_is_sent_as_it_is(
    driver: Driver, page: MeetingPage, file: Path
) -> None:
    driver.press(Key.Key_S, CONTROL_SHIFT)
    driver.settle()
    before = file.read_bytes()
    driver.press(Key.Key_M, CONTROL_SHIFT)
    driver.settle()
    assert file.read_bytes() == before
    driver.jobs.run(meetings.add_item, meeting_id=page._meeting_id, title="De plus")
    driver.settle()
    driver.press(Key.Key_M, CONTROL_SHIFT)
    driver.settle()
    assert file.read_bytes() != before


def test_people_without_an_address_are_named(
    driver: Driver, page: MeetingPage, database: Path
) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE person SET email = '' WHERE name = 'Anas SEBTANI'")
    driver.press(Key.Key_M, CONTROL_SHIFT)
    driver.settle()
    assert "prévenir autrement" in driver.window.notice.sentence
    assert "M. Anas SEBTANI" in driver.window.notice.sentence


def test_only_a_word_file_is_sent(driver: Driver, page: MeetingPage, folder: Path) -> None:
    page.conclude.ui.file.setText(str(folder / "a.json"))
    driver.press(Key.Key_M, CONTROL_SHIFT)
    driver.settle()
    assert ".docx" in driver.window.notice.sentence
    assert list(folder.iterdir()) == []


# The life of a relevé --------------------------------------------------------------------


def test_issuing_asks_the_name_once_then_locks(
    driver: Driver, page: MeetingPage, file: Path
) -> None:
    ui = page.conclude.ui
    assert ui.state.text() == "Brouillon"
    ui.issue.setFocus()
    driver.press(Key.Key_Return)
    assert driver.focus is ui.author
    assert "version 1" in ui.asked.text()
    driver.press(Key.Key_Return)
    assert driver.focus is ui.author  # nothing is issued by nobody
    assert life(driver, page).lines == ()
    driver.type("Mme Nadia TAHIRI\n")
    driver.settle()
    found = life(driver, page)
    assert found.state is ReleveState.ISSUED
    assert found.lines[0].version.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert driver.desktop.opened == [file]
    assert "La version 1 est diffusée" in driver.window.notice.sentence
    assert driver.window.services.preferences.author == "Mme Nadia TAHIRI"
    assert not ui.question.isVisible()
    assert not ui.issue.isVisible()
    assert ui.approve.isVisible()
    assert ui.stated.isReadOnly()
    assert page.banner.sentence.startswith("Relevé diffusé le ")
    assert page.banner.sentence.endswith("(version 1). Lecture seule.")


def test_escape_leaves_all_as_it_was(driver: Driver, page: MeetingPage, database: Path) -> None:
    before = dump(database)
    page.conclude.ui.issue.setFocus()
    driver.press(Key.Key_Return)
    driver.type("Quelqu")
    driver.press(Key.Key_Escape)
    driver.settle()
    assert not page.conclude.ui.question.isVisible()
    assert driver.focus is page.conclude.ui.issue
    assert dump(database) == before


def test_what_is_locked_says_so_and_reopening_asks_why(
    driver: Driver, page: MeetingPage, database: Path
) -> None:
    issue(driver, page)
    driver.control(Key.Key_1)
    driver.settle()
    driver.jobs.run(meetings.add_item, meeting_id=page._meeting_id, title="Tard")
    driver.settle()
    assert "Rouvrez-le" in driver.window.notice.sentence
    page.banner.reopen.setFocus()
    driver.press(Key.Key_Return)
    driver.settle()
    assert page.ui.moments.currentIndex() == CONCLUDE
    assert driver.focus is page.conclude.ui.why
    driver.press(Key.Key_Return)
    assert life(driver, page).state is ReleveState.ISSUED
    driver.type("Un taux était faux.\n")
    driver.settle()
    assert life(driver, page).state is ReleveState.DRAFT
    assert page.banner.sentence == ""
    assert page.conclude.ui.state.text() == "Brouillon, rouvert pour correction"
    assert "Un taux était faux." in page.conclude.ui.stateHint.text()
    assert not page.conclude.ui.stated.isReadOnly()


def test_a_correction_is_the_next_version_in_the_same_file(
    driver: Driver, page: MeetingPage, file: Path
) -> None:
    issue(driver, page)
    reopen(driver, page)
    driver.jobs.run(meetings.add_item, meeting_id=page._meeting_id, title="Oublié")
    driver.settle()
    press(driver, "issue", page)
    assert driver.focus is page.conclude.ui.confirm  # the name is known by now
    driver.press(Key.Key_Return)
    driver.settle()
    found = life(driver, page)
    assert [(n.number, n.version.state.value) for n in found.lines] == [
        (1, "issued"),
        (2, "corrected"),
    ]
    assert found.lines[1].version.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    shown = page.conclude.life._lines
    texts = [[shown.column(c).text(row) for c in range(2)] for row in shown.rows()]
    assert texts == [["2", "Corrigé"], ["1", "Diffusé"]]


def test_approving(driver: Driver, page: MeetingPage) -> None:
    issue(driver, page)
    press(driver, "approve", page)
    driver.press(Key.Key_Return)
    driver.settle()
    assert life(driver, page).state is ReleveState.APPROVED
    assert page.banner.sentence.startswith("Relevé approuvé le ")
    assert not page.conclude.ui.approve.isVisible()
    assert page.conclude.ui.reopen.isVisible()


def test_issuing_over_a_file_of_someone_else_asks_first(
    driver: Driver, page: MeetingPage, file: Path
) -> None:
    file.write_bytes(b"retouche")
    issue(driver, page)
    assert life(driver, page).lines == ()
    assert file.read_bytes() == b"retouche"
    replace, _ = driver.window.notice._buttons
    replace.setFocus()
    driver.press(Key.Key_Return)
    driver.settle()
    assert len(life(driver, page).lines) == 1
    assert read_back(file)


def test_a_version_is_kept_where_its_file_could_not_be_written(
    driver: Driver, page: MeetingPage, folder: Path
) -> None:
    page.conclude.ui.file.setText(str(folder / "absent" / "a.docx"))
    issue(driver, page)
    assert len(life(driver, page).lines) == 1
    assert "Son fichier est gardé, mais pas écrit" in driver.window.notice.sentence


def test_the_state_is_there_again_after_a_restart(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    issue(driver, page)
    driver.window.go("meetings")
    driver.settle()
    other = MeetingPage(driver.window.services)
    other.open(page._meeting_id)
    driver.settle()
    assert other.banner.sentence == page.banner.sentence
    assert other.conclude.locked
    other.deleteLater()


def chosen(driver: Driver, page: MeetingPage, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    dialog = page.conclude.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(path))
    dialog.close()
    driver.settle()


def test_enter_on_a_version_saves_a_copy(
    driver: Driver, page: MeetingPage, file: Path, folder: Path
) -> None:
    issue(driver, page)
    page.conclude.ui.versions.setFocus()
    driver.press(Key.Key_Return)
    chosen(driver, page, folder / "copie.docx")
    assert (folder / "copie.docx").read_bytes() == file.read_bytes()
    assert "copie.docx" in driver.window.notice.sentence
    (folder / "copie.docx").write_bytes(b"retouche")
    press(driver, "saveCopy", page)
    chosen(driver, page, folder / "copie.docx")
    assert (folder / "copie.docx").read_bytes() == b"retouche"
    replace = driver.window.notice._buttons[0]
    replace.setFocus()
    driver.press(Key.Key_Return)
    driver.settle()
    assert (folder / "copie.docx").read_bytes() == file.read_bytes()


def test_a_file_is_checked_in_the_window(driver: Driver, page: MeetingPage, file: Path) -> None:
    issue(driver, page)
    press(driver, "verify", page)
    chosen(driver, page, file)
    assert "inchangée" in driver.window.notice.sentence
    assert driver.window.notice.property("level") == "info"
    file.write_bytes(file.read_bytes() + b"\0")
    page.conclude.life.check(file)
    driver.settle()
    assert "modifié depuis sa diffusion" in driver.window.notice.sentence
    assert driver.window.notice.property("level") == "error"


def test_an_issued_relevé_is_exported_as_it_was(
    driver: Driver, page: MeetingPage, file: Path
) -> None:
    issue(driver, page)
    before = file.read_bytes()
    file.unlink()
    driver.press(Key.Key_S, CONTROL_SHIFT)
    driver.settle()
    assert file.read_bytes() == before
    assert "version 1" in plain(driver.window.notice.sentence)


def test_no_letter_opens_two_things(driver: Driver, page: MeetingPage) -> None:
    issue(driver, page)
    ui = page.conclude.ui
    shown = [w for w in vars(ui).values() if hasattr(w, "text") and hasattr(w, "isVisible")]
    marked = [w.text() for w in shown if w.isVisible() and "&" in str(w.text())]
    letters = [text[text.index("&") + 1].lower() for text in marked]
    assert sorted(letters) == sorted(set(letters))
    assert not {"p", "t", "c"} & set(letters)  # the moments' own


# Other forms ---------------------------------------------------------------------------------


def name_file(driver: Driver, page: MeetingPage, path: Path) -> None:
    page.conclude.ui.file.setFocus()
    page.conclude.ui.file.selectAll()
    driver.type(str(path))
    driver.settle()


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".txt"])
def test_the_name_typed_decides_what_is_written(
    driver: Driver, page: MeetingPage, folder: Path, suffix: str
) -> None:
    target = folder / f"relevé{suffix}"
    name_file(driver, page, target)
    driver.press(Key.Key_Return)
    driver.settle()
    assert target.is_file()
    assert driver.desktop.opened == [target]
    if suffix != ".pdf":
        assert "COMITÉ" in target.read_text(encoding="utf-8")


def test_who_makes_a_pdf_is_asked_only_where_there_is_a_choice(
    driver: Driver, page: MeetingPage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def converted(_content: bytes, name: str, _suffix: str) -> bytes:
        asked.append(name)
        return b"%PDF-"

    monkeypatch.setattr(libreoffice, "find", lambda: folder)
    monkeypatch.setattr(libreoffice, "convert", converted)
    ui = page.conclude.ui
    assert ui.pdf.isHidden()
    name_file(driver, page, folder / "a.pdf")
    assert not ui.pdf.isHidden()
    ui.pdf.setFocus()
    driver.press(Key.Key_Down)
    ui.write.setFocus()
    driver.press(Key.Key_Return)
    driver.settle()
    assert asked == ["a.docx"]
    assert driver.window.services.preferences.pdf_by == "libreoffice"
    name_file(driver, page, folder / "a.docx")
    assert ui.pdf.isHidden()


def test_without_libreoffice_there_is_no_choice(
    driver: Driver, page: MeetingPage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    name_file(driver, page, folder / "a.pdf")
    assert page.conclude.ui.pdf.isHidden()
    driver.press(Key.Key_Return)
    driver.settle()
    assert (folder / "a.pdf").read_bytes().startswith(b"%PDF-")
