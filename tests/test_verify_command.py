"""`pan-desktop verify`: whether a Word file is an issued version, unchanged."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
import pytest

from pan_desktop.__main__ import main
from pan_desktop.app import meetings, versions
from pan_desktop.app.office import Office
from pan_desktop.domain.typography import Typography
from tests.builders import filled_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

AT = datetime(2026, 1, 22, 9, 5, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "base.sqlite3"
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def run(database: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a way to run the program on a database of the test's own."""

    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(["--database", str(database), *map(str, words)])
        except SystemExit as end:
            code = int(end.code or 0)
        output = capsys.readouterr()
        return code, output.out.replace("\u00a0", " "), output.err

    return run


class Desk:
    """The office, and what a secretary does with one relevé."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.meeting_id = office.run(meetings.list_meetings).result[0].id

    def issue(self, name: str) -> Path:
        target = self.folder / name
        versions.issue(
            self.office,
            meeting_id=self.meeting_id,
            target=target,
            style=Typography.FIDELE,
            author="Mme Nadia TAHIRI",
            now=AT,
        )
        return target

    def reopen(self) -> None:
        self.office.run(
            versions.reopen,
            meeting_id=self.meeting_id,
            author="M. Karim ALAMI",
            reason="un taux était faux",
            at=AT,
        )

    def approve(self) -> None:
        self.office.run(versions.approve, meeting_id=self.meeting_id, author="Le comité", at=AT)


@pytest.fixture
def desk(database: Path, tmp_path: Path) -> Iterator[Desk]:
    office = Office(str(database))
    yield Desk(office, tmp_path)
    office.close()


def test_an_issued_version_unchanged(run: Run, desk: Desk, tmp_path: Path) -> None:
    shutil.copy(desk.issue("a.docx"), tmp_path / "reçu.docx")
    code, out, err = run("verify", tmp_path / "reçu.docx")
    assert (code, err) == (0, "")
    assert out == (
        "Version 1, diffusée le 22 janvier 2026 à 10 h 05 par Mme Nadia TAHIRI : inchangée. "
        "C’est le relevé du 14 octobre 2026 (Comité d'implémentation).\n"
    )


def test_a_file_saved_again_in_word_is_changed(run: Run, desk: Desk) -> None:
    file = desk.issue("a.docx")
    again = docx.Document(str(file))
    again.paragraphs[-1].add_run(" Ajouté.")
    again.save(str(file))
    code, out, _ = run("verify", file)
    assert code == 1
    assert "se dit la version 1 du relevé du 14 octobre 2026" in out
    assert "modifié depuis sa diffusion" in out


def test_a_draft_is_no_version(run: Run, desk: Desk, tmp_path: Path) -> None:
    run("export", desk.meeting_id, "-o", tmp_path / "a.docx")
    code, out, _ = run("verify", tmp_path / "a.docx")
    assert code == 1
    assert out.startswith("Brouillon du relevé du 14 octobre 2026 (")


def test_an_older_version_is_unchanged_and_superseded(run: Run, desk: Desk) -> None:
    first = desk.issue("a.docx")
    desk.reopen()
    code, out, _ = run("verify", first)
    assert code == 0
    assert "rouverte le 22 janvier 2026 à 10 h 05 par M. Karim ALAMI" in out
    assert "(un taux était faux)" in out
    second = desk.issue("b.docx")
    assert "version plus récente a été diffusée : version 2" in run("verify", first)[1]
    code, out, _ = run("verify", second)
    assert code == 0
    assert out.startswith("Version 2, corrigée, diffusée le")


def test_an_approved_version_says_so(run: Run, desk: Desk) -> None:
    file = desk.issue("a.docx")
    desk.approve()
    code, out, _ = run("verify", file)
    assert code == 0
    assert out.startswith("Version 1, diffusée")
    assert "approuvée le 22 janvier 2026 à 10 h 05 par Le comité." in out


def test_a_file_of_someone_else_is_unknown(run: Run, tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    code, out, _ = run("verify", tmp_path / "a.docx")
    assert code == 1
    assert out.startswith("Ce fichier ne dit pas de quel relevé il est")


def test_a_version_of_another_office_is_unknown(run: Run, desk: Desk, tmp_path: Path) -> None:
    file = desk.issue("a.docx")
    other = tmp_path / "autre.sqlite3"
    code, out, _ = run("--database", other, "verify", file)
    assert code == 1
    assert "la version 1 d’un relevé que cette base ne connaît pas" in out


def test_a_version_that_was_never_issued(run: Run, desk: Desk) -> None:
    file = desk.issue("a.docx")
    again = docx.Document(str(file))
    again.core_properties.version = "7"
    again.save(str(file))
    code, out, _ = run("verify", file)
    assert code == 1
    assert "version 7" in out
    assert "jamais" in out


def test_as_data(run: Run, desk: Desk) -> None:
    file = desk.issue("a.docx")
    code, out, err = run("verify", file, "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found.pop("sha256") == hashlib.sha256(file.read_bytes()).hexdigest()
    assert found.pop("message").startswith("Version 1")
    assert found == {
        "result": "unchanged",
        "unchanged": True,
        "meeting": desk.meeting_id,
        "version": 1,
        "state": "issued",
        "issued_at": "2026-01-22T10:05:00+01:00",
        "author": "Mme Nadia TAHIRI",
    }
    file.write_bytes(file.read_bytes() + b"\0")
    code, out, _ = run("verify", "--json", file)
    assert code == 1
    assert json.loads(out)["result"] == "changed"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "est vide"),
        (b"rien", "est un simple texte"),
        (b"PK\x03\x04" + b"\0" * 40, "est endommagé"),
        (b"PK\x05\x06" + b"\0" * 18, "est endommagé"),
    ],
)
def test_what_is_no_word_file_is_one_sentence(
    run: Run, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    code, out, err = run("verify", tmp_path / "a.docx")
    assert (code, out) == (2, "")
    assert words in err
    assert "il n’a pas pu être vérifié" in err
    assert err.count("\n") == 1


def test_what_is_not_there_is_one_sentence_and_makes_no_database(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "neuve.sqlite3"
    code, out, err = run("--database", other, "verify", tmp_path / "absent.docx")
    assert (code, out) == (2, "")
    assert "ne peut pas être lu" in err
    assert not other.exists()


def test_export_keeps_what_was_changed_by_hand_unless_told(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "a.docx"
    assert run("export", desk.meeting_id, "-o", file)[0] == 0
    assert run("export", desk.meeting_id, "-o", file)[0] == 0
    file.write_bytes(b"retouche")
    code, out, err = run("export", desk.meeting_id, "-o", file)
    assert (code, out) == (2, "")
    assert "modifié en dehors" in err
    assert file.read_bytes() == b"retouche"
    assert run("export", desk.meeting_id, "-o", file, "--replace")[0] == 0
    assert file.read_bytes() != b"retouche"


def test_the_help_tells_of_the_exit_codes(run: Run) -> None:
    code, out, _ = run("verify", "--help")
    assert code == 0
    assert "1 si le fichier a été modifié" in " ".join(out.split())
    assert "verify" in run("--help")[1]
