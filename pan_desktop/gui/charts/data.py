"""What the charts show, as plain named tuples, and the figures behind each as a table.

Nothing here knows Qt, so that whoever reads the store can make these on any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.calendar import short_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Table = tuple[tuple[str, ...], ...]
"""Rows of cells, all of one length; the first row is the heading."""

FULL = 100

_FRESH, _CARRIED, _NONE = "renseigné", "repris", "sans donnée"


class Mark(NamedTuple):
    """The rate at one meeting. It is not ``fresh`` where nobody reported and it was kept."""

    day: date
    percent: int
    fresh: bool


class Line(NamedTuple):
    """What was reported along the meetings: of one commitment, or of the whole plan.

    ``key`` is whatever opens it; ``label`` is the short name ("7"), ``title`` the long one, and
    ``note`` what is to be told beside it ("sans nouvelles depuis 2 réunions").
    """

    key: str
    label: str
    title: str
    marks: tuple[Mark, ...]
    note: str = ""

    @property
    def in_order(self) -> tuple[Mark, ...]:
        """Return the marks by day; those of one day stay as they were given."""
        return tuple(sorted(self.marks, key=lambda mark: mark.day))


class Group(NamedTuple):
    """The commitments of one axis."""

    title: str
    lines: tuple[Line, ...]


class Frame(NamedTuple):
    """The plan's calendar."""

    starts: date
    ends: date
    midterm: date

    def expected(self, day: date) -> float:
        """Return the percent of an even pace on ``day``: 0 when the plan starts, 100 at its end."""
        length = (self.ends - self.starts).days
        if length <= 0:
            return float(FULL) if day >= self.ends else 0.0
        return min(max((day - self.starts).days / length, 0.0), 1.0) * FULL


class Bar(NamedTuple):
    """One value now and, where there was one, at the meeting before."""

    label: str
    title: str
    percent: int
    before: int | None

    @property
    def change(self) -> str:
        """Return "+5", "−2", "=", or nothing when there is nothing to compare with."""
        if self.before is None:
            return ""
        change = self.percent - self.before
        return f"+{change}" if change > 0 else f"−{-change}" if change else "="


def groups_table(groups: Sequence[Group]) -> Table:
    """Return one row a mark; a commitment without any has a row that says so."""
    rows = [("Axe", "N°", "Engagement", "Réunion", "Avancement (%)", "Taux", "Remarque")]
    for group in groups:
        for line in group.lines:
            named = (group.title, line.label, line.title)
            if not line.marks:
                rows.append((*named, "", "", _NONE, line.note))
            rows += [
                (*named, short_date(mark.day), str(mark.percent), _origin(mark), line.note)
                for mark in line.in_order
            ]
    return tuple(rows)


def overall_table(line: Line, frame: Frame) -> Table:
    """Return one row a meeting: the rate, and what an even pace would be that day."""
    rows = [("Réunion", "Avancement (%)", "Rythme attendu (%)", "Taux")]
    rows += [
        (
            short_date(mark.day),
            str(mark.percent),
            str(round(frame.expected(mark.day))),
            _origin(mark),
        )
        for mark in line.in_order
    ]
    return tuple(rows)


def bars_table(bars: Sequence[Bar]) -> Table:
    """Return one row a bar; the change is a number that a spreadsheet takes as one."""
    rows = [("N°", "Intitulé", "Avancement (%)", "Réunion précédente (%)", "Écart (points)")]
    for bar in bars:
        before = "" if bar.before is None else str(bar.before)
        change = "" if bar.before is None else str(bar.percent - bar.before)
        rows.append((bar.label, bar.title, str(bar.percent), before, change))
    return tuple(rows)


def _origin(mark: Mark) -> str:
    return _FRESH if mark.fresh else _CARRIED
