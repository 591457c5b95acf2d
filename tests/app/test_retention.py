"""Details of presence go when their time is over, to the last byte; the relevé stays."""

from __future__ import annotations

import sqlite3
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.app import erasure, history, journal, meetings, retention, safety
from pan_desktop.app.office import Office
from pan_desktop.app.search import search
from pan_desktop.domain.errors import InputError, LockedError, SurroundingsError
from pan_desktop.domain.model import Presence, ReleveState
from pan_desktop.store import engine
from tests.app.test_attendance import DAY, REPORT, Room
from tests.builders import content, dump
from tests.store.safety.test_overlay import busy, full

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2028, 1, 15)
CODE = "visio-4417-secrete"
HELD = ("14:26:03", "16:05:10", "14:44:44", CODE)
"""As they stand in the file: hours of arrival and departure, and how one joined."""


@pytest.fixture
def room(office: Office) -> Room:
    """Give a meeting with a report taken in, hours noted, and how one joins; then issued."""
    made = Room(office)
    made.apply(made.seen(REPORT))
    who = made.people["Zineb FICTIVE"]
    office.run(
        meetings.set_presence,
        meeting_id=made.meeting,
        person_ids=[who],
        presence=Presence.PRESENT,
    )
    office.run(
        meetings.set_times,
        meeting_id=made.meeting,
        person_id=who,
        arrived=time(14, 44, 44),
        left=None,
    )
    office.run(lambda work: work.update("meeting", made.meeting, connection=CODE))
    office.run(lambda work: work.update("meeting", made.meeting, state=ReleveState.ISSUED.value))
    return made


def bytes_of(office: Office) -> bytes:
    """Return all that lies on the disk of the database, while it is open."""
    found = Path(office.database)
    whole = found.read_bytes()
    for end in ("-wal", "-journal"):
        beside = found.with_name(found.name + end)
        whole += beside.read_bytes() if beside.exists() else b""
    return whole


def rows(office: Office) -> dict[str, Any]:
    return content(dump(office.database))


def test_what_would_go_is_told_and_nothing_is_removed(room: Room) -> None:
    before = dump(room.office.database)
    found = room.office.run(retention.preview, before=date(2026, 10, 20)).result
    (one,) = found.meetings
    assert (one.day, one.hours, one.stays, one.reports, one.connection) == (DAY, 2, 2, 1, True)
    assert found.words == (
        "1\u00a0réunion avant le 20 octobre 2026\u00a0: 2\u00a0présences avec heures d’arrivée ou "
        "de départ, 2\u00a0passages dans l’appel, 1\u00a0rapport de présence et 1\u00a0lien de "
        "connexion"
    )
    assert not room.office.run(retention.preview, before=DAY).result
    assert dump(room.office.database) == before


def test_details_go_from_an_issued_meeting_and_all_else_stays(room: Room) -> None:
    before = rows(room.office)
    retention.purge(room.office, before=TODAY, today=TODAY)
    after = rows(room.office)
    assert after["stay"] == after["attendance_file"] == []
    kept = [{**row, "arrived": None, "left": None} for row in before["attendance"]]
    assert after["attendance"] == sorted(kept, key=str)
    assert [row["connection"] for row in after["meeting"]] == [""]
    touched = {"stay", "attendance_file", "attendance", "meeting"}
    assert {name: found for name, found in after.items() if name not in touched} == {
        name: found for name, found in before.items() if name not in touched
    }
    assert [row["state"] for row in after["meeting"]] == ["issued"]
    # Not once more.
    assert not retention.purge(room.office, before=TODAY, today=TODAY)


def test_no_byte_of_it_is_left_in_the_file_or_beside_it(room: Room) -> None:
    whole = bytes_of(room.office)
    assert all(text.encode() in whole for text in HELD)
    retention.purge(room.office, before=TODAY, today=TODAY)
    whole = bytes_of(room.office)
    assert [text for text in HELD if text.encode() in whole] == []
    assert b"2026-10-19" in whole


def test_a_locked_meeting_lets_nothing_else_through(room: Room) -> None:
    retention.purge(room.office, before=TODAY, today=TODAY)
    with pytest.raises(LockedError):
        room.office.run(
            meetings.set_times,
            meeting_id=room.meeting,
            person_id=room.people["Zineb FICTIVE"],
            arrived=time(9),
            left=None,
        )
    with pytest.raises(LockedError):
        room.office.run(lambda work: work.update("meeting", room.meeting, place="Ailleurs"))


def test_a_purge_is_for_good_and_told_in_the_journal(room: Room) -> None:
    retention.purge(room.office, before=TODAY, today=TODAY)
    assert room.office.run(history.undo).result is None
    (line, *_) = room.office.run(journal.entries, subject=room.meeting).result.lines
    assert line.what == (
        "Réunion du 19 octobre 2026 modifiée (connexion), 2\u00a0présences modifiées (arrivée, "
        "départ) et 2\u00a0autres changements"
    )
    assert room.office.run(journal.verify).result.problems == ()


def test_the_search_finds_nothing_of_it(room: Room) -> None:
    retention.purge(room.office, before=TODAY, today=TODAY)
    assert search(room.office, text=CODE) == ()


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 11, 26), 12, date(2025, 11, 26)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 31), 6, date(2026, 6, 30)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
    ],
)
def test_months_are_counted_back(day: date, months: int, earlier: date) -> None:
    assert retention.months_before(day, months) == earlier


def test_the_office_says_how_long_details_are_kept(room: Room) -> None:
    office = room.office
    assert office.run(retention.retention_months).result == 12
    assert office.run(retention.overdue, today=TODAY).result
    assert not office.run(retention.overdue, today=date(2027, 10, 19)).result
    office.run(retention.set_retention, months=" 24 ")
    assert not office.run(retention.overdue, today=TODAY).result
    office.run(retention.set_retention, months="0")
    assert not office.run(retention.overdue, today=date(2099, 1, 1)).result
    for wrong in ("", "un an", "-1", "601", "²"):
        with pytest.raises(InputError):
            office.run(retention.set_retention, months=wrong)
    assert office.run(retention.retention_months).result == 0


def test_a_day_to_come_is_refused(room: Room) -> None:
    before = dump(room.office.database)
    with pytest.raises(InputError, match="n’est pas passée"):
        retention.purge(room.office, before=date(2028, 1, 16), today=TODAY)
    assert dump(room.office.database) == before


def test_who_reads_meanwhile_is_told_that_traces_remain(room: Room) -> None:
    reader = sqlite3.connect(room.office.database)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM plan").fetchone()
    try:
        done = retention.purge(room.office, before=TODAY, today=TODAY)
    finally:
        reader.close()
    assert done.remark == retention.STILL_HELD


# While the database cannot be saved -----------------------------------------------------------


@pytest.fixture
def sheltered(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Give the office of the room, which goes on in memory where its file fails."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    room.office.close()
    opened = Office(room.office.database, data=tmp_path / "données")
    yield opened
    opened.close()


@pytest.mark.parametrize("already", [True, False])
@pytest.mark.parametrize("kind", ["purge", "erase"])
def test_what_is_to_be_gone_is_not_removed_from_memory_alone(
    sheltered: Office, room: Room, tmp_path: Path, already: bool, kind: str
) -> None:
    """Neither when the file failed before, nor when it is then that it fails."""
    who = room.people["Zineb FICTIVE"]
    before = dump(sheltered.database)

    def efface() -> None:
        if kind == "purge":
            retention.purge(sheltered, before=TODAY, today=TODAY)
        else:
            erasure.erase(sheltered, person_id=who)

    with busy(Path(sheltered.database)):
        if already:
            sheltered.run(lambda work: work.insert("institution", name="Archives"))
            assert sheltered.trouble is not None
        with pytest.raises(SurroundingsError, match="rien n’a été effacé"):
            efface()
        assert sheltered.trouble is not None
        assert sheltered.run(retention.preview, before=TODAY).result  # nor is it here
        assert dump(sheltered.database) == before
    assert safety.save_again(sheltered) is not None
    assert sheltered.trouble is None
    efface()
    assert sheltered.run(history.undo).result is None
    gone = HELD if kind == "purge" else ("14:44:44",)
    whole = bytes_of(sheltered)
    whole += b"".join(each.read_bytes() for each in (tmp_path / "données").rglob("*.sqlite3*"))
    assert not [text for text in gone if text.encode() in whole]


def test_a_disk_without_room_for_the_file_anew_is_told(sheltered: Office) -> None:
    with full(Path(sheltered.database).stat().st_size // 2):
        done = retention.purge(sheltered, before=TODAY, today=TODAY)
    assert done.meetings
    assert done.remark == retention.STILL_HELD
    assert not sheltered.run(retention.preview, before=TODAY).result
    assert retention.clear_traces(sheltered) == ""
    assert not [text for text in HELD if text.encode() in bytes_of(sheltered)]
