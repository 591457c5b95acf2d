"""An invitation as a draft e-mail to all that are expected, and as an entry of a calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pan_desktop.app import mail, rendering, versions, written
from pan_desktop.documents.calendar_file import Entry, calendar_file
from pan_desktop.documents.papers.convocation import compose_convocation
from pan_desktop.documents.plain_text import plain_text
from pan_desktop.domain.calendar import hour, plain_date
from pan_desktop.domain.errors import ConflictError
from pan_desktop.domain.typography import Typography, enumeration, glue

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.app.papers import Told, WrittenPapers
    from pan_desktop.documents.papers.common import Setting
    from pan_desktop.domain.papers import Expected

SUBJECT = "Convocation – {body} du {day} à {hour}"
WITHOUT = (
    "Sans adresse électronique utilisable, donc à inviter autrement : {people}. Le courriel ne "
    "leur est pas adressé."
)
NO_ADDRESS = (
    "Aucune des personnes attendues n’a d’adresse électronique utilisable : le courriel n’a pas "
    "été préparé. Complétez les adresses sur la page Personnes."
)
CALENDAR = ("text", "calendar")


def write(office: Office, told: Told, setting: Setting, target: Path) -> WrittenPapers:
    """Write the invitation to ``target``, .eml or .ics. Raises ConflictError without addresses."""
    from pan_desktop.app.papers import WrittenPapers

    meeting_id = told.record.meeting.id
    if target.suffix.lower() == ".ics":
        written.put(office, target, calendar_of(told, setting), meeting_id=meeting_id)
        return WrittenPapers((target,))
    content, to, remarks = _draft(told, setting, target.stem)
    written.put(office, target, content, meeting_id=meeting_id)
    return WrittenPapers((target,), remarks, to)


def calendar_of(told: Told, setting: Setting) -> bytes:
    """Return the meeting as a calendar file: its instant in UTC, by the zone's own rules."""
    meeting = told.record.meeting
    titles = [f"– {item.title}" for item in told.record.agenda if item.on_agenda]
    said = [f"Plan d’action national {told.record.plan.label}"]
    if titles:
        said += [glue("Ordre du jour :"), *map(glue, titles)]
    if meeting.connection.strip():
        said += [glue("Connexion :"), meeting.connection.strip()]
    entry = Entry(
        meeting.id,
        meeting.day,
        f"{meeting.body.name} – réunion",
        "\n".join(said),
        " ".join(meeting.place.split()),
        meeting.at,
        meeting.zone,
        timedelta(minutes=told.words.minutes),
        # The row's version grows with every change, whatever it is: later is always newer.
        told.sequence - 1,
    )
    return calendar_file((entry,), setting.written, entry.summary)


def _draft(
    told: Told, setting: Setting, stem: str
) -> tuple[bytes, tuple[str, ...], tuple[str, ...]]:
    """Return the draft, the addresses it goes to and what is to be said of it."""
    addresses = [(one, mail.address_of(one.person)) for one in told.expected]
    usable = [address for _, address in addresses if address is not None]
    if not usable:
        raise ConflictError(NO_ADDRESS)
    meeting = told.record.meeting
    subject = SUBJECT.format(
        body=meeting.body.name,
        day=plain_date(meeting.day),
        hour=hour(meeting.at, Typography.SOIGNE),
    )
    spoken = compose_convocation(setting, told.words, told.expected, addressees=False)
    people = tuple(one.person for one in told.expected)
    name = f"{stem}{rendering.WORD}"
    whole = compose_convocation(setting, told.words, told.expected)
    content, left_out = versions.rendered(whole, name, told.template)
    letter = mail.Letter(people, glue(subject), plain_text(spoken))
    message = mail.message_of(letter, usable, name, content)
    message.add_attachment(
        calendar_of(told, setting),
        maintype=CALENDAR[0],
        subtype=CALENDAR[1],
        filename=f"{stem}.ics",
        params={"method": "PUBLISH", "charset": "utf-8"},
    )
    return (
        message.as_bytes(),
        tuple(address.addr_spec for address in usable),
        (*_without([one for one, address in addresses if address is None]), *left_out),
    )


def _without(people: list[Expected]) -> tuple[str, ...]:
    names = [mail.called(one.person) for one in people]
    return (WITHOUT.format(people=enumeration(names)),) if names else ()
