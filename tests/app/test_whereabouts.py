"""Where the database lies is said in plain words, and moving it to safety loses nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pan_desktop.__main__ import main
from pan_desktop.app import backups
from pan_desktop.app.office import Office
from pan_desktop.app.whereabouts import followed, move_to_safety, whereabouts
from pan_desktop.domain.errors import PanError, StoreBusyError, StoreReadOnlyError
from pan_desktop.store import engine
from pan_desktop.store.safety.places import PlaceKind
from tests.builders import content, dump, filled_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 26, 14, 52, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a database in a folder that Syncthing looks after."""
    (tmp_path / "commun" / ".stfolder").mkdir(parents=True)
    made = tmp_path / "commun" / "pan.sqlite3"
    made.write_bytes(filled_database())
    return made


@pytest.fixture
def office(file: Path, tmp_path: Path) -> Iterator[Office]:
    made = Office(str(file), data=tmp_path / "données")
    yield made
    made.close()


def test_a_synchronised_folder_is_explained(office: Office, file: Path) -> None:
    where = whereabouts(office)
    assert (where.kind, where.service) == (PlaceKind.SYNCED, "Syncthing")
    (sentence,) = where.sentences
    assert sentence.startswith("La base est dans un dossier synchronisé par Syncthing : ")
    (file.parent / "pan.sync-conflict-20261126-145207-ABCDEFG.sqlite3").touch()
    _, conflict = whereabouts(office).sentences
    assert "« pan.sync-conflict-20261126-145207-ABCDEFG.sqlite3 »" in conflict


def test_a_safe_place_is_no_news(tmp_path: Path) -> None:
    (tmp_path / "pan.sqlite3").write_bytes(filled_database())
    office = Office(str(tmp_path / "pan.sqlite3"))
    assert whereabouts(office).sentences == ()


def test_a_shared_office_has_no_place(tmp_path: Path) -> None:
    assert whereabouts(Office("postgresql://serveur/base")).sentences == ()


def test_where_it_is_not_safe_no_log_lies_beside_the_database(office: Office, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    office.run(lambda work: work.insert("institution", name="Archives"))
    assert not file.with_name("pan.sqlite3-wal").exists()
    assert not file.with_name("pan.sqlite3-shm").exists()


def test_it_is_moved_whole_and_its_copies_go_where_they_went(
    office: Office, file: Path, tmp_path: Path
) -> None:
    office.run(lambda work: work.insert("institution", name="Archives"))
    before = dump(file)
    moved = move_to_safety(office, now=NOW)
    new = tmp_path / "données" / "pan.sqlite3"
    assert moved == (str(new), str(file.parent / "Sauvegardes"))
    assert office.database == str(new)
    assert dump(new) == before
    assert new.stat().st_mode & 0o777 == 0o600
    assert not file.exists()
    assert whereabouts(office).sentences == ()
    (copy,) = backups.list_copies(office)
    assert copy.file.parent == file.parent / "Sauvegardes"
    assert content(dump(copy.file)) == content(before)
    office.run(lambda work: work.insert("institution", name="Douanes"))
    assert len(dump(new)["institution"]) == len(before["institution"]) + 1


def test_the_old_place_leads_to_the_new_one(office: Office, file: Path, tmp_path: Path) -> None:
    move_to_safety(office, now=NOW)
    new = tmp_path / "données" / "pan.sqlite3"
    assert followed(str(file)) == str(new)
    assert followed(str(new)) == str(new)
    new.rename(tmp_path / "ailleurs")
    with pytest.raises(StoreReadOnlyError, match="a été déplacée"):
        followed(str(file))
    assert not file.exists()


def test_a_name_that_is_taken_there_is_not_used(office: Office, tmp_path: Path) -> None:
    (tmp_path / "données").mkdir()
    (tmp_path / "données" / "pan.sqlite3").write_text("autre", encoding="utf-8")
    moved = move_to_safety(office, now=NOW)
    assert moved.database.endswith("pan 2.sqlite3")
    assert (tmp_path / "données" / "pan.sqlite3").read_text(encoding="utf-8") == "autre"


def test_it_stays_where_it_is_when_another_program_writes(
    office: Office, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    monkeypatch.setattr("pan_desktop.store.opening.WAIT_SECONDS", 0.01)
    before = dump(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(PanError):
            move_to_safety(office, now=NOW)
        other.execute("ROLLBACK")
    assert office.database == str(file)
    assert dump(file) == before
    assert not list((tmp_path / "données").glob("*.sqlite3"))
    assert followed(str(file)) == str(file)


def test_it_is_not_moved_while_changes_wait(
    office: Office, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        office.run(lambda work: work.insert("institution", name="Archives"))
        other.execute("ROLLBACK")
    with pytest.raises(StoreBusyError, match="attendant encore"):
        move_to_safety(office, now=NOW)
    assert file.exists()


def test_the_command_line_says_it_once_and_follows_a_move(
    office: Office, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", str(file), "meetings"]) == 0
    told = capsys.readouterr()
    assert told.err.count("dossier synchronisé par Syncthing") == 1
    assert len(told.out.splitlines()) == 3
    office.open()
    move_to_safety(office, now=NOW)
    office.close()
    assert main(["--database", str(file), "meetings"]) == 0
    again = capsys.readouterr()
    assert again.err == ""
    assert again.out == told.out
