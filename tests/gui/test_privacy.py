"""The journal, a person's data and the end of details, by the keyboard alone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from pan_desktop.app import people
from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.office import Office
from pan_desktop.domain.model import Civility
from pan_desktop.gui import theme
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.journal_dialog import JournalDialog
from pan_desktop.gui.dialogs.purge_dialog import PurgeDialog
from pan_desktop.gui.dialogs.rights_dialog import RightsDialog
from pan_desktop.gui.pages.settings import PRIVACY
from pan_desktop.gui.theme import Theme
from tests.app.test_attendance import REPORT, Room
from tests.builders import dump, empty_database
from tests.gui.sections import open_section

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.conftest import Driver

Key = Qt.Key
NAME = "Amina BENEXEMPLE"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give a meeting with a report taken in, ten years ago."""
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(empty_database())
    office = Office(str(file), author="Mme Secrétaire")
    room = Room(office)
    room.apply(room.seen(REPORT))
    office.run(lambda work: work.update("meeting", room.meeting, day=date(2016, 10, 19)))
    office.run(lambda work: work.update("plan", room.plan, starts=date(2016, 1, 1)))
    office.close()
    return file


def dialog(driver: Driver, kind: type[QDialog]) -> Any:
    """Return the dialog of that kind, once it is open: a button's letter lets it sink first."""
    driver.qtbot.waitUntil(lambda: len(opened(kind)) == 1)
    driver.settle()
    (found,) = opened(kind)
    found.activateWindow()
    QApplication.processEvents()
    return found


def opened(kind: type[QDialog]) -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def wait_closed(driver: Driver, kind: type[QDialog]) -> None:
    driver.qtbot.waitUntil(lambda: not opened(kind))
    driver.settle()


def column(table: Any, number: int) -> list[str]:
    model = table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def open_meeting(driver: Driver) -> None:
    found: list[Any] = []
    driver.jobs.run(list_meetings, done=found.append)
    driver.settle()
    driver.window.open_meeting(found[0][0].id)
    driver.settle()


def name_file(driver: Driver, dialog: QDialog, path: Path) -> None:
    """Choose a file in the dialog that asks for it."""
    driver.qtbot.waitUntil(lambda: bool(opened(QFileDialog)))
    (asked,) = [d for d in dialog.findChildren(QFileDialog) if d.isVisible()]
    asked.fileSelected.emit(str(path))
    asked.close()


# The journal -----------------------------------------------------------------------------


def test_the_journal_of_a_meeting_opens_from_its_documents(driver: Driver, tmp_path: Path) -> None:
    open_meeting(driver)
    driver.alt(Key.Key_S)
    driver.press(Key.Key_J)
    shown = dialog(driver, JournalDialog)
    # However large it likes to be: no larger than the screen, or the window that it is above.
    room = driver.window.screen().availableGeometry().size().expandedTo(driver.window.size())
    assert shown.size() == shown.size().boundedTo(room)
    said = column(shown.table, 2)
    assert said[0] == "Réunion du 19 octobre 2016 modifiée (date)"
    assert set(column(shown.table, 1)) == {"Mme Secrétaire"}
    assert not any("plan" in words.lower() for words in said)
    about = column(shown.table, 3)
    for number, words in enumerate(said[:3]):  # whole below, however narrow the columns are
        shown.table.selectRow(number)
        assert shown.whole.text() == (f"{words} ({about[number]})" if about[number] else words)
    driver.control(Key.Key_F)
    driver.type("date")
    assert 0 < shown.model.rowCount() < len(said)
    assert "sur" in shown.count.text()
    driver.press(Key.Key_Down)
    assert shown.table.hasFocus()
    driver.alt(Key.Key_V)
    driver.qtbot.waitUntil(lambda: "Tout concorde" in shown.told.text())
    driver.alt(Key.Key_E)
    file = tmp_path / "Journal.jsonl"
    name_file(driver, shown, file)
    driver.settle()
    assert json.loads(file.read_text().splitlines()[0])["format"] == "pan-desktop journal/1"
    assert "Réunion du 19 octobre 2016" in file.with_suffix(".txt").read_text("utf-8-sig")
    driver.press(Key.Key_Escape)
    wait_closed(driver, JournalDialog)


def test_what_was_changed_beside_the_program_is_shown(driver: Driver, database: Path) -> None:
    open_meeting(driver)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE plan SET label = 'Autre'")
        connection.commit()
    driver.alt(Key.Key_S)
    driver.press(Key.Key_J)
    shown = dialog(driver, JournalDialog)
    driver.alt(Key.Key_V)
    driver.qtbot.waitUntil(lambda: "Une ligne des plans" in shown.told.text())


# A person's data -------------------------------------------------------------------------


def open_rights(driver: Driver) -> Any:
    driver.alt(Key.Key_4)
    driver.settle()
    page: Any = driver.window._pages["people"]
    who = next(c.person.id for c in page._contents.cards if c.person.name == NAME)
    page.ui.people.choose(who)
    page.ui.people.setFocus()
    driver.alt(Key.Key_D)
    return dialog(driver, RightsDialog)


def test_what_is_held_of_a_person_is_shown_and_written(driver: Driver, tmp_path: Path) -> None:
    shown = open_rights(driver)
    titles = [shown.tabs.tabText(number) for number in range(shown.tabs.count())]
    assert [title.partition(" (")[0] for title in titles] == [
        *("Identité", "Mandats", "Présences", "Actions et échéances"),
        *("Textes où ce nom figure", "Relevés diffusés", "Journal"),
    ]
    assert NAME in column(shown.tabs.widget(0), 1)
    assert column(shown.tabs.widget(2), 3) == ["14:26:03"]
    driver.alt(Key.Key_C)
    file = tmp_path / "elle.html"
    name_file(driver, shown, file)
    wait_closed(driver, RightsDialog)
    assert NAME in file.read_text()
    assert json.loads(file.with_suffix(".json").read_bytes())["person"] == f"Mme {NAME}"
    assert "elle.json" in driver.window.notice.sentence


@pytest.mark.parametrize("look", [Theme.LIGHT, Theme.DARK])
def test_the_tab_that_has_the_keyboard_is_framed(driver: Driver, look: Theme) -> None:
    shown = open_rights(driver)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, look)
    bar = shown.tabs.tabBar()
    frames = []
    for part in (shown.tabs, shown.write):
        part.setFocus()
        QApplication.processEvents()
        picture = bar.grab().toImage()
        ratio, place = picture.devicePixelRatio(), bar.tabRect(bar.currentIndex())
        at = QPoint(place.left() + 1, place.center().y()) * ratio
        frames.append(picture.pixelColor(at) == bar.palette().accent().color())
    theme.apply(application, Theme.LIGHT)
    assert frames == [True, False]


def test_a_person_is_effaced_once_it_is_confirmed(driver: Driver, database: Path) -> None:
    open_rights(driver)
    driver.alt(Key.Key_E)
    asked = dialog(driver, ConfirmDialog)
    assert "sa fiche" in asked.ui.consequence.text()
    driver.press(Key.Key_Escape)
    wait_closed(driver, ConfirmDialog)
    assert NAME in {row["name"] for row in dump(database)["person"]}
    driver.alt(Key.Key_E)
    dialog(driver, ConfirmDialog)
    driver.alt(Key.Key_E)
    wait_closed(driver, RightsDialog)
    assert NAME not in {row["name"] for row in dump(database)["person"]}
    page: Any = driver.window._pages["people"]
    assert NAME not in {card.person.name for card in page._contents.cards}


# The end of details ----------------------------------------------------------------------


def test_details_over_their_time_are_told_seen_and_removed(driver: Driver, database: Path) -> None:
    driver.settle()
    assert "au-delà de la durée choisie" in driver.window.notice.sentence
    assert dump(database)["stay"] != []
    buttons = driver.window.notice.findChildren(QPushButton)
    (see,) = [b for b in buttons if b.text().replace("&", "") == "Voir"]
    see.setFocus()
    driver.press(Key.Key_Return)
    shown = dialog(driver, PurgeDialog)
    assert column(shown.table, 0) == ["19/10/2016"]
    assert column(shown.table, 3) == ["2"]
    driver.alt(Key.Key_E)
    dialog(driver, ConfirmDialog)
    driver.alt(Key.Key_E)
    wait_closed(driver, ConfirmDialog)
    begun = "Détails de présence effacés pour 1\u00a0réunion (avant le "
    assert shown.said.text().startswith(begun)
    assert not shown.remove.isEnabled()
    assert dump(database)["stay"] == []
    assert b"14:26:03" not in database.read_bytes()


# Settings --------------------------------------------------------------------------------


def test_the_name_and_the_time_are_chosen_in_the_settings(driver: Driver) -> None:
    section: Any = open_section(driver, PRIVACY)
    assert section.months.text() == "12"
    driver.alt(Key.Key_V)
    assert section.author.hasFocus()
    driver.type("Mme Nouvelle")
    driver.alt(Key.Key_C)
    assert section.months.hasFocus()
    section.months.selectAll()
    driver.type("24")
    driver.settle()
    driver.jobs.run(people.add_person, person=people.PersonEdit(Civility.MADAME, "Rim INVENTÉE"))
    driver.settle()
    driver.alt(Key.Key_J)
    shown = dialog(driver, JournalDialog)
    assert column(shown.table, 2)[:2] == [
        "Fiche de Mme Rim INVENTÉE ajoutée",
        "Paramètre ajouté",
    ]
    assert column(shown.table, 1)[:2] == ["Mme Nouvelle", "Mme Nouvelle"]
