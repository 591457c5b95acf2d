"""The worker: in order, never beside itself, newest snapshot first, nothing asked for is lost."""

from __future__ import annotations

import gc
import threading
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.app.changes import Changes, Kind
from pan_desktop.app.office import Office
from pan_desktop.app.plans import create_plan, list_plans
from pan_desktop.app.settings import change_sentences, sentences
from pan_desktop.domain.errors import InputError, PanError
from pan_desktop.domain.wording import Sentences
from pan_desktop.gui.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

YEAR: dict[str, Any] = {"starts": date(2018, 1, 1), "ends": date(2020, 12, 31)}


class Held:
    """A piece of work that keeps the worker busy until it is let go."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()

    def __call__(self, _office: Office) -> None:
        self.begun.set()
        assert self.let_go.wait(10)


@pytest.fixture
def jobs(database: Path, qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs(Office(str(database)))
    crashes: list[BaseException] = []
    made.crashed.connect(crashes.append)
    made.start()
    yield made
    made.close()
    qtbot.waitUntil(lambda: made.idle)
    assert crashes == []


def held(jobs: Jobs) -> Held:
    """Keep the worker of ``jobs`` busy."""
    work = Held()
    jobs.call(work)
    assert work.begun.wait(10)
    return work


def remember(into: list[Any], what: object) -> Callable[[Office], None]:
    return lambda _office: into.append(what)


def test_what_is_asked_is_done_in_order_and_answered_on_the_windows_thread(
    jobs: Jobs, qtbot: QtBot
) -> None:
    did: list[Any] = []
    answered: list[tuple[int, threading.Thread]] = []

    def answer(number: int, _result: object) -> None:
        answered.append((number, threading.current_thread()))

    for number in range(20):
        jobs.call(remember(did, number), done=partial(answer, number))
    jobs.call(lambda _office: did.append(threading.current_thread().name))
    qtbot.waitUntil(lambda: jobs.idle)
    assert did == [*range(20), "store"]
    assert answered == [(n, threading.main_thread()) for n in range(20)]


def test_a_newer_snapshot_drops_what_waits_under_its_key(jobs: Jobs, qtbot: QtBot) -> None:
    busy = held(jobs)
    did: list[str] = []

    def save(_work: object, *, what: str) -> None:
        did.append(what)

    jobs.save(("points", "1", "a"), save, what="a, first")
    jobs.save(("points", "1", "a"), save, what="a, second")
    jobs.save(("points", "2", "x"), save, what="x of another item")
    jobs.call(remember(did, "something else"))
    jobs.save(("points", "1"), save, what="the whole item")
    busy.let_go.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert did == ["x of another item", "something else", "the whole item"]


def test_a_snapshot_does_not_drop_what_it_does_not_hold(jobs: Jobs, qtbot: QtBot) -> None:
    busy = held(jobs)
    did: list[str] = []

    def save(_work: object, *, what: str) -> None:
        did.append(what)

    jobs.save(("points", "1"), save, what="the whole item")
    jobs.save(("points", "1", "a"), save, what="a, later")
    busy.let_go.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert did == ["the whole item", "a, later"]


def test_closing_finishes_everything_asked_for(database: Path, qtbot: QtBot) -> None:
    jobs = Jobs(Office(str(database)))
    jobs.start()
    busy = held(jobs)
    jobs.save(("sentences",), change_sentences, own=Sentences(no_progress="Rien de neuf."))
    jobs.run(create_plan, label="2018-2020", **YEAR)
    busy.let_go.set()
    jobs.close()
    qtbot.waitUntil(lambda: jobs.idle)
    office = Office(str(database))
    assert office.run(sentences).result.no_progress == "Rien de neuf."
    assert [plan.label for plan in office.run(list_plans).result] == ["2018-2020"]
    office.close()


def test_what_is_typed_is_told_as_waiting_then_saved_then_settled(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[Any] = []
    jobs.behind.connect(lambda behind: heard.append("behind" if behind else "caught up"))
    jobs.changed.connect(heard.append)
    jobs.saved.connect(lambda at: heard.append(at.tzinfo is not None))
    jobs.settled.connect(lambda: heard.append("settled"))
    jobs.save(("sentences",), change_sentences, own=Sentences(no_progress="Rien de neuf."))
    qtbot.waitUntil(lambda: jobs.idle)
    changes = Changes(frozenset({Kind.SETTINGS}))
    assert heard == ["behind", changes, True, "caught up", "settled"]


def test_saved_is_told_only_when_nothing_waits_any_more(jobs: Jobs, qtbot: QtBot) -> None:
    busy = held(jobs)
    saved: list[Any] = []
    jobs.saved.connect(saved.append)
    jobs.run(create_plan, label="2018-2020", **YEAR)
    jobs.run(create_plan, label="2021-2024", **YEAR)
    busy.let_go.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert len(saved) == 1


def test_an_error_goes_to_who_asked_else_to_the_message_bar(jobs: Jobs, qtbot: QtBot) -> None:
    own: list[tuple[PanError, threading.Thread]] = []
    common: list[PanError] = []
    jobs.failed.connect(common.append)
    bad: dict[str, Any] = {"label": " ", **YEAR}
    jobs.run(create_plan, failed=lambda e: own.append((e, threading.current_thread())), **bad)
    jobs.run(create_plan, **bad)
    qtbot.waitUntil(lambda: jobs.idle)
    assert [(type(e), t) for e, t in own] == [(InputError, threading.main_thread())]
    assert [type(e) for e in common] == [InputError]


def test_a_fault_of_ours_is_told_as_one_and_the_worker_goes_on(
    database: Path, qtbot: QtBot
) -> None:
    jobs = Jobs(Office(str(database)))
    crashes: list[BaseException] = []
    jobs.crashed.connect(crashes.append)
    jobs.start()
    did: list[str] = []
    jobs.call(lambda _office: 1 / 0)
    jobs.call(remember(did, "after"))
    qtbot.waitUntil(lambda: jobs.idle)
    jobs.close()
    assert [type(crash) for crash in crashes] == [ZeroDivisionError]
    assert did == ["after"]


def test_closing_what_was_never_started_is_nothing(database: Path) -> None:
    Jobs(Office(str(database))).close()
    assert not database.exists()


def test_garbage_is_collected_on_the_windows_thread_only(database: Path, qtbot: QtBot) -> None:
    # A closed dialog collected by the worker destroys widgets outside their thread: Qt crashes.
    threads: list[str] = []

    def note(_phase: str, _info: dict[str, int]) -> None:
        threads.append(threading.current_thread().name)

    jobs = Jobs(Office(str(database)))
    gc.callbacks.append(note)
    try:
        jobs.start()
        jobs.call(lambda _office: [[[]] for _ in range(200_000)])
        qtbot.waitUntil(lambda: jobs.idle)
        assert threads == []
        jobs._collector.collect_due()
        assert set(threads) == {threading.main_thread().name}
    finally:
        gc.callbacks.remove(note)
        jobs.close()
    assert gc.isenabled()


# The second thread ------------------------------------------------------------------------


def test_what_is_long_without_the_store_holds_no_save_back(jobs: Jobs, qtbot: QtBot) -> None:
    work = Held()
    answered: list[Any] = []
    jobs.aside(work, done=answered.append)
    assert work.begun.wait(10)
    saved: list[object] = []
    jobs.saved.connect(saved.append)
    done: list[Any] = []
    jobs.run(create_plan, done=done.append, label="2018-2020", commitments=1, **YEAR)
    qtbot.waitUntil(lambda: len(done) == 1)
    assert answered == []
    assert not jobs.idle
    work.let_go.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert len(answered) == len(saved) == 1


def test_the_second_thread_uses_the_store_on_its_own_thread(jobs: Jobs, qtbot: QtBot) -> None:
    threads: list[str] = []

    def make(work: Any) -> str:
        threads.append(threading.current_thread().name)
        return create_plan(work, label="2018-2020", commitments=1, **YEAR)

    def long(office: Any) -> object:
        threads.append(threading.current_thread().name)
        return office.run(make).result, len(office.run(list_plans).result)

    changes: list[Changes] = []
    jobs.changed.connect(changes.append)
    answered: list[Any] = []
    jobs.aside(long, done=answered.append)
    qtbot.waitUntil(lambda: jobs.idle)
    assert threads == ["desk", "store"]
    assert answered[0][1] == 1
    assert [Kind.PLANS in change.kinds for change in changes] == [True]


def test_what_fails_on_the_second_thread_is_told_as_on_the_first(jobs: Jobs, qtbot: QtBot) -> None:
    def fail(office: Any) -> None:
        def refuse(_work: object) -> None:
            raise InputError("Non.")

        office.run(refuse)

    told: list[PanError] = []
    jobs.aside(fail, failed=told.append)
    qtbot.waitUntil(lambda: jobs.idle)
    assert [error.sentence for error in told] == ["Non."]


def test_closing_finishes_what_the_second_thread_asks_of_the_first(
    database: Path, qtbot: QtBot
) -> None:
    made = Jobs(Office(str(database)))
    made.start()
    did: list[str] = []
    busy = Held()

    def long(office: Any) -> None:
        busy(office)
        did.append(office.run(create_plan, label="2018-2020", commitments=1, **YEAR).result)

    made.aside(long)
    assert busy.begun.wait(10)
    busy.let_go.set()
    made.close()
    qtbot.waitUntil(lambda: made.idle)
    assert len(did) == 1
