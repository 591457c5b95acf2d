"""`pan-desktop check`: what it prints of a meeting, as sentences and as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pan_desktop.__main__ import main
from tests.builders import sample_bytes
from tests.seed_text import needs_seed, seed_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a way to run the program on a database of the test's own."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(["--database", str(tmp_path / "base.sqlite3"), *words])
        except SystemExit as end:
            code = int(end.code or 0)
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def imported(run: Run, folder: Path, content: bytes) -> str:
    file = folder / "releve.json"
    file.write_bytes(content)
    code, out, err = run("import", str(file))
    assert code == 0, err
    return out.strip()


@needs_seed
def test_the_seed_as_data(run: Run, tmp_path: Path) -> None:
    code, out, err = run("check", imported(run, tmp_path, seed_bytes()), "--json")
    assert (code, err) == (0, "")
    findings = json.loads(out)
    found: dict[str, set[int]] = {}
    for finding in findings:
        assert {"id", "level", "message", "commitments"} <= finding.keys()
        assert finding["level"] in {"blocking", "warning", "info"}
        assert finding["message"].endswith(".")
        found.setdefault(finding["id"], set()).update(finding["commitments"])
    assert {name: found[name] for name in ("P1", "P2", "P3", "P4", "D1")} == {
        "P1": {13},
        "P2": {14},
        "P3": {14, 15},
        "P4": {10, 18},
        "D1": {4, 7},
    }
    assert {"G1", "T1", "T3"} <= found.keys()
    assert "G2" not in found


def test_one_line_for_each_finding(run: Run, tmp_path: Path) -> None:
    meeting = imported(run, tmp_path, sample_bytes())
    code, out, err = run("check", meeting)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("G1 avertissement : L’avancement global")
    assert any(line.startswith("T2 information : Engagement 3 : ") for line in lines)
    assert all(line.endswith(".") for line in lines)
    data = json.loads(run("check", "--json", meeting)[1])
    assert [line.split(" ", 1)[0] for line in lines] == [finding["id"] for finding in data]


@needs_seed
def test_a_hint_follows_its_message_and_a_blocking_finding_is_no_failure(
    run: Run, tmp_path: Path
) -> None:
    code, out, _ = run("check", imported(run, tmp_path, seed_bytes()))
    assert code == 0
    (line,) = [line for line in out.splitlines() if line.startswith("P1 ")]
    assert line.startswith("P1 bloquant : Engagement 13 : ")
    assert "Cause probable" in line


def test_an_unknown_meeting_is_refused(run: Run) -> None:
    code, out, err = run("check", "absente", "--json")
    assert (code, out) == (2, "")
    assert "absente" in err


def test_the_help_tells_of_the_exit_code(run: Run) -> None:
    code, out, _ = run("check", "--help")
    assert code == 0
    words = " ".join(out.split())
    assert "code de retour est 0 même lorsqu’un constat est bloquant" in words
    assert "check" in run("--help")[1]
