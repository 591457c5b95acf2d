"""Meeting templates: what an office keeps of a kind of meeting, by name."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import meetings, preparing, templates
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.app.templates import TemplateEdit
from pan_desktop.domain.errors import ConflictError, InputError, NotFoundError
from tests.builders import dump

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import MeetingTemplate

ORDINARY = TemplateEdit(
    "Réunion ordinaire", "Comité de suivi", time(14, 30), "Rabat", ("Questions diverses", "Budget")
)


def add(office: Office, template: TemplateEdit = ORDINARY) -> str:
    return office.run(templates.add_template, template=template).result


def listed(office: Office) -> tuple[MeetingTemplate, ...]:
    return office.run(templates.list_templates).result


def test_a_template_is_kept_as_it_was_given(office: Office) -> None:
    template_id = add(office)
    (found,) = listed(office)
    assert (found.id, found.name, found.body) == (
        template_id,
        "Réunion ordinaire",
        "Comité de suivi",
    )
    assert (found.at, found.place) == (time(14, 30), "Rabat")
    assert found.titles == ("Questions diverses", "Budget")


def test_spaces_empty_titles_and_titles_said_twice_do_not_count(office: Office) -> None:
    titles = (" Un  point ", "", "Deux", "UN POINT", "  ")
    add(office, TemplateEdit(" A  b ", " C  d ", time(9, 5, 59), " ici ", titles))
    (found,) = listed(office)
    assert (found.name, found.body, found.at, found.place) == ("A b", "C d", time(9, 5), "ici")
    assert found.titles == ("Un point", "Deux")


def test_templates_are_listed_by_name(office: Office) -> None:
    for name in ("B", "C", "A"):
        add(office, TemplateEdit(name, "Comité"))
    assert [m.name for m in listed(office)] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (TemplateEdit(" ", "Comité"), "pas de nom"),
        (TemplateEdit("A", "  "), "instance"),
    ],
)
def test_a_template_needs_a_name_and_a_body(
    office: Office, template: TemplateEdit, words: str
) -> None:
    before = dump(office.database)
    with pytest.raises(InputError, match=words):
        add(office, template)
    assert dump(office.database) == before


def test_two_templates_never_share_a_name_whatever_its_accents_and_case(office: Office) -> None:
    add(office)
    other = add(office, TemplateEdit("Autre", "Comité"))
    before = dump(office.database)
    same = TemplateEdit("REUNION  ordinaire", "Comité")
    with pytest.raises(ConflictError, match="« Réunion ordinaire »"):
        add(office, same)
    with pytest.raises(ConflictError, match="Choisissez un autre nom"):
        office.run(templates.change_template, template_id=other, template=same)
    assert dump(office.database) == before


def test_a_template_is_changed_and_removed(office: Office) -> None:
    template_id = add(office)
    changed = TemplateEdit("Réunion Ordinaire", "Autre comité", None, "", ("Budget", "Nouveau"))
    office.run(templates.change_template, template_id=template_id, template=changed)
    (found,) = listed(office)
    assert (found.id, found.name, found.body) == (template_id, "Réunion Ordinaire", "Autre comité")
    assert (found.at, found.place, found.titles) == (None, "", ("Budget", "Nouveau"))
    office.run(templates.remove_template, template_id=template_id)
    office.run(templates.remove_template, template_id=template_id)
    assert listed(office) == ()
    assert dump(office.database)["meeting_template_item"] == []


def test_a_template_that_is_gone_is_told(office: Office) -> None:
    with pytest.raises(NotFoundError, match="supprimé entre-temps"):
        office.run(templates.change_template, template_id="x", template=ORDINARY)
    assert listed(office) == ()


def test_of_a_meeting_only_what_comes_back_each_time_is_kept(filled: Office) -> None:
    last = filled.run(meetings.list_meetings).result[0]
    plan_id = filled.run(meetings.view_meeting, meeting_id=last.id).result.record.plan.id
    edit = MeetingEdit(last.body, date(2026, 12, 1), time(10), "Salle 2")
    meeting_id = filled.run(preparing.create_proposed, plan_id=plan_id, edit=edit).result
    for title in ("Suivi : transmettre la note", "Questions diverses", "Suivi du portail"):
        filled.run(meetings.add_item, meeting_id=meeting_id, title=title)
    found = filled.run(templates.template_of_meeting, meeting_id=meeting_id).result
    assert found == TemplateEdit(
        last.body, last.body, time(10), "Salle 2", ("Questions diverses", "Suivi du portail")
    )
