"""A relevé read in becomes data of the office; written out it is the committee's paper."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from pan_desktop.app import export, meetings, people, plans, progress, releve, settings
from pan_desktop.app.changes import Kind
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.app.minutes import STATED_WITHOUT_RATES
from pan_desktop.app.progress import ReportEdit
from pan_desktop.documents.docx.reader import read_blocks
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.model import ItemKind, Presence, Role, Situation
from pan_desktop.domain.progress import OverallMethod, Rounding
from pan_desktop.domain.typography import Typography
from pan_desktop.domain.wording import Sentences
from tests.builders import (
    SAMPLES,
    Json,
    as_bytes,
    dump,
    modest,
    office_in,
    releves,
    sample,
    sample_bytes,
)
from tests.seed_text import (
    blocks_read,
    cells_read,
    expected_blocks,
    expected_cells,
    needs_seed,
    seed_bytes,
    told,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import Mandate, MeetingRecord

WRITTEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def take(office: Office, content: bytes) -> MeetingRecord:
    """Import a file and return the record of its meeting."""
    meeting_id = office.run(releve.import_releve, content=content).result.meeting_id
    return record(office, meeting_id)


def record(office: Office, meeting_id: str) -> MeetingRecord:
    return office.run(meetings.view_meeting, meeting_id=meeting_id).result.record


def mandates(office: Office) -> dict[str, list[Mandate]]:
    cards = office.run(people.list_people).result
    return {card.person.name: list(card.mandates) for card in cards}


def test_one_person_in_two_capacities_is_written_in_the_order_read(office: Office) -> None:
    data = sample()
    person = {"civility": "Mme", "name": "Zohra DEUX"}
    held = data["participants"].pop()["commitments"] if data["participants"] else [1]
    data["participants"] += [
        {**person, "role": "alternate", "commitments": held},
        {**person, "role": "focal_point", "commitments": [_other(data, held)]},
    ]
    meeting_id = take(office, as_bytes(data)).meeting.id
    assert json.loads(office.run(releve.releve_json, meeting_id=meeting_id).result) == data


def test_a_figure_without_any_rate_is_kept_with_its_reason(office: Office) -> None:
    data = sample()
    data["progress"] |= {"completed": [], "rows": []}
    meeting = take(office, as_bytes(data)).meeting
    assert meeting.stated_overall == data["progress"]["overall_percent"]
    assert meeting.stated_reason == STATED_WITHOUT_RATES


def _other(data: Json, numbers: list[int]) -> int:
    return next(n for n in data["plan"]["commitments"] if n not in numbers)


# Reading in ------------------------------------------------------------------------------


def test_an_import_makes_plan_body_people_and_meeting(office: Office) -> None:
    outcome = office.run(releve.import_releve, content=sample_bytes())
    assert outcome.result.new
    assert outcome.changes.kinds == {
        Kind.PLANS,
        Kind.PEOPLE,
        Kind.MEETINGS,
        Kind.AGENDA,
        Kind.ATTENDANCE,
        Kind.PROGRESS,
        Kind.CONCLUSIONS,
    }
    found = record(office, outcome.result.meeting_id)
    assert (found.plan.starts, found.plan.ends) == (date(2024, 1, 1), date(2027, 12, 31))
    assert (found.meeting.day, found.meeting.at) == (date(2025, 10, 16), time(9))
    assert found.meeting.body.heading == "RÉUNION DU COMITÉ D'IMPLÉMENTATION"
    assert len(found.present) == 10
    assert [item.kind for item in found.agenda] == [
        ItemKind.PROGRESS,
        ItemKind.POINTS,
        ItemKind.POINTS,
    ]
    assert [item.heading for item in found.agenda] == [
        "",
        "",
        "Calendrier et préparation des rencontres régionales",
    ]


def test_the_second_meeting_finds_what_the_first_one_made(office: Office) -> None:
    take(office, sample_bytes(SAMPLES[0]))
    first = dump(office.database)
    take(office, sample_bytes(SAMPLES[1]))
    second = dump(office.database)
    for table in ("plan", "commitment", "body"):
        assert second[table] == first[table]
    assert {row["name"] for row in second["person"] if row not in first["person"]} == {
        "Loubna CHAFIRI",
        "Othmane RIFKAOUI",
        "Anas SEBTANI",
    }
    assert len(second["mandate"]) == len(first["mandate"]) + 3


def test_commitments_that_the_plan_lacks_are_added_and_old_scopes_stay(office: Office) -> None:
    data = sample()
    older = take(office, as_bytes(data))
    data = sample(SAMPLES[1])
    data["plan"]["commitments"].append(17)
    newer = take(office, as_bytes(data))
    assert [c.number for c in newer.plan.commitments] == list(range(1, 18))
    assert [r.commitment.number for r in newer.scope] == list(range(1, 18))
    assert (newer.scope[16].percent, newer.reports[16].situation) == (None, Situation.TO_FILL)
    assert len(record(office, older.meeting.id).reports) == 16


def test_someone_new_is_in_charge_since_the_plan_began(office: Office) -> None:
    take(office, sample_bytes())
    held = mandates(office)
    (mandate,) = held["Mehdi TAHIROU"]
    assert (mandate.role, mandate.commitments) == (Role.ALTERNATE, (12,))
    assert (mandate.valid_from, mandate.valid_to) == (date(2024, 1, 1), None)


def test_a_further_charge_begins_at_the_meeting_that_shows_it(office: Office) -> None:
    take(office, sample_bytes(SAMPLES[0]))
    data = sample(SAMPLES[1])
    azrouni = {"civility": "Mme", "name": "Salma AZROUNI"}
    data["participants"] += [
        azrouni | {"role": "focal_point", "commitments": [3, 7]},
        azrouni | {"role": "alternate", "commitments": [8]},
    ]
    take(office, as_bytes(data))
    found = [(m.role, m.commitments, m.valid_from) for m in mandates(office)["Salma AZROUNI"]]
    assert sorted(found) == [
        (Role.ALTERNATE, (8,), date(2026, 4, 14)),
        (Role.FOCAL_POINT, (3,), date(2024, 1, 1)),
        (Role.FOCAL_POINT, (7,), date(2026, 4, 14)),
    ]


def test_a_meeting_before_the_plan_s_first_day_has_its_mandates_too(office: Office) -> None:
    found = take(office, as_bytes(sample() | {"date": "2023-12-20"}))
    seats = office.run(meetings.view_meeting, meeting_id=found.meeting.id).result.seats
    assert all(seat.expected for seat in seats)


def test_a_guest_gets_no_mandate(office: Office) -> None:
    take(office, sample_bytes(SAMPLES[2]))
    assert mandates(office)["Imane TAZLAOUI"] == []


def test_a_man_and_a_woman_of_one_name_are_two_people(office: Office) -> None:
    data = sample()
    for civility, number in (("M", 1), ("Mme", 2)):
        data["participants"].append(
            {"civility": civility, "name": "A B", "role": "alternate", "commitments": [number]}
        )
    take(office, as_bytes(data))
    names = [card.person.name for card in office.run(people.list_people).result]
    assert names.count("A B") == 2


def test_a_plan_whose_label_names_no_year_lasts_the_meeting_s(office: Office) -> None:
    data = sample()
    data["plan"]["label"] = "pilote"
    plan = take(office, as_bytes(data)).plan
    assert (plan.starts, plan.ends) == (date(2025, 1, 1), date(2025, 12, 31))


def test_only_the_program_s_own_sentences_are_recognised(office: Office) -> None:
    found = take(office, sample_bytes())
    situations = {r.commitment.number: r.situation for r in found.reports}
    assert [n for n, s in situations.items() if s is Situation.ABSENT] == [13]
    assert [n for n, s in situations.items() if s is Situation.NO_PROGRESS] == [11]
    assert {situations[n] for n in situations if n not in {11, 13}} == {Situation.REPORTED}


@pytest.mark.parametrize(("stated", "kept"), [(55, 55), (54, None), (0, 0), (53, 53)])
def test_an_overall_that_is_not_computed_is_kept_with_its_reason(
    office: Office, stated: int, kept: int | None
) -> None:
    data = sample()
    data["progress"]["overall_percent"] = stated
    found = take(office, as_bytes(data))
    assert (found.overall, found.meeting.stated_overall) == (stated, kept)
    assert ("54,38 %" in found.meeting.stated_reason) is (kept is not None)


def test_the_plan_s_method_decides_whether_a_figure_is_computed(office: Office) -> None:
    day = date(2024, 1, 1)
    plan_id = office.run(plans.create_plan, label="2024-2027", starts=day, ends=day).result
    office.run(
        plans.change_plan,
        plan_id=plan_id,
        label="2024-2027",
        starts=day,
        ends=day,
        method=OverallMethod.MEAN,
        rounding=Rounding.UP,
    )
    found = take(office, sample_bytes())
    assert (found.overall, found.meeting.stated_overall) == (55, None)


# Writing out -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_what_was_read_is_written_again(office: Office, name: str) -> None:
    found = take(office, sample_bytes(name))
    content = office.run(releve.releve_json, meeting_id=found.meeting.id).result
    assert content == sample_bytes(name)


@needs_seed
def test_the_seed_is_written_again(office: Office) -> None:
    found = take(office, seed_bytes())
    assert found.overall == 84
    assert found.computed_overall is not None
    assert found.computed_overall.two_decimals == "83,28"
    content = office.run(releve.releve_json, meeting_id=found.meeting.id).result
    assert json.loads(content) == json.loads(seed_bytes())


def test_a_written_relevé_can_be_read_into_another_office(tmp_path: Path, filled: Office) -> None:
    with office_in(tmp_path) as other:
        for line in reversed(filled.run(meetings.list_meetings).result):
            content = filled.run(releve.releve_json, meeting_id=line.id).result
            found = take(other, content)
            again = other.run(releve.releve_json, meeting_id=found.meeting.id).result
            assert again == content


def test_a_relevé_without_any_rate_is_not_written(office: Office) -> None:
    day = date(2024, 1, 1)
    plan_id = office.run(plans.create_plan, label="x", starts=day, ends=day, commitments=2).result
    meeting_id = office.run(
        meetings.create_meeting,
        plan_id=plan_id,
        edit=MeetingEdit("Comité", day, time(9)),
        progress_title="Avancement",
    ).result
    with pytest.raises(InputError, match="n’a pas été écrit"):
        office.run(releve.releve_json, meeting_id=meeting_id)


def test_those_who_did_not_come_are_not_in_the_relevé(filled: Office) -> None:
    line = filled.run(meetings.list_meetings).result[0]
    found = record(filled, line.id)
    gone, excused = found.present[0].person, found.present[1].person
    for person, presence in ((gone, Presence.ABSENT), (excused, Presence.EXCUSED)):
        filled.run(
            meetings.set_presence, meeting_id=line.id, person_ids=[person.id], presence=presence
        )
    data = json.loads(filled.run(releve.releve_json, meeting_id=line.id).result)
    assert not {gone.name, excused.name} & {p["name"] for p in data["participants"]}
    assert len(data["participants"]) == 8


# What is lacking -------------------------------------------------------------------------


def test_all_that_a_relevé_lacks_is_told(filled: Office) -> None:
    line = filled.run(meetings.list_meetings).result[0]
    found = record(filled, line.id)
    filled.run(
        meetings.set_presence,
        meeting_id=line.id,
        person_ids=[a.person.id for a in found.attendances],
        presence=None,
    )
    filled.run(
        meetings.change_meeting,
        meeting_id=line.id,
        edit=MeetingEdit(found.meeting.body.name, found.meeting.day, found.meeting.at),
    )
    filled.run(meetings.add_item, meeting_id=line.id, title="Vide")
    changes = {1: (None, ""), 3: (None, "dit"), 4: (50, " "), 7: (50, ""), 2: (100, "")}
    for number, (percent, details) in changes.items():
        edit = ReportEdit(percent, details, Situation.TO_FILL)
        filled.run(progress.save_report, report_id=found.scope[number - 1].id, edit=edit)
    assert filled.run(releve.shortcomings, meeting_id=line.id).result == (
        "Aucun participant n’est coché.",
        "Sans taux, donc absents du relevé : engagements 1 et 3.",
        "Sans détails : engagements 4 et 7.",
        "Aucun point retenu sous « Vide ».",
        "Le lieu de la réunion n’est pas indiqué.",
    )


# Files -----------------------------------------------------------------------------------


def written(office: Office, meeting_id: str, target: Path, **kwargs: Typography) -> None:
    style = kwargs.get("style", Typography.FIDELE)
    export.export(office, meeting_id=meeting_id, target=target, style=style, now=WRITTEN)


@needs_seed
def test_the_word_file_of_the_seed_says_what_the_committee_s_own_says(
    office: Office, tmp_path: Path
) -> None:
    target = tmp_path / "relevé.docx"
    written(office, take(office, seed_bytes()).meeting.id, target)
    read = read_blocks(target)
    assert blocks_read(read) == expected_blocks()
    assert cells_read(read) == expected_cells()


@pytest.mark.parametrize("name", SAMPLES)
def test_the_word_file_of_the_sample_says_what_it_must(
    office: Office, tmp_path: Path, name: str
) -> None:
    target = tmp_path / "relevé.docx"
    written(office, take(office, sample_bytes(name)).meeting.id, target)
    read = read_blocks(target)
    assert (blocks_read(read), cells_read(read)) == told(sample(name))


@modest
@given(data=releves())
def test_the_word_file_of_any_committee_says_what_it_must(tmp_path: Path, data: Json) -> None:
    with office_in(tmp_path) as office:
        target = tmp_path / "relevé.docx"
        written(office, take(office, as_bytes(data)).meeting.id, target)
        read = read_blocks(target)
        assert (blocks_read(read), cells_read(read)) == told(data)


def test_the_extension_decides_what_is_written(filled: Office, tmp_path: Path) -> None:
    line = filled.run(meetings.list_meetings).result[-1]
    written(filled, line.id, tmp_path / "a.JSON")
    assert (tmp_path / "a.JSON").read_bytes() == sample_bytes()
    with pytest.raises(InputError, match=r"« a\.pdf » n’a pas été écrit"):
        written(filled, line.id, tmp_path / "a.pdf")
    with pytest.raises(NotFoundError):
        written(filled, "nobody", tmp_path / "b.json")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.JSON"]


def test_a_file_written_says_what_the_relevé_lacks(filled: Office, tmp_path: Path) -> None:
    line = filled.run(meetings.list_meetings).result[-1]
    filled.run(meetings.add_item, meeting_id=line.id, title="Vide")
    done = export.export(
        filled,
        meeting_id=line.id,
        target=tmp_path / "a.json",
        style=Typography.FIDELE,
        now=WRITTEN,
    )
    assert done.remarks == ("Aucun point retenu sous « Vide ».",)


def test_sentences_of_the_office_do_not_change_what_was_said(filled: Office) -> None:
    line = filled.run(meetings.list_meetings).result[-1]
    before = filled.run(releve.releve_json, meeting_id=line.id).result
    own = Sentences(no_progress="Rien.", focal_point_absent="Absent.")
    filled.run(settings.change_sentences, own=own)
    assert filled.run(releve.releve_json, meeting_id=line.id).result == before


def test_a_file_in_any_order_comes_out_in_its_own_order(office: Office) -> None:
    data = sample()
    for key in ("completed", "rows"):
        data["progress"][key].reverse()
    data["participants"].reverse()
    for participant in data["participants"]:
        participant["commitments"].reverse()
    found = take(office, as_bytes(data))
    assert json.loads(office.run(releve.releve_json, meeting_id=found.meeting.id).result) == data
    numbers = [min(n for _, n in a.represented) for a in found.present]
    assert numbers == sorted(numbers)


def test_a_commitment_added_later_leaves_a_finished_meeting_its_scope(office: Office) -> None:
    found = take(office, as_bytes(sample()))
    office.run(plans.add_commitment, plan_id=found.plan.id)
    assert len(record(office, found.meeting.id).scope) == len(found.scope)
    emptied = ReportEdit(None, "", Situation.TO_FILL)
    office.run(progress.save_report, report_id=found.scope[0].id, edit=emptied)
    office.run(plans.add_commitment, plan_id=found.plan.id)
    assert len(record(office, found.meeting.id).scope) == len(found.scope) + 1
