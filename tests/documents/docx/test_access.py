"""Every exported relevé can be read by everybody, in French and in Arabic, with any template."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given

from pan_desktop.app import releve
from pan_desktop.documents.compose import compose_releve
from pan_desktop.documents.docx import write_docx
from pan_desktop.documents.docx.template import TemplateFile
from pan_desktop.documents.model import Heading
from pan_desktop.domain.layout import OPTIONAL, Language, Layout, Part
from pan_desktop.domain.typography import Typography
from tests.builders import Json, as_bytes, modest, office_in, releves, sample_bytes
from tests.documents.docx import checks
from tests.documents.docx.access import faults
from tests.documents.docx.checks import altered
from tests.documents.docx.houses import HOUSES
from tests.documents.docx.papers import document, runs
from tests.seed_text import needs_seed, seed_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.documents.model import Document
    from pan_desktop.domain.model import MeetingRecord

WRITTEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
EVERYTHING = (
    Layout(hidden=frozenset())
    .saying("chair_text", "Présidence : Mme X.")
    .saying("next_meeting_text", "Le {{date}}.")
    .saying("closing_text", "Fait à {{lieu}}.")
)


def record_of(office: Office, content: bytes) -> MeetingRecord:
    meeting_id = office.run(releve.import_releve, content=content).result.meeting_id
    return office.run(lambda work: work.read.record(meeting_id)).result


def composed(record: MeetingRecord, language: Language, layout: Layout = EVERYTHING) -> Document:
    spoken = replace(layout, language=language)
    return compose_releve(
        replace(record, layout=spoken), Typography.FIDELE, author="Secrétariat", written=WRITTEN
    )


def written(paper: Document, tmp_path: Path, house: str = "") -> list[str]:
    """Write a paper and return all that is wrong with its file."""
    target = tmp_path / "releve.docx"
    template = TemplateFile.of("modele.docx", HOUSES[house]()) if house else None
    write_docx(paper, target, template=template)
    docx.Document(str(target))
    found = faults(target, paper.properties.language)
    return found if house == "bare" else [*found, *checks.faults(target)]


@pytest.mark.parametrize("house", ["", *HOUSES])
@pytest.mark.parametrize("language", Language)
def test_the_sample_in_full(office: Office, language: Language, house: str, tmp_path: Path) -> None:
    record = record_of(office, sample_bytes())
    assert written(composed(record, language), tmp_path, house) == []


@needs_seed
@pytest.mark.parametrize("house", ["", "letterhead", "bare"])
def test_the_seed(office: Office, house: str, tmp_path: Path) -> None:
    record = record_of(office, seed_bytes())
    for language in Language:
        assert written(composed(record, language), tmp_path, house) == []


@modest
@given(data=releves())
def test_generated_meetings(data: Json, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("releve")
    with office_in(folder) as office:
        record = record_of(office, as_bytes(data))
    for language in Language:
        for house in ("", "control in a cell"):
            assert written(composed(record, language), folder, house) == []


@pytest.mark.parametrize("part", Part)
def test_no_heading_skips_a_level_whatever_part_is_left_out(
    office: Office, part: Part, tmp_path: Path
) -> None:
    record = record_of(office, sample_bytes())
    without = EVERYTHING.showing(part, shown=False).saying("points", "")
    for layout in (without, without.moved(Part.POINTS, -99), Layout(hidden=OPTIONAL | {part})):
        paper = composed(record, Language.FRENCH, layout)
        assert written(paper, tmp_path) == []


def test_the_checks_find_what_they_are_for(tmp_path: Path) -> None:
    target, changed = tmp_path / "releve.docx", tmp_path / "changed.docx"
    write_docx(document(Heading(1, runs("un")), Heading(3, runs("trois"))), target)
    assert faults(target) == ["a heading of level 3 after 1"]
    write_docx(document(Heading(1, runs("عربي"))), target)
    assert faults(target) == []
    altered(target, changed, lambda text: text.replace("<w:rtl/>", ""))
    assert faults(changed) == ["Arabic as if it were not: عربي"]
    assert faults(target, "ar-MA") == []
    altered(target, changed, lambda text: text.replace("<w:bidi/>", ""))
    assert faults(changed, "ar-MA") == ["from the left: عربي"]
