"""Plans, axes and commitments: what may be changed, and what a meeting holds fast."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import meetings, people, plans, progress
from pan_desktop.app.changes import Kind
from pan_desktop.app.plans import CommitmentEdit
from pan_desktop.domain.errors import ConflictError, InputError, NotFoundError
from pan_desktop.domain.model import Civility, Presence, Role, Situation
from pan_desktop.domain.progress import OverallMethod, Rounding
from tests.builders import dump

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import ActionPlan

FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)


def new_plan(office: Office, label: str = "2024-2027", commitments: int = 3) -> str:
    return office.run(
        plans.create_plan, label=label, starts=FIRST, ends=LAST, commitments=commitments
    ).result


def plan_of(office: Office, plan_id: str) -> ActionPlan:
    return next(plan for plan in office.run(plans.list_plans).result if plan.id == plan_id)


def new_meeting(office: Office, plan_id: str, day: date = FIRST) -> str:
    edit = meetings.MeetingEdit("Comité", day, time(9))
    return office.run(
        meetings.create_meeting, plan_id=plan_id, edit=edit, progress_title="Avancement"
    ).result


def scope(office: Office, meeting_id: str) -> list[int]:
    view = office.run(meetings.view_meeting, meeting_id=meeting_id).result
    return [report.commitment.number for report in view.record.reports]


def refused(office: Office, use_case: object, family: type[InputError], **kwargs: object) -> str:
    before = dump(office.database)
    with pytest.raises(family) as caught:
        office.run(use_case, **kwargs)  # type: ignore[arg-type]
    assert dump(office.database) == before
    assert "n’a été" in caught.value.sentence or "n’a pas été" in caught.value.sentence
    return caught.value.sentence


def test_a_plan_is_made_with_its_commitments_numbered_from_1(office: Office) -> None:
    outcome = office.run(
        plans.create_plan, label=" 2024-2027 ", starts=FIRST, ends=LAST, commitments=3
    )
    assert outcome.changes.touch(Kind.PLANS)
    assert not outcome.changes.touch(Kind.PEOPLE, Kind.MEETINGS)
    plan = plan_of(office, outcome.result)
    assert (plan.label, plan.starts, plan.ends) == ("2024-2027", FIRST, LAST)
    assert [(c.number, c.weight) for c in plan.commitments] == [(n, Decimal(1)) for n in (1, 2, 3)]
    assert (plan.method, plan.rounding) == (OverallMethod.MEAN, Rounding.HALF_UP)


@pytest.mark.parametrize(("label", "starts", "ends"), [("  ", FIRST, LAST), ("2024", LAST, FIRST)])
def test_a_plan_without_label_or_that_runs_backwards_is_refused(
    office: Office, label: str, starts: date, ends: date
) -> None:
    refused(office, plans.create_plan, InputError, label=label, starts=starts, ends=ends)


def test_two_plans_never_have_one_label(office: Office) -> None:
    new_plan(office, "2018-2020")
    other = new_plan(office)
    refused(office, plans.create_plan, ConflictError, label="2018-2020", starts=FIRST, ends=LAST)
    refused(
        office,
        plans.change_plan,
        ConflictError,
        plan_id=other,
        label="2018-2020",
        starts=FIRST,
        ends=LAST,
        method=OverallMethod.MEAN,
        rounding=Rounding.UP,
    )


def test_a_label_changes_without_breaking_a_link(filled: Office) -> None:
    (plan,) = filled.run(plans.list_plans).result
    filled.run(
        plans.change_plan,
        plan_id=plan.id,
        label="2024-2028",
        starts=plan.starts,
        ends=date(2028, 12, 31),
        method=OverallMethod.BY_AXIS,
        rounding=Rounding.UP,
    )
    for line in filled.run(meetings.list_meetings).result:
        assert line.plan == "2024-2028"
    changed = plan_of(filled, plan.id)
    assert (changed.method, changed.rounding) == (OverallMethod.BY_AXIS, Rounding.UP)
    assert changed.commitments == plan.commitments


def test_the_overall_follows_the_plan_s_method_and_rounding(filled: Office) -> None:
    (plan,) = filled.run(plans.list_plans).result
    newest = filled.run(meetings.list_meetings).result[0].id
    found = {}
    for method in OverallMethod:
        for rounding in Rounding:
            filled.run(
                plans.change_plan,
                plan_id=plan.id,
                label=plan.label,
                starts=plan.starts,
                ends=plan.ends,
                method=method,
                rounding=rounding,
            )
            view = filled.run(meetings.view_meeting, meeting_id=newest).result
            found[method.value, rounding.value] = view.record.overall
    assert found == {
        ("mean", "half_up"): 72,
        ("mean", "up"): 72,
        ("mean", "down"): 71,
        **{("weighted", r): _weighted(r) for r in ("half_up", "up", "down")},
        **{("by_axis", r): _by_axis(r) for r in ("half_up", "up", "down")},
    }


THIRD = [100, 100, 70, 75, 100, 100, 30, 60, 100, 55, 65, 35, 10, 100, 65, 80]
WEIGHTS = [1, 1, 2, 1.5, 1, 2, 2, 1.5, 1, 1, 1, 1.5, 0.5, 1, 1, 1]


def _rounded(value: float, rounding: str) -> int:
    assert abs(value - round(value)) > 0.01
    return {"half_up": int(value + 0.5), "up": int(value) + 1, "down": int(value)}[rounding]


def _weighted(rounding: str) -> int:
    pairs = zip(THIRD, WEIGHTS, strict=True)
    return _rounded(sum(p * w for p, w in pairs) / sum(WEIGHTS), rounding)


def _by_axis(rounding: str) -> int:
    axes = [THIRD[:5], THIRD[5:9], THIRD[9:13], THIRD[13:]]
    return _rounded(sum(sum(axis) / len(axis) for axis in axes) / 4, rounding)


def test_a_plan_that_has_meetings_stays(filled: Office) -> None:
    (plan,) = filled.run(plans.list_plans).result
    refused(filled, plans.remove_plan, ConflictError, plan_id=plan.id)


def test_a_plan_without_meetings_goes_with_all_that_is_its_own(office: Office) -> None:
    kept = new_plan(office, "2018-2020")
    before = dump(office.database)
    gone = new_plan(office)
    office.run(plans.add_axis, plan_id=gone, title="Axe")
    axis = plan_of(office, gone).axes[0]
    commitment = plan_of(office, gone).commitments[0]
    edit = CommitmentEdit("1", "Titre", axis_id=axis.id)
    office.run(plans.change_commitment, commitment_id=commitment.id, edit=edit)
    person = people.PersonEdit(Civility.MADAME, "A B")
    mandate = people.MandateEdit(gone, Role.FOCAL_POINT, (1, 2), FIRST)
    office.run(people.add_person, person=person, mandate=mandate)
    office.run(plans.remove_plan, plan_id=gone)
    after = dump(office.database)
    aside = {"person", "journal"}
    assert {t: r for t, r in after.items() if t not in aside} == {
        t: r for t, r in before.items() if t not in aside
    }
    assert [plan.id for plan in office.run(plans.list_plans).result] == [kept]


def test_an_unknown_plan_is_told(office: Office) -> None:
    with pytest.raises(NotFoundError):
        office.run(plans.add_commitment, plan_id="nobody")


# Axes ------------------------------------------------------------------------------------


def test_axes_are_numbered_as_they_come_and_keep_their_commitments_when_renamed(
    office: Office,
) -> None:
    plan_id = new_plan(office)
    first = office.run(plans.add_axis, plan_id=plan_id, title="Un").result
    office.run(plans.add_axis, plan_id=plan_id, title="Deux")
    office.run(plans.change_axis, axis_id=first, title="Premier")
    axes = plan_of(office, plan_id).axes
    assert [(axis.number, axis.title) for axis in axes] == [(1, "Premier"), (2, "Deux")]


def test_a_removed_axis_leaves_its_commitments_without_one(office: Office) -> None:
    plan_id = new_plan(office)
    axis_id = office.run(plans.add_axis, plan_id=plan_id, title="Un").result
    for commitment in plan_of(office, plan_id).commitments[:2]:
        edit = CommitmentEdit(str(commitment.number), axis_id=axis_id)
        office.run(plans.change_commitment, commitment_id=commitment.id, edit=edit)
    office.run(plans.remove_axis, plan_id=plan_id, axis_id=axis_id)
    plan = plan_of(office, plan_id)
    assert plan.axes == ()
    assert [c.axis_id for c in plan.commitments] == [None] * 3


# Commitments -----------------------------------------------------------------------------


def test_a_new_commitment_takes_the_next_number(office: Office) -> None:
    plan_id = new_plan(office)
    office.run(plans.add_commitment, plan_id=plan_id, title=" Budget ", institution=" Finances ")
    last = plan_of(office, plan_id).commitments[-1]
    assert (last.number, last.title, last.institution) == (4, "Budget", "Finances")


def test_a_new_commitment_joins_the_latest_meeting_only(office: Office) -> None:
    plan_id = new_plan(office)
    older = new_meeting(office, plan_id)
    latest = new_meeting(office, plan_id, date(2024, 5, 2))
    office.run(plans.add_commitment, plan_id=plan_id)
    assert (scope(office, older), scope(office, latest)) == ([1, 2, 3], [1, 2, 3, 4])


def test_a_commitment_is_described(office: Office) -> None:
    plan_id = new_plan(office)
    axis_id = office.run(plans.add_axis, plan_id=plan_id, title="Un").result
    commitment = plan_of(office, plan_id).commitments[1]
    edit = CommitmentEdit(" 12 ", "  Budget \n ouvert ", " Direction  du budget ", "1,5", axis_id)
    office.run(plans.change_commitment, commitment_id=commitment.id, edit=edit)
    changed = plan_of(office, plan_id).commitments[-1]
    assert (changed.id, changed.number, changed.title) == (commitment.id, 12, "Budget ouvert")
    assert (changed.institution, changed.axis_id) == ("Direction du budget", axis_id)
    assert changed.weight == Decimal("1.5")


@pytest.mark.parametrize(
    "edit",
    [
        *(CommitmentEdit(n) for n in ("", "0", "-1", "1,5", "un", "10000", "²", "1 2", "9" * 5000)),
        *(
            CommitmentEdit("1", weight=w)
            for w in ("", "0", "-1", "0,0001", "1000000", "un", "NaN", "Infinity", "1e9", "1 5")
        ),
    ],
    ids=str,
)
def test_a_number_or_a_weight_that_makes_no_sense_is_refused(
    office: Office, edit: CommitmentEdit
) -> None:
    commitment = plan_of(office, new_plan(office)).commitments[0]
    refused(office, plans.change_commitment, InputError, commitment_id=commitment.id, edit=edit)


def test_two_commitments_never_have_one_number(office: Office) -> None:
    plan_id = new_plan(office)
    commitment = plan_of(office, plan_id).commitments[0]
    refused(
        office,
        plans.change_commitment,
        ConflictError,
        commitment_id=commitment.id,
        edit=CommitmentEdit("2"),
    )
    refused(office, plans.add_commitment, ConflictError, plan_id=plan_id, number=2)


def test_a_commitment_is_shown_as_it_will_be_stored(office: Office) -> None:
    plan_id = new_plan(office)
    held = plan_of(office, plan_id).commitments
    edit = CommitmentEdit("7", " Budget  ouvert ", "Finances", "2,25")
    shown = plans.edited(held, held[0], edit)
    office.run(plans.change_commitment, commitment_id=held[0].id, edit=edit)
    assert plan_of(office, plan_id).commitments[-1] == shown
    with pytest.raises(ConflictError):
        plans.edited(held, held[0], CommitmentEdit("2"))
    plans.edited(held, held[0], CommitmentEdit("1"))


def test_a_commitment_that_awaits_its_progress_goes(office: Office) -> None:
    plan_id = new_plan(office)
    meeting_id = new_meeting(office, plan_id)
    commitment = plan_of(office, plan_id).commitments[1]
    office.run(plans.remove_commitment, plan_id=plan_id, commitment_id=commitment.id)
    assert [c.number for c in plan_of(office, plan_id).commitments] == [1, 3]
    assert scope(office, meeting_id) == [1, 3]


@pytest.mark.parametrize("said", ["percent", "details", "spoken for"])
def test_a_commitment_that_a_meeting_speaks_of_stays(office: Office, said: str) -> None:
    plan_id = new_plan(office)
    meeting_id = new_meeting(office, plan_id)
    commitment = plan_of(office, plan_id).commitments[1]
    view = office.run(meetings.view_meeting, meeting_id=meeting_id).result
    if said == "spoken for":
        person_id = office.run(
            people.add_person,
            person=people.PersonEdit(Civility.MADAME, "A B"),
            mandate=people.MandateEdit(plan_id, Role.FOCAL_POINT, (2,), FIRST),
        ).result
        office.run(
            meetings.set_presence,
            meeting_id=meeting_id,
            person_ids=[person_id],
            presence=Presence.PRESENT,
        )
    else:
        edit = progress.ReportEdit(
            0 if said == "percent" else None,
            "dit" if said == "details" else "",
            Situation.TO_FILL,
        )
        office.run(progress.save_report, report_id=view.record.reports[1].id, edit=edit)
    sentence = refused(
        office,
        plans.remove_commitment,
        ConflictError,
        plan_id=plan_id,
        commitment_id=commitment.id,
    )
    assert "L’engagement 2 " in sentence
