"""Cards of one person made one, with everything that hangs on them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import actions, history, meetings, merging, people
from pan_desktop.app.people import MandateEdit, PersonEdit
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.model import Civility, Presence, Role
from tests.app.memory import Memory, action, fill
from tests.builders import BOOKKEEPING, dump

if TYPE_CHECKING:
    from pan_desktop.app.office import Office

ENCRYPTED_TOO = True


@pytest.fixture
def memory(office: Office) -> Memory:
    return fill(office)


def twin(office: Office, memory: Memory, name: str = "AZROUNI Salma") -> str:
    mandate = MandateEdit(memory.plan, Role.ALTERNATE, (3,), date(2024, 1, 1))
    person = PersonEdit(Civility.MADAME, name, "Archives du pays", "autre@exemple.org")
    return office.run(people.add_person, person=person, mandate=mandate).result


def content(office: Office) -> dict[str, list[dict[str, object]]]:
    """Return all that the store says, its bookkeeping apart."""
    aside = {"step", "journal"}
    tables = {name: rows for name, rows in dump(office.database).items() if name not in aside}
    return {
        name: [{k: v for k, v in row.items() if k not in BOOKKEEPING} for row in rows]
        for name, rows in tables.items()
    }


def test_names_that_change_places_are_found_alike(office: Office, memory: Memory) -> None:
    other = twin(office, memory)
    twin(office, memory, "Nadia EL FERTALI")
    (found,) = office.run(merging.near_duplicates).result
    assert {found.first.id, found.second.id} == {memory.salma, other}
    assert found.likeness == 100


def test_two_who_sat_together_are_two_people(office: Office, memory: Memory) -> None:
    other = twin(office, memory)
    office.run(
        meetings.set_presence,
        meeting_id=memory.first,
        person_ids=[other],
        presence=Presence.PRESENT,
    )
    assert office.run(merging.near_duplicates).result == ()
    before = dump(office.database)
    with pytest.raises(ConflictError, match="deux personnes"):
        office.run(merging.merge, kept_id=memory.salma, other_id=other)
    assert dump(office.database) == before


def test_all_that_hangs_on_a_card_goes_to_the_kept_one(office: Office, memory: Memory) -> None:
    other = twin(office, memory)
    office.run(people.set_aliases, person_id=other, names=["S. Azrouni (Archives)"])
    office.run(
        meetings.set_presence,
        meeting_id=memory.second,
        person_ids=[other],
        presence=Presence.PRESENT,
    )
    office.run(
        meetings.set_presence,
        meeting_id=memory.first,
        person_ids=[other],
        presence=Presence.EXCUSED,
    )
    office.run(meetings.represent, meeting_id=memory.second, person_id=memory.driss, by_id=other)
    action(office, memory.item, "Publier", owner_id=other)
    before = content(office)
    office.run(merging.merge, kept_id=memory.salma, other_id=other)
    cards = {card.person.id: card for card in office.run(people.list_people).result}
    assert set(cards) == {memory.salma, memory.driss}
    card = cards[memory.salma]
    assert (card.person.name, card.person.institution) == ("Salma AZROUNI", "Archives")
    assert card.person.email == "salma@exemple.org"
    assert card.person.aliases == ("AZROUNI Salma", "S. Azrouni (Archives)")
    assert {(m.role, m.commitments) for m in card.mandates} == {
        (Role.FOCAL_POINT, (1, 2)),
        (Role.ALTERNATE, (3,)),
    }
    first, second = (
        office.run(meetings.view_meeting, meeting_id=m).result.record
        for m in (memory.first, memory.second)
    )
    assert [(a.person.id, a.presence) for a in first.attendances] == [
        (memory.salma, Presence.PRESENT)
    ]
    driss = next(a for a in second.attendances if a.person.id == memory.driss)
    assert driss.by is not None
    assert driss.by.id == memory.salma
    (promised,) = office.run(actions.list_followed).result.followed
    assert promised.follow_up.owner_id == memory.salma
    office.run(history.undo)
    assert content(office) == before


def test_cards_are_merged_in_issued_relevés_too(office: Office, memory: Memory) -> None:
    other = twin(office, memory)
    office.run(
        meetings.set_presence,
        meeting_id=memory.second,
        person_ids=[other],
        presence=Presence.PRESENT,
    )
    office.run(_issue, meeting_id=memory.second)
    office.run(merging.merge, kept_id=memory.salma, other_id=other)
    view = office.run(meetings.view_meeting, meeting_id=memory.second).result
    assert [a.person.id for a in view.record.attendances] == [memory.salma]


def _issue(work: object, *, meeting_id: str) -> None:
    work.update("meeting", meeting_id, state="issued")  # type: ignore[attr-defined]


def test_a_name_is_one_persons_only(office: Office, memory: Memory) -> None:
    names = ["azrouni", " S.  Azrouni ", ""]
    office.run(people.set_aliases, person_id=memory.salma, names=names)
    card = next(c for c in office.run(people.list_people).result if c.person.id == memory.salma)
    assert card.person.aliases == ("S. Azrouni", "azrouni")
    for name in ("AZROUNI", "salma azrouni"):
        with pytest.raises(ConflictError, match="déjà le nom"):
            office.run(people.set_aliases, person_id=memory.driss, names=[name])
    with pytest.raises(InputError):
        office.run(merging.merge, kept_id=memory.salma, other_id=memory.salma)
