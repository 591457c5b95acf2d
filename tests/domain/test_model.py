from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import (
    ActionPlan,
    AgendaItem,
    Attendance,
    Body,
    Civility,
    Commitment,
    Mandate,
    Meeting,
    MeetingRecord,
    Person,
    Presence,
    ProgressReport,
    Role,
)
from pan_desktop.domain.progress import OverallMethod, Rounding

DAY = date(2026, 3, 10)


def person(name: str) -> Person:
    return Person(name, Civility.MADAME, name)


def came(name: str, *represented: tuple[Role, int]) -> Attendance:
    return Attendance(name, person(name), Presence.PRESENT, represented)


def record(
    *percents: int | None,
    attendances: tuple[Attendance, ...] = (),
    stated: int | None = None,
    method: OverallMethod = OverallMethod.MEAN,
) -> MeetingRecord:
    plan = ActionPlan("p", "2024", DAY, DAY, method, Rounding.HALF_UP)
    meeting = Meeting("m", Body("b", "B", "B"), "p", DAY, time(9), stated_overall=stated)
    reports = tuple(
        ProgressReport(f"r{n}", Commitment(f"c{n}", n, weight=Decimal(n)), percent)
        for n, percent in enumerate(percents, 1)
    )
    return MeetingRecord(meeting, plan, (), attendances, tuple(reversed(reports)))


@pytest.mark.parametrize(
    ("first", "last", "covered"),
    [
        (DAY, None, True),
        (date(2026, 3, 11), None, False),
        (date(2025, 1, 1), DAY, True),
        (date(2025, 1, 1), date(2026, 3, 9), False),
    ],
)
def test_a_mandate_covers_its_first_and_its_last_day(
    first: date, last: date | None, covered: bool
) -> None:
    mandate = Mandate("m", person("A"), "p", Role.ALTERNATE, (1,), first, last)
    assert mandate.covers(DAY) is covered


def test_the_present_stand_by_lowest_commitment_the_titular_first_guests_last() -> None:
    focal, alternate = Role.FOCAL_POINT, Role.ALTERNATE
    attendances = (
        came("invitée"),
        came("suppléante 2", (alternate, 2)),
        came("titulaire 3 et 9", (focal, 9), (focal, 3)),
        came("titulaire 2", (focal, 2)),
        Attendance("x", person("excusée"), Presence.EXCUSED, ((focal, 1),)),
        Attendance("y", person("absente"), Presence.ABSENT, ((focal, 1),)),
        came("autre invitée"),
    )
    found = record(attendances=attendances)
    assert [a.person.name for a in found.present] == [
        "titulaire 2",
        "suppléante 2",
        "titulaire 3 et 9",
        "invitée",
        "autre invitée",
    ]
    assert found.represented == frozenset({2, 3, 9})


def test_commitments_are_parted_by_what_is_known_of_them() -> None:
    found = record(100, 99, None, 0, 100)
    assert [r.commitment.number for r in found.completed] == [1, 5]
    assert [r.commitment.number for r in found.under_way] == [2, 4]
    assert [r.commitment.number for r in found.unknown] == [3]


def test_the_overall_counts_only_what_is_known() -> None:
    found = record(100, None, 51)
    assert found.overall == 76
    assert found.computed_overall is not None
    assert found.computed_overall.counted == 2


def test_the_stated_overall_stands_even_at_zero() -> None:
    assert record(100, 50, stated=0).overall == 0


def test_the_overall_follows_the_plan_s_method() -> None:
    assert record(0, 90, method=OverallMethod.WEIGHTED).overall == 60


def test_nothing_known_gives_no_overall() -> None:
    assert record(None).overall is None


def test_a_section_is_headed_by_its_own_words_else_by_the_title() -> None:
    assert AgendaItem("i", 1.0, "Titre").section_heading == "Titre"
    assert AgendaItem("i", 1.0, "Titre", "Propre").section_heading == "Propre"


def test_identifiers_are_uuids_of_version_7_that_rise() -> None:
    found = [new_id() for _ in range(5000)]
    assert found == sorted(set(found))
    assert all(len(i) == 32 and i[12] == "7" and i[16] in "89ab" for i in found)
    assert all(set(i) <= set("0123456789abcdef") for i in found)
