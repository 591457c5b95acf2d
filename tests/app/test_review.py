"""What the checks find is confirmed with a reason, or put right, and both can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import checks, history, meetings
from pan_desktop.app.conclusions import PointEdit, save_point
from pan_desktop.app.progress import ReportEdit, save_report
from pan_desktop.domain.checks.finding import Field, Level, Place, Reassignment, Repair
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.model import Situation
from tests.builders import dump

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import MeetingRecord

WRONG = "Le point focal concerné n'a pas assisté à cette réunion."


def latest(office: Office) -> str:
    return office.run(meetings.list_meetings).result[0].id


def record(office: Office) -> MeetingRecord:
    return office.run(meetings.view_meeting, meeting_id=latest(office)).result.record


def review(office: Office) -> checks.Review:
    return checks.review(office, meeting_id=latest(office))


def contradict(office: Office) -> None:
    """Say that someone who is there was not."""
    found = record(office)
    report = next(r for r in found.under_way if r.commitment.number in found.represented)
    edit = ReportEdit(report.percent, WRONG, Situation.REPORTED)
    office.run(save_report, report_id=report.id, edit=edit)


def first_blocking(office: Office) -> checks.Reviewed:
    return next(r for r in review(office).reviewed if r.finding.level is Level.BLOCKING)


def test_a_confirmed_finding_asks_for_nothing_more(filled: Office) -> None:
    contradict(filled)
    before = review(filled).count(Level.BLOCKING)
    finding = first_blocking(filled).finding
    filled.run(
        checks.confirm,
        meeting_id=latest(filled),
        finding=finding,
        reason=" Elle est arrivée à la fin. ",
        author="Mme A",
    )
    after = review(filled)
    assert after.count(Level.BLOCKING) == before - 1
    confirmed = after.reviewed[-1]
    assert confirmed.confirmation is not None
    assert (confirmed.finding.key, confirmed.open) == (finding.key, False)
    assert confirmed.confirmation.reason == "Elle est arrivée à la fin."
    filled.run(checks.withdraw, confirmation_id=confirmed.confirmation.id)
    assert review(filled).count(Level.BLOCKING) == before


@pytest.mark.parametrize(("reason", "author"), [(" ", "Mme A"), ("Vu", "")])
def test_a_confirmation_has_a_reason_and_a_name(filled: Office, reason: str, author: str) -> None:
    contradict(filled)
    finding = first_blocking(filled).finding
    before = dump(filled.database)
    with pytest.raises(InputError):
        filled.run(
            checks.confirm,
            meeting_id=latest(filled),
            finding=finding,
            reason=reason,
            author=author,
        )
    assert dump(filled.database) == before


def test_a_confirmation_falls_with_what_it_confirmed(filled: Office) -> None:
    contradict(filled)
    finding = first_blocking(filled).finding
    filled.run(
        checks.confirm, meeting_id=latest(filled), finding=finding, reason="Vu", author="Mme A"
    )
    report = next(
        r for r in record(filled).reports if r.commitment.number == finding.commitments[0]
    )
    other = ReportEdit(report.percent, f"{WRONG} Rien de neuf.", Situation.REPORTED)
    filled.run(save_report, report_id=report.id, edit=other)
    assert all(r.open for r in review(filled).reviewed)


def test_slips_are_put_right_together_and_marks_stay(filled: Office) -> None:
    point = next(p for item in record(filled).agenda for p in item.conclusions)
    text = "Etat des lieux ;  Covid 19 et suite"
    bold = f"b{text.index('suite')}-{len(text)}"
    filled.run(save_point, point=PointEdit(point.id, point.level, text, bold))
    found = [r.finding for r in review(filled).reviewed if r.finding.id == "T3"]
    repairs = [change for finding in found for change in finding.repairs]
    assert len(repairs) >= 2
    made = filled.run(checks.repair, repairs=repairs).result
    assert made == len(repairs)
    after = next(p for item in record(filled).agenda for p in item.conclusions if p.id == point.id)
    assert "État des lieux" in after.text
    assert "Covid-19" in after.text
    (start, end) = (int(n) for n in after.marks.removeprefix("b").split("-"))
    assert after.text[start:end] == "suite"
    assert not [r for r in review(filled).reviewed if r.finding.id == "T3"]
    filled.run(history.undo)
    again = next(p for item in record(filled).agenda for p in item.conclusions if p.id == point.id)
    assert (again.text, again.marks) == (text, bold)


def test_what_was_corrected_meanwhile_is_passed_over(filled: Office) -> None:
    point = next(p for item in record(filled).agenda for p in item.conclusions)
    gone = Repair(Place(Field.POINT, point.id), 0, "nulle part", "ailleurs")
    before = dump(filled.database)
    assert filled.run(checks.repair, repairs=[gone]).result == 0
    assert dump(filled.database) == before


def test_the_absent_sentence_settles_a_row_that_nobody_spoke_for(filled: Office) -> None:
    found = record(filled)
    report = next(r for r in found.under_way if r.commitment.number not in found.represented)
    silent = "Pas d'avancement depuis la dernière réunion."
    edit = ReportEdit(report.percent, silent, Situation.NO_PROGRESS)
    filled.run(save_report, report_id=report.id, edit=edit)
    finding = next(r.finding for r in review(filled).reviewed if r.finding.id == "P2")
    filled.run(checks.repair, repairs=finding.repairs)
    assert "P2" not in {r.finding.id for r in review(filled).reviewed}


def test_a_mistaken_number_is_put_right_among_the_participants(filled: Office) -> None:
    contradict(filled)
    found = record(filled)
    blocking = [r.finding for r in review(filled).reviewed if r.finding.id == "P1"]
    person = next(a for a in found.present if a.person.id == blocking[0].people[0])
    number = blocking[0].commitments[0]
    free = next(
        r.commitment.number
        for r in found.scope
        if r.commitment.number not in {n for _, n in person.represented}
    )
    change = Reassignment(person.person.id, "Mme X", number, free)
    filled.run(checks.reassign, meeting_id=latest(filled), change=change)
    now = next(a for a in record(filled).present if a.person.id == person.person.id)
    assert free in {n for _, n in now.represented}
    assert number not in {n for _, n in now.represented}
    with pytest.raises(ConflictError):
        filled.run(checks.reassign, meeting_id=latest(filled), change=change)
