"""Meetings: their moment, their agenda, who is expected and who came."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app import meetings, people, plans
from pan_desktop.app.changes import Kind
from pan_desktop.app.conclusions import PointEdit, save_outline
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.app.people import MandateEdit, PersonEdit
from pan_desktop.domain.dates_in_text import Precision
from pan_desktop.domain.errors import ConflictError, InputError, NotFoundError
from pan_desktop.domain.model import (
    Civility,
    ConclusionKind,
    Deadline,
    FollowUp,
    ItemKind,
    Presence,
    ReleveState,
    Role,
    Situation,
)
from tests.builders import content, dump, filled_database, modest, office_in

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.meetings import MeetingView, Seat
    from pan_desktop.app.office import Office
    from pan_desktop.store.unit_of_work import UnitOfWork

FIRST, DAY, LAST = date(2024, 1, 1), date(2024, 6, 4), date(2027, 12, 31)
FOCAL, ALTERNATE = Role.FOCAL_POINT, Role.ALTERNATE
DUE = Deadline(date(2024, 7, 21), date(2024, 7, 31), Precision.PART_OF_MONTH, "fin juillet 2024")
EDIT = MeetingEdit("Comité de suivi", DAY, time(14, 30), "Rabat")


@pytest.fixture
def plan_id(office: Office) -> str:
    return office.run(
        plans.create_plan, label="2024-2027", starts=FIRST, ends=LAST, commitments=5
    ).result


def create(office: Office, plan_id: str, edit: MeetingEdit = EDIT) -> str:
    return office.run(
        meetings.create_meeting, plan_id=plan_id, edit=edit, progress_title="Avancement"
    ).result


def view(office: Office, meeting_id: str) -> MeetingView:
    return office.run(meetings.view_meeting, meeting_id=meeting_id).result


@pytest.fixture
def meeting_id(office: Office, plan_id: str) -> str:
    return create(office, plan_id)


# The meeting -----------------------------------------------------------------------------


def test_a_new_meeting_awaits_every_commitment_and_begins_with_progress(
    office: Office, meeting_id: str
) -> None:
    record = view(office, meeting_id).record
    assert (record.meeting.day, record.meeting.at, record.meeting.place) == (
        DAY,
        time(14, 30),
        "Rabat",
    )
    assert record.meeting.zone == "Africa/Casablanca"
    assert record.meeting.body.heading == "RÉUNION DU COMITÉ DE SUIVI"
    assert [(item.title, item.kind) for item in record.agenda] == [
        ("Avancement", ItemKind.PROGRESS)
    ]
    assert [r.commitment.number for r in record.reports] == [1, 2, 3, 4, 5]
    assert {(r.percent, r.details, r.situation) for r in record.reports} == {
        (None, "", Situation.TO_FILL)
    }
    assert record.overall is None


def test_a_body_never_meets_twice_at_one_moment(office: Office, plan_id: str) -> None:
    create(office, plan_id)
    later = create(office, plan_id, MeetingEdit("Comité de suivi", DAY, time(15)))
    before = dump(office.database)
    with pytest.raises(ConflictError, match="rien n’a été changé"):
        create(office, plan_id)
    with pytest.raises(ConflictError, match="rien n’a été changé"):
        office.run(meetings.change_meeting, meeting_id=later, edit=EDIT)
    assert dump(office.database) == before


def test_another_body_may_meet_at_the_same_moment(office: Office, plan_id: str) -> None:
    create(office, plan_id)
    create(office, plan_id, MeetingEdit("Autre comité", DAY, time(14, 30)))
    assert [b.name for b in office.run(meetings.list_bodies).result] == [
        "Autre comité",
        "Comité de suivi",
    ]


def test_seconds_do_not_count(office: Office, meeting_id: str) -> None:
    edit = MeetingEdit("Comité de suivi", DAY, time(9, 5, 59, 7))
    office.run(meetings.change_meeting, meeting_id=meeting_id, edit=edit)
    assert view(office, meeting_id).record.meeting.at == time(9, 5)


@pytest.mark.parametrize("body", ["", "  ", "\n"])
def test_a_meeting_without_a_body_is_refused(office: Office, plan_id: str, body: str) -> None:
    before = dump(office.database)
    with pytest.raises(InputError):
        create(office, plan_id, MeetingEdit(body, DAY, time(9)))
    assert dump(office.database) == before


def test_the_heading_of_a_body_is_the_office_s_own(office: Office, meeting_id: str) -> None:
    body = view(office, meeting_id).record.meeting.body
    office.run(meetings.change_heading, body_id=body.id, heading=" COMITÉ  NATIONAL ")
    with pytest.raises(InputError):
        office.run(meetings.change_heading, body_id=body.id, heading="  ")
    again = create(
        office,
        view(office, meeting_id).record.plan.id,
        MeetingEdit("Comité  de suivi", date(2024, 7, 1), time(9)),
    )
    assert view(office, again).record.meeting.body.heading == "COMITÉ NATIONAL"


def test_meetings_are_listed_the_latest_first(office: Office, plan_id: str) -> None:
    moments = [(DAY, time(9)), (date(2025, 1, 7), time(8)), (DAY, time(14, 30)), (FIRST, time(20))]
    for day, at in moments:
        create(office, plan_id, MeetingEdit("Comité", day, at))
    found = [(line.day, line.at) for line in office.run(meetings.list_meetings).result]
    assert found == sorted(moments, reverse=True)


def test_the_list_tells_how_far_each_relevé_has_come(office: Office, meeting_id: str) -> None:
    def state() -> ReleveState:
        return office.run(meetings.list_meetings).result[0].state

    assert state() is ReleveState.DRAFT
    office.run(_approve, meeting_id=meeting_id)
    assert state() is ReleveState.APPROVED


def _approve(work: UnitOfWork, *, meeting_id: str) -> None:
    work.update("meeting", meeting_id, state=ReleveState.APPROVED.value)


def test_the_list_counts_who_was_present(filled: Office) -> None:
    lines = filled.run(meetings.list_meetings).result
    assert [line.present for line in lines] == [10, 9, 10]
    present = view(filled, lines[0].id).record.present
    for attendance, presence in zip(present, [Presence.ABSENT, Presence.EXCUSED], strict=False):
        came(filled, lines[0].id, attendance.person.id, presence=presence)
    assert [line.present for line in filled.run(meetings.list_meetings).result] == [8, 9, 10]


def test_a_removed_meeting_leaves_plan_and_people(filled: Office) -> None:
    before = dump(filled.database)
    newest = filled.run(meetings.list_meetings).result[0]
    outcome = filled.run(meetings.remove_meeting, meeting_id=newest.id)
    assert outcome.changes.touch(Kind.MEETINGS, Kind.PROGRESS)
    after = dump(filled.database)
    for table in ("plan", "commitment", "person", "mandate", "mandate_commitment", "body"):
        assert after[table] == before[table]
    assert len(after["meeting"]) == 2
    assert len(after["progress_report"]) == 32


def test_an_unknown_meeting_is_told_by_its_identifier(office: Office) -> None:
    with pytest.raises(NotFoundError, match="« xyz »"):
        view(office, "xyz")


# Agenda ----------------------------------------------------------------------------------


def titles(office: Office, meeting_id: str) -> list[str]:
    return [item.title for item in view(office, meeting_id).record.agenda]


def titles_ids(office: Office, meeting_id: str) -> list[str]:
    return [item.id for item in view(office, meeting_id).record.agenda]


def test_items_come_at_the_end(office: Office, meeting_id: str) -> None:
    for title in ("Un", " Deux  mots "):
        office.run(meetings.add_item, meeting_id=meeting_id, title=title)
    assert titles(office, meeting_id) == ["Avancement", "Un", "Deux mots"]


def test_an_item_comes_behind_the_one_named(office: Office, meeting_id: str) -> None:
    first = titles_ids(office, meeting_id)[0]
    added = office.run(meetings.add_item, meeting_id=meeting_id, title="C", after=first).result
    before = dump(office.database)["agenda_item"]
    office.run(meetings.add_item, meeting_id=meeting_id, title="B", after=first)
    assert [row for row in before if row not in dump(office.database)["agenda_item"]] == []
    office.run(meetings.add_item, meeting_id=meeting_id, title="D", after=added)
    office.run(meetings.add_item, meeting_id=meeting_id, title="E", after="gone")
    assert titles(office, meeting_id) == ["Avancement", "B", "C", "D", "E"]


def test_items_find_room_however_often_one_comes_between(office: Office, meeting_id: str) -> None:
    first = titles_ids(office, meeting_id)[0]
    for number in range(70):
        office.run(meetings.add_item, meeting_id=meeting_id, title=f"{number}", after=first)
    assert titles(office, meeting_id) == ["Avancement", *(str(n) for n in range(69, -1, -1))]


def test_an_item_without_a_title_is_refused(office: Office, meeting_id: str) -> None:
    item = view(office, meeting_id).record.agenda[0]
    with pytest.raises(InputError):
        office.run(meetings.add_item, meeting_id=meeting_id, title=" ")
    with pytest.raises(InputError):
        office.run(meetings.change_item, item_id=item.id, title="")
    assert titles(office, meeting_id) == ["Avancement"]


def test_a_heading_equal_to_the_title_is_no_heading_of_its_own(
    office: Office, meeting_id: str
) -> None:
    item_id = office.run(meetings.add_item, meeting_id=meeting_id, title="Un").result
    office.run(meetings.change_item, item_id=item_id, title="Un", heading=" Suites  de un ")
    item = view(office, meeting_id).record.agenda[1]
    assert (item.heading, item.section_heading) == ("Suites de un", "Suites de un")
    office.run(meetings.change_item, item_id=item_id, title="Un", heading=" Un ")
    item = view(office, meeting_id).record.agenda[1]
    assert (item.heading, item.section_heading) == ("", "Un")


@modest
@given(data=st.data())
def test_the_agenda_takes_any_order_and_loses_nothing(tmp_path: Path, data: st.DataObject) -> None:
    with office_in(tmp_path, filled_database()) as office:
        meeting_id = office.run(meetings.list_meetings).result[0].id
        for n in range(data.draw(st.integers(0, 4))):
            office.run(meetings.add_item, meeting_id=meeting_id, title=f"Ajout {n}")
        for _ in range(3):
            held = view(office, meeting_id).record.agenda
            ids = [item.id for item in held]
            asked = data.draw(st.permutations(ids))[: data.draw(st.integers(0, len(ids)))]
            office.run(
                meetings.order_items, meeting_id=meeting_id, item_ids=[*asked, "someone else's"]
            )
            after = view(office, meeting_id).record.agenda
            assert [i.id for i in after] == [*asked, *(i for i in ids if i not in asked)]
            assert {(i.id, i.conclusions) for i in after} == {(i.id, i.conclusions) for i in held}


def test_moving_one_item_writes_one_row(filled: Office) -> None:
    meeting_id = filled.run(meetings.list_meetings).result[0].id
    ids = [item.id for item in view(filled, meeting_id).record.agenda]
    before = dump(filled.database)["agenda_item"]
    filled.run(meetings.order_items, meeting_id=meeting_id, item_ids=[ids[2], *ids[:2]])
    after = dump(filled.database)["agenda_item"]
    assert [row["id"] for row in after if row not in before] == [ids[2]]


def test_the_progress_item_stays_and_others_go_with_their_points(filled: Office) -> None:
    meeting_id = filled.run(meetings.list_meetings).result[0].id
    progress_item, other, _ = view(filled, meeting_id).record.agenda
    with pytest.raises(InputError, match="n’a pas été supprimé"):
        filled.run(meetings.remove_item, meeting_id=meeting_id, item_id=progress_item.id)
    points = len(dump(filled.database)["conclusion"])
    filled.run(meetings.remove_item, meeting_id=meeting_id, item_id=other.id)
    assert len(view(filled, meeting_id).record.agenda) == 2
    assert len(dump(filled.database)["conclusion"]) == points - len(other.conclusions)


def test_a_removed_item_comes_back_with_all_that_its_points_say(
    office: Office, meeting_id: str
) -> None:
    item_id = office.run(meetings.add_item, meeting_id=meeting_id, title="Suites").result
    told = PointEdit("a", 0, "Transmettre la note", "b0-4", True, ConclusionKind.ACTION)
    under = PointEdit("b", 1, "aux points focaux")
    office.run(save_outline, item_id=item_id, points=(told, under))
    kept = FollowUp("le secrétariat", None, DUE, DAY)
    office.run(_follow, point_id="a", kept=kept)
    before = view(office, meeting_id).record.agenda
    assert before[-1].conclusions[0].follow_up == kept
    item = office.run(meetings.remove_item, meeting_id=meeting_id, item_id=item_id).result
    assert item is not None
    office.run(meetings.restore_item, meeting_id=meeting_id, item=item)
    assert view(office, meeting_id).record.agenda == before


def _follow(work: UnitOfWork, *, point_id: str, kept: FollowUp) -> None:
    assert kept.deadline is not None
    work.update(
        "conclusion",
        point_id,
        owner=kept.owner,
        done_on=kept.done_on,
        due_first=kept.deadline.first,
        due_last=kept.deadline.last,
        due_precision=kept.deadline.precision.value,
        due_said=kept.deadline.said,
    )


# Presence --------------------------------------------------------------------------------


def person(
    office: Office,
    name: str,
    *mandates: MandateEdit,
    civility: Civility = Civility.MADAME,
) -> str:
    person_id = office.run(people.add_person, person=PersonEdit(civility, name)).result
    for mandate in mandates:
        office.run(people.add_mandate, person_id=person_id, mandate=mandate)
    return person_id


def expected(office: Office, meeting_id: str) -> dict[str, tuple[tuple[Role, int], ...]]:
    seats = view(office, meeting_id).seats
    return {seat.person.name: seat.speaks_for for seat in seats if seat.expected}


def seat(office: Office, meeting_id: str, name: str) -> Seat:
    return next(s for s in view(office, meeting_id).seats if s.person.name == name)


def came(
    office: Office, meeting_id: str, *ids: str, presence: Presence | None = Presence.PRESENT
) -> None:
    office.run(
        meetings.set_presence, meeting_id=meeting_id, person_ids=list(ids), presence=presence
    )


def test_those_whose_mandate_is_in_force_that_day_are_expected(
    office: Office, plan_id: str, meeting_id: str
) -> None:
    before, after = date(2024, 6, 3), date(2024, 6, 5)
    person(office, "en cours", MandateEdit(plan_id, FOCAL, (2,), FIRST))
    person(office, "du jour", MandateEdit(plan_id, FOCAL, (1,), DAY, DAY))
    person(office, "terminé la veille", MandateEdit(plan_id, FOCAL, (3,), FIRST, before))
    person(office, "commence le lendemain", MandateEdit(plan_id, FOCAL, (4,), after))
    other = office.run(plans.create_plan, label="x", starts=FIRST, ends=LAST, commitments=1).result
    person(office, "d’un autre plan", MandateEdit(other, FOCAL, (1,), FIRST))
    person(office, "sans mandat")
    assert expected(office, meeting_id) == {
        "du jour": ((FOCAL, 1),),
        "en cours": ((FOCAL, 2),),
    }


def test_seats_stand_by_lowest_commitment_the_titular_first_the_others_last(
    office: Office, plan_id: str, meeting_id: str
) -> None:
    person(office, "A suppléante 2", MandateEdit(plan_id, ALTERNATE, (2,), FIRST))
    person(office, "B titulaire 2 et 5", MandateEdit(plan_id, FOCAL, (5, 2), FIRST))
    person(office, "C titulaire 1", MandateEdit(plan_id, FOCAL, (1,), FIRST))
    person(office, "0 sans mandat")
    assert [s.person.name for s in view(office, meeting_id).seats] == [
        "C titulaire 1",
        "B titulaire 2 et 5",
        "A suppléante 2",
        "0 sans mandat",
    ]


def test_titular_wins_over_alternate_of_the_same_commitment(
    office: Office, plan_id: str, meeting_id: str
) -> None:
    person(
        office,
        "A B",
        MandateEdit(plan_id, FOCAL, (2,), FIRST),
        MandateEdit(plan_id, ALTERNATE, (1, 2), FIRST),
    )
    person(
        office,
        "C D",
        MandateEdit(plan_id, ALTERNATE, (3, 4), FIRST),
        MandateEdit(plan_id, FOCAL, (4,), FIRST),
    )
    assert expected(office, meeting_id) == {
        "A B": ((ALTERNATE, 1), (FOCAL, 2)),
        "C D": ((ALTERNATE, 3), (FOCAL, 4)),
    }


@pytest.mark.parametrize("presence", Presence)
def test_presence_is_recorded_with_what_the_mandates_say(
    office: Office, plan_id: str, meeting_id: str, presence: Presence
) -> None:
    person_id = person(office, "A B", MandateEdit(plan_id, FOCAL, (1, 3), FIRST))
    came(office, meeting_id, person_id, presence=presence)
    record = view(office, meeting_id).record
    (attendance,) = record.attendances
    assert (attendance.presence, attendance.represented) == (presence, ((FOCAL, 1), (FOCAL, 3)))
    assert record.represented == ({1, 3} if presence is Presence.PRESENT else set())
    assert seat(office, meeting_id, "A B").presence is presence


def test_several_people_are_ticked_at_once(office: Office, plan_id: str, meeting_id: str) -> None:
    ids = [person(office, f"P {n}", MandateEdit(plan_id, FOCAL, (n,), FIRST)) for n in (1, 2, 3)]
    came(office, meeting_id, *ids)
    assert [a.person.name for a in view(office, meeting_id).record.present] == ["P 1", "P 2", "P 3"]


def test_unticking_leaves_no_trace(office: Office, plan_id: str, meeting_id: str) -> None:
    person_id = person(office, "A B", MandateEdit(plan_id, FOCAL, (1,), FIRST))
    before = content(dump(office.database))
    came(office, meeting_id, person_id)
    came(office, meeting_id, person_id, presence=Presence.EXCUSED)
    came(office, meeting_id, person_id, presence=None)
    came(office, meeting_id, person_id, presence=None)
    assert content(dump(office.database)) == before


def test_who_has_no_mandate_comes_as_a_guest(office: Office, meeting_id: str) -> None:
    person_id = person(office, "A B")
    came(office, meeting_id, person_id)
    found = seat(office, meeting_id, "A B")
    assert (found.speaks_for, found.presence, found.expected) == ((), Presence.PRESENT, False)


def test_what_she_spoke_for_stays_when_her_mandate_changes_or_ends(
    office: Office, plan_id: str, meeting_id: str
) -> None:
    person_id = person(office, "A B", MandateEdit(plan_id, FOCAL, (1,), FIRST))
    came(office, meeting_id, person_id)
    (card,) = office.run(people.list_people).result
    ended = MandateEdit(plan_id, ALTERNATE, (2,), FIRST, FIRST)
    office.run(people.change_mandate, mandate_id=card.mandates[0].id, mandate=ended)
    found = seat(office, meeting_id, "A B")
    assert (found.speaks_for, found.presence, found.expected) == (
        ((FOCAL, 1),),
        Presence.PRESENT,
        False,
    )


# What is known from before ---------------------------------------------------------------


def test_the_last_earlier_meeting_of_the_plan_tells_what_is_known(filled: Office) -> None:
    newest, middle, oldest = filled.run(meetings.list_meetings).result
    known = {
        line.id: {
            c.number: view(filled, line.id).last_known[c.id].percent
            for c in view(filled, line.id).record.plan.commitments
            if c.id in view(filled, line.id).last_known
        }
        for line in (newest, middle, oldest)
    }
    assert known[oldest.id] == {}
    assert (known[middle.id][1], known[newest.id][1]) == (85, 95)
    assert len(known[newest.id]) == 16
    found = view(filled, newest.id)
    commitment = next(c for c in found.record.plan.commitments if c.number == 13)
    assert found.last_known[commitment.id].day == date(2026, 4, 14)
    assert found.last_known[commitment.id].details == "La note de cadrage a été adoptée."


def test_an_hour_earlier_the_same_day_is_earlier(office: Office, plan_id: str) -> None:
    from pan_desktop.app.progress import ReportEdit, save_report

    early = create(office, plan_id, MeetingEdit("Comité", DAY, time(9)))
    late = create(office, plan_id, MeetingEdit("Comité", DAY, time(15)))
    for meeting, percent in ((early, 10), (late, 20)):
        report = view(office, meeting).record.reports[0]
        edit = ReportEdit(percent, "", Situation.REPORTED)
        office.run(save_report, report_id=report.id, edit=edit)
    assert view(office, early).last_known == {}
    assert [known.percent for known in view(office, late).last_known.values()] == [10]
