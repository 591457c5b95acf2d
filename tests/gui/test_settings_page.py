"""Every choice of the settings holds at once, and outlives the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog

from pan_desktop.app.disagreements import Disagreement, open_disagreements
from pan_desktop.app.meetings import list_bodies
from pan_desktop.app.office import Office
from pan_desktop.app.sample import fill
from pan_desktop.app.sentences import add_sentence, change_sentence
from pan_desktop.app.settings import change_sentences, sentences
from pan_desktop.domain.typography import Typography
from pan_desktop.domain.wording import Sentences
from pan_desktop.gui import theme
from pan_desktop.gui.pages import settings
from pan_desktop.gui.pages.page import Place
from pan_desktop.gui.pages.settings_database import DatabaseSection
from pan_desktop.gui.pages.settings_documents import DocumentsSection
from pan_desktop.gui.pages.settings_look import LookSection
from pan_desktop.gui.pages.settings_releve import ReleveSection
from pan_desktop.gui.pages.settings_sentences import SentencesSection
from pan_desktop.gui.preferences import Preferences
from pan_desktop.gui.theme import Theme
from tests.gui.sections import open_section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.domain.model import Body
    from tests.gui.conftest import Driver

Key = Qt.Key


def page(driver: Driver) -> ReleveSection:
    """Stand in the first sentence of the first section."""
    shown = open_section(driver, settings.RELEVE)
    assert isinstance(shown, ReleveSection)
    driver.press(Key.Key_Tab)
    return shown


def test_the_list_of_sections_shows_that_it_has_the_keyboard(driver: Driver) -> None:
    driver.alt(Key.Key_6)
    driver.settle()
    shown = driver.window._pages["settings"]
    assert isinstance(shown, settings.SettingsPage)
    held = shown.ui.sections
    assert driver.focus is held
    with_it = held.grab().toImage()
    driver.press(Key.Key_Tab)
    assert not held.hasFocus()
    assert held.grab().toImage() != with_it


def own(driver: Driver) -> Sentences:
    answers: list[Sentences] = []
    driver.jobs.run(sentences, done=answers.append)
    driver.settle()
    return answers[0]


def headings(driver: Driver) -> list[str]:
    answers: list[tuple[Body, ...]] = []
    driver.jobs.run(list_bodies, done=answers.append)
    driver.settle()
    return [body.heading for body in answers[0]]


@pytest.fixture
def light(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, Theme.LIGHT)


def test_the_sections_are_made_when_they_are_chosen(driver: Driver) -> None:
    open_section(driver, settings.RELEVE)
    whole = driver.window._pages["settings"]
    assert isinstance(whole, settings.SettingsPage)
    assert list(whole._made) == [settings.RELEVE]
    open_section(driver, settings.DATABASE)
    assert settings.DATABASE in whole._made
    assert not whole.section(settings.RELEVE).isVisible()


def test_a_section_is_shown_where_it_is(driver: Driver) -> None:
    driver.window.go_to(Place("settings", settings.LOOK))
    driver.settle()
    whole = driver.window._pages["settings"]
    assert isinstance(whole, settings.SettingsPage)
    assert whole.section(settings.LOOK).isVisible()
    driver.press(Key.Key_Tab)
    assert whole.section(settings.LOOK).isAncestorOf(driver.focus)


def test_a_sentence_is_saved_as_it_is_typed_and_can_be_restored(driver: Driver) -> None:
    shown = page(driver)
    assert driver.focus is shown.ui.absent
    assert shown.ui.absent.text() == Sentences().focal_point_absent
    assert not shown.ui.absentRestore.isVisible()
    driver.control(Key.Key_A)
    driver.type("Point focal absent.")
    driver.settle()
    assert own(driver).focal_point_absent == "Point focal absent."
    assert shown.ui.absent.text() == "Point focal absent."
    assert driver.focus is shown.ui.absent
    driver.press(Key.Key_Tab)
    assert driver.focus.objectName() == "absentRestore"
    driver.press(Key.Key_Space)
    driver.settle()
    assert own(driver) == Sentences()
    assert driver.focus is shown.ui.absent
    assert not shown.ui.absentRestore.isVisible()


def test_an_empty_sentence_is_not_saved_and_the_last_one_comes_back(driver: Driver) -> None:
    shown = page(driver)
    driver.press(Key.Key_Tab)
    driver.control(Key.Key_A)
    driver.type("Rien.")
    driver.control(Key.Key_A)
    driver.press(Key.Key_Delete)
    driver.settle()
    assert shown.ui.sentenceError.isVisible()
    driver.press(Key.Key_Tab, times=2)
    assert shown.ui.noProgress.text() == "Rien."
    assert not shown.ui.sentenceError.isVisible()
    assert own(driver).no_progress == "Rien."
    assert driver.window.notice.sentence == ""


def test_a_sentence_being_typed_leaves_those_of_others_alone(driver: Driver) -> None:
    shown = page(driver)
    shown.ui.noProgress.setFocus()
    driver.control(Key.Key_A)
    driver.type("Rien")
    driver.settle()
    seen = own(driver)
    theirs = replace(seen, focal_point_absent="Absent.", no_progress="Rien du tout.")
    driver.jobs.run(change_sentences, own=theirs, seen=seen)
    driver.settle()
    assert shown.ui.noProgress.text() == "Rien"
    assert shown.ui.absent.text() == "Absent."
    # It goes on from what it shows, not from what it has not: in a shared office both are kept.
    assert shown._known == replace(theirs, no_progress="Rien")
    driver.type(" de neuf.")
    driver.settle()
    assert own(driver) == replace(theirs, no_progress="Rien de neuf.")


def test_a_bodys_title_is_saved_as_it_is_typed(database: Path, driver: Driver) -> None:
    shown = page(driver)
    assert shown.ui.noBody.isVisible()
    driver.jobs.run(fill)
    driver.settle()
    assert not shown.ui.noBody.isVisible()
    ((label, line),) = shown._headings.values()
    assert label.text() == "Comité d'implémentation"
    line.setFocus()
    driver.control(Key.Key_A)
    driver.press(Key.Key_Delete)
    driver.settle()
    assert shown.ui.headingError.isVisible()
    driver.type("Réunion du Comité")
    driver.settle()
    assert not shown.ui.headingError.isVisible()
    assert headings(driver) == ["Réunion du Comité"]
    driver.control(Key.Key_A)
    driver.press(Key.Key_Delete)
    driver.press(Key.Key_Tab)
    driver.settle()
    assert line.text() == "Réunion du Comité"


@pytest.mark.usefixtures("light")
def test_the_look_changes_at_once_with_the_rails_icons(driver: Driver) -> None:
    shown = open_section(driver, settings.LOOK)
    assert isinstance(shown, LookSection)
    home = driver.window._buttons.buttons()[0]

    def colours() -> tuple[int, int]:
        image = home.icon().pixmap(20, 20).toImage()
        lit = max(
            (image.pixelColor(x, y) for x in range(20) for y in range(20)), key=lambda c: c.alpha()
        )
        window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
        return window.lightness(), lit.lightness()

    driver.alt(Key.Key_B)  # Qt clicks the button of a mnemonic a moment later
    driver.qtbot.waitUntil(shown.ui.dark.isChecked)
    driver.settle()
    ground, icon = colours()
    assert ground < 60
    assert icon > 180
    assert Preferences().theme is Theme.DARK
    driver.alt(Key.Key_C)
    driver.qtbot.waitUntil(shown.ui.light.isChecked)
    driver.settle()
    ground, icon = colours()
    assert ground > 230
    assert icon < 80
    assert Preferences().theme is Theme.LIGHT


def test_typography_and_folder_are_kept_on_this_machine(driver: Driver, tmp_path: Path) -> None:
    shown = open_section(driver, settings.DOCUMENTS)
    assert isinstance(shown, DocumentsSection)
    assert shown.ui.faithful.isChecked()
    driver.alt(Key.Key_O)
    driver.qtbot.waitUntil(shown.ui.careful.isChecked)
    assert Preferences().style is Typography.SOIGNE
    driver.alt(Key.Key_F)
    driver.qtbot.waitUntil(shown.ui.faithful.isChecked)
    assert Preferences().style is Typography.FIDELE
    driver.alt(Key.Key_H)
    driver.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    assert shown.ui.folder.text() == str(tmp_path)
    assert Preferences().folder == str(tmp_path)


def test_the_page_says_where_the_database_is(driver: Driver, database: Path) -> None:
    shown = open_section(driver, settings.DATABASE)
    assert isinstance(shown, DatabaseSection)
    assert shown.ui.database.text() == str(database)
    assert shown.ui.version.text().startswith("PAN Desktop ")
    shown.show_database("postgresql+psycopg://pan:secret@serveur/pan")
    assert shown.ui.database.text() == "postgresql://pan@serveur/pan"
    shown.show_database("postgresql://pan@serveur/pan?password=secret")
    assert shown.ui.database.text() == "postgresql://pan@serveur/pan"
    assert not shown.ui.openFolder.isVisible()


def test_what_was_chosen_is_there_when_the_window_opens_again(
    driver: Driver, database: Path
) -> None:
    page(driver)
    driver.control(Key.Key_A)
    driver.type("Absent.")
    driver.settle()
    office = Office(str(database))
    assert office.run(sentences).result.focal_point_absent == "Absent."
    office.close()


# Usual sentences --------------------------------------------------------------------------


def test_usual_sentences_are_added_changed_and_removed(driver: Driver) -> None:
    page = open_section(driver, settings.SENTENCES)
    assert isinstance(page, SentencesSection)
    page.usual.name.setFocus()
    driver.type("fiche\tLa fiche est transmise.\n")
    driver.settle()
    rows = page.usual._model.rows
    assert [(s.short_name, s.text) for s in rows()] == [("fiche", "La fiche est transmise.")]
    driver.type("FICHE\tAutre.\n")
    driver.settle()
    assert "FICHE" in driver.window.notice.sentence
    assert len(rows()) == 1
    page.usual.table.setFocus()
    driver.press(Key.Key_F2)
    driver.control(Key.Key_A)
    driver.type("fic\n")
    driver.settle()
    assert rows()[0].short_name == "fic"
    driver.press(Key.Key_Delete)
    driver.settle()
    assert rows() == ()
    driver.control(Key.Key_Z)
    driver.settle()
    assert [s.short_name for s in rows()] == ["fic"]


def test_a_sentence_typed_over_one_that_was_not_seen_is_kept_beside_it(driver: Driver) -> None:
    page = open_section(driver, settings.SENTENCES)
    assert isinstance(page, SentencesSection)
    made: list[str] = []
    driver.jobs.run(add_sentence, done=made.append, short_name="fiche", text="Elle est transmise.")
    driver.settle()
    page.usual.refresh()
    driver.settle()
    page.usual.table.setFocus()
    page.usual.table.choose(made[0], 1)
    driver.press(Key.Key_F2)
    driver.control(Key.Key_A)
    driver.type("D’ic")
    driver.jobs.run(change_sentence, sentence_id=made[0], short_name="fic", text="D’ailleurs")
    page.usual.refresh()
    driver.settle()
    driver.type("i\n")
    driver.settle()
    assert [(s.short_name, s.text) for s in page.usual._model.rows()] == [("fic", "D’ici")]
    found: list[Disagreement] = []
    driver.jobs.run(open_disagreements, done=found.extend)
    driver.settle()
    assert [(one.kept.text, one.offered.text) for one in found] == [("D’ici", "D’ailleurs")]
