"""Public holidays of the administrations of Morocco that fall on the same day each year.

Only these can be known in advance (domain facts, 4.3). Those that follow the moon and those
given by a communiqué come from the office's own table, once the store holds one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class FixedHoliday(NamedTuple):
    """A holiday of every year from ``since`` on."""

    month: int
    day: int
    name: str
    since: int = 1


FIXED_HOLIDAYS = (
    FixedHoliday(1, 1, "Nouvel An"),
    FixedHoliday(1, 11, "Manifeste de l’indépendance"),
    FixedHoliday(1, 14, "Nouvel An amazigh", since=2024),
    FixedHoliday(5, 1, "fête du Travail"),
    FixedHoliday(7, 30, "fête du Trône"),
    FixedHoliday(8, 14, "journée de Oued Ed-Dahab"),
    FixedHoliday(8, 20, "Révolution du Roi et du Peuple"),
    FixedHoliday(8, 21, "fête de la Jeunesse"),
    FixedHoliday(10, 31, "Aïd Al Wahda", since=2025),
    FixedHoliday(11, 6, "Marche verte"),
    FixedHoliday(11, 18, "fête de l’Indépendance"),
)


def fixed_holidays(years: Iterable[int]) -> dict[date, str]:
    """Return the names of the fixed holidays of some years, by day."""
    return {
        date(year, holiday.month, holiday.day): holiday.name
        for year in years
        for holiday in FIXED_HOLIDAYS
        if year >= holiday.since
    }
