"""Reads the store into the domain's frozen things; no row or ORM object leaves the store."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.model import (
    ActionPlan,
    AgendaItem,
    Attendance,
    Axis,
    Body,
    Civility,
    Commitment,
    Conclusion,
    ConclusionKind,
    ItemKind,
    LastKnown,
    Mandate,
    Meeting,
    MeetingLine,
    MeetingRecord,
    Person,
    Presence,
    ProgressReport,
    Role,
    Situation,
)
from pan_desktop.domain.progress import OverallMethod, Rounding
from pan_desktop.store import tables as t

if TYPE_CHECKING:
    from datetime import date, time

    from sqlalchemy import Connection, RowMapping

UNKNOWN_MEETING = (
    "Aucune réunion ne porte l’identifiant « {id} » : rien n’a été fait. Choisissez-en une dans la "
    "liste des réunions."
)
UNKNOWN_PLAN = "Ce plan n’existe plus. Choisissez-en un autre."


class Reader:
    """The store's questions, each answered in the domain's own terms."""

    def __init__(self, connection: Connection) -> None:
        """Read through ``connection``."""
        self._connection = connection

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

    # Plans -------------------------------------------------------------------------------

    def plans(self) -> tuple[ActionPlan, ...]:
        """Return all plans, the latest first."""
        axes: defaultdict[str, list[Axis]] = defaultdict(list)
        for row in self._rows(select(t.axis).order_by(t.axis.c.number)):
            axes[row["plan_id"]].append(Axis(row["id"], row["number"], row["title"]))
        commitments: defaultdict[str, list[Commitment]] = defaultdict(list)
        for row in self._rows(_commitments().order_by(t.commitment.c.number)):
            commitments[row["plan_id"]].append(_commitment(row))
        rows = self._rows(select(t.plan).order_by(t.plan.c.starts.desc(), t.plan.c.label))
        return tuple(
            _plan(row, tuple(axes[row["id"]]), tuple(commitments[row["id"]])) for row in rows
        )

    def plan(self, plan_id: str) -> ActionPlan:
        """Return one plan. Raises NotFoundError."""
        row = self._first(select(t.plan).where(t.plan.c.id == plan_id))
        if row is None:
            raise NotFoundError(UNKNOWN_PLAN)
        axes = self._rows(select(t.axis).where(t.axis.c.plan_id == plan_id).order_by("number"))
        commitments = self._rows(
            _commitments().where(t.commitment.c.plan_id == plan_id).order_by(t.commitment.c.number)
        )
        return _plan(
            row,
            tuple(Axis(r["id"], r["number"], r["title"]) for r in axes),
            tuple(_commitment(r) for r in commitments),
        )

    def plan_id(self, label: str) -> str | None:
        """Return the identifier of the plan with that label."""
        return self._scalar(select(t.plan.c.id).where(t.plan.c.label == label))

    def commitment_in_use(self, commitment_id: str) -> bool:
        """Tell whether a meeting says anything of the commitment."""
        p, r = t.progress_report, t.representation
        said = or_(p.c.percent.is_not(None), p.c.details != "")
        return bool(
            self._scalar(select(p.c.id).where(p.c.commitment_id == commitment_id, said).limit(1))
            or self._scalar(select(r.c.id).where(r.c.commitment_id == commitment_id).limit(1))
        )

    def empty_reports(self, commitment_id: str) -> tuple[str, ...]:
        """Return the identifiers of the reports that await the commitment's progress."""
        p = t.progress_report
        where = and_(p.c.commitment_id == commitment_id, p.c.percent.is_(None), p.c.details == "")
        return tuple(row["id"] for row in self._rows(select(p.c.id).where(where)))

    # People ------------------------------------------------------------------------------

    def people(self) -> tuple[Person, ...]:
        """Return everyone, by name."""
        return tuple(_person(row) for row in self._rows(_people().order_by(t.person.c.name)))

    def person_id(self, civility: Civility, name: str) -> str | None:
        """Return the identifier of the person of exactly that civility and name."""
        where = and_(t.person.c.civility == civility.value, t.person.c.name == name)
        return self._scalar(select(t.person.c.id).where(where).order_by(t.person.c.id))

    def has_attended(self, person_id: str) -> bool:
        """Tell whether any meeting knows the person."""
        a = t.attendance
        return self._scalar(select(a.c.id).where(a.c.person_id == person_id).limit(1)) is not None

    def mandate_commitments(self, mandate_id: str) -> tuple[tuple[str, str], ...]:
        """Return the mandate's ties: identifier of the tie, identifier of the commitment."""
        m = t.mandate_commitment
        rows = self._rows(select(m.c.id, m.c.commitment_id).where(m.c.mandate_id == mandate_id))
        return tuple((row["id"], row["commitment_id"]) for row in rows)

    def mandates(
        self, *, plan_id: str | None = None, person_id: str | None = None, on: date | None = None
    ) -> tuple[Mandate, ...]:
        """Return mandates, of one plan or person, in force ``on`` a day, where given.

        In the order of the lowest commitment, those without one last.
        """
        where: list[ColumnElement[bool]] = []
        if plan_id is not None:
            where.append(t.mandate.c.plan_id == plan_id)
        if person_id is not None:
            where.append(t.mandate.c.person_id == person_id)
        if on is not None:
            where.append(t.mandate.c.valid_from <= on)
            where.append(or_(t.mandate.c.valid_to.is_(None), t.mandate.c.valid_to >= on))
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        tied = (
            select(t.mandate_commitment.c.mandate_id, t.commitment.c.number)
            .join(t.commitment, t.commitment.c.id == t.mandate_commitment.c.commitment_id)
            .join(t.mandate, t.mandate.c.id == t.mandate_commitment.c.mandate_id)
            .where(*where)
            .order_by(t.commitment.c.number)
        )
        for row in self._rows(tied):
            numbers[row["mandate_id"]].append(row["number"])
        people = _people().subquery()
        rows = self._rows(
            select(
                t.mandate.c.id.label("mandate_id"),
                t.mandate.c.plan_id,
                t.mandate.c.role,
                t.mandate.c.valid_from,
                t.mandate.c.valid_to,
                people,
            )
            .join(people, people.c.id == t.mandate.c.person_id)
            .where(*where)
        )
        found = [
            Mandate(
                r["mandate_id"],
                _person(r),
                r["plan_id"],
                Role(r["role"]),
                tuple(numbers[r["mandate_id"]]),
                r["valid_from"],
                r["valid_to"],
            )
            for r in rows
        ]
        return tuple(sorted(found, key=_mandate_order))

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
                t.body.c.name.label("body"),
                t.plan.c.label.label("plan"),
                func.coalesce(present.c.present, 0).label("present"),
            )
            .join(t.body, t.body.c.id == t.meeting.c.body_id)
            .join(t.plan, t.plan.c.id == t.meeting.c.plan_id)
            .outerjoin(present, present.c.meeting_id == t.meeting.c.id)
            .order_by(t.meeting.c.day.desc(), t.meeting.c.at.desc(), t.body.c.name)
        )
        return tuple(MeetingLine(**row) for row in rows)

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
        row = self._first(
            select(t.meeting, t.body.c.name, t.body.c.heading)
            .join(t.body, t.body.c.id == t.meeting.c.body_id)
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
        )
        return MeetingRecord(
            meeting,
            self.plan(meeting.plan_id),
            self._agenda(meeting_id),
            self._attendances(meeting_id),
            self._reports(meeting_id),
        )

    def last_known(self, meeting_id: str) -> dict[str, LastKnown]:
        """Return, by commitment, the last progress stated at earlier meetings of the plan."""
        here = t.meeting.alias("here")
        earlier, report = t.meeting, t.progress_report
        rows = self._rows(
            select(report.c.commitment_id, report.c.percent, report.c.details, earlier.c.day)
            .join(earlier, earlier.c.id == report.c.meeting_id)
            .join(here, here.c.plan_id == earlier.c.plan_id)
            .where(here.c.id == meeting_id, report.c.percent.is_not(None))
            .where(
                or_(
                    earlier.c.day < here.c.day,
                    and_(earlier.c.day == here.c.day, earlier.c.at < here.c.at),
                )
            )
            .order_by(earlier.c.day, earlier.c.at)
        )
        return {r["commitment_id"]: LastKnown(r["percent"], r["details"], r["day"]) for r in rows}

    def conclusions(self, item_id: str) -> tuple[Conclusion, ...]:
        """Return the outline of one agenda item."""
        return self._outlines(t.conclusion.c.agenda_item_id == item_id).get(item_id, ())

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
            kind = ConclusionKind(r["kind"])
            points[r["agenda_item_id"]].append(
                Conclusion(r["id"], r["parent_id"], r["position"], level, r["text"], kind)
            )
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
            .order_by(r.c.id)
        )
        for row in self._rows(tied):
            spoken[row["attendance_id"]].append((Role(row["role"]), row["number"]))
        people = _people().subquery()
        rows = self._rows(
            select(a.c.id.label("attendance_id"), a.c.presence, people)
            .join(people, people.c.id == a.c.person_id)
            .where(a.c.meeting_id == meeting_id)
            .order_by(a.c.id)
        )
        return tuple(
            Attendance(
                row["attendance_id"],
                _person(row),
                Presence(row["presence"]),
                tuple(spoken[row["attendance_id"]]),
            )
            for row in rows
        )

    def _reports(self, meeting_id: str) -> tuple[ProgressReport, ...]:
        p = t.progress_report
        commitments = _commitments().subquery()
        rows = self._rows(
            select(p.c.id.label("report_id"), p.c.percent, p.c.details, p.c.situation, commitments)
            .join(commitments, commitments.c.id == p.c.commitment_id)
            .where(p.c.meeting_id == meeting_id)
            .order_by(p.c.id)
        )
        return tuple(
            ProgressReport(
                row["report_id"],
                _commitment(row),
                row["percent"],
                row["details"],
                Situation(row["situation"]),
            )
            for row in rows
        )

    def _rows(self, statement: Select[Any]) -> list[RowMapping]:
        return list(self._connection.execute(statement).mappings())

    def _first(self, statement: Select[Any]) -> RowMapping | None:
        return self._connection.execute(statement).mappings().first()

    def _scalar(self, statement: Select[Any]) -> str | None:
        found = self._connection.execute(statement).scalars().first()
        return None if found is None else str(found)


def _commitments() -> Select[Any]:
    c, i = t.commitment, t.institution
    return select(
        c.c.id,
        c.c.plan_id,
        c.c.axis_id,
        c.c.number,
        c.c.title,
        c.c.weight,
        func.coalesce(i.c.name, "").label("institution"),
    ).outerjoin(i, i.c.id == c.c.institution_id)


def _people() -> Select[Any]:
    p, i = t.person, t.institution
    return select(
        p.c.id,
        p.c.civility,
        p.c.name,
        p.c.email,
        func.coalesce(i.c.name, "").label("institution"),
    ).outerjoin(i, i.c.id == p.c.institution_id)


def _commitment(row: RowMapping) -> Commitment:
    return Commitment(
        row["id"],
        row["number"],
        row["title"],
        row["institution"],
        row["weight"],
        row["axis_id"],
    )


def _person(row: RowMapping) -> Person:
    return Person(
        row["id"], Civility(row["civility"]), row["name"], row["institution"], row["email"]
    )


def _plan(row: RowMapping, axes: tuple[Axis, ...], held: tuple[Commitment, ...]) -> ActionPlan:
    return ActionPlan(
        row["id"],
        row["label"],
        row["starts"],
        row["ends"],
        OverallMethod(row["method"]),
        Rounding(row["rounding"]),
        axes,
        held,
    )


def _mandate_order(mandate: Mandate) -> tuple[bool, int, bool, str]:
    numbers = mandate.commitments
    alternate = mandate.role is Role.ALTERNATE
    return (not numbers, min(numbers, default=0), alternate, mandate.person.name)
