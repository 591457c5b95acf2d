"""`make run` where nobody can see a window: the same work in the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.seed_text import read_back

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux may have no screen")
@pytest.mark.skipif(
    not (ROOT / ".venv" / "stamp-program").exists(), reason="`make` did not prepare .venv"
)
@pytest.mark.parametrize("platform", ["", "offscreen", "minimal"])
def test_without_a_screen_the_relevé_of_the_sample_is_made(platform: str) -> None:
    nobody = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": platform}
    ended = subprocess.run(
        ["build_spec/run.sh"],
        cwd=ROOT,
        env={**os.environ, **nobody},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    assert "Aucun écran" in ended.stdout
    made = Path(ended.stdout.rstrip().rsplit(" ", 1)[-1])
    assert made.name == "releve.docx"
    assert read_back(made)[0]


@pytest.mark.skipif(
    not (ROOT / ".venv" / "stamp-program").exists(), reason="`make` did not prepare .venv"
)
def test_a_shared_office_is_tried_by_one_command() -> None:
    nobody = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    ended = subprocess.run(
        [sys.executable, "-m", "build_spec.run_shared"],
        cwd=ROOT,
        env={**os.environ, **nobody, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    assert "Serveur d’essai : postgresql://" in ended.stderr
    assert "La base partagée est prête" in ended.stderr
