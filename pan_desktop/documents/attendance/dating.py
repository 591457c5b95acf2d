"""Settles which of a report's numbers is the day and which the month: by the meeting's own day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from pan_desktop.documents.attendance.moments import Moment, Order
from pan_desktop.documents.zones import bundled_zone
from pan_desktop.domain.calendar import DEFAULT_ZONE, plain_date
from pan_desktop.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ANOTHER_DAY = (
    "«\u00a0{name}\u00a0» est daté du {found} et la réunion est du {day}\u00a0: rien n’a été "
    "repris. Choisissez le rapport de cette réunion, ou corrigez la date de la réunion."
)
ROW_OF_ANOTHER_DAY = "la ligne est datée du {found} et la réunion est du {day}"
SHIFTED = (
    "Les heures du fichier sont en temps universel\u00a0: elles ont été ramenées à l’heure de la "
    "réunion ({hours:+d}\u00a0h), d’après son heure de début."
)
_DAY, _NIGHT = timedelta(days=1), timedelta(hours=6)
_ENOUGH = 2_000
"""So many moments settle the order of all."""
_FAR, _NEAR = timedelta(minutes=45), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Clock:
    """The meeting's day and hour, by the clock of its zone."""

    day: date
    at: time | None = None
    zone: str = DEFAULT_ZONE


@dataclass(frozen=True, slots=True)
class Dating:
    """How the moments of one report are read."""

    clock: Clock
    order: Order
    universal: bool = False
    """Whether its hours are UTC's."""
    correction: timedelta = timedelta()
    """Added to what the zone's rules say, where the meeting's own hour contradicts them."""

    def local(self, moment: Moment, day: date | None = None) -> datetime | None:
        """Return a moment by the meeting's clock; ``day`` is the row's, where it stands apart.

        None when it is no moment of the meeting's day or of the night that follows.
        """
        if moment.at is None:
            return None
        on = moment.on(self.order) if moment.numbers is not None else day or self.clock.day
        if on is None:
            return None
        naive = datetime.combine(on, moment.at)
        if self.universal or moment.offset is not None:
            instant = naive.replace(tzinfo=UTC) - (moment.offset or timedelta())
            zoned = instant.astimezone(bundled_zone(self.clock.zone))
            naive = zoned.replace(tzinfo=None) + self.correction
        midnight = datetime.combine(self.clock.day, time())
        return naive if midnight <= naive < midnight + _DAY + _NIGHT else None


def settled(
    moments: Sequence[Moment], clock: Clock, name: str, *, universal: bool = False
) -> Dating:
    """Return how the moments of the report ``name`` are read.

    The order of day and month is the one that gives the meeting's day: what cannot be read as it
    is refused with an InputError that names both dates.
    """
    dated = [moment for moment in moments if moment.numbers is not None][:_ENOUGH]
    best = Dating(clock, Order.DAY_FIRST, universal)
    if dated:
        ways = [Dating(clock, order, universal) for order in Order]
        worth = {way.order: _worth(way, dated) for way in ways}
        best = max(ways, key=lambda way: worth[way.order])
        if worth[best.order][0] == 0:
            found = _told(dated)
            raise InputError(ANOTHER_DAY.format(name=name, found=found, day=plain_date(clock.day)))
    return best


def _worth(way: Dating, moments: Iterable[Moment]) -> tuple[int, int]:
    """Return how many moments fall on the meeting's day, and how many on it or the night after."""
    found = [way.local(m) if m.at is not None else None for m in moments]
    bare = [m.on(way.order) for m in moments if m.at is None]
    days = [at.date() for at in found if at is not None] + [d for d in bare if d is not None]
    on = sum(day == way.clock.day for day in days)
    return on, sum(way.clock.day <= day <= way.clock.day + _DAY for day in days)


def _told(moments: Sequence[Moment]) -> str:
    """Return the day that a report is of, as it is most likely meant."""
    for order in Order:
        days = [moment.on(order) for moment in moments]
        if None not in days and days[0] is not None:
            return plain_date(days[0])
    readings = moments[0].readings()
    return plain_date(readings[0]) if readings else "?"


def row_of_another_day(moment: Moment, dating: Dating) -> str:
    """Return why a row is left out whose day is not the meeting's."""
    day = moment.on(dating.order) or next(iter(moment.readings()), None)
    found = plain_date(day) if day is not None else "?"
    return ROW_OF_ANOTHER_DAY.format(found=found, day=plain_date(dating.clock.day))


def anchored(way: Dating, people: Iterable[Sequence[Moment]]) -> Dating:
    """Correct universal hours that the zone's rules put far from when the meeting began.

    ``people`` are the moments of each. Morocco's offset is set by decree, and whoever exported the
    report may have had other rules than ours: an hour more or less is taken when only that brings
    most arrivals to the meeting.
    """
    if way.clock.at is None:
        return way
    arrivals: list[datetime] = []
    for moments in people:
        universal = [m for m in moments if way.universal or m.offset is not None]
        seen = [at for m in universal if (at := way.local(m)) is not None]
        arrivals += [min(seen)] if seen else []
    if not arrivals:
        return way
    off = sorted(arrivals)[len(arrivals) // 2] - datetime.combine(way.clock.day, way.clock.at)
    if abs(off) <= _FAR:
        return way
    for hours in (1, -1):
        if abs(off + timedelta(hours=hours)) <= _NEAR:
            return Dating(way.clock, way.order, way.universal, timedelta(hours=hours))
    return way
