"""The template is the one its script makes, and any other says what it lacks."""

from __future__ import annotations

import sys
import zipfile
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from pan_desktop import resources
from pan_desktop.documents.docx import read_blocks, write_docx
from pan_desktop.documents.docx.template import load, own_path, own_template
from pan_desktop.domain.errors import InputError, NotFoundError
from tests.documents.docx.checks import NUMBERING, STYLES, altered, faults
from tests.documents.docx.papers import ABOUT, arabic, expected, typical

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = resources.path("templates/releve.docx")


@pytest.fixture
def script() -> ModuleType:
    spec = spec_from_file_location("make_template", ROOT / "build_spec" / "make_template.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["make_template"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("arabic", [False, True])
def test_stored_template_is_what_the_script_makes(script: ModuleType, arabic: bool) -> None:
    with zipfile.ZipFile(own_path(arabic=arabic)) as package:
        stored = {name: package.read(name).decode() for name in package.namelist()}
    made = script.parts(arabic=arabic)
    assert list(stored) == list(made)
    assert stored == made, "run build_spec/make_template.py"
    assert own_template(arabic=arabic).remarks == ()


def test_an_arabic_relevé_numbers_its_pages_from_the_right(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    paper = replace(arabic(), properties=replace(ABOUT, language="ar-MA"))
    write_docx(paper, target)
    with zipfile.ZipFile(target) as package:
        footer = package.read("word/footer1.xml").decode()
    assert "الصفحة" in footer
    assert "<w:bidi/>" in footer
    write_docx(arabic(), target)  # a French relevé that quotes Arabic
    with zipfile.ZipFile(target) as package:
        assert "Page" in package.read("word/footer1.xml").decode()


def test_template_is_read_once(tmp_path: Path) -> None:
    copy = tmp_path / "copy.docx"
    copy.write_bytes(TEMPLATE.read_bytes())
    first = load(copy)
    assert load(copy) is first
    altered(TEMPLATE, copy, lambda text: text.replace("Calibri", "Cambria"), STYLES)
    assert load(copy) is not first


def test_template_saved_by_another_program_serves(tmp_path: Path) -> None:
    """Word renames styles' identifiers to its language: only their names count."""
    saved, renamed = tmp_path / "saved.docx", tmp_path / "renamed.docx"
    docx.Document(str(TEMPLATE)).save(str(saved))
    altered(saved, renamed, lambda text: text.replace('"Heading1"', '"Titre1"'), STYLES)
    target = tmp_path / "releve.docx"
    write_docx(typical(), target, template=renamed)
    assert read_blocks(target) == expected(typical())


@pytest.mark.parametrize(
    ("part", "name", "said"),
    [
        (STYLES, 'w:val="heading 2"', "Le style « Titre 2 » manque"),
        (STYLES, 'w:val="List Bullet"', "Le style « Liste à puces » manque"),
        (STYLES, 'w:val="Tableau relevé"', "Le style « Tableau relevé » manque"),
        (STYLES, 'w:val="heading 3"', ""),
        (NUMBERING, 'w:val="pan-cell-numbers"', ""),
    ],
)
def test_template_is_lent_what_it_lacks(part: str, name: str, said: str, tmp_path: Path) -> None:
    poor = altered(
        TEMPLATE, tmp_path / "pauvre.docx", lambda text: text.replace(name, 'w:val="autre"'), part
    )
    assert "".join(load(poor).remarks)[: len(said)] == said
    assert bool(load(poor).remarks) is bool(said)
    target = tmp_path / "releve.docx"
    write_docx(typical(), target, template=poor)
    assert read_blocks(target) == expected(typical())
    assert faults(target) == []


def test_our_own_template_lacks_nothing() -> None:
    assert own_template().remarks == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b"PK\3\4", "est endommagé"),
        (b"text", "simple texte"),
    ],
)
def test_template_that_is_no_word_file(content: bytes, said: str, tmp_path: Path) -> None:
    wrong = tmp_path / "modele.docx"
    wrong.write_bytes(content)
    with pytest.raises(InputError, match=said) as caught:
        load(wrong)
    assert "rien n’a été écrit" in caught.value.sentence


def test_missing_template(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="introuvable"):
        load(tmp_path / "absent.docx")
