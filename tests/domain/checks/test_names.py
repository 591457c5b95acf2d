from __future__ import annotations

from dataclasses import replace

import pytest

from pan_desktop.domain.checks.finding import Level, Subject
from pan_desktop.domain.model import Attendance, Presence, Role
from tests.domain.checks.meetings import came, found, report, subject


def named(number: int, name: str, *numbers: int) -> Attendance:
    attendance = came(number, *numbers)
    return replace(attendance, person=replace(attendance.person, name=name))


def meeting(*people: Attendance) -> Subject:
    return subject([report(1)], people)


def test_a_first_name_that_several_bear() -> None:
    checked = meeting(named(1, "Amal ZEROUA"), named(2, "Sara TIMLI"), named(3, "amàl Ouidar"))
    (finding,) = found(checked, "P7")
    assert finding.level is Level.INFO
    assert finding.people == ("p1", "p3")
    assert "Amal" in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nouredine LASFAR", "Noureddine Lasfar"),
        ("Saida EL MOUR", "Saïda ELMOUR"),
        ("Saida MOUR", "MOUR Saida"),
    ],
)
def test_names_that_are_nearly_the_same_are_one_finding(one: str, other: str) -> None:
    (finding,) = found(meeting(named(1, one), named(2, other)), "P7")
    assert "se ressemblent" in finding.message
    assert finding.people == ("p1", "p2")


def test_the_same_person_twice() -> None:
    (finding,) = found(meeting(came(1, 1), replace(came(1), id="again")), "P7")
    assert "plusieurs fois" in finding.message


def test_two_focal_points_of_one_commitment() -> None:
    (finding,) = found(meeting(came(1, 1), came(2, 1)), "P7")
    assert (finding.commitments, finding.people) == ((1,), ("p1", "p2"))


def test_what_is_no_double() -> None:
    titular_and_alternate = meeting(came(1, 1), came(2, 1, role=Role.ALTERNATE))
    excused = meeting(
        named(1, "Amal ZEROUA"), replace(named(2, "Amal TIMLI"), presence=Presence.EXCUSED)
    )
    assert found(titular_and_alternate, "P7") == found(excused, "P7") == []
