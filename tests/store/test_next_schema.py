"""A database of every released schema, and of the next one: migrated whole, or left in use."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pan_desktop.store.migrations
from pan_desktop.app import sample
from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.office import Office
from pan_desktop.app.search import search
from pan_desktop.domain.backups import Why
from pan_desktop.store import engine as engine_module
from pan_desktop.store import location
from pan_desktop.store.location import REVISIONS, Found, find
from pan_desktop.store.safety.copies import copies
from tests.builders import dump, empty_database
from tests.store.test_migrations import rename_bodies, schema
from tests.stored import stored, stored_revisions

if TYPE_CHECKING:
    from tests.builders import Dump

NEXT = '''
"""The schema after the present one, for the tests alone."""

import os
import signal

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{present}"


def upgrade() -> None:
    op.add_column("plan", sa.Column("note", sa.Text(), nullable=True))
    # A parent of meetings, made anew with all that it says.
    with op.batch_alter_table("body", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="bleu"))
    op.execute("UPDATE plan SET note = 'repris'")
    {then}
'''
KILL = "os.kill(os.getpid(), signal.SIGKILL)"
FAIL = "op.execute('INSERT INTO nowhere VALUES (1)')"


def planted(folder: Path, then: str = "pass") -> Path:
    """Return a folder of the program's migrations and one more, which ends with ``then``."""
    target = folder / "migrations"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(Path(pan_desktop.store.migrations.__file__).parent, target)
    words = NEXT.format(present=REVISIONS[-1], then=then)
    (target / "versions" / "9999_next.py").write_text(words, encoding="utf-8")
    return target


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "pan.sqlite3"
    made.write_bytes(empty_database())
    office = Office(str(made))
    office.run(sample.fill)
    office.close()
    return made


class NextProgram:
    """The program that comes after this one."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._folder, self._patch = folder, patch

    def come(self, then: str = "pass") -> None:
        """Be the program from now on."""
        self._patch.setattr(engine_module, "MIGRATIONS", str(planted(self._folder, then)))
        for module in (location, engine_module):
            self._patch.setattr(module, "REVISIONS", (*REVISIONS, "9999"))

    def go(self) -> None:
        """Leave the place to the present one."""
        self._patch.undo()


@pytest.fixture
def following(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NextProgram:
    return NextProgram(tmp_path, monkeypatch)


def as_before(now: Dump, before: Dump) -> None:
    """See that every row that was there is there, and says what it said."""
    for table, rows in before.items():
        if table != "alembic_version":
            kept = [{key: row[key] for key in rows[0]} for row in now[table]] if rows else []
            assert sorted(kept, key=str) == sorted(rows, key=str), table


def test_the_next_schema_keeps_every_row(file: Path, following: NextProgram) -> None:
    before = dump(file)
    following.come()
    assert find(file) is Found.OLDER
    office = Office(str(file))
    office.open()
    assert find(file) is Found.PRESENT
    now = dump(file)
    as_before(now, before)
    assert {row["note"] for row in now["plan"]} == {"repris"}
    assert {row["colour"] for row in now["body"]} == {"bleu"}
    # What was there is found, and what is written is noted by triggers that were made anew.
    assert search(office, text="portail")
    office.run(rename_bodies)
    assert "meeting" in {hit.kind.value for hit in search(office, text="registre instance")}
    office.close()
    (copy,) = copies(file)
    assert copy.why is Why.MIGRATION
    assert dump(copy.file) == before


@pytest.mark.parametrize("then", [FAIL, "op.execute('DELETE FROM meeting')"])
def test_a_migration_that_fails_leaves_the_old_file_in_use(
    file: Path, following: NextProgram, then: str
) -> None:
    before, form = dump(file), schema(file)
    following.come(then)
    with pytest.raises(Exception, match=r"no such table: nowhere|migration broke references"):
        Office(str(file)).open()
    following.go()
    assert (dump(file), schema(file)) == (before, form)
    assert find(file) is Found.PRESENT
    office = Office(str(file))
    assert len(office.run(list_meetings).result) == len(before["meeting"])
    office.close()


KILLED = """
import sys
from pan_desktop.app.office import Office
from pan_desktop.store import engine, location
engine.MIGRATIONS = sys.argv[2]
location.REVISIONS = engine.REVISIONS = (*location.REVISIONS, "9999")
Office(sys.argv[1]).open()
"""


def test_a_migration_that_is_killed_leaves_the_old_file_in_use(
    file: Path, following: NextProgram, tmp_path: Path
) -> None:
    before, form = dump(file), schema(file)
    command = [sys.executable, "-c", KILLED, str(file), str(planted(tmp_path, KILL))]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    office = Office(str(file))
    assert len(office.run(list_meetings).result) == len(before["meeting"])
    office.close()
    assert (dump(file), schema(file)) == (before, form)
    following.come()  # and the next time it goes through
    office = Office(str(file))
    office.open()
    office.close()
    as_before(dump(file), before)
    assert len(copies(file)) == 1  # of the state that was copied before the kill


# What was released ------------------------------------------------------------------------


@pytest.mark.parametrize("revision", stored_revisions())
def test_a_database_of_a_released_schema_is_brought_up_to_date(
    tmp_path: Path, revision: str
) -> None:
    file = tmp_path / "pan.sqlite3"
    file.write_bytes(stored(revision))
    before = dump(file)
    assert len(before["meeting"]) > 2
    office = Office(str(file))
    office.open()
    as_before(dump(file), before)
    assert len(office.run(list_meetings).result) == len(before["meeting"])
    assert search(office, text="portail")
    office.close()
    assert find(file) is Found.PRESENT


def test_the_stored_database_of_the_present_schema_has_it(tmp_path: Path) -> None:
    """Until a release the schema moves: ``make stored-database`` then keeps it anew."""
    revision = stored_revisions()[-1]
    assert revision == REVISIONS[-1]
    kept, fresh = tmp_path / "kept.db", tmp_path / "fresh.db"
    kept.write_bytes(stored(revision))
    fresh.write_bytes(empty_database())
    assert schema(kept) == schema(fresh)
