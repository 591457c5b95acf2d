"""Use cases before a meeting: proposing it, its agenda, and what is open from earlier ones."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING

from pan_desktop.app.meetings import MeetingEdit, add_item, open_meeting
from pan_desktop.app.office import reading
from pan_desktop.app.settings import sentences
from pan_desktop.app.templates import find_template
from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.folding import folded
from pan_desktop.domain.holidays import fixed_holidays
from pan_desktop.domain.model import ItemKind, ReleveState
from pan_desktop.domain.outline import positions

if TYPE_CHECKING:
    from datetime import date

    from pan_desktop.domain.model import (
        ActionPlan,
        AgendaItem,
        Commitment,
        LastKnown,
        Mandate,
        MeetingLine,
        MeetingRecord,
        MeetingTemplate,
        OpenAction,
        Person,
    )
    from pan_desktop.domain.wording import Sentences
    from pan_desktop.store.unit_of_work import UnitOfWork

FIRST_BODY = "Comité d’implémentation"
FIRST_HOUR = time(9, 30)
TITLE_LENGTH = 90
"""A title made of an action's words is cut after so many letters, at the end of a word."""


@dataclass(frozen=True, slots=True)
class ProposedItem:
    """An item of the agenda proposed for a meeting that does not exist yet."""

    title: str
    heading: str = ""
    kind: ItemKind = ItemKind.POINTS


@dataclass(frozen=True, slots=True)
class MeetingProposal:
    """A meeting as the program would make it; ``after`` is the day of the body's last one.

    ``plan_id`` is empty where the office has no plan yet.
    """

    edit: MeetingEdit
    plan_id: str
    after: date | None
    agenda: tuple[ProposedItem, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """All that asking for a new meeting needs: what to choose from, and what to begin with."""

    bodies: tuple[str, ...]
    plans: tuple[ActionPlan, ...]
    templates: tuple[MeetingTemplate, ...]
    proposals: dict[str, MeetingProposal]
    """By the template's identifier; "" for a meeting like the last one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A person with the mandates that are in force on the day of the meeting."""

    person: Person
    mandates: tuple[Mandate, ...]

    @property
    def id(self) -> str:
        """Return the person's identifier."""
        return self.person.id


@dataclass(frozen=True, slots=True)
class Carried:
    """A commitment with what was last stated of it; nothing when nobody ever did."""

    commitment: Commitment
    last: LastKnown | None

    @property
    def id(self) -> str:
        """Return the commitment's identifier."""
        return self.commitment.id


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """An item that the body's last meeting did not come to; ``taken_up`` when it is here again."""

    item: AgendaItem
    taken_up: bool

    @property
    def id(self) -> str:
        """Return the item's identifier."""
        return self.item.id


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a meeting begins with: who is expected, and all that is still open."""

    day: date
    after: date | None
    """The day of the body's last meeting."""
    expected: tuple[Expected, ...]
    """By lowest commitment, the titular before the alternate."""
    unanswered: tuple[int, ...]
    """The commitments that no mandate in force that day names."""
    carried: tuple[Carried, ...]
    actions: tuple[OpenAction, ...]
    left_open: tuple[LeftOpen, ...]


# A new meeting ---------------------------------------------------------------------------


@reading
def offer(work: UnitOfWork, *, today: date) -> Offer:
    """Return what to propose for a new meeting, with each template and without."""
    templates = work.read.meeting_templates()
    plain = propose(work, today=today)
    bodies = [plain.edit.body, *(body.name for body in work.read.bodies())]
    return Offer(
        tuple(dict.fromkeys(bodies)),
        work.read.plans(),
        templates,
        {"": plain, **{t.id: propose(work, today=today, template_id=t.id) for t in templates}},
    )


@reading
def propose(work: UnitOfWork, *, today: date, template_id: str | None = None) -> MeetingProposal:
    """Return a meeting like the last one, or like the last of the template's body.

    The day is today, for minutes are mostly taken on the day; the next working day where today
    is none or the body meets then already. Raises NotFoundError for an unknown template.
    """
    template = find_template(work, template_id) if template_id else None
    lines = work.read.meetings()
    last = _last(lines, today, template.body if template else None)
    known = [last.body] if last else [body.name for body in work.read.bodies()]
    body = template.body if template else next(iter(known), FIRST_BODY)
    at = (template.at if template else None) or (last.at if last else FIRST_HOUR)
    place = (template.place if template else "") or (last.place if last else "")
    taken = {line.day for line in lines if (line.body, line.at) == (body, at)}
    day = _free_day(today, taken)
    edit = MeetingEdit(body, day, at, place)
    plan_id = _plan(work, last or _last(lines, today, None), day)
    agenda: tuple[ProposedItem, ...] = ()
    if plan_id:
        agenda = proposed_agenda(work, plan_id=plan_id, edit=edit, template_id=template_id)
    return MeetingProposal(edit, plan_id, last.day if last else None, agenda)


@reading
def proposed_agenda(
    work: UnitOfWork, *, plan_id: str, edit: MeetingEdit, template_id: str | None = None
) -> tuple[ProposedItem, ...]:
    """Return the agenda that a new meeting begins with.

    The approval of the body's last relevé, unless it is approved; the progress item as it was
    last worded; what the last meeting did not come to; the standing items of the template.
    Nothing twice, whatever its accents and case.
    """
    words = sentences(work)
    last = _record_before(work, edit)
    items: list[ProposedItem] = []
    if last is not None and last.meeting.state is not ReleveState.APPROVED:
        day = plain_date(last.meeting.day)
        items.append(ProposedItem(words.approval_item.replace("{day}", day)))
    items.append(_progress(last, work.read.plan(plan_id), words))
    if last is not None:
        items += [ProposedItem(item.title, item.heading) for item in _left_open(last)]
    if template_id:
        items += [ProposedItem(title) for title in find_template(work, template_id).titles]
    once: dict[str, ProposedItem] = {}
    for item in items:
        once.setdefault(folded(item.title), item)
    return tuple(once.values())


def create_proposed(
    work: UnitOfWork, *, plan_id: str, edit: MeetingEdit, template_id: str | None = None
) -> str:
    """Make a meeting with its proposed agenda and return its identifier.

    Every commitment of the plan awaits its progress. Raises InputError without a body,
    ConflictError when the body meets at that moment, NotFoundError for an unknown template.
    """
    agenda = proposed_agenda(work, plan_id=plan_id, edit=edit, template_id=template_id)
    meeting_id = open_meeting(work, plan_id=plan_id, edit=edit)
    for item, position in zip(agenda, positions([None] * len(agenda)), strict=True):
        work.insert(
            "agenda_item",
            meeting_id=meeting_id,
            position=position,
            kind=item.kind.value,
            title=item.title,
            heading=item.heading,
        )
    return meeting_id


# What is open ----------------------------------------------------------------------------


@reading
def view_preparation(work: UnitOfWork, *, meeting_id: str) -> Preparation:
    """Return what a meeting begins with. Raises NotFoundError when there is none."""
    record = work.read.record(meeting_id)
    meeting = record.meeting
    held: dict[str, list[Mandate]] = {}
    for mandate in work.read.mandates(plan_id=record.plan.id, on=meeting.day):
        held.setdefault(mandate.person.id, []).append(mandate)
    answered = {n for mandates in held.values() for m in mandates for n in m.commitments}
    known = work.read.last_known(meeting_id)
    edit = MeetingEdit(meeting.body.name, meeting.day, meeting.at)
    last = _record_before(work, edit)
    titles = {folded(item.title) for item in record.agenda}
    scope = [report.commitment for report in record.scope]
    return Preparation(
        meeting.day,
        last.meeting.day if last else None,
        tuple(Expected(mandates[0].person, tuple(mandates)) for mandates in held.values()),
        tuple(c.number for c in scope if c.number not in answered),
        tuple(Carried(c, known.get(c.id)) for c in scope),
        work.read.open_actions(meeting_id),
        tuple(LeftOpen(i, folded(i.title) in titles) for i in _left_open(last)) if last else (),
    )


def put_on_agenda(
    work: UnitOfWork, *, meeting_id: str, title: str, heading: str = ""
) -> str | None:
    """Add an item at the end of the agenda; return its identifier, None when it is there already.

    Raises InputError without a title.
    """
    known = {folded(item.title) for item in work.read.record(meeting_id).agenda}
    if folded(title) in known:
        return None
    item_id = add_item(work, meeting_id=meeting_id, title=title)
    if heading:
        work.update("agenda_item", item_id, heading=heading)
    return item_id


def put_action_on_agenda(work: UnitOfWork, *, meeting_id: str, point_id: str) -> str | None:
    """Add an item that follows up an open action; return as ``put_on_agenda`` does.

    None too when the action is no longer open.
    """
    actions = work.read.open_actions(meeting_id)
    action = next((a for a in actions if a.id == point_id), None)
    if action is None:
        return None
    title = sentences(work).follow_up_item.replace("{action}", _as_title(action.text))
    return put_on_agenda(work, meeting_id=meeting_id, title=title)


def _last(lines: tuple[MeetingLine, ...], today: date, body: str | None) -> MeetingLine | None:
    """Return the last meeting, of one body where given: one already held, else any."""
    own = [line for line in lines if body is None or line.body == body]
    held = [line for line in own if line.day <= today]
    return next(iter(held or own), None)


def _free_day(today: date, taken: set[date]) -> date:
    """Return the first working day from ``today`` on that is not taken."""
    holidays = fixed_holidays((today.year, today.year + 1))
    day = today
    while day.weekday() > 4 or day in holidays or day in taken:
        day += timedelta(days=1)
    return day


def _plan(work: UnitOfWork, last: MeetingLine | None, day: date) -> str:
    """Return the plan of the last meeting, or the one that follows it once it has ended."""
    plans = work.read.plans()
    own = next((p for p in plans if last is not None and p.label == last.plan), None)
    if own is not None and own.ends >= day:
        return own.id
    current = next((p for p in plans if p.starts <= day <= p.ends), None)
    found = current or own or next(iter(plans), None)
    return found.id if found else ""


def _record_before(work: UnitOfWork, edit: MeetingEdit) -> MeetingRecord | None:
    """Return all about the body's last meeting before the moment of ``edit``."""
    name = " ".join(edit.body.split())
    body = next((b for b in work.read.bodies() if b.name == name), None)
    found = work.read.meeting_before(body.id, edit.day, edit.at) if body else None
    return work.read.record(found) if found else None


def _progress(last: MeetingRecord | None, plan: ActionPlan, words: Sentences) -> ProposedItem:
    """Return the progress item: as the last meeting worded it, if it was about the same plan."""
    if last is not None and last.plan.id == plan.id:
        for item in last.agenda:
            if item.kind is ItemKind.PROGRESS:
                return ProposedItem(item.title, item.heading, ItemKind.PROGRESS)
    return ProposedItem(words.progress_item.replace("{plan}", plan.label), "", ItemKind.PROGRESS)


def _left_open(record: MeetingRecord) -> tuple[AgendaItem, ...]:
    return tuple(
        item
        for item in record.agenda
        if item.on_agenda and not item.discussed and item.kind is ItemKind.POINTS
    )


def _as_title(text: str) -> str:
    """Return an action's words as a title: short, without its full stop."""
    words = " ".join(text.splitlines()).strip().removesuffix(".")
    if len(words) <= TITLE_LENGTH:
        return words
    return textwrap.shorten(words, TITLE_LENGTH, placeholder="…")
