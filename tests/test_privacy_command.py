"""The commands of trust: the journal, what is kept of a person, and the end of it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pan_desktop.__main__ import main
from tests.builders import dump, filled_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

NAME = "Salma AZROUNI"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    file = tmp_path / "base.sqlite3"
    file.write_bytes(filled_database())
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE attendance SET arrived = '14:00:00.000000'")
        connection.commit()
    return file


@pytest.fixture
def run(base: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a way to run the program on the sample."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(["--database", str(base), *words])
        except SystemExit as end:
            code = int(end.code or 0)
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def test_the_journal_is_told_as_lines_and_as_data(run: Run) -> None:
    code, out, err = run("journal")
    assert (code, err) == (0, "")
    assert "réunions ajoutées" in out
    code, out, err = run("journal", "--personne", NAME, "--json")
    assert (code, err) == (0, "")
    (line,) = json.loads(out)
    assert set(line) == {"sequence", "at", "author", "what", "about"}
    code, out, err = run("journal", "--personne", "Personne INCONNUE")
    assert (code, out) == (2, "")
    assert "INCONNUE" in err


def test_the_journal_is_verified_in_the_base_and_apart(
    run: Run, base: Path, tmp_path: Path
) -> None:
    file = tmp_path / "journal.jsonl"
    assert run("journal", "--export", str(file))[0] == 0
    assert run("journal", "--verify") == run("journal", "--verify", str(file))
    assert run("journal", "--verify")[0] == 0
    with closing(sqlite3.connect(base)) as connection:
        connection.execute("UPDATE plan SET label = 'Autre' WHERE rowid = 1")
        connection.commit()
    code, out, _ = run("journal", "--verify")
    assert code == 1
    assert "Une ligne des plans" in out.replace("\u00a0", " ")
    assert "1 anomalie" in out.replace("\u00a0", " ")
    file.write_text(file.read_text().replace('"author": "', '"author": "X'))
    assert run("journal", "--verify", str(file))[0] == 1


def test_a_purge_is_shown_then_done(run: Run, base: Path) -> None:
    before = dump(base)
    code, out, err = run("purge", "--before", "01/05/2026", "--preview")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 3
    assert dump(base) == before
    code, out, err = run("purge", "--before", "01/05/2026")
    assert code == 0
    assert out.startswith("Détails de présence effacés pour 2")
    assert "sauvegardes" in err
    left = {row["arrived"] for row in dump(base)["attendance"]}
    assert left == {None, "14:00:00.000000"}
    assert "Aucun détail" in run("purge", "--before", "01/05/2026")[1]
    assert run("purge", "--before", "demain")[0] == 2


def test_what_is_held_of_a_person_is_given(run: Run, tmp_path: Path) -> None:
    code, out, err = run("personne", NAME)
    assert (code, err) == (0, "")
    assert json.loads(out)["person"] == f"Mme {NAME}"
    file = tmp_path / "elle.html"
    code, out, err = run("personne", NAME, "--export", str(file))
    assert (code, out.split(), err) == (0, [str(file), str(file.with_suffix(".json"))], "")
    assert NAME in file.read_text()
