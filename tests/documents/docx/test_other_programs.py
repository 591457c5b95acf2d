"""Programs that are not ours take the files: Microsoft's validator and LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from pan_desktop.documents.docx import write_docx
from pan_desktop.documents.docx.template import TemplateFile
from pan_desktop.documents.model import Document
from pan_desktop.domain.typography import Typography
from tests.documents.docx.checks import altered
from tests.documents.docx.houses import HOUSES
from tests.documents.docx.papers import arabic, cell, deep, document, empty_cells, table, typical

ROOT = Path(__file__).resolve().parents[3]
VALIDATOR = ROOT / "node_modules" / ".bin" / "ooxml-validator"


@cache
def _runs() -> bool:
    # npm installs without the program itself where its network does not serve the platform.
    if not VALIDATOR.exists():
        return False
    done = subprocess.run([VALIDATOR, "--help"], capture_output=True, check=False)
    return done.returncode == 0


def _errors(path: Path) -> list[object]:
    done = subprocess.run([VALIDATOR, str(path)], capture_output=True, check=False, timeout=120)
    found = json.loads(done.stdout)["errors"]
    assert isinstance(found, list)
    return found


@pytest.fixture
def _validator() -> None:
    if not _runs():
        pytest.skip("no Open XML validator: run `npm ci`")


@pytest.mark.validator
@pytest.mark.usefixtures("_validator")
@pytest.mark.parametrize(
    "paper",
    [
        pytest.param(typical(), id="fidele"),
        pytest.param(typical(typography=Typography.SOIGNE), id="soigne"),
        pytest.param(arabic(), id="arabic"),
        pytest.param(deep(), id="deep"),
        pytest.param(empty_cells(), id="empty cells"),
    ],
)
def test_validator_finds_nothing(paper: Document, tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    write_docx(paper, target)
    assert _errors(target) == []


@pytest.mark.validator
@pytest.mark.usefixtures("_validator")
@pytest.mark.parametrize("name", HOUSES)
def test_validator_finds_nothing_in_a_filled_house_template(name: str, tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    for paper in (typical(), arabic()):
        write_docx(paper, target, template=TemplateFile.of("modele.docx", HOUSES[name]()))
        assert _errors(target) == []


@pytest.mark.validator
@pytest.mark.usefixtures("_validator")
def test_validator_finds_what_is_planted(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    write_docx(typical(), target)
    moved = altered(
        target,
        tmp_path / "moved.docx",
        lambda text: text.replace("<w:cantSplit/>", "<w:jc w:val='milieu'/>"),
    )
    assert _errors(moved)


def _converted(file: Path, kind: str, folder: Path) -> Path:
    """Have LibreOffice save a file as another kind."""
    subprocess.run(
        [
            *("soffice", "--headless", "--convert-to", kind, "--outdir", str(folder)),
            f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}",
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{file.stem}.{kind}"


@pytest.mark.libreoffice
@pytest.mark.validator
@pytest.mark.usefixtures("_validator")
@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice: run `make test-tools`")
@pytest.mark.parametrize("name", ["letterhead", "two sections"])
def test_a_template_saved_by_libreoffice_serves_and_says_all(name: str, tmp_path: Path) -> None:
    file = tmp_path / "modele.docx"
    file.write_bytes(HOUSES[name]())
    open_document = _converted(file, "odt", tmp_path)
    saved = _converted(open_document, "docx", tmp_path / "lo")
    target = tmp_path / "releve.docx"
    write_docx(typical(), target, template=TemplateFile.of("modele.docx", saved.read_bytes()))
    assert _errors(target) == []
    # And LibreOffice reads the filled file without a word lost, the template's own among them.
    text = _converted(target, "txt", tmp_path / "lo").read_text(encoding="utf-8-sig")
    before = {"letterhead": "Rabat, le", "two sections": "Page de garde"}[name]
    for said in (before, "RÉUNION DU COMITÉ", "Deuxième raison.", "dont 75 retenues."):
        assert said in text


@pytest.mark.libreoffice
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="no LibreOffice or no poppler-utils: run `make test-tools`",
)
def test_header_row_and_page_numbers_on_every_page(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    text = "Une phrase assez longue pour tenir deux lignes dans sa case, et rien de plus que cela."
    rows = [(cell(str(n)), cell("50%"), cell(text)) for n in range(120)]
    write_docx(document(table(*rows)), target)
    subprocess.run(
        [
            *("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            str(target),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pdf = target.with_suffix(".pdf")
    said = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True)
    pages = said.stdout.decode().rstrip("\f").split("\f")
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        head = page.strip().splitlines()[0].split()
        assert head == ["Engagement", "Avancement", "Détails"]
        assert page.strip().splitlines()[-1].strip() == f"Page {number}/{len(pages)}"
    assert sum(page.count("Une phrase") for page in pages) == 120
