"""The line to a real server: what is told at a bad moment, what is too large, what is strange."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import func, select

from pan_desktop.app.sharing import LineStatus
from pan_desktop.store.journal.chain import unpacked
from pan_desktop.store.merging.entries import read
from pan_desktop.store.merging.merge import Known
from pan_desktop.store.shared import at_once, line
from pan_desktop.store.shared.line import ServerLine
from pan_desktop.store.shared.server import EDITING_CHANNEL
from tests.postgres import server
from tests.shared import Client, SharedOffice, shared

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.store.shared.line import Pulled

__all__ = ["server", "shared"]


@pytest.fixture
def pair(shared: SharedOffice) -> tuple[Client, Client]:
    """Give two secretaries who are connected."""
    pair = shared.client("Salma"), shared.client("Driss")
    shared.settle(*pair)
    return pair


def named(client: Client) -> set[str]:
    return {row["name"] for row in client.rows()["institution"].values()}


def name(client: Client, words: str) -> None:
    client.run(lambda work: work.insert("institution", name=words))


def just_after(
    monkeypatch: pytest.MonkeyPatch, client: Client, happens: Callable[[], None]
) -> None:
    """Let something happen once, when a client has just asked what is new."""
    pull, left = ServerLine.pull, [happens]

    def pulling(line: ServerLine, *where: int) -> Pulled:
        found = pull(line, *where)
        if left and line is client.line._line:
            left.pop()()
        return found

    monkeypatch.setattr(ServerLine, "pull", pulling)


def test_what_is_told_right_after_one_asked_is_still_heard(
    pair: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    salma, driss = pair

    def write() -> None:
        name(salma, "Archives")
        salma.step()

    just_after(monkeypatch, driss, write)
    driss.step()
    assert "Archives" not in named(driss)
    begun = time.monotonic()
    driss.line.rest(5.0)
    assert time.monotonic() - begun < 4.0
    driss.step()
    assert "Archives" in named(driss)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[1]",
        '{"origin": "x", "table": "conclusion"}',
        '{"origin": ["x"], "table": "c"}',
        json.dumps({"origin": "x", "author": 1, "table": "c", "row": 2, "since": 3}),
    ],
)
def test_whatever_is_told_by_someone_else_ends_no_line(
    pair: tuple[Client, Client], shared: SharedOffice, words: str
) -> None:
    salma, driss = pair
    shared.server.sql(f"SELECT pg_notify('{EDITING_CHANNEL}', '{words}')", shared.database)
    assert salma.step().status is LineStatus.CONNECTED
    hour = json.dumps(
        {"origin": "y", "author": "Y", "table": "c", "row": "r", "since": "2026-01-01T00:00:00"}
    )
    shared.server.sql(f"SELECT pg_notify('{EDITING_CHANNEL}', '{hour}')", shared.database)
    driss.line.tell_editing("conclusion", "k1")
    driss.step()
    assert salma.step().status is LineStatus.CONNECTED
    assert {"Y", "Driss"} <= {editing.author for editing in salma.line.others}


def test_a_name_too_long_to_be_told_stops_nothing(pair: tuple[Client, Client]) -> None:
    salma, driss = pair
    salma.line.author = "ⵣ" * 9000
    salma.line.tell_editing("conclusion", "k1")
    assert salma.step().status is LineStatus.CONNECTED
    driss.step()
    assert len(driss.line.others) == 1


def test_a_name_too_long_for_the_server_is_kept_beside(
    pair: tuple[Client, Client], shared: SharedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    salma, driss = pair
    asked: list[str] = []

    def history(_connection: object) -> Callable[[str, str, str], Known]:
        def known(table: str, _row_id: str, _column: str) -> Known:
            asked.append(table)
            return Known()

        return known

    monkeypatch.setattr("pan_desktop.store.shared.line._history", history)
    # What cannot be pressed together: PostgreSQL's indexes take 2,704 bytes.
    long = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(9000))
    name(salma, long)
    name(salma, "Archives")
    shared.settle(salma, driss)
    found = shared.agree(salma, driss)
    assert {row["name"] for row in found["institution"].values()} == {"Archives"}
    (held,) = found["disagreement"].values()
    assert json.dumps(long)[1:-1] in held["offered"]
    assert asked == []  # the log is long, and a row that never was is not in it


def test_another_line_of_one_replica_does_not_take_it_back(
    pair: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command is run while the window is open: both read on, each from where it began."""
    salma, driss = pair
    name(salma, "Archives")
    salma.step()
    window = driss._line()
    places: list[Any] = []

    def meanwhile() -> None:
        name(salma, "Bibliothèque")
        salma.step()
        window.step()
        places.append(driss.run(lambda work: work.replica.standing()).position)

    just_after(monkeypatch, driss, meanwhile)
    take_in = driss.office.run

    def noting(use_case: Callable[..., Any], **arguments: Any) -> Any:
        outcome = take_in(use_case, **arguments)
        if "pulled" in arguments:
            places.append(take_in(lambda work: work.replica.standing()).result.position)
        return outcome

    monkeypatch.setattr(driss.office, "run", noting)
    driss.step()
    window.close()
    assert places == sorted(places)
    assert named(driss) == {"Archives", "Bibliothèque"}


def test_what_comes_slowly_is_waited_for_but_not_silence(
    pair: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pan_desktop.store.shared.limited.SILENT_SECONDS", 1.0)
    line = pair[0].line._line
    assert line is not None
    raw = line._raw()
    slowly = "SELECT repeat('x', 9000), pg_sleep(0.5) FROM generate_series(1, 4)"
    assert len(raw.execute(slowly).fetchall()) == 4
    with pytest.raises(psycopg.OperationalError, match="silent"):
        raw.execute("SELECT pg_sleep(30)")


def test_who_falls_silent_while_sending_holds_the_others_up_for_no_longer_than_said(
    pair: tuple[Client, Client], shared: SharedOffice
) -> None:
    salma, _ = pair
    line = salma.line._line
    assert line is not None
    said = {
        name: line._raw().execute(f"SHOW {name}").fetchone()[0]
        for name in (
            "idle_in_transaction_session_timeout",
            "lock_timeout",
            "tcp_keepalives_idle",
        )
    }
    assert said == {
        "idle_in_transaction_session_timeout": "15s",
        "lock_timeout": "10s",
        "tcp_keepalives_idle": "10",
    }


def test_log_and_journal_are_read_at_one_moment(
    pair: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    salma, driss = pair
    name(salma, "Archives")
    salma.step()
    name(salma, "Bibliothèque")
    pulled: list[Pulled] = []
    ask, pull = at_once.asked, ServerLine.pull

    def between(connection: Any, statements: list[Any], *around: str) -> list[Any]:
        if len(statements) != 3 or threading.current_thread() is threading.main_thread():
            return ask(connection, statements, *around)
        # Between the log and the journal: wait for the other.
        wait = select(func.pg_advisory_lock_shared(7))
        found = ask(connection, [statements[0], wait, *statements[1:]], *around)
        return [found[0], *found[2:]]

    def pulling(self: ServerLine, *where: int) -> Pulled:
        found = pull(self, *where)
        if threading.current_thread() is not threading.main_thread():
            pulled.append(found)
        return found

    with psycopg.connect(driss.url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(7)")
        monkeypatch.setattr(line, "asked", between)
        monkeypatch.setattr(ServerLine, "pull", pulling)
        reading = threading.Thread(target=driss.step)
        reading.start()
        waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        while not other.execute(waiting).fetchone():
            assert reading.is_alive()
        salma.step()
        other.execute("SELECT pg_advisory_unlock(7)")
        reading.join()
    first = pulled[0]
    assert len(first.logged) == 1
    told = {one.id for row in first.journal for one in unpacked(row["changes"])}
    assert told <= {c.after["id"] for e in first.logged for c in read(e.changes) if c.after}
    monkeypatch.undo()
    driss.step()
    assert {"Archives", "Bibliothèque"} <= named(driss)


def test_what_is_large_comes_in_parts(
    pair: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    salma, driss = pair
    for number in range(5):
        name(salma, f"{number}" * 400)
    salma.step()
    monkeypatch.setattr(line, "BYTES_AT_ONCE", 900)
    pull, parts = ServerLine.pull, []

    def pulling(self: ServerLine, *where: int) -> Pulled:
        found = pull(self, *where)
        parts.append(found)
        return found

    monkeypatch.setattr(ServerLine, "pull", pulling)
    driss.step()
    sizes = [sum(len(entry.changes) for entry in part.logged) for part in parts]
    assert sum(len(part.logged) for part in parts) == 5
    assert len(parts) > 1
    assert max(sizes) < 900 + 1600
    assert [bool(part.journal) for part in parts if part.logged][-1]
    assert not any(part.journal for part in parts if part.more)
    assert {f"{number}" * 400 for number in range(5)} <= named(driss)
    rows = [one.run(lambda work: list(work.journal.rows())) for one in (driss, salma)]
    assert rows[0] == rows[1]
