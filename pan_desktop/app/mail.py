"""Prepares the e-mail that carries a relevé to those concerned: a draft that a mail program opens.

Nothing is sent: the draft (.eml) lies beside the relevé, and the person reads it and sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from pan_desktop.app import versions, written
from pan_desktop.app.meetings import view_meeting
from pan_desktop.app.office import reading
from pan_desktop.domain.calendar import hour, plain_date
from pan_desktop.domain.errors import ConflictError
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Presence, ReleveState, Role
from pan_desktop.domain.typography import Typography, glue
from pan_desktop.domain.wording import civility

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import Meeting, Person
    from pan_desktop.store.unit_of_work import UnitOfWork

DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
SUBJECT = "Relevé des conclusions – {body} du {day}"
BODY = """\
Bonjour,

Veuillez trouver ci-joint le relevé des conclusions de la réunion du {day} à {hour} \
({body}){version}.

{request}

Cordialement,

{author}
"""
_DRAFT = ", à l’état de projet"
_CORRECTED = " : cette version {number}, corrigée, remplace les précédentes"
_APPROVED = ", tel qu’il a été approuvé"
_ASK_DRAFT = (
    "Nous vous remercions de bien vouloir nous faire part de vos observations avant sa diffusion."
)
_ASK = "Nous restons à votre disposition pour toute précision."
_SECRETARIAT = "Le secrétariat"
_MANY = 1000
NO_ROOM = (
    "Le courriel n’a pas été préparé : le dossier de « {name} » est plein de courriels du même "
    "nom. Supprimez ceux qui ne servent plus."
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft that was written."""

    path: Path
    to: tuple[str, ...]
    """The addresses it goes to."""
    without: tuple[str, ...]
    """The people it cannot go to, no usable address of theirs being known: "Mme Salma AZROUNI"."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What the draft says and to whom."""

    to: tuple[Person, ...]
    subject: str
    text: str


def prepare(office: Office, *, meeting_id: str, file: Path, author: str = "") -> Prepared:
    """Write the draft beside ``file``, which it carries, and return what was written.

    A draft that someone changed is left alone: the new one gets a name of its own. Raises
    NotFoundError or InputError when the file cannot be read, FileUnwritableError when the draft
    cannot be written.
    """
    attached = written.read(file)
    letter = office.run(write, meeting_id=meeting_id, author=author).result
    addresses = {person.id: address_of(person) for person in letter.to}
    message = message_of(
        letter, [a for a in addresses.values() if a is not None], file.name, attached
    )
    path = _free(office, file)
    written.put(office, path, message.as_bytes(), meeting_id=meeting_id, private=True)
    return Prepared(
        path,
        tuple(a.addr_spec for a in addresses.values() if a is not None),
        tuple(called(person) for person in letter.to if addresses[person.id] is None),
    )


@reading
def write(work: UnitOfWork, *, meeting_id: str, author: str = "") -> Letter:
    """Return what is to be said of a meeting's relevé, and to whom. Raises NotFoundError."""
    view = view_meeting(work, meeting_id=meeting_id)
    meeting = view.record.meeting
    text = BODY.format(
        day=plain_date(meeting.day),
        hour=hour(meeting.at, Typography.SOIGNE),
        body=meeting.body.name,
        version=_version(work, meeting),
        request=_ASK_DRAFT if meeting.state is ReleveState.DRAFT else _ASK,
        author=" ".join(author.split()) or _SECRETARIAT,
    )
    subject = SUBJECT.format(body=meeting.body.name, day=plain_date(meeting.day))
    return Letter(addressees(view), glue(subject), glue(text))


def addressees(view: MeetingView) -> tuple[Person, ...]:
    """Return who took part and the focal points who were expected, by name, each once."""
    found: dict[str, Person] = {}
    for attendance in view.record.attendances:
        if attendance.presence is Presence.PRESENT:
            found[attendance.person.id] = attendance.person
        if attendance.by is not None:
            found[attendance.by.id] = attendance.by
    for seat in view.seats:
        if seat.expected and any(role is Role.FOCAL_POINT for role, _ in seat.speaks_for):
            found[seat.person.id] = seat.person
    return tuple(sorted(found.values(), key=lambda person: (folded(person.name), person.id)))


def address_of(person: Person) -> Address | None:
    """Return a person's address as mail programs take it, None when there is no usable one."""
    if not person.email.strip().isascii():
        return None
    try:
        address = Address(" ".join(person.name.split()), addr_spec=person.email.strip())
    except (ValueError, IndexError, HeaderParseError):  # the parser raises all of them
        return None
    return address if address.username and address.domain else None


def message_of(
    letter: Letter, to: Iterable[Address], file_name: str = "", attached: bytes = b""
) -> EmailMessage:
    """Return the draft as a message that mail programs open for writing.

    It carries ``attached`` where ``file_name`` names it.
    """
    message = EmailMessage(policy=SMTP)
    # Outlook and its like open what is marked so as a message to send, not as one received.
    message["X-Unsent"] = "1"
    message["Subject"] = letter.subject
    unique = {address.addr_spec.casefold(): address for address in to}
    if unique:
        message["To"] = tuple(unique.values())
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    if file_name:
        main, sub = DOCX
        message.add_attachment(attached, maintype=main, subtype=sub, filename=file_name)
    return message


def called(person: Person) -> str:
    """Return "Mme Salma AZROUNI"."""
    return f"{civility(person.civility, Typography.SOIGNE)} {person.name}"


def _version(work: UnitOfWork, meeting: Meeting) -> str:
    lines = versions.lines_of(work, meeting)
    match meeting.state:
        case ReleveState.DRAFT:
            return _DRAFT
        case ReleveState.CORRECTED:
            return _CORRECTED.format(number=lines[-1].number)
        case ReleveState.APPROVED:
            return _APPROVED
    return ""


def _free(office: Office, file: Path) -> Path:
    """Return where the draft goes: a place that is free, or that still holds our own draft."""
    for path in _names(file):
        noted = office.run(_noted, path=written.place_of(path)).result
        if not path.exists() or (noted and noted == written.digest_of(written.read(path))):
            return path
    raise ConflictError(NO_ROOM.format(name=file.name))


def _names(file: Path) -> Iterator[Path]:
    yield file.with_suffix(".eml")
    for number in range(2, _MANY):
        yield file.with_name(f"{file.stem} ({number}).eml")


@reading
def _noted(work: UnitOfWork, *, path: str) -> str:
    """Return the digest of what the program last wrote at a place, "" for nothing."""
    noted = work.read.written_digest(path)
    return noted[1] if noted else ""
