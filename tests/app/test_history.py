"""Whatever was done can be taken back and done again, also after the program was closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app import conclusions, history, meetings, people, plans, progress, settings
from pan_desktop.app.office import Office, for_good
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import Civility, Presence, Situation
from pan_desktop.domain.wording import Sentences
from pan_desktop.store import steps
from tests.builders import content, dump, filled_database, modest, office_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def rest(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def undo(office: Office) -> history.Went | None:
    return office.run(history.undo).result


def redo(office: Office) -> history.Went | None:
    return office.run(history.redo).result


def latest(office: Office) -> str:
    return office.run(meetings.list_meetings).result[0].id


def kept(office: Office) -> int:
    with closing(sqlite3.connect(office.database)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM step").fetchone()
    return int(count)


def first_point(office: Office) -> conclusions.PointEdit:
    record = office.run(meetings.view_meeting, meeting_id=latest(office)).result.record
    point = next(p for item in record.agenda for p in item.conclusions)
    return conclusions.PointEdit(point.id, point.level, point.text)


def write(office: Office, text: str) -> None:
    point = first_point(office)
    edit = conclusions.PointEdit(point.id, point.level, text)
    office.save(f"point/{point.id}", conclusions.save_point, point=edit)


DONE = progress.ReportEdit(41, "Dit en séance.", Situation.REPORTED)
SOMEONE = people.PersonEdit(Civility.MADAME, "Nadia ESSAI", "Archives")
ELSEWHERE = meetings.MeetingEdit("Comité", date(2027, 1, 4), time(9, 0), "Salle 3")
YEARS = {"label": "2031-2033", "starts": date(2031, 1, 1), "ends": date(2033, 1, 1)}


def everyone(view: meetings.MeetingView) -> list[str]:
    return [seat.person.id for seat in view.seats]


def item_with_points(view: meetings.MeetingView) -> str:
    return next(item.id for item in view.record.agenda if item.conclusions)


def items_turned(view: meetings.MeetingView) -> list[str]:
    return [item.id for item in reversed(view.record.agenda)]


Deed = Callable[["UnitOfWork", meetings.MeetingView], object]
# Each is one thing that a secretary does; together they reach most tables.
DEEDS: dict[str, Deed] = {
    "untick": lambda work, view: meetings.set_presence(
        work, meeting_id=here(view), person_ids=everyone(view)[:1], presence=None
    ),
    "excuse all": lambda work, view: meetings.set_presence(
        work, meeting_id=here(view), person_ids=everyone(view), presence=Presence.EXCUSED
    ),
    "remove item": lambda work, view: meetings.remove_item(
        work, meeting_id=here(view), item_id=item_with_points(view)
    ),
    "add item": lambda work, view: meetings.add_item(work, meeting_id=here(view), title="Divers"),
    "order": lambda work, view: meetings.order_items(
        work, meeting_id=here(view), item_ids=items_turned(view)
    ),
    "move": lambda work, view: meetings.change_meeting(work, meeting_id=here(view), edit=ELSEWHERE),
    "remove": lambda work, view: meetings.remove_meeting(work, meeting_id=here(view)),
    "state": lambda work, view: progress.state_overall(
        work, meeting_id=here(view), percent=84, reason="Arrêté en séance."
    ),
    "report": lambda work, view: progress.save_report(
        work, report_id=view.record.scope[0].id, edit=DONE
    ),
    "person": lambda work, _view: people.add_person(work, person=SOMEONE),
    "plan": lambda work, _view: plans.create_plan(work, commitments=4, **YEARS),  # type: ignore[arg-type]
    "sentence": lambda work, _view: settings.change_sentences(
        work, own=Sentences(no_progress="Rien de neuf.")
    ),
    "clear": lambda work, view: conclusions.save_outline(
        work, item_id=item_with_points(view), points=[]
    ),
}


def here(view: meetings.MeetingView) -> str:
    return view.record.meeting.id


def perform(office: Office, names: list[str]) -> int:
    """Do what the names say on the latest meeting, and return how many steps that made."""
    before = kept(office)
    for name in dict.fromkeys(names):
        office.run(do, deed=DEEDS[name], meeting_id=latest(office))
    return kept(office) - before


def do(work: UnitOfWork, *, deed: Deed, meeting_id: str) -> None:
    deed(work, meetings.view_meeting(work, meeting_id=meeting_id))


@modest
@given(names=st.lists(st.sampled_from(list(DEEDS)), min_size=1, max_size=6), closed=st.booleans())
def test_all_that_was_done_is_taken_back_and_done_again(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], closed: bool
) -> None:
    with office_in(tmp_path_factory.mktemp("histoire"), filled_database()) as office:
        first = content(dump(office.database))
        done = perform(office, names)
        last = content(dump(office.database))
        if closed:
            office.close()
        for _ in range(done):
            assert undo(office) is not None
        assert content(dump(office.database)) == first
        for _ in range(done):
            assert redo(office) is not None
        assert content(dump(office.database)) == last
        assert redo(office) is None


def test_nothing_done_is_nothing_to_undo(office: Office) -> None:
    assert undo(office) is None
    assert redo(office) is None


def test_what_failed_is_no_step(filled: Office) -> None:
    before = kept(filled)
    with pytest.raises(InputError):
        filled.run(meetings.add_item, meeting_id=latest(filled), title=" ")
    assert kept(filled) == before


def test_what_is_for_good_is_no_step(filled: Office) -> None:
    @for_good
    def settle(work: UnitOfWork) -> None:
        work.insert("office_word", word="SEGMA")

    before = kept(filled)
    filled.run(settle)
    assert kept(filled) == before


def test_after_something_new_what_was_undone_is_gone(filled: Office) -> None:
    meeting_id = latest(filled)
    filled.run(meetings.add_item, meeting_id=meeting_id, title="Premier")
    undo(filled)
    filled.run(meetings.add_item, meeting_id=meeting_id, title="Second")
    assert redo(filled) is None
    agenda = filled.run(meetings.view_meeting, meeting_id=meeting_id).result.record.agenda
    assert agenda[-1].title == "Second"


# Typing ----------------------------------------------------------------------------------


@pytest.fixture
def typist(tmp_path: Path) -> Iterator[tuple[Office, Clock]]:
    clock = Clock()
    with office_in(tmp_path, filled_database()) as given:
        given.close()
        office = Office(given.database, now=clock)
        yield office, clock
        office.close()


def test_letters_typed_one_after_the_other_are_one_step(typist: tuple[Office, Clock]) -> None:
    office, clock = typist
    before, text = kept(office), first_point(office).text
    for end in range(1, 8):
        write(office, f"{text} Retenu"[: len(text) + end])
        clock.rest(0.2)
    assert kept(office) == before + 1
    went = undo(office)
    assert first_point(office).text == text
    assert went is not None
    assert went.words.startswith("la saisie « …")
    assert went.words.endswith("Retenu »")
    redo(office)
    assert first_point(office).text == f"{text} Retenu"


def test_a_pause_a_long_run_and_another_text_begin_a_new_step(
    typist: tuple[Office, Clock],
) -> None:
    office, clock = typist
    before = kept(office)
    write(office, "a")
    clock.rest(steps.PAUSE.total_seconds() + 0.1)
    write(office, "ab")
    assert kept(office) == before + 2
    for number in range(20):
        clock.rest(1)
        write(office, "ab" + "c" * number)
    assert kept(office) == before + 3
    record = office.run(meetings.view_meeting, meeting_id=latest(office)).result.record
    edit = progress.ReportEdit(3, "d", Situation.REPORTED)
    count = kept(office)
    office.save("progress/x", progress.save_report, report_id=record.scope[0].id, edit=edit)
    assert kept(office) == count + 1


def test_only_so_many_steps_are_kept(
    typist: tuple[Office, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _ = typist
    monkeypatch.setattr(steps, "KEPT", 5)
    for number in range(8):
        office.run(meetings.add_item, meeting_id=latest(office), title=f"Point {number}")
    assert kept(office) == 5


# Words -----------------------------------------------------------------------------------

SAID = {
    "untick": "la présence de ",
    "excuse all": "la présence de ",
    "remove item": "le point « ",
    "add item": "le point « Divers » de l’ordre du jour",
    "order": "l’ordre du jour",
    "move": "la modification de la réunion du ",
    "remove": "la suppression de la réunion du mercredi 14 octobre 2026",
    "state": "la modification de la réunion du ",
    "report": "l’avancement de l’engagement 1",
    "person": "la fiche de Mme Nadia ESSAI",
    "plan": "le plan d’action",
    "sentence": "un paramètre",
    "clear": "la saisie « ",
}


@pytest.mark.parametrize("name", DEEDS)
def test_what_was_undone_is_said_in_words(filled: Office, name: str) -> None:
    assert perform(filled, [name]) == 1
    went = undo(filled)
    assert went is not None
    assert went.words.startswith(SAID[name])
    assert not went.refused
    assert went.rows


def test_a_step_overtaken_by_something_else_is_refused_and_dropped(filled: Office) -> None:
    @for_good
    def behind(work: UnitOfWork, *, item_id: str) -> None:
        work.update("agenda_item", item_id, title="Autre")

    item_id = filled.run(meetings.add_item, meeting_id=latest(filled), title="Divers").result
    filled.run(behind, item_id=item_id)
    before = dump(filled.database)
    went = undo(filled)
    assert went is not None
    assert went.refused
    assert dump(filled.database) == before
    again = undo(filled)
    assert again is None or again.words != went.words
