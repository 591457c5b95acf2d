"""A tick on a picture that is no longer true: what somebody else has ticked since is not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import attendance, attending, disagreements, meetings
from pan_desktop.app.disagreements import Choice
from pan_desktop.app.meetings import Noted, Seat
from pan_desktop.domain.model import Presence
from pan_desktop.store.merging.unseen import ANOTHER
from tests.builders import content, dump, filled_database, office_in
from tests.postgres import server
from tests.shared import Client, SharedOffice, filled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.app.office import Office

__all__ = ["filled", "server"]

PRESENT, EXCUSED, ABSENT = Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT
REPRESENTED = Presence.REPRESENTED


class Room:
    """The latest meeting, where Salma looks and Driss has ticked since."""

    def __init__(self, shared: SharedOffice) -> None:
        self.shared = shared
        self.salma, self.driss = shared.client("Salma"), shared.client("Driss")
        self.shared.settle(self.salma, self.driss)
        self.meeting: str = self.salma.run(meetings.list_meetings)[0].id
        self.who, *others = (s.person.id for s in self.seats(self.salma).values() if s.expected)
        self.first, self.second = others[:2]

    def seats(self, client: Client) -> dict[str, Seat]:
        view = client.run(meetings.view_meeting, meeting_id=self.meeting)
        return {seat.person.id: seat for seat in view.seats}

    def picture(self) -> dict[str, Noted]:
        """Return what Salma's window shows."""
        return {person_id: seat.noted for person_id, seat in self.seats(self.salma).items()}

    def begin(self, presence: Presence | None) -> dict[str, Noted]:
        """Have someone noted so for both, and return what Salma's window shows."""
        self.tick(self.salma, presence)
        self.settle()
        return self.picture()

    def tick(
        self, client: Client, presence: Presence | None, seen: dict[str, Noted] | None = None
    ) -> None:
        client.run(
            meetings.set_presence,
            meeting_id=self.meeting,
            person_ids=[self.who],
            presence=presence,
            seen=seen,
        )

    def represent(self, client: Client, by_id: str, seen: dict[str, Noted] | None = None) -> None:
        client.run(
            meetings.represent,
            meeting_id=self.meeting,
            person_id=self.who,
            by_id=by_id,
            seen=seen,
        )

    def meanwhile(self, presence: Presence | None) -> None:
        """Have Driss tick it, and Salma's side know, but not her window."""
        self.tick(self.driss, presence)
        self.shared.settle(self.driss, self.salma)

    def settle(self) -> None:
        self.shared.settle(self.salma, self.driss, self.salma)
        self.shared.agree(self.salma, self.driss)

    def noted(self, client: Client) -> Noted:
        return self.seats(client)[self.who].noted


@pytest.fixture
def room(filled: SharedOffice) -> Room:
    return Room(filled)


@pytest.mark.parametrize("shown", [None, ABSENT], ids=["nothing was noted", "absent was noted"])
@pytest.mark.parametrize("choice", [Choice.KEPT, Choice.OFFERED], ids=["his", "hers"])
def test_two_ticks_wait_for_a_choice(room: Room, shown: Presence | None, choice: Choice) -> None:
    picture = room.begin(shown)
    room.meanwhile(EXCUSED)
    room.tick(room.salma, PRESENT, picture)
    room.settle()
    assert (room.noted(room.salma).presence, room.noted(room.driss).presence) == (PRESENT, EXCUSED)
    (found,) = room.driss.run(disagreements.open_disagreements)
    assert found.where.startswith("présence de")
    assert (found.kept.text, found.offered.text) == ("excusé", "présent")
    assert (found.kept.author, found.offered.author) == ("Driss", "Salma")
    room.driss.run(disagreements.choose, disagreement_id=found.id, choice=choice)
    room.settle()
    chosen = EXCUSED if choice is Choice.KEPT else PRESENT
    assert room.noted(room.salma).presence is room.noted(room.driss).presence is chosen
    assert not room.salma.run(disagreements.open_disagreements)


def test_a_tick_that_is_no_longer_there_is_not_taken_away_with_another(room: Room) -> None:
    picture = room.begin(PRESENT)
    room.meanwhile(EXCUSED)
    room.tick(room.salma, None, picture)
    room.settle()
    assert room.noted(room.salma).presence is room.noted(room.driss).presence is EXCUSED
    room.tick(room.salma, None, room.picture())
    room.settle()
    assert room.noted(room.driss).presence is None


def test_who_changes_nothing_writes_nothing_over(room: Room) -> None:
    picture = room.begin(PRESENT)
    room.meanwhile(EXCUSED)
    room.tick(room.salma, PRESENT, picture)
    room.settle()
    assert room.noted(room.salma).presence is room.noted(room.driss).presence is EXCUSED
    assert not room.salma.run(disagreements.open_disagreements)


def test_the_same_tick_twice_is_one(room: Room) -> None:
    picture = room.begin(None)
    room.meanwhile(PRESENT)
    room.tick(room.salma, PRESENT, picture)
    assert room.salma.pending == 0
    assert room.noted(room.salma).presence is PRESENT


def test_who_came_in_her_place_waits_for_a_choice_too(room: Room) -> None:
    room.represent(room.salma, room.first)
    room.settle()
    picture = room.picture()
    room.meanwhile(EXCUSED)
    room.represent(room.salma, room.second, picture)
    room.settle()
    (found,) = room.salma.run(disagreements.open_disagreements)
    assert (found.kept.text, found.offered.text) == ("excusé", "représenté")
    room.salma.run(disagreements.choose, disagreement_id=found.id, choice=Choice.OFFERED)
    room.settle()
    assert room.noted(room.driss) == Noted(REPRESENTED, room.second)


def test_another_alternate_than_was_shown_waits_for_a_choice(room: Room) -> None:
    room.represent(room.salma, room.first)
    room.settle()
    picture = room.picture()
    room.represent(room.driss, room.second, picture)
    room.shared.settle(room.driss, room.salma)
    room.tick(room.salma, ABSENT, picture)
    room.settle()
    assert room.noted(room.driss) == Noted(REPRESENTED, room.second)
    (found,) = room.salma.run(disagreements.open_disagreements)
    assert found.offered.text == "absent"


def test_a_report_of_the_call_was_read_before_the_other_ticked(room: Room) -> None:
    room.begin(None)
    name = room.seats(room.salma)[room.who].person.name
    listed = f"Nom;Présence\n{name};Présente\n".encode()
    seen = attendance.read_contents(
        room.salma.office, meeting_id=room.meeting, contents=[("liste.csv", listed)]
    )
    room.meanwhile(EXCUSED)
    room.salma.run(attending.apply, seen=seen, decisions=attending.certain(seen))
    room.settle()
    assert room.noted(room.driss).presence is EXCUSED
    (found,) = room.salma.run(disagreements.open_disagreements)
    assert found.offered.text == "présent"


# An office alone ----------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path, filled_database()) as opened:
        yield opened


def test_what_another_program_ticked_is_kept_beside_the_windows(office: Office) -> None:
    meeting = office.run(meetings.list_meetings).result[0].id

    def noted() -> dict[str, Noted]:
        view = office.run(meetings.view_meeting, meeting_id=meeting).result
        return {seat.person.id: seat.noted for seat in view.seats}

    def tick(presence: Presence | None, seen: dict[str, Noted] | None = None) -> None:
        office.run(
            meetings.set_presence,
            meeting_id=meeting,
            person_ids=[who],
            presence=presence,
            seen=seen,
        )

    picture = noted()
    who = next(iter(picture))
    tick(ABSENT)
    seen = noted()
    tick(EXCUSED)
    before = content(dump(office.database))
    tick(None, seen)
    assert content(dump(office.database)) == before
    tick(PRESENT, seen)
    assert noted()[who].presence is PRESENT
    (found,) = office.run(disagreements.open_disagreements).result
    assert (found.offered.text, found.offered.author) == ("excusé", ANOTHER)
