"""Use cases of a person's rights (law 09-08): what is held about her, and its end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pan_desktop.app import written
from pan_desktop.app.journal_words import Namer, noun_of
from pan_desktop.app.office import reading
from pan_desktop.app.versions import local
from pan_desktop.domain.calendar import DEFAULT_ZONE, moment_in_words, plain_date, short_date
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.model import Civility, Presence, Role
from pan_desktop.domain.person_data import DataSection, PersonData
from pan_desktop.domain.typography import Typography, counted, enumeration
from pan_desktop.domain.wording import civility

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, time
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.app.rendering import PdfMaking
    from pan_desktop.domain.model import Mandate
    from pan_desktop.store.unit_of_work import UnitOfWork

    Row = dict[str, Any]

GONE = "Cette fiche n’existe plus : rien n’a été fait. Rouvrez la page."
UNKNOWN_KIND = (
    "« {name} » n’a pas été écrit : son extension n’est pas de celles de ce document ({known}). "
    "Donnez au fichier l’une d’elles."
)
FORMAT = "pan-desktop personne/1"
_ROLES = {Role.FOCAL_POINT: "point focal", Role.ALTERNATE: "suppléant", Role.GUEST: "invité"}
_PRESENCES = {
    Presence.PRESENT: "présent",
    Presence.REPRESENTED: "représenté",
    Presence.EXCUSED: "excusé",
    Presence.ABSENT: "absent",
}
_BY_NAME = (
    "Trouvés par le nom, les autres noms ou l’adresse\u00a0: un homonyme peut y figurer. Les "
    "relevés diffusés en sont faits, et ne changent plus."
)
_JOURNAL = (
    "Le journal dit qui a modifié quoi et quand\u00a0; il ne contient aucune valeur, et rien n’en "
    "est retiré."
)


@reading
def person_data(work: UnitOfWork, *, person_id: str, now: datetime) -> PersonData:
    """Return all that the office holds about a person. Raises NotFoundError."""
    person = work.read.row("person", person_id)
    if person is None:
        raise NotFoundError(GONE)
    namer = Namer(work)
    sections = (
        _identity(work, person),
        _mandates(work, person),
        _presences(work, namer, person),
        _actions(work, person_id),
        _mentions(work, namer, person),
        _versions(work, person_id),
        _journal(work, person_id),
    )
    return PersonData(namer.person(person_id), local(now, DEFAULT_ZONE), sections)


def export_person(
    office: Office, *, person_id: str, file: Path, now: datetime, making: PdfMaking
) -> tuple[Path, Path]:
    """Write what is held about a person, to be read and as data; return both files.

    ``file`` is a Word, PDF, HTML or text file by its suffix; beside it, with the same name, what
    a program reads (``.json``). Raises NotFoundError, InputError for another suffix,
    FileUnwritableError.
    """
    from pan_desktop.app import rendering
    from pan_desktop.documents.papers.person_data import compose_person_data

    if file.suffix.lower() not in rendering.SUFFIXES:
        known = ", ".join(rendering.SUFFIXES)
        raise InputError(UNKNOWN_KIND.format(name=file.name, known=known))
    data = office.run(person_data, person_id=person_id, now=now).result
    content, _ = rendering.content_of(compose_person_data(data), file.name, making)
    beside = file.with_suffix(".json")
    told = json.dumps(as_data(data), ensure_ascii=False, indent=1).encode()
    written.replace(file, content, private=True)
    written.replace(beside, told, private=True)
    return file, beside


def as_data(data: PersonData) -> dict[str, object]:
    """Return what is held about a person for programs."""
    return {
        "format": FORMAT,
        "person": data.name,
        "at": data.at.isoformat(),
        "sections": [
            {
                "title": section.title,
                "note": section.note,
                "rows": [dict(zip(section.headings, row, strict=True)) for row in section.rows],
            }
            for section in data.sections
        ],
    }


def _identity(work: UnitOfWork, person: Row) -> DataSection:
    institution = work.read.row("institution", person["institution_id"] or "") or {"name": ""}
    rows = [
        ("Civilité", civility(Civility(person["civility"]), Typography.SOIGNE)),
        ("Nom", person["name"]),
        ("Organisme", institution["name"]),
        ("Adresse électronique", person["email"]),
        *(("Autre nom", name) for name in work.read.aliases().get(person["id"], {})),
        ("Fiche créée le", moment_in_words(local(person["created_at"], DEFAULT_ZONE))),
        ("Fiche modifiée le", moment_in_words(local(person["updated_at"], DEFAULT_ZONE))),
    ]
    return DataSection("Identité", ("Donnée", "Valeur"), tuple(row for row in rows if row[1]))


def _mandates(work: UnitOfWork, person: Row) -> DataSection:
    labels = {plan.id: plan.label for plan in work.read.plans()}

    def row(mandate: Mandate) -> tuple[str, ...]:
        ends = short_date(mandate.valid_to) if mandate.valid_to is not None else ""
        numbers = enumeration([str(number) for number in mandate.commitments])
        role, starts = _ROLES[mandate.role], short_date(mandate.valid_from)
        agreed = role if mandate.role is Role.FOCAL_POINT else role + _e(person)
        return labels[mandate.plan_id], agreed, numbers, starts, ends

    headings = ("Plan", "Qualité", "Engagements", "Du", "Au")
    rows = tuple(row(mandate) for mandate in work.read.mandates(person_id=person["id"]))
    return DataSection("Mandats", headings, rows)


def _e(person: Row) -> str:
    """Return what a word takes to agree with a woman."""
    return "e" if person["civility"] == Civility.MADAME else ""


def _presences(work: UnitOfWork, namer: Namer, person: Row) -> DataSection:
    person_id = person["id"]
    found: list[tuple[date, tuple[str, ...]]] = []
    for row in work.read.attendance_rows(person_id):
        meeting = namer.row("meeting", row["meeting_id"]) or {}
        stays = work.read.stays(row["meeting_id"]).get(person_id, ())
        spans = ", ".join(f"{_hour(one.joined)}-{_hour(one.left)}" for one in stays)
        presence = _PRESENCES[Presence(row["presence"])] + _e(person)
        by = namer.person(row["by_id"])
        hours = _hour(row["arrived"]), _hour(row["left"]), spans
        said = (short_date(meeting["day"]), presence, f"par {by}" if by else "", *hours)
        found.append((meeting["day"], said))
    for attendance_id in work.read.came_for(person_id):
        row = work.read.row("attendance", attendance_id) or {}
        meeting = namer.row("meeting", row["meeting_id"]) or {}
        came = f"a représenté {namer.person(row['person_id'])}"
        found.append((meeting["day"], (short_date(meeting["day"]), "", came, "", "", "")))
    headings = ("Réunion du", "Présence", "Représentation", "Arrivée", "Départ", "Dans l’appel")
    rows = tuple(said for _, said in sorted(found))
    return DataSection("Présences", headings, rows)


def _hour(moment: time | None) -> str:
    return f"{moment:%H:%M:%S}" if moment is not None else ""


def _actions(work: UnitOfWork, person_id: str) -> DataSection:
    rows = tuple(
        (
            one.text,
            short_date(one.due) if one.due is not None else "",
            short_date(one.meeting_day),
            short_date(done) if (done := one.follow_up.done_on) is not None else "",
        )
        for one in work.read.followed(owner_id=person_id)
    )
    headings = ("Action", "Échéance", "Décidée le", "Réalisée le")
    return DataSection("Actions et échéances", headings, rows)


def _mentions(work: UnitOfWork, namer: Namer, person: Row) -> DataSection:
    names = (person["name"], person["email"], *work.read.aliases().get(person["id"], {}))
    rows = tuple(
        (noun_of(one.table), namer.subjects(one.subjects), " ".join(one.text.split()))
        for one in work.mentions(names)
    )
    headings = ("Où", "Au sujet de", "Texte")
    return DataSection("Textes où ce nom figure", headings, rows, _BY_NAME if rows else "")


def _versions(work: UnitOfWork, person_id: str) -> DataSection:
    rows = tuple(
        (plain_date(day), str(version.number), version.file_name, version.digest)
        for day, versions in issued(work, person_id)
        for version in versions
    )
    headings = ("Réunion du", "Version", "Fichier", "Empreinte")
    return DataSection("Relevés diffusés", headings, rows)


def issued(work: UnitOfWork, person_id: str) -> Iterator[tuple[date, Any]]:
    """Give the meetings with issued relevés that a person was expected at, with the versions."""
    named = {row["meeting_id"] for row in work.read.attendance_rows(person_id)}
    for attendance_id in work.read.came_for(person_id):
        named.add((work.read.row("attendance", attendance_id) or {})["meeting_id"])
    for meeting_id in sorted(named):
        versions = work.read.versions(meeting_id)
        if versions:
            yield (work.read.row("meeting", meeting_id) or {})["day"], versions


def _journal(work: UnitOfWork, person_id: str) -> DataSection:
    about = len(work.journal.entries(person_id, limit=_ALL))
    rows = ((counted(about, "entrée"), "au sujet de sa fiche, de ses mandats, de ses présences"),)
    return DataSection("Journal", ("Nombre", "De quoi"), rows, _JOURNAL)


_ALL = 1_000_000
