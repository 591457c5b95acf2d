"""The journal in French words, per meeting, person and commitment, exported and verified apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import conclusions, history, journal, meetings, people, progress
from pan_desktop.app.meetings import list_meetings
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.journal import Flaw
from pan_desktop.domain.model import Presence
from pan_desktop.domain.typography import Typography
from pan_desktop.domain.wording import civility
from pan_desktop.store.tables import LOCAL, metadata

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import MeetingRecord, Person


def record(office: Office) -> MeetingRecord:
    """Return what is known of the latest meeting."""
    latest = office.run(list_meetings).result[0].id
    return office.run(lambda work: work.read.record(latest)).result


def called(person: Person) -> str:
    return f"{civility(person.civility, Typography.SOIGNE)} {person.name}"


def told(office: Office, subject: str = "") -> list[str]:
    """Return what entries say, the last first, without the one that made the sample."""
    return [line.what for line in office.run(journal.entries, subject=subject).result.lines[:-1]]


def first_point(seen: MeetingRecord) -> conclusions.PointEdit:
    return next(
        conclusions.PointEdit.of(point) for item in seen.agenda for point in item.conclusions
    )


def test_each_story_tells_what_was_done_to_it_and_nothing_else(filled: Office) -> None:
    seen = record(filled)
    there = seen.attendances[0]
    report = seen.reports[0]
    point = first_point(seen)
    filled.author = "Mme Secrétaire"
    filled.run(
        conclusions.save_point,
        point=conclusions.PointEdit(point.id, point.level, "Le registre est ouvert"),
    )
    filled.run(
        meetings.set_presence,
        meeting_id=seen.meeting.id,
        person_ids=[there.person.id],
        presence=Presence.EXCUSED,
    )
    edit = progress.ReportEdit(66, "dit", report.situation)
    filled.run(progress.save_report, report_id=report.id, edit=edit)
    point_said = "Point «\u00a0Le registre est ouvert\u00a0» modifié (texte)"
    presence_said = f"Présence de {called(there.person)} modifiée (présence)"
    number = report.commitment.number
    progress_said = f"Avancement de l’engagement\u00a0{number} modifié (taux, détails)"
    assert told(filled, seen.meeting.id) == [progress_said, presence_said, point_said]
    assert told(filled, there.person.id) == [presence_said]
    assert told(filled, report.commitment.id) == [progress_said]
    assert told(filled) == [progress_said, presence_said, point_said]
    lines = filled.run(journal.entries).result.lines
    assert {line.author for line in lines[:-1]} == {"Mme Secrétaire"}
    assert lines[1].about.endswith(called(there.person))


def test_what_is_gone_is_named_as_such_and_what_comes_back_by_its_name(filled: Office) -> None:
    seen = record(filled)
    point = first_point(seen)
    filled.run(lambda work: work.delete("conclusion", point.id))
    assert told(filled, seen.meeting.id)[0].endswith(("oint supprimé", "points supprimés"))
    filled.run(history.undo)
    assert "ajouté" in told(filled, seen.meeting.id)[0]


def test_much_at_once_is_counted(filled: Office) -> None:
    (line,) = filled.run(journal.entries).result.lines
    assert "réunions ajoutées" in line.what
    assert "autres changements" in line.what
    assert "personnes" in line.about


def test_entries_are_given_in_pages(filled: Office) -> None:
    seen = record(filled)
    point = first_point(seen)
    for number in range(4):
        edit = conclusions.PointEdit(point.id, point.level, f"Point {number}")
        filled.run(conclusions.save_point, point=edit)
    page = filled.run(journal.entries, limit=3).result
    assert ([line.sequence for line in page.lines], page.more) == ([5, 4, 3], True)
    rest = filled.run(journal.entries, before=3, limit=3).result
    assert ([line.sequence for line in rest.lines], rest.more) == ([2, 1], False)


def test_every_kind_of_row_has_its_words() -> None:
    from pan_desktop.app.journal_words import _NOUNS

    assert set(_NOUNS) == set(metadata.tables) - LOCAL


# Export ----------------------------------------------------------------------------------


def test_an_exported_journal_is_verified_apart_and_names_nobody(
    filled: Office, tmp_path: Path
) -> None:
    person = record(filled).attendances[0].person
    edit = people.PersonEdit(person.civility, person.name, "Archives", "elle@exemple.org")
    filled.run(people.change_person, person_id=person.id, person=edit)
    file = tmp_path / "journal.jsonl"
    assert journal.export(filled, file=file) == 2
    found = journal.verify_file(file=file)
    assert (found.entries, found.problems) == (2, ())
    assert found.last == filled.run(journal.verify).result.last
    assert person.name not in file.read_text()
    assert "exemple.org" not in file.read_text()
    text = file.with_suffix(".txt").read_text("utf-8-sig")
    assert f"Fiche de {called(person)} modifiée (organisme, adresse électronique)" in text
    assert found.last in text


def test_an_exported_journal_that_was_changed_says_so(filled: Office, tmp_path: Path) -> None:
    point = first_point(record(filled))
    for number in range(3):
        edit = conclusions.PointEdit(point.id, point.level, f"Point {number}")
        filled.run(conclusions.save_point, point=edit)
    file = tmp_path / "journal.jsonl"
    journal.export(filled, file=file)
    lines = file.read_text().splitlines()
    second = json.loads(lines[2]) | {"author": "M. Autre"}
    file.write_text("\n".join([*lines[:2], json.dumps(second), *lines[3:]]))
    assert [p.flaw for p in journal.verify_file(file=file).problems] == [Flaw.ALTERED]
    file.write_text("\n".join([*lines[:2], *lines[3:]]))
    assert [p.flaw for p in journal.verify_file(file=file).problems] == [Flaw.MISSING]


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", "\x00", '{"format": "pan-desktop journal/1"}\n{}']
)
def test_a_file_that_is_no_journal_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "autre.jsonl"
    file.write_text(content)
    with pytest.raises(InputError, match="n’est pas un journal"):
        journal.verify_file(file=file)
    with pytest.raises(NotFoundError):
        journal.verify_file(file=tmp_path / "absent.jsonl")
