"""The doctor says what is wrong in words, repairs what is safe after a copy, saves the rest."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.app import doctor, meetings
from pan_desktop.app.doctor import Weight
from pan_desktop.app.doctor_words import finding
from pan_desktop.app.office import Office
from pan_desktop.domain.errors import (
    InputError,
    PanError,
    StoreBusyError,
    StoreTooNewError,
    WrongSecretError,
)
from pan_desktop.domain.keys import Key
from pan_desktop.store.health.doctor import Ill, Symptom
from tests.builders import KEY, dump, encrypted, lived_database
from tests.soak.damaging import PAGE
from tests.store.health.test_doctor import spoil
from tests.store.health.test_recovery import overwrite, pages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime.now(UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    file = tmp_path / "base" / "essai.sqlite3"
    file.parent.mkdir()
    file.touch(0o600)
    file.write_bytes(lived_database())
    office = Office(str(file))
    yield office
    office.close()


def file_of(office: Office) -> Path:
    from pathlib import Path

    return Path(office.database)


def ids(found: tuple[doctor.Finding, ...]) -> list[str]:
    return [each.id for each in found]


def test_a_sound_office_without_copies_is_told_of_them_only(office: Office) -> None:
    found = doctor.look(office, now=NOW)
    assert ids(found) == ["copies"]
    assert doctor.healthy(found)


def test_looking_opens_no_file_beside_the_driver(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing it would give up the locks of the office, which has it open."""
    from pathlib import Path

    office.run(meetings.list_meetings)
    file, opened = file_of(office), Path.open

    def watched(path: Path, *args: Any, **kwargs: Any) -> Any:
        assert path.name not in {f"{file.name}{end}" for end in ("", "-wal", "-shm")}
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", watched)
    assert ids(doctor.look(office, now=NOW)) == ["copies"]


@pytest.mark.parametrize("ill", Ill)
def test_every_ill_has_a_sentence_that_says_what_to_do(ill: Ill) -> None:
    names = {Ill.REFERENCES: ("meeting",)}.get(ill, ("2026-10-14", "2"))
    for number in (1, 3):
        told = finding(Symptom(ill, "conclusion", number, names))
        assert told.sentence[0].isupper() or told.sentence[0].isdigit()
        assert told.sentence.endswith(".")
        assert "{" not in told.sentence


@pytest.mark.parametrize("filler", [bytes, random.randbytes])
def test_of_a_protected_office_without_its_beginning_copies_are_told_first(
    office: Office, filler: Callable[[int], bytes]
) -> None:
    file = file_of(office)
    file.write_bytes(encrypted(lived_database()))
    office.key = KEY
    overwrite(file, 1, filler(PAGE))
    found = doctor.look(office, now=NOW)
    assert ids(found) == ["sealed", "copies"]
    assert found[0].weight is Weight.GRAVE
    sentence = found[0].sentence
    assert sentence.index("copie de sauvegarde") < sentence.index("récupération")
    office.key = Key(bytes(32), KEY.salt)
    if filler is not bytes:  # nothing of it is signed by another key
        with pytest.raises(WrongSecretError):
            doctor.look(office, now=NOW)
    office.key = None


def test_broken_references_are_told_in_words(office: Office) -> None:
    spoil(file_of(office), "DELETE FROM meeting WHERE rowid = 1")
    said = [each.sentence for each in doctor.look(office, now=NOW)]
    assert any(
        "points de l’ordre du jour dont la réunion n’existe plus" in sentence for sentence in said
    )


def test_what_was_changed_beside_the_program_is_told(office: Office) -> None:
    office.run(meetings.list_meetings)
    spoil(file_of(office), "UPDATE meeting SET place = 'ailleurs' WHERE rowid = 1")
    found = doctor.look(office, now=NOW)
    assert ids(found) == ["journal", "copies"]
    assert not doctor.healthy(found)


@pytest.mark.parametrize(
    "spoilt",
    [
        "DROP INDEX ix_conclusion_parent_id",
        "DROP TRIGGER search_on_own_meeting_insert",
        "ix_conclusion_agenda_item_id",
        "sqlite_autoindex_meeting_1",
        "search_entry",
        "search_index_data",
    ],
)
def test_what_is_safe_is_repaired_after_a_copy(office: Office, spoilt: str) -> None:
    file = file_of(office)
    if " " in spoilt:
        spoil(file, spoilt)
    else:
        overwrite(file, pages_of(file, spoilt)[0], bytes(PAGE))
    before, bytes_before = dump(file), file.read_bytes()
    repaired = doctor.repair(office, now=NOW)
    assert repaired.kept is not None
    assert repaired.mended
    assert doctor.healthy(repaired.left)
    assert dump(file) == before
    if " " not in spoilt:
        assert repaired.kept.read_bytes() == bytes_before
    office.run(meetings.list_meetings)


def test_nothing_is_copied_when_nothing_is_to_be_repaired(office: Office) -> None:
    before = file_of(office).read_bytes()
    repaired = doctor.repair(office, now=NOW)
    assert (repaired.kept, repaired.mended) == (None, ())
    assert file_of(office).read_bytes() == before


def test_lost_rows_are_no_matter_of_repairing(office: Office) -> None:
    file = file_of(office)
    overwrite(file, pages_of(file, "conclusion")[-1], bytes(PAGE))
    spoilt = file.read_bytes()
    repaired = doctor.repair(office, now=NOW)
    assert not doctor.healthy(repaired.left)
    assert any(each.weight is Weight.GRAVE for each in repaired.left)
    assert file.read_bytes() == spoilt


def test_somebody_who_has_it_open_is_not_disturbed(office: Office) -> None:
    import sqlite3
    from contextlib import closing

    file = file_of(office)
    spoil(file, "DROP INDEX ix_conclusion_parent_id")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="un autre programme"):
            doctor.repair(office, now=NOW)


def test_what_is_readable_is_saved_and_the_rest_reported(office: Office, tmp_path: Path) -> None:
    file, target = file_of(office), tmp_path / "neuve.sqlite3"
    spoil(file, "DELETE FROM step")
    overwrite(file, pages_of(file, "meeting")[0], bytes(PAGE))
    spoilt = file.read_bytes()
    rescue = doctor.recover(office, target=target, now=NOW)
    assert not rescue.whole
    assert file.read_bytes() == spoilt
    said = rescue.report.read_text(encoding="utf-8")
    assert "3\u00a0lignes (réunions) à compléter" in said
    assert all(sentence in said for sentence in rescue.sentences)
    saved = Office(str(target))
    assert len(saved.run(meetings.list_meetings).result) == 3
    # What was made again is not what the journal tells of; nothing else is wrong.
    assert ids(doctor.look(saved, now=NOW)) == ["journal", "copies"]
    saved.close()


def test_what_nobody_can_count_any_more_is_told_table_by_table(
    office: Office, tmp_path: Path
) -> None:
    file = file_of(office)
    spoil(file, "DELETE FROM step")
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    rescue = doctor.recover(office, target=tmp_path / "neuve.sqlite3", now=NOW)
    said = rescue.report.read_text(encoding="utf-8").splitlines()
    points = "Points retenus : aucune ligne n’a pu être lue, et leur nombre n’est pas connu."
    assert points in rescue.sentences
    assert points in said
    assert (
        "0\u00a0point retenu ; manquent : nombre inconnu ; sans place : 0 ; à compléter : 0" in said
    )
    tables = sum("nombre n’est pas connu." in line for line in rescue.sentences[2:])
    assert tables >= 2
    assert rescue.sentences[1].startswith(f"{tables}\u00a0tables ont perdu")
    assert doctor.WHOLE not in rescue.sentences


def test_words_without_a_place_are_in_the_report(office: Office, tmp_path: Path) -> None:
    file = file_of(office)
    spoil(file, "DELETE FROM step", "UPDATE conclusion SET kind = 'x', text = 'Sans place'"
          " WHERE rowid = 1")  # fmt: skip
    rescue = doctor.recover(office, target=tmp_path / "neuve.sqlite3", now=NOW)
    assert "text : Sans place" in rescue.report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("spoilt", "error"),
    [("UPDATE alembic_version SET version_num = '9999'", StoreTooNewError)],
)
def test_what_is_not_to_be_looked_at_is_refused(
    office: Office, spoilt: str, error: type[PanError]
) -> None:
    spoil(file_of(office), spoilt)
    with pytest.raises(error):
        doctor.look(office, now=NOW)


def test_a_server_looks_after_itself() -> None:
    with pytest.raises(InputError, match="PostgreSQL"):
        doctor.look(Office("postgresql://quelque/part"), now=NOW)
