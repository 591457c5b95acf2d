"""Relevés that LibreOffice saved, in Word or its own forms, give the same data."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import word_import
from pan_desktop.app.releve import releve_json
from pan_desktop.documents import libreoffice
from pan_desktop.domain.errors import InputError
from tests.builders import office_in, sample
from tests.documents.word.hand import HANDS, written

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import Json

_FORMS = {"docx": "docx:MS Word 2007 XML", "odt": "odt", "doc": "doc:MS Word 97", "rtf": "rtf"}


def saved_by_libreoffice(folder: Path, content: bytes, suffix: str) -> Path:
    """Return a file as LibreOffice saves it in a form."""
    source = folder / "source.docx"
    source.write_bytes(content)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        _FORMS[suffix],
        "--outdir",
        str(out),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / f"source.{suffix}"


def imported(file: Path, folder: Path) -> Json:
    with office_in(folder) as office:
        seen = word_import.preview(office, file=file)
        meeting = word_import.accept(office, seen=seen).result.meeting_id
        found: Json = json.loads(office.run(releve_json, meeting_id=meeting).result)
        return found


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
@pytest.mark.parametrize(
    ("hand", "suffix"),
    [
        ("as the committee's", "docx"),
        ("with real lists and styles", "docx"),
        ("with real lists and styles", "odt"),
        ("careful", "odt"),
        ("underlined, indented", "doc"),
        ("numbered, tables in pieces", "rtf"),
    ],
)
def test_what_libreoffice_saved_gives_the_data(hand: str, suffix: str, tmp_path: Path) -> None:
    data = sample()
    file = saved_by_libreoffice(tmp_path, written(data, HANDS[hand]), suffix)
    assert imported(file, tmp_path) == data


def test_without_libreoffice_another_form_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    file = tmp_path / "relevé.rtf"
    file.write_bytes(rb"{\rtf1 texte}")
    with office_in(tmp_path) as office, pytest.raises(InputError, match=r"LibreOffice.*\.docx"):
        word_import.preview(office, file=file)
