"""The papers as Word files: valid, accessible, and the pages that other programs make of them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
import pytest

from pan_desktop.app import meetings, papers
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.documents import libreoffice
from pan_desktop.domain.papers import Paper
from pan_desktop.domain.typography import Typography
from tests.documents.docx.checks import faults
from tests.documents.docx.test_other_programs import _errors, _runs
from tests.reading import flat, pdf_pages, word_lines

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def files(filled: Office, tmp_path: Path) -> list[Path]:
    """Write every paper of the sample's latest meeting, in both styles, an Arabic place in one."""
    latest = filled.run(meetings.list_meetings).result[0].id
    meeting = filled.run(meetings.view_meeting, meeting_id=latest).result.record.meeting
    edit = MeetingEdit(
        meeting.body.name,
        meeting.day,
        meeting.at,
        "مقر الكتابة، الرباط",
        "https://visio.exemple.org/1",
    )
    filled.run(meetings.change_meeting, meeting_id=latest, edit=edit)
    found: list[Path] = []
    for style in Typography:
        for paper in Paper:
            folder = tmp_path / f"{paper}-{style}"
            folder.mkdir()
            one = paper is Paper.CONVOCATION
            target = folder / "convocation.docx" if one else folder
            arguments = {"meeting_id": latest, "paper": paper, "target": target, "style": style}
            found += papers.write(filled, now=NOW, **arguments).paths  # type: ignore[arg-type]
    return found


def test_they_are_sound_and_say_their_titles(files: list[Path]) -> None:
    assert len(files) == 8
    for file in files:
        assert faults(file) == []
        opened = docx.Document(str(file))
        assert opened.core_properties.title
        levels = [
            p.style.name for p in opened.paragraphs if p.style and "Heading" in str(p.style.name)
        ]
        assert set(levels) <= {"Heading 1"}


@pytest.mark.validator
def test_the_validator_finds_nothing(files: list[Path]) -> None:
    if not _runs():
        pytest.skip("no Open XML validator: run `npm ci`")
    for file in files:
        assert _errors(file) == []


@pytest.mark.libreoffice
@pytest.mark.skipif(
    libreoffice.find() is None or not shutil.which("pdftotext"),
    reason="no LibreOffice or no poppler-utils: run `make test-tools`",
)
def test_libreoffice_shows_them_whole_without_repair(files: list[Path], tmp_path: Path) -> None:
    for file in files:
        made = tmp_path / "a.pdf"
        made.write_bytes(libreoffice.convert(file.read_bytes(), file.name, ".pdf"))
        said = flat("".join(pdf_pages(made)))
        for _, text in word_lines(file, ("-",)):
            if text.isascii():
                assert flat(text) in said
        fonts = subprocess.run(["pdffonts", made], check=True, capture_output=True).stdout.decode()
        assert all(" yes " in line for line in fonts.splitlines()[2:])
