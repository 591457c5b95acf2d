"""Over a slow line what costs is how often one asks: this is counted, so that it does not grow."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import psycopg
import pytest

from pan_desktop.app.sharing import BATCH, LineStatus
from pan_desktop.domain.ids import new_id
from pan_desktop.store.merging.entries import read
from pan_desktop.store.shared.server import ORDER_LOCK
from tests.postgres import TestServer, server
from tests.proxy import Proxy
from tests.shared import Client, SharedOffice, filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pan_desktop.store.unit_of_work import UnitOfWork

__all__ = ["filled", "server"]

PUSH, PULL = 2, 1
"""All that is asked and all that is written; then what is new."""


@pytest.fixture
def network(server: TestServer) -> Iterator[Proxy]:
    with Proxy(server.port) as opened:
        # An answer is heard only once all that belongs together has been said.
        opened.latency = 0.05
        yield opened


def connected(shared: SharedOffice, name: str, network: Proxy) -> Client:
    client = shared.client(name, through=network.url(shared.url))
    assert client.step().status is LineStatus.CONNECTED
    return client


def typed(client: Client, points: list[str], words: str) -> None:
    for number, point in enumerate(points):
        said = f"{words} {number}"
        client.run(lambda work, point=point, said=said: work.update("conclusion", point, text=said))


def trips(client: Client, network: Proxy) -> int:
    """Let a client exchange; return how often it asked and waited."""
    before = network.round_trips
    state = client.step()
    assert (state.status, state.pending) == (LineStatus.CONNECTED, 0)
    return network.round_trips - before


@pytest.mark.parametrize("entries", [1, 50])
def test_what_is_typed_takes_two_round_trips_and_what_comes_one(
    filled: SharedOffice, network: Proxy, entries: int
) -> None:
    assert entries < BATCH
    salma, driss = connected(filled, "Salma", network), filled.client("Driss")
    there = list(salma.rows()["conclusion"])
    points = [there[number % len(there)] for number in range(entries)]
    typed(salma, points, "Dit par Salma.")
    assert salma.pending == min(entries, len(there))  # a point is one, however often typed in
    assert trips(salma, network) == PUSH + PULL
    driss.step()
    found = filled.agree(salma, driss)["conclusion"]
    said = {point: f"Dit par Salma. {number}" for number, point in enumerate(points)}
    assert {point: found[point]["text"] for point in points} == said
    typed(driss, points, "Dit par Driss.")
    driss.step()
    assert trips(salma, network) == PULL
    filled.agree(salma, driss)


def test_a_new_point_under_another_takes_no_more(filled: SharedOffice, network: Proxy) -> None:
    salma = connected(filled, "Salma", network)
    above, row = next(iter(salma.rows()["conclusion"].items()))
    item = row["agenda_item_id"]

    def use_case(work: UnitOfWork) -> None:
        work.insert(
            "conclusion", agenda_item_id=item, parent_id=above, text="Dessous.", position=99.0
        )

    salma.run(use_case)
    assert trips(salma, network) == PUSH + PULL
    filled.agree(salma)


def test_nothing_new_takes_one(filled: SharedOffice, network: Proxy) -> None:
    salma = connected(filled, "Salma", network)
    assert trips(salma, network) == PULL


def test_who_writes_where_takes_one_more(filled: SharedOffice, network: Proxy) -> None:
    salma = connected(filled, "Salma", network)
    salma.line.tell_editing("conclusion", next(iter(salma.rows()["conclusion"])))
    assert trips(salma, network) == PULL + 1


def test_who_wrote_what_stands_is_asked_for_once(filled: SharedOffice, network: Proxy) -> None:
    """However often its author has written something else of the same row since."""
    salma, driss = connected(filled, "Salma", network), filled.client("Driss")
    point = next(iter(salma.rows()["conclusion"]))
    for values in ({"owner": "La cellule"}, *({"text": f"Dit {n}."} for n in range(9))):
        driss.run(lambda work, values=values: work.update("conclusion", point, **values))
        driss.step()
    salma.run(lambda work: work.update("conclusion", point, owner="Le secrétariat"))
    assert trips(salma, network) < PUSH + PULL + 5
    (held,) = filled.rows()["disagreement"].values()
    assert (held["field"], held["kept_author"]) == ("owner", "Driss")


def test_what_is_refused_is_told_all_the_same(filled: SharedOffice, network: Proxy) -> None:
    salma, driss = connected(filled, "Salma", network), filled.client("Driss")
    for client in (salma, driss):
        client.run(lambda work: work.insert("institution", id=new_id(), name="Archives"))
    driss.step()
    before = network.round_trips
    assert salma.step().status is LineStatus.CONNECTED
    assert network.round_trips - before > PUSH + PULL
    filled.settle(salma, driss)
    (held,) = filled.agree(salma, driss)["disagreement"].values()
    assert held["kind"] == "refused"


def test_what_is_asked_waits_for_whoever_is_merging(
    filled: SharedOffice, server: TestServer
) -> None:
    """What is asked together with the lock is answered as it is once the lock is given."""
    salma = filled.client("Salma")
    salma.step()
    point, row = next(iter(salma.rows()["conclusion"].items()))
    typed(salma, [point], "Dit par Salma.")
    asking = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with psycopg.connect(filled.url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [ORDER_LOCK])
        other.execute("UPDATE conclusion SET text = 'Dit avant.' WHERE id = %s", [point])
        thread = threading.Thread(target=salma.step)
        thread.start()
        while server.sql(asking) == [(0,)]:
            assert thread.is_alive()
        other.commit()
    thread.join()
    assert filled.rows()["conclusion"][point]["text"] == "Dit avant."
    (held,) = filled.rows()["disagreement"].values()
    assert (held["row_id"], held["kind"]) == (point, "text")
    (offered,) = read(held["offered"])
    texts = [(said or {})["text"] for said in (offered.before, offered.after)]
    assert texts == [row["text"], "Dit par Salma. 0"]
