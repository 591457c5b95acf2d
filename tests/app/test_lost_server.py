"""A server is lost: any machine's copy becomes the office again, and no outbox is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.app.membership import described, join
from pan_desktop.app.moving import move
from pan_desktop.app.office import Office
from pan_desktop.app.places import local_file
from pan_desktop.app.restoring import restore
from pan_desktop.app.sharing import LineStatus
from pan_desktop.command_line import run as command
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import InputError
from pan_desktop.store.journal.check import verify
from pan_desktop.store.location import REVISIONS
from pan_desktop.store.merging.entries import read
from pan_desktop.store.safety.copies import keep_copy
from pan_desktop.store.shared import moving as stored
from pan_desktop.store.shared.line import ServerLine
from tests.builders import dump
from tests.postgres import TestServer, server
from tests.shared import Client, SharedOffice, filled, shared

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork

__all__ = ["filled", "server", "shared"]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def pair(filled: SharedOffice) -> tuple[Client, Client]:
    """Give two secretaries who hold the sample."""
    pair = filled.client("Salma"), filled.client("Driss")
    filled.settle(*pair)
    return pair


def lose(office: SharedOffice) -> None:
    """Have the office's database gone for good."""
    office.engine.dispose()
    office.server.sql(f'DROP DATABASE "{office.database}" WITH (FORCE)')


def test_the_file_is_told_from_which_a_lost_server_is_made_again(
    pair: tuple[Client, Client],
) -> None:
    office = pair[0].office
    told = described(office)[-1]
    assert told.startswith(f"Copie de ce poste : {local_file(office.database, office.replicas)} (")
    assert office.database not in told


def moved_to(office: SharedOffice, url: str, clients: tuple[Client, ...]) -> SharedOffice:
    """Have the secretaries join the office where it lies now, as the settings do."""
    from pan_desktop.store.shared.server import server_engine

    office.url, office.database = url, url.rpartition("/")[2]
    office.engine = server_engine(url)
    for client in clients:
        client.url = url
        join(url, folder=client.folder, password="")
        client.reopen()
    return office


def copy_of(client: Client) -> Path:
    return keep_copy(client.file, Why.CLOSE, datetime.now(UTC)).copy.file


def typed(client: Client, point: str, words: str) -> None:
    def use_case(work: UnitOfWork) -> None:
        work.update("conclusion", point, text=words)

    client.save(f"points/{point}", use_case)


def leaf(client: Client, number: int = 0) -> str:
    rows = client.rows()["conclusion"]
    parents = {row["parent_id"] for row in rows.values()}
    return [key for key in rows if key not in parents][number]


def add(name: str) -> Callable[[UnitOfWork], str]:
    return lambda work: work.insert("institution", name=name)


def names(rows: dict[str, Any]) -> list[str]:
    return [row["name"] for row in rows["institution"].values()]


def test_a_copy_is_the_office_again_and_every_outbox_arrives(
    filled: SharedOffice, pair: tuple[Client, Client], server: TestServer
) -> None:
    salma, driss = pair
    ahead, point = leaf(salma, 0), leaf(salma, 1)
    typed(driss, ahead, "Lu par Driss seul.")
    driss.step()  # the server has it, and Salma has not
    lose(filled)
    salma.run(add("Salma hors ligne"))
    driss.run(add("Driss hors ligne"))
    typed(driss, point, "Driss hors ligne.")
    copy, before = copy_of(salma), copy_of(salma).read_bytes()
    url = server.url(server.new_database())
    moved = move(source=str(copy), target=url)
    assert moved.left is not None
    assert len(moved.left.waiting) == 1
    assert copy.read_bytes() == before
    moved_to(filled, url, pair)
    assert names(filled.rows()).count("Salma hors ligne") == 1
    assert (salma.pending, driss.pending) == (1, 2)
    for client in (salma, driss, salma, driss):
        assert client.step().status is LineStatus.CONNECTED
    filled.settle(salma, driss)
    found = filled.agree(salma, driss)
    assert {"Salma hors ligne", "Driss hors ligne"} <= set(names(found))
    assert found["conclusion"][point]["text"] == "Driss hors ligne."
    assert found["conclusion"][ahead]["text"] == "Lu par Driss seul."
    assert found["disagreement"] == {}
    assert salma.line.state.remark == ""
    assert "revenu à un état plus ancien" in driss.line.state.remark
    with filled.engine.connect() as connection:
        assert verify(connection) == []


def test_a_copy_becomes_a_file_of_its_own(
    filled: SharedOffice,
    pair: tuple[Client, Client],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    salma, driss = pair
    point = leaf(salma)
    typed(salma, point, "Dit par Salma.")
    salma.step()
    typed(driss, point, "Dit par Driss.")
    filled.settle(driss, salma)  # what Driss sees is his own text, over an open disagreement
    assert driss.run(lambda work: work.read.row("conclusion", point))["text"] == "Dit par Driss."
    driss.run(add("Hors ligne"))
    copy, file = copy_of(driss), tmp_path / "retrouve.sqlite3"
    there = filled.rows()
    assert command(["move", "--from", str(copy), "--to", str(file)], str) == 0
    said = capsys.readouterr().out
    assert "aucune différence" in said
    assert "avec 1\u00a0changement de ce poste" in said
    found = dump(file)
    assert [found[name] for name in ("outbox", "replica", "taken_entry", "last_entry")] == [[]] * 4
    texts = {row["id"]: row["text"] for row in found["conclusion"]}
    assert texts == {key: row["text"] for key, row in there["conclusion"].items()}
    (held,) = found["disagreement"]
    assert read(held["offered"])[0].after["text"] == "Dit par Driss."  # type: ignore[index]
    with closing(Office(str(file))) as office:
        assert "Hors ligne" in [row["name"] for row in found["institution"]]
        assert office.run(lambda work: work.journal.problems()).result == []
        assert not office.run(lambda work: work.replica.origin()).result


def test_a_copy_that_lost_rows_becomes_an_office_with_what_waits_for_them(
    filled: SharedOffice, pair: tuple[Client, Client], tmp_path: Path
) -> None:
    salma, _ = pair
    lose(filled)
    point = leaf(salma)
    typed(salma, point, "Hors ligne.")
    copy, file = copy_of(salma), tmp_path / "office.sqlite3"
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("DELETE FROM conclusion WHERE id = ?", (point,))
    moved = move(source=str(copy), target=str(file))
    assert moved.left is not None
    assert len(moved.left.waiting) == 1
    found = dump(file)
    (held,) = found["disagreement"]
    assert read(held["offered"])[0].after["text"] == "Hors ligne."  # type: ignore[index]


def test_while_its_server_answers_it_is_not_begun_twice(
    filled: SharedOffice, pair: tuple[Client, Client], server: TestServer, tmp_path: Path
) -> None:
    salma, _ = pair
    copy, database = copy_of(salma), server.new_database()
    url = server.url(database)
    with pytest.raises(InputError, match="répond encore"):
        move(source=str(copy), target=url)
    with pytest.raises(InputError, match="répond encore"):
        move(source=str(salma.file), target=url)
    assert server.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database) == [
        (0,)
    ]
    assert move(source=str(salma.file), target=str(tmp_path / "office.sqlite3")).rows > 200
    assert move(source=str(copy), target=url, lost=True).rows > 200


def test_while_it_is_of_another_version_it_is_not_begun_twice_either(
    filled: SharedOffice,
    pair: tuple[Client, Client],
    server: TestServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    salma, _ = pair
    copy, database = copy_of(salma), server.new_database()
    known = ("earlier", *REVISIONS)
    monkeypatch.setattr("pan_desktop.store.shared.server.REVISIONS", known)
    for revision in ("earlier", "later"):
        server.sql(f"UPDATE office SET revision = '{revision}'", filled.database)
        with pytest.raises(InputError, match="répond encore"):
            move(source=str(copy), target=server.url(database))
    assert server.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database) == [
        (0,)
    ]


def test_a_move_that_failed_midway_is_done_again(
    filled: SharedOffice,
    pair: tuple[Client, Client],
    server: TestServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    salma, driss = pair
    salma.run(add("Hors ligne"))
    lose(filled)
    copy, url = copy_of(salma), server.url(server.new_database())

    def fail(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as failing:
        failing.setattr(stored, "compare", fail)
        with pytest.raises(KeyboardInterrupt):
            move(source=str(copy), target=url)
    with pytest.raises(InputError, match="pas complète"):
        join(url, folder=driss.folder, password="")
    move(source=str(copy), target=url)
    moved_to(filled, url, pair)
    salma.step()
    filled.settle(salma, driss)
    assert names(filled.agree(salma, driss)).count("Hors ligne") == 1


def test_restoring_says_the_way(pair: tuple[Client, Client], tmp_path: Path) -> None:
    salma, _ = pair
    copy, file = copy_of(salma), tmp_path / "retrouve.sqlite3"
    with pytest.raises(InputError, match="pan-desktop move") as refused:
        restore(salma.office, copy=copy, now=datetime.now(UTC))
    assert f'move --from "{copy}" --to' in refused.value.sentence
    assert command(["move", "--from", str(copy), "--to", str(file)], str) == 0
    assert file.exists()


# What the lost server had confirmed, its author not having read that ---------------------------


def sent_unheard(client: Client) -> None:
    """Have the server take what waits; the line is cut before its author hears of it."""
    entries = client.run(lambda work: work.replica.outbox.waiting(99, "", work.replica.origin()))
    line = ServerLine(client.url)
    line.connect()
    line.push(entries)
    line.close()


def found_again(office: SharedOffice, server: TestServer, copy: Path, *clients: Client) -> None:
    """Make the office again from a copy, and have everyone join it and exchange."""
    url = server.url(server.new_database())
    move(source=str(copy), target=url)
    moved_to(office, url, clients)
    for _ in range(2):
        for client in clients:
            assert client.step().status is LineStatus.CONNECTED
    office.settle(*clients)


def confirmed_and_undone(salma: Client, driss: Client) -> tuple[str, str]:
    """Have the server take what Salma made and typed, and Driss take both back.

    She does not hear of it, and writes on. Returns the row that is gone and the point as it was.
    """
    point = leaf(salma)
    made = salma.run(add("Retiré depuis"))
    salma.run(lambda work: work.update("institution", made, name="Retiré depuis, renommé"))
    typed(salma, point, "Annulé depuis.")
    sent_unheard(salma)
    salma.run(add("Salma hors ligne"))
    before = driss.rows()["conclusion"][point]["text"]
    driss.step()
    driss.run(lambda work: work.delete("institution", made))
    typed(driss, point, before)
    driss.step()
    return made, point


def test_what_a_lost_server_had_taken_is_not_done_again(
    filled: SharedOffice, pair: tuple[Client, Client], server: TestServer
) -> None:
    salma, driss = pair
    before = salma.rows()["conclusion"]
    made, point = confirmed_and_undone(salma, driss)
    lose(filled)
    assert salma.pending == 3
    found_again(filled, server, copy_of(driss), salma, driss)
    found = filled.agree(salma, driss)
    assert made not in found["institution"]
    assert found["conclusion"][point]["text"] == before[point]["text"]
    assert "Salma hors ligne" in names(found)
    assert found["disagreement"] == {}


def test_it_is_not_done_again_by_a_copy_that_was_filled_and_a_server_lost_twice(
    filled: SharedOffice, pair: tuple[Client, Client], server: TestServer
) -> None:
    salma, driss = pair
    before = salma.rows()["conclusion"]
    made, point = confirmed_and_undone(salma, driss)
    late = filled.client("Nadia")
    lose(filled)
    found_again(filled, server, copy_of(driss), late)  # her side is filled, not read from the log
    lose(filled)
    found_again(filled, server, copy_of(late), salma, driss, late)
    found = filled.agree(salma, driss, late)
    assert made not in found["institution"]
    assert found["conclusion"][point]["text"] == before[point]["text"]
    assert "Salma hors ligne" in names(found)
    assert found["disagreement"] == {}


def test_what_the_copy_did_not_know_of_arrives_all_the_same(
    filled: SharedOffice, pair: tuple[Client, Client], server: TestServer
) -> None:
    salma, driss = pair
    salma.run(add("Lu par Driss"))
    sent_unheard(salma)
    driss.step()
    copy = copy_of(driss)
    salma.run(add("Lu par personne"))
    sent_unheard(salma)
    salma.run(add("Jamais envoyé"))
    lose(filled)
    found_again(filled, server, copy, salma, driss)
    found = names(filled.agree(salma, driss))
    for name in ("Lu par Driss", "Lu par personne", "Jamais envoyé"):
        assert found.count(name) == 1
