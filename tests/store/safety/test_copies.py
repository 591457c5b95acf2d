"""The folder of copies: one for each state of the database, and none removed but our own."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app.office import Office
from pan_desktop.domain.backups import NEWEST, Why
from pan_desktop.domain.errors import BackupFailedError
from pan_desktop.store.safety import copies as module
from pan_desktop.store.safety.copies import (
    choose_folder,
    copies,
    default_folder,
    folder_of,
    keep_copy,
)
from pan_desktop.store.safety.half_made import half_made_in
from tests.builders import dump, filled_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 26, 14, 52, 7, tzinfo=UTC)


def write(work: UnitOfWork, *, name: str = "Archives") -> None:
    work.insert("institution", name=name)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    file = tmp_path / "pan.sqlite3"
    file.write_bytes(filled_database())
    marked(file, 7)
    made = Office(str(file))
    yield made
    made.close()


@pytest.fixture
def file(office: Office, tmp_path: Path) -> Path:
    return tmp_path / "pan.sqlite3"


def marked(file: Path, mark: int) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {mark}")


def why(file: Path) -> list[Why]:
    return [copy.why for copy in copies(file)]


def test_copies_go_beside_the_database_to_a_folder_of_the_owner_s(file: Path) -> None:
    assert copies(file) == ()
    kept = keep_copy(file, Why.CLOSE, NOW)
    assert kept.made
    assert kept.copy.file.parent == file.parent / "Sauvegardes" == default_folder(file)
    assert stat.S_IMODE(kept.copy.file.parent.stat().st_mode) == 0o700
    local = NOW.astimezone().replace(tzinfo=None)
    assert kept.copy.file.name == f"pan {local:%Y-%m-%d %Hh%Mm%S} fermeture.sqlite3"
    assert copies(file) == (kept.copy,)
    assert dump(kept.copy.file) == dump(file)


def test_none_is_made_when_the_last_holds_everything(office: Office, file: Path) -> None:
    first = keep_copy(file, Why.CLOSE, NOW)
    again = keep_copy(file, Why.DAILY, NOW + timedelta(days=1))
    assert (again.made, again.copy) == (False, first.copy)
    office.run(write)
    assert keep_copy(file, Why.DAILY, NOW + timedelta(days=1)).made
    assert why(file) == [Why.DAILY, Why.CLOSE]
    assert keep_copy(file, Why.BY_HAND, NOW + timedelta(days=2), always=True).made


def test_none_is_made_when_the_last_holds_everything_though_the_clock_went_back(
    office: Office, file: Path
) -> None:
    keep_copy(file, Why.CLOSE, NOW)
    office.run(write)
    early = NOW - timedelta(days=30)
    assert keep_copy(file, Why.CLOSE, early).made
    assert not keep_copy(file, Why.CLOSE, early + timedelta(hours=1)).made
    assert len(copies(file)) == 2


def test_a_copy_that_serves_for_a_change_is_kept_like_one_made_for_it(file: Path) -> None:
    closed = keep_copy(file, Why.CLOSE, NOW).copy
    before = dump(closed.file)
    kept = keep_copy(file, Why.IMPORT, NOW + timedelta(hours=3))
    assert not kept.made
    assert why(file) == [Why.IMPORT]
    assert kept.copy.at == closed.at
    assert dump(kept.copy.file) == before
    # And it stays what it is.
    keep_copy(file, Why.CLOSE, NOW + timedelta(hours=4))
    keep_copy(file, Why.RESTORE, NOW + timedelta(hours=4))
    assert why(file) == [Why.IMPORT]


def test_copies_of_one_second_have_names_in_their_order(office: Office, file: Path) -> None:
    for number, reason in enumerate((Why.CLOSE, Why.BY_HAND, Why.CLOSE)):
        office.run(write, name=f"Archives {number}")
        keep_copy(file, reason, NOW)
    assert why(file) == [Why.CLOSE, Why.BY_HAND, Why.CLOSE]
    assert [len(dump(copy.file)["institution"]) for copy in copies(file)] == [
        len(dump(file)["institution"]) - number for number in range(3)
    ]


def test_old_copies_go_once_the_new_one_is_there(office: Office, file: Path) -> None:
    removed: list[Path] = []
    for number in range(NEWEST + 3):
        office.run(write, name=f"Archives {number}")
        removed += keep_copy(file, Why.CLOSE, NOW + timedelta(minutes=number)).removed
    assert len(copies(file)) == NEWEST
    assert len(removed) == 3
    assert not any(path.exists() for path in removed)


def test_nothing_but_our_own_copies_is_removed(office: Office, file: Path) -> None:
    """Two offices may keep their copies in one folder of a server."""
    folder = default_folder(file)
    folder.mkdir()
    others = [
        "Budget 2020.xlsx",
        "pan.sqlite3",
        "pan 2020-01-01 10h00m00 fermeture.sqlite3.txt",
        "pan 2020-01-01 10h00m00 ma copie.sqlite3",
    ]
    for name in others:
        (folder / name).write_text("rien")
    strangers = [f"pan 2020-01-01 10h00m0{n} fermeture.sqlite3" for n in range(8)]
    for name in strangers:
        (folder / name).write_bytes(filled_database())
        marked(folder / name, 8)
    unreadable = [f"pan 2020-01-02 10h00m0{n} fermeture.sqlite3" for n in range(8)]
    for name in unreadable:
        (folder / name).write_bytes(os.urandom(8192))
    for number in range(NEWEST + 3):
        office.run(write, name=f"Archives {number}")
        keep_copy(file, Why.CLOSE, NOW + timedelta(minutes=number))
    names = {path.name for path in folder.iterdir()}
    assert {*others, *strangers, *unreadable} <= names
    assert len(names) == len({*others, *strangers, *unreadable}) + NEWEST


def test_what_nobody_goes_on_with_is_swept(file: Path) -> None:
    folder = default_folder(file)
    folder.mkdir()
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    mine = half_made_in(folder)
    here, others = (mine.name.replace(f"-{os.getpid()}-", f"-{n}-") for n in (process.pid, 1))
    elsewhere = here.replace(here.split("-")[2], "00000000")
    known = keep_copy(file, Why.CLOSE, NOW).copy.file
    left = {name: folder / name for name in (mine.name, here, f"{here}-wal", others, elsewhere)}
    for each in left.values():
        each.touch()
    assert keep_copy(file, Why.CLOSE, NOW).copy.file == known  # also where none is made
    assert {p.name for p in folder.iterdir()} == {known.name, mine.name, others, elsewhere}
    for each in (left[others], left[elsewhere]):  # a day later, whoever it was
        os.utime(each, (1, 1))
    keep_copy(file, Why.CLOSE, NOW)
    assert {p.name for p in folder.iterdir()} == {known.name, mine.name}


def test_a_failed_copy_removes_none(
    office: Office, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(NEWEST):
        office.run(write, name=f"Archives {number}")
        keep_copy(file, Why.CLOSE, NOW + timedelta(minutes=number))
    office.run(write)
    before = copies(file)

    def fail(*_arguments: object, **_options: object) -> None:
        raise BackupFailedError("plein")

    monkeypatch.setattr(module, "copy_to", fail)
    with pytest.raises(BackupFailedError):
        keep_copy(file, Why.CLOSE, NOW + timedelta(days=400))
    assert copies(file) == before


# Another place -----------------------------------------------------------------------------


def test_another_folder_is_remembered_beside_the_database(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "Clé é" / "PAN"
    choose_folder(file, other)
    assert folder_of(file) == other
    assert stat.S_IMODE((tmp_path / "pan.sqlite3.sauvegardes").stat().st_mode) == 0o600
    assert keep_copy(file, Why.CLOSE, NOW).copy.file.parent == other
    choose_folder(file, default_folder(file))
    assert folder_of(file) == default_folder(file)
    assert not (tmp_path / "pan.sqlite3.sauvegardes").exists()


def test_a_chosen_folder_that_is_gone_is_not_made_anew(file: Path, tmp_path: Path) -> None:
    """Where a key was unplugged, the copies would go to the machine's own disk."""
    other = tmp_path / "Clé"
    choose_folder(file, other)
    other.rmdir()
    with pytest.raises(BackupFailedError, match="débranché"):
        keep_copy(file, Why.CLOSE, NOW)
    assert not other.exists()


def test_a_folder_that_takes_nothing_is_not_chosen(file: Path, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(BackupFailedError):
        choose_folder(file, tmp_path / "fichier")
    assert folder_of(file) == default_folder(file)
