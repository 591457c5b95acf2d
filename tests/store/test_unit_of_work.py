"""One transaction: all or nothing, each write recorded, each record a way back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from operator import methodcaller
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app import conclusions, meetings, people, plans, progress
from pan_desktop.app.conclusions import PointEdit
from pan_desktop.app.office import Office
from pan_desktop.domain.errors import ConflictError, InputError, NotFoundError
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import Civility, Presence, Situation
from pan_desktop.store import tables
from pan_desktop.store.unit_of_work import UnitOfWork
from tests.builders import content, dump, filled_database, modest, office_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pan_desktop.store.changes import RowChange

DAY = date(2024, 1, 1)


def add(work: UnitOfWork, *, name: str = "Archives") -> str:
    return work.insert("institution", name=name)


def row_of(office: Office, table: str, row_id: str) -> dict[str, Any]:
    return next(row for row in dump(office.database)[table] if row["id"] == row_id)


# All or nothing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", [InputError("Non."), ValueError("x"), KeyboardInterrupt()], ids=repr
)
def test_whatever_is_raised_undoes_everything(filled: Office, error: BaseException) -> None:
    before = dump(filled.database)

    def fail(work: UnitOfWork) -> None:
        add(work)
        work.delete("meeting", work.read.meetings()[0].id)
        raise error

    with pytest.raises(type(error)):
        filled.run(fail)
    assert dump(filled.database) == before
    filled.run(add)
    assert dump(filled.database) != before


def test_a_broken_reference_found_at_the_end_undoes_everything(filled: Office) -> None:
    before = dump(filled.database)

    def fail(work: UnitOfWork) -> None:
        item = work.read.record(work.read.meetings()[0].id).agenda[0]
        work.insert(
            "conclusion", agenda_item_id=item.id, parent_id="nobody", position=1.0, text="x"
        )

    with pytest.raises(Exception, match="FOREIGN KEY"):
        filled.run(fail)
    assert dump(filled.database) == before
    filled.run(add)


# Writing ---------------------------------------------------------------------------------


def test_a_new_row_has_an_identifier_a_version_and_its_instants(tmp_path: Path) -> None:
    now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    with office_in(tmp_path) as ready:
        office = Office(ready.database, now=lambda: now)
        row_id = office.run(add).result
        given_id = office.run(lambda work: work.insert("setting", id="clef", value="x")).result
        row = row_of(office, "institution", row_id)
        office.close()
    assert given_id == "clef"
    assert (len(row_id), row["version"]) == (32, 1)
    assert row["created_at"] == row["updated_at"] == "2026-01-02 03:04:05.000000"


def test_instants_are_kept_in_utc_and_come_back_with_their_zone(tmp_path: Path) -> None:
    from datetime import timezone

    now = datetime(2026, 1, 2, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    with office_in(tmp_path) as ready:
        office = Office(ready.database, now=lambda: now)
        row_id = office.run(add).result
        assert row_of(office, "institution", row_id)["created_at"] == "2026-01-01 23:30:00.000000"
        row = office.run(lambda work: work._row("institution", row_id)).result
        office.close()
    assert row is not None
    assert row["created_at"] == now
    assert row["created_at"].tzinfo is not None


def test_a_change_raises_the_version_and_moves_one_instant(tmp_path: Path) -> None:
    clock = iter(datetime(2026, 1, 1, 0, 0, second, tzinfo=UTC) for second in range(50))
    with office_in(tmp_path) as ready:
        office = Office(ready.database, now=lambda: next(clock))
        row_id = office.run(add).result
        before = row_of(office, "institution", row_id)
        outcome = office.run(lambda work: work.update("institution", row_id, name="Douanes"))
        after = row_of(office, "institution", row_id)
        office.close()
    assert outcome.result is True
    assert (after["version"], after["name"]) == (2, "Douanes")
    assert after["created_at"] == before["created_at"]
    assert after["updated_at"] > before["updated_at"]


def test_writing_what_is_there_already_writes_nothing(office: Office) -> None:
    row_id = office.run(add).result
    before = dump(office.database)
    outcome = office.run(lambda work: work.update("institution", row_id, name="Archives"))
    assert outcome.result is False
    assert not outcome.changes.kinds
    assert dump(office.database) == before


def test_a_version_that_was_not_seen_is_a_conflict(office: Office) -> None:
    row_id = office.run(add).result
    office.run(lambda work: work.update("institution", row_id, expected=1, name="Douanes"))
    before = dump(office.database)
    with pytest.raises(ConflictError):
        office.run(lambda work: work.update("institution", row_id, expected=1, name="Mines"))
    assert dump(office.database) == before


def test_a_row_changed_between_reading_and_writing_is_a_conflict(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    row_id = office.run(add).result
    stale = office.run(lambda work: work._row("institution", row_id)).result
    office.run(lambda work: work.update("institution", row_id, name="Douanes"))
    monkeypatch.setattr(UnitOfWork, "_row", lambda *_: stale)
    with pytest.raises(ConflictError):
        office.run(lambda work: work.update("institution", row_id, name="Mines"))
    assert row_of(office, "institution", row_id)["name"] == "Douanes"


def test_a_row_that_is_gone_cannot_be_changed_and_can_be_removed(office: Office) -> None:
    with pytest.raises(NotFoundError):
        office.run(lambda work: work.update("institution", "nobody", name="x"))
    outcome = office.run(lambda work: work.delete("institution", "nobody"))
    assert not outcome.changes.kinds


def test_an_institution_is_made_once_and_no_name_is_none(office: Office) -> None:
    first = office.run(lambda work: work.institution("  Archives   du Royaume ")).result
    assert office.run(lambda work: work.institution("Archives du Royaume")).result == first
    assert office.run(lambda work: work.institution("  ")).result is None
    assert [row["name"] for row in dump(office.database)["institution"]] == ["Archives du Royaume"]


# Records ---------------------------------------------------------------------------------


def recorded(office: Office, use_case: Callable[[UnitOfWork], object]) -> list[RowChange]:
    def run(work: UnitOfWork) -> list[RowChange]:
        use_case(work)
        return work.changes

    return office.run(run).result


def test_each_write_is_recorded_with_the_row_before_and_after(office: Office) -> None:
    def write(work: UnitOfWork) -> None:
        row_id = add(work)
        work.update("institution", row_id, name="Archives")
        work.update("institution", row_id, name="Douanes")
        work.delete("institution", row_id)

    new, changed, gone = recorded(office, write)
    assert (new.before, gone.after) == (None, None)
    assert new.after is not None
    assert changed.before is not None
    assert changed.after is not None
    assert gone.before is not None
    assert [row["name"] for row in (new.after, changed.before, changed.after, gone.before)] == [
        "Archives",
        "Archives",
        "Douanes",
        "Douanes",
    ]
    assert [change.table for change in (new, changed, gone)] == ["institution"] * 3


@pytest.mark.parametrize("table", ["meeting", "agenda_item", "conclusion", "attendance", "mandate"])
def test_a_removal_records_every_row_that_falls_with_it(filled: Office, table: str) -> None:
    before = dump(filled.database)
    for row in before[table]:
        seen = dump(filled.database)
        if row["id"] not in {r["id"] for r in seen[table]}:
            continue
        changes = recorded(filled, methodcaller("delete", table, row["id"]))
        after = dump(filled.database)
        gone = {
            (name, r["id"])
            for name, rows in seen.items()
            for r in rows
            if "id" in r and r not in after[name]
        }
        assert {(c.table, c.before["id"]) for c in changes if c.before} == gone
        assert len(changes) == len(gone)
        assert all(change.after is None for change in changes)
    assert dump(filled.database)[table] == []


@pytest.mark.parametrize("table", ["person", "institution", "body", "plan", "commitment"])
def test_a_removal_never_takes_what_only_refers_to_the_row(filled: Office, table: str) -> None:
    before = dump(filled.database)
    for row in before[table][:3]:
        with pytest.raises(ConflictError, match="s’y rattache encore"):
            filled.run(methodcaller("delete", table, row["id"]))
        assert dump(filled.database) == before


# The way back ----------------------------------------------------------------------------


def test_a_removed_meeting_comes_back_whole(filled: Office) -> None:
    before = dump(filled.database)
    meeting_id = before["meeting"][1]["id"]
    changes = recorded(filled, lambda work: work.delete("meeting", meeting_id))
    assert len(changes) > 40
    filled.run(lambda work: work.revert(changes))
    assert content(dump(filled.database)) == content(before)


def test_what_was_undone_can_be_done_again(filled: Office) -> None:
    meeting_id = dump(filled.database)["meeting"][0]["id"]
    changes = recorded(filled, lambda work: work.delete("meeting", meeting_id))
    after = dump(filled.database)
    back = recorded(filled, lambda work: work.revert(changes))
    filled.run(lambda work: work.revert(back))
    assert content(dump(filled.database)) == content(after)


def test_two_steps_are_undone_one_after_the_other(office: Office) -> None:
    start = dump(office.database)
    ids: list[str] = []
    first = recorded(office, lambda work: ids.append(add(work)))
    middle = dump(office.database)
    second = recorded(office, lambda work: work.update("institution", ids[0], name="Douanes"))
    third = recorded(office, lambda work: work.update("institution", ids[0], name="Mines"))
    office.run(lambda work: work.revert(third))
    office.run(lambda work: work.revert(second))
    assert content(dump(office.database)) == content(middle)
    office.run(lambda work: work.revert(first))
    assert content(dump(office.database)) == content(start)


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda work, row_id: work.update("institution", row_id, name="Mines"),
        lambda work, row_id: work.delete("institution", row_id),
    ],
    ids=["changed", "removed"],
)
def test_what_someone_else_changed_since_is_not_undone(
    office: Office, meanwhile: Callable[[UnitOfWork, str], object]
) -> None:
    row_id = office.run(add).result
    changes = recorded(office, lambda work: work.update("institution", row_id, name="Douanes"))
    office.run(lambda work: meanwhile(work, row_id))
    before = dump(office.database)
    with pytest.raises(ConflictError):
        office.run(lambda work: work.revert(changes))
    assert dump(office.database) == before


def test_what_was_removed_and_made_again_is_not_made_twice(office: Office) -> None:
    row_id = office.run(add).result
    changes = recorded(office, lambda work: work.delete("institution", row_id))
    office.run(lambda work: work.insert("institution", id=row_id, name="Mines"))
    with pytest.raises(ConflictError):
        office.run(lambda work: work.revert(changes))


@st.composite
def _steps(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    kinds = st.sampled_from(sorted(_DEEDS))
    return draw(
        st.lists(st.tuples(kinds, st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=8)
    )


def _pick(found: Any, index: int) -> Any:
    return found[index % len(found)] if found else None


def _outline(work: UnitOfWork, a: int, b: int) -> None:
    meeting = _pick(work.read.meetings(), a)
    if meeting is None:
        return
    item = _pick(work.read.record(meeting.id).agenda, b)
    points = [PointEdit(c.id, (c.level + a) % 3, c.text) for c in item.conclusions]
    points = [*points[b % 3 :], PointEdit(new_id(), a % 3, f"neuf {a}")]
    conclusions.save_outline(work, item_id=item.id, points=points)


def _remove_meeting(work: UnitOfWork, a: int, b: int) -> None:
    meeting = _pick(work.read.meetings(), a)
    if meeting is not None:
        meetings.remove_meeting(work, meeting_id=meeting.id)


def _presence(work: UnitOfWork, a: int, b: int) -> None:
    meeting = _pick(work.read.meetings(), a)
    if meeting is not None:
        person = _pick(work.read.people(), b)
        presence = _pick([*Presence, None], a + b)
        meetings.set_presence(
            work, meeting_id=meeting.id, person_ids=[person.id], presence=presence
        )


def _report(work: UnitOfWork, a: int, b: int) -> None:
    meeting = _pick(work.read.meetings(), a)
    if meeting is not None:
        report = _pick(work.read.record(meeting.id).reports, b)
        edit = progress.ReportEdit(a, f"détails {b}", Situation.REPORTED)
        progress.save_report(work, report_id=report.id, edit=edit)


def _add_person(work: UnitOfWork, a: int, b: int) -> None:
    edit = people.PersonEdit(_pick(list(Civility), a), f"Personne {a}", f"Institution {b}")
    people.add_person(work, person=edit)


def _mandate(work: UnitOfWork, a: int, b: int) -> None:
    mandate = _pick(work.read.mandates(), a)
    if mandate is not None:
        people.remove_mandate(work, mandate_id=mandate.id)


def _commitment(work: UnitOfWork, a: int, b: int) -> None:
    commitment = _pick(work.read.plans()[0].commitments, a)
    edit = plans.CommitmentEdit(str(commitment.number), f"Titre {b}", "", f"{b + 1},5")
    plans.change_commitment(work, commitment_id=commitment.id, edit=edit)


def _meeting(work: UnitOfWork, a: int, b: int) -> None:
    edit = meetings.MeetingEdit(f"Instance {new_id()}", DAY + timedelta(days=a), _hour(b))
    plan = work.read.plans()[0]
    meetings.create_meeting(work, plan_id=plan.id, edit=edit, progress_title="Avancement")


def _hour(number: int) -> Any:
    return datetime(2024, 1, 1, number % 24, tzinfo=UTC).time()


_DEEDS: dict[str, Callable[[UnitOfWork, int, int], None]] = {
    "outline": _outline,
    "remove meeting": _remove_meeting,
    "presence": _presence,
    "report": _report,
    "add person": _add_person,
    "remove mandate": _mandate,
    "commitment": _commitment,
    "meeting": _meeting,
}


def _deed(kind: str, a: int, b: int) -> Callable[[UnitOfWork], None]:
    return lambda work: _DEEDS[kind](work, a, b)


@modest
@given(steps=_steps())
def test_any_deeds_are_undone_to_the_last_row(
    tmp_path: Path, steps: list[tuple[str, int, int]]
) -> None:
    with office_in(tmp_path, filled_database()) as office:
        before = content(dump(office.database))

        def all_steps(work: UnitOfWork) -> None:
            for kind, a, b in steps:
                _DEEDS[kind](work, a, b)

        together = recorded(office, all_steps)
        office.run(lambda work: work.revert(together))
        assert content(dump(office.database)) == before
        apart = [recorded(office, _deed(*step)) for step in steps]
        for changes in reversed(apart):
            office.run(methodcaller("revert", changes))
        assert content(dump(office.database)) == before


def test_decimals_come_back_exact(office: Office) -> None:
    ids: list[str] = []

    def write(work: UnitOfWork) -> None:
        plan_id = work.insert("plan", label="x", starts=DAY, ends=DAY)
        ids.extend(
            work.insert("commitment", plan_id=plan_id, number=n, weight=Decimal(w))
            for n, w in enumerate(["0.001", "0.1", "1.5", "999999.999"], 1)
        )

    office.run(write)
    weights = [c.weight for c in office.run(lambda work: work.read.plans()[0].commitments).result]
    assert weights == [Decimal("0.001"), Decimal("0.1"), Decimal("1.5"), Decimal("999999.999")]


def test_the_tables_whose_rows_fall_are_found_from_the_schema() -> None:
    from pan_desktop.store.unit_of_work import _children

    assert {child.name for child, _ in _children("meeting")} == {
        "agenda_item",
        "attendance",
        "attendance_file",
        "progress_report",
        "activity_report",
        "confirmation",
        "written_file",
    }
    assert [child.name for child, _ in _children("conclusion")] == ["conclusion"]
    assert set(tables.metadata.tables) >= {child.name for child, _ in _children("plan")}


def test_a_version_issued_twice_under_one_number_is_told(filled: Office) -> None:
    meeting_id = dump(filled.database)["meeting"][0]["id"]

    def issue(work: UnitOfWork) -> None:
        work.insert(
            "releve_version",
            meeting_id=meeting_id,
            number=1,
            state="issued",
            file_name="Relevé.docx",
            content=b"",
            digest="0" * 64,
            issued_at=work._now(),
            author="Mme Salma AZROUNI",
        )

    filled.run(issue)
    with pytest.raises(ConflictError, match="sous ce numéro"):
        filled.run(issue)
