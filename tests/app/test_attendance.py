"""Who was in the call: read, recognised, written in one step, and nothing more than needed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import attendance, attending, history, meetings, people, plans
from pan_desktop.app.attending import Decision, Settled
from pan_desktop.app.likeness import MatchKind
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.app.people import MandateEdit, PersonEdit
from pan_desktop.domain.errors import InputError, LockedError, NotFoundError
from pan_desktop.domain.model import Civility, Presence, Role
from tests.builders import content, dump

if TYPE_CHECKING:
    from pan_desktop.app.attendance import Preview
    from pan_desktop.app.attending import Applied
    from pan_desktop.app.meetings import Seat
    from pan_desktop.app.office import Office


DAY = date(2026, 10, 19)
ADDRESS = "a.benexemple@example.org"
REPORT = (
    "Name\tJoin Time\tLeave Time\tEmail\n"
    f"Amina BENEXEMPLE\t10/19/26, 2:26:03 PM\t10/19/26, 3:00:00 PM\t{ADDRESS}\n"
    f"Amina BENEXEMPLE\t10/19/26, 3:10:00 PM\t10/19/26, 4:05:10 PM\t{ADDRESS}\n"
    "Noureddine Temoin\t10/19/26, 2:30:44 PM\t10/19/26, 2:47:15 PM\tn.temoin@example.net\n"
    "Rim INCONNUE (Externe)\t10/19/26, 2:40:00 PM\t10/19/26, 3:00:00 PM\tr.inconnue@example.net\n"
    "+212 5 37 00 00 00\t10/19/26, 2:36:10 PM\t10/19/26, 3:58:30 PM\t\n"
    "Zineb\t10/19/26, 2:36:10 PM\t10/19/26, 3:58:30 PM\t\n"
).encode("utf-16")
LATER = (
    "Nom;Heure d’arrivée;Heure de départ\n"
    "Amina Benexemple;19/10/2026 16:10:00;19/10/2026 16:20:00\n"
).encode()
NAMES = ("Amina BENEXEMPLE", "Nouredine TÉMOIN", "Zineb FICTIVE", "Hajar BENEXEMPLE")


class Room:
    """An office with a meeting on the day of the reports, and four people expected."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.plan = office.run(
            plans.create_plan,
            label="2024-2027",
            starts=date(2024, 1, 1),
            ends=date(2027, 12, 31),
            commitments=5,
        ).result
        self.people = {
            name: office.run(
                people.add_person,
                person=PersonEdit(Civility.MADAME, name),
                mandate=self.mandate(number),
            ).result
            for number, name in enumerate(NAMES, 1)
        }
        edit = MeetingEdit("Comité de suivi", DAY, time(14, 30))
        self.meeting = office.run(
            meetings.create_meeting, plan_id=self.plan, edit=edit, progress_title="Avancement"
        ).result

    def mandate(self, number: int) -> MandateEdit:
        return MandateEdit(self.plan, Role.FOCAL_POINT, (number,), date(2024, 1, 1))

    def seen(self, *contents: bytes) -> Preview:
        named = [(f"rapport{n}.csv", content) for n, content in enumerate(contents)]
        return attendance.read_contents(self.office, meeting_id=self.meeting, contents=named)

    def apply(self, seen: Preview, *decisions: Decision, least: int = 0) -> Applied:
        chosen = (*attending.certain(seen), *decisions)
        return self.office.run(attending.apply, seen=seen, decisions=chosen, least=least).result

    def seat(self, name: str) -> Seat:
        view = self.office.run(meetings.view_meeting, meeting_id=self.meeting).result
        return next(seat for seat in view.seats if seat.person.name == name)

    def rows(self) -> str:
        return json.dumps(content(dump(self.office.database)), ensure_ascii=False, default=str)


@pytest.fixture
def room(office: Office) -> Room:
    return Room(office)


def _id(seen: Preview, shown: str) -> str:
    return next(c.id for c in seen.people if c.shown == shown)


def test_reading_writes_nothing_and_says_who_is_who(room: Room) -> None:
    before = room.rows()
    seen = room.seen(REPORT)
    assert room.rows() == before
    kinds = {c.shown: c.match.kind for c in seen.people}
    assert kinds == {
        "Amina BENEXEMPLE": MatchKind.CERTAIN,
        "Noureddine Temoin": MatchKind.PROPOSED,
        "Rim INCONNUE (Externe)": MatchKind.NONE,
        "+212 5 37 00 00 00": MatchKind.NONE,
        "Zineb": MatchKind.NONE,
    }
    amina = seen.people[0]
    assert amina.seconds == (33 * 60 + 57) + (55 * 60 + 10)
    assert seen.people[4].match.candidates[0].name == "Zineb FICTIVE"


def test_what_is_certain_is_written_in_one_step_that_can_be_taken_back(room: Room) -> None:
    before = content(dump(room.office.database))
    done = room.apply(room.seen(REPORT))
    assert (done.present, done.new) == (1, 0)
    assert len(done.waiting) == 4
    seat = room.seat("Amina BENEXEMPLE")
    assert seat.presence is Presence.PRESENT
    assert (seat.arrived, seat.left) == (time(14, 26, 3), time(16, 5, 10))
    assert seat.speaks_for == ((Role.FOCAL_POINT, 1),)
    assert room.seat("Nouredine TÉMOIN").presence is None
    went = room.office.run(history.undo).result
    assert went is not None
    assert went.words == "la présence de Mme Amina BENEXEMPLE"
    assert content(dump(room.office.database)) == before


def test_the_same_report_twice_changes_nothing(room: Room) -> None:
    room.apply(room.seen(REPORT))
    before = dump(room.office.database)
    seen = room.seen(REPORT)
    assert seen.sources[0].known
    room.apply(seen)
    assert dump(room.office.database) == before


def test_a_second_report_is_joined_to_the_first(room: Room) -> None:
    room.apply(room.seen(REPORT))
    room.apply(room.seen(LATER))
    assert room.seat("Amina BENEXEMPLE").left == time(16, 20)
    found = dump(room.office.database)
    assert len(found["stay"]) == 3
    assert [row["lines"] for row in found["attendance_file"]] in (["2", "2-3"], ["2-3", "2"])


def test_several_reports_read_together_know_one_person(room: Room) -> None:
    seen = room.seen(REPORT, LATER)
    amina = next(c for c in seen.people if c.email == ADDRESS)
    assert len(amina.stays) == 3
    assert {stay.source for stay in amina.stays} == {0, 1}


def test_a_confirmed_name_is_certain_the_next_time(room: Room) -> None:
    seen = room.seen(REPORT)
    who = room.people["Nouredine TÉMOIN"]
    decision = Decision(_id(seen, "Noureddine Temoin"), Settled.PERSON, who, keep_email=True)
    room.apply(seen, decision)
    assert room.seat("Nouredine TÉMOIN").presence is Presence.PRESENT
    (card,) = [p for p in room.seen(REPORT).known if p.id == who]
    assert card.aliases == ("Noureddine Temoin",)
    assert card.email == "n.temoin@example.net"
    again = next(c for c in room.seen(REPORT).people if c.shown == "Noureddine Temoin")
    assert again.match.kind is MatchKind.CERTAIN


def test_an_address_is_kept_only_when_asked_and_never_replaces_another(room: Room) -> None:
    seen = room.seen(REPORT)
    room.apply(seen)
    assert ADDRESS not in room.rows()
    who = room.people["Amina BENEXEMPLE"]
    card = PersonEdit(Civility.MADAME, "Amina BENEXEMPLE", email="autre@example.org")
    room.office.run(people.change_person, person_id=who, person=card)
    room.apply(seen, Decision(seen.people[0].id, Settled.PERSON, who, keep_email=True))
    assert ADDRESS not in room.rows()


def test_someone_unexpected_becomes_a_guest_or_gets_a_mandate(room: Room) -> None:
    seen = room.seen(REPORT)
    guest = PersonEdit(Civility.MADAME, "Rim INCONNUE")
    rim = _id(seen, "Rim INCONNUE (Externe)")
    done = room.apply(seen, Decision(rim, Settled.NEW, card=guest))
    assert (done.present, done.new) == (2, 1)
    seat = room.seat("Rim INCONNUE")
    assert (seat.presence, seat.speaks_for) == (Presence.PRESENT, ())
    room.office.run(history.undo)
    room.apply(seen, Decision(rim, Settled.NEW, card=guest, mandate=room.mandate(5)))
    assert room.seat("Rim INCONNUE").speaks_for == ((Role.FOCAL_POINT, 5),)


def test_one_new_person_on_two_devices_gets_one_card(room: Room) -> None:
    seen = room.seen(REPORT)
    guest = PersonEdit(Civility.MADAME, "Rim INCONNUE")
    both = (_id(seen, "Rim INCONNUE (Externe)"), _id(seen, "+212 5 37 00 00 00"))
    done = room.apply(seen, *(Decision(one, Settled.NEW, card=guest) for one in both))
    assert (done.present, done.new) == (2, 1)
    assert len([p for p in room.seen(REPORT).known if p.name == "Rim INCONNUE"]) == 1
    assert room.seat("Rim INCONNUE").left == time(15, 58, 30)


def test_no_number_and_no_file_is_kept(room: Room) -> None:
    """Law 09-08: a number called from is shown, and stored nowhere, not even as another name."""
    seen = room.seen(REPORT)
    phone = next(c for c in seen.people if c.phone)
    zineb = Decision(phone.id, Settled.PERSON, room.people["Zineb FICTIVE"])
    room.apply(seen, zineb)
    assert room.seat("Zineb FICTIVE").presence is Presence.PRESENT
    kept = Path(room.office.database).read_bytes()
    for suffix in ("-wal",):
        log = Path(f"{room.office.database}{suffix}")
        kept += log.read_bytes() if log.exists() else b""
    for never in (b"+212", b"37 00 00", b"rapport0.csv", b"r.inconnue"):
        assert never not in kept


def test_who_stayed_too_briefly_is_not_present(room: Room) -> None:
    seen = room.seen(REPORT)
    who = room.people["Nouredine TÉMOIN"]
    decision = Decision(_id(seen, "Noureddine Temoin"), Settled.PERSON, who)
    done = room.apply(seen, decision, least=20 * 60)
    assert done.short == ("Noureddine Temoin",)
    assert room.seat("Nouredine TÉMOIN").presence is None
    assert room.seat("Amina BENEXEMPLE").presence is Presence.PRESENT


def test_typed_hours_stand(room: Room) -> None:
    who = room.people["Amina BENEXEMPLE"]
    room.office.run(
        meetings.set_presence,
        meeting_id=room.meeting,
        person_ids=[who],
        presence=Presence.PRESENT,
    )
    room.office.run(
        meetings.set_times,
        meeting_id=room.meeting,
        person_id=who,
        arrived=time(14, 0),
        left=None,
    )
    room.apply(room.seen(REPORT))
    seat = room.seat("Amina BENEXEMPLE")
    assert (seat.arrived, seat.left) == (time(14, 0), time(16, 5, 10))


def test_a_list_excuses_but_never_against_what_was_seen(room: Room) -> None:
    listed = "Nom;Présence\nAmina BENEXEMPLE;Excusée\nHajar BENEXEMPLE;Absente\n".encode()
    done = room.apply(room.seen(listed))
    assert (done.excused, done.absent) == (1, 1)
    assert room.seat("Amina BENEXEMPLE").presence is Presence.EXCUSED
    room.apply(room.seen(REPORT))
    assert room.seat("Amina BENEXEMPLE").presence is Presence.PRESENT
    room.apply(room.seen(listed))
    assert room.seat("Amina BENEXEMPLE").presence is Presence.PRESENT


def test_a_pasted_list_is_read_too(room: Room) -> None:
    text = "- Amina BENEXEMPLE\n- Hajar Benexemple\nExcusée :\nZineb FICTIVE\n"
    seen = attendance.read_pasted(room.office, meeting_id=room.meeting, text=text)
    done = room.apply(seen)
    assert (done.present, done.excused) == (2, 1)


def test_an_issued_relevé_stays_as_it_is(room: Room, tmp_path: Path) -> None:
    seen = room.seen(REPORT)
    room.office.run(_issue, meeting_id=room.meeting)
    before = dump(room.office.database)
    with pytest.raises(LockedError, match="diffusé"):
        room.apply(seen)
    assert dump(room.office.database) == before


def _issue(work: object, *, meeting_id: str) -> None:
    work.update("meeting", meeting_id, state="issued")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (b"", "vide"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0" * 9, "texte"),
        (b"Date;Montant\n2026-10-19;12\n", "liste de noms"),
        (REPORT.decode("utf-16").replace("10/19/26", "10/20/26").encode(), "20 octobre 2026"),
        (REPORT[: -len("Zineb\t10/19/26, 2:36:10 PM\t10") * 2], "s’arrête au milieu"),
        (b"a" * (attendance.LARGEST + 1), "gros"),
    ],
)
def test_a_file_that_is_no_report_gets_one_sentence(room: Room, found: bytes, said: str) -> None:
    before = dump(room.office.database)
    with pytest.raises(InputError, match=said) as caught:
        room.seen(found)
    assert caught.value.sentence.endswith(".")
    assert dump(room.office.database) == before


def test_a_file_or_meeting_that_does_not_exist(room: Room, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        attendance.read_files(room.office, meeting_id=room.meeting, files=[tmp_path / "x.csv"])
    with pytest.raises(NotFoundError):
        attendance.read_contents(room.office, meeting_id="x", contents=[("a.csv", REPORT)])


def test_a_person_removed_meanwhile_is_told(room: Room) -> None:
    seen = room.seen(REPORT)
    gone = replace(attending.certain(seen)[0], person_id="x")
    before = dump(room.office.database)
    with pytest.raises(InputError, match="n’existe plus"):
        room.office.run(attending.apply, seen=seen, decisions=[gone])
    assert dump(room.office.database) == before
