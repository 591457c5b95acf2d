"""What is published: rates as open data, the evidence pack; and what the first page knows."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import dashboard, meetings, people, progress, publishing
from pan_desktop.app.tables import write_table
from pan_desktop.app.trajectories import plan_progress
from pan_desktop.documents.open_data import RateRow, rates_csv
from pan_desktop.domain.errors import FileTakenError, FileUnwritableError
from pan_desktop.domain.typography import Typography
from tests.app.memory import action, fill

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office

NOW = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def latest(office: Office) -> str:
    return office.run(meetings.list_meetings).result[0].id


def test_every_rate_is_one_row(filled: Office, tmp_path: Path) -> None:
    file = tmp_path / "taux.csv"
    assert publishing.write_rates(filled, file=file) == 48
    rows = rows_of(file.read_bytes())
    assert len(rows) == 48
    one = next(r for r in rows if r["engagement"] == "13" and r["date"] == "2026-10-14")
    assert (one["plan"], one["taux"], one["situation"]) == (
        "2024-2027",
        "10",
        "reporté, point focal absent",
    )


def test_a_text_is_never_a_formula() -> None:
    row = RateRow("p", "", 1, "=1+1", "@x", date(2026, 1, 1), "-a", 5, "ok")
    (read,) = rows_of(rates_csv([row]))
    assert (read["intitule"], read["institution"], read["reunion"]) == ("'=1+1", "'@x", "'-a")
    assert read["taux"] == "5"


def test_no_name_and_no_cell_is_ever_a_formula(filled: Office, tmp_path: Path) -> None:
    meeting_id = latest(filled)
    record = filled.run(lambda work: work.read.record(meeting_id)).result
    there = record.attendances[0].person
    edit = people.PersonEdit(there.civility, "=cmd|' /C calc'!A0", "@Archives")
    filled.run(people.change_person, person_id=there.id, person=edit)
    text = filled.run(publishing.attendance_csv, meeting_id=record.meeting.id).result.decode()
    assert "'=cmd|' /C calc'!A0,'@Archives" in text
    assert not any(cell.startswith(("=", "@")) for cell in text.replace("\n", ",").split(","))
    file = tmp_path / "liste.csv"
    write_table(
        filled, file=file, title="Liste", rows=[("Nom", "Taux"), ("=1+1", "-5"), ("a", "b")]
    )
    assert file.read_text("utf-8-sig").splitlines() == ["Nom;Taux", "'=1+1;'-5", "a;b"]


def test_a_rate_stated_between_meetings_is_told_with_its_author(filled: Office) -> None:
    plan_id = filled.run(meetings.list_meetings).result[0].plan_id
    before = filled.run(plan_progress, plan_id=plan_id).result
    seventh = next(t for t in before.trajectories if t.commitment.number == 7)
    filled.run(
        progress.state_progress,
        commitment_id=seventh.id,
        day=date(2026, 11, 2),
        percent="45 %",
        author="M. Karim OUARGHI",
        reason="Courriel",
    )
    after = filled.run(plan_progress, plan_id=plan_id).result.of(seventh.id)
    assert after is not None
    assert after.percent == 45
    assert after.last_moved is not None
    assert after.last_moved.by == ("M. Karim OUARGHI",)
    rows = filled.run(publishing.rate_rows).result
    assert rows[-1].situation == "communiqué entre deux réunions"


def test_the_pack_holds_relevé_presences_and_progress(filled: Office, tmp_path: Path) -> None:
    meeting_id = latest(filled)
    folder = publishing.write_pack(
        filled, meeting_id=meeting_id, target=tmp_path, style=Typography.FIDELE, now=NOW
    )
    assert folder.name == "2026-10-14_PAN-2024-2027_03"
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "releve.docx",
        "releve.json",
        "presences.csv",
        "avancement.csv",
        "LISEZ-MOI.txt",
        "EMPREINTES.txt",
    }
    for line in (folder / "EMPREINTES.txt").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    people = rows_of((folder / "presences.csv").read_bytes())
    assert people[0]["presence"] == "présent"
    assert "@" not in (folder / "presences.csv").read_text(encoding="utf-8")
    with pytest.raises(FileTakenError):
        publishing.write_pack(
            filled, meeting_id=meeting_id, target=tmp_path, style=Typography.FIDELE, now=NOW
        )
    assert [path.name for path in tmp_path.iterdir() if path.is_dir() and "PAN" in path.name] == [
        folder.name
    ]


def test_the_pack_may_be_one_zip(filled: Office, tmp_path: Path) -> None:
    target = tmp_path / "dossier.zip"
    publishing.write_pack(
        filled, meeting_id=latest(filled), target=target, style=Typography.FIDELE, now=NOW
    )
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert "2026-10-14_PAN-2024-2027_03/presences.csv" in archive.namelist()


def test_a_pack_that_cannot_be_written_leaves_nothing(filled: Office, tmp_path: Path) -> None:
    place = tmp_path / "fichier"
    place.write_text("déjà là")
    with pytest.raises(FileUnwritableError):
        publishing.write_pack(
            filled, meeting_id=latest(filled), target=place, style=Typography.FIDELE, now=NOW
        )
    assert place.read_text() == "déjà là"


# The first page --------------------------------------------------------------------------


def test_the_first_page_knows_what_is_late_soon_and_quiet(office: Office) -> None:
    memory = fill(office)
    action(office, memory.item, "Tard", owner_id=memory.salma, due=date(2026, 10, 19))
    action(office, memory.item, "Bientôt", owner_id=memory.salma, due=date(2026, 10, 27))
    action(office, memory.item, "Plus tard", owner_id=memory.salma, due=date(2026, 10, 28))
    found = office.run(dashboard.dashboard, today=TODAY).result
    assert [f.text for f in found.overdue] == ["Tard"]
    assert [f.text for f in found.soon] == ["Bientôt"]
    assert found.next_meeting is None
    assert found.progress is not None
    ahead = office.run(dashboard.dashboard, today=date(2026, 10, 1)).result.next_meeting
    assert ahead is not None
    assert ahead.line.id == memory.second
    assert ahead.without_address == ("Driss Amezray",)
    assert (ahead.without_focal_point, ahead.without_place, ahead.unfilled) == ((), False, 0)


def test_the_overall_figure_and_its_history_are_those_of_the_relevés(filled: Office) -> None:
    found = filled.run(dashboard.dashboard, today=TODAY).result
    assert found.progress is not None
    records = [
        filled.run(meetings.view_meeting, meeting_id=line.id).result.record
        for line in reversed(filled.run(meetings.list_meetings).result)
    ]
    assert [one.percent for one in found.progress.history] == [r.overall for r in records]
    assert [one.computed for one in found.progress.history] == [r.computed_overall for r in records]
    assert {t.commitment.number for t in found.quiet} == {
        t.commitment.number
        for t in found.progress.trajectories
        if t.silent >= 2 and t.percent != 100
    }


def test_an_empty_office_has_an_empty_first_page(office: Office) -> None:
    found = office.run(dashboard.dashboard, today=TODAY).result
    assert found.progress is None
    assert (found.overdue, found.soon, found.quiet, found.next_meeting) == ((), (), (), None)
