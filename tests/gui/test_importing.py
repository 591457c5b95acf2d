"""Relevés come in through the window: shown line by line, settled by keys, many as one job."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from pan_desktop.app.people import list_people
from pan_desktop.app.sample import fill_meetings
from pan_desktop.gui.dialogs.job_dialog import JobDialog
from pan_desktop.gui.dialogs.releve_file import import_file, import_files
from pan_desktop.gui.dialogs.word_dialog import WordDialog
from pan_desktop.gui.pages.meeting import MeetingPage
from pan_desktop.gui.pages.meetings import MeetingsPage
from tests.builders import content, dump, sample
from tests.documents.word.hand import HANDS, Hand, written

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import Json
    from tests.gui.conftest import Driver

Key = Qt.Key
SEED_HAND = HANDS["as the committee's"]


@pytest.fixture
def filled(driver: Driver) -> Driver:
    """Give the window on the sample's meetings."""
    driver.jobs.run(fill_meetings)
    driver.settle()
    return driver


def later(**other: object) -> Json:
    """Return the sample's relevé on another day, changed."""
    return sample() | {"date": "2025-11-17"} | other


def word_file(folder: Path, data: Json, hand: Hand = SEED_HAND, name: str = "Relevé.docx") -> Path:
    file = folder / name
    file.write_bytes(written(data, hand))
    return file


def show(driver: Driver, file: Path) -> WordDialog:
    import_file(driver.window.services, driver.window, file)
    driver.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, WordDialog)
    return dialog


def names(driver: Driver) -> list[str]:
    return [card.person.name for card in driver.jobs._office.run(list_people).result]


def test_ctrl_o_asks_for_word_files_too(driver: Driver) -> None:
    driver.control(Key.Key_O)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    assert "*.docx" in dialog.nameFilters()[0]
    dialog.close()


def test_a_relevé_is_shown_and_enter_takes_it_in(filled: Driver, tmp_path: Path) -> None:
    dialog = show(filled, word_file(tmp_path, later()))
    assert dialog.tabs.tabText(0).startswith("Li&gnes")
    assert [p.settled for p in dialog._people.rows()] == [True] * 10
    assert filled.focus is dialog.accept_button
    before = names(filled)
    filled.press(Key.Key_Return)
    filled.settle()
    assert isinstance(filled.window._stack.currentWidget(), MeetingPage)
    assert filled.window.notice.sentence == "Le relevé du lundi 17 novembre 2025 est importé."
    assert names(filled) == before


def test_one_ctrl_z_takes_it_all_back(filled: Driver, database: Path, tmp_path: Path) -> None:
    data = later(plan={"label": "2028-2031", "commitments": list(range(1, 17))})
    data["agenda"][0] = data["progress"]["heading"] = "État d'avancement des engagements 2028-2031"
    data["participants"][0]["name"] = "Quelquun DAUTRE"
    before = content(dump(database))
    show(filled, word_file(tmp_path, data))
    filled.press(Key.Key_Return)
    filled.settle()
    assert content(dump(database)) != before
    filled.window.setFocus()
    filled.control(Key.Key_Z)
    filled.settle()
    assert content(dump(database)) == before


def test_a_meeting_taken_back_while_it_is_shown_leaves_for_the_list(
    filled: Driver, tmp_path: Path
) -> None:
    show(filled, word_file(tmp_path, later()))
    filled.press(Key.Key_Return)
    filled.settle()
    assert isinstance(filled.window._stack.currentWidget(), MeetingPage)
    filled.control(Key.Key_Z)
    filled.settle()
    assert filled.window.notice.sentence.startswith("Annulé\u00a0: la création de la réunion")
    assert isinstance(filled.window._stack.currentWidget(), MeetingsPage)
    filled.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    filled.settle()
    assert filled.window.notice.sentence.startswith("Rétabli\u00a0: ")


def test_a_person_is_recognised_by_one_key_and_remembered(filled: Driver, tmp_path: Path) -> None:
    data = later()
    data["participants"][4]["name"] = "K. Ouarghi"
    dialog = show(filled, word_file(tmp_path, data))
    (unknown,) = [p for p in dialog._people.rows() if not p.settled]
    assert "Karim OUARGHI" in unknown.why
    dialog.tabs.setCurrentIndex(1)
    dialog.people.setFocus()
    dialog.people.choose(unknown.id)
    assert dialog.choices.text().startswith("Fiches proches\u00a0: 1 Karim OUARGHI")
    filled.type("1")
    assert all(p.settled for p in dialog._people.rows())
    dialog.accept_button.click()
    filled.settle()
    assert "K. Ouarghi" not in names(filled)
    cards = filled.jobs._office.run(list_people).result
    (karim,) = [c.person for c in cards if c.person.name == "Karim OUARGHI"]
    assert karim.aliases == ("K. Ouarghi",)


def test_someone_without_a_civility_is_settled_by_m_or_f(filled: Driver, tmp_path: Path) -> None:
    def bare(p: Json) -> str:
        return f"{p['name']}, point focal engagement {p['commitments'][0]}"

    data = later()
    data["participants"] = [{**data["participants"][0], "name": "Dominique INCONNU"}]
    dialog = show(filled, word_file(tmp_path, data, Hand(person=bare)))
    (someone,) = dialog._people.rows()
    assert "M. ou Mme" in someone.who
    assert "1\u00a0personne à reconnaître" in dialog.summary.text()
    dialog.tabs.setCurrentIndex(1)
    dialog.people.setFocus()
    filled.type("f")
    assert dialog._people.rows()[0].who == "Nouvelle fiche (Mme)"
    assert "à reconnaître" not in dialog.summary.text()
    dialog.accept_button.click()
    filled.settle()
    cards = filled.jobs._office.run(list_people).result
    (card,) = [c.person for c in cards if c.person.name == "Dominique INCONNU"]
    assert card.civility.value == "Mme"


def test_a_date_that_is_missing_is_asked_for_and_nothing_goes_in_without(
    filled: Driver, database: Path, tmp_path: Path
) -> None:
    data = later()
    before = content(dump(database))
    dialog = show(filled, word_file(tmp_path, data, Hand(day=lambda _data: "un jour de novembre")))
    assert filled.focus is dialog.day
    dialog.accept_button.click()
    filled.settle()
    assert "date de la réunion manque" in dialog.error.text()
    assert content(dump(database)) == before
    filled.type("17/11/2025\t9h\t")
    dialog.accept_button.click()
    filled.settle()
    assert isinstance(filled.window._stack.currentWidget(), MeetingPage)


def test_what_is_to_be_looked_at_comes_first(filled: Driver, tmp_path: Path) -> None:
    data = later()
    data["notes"][0]["points"][0]["text"] = "Livraison au 1 er trimestre 2027."
    dialog = show(filled, word_file(tmp_path, data, HANDS["underlined, indented"]))
    assert [line.text for line in dialog._lines.rows()] == ["- Livraison au 1 er trimestre 2027."]
    assert "exposant" in dialog._lines.rows()[0].outcome.note
    dialog.only_doubts.setChecked(False)
    assert len(dialog._lines.rows()) > 40
    assert {row.why for row in dialog._out.rows()} == {"en-tête de tableau répété à la main"}
    dialog.reject()


def test_the_same_moment_is_refused_in_the_dialog(filled: Driver, tmp_path: Path) -> None:
    dialog = show(filled, word_file(tmp_path, later() | {"date": "2025-10-16"}))
    filled.press(Key.Key_Return)
    filled.settle()
    assert "déjà enregistrée" in dialog.error.text()
    assert dialog.isVisible()
    dialog.reject()


def test_a_file_that_is_none_is_told_in_the_bar(filled: Driver, tmp_path: Path) -> None:
    file = tmp_path / "faux.docx"
    file.write_bytes(b"%PDF-1.7")
    import_file(filled.window.services, filled.window, file)
    filled.settle()
    assert "est un fichier PDF" in filled.window.notice.sentence


# Many ------------------------------------------------------------------------------------------


def folder_of(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "anciens"
    folder.mkdir()
    for month in range(1, count + 1):
        name = f"Relevé {month}.docx"
        word_file(folder, sample() | {"date": f"2024-{month:02d}-10"}, name=name)
    return folder


def job(driver: Driver, folder: Path) -> JobDialog:
    import_files(driver.window.services, driver.window, [folder])
    driver.qtbot.waitUntil(
        lambda: isinstance(QApplication.activeModalWidget(), JobDialog), timeout=10_000
    )
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, JobDialog)
    return dialog


def test_a_folder_comes_in_with_a_report_and_a_second_time_is_known(
    filled: Driver, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, 4)
    (folder / "Abîmé.docx").write_bytes(b"PK\3\4")
    (folder / "~$levé 1.docx").write_bytes(b"")
    dialog = job(filled, folder)
    filled.settle()
    assert dialog.bar.value() == 5
    assert dialog.said.text().startswith("Terminé\u00a0: 4\u00a0importés, 1\u00a0à revoir")
    assert "endommagé" in dialog.model.rows()[0].sentence
    dialog.accept()
    again = job(filled, folder)
    filled.settle()
    assert again.said.text().startswith("Terminé\u00a0: 4\u00a0déjà là, 1\u00a0à revoir")
    again.table.choose(str(folder / "Relevé 2.docx"))
    again.table.setFocus()
    filled.press(Key.Key_Return)
    filled.settle()
    assert isinstance(filled.window._stack.currentWidget(), MeetingPage)


def test_files_of_the_same_name_are_not_taken_for_each_other(
    filled: Driver, tmp_path: Path
) -> None:
    for year in (2023, 2024):
        folder = tmp_path / str(year)
        folder.mkdir()
        (folder / "Abîmé.docx").write_bytes(b"PK\3\4" if year == 2023 else b"%PDF-1.7")
    import_files(
        filled.window.services, filled.window, [tmp_path / str(year) for year in (2023, 2024)]
    )
    filled.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, JobDialog)
    dialog.table.choose(str(tmp_path / "2023" / "Abîmé.docx"))
    assert "endommagé" in dialog.detail.text()
    dialog.table.choose(str(tmp_path / "2024" / "Abîmé.docx"))
    assert "est un fichier PDF" in dialog.detail.text()
    dialog.table.setFocus()
    filled.press(Key.Key_Return)
    filled.settle()
    assert "est un fichier PDF" in filled.window.notice.sentence


def test_how_a_file_of_a_job_was_read_is_shown_on_demand(filled: Driver, tmp_path: Path) -> None:
    folder = tmp_path / "anciens"
    folder.mkdir()
    data = later()
    data["participants"][4]["name"] = "K. Ouarghi"
    word_file(folder, data, HANDS["underlined, indented"], name="un.docx")
    dialog = job(filled, folder)
    filled.settle()
    (line,) = dialog.model.rows()
    assert line.doubts == 1  # whom the card of "K. Ouarghi" should perhaps have been
    assert line.preview is None  # a job over a thousand files keeps none of their words
    dialog.table.choose(line.id)
    filled.alt(Key.Key_V)
    filled.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), WordDialog))
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, WordDialog)
    assert {row.why for row in shown._out.rows()} == {"en-tête de tableau répété à la main"}
    assert not shown.accept_button.isEnabled()
    filled.press(Key.Key_Escape)
    filled.settle()
    assert QApplication.activeModalWidget() is dialog
    dialog.accept()


def test_a_job_that_is_stopped_goes_on_where_it_was(filled: Driver, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 6)
    dialog = job(filled, folder)
    filled.qtbot.waitUntil(lambda: len(dialog._lines) >= 1, timeout=10_000)
    filled.press(Key.Key_Escape)
    filled.settle()
    done = len(dialog._lines)
    if done < 6:  # a quick machine may have finished before the key
        assert dialog.said.text().startswith("Arrêté")
    dialog.accept()
    again = job(filled, folder)
    filled.settle()
    came = [line.came.value for line in again._lines]
    assert came == ["déjà importé"] * done + ["importé"] * (6 - done)
    again.accept()


def dropped(driver: Driver, *files: Path) -> QDropEvent:
    """Drop files on the window as the desktop does; return the event."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window = driver.window
    enter = QDragEnterEvent(QPoint(400, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    drop = QDropEvent(QPoint(400, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    if enter.isAccepted():
        QApplication.sendEvent(window, drop)
    return enter


def test_a_relevé_dropped_on_the_window_is_shown(filled: Driver, tmp_path: Path) -> None:
    file = word_file(tmp_path, later())
    assert dropped(filled, file).isAccepted()
    filled.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, WordDialog)
    dialog.reject()


def test_what_is_no_relevé_is_not_taken(filled: Driver, tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    file.write_bytes(b"\x89PNG")
    assert not dropped(filled, file).isAccepted()
