"""What the window says of the line: in the title always, in the message bar once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, Signal

from pan_desktop.app.sharing import LineState, LineStatus
from pan_desktop.domain.errors import InputError
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.shared_password_dialog import SharedPasswordDialog
from pan_desktop.gui.shared import line_watch
from pan_desktop.gui.shared.line_watch import LineWatch
from pan_desktop.store.shared.failures import (
    OLDER,
    OLDER_AND_YOURS,
    REFUSED_NAME,
    UNREACHABLE,
)
from pan_desktop.store.shared.upgrading import Upgraded

if TYPE_CHECKING:
    from tests.gui.conftest import Driver

SINCE = datetime(2026, 10, 14, 12, 52, tzinfo=UTC)
CONNECTED = LineState(LineStatus.CONNECTED, SINCE)
OFFLINE = LineState(LineStatus.OFFLINE, SINCE, pending=12, sentence=UNREACHABLE)
REFUSED = LineState(LineStatus.REFUSED, SINCE, pending=1, sentence=REFUSED_NAME)


class BadLine(QObject):
    """A line that fails as it is told to."""

    line_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.state = CONNECTED
        self.retried = 0
        self.passwords: list[str] = []

    def turn(self, state: LineState) -> None:
        self.state = state
        self.line_changed.emit(state)

    def retry(self) -> None:
        self.retried += 1

    def use_password(self, password: str) -> None:
        self.passwords.append(password)


@pytest.fixture
def line(driver: Driver) -> BadLine:
    made = BadLine()
    window = driver.window
    watch = LineWatch(driver.jobs, made, window.notice, window)  # type: ignore[arg-type]
    watch.told.connect(window.saving.say_line)
    made.watch = watch  # type: ignore[attr-defined]  # kept as long as the line
    return made


def test_the_title_says_how_it_stands_and_the_bar_says_it_once(
    driver: Driver, line: BadLine
) -> None:
    title, notice = driver.window.windowTitle, driver.window.notice
    line.turn(CONNECTED)
    assert title().endswith("– partagé")
    assert notice.sentence == ""
    line.turn(OFFLINE)
    at = f"{SINCE.astimezone():%H:%M}"
    assert title().endswith(f"– hors ligne depuis {at}, 12\u00a0changements en attente")
    assert notice.sentence == UNREACHABLE
    driver.qtbot.mouseClick(notice._buttons[0], Qt.MouseButton.LeftButton)
    assert line.retried == 1
    notice.hide()
    line.turn(LineState(LineStatus.OFFLINE, SINCE, pending=13, sentence=UNREACHABLE))
    assert notice.sentence == ""
    assert "13\u00a0changements en attente" in title()
    line.turn(CONNECTED)
    assert "répond de nouveau" in notice.sentence


def test_what_happened_to_the_server_is_told_once_and_stays(driver: Driver, line: BadLine) -> None:
    notice = driver.window.notice
    line.turn(CONNECTED)
    line.turn(OFFLINE)
    line.turn(replace(CONNECTED, remark="Le serveur est revenu à un état plus ancien."))
    assert notice.sentence == "Le serveur est revenu à un état plus ancien."
    notice.pass_on()
    assert notice.sentence
    notice.hide()
    line.turn(replace(CONNECTED, remark="Le serveur est revenu à un état plus ancien.", pending=1))
    assert notice.sentence == ""


def test_an_office_of_an_older_program_is_brought_up_to_date_by_who_may(
    driver: Driver, line: BadLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[object] = [InputError("Refusé."), Upgraded(3, Path("avant.sqlite3"))]
    asked: list[str | None] = []

    def upgrade(_office: object, *, now: datetime, password: str | None) -> object:
        assert now.tzinfo is not None
        asked.append(password)
        answer = answers.pop(0)
        if isinstance(answer, InputError):
            raise answer
        return answer

    monkeypatch.setattr(line_watch, "upgrade_office", upgrade)
    notice = driver.window.notice

    def first() -> str:
        return notice._buttons[0].text().replace("&", "")

    line.turn(CONNECTED)
    line.turn(replace(REFUSED, sentence=OLDER))
    assert first().endswith("Réessayer")
    line.turn(replace(REFUSED, sentence=OLDER_AND_YOURS))
    assert driver.window.findChildren(ConfirmDialog) == []  # nothing comes by itself

    def choose() -> None:
        assert first() == "Mettre à jour la base…"
        driver.qtbot.mouseClick(notice._buttons[0], Qt.MouseButton.LeftButton)
        dialog = next(d for d in driver.window.findChildren(ConfirmDialog) if d.isVisible())
        dialog.accept()

    choose()
    driver.qtbot.waitUntil(lambda: notice.sentence == "Refusé.")
    choose()
    driver.qtbot.waitUntil(lambda: "avant.sqlite3" in notice.sentence)
    assert (asked, line.retried) == ([None, None], 1)
    line.turn(CONNECTED)
    assert "avant.sqlite3" in notice.sentence  # not only that the server answers again
    line.turn(OFFLINE)
    line.turn(CONNECTED)
    assert "répond de nouveau" in notice.sentence


@pytest.mark.parametrize("kept", [True, False])
def test_a_refused_password_is_asked_for_and_kept_only_if_ticked(
    driver: Driver, line: BadLine, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    stored: list[str] = []

    def keep(_address: str, password: str) -> bool:
        stored.append(password)
        return True

    monkeypatch.setattr(line_watch, "keep_password", keep)
    line.turn(REFUSED)
    notice = driver.window.notice
    assert notice.sentence == REFUSED_NAME
    assert driver.window.findChildren(SharedPasswordDialog) == []  # nothing comes by itself
    driver.qtbot.mouseClick(notice._buttons[0], Qt.MouseButton.LeftButton)
    (dialog,) = driver.window.findChildren(SharedPasswordDialog)
    dialog.activateWindow()
    driver.settle()
    assert driver.focus is dialog.password
    assert not dialog.go.isEnabled()
    driver.type("mot de passe")
    if kept:
        driver.alt(Qt.Key.Key_G)
        driver.qtbot.waitUntil(dialog.kept.isChecked)
        driver.alt(Qt.Key.Key_M)
        assert dialog.password.hasFocus()
    driver.press(Qt.Key.Key_Return)
    assert line.passwords == ["mot de passe"]
    driver.settle()
    assert stored == []  # not before the server has taken it
    line.turn(CONNECTED)
    driver.settle()
    assert stored == (["mot de passe"] if kept else [])


def test_who_may_only_read_is_told_once_and_writes_nothing(driver: Driver, line: BadLine) -> None:
    reads = LineState(LineStatus.CONNECTED, SINCE, may_write=False)
    line.turn(reads)
    assert "lecture seule" in driver.window.windowTitle()
    assert "le droit de lire" in driver.window.notice.sentence
    assert driver.jobs.refusal
    driver.settle()
    driver.window.notice.hide()
    line.turn(reads)
    assert driver.window.notice.sentence == ""
    line.turn(CONNECTED)
    assert driver.jobs.refusal == ""


def test_who_is_given_the_right_still_only_reads_where_another_window_writes(
    driver: Driver, line: BadLine
) -> None:
    held = "La base est ouverte par Salma Azrouni."
    driver.jobs.refuse_writing(held)
    line.turn(LineState(LineStatus.CONNECTED, SINCE, may_write=False))
    assert driver.jobs.refusal
    line.turn(CONNECTED)
    assert driver.jobs.refusal == held
    driver.jobs.refuse_writing("")
    assert driver.jobs.refusal == ""
