"""Exporting: one's own file is replaced, one that someone changed never without being asked."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import docx
import pytest

from pan_desktop.app import export, meetings, releve, versions, written
from pan_desktop.app.office import Office
from pan_desktop.app.rendering import PdfBy, PdfMaking
from pan_desktop.app.written import Existing
from pan_desktop.documents import libreoffice
from pan_desktop.documents.docx.reader import read_blocks
from pan_desktop.domain.errors import (
    FileTakenError,
    FileUnwritableError,
    InputError,
    NotFoundError,
    OtherProgramError,
    StoreFullError,
)
from pan_desktop.domain.typography import Typography
from tests.builders import dump
from tests.seed_text import needs_seed, seed_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.export import Exported
    from pan_desktop.documents.model import Document

NOW = datetime(2026, 10, 15, 11, 0, tzinfo=UTC)


def latest(office: Office) -> str:
    return office.run(meetings.list_meetings).result[0].id


def write(office: Office, target: Path, existing: Existing = Existing.ASK, **own: Any) -> Exported:
    arguments: dict[str, Any] = {
        "meeting_id": latest(office),
        "style": Typography.FIDELE,
        "now": NOW,
    }
    return export.export(office, target=target, existing=existing, **(arguments | own))


def test_one_s_own_file_is_replaced_also_after_a_restart(filled: Office, tmp_path: Path) -> None:
    target = tmp_path / "relevé.docx"
    first = write(filled, target)
    assert first.digest == hashlib.sha256(target.read_bytes()).hexdigest()
    filled.run(meetings.add_item, meeting_id=latest(filled), title="De plus")
    filled.close()
    again = Office(filled.database)
    try:
        second = write(again, target)
    finally:
        again.close()
    assert second.digest != first.digest
    assert "De plus" in str(read_blocks(target))


def test_a_file_changed_outside_stays_and_it_is_told_since_when(
    filled: Office, tmp_path: Path
) -> None:
    target = tmp_path / "relevé.docx"
    write(filled, target)
    target.write_bytes(target.read_bytes() + b" ")
    before = dump(filled.database)
    for existing in (Existing.ASK, Existing.KEEP_CHANGED):
        with pytest.raises(FileTakenError, match=r"modifié en dehors.*écrit le \d.* à \d"):
            write(filled, target, existing)
    assert target.read_bytes().endswith(b" ")
    assert dump(filled.database) == before
    write(filled, target, Existing.REPLACE)
    assert read_blocks(target)
    write(filled, target)


def test_a_file_the_program_never_wrote_is_asked_about(filled: Office, tmp_path: Path) -> None:
    target = tmp_path / "relevé.docx"
    target.write_bytes(b"quelqu'un")
    with pytest.raises(FileTakenError, match="existe déjà"):
        write(filled, target)
    assert target.read_bytes() == b"quelqu'un"
    write(filled, target, Existing.KEEP_CHANGED)
    assert read_blocks(target)


def test_a_copy_of_an_issued_version_is_kept_elsewhere_and_may_be_replaced(
    filled: Office, tmp_path: Path
) -> None:
    issued = versions.issue(
        filled,
        meeting_id=latest(filled),
        target=tmp_path / "a.docx",
        style=Typography.FIDELE,
        author="N. T.",
        now=NOW,
    )
    (tmp_path / "b.docx").write_bytes(issued.path.read_bytes())
    write(filled, tmp_path / "b.docx")


def test_a_file_that_cannot_be_read_is_asked_about(
    filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "relevé.docx"
    target.write_bytes(b"x")
    monkeypatch.setattr(written, "_digest_of", lambda _file: None)
    with pytest.raises(FileTakenError, match="ne peut pas être lu"):
        write(filled, target)


def test_a_file_without_a_name_is_asked_for_one(filled: Office, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="pas de nom"):
        write(filled, tmp_path.relative_to(tmp_path))


def test_a_folder_in_the_way_is_told_by_writing(filled: Office, tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(FileUnwritableError, match="dossier"):
        write(filled, tmp_path / "a.docx")


def test_a_link_and_its_file_are_one_place(filled: Office, tmp_path: Path) -> None:
    target, link = tmp_path / "relevé.docx", tmp_path / "lien.docx"
    write(filled, target)
    link.symlink_to(target)
    write(filled, link)
    assert link.is_symlink()
    write(filled, target)


def test_a_full_disk_for_the_note_does_not_undo_the_file(
    filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise StoreFullError("Plus de place.")

    monkeypatch.setattr(written, "remember", full)
    write(filled, tmp_path / "a.docx")
    assert read_blocks(tmp_path / "a.docx")


def test_a_draft_says_that_it_is_one(filled: Office, tmp_path: Path) -> None:
    write(filled, tmp_path / "a.docx")
    core = docx.Document(str(tmp_path / "a.docx")).core_properties
    assert (core.identifier, core.version) == (latest(filled), "")
    assert core.content_status == "Brouillon"


def test_an_issued_relevé_is_exported_as_it_was_issued(filled: Office, tmp_path: Path) -> None:
    issued = versions.issue(
        filled,
        meeting_id=latest(filled),
        target=tmp_path / "a.docx",
        style=Typography.FIDELE,
        author="N. T.",
        now=NOW,
    )
    done = write(filled, tmp_path / "b.docx", style=Typography.SOIGNE)
    assert done.digest == issued.digest
    assert done.remarks == (
        "Le relevé est diffusé : le fichier est celui de la version 1, tel qu’il a été gardé.",
    )
    assert (tmp_path / "b.docx").read_bytes() == issued.path.read_bytes()


def painted(document: Document) -> bytes:
    """Stand in for the window's pages."""
    return b"%PDF- " + document.properties.status.encode()


@pytest.mark.parametrize(("suffix", "start"), [(".html", "<!DOCTYPE html>"), (".txt", "RÉUNION")])
def test_other_forms_are_written_whole_and_known_again(
    suffix: str, start: str, filled: Office, tmp_path: Path
) -> None:
    target = tmp_path / f"relevé{suffix.upper()}"
    write(filled, target)
    assert target.read_text(encoding="utf-8").startswith(start)
    write(filled, target)
    target.write_text("changé", encoding="utf-8")
    with pytest.raises(FileTakenError):
        write(filled, target)
    assert [path.name for path in tmp_path.glob(".pan-*")] == []


def test_a_pdf_is_of_whoever_is_asked(
    filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "relevé.pdf"
    with pytest.raises(InputError, match="seul LibreOffice"):
        write(filled, target)
    assert not target.exists()
    write(filled, target, making=PdfMaking(painted))
    assert target.read_bytes() == b"%PDF- Brouillon"
    given: list[tuple[str, bytes]] = []

    def converted(content: bytes, name: str, _suffix: str) -> bytes:
        given.append((name, content))
        return b"%PDF-office"

    monkeypatch.setattr(libreoffice, "convert", converted)
    write(filled, target, making=PdfMaking(painted, PdfBy.LIBREOFFICE))
    assert target.read_bytes() == b"%PDF-office"
    (tmp_path / given[0][0]).write_bytes(given[0][1])
    assert given[0][0] == "relevé.docx"
    assert "RÉUNION" in str(read_blocks(tmp_path / "relevé.docx"))


def test_where_libreoffice_fails_the_old_file_is_kept(
    filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "relevé.pdf"
    write(filled, target, making=PdfMaking(painted))
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    with pytest.raises(OtherProgramError, match="rien n’a été écrit"):
        write(filled, target, making=PdfMaking(painted, PdfBy.LIBREOFFICE))
    assert target.read_bytes() == b"%PDF- Brouillon"


def test_other_forms_of_an_issued_relevé_say_which_file_counts(
    filled: Office, tmp_path: Path
) -> None:
    versions.issue(
        filled,
        meeting_id=latest(filled),
        target=tmp_path / "a.docx",
        style=Typography.FIDELE,
        author="N. T.",
        now=NOW,
    )
    done = write(filled, tmp_path / "a.pdf", making=PdfMaking(painted))
    assert done.remarks == (
        "Le relevé est diffusé : c’est le fichier Word de la version 1, gardé, qui fait foi.",
    )
    assert (tmp_path / "a.pdf").read_bytes() == "%PDF- Diffusé".encode()


def test_control_characters_are_left_out_of_every_form_and_told(
    filled: Office, tmp_path: Path
) -> None:
    filled.run(meetings.add_item, meeting_id=latest(filled), title="Un\x0bdeux\x00trois")
    done = write(filled, tmp_path / "a.html")
    assert any("caractères de commande" in remark for remark in done.remarks)
    assert "\x00" not in (tmp_path / "a.html").read_text(encoding="utf-8")


@needs_seed
def test_a_draft_says_quietly_what_is_not_confirmed(office: Office, tmp_path: Path) -> None:
    office.run(releve.import_releve, content=seed_bytes())
    remarks = write(office, tmp_path / "a.docx").remarks
    assert [r for r in remarks if "bloquants ne sont pas confirmés" in r] == [remarks[-1]]
    assert versions.counted_blocking([]) == ""


def test_what_is_gone_is_told(filled: Office, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="n’est plus là"):
        written.still_there(filled, path=tmp_path / "a.docx")
    assert written.still_there(filled, path=tmp_path) == tmp_path


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        written.read(tmp_path / "absent")
    with pytest.raises(InputError):
        written.read(tmp_path)
    (tmp_path / "gros").write_bytes(b"1234")
    with pytest.raises(InputError, match="trop gros"):
        written.read(tmp_path / "gros", limit=3)


def test_places_follow_links(tmp_path: Path) -> None:
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert written.place_of(tmp_path / "b") == os.path.realpath(tmp_path / "a")
