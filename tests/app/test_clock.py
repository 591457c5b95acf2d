"""A clock that jumps, a machine that sleeps: nothing is lost, joined or told in another order."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import history, meetings, safety
from pan_desktop.app.conclusions import PointEdit, save_point
from pan_desktop.app.journal import entries, verify
from pan_desktop.app.office import Office
from pan_desktop.domain import ids
from pan_desktop.store import engine
from tests.builders import dump, filled_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.domain.model import Conclusion
    from pan_desktop.store.unit_of_work import UnitOfWork

JUMPS = [timedelta(hours=-1), timedelta(days=-400), timedelta(hours=9)]


class Clock:
    """The only thing that is not real."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 26, 14, 52, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    made = Clock()
    monkeypatch.setattr(time, "time_ns", lambda: int(made.at.timestamp() * 1_000_000_000))
    kept = ids._last
    yield made
    ids._last = kept


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "pan.sqlite3"
    made.write_bytes(filled_database())
    return made


@pytest.fixture
def office(file: Path, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    made = Office(str(file), now=clock, data=tmp_path / "données")
    yield made
    made.close()


def point(office: Office) -> Conclusion:
    latest = office.run(meetings.list_meetings).result[0].id
    record = office.run(meetings.view_meeting, meeting_id=latest).result.record
    return next(p for item in record.agenda for p in item.conclusions)


def write(office: Office, text: str) -> None:
    edit = PointEdit.of(point(office))
    changed = PointEdit(edit.id, edit.level, text)
    office.save(f"point/{edit.id}", save_point, point=changed)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_jump_of_the_clock_begins_a_new_step(
    office: Office, clock: Clock, jump: timedelta
) -> None:
    write(office, "Avant")
    clock.at += jump
    write(office, "Avant, après")
    office.run(history.undo)
    assert point(office).text == "Avant"


@pytest.mark.parametrize("jump", JUMPS)
def test_undo_goes_back_in_the_order_in_which_things_were_done(
    office: Office, clock: Clock, jump: timedelta
) -> None:
    write(office, "Un")
    office.close()
    clock.at += jump
    ids._last = 0  # the program was started again: it knows of no identifier yet
    write(office, "Deux")
    office.run(history.undo)
    assert point(office).text == "Un"
    office.run(history.redo)
    assert point(office).text == "Deux"


@pytest.mark.parametrize("jump", JUMPS)
def test_the_journal_tells_in_the_order_in_which_things_were_done(
    office: Office, clock: Clock, jump: timedelta
) -> None:
    write(office, "Un")
    clock.at += jump
    office.run(_name, name="Archives")
    newest, before = office.run(entries, limit=2).result.lines
    assert "organisme" in newest.what.lower() + newest.about.lower()
    assert int(newest.id) == int(before.id) + 1
    assert office.run(verify).result.problems == ()


def _name(work: UnitOfWork, *, name: str) -> None:
    work.insert("institution", name=name)


@pytest.mark.parametrize("jump", JUMPS)
def test_what_waits_through_a_jump_arrives_in_order(
    office: Office, file: Path, clock: Clock, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    office.open()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for text in ("Le", "Le comité", "Le comité prend"):
            write(office, text)
            clock.at += jump
        office.run(_name, name="Archives")
        other.execute("ROLLBACK")
    done = safety.save_again(office)
    assert done is not None
    assert (done.number, done.disagreements) == (4, 0)
    assert point(office).text == "Le comité prend"
    assert dump(file)["disagreement"] == []
