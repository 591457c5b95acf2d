"""Reads plans and people: commitments with their activities, mandates, other names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, or_, select

from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.model import (
    ActionPlan,
    Activity,
    Amendment,
    Axis,
    Civility,
    Commitment,
    Evidence,
    Mandate,
    Person,
    Role,
    Statement,
)
from pan_desktop.store import rows as as_
from pan_desktop.store import tables as t
from pan_desktop.store.office_reader import OfficeReader

if TYPE_CHECKING:
    from datetime import date

UNKNOWN_PLAN = "Ce plan n’existe plus. Choisissez-en un autre."


class PlanReader(OfficeReader):
    """Questions about plans and people; ``Reader`` adds those about meetings."""

    # Plans -------------------------------------------------------------------------------

    def plans(self) -> tuple[ActionPlan, ...]:
        """Return all plans, the latest first."""
        axes: defaultdict[str, list[Axis]] = defaultdict(list)
        for row in self._rows(select(t.axis).order_by(t.axis.c.number)):
            axes[row["plan_id"]].append(Axis(row["id"], row["number"], row["title"]))
        activities, amended = self._activities(None), self._amendments(None)
        commitments: defaultdict[str, list[Commitment]] = defaultdict(list)
        for row in self._rows(as_.commitments().order_by(t.commitment.c.number)):
            own = activities.get(row["id"], ()), amended.get(row["id"], ())
            commitments[row["plan_id"]].append(as_.commitment(row, *own))
        rows = self._rows(select(t.plan).order_by(t.plan.c.starts.desc(), t.plan.c.label))
        return tuple(
            as_.plan(row, tuple(axes[row["id"]]), tuple(commitments[row["id"]])) for row in rows
        )

    def plan(self, plan_id: str) -> ActionPlan:
        """Return one plan. Raises NotFoundError."""
        row = self._first(select(t.plan).where(t.plan.c.id == plan_id))
        if row is None:
            raise NotFoundError(UNKNOWN_PLAN)
        axes = self._rows(select(t.axis).where(t.axis.c.plan_id == plan_id).order_by("number"))
        activities, amended = self._activities(plan_id), self._amendments(plan_id)
        commitments = self._rows(
            as_.commitments()
            .where(t.commitment.c.plan_id == plan_id)
            .order_by(t.commitment.c.number)
        )
        return as_.plan(
            row,
            tuple(Axis(r["id"], r["number"], r["title"]) for r in axes),
            tuple(
                as_.commitment(r, activities.get(r["id"], ()), amended.get(r["id"], ()))
                for r in commitments
            ),
        )

    def _activities(self, plan_id: str | None) -> dict[str, tuple[Activity, ...]]:
        """Return the activities of one plan, or of all, by commitment and in order."""
        a, e = t.activity, t.evidence
        shown = select(e).join(a, a.c.id == e.c.activity_id).order_by(e.c.position, e.c.id)
        statement = select(a).order_by(a.c.number)
        if plan_id is not None:
            statement = statement.where(a.c.plan_id == plan_id)
            shown = shown.where(a.c.plan_id == plan_id)
        evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
        for row in self._rows(shown):
            evidence[row["activity_id"]].append(as_.evidence(row))
        found: defaultdict[str, list[Activity]] = defaultdict(list)
        for row in self._rows(statement):
            own = tuple(evidence.get(row["id"], ()))
            found[row["commitment_id"]].append(as_.activity(row, own))
        return {commitment_id: tuple(listed) for commitment_id, listed in found.items()}

    def _amendments(self, plan_id: str | None) -> dict[str, tuple[Amendment, ...]]:
        """Return what became of the commitments of one plan, or of all, the oldest first."""
        a = t.amendment
        statement = select(a).order_by(a.c.day, a.c.id)
        if plan_id is not None:
            statement = statement.where(a.c.plan_id == plan_id)
        found: defaultdict[str, list[Amendment]] = defaultdict(list)
        for row in self._rows(statement):
            found[row["commitment_id"]].append(as_.amendment(row))
        return {commitment_id: tuple(listed) for commitment_id, listed in found.items()}

    def statements(self, plan_id: str) -> tuple[Statement, ...]:
        """Return the rates stated between meetings of one plan, the oldest first."""
        s = t.statement
        rows = self._rows(select(s).where(s.c.plan_id == plan_id).order_by(s.c.day, s.c.id))
        return tuple(as_.statement(row) for row in rows)

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
        aliases = self.aliases()
        return tuple(
            as_.person(row, tuple(aliases.get(row["id"], {})))
            for row in self._rows(as_.people().order_by(t.person.c.name))
        )

    def aliases(self) -> dict[str, dict[str, str]]:
        """Return, by person, her other names, each with its row's identifier."""
        a = t.person_alias
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in self._rows(select(a).order_by(a.c.name)):
            found[row["person_id"]][row["name"]] = row["id"]
        return dict(found)

    def person_id(self, civility: Civility, name: str) -> str | None:
        """Return the identifier of the person of exactly that civility and name."""
        where = and_(t.person.c.civility == civility.value, t.person.c.name == name)
        return self._scalar(select(t.person.c.id).where(where).order_by(t.person.c.id))

    def has_attended(self, person_id: str) -> bool:
        """Tell whether any meeting knows the person: there, or with something to do."""
        a, c = t.attendance, t.conclusion
        named = or_(a.c.person_id == person_id, a.c.by_id == person_id)
        return bool(
            self._scalar(select(a.c.id).where(named).limit(1))
            or self._scalar(select(c.c.id).where(c.c.owner_id == person_id).limit(1))
        )

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
        people = as_.people().subquery()
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
                as_.person(r),
                r["plan_id"],
                Role(r["role"]),
                tuple(numbers[r["mandate_id"]]),
                r["valid_from"],
                r["valid_to"],
            )
            for r in rows
        ]
        return tuple(sorted(found, key=as_.mandate_order))

    def unused_institutions(self) -> tuple[str, ...]:
        """Return the institutions that no person and no commitment is of."""
        i, p, c = t.institution, t.person, t.commitment
        of_people = select(p.c.institution_id).where(p.c.institution_id.is_not(None))
        of_commitments = select(c.c.institution_id).where(c.c.institution_id.is_not(None))
        unused = select(i.c.id).where(i.c.id.not_in(of_people), i.c.id.not_in(of_commitments))
        return tuple(row["id"] for row in self._rows(unused))
