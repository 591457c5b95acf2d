"""`pan-desktop search`: what it finds, as lines and as data, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.__main__ import main
from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.office import Office
from pan_desktop.command_line import ONLY_READ
from pan_desktop.domain.errors import StoreFullError
from tests.builders import dump, filled_database
from tests.disks import fill, make_room, small_disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a way to run the program on the sample."""
    file = tmp_path / "base.sqlite3"
    file.write_bytes(filled_database())

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(["--database", str(file), *words])
        except SystemExit as end:
            code = int(end.code or 0)
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def data(run: Run, *words: str) -> list[dict[str, Any]]:
    code, out, err = run("search", *words, "--json")
    assert (code, err) == (0, "")
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_lines_say_what_was_found_and_where(run: Run) -> None:
    code, out, err = run("search", "MAQUETTES portail")
    assert (code, err) == (0, "")
    (line,) = out.splitlines()
    title, excerpt = line.split("\t")
    assert title == "Point retenu, réunion du jeudi 16 octobre 2025"
    assert "La maquette du portail" in excerpt


def test_data_says_where_the_words_lie(run: Run) -> None:
    (hit,) = data(run, "maquette portail")
    assert [hit["excerpt"][start:end] for start, end in hit["lit"]] == ["maquette", "portail"]
    assert (hit["kind"], hit["table"], hit["day"]) == ("point", "conclusion", "2025-10-16")
    assert hit["meeting"]
    assert hit["id"]
    assert hit["plan"]


def test_nothing_found_is_no_error(run: Run) -> None:
    assert run("search", "hippopotame") == (0, "", "")
    assert data(run, "hippopotame") == []


def test_options_narrow_what_is_found(run: Run) -> None:
    everything = data(run, "données", "--nombre", "200")
    days = {hit["day"] for hit in everything if hit["day"]}
    assert len(days) > 1
    first, last = min(days), max(days)
    french = "/".join(reversed(first.split("-")))
    until = data(run, "données", "--au", french, "--nombre", "200")
    assert {hit["day"] for hit in until} == {first}
    after = data(run, "données", "--du", "/".join(reversed(last.split("-"))))
    assert {hit["day"] for hit in after} == {last}
    numbers = {hit["commitment"] for hit in everything} - {None}
    number = min(numbers)
    own = data(run, "données", "--engagement", str(number))
    assert {hit["commitment"] for hit in own if hit["kind"] != "person"} == {number}
    plan = everything[-1]["plan"]
    of_plan = data(run, "données", "--plan", plan)
    assert {hit["plan"] for hit in of_plan if hit["kind"] != "person"} == {plan}
    assert len(data(run, "données", "--nombre", "2")) == 2
    kinds = {hit["kind"] for hit in data(run, "", "--decisions", "--actions-ouvertes")}
    assert kinds <= {"decision", "action"}


def test_a_person_is_named_by_any_part_of_her_name(run: Run) -> None:
    (person, *_) = [hit for hit in data(run, "archives") if hit["kind"] == "person"]
    name = person["title"].split(" ", 1)[1]
    hits = data(run, "", "--personne", name.upper(), "--nombre", "200")
    assert person["id"] in {hit["id"] for hit in hits}
    assert {"meeting", "progress"} <= {hit["kind"] for hit in hits}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "il manque TEXTE"),
        (("a", "--du", "2020-12-21"), "la date s’écrit comme 21/12/2020"),
        (("a", "--au", "32/12/2020"), "la date s’écrit comme 21/12/2020"),
        (("a", "--engagement", "sept"), "le nombre attendu est entier"),
        (("a", "--engagement", "²"), "le nombre attendu est entier"),
        (("a", "--nombre", "0"), "le nombre attendu est entier"),
        (("a", "--engagement", "999"), "Aucun plan n’a d’engagement 999"),
        (("a", "--plan", "1999"), "Aucun plan ne porte le libellé « 1999 »"),
        (("a", "--personne", "Inconnue"), "Aucune personne ne s’appelle « Inconnue »"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    before = dump(tmp_path / "base.sqlite3")
    code, out, err = run("search", *words)
    assert (code, out) == (2, "")
    (sentence,) = err.splitlines()
    assert told in sentence
    assert sentence.endswith(".")
    assert dump(tmp_path / "base.sqlite3") == before


@pytest.mark.parametrize("text", ['"', "* AND (", "\udcff", "", "-"])
def test_any_text_may_be_sought(run: Run, text: str) -> None:
    assert run("search", text) == (0, "", "")


def test_help_is_in_french(run: Run) -> None:
    code, out, _ = run("search", "--help")
    assert code == 0
    assert "--actions-ouvertes" in out
    assert "search" in run("--help")[1]


def write(work: UnitOfWork, *, name: str) -> None:
    work.insert("institution", name=name)


KILLED = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute("UPDATE conclusion SET text = 'La passerelle est ouverte.' WHERE text LIKE '%maquette%'")
c.commit()
os._exit(0)
"""


@pytest.mark.parametrize("index", [True, False], ids=["log and its index", "log only"])
def test_a_full_disk_keeps_nobody_from_searching(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], index: bool
) -> None:
    with small_disk(tmp_path / "disque", "6m") as disk:
        file = disk / "base.sqlite3"
        file.write_bytes(filled_database())
        # What is not indexed yet, as a window leaves it that was killed.
        subprocess.run([sys.executable, "-c", KILLED, str(file)], check=True)
        if not index:
            file.with_name(f"{file.name}-shm").unlink()
        fill(disk)
        assert main(["--database", str(file), "search", "passerelle"]) == 0
        told = capsys.readouterr()
        assert "La passerelle est ouverte." in told.out
        assert told.err.splitlines() == [ONLY_READ]
        assert main(["--database", str(file), "meetings"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 3


def test_what_writes_is_refused_where_a_full_disk_lets_nothing_but_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_disk(tmp_path / "disque", "6m") as disk:
        file = disk / "base.sqlite3"
        file.write_bytes(filled_database())
        fill(disk)
        before = file.read_bytes()
        assert main(["--database", str(file), "demo"]) == 2
        (sentence,) = capsys.readouterr().err.splitlines()
        assert sentence.startswith("Le disque est plein")
        assert file.read_bytes() == before
        # Who goes on with the same office writes as soon as there is room.
        office = Office(str(file))
        assert len(office.run(list_meetings).result) == 3
        with pytest.raises(StoreFullError):
            office.run(write, name="Archives")
        make_room(disk)
        office.run(write, name="Archives")
        office.close()
        assert "Archives" in {row["name"] for row in dump(file)["institution"]}
