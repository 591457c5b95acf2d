"""Reads what many meetings say together: progress, presences, actions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from pan_desktop.domain.followed import Followed
from pan_desktop.domain.model import (
    Civility,
    ConclusionKind,
    Presence,
    ReleveState,
    Role,
    Situation,
)
from pan_desktop.domain.presences import Came, MeetingDay
from pan_desktop.domain.trajectory import Said
from pan_desktop.domain.typography import Typography
from pan_desktop.domain.wording import civility
from pan_desktop.store import rows as as_
from pan_desktop.store import tables as t
from pan_desktop.store.plan_reader import PlanReader

if TYPE_CHECKING:
    from datetime import date


class MemoryReader(PlanReader):
    """Questions across meetings; ``Reader`` adds those about one meeting."""

    # Progress ----------------------------------------------------------------------------

    def said(self, plan_id: str) -> dict[str, tuple[Said, ...]]:
        """Return, by commitment, every rate stated in a plan's meetings or between them.

        The oldest first; of one day what was said between meetings comes last.
        """
        speakers = self._speakers(plan_id)
        m, p = t.meeting, t.progress_report
        columns = (p.c.commitment_id, p.c.percent, p.c.situation, p.c.details)
        rows = self._rows(
            select(*columns, m.c.id.label("meeting_id"), m.c.day)
            .join(m, m.c.id == p.c.meeting_id)
            .where(m.c.plan_id == plan_id, p.c.percent.is_not(None))
            .order_by(m.c.day, m.c.at)
        )
        found: defaultdict[str, list[Said]] = defaultdict(list)
        for row in rows:
            by = speakers.get((row["meeting_id"], row["commitment_id"]), ())
            found[row["commitment_id"]].append(
                Said(
                    row["day"],
                    row["percent"],
                    Situation(row["situation"]),
                    by,
                    row["meeting_id"],
                    row["details"],
                )
            )
        for stated in self.statements(plan_id):
            found[stated.commitment_id].append(
                Said(
                    stated.day,
                    stated.percent,
                    Situation.REPORTED,
                    (stated.author,),
                    reason=stated.reason,
                    statement_id=stated.id,
                )
            )
        return {key: tuple(sorted(all_, key=lambda s: s.day)) for key, all_ in found.items()}

    def _speakers(self, plan_id: str) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return who spoke for each commitment at each meeting of a plan."""
        a, r, person = t.attendance, t.representation, t.person
        rows = self._rows(
            select(a.c.meeting_id, r.c.commitment_id, person.c.civility, person.c.name)
            .join(a, a.c.id == r.c.attendance_id)
            .join(person, person.c.id == a.c.person_id)
            .where(r.c.plan_id == plan_id, a.c.presence == Presence.PRESENT.value)
            .order_by(r.c.created_at, r.c.id)
        )
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for row in rows:
            title = civility(Civility(row["civility"]), Typography.SOIGNE)
            found[row["meeting_id"], row["commitment_id"]].append(f"{title} {row['name']}")
        return {key: tuple(names) for key, names in found.items()}

    def activity_rates(self, plan_id: str) -> dict[str, tuple[date, int]]:
        """Return, by activity, the rate that a meeting noted last, and when."""
        m, r = t.meeting, t.activity_report
        rows = self._rows(
            select(r.c.activity_id, r.c.percent, m.c.day)
            .join(m, m.c.id == r.c.meeting_id)
            .where(m.c.plan_id == plan_id, r.c.percent.is_not(None))
            .order_by(m.c.day, m.c.at)
        )
        return {row["activity_id"]: (row["day"], row["percent"]) for row in rows}

    def stated_overalls(self, plan_id: str) -> tuple[tuple[str, date, int | None, str], ...]:
        """Return a plan's meetings, the oldest first: id, day, own overall figure, its reason."""
        m = t.meeting
        rows = self._rows(
            select(m.c.id, m.c.day, m.c.stated_overall, m.c.stated_reason)
            .where(m.c.plan_id == plan_id)
            .order_by(m.c.day, m.c.at)
        )
        return tuple((r["id"], r["day"], r["stated_overall"], r["stated_reason"]) for r in rows)

    # Presences ---------------------------------------------------------------------------

    def meeting_days(self, plan_id: str) -> tuple[MeetingDay, ...]:
        """Return a plan's meetings, the oldest first."""
        m, b = t.meeting, t.body
        rows = self._rows(
            select(m.c.id, m.c.day, m.c.at, b.c.name, m.c.state)
            .join(b, b.c.id == m.c.body_id)
            .where(m.c.plan_id == plan_id)
            .order_by(m.c.day, m.c.at)
        )
        return tuple(
            MeetingDay(r["id"], r["day"], r["at"], r["name"], ReleveState(r["state"])) for r in rows
        )

    def came(self, plan_id: str) -> tuple[Came, ...]:
        """Return all that is recorded of who came to a plan's meetings."""
        a, r, c = t.attendance, t.representation, t.commitment
        spoken: defaultdict[str, list[tuple[Role, int]]] = defaultdict(list)
        tied = self._rows(
            select(r.c.attendance_id, r.c.role, c.c.number)
            .join(c, c.c.id == r.c.commitment_id)
            .where(r.c.plan_id == plan_id)
        )
        for row in tied:
            spoken[row["attendance_id"]].append((Role(row["role"]), row["number"]))
        rows = self._rows(select(a).where(a.c.plan_id == plan_id).order_by(a.c.created_at, a.c.id))
        return tuple(
            Came(
                row["meeting_id"],
                row["person_id"],
                Presence(row["presence"]),
                tuple(spoken[row["id"]]),
                row["by_id"],
            )
            for row in rows
        )

    def attendance_rows(self, person_id: str) -> tuple[dict[str, Any], ...]:
        """Return the rows that say whether a person came, as they lie there."""
        a = t.attendance
        rows = self._rows(
            select(a).where(a.c.person_id == person_id).order_by(a.c.created_at, a.c.id)
        )
        return tuple(dict(row) for row in rows)

    def came_for(self, person_id: str) -> tuple[str, ...]:
        """Return the presences of others in whose place a person came."""
        a = t.attendance
        return tuple(r["id"] for r in self._rows(select(a.c.id).where(a.c.by_id == person_id)))

    def present_together(self) -> frozenset[frozenset[str]]:
        """Return the pairs of people who were both present at some meeting."""
        one, other = t.attendance.alias("one"), t.attendance.alias("other")
        here = Presence.PRESENT.value
        rows = self._rows(
            select(one.c.person_id, other.c.person_id.label("other_id"))
            .join(other, other.c.meeting_id == one.c.meeting_id)
            .where(one.c.person_id < other.c.person_id)
            .where(one.c.presence == here, other.c.presence == here)
            .distinct()
        )
        return frozenset(frozenset((r["person_id"], r["other_id"])) for r in rows)

    # Actions -----------------------------------------------------------------------------

    def followed(self, *, owner_id: str | None = None) -> tuple[Followed, ...]:
        """Return every action, and every point with a deadline, of all meetings.

        The first due come first, those without a deadline last. Only those of one person where
        ``owner_id`` names her.
        """
        c, item, m, p, b = t.conclusion, t.agenda_item, t.meeting, t.plan, t.body
        people = as_.people().subquery()
        wanted = or_(c.c.kind == ConclusionKind.ACTION.value, c.c.due_first.is_not(None))
        statement = (
            select(
                c,
                m.c.id.label("meeting_id"),
                m.c.day,
                p.c.id.label("plan_id"),
                p.c.label.label("plan"),
                b.c.name.label("body"),
                func.coalesce(people.c.institution, "").label("institution"),
                func.coalesce(people.c.name, "").label("person"),
                func.coalesce(people.c.civility, "").label("civility"),
            )
            .join(item, item.c.id == c.c.agenda_item_id)
            .join(m, m.c.id == item.c.meeting_id)
            .join(p, p.c.id == m.c.plan_id)
            .join(b, b.c.id == m.c.body_id)
            .outerjoin(people, people.c.id == c.c.owner_id)
            .where(and_(wanted, c.c.text != ""))
            .order_by(c.c.due_last.is_(None), c.c.due_last, m.c.day, c.c.id)
        )
        if owner_id is not None:
            statement = statement.where(c.c.owner_id == owner_id)
        return tuple(as_.followed(row) for row in self._rows(statement))

    def closed_at(self, meeting_id: str) -> tuple[str, ...]:
        """Return the points that a meeting took note of as done."""
        c = t.conclusion
        rows = self._rows(select(c.c.id).where(c.c.done_meeting_id == meeting_id))
        return tuple(row["id"] for row in rows)

    def owned_points(self, person_id: str) -> tuple[str, ...]:
        """Return the points that name a person as their owner, of whatever kind."""
        c = t.conclusion
        return tuple(r["id"] for r in self._rows(select(c.c.id).where(c.c.owner_id == person_id)))
