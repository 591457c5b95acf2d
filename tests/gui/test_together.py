"""Two secretaries in one meeting: two windows on one real PostgreSQL, each with its own replica."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import QApplication

from pan_desktop.app.conclusions import PointEdit, save_point
from pan_desktop.app.disagreements import count_open
from pan_desktop.app.meetings import list_meetings, view_meeting
from pan_desktop.app.office import Office
from pan_desktop.app.sample import fill_meetings
from pan_desktop.app.sharing import LineStatus
from pan_desktop.domain.model import ItemKind, Presence
from pan_desktop.gui.jobs import Jobs
from pan_desktop.gui.main_window import MainWindow
from pan_desktop.gui.pages.home import HomePage
from pan_desktop.gui.pages.meeting import HOLD, MeetingPage
from pan_desktop.gui.preferences import Preferences
from pan_desktop.gui.widgets.outline_editor import OutlineEditor
from tests.postgres import server
from tests.proxy import Proxy
from tests.shared import SharedOffice, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pan_desktop.domain.model import AgendaItem, MeetingRecord

__all__ = ["server", "shared"]

Key = Qt.Key
SOON = 1000
"""Milliseconds within which each sees what the other does."""


class Desk:
    """One secretary at her window."""

    def __init__(self, url: str, name: str, folder: Path, qtbot: QtBot) -> None:
        self.url, self.name, self.folder, self.qtbot = url, name, folder, qtbot
        self.crashes: list[BaseException] = []
        self.open()

    def open(self) -> None:
        office = Office(self.url, author=self.name, replicas=self.folder, data=self.folder)
        self.jobs = Jobs(office)
        self.jobs.crashed.connect(self.crashes.append)
        self.window = MainWindow(self.jobs, Preferences(), None)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        self.jobs.start()

    def close(self) -> None:
        self.settle()
        self.window.close()
        self.jobs.close()
        self.window.deleteLater()
        QApplication.processEvents()
        assert self.crashes == []

    def connected(self) -> None:
        """Wait until the line stands and everything is sent."""
        line = self.jobs.line
        assert line is not None
        self.until(
            lambda: line.state.status is LineStatus.CONNECTED and not line.state.pending, 10_000
        )

    def until(self, seen: Callable[[], bool], within: int = SOON) -> None:
        self.qtbot.waitUntil(seen, timeout=within)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.idle, timeout=20_000)

    def enter(self, meeting_id: str) -> MeetingPage:
        """Open the meeting, as it is held."""
        self.window.open_meeting(meeting_id)
        self.settle()
        found = self.window._pages["meeting"]
        assert isinstance(found, MeetingPage)
        self.page = found
        found.ui.moments.setCurrentIndex(HOLD)
        self.settle()
        return found

    def editor(self) -> OutlineEditor:
        """Go to the points and return the editor."""
        self.page.hold.enter_points()
        found = self.page.hold.points.ui.editors.currentWidget()
        assert isinstance(found, OutlineEditor)
        return found

    def record(self) -> MeetingRecord:
        """Return what her replica holds."""
        found: list[MeetingRecord] = []
        self.jobs.run(
            view_meeting,
            done=lambda view: found.append(view.record),
            meeting_id=self.page.meeting_id,
        )
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]


@pytest.fixture
def meeting_id(shared: SharedOffice, tmp_path: Path) -> str:
    """Fill the office with the sample and return its latest meeting."""
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "preferences")
    )
    first = shared.client("Administratrice")
    first.run(fill_meetings)
    shared.settle(first)
    return str(first.run(list_meetings)[0].id)


@pytest.fixture
def desks(
    shared: SharedOffice, meeting_id: str, qtbot: QtBot, tmp_path: Path
) -> Iterator[tuple[Desk, Desk]]:
    """Seat two secretaries in the same meeting."""
    names = ("Mme Salma AZROUNI", "M. Driss BENJELLOUN")
    made = []
    for name in names:  # one after the other: a process makes one database at a time
        made.append(Desk(shared.url, name, tmp_path / name[-4:], qtbot))
        made[-1].connected()
        made[-1].enter(meeting_id)
    yield made[0], made[1]
    for desk in made:
        desk.close()


def points_item(record: MeetingRecord) -> AgendaItem:
    return next(item for item in record.agenda if item.kind is ItemKind.POINTS and item.discussed)


def texts(editor: OutlineEditor) -> list[str]:
    return [point.text for point in editor.points()]


def test_what_is_typed_without_the_line_arrives_once_also_after_a_new_start(
    shared: SharedOffice, meeting_id: str, qtbot: QtBot, tmp_path: Path
) -> None:
    with Proxy(shared.server.port) as wire:
        url = shared.server.url(shared.database, port=wire.port)
        salma = Desk(url, "Mme Salma AZROUNI", tmp_path / "salma", qtbot)
        salma.connected()
        salma.enter(meeting_id)
        edit = salma.editor()
        before = edit.point_here()
        qtbot.keyClicks(edit, " avant")
        salma.connected()
        wire.refuse = True
        wire.cut()
        line = salma.jobs.line
        assert line is not None
        qtbot.keyClicks(edit, " pendant")
        salma.until(lambda: "hors ligne depuis" in salma.window.windowTitle(), 10 * SOON)
        salma.until(lambda: "en attente" in salma.window.windowTitle(), 10 * SOON)
        assert "gardés sur ce poste" in salma.window.notice.sentence
        salma.close()
        salma.open()  # still without the line
        salma.enter(meeting_id)
        edit = salma.editor()
        assert edit.point_here().text == f"{before.text} avant pendant"
        qtbot.keyClicks(edit, " encore")
        salma.settle()
        wire.refuse = False
        assert salma.jobs.line is not None
        salma.jobs.line.retry()
        salma.connected()
        assert salma.window.windowTitle().endswith("– partagé")
        driss = shared.client("M. Driss BENJELLOUN")
        shared.settle(driss)
        (found,) = (
            point.text
            for item in driss.run(view_meeting, meeting_id=meeting_id).record.agenda
            for point in item.conclusions
            if point.id == before.id
        )
        assert found == f"{before.text} avant pendant encore"
        assert driss.run(count_open) == 0
        salma.close()


def test_one_ticks_people_while_the_other_types(desks: tuple[Desk, Desk], qtbot: QtBot) -> None:
    salma, driss = desks
    there = next(line for line in salma.page.hold.people._lines if not line.present)
    edit, same = driss.editor(), salma.editor()
    qtbot.keyClicks(edit, "Premier mot, ")
    people = salma.page.hold.people
    people.enter()
    qtbot.keyClicks(people.ui.filter, there.seat.person.name.split()[-1])
    qtbot.keyClick(people.ui.filter, Key.Key_Return)
    qtbot.keyClicks(edit, "puis un autre")

    def ticked() -> bool:
        seats = {line.id: line.present for line in driss.page.hold.people._lines}
        return seats[there.id]

    driss.until(ticked)
    salma.until(lambda: texts(same)[-1].endswith("Premier mot, puis un autre"))
    assert texts(edit)[-1].endswith("Premier mot, puis un autre")
    for desk in desks:
        desk.connected()
    for desk in desks:
        item = points_item(desk.record())
        assert item.conclusions[-1].text.endswith("Premier mot, puis un autre")
        seat = next(a for a in desk.record().attendances if a.person.id == there.id)
        assert seat.presence is Presence.PRESENT


def test_who_writes_where_is_seen(desks: tuple[Desk, Desk], qtbot: QtBot) -> None:
    salma, driss = desks
    salma.window.activateWindow()
    salma.page.hold.people.enter()
    QApplication.processEvents()
    strip = driss.page.shared.strip
    assert strip is not None
    driss.until(lambda: strip.words == ["Mme Salma AZROUNI tient les présences"])
    driss.until(lambda: strip.isVisible() and strip.width() >= strip.sizeHint().width() > 100)
    edit = salma.editor()
    edit.setFocus()
    here = edit.point_here().id
    driss.until(lambda: bool(strip.words) and "écrit sous" in strip.words[0])
    driss.editor()
    margin = driss.page.shared._margins[0]
    driss.until(lambda: here in margin._marks)
    assert margin._marks[here].writers == ("Mme Salma AZROUNI",)
    salma.window.go("home")
    driss.until(lambda: strip.words == [])
    assert here not in margin._marks


def test_one_point_changed_by_both_shows_both_texts_until_someone_chooses(
    desks: tuple[Desk, Desk], qtbot: QtBot
) -> None:
    salma, driss = desks
    edits = [desk.editor() for desk in desks]
    before = edits[0].point_here()
    # Neither has seen the other's when both have typed: the lines are held for a moment.
    for desk, words in ((salma, " selon Salma"), (driss, " selon Driss")):
        point = PointEdit(before.id, before.level, before.text + words)
        desk.jobs.run(save_point, point=point, seen=before)
    bars = [desk.page.shared.bar for desk in desks]
    for desk, bar in zip(desks, bars, strict=True):
        desk.until(lambda bar=bar: bar.isVisible(), 3 * SOON)  # type: ignore[misc]
        found = bar.shown
        assert found is not None
        assert {found.kept.text, found.offered.text} == {
            f"{before.text} selon Salma",
            f"{before.text} selon Driss",
        }
    driss.until(lambda: "bloquant" in driss.page.checks.summary.text(), 5 * SOON)
    driss.window.go("home")
    home = driss.window._pages["home"]
    assert isinstance(home, HomePage)
    driss.until(lambda: home.choices is not None and home.choices.isVisible(), 3 * SOON)
    assert home.choices is not None
    assert "1\u00a0choix à faire entre deux textes" in home.choices.text()
    home.choices.click()
    driss.settle()
    driss.until(driss.page.shared._has_keyboard)
    driss.window.activateWindow()
    qtbot.keyClick(bars[1], Key.Key_Escape)
    qtbot.keyClick(edits[1], Key.Key_F8)
    assert driss.page.shared._has_keyboard()
    qtbot.keyClick(bars[1], Key.Key_3)  # both
    for desk, bar in zip(desks, bars, strict=True):
        desk.until(lambda bar=bar: not bar.isVisible(), 3 * SOON)  # type: ignore[misc]
        assert desk.page.shared.found == ()
    for desk, edit in zip(desks, edits, strict=True):
        desk.until(
            lambda edit=edit: (
                {f"{before.text} selon Salma", f"{before.text} selon Driss"} <= set(texts(edit))
            ),  # type: ignore[misc]
            3 * SOON,
        )
