"""The index of the search: what it finds, and that it follows every change."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app import conclusions, history, meetings, people, plans, releve, search
from pan_desktop.app.office import for_good
from pan_desktop.domain.folding import words_of
from pan_desktop.domain.model import Civility, ConclusionKind, Presence, Role
from pan_desktop.domain.searching import NAMES, Found, SearchFilters, Source, sought
from pan_desktop.store import french
from pan_desktop.store import search as search_module
from pan_desktop.store.search_schema import _SOURCES
from tests.builders import as_bytes, modest, office_in, releves

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.store.unit_of_work import UnitOfWork


def looked_up(
    work: UnitOfWork, *, typed: str, filters: SearchFilters, limit: int
) -> tuple[Found, ...]:
    return work.search.find(sought(typed), filters, limit)


def found(office: Office, typed: str, *, limit: int = 100, **filters: Any) -> tuple[Found, ...]:
    """Return what the index gives once it is up to date."""
    search.bring_up_to_date(office)
    narrowed = SearchFilters(**filters)
    return office.run(looked_up, typed=typed, filters=narrowed, limit=limit).result


def texts(office: Office, typed: str, **filters: Any) -> list[str]:
    """Return the sentences found."""
    return [f.text for f in found(office, typed, **filters) if f.source not in NAMES]


class Held:
    """A meeting in an office, written at by the use cases."""

    def __init__(self, office: Office, day: date = date(2026, 3, 12)) -> None:
        self.office = office
        known = office.run(plans.list_plans).result
        self.plan_id = known[0].id if known else self._plan()
        edit = meetings.MeetingEdit("Comité de suivi", day, time(9), "Salle des archives")
        self.meeting_id = office.run(
            meetings.create_meeting, plan_id=self.plan_id, edit=edit, progress_title="Avancement"
        ).result
        self.item_id = office.run(
            meetings.add_item, meeting_id=self.meeting_id, title="Questions"
        ).result

    def _plan(self) -> str:
        period = {"starts": date(2024, 1, 1), "ends": date(2027, 12, 31)}
        return self.office.run(plans.create_plan, label="2024-2027", commitments=3, **period).result

    def says(self, *sentences: str) -> list[str]:
        points = [(0, sentence) for sentence in sentences]
        self.office.run(conclusions.add_points, item_id=self.item_id, points=points)
        record = self.office.run(meetings.view_meeting, meeting_id=self.meeting_id).result.record
        (item,) = (i for i in record.agenda if i.id == self.item_id)
        return [point.id for point in item.conclusions][-len(sentences) :]

    def change(self, table: str, row_id: str, **values: object) -> None:
        self.office.run(written, table=table, row_id=row_id, values=values)


def written(work: UnitOfWork, *, table: str, row_id: str, values: dict[str, Any]) -> None:
    work.update(table, row_id, **values)


@for_good
def removed(work: UnitOfWork, *, table: str, row_id: str) -> None:
    work.delete(table, row_id)


@pytest.fixture
def held(office: Office) -> Held:
    return Held(office)


# What is found ---------------------------------------------------------------------------

SENTENCE = (
    "Aujourd'hui, l’État s’engage : les engagements seront publiés ; le Relevé dit que la mise en "
    "œuvre de l'auto-évaluation est prévue, شَفَافِيَّة الإدارة."
)


@pytest.mark.parametrize(
    "typed",
    [
        "etat",
        "l'État",
        "L’ETAT",
        "releve",
        "RELEVÉ",
        "oeuvre",
        "œuvre",
        "aujourd'hui",
        "aujourd’hui",
        "auto-évaluation",
        "evaluation auto",
        "engagement",
        "engagée",
        "publier",
        "publiee",
        "prévus",
        "شفافية",
        "شفافيه",
        "ادارة",
        "الادارة",
        "engag",
        "seront publ",
        '"mise en œuvre"',
        '"mise en oeu',
        '"l’État s’engage" publié',
    ],
)
def test_a_sentence_is_found_by(held: Held, typed: str) -> None:
    held.says(SENTENCE, "Autre chose.")
    if typed == "ادارة":  # with the article it is another word
        assert texts(held.office, typed) == []
    else:
        assert texts(held.office, typed) == [SENTENCE]


@pytest.mark.parametrize(
    "typed",
    ["engagement absent", '"œuvre en mise"', '"publié"', "ngagement", "!", "", '""', "  "],
)
def test_a_sentence_is_not_found_by(held: Held, typed: str) -> None:
    held.says(SENTENCE)
    assert texts(held.office, typed) == []


def test_everything_with_words_is_found(filled: Office) -> None:
    assert {f.source for f in found(filled, "engagement", limit=1000)} >= {
        Source.COMMITMENT,
        Source.AGENDA_ITEM,
        Source.CONCLUSION,
    }
    with closing(sqlite3.connect(filled.database)) as connection:
        told = {
            Source.CONCLUSION: "SELECT text FROM conclusion",
            Source.PROGRESS_REPORT: "SELECT details FROM progress_report",
            Source.AGENDA_ITEM: "SELECT title FROM agenda_item",
            Source.PERSON: "SELECT name FROM person",
            Source.COMMITMENT: "SELECT title FROM commitment",
            Source.MEETING: "SELECT place FROM meeting",
        }
        for source, select in told.items():
            rows = [text for (text,) in connection.execute(select) if words_of(text)]
            assert rows
            for text in rows:
                phrase = f'"{" ".join(words_of(text)[:20])}"'
                assert source in {f.source for f in found(filled, phrase, limit=1000)}


def test_names_come_first_then_the_newest_sentences(office: Office) -> None:
    old, new = Held(office, date(2025, 1, 9)), Held(office, date(2026, 2, 5))
    new.says("Le portail est ouvert.", "Le portail reste ouvert.")
    old.says("Le portail sera ouvert.")
    person = people.PersonEdit(Civility.MADAME, "Nadia PORTAIL", "Portail des archives")
    office.run(people.add_person, person=person)
    plan = office.run(plans.list_plans).result[0]
    old.change("commitment", plan.commitments[0].id, title="Portail d’intégrité")
    hits = found(office, "portail")
    assert [h.source for h in hits[:2]] == [Source.PERSON, Source.COMMITMENT]
    assert [h.text for h in hits[2:]] == [
        "Le portail est ouvert.",
        "Le portail reste ouvert.",
        "Le portail sera ouvert.",
    ]


def test_names_leave_two_thirds_of_the_places_to_sentences(office: Office) -> None:
    held = Held(office)
    for number in range(9):
        person = people.PersonEdit(Civility.MADAME, f"Nadia PORTAIL{number}", "Portail")
        office.run(people.add_person, person=person)
    held.says(*(f"Le portail {number}." for number in range(5)))
    kinds = [f.source for f in found(office, "portail", limit=9)]
    assert kinds == [Source.PERSON] * 4 + [Source.CONCLUSION] * 5
    kinds = [f.source for f in found(office, "portail", limit=6)]
    assert kinds == [Source.PERSON] * 2 + [Source.CONCLUSION] * 4


def test_a_meeting_is_found_by_its_day(held: Held) -> None:
    for typed in ("12 mars 2026", "12/03/2026", "jeudi 12 mars", "comité de suivi", "archives"):
        assert [f.meeting_id for f in found(held.office, typed)] == [held.meeting_id]


# Filters ---------------------------------------------------------------------------------


def test_filters_on_kinds(held: Held) -> None:
    _, decision, done, undone = held.says("Point un", "Point deux", "Point trois", "Point quatre")
    held.change("conclusion", decision, kind=ConclusionKind.DECISION.value)
    held.change("conclusion", undone, kind=ConclusionKind.ACTION.value)
    held.change("conclusion", done, kind=ConclusionKind.ACTION.value, done_on=date(2026, 3, 13))
    assert texts(held.office, "point", decisions=True) == ["Point deux"]
    assert texts(held.office, "point", open_actions=True) == ["Point quatre"]
    assert texts(held.office, "point", decisions=True, open_actions=True) == [
        "Point deux",
        "Point quatre",
    ]
    assert texts(held.office, "", open_actions=True) == ["Point quatre"]
    held.change("conclusion", undone, done_on=date(2026, 3, 14))
    assert texts(held.office, "", open_actions=True) == []


def test_filters_on_days(office: Office) -> None:
    old, new = Held(office, date(2025, 1, 9)), Held(office, date(2026, 2, 5))
    old.says("Portail ancien")
    new.says("Portail récent")
    assert texts(office, "portail", first=date(2026, 2, 5)) == ["Portail récent"]
    assert texts(office, "portail", last=date(2025, 1, 9)) == ["Portail ancien"]
    assert texts(office, "portail", first=date(2025, 1, 10), last=date(2026, 2, 4)) == []
    assert texts(office, "portail", first=date.min, last=date.max) == [
        "Portail récent",
        "Portail ancien",
    ]
    sources = {f.source for f in found(office, "", first=date(2026, 1, 1))}
    assert sources == {Source.MEETING, Source.AGENDA_ITEM, Source.CONCLUSION}


def test_filters_on_plan_commitment_and_person(held: Held) -> None:
    office = held.office
    other = office.run(
        plans.create_plan,
        label="2028",
        starts=date(2028, 1, 1),
        ends=date(2028, 12, 31),
        commitments=1,
    ).result
    (point, _) = held.says("Le portail est ouvert.", "Le portail est fermé.")
    person = people.PersonEdit(Civility.MADAME, "Nadia ESSAI", "")
    mandate = people.MandateEdit(held.plan_id, Role.FOCAL_POINT, (2,), date(2024, 1, 1))
    office.run(people.add_person, person=person, mandate=mandate)
    (nadia,) = office.run(people.list_people).result
    held.change("conclusion", point, owner_id=nadia.person.id)
    assert len(texts(office, "portail", plan_id=held.plan_id)) == 2
    assert texts(office, "portail", plan_id=other) == []
    assert texts(office, "portail", person_id=nadia.person.id) == ["Le portail est ouvert."]
    record = office.run(meetings.view_meeting, meeting_id=held.meeting_id).result.record
    report = record.scope[1]
    held.change("progress_report", report.id, details="Le portail avance.")
    assert texts(office, "portail", commitment_id=report.commitment.id) == ["Le portail avance."]
    assert texts(office, "portail", commitment_id=record.scope[0].commitment.id) == []
    # She spoke for it once she was there.
    ticked = partial(
        meetings.set_presence, meeting_id=held.meeting_id, person_ids=[nadia.person.id]
    )
    office.run(ticked, presence=Presence.PRESENT)
    by_her = {f.source for f in found(office, "", person_id=nadia.person.id)}
    told = {Source.CONCLUSION, Source.PROGRESS_REPORT}
    assert by_her == {Source.PERSON, Source.MEETING} | told
    named = found(office, "comité", person_id=nadia.person.id)
    assert [f.source for f in named] == [Source.MEETING]
    office.run(ticked, presence=Presence.EXCUSED)
    assert found(office, "comité", person_id=nadia.person.id) == ()
    assert texts(office, "", person_id=nadia.person.id) == ["Le portail est ouvert."]


# Changes ---------------------------------------------------------------------------------


def test_what_changes_is_found_as_it_is(held: Held) -> None:
    (point,) = held.says("Le portail est ouvert.")
    assert texts(held.office, "portail") == ["Le portail est ouvert."]
    held.change("conclusion", point, text="Le site est ouvert.")
    assert texts(held.office, "portail") == []
    assert texts(held.office, "site") == ["Le site est ouvert."]
    held.office.run(removed, table="conclusion", row_id=point)
    assert texts(held.office, "site") == []


def test_undo_and_redo_are_followed(held: Held) -> None:
    (point,) = held.says("Le portail est ouvert.")
    held.change("conclusion", point, text="Le site est ouvert.")
    assert texts(held.office, "portail") == []
    held.office.run(history.undo)
    assert texts(held.office, "portail") == ["Le portail est ouvert."]
    assert texts(held.office, "site") == []
    held.office.run(history.redo)
    assert texts(held.office, "site") == ["Le site est ouvert."]


def test_a_meeting_takes_its_sentences_along(held: Held) -> None:
    held.says("Le portail est ouvert.")
    assert found(held.office, "portail")[0].day == date(2026, 3, 12)
    held.change("meeting", held.meeting_id, day=date(2027, 5, 4))
    assert texts(held.office, "portail", first=date(2027, 5, 4)) == ["Le portail est ouvert."]
    held.office.run(removed, table="meeting", row_id=held.meeting_id)
    assert found(held.office, "portail") == found(held.office, "comité") == ()


def test_what_a_name_hangs_on_is_followed(held: Held) -> None:
    office = held.office
    edit = people.PersonEdit(Civility.MADAME, "Nadia ESSAI", "Ministère du portail")
    office.run(people.add_person, person=edit)
    (nadia,) = office.run(people.list_people).result
    assert [f.name for f in found(office, "portail")] == ["Nadia ESSAI"]
    (body,) = office.run(meetings.list_bodies).result
    held.change("body", body.id, name="Instance du registre")
    assert [f.source for f in found(office, "registre")] == [Source.MEETING]
    row = {"person_id": nadia.person.id, "name": "N. Registre"}
    alias = office.run(inserted, table="person_alias", values=row).result
    assert {f.source for f in found(office, "registre")} == {Source.PERSON, Source.MEETING}
    office.run(removed, table="person_alias", row_id=alias)
    assert [f.source for f in found(office, "registre")] == [Source.MEETING]


def inserted(work: UnitOfWork, *, table: str, values: dict[str, Any]) -> str:
    return work.insert(table, **values)


def test_what_became_of_a_commitment_is_found(held: Held) -> None:
    office = held.office
    plan = office.run(plans.list_plans).result[0]
    ids = {"commitment_id": plan.commitments[1].id, "plan_id": plan.id}
    said = {"day": date(2025, 6, 1), "reason": "Le budget du musée manque."}
    office.run(inserted, table="amendment", values={**ids, **said, "kind": "withdrawn"})
    rate = {**ids, **said, "percent": 40, "author": "Nadia ESSAI"}
    office.run(inserted, table="statement", values=rate)
    activity = {**ids, "number": 1, "title": "Ouvrir le musée"}
    activity_id = office.run(inserted, table="activity", values=activity).result
    report = {"activity_id": activity_id, "meeting_id": held.meeting_id, "plan_id": plan.id}
    report["details"] = "Musée presque ouvert"
    office.run(inserted, table="activity_report", values=report)
    hits = found(office, "musée")
    assert [(h.source, h.number) for h in hits] == [
        (Source.ACTIVITY, 2),
        (Source.ACTIVITY_REPORT, 2),
        (Source.AMENDMENT, 2),
        (Source.STATEMENT, 2),
    ]
    assert len(found(office, "musée", commitment_id=plan.commitments[1].id)) == 4


@modest
@given(data=releves())
def test_every_word_of_an_imported_releve_finds_its_text(
    data: dict[str, Any], tmp_path: Path
) -> None:
    with office_in(tmp_path) as office:
        file = tmp_path / "releve.json"
        file.write_bytes(as_bytes(data))
        releve.import_file(office, file=file)
        for row in data["progress"]["rows"]:
            for word in words_of(row["details"]):
                assert row["details"].strip() in {
                    text.strip() for text in texts(office, f"{word} ", limit=1000)
                }


@modest
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_every_word_finds_the_text_that_it_is_in(text: str, tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        held = Held(office)
        (point,) = held.says("à remplacer")
        held.change("conclusion", point, text=text)
        for raw in [*text.split(), *words_of(text)]:
            if words_of(raw):
                assert point in {f.id for f in found(office, raw)}, raw
        if words_of(text):
            phrase = " ".join(words_of(text)[:8])
            assert point in {f.id for f in found(office, f'"{phrase}"')}


@modest
@given(typed=st.text(st.characters(exclude_categories=[]), max_size=60))
def test_nothing_that_is_typed_fails(typed: str, tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        Held(office).says("Le portail est ouvert.")
        assert isinstance(found(office, typed), tuple)
        assert isinstance(found(office, f'"{typed}'), tuple)


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "* ^ ( ) { } : - + NEAR(a b)", "AND OR NOT", "words : a", "a*", "a\x00b", "\ue000k"],
)
def test_words_of_the_index_s_own_language_are_words(held: Held, typed: str) -> None:
    held.says("Le portail est ouvert.")
    assert texts(held.office, typed) == []


def test_no_facet_can_be_typed(held: Held) -> None:
    held.says("Le portail est ouvert.")
    for typed in ("kconclusion", "\ue000kconclusion", f"p{held.plan_id}", "\ue000"):
        assert found(held.office, typed) == ()


# The index itself ------------------------------------------------------------------------


def pending(office: Office) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(office.database)) as connection:
        return connection.execute("SELECT * FROM search_pending").fetchall()


def test_a_text_typed_letter_by_letter_is_noted_once(held: Held) -> None:
    (point,) = held.says("Le")
    search.bring_up_to_date(held.office)
    assert pending(held.office) == []
    for end in range(1, 9):
        held.change("conclusion", point, text="portails"[:end])
    assert pending(held.office) == [("conclusion", point)]
    # Where a point stands is not searched.
    search.bring_up_to_date(held.office)
    held.change("conclusion", point, position=7.0, numbered=True)
    assert pending(held.office) == []


def test_every_searched_column_exists_and_every_source_is_watched(office: Office) -> None:
    office.open()
    with closing(sqlite3.connect(office.database)) as connection:
        for source in Source:
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({source})")}
            assert set(_SOURCES[source].split(", ")) <= columns


def test_a_large_change_is_indexed_in_slices(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    held.says(*(f"Portail {number}" for number in range(30)))
    slices = []

    def refresh(work: UnitOfWork) -> bool:
        slices.append(len(work._connection.exec_driver_sql(_PENDING).fetchall()))
        return work.search.refresh(10)

    monkeypatch.setattr(search, "refresh", refresh)
    search.bring_up_to_date(held.office)
    assert len(slices) >= 3
    assert slices == sorted(slices, reverse=True)
    assert len(texts(held.office, "portail")) == 30


_PENDING = "SELECT * FROM search_pending"


def test_a_text_changed_often_does_not_fill_the_index(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "FEWEST_DEAD", 20)
    points = held.says("Portail un", "Portail deux")
    for number in range(60):
        held.change("conclusion", points[0], text=f"Portail {number}")
        assert f"Portail {number}" in texts(held.office, "portail")
    with closing(sqlite3.connect(held.office.database)) as connection:
        state = dict(connection.execute("SELECT name, value FROM search_state"))
        (live,) = connection.execute("SELECT count(*) FROM search_entry").fetchone()
    assert state["counter"] <= live + 22
    assert texts(held.office, "portail") == ["Portail 59", "Portail deux"]


def test_other_rules_of_words_make_the_index_anew(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.says("Les engagements")
    assert texts(held.office, "engagement") == ["Les engagements"]
    monkeypatch.setattr(search_module, "stem", lambda word: word)
    assert texts(held.office, "engagement ") == []
    monkeypatch.setattr(search_module, "RULES", french.RULES + 1)
    assert texts(held.office, "engagements ") == ["Les engagements"]
