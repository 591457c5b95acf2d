from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pan_desktop.domain.checks.finding import Level, Subject
from tests.domain.checks.meetings import came, found, numbers, report, subject


def meeting(*percents: int | None, **options: Any) -> Subject:
    reports = [report(n, percent) for n, percent in enumerate(percents, start=1)]
    return subject(reports, [came(n, n) for n in range(1, len(percents) + 1)], **options)


def test_a_stated_overall_that_differs_is_told_with_method_and_value() -> None:
    (finding,) = found(meeting(50, 51, stated_overall=60, stated_reason="Voté."), "G1")
    assert finding.level is Level.WARNING
    assert finding.item == "i1"
    for words in ("60 %", "moyenne simple", "51 %", "50,50 %", "« Voté. »", "2 taux"):
        assert words in finding.message


def test_the_rounding_that_gives_the_stated_value_is_told() -> None:
    (finding,) = found(meeting(50, 50, 51, stated_overall=51, stated_reason="Vu"), "G1")
    assert "arrondie à l’entier supérieur, donne 51 %" in finding.message


def test_a_stated_overall_without_any_rate_cannot_be_checked() -> None:
    (finding,) = found(meeting(None, stated_overall=60, stated_reason="Voté."), "G1")
    assert "ne peut pas être vérifié" in finding.message


@pytest.mark.parametrize("stated", [None, 51])
def test_no_stated_overall_or_the_computed_one_is_right(stated: int | None) -> None:
    assert found(meeting(50, 51, stated_overall=stated, stated_reason="Vu"), "G1") == []


def test_commitments_without_a_rate_block_as_one_finding() -> None:
    (finding,) = found(meeting(None, 40, None), "G2")
    assert (finding.level, finding.commitments) == (Level.BLOCKING, (1, 3))
    assert "Engagements 1 et 3" in finding.message


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_rate_out_of_bounds_blocks(percent: int) -> None:
    assert numbers(meeting(40, percent), "G2") == [(2,)]


def test_a_commitment_counted_twice_blocks() -> None:
    twice = subject([report(1), report(1)], [came(1, 1)])
    assert numbers(twice, "G2") == [(1,)]


def test_a_commitment_added_to_the_plan_later_is_not_missing() -> None:
    held = meeting(40, 100, 0)
    plan = replace(
        held.record.plan, commitments=(*held.record.plan.commitments, report(9).commitment)
    )
    assert found(replace(held, record=replace(held.record, plan=plan)), "G2") == []


def test_a_stated_overall_may_differ_downwards_too() -> None:
    assert len(found(meeting(50, 51, stated_overall=40, stated_reason="Voté."), "G1")) == 1
