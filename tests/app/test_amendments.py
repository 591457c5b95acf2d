"""Commitments amended, split and withdrawn: from a day on, and never in relevés held before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import amendments, history, meetings, people, plans, progress
from pan_desktop.app.people import MandateEdit, PersonEdit
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.model import AmendmentKind, Civility, Role, Situation
from tests.app.test_plans import new_meeting, new_plan, plan_of, refused, scope

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import Commitment

DAY = date(2025, 6, 1)
BEFORE, AFTER = date(2025, 5, 1), date(2025, 7, 1)


def commitment(office: Office, plan_id: str, number: int) -> Commitment:
    return next(c for c in plan_of(office, plan_id).commitments if c.number == number)


def test_an_amended_commitment_keeps_its_former_words_and_why(office: Office) -> None:
    plan_id = new_plan(office)
    first = commitment(office, plan_id, 1)
    edit = plans.CommitmentEdit("1", "Portail", "", "1")
    office.run(plans.change_commitment, commitment_id=first.id, edit=edit)
    office.run(
        amendments.amend, commitment_id=first.id, title="Portail unique", day=DAY, reason="Comité"
    )
    now = commitment(office, plan_id, 1)
    assert now.title == "Portail unique"
    (noted,) = now.amendments
    assert (noted.kind, noted.day, noted.reason, noted.former_title) == (
        AmendmentKind.AMENDED,
        DAY,
        "Comité",
        "Portail",
    )
    assert now.ended is None
    office.run(amendments.take_back, commitment_id=first.id, amendment_id=noted.id)
    assert commitment(office, plan_id, 1) == commitment(office, plan_id, 1)
    assert commitment(office, plan_id, 1).title == "Portail"
    assert not commitment(office, plan_id, 1).amendments


def test_a_withdrawn_commitment_leaves_later_meetings_and_stays_in_earlier_ones(
    office: Office,
) -> None:
    plan_id = new_plan(office)
    early, late = new_meeting(office, plan_id, BEFORE), new_meeting(office, plan_id, AFTER)
    second = commitment(office, plan_id, 2)
    office.run(amendments.withdraw, commitment_id=second.id, day=DAY, reason="Sans objet")
    assert scope(office, early) == [1, 2, 3]
    assert scope(office, late) == [1, 3]
    assert scope(office, new_meeting(office, plan_id, date(2025, 8, 1))) == [1, 3]
    assert scope(office, new_meeting(office, plan_id, date(2025, 5, 2))) == [1, 2, 3]
    ended = commitment(office, plan_id, 2).ended
    assert ended is not None
    assert ended.kind is AmendmentKind.WITHDRAWN


def test_what_a_meeting_already_says_of_a_withdrawn_commitment_stays(office: Office) -> None:
    plan_id = new_plan(office)
    late = new_meeting(office, plan_id, AFTER)
    view = office.run(meetings.view_meeting, meeting_id=late).result
    report = view.record.scope[1]
    edit = progress.ReportEdit(40, "Fait à moitié.", Situation.REPORTED)
    office.run(progress.save_report, report_id=report.id, edit=edit)
    second = commitment(office, plan_id, 2)
    office.run(amendments.withdraw, commitment_id=second.id, day=DAY, reason="Sans objet")
    assert scope(office, late) == [1, 2, 3]
    ended = commitment(office, plan_id, 2).ended
    assert ended is not None
    office.run(amendments.take_back, commitment_id=second.id, amendment_id=ended.id)
    assert scope(office, late) == [1, 2, 3]


def test_nobody_is_awaited_for_what_was_withdrawn(office: Office) -> None:
    plan_id = new_plan(office)
    mandate = MandateEdit(plan_id, Role.FOCAL_POINT, (2,), date(2024, 1, 1))
    person = PersonEdit(Civility.MADAME, "Salma AZROUNI")
    office.run(people.add_person, person=person, mandate=mandate)
    second = commitment(office, plan_id, 2)
    office.run(amendments.withdraw, commitment_id=second.id, day=DAY, reason="Sans objet")
    early, late = new_meeting(office, plan_id, BEFORE), new_meeting(office, plan_id, AFTER)
    expected = [
        office.run(meetings.view_meeting, meeting_id=m).result.seats[0].expected
        for m in (early, late)
    ]
    assert expected == [True, False]


def test_a_split_commitment_gives_its_parts_axis_people_and_weight(office: Office) -> None:
    plan_id = new_plan(office)
    axis_id = office.run(plans.add_axis, plan_id=plan_id, title="Intégrité").result
    second = commitment(office, plan_id, 2)
    edit = plans.CommitmentEdit("2", "Portail", "Observatoire", "3", axis_id)
    office.run(plans.change_commitment, commitment_id=second.id, edit=edit)
    mandate = MandateEdit(plan_id, Role.FOCAL_POINT, (2,), date(2024, 1, 1))
    person = PersonEdit(Civility.MADAME, "Salma AZROUNI")
    office.run(people.add_person, person=person, mandate=mandate)
    late = new_meeting(office, plan_id, AFTER)
    office.run(
        amendments.split,
        commitment_id=second.id,
        day=DAY,
        reason="Deux portails",
        parts=[(4, "Portail des marchés"), (5, "Portail du budget")],
    )
    parts = [commitment(office, plan_id, n) for n in (4, 5)]
    assert {(p.axis_id, p.institution, p.weight, p.origin_id) for p in parts} == {
        (axis_id, "Observatoire", Decimal("1.5"), second.id)
    }
    assert scope(office, late) == [1, 3, 4, 5]
    seat = office.run(meetings.view_meeting, meeting_id=late).result.seats[0]
    assert [number for _, number in seat.speaks_for] == [4, 5]
    ended = commitment(office, plan_id, 2).ended
    assert ended is not None
    office.run(amendments.take_back, commitment_id=second.id, amendment_id=ended.id)
    assert [c.number for c in plan_of(office, plan_id).commitments] == [1, 2, 3]
    assert scope(office, late) == [1, 3, 2]


def test_undo_brings_a_split_commitment_back(office: Office) -> None:
    plan_id = new_plan(office)
    new_meeting(office, plan_id, AFTER)
    before = plan_of(office, plan_id)
    office.run(
        amendments.split,
        commitment_id=before.commitments[0].id,
        day=DAY,
        reason="Deux",
        parts=[(4, "Un"), (5, "Deux")],
    )
    office.run(history.undo)
    assert plan_of(office, plan_id) == before


@pytest.mark.parametrize(
    ("change", "family"),
    [
        ({"reason": "  "}, InputError),
        ({"day": date(2030, 1, 1)}, InputError),
        ({"parts": [(4, "Seul")]}, InputError),
        ({"parts": [(4, "Un"), (5, " ")]}, InputError),
        ({"parts": [(4, "Un"), (4, "Deux")]}, ConflictError),
        ({"parts": [(3, "Un"), (4, "Deux")]}, ConflictError),
    ],
)
def test_a_split_that_makes_no_sense_is_refused(
    office: Office, change: dict[str, object], family: type[InputError]
) -> None:
    plan_id = new_plan(office)
    first = commitment(office, plan_id, 1)
    sound = {"day": DAY, "reason": "Deux", "parts": [(4, "Un"), (5, "Deux")]}
    refused(office, amendments.split, family, commitment_id=first.id, **(sound | change))


def test_a_commitment_leaves_its_plan_once(office: Office) -> None:
    plan_id = new_plan(office)
    first = commitment(office, plan_id, 1)
    office.run(amendments.withdraw, commitment_id=first.id, day=DAY, reason="Sans objet")
    sentence = refused(
        office,
        amendments.withdraw,
        ConflictError,
        commitment_id=first.id,
        day=AFTER,
        reason="Encore",
    )
    assert "a déjà été retiré" in sentence


def test_an_origin_is_not_removed_before_its_parts(office: Office) -> None:
    plan_id = new_plan(office)
    first = commitment(office, plan_id, 1)
    parts = [(4, "Un"), (5, "Deux")]
    office.run(amendments.split, commitment_id=first.id, day=DAY, reason="Deux", parts=parts)
    refused(office, plans.remove_commitment, ConflictError, plan_id=plan_id, commitment_id=first.id)
    office.run(plans.remove_plan, plan_id=plan_id)
    assert office.run(plans.list_plans).result == ()
