"""Use cases on the relevé: read one in, write one out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.app import written
from pan_desktop.app.conclusions import add_points
from pan_desktop.app.meetings import attend, body_named
from pan_desktop.app.office import reading
from pan_desktop.app.settings import sentences
from pan_desktop.documents.compose import compose_releve
from pan_desktop.documents.interchange import (
    NOTHING_IMPORTED,
    Note,
    Participant,
    ProgressRow,
    ReleveData,
    read_releve,
    write_releve,
)
from pan_desktop.documents.interpret.sections import pair_sections
from pan_desktop.domain.calendar import DEFAULT_ZONE, date_in_words, hour, period_of_label
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.model import ItemKind, Presence, Role, Situation
from pan_desktop.domain.outline import tamed
from pan_desktop.domain.progress import COMPLETE
from pan_desktop.domain.typography import enumeration

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office, Outcome
    from pan_desktop.documents.model import Document
    from pan_desktop.domain.model import Conclusion, MeetingRecord
    from pan_desktop.domain.typography import Typography
    from pan_desktop.domain.wording import Sentences
    from pan_desktop.store.unit_of_work import UnitOfWork

WRONG_KIND = (
    "« {name} » n’est pas un fichier .json : rien n’a été importé. Choisissez un relevé exporté "
    "au format releve/1."
)
LARGEST = 8 * 1024 * 1024
"""In bytes; the largest relevé imaginable is a tenth of it, and JSON takes 25 times its size."""

STATED_ON_IMPORT = "Valeur du relevé importé ; le calcul par la méthode du plan donne {computed} %."
STATED_WITHOUT_RATES = "Valeur du relevé importé, qui ne donne le taux d’aucun engagement."
SAME_MOMENT = (
    "Une autre réunion de l’instance « {body} » est déjà enregistrée le {day} à {hour}. "
    f"{NOTHING_IMPORTED} Corrigez la date ou l’heure du fichier, ou supprimez d’abord cette "
    "réunion."
)
NO_OVERALL = (
    "Aucun taux n’est renseigné : le relevé n’a pas été écrit. Renseignez l’avancement d’au moins "
    "un engagement."
)


@dataclass(frozen=True, slots=True)
class Imported:
    """The meeting a file became; ``new`` is False when it had been imported before."""

    meeting_id: str
    new: bool


def import_releve(work: UnitOfWork, *, content: bytes) -> Imported:
    """Read a ``releve/1`` file into the store, making the plan, people and mandates it lacks.

    The same file twice makes one meeting. Raises InputError for a file that is wrong,
    ConflictError when another meeting of the body stands at that moment.
    """
    return take_releve(work, data=read_releve(content))


def import_file(office: Office, *, file: Path) -> Outcome[Imported]:
    """Read a ``releve/1`` file into the office.

    A file that is wrong is refused before the database is opened, so that none is made for it.
    Raises what ``import_releve`` does, and InputError for a file that cannot be read.
    """
    if file.suffix.lower() != ".json":
        raise InputError(WRONG_KIND.format(name=file))
    content = written.read(file, kept="rien n’a été importé", limit=LARGEST)
    return office.run(take_releve, data=read_releve(content))


def take_releve(work: UnitOfWork, *, data: ReleveData) -> Imported:
    """Take a relevé that was read into the store, as ``import_releve`` does."""
    # Of the data, not of the bytes: indentation or a byte-order mark makes no other meeting.
    digest = hashlib.sha256(write_releve(data)).hexdigest()
    known = work.read.meeting_from(digest)
    if known:
        return Imported(known, new=False)
    body_id = body_named(work, data.body)
    if work.read.meeting_at(body_id, data.day, data.at):
        raise ConflictError(
            SAME_MOMENT.format(body=data.body, day=date_in_words(data.day), hour=hour(data.at))
        )
    commitments = _plan_with(work, data)
    plan_id = work.read.plan_id(data.plan) or ""
    meeting_id = work.insert(
        "meeting",
        body_id=body_id,
        plan_id=plan_id,
        day=data.day,
        at=data.at,
        zone=DEFAULT_ZONE,
        place=data.place,
        source_digest=digest,
    )
    _write_progress(work, meeting_id, plan_id, data, commitments)
    _write_agenda(work, meeting_id, data)
    _write_people(work, meeting_id, data, commitments)
    _state_overall(work, meeting_id, data)
    return Imported(meeting_id, new=True)


@reading
def compose(work: UnitOfWork, *, meeting_id: str, style: Typography, written: datetime) -> Document:
    """Return a meeting's relevé as a document, from what is stored now.

    ``written`` is the instant that the file's properties give.
    """
    record = work.read.record(meeting_id)
    author = f"Secrétariat – {record.meeting.body.name}"
    return compose_releve(record, style, author=author, written=written)


@reading
def releve_json(work: UnitOfWork, *, meeting_id: str) -> bytes:
    """Return a meeting's relevé in the form ``releve/1``.

    Raises InputError when no progress is known, for the form demands an overall figure.
    """
    return write_releve(releve_data(work.read.record(meeting_id)))


@reading
def shortcomings(work: UnitOfWork, *, meeting_id: str) -> tuple[str, ...]:
    """Return, in French, what the relevé lacks; it can be written all the same."""
    return missing_from(work.read.record(meeting_id))


def missing_from(record: MeetingRecord) -> tuple[str, ...]:
    """Return, in French, what a relevé of this record would lack."""
    found: list[str] = []
    if not record.present:
        found.append("Aucun participant n’est coché.")
    unknown = [str(r.commitment.number) for r in record.unknown]
    if unknown:
        found.append(
            "Sans taux, donc absent du relevé : engagement {}."
            if len(unknown) == 1
            else "Sans taux, donc absents du relevé : engagements {}."
        )
        found[-1] = found[-1].format(enumeration(unknown))
    denied = [
        str(r.commitment.number)
        for r in record.scope
        if r.situation is Situation.ABSENT and r.commitment.number in record.represented
    ]
    if denied:
        noun = "engagement" if len(denied) == 1 else "engagements"
        found.append(
            f"Dit absent alors qu’une personne cochée en répond : {noun} {enumeration(denied)}."
        )
    blank = [str(r.commitment.number) for r in record.under_way if not r.details.strip()]
    if blank:
        noun = "engagement" if len(blank) == 1 else "engagements"
        found.append(f"Sans détails : {noun} {enumeration(blank)}.")
    empty = [
        item.section_heading
        for item in record.agenda
        if item.discussed
        and item.kind is ItemKind.POINTS
        and not any(c.text.strip() for c in item.conclusions)
    ]
    found += [f"Aucun point retenu sous « {heading} »." for heading in empty]
    if not record.meeting.place.strip():
        found.append("Le lieu de la réunion n’est pas indiqué.")
    return tuple(found)


def releve_data(record: MeetingRecord) -> ReleveData:
    """Return what a meeting's relevé says, as the interchange form holds it."""
    overall = record.overall
    if overall is None:
        raise InputError(NO_OVERALL)
    meeting = record.meeting
    progress = next((i for i in record.agenda if i.kind is ItemKind.PROGRESS), None)
    sections = [i for i in record.agenda if i.discussed and i.kind is ItemKind.POINTS]
    return ReleveData(
        plan=record.plan.label,
        commitments=tuple(r.commitment.number for r in record.scope),
        body=meeting.body.name,
        day=meeting.day,
        at=meeting.at,
        place=meeting.place,
        participants=tuple(_participants(record)),
        agenda=tuple(item.title for item in record.agenda if item.on_agenda),
        progress_heading=progress.section_heading if progress else "",
        overall=overall,
        # As recorded, like the participants: the paper has its own order.
        completed=tuple(r.commitment.number for r in record.reports if r.percent == COMPLETE),
        rows=tuple(
            ProgressRow(r.commitment.number, r.percent, r.details)
            for r in record.reports
            if r.percent not in {None, COMPLETE}
        ),
        notes=tuple(Note(i.section_heading, _points(i.conclusions)) for i in sections),
    )


def _participants(record: MeetingRecord) -> list[Participant]:
    found: list[Participant] = []
    # As recorded: the form holds data, the order of the paper is the paper's.
    for attendance in record.attendances:
        if attendance.presence is not Presence.PRESENT:
            continue
        person, spoken = attendance.person, attendance.represented
        roles = list(dict.fromkeys(role for role, _ in spoken)) or [Role.GUEST]
        found += [
            Participant(
                person.civility, person.name, role, tuple(n for r, n in spoken if r is role)
            )
            for role in roles
        ]
    return found


def _points(conclusions: tuple[Conclusion, ...]) -> tuple[tuple[int, str], ...]:
    kept = [c for c in conclusions if c.text.strip()]
    levels = tamed([c.level for c in kept])
    return tuple((level, c.text) for level, c in zip(levels, kept, strict=True))


def _plan_with(work: UnitOfWork, data: ReleveData) -> dict[int, str]:
    """Return the plan's commitments by number, the plan and those it lacks being made."""
    plan_id = work.read.plan_id(data.plan)
    if plan_id is None:
        starts, ends = period_of_label(data.plan, data.day)
        plan_id = work.insert("plan", label=data.plan, starts=starts, ends=ends)
    known = {c.number: c.id for c in work.read.plan(plan_id).commitments}
    for number in data.commitments:
        if number not in known:
            known[number] = work.insert("commitment", plan_id=plan_id, number=number)
    return known


def _write_progress(
    work: UnitOfWork, meeting_id: str, plan_id: str, data: ReleveData, ids: dict[int, str]
) -> None:
    rows = {row.commitment: row for row in data.rows}
    own = sentences(work)
    # In the file's order, which writing it again keeps.
    for number in dict.fromkeys((*data.completed, *rows, *data.commitments)):
        row = rows.get(number)
        percent = COMPLETE if number in data.completed else row.percent if row else None
        details = row.details if row else ""
        known = percent is not None
        work.insert(
            "progress_report",
            meeting_id=meeting_id,
            plan_id=plan_id,
            commitment_id=ids[number],
            percent=percent,
            details=details,
            situation=(_situation(details, own) if known else Situation.TO_FILL).value,
        )


def _situation(details: str, own: Sentences) -> Situation:
    """Recognise the program's own sentences; only these, for details are never interpreted."""
    if details == own.focal_point_absent:
        return Situation.ABSENT
    return Situation.NO_PROGRESS if details == own.no_progress else Situation.REPORTED


def _write_people(work: UnitOfWork, meeting_id: str, data: ReleveData, ids: dict[int, str]) -> None:
    record = work.read.record(meeting_id)
    spoken: dict[str, list[tuple[Role, str]]] = {}
    for participant in data.participants:
        person_id = work.read.person_id(participant.civility, participant.name)
        if person_id is None:
            person_id = work.insert(
                "person", civility=participant.civility.value, name=participant.name
            )
        spoken.setdefault(person_id, []).extend(
            (participant.role, ids[number]) for number in participant.commitments
        )
        if participant.commitments:
            _ensure_mandate(work, record, person_id, participant, ids)
    for person_id, speaks_for in spoken.items():
        attend(
            work,
            record=record,
            person_id=person_id,
            presence=Presence.PRESENT,
            speaks_for=speaks_for,
        )


def _ensure_mandate(
    work: UnitOfWork,
    record: MeetingRecord,
    person_id: str,
    participant: Participant,
    ids: dict[int, str],
) -> None:
    """Give a person the mandate that her capacity implies, for what none covers that day yet."""
    day = record.meeting.day
    held = work.read.mandates(plan_id=record.plan.id, person_id=person_id)
    same = [m for m in held if m.role is participant.role]
    covered = {n for m in same if m.covers(day) for n in m.commitments}
    lacking = [n for n in participant.commitments if n not in covered]
    if not lacking:
        return
    mandate_id = work.insert(
        "mandate",
        person_id=person_id,
        plan_id=record.plan.id,
        role=participant.role.value,
        # Someone new is taken to be in charge since the plan began; a further charge is known
        # only since this meeting.
        valid_from=day if held else min(record.plan.starts, day),
        valid_to=None,
    )
    for number in lacking:
        work.insert(
            "mandate_commitment",
            mandate_id=mandate_id,
            commitment_id=ids[number],
            plan_id=record.plan.id,
        )


def _state_overall(work: UnitOfWork, meeting_id: str, data: ReleveData) -> None:
    """Keep the file's overall figure with its reason where the plan's method gives another."""
    computed = work.read.record(meeting_id).computed_overall
    if computed is None or computed.rounded != data.overall:
        reason = (
            STATED_ON_IMPORT.format(computed=computed.two_decimals)
            if computed
            else STATED_WITHOUT_RATES
        )
        work.update("meeting", meeting_id, stated_overall=data.overall, stated_reason=reason)


def _write_agenda(work: UnitOfWork, meeting_id: str, data: ReleveData) -> None:
    headings = [data.progress_heading, *(note.heading for note in data.notes)]
    sections = pair_sections(data.agenda, headings[0], headings[1:])
    for position, section in enumerate(sections, start=1):
        title = data.agenda[section.title] if section.title is not None else ""
        heading = headings[section.heading] if section.heading is not None else ""
        item_id = work.insert(
            "agenda_item",
            meeting_id=meeting_id,
            position=float(position),
            kind=(ItemKind.PROGRESS if section.heading == 0 else ItemKind.POINTS).value,
            title=title or heading,
            heading=heading if title and heading != title else "",
            on_agenda=section.title is not None,
            discussed=section.heading is not None,
        )
        if section.heading:
            add_points(work, item_id=item_id, points=data.notes[section.heading - 1].points)
