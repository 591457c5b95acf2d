"""A copy is whole, of one moment, its owner's alone, or it is not there."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app.office import Office
from pan_desktop.domain.errors import BackupFailedError
from pan_desktop.domain.keys import Key
from pan_desktop.store.safety import backup
from pan_desktop.store.safety.backup import copy_to, state_of
from pan_desktop.store.safety.half_made import PREFIX, abandoned_in
from tests.builders import dump, filled_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork


def write(work: UnitOfWork, *, name: str = "Archives") -> None:
    work.insert("institution", name=name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "pan.sqlite3"
    made.write_bytes(filled_database())
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Sauvegardes"
    made.mkdir()
    return made


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_holds_what_the_database_does_also_what_is_in_its_wal(
    file: Path, folder: Path
) -> None:
    office = Office(str(file))
    office.run(write)
    assert file.with_name("pan.sqlite3-wal").stat().st_size > 0
    copied = copy_to(file, folder / "copie.db")
    office.close()
    assert dump(folder / "copie.db") == dump(file)
    assert "Archives" in {row["name"] for row in dump(folder / "copie.db")["institution"]}
    assert copied.state.rows["institution"] == len(dump(file)["institution"])
    assert copied.broken == 0
    assert names(folder) == ["copie.db"]


def test_a_copy_needs_no_file_beside_it(file: Path, folder: Path) -> None:
    """It can be read where nothing can be written."""
    copy_to(file, folder / "copie.db")
    folder.chmod(0o500)
    with closing(sqlite3.connect(f"file:{folder}/copie.db?mode=ro&immutable=0", uri=True)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert copy.execute("SELECT count(*) FROM meeting").fetchone()[0] > 0
    assert names(folder) == ["copie.db"]


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_a_copy_is_its_owner_s_alone_from_its_first_byte(
    file: Path, folder: Path, umask: int
) -> None:
    seen: set[int] = set()

    def look(_part: float) -> None:
        seen.update(stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir())

    old = os.umask(umask)
    try:
        copy_to(file, folder / "copie.db", told=look)
    finally:
        os.umask(old)
    assert seen == {0o600}
    assert stat.S_IMODE((folder / "copie.db").stat().st_mode) == 0o600


def test_a_copy_is_of_the_moment_it_began_and_writers_do_not_wait(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES", 4)
    office = Office(str(file))
    before = dump(file)
    parts = []

    def meanwhile(part: float) -> None:
        parts.append(part)
        if len(parts) % 10 == 1:
            office.run(write, name=f"Archives {len(parts)}")

    copy_to(file, folder / "copie.db", told=meanwhile)
    office.close()
    assert parts == sorted(parts)
    assert len(parts) > 20
    assert parts[-1] == 1
    assert dump(folder / "copie.db") == before
    assert len(dump(file)["institution"]) > len(before["institution"]) + 2


def test_a_copy_that_is_stopped_leaves_nothing(file: Path, folder: Path) -> None:
    def stop(_part: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_to(file, folder / "copie.db", told=stop)
    assert names(folder) == []


def test_an_older_copy_of_that_name_stays_until_the_new_one_is_whole(
    file: Path, folder: Path
) -> None:
    copy_to(file, folder / "copie.db")
    before = (folder / "copie.db").read_bytes()
    with file.open("r+b") as stream:
        stream.seek(len(before) // 2)
        stream.write(bytes(40_000))
    with pytest.raises(BackupFailedError, match="abîmée"):
        copy_to(file, folder / "copie.db")
    assert (folder / "copie.db").read_bytes() == before
    assert names(folder) == ["copie.db"]


def test_a_copy_that_was_not_written_as_it_was_read_is_not_kept(
    file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Disks lie: what was written is read back and compared."""
    filled = backup._filled

    def lose_a_row(file: Path, temporary: Path, *others: object) -> backup.State:
        state = filled(file, temporary, *others)  # type: ignore[arg-type]
        with closing(sqlite3.connect(temporary)) as copy, copy:
            copy.execute("DELETE FROM conclusion WHERE id = (SELECT min(id) FROM conclusion)")
        return state

    monkeypatch.setattr(backup, "_filled", lose_a_row)
    with pytest.raises(BackupFailedError, match="n’est pas gardée"):
        copy_to(file, folder / "copie.db")
    assert names(folder) == []


def test_broken_references_are_counted_and_the_copy_kept(file: Path, folder: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM body")
    assert copy_to(file, folder / "copie.db").broken > 0
    assert names(folder) == ["copie.db"]


def test_a_folder_that_is_not_there_is_not_made(file: Path, folder: Path) -> None:
    with pytest.raises(BackupFailedError, match="n’existant plus") as caught:
        copy_to(file, folder / "clé" / "copie.db")
    assert str(folder / "clé") in caught.value.sentence
    assert names(folder) == []


def test_a_database_that_is_none_is_not_copied(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "texte.db").write_text("Bonjour" * 2000)
    with pytest.raises(BackupFailedError, match="abîmée"):
        copy_to(tmp_path / "texte.db", folder / "copie.db")
    with pytest.raises(BackupFailedError, match="ne pouvant pas être lue"):
        copy_to(tmp_path / "absent.db", folder / "copie.db")
    assert names(folder) == []
    assert not (tmp_path / "absent.db").exists()


@contextmanager
def small_disk(place: Path, options: str) -> Iterator[None]:
    """Have a file system of its own at ``place``; skips where this user may mount none."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only the administrator may mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_told_and_the_older_copy_kept(file: Path, folder: Path) -> None:
    with small_disk(folder, "size=1400k"):
        copy_to(file, folder / "un.db")
        before = (folder / "un.db").read_bytes()
        with pytest.raises(BackupFailedError, match="plein"):
            copy_to(file, folder / "deux.db")
        assert names(folder) == ["un.db"]
        assert (folder / "un.db").read_bytes() == before


def test_a_disk_that_takes_nothing_is_told(file: Path, folder: Path) -> None:
    with small_disk(folder, "ro"), pytest.raises(BackupFailedError, match="n’acceptant pas"):
        copy_to(file, folder / "copie.db")


KILLED = """
import os, signal, sys
from pathlib import Path
from pan_desktop.store.safety import backup
backup.PAGES = 4
def told(part):
    if part > float(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
backup.copy_to(Path(sys.argv[1]), Path(sys.argv[2]), told=told)
"""


@pytest.mark.parametrize("part", ["0.0", "0.6", "0.99"])
def test_a_kill_leaves_no_copy_that_is_half_one(file: Path, folder: Path, part: str) -> None:
    copy_to(file, folder / "copie.db")
    before, content = (folder / "copie.db").read_bytes(), dump(file)
    command = [sys.executable, "-c", KILLED, str(file), str(folder / "copie.db"), part]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert (folder / "copie.db").read_bytes() == before
    left = [name for name in names(folder) if name != "copie.db"]
    assert left
    assert all(name.startswith(PREFIX) for name in left)
    assert dump(file) == content
    copy_to(file, folder / "copie.db")
    assert sorted(each.name for each in abandoned_in(folder)) == sorted(left)


def test_an_encrypted_database_is_copied_encrypted(tmp_path: Path, folder: Path) -> None:
    key = Key(bytes(range(32)), b"0123456789abcdef")
    file = tmp_path / "secret.db"
    office = Office(str(file), key=key)
    office.run(write, name="Un nom que personne ne doit lire")
    copied = copy_to(file, folder / "copie.db", key=key)
    office.close()
    assert copied.state.rows["institution"] == 1
    content = (folder / "copie.db").read_bytes()
    assert b"SQLite" not in content
    assert b"personne ne doit lire" not in content
    other = Office(str(folder / "copie.db"), key=key)
    other.open()
    other.close()


# What a database holds ---------------------------------------------------------------------


def mark(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return state_of(connection).mark


def test_a_mark_changes_with_each_thing_written_and_with_no_reading(file: Path) -> None:
    office = Office(str(file))
    marks = [mark(file)]

    def see(change: bool) -> None:
        assert (mark(file) != marks[-1]) is change
        marks.append(mark(file))

    office.run(lambda work: work.read.people())
    see(False)
    office.run(write)
    see(True)
    office.run(lambda work: work.update("body", work.read.bodies()[0].id, heading="Autre"))
    see(True)
    office.run(lambda work: work.delete("meeting", _any(work, "meeting")))
    see(True)
    office.run(lambda work: work.insert("setting", id="essai", value="1"))
    see(True)
    office.run(lambda work: work.update("setting", "essai", value="2"))
    see(True)
    office.close()
    see(False)
    assert len(set(marks)) == 6


def _any(work: UnitOfWork, table: str) -> str:
    found = work._connection.exec_driver_sql(f"SELECT min(id) FROM {table}").scalar()
    assert isinstance(found, str)
    return found


def test_the_last_change_is_the_office_s_own(file: Path) -> None:
    office = Office(str(file))
    at = office.run(write).at
    office.close()
    with closing(sqlite3.connect(file)) as connection:
        state = state_of(connection)
    assert state.last_change is not None
    assert at is not None
    assert 0 <= (at - state.last_change).total_seconds() < 5
    assert not [t for t in threading.enumerate() if t.name == "store"]
