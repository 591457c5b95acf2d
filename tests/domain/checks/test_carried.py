from __future__ import annotations

import pytest

from pan_desktop.domain.checks.finding import Level, Subject
from pan_desktop.domain.model import Situation
from pan_desktop.domain.wording import Sentences
from tests.domain.checks.meetings import came, found, numbers, report, subject, with_details

ABSENT = Sentences().focal_point_absent
STILL = Sentences().no_progress


def away(text: str = ABSENT, percent: int = 50, last: dict[int, int] | None = None) -> Subject:
    return subject([report(1, percent, text)], [], last=last)


def test_p5_a_rate_of_which_nobody_knows_from_when() -> None:
    (finding,) = found(away(), "P5")
    assert (finding.level, finding.commitments, finding.repairs) == (Level.WARNING, (1,), ())


def test_p5_a_rate_that_changed_though_nobody_reported() -> None:
    (finding,) = found(away(last={1: 40}), "P5")
    assert finding.level is Level.WARNING
    assert "40 %" in finding.message
    assert "12/06/2025" in finding.message


def test_p5_a_right_rate_is_offered_its_source() -> None:
    (finding,) = found(away(last={1: 50}), "P5")
    assert finding.level is Level.INFO
    (repair,) = finding.repairs
    told = repair.applied(ABSENT)
    assert told == f"{ABSENT} Taux repris de la réunion du 12/06/2025."
    assert found(away(told, last={1: 50}), "P5", "P2") == []


@pytest.mark.parametrize("source", ["(taux du 12/06/2025)", "Taux de la dernière réunion."])
def test_p5_is_silent_when_the_text_says_from_when(source: str) -> None:
    assert found(away(f"{ABSENT} {source}"), "P5") == []
    assert numbers(away(f"{ABSENT} {source}", last={1: 40}), "P5") == [(1,)]


def test_p6_no_progress_without_an_earlier_meeting_cannot_be_checked() -> None:
    (finding,) = found(with_details(STILL), "P6")
    assert (finding.level, finding.commitments) == (Level.WARNING, (1,))
    assert "ne peut pas être vérifié" in finding.message


@pytest.mark.parametrize("text", [STILL, "Aucun avancement, le marché étant bloqué."])
def test_p6_no_progress_and_another_rate(text: str) -> None:
    assert found(with_details(text, last={1: 50}), "P6") == []
    for last in (49, 51):
        (finding,) = found(with_details(text, last={1: last}), "P6")
        assert f"{last} %" in finding.message


def test_p6_the_situation_alone_is_enough() -> None:
    still = report(1, 50, "Le marché est bloqué.", Situation.NO_PROGRESS)
    assert numbers(subject([still], [came(1, 1)], last={1: 40}), "P6") == [(1,)]


@pytest.mark.parametrize("text", ["", "Ancien texte."])
def test_p6_a_rate_that_fell_without_a_reason(text: str) -> None:
    (finding,) = found(with_details(text, last={1: 60}), "P6")
    assert "baisse de 60 %" in finding.message


def test_p6_new_words_are_taken_for_the_reason() -> None:
    assert found(with_details("La convention a été résiliée.", last={1: 60}), "P6") == []
    assert found(with_details("Ancien texte.", last={1: 40}), "P6") == []
    assert found(with_details("Le guide est prêt."), "P6") == []


def test_an_absence_is_for_p5_alone() -> None:
    assert numbers(away(last={1: 60}), "P6") == []
    assert numbers(with_details(STILL, last={1: 60}), "P5") == []
