"""Use cases that publish: rates as open data, and the evidence that a meeting was held.

The evidence pack answers the second standard of the OGP, a public repository of documents
(domain facts, 1.4): the relevé, who came, and progress as data, in one dated and numbered folder.
It names people with their quality only: no hours, no addresses (law 09-08; domain facts, 4.1).
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.app import export, releve, written
from pan_desktop.app.office import reading
from pan_desktop.app.trajectories import plan_progress
from pan_desktop.documents.open_data import RateRow, as_text, rates_csv
from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.errors import FileTakenError, FileUnwritableError
from pan_desktop.domain.model import Presence, Role, Situation
from pan_desktop.domain.typography import enumeration

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import Attendance
    from pan_desktop.domain.typography import Typography
    from pan_desktop.store.unit_of_work import UnitOfWork

EXISTS = (
    "« {name} » existe déjà : rien n’a été écrit. Choisissez un autre dossier, ou supprimez celui "
    "qui s’y trouve."
)
CANNOT_WRITE = (
    "Le dossier « {name} » n’a pas pu être créé : rien n’a été écrit. Choisissez un autre endroit."
)
SITUATIONS = {
    Situation.REPORTED: "communiqué en réunion",
    Situation.TO_FILL: "communiqué en réunion",
    Situation.NO_PROGRESS: "sans avancement",
    Situation.ABSENT: "reporté, point focal absent",
}
BETWEEN = "communiqué entre deux réunions"
_PRESENCES = {
    Presence.PRESENT: "présent",
    Presence.REPRESENTED: "représenté",
    Presence.EXCUSED: "excusé",
    Presence.ABSENT: "absent",
}
_ROLES = {Role.FOCAL_POINT: "point focal", Role.ALTERNATE: "suppléant", Role.GUEST: "invité"}
_READ_ME = """\
Dossier n° {number} – {body}, réunion du {day}
Plan d’action national {plan}

{files}

Les empreintes (SHA-256) de ces fichiers sont dans EMPREINTES.txt.
"""
_FILES = (
    ("releve.docx", "le relevé des conclusions"),
    ("releve.json", "le même, comme données (format releve/1)"),
    ("presences.csv", "qui était présent, représenté, excusé ou absent, et à quel titre"),
    ("avancement.csv", "le taux de chaque engagement, réunion par réunion"),
)


@dataclass(frozen=True, slots=True)
class Pack:
    """What an evidence pack holds, by file name, and what the whole is called."""

    name: str
    files: dict[str, bytes]


@reading
def rate_rows(work: UnitOfWork, *, plan_id: str | None = None) -> tuple[RateRow, ...]:
    """Return every rate stated, of one plan or of all, one a row, the oldest first."""
    found = []
    for plan in work.read.plans():
        if plan_id is not None and plan.id != plan_id:
            continue
        axes = {axis.id: axis.title for axis in plan.axes}
        bodies = {day.id: day.body for day in work.read.meeting_days(plan.id)}
        for one in plan_progress(work, plan_id=plan.id).trajectories:
            held = one.commitment
            found += [
                RateRow(
                    plan.label,
                    axes.get(held.axis_id or "", ""),
                    held.number,
                    held.title,
                    held.institution,
                    said.day,
                    bodies.get(said.meeting_id, ""),
                    said.percent,
                    SITUATIONS[said.situation] if said.meeting_id else BETWEEN,
                )
                for said in one.said
            ]
    return tuple(sorted(found, key=lambda row: (row.day, row.plan, row.number)))


def write_rates(office: Office, *, file: Path, plan_id: str | None = None) -> int:
    """Write the rates as CSV to ``file`` and return how many there are."""
    rows = office.run(rate_rows, plan_id=plan_id).result
    written.replace(file, rates_csv(rows))
    return len(rows)


def write_pack(
    office: Office, *, meeting_id: str, target: Path, style: Typography, now: datetime
) -> Path:
    """Write a meeting's evidence pack and return where it is.

    Into a folder of its own in ``target``, or as that file where its name ends in ".zip"; whole or
    not at all. Raises NotFoundError, FileTakenError when it is there already, FileUnwritableError.
    """
    pack = collect(office, meeting_id=meeting_id, style=style, now=now)
    if target.suffix.lower() == ".zip":
        if target.exists():
            raise FileTakenError(EXISTS.format(name=target.name))
        written.replace(target, zipped(pack))
        return target
    folder = target / pack.name
    if folder.exists():
        raise FileTakenError(EXISTS.format(name=folder.name))
    waiting = target / f".{pack.name}.tmp"
    try:
        waiting.mkdir(parents=True)
        for name, content in pack.files.items():
            written.replace(waiting / name, content)
        waiting.rename(folder)
    except OSError as error:
        raise FileUnwritableError(CANNOT_WRITE.format(name=folder.name)) from error
    finally:
        _clear(waiting)
    return folder


def collect(office: Office, *, meeting_id: str, style: Typography, now: datetime) -> Pack:
    """Return what a meeting's evidence pack holds. Raises NotFoundError."""
    name, number, plan_id, body, day, plan = office.run(_named, meeting_id=meeting_id).result
    word, _ = export.word_file(
        office, meeting_id=meeting_id, name="releve.docx", style=style, now=now
    )
    files = {
        "releve.docx": word,
        "releve.json": office.run(releve.releve_json, meeting_id=meeting_id).result,
        "presences.csv": office.run(attendance_csv, meeting_id=meeting_id).result,
        "avancement.csv": rates_csv(office.run(rate_rows, plan_id=plan_id).result),
    }
    listed = "\n".join(f"{file} : {what}" for file, what in _FILES)
    text = _READ_ME.format(number=number, body=body, day=day, plan=plan, files=listed)
    sums = "".join(f"{hashlib.sha256(files[f]).hexdigest()}  {f}\n" for f in files)
    files["LISEZ-MOI.txt"] = text.encode()
    files["EMPREINTES.txt"] = sums.encode()
    return Pack(name, files)


def zipped(pack: Pack) -> bytes:
    """Return a pack as one zip; the same pack gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pack.files.items():
            entry = zipfile.ZipInfo(f"{pack.name}/{name}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


@reading
def attendance_csv(work: UnitOfWork, *, meeting_id: str) -> bytes:
    """Return who came to a meeting as CSV: civility, name, institution, quality, presence."""
    record = work.read.record(meeting_id)
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(["civilite", "nom", "institution", "qualite", "engagements", "presence"])
    for presence in Presence:
        for attendance in record.with_presence(presence):
            rows.writerow([as_text(cell) for cell in _attendance(attendance)])
    return text.getvalue().encode("utf-8-sig")


def _attendance(attendance: Attendance) -> list[str]:
    roles = dict.fromkeys(role for role, _ in attendance.represented)
    quality = " et ".join(_ROLES[role] for role in roles) or _ROLES[Role.GUEST]
    numbers = sorted({number for _, number in attendance.represented})
    person = attendance.person
    return [
        person.civility.value,
        person.name,
        person.institution,
        quality,
        enumeration([str(number) for number in numbers]),
        _PRESENCES[attendance.presence],
    ]


@reading
def _named(work: UnitOfWork, *, meeting_id: str) -> tuple[str, int, str, str, str, str]:
    """Return a pack's name, its number, and what it is about.

    It is numbered among the plan's meetings: the third one's is 3, whenever it is written.
    """
    record = work.read.record(meeting_id)
    order = [day.id for day in work.read.meeting_days(record.plan.id)]
    number = order.index(meeting_id) + 1
    meeting = record.meeting
    label = re.sub(r'[\\/:*?"<>|\s]+', "-", record.plan.label).strip("-.")
    name = f"{meeting.day.isoformat()}_PAN-{label}_{number:02d}"
    day = plain_date(meeting.day)
    return name, number, record.plan.id, meeting.body.name, day, record.plan.label


def _clear(folder: Path) -> None:
    """Remove what a pack that could not be finished left."""
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
