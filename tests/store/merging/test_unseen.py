"""What a window saves does not put away what the command line wrote since the window looked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import history, meetings
from pan_desktop.app.conclusions import PointEdit, save_point
from pan_desktop.app.disagreements import open_disagreements
from pan_desktop.store.merging.unseen import ANOTHER
from tests.builders import dump, filled_database, office_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.app.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path, filled_database()) as opened:
        yield opened


def point(office: Office) -> PointEdit:
    latest = office.run(meetings.list_meetings).result[0].id
    record = office.run(meetings.view_meeting, meeting_id=latest).result.record
    return PointEdit.of(next(p for item in record.agenda for p in item.conclusions))


def write(office: Office, seen: PointEdit, text: str) -> PointEdit:
    edit = PointEdit(seen.id, seen.level, text, seen.marks, seen.numbered, seen.kind)
    office.save(f"point/{seen.id}", save_point, point=edit, seen=seen)
    return edit


def meanwhile(office: Office, sql: str, *values: object) -> None:
    """Write beside the window, as a command does."""
    with closing(sqlite3.connect(office.database)) as other, other:
        other.execute(sql, values)


TEXT = "UPDATE conclusion SET text = ?, version = version + 1 WHERE id = ?"


def test_the_words_of_another_program_are_kept_beside_the_windows(office: Office) -> None:
    seen = point(office)
    meanwhile(office, TEXT, "Dit par la commande.", seen.id)
    mine = write(office, seen, "Dit dans la fenêtre")
    assert point(office).text == mine.text
    (kept,) = dump(office.database)["disagreement"]
    assert kept["author"] == ANOTHER
    assert "Dit par la commande." in kept["offered"]
    (seen_so,) = office.run(open_disagreements).result
    assert (seen_so.kept.yours, seen_so.offered.yours) == (True, False)
    # What is typed next is seen: it is no further disagreement.
    write(office, mine, "Dit dans la fenêtre.")
    (still,) = dump(office.database)["disagreement"]
    assert still["offered"] == kept["offered"]


def test_who_has_seen_it_writes_over_it(office: Office) -> None:
    meanwhile(office, TEXT, "Dit par la commande.", point(office).id)
    write(office, point(office), "Dit dans la fenêtre")
    assert dump(office.database)["disagreement"] == []


def test_the_same_words_and_other_columns_are_no_disagreement(office: Office) -> None:
    seen = point(office)
    meanwhile(office, TEXT, "Dit par les deux.", seen.id)
    meanwhile(office, "UPDATE conclusion SET position = position + 0.25 WHERE id = ?", seen.id)
    write(office, seen, "Dit par les deux.")
    assert dump(office.database)["disagreement"] == []


def test_undo_takes_both_back(office: Office) -> None:
    seen = point(office)
    meanwhile(office, TEXT, "Dit par la commande.", seen.id)
    write(office, seen, "Dit dans la fenêtre")
    went = office.run(history.undo).result
    assert went is not None
    assert not went.refused
    assert dump(office.database)["disagreement"] == []
