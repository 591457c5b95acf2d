from __future__ import annotations

from datetime import date

from pan_desktop.domain.holidays import fixed_holidays


def test_a_holiday_counts_from_the_year_it_was_made() -> None:
    known = fixed_holidays([2023, 2024, 2025])
    assert date(2023, 1, 14) not in known
    assert known[date(2024, 1, 14)] == "Nouvel An amazigh"
    assert date(2024, 10, 31) not in known
    assert date(2025, 10, 31) in known
    assert len(known) == 9 + 10 + 11


def test_christmas_is_none() -> None:
    assert date(2020, 12, 25) not in fixed_holidays([2020])
