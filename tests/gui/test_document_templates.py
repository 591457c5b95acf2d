"""House templates in the window: files, parts and words, and the choice kept with a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from pan_desktop.app import document_templates as houses
from pan_desktop.app import meetings
from pan_desktop.app.office import Office
from pan_desktop.app.sample import fill
from pan_desktop.domain.layout import AS_EVER, Language, Part
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.document_templates import DocumentTemplatesDialog
from pan_desktop.gui.meeting.conclude import ConcludePanel
from pan_desktop.gui.pages import settings
from pan_desktop.gui.pages.settings_documents import DocumentsSection
from tests.documents.docx.houses import bare, letterhead
from tests.gui.sections import open_section

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.domain.layout import DocumentTemplate
    from tests.gui.conftest import Driver

Key = Qt.Key


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Have the window opened on the sample."""
    file = tmp_path / "essai.sqlite3"
    office = Office(str(file))
    office.run(fill)
    office.close()
    return file


def opened(driver: Driver) -> DocumentTemplatesDialog:
    page = open_section(driver, settings.DOCUMENTS)
    assert isinstance(page, DocumentsSection)
    page.templates.setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    dialog = page.findChild(DocumentTemplatesDialog)
    assert isinstance(dialog, DocumentTemplatesDialog)
    return dialog


def known(driver: Driver) -> tuple[DocumentTemplate, ...]:
    answers: list[tuple[DocumentTemplate, ...]] = []
    driver.jobs.run(houses.list_templates, done=answers.append)
    driver.settle()
    return answers[0]


def choose_file(driver: Driver, dialog: DocumentTemplatesDialog, file: Path) -> None:
    """Choose a file in the dialog that is open, as Enter on its name does."""
    asked = dialog.findChild(QFileDialog)
    assert isinstance(asked, QFileDialog)
    asked.fileSelected.emit(str(file))
    asked.close()
    driver.settle()
    driver.settle()  # the list comes after the file was kept


def part(dialog: DocumentTemplatesDialog, wanted: Part) -> None:
    row = dialog.editor.layout_shown.order.index(wanted)
    dialog.editor.parts.setFocus()
    dialog.editor.parts.setCurrentRow(row)


def test_a_word_file_becomes_a_template_and_what_it_lacks_is_said(
    driver: Driver, tmp_path: Path
) -> None:
    file = tmp_path / "Papier à en-tête.docx"
    file.write_bytes(bare())
    dialog = opened(driver)
    assert not dialog._details.isVisible()
    assert dialog.nothing.isVisible()
    driver.press(Key.Key_Insert)
    choose_file(driver, dialog, file)
    assert [(t.name, t.file_name) for t in known(driver)] == [("Papier à en-tête", file.name)]
    assert dialog.table.current_id() == known(driver)[0].id
    assert "Des styles manquent au modèle" in dialog.remarks.text()
    assert dialog.remarks.isVisible()
    assert not dialog.nothing.isVisible()
    assert dialog.file.text() == "Fichier Word\u00a0: Papier à en-tête.docx"
    driver.control(Key.Key_Z)
    driver.settle()
    assert known(driver) == ()
    assert not dialog._details.isVisible()


def test_a_file_that_cannot_serve_is_told_in_the_dialog(driver: Driver, tmp_path: Path) -> None:
    file = tmp_path / "faux.docx"
    file.write_bytes(b"PK\3\4 rien")
    dialog = opened(driver)
    driver.press(Key.Key_Insert)
    choose_file(driver, dialog, file)
    assert dialog.error.isVisible()
    assert "faux.docx" in dialog.error.text()
    assert known(driver) == ()


def test_parts_are_ticked_moved_and_worded_by_keys_and_seen_at_once(driver: Driver) -> None:
    dialog = opened(driver)
    dialog._plain.setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    driver.settle()
    assert [t.name for t in known(driver)] == ["Nouveau modèle"]
    part(dialog, Part.PLACE)
    driver.press(Key.Key_Space)
    driver.alt(Key.Key_Up)
    driver.alt(Key.Key_Up)
    driver.settle()
    (template,) = known(driver)
    assert Part.PLACE in template.layout.hidden
    assert template.layout.order[:4] == (Part.TITLE, Part.PLACE, Part.SUBTITLE, Part.DATE)
    assert dialog.editor.chosen is Part.PLACE
    part(dialog, Part.AGENDA)
    field = dialog.editor.fields["agenda"]
    field.setFocus()
    driver.control(Key.Key_A)
    driver.type("Points inscrits")
    driver.settle()
    assert dict(known(driver)[0].layout.labels) == {"agenda": "Points inscrits"}
    driver.qtbot.waitUntil(lambda: "Points inscrits" in dialog.preview.view.text())
    assert "Lieu" not in dialog.preview.view.text()
    # The original words once more are the program's, not the office's own.
    driver.control(Key.Key_A)
    driver.type("Ordre du jour\u00a0:")
    driver.settle()
    assert known(driver)[0].layout.labels == ()


def test_a_fixed_text_is_printed_once_it_has_words(driver: Driver) -> None:
    dialog = opened(driver)
    dialog._plain.setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    driver.settle()
    part(dialog, Part.CLOSING)
    driver.press(Key.Key_Space)
    driver.settle()
    dialog.editor.fields["closing_text"].setFocus()
    driver.type("Fait le {{date}}")
    driver.settle()
    driver.qtbot.waitUntil(lambda: "Fait le 14 octobre 2026" in dialog.preview.view.text())


def test_name_and_language_are_kept_and_arabic_is_shown(driver: Driver) -> None:
    dialog = opened(driver)
    dialog._plain.setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    driver.settle()
    dialog.name.setFocus()
    driver.control(Key.Key_A)
    driver.type("En arabe\t")
    driver.settle()
    dialog.language.setFocus()
    driver.press(Key.Key_Down)
    dialog.language.activated.emit(dialog.language.currentIndex())
    driver.settle()
    (template,) = known(driver)
    assert (template.name, template.layout.language) == ("En arabe", Language.ARABIC)
    driver.qtbot.waitUntil(lambda: "خلاصات الاجتماع" in dialog.preview.view.text())


def test_a_system_without_word_is_told_and_not_that_it_opened(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "papier.docx"
    file.write_bytes(letterhead())
    driver.window.services.preferences.folder = str(tmp_path)
    dialog = opened(driver)
    dialog.add_file(file)
    driver.settle()
    before = driver.window.notice.sentence
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    dialog.edit_file.click()
    driver.settle()
    assert "n’a pas de programme qui l’ouvre" in dialog.error.text()
    assert driver.window.notice.sentence == before


def test_the_file_opens_in_word_and_comes_back(driver: Driver, tmp_path: Path) -> None:
    file = tmp_path / "papier.docx"
    file.write_bytes(letterhead())
    driver.window.services.preferences.folder = str(tmp_path)
    dialog = opened(driver)
    driver.press(Key.Key_Insert)
    choose_file(driver, dialog, file)
    dialog.edit_file.setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    (written,) = driver.desktop.opened
    assert written.name == "papier (modèle).docx"
    assert written.read_bytes() == letterhead()
    written.write_bytes(bare())
    dialog.replace.setFocus()
    driver.press(Key.Key_Space)
    choose_file(driver, dialog, written)
    assert known(driver)[0].file_name == written.name
    assert "Des styles manquent" in dialog.remarks.text()


def test_removal_is_asked_and_can_be_taken_back(driver: Driver) -> None:
    dialog = opened(driver)
    dialog._plain.setFocus()
    driver.press(Key.Key_Space)
    driver.settle()
    driver.settle()
    dialog.table.setFocus()
    driver.press(Key.Key_Delete)
    driver.press(Key.Key_Return)  # keeps everything as it is
    driver.settle()
    assert [t.name for t in known(driver)] == ["Nouveau modèle"]
    driver.press(Key.Key_Delete)
    driver.alt(Key.Key_S)  # Qt clicks the button of a mnemonic a moment later
    driver.qtbot.waitUntil(lambda: not dialog.findChildren(ConfirmDialog))
    driver.settle()
    assert known(driver) == ()
    driver.control(Key.Key_Z)
    driver.settle()
    assert [t.name for t in known(driver)] == ["Nouveau modèle"]


def conclude(driver: Driver) -> ConcludePanel:
    answers: list[str] = []
    driver.jobs.run(meetings.list_meetings, done=lambda lines: answers.append(lines[0].id))
    driver.settle()
    driver.window.services.open_meeting(answers[0])
    driver.settle()
    driver.alt(Key.Key_C)
    driver.settle()
    panel = driver.window.findChild(ConcludePanel)
    assert isinstance(panel, ConcludePanel)
    return panel


def test_the_choice_is_kept_with_the_meeting_and_the_file_is_written_with_it(
    driver: Driver, tmp_path: Path
) -> None:
    file = tmp_path / "papier.docx"
    file.write_bytes(letterhead())
    driver.jobs.aside(houses.add_from_file, file=file)
    layout = AS_EVER.showing(Part.PLACE, shown=False)
    driver.settle()
    driver.jobs.run(houses.change_layout, template_id=known(driver)[0].id, layout=layout)
    driver.settle()
    panel = conclude(driver)
    assert panel.template.combo.currentData() is None
    assert panel.isVisible()
    panel.template.combo.setFocus()
    driver.press(Key.Key_Down)
    panel.template.combo.activated.emit(panel.template.combo.currentIndex())
    driver.settle()
    assert panel.template.combo.currentData() == known(driver)[0].id
    target = tmp_path / "releve.docx"
    panel.ui.file.setText(str(target))
    panel.ui.opens.setChecked(False)
    panel.write()
    driver.settle()
    texts = [paragraph.text for paragraph in docx.Document(str(target)).paragraphs]
    assert texts[0].startswith("Rabat, le ")
    assert "Lieu\u00a0:" not in texts
    QApplication.processEvents()
