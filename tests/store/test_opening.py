"""Opening a database: what is made, what is refused, and that a refused file stays as it is."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.app import plans, sample
from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.office import Office
from pan_desktop.domain.errors import (
    ConflictError,
    InputError,
    PanError,
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreReadOnlyError,
    StoreTooNewError,
)
from pan_desktop.store import engine as engine_module
from pan_desktop.store import location, opening
from pan_desktop.store.failures import translated
from pan_desktop.store.location import APPLICATION_ID, Found, find, sqlite_file
from tests.builders import dump, empty_database, filled_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.store.unit_of_work import UnitOfWork


def raw(office: Office) -> sqlite3.Connection:
    """Return the driver's own connection, beside SQLAlchemy's transactions."""
    connection: Any = office._opened()._connection.connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


def write(work: UnitOfWork, *, name: str = "Archives", size: int = 0) -> None:
    work.insert("institution", name=name + "x" * size)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def told(error: PanError) -> str:
    """Return what the user reads, seen to be sentences that say what was kept."""
    sentence = error.sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert any(words in sentence for words in ("rien n’a été", "n’a pas été", "n’est pas enregist"))
    return sentence


# What is made ----------------------------------------------------------------------------


def test_a_new_database_is_its_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    office = Office(str(file))
    office.run(write)
    office.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(tree(tmp_path)) == ["pan.db"]


def test_the_database_keeps_what_was_committed_through_a_loss_of_power(tmp_path: Path) -> None:
    office = Office(str(tmp_path / "pan.db"))
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    found = [raw(office).execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert found == ["wal", 2, 1, engine_module.BUSY_TIMEOUT_MS]
    office.close()


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    file.touch()
    office = Office(str(file))
    office.run(write)
    office.close()
    assert find(file) is Found.PRESENT


def test_what_was_written_is_there_when_opened_again(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    office = Office(str(file))
    office.run(sample.fill)
    before = dump(file)
    office.close()
    assert dump(file) == before
    office.open()
    assert dump(file) == before
    office.close()


@pytest.mark.parametrize("name", ["pan.db", "réunions et ?%20#é.db", "a b.sqlite"])
def test_a_file_of_any_name_opens_twice(tmp_path: Path, name: str) -> None:
    for _ in range(2):
        office = Office(str(tmp_path / name))
        office.open()
        office.close()
    assert sorted(tree(tmp_path)) == [name]


@pytest.mark.parametrize(
    ("database", "file"),
    [
        ("/a/b.db", Path("/a/b.db")),
        ("b.db", Path("b.db")),
        ("sqlite:////a/b.db", Path("/a/b.db")),
        ("sqlite:///b.db", Path("b.db")),
        ("postgresql://host/base", None),
    ],
)
def test_a_database_is_a_path_or_a_url(database: str, file: Path | None) -> None:
    assert sqlite_file(database) == file


# What is refused -------------------------------------------------------------------------


def refused(folder: Path, file: Path, family: type[PanError]) -> None:
    """Open what cannot be opened, and see that nothing on disk changed."""
    before = tree(folder)
    for _ in range(2):
        office = Office(str(file))
        with pytest.raises(family) as caught:
            office.open()
        office.close()
        assert type(caught.value) is family
        told(caught.value)
        assert tree(folder) == before


def sqlite_of_another(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE adresse (nom TEXT)")


def sqlite_without_our_mark(file: Path) -> None:
    file.write_bytes(empty_database())
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA application_id = 7")


def sqlite_with_our_mark_only(file: Path) -> None:
    sqlite_of_another(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def sqlite_without_its_version(file: Path) -> None:
    file.write_bytes(empty_database())
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM alembic_version")


def with_bytes(content: bytes, file: Path) -> None:
    file.write_bytes(content)


NO_DATABASES: dict[str, Callable[[Path], None]] = {
    "a word": partial(with_bytes, b"Bonjour"),
    "text": partial(with_bytes, "Relevé des conclusions\n".encode() * 500),
    "Word file": partial(with_bytes, b"PK\x03\x04" + bytes(9000)),
    "zeros": partial(with_bytes, bytes(8192)),
    "header only": partial(with_bytes, empty_database()[:100]),
    "cut in the first page": partial(with_bytes, empty_database()[:3000]),
    "cut in half": partial(with_bytes, empty_database()[: len(empty_database()) // 2]),
    "schema overwritten": partial(
        with_bytes, empty_database()[:100] + b"\xff" * 3996 + empty_database()[4096:]
    ),
    "another program's": sqlite_of_another,
    "without our mark": sqlite_without_our_mark,
    "with our mark only": sqlite_with_our_mark_only,
    "without its version": sqlite_without_its_version,
}


@pytest.mark.parametrize("make", NO_DATABASES.values(), ids=NO_DATABASES)
def test_a_file_that_is_no_database_of_ours_is_refused_and_kept(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    file = tmp_path / "pan.db"
    make(file)
    refused(tmp_path, file, StoreDamagedError)


def test_a_database_of_a_newer_program_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    office = Office(str(file))
    office.run(sample.fill)
    office.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    refused(tmp_path, file, StoreTooNewError)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "pan.db").mkdir()
    refused(tmp_path, tmp_path / "pan.db", StoreReadOnlyError)


def test_a_file_in_the_way_of_the_folder_is_kept(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    refused(tmp_path, tmp_path / "fichier" / "pan.db", StoreReadOnlyError)


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, tmp_path / ("x" * 300), StoreReadOnlyError)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+absent://host/base",
        "postgresql://pan:secret@host:port/base",
        "http://host/base",
        "://",
        "sqlite://",
        "sqlite+pysqlite:///b.db",
    ],
)
def test_an_address_that_cannot_be_opened_is_refused_and_not_repeated(address: str) -> None:
    office = Office(address)
    with pytest.raises(InputError) as caught:
        office.open()
    assert "secret" not in told(caught.value)


as_user = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="rights do not bind root"
)


@as_user
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "fermé"
    folder.mkdir()
    folder.chmod(0o500)
    try:
        refused(tmp_path, folder / "pan.db", StoreReadOnlyError)
    finally:
        folder.chmod(0o700)


@as_user
def test_a_file_that_cannot_be_written_takes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    file.write_bytes(empty_database())
    file.chmod(0o400)
    before = file.read_bytes()
    office = Office(str(file))
    with pytest.raises(StoreReadOnlyError) as caught:
        office.run(write)
    office.close()
    told(caught.value)
    assert file.read_bytes() == before


def test_a_write_that_sqlite_refuses_as_read_only_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    office = Office(str(file))
    office.open()
    raw(office).execute("PRAGMA query_only = ON")
    before = dump(file)
    with pytest.raises(StoreReadOnlyError) as caught:
        office.run(write)
    told(caught.value)
    raw(office).execute("PRAGMA query_only = OFF")
    assert dump(file) == before
    office.run(write)
    office.close()


# Busy, full ------------------------------------------------------------------------------


def test_a_database_that_another_program_writes_in_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_MS", 1)
    file = tmp_path / "pan.db"
    office = Office(str(file))
    office.run(write)
    before = dump(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError) as caught:
            office.run(write, name="Douanes")
        told(caught.value)
        assert dump(file) == before
        other.execute("ROLLBACK")
    office.run(write, name="Douanes")
    assert len(dump(file)["institution"]) == 2
    office.close()


def test_a_database_that_another_program_keeps_to_itself_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pan.db"
    file.write_bytes(empty_database())

    def at_once(place: Path, _key: object) -> sqlite3.Connection:
        return sqlite3.connect(f"{place.as_uri()}?mode=rw", uri=True, timeout=0)

    monkeypatch.setattr(location, "connect_to_read", at_once)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("INSERT INTO setting VALUES ('a', 'b', 1, '2024-01-01', '2024-01-01')")
        office = Office(str(file))
        with pytest.raises(StoreBusyError) as caught:
            office.open()
        told(caught.value)
        other.execute("ROLLBACK")
    office.run(write)
    office.close()


def test_asking_whether_a_log_could_be_made_takes_none_from_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, log = tmp_path / "base.sqlite3", tmp_path / "base.sqlite3-wal"
    close = os.close

    def closing_late(descriptor: int) -> None:
        log.write_bytes(b"of another")  # who begins to write at this very moment
        close(descriptor)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "close", closing_late)
        assert not opening._has_no_name_left(database)
    assert tree(tmp_path) == {log.name: b"of another"}


def test_a_full_disk_loses_the_last_change_only(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    office = Office(str(file))
    office.run(sample.fill)
    raw(office).execute("PRAGMA max_page_count = 1")  # that is: no more than there are
    before = dump(file)
    for _ in range(2):
        with pytest.raises(StoreFullError) as caught:
            office.run(write, size=1_000_000)
        assert type(caught.value) is StoreFullError
        told(caught.value)
        assert dump(file) == before
    raw(office).execute("PRAGMA max_page_count = 100000")
    office.run(write, size=1_000_000)
    office.close()
    assert len(dump(file)["institution"]) == len(before["institution"]) + 1


# Errors, translated ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "family"),
    [
        (sqlite3.SQLITE_BUSY, StoreBusyError),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusyError),
        (sqlite3.SQLITE_LOCKED, StoreBusyError),
        (sqlite3.SQLITE_FULL, StoreFullError),
        (sqlite3.SQLITE_READONLY_DBMOVED, StoreReadOnlyError),
        (sqlite3.SQLITE_PERM, StoreReadOnlyError),
        (sqlite3.SQLITE_CANTOPEN, StoreReadOnlyError),
        (sqlite3.SQLITE_CORRUPT_INDEX, StoreDamagedError),
        (sqlite3.SQLITE_NOTADB, StoreDamagedError),
        (sqlite3.SQLITE_IOERR_FSYNC, StoreFullError),
    ],
)
def test_the_machine_s_errors_are_told_in_french(code: int, family: type[PanError]) -> None:
    error = sqlite3.OperationalError("driver's words")
    error.sqlite_errorcode = code
    found = translated(error)
    assert type(found) is family
    assert "driver" not in told(found)


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("no such table: x"),
        sqlite3.ProgrammingError("closed"),
        sqlite3.IntegrityError("NOT NULL constraint failed: plan.label"),
        sqlite3.IntegrityError("FOREIGN KEY constraint failed"),
        ValueError("x"),
    ],
)
def test_our_own_errors_are_not_told_as_the_machine_s(error: Exception) -> None:
    assert translated(error) is None


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        ("body", {"name": "Comité", "heading": "H"}, "instance"),
        ("plan", {"label": "2018", "starts": "d", "ends": "d"}, "plan"),
        ("axis", {"plan_id": "p", "number": 1, "title": "A"}, "axe"),
        ("commitment", {"plan_id": "p", "number": 1}, "engagement"),
    ],
)
def test_a_rule_that_a_user_may_break_is_told_in_french(
    tmp_path: Path, table: str, values: dict[str, Any], words: str
) -> None:
    office = Office(str(tmp_path / "pan.db"))
    office.open()
    day = date(2018, 1, 1)
    if table in {"axis", "commitment"}:
        plan_id = office.run(plans.create_plan, label="x", starts=day, ends=day).result
        values = values | {"plan_id": plan_id}
    values = {key: day if value == "d" else value for key, value in values.items()}

    def twice(work: UnitOfWork) -> None:
        work.insert(table, **values)
        work.insert(table, **values)

    before = dump(office.database)
    with pytest.raises(ConflictError) as caught:
        office.run(twice)
    assert words in told(caught.value)
    assert dump(office.database) == before
    office.close()


def test_reading_waits_for_nobody_who_writes(tmp_path: Path) -> None:
    file = tmp_path / "base.sqlite3"
    file.write_bytes(filled_database())
    office = Office(str(file))
    office.open()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(office.run(list_meetings).result) == 3
        other.execute("ROLLBACK")
    office.close()


def test_a_base_on_a_disk_that_is_not_there_is_not_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "clé" / "base.sqlite3"
    for looked in (partial(find, file), Office(str(file)).open):
        with pytest.raises(StoreReadOnlyError, match="Branchez le disque"):
            looked()
    assert not file.parent.exists()
