"""A shared office of an older program is brought up to date: whole, or left as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import text

from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.membership import create_office, upgrade_office
from pan_desktop.app.office import Office
from pan_desktop.app.sharing import LineStatus
from pan_desktop.command_line import run as command
from pan_desktop.domain.errors import (
    InputError,
    SecretNeededError,
    SharedRefusedError,
    StoreTooNewError,
)
from pan_desktop.domain.ids import new_id
from pan_desktop.store import tables
from pan_desktop.store.shared import moving, upgrading
from pan_desktop.store.shared.line import ServerLine
from pan_desktop.store.shared.server import NOT_THERE
from tests import earlier
from tests.builders import KEY, dump, lived_database
from tests.postgres import TestServer, server
from tests.shared import SharedOffice, filled, shared

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["filled", "server", "shared"]

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[None]:
    """Be a program that follows an earlier one."""
    (tmp_path / "planted").mkdir()
    with earlier.known(tmp_path / "planted"):
        yield


def at(shared: SharedOffice, folder: Path, url: str = "") -> Office:
    return Office(url or shared.url, replicas=folder)


def said(shared: SharedOffice) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that lies on a server, whatever its schema."""
    names = shared.server.sql(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
        shared.database,
    )
    return {
        str(name): sorted(shared.server.sql(f'SELECT * FROM "{name}"', shared.database), key=str)
        for (name,) in names
    }


def add(name: str) -> Any:
    return lambda work: work.insert("institution", name=name)


def test_all_is_there_afterwards_in_the_new_schema_and_for_everyone(
    filled: SharedOffice, tmp_path: Path, followed: None
) -> None:
    salma, driss = filled.client("Salma"), filled.client("Driss")
    driss.run(add("Sent before"))
    filled.settle(salma, driss)
    salma.run(add("Waits with the earlier program"))
    meeting_id = salma.run(list_meetings)[0].id
    salma.run(lambda work: work.update("meeting", meeting_id, connection="Par téléphone"))
    for client in (salma, driss):
        client.close()
        earlier.file(client.file)
    earlier.server(filled.engine)
    before = said(filled)
    role = f"r{new_id()[-12:]}"
    filled.server.sql(f"CREATE ROLE {role} LOGIN PASSWORD 's' IN ROLE pan_ecriture")

    salma.reopen()  # with the present program, the server being as it was
    state = salma.step()
    assert (state.status, state.pending) == (LineStatus.REFUSED, 2)
    assert "shared --upgrade" in state.sentence
    salma.run(add("Waits with the present one"))

    done = upgrade_office(at(filled, salma.folder), now=NOW)
    assert done is not None
    # The copy is the office as it was, whole, and one of those of this machine's side.
    copied = dump(done.before)
    kept = {name: rows for name, rows in before.items() if name not in {"entry", "office"}}
    assert {name: len(copied[name]) for name in kept} == {n: len(r) for n, r in kept.items()}
    assert done.before.parent == salma.file.parent / "Sauvegardes"
    assert done.before.stat().st_mode & 0o777 == 0o600
    # The migration itself was done, and nothing else.
    now = filled.rows()
    beside = (before[name] for name in ("journal", "taken_entry", "last_entry"))
    assert done.rows == sum(map(len, now.values())) + sum(map(len, beside))
    assert {row["place"] for row in now["meeting"].values()} == {"repris"}
    assert {row["word"] for row in now["office_word"].values()} >= {"visa"}
    assert len(now["conclusion"]) == len(before["conclusion"]) > 5

    driss.reopen()
    assert salma.step().status is LineStatus.CONNECTED
    filled.settle(salma, driss)
    rows = filled.agree(salma, driss)
    names = {row["name"] for row in rows["institution"].values()}
    assert names >= {
        "Sent before",
        "Waits with the earlier program",
        "Waits with the present one",
    }
    assert [row["connection"] for row in rows["meeting"].values()].count("Par téléphone") == 1
    assert not rows["disagreement"]
    # Who could write can, who could only read cannot, and the journal is guarded as before.
    url = filled.server.url(filled.database, role, "s")
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE meeting SET place = ''")
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE office SET state = 'ready'")
    with pytest.raises(psycopg.errors.RaiseException, match="append only"):
        filled.server.sql("DELETE FROM journal", filled.database)


def test_the_schema_is_that_of_an_office_made_anew(
    shared: SharedOffice, tmp_path: Path, followed: None
) -> None:
    def schema(database: str) -> set[tuple[object, ...]]:
        columns = "SELECT table_name, column_name, data_type, is_nullable, column_default"
        rules = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''"
        indexes = "SELECT tablename, indexname, indexdef, '', '' FROM pg_indexes"
        return {
            *shared.server.sql(
                f"{columns} FROM information_schema.columns WHERE table_schema = 'public'", database
            ),
            *shared.server.sql(
                f"{rules} FROM pg_constraint WHERE connamespace = 'public'::regnamespace", database
            ),
            *shared.server.sql(f"{indexes} WHERE schemaname = 'public'", database),
            *shared.server.sql(
                "SELECT table_name, grantee, privilege_type, '', ''"
                " FROM information_schema.role_table_grants",
                database,
            ),
            *shared.server.sql(
                "SELECT tgname, tgrelid::regclass::text, '', '', '' FROM pg_trigger"
                " WHERE NOT tgisinternal",
                database,
            ),
        }

    fresh, office = (
        schema(shared.database),
        shared.server.sql("SELECT id FROM office", shared.database),
    )
    earlier.server(shared.engine)
    assert schema(shared.database) != fresh
    assert upgrade_office(at(shared, tmp_path / "r"), now=NOW) is not None
    assert schema(shared.database) == fresh
    assert shared.server.sql("SELECT id FROM office", shared.database) == office
    # Once more there is nothing to do.
    assert upgrade_office(at(shared, tmp_path / "r"), now=NOW) is None


def test_who_is_connected_with_the_earlier_program_writes_nothing_into_the_new_schema(
    shared: SharedOffice,
) -> None:
    """Her line was there before, and was asked nothing since: this program is the earlier one."""
    salma, driss = shared.client("Salma"), shared.client("Driss")
    shared.settle(salma, driss)
    shared.server.sql("UPDATE office SET revision = '9999'", shared.database)
    salma.run(add("Archives"))
    state = salma.step()
    assert (state.status, state.pending) == (LineStatus.REFUSED, 1)
    assert "version plus récente" in state.sentence
    assert shared.rows()["institution"] == {}
    # Nor does she fill her side from what she cannot read.
    shared.server.sql("UPDATE entry SET seq = seq + 1000000000000000", shared.database)
    state = driss.step()
    assert state.status is LineStatus.REFUSED
    with pytest.raises(StoreTooNewError):
        upgrade_office(at(shared, salma.folder), now=NOW)


def test_a_side_that_read_nothing_yet_is_filled_anew(
    shared: SharedOffice, tmp_path: Path, followed: None
) -> None:
    """The log of an office in which nothing was done yet begins at another number as well."""
    salma = shared.client("Salma")
    before = salma.run(lambda work: work.replica.standing()).position
    shared.settle(salma)
    earlier.server(shared.engine)
    salma.line.cut()
    assert upgrade_office(at(shared, tmp_path / "r"), now=NOW) is not None
    shared.settle(salma)
    assert salma.run(lambda work: work.replica.standing()).position > before
    assert {row["word"] for row in salma.rows()["office_word"].values()} >= {"visa"}


# What fails ---------------------------------------------------------------------------------


def spoilt(*_: object) -> int:
    raise moving.DifferenceError("meeting x")


def test_what_fails_leaves_the_server_as_it_was(
    filled: SharedOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier.server(filled.engine)
    before, folder = said(filled), tmp_path / "r"
    (tmp_path / "planted").mkdir()
    with (
        earlier.known(tmp_path / "planted", earlier.FAIL),
        pytest.raises(Exception, match="no such table: nowhere"),
    ):
        upgrade_office(at(filled, folder), now=NOW)
    assert said(filled) == before
    with earlier.known(tmp_path / "planted"):
        compare, calls = moving.compare, []

        def second(*given: Any) -> int:
            calls.append(given)
            return compare(*given) if len(calls) == 1 else spoilt()

        monkeypatch.setattr(moving, "compare", second)
        with pytest.raises(InputError, match=r"restée comme elle était"):
            upgrade_office(at(filled, folder), now=NOW)
        assert len(calls) == 2
        assert said(filled) == before
        monkeypatch.undo()
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        # One copy for all of them, nothing else left, and then it goes through.
        assert upgrade_office(at(filled, folder), now=NOW) is not None
    assert [file.name for file in folder.iterdir()] == ["Sauvegardes"]
    assert len(list((folder / "Sauvegardes").iterdir())) == 1


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from pan_desktop.app.membership import upgrade_office
from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.office import Office
from pan_desktop.store.shared import moving
from tests import earlier

url, folder, then, late = sys.argv[1:]
compare, calls = moving.compare, []
def second(*given):
    calls.append(given)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return compare(*given)
if late:
    moving.compare = second
with earlier.known(Path(folder), then):
    upgrade_office(Office(url, replicas=Path(folder) / "r"), now=datetime.now(UTC))
"""


@pytest.mark.parametrize(("then", "late"), [(earlier.KILL, ""), ("pass", "late")])
def test_what_is_killed_leaves_the_server_as_it_was(
    filled: SharedOffice, tmp_path: Path, then: str, late: str
) -> None:
    salma = filled.client("Salma")
    salma.run(add("Waits"))
    salma.close()
    earlier.file(salma.file)
    earlier.server(filled.engine)
    before = said(filled)
    made = tmp_path / "made"
    made.mkdir()
    words = [sys.executable, "-c", KILLED, filled.url, str(made), then, late]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    assert subprocess.run(words, check=False, env=environment).returncode == -signal.SIGKILL
    assert said(filled) == before
    with earlier.known(made):
        assert upgrade_office(at(filled, made / "r"), now=NOW) is not None
        assert [file.name for file in (made / "r").iterdir()] == ["Sauvegardes"]
        salma.reopen()
        filled.settle(salma)
        assert "Waits" in {row["name"] for row in filled.agree(salma)["institution"].values()}


# Who may, and what is not as it should be ------------------------------------------------------


def test_who_did_not_make_it_is_told_whom_to_ask_and_may_not(
    shared: SharedOffice, tmp_path: Path, followed: None
) -> None:
    earlier.server(shared.engine)
    before = said(shared)
    for group in ("pan_lecture", "pan_administration"):
        role = f"r{new_id()[-12:]}"
        shared.server.sql(f"CREATE ROLE {role} LOGIN PASSWORD 's' IN ROLE {group}")
        url = shared.server.url(shared.database, role, "s")
        with pytest.raises(InputError, match="Demandez à la personne qui l’a créée"):
            ServerLine(url).connect()
        with pytest.raises(InputError, match="Demandez à la personne qui l’a créée"):
            upgrade_office(at(shared, tmp_path / "r", url), now=NOW)
    with pytest.raises(InputError, match="shared --upgrade"):
        ServerLine(shared.url).connect()
    with pytest.raises(InputError, match="shared --upgrade"):
        create_office(shared.url)
    assert said(shared) == before
    assert not (tmp_path / "r").exists()


def test_whoever_acts_for_its_owner_leaves_it_to_the_owner(
    server: TestServer, tmp_path: Path, followed: None
) -> None:
    owner, deputy = (f"r{new_id()[-12:]}" for _ in range(2))
    server.sql(f"CREATE ROLE {owner} LOGIN PASSWORD 's' CREATEROLE")
    server.sql(f"CREATE ROLE {deputy} LOGIN PASSWORD 's' IN ROLE {owner}")
    database = server.new_database()
    server.sql(f'ALTER DATABASE "{database}" OWNER TO {owner}')
    create_office(server.url(database, owner, "s"))
    with psycopg.connect(server.url(database)) as connection:
        for statement in earlier.WAS:
            connection.execute(statement.encode())
        connection.execute(f"ALTER TABLE annexe OWNER TO {owner}".encode())
        connection.execute(b"UPDATE office SET revision = '0000'")
    url = server.url(database, deputy, "s")
    assert upgrade_office(Office(url, replicas=tmp_path / "r"), now=NOW) is not None
    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    assert server.sql(owners, database) == [(owner,)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("ALTER TABLE body ADD COLUMN colour TEXT", r"\(body\)"),
        ("DROP TABLE office_word", r"\(office_word\)"),
        ("CREATE VIEW seen AS SELECT * FROM body", "une vue"),
    ],
)
def test_what_was_changed_beside_the_program_is_not_lost_unseen(
    shared: SharedOffice, tmp_path: Path, followed: None, change: str, words: str
) -> None:
    earlier.server(shared.engine)
    shared.server.sql(change, shared.database)
    before = said(shared)
    with pytest.raises((InputError, SharedRefusedError), match=words):
        upgrade_office(at(shared, tmp_path / "r"), now=NOW)
    assert said(shared) == before


def test_who_reads_for_long_is_not_cut_off(
    shared: SharedOffice, tmp_path: Path, followed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier.server(shared.engine)
    before = said(shared)
    monkeypatch.setattr(upgrading, "_LOCK_SECONDS", 0.2)
    with shared.engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM conclusion"))
        with pytest.raises(InputError, match="emploient la base partagée"):
            upgrade_office(at(shared, tmp_path / "r"), now=NOW)
    assert said(shared) == before


def test_beside_an_encrypted_side_nothing_lies_in_the_clear(
    shared: SharedOffice, tmp_path: Path, followed: None
) -> None:
    earlier.server(shared.engine)
    (identity,) = shared.server.sql("SELECT id FROM office", shared.database)[0]
    folder = tmp_path / "r"
    folder.mkdir()
    side = Office(str(folder / f"{identity}.sqlite3"), key=KEY)
    side.open()
    side.close()
    with pytest.raises(SecretNeededError):
        upgrade_office(at(shared, folder), now=NOW)
    assert {file.suffix for file in folder.iterdir()} <= {".sqlite3"}
    done = upgrade_office(Office(shared.url, replicas=folder, key=KEY), now=NOW)
    assert done is not None
    assert not done.before.read_bytes().startswith(b"SQLite format 3")


def test_nothing_is_moved_into_an_office_of_another_schema(
    shared: SharedOffice, tmp_path: Path, followed: None
) -> None:
    file = tmp_path / "office.sqlite3"
    file.write_bytes(lived_database())
    earlier.server(shared.engine)
    before = said(shared)
    with pytest.raises(InputError, match="plus ancienne"):
        moving.to_server(file, None, shared.url, None)
    assert said(shared) == before
    shared.server.sql("UPDATE office SET state = 'unfinished'", shared.database)
    with pytest.raises(InputError, match="contient déjà"):
        moving.to_server(file, None, shared.url, None)


def test_the_command_says_what_it_did(
    filled: SharedOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    earlier.server(filled.engine)
    (tmp_path / "planted").mkdir()

    def here() -> str:
        return filled.url

    with earlier.known(tmp_path / "planted"):
        assert command(["shared", "--upgrade"], here) == 0
        first, second = capsys.readouterr().out.splitlines()
        assert "aucune différence" in first
        assert Path(second.rpartition(" : ")[2]).is_file()
        assert command(["shared", "--upgrade"], here) == 0
        assert "déjà à jour" in capsys.readouterr().out


def test_tables_of_a_server_are_all_of_an_office_and_what_was_merged() -> None:
    there = {*moving.office_tables(), tables.taken_entry, tables.last_entry}
    names = {table.name for table in tables.metadata.sorted_tables if table not in there}
    assert names == set(NOT_THERE)
