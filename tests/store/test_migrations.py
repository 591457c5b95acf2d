"""What the migrations make is what the tables say, and a failed one leaves no trace."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from pan_desktop.app import sample
from pan_desktop.app.office import Office
from pan_desktop.app.search import search
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import BackupFailedError
from pan_desktop.store import engine as engine_module
from pan_desktop.store import location
from pan_desktop.store.location import APPLICATION_ID, REVISIONS, Found, find
from pan_desktop.store.safety import copies as copies_module
from pan_desktop.store.safety.copies import choose_folder, copies, default_folder
from pan_desktop.store.tables import metadata
from tests.builders import dump, empty_database

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork


def rename_bodies(work: UnitOfWork) -> None:
    for body in work.read.bodies():
        work.update("body", body.id, name=f"Instance du registre {body.name}")


def raw(office: Office) -> sqlite3.Connection:
    connection: Any = office._opened()._connection.connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


def schema(file: Path) -> dict[str, list[str]]:
    """Return what SQLite keeps of the schema, each statement cut into its parts, in order.

    The tables and triggers of the search are SQLite's own: no part of the program's ``metadata``.
    """
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'search_*'"
        )
        return {
            name: sorted(
                part.strip(" ,\t").replace("(true)", "true")
                for part in sql.split("\n")
                if part.strip(" ,()\t")
            )
            for name, sql in rows
            if name != "alembic_version"
        }


def of_the_program(name: str | None, _kind: str, _parents: object) -> bool:
    return not (name or "").startswith("search_")


def test_a_new_database_has_the_tables_of_the_program(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    file.write_bytes(empty_database())
    engine = create_engine(f"sqlite:///{file}")
    options = {"compare_type": True, "include_name": of_the_program}  # defaults: by the next test
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_new_database_has_the_rules_and_indexes_of_the_program(tmp_path: Path) -> None:
    migrated, direct = tmp_path / "migrated.db", tmp_path / "direct.db"
    migrated.write_bytes(empty_database())
    engine = create_engine(f"sqlite:///{direct}")
    metadata.create_all(engine)
    engine.dispose()
    found = schema(migrated)
    assert found == schema(direct)
    assert sum(len(parts) for parts in found.values()) > 200


def test_the_known_revisions_are_the_migrations_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", "pan_desktop.store:migrations")
    scripts = [s.revision for s in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(scripts)) == REVISIONS


def test_a_new_database_is_marked_as_ours_and_as_of_this_program(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    file.write_bytes(empty_database())
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(REVISIONS[-1],)]
    assert empty_database()[68:72] == b"PAND"
    assert find(file) is Found.PRESENT


def test_a_first_migration_that_fails_leaves_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_connection: object) -> None:
        raise AssertionError("broken")

    monkeypatch.setattr(engine_module, "_refuse_broken_references", refuse)
    file = tmp_path / "pan.db"
    with pytest.raises(AssertionError, match="broken"):
        Office(str(file)).open()
    assert dump(file) == {}
    assert find(file) is Found.NOTHING
    monkeypatch.undo()
    office = Office(str(file))
    office.open()
    office.close()
    assert find(file) is Found.PRESENT


# From an older schema --------------------------------------------------------------------


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a filled database of what is, to the program, an older schema."""
    file = tmp_path / "pan.db"
    office = Office(str(file))
    office.run(sample.fill)
    office.close()
    later = (*REVISIONS, "next")
    monkeypatch.setattr(location, "REVISIONS", later)
    monkeypatch.setattr(engine_module, "REVISIONS", later)
    return file


def test_an_older_schema_is_recognised(older: Path) -> None:
    assert find(older) is Found.OLDER


def migrate_with(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    def upgrade(config: Config, revision: str) -> None:
        connection = config.attributes["connection"]
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")

    monkeypatch.setattr(command, "upgrade", upgrade)


def test_a_folder_of_copies_that_is_gone_keeps_no_office_shut(
    older: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = dump(older)
    choose_folder(older, tmp_path / "clé")
    (tmp_path / "clé").rmdir()
    migrate_with(monkeypatch, "ALTER TABLE plan ADD COLUMN note TEXT")
    office = Office(str(older))
    office.open()
    office.close()
    assert not (tmp_path / "clé").exists()
    (copy,) = copies(older, default_folder(older))
    assert dump(copy.file) == before


def test_without_a_copy_nothing_is_changed(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, form = dump(older), schema(older)

    def fail(*_arguments: object, **_options: object) -> None:
        raise BackupFailedError("plein")

    monkeypatch.setattr(copies_module, "copy_to", fail)
    migrate_with(monkeypatch, "ALTER TABLE plan ADD COLUMN note TEXT")
    with pytest.raises(BackupFailedError):
        Office(str(older)).open()
    assert (dump(older), schema(older)) == (before, form)


def test_an_older_database_is_copied_before_it_is_changed(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(older)
    migrate_with(monkeypatch, "ALTER TABLE plan ADD COLUMN note TEXT")
    office = Office(str(older))
    office.open()
    office.close()
    (copy,) = copies(older)
    assert copy.why is Why.MIGRATION
    assert dump(copy.file) == before
    assert copy.file.stat().st_mode & 0o777 == 0o600
    after = dump(older)
    assert after["alembic_version"] == [{"version_num": "next"}]
    assert all("note" in row for row in after["plan"])
    assert find(older) is Found.PRESENT


@pytest.mark.parametrize(
    "failing",
    [
        "INSERT INTO nowhere VALUES (1)",
        # Breaks references, which only the check at the end sees: keys are off meanwhile.
        "DELETE FROM meeting",
    ],
)
def test_a_failed_migration_leaves_the_database_as_it_was(
    older: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    before, form = dump(older), schema(older)
    migrate_with(
        monkeypatch,
        "CREATE TABLE extra (id TEXT)",
        "ALTER TABLE plan ADD COLUMN note TEXT",
        "UPDATE plan SET label = label || ' autre'",
        failing,
    )
    office = Office(str(older))
    with pytest.raises(Exception, match=r"no such table: nowhere|migration broke references"):
        office.open()
    office.close()
    assert dump(older) == before
    assert schema(older) == form
    assert find(older) is Found.OLDER


def test_a_migration_that_rebuilds_a_parent_keeps_its_children(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(older)
    with closing(sqlite3.connect(older)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'body'").fetchone()
    migrate_with(
        monkeypatch,
        re.sub(r"CREATE TABLE \"?body\"?", "CREATE TABLE rebuilt", sql, count=1),
        "INSERT INTO rebuilt SELECT * FROM body",
        "DROP TABLE body",
        "ALTER TABLE rebuilt RENAME TO body",
    )
    office = Office(str(older))
    office.open()
    after = dump(older)
    assert {name: rows for name, rows in after.items() if name != "alembic_version"} == {
        name: rows for name, rows in before.items() if name != "alembic_version"
    }
    # What is written is noted for the search again, though the table's own triggers were dropped.
    office.run(rename_bodies)
    assert "meeting" in {hit.kind.value for hit in search(office, text="registre instance")}
    # And keys bite again afterwards.
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        raw(office).execute("DELETE FROM body")
    office.close()
