"""Use cases on the relevé: read one in, write one out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from pan_desktop.app import written
from pan_desktop.app.minutes import Imported, take_minutes
from pan_desktop.app.office import reading
from pan_desktop.documents.compose import compose_releve
from pan_desktop.documents.interchange import (
    Note,
    Participant,
    ProgressRow,
    ReleveData,
    read_releve,
    write_releve,
)
from pan_desktop.documents.minutes import minutes_of
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import ItemKind, Presence, Role, Situation
from pan_desktop.domain.outline import tamed
from pan_desktop.domain.progress import COMPLETE
from pan_desktop.domain.typography import enumeration

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office, Outcome
    from pan_desktop.documents.model import Document
    from pan_desktop.domain.layout import Layout
    from pan_desktop.domain.model import Conclusion, MeetingRecord
    from pan_desktop.domain.typography import Typography
    from pan_desktop.store.unit_of_work import UnitOfWork

WRONG_KIND = (
    "« {name} » n’est pas un fichier .json : rien n’a été importé. Choisissez un relevé exporté "
    "au format releve/1."
)
LARGEST = 8 * 1024 * 1024
"""In bytes; the largest relevé imaginable is a tenth of it, and JSON takes 25 times its size."""

NO_OVERALL = (
    "Aucun taux n’est renseigné : le relevé n’a pas été écrit. Renseignez l’avancement d’au moins "
    "un engagement."
)


def import_releve(work: UnitOfWork, *, content: bytes) -> Imported:
    """Read a ``releve/1`` file into the store, making the plan, people and mandates it lacks.

    The same file twice makes one meeting. Raises InputError for a file that is wrong,
    ConflictError when another meeting of the body stands at that moment.
    """
    return take_releve(work, data=read_releve(content))


def import_file(
    office: Office, *, file: Path, before: Callable[[], object] = lambda: None
) -> Outcome[Imported]:
    """Read a ``releve/1`` file into the office; ``before`` is done once it is seen to be right.

    A file that is wrong is refused before the database is opened, so that none is made for it.
    Raises what ``import_releve`` does, and InputError for a file that cannot be read.
    """
    if file.suffix.lower() != ".json":
        raise InputError(WRONG_KIND.format(name=file))
    content = written.read(file, kept="rien n’a été importé", limit=LARGEST)
    data = read_releve(content)
    before()
    return office.run(take_releve, data=data)


def take_releve(work: UnitOfWork, *, data: ReleveData) -> Imported:
    """Take a relevé that was read into the store, as ``import_releve`` does."""
    # Of the data, not of the bytes: indentation or a byte-order mark makes no other meeting.
    digest = hashlib.sha256(write_releve(data)).hexdigest()
    return take_minutes(work, minutes=minutes_of(data), digest=digest)


@reading
def compose(
    work: UnitOfWork,
    *,
    meeting_id: str,
    style: Typography,
    written: datetime,
    layout: Layout | None = None,
) -> Document:
    """Return a meeting's relevé as a document, from what is stored now.

    ``written`` is the instant that the file's properties give; ``layout`` stands in the place of
    that of the meeting's own template.
    """
    record = work.read.record(meeting_id)
    if layout is not None:
        record = replace(record, layout=layout)
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
