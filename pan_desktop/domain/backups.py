"""Copies of the database: why one is made, how it is named, and which are kept.

A copy's name says all that a list needs, in words that anyone understands in a file manager, and
sorts by age. Moments are those of the wall clock, without zone: that is what a person seeks by.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

DAYS, WEEKS, MONTHS = 14, 8, 24
"""Of so many days, weeks and months that have a copy, the newest is kept."""
NEWEST = 5
"""So many of the newest are kept whatever their dates, and of those before a change as well."""
QUARANTINE = timedelta(days=30)
"""How long a copy made before a change is kept at least."""
OVERDUE = timedelta(days=7)
"""An office at work without a copy for longer is told of."""


class Why(StrEnum):
    """What a copy was made for; the word in its name."""

    CLOSE = "fermeture"
    DAILY = "du jour"
    BY_HAND = "à la main"
    MIGRATION = "avant mise à niveau"
    IMPORT = "avant import"
    RESTORE = "avant restauration"
    REPAIR = "avant réparation"
    REREAD = "avant relecture du serveur"
    MOVE = "avant déplacement"
    PASSPHRASE = "avant changement de protection"  # noqa: S105 - a word in a file's name

    @property
    def lasting(self) -> bool:
        """Tell whether such a copy is kept for some weeks whatever comes after it."""
        return self not in {Why.CLOSE, Why.DAILY}


class Named(NamedTuple):
    """What a copy's name says."""

    name: str
    at: datetime
    """By the clock on the wall when it was made, without zone."""
    why: Why
    number: int = 1
    """Which of the copies of one second it is."""


_NAME = re.compile(
    r"(?P<stem>.+) (?P<at>\d{4}-\d\d-\d\d \d\dh\d\dm\d\d)(?: (?P<number>\d+))? (?P<why>[^\d.]+)"
    r"(?P<suffix>\.[^.]*)?"
)
_AT = "%Y-%m-%d %Hh%Mm%S"


def copy_name(database: str, at: datetime, why: Why, number: int = 1) -> str:
    """Return the name of a copy of the database file of that name, made ``at`` a local moment.

    ``number`` tells copies of one second apart.
    """
    stem, suffix = _parts(database)
    again = f" {number}" if number > 1 else ""
    return f"{stem} {at:{_AT}}{again} {why}{suffix}"


def copy_named(database: str, name: str) -> Named | None:
    """Return what a file's name says when it is that of a copy of ``database``, else None."""
    found = _NAME.fullmatch(name)
    stem, suffix = _parts(database)
    if found is None or (found["stem"], found["suffix"] or "") != (stem, suffix):
        return None
    try:
        at = datetime.strptime(found["at"], _AT)  # noqa: DTZ007 - the wall clock's
        return Named(name, at, Why(found["why"]), int(found["number"] or 1))
    except ValueError:  # the 31st of February, a word of somebody else's
        return None


def outlived(copies: Collection[Named], now: datetime) -> set[Named]:
    """Return the copies that need not be kept, ``now`` being the moment on the wall clock.

    Days, weeks and months are those that have copies, not those of the calendar: a clock that
    jumps ahead makes one more of them, and no old copy falls out because of the years between.
    A copy dated after ``now`` is kept and counts for nothing: the clock is wrong, or was.
    """
    past = sorted((copy for copy in copies if copy.at <= now), key=age, reverse=True)
    before_changes = [copy for copy in past if copy.why.lasting]
    kept = {copy for copy in copies if copy.at > now}
    kept.update(past[:NEWEST])
    kept.update(before_changes[:NEWEST])
    kept.update(copy for copy in before_changes if now - copy.at < QUARANTINE)
    kept.update(_newest_of(past, lambda at: at.date(), DAYS))
    kept.update(_newest_of(past, lambda at: at.isocalendar()[:2], WEEKS))
    kept.update(_newest_of(past, lambda at: (at.year, at.month), MONTHS))
    return set(copies) - kept


def age(copy: Named) -> tuple[datetime, int, str]:
    """Return what copies are sorted by, the oldest first."""
    return copy.at, copy.number, copy.name


def _newest_of(
    past: Iterable[Named], period: Callable[[datetime], Any], number: int
) -> Iterable[Named]:
    """Return the newest copy of each of the last periods; ``past`` begins with the newest."""
    found: dict[Any, Named] = {}
    for copy in past:
        found.setdefault(period(copy.at), copy)
    return list(found.values())[:number]


def _parts(database: str) -> tuple[str, str]:
    stem, dot, suffix = database.rpartition(".")
    return (stem, dot + suffix) if stem else (database, "")
