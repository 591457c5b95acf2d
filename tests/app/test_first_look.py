"""The first screen, read without SQLAlchemy, shows what the store holds."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import meetings, people, plans
from pan_desktop.app.changes import Changes, Kind
from pan_desktop.app.first_look import RECENT, first_look
from pan_desktop.domain.errors import StoreDamagedError, StoreReadOnlyError
from pan_desktop.store.tables import LOCAL, metadata

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office


def test_it_says_what_the_store_says(filled: Office) -> None:
    look = first_look(filled.database)
    assert look is not None
    assert look.plans == len(filled.run(plans.list_plans).result)
    assert look.people == len(filled.run(people.list_people).result)
    lines = filled.run(meetings.list_meetings).result
    assert look.meetings == len(lines)
    assert [(m.id, m.day, m.at, m.body, m.plan, m.present) for m in look.recent] == [
        (line.id, line.day, line.at, line.body, line.plan, line.present) for line in lines
    ]
    assert [(m.known, m.scope) for m in look.recent] == [(16, 16)] * 3


def test_it_lists_the_latest_only_and_rates_that_are_awaited(office: Office) -> None:
    day = date(2024, 1, 1)
    plan_id = office.run(plans.create_plan, label="x", starts=day, ends=day, commitments=2).result
    for n in range(RECENT + 2):
        edit = meetings.MeetingEdit("Comité", day + timedelta(days=n), time(9, n))
        office.run(meetings.create_meeting, plan_id=plan_id, edit=edit, progress_title="A")
    look = first_look(office.database)
    assert look is not None
    assert (look.meetings, len(look.recent)) == (RECENT + 2, RECENT)
    assert look.recent[0].at == time(9, RECENT + 1)
    assert {(m.present, m.known, m.scope) for m in look.recent} == {(0, 0, 2)}


@pytest.mark.parametrize("database", ["postgresql://host/base", "sqlite:///pan.db", "x.db"])
def test_it_waits_for_what_must_be_opened_first(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert first_look(database) is None
    assert list(tmp_path.iterdir()) == []


def test_it_begins_nothing_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnlyError):
        first_look(str(tmp_path / "absent" / "pan.db"))


def test_it_refuses_what_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    file.write_bytes(b"Bonjour" * 1000)
    with pytest.raises(StoreDamagedError):
        first_look(str(file))


def test_every_table_has_a_kind_of_change() -> None:
    # The steps to undo are written beside every change, and shown by no screen.
    assert Changes.of(set(metadata.tables) - LOCAL).kinds == set(Kind)
    assert Changes.of(["plan"]).touch(Kind.PEOPLE, Kind.PLANS)
    assert not Changes.of(["plan"]).touch(Kind.PEOPLE)
    assert not Changes().touch(*Kind)
