"""The command line: what it prints, what it refuses, and that a refusal changes nothing."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.__main__ import default_database, main
from pan_desktop.app import minutes, releve
from tests.app.test_workbooks import edited
from tests.builders import dump, sample, sample_bytes
from tests.disks import small_disk
from tests.seed_text import (
    expected_blocks,
    expected_cells,
    needs_seed,
    read_back,
    seed_bytes,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent


class Terminal:
    """A terminal in which the program is run on a database of the test's own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.database = folder / "base.sqlite3"
        self._capture = capture

    def run(self, *arguments: object, database: object = None) -> tuple[int, str, str]:
        """Run a command; return its exit code, output and errors."""
        self._capture.readouterr()
        words = ["--database", str(database or self.database), *map(str, arguments)]
        try:
            code = main(words)
        except SystemExit as end:
            code = int(end.code or 0)
        output = self._capture.readouterr()
        return code, output.out, output.err

    def done(self, *arguments: object) -> str:
        """Run a command that must succeed; return the last line it printed."""
        code, out, err = self.run(*arguments)
        assert code == 0, err
        return out.splitlines()[-1]

    def told(self, *arguments: object) -> str:
        """Run a command that must succeed; return all it printed."""
        code, out, err = self.run(*arguments)
        assert code == 0, err
        return out.rstrip("\n")

    def refused(self, *arguments: object, database: object = None) -> str:
        """Run a command that must be refused with one sentence; return the sentence."""
        code, out, err = self.run(*arguments, database=database)
        assert (code, out) == (2, "")
        (sentence,) = err.splitlines()
        assert sentence.endswith(".")
        assert "Traceback" not in sentence
        return sentence

    def file(self, data: object, name: str = "releve.json") -> Path:
        """Write a file to import: data as JSON, bytes as they are."""
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        return path


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, capsys)


# What it does ------------------------------------------------------------------------------


@needs_seed
def test_the_seed_comes_out_as_it_was_written(terminal: Terminal) -> None:
    meeting = terminal.done("import", terminal.file(seed_bytes()))
    target = terminal.folder / "out.docx"
    terminal.done("export", meeting, "-o", target, "--style", "fidele")
    blocks, rows = read_back(target)
    assert len(blocks) == 43
    assert blocks == expected_blocks()
    assert sum(map(len, rows)) == 36
    assert rows == expected_cells()


def test_any_meeting_comes_out_as_it_was_told_and_as_data(terminal: Terminal) -> None:
    meeting = terminal.done("import", terminal.file(sample()))
    target, data = terminal.folder / "out.docx", terminal.folder / "out.json"
    assert terminal.done("export", meeting, "-o", target) == str(target)
    terminal.done("export", meeting, "-o", data)
    assert read_back(target) == told(sample())
    assert json.loads(data.read_bytes()) == sample()


def test_the_careful_style_changes_the_programs_words_only(terminal: Terminal) -> None:
    meeting = terminal.done("import", terminal.file(sample()))
    target = terminal.folder / "out.docx"
    terminal.done("export", meeting, "-o", target, "--style", "soigne")
    blocks, rows = read_back(target)
    faithful, table = told(sample())
    faithful[2] += " :"
    close = [re.sub(r"\s", "", block.replace("Mme.", "Mme")) for block in faithful]
    assert [re.sub(r"\s", "", block) for block in blocks] == close
    assert "(à 9 h)" in blocks[3]
    assert any(block.startswith("- Mme ") for block in blocks)
    assert any(block.endswith(" %") for block in blocks)
    assert rows[0][1] == "État d'avancement"
    assert [row[2] for row in rows[1:]] == [row[2] for row in table[1:]]


def test_the_same_file_twice_makes_one_meeting(terminal: Terminal) -> None:
    file = terminal.file(sample())
    first = terminal.done("import", file)
    before = dump(terminal.database)
    code, out, err = terminal.run("import", file)
    assert (code, out) == (0, f"{first}\n")
    assert "déjà" in err
    assert dump(terminal.database) == before


def test_meetings_are_listed_with_identifier_date_and_body(terminal: Terminal) -> None:
    meeting = terminal.done("import", terminal.file(sample()))
    code, out, _ = terminal.run("meetings")
    assert (code, out) == (0, f"{meeting}\t{sample()['date']}\t{sample()['body']}\n")


def test_the_demonstration_fills_an_empty_database_once(terminal: Terminal) -> None:
    code, out, _ = terminal.run("demo")
    assert code == 0
    listed = terminal.run("meetings")[1]
    assert sorted(out.split()) == sorted(line.split("\t")[0] for line in listed.splitlines())
    for meeting in out.split():
        terminal.done("export", meeting, "-o", terminal.folder / f"{meeting}.docx")
    before = dump(terminal.database)
    terminal.refused("demo")
    assert dump(terminal.database) == before


@pytest.mark.parametrize("command", [[], ["import"], ["meetings"], ["export"], ["demo"]])
def test_help_is_in_french(terminal: Terminal, command: list[str]) -> None:
    code, out, err = terminal.run(*command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Emploi\u00a0: pan-desktop")
    assert "usage" not in out
    assert "show this help" not in out


def test_the_help_of_every_command_has_french_headings(terminal: Terminal) -> None:
    listed = terminal.run("--help")[1]
    names = re.findall(r"^    (\w+) ", listed, re.MULTILINE)
    assert {"import", "restore", "move", "personne"} <= set(names)
    for name in [[], *([name] for name in names)]:
        out = terminal.run(*name, "--help")[1]
        headings = re.findall(r"^(\w+\s?):$", out, re.MULTILINE)
        assert "Options\u00a0" in headings
        assert set(headings) <= {"Options\u00a0", "Arguments\u00a0", "Commandes\u00a0"}
        assert not re.search("[\\w»)] [:;!?»]|« ", out)  # none that a line could break at


def test_the_default_database_is_in_the_users_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Path(default_database()).is_relative_to(tmp_path) or sys.platform != "linux"


def test_the_program_runs_without_loading_qt_in_a_terminal(tmp_path: Path) -> None:
    script = (
        "import sys; from pan_desktop.__main__ import main; "
        f"main(['--database', {str(tmp_path / 'b.db')!r}, 'meetings']); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


# What it refuses ---------------------------------------------------------------------------


def _with(**changes: Any) -> Callable[[dict[str, Any]], object]:
    return lambda data: {**data, **changes}


def _percent(data: dict[str, Any]) -> object:
    data["progress"]["rows"][0]["percent"] = 140
    return data


def _unknown(data: dict[str, Any]) -> object:
    data["participants"][0]["commitments"].append(9999)
    return data


WRONG = {
    "cut": lambda data: json.dumps(data).encode()[:500],
    "other format": _with(format="releve/9"),
    "unknown commitment": _unknown,
    "a percent of 140": _percent,
    "31 February": _with(date="2021-02-31"),
    "no JSON": lambda _data: b"PK\x03\x04",
    "empty": lambda _data: b"",
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_file_gets_one_sentence_and_changes_nothing(
    terminal: Terminal, wrong: Callable[[dict[str, Any]], object]
) -> None:
    terminal.done("import", terminal.file(sample()))
    before = dump(terminal.database)
    sentence = terminal.refused("import", terminal.file(wrong(sample()), "autre.json"))
    assert "Rien n’a été importé" in sentence
    assert dump(terminal.database) == before


def test_a_second_meeting_of_a_body_at_the_same_hour_is_refused(terminal: Terminal) -> None:
    terminal.done("import", terminal.file(sample()))
    before = dump(terminal.database)
    other = {**sample(), "place": "Ailleurs"}
    assert "déjà" in terminal.refused("import", terminal.file(other, "autre.json"))
    assert dump(terminal.database) == before


def test_an_unknown_meeting_file_or_kind_is_refused(terminal: Terminal) -> None:
    terminal.done("demo")
    assert "identifiant" in terminal.refused("export", "0", "-o", terminal.folder / "a.docx")
    assert "lu" in terminal.refused("import", terminal.folder / "absent.json")
    assert ".json" in terminal.refused("import", terminal.file(sample(), "a.txt"))
    meeting = terminal.run("meetings")[1].split("\t")[0]
    assert ".docx" in terminal.refused("export", meeting, "-o", terminal.folder / "a.odt")


def test_a_relevé_is_written_in_every_form_without_a_screen(tmp_path: Path) -> None:
    # A process of its own: Qt is started by the command, and there is no screen.
    script = (
        "import sys; from pan_desktop.__main__ import main; base, folder = sys.argv[1:]; "
        "main(['--database', base, 'demo']); "
        "meeting = __import__('sqlite3').connect(base).execute('SELECT id FROM meeting')"
        ".fetchone()[0]; "
        "sys.exit(max(main(['--database', base, 'export', meeting, '-o', f'{folder}/a{kind}', "
        "'--style', 'soigne']) for kind in ('.pdf', '.html', '.txt')))"
    )
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "b.db"), str(tmp_path)],
        env={k: v for k, v in os.environ.items() if k not in screens},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert "État d’avancement" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "État d’avancement" in (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_the_other_papers_are_written(terminal: Terminal) -> None:
    meeting = terminal.done("demo").split()[-1]
    folder = terminal.folder
    for what, name in (
        ("convocation", "c.docx"),
        ("convocation", "c.eml"),
        ("convocation", "c.ics"),
        ("presence", "p.pdf"),
        ("non-representes", "n.html"),
    ):
        out = terminal.done("paper", meeting, what, "-o", folder / name, "--auteur", "N. T.")
        assert out == str(folder / name)
        assert (folder / name).stat().st_size > 200
    out = terminal.told("paper", meeting, "lettres", "-o", folder / "L", "--style", "soigne")
    assert [Path(line).parent for line in out.splitlines()] == [folder / "L"]
    assert "« lettres »" in terminal.refused("paper", meeting, "menu", "-o", folder / "a.docx")
    assert "dossier" in terminal.refused("paper", meeting, "lettres", "-o", folder / "a.docx")
    assert "identifiant" in terminal.refused("paper", "0", "presence", "-o", folder / "a.docx")


def test_who_makes_a_pdf_is_one_of_two(terminal: Terminal) -> None:
    said = terminal.refused("export", "x", "-o", terminal.folder / "a.pdf", "--pdf", "word")
    assert "« pages » ou « libreoffice »" in said


@pytest.mark.parametrize(
    "words",
    [
        ["exporte"],
        ["export"],
        ["export", "x", "-o"],
        ["import"],
        ["export", "x", "-o", "y.docx", "--style", "beau"],
    ],
)
def test_a_command_not_understood_is_answered_in_french(
    terminal: Terminal, words: list[str]
) -> None:
    assert terminal.refused(*words).startswith("Commande non comprise")


def test_a_wrong_file_makes_no_database(terminal: Terminal) -> None:
    terminal.refused("import", terminal.file(b"{"))
    assert not terminal.database.exists()


def test_a_file_too_large_for_a_relevé_is_refused(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = terminal.file(sample())
    monkeypatch.setattr(releve, "LARGEST", file.stat().st_size - 1)
    assert "trop gros" in terminal.refused("import", file)
    monkeypatch.setattr(releve, "LARGEST", file.stat().st_size)
    terminal.done("import", file)


def test_an_identifier_that_is_no_text_is_refused(terminal: Terminal) -> None:
    terminal.refused("export", "\udcff", "-o", terminal.folder / "a.docx")


def test_an_empty_database_name_is_not_the_users_own_database(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(terminal.folder))
    assert main(["--database", "", "demo"]) == 2
    assert list(terminal.folder.iterdir()) == []


@pytest.mark.parametrize("address", ["postgresql+absent://pan:secret@host/base", "sqlite://"])
def test_an_address_that_cannot_be_opened_is_refused(terminal: Terminal, address: str) -> None:
    assert "secret" not in terminal.refused("meetings", database=address)


# The terminal ------------------------------------------------------------------------------


def _program(folder: Path, *words: str, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pan_desktop", "--database", str(folder / "base.sqlite3")]
    environment = {**os.environ, **settings.pop("environment", {})}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **settings}
    return subprocess.run([*command, *words], cwd=ROOT, env=environment, check=False, **options)


def test_a_terminal_without_accents_gets_plain_letters(tmp_path: Path) -> None:
    plain = {"PYTHONIOENCODING": "ascii"}
    assert _program(tmp_path, "demo").returncode == 0
    listed = _program(tmp_path, "meetings", environment=plain)
    assert (listed.returncode, listed.stderr) == (0, b"")
    assert b"\tComite d'" in listed.stdout
    refused = _program(tmp_path, "import", "absent.json", environment=plain)
    assert refused.returncode == 2
    assert refused.stderr.startswith(
        b'" absent.json " ne peut pas etre lu : rien n\'a ete importe.'
    )
    assert b"Ecrit le releve" in _program(tmp_path, "export", "--help", environment=plain).stdout


@pytest.mark.skipif(os.name != "posix", reason="a pipe of POSIX")
@pytest.mark.parametrize("words", [["meetings"], ["--help"], ["--version"]])
def test_a_reader_that_left_is_no_error(tmp_path: Path, words: list[str]) -> None:
    assert _program(tmp_path, "demo").returncode == 0
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        ended = _program(tmp_path, *words, stdout=pipe)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_result_that_cannot_be_shown_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = _program(tmp_path, "demo", stdout=full)
    assert ended.returncode == 2
    (sentence,) = ended.stderr.decode().splitlines()
    assert "ce qui était demandé est fait" in sentence
    assert _program(tmp_path, "meetings").stdout


def test_a_refusal_is_no_result_even_where_nobody_reads_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert terminal.run("import", "absent.json") == (2, "", "")


def test_ctrl_c_says_what_was_kept(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(minutes, "save_outline", interrupted)
    code, out, err = terminal.run("import", terminal.file(sample()))
    assert (code, out) == (130, "")
    assert err.startswith("Interrompu")
    assert not dump(terminal.database)["meeting"]


# The machine's refusals --------------------------------------------------------------------


@pytest.mark.parametrize("extension", ["docx", "json"])
def test_an_unwritable_place_is_refused_and_what_stood_there_kept(
    terminal: Terminal, extension: str
) -> None:
    meeting = terminal.done("import", terminal.file(sample()))
    plain_file = terminal.folder / "fichier"
    plain_file.write_text("x")
    terminal.refused("export", meeting, "-o", plain_file / f"a.{extension}")
    terminal.refused("export", meeting, "-o", terminal.folder / "absent" / f"a.{extension}")
    folder = terminal.folder / f"dossier.{extension}"
    folder.mkdir()
    terminal.refused("export", meeting, "-o", folder)
    assert sorted(p.name for p in terminal.folder.iterdir() if p.name.startswith(".")) == []


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of its own with hardly any room, where that may be made."""
    with small_disk(tmp_path / "disque", "64k") as disk:
        yield disk


@pytest.mark.parametrize("extension", ["docx", "json"])
def test_a_full_disk_is_told_and_the_old_file_kept(
    terminal: Terminal, full_disk: Path, extension: str
) -> None:
    meeting = terminal.done("import", terminal.file(sample()))
    target = full_disk / f"releve.{extension}"
    target.write_bytes(b"ancien")
    (full_disk / "plein").write_bytes(bytes(60_000))
    assert "place" in terminal.refused("export", meeting, "-o", target)
    assert target.read_bytes() == b"ancien"
    assert sorted(p.name for p in full_disk.iterdir()) == ["plein", target.name]


def test_a_full_disk_leaves_no_half_of_an_import(terminal: Terminal, full_disk: Path) -> None:
    database = full_disk / "base.sqlite3"
    sentence = terminal.refused("import", terminal.file(sample()), database=database)
    assert "plein" in sentence or "disque" in sentence
    found = dump(database) if database.exists() and database.stat().st_size else {}
    assert not found.get("meeting")
    assert not found.get("person")


def test_a_newer_database_is_left_alone(terminal: Terminal) -> None:
    terminal.done("import", terminal.file(sample()))
    with closing(sqlite3.connect(terminal.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = terminal.database.read_bytes()
    assert "plus récente" in terminal.refused("meetings")
    assert "plus récente" in terminal.refused("import", terminal.file(sample()))
    assert terminal.database.read_bytes() == before


@pytest.mark.parametrize("content", [b"Ceci n'est pas une base.\n" * 99, b"SQLite format 3\0" * 99])
def test_a_file_that_is_no_database_is_left_alone(terminal: Terminal, content: bytes) -> None:
    terminal.database.write_bytes(content)
    assert "base" in terminal.refused("meetings")
    assert terminal.database.read_bytes() == content


def test_what_word_cannot_hold_is_left_out_and_told(terminal: Terminal) -> None:
    data = sample()
    data["place"] = "Salle\x07 <A> & \u202bقاعة\u202c 🏛 ]]>"
    data["participants"][0]["name"] = "Zoé <b>\x00&amp; نور الدين 🙂"
    meeting = terminal.done("import", terminal.file(data))
    target = terminal.folder / "out.docx"
    code, _, err = terminal.run("export", meeting, "-o", target)
    assert code == 0
    assert "invisibles" in err
    text = "\n".join(read_back(target)[0])
    assert "Salle <A> & \u202bقاعة\u202c 🏛 ]]>" in text
    assert "Zoé <b>&amp; نور الدين 🙂" in text
    terminal.done("export", meeting, "-o", terminal.folder / "out.json")
    assert json.loads((terminal.folder / "out.json").read_bytes()) == data


def test_the_sample_is_invented() -> None:
    if not ROOT.parent.joinpath("shared", "seed").is_dir():
        pytest.skip("the seed is not beside the repository")
    names = {person["name"] for person in json.loads(seed_bytes())["participants"]}
    families = {word.casefold() for name in names for word in name.split()[1:] if len(word) > 2}
    own = {
        word.casefold()
        for name in ("releve-2025-10-16.json", "releve-2026-04-14.json", "releve-2026-10-14.json")
        for person in json.loads(sample_bytes(name))["participants"]
        for word in person["name"].split()[1:]
    }
    assert not families & own


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_window_says_so() -> None:
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {key: value for key, value in os.environ.items() if key not in screens}
    command = [sys.executable, "-m", "pan_desktop", "--database", "absent.sqlite3"]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("La fenêtre ne peut pas s’ouvrir")
    assert not (ROOT / "absent.sqlite3").exists()


# Between the meetings ---------------------------------------------------------------------


def test_forms_go_out_and_come_back(terminal: Terminal) -> None:
    terminal.done("demo")
    for command, name in (("plans", "plans.xlsx"), ("roster", "personnes.xlsx")):
        target = terminal.folder / name
        assert terminal.done(command, "-o", target) == str(target)
        assert terminal.told("import", target, "--preview") == ""
        assert terminal.done("import", target) == "0 cellules changées, 0 lignes nouvelles"
    grid = terminal.folder / "grille.xlsx"
    terminal.done("progress", "-o", grid)
    assert terminal.told("import", grid, "--preview") == ""
    rates = terminal.folder / "taux.csv"
    terminal.done("progress", "-o", rates)
    assert rates.read_text(encoding="utf-8-sig").startswith("plan,axe,engagement,")


def test_a_damaged_form_is_told_cell_by_cell(terminal: Terminal) -> None:
    terminal.done("demo")
    target = terminal.folder / "plans.xlsx"
    terminal.done("plans", "-o", target)
    wrong = edited(target, "Engagements", {"B8": "sept", "F3": -1})
    for option in ((), ("--preview",)):
        code, out, err = terminal.run("import", wrong, *option)
        assert (code, out) == (2, "")
        lines = err.splitlines()
        assert lines[0].startswith("Engagements B8 : «\u00a0sept\u00a0» n’est pas un nombre entier")
        assert lines[1].startswith("Engagements B3 : Le poids d’un engagement")
        assert "rien n’a été changé" in lines[2]
    assert "aperçu" in terminal.refused("import", terminal.file(sample()), "--preview")


def test_actions_and_progress_are_told_to_scripts(terminal: Terminal) -> None:
    terminal.done("demo")
    told = json.loads(terminal.told("actions", "--json"))
    assert [one["standing"] for one in told[:2]] == ["kept_late", "overdue"]
    assert told[1]["owner"] == "Mme Nadia EL FERTALI"
    assert len(terminal.told("actions").splitlines()) == len(told)
    plan, past = json.loads(terminal.told("progress", "--json"))
    assert (past["plan"], past["overall"]) == ("2021-2023", [])
    assert past["commitments"][0]["history"][0]["by"] == ["M. Youssef BELGHAMRI, point focal"]
    assert [at["percent"] for at in plan["overall"]] == [55, 63, 72]
    seventh = next(one for one in plan["commitments"] if one["number"] == 7)
    assert [said["percent"] for said in seventh["history"]] == [15, 15, 30]
    assert seventh["history"][-1]["by"] == ["M. Karim OUARGHI"]
    assert "--json" in terminal.refused("progress")


def test_the_evidence_of_a_meeting_is_one_folder_or_zip(terminal: Terminal) -> None:
    terminal.done("demo")
    meeting = terminal.told("meetings").splitlines()[0].split("\t")[0]
    made = terminal.done("evidence", meeting, "-o", terminal.folder)
    assert Path(made).name == "2026-10-14_PAN-2024-2027_03"
    assert "existe déjà" in terminal.refused("evidence", meeting, "-o", terminal.folder)
    assert terminal.done("evidence", meeting, "-o", terminal.folder / "a.zip").endswith("a.zip")
    assert "Aucune réunion" in terminal.refused("evidence", "inconnue", "-o", terminal.folder)
    calendar = terminal.folder / "comite.ics"
    terminal.done("calendar", "-o", calendar)
    assert b"BEGIN:VCALENDAR" in calendar.read_bytes()


def test_templates_are_added_listed_used_written_and_removed(terminal: Terminal) -> None:
    from tests.documents.docx.houses import letterhead

    meeting = terminal.done("demo")
    file = terminal.folder / "papier.docx"
    file.write_bytes(letterhead())
    code, out, err = terminal.run("templates", "--ajouter", file, "--nom", "Papier")
    assert (code, out) == (0, "Papier\tfr\t\tpapier.docx\n")
    assert "« Tableau relevé » manque au modèle" in err
    plain, dressed = terminal.folder / "nu.docx", terminal.folder / "habille.docx"
    terminal.done("export", meeting, "-o", plain)
    terminal.done("export", meeting, "-o", dressed, "--template", "papier")
    assert read_back(plain) != read_back(dressed)
    code, _, err = terminal.run("export", meeting, "-o", plain, "--template", file)
    assert code == 0
    assert "« Tableau relevé » manque au modèle" in err
    assert read_back(plain) == read_back(dressed)
    out_again = terminal.folder / "repris.docx"
    terminal.done("templates", "--nom", "Papier", "-o", out_again)
    assert out_again.read_bytes() == letterhead()
    assert terminal.run("templates", "--supprimer", "Papier") == (0, "", "")


@pytest.mark.parametrize(
    "words",
    [
        ("templates", "--supprimer", "Absent"),
        ("templates", "--nom", "Absent", "-o", "x.docx"),
        ("templates", "--ajouter", "absent.docx"),
    ],
)
def test_templates_that_are_not_there_are_refused(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    terminal.done("demo")
    code, out, err = terminal.run(*words)
    assert (code, out) == (2, "")
    assert "bsent" in err
