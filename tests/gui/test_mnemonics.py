"""A letter underlined does one thing: Qt only moves between those that share it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGroupBox,
    QLabel,
    QPushButton,
    QTabBar,
    QWidget,
)

from pan_desktop.documents import libreoffice
from pan_desktop.gui.dialogs.attendance_dialog import open_attendance
from pan_desktop.gui.dialogs.attendee_dialog import AttendeeDialog
from pan_desktop.gui.dialogs.document_templates import DocumentTemplatesDialog
from pan_desktop.gui.dialogs.paper_words_dialog import PaperWordsDialog
from pan_desktop.gui.dialogs.releve_file import import_files
from tests.builders import filled_database, sample
from tests.documents.word.hand import HANDS, written
from tests.gui.test_meeting_page import record
from tests.gui.test_undo import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.gui.meeting.conclude import ConcludePanel
    from pan_desktop.gui.pages.meeting import MeetingPage
    from tests.gui.conftest import Driver

Key = Qt.Key
_LETTER = re.compile(r"&(\w)")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def page(driver: Driver) -> MeetingPage:
    return opened(driver)


def underlined(window: QWidget) -> list[str]:
    """Return the words with an underlined letter that are seen in a window."""
    return [
        words
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        for words in _words(widget)
        if _LETTER.search(words)
    ]


def _words(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(n) for n in range(widget.count()))
    elif isinstance(widget, QAbstractButton) or (
        isinstance(widget, QLabel) and widget.buddy() is not None
    ):
        yield widget.text().replace("&&", "")
    elif isinstance(widget, QGroupBox):
        yield widget.title()


def shared(window: QWidget) -> dict[str, list[str]]:
    """Return the letters that several things in a window share."""
    found: dict[str, list[str]] = {}
    for words in underlined(window):
        letter = _LETTER.search(words)
        assert letter is not None
        found.setdefault(letter[1].lower(), []).append(words)
    return {letter: words for letter, words in found.items() if len(words) > 1}


def key_of(letter: str) -> Qt.Key:
    """Return the key of a letter."""
    return Key(ord(letter.upper()))


def modal() -> QWidget:
    found = QApplication.activeModalWidget()
    assert found is not None
    return found


def concluding(driver: Driver, page: MeetingPage, folder: Path) -> ConcludePanel:
    page.services.preferences.folder = str(folder)
    page.services.preferences.opens_export = False
    driver.control(Key.Key_3)
    driver.settle()
    return page.conclude


def test_letters_that_are_shared_are_seen(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    concluding(driver, page, tmp_path)
    page.conclude.ui.write.setText("&Diffuser")
    assert shared(driver.window) == {"d": ["&Diffuser", "&Diffuser…"]}


def test_what_a_message_offers_has_letters_that_nothing_else_has(
    driver: Driver, page: MeetingPage
) -> None:
    did: list[str] = []
    offers = [(words, partial(did.append, words)) for words in ("Rétablir", "Afficher le dossier")]
    for number in (Key.Key_1, Key.Key_2, Key.Key_3):
        driver.window.notice.tell("Le relevé est écrit.", *offers)
        driver.control(number)  # what the bar underlines gives way to the page
        driver.settle()
        assert shared(driver.window) == {}
        buttons = [b for b in driver.window.notice.findChildren(QPushButton) if b.isVisible()]
        letters = [_LETTER.search(b.text()) for b in buttons]
        assert [b.text().replace("&", "") for b in buttons] == [
            "Rétablir",
            "Afficher le dossier",
            "Fermer",
        ]
        for letter, wanted in zip(letters[:2], ("Rétablir", "Afficher le dossier"), strict=True):
            assert letter is not None
            # The line of names has these to itself.
            assert number != Key.Key_2 or letter[1] not in "er"
            driver.alt(key_of(letter[1]))
            driver.qtbot.waitUntil(lambda: bool(did))
            assert did.pop() == wanted
        close = letters[2]
        assert close is not None
        driver.alt(key_of(close[1]))
        driver.qtbot.waitUntil(driver.window.notice.isHidden)


def test_each_moment_of_a_meeting(
    driver: Driver, page: MeetingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find", lambda: tmp_path / "soffice")
    for number in (Key.Key_1, Key.Key_2):
        driver.control(number)
        driver.settle()
        assert underlined(driver.window)
        assert shared(driver.window) == {}
    panel = concluding(driver, page, tmp_path)
    panel.ui.file.setText(str(tmp_path / "Relevé.pdf"))
    driver.settle()
    assert panel.ui.pdf.isVisible()
    assert shared(driver.window) == {}
    panel.ui.file.setText(str(tmp_path / "Relevé.docx"))
    panel.ui.write.click()
    driver.settle()
    assert panel.ui.mail.isVisible()
    assert shared(driver.window) == {}


def test_the_dialogs_of_a_meeting(driver: Driver, page: MeetingPage) -> None:
    plan = record(driver, page).plan
    for dialog in (
        open_attendance(page.services, page.hold.meeting_id, driver.window),
        AttendeeDialog("Rim INCONNUE", None, driver.window),
        AttendeeDialog("Rim INCONNUE", plan, driver.window),
        DocumentTemplatesDialog(page.services, driver.window),
        PaperWordsDialog(page.services, driver.window),
    ):
        dialog.open()
        driver.settle()
        assert underlined(dialog)
        assert shared(dialog) == {}
        dialog.reject()
        driver.settle()


def test_the_dialogs_of_an_import(driver: Driver, tmp_path: Path) -> None:
    file = tmp_path / "un.docx"
    file.write_bytes(written(sample() | {"date": "2025-11-17"}, HANDS["underlined, indented"]))
    for files in ([file], [file, file]):
        import_files(driver.window.services, driver.window, files)
        driver.settle()
        dialog = modal()
        assert underlined(dialog)
        assert shared(dialog) == {}
        driver.press(Key.Key_Escape)
        driver.settle()
