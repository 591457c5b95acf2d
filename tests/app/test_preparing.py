"""Before a meeting: what is proposed, who is expected, what is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import conclusions, meetings, people, plans, preparing, progress, templates
from pan_desktop.app.changes import Kind
from pan_desktop.app.conclusions import PointEdit
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.app.people import MandateEdit, PersonEdit
from pan_desktop.app.progress import ReportEdit
from pan_desktop.app.templates import TemplateEdit
from pan_desktop.domain.errors import ConflictError, InputError, NotFoundError
from pan_desktop.domain.model import (
    Civility,
    ConclusionKind,
    ItemKind,
    ReleveState,
    Role,
    Situation,
)
from tests.builders import content, dump

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.app.preparing import MeetingProposal, Preparation
    from pan_desktop.domain.model import MeetingRecord
    from pan_desktop.store.unit_of_work import UnitOfWork

BODY = "Comité de suivi"
FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
MONDAY = date(2026, 6, 8)
BEFORE = MeetingEdit(BODY, date(2026, 3, 1), time(14, 30), "Rabat")
NOW = MeetingEdit(BODY, MONDAY, time(14, 30), "Rabat")
APPROVAL = "Approbation du relevé des conclusions de la réunion du 1er mars 2026"
PROGRESS = "État d'avancement des engagements 2024-2027"


@pytest.fixture
def plan_id(office: Office) -> str:
    return office.run(
        plans.create_plan, label="2024-2027", starts=FIRST, ends=LAST, commitments=4
    ).result


def create(
    office: Office, plan_id: str, edit: MeetingEdit = NOW, template_id: str | None = None
) -> str:
    return office.run(
        preparing.create_proposed, plan_id=plan_id, edit=edit, template_id=template_id
    ).result


def record(office: Office, meeting_id: str) -> MeetingRecord:
    return office.run(meetings.view_meeting, meeting_id=meeting_id).result.record


def agenda(office: Office, meeting_id: str) -> list[str]:
    return [item.title for item in record(office, meeting_id).agenda]


def propose(
    office: Office, today: date = MONDAY, template_id: str | None = None
) -> MeetingProposal:
    return office.run(preparing.propose, today=today, template_id=template_id).result


def view(office: Office, meeting_id: str) -> Preparation:
    return office.run(preparing.view_preparation, meeting_id=meeting_id).result


def leave_open(office: Office, meeting_id: str, title: str, heading: str = "") -> str:
    item_id = office.run(meetings.add_item, meeting_id=meeting_id, title=title).result
    office.run(meetings.change_item, item_id=item_id, title=title, heading=heading, discussed=False)
    return item_id


def set_state(work: UnitOfWork, *, meeting_id: str, state: ReleveState) -> None:
    work.update("meeting", meeting_id, state=state.value)


# Proposing ---------------------------------------------------------------------------------


def test_a_new_office_begins_with_a_body_to_rename_and_its_only_plan(
    office: Office, plan_id: str
) -> None:
    found = propose(office)
    assert found.edit == MeetingEdit("Comité d’implémentation", MONDAY, time(9, 30))
    assert (found.plan_id, found.after) == (plan_id, None)


def test_without_a_plan_there_is_none_to_propose(office: Office) -> None:
    found = propose(office)
    assert (found.plan_id, found.agenda) == ("", ())


def test_a_meeting_is_proposed_like_the_last_one_today(office: Office, plan_id: str) -> None:
    create(office, plan_id, MeetingEdit("Autre", date(2026, 1, 5), time(9), "Fès"))
    create(office, plan_id, BEFORE)
    found = propose(office)
    assert found.edit == NOW
    assert (found.plan_id, found.after) == (plan_id, BEFORE.day)
    assert [item.title for item in found.agenda] == [APPROVAL, PROGRESS]


def test_one_that_is_yet_to_come_is_not_the_last_one(office: Office, plan_id: str) -> None:
    create(office, plan_id, BEFORE)
    create(office, plan_id, MeetingEdit("Autre", date(2026, 9, 1), time(9)))
    assert propose(office).edit == NOW


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (MONDAY, MONDAY),
        (date(2026, 6, 6), MONDAY),  # a Saturday
        (date(2026, 5, 1), date(2026, 5, 4)),  # the first of May, a Friday
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_the_day_proposed_is_today_or_the_next_working_day(
    office: Office, plan_id: str, today: date, day: date
) -> None:
    create(office, plan_id, BEFORE)
    assert propose(office, today).edit.day == day


def test_a_moment_that_the_body_has_taken_is_not_proposed(office: Office, plan_id: str) -> None:
    create(office, plan_id, NOW)
    assert propose(office).edit == replace(NOW, day=date(2026, 6, 9))
    create(office, plan_id, replace(NOW, at=time(16)))
    create(office, plan_id, MeetingEdit("Autre", date(2026, 6, 9), time(16)))
    assert propose(office).edit == MeetingEdit(BODY, date(2026, 6, 9), time(16), "Rabat")


def test_a_plan_that_has_ended_gives_way_to_the_one_in_force(office: Office, plan_id: str) -> None:
    create(office, plan_id, BEFORE)
    following = office.run(
        plans.create_plan, label="2028-2030", starts=date(2028, 1, 1), ends=date(2030, 12, 31)
    ).result
    assert propose(office).plan_id == plan_id
    assert propose(office, date(2028, 2, 1)).plan_id == following
    assert propose(office, date(2031, 2, 3)).plan_id == plan_id


def test_a_template_says_what_it_says_and_the_last_meeting_of_its_body_the_rest(
    office: Office, plan_id: str
) -> None:
    create(office, plan_id, BEFORE)
    create(office, plan_id, MeetingEdit("Bureau", date(2026, 5, 4), time(9), "Salle 1"))
    full = TemplateEdit("A", BODY, time(10), "Fès")
    bare = TemplateEdit("B", BODY)
    new = TemplateEdit("C", "Groupe de travail", None, "Salle 4")
    ids = [office.run(templates.add_template, template=t).result for t in (full, bare, new)]
    assert propose(office).edit == MeetingEdit("Bureau", MONDAY, time(9), "Salle 1")
    found = [propose(office, template_id=template_id) for template_id in ids]
    assert [proposal.edit for proposal in found] == [
        MeetingEdit(BODY, MONDAY, time(10), "Fès"),
        NOW,
        MeetingEdit("Groupe de travail", MONDAY, time(9, 30), "Salle 4"),
    ]
    assert [proposal.after for proposal in found] == [BEFORE.day, BEFORE.day, None]
    assert {proposal.plan_id for proposal in found} == {plan_id}


def test_an_unknown_template_is_told(office: Office, plan_id: str) -> None:
    with pytest.raises(NotFoundError):
        propose(office, template_id="x")
    before = dump(office.database)
    with pytest.raises(NotFoundError):
        create(office, plan_id, NOW, "x")
    assert dump(office.database) == before


def test_the_offer_holds_what_there_is_to_choose(office: Office, plan_id: str) -> None:
    create(office, plan_id, BEFORE)
    create(office, plan_id, MeetingEdit("Autre", date(2026, 1, 5), time(9)))
    template = TemplateEdit("A", "Bureau")
    template_id = office.run(templates.add_template, template=template).result
    found = office.run(preparing.offer, today=MONDAY).result
    assert found.bodies == (BODY, "Autre")
    assert [plan.id for plan in found.plans] == [plan_id]
    assert [template.name for template in found.templates] == ["A"]
    assert found.proposals == {
        "": propose(office),
        template_id: propose(office, template_id=template_id),
    }


# The agenda --------------------------------------------------------------------------------


def test_the_first_meeting_has_the_progress_alone(office: Office, plan_id: str) -> None:
    found = record(office, create(office, plan_id))
    assert [(i.title, i.heading, i.kind) for i in found.agenda] == [
        (PROGRESS, "", ItemKind.PROGRESS)
    ]
    assert [r.commitment.number for r in found.reports] == [1, 2, 3, 4]


def test_the_next_one_approves_then_takes_up_progress_and_what_was_left_open(
    office: Office, plan_id: str
) -> None:
    first = create(office, plan_id, BEFORE)
    (item,) = record(office, first).agenda
    office.run(meetings.change_item, item_id=item.id, title="Avancement", heading="Etat du plan")
    office.run(meetings.add_item, meeting_id=first, title="Traité")
    leave_open(office, first, "Budget", "Exécution du budget")
    found = record(office, create(office, plan_id)).agenda
    assert [(i.title, i.heading, i.kind, i.discussed) for i in found] == [
        (APPROVAL, "", ItemKind.POINTS, True),
        ("Avancement", "Etat du plan", ItemKind.PROGRESS, True),
        ("Budget", "Exécution du budget", ItemKind.POINTS, True),
    ]


def test_an_earlier_day_than_all_others_has_nothing_to_approve(
    office: Office, plan_id: str
) -> None:
    create(office, plan_id)
    assert agenda(office, create(office, plan_id, BEFORE)) == [PROGRESS]


def test_another_body_s_relevé_is_not_approved(office: Office, plan_id: str) -> None:
    create(office, plan_id, BEFORE)
    assert agenda(office, create(office, plan_id, replace(NOW, body="Bureau"))) == [PROGRESS]
    spaced = replace(NOW, body="  Comité  de suivi ")
    assert agenda(office, create(office, plan_id, spaced)) == [APPROVAL, PROGRESS]


@pytest.mark.parametrize("state", ReleveState)
def test_an_approved_relevé_is_not_approved_again(
    office: Office, plan_id: str, state: ReleveState
) -> None:
    first = create(office, plan_id, BEFORE)
    office.run(set_state, meeting_id=first, state=state)
    begins = [] if state is ReleveState.APPROVED else [APPROVAL]
    assert agenda(office, create(office, plan_id)) == [*begins, PROGRESS]


def test_another_plan_has_its_own_progress(office: Office, plan_id: str) -> None:
    (item,) = record(office, create(office, plan_id, BEFORE)).agenda
    office.run(meetings.change_item, item_id=item.id, title="Avancement 2024-2027")
    other = office.run(
        plans.create_plan, label="2028-2030", starts=date(2028, 1, 1), ends=date(2030, 12, 31)
    ).result
    assert agenda(office, create(office, other)) == [
        APPROVAL,
        "État d'avancement des engagements 2028-2030",
    ]


def test_a_template_s_standing_items_come_last_and_nothing_twice(
    office: Office, plan_id: str
) -> None:
    first = create(office, plan_id, BEFORE)
    leave_open(office, first, "Évaluation à mi-parcours")
    titles = ("EVALUATION a mi-parcours", "Questions diverses", PROGRESS.lower())
    template = TemplateEdit("Ordinaire", BODY, titles=titles)
    template_id = office.run(templates.add_template, template=template).result
    found = record(office, create(office, plan_id, NOW, template_id)).agenda
    assert [i.title for i in found] == [
        APPROVAL,
        PROGRESS,
        "Évaluation à mi-parcours",
        "Questions diverses",
    ]
    assert [i.kind for i in found].count(ItemKind.PROGRESS) == 1


def test_a_refused_meeting_leaves_nothing_behind(office: Office, plan_id: str) -> None:
    create(office, plan_id)
    before = dump(office.database)
    with pytest.raises(ConflictError, match="déjà enregistrée"):
        create(office, plan_id)
    with pytest.raises(InputError):
        create(office, plan_id, replace(NOW, body=" "))
    assert dump(office.database) == before


# Who is expected ---------------------------------------------------------------------------


def person(office: Office, name: str, *mandates: MandateEdit) -> None:
    office.run(
        people.add_person,
        person=PersonEdit(Civility.MADAME, name),
        mandate=mandates[0] if mandates else None,
    )


def test_those_with_a_mandate_that_day_are_expected_and_the_rest_is_named(
    office: Office, plan_id: str
) -> None:
    focal, alternate = Role.FOCAL_POINT, Role.ALTERNATE
    person(office, "B titulaire", MandateEdit(plan_id, focal, (2, 4), FIRST))
    person(office, "A suppléante", MandateEdit(plan_id, alternate, (2,), FIRST, MONDAY))
    person(office, "C finie", MandateEdit(plan_id, focal, (1,), FIRST, date(2026, 6, 7)))
    person(office, "D sans mandat")
    found = view(office, create(office, plan_id))
    assert [(e.person.name, [m.commitments for m in e.mandates]) for e in found.expected] == [
        ("B titulaire", [(2, 4)]),
        ("A suppléante", [(2,)]),
    ]
    assert found.unanswered == (1, 3)


# What is open ------------------------------------------------------------------------------


def report(
    office: Office, meeting_id: str, number: int, percent: int | None, situation: Situation
) -> None:
    found = next(r for r in record(office, meeting_id).scope if r.commitment.number == number)
    edit = ReportEdit(percent, f"Dit le {meeting_id[:4]}.", situation)
    if situation is not Situation.REPORTED:
        edit = replace(edit, details="")
    office.run(progress.save_report, report_id=found.id, edit=edit)


def test_each_commitment_tells_at_how_many_meetings_nobody_said_anything_new(
    office: Office, plan_id: str
) -> None:
    said = {
        1: (Situation.REPORTED, Situation.REPORTED, Situation.REPORTED),
        2: (Situation.REPORTED, Situation.ABSENT, Situation.NO_PROGRESS),
        3: (Situation.REPORTED, Situation.REPORTED, Situation.ABSENT),
    }
    for turn, day in enumerate((date(2025, 3, 3), date(2025, 6, 2), date(2025, 9, 1))):
        meeting_id = create(office, plan_id, replace(NOW, day=day))
        for number, situations in said.items():
            percent = 10 if situations[turn] is not Situation.REPORTED else 10 + turn
            report(office, meeting_id, number, percent, situations[turn])
    found = view(office, create(office, plan_id)).carried
    assert [c.commitment.number for c in found] == [1, 2, 3, 4]
    silent = [c.last.silent if c.last else None for c in found]
    assert silent == [0, 2, 1, None]
    assert found[0].last is not None
    assert (found[0].last.percent, found[0].last.day) == (12, date(2025, 9, 1))


def action(office: Office, meeting_id: str, text: str) -> str:
    item_id = office.run(meetings.add_item, meeting_id=meeting_id, title="Suites").result
    point = PointEdit(f"point {text[:20]}", 0, text, kind=ConclusionKind.ACTION)
    office.run(conclusions.save_outline, item_id=item_id, points=(point,))
    return point.id


def test_open_actions_of_earlier_meetings_are_there(office: Office, plan_id: str) -> None:
    first = create(office, plan_id, BEFORE)
    point_id = action(office, first, "Transmettre la note.")
    assert view(office, first).actions == ()
    (found,) = view(office, create(office, plan_id)).actions
    assert (found.id, found.text, found.day) == (point_id, "Transmettre la note.", BEFORE.day)


def test_an_action_is_put_on_the_agenda_once(office: Office, plan_id: str) -> None:
    point_id = action(office, create(office, plan_id, BEFORE), "Transmettre la note.")
    meeting_id = create(office, plan_id)
    outcome = office.run(preparing.put_action_on_agenda, meeting_id=meeting_id, point_id=point_id)
    found = record(office, meeting_id).agenda[-1]
    assert (found.id, found.title) == (outcome.result, "Suivi : Transmettre la note")
    assert outcome.changes.kinds == {Kind.AGENDA}
    before = content(dump(office.database))
    for asked in (point_id, "inconnue"):
        again = office.run(preparing.put_action_on_agenda, meeting_id=meeting_id, point_id=asked)
        assert again.result is None
    assert content(dump(office.database)) == before


def test_a_long_action_makes_a_short_title(office: Office, plan_id: str) -> None:
    text = "Adresser aux points focaux " + "la version consolidée du document " * 5
    point_id = action(office, create(office, plan_id, BEFORE), text)
    meeting_id = create(office, plan_id)
    office.run(preparing.put_action_on_agenda, meeting_id=meeting_id, point_id=point_id)
    title = agenda(office, meeting_id)[-1]
    assert title.startswith("Suivi : Adresser aux points focaux la version")
    assert title.endswith(" du…")  # at the end of a word
    assert len(title) <= 100


def test_what_was_left_open_says_whether_it_is_taken_up(office: Office, plan_id: str) -> None:
    first = create(office, plan_id, BEFORE)
    meeting_id = create(office, plan_id)
    for title in ("Budget", "Calendrier"):
        leave_open(office, first, title, f"Sur {title}")
    item_id = office.run(
        preparing.put_on_agenda, meeting_id=meeting_id, title=" budget ", heading="Sur Budget"
    ).result
    found = view(office, meeting_id)
    assert found.after == BEFORE.day
    assert [(left.item.title, left.taken_up) for left in found.left_open] == [
        ("Budget", True),
        ("Calendrier", False),
    ]
    item = record(office, meeting_id).agenda[-1]
    assert (item.id, item.title, item.heading) == (item_id, "budget", "Sur Budget")
    assert view(office, first).left_open == ()


def test_nothing_is_open_before_the_first_meeting(office: Office, plan_id: str) -> None:
    found = view(office, create(office, plan_id))
    assert (found.after, found.actions, found.left_open) == (None, (), ())
    assert [carried.last for carried in found.carried] == [None] * 4
