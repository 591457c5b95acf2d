"""LibreOffice, where it is: found, run apart, ended when too slow, its result looked at."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from pan_desktop.documents import libreoffice
from pan_desktop.documents.docx.writer import render
from pan_desktop.domain.errors import OtherProgramError
from tests.documents.docx.papers import typical

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """Have a script stand where LibreOffice would."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(libreoffice, "find", lambda: program)
    return program


def test_it_is_found_on_the_path_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / ("soffice.exe" if sys.platform == "win32" else "soffice")
    program.write_bytes(b"")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert libreoffice.find() == program


def test_it_is_found_in_its_usual_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(libreoffice, "_UNIX_PLACES", ())
    monkeypatch.setattr(libreoffice, "_OPT", str(tmp_path))
    monkeypatch.setattr(libreoffice, "_PLACES", {})
    assert libreoffice.find() is None
    for version in ("libreoffice7.6", "libreoffice25.8"):
        program = tmp_path / version / "program" / "soffice"
        program.parent.mkdir(parents=True)
        program.write_bytes(b"")
    found = libreoffice.find()
    assert found is not None
    assert found.parts[-3:] == ("libreoffice7.6", "program", "soffice")


def test_its_absence_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    with pytest.raises(OtherProgramError, match="n’est pas installé"):
        libreoffice.convert(b"", "a.docx", ".pdf")


@posix
@pytest.mark.parametrize(
    "script", ["exit 1", "true", 'mkdir -p "${10}"; echo non > "${10}/source.pdf"']
)
def test_what_is_no_pdf_is_told(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, script)
    with pytest.raises(OtherProgramError, match=r"n’a pas converti « a\.docx »"):
        libreoffice.convert(b"", "a.docx", ".pdf")


@posix
def test_what_cannot_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find", lambda: tmp_path / "absent")
    with pytest.raises(OtherProgramError, match="n’a pas converti"):
        libreoffice.convert(b"", "a.docx", ".pdf")


@posix
def test_it_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = tmp_path / "vit"
    stand_in(tmp_path, monkeypatch, f'(sleep 2; touch "{alive}") & sleep 60')
    began = time.monotonic()
    with pytest.raises(OtherProgramError, match="en 1 secondes et a été arrêté"):
        libreoffice.convert(b"", "a.docx", ".pdf", seconds=1)
    assert time.monotonic() - began < 30
    time.sleep(2)
    assert not alive.exists()


@posix
def test_it_has_a_profile_of_its_own_in_which_no_macro_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "vu"
    script = (
        f'for word in "$@"; do echo "$word" >> "{seen}"; done; '
        f'for word in "$@"; do case "$word" in -env:UserInstallation=file://*) '
        f'cat "${{word#-env:UserInstallation=file://}}"/user/registrymod* >> "{seen}";;'
        f" esac; done"
    )
    stand_in(tmp_path, monkeypatch, script)
    with pytest.raises(OtherProgramError):
        libreoffice.convert(b"x", "a.odt", ".docx")
    said = seen.read_text(encoding="utf-8")
    assert "--headless" in said
    assert 'DisableMacrosExecution" oor:op="fuse"><value>true' in said
    assert "source.odt" in said


@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice.find() is None, reason="no LibreOffice: run `make test-tools`")
def test_it_makes_a_tagged_pdf() -> None:
    made = libreoffice.convert(render(typical(), "a.docx").data, "a.docx", ".pdf")
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/MarkInfo" in made
