"""The office's usual sentences, and what completion learns from what it wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import meetings, sentences
from pan_desktop.domain.errors import ConflictError, InputError
from tests.builders import dump

if TYPE_CHECKING:
    from pan_desktop.app.office import Office


def latest(office: Office) -> str:
    return office.run(meetings.list_meetings).result[0].id


def test_sentences_are_added_changed_and_removed_in_order(office: Office) -> None:
    first = office.run(sentences.add_sentence, short_name="fiche", text=" La  fiche. ").result
    second = office.run(sentences.add_sentence, short_name="abs", text="Absent.").result
    office.run(sentences.change_sentence, sentence_id=first, short_name="fic", text="La fiche.")
    listed = office.run(sentences.list_sentences).result
    assert [(s.short_name, s.text) for s in listed] == [("fic", "La fiche."), ("abs", "Absent.")]
    office.run(sentences.remove_sentence, sentence_id=second)
    assert [s.id for s in office.run(sentences.list_sentences).result] == [first]


@pytest.mark.parametrize(("name", "text"), [(" ", "x"), ("x", "\n")])
def test_an_empty_part_is_refused(office: Office, name: str, text: str) -> None:
    before = dump(office.database)
    with pytest.raises(InputError):
        office.run(sentences.add_sentence, short_name=name, text=text)
    assert dump(office.database) == before


def test_a_short_name_is_one_sentences(office: Office) -> None:
    office.run(sentences.add_sentence, short_name="Éta", text="État.")
    with pytest.raises(ConflictError, match="« eta »"):
        office.run(sentences.add_sentence, short_name="eta", text="Autre.")


def test_what_other_meetings_say_is_learnt_and_this_one_is_not(filled: Office) -> None:
    lines = filled.run(meetings.list_meetings).result
    here, other = (filled.run(meetings.view_meeting, meeting_id=m.id).result for m in lines[:2])
    texts = set(filled.run(sentences.stock, meeting_id=lines[0].id).result.texts)
    said = {p.text for item in other.record.agenda for p in item.conclusions}
    assert said <= texts
    own = {p.text for item in here.record.agenda for p in item.conclusions} - said
    assert own.isdisjoint(texts)


def test_the_completer_knows_the_offices_fixed_sentences(filled: Office) -> None:
    found = sentences.completer(filled, meeting_id=latest(filled))
    assert found.offer("Pas d'av").words == "ancement depuis la dernière réunion."
