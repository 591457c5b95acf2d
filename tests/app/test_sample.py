"""The sample: three meetings that show what a relevé can hold, all of it invented."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from pan_desktop import resources
from pan_desktop.app import history, meetings, people, plans, releve, sample
from pan_desktop.domain.details import Shape, stretches
from pan_desktop.domain.errors import ConflictError
from pan_desktop.domain.model import Civility, Role, Situation
from tests.builders import SAMPLES, dump
from tests.builders import sample as sample_data
from tests.seed_text import SEED, needs_seed

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import MeetingRecord


def records(office: Office) -> list[MeetingRecord]:
    lines = office.run(meetings.list_meetings).result
    return [
        office.run(meetings.view_meeting, meeting_id=line.id).result.record
        for line in reversed(lines)
    ]


def test_an_empty_database_gets_three_meetings_the_oldest_first(office: Office) -> None:
    ids = office.run(sample.fill).result
    found = records(office)
    assert ids == tuple(record.meeting.id for record in found)
    assert [record.meeting.day for record in found] == [
        date(2025, 10, 16),
        date(2026, 4, 14),
        date(2026, 10, 14),
    ]
    assert all(record.meeting.day.weekday() < 5 for record in found)
    assert {record.meeting.body.name for record in found} == {"Comité d'implémentation"}


@pytest.mark.parametrize("there", ["meeting", "plan"])
def test_a_database_that_holds_something_is_left_alone(office: Office, there: str) -> None:
    if there == "plan":
        day = date(2018, 1, 1)
        office.run(plans.create_plan, label="x", starts=day, ends=day)
    else:
        office.run(sample.fill)
    before = dump(office.database)
    with pytest.raises(ConflictError, match=r"^La base contient déjà .* : rien n’a été ajouté\. "):
        office.run(sample.fill)
    assert dump(office.database) == before


def test_people_alone_do_not_stand_in_the_way(office: Office) -> None:
    edit = people.PersonEdit(Civility.MADAME, "A B")
    office.run(people.add_person, person=edit)
    assert len(office.run(sample.fill).result) == 3


def test_the_plan_has_sixteen_described_commitments_in_four_axes(filled: Office) -> None:
    (plan,) = filled.run(plans.list_plans).result
    assert (plan.label, plan.starts, plan.ends) == (
        "2024-2027",
        date(2024, 1, 1),
        date(2027, 12, 31),
    )
    assert [axis.number for axis in plan.axes] == [1, 2, 3, 4]
    assert [c.number for c in plan.commitments] == list(range(1, 17))
    assert all(c.title and c.institution and c.axis_id for c in plan.commitments)
    assert {c.axis_id for c in plan.commitments} == {axis.id for axis in plan.axes}
    assert len({c.weight for c in plan.commitments}) > 2
    assert plan.commitments[3].weight == Decimal("1.5")


def test_people_have_institutions_addresses_and_mandates(filled: Office) -> None:
    cards = filled.run(people.list_people).result
    assert len(cards) == 14
    assert all(card.person.institution for card in cards)
    assert all(re.fullmatch(r"[a-z.-]+@example\.org", card.person.email) for card in cards)
    assert len({card.person.email for card in cards}) == 14
    roles = [mandate.role for card in cards for mandate in card.mandates]
    assert roles.count(Role.ALTERNATE) == 3
    assert any(len(m.commitments) > 2 for card in cards for m in card.mandates)
    first_names = [card.person.name.split()[0] for card in cards]
    assert first_names.count("Salma") == 2


def test_the_meetings_show_what_a_relevé_can_hold(filled: Office) -> None:
    found = records(filled)
    for record in found:
        assert {Situation.ABSENT, Situation.NO_PROGRESS} <= {r.situation for r in record.reports}
        assert len(record.reports) == 16
        levels = {c.level for item in record.agenda for c in item.conclusions}
        assert levels >= {0, 1}
    details = [r.details for record in found for r in record.reports]
    shapes = [[s.shape for s in stretches(text)] for text in details]
    assert [Shape.PARAGRAPH] * 3 in shapes
    assert any(Shape.NUMBERED in shape for shape in shapes)
    assert any(Shape.BULLETS in shape for shape in shapes)
    assert any("1er trimestre 2027" in text for text in details)
    assert any(item.heading for item in found[0].agenda)
    assert any(c.level == 2 for item in found[0].agenda for c in item.conclusions)


def test_progress_never_falls_and_does_evolve(filled: Office) -> None:
    first, second, third = (
        {r.commitment.number: r.percent or 0 for r in record.reports} for record in records(filled)
    )
    assert all(first[n] <= second[n] <= third[n] for n in first)
    assert sum(first[n] < third[n] for n in first) >= 10


def test_what_no_one_reported_or_moved_is_carried_over(filled: Office) -> None:
    _, second, third = records(filled)
    for before, record in zip(records(filled)[:2], (second, third), strict=True):
        last = {r.commitment.number: r.percent for r in before.reports}
        for report in record.reports:
            if report.situation in {Situation.ABSENT, Situation.NO_PROGRESS}:
                assert report.percent == last[report.commitment.number]


def test_an_absent_commitment_has_nobody_present_and_the_reverse(filled: Office) -> None:
    for record in records(filled):
        absent = {r.commitment.number for r in record.reports if r.situation is Situation.ABSENT}
        assert absent == set(range(1, 17)) - record.represented


def test_one_meeting_states_another_overall_than_is_computed(filled: Office) -> None:
    first, second, third = records(filled)
    assert (first.overall, second.overall, third.overall) == (55, 63, 72)
    assert first.computed_overall is not None
    assert (first.computed_overall.two_decimals, first.computed_overall.rounded) == ("54,38", 54)
    assert (first.meeting.stated_overall, bool(first.meeting.stated_reason)) == (55, True)
    assert (second.meeting.stated_overall, third.meeting.stated_overall) == (None, None)


def test_the_sample_lacks_nothing(filled: Office) -> None:
    for record in records(filled):
        assert filled.run(releve.shortcomings, meeting_id=record.meeting.id).result == ()


def test_the_sample_is_given_back_as_it_was_read(filled: Office) -> None:
    for record, name in zip(records(filled), SAMPLES, strict=True):
        content = filled.run(releve.releve_json, meeting_id=record.meeting.id).result
        assert content == resources.path(f"sample/{name}").read_bytes()


@needs_seed
def test_nobody_of_the_seed_is_in_the_sample() -> None:
    seed = json.loads((SEED / "releve-2020-12-21.json").read_text(encoding="utf-8"))
    theirs = {
        word.casefold()
        for participant in seed["participants"]
        for word in participant["name"].split()[1:]
        if len(word) > 2
    }
    office = json.loads(resources.path("sample/office.json").read_text(encoding="utf-8"))
    ours = {w.casefold() for person in office["people"] for w in person["name"].split()[1:]}
    assert not ours & theirs
    assert {p["name"] for name in SAMPLES for p in sample_data(name)["participants"]} == {
        person["name"] for person in office["people"]
    }


@needs_seed
def test_no_sentence_of_the_seed_is_in_the_sample() -> None:
    def sentences(data: object) -> set[str]:
        if isinstance(data, dict):
            return set().union(*(sentences(value) for value in data.values()))
        if isinstance(data, list):
            return set().union(*(sentences(value) for value in data))
        return {line for line in str(data).splitlines() if len(line) > 45}

    seed = json.loads((SEED / "releve-2020-12-21.json").read_text(encoding="utf-8"))
    ours = set().union(*(sentences(sample_data(name)) for name in SAMPLES))
    assert sentences(seed) & ours == {"Pas d'avancement depuis la dernière réunion."} & ours


def test_the_sample_is_thrown_away_and_what_was_added_beside_it_stays(office: Office) -> None:
    office.run(sample.fill)
    day = date(2030, 1, 1)
    own = office.run(plans.create_plan, label="2030", starts=day, ends=day).result
    person = people.PersonEdit(Civility.MADAME, "Nadia ESSAI")
    office.run(people.add_person, person=person)
    before = dump(office.database)
    office.run(sample.discard)
    assert [plan.id for plan in office.run(plans.list_plans).result] == [own]
    assert office.run(meetings.list_meetings).result == ()
    left = [card.person.name for card in office.run(people.list_people).result]
    assert left == ["Nadia ESSAI"]
    found = dump(office.database)
    assert {name for name, rows in found.items() if rows} == {
        "alembic_version",
        "journal",
        "person",
        "plan",
    }
    office.run(history.undo)
    after = dump(office.database)
    assert {n: len(rows) for n, rows in after.items() if n != "journal"} == {
        n: len(rows) for n, rows in before.items() if n != "journal"
    }
