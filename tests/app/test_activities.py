"""Activities of a commitment, and what a meeting says of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import activities, history, meetings, releve
from pan_desktop.documents.model import ItemList, Table
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.model import Activity, ActivityReport
from pan_desktop.domain.typography import Typography
from tests.builders import content, dump
from tests.documents.test_compose import WRITTEN

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import MeetingRecord, ProgressReport


def record(office: Office) -> MeetingRecord:
    latest = office.run(meetings.list_meetings).result[0].id
    return office.run(meetings.view_meeting, meeting_id=latest).result.record


def first(office: Office) -> ProgressReport:
    return record(office).under_way[0]


def add(office: Office, title: str) -> str:
    commitment_id = first(office).commitment.id
    return office.run(activities.add_activity, commitment_id=commitment_id, title=title).result


def tell(office: Office, activity_id: str, percent: int | None, details: str = "") -> None:
    office.run(
        activities.report_activity,
        meeting_id=record(office).meeting.id,
        activity_id=activity_id,
        percent=percent,
        details=details,
    )


def test_activities_are_numbered_in_the_order_they_come(filled: Office) -> None:
    add(filled, " Former  les agents ")
    second = add(filled, "Publier")
    filled.run(activities.change_activity, activity_id=second, title="Publier le guide")
    plan = record(filled).plan
    number = first(filled).commitment.number
    found = next(c.activities for c in plan.commitments if c.number == number)
    assert [(a.number, a.title) for a in found] == [
        (1, "Former les agents"),
        (2, "Publier le guide"),
    ]


def test_what_a_meeting_says_is_kept_and_changed(filled: Office) -> None:
    activity_id = add(filled, "Former")
    tell(filled, activity_id, 40, "En  cours.")
    tell(filled, activity_id, 60, "Presque fini.")
    (said,) = first(filled).activities
    assert (said.activity.title, said.percent, said.details) == ("Former", 60, "Presque fini.")


def test_it_is_printed_under_the_details(filled: Office) -> None:
    tell(filled, add(filled, "Former"), 60, "Presque fini.")
    add(filled, "Sans nouvelle")
    document = filled.run(
        releve.compose,
        meeting_id=record(filled).meeting.id,
        style=Typography.FIDELE,
        written=WRITTEN,
    ).result
    table = next(block for block in document.blocks if isinstance(block, Table))
    last = table.rows[0][2].blocks[-1]
    assert isinstance(last, ItemList)
    (entry,) = last.items  # the one without news is not printed
    words = "".join(run.text for run in entry.runs)
    assert words == "Activité\u00a01 (Former)\u00a0: 60%, Presque fini."


def test_removing_one_takes_what_was_said_along_and_undo_brings_it_back(filled: Office) -> None:
    activity_id = add(filled, "Former")
    tell(filled, activity_id, 60)
    before = content(dump(filled.database))
    filled.run(activities.remove_activity, activity_id=activity_id)
    assert first(filled).activities == ()
    filled.run(history.undo)
    assert content(dump(filled.database)) == before


def test_wrong_input_changes_nothing(filled: Office) -> None:
    before = dump(filled.database)
    with pytest.raises(InputError):
        add(filled, " ")
    with pytest.raises(NotFoundError):
        filled.run(activities.add_activity, commitment_id="nobody", title="Former")
    assert dump(filled.database) == before


@pytest.mark.parametrize(
    ("rates", "mean"),
    [
        ([(50, 1), (100, 1)], 75),
        ([(0, 1), (100, 3)], 75),
        ([(None, 5), (33, 1)], 33),
        ([(0, 1), (1, 1)], 1),
        ([(None, 1)], None),
        ([], None),
    ],
)
def test_the_mean_is_weighted_and_rounded(
    rates: list[tuple[int | None, int]], mean: int | None
) -> None:
    reports = [
        ActivityReport(str(n), Activity(str(n), n, "A", Decimal(weight)), percent)
        for n, (percent, weight) in enumerate(rates, start=1)
    ]
    assert activities.mean_of(reports) == mean
