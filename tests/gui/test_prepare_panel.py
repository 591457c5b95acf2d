"""Préparer: the agenda by keys, who is expected, what is carried over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any, Self

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from pan_desktop.app import conclusions, meetings, people, preparing, templates
from pan_desktop.app.conclusions import PointEdit
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.app.office import Office
from pan_desktop.app.people import MandateEdit
from pan_desktop.domain.dates_in_text import Precision
from pan_desktop.domain.model import Commitment, ConclusionKind, ItemKind, LastKnown
from pan_desktop.gui.dialogs.template_dialog import TemplateDialog, TemplatesDialog
from pan_desktop.gui.meeting import prepare
from pan_desktop.gui.meeting.carried import CarriedOver
from pan_desktop.gui.pages.meeting import MeetingPage
from tests.builders import filled_database

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.model import MeetingRecord
    from pan_desktop.gui.meeting.prepare import PreparePanel
    from pan_desktop.gui.models.rows import RowsModel
    from pan_desktop.store.unit_of_work import UnitOfWork
    from tests.gui.conftest import Driver

Key = Qt.Key
SHIFT, NOTHING = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
DAY = date(2026, 11, 23)
LATE = "Transmettre la note de cadrage."
LATER = "Publier la liste des jeux de données."


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give the sample with a meeting to come; its last one left actions and an item open."""
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    office = Office(str(file))
    last = office.run(meetings.list_meetings).result[0]
    record = office.run(meetings.view_meeting, meeting_id=last.id).result.record
    item = next(i for i in record.agenda if i.kind is ItemKind.POINTS)
    points = [PointEdit.of(point) for point in item.conclusions]
    points += [
        PointEdit(name, 0, text, kind=ConclusionKind.ACTION)
        for name, text in (("later", LATER), ("late", LATE))
    ]
    office.run(conclusions.save_outline, item_id=item.id, points=points)
    office.run(_leave_open, item_id=record.agenda[-1].id)
    edit = MeetingEdit(last.body, DAY, time(10), "Rabat")
    office.run(preparing.create_proposed, plan_id=record.plan.id, edit=edit)
    office.close()
    return file


def _leave_open(work: UnitOfWork, *, item_id: str) -> None:
    work.update("agenda_item", item_id, discussed=False, heading="Divers")
    for name, owner, first, last, said in (
        ("late", "Le secrétariat", date(2026, 10, 21), date(2026, 10, 31), "fin octobre 2026"),
        ("later", "", date(2027, 1, 1), date(2027, 1, 31), "janvier 2027"),
    ):
        work.update(
            "conclusion",
            name,
            owner=owner,
            due_first=first,
            due_last=last,
            due_precision=Precision.MONTH.value,
            due_said=said,
        )


@pytest.fixture
def panel(driver: Driver) -> PreparePanel:
    """Open the meeting to come."""
    lines: list[Any] = []
    driver.jobs.run(meetings.list_meetings, done=lines.extend)
    driver.settle()
    driver.window.open_meeting(lines[0].id)
    driver.settle()
    page = driver.window._pages["meeting"]
    assert isinstance(page, MeetingPage)
    return page.prepare


def record(driver: Driver, panel: PreparePanel) -> MeetingRecord:
    """Return what the store holds of the meeting."""
    driver.settle()
    found: list[MeetingRecord] = []
    driver.jobs.run(
        meetings.view_meeting,
        done=lambda view: found.append(view.record),
        meeting_id=panel.meeting_id,
    )
    driver.settle()
    return found[0]


def titles(driver: Driver, panel: PreparePanel) -> list[str]:
    return [item.title for item in record(driver, panel).agenda]


def texts(model: RowsModel[Any]) -> list[list[object]]:
    tester = QAbstractItemModelTester(model)
    assert tester.model() is model
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def f6(driver: Driver, times: int = 1, modifiers: Qt.KeyboardModifier = NOTHING) -> None:
    driver.press(Key.Key_F6, modifiers, times=times)


# What is carried over -----------------------------------------------------------------------


def test_open_actions_tell_who_and_when_the_late_one_first(panel: PreparePanel) -> None:
    assert texts(panel.carried.open_actions) == [
        [LATE, "Le secrétariat", "En retard\u00a0: fin octobre 2026", "14/10/2026"],
        [LATER, "–", "janvier 2027", "14/10/2026"],
    ]
    actions = panel.carried.sections[0]
    assert actions.summary.text() == "2 dont 1 en retard"
    assert panel.carried.title.text() == "Repris de la réunion du mercredi 14 octobre 2026"


def test_commitments_tell_their_rate_their_details_and_since_when(panel: PreparePanel) -> None:
    rows = texts(panel.carried.commitments)
    assert len(rows) == 16
    assert rows[0][0] == "1"
    assert rows[0][2:] == ["100\u00a0%", "", "complet"]
    assert rows[6][2] == "30\u00a0%"
    assert str(rows[6][3]).startswith("Le nouvel hébergement est opérationnel.")
    assert rows[6][4] == "le 14/10/2026"
    assert rows[12][4] == "sans mise à jour à la dernière réunion"
    assert panel.carried.sections[2].summary.text() == "16 dont 2 sans mise à jour"


@pytest.mark.parametrize(
    ("silent", "words"),
    [
        (None, "jamais renseigné"),
        (0, "le 14/10/2026"),
        (1, "sans mise à jour à la dernière réunion"),
        (2, "sans mise à jour depuis 2\u00a0réunions"),
        (8, "sans mise à jour depuis 8\u00a0réunions"),
        (9, "sans mise à jour depuis 9\u00a0réunions au moins"),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_silence_is_counted_in_meetings(qtbot: Any, silent: int | None, words: str) -> None:
    shown = CarriedOver()
    qtbot.addWidget(shown)
    known = LastKnown(40, "Un\nDeux", date(2026, 10, 14), silent=silent or 0)
    carried = preparing.Carried(Commitment("c", 3), None if silent is None else known)
    other = preparing.Carried(Commitment("d", 4), known)
    empty = preparing.Preparation(DAY, None, (), (), (), (), ())
    shown.show_preparation(replace(empty, carried=(carried, other)))
    assert texts(shown.commitments)[0][4] == words
    assert texts(shown.commitments)[1][3] == "Un Deux"


def test_a_first_meeting_carries_nothing_over(driver: Driver, panel: PreparePanel) -> None:
    assert panel.carried.isVisible()
    panel.ui.day.setFocus()
    driver.type("01012020\t")
    driver.settle()
    assert not panel.carried.isVisible()
    assert not panel.expected.table.isVisible()
    f6(driver, 2)
    assert driver.focus is panel.expected.heading


def test_space_notes_that_an_action_is_done_and_ctrl_z_takes_it_back(
    driver: Driver, panel: PreparePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "date", clock(date(2026, 11, 22)))
    f6(driver)
    assert driver.focus is panel.carried.tables[0]
    driver.press(Key.Key_Space)
    driver.settle()
    assert [row[0] for row in texts(panel.carried.open_actions)] == [LATER]
    assert "notée comme faite" in driver.window.notice.sentence
    driver.control(Key.Key_Z)
    driver.settle()
    assert [row[0] for row in texts(panel.carried.open_actions)] == [LATE, LATER]
    assert "En retard" in str(texts(panel.carried.open_actions)[0][2])


def test_an_action_done_on_the_day_of_the_meeting_stays_and_can_be_opened_again(
    driver: Driver, panel: PreparePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "date", clock(date(2027, 5, 1)))
    f6(driver)
    driver.press(Key.Key_Space)
    driver.settle()
    assert texts(panel.carried.open_actions)[0][2] == "faite le 23/11/2026"
    assert panel.carried.sections[0].summary.text() == "1"
    driver.press(Key.Key_Space)
    driver.settle()
    assert "En retard" in str(texts(panel.carried.open_actions)[0][2])
    assert "de nouveau ouverte" in driver.window.notice.sentence


def clock(today: date) -> type[date]:
    """Return a calendar that stands at ``today``."""

    class Calendar(date):
        @classmethod
        def today(cls) -> Self:
            return cls(today.year, today.month, today.day)

    return Calendar


def test_a_puts_an_action_on_the_agenda_once(driver: Driver, panel: PreparePanel) -> None:
    before = titles(driver, panel)
    f6(driver)
    driver.press(Key.Key_Down)
    driver.type("a")
    added = f"Suivi : {LATER.removesuffix('.')}"
    assert titles(driver, panel) == [*before, added]
    assert driver.focus is panel.carried.tables[0]
    driver.type("A")
    assert titles(driver, panel) == [*before, added]
    assert "déjà à l’ordre du jour" in driver.window.notice.sentence


def test_a_takes_up_an_item_that_was_left(driver: Driver, panel: PreparePanel) -> None:
    # It was proposed with the meeting; she took it out and changes her mind.
    title = titles(driver, panel)[-1]
    assert texts(panel.carried.left_open) == [[title, "à l’ordre du jour"]]
    driver.press(Key.Key_Tab, SHIFT)
    driver.press(Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    driver.press(Key.Key_Delete)
    assert title not in titles(driver, panel)
    assert texts(panel.carried.left_open) == [[title, ""]]
    f6(driver, 2)
    assert driver.focus is panel.carried.tables[1]
    driver.type("a")
    item = record(driver, panel).agenda[-1]
    assert (item.title, item.heading) == (title, "Divers")
    assert texts(panel.carried.left_open) == [[title, "à l’ordre du jour"]]


# Who is expected ----------------------------------------------------------------------------


def test_those_with_a_mandate_are_expected(panel: PreparePanel) -> None:
    rows = texts(panel.expected.model)
    assert rows[0][:3] == ["Youssef BELGHAMRI", "Point focal", "1, 2 et 5"]
    assert [row[1] for row in rows if row[0] == "Loubna CHAFIRI"] == ["Suppléante"]
    said = "13\u00a0personnes attendues pour 16 engagements sur 16"
    assert panel.expected.count.text() == said
    assert not panel.expected.missing.isVisible()


def test_commitments_that_nobody_answers_for_are_named(driver: Driver, panel: PreparePanel) -> None:
    cards: list[Any] = []
    driver.jobs.run(people.list_people, done=cards.extend)
    driver.settle()
    for name in ("Nadia EL FERTALI", "Karim OUARGHI"):
        (mandate,) = next(c for c in cards if c.person.name == name).mandates
        ended = MandateEdit(
            *(mandate.plan_id, mandate.role, mandate.commitments, mandate.valid_from),
            date(2026, 11, 22),
        )
        driver.jobs.run(people.change_mandate, mandate_id=mandate.id, mandate=ended)
        driver.settle()
    assert panel.expected.missing.isVisible()
    said = "Personne ne répond ce jour-là des engagements\u00a06, 7 et 8."
    assert panel.expected.missing.text() == said
    assert panel.expected.count.text().endswith("pour 13 engagements sur 16")


# Keys ---------------------------------------------------------------------------------------


def test_f6_goes_round_the_parts_and_each_is_brought_into_sight(
    driver: Driver, panel: PreparePanel
) -> None:
    round_trip: list[QWidget] = [
        *panel.carried.tables,
        panel.expected.table,
        panel.ui.body,
        panel.ui.agenda,
    ]
    window = panel._area.viewport().height()
    for part in round_trip:
        f6(driver)
        assert driver.focus is part
        # From its beginning on, as much as there is room for.
        assert part.visibleRegion().contains(QPoint(part.width() // 2, 1))
        assert part.visibleRegion().boundingRect().height() >= min(part.height(), window // 2)
    for part in [*reversed(round_trip[:-1]), panel.ui.agenda]:
        f6(driver, modifiers=SHIFT)
        assert driver.focus is part


def test_coming_back_to_the_panel_brings_the_line_of_new_items_into_sight(
    driver: Driver, panel: PreparePanel
) -> None:
    f6(driver, 4)
    assert panel.ui.newItem.visibleRegion().isEmpty()
    driver.control(Key.Key_2)
    driver.control(Key.Key_1)
    driver.settle()
    assert driver.focus is panel.ui.newItem
    assert not panel.ui.newItem.visibleRegion().isEmpty()


def test_the_current_row_stays_in_sight(driver: Driver, panel: PreparePanel) -> None:
    driver.window.resize(1280, 720)
    f6(driver, 4)
    driver.press(Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    table = panel.expected.table
    row = table.visualRect(table.currentIndex())
    assert table.currentIndex().row() == 12
    assert table.viewport().visibleRegion().boundingRect().intersects(row)


def test_a_part_is_folded_and_then_passed_by_its_heading(
    driver: Driver, panel: PreparePanel
) -> None:
    f6(driver)
    driver.press(Key.Key_Tab, SHIFT)
    section = panel.carried.sections[0]
    assert driver.focus is section.heading
    for key in (Key.Key_Space, Key.Key_Return):
        driver.press(key)
        assert section.folded is (key == Key.Key_Space)
    driver.press(Key.Key_Return)
    f6(driver, modifiers=SHIFT)
    assert driver.focus.objectName() == "agenda"
    f6(driver)
    assert driver.focus is section.heading
    assert "Actions ouvertes, 2 dont 1 en retard" in section.heading.accessibleName()


def test_a_quiet_table_marks_its_row_only_while_one_is_in_it(
    driver: Driver, panel: PreparePanel
) -> None:
    table = panel.carried.tables[0]
    assert table.selectedIndexes() == []
    f6(driver)
    assert {index.row() for index in table.selectedIndexes()} == {0}
    f6(driver)
    assert table.selectedIndexes() == []
    panel.show_view(_view(driver, panel))
    driver.settle()
    assert table.selectedIndexes() == []


def _view(driver: Driver, panel: PreparePanel) -> meetings.MeetingView:
    views: list[meetings.MeetingView] = []
    driver.jobs.run(meetings.view_meeting, done=views.append, meeting_id=panel.meeting_id)
    driver.settle()
    return views[0]


# The agenda ---------------------------------------------------------------------------------


def test_insert_adds_an_item_behind_the_current_one(driver: Driver, panel: PreparePanel) -> None:
    first, *rest = titles(driver, panel)
    driver.press(Key.Key_Tab, SHIFT)
    driver.press(Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    driver.press(Key.Key_Insert)
    assert driver.focus is panel.ui.newItem
    assert first in panel.ui.newItem.placeholderText()
    driver.type("Entre deux\n")
    assert titles(driver, panel) == [first, "Entre deux", *rest]
    assert driver.focus.objectName() == "agenda"
    assert panel.ui.agenda.currentIndex().row() == 1
    # The line itself still adds at the end.
    panel.ui.newItem.setFocus()
    driver.type("Fin\n")
    assert titles(driver, panel) == [first, "Entre deux", *rest, "Fin"]
    assert driver.focus is panel.ui.newItem


def test_escape_gives_an_insertion_up(driver: Driver, panel: PreparePanel) -> None:
    before = titles(driver, panel)
    driver.press(Key.Key_Tab, SHIFT)
    driver.press(Key.Key_Insert)
    driver.type("Non")
    driver.press(Key.Key_Escape)
    assert driver.focus is panel.ui.agenda
    assert panel.ui.newItem.text() == ""
    panel.ui.newItem.setFocus()
    driver.type("Oui\n")
    assert titles(driver, panel) == [*before, "Oui"]


def test_an_issued_relevé_is_only_read(driver: Driver, panel: PreparePanel) -> None:
    before = titles(driver, panel)
    panel.set_locked(True)
    panel.enter()
    assert driver.focus is panel.ui.agenda
    driver.press(Key.Key_Insert)
    assert driver.focus is panel.ui.agenda
    assert not panel.ui.newItem.isEnabled()
    panel.ui.place.setFocus()
    driver.type("Ailleurs\t")
    assert record(driver, panel).meeting.place == "Rabat"
    panel.set_locked(False)
    panel.enter()
    driver.type("Un\n")
    assert titles(driver, panel) == [*before, "Un"]


# Templates ----------------------------------------------------------------------------------


def test_a_meeting_is_kept_as_a_template(driver: Driver, panel: PreparePanel) -> None:
    driver.type("Budget\n")
    driver.settle()
    driver.alt(Key.Key_M)
    driver.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    driver.settle()
    form = QApplication.activeModalWidget()
    assert isinstance(form, TemplateDialog)
    driver.type("Réunion ordinaire")
    driver.press(Key.Key_Return)
    driver.settle()
    found: list[Any] = []
    driver.jobs.run(templates.list_templates, done=found.extend)
    left = titles(driver, panel)[-2]
    assert [(t.name, t.place, t.titles) for t in found] == [
        ("Réunion ordinaire", "Rabat", (left, "Budget"))
    ]


def test_the_templates_are_listed_from_here(driver: Driver, panel: PreparePanel) -> None:
    assert panel.ui.templates.isVisible()
    driver.alt(Key.Key_O)
    driver.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    driver.settle()
    assert isinstance(QApplication.activeModalWidget(), TemplatesDialog)
    driver.press(Key.Key_Escape)
    assert QApplication.activeModalWidget() is None
    edit = templates.TemplateEdit("Plus tard", "Comité")
    driver.jobs.run(templates.add_template, template=edit)  # the list that was closed hears nothing
    driver.settle()
