"""``pan-desktop backup`` and ``restore``: what is copied, told, and put back."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app.office import Office
from pan_desktop.domain.backups import Why
from pan_desktop.domain.model import Civility
from pan_desktop.store.safety.copies import copies
from tests.builders import content, dump, filled_database, sample
from tests.test_command_line import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    made = Terminal(tmp_path, capsys)
    made.database.write_bytes(filled_database())
    return made


def change(terminal: Terminal) -> None:
    """Add a person, reword two points and delete a meeting."""

    def work(work: UnitOfWork) -> None:
        work.insert("person", civility=Civility.MADAME, name="Zineb AJOUTÉE")
        rows = work._connection.exec_driver_sql(
            "SELECT id FROM conclusion ORDER BY id DESC LIMIT 2"
        ).scalars()
        for row in list(rows):
            work.update("conclusion", row, text="Autre texte.")
        found = work._connection.exec_driver_sql("SELECT id FROM meeting ORDER BY day").scalars()
        work.delete("meeting", found.all()[0])

    office = Office(str(terminal.database))
    office.run(work)
    office.close()


def test_a_copy_is_made_also_while_the_base_is_open(terminal: Terminal) -> None:
    office = Office(str(terminal.database))
    office.run(lambda work: work.insert("institution", name="Ouvert"))
    copy = terminal.done("backup")
    office.close()
    (listed,) = copies(terminal.database)
    assert str(listed.file) == copy
    assert listed.why is Why.BY_HAND
    assert dump(listed.file) == dump(terminal.database)


def test_the_list_says_what_each_copy_holds(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.told("backup", "--list") == ""
    first = terminal.done("backup")
    change(terminal)
    second = terminal.done("backup")
    (tmp_path / "Sauvegardes" / "base 2020-01-01 10h00m00 fermeture.sqlite3").write_bytes(b"x" * 99)
    lines = [line.split("\t") for line in terminal.told("backup", "--list").splitlines()]
    assert [line[-1] for line in lines[:2]] == [second, first]
    assert lines[0][1:4] == ["à la main", "2\u00a0réunions", lines[0][3]]
    assert lines[1][2] == "3\u00a0réunions"
    assert lines[0][4].startswith("modifiée le ")
    assert lines[2][1:3] == ["fermeture", "illisible"]
    data = json.loads(terminal.told("backup", "--list", "--json"))
    assert [row["fichier"] for row in data[:2]] == [second, first]
    assert [row["reunions"] for row in data] == [2, 3, 0]
    assert [row["lisible"] for row in data] == [True, True, False]
    assert data[0]["personnes"] == data[1]["personnes"] + 1


def test_a_folder_can_be_named(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "clé").mkdir()
    copy = terminal.done("backup", "--folder", tmp_path / "clé")
    assert copy.startswith(str(tmp_path / "clé"))
    assert copy in terminal.told("backup", "--list", "--folder", tmp_path / "clé")
    assert copies(terminal.database) == ()
    assert "n’existant plus" in terminal.refused("backup", "--folder", tmp_path / "rien")


def test_without_a_base_there_is_nothing_to_copy(terminal: Terminal, tmp_path: Path) -> None:
    sentence = terminal.refused("backup", database=tmp_path / "autre.db")
    assert "Aucune base n’existe encore" in sentence
    assert not (tmp_path / "autre.db").exists()


def test_what_would_be_lost_is_said_and_nothing_done(terminal: Terminal) -> None:
    copy = terminal.done("backup")
    change(terminal)
    before = dump(terminal.database)
    told = terminal.told("restore", "--preview").splitlines()
    assert told[0].split("\t")[1:3] == ["à la main", "3\u00a0réunions"]
    assert told[1] == "Ne serait plus dans la base\u00a0: 1\u00a0personne (Zineb AJOUTÉE)."
    assert told[2].startswith("Reviendraient à leur état d’alors\u00a0: ")
    assert "points retenus" in told[2]
    assert told[3].startswith("Seraient de nouveau là\u00a0: ")
    # Meetings come first, by their day; what there is much of is told up to some.
    assert ": 1\u00a0réunion (16 octobre 2025), " in told[3]
    assert re.search(r"\d+\u00a0points retenus \(«[^()]+», «[^()]+» et \d+\u00a0autres\)", told[3])
    code, out, err = terminal.run("restore", copy)
    assert (code, out.splitlines()) == (2, told)
    assert "--yes" in err
    assert dump(terminal.database) == before
    assert len(copies(terminal.database)) == 1


def test_a_copy_comes_back_and_the_way_back_from_it_too(terminal: Terminal) -> None:
    then = dump(terminal.database)
    copy = terminal.done("backup")
    change(terminal)
    present = dump(terminal.database)
    code, out, err = terminal.run("restore", "--yes")
    assert (code, out) == (0, f"{terminal.database}\n")
    assert dump(terminal.database) == then
    kept = copies(terminal.database)[0]
    assert kept.why is Why.RESTORE
    assert str(kept.file) in err
    terminal.done("restore", kept.file, "--yes")
    assert dump(terminal.database) == present
    assert terminal.told("restore", copy, "--preview").count("\n") == 3


def test_a_copy_of_what_is_there_loses_nothing(terminal: Terminal) -> None:
    terminal.done("backup")
    assert "Rien ne serait perdu" in terminal.told("restore", "--preview")


def test_a_copy_may_lie_anywhere(terminal: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "reçu par courriel.db"
    shutil.copy(terminal.done("backup"), copy)
    change(terminal)
    terminal.done("restore", copy, "--yes")
    assert terminal.told("meetings").count("\n") == 2


def test_what_cannot_be_restored_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    assert "aucune copie" in terminal.refused("restore", "--yes")
    assert "n’existe pas" in terminal.refused("restore", tmp_path / "rien.db", "--yes")
    (tmp_path / "texte.db").write_text("Bonjour" * 1000)
    assert "endommagé" in terminal.refused("restore", tmp_path / "texte.db", "--yes")
    office = Office(str(terminal.database))
    office.open()
    copy = terminal.done("backup")
    office.run(lambda work: work.insert("institution", name="Depuis la copie"))
    before, kept = dump(terminal.database), terminal.told("backup", "--list")
    assert "ouverte dans un autre programme" in terminal.refused("restore", copy, "--yes")
    assert terminal.told("backup", "--list") == kept
    office.close()
    assert dump(terminal.database) == before


def test_a_damaged_base_comes_back_from_its_newest_good_copy(terminal: Terminal) -> None:
    then = dump(terminal.database)
    terminal.done("backup")
    (terminal.folder / "Sauvegardes" / "base 2099-01-01 10h00m00 fermeture.sqlite3").write_text("x")
    terminal.database.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    assert terminal.run("meetings")[0] == 2
    assert "ne peut pas être lue" in terminal.told("restore", "--preview")
    terminal.done("restore", "--yes")
    assert dump(terminal.database) == then


def test_an_import_is_preceded_by_a_copy(terminal: Terminal) -> None:
    before = content(dump(terminal.database))
    terminal.done("import", terminal.file(sample() | {"date": "2031-02-03"}))
    (copy,) = copies(terminal.database)
    assert copy.why is Why.IMPORT
    assert content(dump(copy.file)) == before


def test_an_import_does_not_begin_without_its_copy(terminal: Terminal, tmp_path: Path) -> None:
    before = dump(terminal.database)
    terminal.database.with_name("base.sqlite3.sauvegardes").write_text(str(tmp_path / "clé"))
    sentence = terminal.refused("import", terminal.file(sample() | {"date": "2031-02-03"}))
    assert "n’existant plus" in sentence
    assert dump(terminal.database) == before


def test_a_base_on_a_server_is_not_copied(terminal: Terminal) -> None:
    sentence = terminal.refused("backup", database="postgresql+psycopg://pan@nulle.part/pan")
    assert "serveur" in sentence
