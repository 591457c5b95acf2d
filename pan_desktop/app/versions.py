"""Use cases of the life of a relevé: issued, reopened, corrected, approved; each file kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pan_desktop.app import releve, written
from pan_desktop.app.checks import subject
from pan_desktop.app.document_templates import template_of
from pan_desktop.app.office import for_good, reading
from pan_desktop.app.written import Existing
from pan_desktop.domain.calendar import moment_in_words, plain_date
from pan_desktop.domain.checks.every import findings
from pan_desktop.domain.checks.finding import Level
from pan_desktop.domain.errors import (
    ConflictError,
    FileUnwritableError,
    InputError,
    LockedError,
    NotFoundError,
)
from pan_desktop.domain.model import ReleveState
from pan_desktop.domain.typography import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.documents.docx.template import TemplateFile
    from pan_desktop.documents.model import Document
    from pan_desktop.domain.checks.finding import Finding, Subject
    from pan_desktop.domain.layout import Layout
    from pan_desktop.domain.model import Confirmation, Meeting, ReleveVersion
    from pan_desktop.domain.typography import Typography
    from pan_desktop.store.unit_of_work import UnitOfWork

NO_AUTHOR = "Le nom de la personne n’est pas indiqué : rien n’a été changé. Saisissez-le."
NO_REASON = (
    "Rouvrir un relevé diffusé demande un motif : il reste en lecture seule. Indiquez pourquoi il "
    "est corrigé."
)
NOT_A_DRAFT = (
    "Le relevé du {day} est déjà diffusé : rien n’a été changé. Rouvrez-le pour diffuser une "
    "version corrigée."
)
NOT_ISSUED = "Le relevé du {day} n’est pas diffusé : rien n’a été changé. Diffusez-le d’abord."
APPROVED_ALREADY = "Le relevé du {day} est déjà approuvé : rien n’a été changé."
WORD_ONLY = (
    "Un relevé est diffusé en Word : « {name} » n’a pas été écrit et le relevé reste un brouillon. "
    "Donnez au fichier l’extension .docx."
)
BLOCKED = (
    "{points} : le relevé n’est pas diffusé. Corrigez ou confirmez ce que disent les contrôles "
    "{checks}."
)
CHANGED_MEANWHILE = (
    "Le relevé change pendant qu’il est écrit : il n’est pas diffusé et rien n’a été changé. "
    "Recommencez quand la saisie est finie."
)
VERSION_GONE = "Cette version n’est plus gardée : rien n’a été écrit. Relisez la page."

SHORTENED = (
    "Le titre ou le sujet inscrit dans les propriétés du fichier est abrégé, Word s’arrêtant à 255 "
    "caractères ; le texte du relevé est entier."
)
LEFT_OUT = (
    "Des caractères de commande, invisibles, n’ont pas leur place dans un fichier Word et n’y "
    "figurent pas ({places}) ; ils restent dans la base."
)

STATES = {
    ReleveState.DRAFT: "Brouillon",
    ReleveState.ISSUED: "Diffusé",
    ReleveState.CORRECTED: "Corrigé",
    ReleveState.APPROVED: "Approuvé",
}
"""The states in words, as the window, the file's properties and the command line say them."""

_ATTEMPTS = 3
"""How often a relevé that changes while it is written is written again."""


@dataclass(frozen=True, slots=True)
class Line:
    """A version as people count them: approving one makes no other number."""

    number: int
    version: ReleveVersion
    at: datetime
    """When it was issued or approved, by the clock of the meeting's zone."""
    reopened_at: datetime | None = None
    """When it was reopened, by the same clock."""

    @property
    def id(self) -> str:
        """Return the version's identifier."""
        return self.version.id

    @property
    def moment(self) -> str:
        """Return "22 décembre 2020 à 10 h 05"."""
        return moment_in_words(self.at)


@dataclass(frozen=True, slots=True)
class Life:
    """How far a meeting's relevé has come."""

    meeting_id: str
    state: ReleveState
    lines: tuple[Line, ...]
    """The first first."""

    @property
    def last(self) -> Line | None:
        """Return the last version, None when nothing was ever issued."""
        return self.lines[-1] if self.lines else None

    @property
    def next_number(self) -> int:
        """Return the number that the next version will have."""
        return self.lines[-1].number + 1 if self.lines else 1


@dataclass(frozen=True, slots=True)
class Issued:
    """A version that was just issued, and what the user should know of it, in French."""

    path: Path
    number: int
    state: ReleveState
    digest: str
    remarks: tuple[str, ...]
    unwritten: str = ""
    """Why the file could not be written although the version is kept, "" when it was."""


@reading
def life(work: UnitOfWork, *, meeting_id: str) -> Life:
    """Return how far a meeting's relevé has come. Raises NotFoundError."""
    meeting = work.read.record(meeting_id).meeting
    return Life(meeting_id, meeting.state, lines_of(work, meeting))


def lines_of(work: UnitOfWork, meeting: Meeting) -> tuple[Line, ...]:
    """Return the versions of a meeting's relevé as people count them, the first first."""
    found: list[Line] = []
    number = 0
    for version in work.read.versions(meeting.id):
        number += version.state is not ReleveState.APPROVED
        reopened = version.reopened_at
        found.append(
            Line(
                number,
                version,
                local(version.issued_at, meeting.zone),
                None if reopened is None else local(reopened, meeting.zone),
            )
        )
    return tuple(found)


def issue(
    office: Office,
    *,
    meeting_id: str,
    target: Path,
    style: Typography,
    author: str,
    now: datetime,
    existing: Existing = Existing.ASK,
) -> Issued:
    """Issue a relevé: keep its Word file as the next version, lock the meeting, write the file.

    The version is kept before the file is written: what was issued is never lost, and where the
    disk refuses the file the version can be saved elsewhere. Raises InputError with one sentence
    while a blocking finding is not confirmed, without an author, for a file that is not .docx;
    LockedError when it is issued already; FileTakenError as ``export`` does.
    """
    by = _named(author)
    if target.suffix.lower() != ".docx":
        raise InputError(WORD_ONLY.format(name=target.name))
    written.guard(office, target, existing)
    for _ in range(_ATTEMPTS):
        meant = office.run(_to_issue, meeting_id=meeting_id, style=style, written=now).result
        content, remarks = rendered(meant[0], target.name, meant[1])
        number = office.run(
            _keep,
            meeting_id=meeting_id,
            style=style,
            meant=meant,
            content=content,
            file_name=target.name,
            author=by,
            at=now,
        ).result
        if number:
            break
    else:
        raise ConflictError(CHANGED_MEANWHILE)
    issued = Issued(
        target,
        number,
        ReleveState.ISSUED if number == 1 else ReleveState.CORRECTED,
        written.digest_of(content),
        remarks,
    )
    try:
        written.put(office, target, content, meeting_id=meeting_id)
    except FileUnwritableError as error:
        return replace(issued, unwritten=error.sentence)
    return issued


@for_good
def approve(work: UnitOfWork, *, meeting_id: str, author: str, at: datetime) -> None:
    """Keep that the last issued version was approved, by whom and when; its file is the same."""
    by = _named(author)
    meeting = work.read.record(meeting_id).meeting
    versions = work.read.versions(meeting_id)
    if meeting.state is ReleveState.APPROVED:
        raise LockedError(APPROVED_ALREADY.format(day=plain_date(meeting.day)))
    if meeting.state is ReleveState.DRAFT or not versions:
        raise InputError(NOT_ISSUED.format(day=plain_date(meeting.day)))
    last = versions[-1]
    work.insert(
        "releve_version",
        meeting_id=meeting_id,
        number=last.number + 1,
        state=ReleveState.APPROVED.value,
        file_name=last.file_name,
        content=work.read.version_content(last.id),
        digest=last.digest,
        issued_at=at,
        author=by,
    )
    work.update("meeting", meeting_id, state=ReleveState.APPROVED.value)


@for_good
def reopen(work: UnitOfWork, *, meeting_id: str, author: str, reason: str, at: datetime) -> None:
    """Unlock an issued relevé, to be issued again corrected; who, when and why are kept."""
    by, words = _named(author), " ".join(reason.split())
    if not words:
        raise InputError(NO_REASON)
    meeting = work.read.record(meeting_id).meeting
    versions = work.read.versions(meeting_id)
    if meeting.state is ReleveState.DRAFT or not versions:
        raise InputError(NOT_ISSUED.format(day=plain_date(meeting.day)))
    work.update(
        "releve_version", versions[-1].id, reopened_at=at, reopened_by=by, reopened_reason=words
    )
    work.update("meeting", meeting_id, state=ReleveState.DRAFT.value)


def save_copy(
    office: Office, *, meeting_id: str, version_id: str, target: Path, existing: Existing
) -> Path:
    """Write the kept file of a version where it is asked. Raises FileTakenError as ``export``."""
    written.guard(office, target, existing)
    content = office.run(kept_file, version_id=version_id).result
    written.put(office, target, content, meeting_id=meeting_id)
    return target


@reading
def kept_file(work: UnitOfWork, *, version_id: str) -> bytes:
    """Return the file of a version as it was issued. Raises NotFoundError."""
    content = work.read.version_content(version_id)
    if content is None:
        raise NotFoundError(VERSION_GONE)
    return content


@reading
def checked(work: UnitOfWork, *, meeting_id: str) -> tuple[Subject, tuple[Confirmation, ...]]:
    """Return what the checks look at, and what was confirmed: to be judged off the store."""
    return subject(work, meeting_id=meeting_id), work.read.confirmations(meeting_id)


def unconfirmed(about: Subject, confirmations: Iterable[Confirmation]) -> tuple[Finding, ...]:
    """Return the blocking findings that nobody confirmed."""
    blocking = tuple(f for f in findings(about) if f.level is Level.BLOCKING)
    confirmed = {confirmation.finding for confirmation in confirmations}
    return tuple(f for f in blocking if f.key not in confirmed) if confirmed else blocking


def counted_blocking(found: Iterable[Finding]) -> str:
    """Return "2 points bloquants ne sont pas confirmés", "" for none."""
    number = len(tuple(found))
    if number < 2:
        return "Un point bloquant n’est pas confirmé" if number else ""
    return f"{number} points bloquants ne sont pas confirmés"


def draft(
    work: UnitOfWork,
    *,
    meeting_id: str,
    style: Typography,
    at: datetime,
    layout: Layout | None = None,
) -> Document:
    """Return a relevé as a document that says it is a draft, in its own layout or another."""
    document = releve.compose(work, meeting_id=meeting_id, style=style, written=at, layout=layout)
    return _stamped(document, meeting_id, version="", state=ReleveState.DRAFT)


def rendered(
    document: Document, name: str, template: TemplateFile | None = None
) -> tuple[bytes, tuple[str, ...]]:
    """Return a document as a Word file called ``name``, and what could not be taken over.

    It is filled into ``template``, the program's own where there is none.
    """
    from pan_desktop.documents.docx.writer import render  # python-docx is slow to import

    done = render(document, name, template=template)
    remarks: list[str] = []
    if done.removed_characters:
        places = ", ".join(dict.fromkeys(place for place, _ in done.removed_characters))
        remarks.append(LEFT_OUT.format(places=places))
    if done.shortened_properties:
        remarks.append(SHORTENED)
    return done.data, tuple(remarks)


def local(at: datetime, zone: str) -> datetime:
    """Return an instant by the clock of a zone, by the machine's where nobody knows it."""
    from pan_desktop.documents.zones import bundled_zone  # not on the way to the window

    try:
        return at.astimezone(bundled_zone(zone))
    except (OSError, ValueError):
        return at.astimezone()


@reading
def _to_issue(
    work: UnitOfWork, *, meeting_id: str, style: Typography, written: datetime
) -> tuple[Document, TemplateFile | None]:
    """Return the relevé as it would be issued now, and its template. Raises what forbids it."""
    meeting = work.read.record(meeting_id).meeting
    if meeting.state is not ReleveState.DRAFT:
        raise LockedError(NOT_A_DRAFT.format(day=plain_date(meeting.day)))
    found = unconfirmed(*checked(work, meeting_id=meeting_id))
    if found:
        checks = enumeration(list(dict.fromkeys(finding.id for finding in found)))
        raise InputError(BLOCKED.format(points=counted_blocking(found), checks=checks))
    number = Life(meeting_id, meeting.state, lines_of(work, meeting)).next_number
    state = ReleveState.ISSUED if number == 1 else ReleveState.CORRECTED
    document = releve.compose(work, meeting_id=meeting_id, style=style, written=written)
    stamped = _stamped(document, meeting_id, version=str(number), state=state)
    return stamped, template_of(work, meeting_id=meeting_id)


@for_good
def _keep(
    work: UnitOfWork,
    *,
    meeting_id: str,
    style: Typography,
    meant: tuple[Document, TemplateFile | None],
    content: bytes,
    file_name: str,
    author: str,
    at: datetime,
) -> int:
    """Keep a file as the next version, lock the meeting and return the version's number.

    Returns 0, with nothing changed, when the relevé no longer says what the file says.
    """
    if _to_issue(work, meeting_id=meeting_id, style=style, written=at) != meant:
        return 0
    number = int(meant[0].properties.version)
    state = ReleveState.ISSUED if number == 1 else ReleveState.CORRECTED
    rows = work.read.versions(meeting_id)
    work.insert(
        "releve_version",
        meeting_id=meeting_id,
        number=rows[-1].number + 1 if rows else 1,
        state=state.value,
        file_name=file_name,
        content=content,
        digest=written.digest_of(content),
        issued_at=at,
        author=author,
    )
    work.update("meeting", meeting_id, state=state.value)
    return number


def _stamped(document: Document, meeting_id: str, *, version: str, state: ReleveState) -> Document:
    properties = replace(
        document.properties, identifier=meeting_id, version=version, status=STATES[state]
    )
    return replace(document, properties=properties)


def _named(author: str) -> str:
    words = " ".join(author.split())
    if not words:
        raise InputError(NO_AUTHOR)
    return words
