"""Reads the store into the domain's frozen things; no row or ORM object leaves the store."""

from __future__ import annotations

from collections import defaultdict
from datetime import time
from typing import TYPE_CHECKING

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Time,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
)

from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.layout import AS_EVER, read_layout
from pan_desktop.domain.model import (
    ActivityReport,
    AgendaItem,
    Attendance,
    Body,
    Conclusion,
    ConclusionKind,
    ItemKind,
    LastKnown,
    Meeting,
    MeetingLine,
    MeetingRecord,
    OpenAction,
    Person,
    Presence,
    ProgressReport,
    ReleveState,
    Role,
    Situation,
)
from pan_desktop.store import rows as as_
from pan_desktop.store import tables as t
from pan_desktop.store.attendance_reader import AttendanceReader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


UNKNOWN_MEETING = (
    "Aucune réunion ne porte l’identifiant « {id} » : rien n’a été fait. Choisissez-en une dans la "
    "liste des réunions."
)

LOOK_BACK = 10
"""How many earlier meetings are asked for a commitment's last progress."""


class Reader(AttendanceReader):
    """The store's questions, each answered in the domain's own terms."""

    # Office ------------------------------------------------------------------------------

    def settings(self) -> dict[str, str]:
        """Return all settings kept in the store."""
        rows = self._rows(select(t.setting.c.id, t.setting.c.value))
        return {row["id"]: row["value"] for row in rows}

    def institutions(self) -> tuple[str, ...]:
        """Return the names of all institutions, in order."""
        return tuple(r["name"] for r in self._rows(select(t.institution).order_by("name")))

    def institution_id(self, name: str) -> str | None:
        """Return the identifier of the institution of exactly that name."""
        return self._scalar(select(t.institution.c.id).where(t.institution.c.name == name))

    def bodies(self) -> tuple[Body, ...]:
        """Return all bodies, by name."""
        rows = self._rows(select(t.body).order_by(t.body.c.name))
        return tuple(Body(r["id"], r["name"], r["heading"]) for r in rows)

    # Meetings ----------------------------------------------------------------------------

    def meetings(self) -> tuple[MeetingLine, ...]:
        """Return all meetings, the latest first."""
        present = (
            select(t.attendance.c.meeting_id, func.count().label("present"))
            .where(t.attendance.c.presence == Presence.PRESENT.value)
            .group_by(t.attendance.c.meeting_id)
            .subquery()
        )
        rows = self._rows(
            select(
                t.meeting.c.id,
                t.meeting.c.day,
                t.meeting.c.at,
                t.meeting.c.place,
                t.meeting.c.state,
                t.meeting.c.plan_id,
                t.body.c.name.label("body"),
                t.plan.c.label.label("plan"),
                func.coalesce(present.c.present, 0).label("present"),
            )
            .join(t.body, t.body.c.id == t.meeting.c.body_id)
            .join(t.plan, t.plan.c.id == t.meeting.c.plan_id)
            .outerjoin(present, present.c.meeting_id == t.meeting.c.id)
            .order_by(t.meeting.c.day.desc(), t.meeting.c.at.desc(), t.body.c.name)
        )
        return tuple(MeetingLine(**{**row, "state": ReleveState(row["state"])}) for row in rows)

    def meeting_at(self, body_id: str, day: date, at: time) -> str | None:
        """Return the identifier of the meeting of a body at that moment."""
        m = t.meeting
        where = and_(m.c.body_id == body_id, m.c.day == day, m.c.at == at)
        return self._scalar(select(m.c.id).where(where))

    def meeting_from(self, digest: str) -> str | None:
        """Return the identifier of the meeting read from the file of that digest."""
        return self._scalar(select(t.meeting.c.id).where(t.meeting.c.source_digest == digest))

    def latest_meeting(self, plan_id: str) -> str | None:
        """Return the identifier of the plan's latest meeting."""
        m = t.meeting
        statement = select(m.c.id).where(m.c.plan_id == plan_id)
        return self._scalar(statement.order_by(m.c.day.desc(), m.c.at.desc()).limit(1))

    def record(self, meeting_id: str) -> MeetingRecord:
        """Return everything about one meeting. Raises NotFoundError."""
        house = t.document_template
        row = self._first(
            select(t.meeting, t.body.c.name, t.body.c.heading, house.c.layout, house.c.language)
            .join(t.body, t.body.c.id == t.meeting.c.body_id)
            .outerjoin(house, house.c.id == t.meeting.c.document_template_id)
            .where(t.meeting.c.id == meeting_id)
        )
        if row is None:
            raise NotFoundError(UNKNOWN_MEETING.format(id=meeting_id))
        meeting = Meeting(
            row["id"],
            Body(row["body_id"], row["name"], row["heading"]),
            row["plan_id"],
            row["day"],
            row["at"],
            row["place"],
            row["zone"],
            row["stated_overall"],
            row["stated_reason"],
            ReleveState(row["state"]),
            row["document_template_id"],
            row["connection"],
        )
        return MeetingRecord(
            meeting,
            self.plan(meeting.plan_id),
            self._agenda(meeting_id),
            self._attendances(meeting_id),
            self._reports(meeting_id),
            AS_EVER if row["layout"] is None else read_layout(row["layout"], row["language"]),
        )

    def last_known(self, meeting_id: str) -> dict[str, LastKnown]:
        """Return, by commitment, the last progress stated at earlier meetings of the plan."""
        here = t.meeting.alias("here")
        earlier, report, stated = t.meeting, t.progress_report, t.statement
        said_at_meetings = (
            select(
                *(report.c.commitment_id, report.c.percent, report.c.details, report.c.marks),
                *(report.c.situation, earlier.c.day, earlier.c.at, literal(0).label("between")),
            )
            .join(earlier, earlier.c.id == report.c.meeting_id)
            .join(here, here.c.plan_id == earlier.c.plan_id)
            .where(here.c.id == meeting_id, report.c.percent.is_not(None), _before(earlier, here))
        )
        said_between = (
            select(
                *(stated.c.commitment_id, stated.c.percent, literal(""), literal("")),
                *(literal(Situation.REPORTED.value), stated.c.day, literal(time.max, Time)),
                literal(1),
            )
            .join(here, here.c.plan_id == stated.c.plan_id)
            .where(here.c.id == meeting_id, stated.c.day <= here.c.day)
        )
        said = union_all(said_at_meetings, said_between).subquery()
        # Ten meetings back are enough to say since when nothing moved, and stay few for ever.
        turn = func.row_number().over(
            partition_by=said.c.commitment_id, order_by=(said.c.day.desc(), said.c.at.desc())
        )
        told = select(said, turn.label("turn")).subquery()
        rows = self._rows(select(told).where(told.c.turn <= LOOK_BACK).order_by(told.c.turn.desc()))
        found: dict[str, LastKnown] = {}
        for row in rows:
            known = found.get(row["commitment_id"])
            found[row["commitment_id"]] = as_.last_known(row, known)
        return found

    def open_actions(self, meeting_id: str) -> tuple[OpenAction, ...]:
        """Return the actions of earlier meetings of the plan that were not done by this one's day.

        The first due come first, those without a deadline last.
        """
        here, c, item, earlier = t.meeting.alias("here"), t.conclusion, t.agenda_item, t.meeting
        rows = self._rows(
            select(c, earlier.c.id.label("meeting_id"), earlier.c.day)
            .join(item, item.c.id == c.c.agenda_item_id)
            .join(earlier, earlier.c.id == item.c.meeting_id)
            .join(here, here.c.plan_id == earlier.c.plan_id)
            .where(here.c.id == meeting_id, c.c.kind == ConclusionKind.ACTION.value)
            .where(_before(earlier, here), c.c.text != "")
            .where(or_(c.c.done_on.is_(None), c.c.done_on >= here.c.day))
            .order_by(c.c.due_last.is_(None), c.c.due_last, earlier.c.day, c.c.id)
        )
        return tuple(
            OpenAction(r["id"], r["text"], as_.follow_up(r), r["meeting_id"], r["day"])
            for r in rows
        )

    def meeting_before(self, body_id: str, day: date, at: time) -> str | None:
        """Return the identifier of the body's last meeting before that moment."""
        m = t.meeting
        earlier = or_(m.c.day < day, and_(m.c.day == day, m.c.at < at))
        statement = select(m.c.id).where(m.c.body_id == body_id, earlier)
        return self._scalar(statement.order_by(m.c.day.desc(), m.c.at.desc()).limit(1))

    def conclusions(self, item_id: str) -> tuple[Conclusion, ...]:
        """Return the outline of one agenda item."""
        return self._outlines(t.conclusion.c.agenda_item_id == item_id).get(item_id, ())

    def point_positions(self, item_id: str, ids: Sequence[str]) -> dict[str, float]:
        """Return where some points of an item stand; those it does not have are left out."""
        c = t.conclusion
        where = and_(c.c.agenda_item_id == item_id, c.c.id.in_(ids))
        return {
            r["id"]: r["position"] for r in self._rows(select(c.c.id, c.c.position).where(where))
        }

    def _outlines(self, where: ColumnElement[bool]) -> dict[str, tuple[Conclusion, ...]]:
        """Return outlines by agenda item, each in reading order."""
        points: defaultdict[str, list[Conclusion]] = defaultdict(list)
        levels: dict[str, int] = {}
        c, item = t.conclusion, t.agenda_item
        rows = self._rows(
            select(c)
            .join(item, item.c.id == c.c.agenda_item_id)
            .where(where)
            .order_by(c.c.position, c.c.id)
        )
        for r in rows:
            # A parent always stands before its children: its level is known by now.
            level = levels.get(r["parent_id"] or "", -1) + 1
            levels[r["id"]] = level
            points[r["agenda_item_id"]].append(as_.conclusion(r, level))
        return {item_id: tuple(found) for item_id, found in points.items()}

    def _agenda(self, meeting_id: str) -> tuple[AgendaItem, ...]:
        item = t.agenda_item
        outlines = self._outlines(item.c.meeting_id == meeting_id)
        items = self._rows(
            select(item).where(item.c.meeting_id == meeting_id).order_by(item.c.position, item.c.id)
        )
        return tuple(
            AgendaItem(
                r["id"],
                r["position"],
                r["title"],
                r["heading"],
                ItemKind(r["kind"]),
                r["on_agenda"],
                r["discussed"],
                outlines.get(r["id"], ()),
            )
            for r in items
        )

    def _attendances(self, meeting_id: str) -> tuple[Attendance, ...]:
        spoken: defaultdict[str, list[tuple[Role, int]]] = defaultdict(list)
        a, r = t.attendance, t.representation
        tied = (
            select(r.c.attendance_id, r.c.role, t.commitment.c.number)
            .join(a, a.c.id == r.c.attendance_id)
            .join(t.commitment, t.commitment.c.id == r.c.commitment_id)
            .where(a.c.meeting_id == meeting_id)
            .order_by(r.c.created_at, r.c.id)
        )
        for row in self._rows(tied):
            spoken[row["attendance_id"]].append((Role(row["role"]), row["number"]))
        people = as_.people().subquery()
        rows = self._rows(
            select(
                a.c.id.label("attendance_id"),
                a.c.presence,
                a.c.by_id,
                a.c.arrived,
                a.c.left,
                people,
            )
            .join(people, people.c.id == a.c.person_id)
            .where(a.c.meeting_id == meeting_id)
            .order_by(a.c.created_at, a.c.id)
        )
        came = {row["by_id"] for row in rows} - {None}
        by = {person.id: person for person in self._people_of(came)}
        return tuple(
            Attendance(
                row["attendance_id"],
                as_.person(row),
                Presence(row["presence"]),
                tuple(spoken[row["attendance_id"]]),
                by.get(row["by_id"]),
                row["arrived"],
                row["left"],
            )
            for row in rows
        )

    def representation(self, meeting_id: str, person_id: str, commitment_id: str) -> str | None:
        """Return the row that says a person spoke for a commitment at a meeting."""
        a, r = t.attendance, t.representation
        where = and_(
            a.c.meeting_id == meeting_id,
            a.c.person_id == person_id,
            r.c.commitment_id == commitment_id,
        )
        return self._scalar(select(r.c.id).join(a, a.c.id == r.c.attendance_id).where(where))

    def _people_of(self, ids: set[str]) -> tuple[Person, ...]:
        """Return the people of these identifiers."""
        if not ids:
            return ()
        return tuple(
            as_.person(row) for row in self._rows(as_.people().where(t.person.c.id.in_(ids)))
        )

    def _reports(self, meeting_id: str) -> tuple[ProgressReport, ...]:
        p = t.progress_report
        commitments = as_.commitments().subquery()
        columns = (p.c.id.label("report_id"), p.c.percent, p.c.details, p.c.marks, p.c.situation)
        rows = self._rows(
            select(*columns, commitments)
            .join(commitments, commitments.c.id == p.c.commitment_id)
            .where(p.c.meeting_id == meeting_id)
            .order_by(p.c.created_at, p.c.id)
        )
        activities = self._activity_reports(meeting_id)
        return tuple(
            ProgressReport(
                row["report_id"],
                as_.commitment(row),
                row["percent"],
                row["details"],
                Situation(row["situation"]),
                row["marks"],
                activities.get(row["id"], ()),
            )
            for row in rows
        )

    def _activity_reports(self, meeting_id: str) -> dict[str, tuple[ActivityReport, ...]]:
        """Return what a meeting says of activities, by commitment, in the order of numbers."""
        r, a = t.activity_report, t.activity
        rows = self._rows(
            select(r.c.id.label("report_id"), r.c.percent, r.c.details, r.c.marks, a)
            .join(a, a.c.id == r.c.activity_id)
            .where(r.c.meeting_id == meeting_id)
            .order_by(a.c.number)
        )
        found: defaultdict[str, list[ActivityReport]] = defaultdict(list)
        for row in rows:
            found[row["commitment_id"]].append(
                ActivityReport(
                    row["report_id"],
                    as_.activity(row),
                    row["percent"],
                    row["details"],
                    row["marks"],
                )
            )
        return {commitment_id: tuple(reports) for commitment_id, reports in found.items()}


def _before(earlier: FromClause, here: FromClause) -> ColumnElement[bool]:
    """Return that one meeting was held before another."""
    return or_(
        earlier.c.day < here.c.day, and_(earlier.c.day == here.c.day, earlier.c.at < here.c.at)
    )
