"""Two windows on one shared office: what is written in one comes to the other by itself."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.app import sample, words
from pan_desktop.app.changes import Kind
from pan_desktop.app.office import Office
from pan_desktop.app.sharing import LineStatus
from pan_desktop.gui.jobs import Jobs
from tests.postgres import server
from tests.shared import SharedOffice, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

__all__ = ["server", "shared"]


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def started(shared: SharedOffice, qtbot: QtBot) -> Iterator[Callable[[str], Jobs]]:
    """Give a maker of workers, each with a replica of its own; all are ended."""
    crashes: list[BaseException] = []
    with ExitStack() as held:

        def make(name: str) -> Jobs:
            office = Office(shared.url, author=name, replicas=shared.folder / name)
            office.open()
            jobs = Jobs(office)
            jobs.crashed.connect(crashes.append)
            assert jobs.line is not None
            with qtbot.waitSignal(jobs.line.line_changed, timeout=20_000):
                jobs.start()
            held.callback(jobs.close)
            return jobs

        yield make
    assert crashes == []
    assert [thread.name for thread in threading.enumerate() if thread.name == "line"] == []


def test_what_one_writes_comes_to_the_other(started: Callable[[str], Jobs], qtbot: QtBot) -> None:
    salma, driss = started("Salma"), started("Driss")
    assert driss.line is not None

    def told(changes: Any) -> bool:
        return bool(changes.touch(Kind.WORDS))

    with qtbot.waitSignal(driss.changed, check_params_cb=told, timeout=20_000):
        salma.run(words.add_word, word="cocréation")
    with qtbot.waitSignal(driss.settled):
        found: list[Any] = []
        driss.run(words.list_words, done=found.append)
    assert "cocréation" in found[0]
    assert driss.line.state.status is LineStatus.CONNECTED


def test_what_comes_from_others_is_not_told_as_saved_here(
    started: Callable[[str], Jobs], qtbot: QtBot
) -> None:
    salma, driss = started("Salma"), started("Driss")
    told: list[Any] = []
    driss.saved.connect(told.append)
    with qtbot.waitSignal(driss.saved, timeout=20_000):
        driss.run(words.add_word, word="redevabilité")
    with qtbot.waitSignal(driss.elsewhere, timeout=20_000):
        salma.run(words.add_word, word="cocréation")
    with qtbot.waitSignal(driss.settled):
        driss.run(words.list_words)
    assert len(told) == 1


def test_who_writes_where_is_told(started: Callable[[str], Jobs], qtbot: QtBot) -> None:
    salma, driss = started("Salma"), started("Driss")
    assert salma.line is not None
    assert driss.line is not None
    with qtbot.waitSignal(driss.line.others_changed, timeout=20_000) as told:
        salma.line.tell_editing("conclusion", "k1")
    assert told.args is not None
    ((editing,),) = told.args
    assert editing[:3] == ("Salma", "conclusion", "k1")


def test_what_was_written_last_is_sent_when_the_window_closes(
    started: Callable[[str], Jobs], qtbot: QtBot, shared: SharedOffice
) -> None:
    salma = started("Salma")
    with qtbot.waitSignal(salma.settled):
        salma.run(sample.fill_meetings)
    salma.close()
    assert len(shared.rows()["meeting"]) == 3


def test_a_server_that_is_gone_is_told_and_stops_nobody(
    started: Callable[[str], Jobs], qtbot: QtBot, shared: SharedOffice
) -> None:
    salma = started("Salma")
    line = salma.line
    assert line is not None
    shared.server.sql(f'ALTER DATABASE "{shared.database}" ALLOW_CONNECTIONS false')
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
    with qtbot.waitSignal(
        line.line_changed,
        check_params_cb=lambda state: state.status is not LineStatus.CONNECTED,
        timeout=20_000,
    ):
        shared.server.sql(cut.format(shared.database))
    with qtbot.waitSignal(salma.saved, timeout=20_000):
        salma.run(words.add_word, word="cocréation")
    shared.server.sql(f'ALTER DATABASE "{shared.database}" ALLOW_CONNECTIONS true')
    with qtbot.waitSignal(
        line.line_changed,
        check_params_cb=lambda s: s.status is LineStatus.CONNECTED and s.pending == 0,
        timeout=20_000,
    ):
        line.retry()
    assert {row["word"] for row in shared.rows()["office_word"].values()} == {"cocréation"}
