"""What the first screen shows, read with the raw driver before SQLAlchemy is loaded.

The window must be painted at once; loading the store properly takes longer than that.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, time
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.app.places import local_file
from pan_desktop.store.failures import translating
from pan_desktop.store.location import Found, find, followed
from pan_desktop.store.opening import connect_to_read

__all__ = ["FirstLook", "RecentMeeting", "database_file", "first_look", "followed"]

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.domain.keys import Key

RECENT = 6
"""How many meetings the first screen lists."""


class RecentMeeting(NamedTuple):
    """A meeting as the first screen lists it; ``known`` of ``scope`` commitments have a rate."""

    id: str
    day: date
    at: time
    body: str
    plan: str
    present: int
    known: int
    scope: int


class FirstLook(NamedTuple):
    """What there is in the office, enough for the first screen."""

    plans: int
    people: int
    meetings: int
    recent: tuple[RecentMeeting, ...]
    sample: bool = False
    """Whether the invented sample is there, to be thrown away."""


def first_look(database: str, key: Key | None = None) -> FirstLook | None:
    """Return what the first screen shows; None when it must wait for the store to be opened.

    That is so for a new database, one of an older program, and one on a server. Raises the
    PanError that says why a database cannot be opened, SecretNeededError when it is encrypted
    and no ``key`` was given.
    """
    file = local_file(database)
    if file is None or find(file, key) is not Found.PRESENT:
        return None
    with translating():
        return _read(file, key)


def database_file(database: str) -> Path | None:
    """Return the file on this machine, None for a shared office that it has no copy of yet."""
    return local_file(database)


_COUNTS = """
    SELECT (SELECT count(*) FROM plan), (SELECT count(*) FROM person),
           (SELECT count(*) FROM meeting),
           (SELECT count(*) FROM setting WHERE id = 'sample')
"""
_RECENT = """
    SELECT m.id, m.day, m.at, b.name, p.label,
           (SELECT count(*) FROM attendance a
             WHERE a.meeting_id = m.id AND a.presence = 'present'),
           (SELECT count(percent) FROM progress_report r WHERE r.meeting_id = m.id),
           (SELECT count(*) FROM progress_report r WHERE r.meeting_id = m.id)
      FROM meeting m JOIN body b ON b.id = m.body_id JOIN plan p ON p.id = m.plan_id
     ORDER BY m.day DESC, m.at DESC LIMIT ?
"""


def _read(file: Path, key: Key | None) -> FirstLook:
    with closing(connect_to_read(file, key)) as connection:
        plans, people, meetings, sample = connection.execute(_COUNTS).fetchone()
        recent = tuple(
            RecentMeeting(row[0], date.fromisoformat(row[1]), time.fromisoformat(row[2]), *row[3:])
            for row in connection.execute(_RECENT, (RECENT,))
        )
    return FirstLook(plans, people, meetings, recent, bool(sample))
