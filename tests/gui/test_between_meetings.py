"""Between the meetings, by the keyboard alone: promises, progress, presences, search, Excel."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from pan_desktop.app import actions, people, plans, workbooks
from pan_desktop.app.people import PersonEdit
from pan_desktop.domain.followed import Standing
from pan_desktop.domain.model import AmendmentKind, Civility
from pan_desktop.gui.dialogs.commitment_card import CommitmentCard
from pan_desktop.gui.dialogs.duplicates_dialog import DuplicatesDialog
from pan_desktop.gui.dialogs.overall_dialog import OverallDialog
from pan_desktop.gui.dialogs.person_history import PersonHistory
from pan_desktop.gui.dialogs.workbook_dialog import WorkbookDialog
from pan_desktop.gui.pages.actions import ActionsPage
from pan_desktop.gui.pages.presences import PresencesPage
from pan_desktop.gui.pages.progress import ProgressPage
from tests.app.test_workbooks import edited
from tests.builders import lived_database

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.conftest import Driver

Key = Qt.Key


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(lived_database())
    return file


def page(driver: Driver, name: str) -> Any:
    return driver.window._pages[name]


def dialog(driver: Driver, kind: type[QDialog]) -> Any:
    driver.settle()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1, found
    found[0].activateWindow()
    QApplication.processEvents()
    return found[0]


def ask(driver: Driver, use_case: Any, **arguments: Any) -> Any:
    answers: list[Any] = []
    driver.jobs.run(use_case, done=answers.append, **arguments)
    driver.settle()
    return answers[0]


def current(driver: Driver) -> Any:
    """Return the page that is shown."""
    return driver.window._stack.currentWidget()


def active() -> Any:
    """Return the window that has the keyboard."""
    return QApplication.activeWindow()


def shown(table: Any, column: int) -> list[str]:
    model = table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


# Suivi -----------------------------------------------------------------------------------


def to_actions(driver: Driver) -> ActionsPage:
    driver.alt(Key.Key_5)
    driver.settle()
    found: ActionsPage = page(driver, "actions")
    return found


def test_who_owes_what_is_one_list_narrowed_while_typing(driver: Driver) -> None:
    suivi = to_actions(driver)
    assert driver.focus is suivi.table
    assert shown(suivi.table, 1) == [
        "Mme Nadia EL FERTALI",
        "M. Youssef BELGHAMRI",
        "Mme Salma BENZIRAR",
    ]
    driver.control(Key.Key_F)
    driver.type("fertali")
    assert shown(suivi.table, 1) == ["Mme Nadia EL FERTALI"]
    driver.press(Key.Key_Escape)
    assert len(shown(suivi.table, 1)) == 3
    driver.type("introuvable")
    assert suivi.table.model().rowCount() == 0
    assert "Échap" in suivi.empty.text()
    driver.press(Key.Key_Escape)
    driver.press(Key.Key_Down)
    assert driver.focus is suivi.table


def test_space_closes_an_action_in_a_meeting_and_opens_it_again(driver: Driver) -> None:
    suivi = to_actions(driver)
    driver.press(Key.Key_Space)
    driver.settle()
    assert "14/10/2026" in driver.focus.currentText()  # type: ignore[attr-defined]
    driver.press(Key.Key_Return)
    driver.settle()
    assert "close" in driver.window.notice.sentence
    assert len(shown(suivi.table, 1)) == 2
    found = ask(driver, actions.list_followed).followed
    closed = next(f for f in found if "compte rendu" in f.text)
    assert closed.follow_up.done_meeting_id == ask(driver, _latest)
    assert closed.standing(date(2026, 11, 1)) is Standing.KEPT_LATE
    driver.control(Key.Key_Z)
    driver.settle()
    assert len(shown(suivi.table, 1)) == 3


def _latest(work: Any) -> str:
    return str(work.read.meetings()[0].id)


def test_enter_opens_the_meeting_where_it_was_decided(driver: Driver) -> None:
    to_actions(driver)
    driver.press(Key.Key_Return)
    driver.settle()
    assert driver.window._stack.currentWidget() is page(driver, "meeting")
    assert "14 avril 2026" in page(driver, "meeting").ui.subtitle.text()


def test_a_filter_is_kept_under_a_name(driver: Driver) -> None:
    suivi = to_actions(driver)
    driver.control(Key.Key_F)
    driver.type("salma")
    suivi.save_filter()
    driver.settle()
    driver.type("De Salma\n")
    driver.settle()
    driver.control(Key.Key_F)
    driver.press(Key.Key_Escape)
    assert len(shown(suivi.table, 1)) == 3
    suivi.saved.setFocus()
    suivi.saved.setCurrentIndex(suivi.saved.findText("De Salma"))
    assert shown(suivi.table, 1) == ["Mme Salma BENZIRAR"]
    suivi.forget_filter()
    driver.settle()
    assert suivi.saved.findText("De Salma") == -1
    assert suivi.saved.findText("En retard") > 0


def test_reminders_and_the_calendar_go_where_one_says(driver: Driver, tmp_path: Path) -> None:
    suivi = to_actions(driver)
    suivi._remind(tmp_path)
    driver.settle()
    assert "Rappels préparés" in driver.window.notice.sentence
    assert len(list(tmp_path.glob("Rappel*.eml"))) == 3
    suivi._calendar(tmp_path / "comite.ics")
    driver.settle()
    assert (tmp_path / "comite.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


# Lists -----------------------------------------------------------------------------------


def test_a_list_is_sorted_copied_and_keeps_its_columns(driver: Driver) -> None:
    suivi = to_actions(driver)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    driver.press(Key.Key_Right)  # from the deadline to the owner
    driver.press(Key.Key_T, both)
    assert shown(suivi.table, 1) == sorted(shown(suivi.table, 1), key=str.casefold)
    driver.press(Key.Key_T, both)
    assert shown(suivi.table, 1)[0] == "Mme Salma BENZIRAR"
    driver.control(Key.Key_Home)
    driver.control(Key.Key_C)
    assert QGuiApplication.clipboard().text().startswith("–\tMme Salma BENZIRAR\tgrille de")
    suivi.table._toggle(2)
    driver.press(Key.Key_C, both)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Échéance\tResponsable\tInstitution\tDécidée le\tInstance\tÉtat"
    assert len(lines) == 4
    assert "<td>Mme Salma BENZIRAR</td>" in QGuiApplication.clipboard().mimeData().html()
    again = ActionsPage(driver.window.services)
    assert again.table.isColumnHidden(2)
    assert (again.model.sorted_by, again.model.descending) == (1, True)
    again.deleteLater()
    suivi.table._toggle(2)
    driver.press(Key.Key_T, both)
    assert shown(suivi.table, 1)[0] == "Mme Nadia EL FERTALI"


# Avancement ------------------------------------------------------------------------------


def cells(progress: ProgressPage, number: int) -> tuple[str, ...]:
    row = progress.model.row(number)
    assert row is not None
    return progress.model.cells(row)


def row_id(progress: ProgressPage, number: int) -> str:
    row = progress.model.row(number)
    assert row is not None
    return row.id


def to_progress(driver: Driver) -> ProgressPage:
    driver.alt(Key.Key_3)
    driver.settle()
    driver.control(Key.Key_2)
    driver.settle()
    found: ProgressPage = page(driver, "progress")
    assert current(driver) is found
    assert [b.objectName() for b in driver.window._buttons.buttons() if b.isChecked()] == [
        "commitments"
    ]
    return found


def test_a_commitment_says_when_it_last_moved_and_who_said_so(driver: Driver) -> None:
    progress = to_progress(driver)
    row = cells(progress, 6)
    assert (row[0], row[3], row[7], row[8]) == ("7", "30\u00a0%", "14/10/2026", "M. Karim OUARGHI")
    assert progress.figure.text() == "72\u00a0%"
    assert "1\u202f145 / 16 = 71,56" in progress.how.text()


def test_the_overall_figure_is_explained(driver: Driver) -> None:
    to_progress(driver)
    driver.control(Key.Key_I)
    shown_ = dialog(driver, OverallDialog)
    assert shown_.title.text() == "72\u00a0% au 14/10/2026"
    assert "arrondi au plus proche\u00a0: 72\u00a0%" in shown_.how.text()
    assert shown_.table.model().rowCount() == 16
    shown_.meeting.setCurrentIndex(2)
    assert shown_.why.text().startswith("Le comité a arrêté 55\u00a0%. Motif\u00a0: ")
    driver.press(Key.Key_Escape)


def test_the_card_tells_the_history_and_takes_changes(driver: Driver) -> None:
    progress = to_progress(driver)
    progress.table.choose(row_id(progress, 6))
    driver.press(Key.Key_Return)
    card: CommitmentCard = dialog(driver, CommitmentCard)
    assert card.title.text().startswith("Engagement 7 – Registre")
    assert card.moved.text().startswith("30\u00a0% depuis le 14/10/2026, selon M. Karim OUARGHI.")
    assert shown(card.history_table, 1) == ["30\u00a0%", "15\u00a0%", "15\u00a0%"]
    driver.control(Key.Key_2)
    assert shown(card.activities_table, 2) == ["réalisée", "en cours", "à lancer"]
    driver.press(Key.Key_Return)
    driver.settle()
    driver.type("Nouvel intitulé")
    driver.press(Key.Key_Return)
    driver.settle()
    card.activateWindow()
    assert shown(card.activities_table, 1)[0] == "Nouvel intitulé"
    card._withdraw()
    driver.settle()
    ask_dialog = active()
    ask_dialog.day.set_day(date(2026, 11, 20))
    ask_dialog.reason.setText("Sans objet")
    ask_dialog.submit()
    driver.settle()
    plan = ask(driver, plans.list_plans)[0]
    assert plan.commitments[6].ended.kind is AmendmentKind.WITHDRAWN
    assert not card.withdraw_button.isEnabled()
    card.close()
    driver.settle()


def test_a_rate_is_noted_between_two_meetings(driver: Driver) -> None:
    progress = to_progress(driver)
    progress.open_card(row_id(progress, 6))
    card: CommitmentCard = dialog(driver, CommitmentCard)
    card._state()
    driver.settle()
    driver.type("45\t\tM. Karim OUARGHI\tCourriel\n")
    driver.settle()
    assert shown(card.history_table, 1)[0] == "45\u00a0%"
    assert shown(card.history_table, 3)[0] == "entre deux réunions"
    card.close()
    driver.settle()
    assert cells(progress, 6)[3] == "45\u00a0%"


def test_charts_follow_the_table(driver: Driver) -> None:
    progress = to_progress(driver)
    for title in ("Engagements du plan", "Avancement global du plan", "Avancement par axe"):
        driver.control(Key.Key_G)
        assert progress.charts.chart is not None
        assert progress.charts.chart.title.startswith(title)
        assert progress.charts.isVisible()
        assert progress.charts.chart.table()[0]
    driver.control(Key.Key_G)
    assert progress.table.isVisible()
    assert driver.focus is progress.table


# Présences -------------------------------------------------------------------------------


def test_who_came_is_a_matrix(driver: Driver, tmp_path: Path) -> None:
    driver.alt(Key.Key_4)
    driver.settle()
    driver.control(Key.Key_2)
    driver.settle()
    presences: PresencesPage = page(driver, "presences")
    anas = next(r for r in presences.model.rows() if r.person.name == "Anas SEBTANI")
    said = presences.model.cells(anas)
    assert said[3:6] == ("absent", "présent", "absent")
    assert (said[6], said[7], said[8]) == ("33\u00a0%", "1 réunion", "14/04/2026")
    presences.output._write(tmp_path / "a.xlsx", "Présences")
    presences.output._write(tmp_path / "a.csv", "Présences")
    driver.settle()
    assert "absent" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    presences.rows.setCurrentIndex(1)
    assert presences.model.rowCount() == 16
    presences.rows.setCurrentIndex(2)
    assert presences.model.headings()[2] == "Présences"
    presences.rows.setCurrentIndex(0)
    presences.table.choose(anas.id)
    presences.table.setFocus()
    driver.press(Key.Key_Return)
    history: PersonHistory = dialog(driver, PersonHistory)
    assert history.title.text() == "M. Anas SEBTANI"
    assert shown(history.meetings, 3) == ["absent", "présent", "absent"]
    driver.press(Key.Key_Escape)


def test_the_matrix_is_printed(driver: Driver, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    driver.window.go("presences")
    driver.settle()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "a.pdf"))
    page(driver, "presences").output.print_on(printer, "Présences")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


# Recherche -------------------------------------------------------------------------------


def test_ctrl_k_finds_a_sentence_and_goes_there(driver: Driver) -> None:
    driver.control(Key.Key_K)
    driver.settle()
    box = driver.window._search
    assert box is not None
    driver.type("contribution motive")
    driver.settle()
    hit = box.model.hit(box.list.currentIndex())
    assert hit is not None
    assert hit.title == "Action ouverte, réunion du mercredi 14 octobre 2026"
    assert hit.lit
    driver.press(Key.Key_Return)
    driver.settle()
    meeting = page(driver, "meeting")
    assert current(driver) is meeting
    assert meeting.ui.moments.currentIndex() == 1
    assert meeting.hold.points.isAncestorOf(driver.focus)


def test_ctrl_k_finds_people_and_commitments(driver: Driver) -> None:
    driver.control(Key.Key_K)
    driver.settle()
    driver.type("ouarghi\n")
    driver.settle()
    found = page(driver, "people")
    assert current(driver) is found
    assert found._card(found.ui.people.current_id()).person.name == "Karim OUARGHI"
    driver.control(Key.Key_K)
    driver.settle()
    driver.type("registre ligne\n")
    card: CommitmentCard = dialog(driver, CommitmentCard)
    assert card.title.text().startswith("Engagement 7")
    card.close()
    driver.settle()


# Accueil ---------------------------------------------------------------------------------


def test_the_first_page_leads_to_what_it_tells(driver: Driver) -> None:
    home = page(driver, "home")
    driver.qtbot.waitUntil(lambda: home.board is not None and bool(home.board.lines))
    words = {line.accessibleName(): line for line in home.board.lines}
    words["1\u00a0action en retard"].setFocus()
    driver.press(Key.Key_Return)
    driver.settle()
    suivi = page(driver, "actions")
    assert current(driver) is suivi
    assert shown(suivi.table, 1) == ["Mme Nadia EL FERTALI"]
    driver.alt(Key.Key_1)
    words["Comment ce chiffre est obtenu"].setFocus()
    driver.press(Key.Key_Return)
    explained: OverallDialog = dialog(driver, OverallDialog)
    assert explained.title.text().startswith("72\u00a0%")
    driver.press(Key.Key_Escape)


# Personnes -------------------------------------------------------------------------------


def test_two_cards_of_one_person_are_made_one(driver: Driver) -> None:
    twin = PersonEdit(Civility.MONSIEUR, "OUARGHI Karim", "Observatoire")
    ask(driver, people.add_person, person=twin)
    driver.alt(Key.Key_4)
    driver.settle()
    page(driver, "people").show_duplicates()
    pairs: DuplicatesDialog = dialog(driver, DuplicatesDialog)
    assert pairs.model.rowCount() == 1
    first = pairs.model.row(0)
    assert first is not None
    pairs._ask(first=first.first.name == "Karim OUARGHI")
    driver.settle()
    act = next(b for b in active().findChildren(QPushButton) if "Réunir" in b.text())
    act.click()
    driver.settle()
    assert pairs.model.rowCount() == 0
    pairs.close()
    found = [c.person for c in ask(driver, people.list_people) if "OUARGHI" in c.person.name]
    assert [(p.name, p.aliases) for p in found] == [("Karim OUARGHI", ("OUARGHI Karim",))]


# Excel -----------------------------------------------------------------------------------


def test_a_workbook_is_shown_before_it_is_taken(driver: Driver, tmp_path: Path) -> None:
    file = tmp_path / "plans.xlsx"
    driver.jobs.call(workbooks.write_plans, file=file)
    driver.settle()
    filled = edited(file, "Engagements", {"C8": "Registre unique"})
    driver.alt(Key.Key_3)
    driver.settle()
    from pan_desktop.gui.dialogs.workbook_dialog import ask_workbook

    ask_workbook(driver.window.services, page(driver, "commitments"))
    (chooser,) = page(driver, "commitments").findChildren(QFileDialog)
    chooser.fileSelected.emit(str(filled))
    chooser.close()
    preview: WorkbookDialog = dialog(driver, WorkbookDialog)
    assert shown(preview.table, 5) == ["Registre unique"]
    driver.press(Key.Key_Return)
    driver.settle()
    assert "repris" in driver.window.notice.sentence
    assert ask(driver, plans.list_plans)[0].commitments[6].title == "Registre unique"
    assert "Registre unique" in shown(page(driver, "commitments").ui.commitments, 1)
    driver.control(Key.Key_Z)
    driver.settle()
    assert ask(driver, plans.list_plans)[0].commitments[6].title != "Registre unique"
