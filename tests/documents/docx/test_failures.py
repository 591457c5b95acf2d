"""Whatever goes wrong, the old file stays, nothing else stays, and one sentence says it."""

from __future__ import annotations

import errno
import os
import resource
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pan_desktop.documents import saving
from pan_desktop.documents.docx import body, write_docx
from pan_desktop.documents.docx.template import Template
from pan_desktop.documents.model import Document
from pan_desktop.domain.errors import FileUnwritableError, FileVerificationError, PanError
from tests.documents.docx.papers import typical

OLD = b"the file that was there before"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "releve.docx"
    path.write_bytes(OLD)
    return path


def _unchanged(target: Path) -> bool:
    return target.read_bytes() == OLD and list(target.parent.iterdir()) == [target]


def _raising(error: OSError) -> Callable[..., None]:
    def raise_it(*_args: object, **_kwargs: object) -> None:
        raise error

    return raise_it


def _is_a_sentence(error: PanError) -> bool:
    text = error.sentence
    return text.endswith(".") and " : " in text and " ; " in text and "Errno" not in text


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_full_disk(code: int, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _raising(OSError(code, os.strerror(code))))
    with pytest.raises(FileUnwritableError, match="plus de place") as caught:
        write_docx(typical(), target)
    assert "intact" in caught.value.sentence
    assert _is_a_sentence(caught.value)
    assert _unchanged(target)


@contextmanager
def _files_no_longer_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_disk_that_takes_only_half_of_the_file(target: Path) -> None:
    paper = typical()
    caught: FileUnwritableError | None = None
    with _files_no_longer_than(4096):
        try:
            write_docx(paper, target)
        except FileUnwritableError as error:
            caught = error
    assert caught is not None
    assert "plus de place" in caught.sentence
    assert _unchanged(target)


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritableError, match="n’existe pas") as caught:
        write_docx(typical(), tmp_path / "absent" / "releve.docx")
    assert "rien n’a été écrit" in caught.value.sentence
    assert _is_a_sentence(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_a_file(target: Path) -> None:
    with pytest.raises(FileUnwritableError, match="n’est pas un dossier") as caught:
        write_docx(typical(), target / "releve.docx")
    assert _is_a_sentence(caught.value)
    assert _unchanged(target)


def test_target_that_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "releve.docx"
    folder.mkdir()
    with pytest.raises(FileUnwritableError, match="est un dossier") as caught:
        write_docx(typical(), folder)
    assert _is_a_sentence(caught.value)
    assert list(tmp_path.rglob("*")) == [folder]


def test_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritableError, match="trop long") as caught:
        write_docx(typical(), tmp_path / ("r" * 251 + ".docx"))
    assert _is_a_sentence(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_folder_without_rights(code: int, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as root, whom no permission stops.
    monkeypatch.setattr(os, "open", _raising(OSError(code, os.strerror(code))))
    with pytest.raises(FileUnwritableError, match="faute de droits") as caught:
        write_docx(typical(), target)
    monkeypatch.undo()
    assert _is_a_sentence(caught.value)
    assert _unchanged(target)


def test_file_open_in_word(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", _raising(PermissionError(errno.EACCES, "in use")))
    with pytest.raises(FileUnwritableError, match="ouvert dans un autre programme") as caught:
        write_docx(typical(), target)
    assert _is_a_sentence(caught.value)
    assert _unchanged(target)


def test_any_other_error_of_the_system(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _raising(OSError(errno.EIO, "input/output error")))
    with pytest.raises(FileUnwritableError, match="erreur 5 du système") as caught:
        write_docx(typical(), target)
    assert _is_a_sentence(caught.value)
    assert _unchanged(target)


def test_interruption_leaves_nothing(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_docx(typical(), target)
    assert _unchanged(target)


DEFECTS = {
    "paragraph lost": ("document", "<w:p><w:r><w:t", None),
    "text changed": ("document", "En cours.", "En court."),
    "space lost": ("document", "En cours.", "En cours"),
    "raised letters lost": ("document", '<w:vertAlign w:val="superscript"/>', ""),
    "bold lost": ("document", "<w:b/>", ""),
    "level changed": ("document", '<w:ilvl w:val="2"/>', '<w:ilvl w:val="1"/>'),
    "heading level changed": ("document", '"Heading2"', '"Heading1"'),
    "title for subtitle": ("document", '"Subtitle"', '"Title"'),
    "lists joined": ("document", '<w:numId w:val="6"/>', '<w:numId w:val="5"/>'),
    "header row not repeated": ("document", "<w:tblHeader/>", ""),
    "caption changed": ("document", 'w:val="Légende"', 'w:val="Legende"'),
    "cell empty": ("document", "24%", ""),
    "not well formed": ("document", "</w:tbl>", ""),
    "spacer with text": ("document", "</w:tbl>", "</w:tbl><w:p/>"),
    "bullets for numbers": ("numbering", 'w:val="decimal"', 'w:val="bullet"'),
    "list does not start at 1": (
        "numbering",
        '<w:startOverride w:val="1"',
        '<w:startOverride w:val="2"',
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_file_that_is_not_what_was_meant_replaces_nothing(
    defect: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, old, new = DEFECTS[defect]
    built = body.build

    def build_wrongly(paper: Document, parts: Template, *, mixed: bool) -> tuple[str, str]:
        texts = dict(zip(("document", "numbering"), built(paper, parts, mixed=mixed), strict=True))
        text = texts[part]
        if new is None:
            start = text.index(old)
            changed = text[:start] + text[text.index("</w:p>", start) + len("</w:p>") :]
        else:
            changed = text.replace(old, new)
        assert changed != text
        texts[part] = changed
        return texts["document"], texts["numbering"]

    monkeypatch.setattr(body, "build", build_wrongly)
    with pytest.raises(FileVerificationError, match="relu après écriture") as caught:
        write_docx(typical(), target)
    assert _is_a_sentence(caught.value)
    assert _unchanged(target)


@pytest.mark.parametrize("kept", [0, 100, -1])
def test_a_file_that_the_disk_changed_replaces_nothing(
    kept: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_less(descriptor: int, data: bytes) -> None:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data[:kept])

    monkeypatch.setattr(saving, "_fill", write_less)
    with pytest.raises(FileVerificationError):
        write_docx(typical(), target)
    assert _unchanged(target)


def test_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    usual, path = tmp_path / "usual", tmp_path / "releve.docx"
    usual.touch()
    write_docx(typical(), path)
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


def test_replaced_file_keeps_its_permissions_and_its_link(target: Path) -> None:
    target.chmod(0o640)
    link = target.with_name("link.docx")
    link.symlink_to(target)
    write_docx(typical(), link)
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert target.read_bytes()[:2] == b"PK"


def test_nobody_else_reads_a_file_that_is_not_finished(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes = []
    fill = saving._fill

    def look(descriptor: int, data: bytes) -> None:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        fill(descriptor, data)

    monkeypatch.setattr(saving, "_fill", look)
    write_docx(typical(), target)
    assert modes == [0o600]
