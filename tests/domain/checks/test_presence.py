from __future__ import annotations

import pytest

from pan_desktop.domain.checks.finding import Level
from pan_desktop.domain.model import Presence, Role, Situation
from pan_desktop.domain.wording import Sentences
from tests.domain.checks.meetings import came, found, mandate, numbers, report, subject

ABSENT = Sentences().focal_point_absent
STILL = Sentences().no_progress
AWAY = [Presence.EXCUSED, Presence.ABSENT]
SAYS_ABSENT = [
    ABSENT,
    "Le point focal concerné n’a pas assisté a cette réunion.",
    "Le point focal n'a pas pu assister à la réunion, étant en mission.",
    "Les points focaux n'ont pas participé à cette séance",
    "Le point focal de l'engagement est excusé.",
]


@pytest.mark.parametrize("text", SAYS_ABSENT)
@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.ALTERNATE])
def test_p1_someone_there_and_said_to_be_absent(text: str, role: Role) -> None:
    checked = subject([report(1, 50, text), report(2)], [came(1, 1, role=role), came(2, 2)])
    (finding,) = found(checked, "P1")
    assert (finding.level, finding.commitments) == (Level.BLOCKING, (1,))
    assert finding.people == ("p1",)
    assert finding.hint == ""
    assert finding.place is not None
    assert finding.place.id == "r1"


def test_p1_the_situation_alone_is_enough() -> None:
    absent = report(1, 50, "Rien de neuf.", Situation.ABSENT)
    assert numbers(subject([absent], [came(1, 1)]), "P1") == [(1,)]


@pytest.mark.parametrize(
    "text",
    [
        "Le point focal a assisté à la réunion de Rabat.",
        "La commission n'a pas assisté au lancement.",
        "L'absence de budget n'a pas permis d'avancer.",
        STILL,
    ],
)
def test_p1_other_words_do_not_say_absent(text: str) -> None:
    assert found(subject([report(1, 50, text)], [came(1, 1)]), "P1", "P2") == []


def test_p1_a_guest_does_not_stand_for_the_focal_point() -> None:
    checked = subject([report(1, 50, ABSENT)], [came(1, 1, role=Role.GUEST)])
    assert found(checked, "P1", "P2") == []


def test_p1_a_completed_commitment_prints_no_details() -> None:
    assert found(subject([report(1, 100, ABSENT)], [came(1, 1)]), "P1") == []


def test_p2_nobody_there_and_not_said() -> None:
    checked = subject([report(1), report(2, 30, "Le guide est prêt.")], [came(1, 1)])
    (finding,) = found(checked, "P2")
    assert (finding.level, finding.commitments, finding.repairs) == (Level.BLOCKING, (2,), ())
    assert "« Le guide est prêt. »" in finding.message
    assert "30 %" in finding.message


@pytest.mark.parametrize("text", ["", STILL])
def test_p2_offers_the_sentence_where_nobody_wrote_another(text: str) -> None:
    (finding,) = found(subject([report(1, 30, text)], []), "P2")
    (repair,) = finding.repairs
    assert repair.applied(text) == ABSENT


@pytest.mark.parametrize("text", SAYS_ABSENT)
def test_p2_is_silent_when_absence_is_said(text: str) -> None:
    assert found(subject([report(1, 30, text)], []), "P2") == []


@pytest.mark.parametrize("percent", [None, 100])
def test_p2_looks_at_printed_rows_only(percent: int | None) -> None:
    assert found(subject([report(1, percent, "")], []), "P2") == []


def test_p1_and_p2_side_by_side_have_one_likely_cause() -> None:
    checked = subject(
        [report(3, 25, ABSENT), report(4, 26, STILL), report(6, 100)], [came(1, 3, 6)]
    )
    one, other = found(checked, "P1", "P2")
    assert (one.id, other.id) == ("P1", "P2")
    assert one.hint == other.hint
    assert "des engagements 3 et 4 ont été intervertis" in one.hint
    assert "est venue pour les engagements 4 et 6 et non pour les engagements 3 et 6" in one.hint
    assert one.repairs == other.repairs == ()
    assert one.sentences == f"{one.message} {one.hint}"


def test_p1_and_p2_far_apart_among_others_have_none() -> None:
    reports = [report(1, 9, ABSENT), *(report(n) for n in (2, 3, 4)), report(5), report(6)]
    checked = subject(reports, [came(1, 1), came(2, 2), came(4, 4)])
    assert numbers(checked, "P2") == [(3,), (5,), (6,)]
    assert not any(finding.hint for finding in found(checked))


def test_p3_one_finding_for_those_whose_focal_point_is_not_known() -> None:
    checked = subject([report(n, 100) for n in (1, 2, 3)], [came(1, 2)])
    (finding,) = found(checked, "P3")
    assert (finding.level, finding.commitments) == (Level.WARNING, (1, 3))
    assert finding.people == ()


def test_p3_one_finding_for_each_known_focal_point() -> None:
    checked = subject(
        [report(n, 100) for n in (1, 2, 3, 4)], [], mandates=[mandate(5, 1, 4), mandate(6, 2)]
    )
    assert sorted(numbers(checked, "P3")) == [(1, 4), (2,), (3,)]
    assert [f.people for f in found(checked, "P3")] == [("p5",), ("p6",), ()]


@pytest.mark.parametrize("presence", AWAY)
def test_p3_is_silent_when_someone_is_listed_away(presence: Presence) -> None:
    listed = subject([report(1, 100)], [came(1, 1, presence=presence)])
    by_mandate = subject([report(1, 100)], [came(1, presence=presence)], mandates=[mandate(1, 1)])
    assert found(listed, "P3") == found(by_mandate, "P3") == []


def test_p4_the_titular_is_not_known() -> None:
    (finding,) = found(subject([report(1)], [came(1, 1, role=Role.ALTERNATE)]), "P4")
    assert (finding.level, finding.commitments) == (Level.INFO, (1,))
    assert finding.people == ("p1",)


def test_p4_the_titular_is_known_and_nothing_said_of_her() -> None:
    alternate = came(1, 1, 2, role=Role.ALTERNATE)
    checked = subject([report(1), report(2)], [alternate], mandates=[mandate(2, 1, 2)])
    (finding,) = found(checked, "P4")
    assert (finding.commitments, finding.people) == ((1, 2), ("p1", "p2"))


@pytest.mark.parametrize("presence", Presence)
def test_p4_is_silent_when_the_titular_is_recorded(presence: Presence) -> None:
    alternate = came(1, 1, role=Role.ALTERNATE)
    as_it_was = subject([report(1)], [alternate, came(2, 1, presence=presence)])
    by_mandate = subject(
        [report(1)], [alternate, came(2, presence=presence)], mandates=[mandate(2, 1)]
    )
    assert found(as_it_was, "P4") == found(by_mandate, "P4") == []
