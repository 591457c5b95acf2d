"""Use cases that put meetings and deadlines into a calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.app import written
from pan_desktop.app.office import reading
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.followed import Standing

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.documents.calendar_file import Entry
    from pan_desktop.store.unit_of_work import UnitOfWork

NAME = "Comité : réunions et échéances"


def write_calendar(office: Office, *, file: Path, today: date, now: datetime) -> int:
    """Write the meetings to come and the open deadlines to ``file``; return how many there are.

    Raises FileUnwritableError.
    """
    from pan_desktop.documents.calendar_file import calendar_file  # loads icalendar

    entries = office.run(entries_of, today=today).result
    written.replace(file, calendar_file(entries, now, NAME))
    return len(entries)


@reading
def entries_of(work: UnitOfWork, *, today: date) -> tuple[Entry, ...]:
    """Return the meetings from ``today`` on, and the deadlines of all that is still open."""
    from pan_desktop.documents.calendar_file import Entry

    found = [
        Entry(
            line.id,
            line.day,
            f"{line.body} – réunion",
            f"Plan d’action national {line.plan}",
            line.place,
            line.at,
        )
        for line in work.read.meetings()
        if line.day >= today
    ]
    for one in work.read.followed():
        if one.due is None or one.standing(today) not in {Standing.OPEN, Standing.OVERDUE}:
            continue
        said = f"Décidé par {one.body} le {short_date(one.meeting_day)}."
        summary = f"Échéance – {one.owner} : {one.text}" if one.owner else f"Échéance – {one.text}"
        found.append(Entry(one.id, one.due, summary, said))
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.id)))
