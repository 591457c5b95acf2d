"""``pan-desktop import`` on Word files: what is unsure is said, the meeting's identifier last."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pan_desktop.__main__ import main
from tests.builders import content, dump, sample
from tests.documents.word.hand import HANDS, Hand, written
from tests.seed_text import SEED, needs_seed, seed_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import Json

SEED_HAND = HANDS["as the committee's"]


class Terminal:
    """A command line on a database of its own."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capfd = folder, capfd
        self.database = folder / "pan.db"

    def run(self, *words: object) -> tuple[int, list[str], list[str]]:
        try:
            code = main(["--database", str(self.database), *map(str, words)])
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = self._capfd.readouterr()
        return code, out.splitlines(), err.splitlines()

    def exported(self, meeting: str) -> Json:
        file = self.folder / "sortie.json"
        assert self.run("export", meeting, "-o", file, "--replace")[0] == 0
        found: Json = json.loads(file.read_bytes())
        return found

    def file(self, data: Json, hand: Hand = SEED_HAND, name: str = "relevé.docx") -> Path:
        file = self.folder / name
        file.write_bytes(written(data, hand))
        return file


@pytest.fixture
def terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, capfd)


def test_the_last_line_is_the_meetings_identifier(terminal: Terminal) -> None:
    code, out, err = terminal.run("import", terminal.file(sample()))
    assert (code, err) == (0, [])
    assert terminal.exported(out[-1]) == sample()


@needs_seed
def test_the_committees_own_relevé(terminal: Terminal) -> None:
    code, out, _ = terminal.run("import", SEED / "releve-2020-12-21.docx")
    assert code == 0
    assert [line.partition(":")[0] for line in out[:-1]] == [
        "ligne 36\u00a0",
        "ligne 42\u00a0",
        "hors du relevé (en-tête de tableau répété à la main)\u00a0",
    ]
    assert terminal.exported(out[-1]) == json.loads(seed_bytes())


def test_a_preview_says_what_each_line_becomes_and_changes_nothing(terminal: Terminal) -> None:
    terminal.run("demo")
    before = content(dump(terminal.database))
    file = terminal.file(sample() | {"date": "2025-11-17"})
    code, out, _ = terminal.run("import", file, "--preview")
    assert code == 0
    assert any(line.startswith("ligne 4\u00a0: Date et heure (17/11/2025") for line in out)
    code, out, _ = terminal.run("import", file, "--preview", "--json")
    told = json.loads("\n".join(out))
    assert {line["sureness"] for line in told["lines"]} == {"sure"}
    assert [p["certain"] for p in told["people"]] == [True] * 10
    assert content(dump(terminal.database)) == before


def test_who_may_be_somebody_known_is_told_and_made_new(terminal: Terminal) -> None:
    terminal.run("demo")
    data = sample() | {"date": "2025-11-17"}
    data["participants"][4]["name"] = "K. Ouarghi"
    code, out, _ = terminal.run("import", terminal.file(data))
    assert code == 0
    (line,) = [line for line in out if line.startswith("K. Ouarghi")]
    assert "nouvelle fiche" in line
    assert "Karim OUARGHI" in line


def test_what_the_paper_does_not_say_is_asked_for_and_may_be_given(terminal: Terminal) -> None:
    file = terminal.file(sample(), Hand(day=lambda _data: "à une date convenue"))
    code, out, err = terminal.run("import", file)
    assert (code, out) == (2, [])
    assert "date de la réunion n’a pas été trouvée" in err[0]
    code, out, err = terminal.run("import", file, "--date", "16/10/2025", "--heure", "9 h")
    assert (code, out, len(err)) == (2, [], 1)
    assert "l’heure s’écrit comme 14:30" in err[0]
    code, out, _ = terminal.run("import", file, "--date", "16/10/2025", "--heure", "9:00")
    assert code == 0
    assert terminal.exported(out[-1]) == sample()


def test_the_plan_and_the_body_may_be_given(terminal: Terminal) -> None:
    file = terminal.file(sample())
    words = ("--plan", "2024-2028", "--instance", "Comité de pilotage")
    _, out, _ = terminal.run("import", file, *words)
    found = terminal.exported(out[-1])
    assert (found["plan"]["label"], found["body"]) == ("2024-2028", "Comité de pilotage")


def test_several_files_are_one_job_and_one_that_is_wrong_stops_nothing(terminal: Terminal) -> None:
    first = terminal.file(sample(), name="un.docx")
    wrong = terminal.folder / "faux.docx"
    wrong.write_bytes(b"%PDF-1.7")
    last = terminal.file(sample() | {"date": "2026-01-05"}, name="trois.docx")
    code, out, err = terminal.run("import", first, wrong, last)
    assert code == 2
    assert out[0] == "2 importés, 1 non importé"
    assert len(out[1:]) == 2
    assert any("est un fichier PDF" in line for line in err)
    code, out, _ = terminal.run("import", first, last)
    assert (code, out[0]) == (0, "2 déjà importés")


def test_a_job_tells_of_each_file_what_is_to_be_looked_at(terminal: Terminal) -> None:
    terminal.run("demo")
    data = sample() | {"date": "2025-11-17"}
    data["participants"][4]["name"] = "K. Ouarghi"
    unsure = terminal.file(data, HANDS["underlined, indented"], name="un.docx")
    sure = terminal.file(sample() | {"date": "2026-01-05"}, name="deux.docx")
    code, _, err = terminal.run("import", unsure, sure)
    assert code == 0
    assert err[0].endswith("importé, 1 à vérifier, 3\u00a0passages hors du relevé")
    for line in err[1:4]:
        assert line.startswith("  hors du relevé (en-tête de tableau répété à la main)")
    assert err[4].startswith("  K. Ouarghi\u00a0: nouvelle fiche")
    assert err[5].startswith("2 sur 2 : deux.docx\u00a0: importé")


def test_a_folder_is_taken_in_file_by_file(terminal: Terminal) -> None:
    folder = terminal.folder / "anciens"
    folder.mkdir()
    for month in (1, 2, 3):
        data = sample() | {"date": f"2024-0{month}-09"}
        (folder / f"{month}.docx").write_bytes(written(data, SEED_HAND))
    (folder / "notes.txt").write_text("rien")
    code, out, err = terminal.run("import", folder)
    assert code == 0
    assert out[0] == "3 importés"
    assert len(set(out[1:])) == 3
    assert [line.partition("\u00a0:")[0] for line in err] == [
        "1 sur 3 : 1.docx",
        "2 sur 3 : 2.docx",
        "3 sur 3 : 3.docx",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [("photo.png", "ni un relevé"), ("vide.docx", "est vide"), ("absent.docx", "lu")],
)
def test_a_file_that_is_none_is_refused_and_makes_no_database(
    terminal: Terminal, name: str, said: str
) -> None:
    if not name.startswith("absent"):
        (terminal.folder / name).write_bytes(b"")
    code, out, err = terminal.run("import", terminal.folder / name)
    assert (code, out, len(err)) == (2, [], 1)
    assert said in err[0]
    assert not terminal.database.exists()


def test_a_folder_without_relevés_is_told(terminal: Terminal) -> None:
    folder = terminal.folder / "vide"
    folder.mkdir()
    code, _, err = terminal.run("import", folder)
    assert code == 2
    assert "ne contient aucun relevé" in err[0]


def test_an_import_cut_short_leaves_nothing_half(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pan_desktop.app import minutes

    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(minutes, "set_follow_up", interrupted)
    monkeypatch.setattr(minutes, "save_outline", interrupted)
    code, out, _ = terminal.run("import", terminal.file(sample()))
    assert (code, out) == (130, [])
    assert not dump(terminal.database)["meeting"]
