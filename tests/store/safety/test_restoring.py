"""A copy takes the place of the database whole, or the database stays as it was."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command

from pan_desktop.app.office import Office
from pan_desktop.app.restoring import preview
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import (
    BackupFailedError,
    RestoreFailedError,
    StoreBusyError,
    StoreTooNewError,
)
from pan_desktop.domain.keys import Key
from pan_desktop.store import engine as engine_module
from pan_desktop.store import location
from pan_desktop.store.location import REVISIONS, Found, find
from pan_desktop.store.opening import connect, is_plain
from pan_desktop.store.safety import copies as copies_module
from pan_desktop.store.safety import restoring
from pan_desktop.store.safety.conversion import convert
from pan_desktop.store.safety.copies import Kept, copies, keep_copy
from pan_desktop.store.safety.half_made import PREFIX
from pan_desktop.store.safety.restoring import put_back
from tests.builders import KEY, dump, encrypted, filled_database, rows

if TYPE_CHECKING:
    from pathlib import Path

    from alembic.config import Config

    from pan_desktop.store.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 26, 14, 52, 7, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)


def write(work: UnitOfWork, *, name: str = "Archives") -> None:
    work.insert("institution", name=name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "pan.sqlite3"
    made.write_bytes(filled_database())
    return made


@pytest.fixture
def copy(file: Path) -> Path:
    """Give a copy of the database, which was changed since."""
    kept = keep_copy(file, Why.CLOSE, NOW)
    office = Office(str(file))
    office.run(write)
    office.close()
    return kept.copy.file


def beside(file: Path) -> list[str]:
    return sorted(path.name for path in file.parent.iterdir() if path.is_file())


def test_a_copy_takes_the_place_of_the_database_and_what_was_there_is_kept(
    file: Path, copy: Path
) -> None:
    present, then = dump(file), dump(copy)
    assert present != then
    restored = put_back(file, copy, LATER)
    assert dump(file) == then
    assert dump(copy) == then
    assert restored.sound
    assert restored.kept is not None
    assert dump(restored.kept) == present
    assert [each.why for each in copies(file)] == [Why.RESTORE, Why.CLOSE]
    assert beside(file) == ["pan.sqlite3"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert find(file) is Found.PRESENT


def test_what_was_left_in_the_wal_is_kept_and_not_applied_to_what_comes(
    file: Path, copy: Path
) -> None:
    """A program that was killed leaves its -wal: it is the old file's, not the new one's."""
    script = (
        "import os, signal, sys\n"
        "from pan_desktop.app.office import Office\n"
        "office = Office(sys.argv[1])\n"
        "office.run(lambda work: work.insert('institution', name='Dans le journal'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=False)
    assert file.with_name("pan.sqlite3-wal").stat().st_size > 0
    then = dump(copy)
    restored = put_back(file, copy, LATER)
    assert dump(file) == then
    assert restored.kept is not None
    assert "Dans le journal" in {row["name"] for row in dump(restored.kept)["institution"]}
    assert beside(file) == ["pan.sqlite3"]


def test_a_database_that_is_open_elsewhere_is_left_alone(file: Path, copy: Path) -> None:
    other = Office(str(file))
    other.run(write, name="Autre fenêtre")
    kept = sorted(copy.parent.iterdir())
    with pytest.raises(StoreBusyError, match="rien n’a été restauré"):
        put_back(file, copy, LATER)
    assert sorted(copy.parent.iterdir()) == kept
    other.run(write, name="Suite")
    other.close()
    names = {row["name"] for row in dump(file)["institution"]}
    assert {"Archives", "Autre fenêtre", "Suite"} <= names
    assert beside(file) == ["pan.sqlite3"]


def test_what_is_written_between_the_copy_and_the_lock_is_kept_too(
    file: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    def write_after(*arguments: Any, **options: Any) -> Kept:
        kept = keep_copy(*arguments, **options)
        if not written:
            written.append(1)
            office = Office(str(file))
            office.run(write, name="Entre-temps")
            office.close()
        return kept

    monkeypatch.setattr(restoring, "keep_copy", write_after)
    restored = put_back(file, copy, LATER)
    assert restored.kept is not None
    assert "Entre-temps" in {row["name"] for row in dump(restored.kept)["institution"]}


def test_without_a_copy_of_the_present_nothing_is_restored(
    file: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    present = dump(file)

    def fail(*_arguments: object, **_options: object) -> None:
        raise BackupFailedError("plein")

    monkeypatch.setattr(copies_module, "copy_to", fail)
    with pytest.raises(BackupFailedError):
        put_back(file, copy, LATER)
    monkeypatch.undo()
    assert dump(file) == present
    assert beside(file) == ["pan.sqlite3"]


def test_a_damaged_database_is_kept_byte_by_byte(file: Path, copy: Path) -> None:
    then = dump(copy)
    with file.open("r+b") as stream:
        stream.seek(8192)
        stream.write(b"\xff" * 60_000)
    spoilt = file.read_bytes()
    restored = put_back(file, copy, LATER)
    assert dump(file) == then
    assert not restored.sound
    assert restored.kept is not None
    assert restored.kept.read_bytes() == spoilt
    assert restored.kept.stat().st_mode & 0o777 == 0o600
    assert restored.kept not in [each.file for each in copies(file)]  # never let go


@pytest.mark.parametrize("content", [b"", b"Bonjour" * 2000, None])
def test_a_file_that_is_no_copy_is_refused(file: Path, copy: Path, content: bytes | None) -> None:
    present = dump(file)
    if content is None:  # one cut short
        content = copy.read_bytes()[:100_000]
    copy.write_bytes(content)
    with pytest.raises(RestoreFailedError, match="n’est pas une copie lisible"):
        put_back(file, copy, LATER)
    assert dump(file) == present
    assert beside(file) == ["pan.sqlite3"]


def test_a_copy_with_a_damaged_page_is_refused(file: Path, copy: Path) -> None:
    present = dump(file)
    with copy.open("r+b") as stream:
        stream.seek(300_000)
        stream.write(b"\xff" * 60_000)
    with pytest.raises(RestoreFailedError, match="n’est pas une copie lisible"):
        put_back(file, copy, LATER)
    assert dump(file) == present


def test_a_copy_of_a_newer_program_is_refused(file: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    present = dump(file)
    with pytest.raises(StoreTooNewError):
        put_back(file, copy, LATER)
    assert dump(file) == present


def test_a_copy_of_an_older_program_is_brought_up_to_date_first(
    file: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("ALTER TABLE plan ADD COLUMN note TEXT")
        connection.execute("UPDATE alembic_version SET version_num = 'next'")
    for module in (location, engine_module):
        monkeypatch.setattr(module, "REVISIONS", (*REVISIONS, "next"))

    def upgrade(config: Config, _revision: str) -> None:
        connection = config.attributes["connection"]
        connection.exec_driver_sql("ALTER TABLE plan ADD COLUMN note TEXT")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'next'")

    monkeypatch.setattr(command, "upgrade", upgrade)
    put_back(file, copy, LATER)
    assert find(file) is Found.PRESENT
    assert all("note" in row for row in dump(file)["plan"])
    assert find(copy) is Found.OLDER
    assert beside(file) == ["pan.sqlite3"]


def test_a_database_that_is_gone_comes_back(file: Path, copy: Path) -> None:
    then = dump(copy)
    file.unlink()
    assert put_back(file, copy, LATER).kept is None
    assert dump(file) == then


def test_the_log_of_a_database_that_was_emptied_is_kept(file: Path, copy: Path) -> None:
    """SQLite deletes the log beside an empty file as soon as anybody looks into it."""
    log = file.with_name("pan.sqlite3-wal")
    script = (
        "import os, signal, sys\n"
        "from pan_desktop.app.office import Office\n"
        "office = Office(sys.argv[1])\n"
        "office.run(lambda work: work.insert('institution', name='Dans le journal'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=False)
    file.write_bytes(b"")
    left = log.read_bytes()
    assert b"Dans le journal" in left
    assert not preview(Office(str(file)), copy=copy).readable
    with pytest.raises(BackupFailedError):
        keep_copy(file, Why.DAILY, NOW)
    assert log.read_bytes() == left
    then = dump(copy)
    assert put_back(file, copy, LATER).kept is None
    assert dump(file) == then
    assert file.with_name("pan.sqlite3-wal.gardé").read_bytes() == left


def test_a_database_that_another_program_opens_is_not_taken_for_damaged(tmp_path: Path) -> None:
    """A key of before, that opens the copy alone, must not put it under whoever works in it."""
    file = tmp_path / "pan.db"
    file.write_bytes(encrypted(filled_database()))
    copy = keep_copy(file, Why.BY_HAND, NOW, key=KEY).copy.file
    now = Key(bytes(32), bytes(range(1, 17)))
    convert(file, KEY, now)
    script = (
        "import sys; from pathlib import Path; from pan_desktop.domain.keys import Key\n"
        "from pan_desktop.store.opening import connect\n"
        "c = connect(Path(sys.argv[1]), Key(bytes(32), bytes(range(1, 17))))\n"
        "c.execute('PRAGMA journal_mode = WAL'); c.execute('SELECT 1 FROM meeting').fetchall()\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        before = file.read_bytes()
        with pytest.raises(StoreBusyError):
            put_back(file, copy, NOW, key=KEY)
        other.communicate("")
    assert file.read_bytes() == before
    assert put_back(file, copy, NOW, key=KEY).sound is False
    assert dump_encrypted(file) == dump_encrypted(copy)


def dump_encrypted(file: Path) -> dict[str, list[dict[str, Any]]]:
    with closing(connect(file, KEY)) as connection:
        return rows(connection)


def test_a_copy_in_the_clear_comes_back_encrypted_to_an_encrypted_office(tmp_path: Path) -> None:
    clear = tmp_path / "clair.db"
    clear.write_bytes(filled_database())
    key = Key(bytes(range(32)), b"0123456789abcdef")
    file = tmp_path / "pan.db"
    office = Office(str(file), key=key)
    office.run(write)
    office.close()
    put_back(file, clear, LATER, key=key)
    assert not is_plain(file)
    office = Office(str(file), key=key)
    assert office.run(lambda work: len(work.read.people())).result > 0
    office.close()


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from pan_desktop.store.safety import restoring
at = sys.argv[3]
whole = getattr(restoring, at)
def dying(*arguments, **options):
    if sys.argv[4] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    whole(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(restoring, at, dying)
restoring.put_back(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))
"""


@pytest.mark.parametrize(
    ("at", "when", "new"),
    [
        ("_bring", "after", False),
        ("keep_copy", "after", False),
        ("_alone", "after", False),
        ("_take_place", "before", False),
        ("_take_place", "after", True),
    ],
)
def test_a_kill_leaves_the_old_or_the_new(
    file: Path, copy: Path, at: str, when: str, *, new: bool
) -> None:
    present, then = dump(file), dump(copy)
    command = [sys.executable, "-c", KILLED, str(file), str(copy), at, when]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert dump(file) == (then if new else present)
    # A journal without a beginning is one that is over.
    left = {name for name in beside(file) if not name.startswith(PREFIX)}
    assert left <= {"pan.sqlite3", "pan.sqlite3-journal"}
    if new:
        assert present in [dump(each.file) for each in copies(file)]
    put_back(file, copy, LATER)
    assert dump(file) == then
