"""Plans, commitments and axes, made and changed with the keyboard alone."""

from __future__ import annotations

import sqlite3
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from pan_desktop.app.disagreements import Disagreement, open_disagreements
from pan_desktop.app.meetings import MeetingEdit, create_meeting, view_meeting
from pan_desktop.app.office import Office
from pan_desktop.app.plans import (
    CommitmentEdit,
    add_axis,
    change_axis,
    change_commitment,
    create_plan,
    list_plans,
)
from pan_desktop.app.progress import ReportEdit, save_report
from pan_desktop.domain.model import Situation
from pan_desktop.domain.progress import OverallMethod, Rounding
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.plan_dialog import PlanDialog
from pan_desktop.gui.pages.commitments import (
    AXIS,
    INSTITUTION,
    NUMBER,
    TITLE,
    WEIGHT,
    CommitmentsPage,
)
from tests.seed_text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.model import ActionPlan
    from tests.gui.conftest import Driver

Dialog = TypeVar("Dialog", bound=QDialog)
# Qt's offscreen platform says so of every list that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KEY = Qt.Key
TITLES = [f"Engagement écrit à la main {number}" for number in range(1, 19)]


def stored(database: Path) -> tuple[ActionPlan, ...]:
    """Read the plans through a connection of our own."""
    office = Office(str(database))
    try:
        return office.run(list_plans).result
    finally:
        office.close()


def prepare(database: Path, commitments: int = 3, *axes: str) -> str:
    office = Office(str(database))
    try:
        plan_id = office.run(
            create_plan,
            label="2024-2027",
            starts=date(2024, 1, 1),
            ends=date(2027, 12, 31),
            commitments=commitments,
        ).result
        for title in axes:
            office.run(add_axis, plan_id=plan_id, title=title)
        return plan_id
    finally:
        office.close()


def opened(driver: Driver) -> CommitmentsPage:
    driver.window.go("commitments")
    driver.settle()
    driver.settle()
    page = driver.window._page("commitments")
    assert isinstance(page, CommitmentsPage)
    return page


def dialog(driver: Driver, kind: type[Dialog]) -> Dialog:
    driver.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind))
    found = QApplication.activeWindow()
    assert isinstance(found, kind)
    return found


def has_focus(driver: Driver, widget: QWidget) -> bool:
    return driver.focus is widget


def closed(driver: Driver) -> None:
    driver.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    driver.window.activateWindow()  # a window manager's work, that there is none of here
    driver.qtbot.waitUntil(lambda: QApplication.activeWindow() is driver.window)
    driver.settle()
    driver.settle()


def at(driver: Driver, page: CommitmentsPage, row: int, column: int) -> None:
    table = page.ui.commitments
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, column))
    assert has_focus(driver, table)


def cell(page: CommitmentsPage, row: int, column: int) -> str:
    return str(page.ui.commitments.model().index(row, column).data())


def test_a_plan_and_its_titles_are_typed_without_the_mouse(driver: Driver, database: Path) -> None:
    page = opened(driver)
    assert has_focus(driver, page.ui.firstPlan)
    driver.press(KEY.Key_Return)
    form = dialog(driver, PlanDialog)
    driver.type("2018-2020")
    assert form.ui.starts.text() == "01/01/2018"
    assert form.ui.ends.text() == "31/12/2020"
    driver.press(KEY.Key_Tab)
    driver.type("01022018")
    driver.press(KEY.Key_Tab, times=2)
    driver.type("18\n")
    closed(driver)

    assert has_focus(driver, page.ui.commitments)
    for title in TITLES:
        driver.type(f"{title}\n")
    driver.settle()

    (plan,) = stored(database)
    assert (plan.label, plan.starts, plan.ends) == (
        "2018-2020",
        date(2018, 2, 1),
        date(2020, 12, 31),
    )
    assert [c.title for c in plan.commitments] == TITLES
    assert [c.number for c in plan.commitments] == list(range(1, 19))


def test_tab_goes_on_to_the_next_cell_and_row(driver: Driver, database: Path) -> None:
    prepare(database, 2, "Transparence", "Participation")
    page = opened(driver)
    driver.type("Registre public\tAgence des données publiques\t2\t1,5\t")
    driver.type("7\tPétitions\tAgence\tparticip\t0.25")
    driver.press(KEY.Key_Return)
    driver.settle()
    driver.settle()

    (plan,) = stored(database)
    transparency, participation = plan.axes
    first, second = plan.commitments
    assert (first.number, first.title, first.institution) == (
        1,
        "Registre public",
        "Agence des données publiques",
    )
    assert (first.axis_id, first.weight) == (participation.id, Decimal("1.5"))
    assert (second.number, second.title, second.institution) == (7, "Pétitions", "Agence")
    assert (second.axis_id, second.weight) == (participation.id, Decimal("0.25"))
    assert [cell(page, 0, column) for column in range(5)] == [
        *("1", "Registre public", "Agence des données publiques", "2", "1,5")
    ]
    at(driver, page, 0, AXIS)
    driver.type("1\n")
    driver.press(KEY.Key_Escape)
    driver.settle()
    assert stored(database)[0].commitments[0].axis_id == transparency.id
    at(driver, page, 0, AXIS)
    driver.press(KEY.Key_F2)
    driver.press(KEY.Key_Backspace)
    driver.press(KEY.Key_Return)
    driver.settle()
    assert stored(database)[0].commitments[0].axis_id is None


def test_a_commitment_is_added_at_once_and_its_title_typed(driver: Driver, database: Path) -> None:
    prepare(database, 2)
    page = opened(driver)
    driver.type("Premier")
    driver.control(KEY.Key_N)
    driver.type("Troisième")
    driver.control(KEY.Key_N)
    driver.type("Quatrième\n")
    driver.settle()
    driver.settle()

    (plan,) = stored(database)
    assert [(c.number, c.title) for c in plan.commitments] == [
        *((1, "Premier"), (2, ""), (3, "Troisième"), (4, "Quatrième"))
    ]
    assert cell(page, 3, TITLE) == "Quatrième"


def test_typing_is_not_disturbed_by_what_comes_back(driver: Driver, database: Path) -> None:
    prepare(database, 3)
    page = opened(driver)
    driver.type("Un\nDeu")
    driver.settle()
    driver.settle()
    editor = driver.focus
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Deu"
    driver.type("x")
    driver.press(KEY.Key_Escape)
    assert (cell(page, 0, TITLE), cell(page, 1, TITLE)) == ("Un", "")


def test_rows_move_only_when_no_cell_is_open(driver: Driver, database: Path) -> None:
    prepare(database, 3)
    page = opened(driver)
    at(driver, page, 0, NUMBER)
    driver.type("9\tLe dernier")
    driver.settle()
    assert [cell(page, row, NUMBER) for row in range(3)] == ["9", "2", "3"]
    driver.press(KEY.Key_Return)
    driver.press(KEY.Key_Escape)
    driver.settle()
    driver.qtbot.waitUntil(lambda: cell(page, 2, NUMBER) == "9")
    assert [c.number for c in stored(database)[0].commitments] == [2, 3, 9]
    assert stored(database)[0].commitments[2].title == "Le dernier"


@pytest.mark.parametrize(
    ("column", "typed", "told"),
    [
        (NUMBER, "2", "L’engagement 2 existe déjà"),
        (NUMBER, "zéro", "Le numéro d’un engagement est un nombre entier"),
        (WEIGHT, "lourd", "Le poids d’un engagement est un nombre"),
        (WEIGHT, "0", "Le poids d’un engagement est un nombre"),
        (AXIS, "Inconnu", "« Inconnu » n’est pas un axe de ce plan"),
        (AXIS, "4", "« 4 » n’est pas un axe de ce plan"),
    ],
)
def test_what_cannot_be_taken_stays_in_the_cell(
    driver: Driver, database: Path, column: int, typed: str, told: str
) -> None:
    prepare(database, 3, "Transparence")
    before = stored(database)
    page = opened(driver)
    at(driver, page, 0, column)
    driver.type(typed)
    driver.press(KEY.Key_Return)
    editor = driver.focus
    assert isinstance(editor, QLineEdit)
    assert editor.text() == typed
    assert plain(driver.window.notice.sentence).startswith(plain(told))
    driver.settle()
    assert stored(database) == before

    # A click elsewhere does not lose it either.
    page.ui.commitments.setCurrentIndex(page.ui.commitments.model().index(1, TITLE))
    driver.qtbot.waitUntil(lambda: isinstance(driver.focus, QLineEdit))
    editor = driver.focus
    assert isinstance(editor, QLineEdit)
    assert editor.text() == typed

    driver.press(KEY.Key_Escape)
    driver.type("1\n")
    driver.settle()
    assert driver.window.notice.sentence == ""


def test_what_the_store_cannot_take_now_is_not_lost(driver: Driver, database: Path) -> None:
    prepare(database, 2)
    page = opened(driver)
    driver.jobs.run(
        lambda work: work._connection.exec_driver_sql("PRAGMA busy_timeout = 50").close()
    )
    driver.settle()
    other = sqlite3.connect(database)
    other.execute("BEGIN IMMEDIATE")
    driver.type("Titre à ne pas perdre\n")
    driver.press(KEY.Key_Escape)
    driver.settle()
    driver.qtbot.waitUntil(lambda: isinstance(driver.focus, QLineEdit))
    assert driver.window.notice.sentence.startswith("La base est occupée")
    editor = driver.focus
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Titre à ne pas perdre"
    other.close()
    driver.press(KEY.Key_Return)
    driver.settle()
    driver.settle()
    assert stored(database)[0].commitments[0].title == "Titre à ne pas perdre"
    assert cell(page, 0, TITLE) == "Titre à ne pas perdre"
    assert driver.window.notice.sentence == ""


def test_a_bad_cell_keeps_a_commitment_from_being_added(driver: Driver, database: Path) -> None:
    prepare(database, 2)
    page = opened(driver)
    at(driver, page, 0, WEIGHT)
    driver.type("abc")
    driver.control(KEY.Key_N)
    editor = driver.focus
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "abc"
    driver.settle()
    assert len(stored(database)[0].commitments) == 2


def test_known_institutions_are_proposed_whatever_the_accents(
    driver: Driver, database: Path
) -> None:
    prepare(database, 2)
    page = opened(driver)
    at(driver, page, 0, INSTITUTION)
    driver.type("Délégation à la vie associative\n")
    driver.settle()
    driver.settle()
    driver.type("delegation")
    assert QApplication.activePopupWidget() is not None
    driver.press(KEY.Key_Down)
    driver.press(KEY.Key_Tab)
    driver.settle()
    assert QApplication.activePopupWidget() is None
    assert page.ui.commitments.currentIndex().column() == AXIS
    assert stored(database)[0].commitments[1].institution == "Délégation à la vie associative"


def test_axes_are_added_renamed_and_removed(driver: Driver, database: Path) -> None:
    prepare(database, 1)
    page = opened(driver)
    driver.alt(KEY.Key_O)
    assert has_focus(driver, page.ui.newAxis)
    driver.type("Transparence\n")
    driver.settle()
    driver.settle()
    driver.type("Particpation\n")
    driver.settle()
    driver.settle()
    assert page.ui.newAxis.text() == ""
    driver.type("  \n")
    driver.settle()
    assert driver.window.notice.sentence.startswith("L’axe n’a pas de titre")
    at(driver, page, 0, AXIS)
    driver.type("2\n")
    driver.settle()
    page.ui.axes.setFocus()
    driver.press(KEY.Key_Down)
    driver.alt(KEY.Key_R)
    driver.qtbot.waitUntil(lambda: isinstance(driver.focus, QLineEdit))
    driver.type("Participation\n")
    driver.settle()
    driver.settle()
    (plan,) = stored(database)
    assert [(a.number, a.title) for a in plan.axes] == [(1, "Transparence"), (2, "Participation")]
    assert plan.commitments[0].axis_id == plan.axes[1].id

    page.ui.axes.setFocus()
    driver.press(KEY.Key_Delete)
    dialog(driver, ConfirmDialog)
    driver.alt(KEY.Key_R)
    closed(driver)
    (plan,) = stored(database)
    assert [a.title for a in plan.axes] == ["Transparence"]
    assert plan.commitments[0].axis_id is None


def test_a_commitment_is_removed_confirmed_where_something_is_lost(
    driver: Driver, database: Path
) -> None:
    prepare(database, 3)
    page = opened(driver)
    driver.type("À garder\n")
    driver.press(KEY.Key_Escape)
    driver.press(KEY.Key_Delete)
    driver.settle()
    driver.settle()
    assert [c.number for c in stored(database)[0].commitments] == [1, 3]
    assert has_focus(driver, page.ui.commitments)
    driver.press(KEY.Key_Up)
    driver.press(KEY.Key_Delete)
    dialog(driver, ConfirmDialog)
    driver.press(KEY.Key_Return)
    closed(driver)
    assert [c.number for c in stored(database)[0].commitments] == [1, 3]
    driver.press(KEY.Key_Delete)
    dialog(driver, ConfirmDialog)
    driver.alt(KEY.Key_S)
    closed(driver)
    assert [c.number for c in stored(database)[0].commitments] == [3]


def test_the_plan_is_changed_and_another_made_beside_it(driver: Driver, database: Path) -> None:
    prepare(database, 2)
    page = opened(driver)
    driver.alt(KEY.Key_M)
    form = dialog(driver, PlanDialog)
    driver.type("Plan 2024")
    driver.alt(KEY.Key_C)
    driver.press(KEY.Key_Down)
    assert "son poids" in form.ui.methodHint.text()
    driver.alt(KEY.Key_R)
    driver.press(KEY.Key_Down)
    driver.press(KEY.Key_Return)
    closed(driver)
    (plan,) = stored(database)
    assert (plan.label, plan.method, plan.rounding) == (
        *("Plan 2024", OverallMethod.WEIGHTED, Rounding.UP),
    )
    assert "moyenne pondérée, arrondie à l’unité supérieure" in page.ui.summary.text()

    driver.press(KEY.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog(driver, PlanDialog)
    driver.type("2028-2030")
    driver.alt(KEY.Key_E)
    driver.type("5\n")
    closed(driver)
    assert page.ui.plan.currentText() == "2028-2030"
    assert page.ui.commitments.model().rowCount() == 5
    assert [p.label for p in stored(database)] == ["2028-2030", "Plan 2024"]

    driver.alt(KEY.Key_P)
    driver.press(KEY.Key_Down)
    assert page.ui.commitments.model().rowCount() == 2
    driver.alt(KEY.Key_S)
    dialog(driver, ConfirmDialog)
    driver.alt(KEY.Key_S)
    closed(driver)
    assert [p.label for p in stored(database)] == ["2028-2030"]
    assert page.ui.commitments.model().rowCount() == 5


def test_a_wrong_plan_is_told_in_the_form_and_nothing_lost(driver: Driver, database: Path) -> None:
    prepare(database, 1)
    opened(driver)
    driver.alt(KEY.Key_N)
    form = dialog(driver, PlanDialog)
    driver.press(KEY.Key_Return)
    driver.settle()
    assert form.ui.error.text().startswith("Le plan n’a pas de libellé")
    driver.type("2024-2027\n")
    driver.settle()
    assert form.ui.error.text().startswith("Un plan porte déjà ce libellé")
    assert has_focus(driver, form.ui.label)
    driver.type("2030")
    driver.alt(KEY.Key_F)
    driver.type("01/01/2020\n")
    driver.settle()
    assert form.ui.error.text().startswith("La fin du plan précède son début")
    assert has_focus(driver, form.ui.ends)
    driver.type("31/02/2031\n")
    driver.settle()
    assert form.ui.error.text().startswith("Cette date n’existe pas")
    assert (form.ui.label.text(), form.ui.ends.text()) == ("2030", "31/02/2031")
    driver.press(KEY.Key_Escape)
    closed(driver)
    assert len(stored(database)) == 1


def test_a_plan_with_meetings_stays(driver: Driver, database: Path) -> None:
    plan_id = prepare(database, 1)
    office = Office(str(database))
    edit = MeetingEdit("Comité", date(2025, 1, 1), time(9, 30))
    office.run(create_meeting, plan_id=plan_id, edit=edit, progress_title="Avancement")
    office.close()
    opened(driver)
    driver.alt(KEY.Key_S)
    notice = driver.window.notice
    driver.qtbot.waitUntil(lambda: notice.sentence != "")
    driver.settle()
    assert QApplication.activeModalWidget() is None, "asked, only to be refused"
    assert notice.sentence.startswith("Des réunions se rapportent à ce plan")
    assert len(stored(database)) == 1


def test_a_commitment_that_a_meeting_speaks_of_stays(driver: Driver, database: Path) -> None:
    plan_id = prepare(database, 1)
    office = Office(str(database))
    edit = MeetingEdit("Comité", date(2025, 1, 1), time(9, 30))
    meeting_id = office.run(
        create_meeting, plan_id=plan_id, edit=edit, progress_title="Avancement"
    ).result
    report = office.run(view_meeting, meeting_id=meeting_id).result.record.reports[0]
    office.run(save_report, report_id=report.id, edit=ReportEdit(40, "", Situation.REPORTED))
    office.close()
    opened(driver)
    driver.type("Un titre\n")
    driver.press(KEY.Key_Escape)
    driver.settle()
    driver.press(KEY.Key_Delete)
    driver.settle()
    assert QApplication.activeModalWidget() is None, "asked, only to be refused"
    assert driver.window.notice.sentence.startswith("L’engagement 1 figure dans une réunion")
    assert len(stored(database)[0].commitments) == 1


def test_a_change_from_elsewhere_is_shown(driver: Driver, database: Path) -> None:
    prepare(database, 1)
    page = opened(driver)
    commitment = stored(database)[0].commitments[0]
    driver.jobs.run(
        change_commitment, commitment_id=commitment.id, edit=CommitmentEdit("4", "D’ailleurs")
    )
    driver.settle()
    driver.qtbot.waitUntil(lambda: cell(page, 0, TITLE) == "D’ailleurs")


def waiting(driver: Driver) -> list[tuple[str, str]]:
    """Return which texts wait for a choice: what is shown here, and what another wrote."""
    found: list[Disagreement] = []
    driver.jobs.run(open_disagreements, done=found.extend)
    driver.settle()
    return [(one.kept.text, one.offered.text) for one in found]


def test_a_title_typed_over_one_that_was_not_seen_is_kept_beside_it(
    driver: Driver, database: Path
) -> None:
    prepare(database, 1)
    page = opened(driver)
    at(driver, page, 0, TITLE)
    driver.type("D’ic")
    commitment = stored(database)[0].commitments[0]
    edit = CommitmentEdit("1", "D’ailleurs", "Archives", "2")
    driver.jobs.run(change_commitment, commitment_id=commitment.id, edit=edit)
    page.refresh()
    driver.settle()
    driver.type("i\n")
    driver.settle()
    driver.settle()
    (now,) = stored(database)[0].commitments
    assert (now.title, now.institution, now.weight) == ("D’ici", "Archives", Decimal(2))
    assert cell(page, 0, INSTITUTION) == "Archives"
    assert waiting(driver) == [("D’ici", "D’ailleurs")]


def test_an_axis_renamed_over_a_name_that_was_not_seen_is_kept_beside_it(
    driver: Driver, database: Path
) -> None:
    prepare(database, 1, "Transparence")
    page = opened(driver)
    page.ui.axes.setFocus()
    driver.press(KEY.Key_Down)
    driver.alt(KEY.Key_R)
    driver.qtbot.waitUntil(lambda: isinstance(driver.focus, QLineEdit))
    driver.type("D’ic")
    axis = stored(database)[0].axes[0]
    driver.jobs.run(change_axis, axis_id=axis.id, title="D’ailleurs")
    page.refresh()
    driver.settle()
    driver.type("i\n")
    driver.settle()
    driver.settle()
    assert stored(database)[0].axes[0].title == "D’ici"
    assert waiting(driver) == [("D’ici", "D’ailleurs")]
