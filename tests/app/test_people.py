"""People and their mandates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import people, plans
from pan_desktop.app.changes import Kind
from pan_desktop.app.people import MandateEdit, PersonEdit
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.model import Civility, Role
from tests.builders import dump

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.app.people import PersonCard

FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
FOCAL, ALTERNATE = Role.FOCAL_POINT, Role.ALTERNATE


@pytest.fixture
def plan_id(office: Office) -> str:
    return office.run(
        plans.create_plan, label="2024-2027", starts=FIRST, ends=LAST, commitments=5
    ).result


def cards(office: Office) -> dict[str, PersonCard]:
    return {card.person.name: card for card in office.run(people.list_people).result}


def add(office: Office, name: str = "A B", mandate: MandateEdit | None = None) -> str:
    return office.run(
        people.add_person, person=PersonEdit(Civility.MADAME, name), mandate=mandate
    ).result


def test_a_person_is_kept_as_typed_but_for_idle_spaces(office: Office) -> None:
    edit = PersonEdit(Civility.MADAME, "  Aïcha   EL BAZ ", " Archives  du pays ", " a@b.org ")
    outcome = office.run(people.add_person, person=edit)
    assert outcome.changes.kinds == {Kind.PEOPLE}
    person = cards(office)["Aïcha EL BAZ"].person
    assert (person.civility, person.institution, person.email) == (
        Civility.MADAME,
        "Archives du pays",
        "a@b.org",
    )
    assert office.run(people.list_institutions).result == ("Archives du pays",)


@pytest.mark.parametrize("name", ["", "  ", "\n\u00a0"])
def test_a_person_without_a_name_is_refused(office: Office, name: str) -> None:
    person_id = add(office)
    before = dump(office.database)
    edit = PersonEdit(Civility.MADAME, name)
    with pytest.raises(InputError):
        office.run(people.add_person, person=edit)
    with pytest.raises(InputError):
        office.run(people.change_person, person_id=person_id, person=edit)
    assert dump(office.database) == before


def test_a_card_is_changed_without_touching_its_mandates(office: Office, plan_id: str) -> None:
    mandate = MandateEdit(plan_id, FOCAL, (1,), FIRST)
    person_id = add(office, "A B", mandate)
    edit = PersonEdit(Civility.MONSIEUR, "C D", "Douanes", "c@d.org")
    office.run(people.change_person, person_id=person_id, person=edit)
    card = cards(office)["C D"]
    assert (card.person.civility, card.person.institution) == (Civility.MONSIEUR, "Douanes")
    assert [m.commitments for m in card.mandates] == [(1,)]
    office.run(
        people.change_person, person_id=person_id, person=PersonEdit(Civility.MONSIEUR, "C D")
    )
    assert cards(office)["C D"].person.institution == ""


def test_a_person_may_hold_several_mandates(office: Office, plan_id: str) -> None:
    person_id = add(office, "A B", MandateEdit(plan_id, FOCAL, (3, 1, 3), FIRST))
    office.run(
        people.add_mandate,
        person_id=person_id,
        mandate=MandateEdit(plan_id, ALTERNATE, (2,), FIRST, LAST),
    )
    held = cards(office)["A B"].mandates
    assert [(m.role, m.commitments, m.valid_from, m.valid_to) for m in held] == [
        (FOCAL, (1, 3), FIRST, None),
        (ALTERNATE, (2,), FIRST, LAST),
    ]


WRONG = [
    ((), FIRST, None),
    ((1, 6), FIRST, None),
    ((0,), FIRST, None),
    ((1,), LAST, FIRST),
]


@pytest.mark.parametrize(("numbers", "first", "last"), WRONG)
def test_a_wrong_mandate_is_refused_with_the_person(
    office: Office, plan_id: str, numbers: tuple[int, ...], first: date, last: date | None
) -> None:
    person_id = add(office, "C D", MandateEdit(plan_id, FOCAL, (1,), FIRST))
    mandate_id = cards(office)["C D"].mandates[0].id
    before = dump(office.database)
    wrong = MandateEdit(plan_id, FOCAL, numbers, first, last)
    with pytest.raises(InputError, match="rien n’a été enregistré"):
        add(office, "A B", wrong)
    with pytest.raises(InputError, match="rien n’a été enregistré"):
        office.run(people.add_mandate, person_id=person_id, mandate=wrong)
    with pytest.raises(InputError, match="rien n’a été enregistré"):
        office.run(people.change_mandate, mandate_id=mandate_id, mandate=wrong)
    assert dump(office.database) == before


def test_changing_a_mandate_writes_only_what_differs(office: Office, plan_id: str) -> None:
    add(office, "A B", MandateEdit(plan_id, FOCAL, (1, 2, 3), FIRST))
    mandate = cards(office)["A B"].mandates[0]
    ties = {row["commitment_id"]: row for row in dump(office.database)["mandate_commitment"]}
    edit = MandateEdit(plan_id, ALTERNATE, (2, 3, 4), FIRST, LAST)
    office.run(people.change_mandate, mandate_id=mandate.id, mandate=edit)
    changed = cards(office)["A B"].mandates[0]
    assert (changed.id, changed.role, changed.commitments) == (mandate.id, ALTERNATE, (2, 3, 4))
    assert changed.valid_to == LAST
    after = {row["commitment_id"]: row for row in dump(office.database)["mandate_commitment"]}
    assert len([row for key, row in after.items() if ties.get(key) == row]) == 2
    again = office.run(people.change_mandate, mandate_id=mandate.id, mandate=edit)
    assert not again.changes.kinds


def test_a_mandate_given_by_mistake_goes_and_the_person_stays(office: Office, plan_id: str) -> None:
    add(office, "A B", MandateEdit(plan_id, FOCAL, (1,), FIRST))
    mandate = cards(office)["A B"].mandates[0]
    office.run(people.remove_mandate, mandate_id=mandate.id)
    assert cards(office)["A B"].mandates == ()
    assert dump(office.database)["mandate_commitment"] == []


def test_a_person_no_meeting_knows_goes_with_her_mandates(office: Office, plan_id: str) -> None:
    person_id = add(office, "A B", MandateEdit(plan_id, FOCAL, (1,), FIRST))
    add(office, "C D")
    office.run(people.remove_person, person_id=person_id)
    assert list(cards(office)) == ["C D"]
    assert dump(office.database)["mandate"] == []


def test_a_person_a_meeting_knows_stays(filled: Office) -> None:
    card = cards(filled)["Salma AZROUNI"]
    before = dump(filled.database)
    with pytest.raises(ConflictError, match=r"^Salma AZROUNI .* n’a pas été supprimée"):
        filled.run(people.remove_person, person_id=card.person.id)
    assert dump(filled.database) == before


def test_a_new_name_is_the_name_in_past_meetings_too(filled: Office) -> None:
    from pan_desktop.app import meetings

    card = cards(filled)["Salma AZROUNI"]
    edit = PersonEdit(Civility.MADAME, "Salma AZROUNI TAHIR")
    filled.run(people.change_person, person_id=card.person.id, person=edit)
    oldest = filled.run(meetings.list_meetings).result[-1]
    record = filled.run(meetings.view_meeting, meeting_id=oldest.id).result.record
    assert "Salma AZROUNI TAHIR" in [a.person.name for a in record.present]
