"""Out and in again is the identity: a relevé exported, imported elsewhere and exported again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app import sample as sample_office
from pan_desktop.app import word_import
from pan_desktop.app.export import export
from pan_desktop.app.releve import import_releve, releve_json
from pan_desktop.documents.carried import (
    Carried,
    composed_from,
    minutes_of_record,
    write_carried,
)
from pan_desktop.documents.docx.carrying import PART, carried_in
from pan_desktop.documents.docx.stream import read_stream
from pan_desktop.domain.typography import Typography, glue, unglued
from tests.builders import Json, as_bytes, modest, office_in, releves
from tests.seed_text import needs_seed, seed_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import MeetingRecord

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)


def record_of(office: Office, meeting_id: str) -> MeetingRecord:
    return office.run(lambda work: work.read.record(meeting_id)).result


def out(office: Office, meeting_id: str, file: Path, style: Typography) -> bytes:
    export(office, meeting_id=meeting_id, target=file, style=style, now=NOW)
    return file.read_bytes()


def came_in(office: Office, file: Path) -> tuple[str, word_import.Preview]:
    seen = word_import.preview(office, file=file)
    return word_import.accept(office, seen=seen).result.meeting_id, seen


def check_way(office: Office, meeting_id: str, folder: Path, style: Typography) -> None:
    """Take a meeting out in Word, in elsewhere and out again; nothing may differ."""
    file, again = folder / "Relevé.docx", folder / "Encore.docx"
    first = out(office, meeting_id, file, style)
    with office_in(folder) as other:
        other_id, seen = came_in(other, file)
        assert seen.reading.carried
        assert seen.remarks == ()
        second = out(other, other_id, again, style)
        assert read_stream(second) == read_stream(first)
        before, after = record_of(office, meeting_id), record_of(other, other_id)
        assert minutes_of_record(after) == minutes_of_record(before)
        if before.overall is not None:
            there = other.run(releve_json, meeting_id=other_id).result
            assert there == office.run(releve_json, meeting_id=meeting_id).result
    file.unlink()
    again.unlink()


@needs_seed
@pytest.mark.parametrize("style", Typography)
def test_the_committees_own(style: Typography, tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        meeting_id = office.run(import_releve, content=seed_bytes()).result.meeting_id
        check_way(office, meeting_id, tmp_path, style)


@pytest.mark.parametrize("style", Typography)
def test_the_sample_with_all_that_was_promised_in_it(style: Typography, tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for meeting_id in office.run(sample_office.fill).result:
            check_way(office, meeting_id, tmp_path, style)


@modest
@given(data=releves(), style=st.sampled_from(Typography))
def test_any_committees(
    tmp_path_factory: pytest.TempPathFactory, data: Json, style: Typography
) -> None:
    folder = tmp_path_factory.mktemp("aller-retour")
    with office_in(folder) as office:
        meeting_id = office.run(import_releve, content=as_bytes(data)).result.meeting_id
        check_way(office, meeting_id, folder, style)


# What the file carries, and what it does not ---------------------------------------------------


@pytest.fixture
def written(tmp_path: Path) -> bytes:
    """Give the Word file of the sample's latest meeting."""
    with office_in(tmp_path) as office:
        meeting_id = office.run(sample_office.fill).result[-1]
        return out(office, meeting_id, tmp_path / "Relevé.docx", Typography.FIDELE)


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(made, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == part:
                assert old in data.decode()
                data = data.decode().replace(old, new, 1).encode()
            after.writestr(name, data)
    return made.getvalue()


def test_a_file_carries_no_address_no_hour_and_no_reason(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        meeting_id = office.run(sample_office.fill).result[-1]
        content = out(office, meeting_id, tmp_path / "Relevé.docx", Typography.FIDELE)
        record = record_of(office, meeting_id)
    carried = carried_in(content)
    assert carried
    secrets = [record.meeting.stated_reason]
    for attendance in record.attendances:
        secrets += [attendance.person.email, attendance.person.institution]
        secrets += [f"{at:%H:%M}" for at in (attendance.arrived, attendance.left) if at]
    assert [secret for secret in secrets if secret and secret in carried] == []


def test_a_word_corrected_in_word_comes_in_with_the_rest_as_it_was(
    written: bytes, tmp_path: Path
) -> None:
    texts = [t for t in read_stream(written) if isinstance(t, str) and t.isprintable()]
    word = next(text for text in texts if len(text) > 60 and text.endswith("."))
    file = tmp_path / "corrigé.docx"
    better = f"{word[:-1]}, corrigé."
    file.write_bytes(changed(written, "word/document.xml", word, better))
    with office_in(tmp_path) as office:
        _, seen = came_in(office, file)
    assert seen.reading.carried
    said = [p.text for section in seen.minutes.sections for p in section.points]
    assert better in "\n".join([*said, *(rate.details for rate in seen.minutes.rates)])


def test_of_a_file_corrected_in_word_the_words_count(written: bytes, tmp_path: Path) -> None:
    percent = next(
        token
        for token in read_stream(written)
        if isinstance(token, str) and token.rstrip("%").isdecimal() and token.endswith("%")
    )
    file = tmp_path / "corrigé.docx"
    file.write_bytes(changed(written, "word/document.xml", f">{percent}<", ">1%<"))
    with office_in(tmp_path) as office:
        _, seen = came_in(office, file)
    assert not seen.reading.carried
    assert 1 in {rate.percent for rate in seen.minutes.rates}


def test_data_that_is_not_what_the_pages_say_counts_for_nothing(
    written: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "truqué.docx"
    carried = json.loads(carried_in(written))
    name = carried["people"][0][0][1]
    file.write_bytes(changed(written, PART, name, "Faux NOM"))
    with office_in(tmp_path) as office:
        _, seen = came_in(office, file)
    assert not seen.reading.carried
    assert "Faux NOM" not in [a.who.name for a in seen.minutes.attendees]


@pytest.mark.parametrize(
    "carried", ["", "{", "[]", '{"form":"minutes/1"}', "[" * 5000, '{"form":"minutes/2"}']
)
def test_data_that_is_none_counts_for_nothing(written: bytes, carried: str, tmp_path: Path) -> None:
    file = tmp_path / "abîmé.docx"
    file.write_bytes(changed(written, PART, carried_in(written)[:60], f"{carried}"))
    with office_in(tmp_path) as office:
        _, seen = came_in(office, file)
    assert not seen.reading.carried


def test_what_python_docx_saved_again_is_still_known_to_the_letter(
    written: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "resauvé.docx"
    Document(BytesIO(written)).save(str(file))
    with office_in(tmp_path) as office:
        _, seen = came_in(office, file)
    assert seen.reading.carried


def test_carried_minutes_read_back_are_those_that_were_written(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for meeting_id in office.run(sample_office.fill).result:
            record = record_of(office, meeting_id)
            minutes = minutes_of_record(record)
            carried = Carried(write_carried(record, Typography.FIDELE))
            assert carried.style is Typography.FIDELE
            assert carried.filled(minutes) == minutes
            assert minutes_of_record(composed_from(minutes, carried.layout)) == minutes


def test_a_file_says_its_words_once(written: bytes) -> None:
    long = [t for t in read_stream(written) if isinstance(t, str) and len(t) > 60]
    assert long
    assert [text for text in long if text in carried_in(written)] == []


@given(text=st.text(st.sampled_from("ab:;!?%«»'’ .(),\u00a0\u202f1e"), max_size=14))
def test_what_is_glued_for_the_page_comes_apart_again(text: str) -> None:
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    assert unglued(glue(plain)) == plain


def test_without_what_it_carries_the_sample_reads_the_same(written: bytes, tmp_path: Path) -> None:
    """The words alone give the same paper: nothing depends on the data that is carried."""
    file = tmp_path / "nu.docx"
    file.write_bytes(changed(written, PART, "minutes/1", "minutes/0"))
    with office_in(tmp_path) as office:
        meeting_id, seen = came_in(office, file)
        assert not seen.reading.carried
        again = out(office, meeting_id, tmp_path / "encore.docx", Typography.FIDELE)
    assert read_stream(again) == read_stream(written)
