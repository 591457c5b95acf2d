"""Word, preview, PDF, HTML and plain text say the same in the same order, page by page."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from pan_desktop.app import releve, versions
from pan_desktop.documents import libreoffice
from pan_desktop.documents.docx.writer import render
from pan_desktop.documents.html import html_page
from pan_desktop.documents.plain_text import plain_text
from pan_desktop.domain.typography import Typography
from pan_desktop.gui.preview.pages import Paper, paginated
from pan_desktop.gui.preview.printing import foot_of, pdf
from tests.builders import SAMPLES, as_bytes, modest, office_in, releves, sample_bytes
from tests.documents.docx.papers import arabic, deep, typical
from tests.reading import flat, html_lines, pdf_pages, preview_pages, word_lines
from tests.seed_text import needs_seed, seed_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.documents.model import Document
    from tests.builders import Json

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
BULLETS = {Typography.FIDELE: ("-",), Typography.SOIGNE: ("–", "•")}
needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="no poppler-utils: run `make test-tools`"
)
needs_libreoffice = pytest.mark.skipif(
    libreoffice.find() is None, reason="no LibreOffice: run `make test-tools`"
)
_PLAIN = str.maketrans({"🙂": "o", "ح": "h"} | dict.fromkeys("بنعليلقاءاتجهوية", "z"))
"""A PDF holds what is painted: Arabic in its order on the line (it has a test of its own below),
an emoji as a picture."""


def composed(content: bytes, style: Typography, folder: Path) -> Document:
    """Return the document of a relevé as data, by way of the store."""
    with office_in(folder) as office:
        meeting_id = office.run(releve.import_releve, content=content).result.meeting_id
        return office.run(versions.draft, meeting_id=meeting_id, style=style, at=NOW).result


def agree_in_text(document: Document) -> None:
    """Have Word, preview, HTML and plain text say the same."""
    bullets = BULLETS[document.typography]
    word = word_lines(render(document, "a.docx").data, bullets)
    assert html_lines(html_page(document), bullets) == word
    pages = preview_pages(paginated(Paper().boxes(document.blocks, document.typography)))
    # What the pages repeat (a table's header) is compared where it is repeated, below.
    if len(pages) == 1:
        assert flat(pages[0]) == flat(word)
    lines = plain_text(document).split("\n")
    assert not any(line != line.rstrip() and not line.endswith((" ", "|")) for line in lines)
    said = flat("\n".join(line for line in lines if set(line) != {"="}))
    assert said.replace("|", "") == flat(word_lines_of_text(document)).replace("|", "")


def word_lines_of_text(document: Document) -> list[tuple[str, str]]:
    """Return what the Word file says with the bullet of plain text, the same at each level."""
    return word_lines(render(document, "a.docx").data, BULLETS[document.typography][:1])


def agree_on_pages(document: Document, folder: Path) -> int:
    """Have each page of the PDF say what that page of the preview says; return their number."""
    file = folder / "pages.pdf"
    file.write_bytes(pdf(document))
    painted = paginated(Paper().boxes(document.blocks, document.typography))
    meant = preview_pages(painted)
    for number, (page, said) in enumerate(zip(pdf_pages(file), meant, strict=True)):
        assert flat(page) == flat([*said, ("", foot_of(painted, number))])
    return len(meant)


@pytest.mark.parametrize("style", Typography)
@pytest.mark.parametrize("name", SAMPLES)
@needs_poppler
def test_the_sample_agrees(name: str, style: Typography, qapp: object, tmp_path: Path) -> None:
    document = composed(sample_bytes(name), style, tmp_path)
    agree_in_text(document)
    assert agree_on_pages(document, tmp_path) > 1


@pytest.mark.parametrize("style", Typography)
@needs_seed
@needs_poppler
def test_the_seed_agrees(style: Typography, qapp: object, tmp_path: Path) -> None:
    document = composed(seed_bytes(), style, tmp_path)
    agree_in_text(document)
    assert agree_on_pages(document, tmp_path) > 1


@given(releves())
@modest
def test_any_relevé_agrees_in_text(
    qapp: object, tmp_path_factory: pytest.TempPathFactory, data: Json
) -> None:
    for style in Typography:
        agree_in_text(composed(as_bytes(data), style, tmp_path_factory.mktemp("r")))


@given(releves())
@modest
@needs_poppler
def test_any_relevé_agrees_on_its_pages(
    qapp: object, tmp_path_factory: pytest.TempPathFactory, data: Json
) -> None:
    folder = tmp_path_factory.mktemp("r")
    plain = json.loads(json.dumps(data, ensure_ascii=False).translate(_PLAIN))
    for style in Typography:
        agree_on_pages(composed(as_bytes(plain), style, folder), folder)


@needs_poppler
def test_long_rows_and_lists_agree_on_their_pages(qapp: object, tmp_path: Path) -> None:
    assert agree_on_pages(typical(120), tmp_path) > 3
    agree_on_pages(deep(), tmp_path)


@needs_poppler
def test_arabic_is_found_again_in_the_pdf(qapp: object, tmp_path: Path) -> None:
    file = tmp_path / "arabe.pdf"
    file.write_bytes(pdf(arabic()))
    said = flat("".join(pdf_pages(file)))
    for word in ("اجتماع", "لجنة", "التتبع", "المشاركون", "الالتزام", "أولا"):
        assert word in said


@pytest.mark.libreoffice
@needs_libreoffice
@needs_poppler
@pytest.mark.parametrize("style", Typography)
@pytest.mark.parametrize("name", [SAMPLES[-1], pytest.param("", marks=needs_seed)])
def test_libreoffice_s_pdf_of_the_word_file_agrees(
    name: str, style: Typography, qapp: object, tmp_path: Path
) -> None:
    content = sample_bytes(name) if name else seed_bytes()
    agree_with_libreoffice(composed(content, style, tmp_path), tmp_path)


@pytest.mark.libreoffice
@needs_libreoffice
@needs_poppler
@given(releves())
@settings(modest, max_examples=4)
def test_libreoffice_s_pdf_of_any_relevé_agrees(
    qapp: object, tmp_path_factory: pytest.TempPathFactory, data: Json
) -> None:
    folder = tmp_path_factory.mktemp("r")
    plain = json.loads(json.dumps(data, ensure_ascii=False).translate(_PLAIN))
    for style in Typography:
        agree_with_libreoffice(composed(as_bytes(plain), style, folder), folder)


def agree_with_libreoffice(document: Document, folder: Path) -> None:
    """Have LibreOffice's pages of the Word file say what it says, their feet and headers apart."""
    data = render(document, "a.docx").data
    file = folder / "a.pdf"
    file.write_bytes(libreoffice.convert(data, "a.docx", ".pdf"))
    pages = [flat(page) for page in pdf_pages(file)]
    total = len(pages)
    header = flat("".join(cell for _, cell in _header(document)))
    bullets = BULLETS[document.typography]
    said = ""
    for number, page in enumerate(pages, 1):
        foot = f"Page{number}/{total}"
        assert page.count(foot) == 1
        body = page.replace(foot, "")
        said += body.removeprefix(header) if number > 1 and header else body
    assert said == flat(word_lines(data, bullets))


def _header(document: Document) -> list[tuple[str, str]]:
    from pan_desktop.documents.model import Paragraph, Table

    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [
        ("", "".join(run.text for run in block.runs))
        for table in tables
        for cell in table.header
        for block in cell.blocks
        if isinstance(block, Paragraph)
    ]
