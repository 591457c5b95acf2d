"""Progress of the commitments, and the committee's own overall figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import meetings, progress
from pan_desktop.app.changes import Kind
from pan_desktop.app.progress import ReportEdit, percent_of
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import Situation
from tests.builders import dump

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import MeetingRecord

TO_FILL, REPORTED = Situation.TO_FILL, Situation.REPORTED
NO_PROGRESS, ABSENT = Situation.NO_PROGRESS, Situation.ABSENT


def newest(office: Office) -> MeetingRecord:
    line = office.run(meetings.list_meetings).result[0]
    return office.run(meetings.view_meeting, meeting_id=line.id).result.record


@pytest.mark.parametrize(
    ("percent", "given", "kept"),
    [
        (40, TO_FILL, REPORTED),
        (0, TO_FILL, REPORTED),
        (40, REPORTED, REPORTED),
        (None, REPORTED, TO_FILL),
        (None, TO_FILL, TO_FILL),
        (40, NO_PROGRESS, NO_PROGRESS),
        (40, ABSENT, ABSENT),
        (None, ABSENT, ABSENT),
        (None, NO_PROGRESS, NO_PROGRESS),
    ],
)
def test_a_rate_makes_a_report_and_none_makes_it_wait(
    filled: Office, percent: int | None, given: Situation, kept: Situation
) -> None:
    report = newest(filled).reports[6]
    edit = ReportEdit(percent, " dit\n1. a ", given)
    outcome = filled.run(progress.save_report, report_id=report.id, edit=edit)
    assert outcome.changes.kinds == {Kind.PROGRESS}
    found = newest(filled).reports[6]
    assert (found.percent, found.details, found.situation) == (percent, " dit\n1. a ", kept)


def test_only_the_one_report_is_written(filled: Office) -> None:
    report = newest(filled).reports[6]
    before = dump(filled.database)
    filled.run(progress.save_report, report_id=report.id, edit=ReportEdit(99, "x", REPORTED))
    after = dump(filled.database)
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"journal", "progress_report"}
    assert [r["id"] for r in after["progress_report"] if r not in before["progress_report"]] == [
        report.id
    ]


def test_the_committee_s_own_figure_stands_with_its_reason_and_can_be_given_up(
    filled: Office,
) -> None:
    meeting_id = newest(filled).meeting.id
    filled.run(progress.state_overall, meeting_id=meeting_id, percent=0, reason=" Retards. ")
    found = newest(filled)
    assert (found.overall, found.meeting.stated_reason) == (0, "Retards.")
    filled.run(progress.state_overall, meeting_id=meeting_id, percent=None, reason="oubliée")
    found = newest(filled)
    assert (found.overall, found.meeting.stated_overall, found.meeting.stated_reason) == (
        72,
        None,
        "",
    )


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_figure_without_a_reason_is_refused(filled: Office, reason: str) -> None:
    before = dump(filled.database)
    with pytest.raises(InputError, match="rien n’a été enregistré"):
        filled.run(
            progress.state_overall, meeting_id=newest(filled).meeting.id, percent=80, reason=reason
        )
    assert dump(filled.database) == before


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("95", 95),
        (" 95 % ", 95),
        ("95%", 95),
        ("95\u00a0%", 95),
        ("0", 0),
        ("007", 7),
        ("100", 100),
        ("", None),
        (" ", None),
        ("%", None),
    ],
)
def test_a_rate_is_read_as_typed(text: str, percent: int | None) -> None:
    assert percent_of(text) == percent


@pytest.mark.parametrize(
    "text", ["101", "-1", "95,5", "95.5", "abc", "²", "٩٥", "1e2", "9 5", "9" * 5000]
)
def test_what_is_no_rate_is_refused_by_name(text: str) -> None:
    with pytest.raises(InputError) as caught:
        percent_of(text)
    assert f"« {text} »" in caught.value.sentence
