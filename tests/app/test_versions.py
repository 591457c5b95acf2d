"""The life of a relevé: issued, locked, reopened, corrected, approved; what was issued is kept."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest

from pan_desktop.app import (
    conclusions,
    history,
    meetings,
    people,
    plans,
    progress,
    releve,
    versions,
)
from pan_desktop.app.conclusions import PointEdit
from pan_desktop.app.progress import ReportEdit
from pan_desktop.app.written import Existing
from pan_desktop.documents.docx.reader import read_blocks
from pan_desktop.domain.errors import FileTakenError, InputError, LockedError
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import Presence, ReleveState, Situation
from pan_desktop.domain.typography import Typography
from pan_desktop.store.opening import connect
from tests.builders import dump, office_in, sample_bytes
from tests.seed_text import needs_seed, seed_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.office import Office
    from pan_desktop.app.versions import Issued, Life
    from pan_desktop.store.unit_of_work import UnitOfWork

ENCRYPTED_TOO = True

NOON = datetime(2026, 10, 15, 11, 0, tzinfo=UTC)
LATER = datetime(2026, 10, 20, 9, 5, tzinfo=UTC)


def latest(office: Office) -> str:
    return office.run(meetings.list_meetings).result[0].id


def issue(office: Office, folder: Path, name: str = "relevé.docx", **own: Any) -> Issued:
    arguments: dict[str, Any] = {
        "meeting_id": latest(office),
        "target": folder / name,
        "style": Typography.FIDELE,
        "author": "Nadia TAHIRI",
        "now": NOON,
    }
    return versions.issue(office, **(arguments | own))


def reopen(office: Office, reason: str = "Un taux était faux.") -> None:
    office.run(
        versions.reopen,
        meeting_id=latest(office),
        author="Karim ALAMI",
        reason=reason,
        at=LATER,
    )


def life(office: Office) -> Life:
    return office.run(versions.life, meeting_id=latest(office)).result


def record(office: Office) -> Any:
    return office.run(meetings.view_meeting, meeting_id=latest(office)).result.record


# Issuing ---------------------------------------------------------------------------------


def test_issuing_writes_the_file_keeps_it_and_locks(filled: Office, tmp_path: Path) -> None:
    issued = issue(filled, tmp_path)
    content = (tmp_path / "relevé.docx").read_bytes()
    assert (issued.number, issued.state, issued.unwritten) == (1, ReleveState.ISSUED, "")
    assert issued.digest == hashlib.sha256(content).hexdigest()
    found = life(filled)
    assert found.state is ReleveState.ISSUED
    (line,) = found.lines
    assert (line.number, line.version.state) == (1, ReleveState.ISSUED)
    assert (line.version.author, line.version.issued_at) == ("Nadia TAHIRI", NOON)
    assert (line.version.file_name, line.version.digest) == ("relevé.docx", issued.digest)
    assert filled.run(versions.kept_file, version_id=line.id).result == content
    core = docx.Document(str(tmp_path / "relevé.docx")).core_properties
    assert (core.identifier, core.version) == (latest(filled), "1")
    assert core.content_status == "Diffusé"


def test_the_properties_change_no_visible_word(filled: Office, tmp_path: Path) -> None:
    from pan_desktop.documents.docx.writer import write_docx

    plain = filled.run(
        releve.compose, meeting_id=latest(filled), style=Typography.FIDELE, written=NOON
    ).result
    write_docx(plain, tmp_path / "plain.docx")
    issue(filled, tmp_path)
    assert read_blocks(tmp_path / "plain.docx") == read_blocks(tmp_path / "relevé.docx")


def test_an_instant_is_told_by_the_meeting_s_clock(filled: Office, tmp_path: Path) -> None:
    issue(filled, tmp_path, now=datetime(2026, 1, 5, 11, 0, tzinfo=UTC))
    assert life(filled).lines[0].moment == "5 janvier 2026 à 12\u00a0h"
    assert versions.local(NOON, "Nulle/Part").utcoffset() == NOON.astimezone().utcoffset()


@pytest.mark.parametrize(
    ("own", "said"),
    [({"author": "  "}, "nom"), ({"name": "a.json"}, r"\.docx"), ({"name": "sans"}, r"\.docx")],
)
def test_what_cannot_be_issued_changes_nothing(
    filled: Office, tmp_path: Path, own: dict[str, str], said: str
) -> None:
    before = dump(filled.database)
    with pytest.raises(InputError, match=said):
        issue(filled, tmp_path, **own)
    assert dump(filled.database) == before
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_a_relevé_is_issued_once(filled: Office, tmp_path: Path) -> None:
    issue(filled, tmp_path)
    before = dump(filled.database)
    with pytest.raises(LockedError, match="déjà diffusé"):
        issue(filled, tmp_path, "autre.docx")
    assert dump(filled.database) == before
    assert not (tmp_path / "autre.docx").exists()


@needs_seed
def test_blocking_findings_must_be_confirmed_first(office: Office, tmp_path: Path) -> None:
    meeting_id = office.run(releve.import_releve, content=seed_bytes()).result.meeting_id
    with pytest.raises(InputError, match="ne sont pas confirmés : le relevé n’est pas diffusé"):
        issue(office, tmp_path)
    assert life(office).state is ReleveState.DRAFT
    assert not (tmp_path / "relevé.docx").exists()
    found = versions.unconfirmed(*office.run(versions.checked, meeting_id=meeting_id).result)
    assert {finding.id for finding in found} >= {"P1"}

    def confirm(work: UnitOfWork) -> None:
        for finding in found:
            work.insert(
                "confirmation",
                meeting_id=meeting_id,
                finding=finding.key,
                check_id=finding.id,
                reason="Vérifié.",
                author="Nadia TAHIRI",
            )

    office.run(confirm)
    assert issue(office, tmp_path).number == 1


def test_a_file_that_is_someone_s_is_not_replaced_and_nothing_is_issued(
    filled: Office, tmp_path: Path
) -> None:
    (tmp_path / "relevé.docx").write_bytes(b"retouche")
    with pytest.raises(FileTakenError):
        issue(filled, tmp_path)
    assert life(filled).lines == ()
    assert issue(filled, tmp_path, existing=Existing.REPLACE).number == 1


def test_a_version_is_kept_where_the_file_cannot_be_written(filled: Office, tmp_path: Path) -> None:
    issued = issue(filled, tmp_path, "absent/a.docx")
    assert "n’existe pas" in issued.unwritten
    (line,) = life(filled).lines
    copy = versions.save_copy(
        filled,
        meeting_id=latest(filled),
        version_id=line.id,
        target=tmp_path / "copie.docx",
        existing=Existing.ASK,
    )
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == issued.digest


def test_what_changes_while_it_is_written_is_written_again(
    filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, times = versions.rendered, 0

    def typing(document: Any, name: str, template: Any) -> Any:
        nonlocal times
        times += 1
        if times == 1:
            item = record(filled).agenda[-1]
            point = PointEdit(new_id(), 0, "Ajouté pendant l’écriture.")
            filled.run(conclusions.save_outline, item_id=item.id, points=[point])
        return real(document, name, template)

    monkeypatch.setattr(versions, "rendered", typing)
    issue(filled, tmp_path)
    assert times == 2
    assert "Ajouté pendant" in str(read_blocks(tmp_path / "relevé.docx"))


# Locked ----------------------------------------------------------------------------------


def _points(office: Office) -> tuple[str, Any]:
    return next((i.id, i.conclusions[0]) for i in record(office).agenda if i.conclusions)


def writes(office: Office) -> dict[str, Callable[[UnitOfWork], object]]:
    """Return one write on each table that a relevé is made of."""
    found = record(office)
    meeting_id = found.meeting.id
    item_id, point = _points(office)
    person = found.attendances[0].person.id
    report = found.scope[0]
    edit = meetings.MeetingEdit(found.meeting.body.name, date(2030, 1, 1), time(9), "Ailleurs")
    return {
        "meeting": lambda w: meetings.change_meeting(w, meeting_id=meeting_id, edit=edit),
        "overall": lambda w: progress.state_overall(
            w, meeting_id=meeting_id, percent=3, reason="x"
        ),
        "new item": lambda w: meetings.add_item(w, meeting_id=meeting_id, title="De plus"),
        "item": lambda w: meetings.change_item(w, item_id=item_id, title="Autre"),
        "item gone": lambda w: w.delete("agenda_item", item_id),
        "points": lambda w: conclusions.save_outline(w, item_id=item_id, points=[]),
        "point": lambda w: w.update("conclusion", point.id, text="Autre", done_on=date(2027, 1, 1)),
        "new point": lambda w: w.insert(
            "conclusion", agenda_item_id=item_id, position=99.0, text="De plus"
        ),
        "presence": lambda w: meetings.set_presence(
            w, meeting_id=meeting_id, person_ids=[person], presence=Presence.EXCUSED
        ),
        "presence gone": lambda w: meetings.set_presence(
            w, meeting_id=meeting_id, person_ids=[person], presence=None
        ),
        "representation": lambda w: w.insert(
            "representation",
            attendance_id=found.attendances[0].id,
            commitment_id=found.scope[-1].commitment.id,
            plan_id=found.plan.id,
            role="focal_point",
        ),
        "report": lambda w: progress.save_report(
            w, report_id=report.id, edit=ReportEdit(7, "Autre", Situation.REPORTED)
        ),
        "confirmation": lambda w: w.insert(
            "confirmation",
            meeting_id=meeting_id,
            finding="k",
            check_id="P1",
            reason="x",
            author="y",
        ),
    }


NAMES = (
    "meeting",
    "overall",
    "new item",
    "item",
    "item gone",
    "points",
    "point",
    "new point",
    "presence",
    "presence gone",
    "representation",
    "report",
    "confirmation",
)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_an_issued_relevé_can_be_changed(
    filled: Office, tmp_path: Path, name: str
) -> None:
    issue(filled, tmp_path)
    write = writes(filled)[name]
    before = dump(filled.database)
    with pytest.raises(LockedError) as refused:
        filled.run(write)
    assert refused.value.sentence == (
        "Le relevé du 14 octobre 2026 est diffusé : rien n’a été changé. Rouvrez-le (Conclure, "
        "Rouvrir) pour le corriger."
    )
    assert dump(filled.database) == before
    reopen(filled)
    filled.run(write)
    assert dump(filled.database) != before


def test_an_activity_s_report_is_locked_too(filled: Office, tmp_path: Path) -> None:
    found = record(filled)

    def planned(work: UnitOfWork) -> str:
        return work.insert(
            "activity",
            commitment_id=found.scope[0].commitment.id,
            plan_id=found.plan.id,
            number=1,
            title="Atelier",
        )

    activity_id = filled.run(planned).result

    def said(work: UnitOfWork) -> str:
        return work.insert(
            "activity_report",
            meeting_id=found.meeting.id,
            activity_id=activity_id,
            plan_id=found.plan.id,
            percent=10,
        )

    report_id = filled.run(said).result
    issue(filled, tmp_path)
    with pytest.raises(LockedError):
        filled.run(lambda work: work.update("activity_report", report_id, percent=20))
    with pytest.raises(LockedError):  # what hangs on it falls with it
        filled.run(lambda work: work.delete("activity", activity_id))


def test_other_meetings_stay_open_and_following_up_stays_possible(
    filled: Office, tmp_path: Path
) -> None:
    issue(filled, tmp_path)
    _, point = _points(filled)
    filled.run(lambda work: work.update("conclusion", point.id, done_on=date(2026, 11, 2)))
    assert _points(filled)[1].follow_up.done_on == date(2026, 11, 2)
    earlier = filled.run(meetings.list_meetings).result[-1]
    filled.run(meetings.add_item, meeting_id=earlier.id, title="Encore")
    number = len(record(filled).scope)
    filled.run(plans.add_commitment, plan_id=record(filled).plan.id)
    assert len(record(filled).scope) == number


def test_a_point_does_not_move_into_an_issued_relevé(filled: Office, tmp_path: Path) -> None:
    issue(filled, tmp_path)
    item_id, _ = _points(filled)
    earlier = filled.run(meetings.list_meetings).result[-1]
    other = filled.run(meetings.add_item, meeting_id=earlier.id, title="Encore").result

    def made(work: UnitOfWork) -> str:
        return work.insert("conclusion", agenda_item_id=other, position=1.0, text="Mobile")

    point = filled.run(made).result
    with pytest.raises(LockedError):
        filled.run(lambda work: work.update("conclusion", point, agenda_item_id=item_id))


def test_a_meeting_once_issued_is_not_removed(filled: Office, tmp_path: Path) -> None:
    issue(filled, tmp_path)
    with pytest.raises(LockedError, match="est diffusé"):
        filled.run(meetings.remove_meeting, meeting_id=latest(filled))
    reopen(filled)
    before = dump(filled.database)
    with pytest.raises(LockedError, match="versions diffusées étant gardées"):
        filled.run(meetings.remove_meeting, meeting_id=latest(filled))
    assert dump(filled.database) == before


def test_someone_an_issued_relevé_names_is_not_removed(filled: Office, tmp_path: Path) -> None:
    issue(filled, tmp_path)
    person = record(filled).attendances[0].person
    with pytest.raises(InputError):
        filled.run(people.remove_person, person_id=person.id)


def test_undo_takes_back_neither_issuing_nor_what_is_locked(filled: Office, tmp_path: Path) -> None:
    filled.run(meetings.add_item, meeting_id=latest(filled), title="Avant")
    issue(filled, tmp_path)
    before = dump(filled.database)
    with pytest.raises(LockedError):
        filled.run(history.undo)
    assert dump(filled.database) == before
    reopen(filled)
    went = filled.run(history.undo).result
    assert went is not None
    assert "Avant" in went.words
    assert [line.version.state for line in life(filled).lines] == [ReleveState.ISSUED]


def test_the_lock_asks_once_for_all_points_of_an_item(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pan_desktop.store.locks import Locks

    asked: list[str] = []
    real = Locks._asked

    def counting(self: Locks, table: str, owner: str) -> str:
        asked.append(owner)
        return real(self, table, owner)

    monkeypatch.setattr(Locks, "_asked", counting)
    item_id, _ = _points(filled)
    points = [PointEdit(new_id(), 0, f"Point {n}") for n in range(30)]
    filled.run(conclusions.save_outline, item_id=item_id, points=points)
    assert asked == [item_id]


# Reopened, corrected, approved -----------------------------------------------------------


def test_a_reopened_relevé_is_issued_again_corrected(filled: Office, tmp_path: Path) -> None:
    first = issue(filled, tmp_path)
    reopen(filled)
    found = life(filled)
    assert found.state is ReleveState.DRAFT
    assert found.next_number == 2
    version = found.lines[0].version
    assert (version.reopened_by, version.reopened_reason) == ("Karim ALAMI", "Un taux était faux.")
    assert version.reopened_at == LATER
    filled.run(meetings.add_item, meeting_id=latest(filled), title="Oublié")
    second = issue(filled, tmp_path, now=LATER)
    assert (second.number, second.state) == (2, ReleveState.CORRECTED)
    kept = [filled.run(versions.kept_file, version_id=n.id).result for n in life(filled).lines]
    assert [hashlib.sha256(content).hexdigest() for content in kept] == [
        first.digest,
        second.digest,
    ]
    assert docx.Document(str(second.path)).core_properties.content_status == "Corrigé"


def test_reopening_asks_a_reason_a_name_and_an_issued_relevé(
    filled: Office, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="n’est pas diffusé"):
        reopen(filled)
    issue(filled, tmp_path)
    with pytest.raises(InputError, match="motif"):
        reopen(filled, "  ")
    assert life(filled).state is ReleveState.ISSUED


def approve(office: Office) -> None:
    office.run(versions.approve, meeting_id=latest(office), author="Le président", at=LATER)


def test_approving_keeps_the_same_file(filled: Office, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="n’est pas diffusé"):
        approve(filled)
    issued = issue(filled, tmp_path)
    approve(filled)
    found = life(filled)
    assert found.state is ReleveState.APPROVED
    assert [(n.number, n.version.state.value) for n in found.lines] == [
        (1, "issued"),
        (1, "approved"),
    ]
    assert {n.version.digest for n in found.lines} == {issued.digest}
    assert found.lines[1].version.author == "Le président"
    with pytest.raises(LockedError, match="déjà approuvé"):
        approve(filled)
    with pytest.raises(LockedError, match="est approuvé"):
        filled.run(meetings.add_item, meeting_id=latest(filled), title="Tard")
    reopen(filled)
    assert issue(filled, tmp_path).number == 2


def test_another_office_knows_nothing_of_it(filled: Office, tmp_path: Path) -> None:
    issue(filled, tmp_path)
    with office_in(tmp_path) as other:
        other.run(releve.import_releve, content=sample_bytes())
        assert life(other).lines == ()
    with closing(connect(Path(filled.database), filled.key)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_clock_is_that_of_the_rules_that_ship() -> None:
    # Morocco left universal time plus one on 20 September 2026; a machine may not know yet.
    instant = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    assert versions.local(instant, "Africa/Casablanca").hour == 9
    assert versions.local(instant.replace(year=2020), "Africa/Casablanca").hour == 10
    assert versions.local(instant, "Nulle/Part") == instant
