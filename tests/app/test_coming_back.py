"""A server comes back from an older dump: what replicas still have is kept, told, sent again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.app import meetings
from pan_desktop.app.office import Office
from pan_desktop.app.sharing import Line, LineStatus
from pan_desktop.command_line import run as command
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import SharedUnreachableError
from pan_desktop.store.journal.check import verify
from pan_desktop.store.safety.copies import copies
from tests.postgres import server
from tests.shared import Client, SharedOffice, filled, shared

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork

__all__ = ["filled", "server", "shared"]


@pytest.fixture
def pair(filled: SharedOffice) -> tuple[Client, Client]:
    """Give two secretaries who hold the sample."""
    pair = filled.client("Salma"), filled.client("Driss")
    filled.settle(*pair)
    return pair


class Dump:
    """A dump of a shared office, as its administrator makes one every night."""

    def __init__(self, office: SharedOffice) -> None:
        self._office = office
        self._name = self._copied(office.database, "")

    def put_back(self) -> None:
        """Restore it in the place of the office that is there."""
        office = self._office
        self._alone(office.database)
        office.server.sql(f'DROP DATABASE "{office.database}"')
        self._copied(self._name, office.database)

    def _copied(self, source: str, target: str) -> str:
        self._alone(source)
        made = self._office.server.new_database(f'"{source}"')
        if target:
            self._office.server.sql(f'ALTER DATABASE "{made}" RENAME TO "{target}"')
        return target or made

    def _alone(self, database: str) -> None:
        self._office.engine.dispose()
        for client in self._office._clients:
            client.line.cut()
        kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname"
        self._office.server.sql(f"{kill} = '{database}'")


def typed(client: Client, point: str, words: str) -> None:
    def use_case(work: UnitOfWork) -> None:
        work.update("conclusion", point, text=words)

    client.save(f"points/{point}", use_case)


def insert(work: UnitOfWork, *, name: str) -> None:
    work.insert("institution", name=name)


def spoil(client: Client, *statements: str) -> None:
    """Have a replica damaged beside the program."""
    client.office.close()
    with closing(sqlite3.connect(client.file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def points(rows: dict[str, Any]) -> dict[str, str]:
    return {key: row["text"] for key, row in rows["conclusion"].items()}


def leaf(client: Client, *, but: tuple[str, ...] = ()) -> str:
    rows = client.rows()["conclusion"]
    parents = {row["parent_id"] for row in rows.values()}
    return next(key for key in rows if key not in parents and key not in but)


def back(client: Client) -> str:
    """Exchange with the server that came back, and return what is told."""
    client.step()
    client.step()
    state = client.step()
    assert state.status is LineStatus.CONNECTED, state.sentence
    assert client.pending == 0
    return state.remark


def test_what_was_written_after_the_dump_is_sent_again(
    filled: SharedOffice, pair: tuple[Client, Client]
) -> None:
    salma, driss = pair
    changed, removed = leaf(salma), leaf(salma, but=(leaf(salma),))
    dump = Dump(filled)
    typed(salma, changed, "Dit après la sauvegarde.")
    driss.run(lambda work: work.insert("institution", id="archives", name="Archives"))
    driss.run(lambda work: work.delete("conclusion", removed))
    filled.settle(salma, driss)
    filled.settle(salma, driss)
    before = salma.rows()
    driss.run(lambda work: work.insert("institution", name="Écrit hors ligne"))
    typed(salma, changed, "Dit après la sauvegarde, puis continué.")
    dump.put_back()
    assert removed in filled.rows()["conclusion"]
    told = back(salma)
    assert "revenu à un état plus ancien" in told
    assert "3\u00a0lignes" in told
    found = filled.rows()
    assert points(found)[changed] == "Dit après la sauvegarde, puis continué."
    assert found["institution"]["archives"] == before["institution"]["archives"]
    assert removed not in found["conclusion"]
    # Whoever sends the same again changes nothing twice.
    assert "lui a déjà été renvoyé" in back(driss)
    filled.settle(salma, driss)
    filled.settle(salma, driss)
    found = filled.agree(salma, driss)
    assert found["disagreement"] == {}
    assert "Écrit hors ligne" in {row["name"] for row in found["institution"].values()}
    assert found["conclusion"].keys() == before["conclusion"].keys()


def test_a_copy_is_kept_before_anything_is_read_anew(
    filled: SharedOffice, pair: tuple[Client, Client]
) -> None:
    salma, _ = pair
    dump = Dump(filled)
    point = leaf(salma)
    typed(salma, point, "Dit après la sauvegarde.")
    filled.settle(salma)
    before = salma.rows()
    dump.put_back()
    told = back(salma)
    (copy,) = copies(salma.file)
    assert copy.why is Why.REREAD
    assert copy.file.name in told
    with closing(Office(str(copy.file))) as kept:
        row = kept.run(lambda work: work.read.row("conclusion", point)).result
        assert row is not None
        assert row["text"] == "Dit après la sauvegarde." == before["conclusion"][point]["text"]


def test_without_a_copy_nothing_is_read_anew(
    filled: SharedOffice, pair: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    salma, _ = pair
    dump = Dump(filled)
    typed(salma, leaf(salma), "Dit après la sauvegarde.")
    filled.settle(salma)
    before = salma.rows()
    dump.put_back()
    place = salma.file.with_name(f"{salma.file.name}.sauvegardes")
    place.write_text(f"{salma.folder / 'disque débranché'}\n", encoding="utf-8")
    state = salma.step()
    assert state.status is LineStatus.REFUSED
    assert "rien n’a été relu ni changé" in state.sentence
    assert salma.rows() == before
    place.unlink()
    assert "revenu à un état plus ancien" in back(salma)


def test_what_another_wrote_since_it_came_back_is_kept_beside(
    filled: SharedOffice, pair: tuple[Client, Client]
) -> None:
    salma, driss = pair
    point, other = leaf(salma), leaf(salma, but=(leaf(salma),))
    dump = Dump(filled)
    typed(salma, point, "Dit par Salma, après la sauvegarde.")
    typed(salma, other, "Un autre point.")
    salma.step()  # Driss has never seen it
    dump.put_back()
    typed(driss, point, "Dit par Driss, au retour du serveur.")
    driss.step()
    assert driss.line.state.remark == ""
    back(salma)
    filled.settle(salma, driss)
    found = filled.agree(salma, driss)
    assert points(found)[point] == "Dit par Driss, au retour du serveur."
    assert points(found)[other] == "Un autre point."
    (held,) = found["disagreement"].values()
    assert "Dit par Salma, apr" in held["offered"]
    assert held["author"] == "Salma"


def test_who_may_only_read_keeps_a_copy_and_sends_nothing(filled: SharedOffice) -> None:
    filled.server.sql("DROP ROLE IF EXISTS lectrice")
    filled.server.sql("CREATE ROLE lectrice LOGIN PASSWORD 'x' IN ROLE pan_lecture")
    salma, amal = filled.client("Salma"), filled.client("Amal", user="lectrice", password="x")
    dump = Dump(filled)
    typed(salma, leaf(salma), "Dit après la sauvegarde.")
    filled.settle(salma, amal)
    dump.put_back()
    told = back(amal)
    assert "rien ne lui est renvoyé" in told
    assert copies(amal.file)[0].file.name in told
    filled.agree(amal)


def test_a_command_tells_it(
    filled: SharedOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    salma = filled.client("Salma")
    dump = Dump(filled)
    typed(salma, leaf(salma), "Dit après la sauvegarde.")
    filled.settle(salma)
    assert command(["--database", filled.url, "meetings"], str) == 0
    dump.put_back()
    capsys.readouterr()
    assert command(["--database", filled.url, "meetings"], str) == 0
    assert "revenu à un état plus ancien" in capsys.readouterr().err
    assert "Dit après la sauvegarde." in points(filled.rows()).values()


def test_a_command_tells_it_also_where_the_line_is_cut_right_after(
    filled: SharedOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    salma = filled.client("Salma")
    dump = Dump(filled)
    typed(salma, leaf(salma), "Dit après la sauvegarde.")
    filled.settle(salma)
    assert command(["--database", filled.url, "meetings"], str) == 0
    dump.put_back()

    def cut(*_: object) -> None:
        raise SharedUnreachableError("La liaison est coupée.")

    monkeypatch.setattr(Line, "_pull", cut)
    capsys.readouterr()
    assert command(["--database", filled.url, "meetings"], str) == 0
    said = capsys.readouterr().err
    assert "revenu à un état plus ancien" in said
    assert "La liaison est coupée." in said


def test_a_side_that_lost_rows_itself_sends_again_what_it_has(
    filled: SharedOffice, pair: tuple[Client, Client]
) -> None:
    salma, driss = pair
    dump, point = Dump(filled), leaf(salma)
    salma.run(insert, name="Après la sauvegarde")
    filled.settle(*pair)
    typed(salma, point, "Écrit hors ligne.")
    spoil(salma, f"DELETE FROM conclusion WHERE id = '{point}'", "DROP TRIGGER journal_stays")
    dump.put_back()
    assert "1\u00a0ligne" in back(salma)
    back(driss)
    filled.settle(*pair)
    found = filled.agree(*pair)
    assert "Après la sauvegarde" in {row["name"] for row in found["institution"].values()}
    assert points(found)[point] == "Écrit hors ligne."
    assert found["disagreement"] == {}


def test_a_meeting_issued_after_the_dump_comes_back_issued(
    filled: SharedOffice, pair: tuple[Client, Client]
) -> None:
    salma, driss = pair
    dump = Dump(filled)
    latest = salma.run(meetings.list_meetings)[0].id
    item = next(
        row["id"]
        for row in salma.rows()["agenda_item"].values()
        if row["meeting_id"] == latest and row["kind"] == "points"
    )

    def write(work: UnitOfWork) -> None:
        above = work.insert("conclusion", agenda_item_id=item, text="Dessus", position=9 << 20)
        work.insert("conclusion", agenda_item_id=item, parent_id=above, text="Dessous", position=1)

    salma.run(write)
    salma.run(lambda work: work.update("meeting", latest, state="issued"))
    filled.settle(salma, driss)
    before = filled.rows()
    assert before["meeting"][latest]["state"] == "issued"
    dump.put_back()
    back(salma)
    assert filled.rows() == before


def test_what_was_tidied_away_is_read_again_without_a_word(
    filled: SharedOffice, pair: tuple[Client, Client]
) -> None:
    salma, driss = pair
    typed(salma, leaf(salma), "Dit par Salma.")
    salma.step()
    last = "(SELECT max(seq) FROM entry)"
    filled.server.sql(f"DELETE FROM entry WHERE seq < {last}", filled.database)
    assert back(driss) == ""
    assert copies(driss.file) == ()
    filled.agree(salma, driss)


def test_the_journal_goes_on_from_where_the_server_is(
    filled: SharedOffice, pair: tuple[Client, Client]
) -> None:
    salma, driss = pair
    dump = Dump(filled)
    for number in range(3):
        typed(salma, leaf(salma), f"Dit {number}.")
        salma.run(insert, name=f"Archives {number}")
        filled.settle(salma, driss)
    dump.put_back()
    back(salma)
    back(driss)
    filled.settle(salma, driss)
    with filled.engine.connect() as connection:
        assert verify(connection) == []
    assert salma.run(lambda work: work.journal.problems()) == []
    told = [list(client.run(lambda work: list(work.journal.rows()))) for client in pair]
    assert told[0] == told[1]
