"""The letters of a PDF: as they are typed, whatever signs they are painted with."""

from __future__ import annotations

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pan_desktop.gui.preview.pages import Paper, paginated
from pan_desktop.gui.preview.pdf_text import mended
from pan_desktop.gui.preview.printing import pdf
from pan_desktop.gui.preview.view import PreviewView
from tests.documents.docx.papers import arabic, document, paragraph, typical
from tests.reading import pdf_pages

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

FORMS = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufef4]")
needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="no poppler-utils: run `make test-tools`"
)


@needs_poppler
def test_arabic_is_copied_as_letters_not_as_their_forms(qapp: object, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(arabic()))
    # Not in the order of painting, in which each letter of Arabic stands alone.
    said = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True)
    page = said.stdout.decode()
    assert FORMS.findall(page) == []
    for word in ("اجتماع", "لجنة", "المشاركون", "السيدة"):
        assert word in page


@needs_poppler
def test_letters_that_a_font_may_join_are_copied_apart(qapp: object, tmp_path: Path) -> None:
    words = "efficacité, définition, attribution, coffre, fluide, affluence"
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(document(paragraph(words))))
    assert words in pdf_pages(file)[0]


def test_a_space_is_no_tab_and_the_language_is_named(qapp: object) -> None:
    content = pdf(typical())
    tables = re.findall(rb"(?s)begincmap.*?endcmap", content)
    assert tables
    assert any(b"<0020>" in table for table in tables)
    assert not any(b"<0009>" in table for table in tables)
    assert content.count(b"/Lang (fr-FR)") == 1
    assert b"/DisplayDocTitle true" in content


def test_every_place_of_the_file_is_where_its_table_says(qapp: object) -> None:
    content = pdf(arabic())
    start = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    assert content[start:].startswith(b"xref\n")
    rows = re.findall(rb"(\d{10}) \d{5} ([fn])", content[start:])
    assert len(rows) > 20
    for number, (place, kind) in enumerate(rows):
        if kind == b"n":
            assert content[int(place) :].startswith(b"%d 0 obj" % number)
    for length, body in re.findall(
        rb"(?s)<< /Length (\d+) >>\nstream\n(/CIDInit.*?)endstream", content
    ):
        assert int(length) == len(body)


def test_what_is_built_otherwise_comes_back_as_it_is() -> None:
    for content in (b"", b"%PDF-1.7", b"%PDF-1.7\nstartxref\n5\n%%EOF", b"startxref 99 %%EOF"):
        assert mended(content, "fr") == content


def test_a_pdf_is_painted_beside_a_window_that_paints(qtbot: QtBot) -> None:
    view = PreviewView()
    qtbot.addWidget(view)
    view.resize(700, 900)
    paper = typical(40)
    view.show_pages(paginated(Paper().boxes(paper.blocks, paper.typography)))
    with ThreadPoolExecutor(1) as aside:
        made = [aside.submit(pdf, paper) for _ in range(8)]
        while not all(one.done() for one in made):
            view.grab()
    sizes = {len(one.result()) for one in made}
    assert max(sizes) - min(sizes) < 100  # the moment of writing is in it
