"""Writes meetings and deadlines as a calendar file (.ics, RFC 5545), which Outlook reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event

from pan_desktop.documents.zones import bundled_zone
from pan_desktop.domain.calendar import DEFAULT_ZONE

PRODUCER = "-//PAN Desktop//PAN Desktop//FR"
USUAL_LENGTH = timedelta(hours=2)
"""How long a meeting takes in the calendar: the store knows when it begins only."""


class Entry(NamedTuple):
    """Something in a calendar; a whole day where ``at`` is None.

    ``id`` stays the same from one file to the next, so that reading a newer one replaces it.
    """

    id: str
    day: date
    summary: str
    description: str = ""
    place: str = ""
    at: time | None = None
    zone: str = DEFAULT_ZONE
    length: timedelta = USUAL_LENGTH
    sequence: int = 0
    """Grows with each change, so that a program takes the newer of two files."""


def calendar_file(entries: tuple[Entry, ...], now: datetime, name: str) -> bytes:
    """Return the entries as the bytes of an .ics file made at ``now``, titled ``name``.

    Moments are written in UTC by rules of time that ship with the program: those of the machine
    may be out of date (Morocco changed its own in 2026).
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return bytes(calendar.to_ical())


def _event(entry: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}@pan-desktop")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", entry.summary)
    if entry.sequence:
        event.add("sequence", entry.sequence)
    if entry.description:
        event.add("description", entry.description)
    if entry.place:
        event.add("location", entry.place)
    if entry.at is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        begins = datetime.combine(entry.day, entry.at, bundled_zone(entry.zone)).astimezone(UTC)
        event.add("dtstart", begins)
        event.add("dtend", begins + entry.length)
    return event
