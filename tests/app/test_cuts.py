"""The line is cut at any moment: what was written arrives once, and typing never notices."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app.membership import join
from pan_desktop.app.sharing import LineStatus
from pan_desktop.domain.errors import SharedUnreachableError
from tests.postgres import TestServer, server
from tests.proxy import Proxy
from tests.shared import Client, SharedOffice, filled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork

__all__ = ["filled", "server"]


@pytest.fixture
def network(server: TestServer) -> Iterator[Proxy]:
    with Proxy(server.port) as opened:
        yield opened


@pytest.fixture
def salma(filled: SharedOffice, network: Proxy) -> Client:
    """Give a secretary whose line goes through the network."""
    client = filled.client("Salma", through=network.url(filled.url))
    assert client.step().status is LineStatus.CONNECTED
    return client


def points(client: Client) -> list[str]:
    return list(client.rows()["conclusion"])


def typed(client: Client, point: str, words: str) -> None:
    client.run(lambda work: work.update("conclusion", point, text=words))


def added(client: Client, words: str) -> None:
    def use_case(work: UnitOfWork) -> None:
        work.insert("usual_sentence", short_name=words, text=words, position=1.0)

    client.run(use_case)


def sentences(shared: SharedOffice) -> list[str]:
    return sorted(row["text"] for row in shared.rows()["usual_sentence"].values())


@pytest.mark.parametrize("answer_lost", [False, True], ids=["before COMMIT", "after COMMIT"])
def test_a_commit_that_was_cut_is_merged_once(
    salma: Client, network: Proxy, filled: SharedOffice, *, answer_lost: bool
) -> None:
    before = sentences(filled)
    added(salma, "a")
    added(salma, "b")
    network.cut_at(b"COMMIT", answer_lost=answer_lost)
    assert salma.step().status is LineStatus.OFFLINE
    assert salma.pending == 2
    assert network.cuts == 1
    assert sentences(filled) == (sorted([*before, "a", "b"]) if answer_lost else before)
    added(salma, "c")
    filled.settle(salma)
    assert sentences(filled) == sorted([*before, "a", "b", "c"])
    filled.agree(salma)


@pytest.mark.parametrize("word", [b"CLOSE", b"FETCH", b"DECLARE"])
def test_a_cut_in_the_first_filling_is_told_by_a_sentence_alone(
    network: Proxy,
    filled: SharedOffice,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    word: bytes,
) -> None:
    network.cut_at(word, answer_lost=False)
    with pytest.raises(SharedUnreachableError):
        join(network.url(filled.url), folder=tmp_path)
    assert network.cuts == 1
    assert caplog.records == []  # or a trace would stand on the console
    assert join(network.url(filled.url), folder=tmp_path).exists()


def test_the_line_cut_at_many_bytes_loses_and_doubles_nothing(
    salma: Client, network: Proxy, filled: SharedOffice
) -> None:
    driss = filled.client("Driss")
    chance, mine, his = random.Random(6), points(salma)[:5], points(salma)[5:10]
    before = sentences(filled)
    said: dict[str, str] = {}
    for number in range(15):
        point, other = mine[number % 5], his[number % 5]
        typed(salma, point, f"Salma {number}")
        typed(driss, other, f"Driss {number}")
        said |= {point: f"Salma {number}", other: f"Driss {number}"}
        added(salma, f"phrase {number:02}")
        driss.step()
        network.cut_after(bytes=chance.randrange(1, 6000))
        salma.step()
        if number % 3 == 0:
            salma.reopen()
    network.cut()
    filled.settle(salma, driss)
    found = filled.agree(salma, driss)
    assert {key: found["conclusion"][key]["text"] for key in said} == said
    assert sentences(filled) == sorted([*before, *(f"phrase {n:02}" for n in range(15))])
    assert found["disagreement"] == {}
    assert network.cuts > 10


def test_a_server_that_stops_at_once_is_come_back_to(
    salma: Client, server: TestServer, filled: SharedOffice
) -> None:
    added(salma, "avant")
    salma.step()
    server.stop(at_once=True)
    added(salma, "pendant")
    state = salma.step()
    assert (state.status, state.pending) == (LineStatus.OFFLINE, 1)
    assert "gardés sur ce poste" in state.sentence
    server.start()
    filled.settle(salma)
    assert {"avant", "pendant"} <= set(sentences(filled))


def test_a_line_that_says_nothing_is_given_up(
    salma: Client, network: Proxy, monkeypatch: pytest.MonkeyPatch, filled: SharedOffice
) -> None:
    monkeypatch.setattr("pan_desktop.store.shared.limited.SILENT_SECONDS", 0.3)
    added(salma, "muet")
    network.silent = True
    assert salma.step().status is LineStatus.OFFLINE
    network.silent = False
    monkeypatch.undo()
    filled.settle(salma)
    assert "muet" in sentences(filled)


def test_a_pause_grows_between_two_attempts_and_can_be_ended(salma: Client, network: Proxy) -> None:
    now = [0.0]
    line = salma.line
    line._clock = lambda: now[0]
    network.refuse = True
    network.cut()
    pauses = []
    for _ in range(7):
        now[0] = line._retry_at
        line.cut()
        line.step()
        pauses.append(line._retry_at - now[0])
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    network.refuse = False
    assert line.step().status is LineStatus.OFFLINE  # not yet
    line.retry()
    assert line.step().status is LineStatus.CONNECTED
