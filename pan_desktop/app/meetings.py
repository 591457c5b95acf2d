"""Use cases on a meeting: its place in time, its agenda, who came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pan_desktop.app.follow_ups import set_follow_up
from pan_desktop.app.office import reading
from pan_desktop.app.settings import sentences
from pan_desktop.domain.calendar import DEFAULT_ZONE
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import Civility, ItemKind, Presence, Role
from pan_desktop.domain.outline import positions
from pan_desktop.domain.wording import body_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, time

    from pan_desktop.domain.model import (
        AgendaItem,
        Attendance,
        Body,
        Commitment,
        LastKnown,
        MeetingLine,
        MeetingRecord,
        Person,
    )
    from pan_desktop.domain.wording import Sentences
    from pan_desktop.store.unit_of_work import UnitOfWork

NO_BODY = (
    "L’instance qui se réunit n’est pas indiquée : rien n’a été enregistré. Saisissez son nom, "
    "par exemple « Comité d’implémentation »."
)
NO_HEADING = "Le titre du relevé est vide : rien n’a été enregistré. Saisissez-en un."
NO_CIVILITY = (
    "« {name} » ne dit pas s’il s’agit de Mme ou de M. : personne n’a été ajouté. Tapez par "
    "exemple « Mme Prénom NOM »."
)
NOT_THERE = (
    "Les heures se notent pour une personne présente : rien n’a été enregistré. Cochez-la d’abord."
)
LEFT_BEFORE = (
    "Le départ est avant l’arrivée : rien n’a été enregistré. Corrigez l’une des deux heures."
)
NO_TITLE = "Un point de l’ordre du jour a besoin d’un titre : rien n’a été enregistré."
PROGRESS_STAYS = (
    "Le point « {title} » porte l’état d’avancement des engagements : il n’a pas été supprimé. "
    "Vous pouvez changer son titre ou sa place."
)


class Noted(NamedTuple):
    """How a person is noted at a meeting."""

    presence: Presence | None = None
    by_id: str | None = None
    """Who came in her place."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at a meeting: expected by a mandate, there all the same, or free to come.

    ``speaks_for`` is what is recorded when she came, else what her mandates say.
    """

    person: Person
    speaks_for: tuple[tuple[Role, int], ...]
    presence: Presence | None
    expected: bool
    by: Person | None = None
    """Who came in her place."""
    arrived: time | None = None
    left: time | None = None

    @property
    def noted(self) -> Noted:
        """Return what is ticked of her."""
        return Noted(self.presence, self.by.id if self.by is not None else None)


@dataclass(frozen=True, slots=True)
class MeetingView:
    """All that the meeting's page shows."""

    record: MeetingRecord
    seats: tuple[Seat, ...]
    last_known: dict[str, LastKnown]
    """By commitment identifier, what the last earlier meeting stated."""
    sentences: Sentences
    """The office's own fixed sentences."""


@dataclass(frozen=True, slots=True)
class MeetingEdit:
    """Where and when a meeting is held, as a form gives it."""

    body: str
    day: date
    at: time
    place: str = ""
    connection: str = ""


@reading
def list_meetings(work: UnitOfWork) -> tuple[MeetingLine, ...]:
    """Return all meetings, the latest first."""
    return work.read.meetings()


@reading
def list_bodies(work: UnitOfWork) -> tuple[Body, ...]:
    """Return the bodies that have met, by name."""
    return work.read.bodies()


@reading
def view_meeting(work: UnitOfWork, *, meeting_id: str) -> MeetingView:
    """Return all about one meeting. Raises NotFoundError when there is none."""
    record = work.read.record(meeting_id)
    return MeetingView(
        record, _seats(work, record), work.read.last_known(meeting_id), sentences(work)
    )


def create_meeting(
    work: UnitOfWork, *, plan_id: str, edit: MeetingEdit, progress_title: str
) -> str:
    """Make a meeting whose agenda is its progress item alone; return its identifier.

    Raises as ``open_meeting``. What a secretary begins with is ``preparing.create_proposed``.
    """
    meeting_id = open_meeting(work, plan_id=plan_id, edit=edit)
    add_item(work, meeting_id=meeting_id, title=progress_title, kind=ItemKind.PROGRESS)
    return meeting_id


def open_meeting(work: UnitOfWork, *, plan_id: str, edit: MeetingEdit) -> str:
    """Make a meeting that has no agenda yet; every commitment the plan has then awaits progress.

    Raises InputError without a body, ConflictError when the body meets at that moment.
    """
    values = _values(work, edit)
    house = work.read.template_for_body(values["body_id"])
    meeting_id = work.insert(
        "meeting", plan_id=plan_id, zone=DEFAULT_ZONE, document_template_id=house, **values
    )
    for commitment in work.read.plan(plan_id).commitments:
        if commitment.counts_on(edit.day):
            await_progress(work, meeting_id=meeting_id, commitment=commitment, plan_id=plan_id)
    return meeting_id


def await_progress(
    work: UnitOfWork, *, meeting_id: str, plan_id: str, commitment: Commitment
) -> None:
    """Have a meeting await the progress of a commitment."""
    tie = {"meeting_id": meeting_id, "plan_id": plan_id, "commitment_id": commitment.id}
    work.insert("progress_report", **tie)


def change_meeting(
    work: UnitOfWork, *, meeting_id: str, edit: MeetingEdit, seen: MeetingEdit | None = None
) -> None:
    """Change where and when a meeting is held, or which body meets.

    Of what ``seen`` says it was before, only what differs is written.
    """
    values = _values(work, edit)
    known: dict[str, Any] = {}
    if seen is not None:
        known = {"day": seen.day, "at": seen.at, "place": seen.place, "connection": seen.connection}
        known |= {"body_id": values["body_id"]} if seen.body == edit.body else {}
    work.update("meeting", meeting_id, seen=known, **values)


def remove_meeting(work: UnitOfWork, *, meeting_id: str) -> None:
    """Remove a meeting with all that was recorded at it.

    An action of another meeting that it closed stays done on that day.
    """
    for point_id in work.read.closed_at(meeting_id):
        work.update("conclusion", point_id, done_meeting_id=None)
    work.delete("meeting", meeting_id)


def change_heading(
    work: UnitOfWork, *, body_id: str, heading: str, seen: str | None = None
) -> None:
    """Change the first line of a body's relevés, of which ``seen`` says what it was before."""
    if not heading.strip():
        raise InputError(NO_HEADING)
    known = {"heading": seen} if seen is not None else None
    work.update("body", body_id, seen=known, heading=" ".join(heading.split()))


# Agenda ----------------------------------------------------------------------------------


def add_item(
    work: UnitOfWork,
    *,
    meeting_id: str,
    title: str,
    kind: ItemKind = ItemKind.POINTS,
    after: str | None = None,
) -> str:
    """Add an item behind the one that ``after`` names, else at the end; return its identifier."""
    agenda = work.read.record(meeting_id).agenda
    place = next((n for n, item in enumerate(agenda, 1) if item.id == after), len(agenda))
    known: list[float | None] = [item.position for item in agenda]
    places = list(positions([*known[:place], None, *known[place:]]))
    own = places.pop(place)
    for item, position in zip(agenda, places, strict=True):
        work.update("agenda_item", item.id, position=position)
    words = _title(title)
    return work.insert(
        "agenda_item", meeting_id=meeting_id, position=own, kind=kind.value, title=words
    )


def change_item(
    work: UnitOfWork,
    *,
    item_id: str,
    title: str,
    heading: str = "",
    discussed: bool = True,
    seen: AgendaItem | None = None,
) -> None:
    """Change an item's title, the wording of its section (empty: the title), whether discussed.

    Of what ``seen`` says it was before, only what differs is written.
    """
    title, heading = _title(title), " ".join(heading.split())
    own = "" if heading == title else heading
    known = None
    if seen is not None:
        known = {"title": seen.title, "heading": seen.heading, "discussed": seen.discussed}
    work.update("agenda_item", item_id, seen=known, title=title, heading=own, discussed=discussed)


def order_items(work: UnitOfWork, *, meeting_id: str, item_ids: Sequence[str]) -> None:
    """Put the agenda in the order given; an item not named keeps its place after those."""
    known = {item.id: item.position for item in work.read.record(meeting_id).agenda}
    ordered = [i for i in item_ids if i in known] + [i for i in known if i not in set(item_ids)]
    for item_id, position in zip(ordered, positions([known[i] for i in ordered]), strict=True):
        work.update("agenda_item", item_id, position=position)


def remove_item(work: UnitOfWork, *, meeting_id: str, item_id: str) -> AgendaItem | None:
    """Remove an item with its points; return it as it was, None when it was gone.

    Raises InputError for the progress item.
    """
    item = next((i for i in work.read.record(meeting_id).agenda if i.id == item_id), None)
    if item is not None and item.kind is ItemKind.PROGRESS:
        raise InputError(PROGRESS_STAYS.format(title=item.title))
    work.delete("agenda_item", item_id)
    return item


def restore_item(work: UnitOfWork, *, meeting_id: str, item: AgendaItem) -> None:
    """Put a removed item back as it was, points and all."""
    work.insert(
        "agenda_item",
        id=item.id,
        meeting_id=meeting_id,
        position=item.position,
        kind=item.kind.value,
        title=item.title,
        heading=item.heading,
        on_agenda=item.on_agenda,
        discussed=item.discussed,
    )
    for point in item.conclusions:
        work.insert(
            "conclusion",
            id=point.id,
            agenda_item_id=item.id,
            parent_id=point.parent_id,
            position=point.position,
            text=point.text,
            kind=point.kind.value,
            marks=point.marks,
            numbered=point.numbered,
            done_on=point.follow_up.done_on,
        )
        set_follow_up(work, point_id=point.id, follow_up=point.follow_up)


# Presence --------------------------------------------------------------------------------


def set_presence(
    work: UnitOfWork,
    *,
    meeting_id: str,
    person_ids: Sequence[str],
    presence: Presence | None,
    seen: Mapping[str, Noted] | None = None,
) -> None:
    """Record whether people came; None takes the record away.

    Who comes speaks for the commitments of the mandates in force that day, kept from then on
    as they were; someone without a mandate comes as a guest. ``seen`` is how people were noted
    where this was decided, who is not in it not at all: what somebody else has ticked since is
    not written over without a word, nor taken away.
    """
    _note(work, meeting_id, dict.fromkeys(person_ids, Noted(presence)), seen)


def _note(
    work: UnitOfWork,
    meeting_id: str,
    wanted: Mapping[str, Noted],
    seen: Mapping[str, Noted] | None,
) -> None:
    record = work.read.record(meeting_id)
    known = {a.person.id: a for a in record.attendances}
    mandates = _spoken(work, record)
    numbers = {c.number: c.id for c in record.plan.commitments}
    for person_id, noted in wanted.items():
        there = known.get(person_id)
        shown = None if seen is None else seen.get(person_id, Noted())
        if there is not None:
            now = Noted(there.presence, there.by.id if there.by is not None else None)
            if noted.presence is None:
                if shown in {None, now}:
                    work.delete("attendance", there.id)
            elif noted != now:
                saw = None if shown is None else _ticked(shown)
                work.update("attendance", there.id, seen=saw, **_ticked(noted))
        elif noted.presence is not None:
            attend(
                work,
                record=record,
                person_id=person_id,
                presence=noted.presence,
                speaks_for=tuple(
                    (role, numbers[number]) for role, number in mandates.get(person_id, ())
                ),
                by_id=noted.by_id,
            )


def _ticked(noted: Noted) -> dict[str, Any]:
    presence = noted.presence.value if noted.presence is not None else None
    return {"presence": presence, "by_id": noted.by_id}


def represent(
    work: UnitOfWork,
    *,
    meeting_id: str,
    person_id: str,
    by_id: str,
    seen: Mapping[str, Noted] | None = None,
) -> None:
    """Record that someone came in a person's place; who came is ticked present.

    She speaks for the person's commitments as an alternate, besides what her own mandates say.
    ``seen`` is how both were noted where this was decided, as for ``set_presence``.
    """
    wanted = {by_id: Noted(Presence.PRESENT), person_id: Noted(Presence.REPRESENTED, by_id)}
    _note(work, meeting_id, wanted, seen)
    record = work.read.record(meeting_id)
    rows = {a.person.id: a for a in record.attendances}
    numbers = {c.number: c.id for c in record.plan.commitments}
    spoken = {number for _, number in rows[by_id].represented}
    for _, number in rows[person_id].represented:
        if number not in spoken:
            work.insert(
                "representation",
                attendance_id=rows[by_id].id,
                commitment_id=numbers[number],
                plan_id=record.meeting.plan_id,
                role=Role.ALTERNATE.value,
            )


def set_times(
    work: UnitOfWork,
    *,
    meeting_id: str,
    person_id: str,
    arrived: time | None,
    left: time | None,
    seen: tuple[time | None, time | None] | None = None,
) -> None:
    """Keep when a person came and left, by the meeting's clock; the relevé does not print it.

    Of what was ``seen`` before, only what differs is written. Raises InputError when she left
    before she came, or was not there.
    """
    attended = {a.person.id: a for a in work.read.record(meeting_id).attendances}
    there = attended.get(person_id)
    if there is None or there.presence is not Presence.PRESENT:
        raise InputError(NOT_THERE)
    if arrived is not None and left is not None and left < arrived:
        raise InputError(LEFT_BEFORE)
    known = None if seen is None else {"arrived": seen[0], "left": seen[1]}
    work.update("attendance", there.id, seen=known, arrived=arrived, left=left)


def add_guest(work: UnitOfWork, *, meeting_id: str, name: str) -> None:
    """Make someone nobody knew, named "Mme Nadia ESSAI", and tick her present as a guest.

    Raises InputError without a civility and a name.
    """
    title, _, words = " ".join(name.split()).partition(" ")
    civility = _CIVILITIES.get(title.rstrip(".").casefold())
    if civility is None or not words:
        raise InputError(NO_CIVILITY.format(name=name.strip()))
    person_id = work.insert("person", civility=civility.value, name=words)
    set_presence(work, meeting_id=meeting_id, person_ids=[person_id], presence=Presence.PRESENT)


_CIVILITIES = {
    "m": Civility.MONSIEUR,
    "mr": Civility.MONSIEUR,
    "monsieur": Civility.MONSIEUR,
    "mme": Civility.MADAME,
    "madame": Civility.MADAME,
}


def attend(
    work: UnitOfWork,
    *,
    record: MeetingRecord,
    person_id: str,
    presence: Presence,
    speaks_for: Sequence[tuple[Role, str]],
    by_id: str | None = None,
) -> str:
    """Record a person at a meeting with what she speaks for; return the attendance's identifier.

    What she speaks for is named by commitment identifier; ``by_id`` is who came in her place.
    """
    plan_id = record.meeting.plan_id
    attendance_id = work.insert(
        "attendance",
        meeting_id=record.meeting.id,
        plan_id=plan_id,
        person_id=person_id,
        presence=presence.value,
        by_id=by_id,
    )
    for role, commitment_id in speaks_for:
        work.insert(
            "representation",
            attendance_id=attendance_id,
            commitment_id=commitment_id,
            plan_id=plan_id,
            role=role.value,
        )
    return attendance_id


def _seats(work: UnitOfWork, record: MeetingRecord) -> tuple[Seat, ...]:
    """Return everyone, those expected by a mandate or recorded first, by lowest commitment."""
    spoken = _spoken(work, record)
    people = {person.id: person for person in work.read.people()}
    attended = {a.person.id: a for a in record.attendances}
    seats = [
        Seat(
            people[person_id],
            attended[person_id].represented if person_id in attended else speaks_for,
            attended[person_id].presence if person_id in attended else None,
            expected=True,
            **_noted(attended.get(person_id)),
        )
        for person_id, speaks_for in spoken.items()
    ]
    seats += [
        Seat(a.person, a.represented, a.presence, expected=False, **_noted(a))
        for a in record.attendances
        if a.person.id not in spoken
    ]
    seated = {seat.person.id for seat in seats}
    others = [Seat(p, (), None, expected=False) for p in people.values() if p.id not in seated]
    return (*sorted(seats, key=_seat_order), *others)


def _noted(attendance: Attendance | None) -> dict[str, Any]:
    """Return what else is noted of a presence, to make a seat with."""
    if attendance is None:
        return {}
    return {"by": attendance.by, "arrived": attendance.arrived, "left": attendance.left}


def _spoken(work: UnitOfWork, record: MeetingRecord) -> dict[str, tuple[tuple[Role, int], ...]]:
    """Return, by person, what the mandates in force that day let her speak for, once each."""
    day = record.meeting.day
    over = {c.number for c in record.plan.commitments if not c.counts_on(day)}
    spoken: dict[str, dict[int, Role]] = {}
    for mandate in work.read.mandates(plan_id=record.plan.id, on=day):
        numbers = [number for number in mandate.commitments if number not in over]
        if mandate.commitments and not numbers:
            continue  # all she answered for was withdrawn from the plan
        own = spoken.setdefault(mandate.person.id, {})
        for number in numbers:
            # Titular of a commitment wins over alternate of the same one.
            if own.get(number) is not Role.FOCAL_POINT:
                own[number] = mandate.role
    return {
        person_id: tuple((role, number) for number, role in sorted(own.items()))
        for person_id, own in spoken.items()
    }


def _seat_order(seat: Seat) -> tuple[bool, int, bool, str]:
    numbers = [number for _, number in seat.speaks_for]
    alternate = any(role is Role.ALTERNATE for role, _ in seat.speaks_for)
    return (not numbers, min(numbers, default=0), alternate, seat.person.name)


def _values(work: UnitOfWork, edit: MeetingEdit) -> dict[str, Any]:
    body = " ".join(edit.body.split())
    if not body:
        raise InputError(NO_BODY)
    return {
        "body_id": body_named(work, body),
        "day": edit.day,
        "at": edit.at.replace(second=0, microsecond=0),
        "place": edit.place.strip(),
        "connection": edit.connection.strip(),
    }


def body_named(work: UnitOfWork, name: str, heading: str = "") -> str:
    """Return the identifier of the body of exactly that name, made when new.

    A new one's relevés open with ``heading``, else with the words proposed for its name.
    """
    known = next((body.id for body in work.read.bodies() if body.name == name), None)
    return known or work.insert("body", name=name, heading=heading or body_heading(name))


def _title(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise InputError(NO_TITLE)
    return words
