"""What a shared office is on the server: the same schema, and rights that the database holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from pan_desktop.app import secrets_kept
from pan_desktop.app.membership import create_office, tidy_office
from pan_desktop.app.sharing import LineStatus
from pan_desktop.domain.errors import (
    InputError,
    SharedRefusedError,
    SharedUnreachableError,
    StoreTooNewError,
)
from pan_desktop.domain.ids import new_id
from pan_desktop.store.shared.addresses import is_shared, known_file, plain, remember, replica_file
from pan_desktop.store.shared.line import ServerLine
from pan_desktop.store.shared.server import shared_tables
from pan_desktop.store.tables import LOCAL, metadata
from tests.postgres import TestServer, server
from tests.shared import SharedOffice, filled, shared

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["filled", "server", "shared"]


def of_a_server(name: str | None, kind: str, _parents: object) -> bool:
    left = {"step", "outbox", "replica", "entry", "office"}
    return kind != "table" or name not in left


def test_the_tables_are_those_of_a_file(shared: SharedOffice) -> None:
    options = {"compare_type": True, "include_name": of_a_server}
    with shared.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        found = compare_metadata(context, metadata)
    there = {"step", "outbox", "replica"}
    assert [diff for diff in found if not _about(diff, there)] == []
    assert there < LOCAL


def _about(diff: Any, left: set[str]) -> bool:
    return diff[0] in {"add_table", "add_index"} and any(name in str(diff[1]) for name in left)


def test_every_rule_of_a_file_is_there(shared: SharedOffice) -> None:
    found = shared.server.sql("SELECT conname FROM pg_constraint", shared.database)
    there = {str(row[0]) for row in found}
    wanted = {
        str(rule.name) for table in shared_tables() for rule in table.constraints if rule.name
    }
    assert {name[:63] for name in wanted} <= there


@pytest.fixture
def roles(shared: SharedOffice) -> dict[str, str]:
    """Return a role of each group, by the group's name."""
    made = {}
    for group in ("pan_lecture", "pan_ecriture", "pan_administration"):
        made[group] = f"r{new_id()[-12:]}"
        shared.server.sql(f"CREATE ROLE {made[group]} LOGIN PASSWORD 's' IN ROLE {group}")
    return made


INSERT = "INSERT INTO institution VALUES ('x', 'X', 1, now(), now())"


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("SELECT * FROM conclusion", "lea"),
        ("SELECT * FROM journal", "lea"),
        (INSERT, "ea"),
        ("DELETE FROM conclusion", "ea"),
        ("UPDATE meeting SET place = ''", "ea"),
        ("DELETE FROM entry", "a"),
        ("UPDATE entry SET author = ''", ""),
        ("DELETE FROM journal", ""),
        ("TRUNCATE journal", ""),
        ("UPDATE office SET state = 'ready'", "a"),
        ("DELETE FROM office", ""),
        ("CREATE TABLE other (id int)", ""),
        ("DROP TABLE conclusion", ""),
        ("ALTER TABLE journal DISABLE TRIGGER ALL", ""),
    ],
)
def test_who_may_do_what_is_the_databases_own_rule(
    shared: SharedOffice, roles: dict[str, str], statement: str, allowed: str
) -> None:
    for group, role in roles.items():
        may = group.removeprefix("pan_")[0] in allowed
        url = shared.server.url(shared.database, role, "s")
        with psycopg.connect(url) as connection:
            try:
                connection.execute(statement.encode())
                done = True
            except psycopg.errors.InsufficientPrivilege:
                done = False
            connection.rollback()
        assert done is may, (group, statement)


def test_even_its_owner_does_not_change_the_journal(filled: SharedOffice) -> None:
    client = filled.client("Salma")
    client.run(lambda work: work.insert("institution", name="Archives"))
    client.step()
    for statement in ("DELETE FROM journal", "UPDATE journal SET author = 'x' WHERE sequence = 1"):
        with pytest.raises(psycopg.errors.RaiseException, match="append only"):
            filled.server.sql(statement, filled.database)


def test_a_newer_server_is_refused_and_left_alone(shared: SharedOffice) -> None:
    client = shared.client("Salma")
    client.run(lambda work: work.insert("institution", name="Archives"))
    shared.server.sql("UPDATE office SET revision = '9999'", shared.database)
    line = ServerLine(shared.url)
    with pytest.raises(StoreTooNewError):
        line.connect()
    state = client.step()
    assert (state.status, state.pending) == (LineStatus.REFUSED, 1)
    assert "version plus récente" in state.sentence
    assert shared.rows()["institution"] == {}


def test_another_office_at_the_same_address_gets_nothing(
    shared: SharedOffice, server: TestServer
) -> None:
    client = shared.client("Salma")
    other = server.new_database()
    create_office(server.url(other))
    client.run(lambda work: work.insert("institution", name="Archives"))
    client.line.cut()
    client.line._address = server.url(other)
    state = client.step()
    assert (state.status, state.pending) == (LineStatus.REFUSED, 1)
    assert "autre base partagée" in state.sentence


def test_what_the_address_says_beside_is_libpqs(shared: SharedOffice) -> None:
    with pytest.raises(SharedRefusedError, match="chiffrée"):
        ServerLine(f"{shared.url}?sslmode=require").connect()
    line = ServerLine(f"{shared.url}?application_name=essai&connect_timeout=3")
    line.connect()
    found = line._open().exec_driver_sql("SHOW application_name").scalar()
    line.close()
    assert found == "essai"


@pytest.mark.parametrize(
    ("address", "error", "words"),
    [
        ("postgresql://pan@127.0.0.1:{port}/absente", SharedRefusedError, "ne connaît pas"),
        ("postgresql://absent:secret@127.0.0.1:{port}/postgres", SharedRefusedError, "mot de pas"),
        ("postgresql://pan@127.0.0.1:1/x", SharedUnreachableError, "ne répond pas"),
        ("postgresql://pan@127.0.0.1:{port}/postgres", InputError, "--create"),
    ],
)
def test_why_there_is_no_line_is_said_without_repeating_anything(
    server: TestServer, address: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words) as raised:
        ServerLine(address.format(port=server.port)).connect()
    assert "secret" not in str(raised.value)
    assert "127.0.0.1" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_what_the_log_held_can_be_taken_away(filled: SharedOffice) -> None:
    salma, driss = filled.client("Salma"), filled.client("Driss")
    for number in range(3):
        salma.run(lambda work, n=number: work.insert("institution", name=f"Secret {n}"))
        salma.step()
    role = f"r{new_id()[-12:]}"
    filled.server.sql(f"CREATE ROLE {role} LOGIN PASSWORD 's' IN ROLE pan_ecriture")
    with pytest.raises(SharedRefusedError, match="pas le droit"):
        tidy_office(filled.server.url(filled.database, role, "s"))
    # By the server's clock: what it merged long ago is forgotten, the rest is known.
    old = "(SELECT min(id) FROM taken_entry)"
    aged = "UPDATE taken_entry SET created_at = now() - interval '401 days'"
    filled.server.sql(f"{aged} WHERE id = {old}", filled.database)
    count = "SELECT count(*) FROM taken_entry"
    ((before,),) = filled.server.sql(count, filled.database)
    assert tidy_office(filled.url) >= 3
    assert filled.server.sql(count, filled.database) == [(int(str(before)) - 1,)]
    lasts = "SELECT count(*) FROM last_entry"
    assert filled.server.sql(lasts, filled.database) == [(2,)]  # hers, and of who made the sample
    aged = "UPDATE last_entry SET updated_at = now() - interval '401 days' WHERE id <> '{}'"
    hers = salma.run(lambda work: work.replica.origin())
    filled.server.sql(aged.format(hers), filled.database)
    tidy_office(filled.url)
    assert filled.server.sql(lasts, filled.database) == [(1,)]
    kept = filled.server.sql("SELECT changes FROM entry", filled.database)
    assert len(kept) == 1
    assert "Secret 0" not in str(kept)
    filled.settle(salma, driss)
    filled.agree(salma, driss)


# Addresses and passwords --------------------------------------------------------------------


def test_an_address_is_kept_without_its_password(tmp_path: Path) -> None:
    address = "postgresql://salma:se%20cret@serveur:5433/office?sslmode=verify-full"
    assert plain(address) == "postgresql://salma@serveur:5433/office?sslmode=verify-full"
    assert known_file(address, tmp_path) is None
    remember(address, "abc", tmp_path)
    assert known_file(address, tmp_path) is None  # known, but never filled
    replica_file(tmp_path, "abc").touch()
    assert known_file(address.replace("se%20cret", "autre"), tmp_path) is not None
    assert all("cret" not in file.read_text() for file in tmp_path.iterdir())
    assert is_shared(address)
    assert not any(map(is_shared, ("office.sqlite3", "sqlite:///x", "mysql://x/y", "postgresql")))


def test_the_systems_keyring_keeps_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.errors import NoKeyringError, PasswordDeleteError

    kept: dict[tuple[str, str], str] = {}

    def delete(service: str, account: str) -> None:
        if kept.pop((service, account), None) is None:
            raise PasswordDeleteError

    monkeypatch.setattr(keyring, "get_password", lambda *key: kept.get(key))
    monkeypatch.setattr(
        keyring, "set_password", lambda s, a, password: kept.update({(s, a): password})
    )
    monkeypatch.setattr(keyring, "delete_password", delete)
    address = "postgresql://salma@serveur/office"
    assert secrets_kept.password_for(address) is None
    assert secrets_kept.keep_password(address, "secret")
    assert kept == {("PAN Desktop", "salma@serveur/office"): "secret"}
    assert secrets_kept.password_for(f"{address}?sslmode=require") == "secret"
    assert secrets_kept.password_for("postgresql://salma:autre@serveur/office") is None
    secrets_kept.forget_password(address)
    secrets_kept.forget_password(address)
    assert kept == {}

    def none(*_: str) -> None:
        raise NoKeyringError

    for name in ("get_password", "set_password"):
        monkeypatch.setattr(keyring, name, none)
    assert secrets_kept.password_for(address) is None
    assert not secrets_kept.keep_password(address, "secret")
