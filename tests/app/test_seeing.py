"""A form that was left open puts nothing back that another changed meanwhile, and loses nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.app import (
    activities,
    document_templates,
    follow_ups,
    meetings,
    paper_words,
    people,
    plans,
    progress,
    reminders,
    retention,
    sentences,
    settings,
    templates,
)
from pan_desktop.app.people import MandateEdit, PersonEdit
from pan_desktop.app.seeing import together
from pan_desktop.app.templates import TemplateEdit
from pan_desktop.documents.docx.template import TemplateFile
from pan_desktop.domain.layout import AS_EVER, write_layout
from pan_desktop.domain.model import FollowUp, Presence, Role
from pan_desktop.domain.progress import CompletionLevel
from pan_desktop.domain.wording import Sentences
from pan_desktop.store.merging.entries import read
from tests.store.merging.test_merging import here, merged, there, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.office import Office
    from pan_desktop.app.people import PersonCard
    from pan_desktop.store.unit_of_work import UnitOfWork

__all__ = ["here", "there"]

TODAY = date(2026, 11, 26)
OTHER_LAYOUT = replace(AS_EVER, order=AS_EVER.order[::-1])


@dataclass(frozen=True)
class Form:
    """One form: what it shows, and what accepting it changes of that."""

    shows: Callable[[UnitOfWork], Any]
    accept: Callable[[UnitOfWork, Any], object]
    mine: tuple[str, str | None, str, Any]
    """Table, row (None: that of ``shows``), column and value that its user changed."""
    same: Any
    """What another writes there meanwhile."""
    theirs: tuple[str, str | None, str, Any]
    """What another changes that its user did not."""


def _card(work: UnitOfWork) -> PersonCard:
    return next(card for card in people.list_people(work) if card.mandates)


def _of(card: PersonCard, **changed: Any) -> dict[str, Any]:
    person = card.person
    edit = PersonEdit(person.civility, person.name, person.institution, person.email)
    return {
        "person_id": person.id,
        "person": replace(edit, **changed),
        "mandates": [(m.id, _mandate(m)) for m in card.mandates],
        "aliases": person.aliases,
        "seen": card,
    }


def _mandate(m: Any) -> MandateEdit:
    return MandateEdit(m.plan_id, m.role, m.commitments, m.valid_from, m.valid_to)


def _plan(work: UnitOfWork) -> Any:
    return plans.list_plans(work)[0]


def _change_plan(work: UnitOfWork, seen: Any) -> None:
    names = ("starts", "ends", "method", "rounding", "midterm")
    kept = {name: getattr(seen, name) for name in names}
    plans.change_plan(work, plan_id=seen.id, label="Le mien", seen=seen, **kept)


def _commitment(work: UnitOfWork) -> Any:
    return _plan(work).commitments[0]


def _change_commitment(work: UnitOfWork, seen: Any) -> None:
    words = (str(seen.number), "Le mien", seen.institution, str(seen.weight), seen.axis_id)
    edit = plans.CommitmentEdit(*words)
    plans.change_commitment(work, commitment_id=seen.id, edit=edit, seen=seen)


def _activity(work: UnitOfWork) -> Any:
    found = (a for c in _plan(work).commitments for a in c.activities)
    return next(a for a in found if a.id == "act")


def _edit_activity(work: UnitOfWork, seen: Any, **changed: Any) -> None:
    places = tuple((place.label, place.address) for place in seen.evidence)
    edit = activities.ActivityEdit(
        seen.title, str(seen.weight), seen.state, seen.starts, seen.ends, "", places
    )
    edit = replace(edit, **changed)
    activities.edit_activity(work, activity_id=seen.id, edit=edit, today=TODAY, seen=seen)


def _template(work: UnitOfWork) -> Any:
    found = templates.find_template(work, "modele")
    return TemplateEdit(found.name, found.body, found.at, found.place, found.titles)


def _record(work: UnitOfWork) -> Any:
    latest = meetings.list_meetings(work)[0].id
    return meetings.view_meeting(work, meeting_id=latest).record


def _meeting(work: UnitOfWork) -> Any:
    return _record(work).meeting


def _point(work: UnitOfWork) -> Any:
    return next(point for item in _record(work).agenda for point in item.conclusions)


def _said_of_activity(work: UnitOfWork) -> Any:
    found = (said for report in _record(work).reports for said in report.activities)
    return next(said for said in found if said.activity.id == "act")


def _attendance(work: UnitOfWork) -> Any:
    found = _record(work).attendances
    return next(a for a in found if a.presence is Presence.PRESENT)


_WORD = TemplateFile.of("Le mien.docx", b"Le mien")

FORMS = {
    "person": Form(
        _card,
        lambda work, seen: people.change_card(work, **_of(seen, email="moi@exemple.ma")),
        ("person", None, "email", "moi@exemple.ma"),
        "autre@exemple.ma",
        ("person", None, "name", "Salma AUTREMENT"),
    ),
    "mandate": Form(
        lambda work: _card(work).mandates[0],
        lambda work, seen: people.change_mandate(
            work,
            mandate_id=seen.id,
            mandate=replace(_mandate(seen), valid_to=date(2030, 1, 1)),
            seen=_mandate(seen),
        ),
        ("mandate", None, "valid_to", date(2030, 1, 1)),
        date(2031, 1, 1),
        ("mandate", None, "role", Role.ALTERNATE.value),
    ),
    "plan": Form(
        _plan,
        _change_plan,
        ("plan", None, "label", "Le mien"),
        "Le sien",
        ("plan", None, "method", "weighted"),
    ),
    "axis": Form(
        lambda work: next(axis for axis in _plan(work).axes if axis.id == "axe"),
        lambda work, seen: plans.change_axis(work, axis_id=seen.id, title="Le mien", seen=seen),
        ("axis", None, "title", "Le mien"),
        "Le sien",
        ("axis", None, "number", 8),
    ),
    "commitment": Form(
        _commitment,
        _change_commitment,
        ("commitment", None, "title", "Le mien"),
        "Le sien",
        ("commitment", None, "weight", Decimal(7)),
    ),
    "level": Form(
        _commitment,
        lambda work, seen: progress.set_completion(
            work, commitment_id=seen.id, level=CompletionLevel.COMPLETE, seen=seen
        ),
        ("commitment", None, "completion", CompletionLevel.COMPLETE.value),
        CompletionLevel.LIMITED.value,
        ("commitment", None, "title", "Le sien"),
    ),
    "overall": Form(
        _meeting,
        lambda work, seen: progress.state_overall(
            work,
            meeting_id=seen.id,
            percent=12,
            reason="Vu en séance.",
            seen=(seen.stated_overall, seen.stated_reason),
        ),
        ("meeting", None, "stated_reason", "Vu en séance."),
        "Vu autrement.",
        ("meeting", None, "place", "Ailleurs"),
    ),
    "activity": Form(
        _activity,
        lambda work, seen: _edit_activity(work, seen, title="La mienne"),
        ("activity", None, "title", "La mienne"),
        "La sienne",
        ("activity", None, "weight", Decimal(7)),
    ),
    "activity in its cell": Form(
        _activity,
        lambda work, seen: activities.change_activity(
            work, activity_id=seen.id, title="La mienne", seen=seen
        ),
        ("activity", None, "title", "La mienne"),
        "La sienne",
        ("activity", None, "weight", Decimal(7)),
    ),
    "rate of an activity": Form(
        _said_of_activity,
        lambda work, seen: activities.report_activity(
            work,
            meeting_id=_meeting(work).id,
            activity_id="act",
            percent=60,
            details=seen.details,
            seen=(seen.percent, seen.details),
        ),
        ("activity_report", None, "percent", 60),
        80,
        ("activity_report", None, "details", "Les siens."),
    ),
    "details of an activity": Form(
        _said_of_activity,
        lambda work, seen: activities.report_activity(
            work,
            meeting_id=_meeting(work).id,
            activity_id="act",
            percent=seen.percent,
            details="Les miens.",
            seen=(seen.percent, seen.details),
        ),
        ("activity_report", None, "details", "Les miens."),
        "Les siens.",
        ("activity_report", None, "percent", 80),
    ),
    "hours": Form(
        _attendance,
        lambda work, seen: meetings.set_times(
            work,
            meeting_id=_meeting(work).id,
            person_id=seen.person.id,
            arrived=time(9, 10),
            left=seen.left,
            seen=(seen.arrived, seen.left),
        ),
        ("attendance", None, "arrived", time(9, 10)),
        time(9, 20),
        ("setting", "paper.days", "value", "3"),
    ),
    "body": Form(
        lambda work: meetings.list_bodies(work)[0],
        lambda work, seen: meetings.change_heading(
            work, body_id=seen.id, heading="LE MIEN", seen=seen.heading
        ),
        ("body", None, "heading", "LE MIEN"),
        "LE SIEN",
        ("body", None, "name", "Le sien"),
    ),
    "usual sentence": Form(
        lambda work: next(s for s in sentences.list_sentences(work) if s.id == "phrase"),
        lambda work, seen: sentences.change_sentence(
            work, sentence_id=seen.id, short_name=seen.short_name, text="La mienne.", seen=seen
        ),
        ("usual_sentence", None, "text", "La mienne."),
        "La sienne.",
        ("usual_sentence", None, "short_name", "sienne"),
    ),
    "house template": Form(
        lambda work: document_templates.find_template(work, "maison"),
        lambda work, seen: document_templates.change_template(
            work, template_id=seen.id, name="Le mien", body_id=None, language="fr", seen=seen
        ),
        ("document_template", None, "name", "Le mien"),
        "Le sien",
        ("document_template", None, "layout", write_layout(OTHER_LAYOUT)),
    ),
    "file of a house template": Form(
        lambda work: document_templates.find_template(work, "maison"),
        lambda work, seen: document_templates.replace_file(
            work, template_id=seen.id, file=_WORD, seen=seen
        ),
        ("document_template", None, "digest", _WORD.digest),
        "d" * 64,
        ("document_template", None, "name", "Le sien"),
    ),
    "layout": Form(
        lambda work: document_templates.find_template(work, "maison"),
        lambda work, seen: document_templates.change_layout(
            work, template_id=seen.id, layout=OTHER_LAYOUT, seen=seen.layout
        ),
        ("document_template", None, "layout", write_layout(OTHER_LAYOUT)),
        write_layout(replace(AS_EVER, hidden=frozenset())),
        ("document_template", None, "name", "Le sien"),
    ),
    "meeting template": Form(
        _template,
        lambda work, seen: templates.change_template(
            work, template_id="modele", template=replace(seen, place="Salle B"), seen=seen
        ),
        ("meeting_template", "modele", "place", "Salle B"),
        "Salle C",
        ("meeting_template", "modele", "name", "Le sien"),
    ),
    "follow-up": Form(
        _point,
        lambda work, seen: follow_ups.set_follow_up(
            work, point_id=seen.id, follow_up=FollowUp("Moi"), seen=seen.follow_up
        ),
        ("conclusion", None, "owner", "Moi"),
        "Une autre",
        ("conclusion", None, "kind", "decision"),
    ),
    "sentences": Form(
        settings.sentences,
        lambda work, seen: settings.change_sentences(
            work, own=replace(seen, no_progress="Rien de neuf."), seen=seen
        ),
        ("setting", "sentence.no_progress", "value", "Rien de neuf."),
        "Rien du tout.",
        ("setting", "sentence.focal_point_absent", "value", "Il était absent."),
    ),
    "paper words": Form(
        paper_words.paper_words,
        lambda work, seen: paper_words.change_paper_words(
            work, own=replace(seen, minutes=90), seen=seen
        ),
        ("setting", "paper.minutes", "value", "90"),
        "75",
        ("setting", "paper.days", "value", "3"),
    ),
    "reminder": Form(
        reminders.template,
        lambda work, seen: reminders.change_template(
            work, own=replace(seen, subject="Le mien"), seen=seen
        ),
        ("setting", "reminder.subject", "value", "Le mien"),
        "Le sien",
        ("setting", "reminder.body", "value", "Voici : {liste}"),
    ),
    "retention": Form(
        retention.retention_months,
        lambda work, seen: retention.set_retention(work, months="6", seen=seen),
        ("setting", "retention.months", "value", "6"),
        "9",
        ("setting", "paper.days", "value", "3"),
    ),
}


def prepared(work: UnitOfWork) -> None:
    """Give an office what the sample lacks, with the same identifiers in every copy."""
    commitment, plan_id = _commitment(work).id, _plan(work).id
    tie = {"commitment_id": commitment, "plan_id": plan_id}
    work.insert("activity", id="act", number=99, title="Former", weight=Decimal(1), **tie)
    told = {"meeting_id": _meeting(work).id, "plan_id": plan_id, "activity_id": "act"}
    work.insert("activity_report", id="dit", percent=40, details="Dits.", **told)
    work.insert("axis", id="axe", plan_id=plan_id, number=9, title="Un axe")
    work.insert("usual_sentence", id="phrase", short_name="zzz", text="Une phrase.", position=99.0)
    document_templates.add_template(work, name="Maison")
    (made,) = document_templates.list_templates(work)
    row = work.read.row("document_template", made.id) or {}
    work.delete("document_template", made.id)
    work.insert("document_template", **(row | {"id": "maison"}))
    work.insert("meeting_template", id="modele", name="Le nôtre", body="Comité", place="Salle A")
    for number, title in enumerate(("Premier", "Deuxième")):
        work.insert(
            "meeting_template_item",
            id=f"point{number}",
            meeting_template_id="modele",
            position=float(number),
            title=title,
        )


@pytest.fixture(autouse=True)
def _prepared(here: Office, there: Office) -> None:
    for office in (here, there):
        office.run(prepared)


def put(work: UnitOfWork, table: str, row_id: str, column: str, value: Any) -> None:
    """Write as somebody else does who changes just that."""
    if table == "setting" and work.read.row(table, row_id) is None:
        work.insert(table, id=row_id, value=value)
    else:
        tied: dict[str, Any] = {"stated_overall": 34} if column == "stated_reason" else {}
        if column == "digest":
            tied = {"content": b"Le sien", "file_name": "Le sien.docx"}
        work.update(table, row_id, **{column: value}, **tied)


def said(office: Office, table: str, row_id: str, column: str) -> Any:
    return office.run(lambda work: (work.read.row(table, row_id) or {}).get(column)).result


def held(office: Office) -> tuple[Any, ...]:
    return tuple(office.run(lambda work: work.read.disagreements()).result)


def row_of(seen: Any, row_id: str | None) -> str:
    return row_id or (seen.person.id if hasattr(seen, "mandates") else seen.id)


@pytest.mark.parametrize("name", FORMS)
def test_what_another_changed_meanwhile_in_another_field_stays(
    here: Office, there: Office, name: str
) -> None:
    form = FORMS[name]
    seen = there.run(form.shows).result
    table, row_id, column, value = form.theirs
    other = (table, row_of(seen, row_id), column)
    for office in (here, there):
        office.run(lambda work: put(work, *other, value))
    table, row_id, column, mine = form.mine
    own = (table, row_of(seen, row_id), column)
    merged(here, written(there, lambda work: form.accept(work, seen)))
    for office in (here, there):
        assert said(office, *own) == mine
        assert said(office, *other) == value
    assert held(here) == ()


@pytest.mark.parametrize("name", FORMS)
def test_what_both_changed_is_kept_twice(here: Office, there: Office, name: str) -> None:
    form = FORMS[name]
    seen = there.run(form.shows).result
    table, row_id, column, mine = form.mine
    own = (table, row_of(seen, row_id), column)
    for office in (here, there):
        office.run(lambda work: put(work, *own, form.same))
    merged(here, written(there, lambda work: form.accept(work, seen)))
    assert said(here, *own) == form.same
    (kept,) = held(here)
    (offered,) = read(kept["offered"])
    assert offered.after is not None
    assert offered.after[column] == mine


# Lists that hang on a card ----------------------------------------------------------------


def test_mandates_and_names_of_both_are_there(there: Office) -> None:
    seen = there.run(_card).result
    held_mandate = seen.mandates[0]
    theirs = MandateEdit(held_mandate.plan_id, held_mandate.role, (2,), date(2020, 1, 1))
    added = there.run(people.add_mandate, person_id=seen.person.id, mandate=theirs).result
    there.run(people.set_aliases, person_id=seen.person.id, names=["Nom D’AILLEURS"])
    mine = replace(theirs, commitments=(3,))
    edit = _of(seen)
    edit["mandates"] = [*edit["mandates"], (None, mine)]
    there.run(people.change_card, **(edit | {"aliases": ["Mon NOM"]}))
    (card,) = (c for c in there.run(people.list_people).result if c.person.id == seen.person.id)
    assert added in {m.id for m in card.mandates}
    assert {m.commitments for m in card.mandates} >= {(2,), (3,), held_mandate.commitments}
    assert set(card.person.aliases) >= {"Nom D’AILLEURS", "Mon NOM"}


def test_a_mandate_removed_elsewhere_comes_back_only_when_changed(there: Office) -> None:
    seen = there.run(_card).result
    first = seen.mandates[0]
    there.run(people.remove_mandate, mandate_id=first.id)
    there.run(people.change_card, **_of(seen, email="a@exemple.ma"))
    (card,) = (c for c in there.run(people.list_people).result if c.person.id == seen.person.id)
    assert first.id not in {m.id for m in card.mandates}
    edit = _of(seen)
    ended = replace(_mandate(first), valid_to=date(2030, 1, 1))
    edit["mandates"] = [(first.id, ended), *edit["mandates"][1:]]
    there.run(people.change_card, **edit)
    (card,) = (c for c in there.run(people.list_people).result if c.person.id == seen.person.id)
    assert date(2030, 1, 1) in {m.valid_to for m in card.mandates}


def test_a_mandate_changed_elsewhere_is_not_removed(there: Office) -> None:
    seen = there.run(_card).result
    first = seen.mandates[0]
    changed = replace(_mandate(first), valid_to=date(2031, 1, 1))
    there.run(people.change_mandate, mandate_id=first.id, mandate=changed)
    edit = _of(seen)
    there.run(people.change_card, **(edit | {"mandates": edit["mandates"][1:]}))
    assert said(there, "mandate", first.id, "valid_to") == date(2031, 1, 1)


def test_evidence_and_titles_of_both_are_there(there: Office) -> None:
    def add(work: UnitOfWork) -> None:
        tie = {"activity_id": "act", "position": 1.0}
        work.insert("evidence", label="Le sien", address="https://sien.example", **tie)

    seen = there.run(_activity).result
    there.run(add)
    mine = (("Le mien", "https://mien.example"),)
    there.run(lambda work: _edit_activity(work, seen, evidence=mine))
    found = there.run(_activity).result.evidence
    assert {(e.label, e.address) for e in found} == {
        ("Le sien", "https://sien.example"),
        *mine,
    }
    shown = there.run(_template).result
    theirs = replace(shown, titles=("Premier", "Troisième"))
    there.run(templates.change_template, template_id="modele", template=theirs, seen=shown)
    own = replace(shown, titles=("Quatrième", "Premier", "Deuxième"))
    there.run(templates.change_template, template_id="modele", template=own, seen=shown)
    assert there.run(_template).result.titles == ("Quatrième", "Premier", "Troisième")


def test_back_to_the_original_is_no_way_to_lose_words(here: Office, there: Office) -> None:
    key = ("setting", "sentence.no_progress", "value")
    for office in (here, there):
        office.run(lambda work: put(work, *key, "Première version."))
    seen = there.run(settings.sentences).result
    for office in (here, there):
        office.run(lambda work: put(work, *key, "Version d’une autre."))
    original = Sentences().no_progress
    own = replace(seen, no_progress=original)
    merged(here, written(there, lambda w: settings.change_sentences(w, own=own, seen=seen)))
    assert said(here, *key) == "Version d’une autre."
    assert len(held(here)) == 1


@pytest.mark.parametrize(
    ("mine", "seen", "stored", "comes_to"),
    [
        ("ab", None, "xyz", "ab"),
        ("ab", "ab", "ab", "ab"),
        ("abc", "ab", "abd", "abcd"),
        ("b", "ab", "ab", "b"),
        ("ab", "ab", "b", "b"),
        ("ba", "ab", "ab", "ba"),
        ("c", "ab", "abd", "cd"),
    ],
)
def test_two_lists_come_together(mine: str, seen: str | None, stored: str, comes_to: str) -> None:
    assert "".join(together(mine, seen, stored)) == comes_to
