"""The search as the window and the command line use it: titles, excerpts, words lit, filters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app import meetings, search
from pan_desktop.app.search import EXCERPT, Hit, HitKind
from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.searching import SearchFilters, sought
from pan_desktop.store.french import Light
from tests.builders import modest

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.store.unit_of_work import UnitOfWork

ENCRYPTED_TOO = True


def lit_words(hit: Hit) -> list[str]:
    return [hit.excerpt[start:end] for start, end in hit.lit]


def one(office: Office, text: str, kind: HitKind) -> Hit:
    return next(h for h in search.search(office, text=text, limit=200) if h.kind is kind)


# What is shown ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "title", "lit"),
    [
        ("maquette portail", HitKind.POINT, "réunion du jeudi 16 octobre 2025", ["maquette"]),
        ("jeux publiee", HitKind.PROGRESS, "Engagement\u00a0", ["jeux", "publiés"]),
        ("Portail suivi", HitKind.AGENDA_ITEM, "Ordre du jour de la réunion du", ["Portail"]),
        ("16 octobre", HitKind.MEETING, "Réunion du jeudi 16 octobre 2025", []),
    ],
)
def test_a_hit_says_what_it_is_and_where_it_lies(
    filled: Office, text: str, kind: HitKind, title: str, lit: list[str]
) -> None:
    hit = one(filled, text, kind)
    assert title in hit.title
    assert lit_words(hit)[: len(lit)] == lit
    assert hit.day is not None
    (line,) = (m for m in filled.run(meetings.list_meetings).result if m.id == hit.meeting_id)
    assert (hit.day, hit.plan) == (line.day, line.plan)
    assert filled.run(lambda work: work.read.row(hit.table, hit.id)).result is not None


def test_what_has_a_name_is_lit_in_its_title(filled: Office) -> None:
    commitment = one(filled, "engagement archives", HitKind.COMMITMENT)
    assert commitment.title.startswith(f"Engagement\u00a0{commitment.number} – ")
    assert (0, 10) in commitment.title_lit
    person = filled.run(lambda work: work.read.people()).result[0]
    hit = one(filled, person.name, HitKind.PERSON)
    assert hit.title.endswith(person.name)
    found = " ".join(hit.title[start:end] for start, end in hit.title_lit)
    assert found == " ".join(person.name.replace("-", " ").split())


def test_an_action_says_whether_it_is_open(filled: Office) -> None:
    point = one(filled, "maquette", HitKind.POINT)

    def made_action(work: UnitOfWork, *, done_on: date | None) -> None:
        work.update("conclusion", point.id, kind="action", done_on=done_on)

    filled.run(made_action, done_on=None)
    hit = one(filled, "maquette", HitKind.ACTION)
    assert (hit.title, hit.open) == ("Action ouverte, réunion du jeudi 16 octobre 2025", True)
    filled.run(made_action, done_on=date(2025, 11, 1))
    hit = one(filled, "maquette", HitKind.ACTION)
    assert (hit.title, hit.open) == ("Action faite, réunion du jeudi 16 octobre 2025", False)


def test_nothing_typed_finds_nothing(filled: Office) -> None:
    for text in ("", "  ", "…", '""'):
        assert search.search(filled, text=text) == ()


def test_a_search_sees_what_was_just_written(filled: Office) -> None:
    hit = one(filled, "maquette", HitKind.POINT)
    filled.run(lambda work: work.update("conclusion", hit.id, text="Un zèbre traverse."))
    (found,) = search.search(filled, text="zebre")
    assert (found.id, lit_words(found)) == (hit.id, ["zèbre"])


def test_looking_changes_nothing_to_undo(filled: Office) -> None:
    before = filled.run(lambda work: work.steps.last_done()).result
    outcome = filled.run(search.refresh)
    assert not outcome.changes.kinds
    search.search(filled, text="portail")
    assert filled.run(lambda work: work.steps.last_done()).result == before


def test_find_does_not_wait_for_the_index(filled: Office) -> None:
    assert filled.run(search.find, text="portail").result == ()
    search.bring_up_to_date(filled)
    assert filled.run(search.find, text="portail").result != ()


# Excerpts --------------------------------------------------------------------------------


def test_a_long_text_is_cut_around_the_first_word_found(filled: Office) -> None:
    hit = one(filled, "maquette", HitKind.POINT)
    long = f"{'Avant le mot, une phrase. ' * 30}Le zèbre\npasse. {'Après, une autre. ' * 30}"
    filled.run(lambda work: work.update("conclusion", hit.id, text=long))
    (found,) = search.search(filled, text="zebre passer")
    assert found.excerpt.startswith("…")
    assert found.excerpt.endswith("…")
    assert len(found.excerpt) <= EXCERPT + 2
    assert "Le zèbre passe." in found.excerpt
    assert lit_words(found) == ["zèbre", "passe"]


@modest
@given(text=st.text(max_size=900), typed=st.text(max_size=20))
def test_words_of_an_excerpt_are_lit_where_they_stand(
    filled: Office, text: str, typed: str
) -> None:
    light = Light(sought(typed))
    whole = [text[start:end] for start, end in light.spans(text)]
    excerpt, lit = search._excerpt(text, light)
    assert len(excerpt) <= EXCERPT + 2
    shown = [excerpt[start:end] for start, end in lit]
    assert "\n".join(shown) in "\n".join(whole)
    assert bool(shown) == bool(whole) or len(whole[0]) > EXCERPT // 2


# Filters by name -------------------------------------------------------------------------


def named(office: Office, **names: Any) -> SearchFilters:
    given_ = {"plan": None, "number": None, "person": None, **names}
    return office.run(search.named_filters, **given_).result


def test_filters_are_named_as_people_name_things(filled: Office) -> None:
    plans = filled.run(lambda work: work.read.plans()).result
    person = filled.run(lambda work: work.read.people()).result[0]
    plan = plans[0]
    wanted = plan.commitments[0]
    filters = named(filled, plan=f" {plan.label} ", number=wanted.number, person=person.name)
    assert filters == SearchFilters(plan.id, wanted.id, person.id)
    assert named(filled) == SearchFilters()
    assert named(filled, person=person.name.upper()).person_id == person.id


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({"plan": "1999"}, "Aucun plan ne porte le libellé « 1999 »"),
        ({"number": 999}, "Aucun plan n’a d’engagement 999"),
        ({"person": "Personne Inconnue"}, "Aucune personne ne s’appelle"),
        ({"person": "…"}, "Aucune personne ne s’appelle"),
    ],
)
def test_a_filter_that_names_nothing_is_refused(
    filled: Office, names: dict[str, Any], told: str
) -> None:
    with pytest.raises(NotFoundError, match=told) as caught:
        named(filled, **names)
    assert "rien n’a été cherché" in caught.value.sentence


def test_a_filter_that_names_several_things_is_refused(filled: Office) -> None:
    def more(work: UnitOfWork) -> None:
        for name in ("Zohra ESSAI", "Zineb ESSAI"):
            work.insert("person", civility="Mme", name=name)
        period = {"starts": date(2030, 1, 1), "ends": date(2031, 1, 1)}
        plan_id = work.insert("plan", label="2030", **period)
        work.insert("commitment", plan_id=plan_id, number=1)

    filled.run(more)
    with pytest.raises(NotFoundError, match="Zineb ESSAI, Zohra ESSAI"):
        named(filled, person="essai")
    with pytest.raises(NotFoundError, match="Plusieurs plans ont un engagement 1"):
        named(filled, number=1)
    assert named(filled, number=1, plan="2030").commitment_id is not None
