"""A whole office goes from a file to a server and back, every row the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from pan_desktop.app import moving, sample
from pan_desktop.app.moving import move
from pan_desktop.app.sharing import LineStatus
from pan_desktop.command_line import run as command
from pan_desktop.domain.errors import InputError
from pan_desktop.store.shared import moving as stored
from tests.builders import dump, lived_database
from tests.postgres import TestServer, server
from tests.shared import SharedOffice, filled, shared

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["filled", "server", "shared"]


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def here() -> str:
    """Return the database that the commands are not about."""
    return "nulle-part.sqlite3"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "office.sqlite3"
    made.write_bytes(lived_database())
    return made


def moved_rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    left = {"outbox", "replica", "taken_entry", "last_entry", "alembic_version"}
    return {name: rows for name, rows in dump(path).items() if name not in left}


def test_there_and_back_nothing_differs(
    server: TestServer, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address, back = server.url(server.new_database()), tmp_path / "retour.sqlite3"
    before = file.read_bytes()
    assert command(["move", "--from", str(file), "--to", address], here) == 0
    assert "aucune différence" in capsys.readouterr().out
    assert command(["move", "--from", address, "--to", str(back)], here) == 0
    assert moved_rows(back) == moved_rows(file)
    assert file.read_bytes() == before
    assert sum(map(len, moved_rows(file).values())) > 200
    assert not list(tmp_path.glob("*incomplet*"))


def test_a_target_that_holds_something_is_refused(
    filled: SharedOffice, file: Path, tmp_path: Path
) -> None:
    before = filled.rows()
    with pytest.raises(InputError, match="contient déjà un office"):
        move(source=str(file), target=filled.url)
    assert filled.rows() == before
    (tmp_path / "autre").write_bytes(b"x")
    with pytest.raises(InputError, match="existe déjà"):
        move(source=filled.url, target=str(tmp_path / "autre"))
    with pytest.raises(InputError, match="entre un fichier et une base partagée"):
        move(source=str(file), target=str(tmp_path / "autre"))
    replica = filled.client("Salma").file
    with pytest.raises(InputError, match="répond encore"):
        move(source=str(replica), target=filled.server.url(filled.server.new_database()))


def test_who_joined_it_empty_has_all_of_it_afterwards(shared: SharedOffice, file: Path) -> None:
    salma = shared.client("Salma")
    salma.step()
    assert move(source=str(file), target=shared.url).rows > 200
    salma.run(lambda work: work.insert("institution", name="Écrit entre-temps"))
    shared.settle(salma)
    found = shared.agree(salma)
    assert len(found["institution"]) > 5
    assert "Écrit entre-temps" in {row["name"] for row in found["institution"].values()}


def test_nothing_is_sent_into_an_office_that_is_being_moved(
    shared: SharedOffice, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    salma = shared.client("Salma")
    salma.step()
    compare = stored.compare

    def meanwhile(*of: Any) -> int:
        salma.run(lambda work: work.insert("institution", name="Écrit entre-temps"))
        assert salma.step().status is LineStatus.OFFLINE
        return compare(*of)

    monkeypatch.setattr(stored, "compare", meanwhile)
    assert move(source=str(file), target=shared.url).rows > 200
    shared.settle(salma)
    names = {row["name"] for row in shared.agree(salma)["institution"].values()}
    assert "Écrit entre-temps" in names


def test_an_office_that_was_written_in_is_no_empty_target(shared: SharedOffice, file: Path) -> None:
    """Nothing is in it any more, but its journal tells what was, and goes on for who joined it."""
    salma = shared.client("Salma")
    made = salma.run(lambda work: work.insert("institution", name="Essai"))
    shared.settle(salma)
    salma.run(lambda work: work.delete("institution", made))
    shared.settle(salma)
    with pytest.raises(InputError, match="contient déjà un office"):
        move(source=str(file), target=shared.url)
    assert shared.client("Driss").step().status is LineStatus.CONNECTED


def test_a_move_that_failed_midway_is_seen_and_begun_anew(
    server: TestServer, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = server.new_database()
    address = server.url(database)

    def fail(*_: object) -> Iterator[None]:
        raise KeyboardInterrupt

    monkeypatch.setattr(stored, "compare", fail)
    with pytest.raises(KeyboardInterrupt):
        move(source=str(file), target=address)
    monkeypatch.undo()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(InputError, match="pas complète"):
        move(source=address, target=str(tmp_path / "retour"))
    assert not (tmp_path / "retour").exists()
    assert move(source=str(file), target=address).rows > 200


@pytest.mark.parametrize("change", ["title = title || '.'", "updated_at = updated_at + '1 us'"])
def test_a_row_that_differs_is_found(
    server: TestServer, file: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    address, compare = server.url(server.new_database()), stored.compare

    def spoilt(source: Any, target: Any) -> int:
        one = "WHERE id = (SELECT min(id) FROM commitment)"
        target.execute(text(f"UPDATE commitment SET {change} {one}"))
        return compare(source, target)

    monkeypatch.setattr(stored, "compare", spoilt)
    with pytest.raises(InputError, match=r"n’est pas la même des deux côtés \(commitment"):
        move(source=str(file), target=address)


def test_the_same_place_and_nothing_at_all_are_refused(file: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="la même base"):
        move(source=str(file), target=str(file))
    with pytest.raises(InputError, match="pas de base"):
        move(source=str(tmp_path / "rien"), target="postgresql://pan@127.0.0.1:1/x")
    assert moving.SAME


def test_commands_work_on_a_shared_office_and_without_its_server(
    shared: SharedOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    salma = shared.client("Salma")
    assert command(["--database", shared.url, "demo"], here) == 0
    salma.step()
    assert len(salma.rows()["meeting"]) == len(shared.rows()["meeting"]) > 0
    shared.server.sql(f'ALTER DATABASE "{shared.database}" ALLOW_CONNECTIONS false')
    capsys.readouterr()
    assert command(["--database", shared.url, "meetings"], here) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == len(salma.rows()["meeting"])
    assert "hors ligne" in said.err
    shared.server.sql(f'ALTER DATABASE "{shared.database}" ALLOW_CONNECTIONS true')
    assert command(["--database", shared.url, "shared"], here) == 0
    assert "permet de lire, d’écrire et d’administrer" in capsys.readouterr().out
    assert sample.MARK


def test_an_office_is_made_by_a_command_once(
    server: TestServer, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    address = server.url(server.new_database())
    assert command(["--database", address, "meetings"], here) == 2
    assert "shared --create" in capsys.readouterr().err
    assert command(["--database", address, "shared", "--create"], here) == 0
    first = capsys.readouterr().out
    assert command(["--database", address, "shared", "--create"], here) == 0
    assert capsys.readouterr().out == first
    assert command(["--database", str(tmp_path / "f"), "shared"], here) == 2
