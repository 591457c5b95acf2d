"""The details of presence: what is kept of who was in a call beyond what a relevé prints.

Hours of arrival and departure, the stays read from reports, what was kept of these reports, and
how one joined. They go when their time is over, also where the relevé is issued: it never said
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from pan_desktop.domain.held_details import HeldDetails
from pan_desktop.store import tables as t

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from pan_desktop.store.unit_of_work import UnitOfWork


def held(connection: Connection, before: date) -> tuple[HeldDetails, ...]:
    """Return the meetings before a day of which details are kept, the oldest first."""
    a, m = t.attendance, t.meeting
    noted = or_(a.c.arrived.is_not(None), a.c.left.is_not(None))
    hours = _number(a, a.c.meeting_id == m.c.id, noted)
    stays = (
        select(func.count())
        .select_from(t.stay.join(a, a.c.id == t.stay.c.attendance_id))
        .where(a.c.meeting_id == m.c.id)
        .scalar_subquery()
    )
    reports = _number(t.attendance_file, t.attendance_file.c.meeting_id == m.c.id)
    counts = select(
        *(m.c.id, m.c.day, t.body.c.name, hours.label("hours"), stays.label("stays")),
        *(reports.label("reports"), m.c.connection, m.c.at),
    ).join(t.body, t.body.c.id == m.c.body_id)
    found = counts.where(m.c.day < before).subquery()
    some = or_(found.c.hours > 0, found.c.stays > 0, found.c.reports > 0, found.c.connection != "")
    rows = connection.execute(select(found).where(some).order_by(found.c.day, found.c.at))
    return tuple(
        HeldDetails(r.id, r.day, r.name, r.hours, r.stays, r.reports, bool(r.connection))
        for r in rows
    )


def remove(work: UnitOfWork, connection: Connection, meeting_id: str) -> None:
    """Remove the details of one meeting, issued or not, each row told to the journal.

    The work must let them go (``UnitOfWork.letting_details_go``).
    """
    a, file, s = t.attendance, t.attendance_file, t.stay
    tied = select(s.c.id).join(a, a.c.id == s.c.attendance_id)
    for stay_id in _ids(connection, tied.where(a.c.meeting_id == meeting_id)):
        work.delete("stay", stay_id)
    for file_id in _ids(connection, select(file.c.id).where(file.c.meeting_id == meeting_id)):
        work.delete("attendance_file", file_id)
    noted = or_(a.c.arrived.is_not(None), a.c.left.is_not(None))
    for there in _ids(connection, select(a.c.id).where(a.c.meeting_id == meeting_id, noted)):
        work.update("attendance", there, arrived=None, left=None)
    work.update("meeting", meeting_id, connection="")


def remove_hours(work: UnitOfWork, connection: Connection, person_id: str) -> None:
    """Remove when one person came and left, at all meetings. The work must let details go."""
    a, s = t.attendance, t.stay
    tied = select(s.c.id).join(a, a.c.id == s.c.attendance_id)
    for stay_id in _ids(connection, tied.where(a.c.person_id == person_id)):
        work.delete("stay", stay_id)
    noted = or_(a.c.arrived.is_not(None), a.c.left.is_not(None))
    for there in _ids(connection, select(a.c.id).where(a.c.person_id == person_id, noted)):
        work.update("attendance", there, arrived=None, left=None)


def _ids(connection: Connection, statement: Any) -> list[str]:  # noqa: ANN401 - a Select
    return list(connection.execute(statement).scalars())


def _number(table: Any, *where: Any) -> Any:  # noqa: ANN401 - a Table and conditions
    return select(func.count()).select_from(table).where(*where).scalar_subquery()
