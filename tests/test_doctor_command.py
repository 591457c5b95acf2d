"""`pan-desktop doctor`: what is wrong with the database, repairs, and what is recovered."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from pan_desktop.__main__ import main
from tests.builders import dump, lived_database
from tests.soak.damaging import PAGE
from tests.store.health.test_doctor import spoil
from tests.store.health.test_recovery import overwrite, pages_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "base.sqlite3"
    file.touch(0o600)
    file.write_bytes(lived_database())
    return file


@pytest.fixture
def run(database: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["--database", str(database), "doctor", *map(str, words)])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def test_a_sound_database_ends_with_0(run: Run) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert out.startswith("note : Il n’existe aucune copie")


def test_what_is_wrong_ends_with_1_until_it_is_repaired(run: Run, database: Path) -> None:
    spoil(database, "DROP INDEX ix_conclusion_parent_id")
    code, out, _ = run()
    assert code == 1
    assert out.startswith("attention : Une mise à niveau de la base s’est arrêtée à moitié")
    code, out, err = run("--repair")
    assert code == 0
    assert "avant réparation" in err
    assert "Réparé : Une mise à niveau" in err
    assert run()[:2] == (0, "Rien d’anormal n’a été trouvé.\n")


def test_findings_as_data(run: Run, database: Path) -> None:
    spoil(database, "DELETE FROM person WHERE rowid = 1")
    code, out, _ = run("--json")
    found = json.loads(out)
    assert code == 1
    assert found[0]["constat"] == "references"
    assert found[0]["gravite"] == "grave"
    assert found[0]["reparable"] is False


def test_a_damaged_database_is_recovered_beside_itself(run: Run, database: Path) -> None:
    before = dump(database)
    overwrite(database, 1, bytes(PAGE))
    spoilt = database.read_bytes()
    assert run()[0] == 1
    target = database.with_name("neuve.sqlite3")
    code, out, err = run("--recover", target)
    assert code == 0
    assert "Tout ce que la base contenait a été récupéré." in out
    assert "neuve - rapport.txt" in err
    assert dump(target) == before
    assert database.read_bytes() == spoilt
    if os.name == "posix":
        written = (target, target.parent / "neuve - rapport.txt")
        assert {file.stat().st_mode & 0o777 for file in written} == {0o600}
    code, _, err = run("--recover", target)
    assert code == 2
    assert "existe déjà" in err


def test_what_could_not_be_saved_ends_with_1(run: Run, database: Path) -> None:
    spoil(database, "DELETE FROM step")
    overwrite(database, pages_of(database, "conclusion")[-1], bytes(PAGE))
    code, out, _ = run("--recover", database.with_name("neuve.sqlite3"), "--json")
    told = json.loads(out)
    assert code == 1
    assert told["complet"] is False
    assert any("(points retenus) manquent" in line for line in told["messages"])


def test_nothing_to_save_ends_with_2(run: Run, database: Path) -> None:
    database.write_bytes(b"Bonjour. " * 900)
    assert run()[0] == 1
    code, _, err = run("--recover", database.with_name("neuve.sqlite3"))
    assert code == 2
    assert "ne contient rien" in err
    assert not database.with_name("neuve.sqlite3").exists()
