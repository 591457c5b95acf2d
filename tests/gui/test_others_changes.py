"""Rows change under a page while someone types in it: what is typed stays, the rest is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from pan_desktop.app import activities, meetings, plans, progress
from pan_desktop.app.conclusions import OutlinePatch, PointEdit, save_patch, save_point
from pan_desktop.app.disagreements import Disagreement, open_disagreements
from pan_desktop.app.progress import ReportEdit
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import Presence, Situation
from pan_desktop.gui.widgets.outline_editor import OutlineEditor
from tests.gui.test_meeting_page import database, page, record, report

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.gui.pages.meeting import MeetingPage
    from tests.gui.conftest import Driver

__all__ = ["database", "page"]

Key = Qt.Key
REPORTED = Situation.REPORTED


@pytest.fixture
def other(driver: Driver, page: MeetingPage) -> Callable[..., None]:
    """Return what does a use case as somebody else would, and lets the page know."""

    def does(use_case: Callable[..., Any], **arguments: Any) -> None:
        driver.jobs.run(use_case, **arguments)
        page.refresh()
        driver.settle()

    return does


def test_a_rate_being_typed_stays_in_its_cell(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    scope = record(driver, page).scope
    first, second = scope[0], scope[1]
    driver.control(Key.Key_2)
    driver.control(Key.Key_E)
    driver.press(Key.Key_Return)
    driver.type("9")
    other(progress.save_report, report_id=second.id, edit=ReportEdit(33, "Dit ailleurs.", REPORTED))
    edit = ReportEdit(first.percent, "Autres détails.", first.situation)
    other(progress.save_report, report_id=first.id, edit=edit)
    assert isinstance(driver.focus, QLineEdit)
    assert page.hold.progress.ui.grid.isAncestorOf(driver.focus)
    assert driver.focus.text() == "9"
    driver.type("1\n")
    now = {r.id: r for r in record(driver, page).scope}
    assert (now[first.id].percent, now[first.id].details) == (91, "Autres détails.")
    assert (now[second.id].percent, now[second.id].details) == (33, "Dit ailleurs.")
    shown = [line.report.percent for line in page.hold.progress._grid.rows()]
    assert shown[:2] == [91, 33]


def test_a_cell_stays_open_when_rows_come_and_go(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    last = record(driver, page).agenda[-1]
    driver.press(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    driver.press(Key.Key_Down)
    driver.press(Key.Key_F2)
    driver.control(Key.Key_A)
    driver.type("Titre tap")
    other(meetings.add_item, meeting_id=page._meeting_id, title="Ajouté ailleurs")
    other(meetings.remove_item, meeting_id=page._meeting_id, item_id=last.id)
    assert page.prepare.ui.agenda.state() is QAbstractItemView.State.EditingState
    driver.type("é\n")
    titles = [item.title for item in record(driver, page).agenda]
    assert titles[1] == "Titre tapé"
    assert titles[-1] == "Ajouté ailleurs"
    assert [item.title for item in page.prepare._agenda.rows()] == titles


def test_who_is_sought_stays_when_somebody_else_ticks(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    driver.control(Key.Key_2)
    driver.settle()
    driver.type("a")
    driver.press(Key.Key_Down, times=2)
    chosen = page.hold.people.ui.seats.current_id()
    assert page.hold.people.ui.seats.currentIndex().row() == 2
    first = page.hold.people._seats.row(0)
    assert first is not None
    ids = [first.id]
    other(meetings.set_presence, meeting_id=page._meeting_id, person_ids=ids, presence=None)
    assert not page.hold.people._seats.rows()[0].present
    there = Presence.PRESENT
    other(meetings.set_presence, meeting_id=page._meeting_id, person_ids=ids, presence=there)
    assert page.hold.people._seats.rows()[0].present
    assert page.hold.people.ui.filter.text() == "a"
    assert page.hold.people.ui.seats.current_id() == chosen


def test_details_being_typed_and_a_rate_given_elsewhere_are_both_kept(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    driver.control(Key.Key_2)
    driver.control(Key.Key_E)
    driver.type("3\n")
    number = 3
    before = report(driver, page, number)
    page.hold.progress.go_to(before.id, 0, 0)
    driver.control(Key.Key_A)
    driver.type("Le portail")
    driver.jobs.run(
        progress.save_report,
        report_id=before.id,
        edit=ReportEdit(44, before.details, REPORTED),
        seen=ReportEdit(before.percent, before.details, before.situation, before.marks),
    )
    page.refresh()
    driver.type(" avance")
    driver.settle()
    page.refresh()
    now = report(driver, page, number)
    assert (now.percent, now.details) == (44, "Le portail avance")
    assert page.hold.progress.ui.details.text() == "Le portail avance"
    assert page.hold.progress._grid.rows()[2].report.percent == 44


def test_details_changed_elsewhere_leave_the_caret_at_its_words(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    before = report(driver, page, 3)
    seen = ReportEdit(before.percent, before.details, REPORTED)
    told = ReportEdit(before.percent, "un deux\ntrois quatre", REPORTED)
    other(progress.save_report, report_id=before.id, edit=told, seen=seen)
    driver.control(Key.Key_2)
    driver.control(Key.Key_E)
    page.hold.progress.go_to(before.id, 8, 5)
    assert page.hold.progress.ui.details.textCursor().selectedText() == "trois"
    more = ReportEdit(before.percent, "un, un et demi, deux\ntrois quatre", REPORTED)
    other(progress.save_report, report_id=before.id, edit=more, seen=told)
    details = page.hold.progress.ui.details
    assert details.text() == "un, un et demi, deux\ntrois quatre"
    assert details.textCursor().selectedText() == "trois"


def test_a_place_being_typed_stays_and_what_another_changed_is_not_put_back(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    meeting = record(driver, page).meeting
    page.prepare.ui.place.setFocus()
    driver.control(Key.Key_A)
    driver.type("Salle B")
    seen = meetings.MeetingEdit(
        meeting.body.name, meeting.day, meeting.at, meeting.place, meeting.connection
    )
    edit = replace(seen, at=meeting.at.replace(hour=8, minute=15))
    driver.jobs.run(meetings.change_meeting, meeting_id=meeting.id, edit=edit, seen=seen)
    driver.settle()
    driver.press(Key.Key_Tab)
    now = record(driver, page).meeting
    assert (now.place, f"{now.at:%H:%M}") == ("Salle B", "08:15")


def test_points_typed_here_and_added_elsewhere_are_both_there(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    driver.control(Key.Key_2)
    driver.settle()
    driver.press(Key.Key_F3)
    driver.type(" tapé")
    driver.settle()
    item_id = page.hold.current_item
    patch = OutlinePatch(None, (PointEdit(new_id(), 0, "Ajouté ailleurs"),), (None,), None)
    driver.jobs.run(save_patch, item_id=item_id, patch=patch)
    page.refresh()
    driver.type(" ici")  # before the store has answered
    driver.settle()
    page.refresh()
    driver.settle()
    item = next(i for i in record(driver, page).agenda if i.id == item_id)
    texts = [point.text for point in item.conclusions]
    assert "Ajouté ailleurs" in texts
    assert sum(text.endswith(" tapé ici") for text in texts) == 1
    editor = page.hold.points.ui.editors.currentWidget()
    assert isinstance(editor, OutlineEditor)
    assert [point.text for point in editor.points()] == texts
    assert editor.point_here().text.endswith(" tapé ici")


def test_a_commitment_added_elsewhere_comes_into_the_grid(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    found = record(driver, page)
    free = max(c.number for c in found.plan.commitments) + 1
    driver.control(Key.Key_2)
    driver.control(Key.Key_E)
    driver.press(Key.Key_Return)
    driver.type("4")
    other(plans.add_commitment, plan_id=found.plan.id, number=free)
    assert isinstance(driver.focus, QLineEdit)
    assert page.hold.progress.ui.grid.isAncestorOf(driver.focus)
    assert driver.focus.text() == "4"


# Cells typed in while another wrote the same: both words are kept ----------------------------


def offered(driver: Driver) -> list[tuple[str, str]]:
    """Return which texts wait for a choice: what is shown here, and what another wrote."""
    found: list[Disagreement] = []
    driver.jobs.run(open_disagreements, done=found.extend)
    driver.settle()
    return [(one.kept.text, one.offered.text) for one in found]


def test_a_rate_typed_over_one_that_was_not_seen_is_kept_beside_it(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    first = record(driver, page).scope[0]
    driver.control(Key.Key_2)
    driver.control(Key.Key_E)
    driver.press(Key.Key_Return)
    driver.type("9")
    edit = ReportEdit(33, first.details, REPORTED)
    other(progress.save_report, report_id=first.id, edit=edit)
    driver.type("1\n")
    driver.settle()
    assert offered(driver) == [("91", "33")]


def test_a_title_typed_over_one_that_was_not_seen_is_kept_beside_it(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    item = record(driver, page).agenda[1]
    driver.press(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    driver.press(Key.Key_Down)
    driver.press(Key.Key_F2)
    driver.control(Key.Key_A)
    driver.type("Titre tap")
    other(meetings.change_item, item_id=item.id, title="D’ailleurs", heading="Au relevé")
    driver.type("é\n")
    driver.settle()
    assert offered(driver) == [("Titre tapé", "D’ailleurs")]
    assert record(driver, page).agenda[1].heading == "Au relevé"


def test_the_rate_of_an_activity_typed_over_another_is_kept_beside_it(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    found = record(driver, page)
    commitment = found.scope[0].commitment
    other(activities.add_activity, commitment_id=commitment.id, title="Former")
    (activity,) = next(
        c for c in record(driver, page).plan.commitments if c.id == commitment.id
    ).activities
    tell = {"meeting_id": found.meeting.id, "activity_id": activity.id}
    other(activities.report_activity, percent=10, details="", **tell)
    driver.control(Key.Key_2)
    driver.settle()
    part = page.hold.progress.activities
    page.hold.progress.go_to(found.scope[0].id, 0, 0)
    part.table.setFocus()
    part.table.setCurrentIndex(part.model.index(0, 2))
    driver.type("4")
    other(activities.report_activity, percent=33, details="Dits ailleurs.", **tell)
    driver.type("0\n")
    driver.settle()
    assert offered(driver) == [("40", "33")]
    (said,) = record(driver, page).scope[0].activities
    assert (said.percent, said.details) == (40, "Dits ailleurs.")


def test_hours_typed_over_others_are_kept_beside_them(
    driver: Driver, page: MeetingPage, other: Callable[..., None]
) -> None:
    found = record(driver, page)
    there = next(a for a in found.attendances if a.presence is Presence.PRESENT)
    driver.control(Key.Key_2)
    driver.settle()
    people = page.hold.people
    people.ui.seats.setFocus()
    people.ui.seats.choose(there.person.id)
    driver.press(Key.Key_H)
    driver.type("09:10")
    hours = {"meeting_id": found.meeting.id, "person_id": there.person.id}
    other(meetings.set_times, arrived=time(9, 20), left=None, **hours)
    driver.press(Key.Key_Return)
    driver.settle()
    assert offered(driver) == [("09:10", "09:20")]


@pytest.mark.parametrize("key", [Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4])
def test_each_choice_between_two_texts_is_told(
    driver: Driver, page: MeetingPage, other: Callable[..., None], key: Key
) -> None:
    driver.control(Key.Key_2)
    driver.press(Key.Key_F3)
    editor = page.hold.points.ui.editors.currentWidget()
    assert isinstance(editor, OutlineEditor)
    before = editor.point_here()
    theirs = PointEdit(before.id, before.level, before.text + " et là-bas")
    other(save_point, point=theirs, seen=before)
    mine = PointEdit(before.id, before.level, before.text + " et ici")
    driver.jobs.run(save_point, point=mine, seen=before)
    driver.settle()
    driver.press(Key.Key_F8)
    driver.settle()
    assert page.shared.bar.isVisible()
    driver.press(key)
    if key == Key.Key_4:
        driver.type("Ni l’un ni l’autre.")
        driver.control(Key.Key_Return)
    driver.settle()
    assert not page.shared.bar.isVisible()
    assert "Le choix est retenu" in driver.window.notice.sentence
