"""Takes minutes into the store: the meeting, and whatever of plan, people and mandates it lacks.

One road for every form that minutes come in: ``releve/1`` and Word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pan_desktop.app.conclusions import LEVEL_SKIPPED, PointEdit, save_outline
from pan_desktop.app.follow_ups import set_follow_up
from pan_desktop.app.meetings import attend, body_named
from pan_desktop.app.settings import sentences
from pan_desktop.documents.interchange import NOTHING_IMPORTED
from pan_desktop.domain.calendar import DEFAULT_ZONE, date_in_words, hour, period_of_label
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import Civility, FollowUp, ItemKind, Presence, Role, Situation
from pan_desktop.domain.outline import parents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pan_desktop.documents.minutes import Attendee, Called, Minutes, Point, Rate
    from pan_desktop.domain.model import MeetingRecord
    from pan_desktop.domain.wording import Sentences
    from pan_desktop.store.unit_of_work import UnitOfWork

STATED_ON_IMPORT = "Valeur du relevé importé ; le calcul par la méthode du plan donne {computed} %."
STATED_WITHOUT_RATES = "Valeur du relevé importé, qui ne donne le taux d’aucun engagement."
SAME_MOMENT = (
    "Une autre réunion de l’instance « {body} » est déjà enregistrée le {day} à {hour}. "
    f"{NOTHING_IMPORTED} Corrigez la date ou l’heure du fichier, ou supprimez d’abord cette "
    "réunion."
)


@dataclass(frozen=True, slots=True)
class Imported:
    """The meeting a file became; ``new`` is False when it had been imported before."""

    meeting_id: str
    new: bool


def take_minutes(
    work: UnitOfWork,
    *,
    minutes: Minutes,
    digest: str,
    people: Mapping[Called, str] | None = None,
) -> Imported:
    """Take minutes in as a meeting, making the plan, people and mandates that the store lacks.

    ``digest`` knows the file again: twice the same makes one meeting. ``people`` are the cards of
    those whom somebody matched; others are known by their exact name, or made. Raises
    ConflictError when another meeting of the body stands at that moment, InputError for points
    that skip a level.
    """
    known = work.read.meeting_from(digest)
    if known:
        return Imported(known, new=False)
    body_id = body_named(work, minutes.body, minutes.heading)
    if work.read.meeting_at(body_id, minutes.day, minutes.at):
        day = date_in_words(minutes.day)
        raise ConflictError(SAME_MOMENT.format(body=minutes.body, day=day, hour=hour(minutes.at)))
    taking = _Taking(work, minutes, people or {})
    return Imported(taking.meeting(body_id, digest), new=True)


class _Taking:
    """One relevé on its way into the store."""

    def __init__(self, work: UnitOfWork, minutes: Minutes, people: Mapping[Called, str]) -> None:
        self._work = work
        self._minutes = minutes
        self._people = dict(people)
        self._plan_id = ""
        self._ids: dict[int, str] = {}

    def meeting(self, body_id: str, digest: str) -> str:
        """Write all that the minutes say; return the meeting's identifier."""
        minutes = self._minutes
        self._plan()
        meeting_id = self._work.insert(
            "meeting",
            body_id=body_id,
            plan_id=self._plan_id,
            day=minutes.day,
            at=minutes.at,
            zone=DEFAULT_ZONE,
            place=minutes.place,
            source_digest=digest,
        )
        self._progress(meeting_id)
        self._agenda(meeting_id)
        self._attendances(meeting_id)
        self._state_overall(meeting_id)
        return meeting_id

    def _plan(self) -> None:
        """Find or make the plan and its commitments; titles given fill in those that lack one."""
        work, minutes = self._work, self._minutes
        plan_id = work.read.plan_id(minutes.plan)
        if plan_id is None:
            starts, ends = period_of_label(minutes.plan, minutes.day)
            plan_id = work.insert("plan", label=minutes.plan, starts=starts, ends=ends)
        self._plan_id = plan_id
        known = {c.number: c for c in work.read.plan(plan_id).commitments}
        for rate in sorted(minutes.rates, key=lambda rate: rate.commitment):
            commitment = known.get(rate.commitment)
            if commitment is None:
                self._ids[rate.commitment] = work.insert(
                    "commitment",
                    plan_id=plan_id,
                    number=rate.commitment,
                    title=rate.title,
                    institution_id=work.institution(rate.institution),
                )
                continue
            self._ids[rate.commitment] = commitment.id
            if rate.title and not commitment.title:
                work.update("commitment", commitment.id, title=rate.title)
            if rate.institution and not commitment.institution:
                own = work.institution(rate.institution)
                work.update("commitment", commitment.id, institution_id=own)

    def _progress(self, meeting_id: str) -> None:
        own = sentences(self._work)
        for rate in self._minutes.rates:
            known = rate.percent is not None
            self._work.insert(
                "progress_report",
                meeting_id=meeting_id,
                plan_id=self._plan_id,
                commitment_id=self._ids[rate.commitment],
                percent=rate.percent,
                details=rate.details,
                marks=rate.marks,
                situation=(_situation(rate.details, own) if known else Situation.TO_FILL).value,
            )
            self._activities(meeting_id, rate)

    def _activities(self, meeting_id: str, rate: Rate) -> None:
        if not rate.activities:
            return
        work, commitment_id = self._work, self._ids[rate.commitment]
        plan = work.read.plan(self._plan_id)
        commitment = next(c for c in plan.commitments if c.id == commitment_id)
        known = {activity.number: activity.id for activity in commitment.activities}
        tie = {"plan_id": self._plan_id}
        for line in rate.activities:
            activity_id = known.get(line.number) or work.insert(
                "activity", commitment_id=commitment_id, number=line.number, title=line.title, **tie
            )
            work.insert(
                "activity_report",
                meeting_id=meeting_id,
                activity_id=activity_id,
                percent=line.percent,
                details=line.details,
                **tie,
            )

    def _agenda(self, meeting_id: str) -> None:
        for position, section in enumerate(self._minutes.sections, start=1):
            title, heading = section.title, section.heading
            item_id = self._work.insert(
                "agenda_item",
                meeting_id=meeting_id,
                position=float(position),
                kind=(ItemKind.PROGRESS if section.progress else ItemKind.POINTS).value,
                title=title or heading,
                heading=heading if title and heading != title else "",
                on_agenda=section.on_agenda,
                discussed=section.discussed,
            )
            self._points(item_id, section.points)

    def _points(self, item_id: str, points: Sequence[Point]) -> None:
        try:
            parents([point.level for point in points])
        except ValueError as error:
            wrong = points[error.args[0]].text
            raise InputError(LEVEL_SKIPPED.format(text=wrong)) from None
        edits = [PointEdit(new_id(), p.level, p.text, p.marks, p.numbered, p.kind) for p in points]
        save_outline(self._work, item_id=item_id, points=edits)
        for edit, point in zip(edits, points, strict=True):
            if point.owner or point.deadline is not None:
                due = FollowUp(point.owner, None, point.deadline)
                set_follow_up(self._work, point_id=edit.id, follow_up=due)

    # People ----------------------------------------------------------------------------------

    def _attendances(self, meeting_id: str) -> None:
        record = self._work.read.record(meeting_id)
        seen: dict[str, Attendee] = {}
        for attendee in self._minutes.attendees:
            person_id = self._person(attendee.who, attendee.institution)
            spoken = [*seen[person_id].spoken, *attendee.spoken] if person_id in seen else []
            if spoken:  # named on two lines: what she spoke for on both, as the first says
                seen[person_id] = _with(seen[person_id], spoken)
            else:
                seen.setdefault(person_id, attendee)
        for person_id, attendee in seen.items():
            self._ensure_mandates(record, person_id, attendee.spoken)
            attendance_id = attend(
                self._work,
                record=record,
                person_id=person_id,
                presence=attendee.presence,
                speaks_for=_once((role, self._ids[n]) for role, n in attendee.spoken),
            )
            if attendee.by is not None and attendee.presence is Presence.REPRESENTED:
                other = self._person(attendee.by)
                if other != person_id:
                    self._work.update("attendance", attendance_id, by_id=other)

    def _person(self, who: Called, institution: str = "") -> str:
        """Return the card of someone named, made when nobody is called so."""
        known = self._people.get(who)
        if known is None:
            civility = who.civility or Civility.MONSIEUR
            known = self._work.read.person_id(civility, who.name) or self._work.insert(
                "person",
                civility=civility.value,
                name=who.name,
                institution_id=self._work.institution(institution),
            )
            self._people[who] = known
        return known

    def _ensure_mandates(
        self, record: MeetingRecord, person_id: str, spoken: Sequence[tuple[Role, int]]
    ) -> None:
        for role in dict.fromkeys(role for role, _ in spoken):
            numbers = [number for said, number in spoken if said is role]
            self._ensure_mandate(record, person_id, role, numbers)

    def _ensure_mandate(
        self, record: MeetingRecord, person_id: str, role: Role, numbers: Sequence[int]
    ) -> None:
        """Give a person the mandate that her capacity implies, for what none covers that day."""
        work, day = self._work, record.meeting.day
        held = work.read.mandates(plan_id=record.plan.id, person_id=person_id)
        same = [mandate for mandate in held if mandate.role is role]
        covered = {n for mandate in same if mandate.covers(day) for n in mandate.commitments}
        lacking = [number for number in dict.fromkeys(numbers) if number not in covered]
        if not lacking:
            return
        mandate_id = work.insert(
            "mandate",
            person_id=person_id,
            plan_id=record.plan.id,
            role=role.value,
            # Someone new is taken to be in charge since the plan began; a further charge is
            # known only since this meeting.
            valid_from=day if held else min(record.plan.starts, day),
            valid_to=None,
        )
        for number in lacking:
            work.insert(
                "mandate_commitment",
                mandate_id=mandate_id,
                commitment_id=self._ids[number],
                plan_id=record.plan.id,
            )

    def _state_overall(self, meeting_id: str) -> None:
        """Keep the paper's overall figure with its reason where the plan's method gives another."""
        stated = self._minutes.overall
        computed = self._work.read.record(meeting_id).computed_overall
        if stated is None or (computed is not None and computed.rounded == stated):
            return
        reason = (
            STATED_ON_IMPORT.format(computed=computed.two_decimals)
            if computed
            else STATED_WITHOUT_RATES
        )
        self._work.update("meeting", meeting_id, stated_overall=stated, stated_reason=reason)


def _with(attendee: Attendee, spoken: Sequence[tuple[Role, int]]) -> Attendee:
    return replace(attendee, spoken=tuple(dict.fromkeys(spoken)))


def _once(speaks_for: Iterable[tuple[Role, str]]) -> tuple[tuple[Role, str], ...]:
    """Return the commitments spoken for, each once, in the first capacity named."""
    found: dict[str, Role] = {}
    for role, commitment_id in speaks_for:
        found.setdefault(commitment_id, role)
    return tuple((role, commitment_id) for commitment_id, role in found.items())


def _situation(details: str, own: Sentences) -> Situation:
    """Recognise the program's own sentences; only these, for details are never interpreted."""
    if details == own.focal_point_absent:
        return Situation.ABSENT
    return Situation.NO_PROGRESS if details == own.no_progress else Situation.REPORTED
