"""Use cases that remind people of what they promised: a draft e-mail for each owner.

Nothing is sent: the drafts (.eml) open in a mail program, where someone reads and sends them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.app import mail, written
from pan_desktop.app.office import reading
from pan_desktop.app.seeing import keep_setting
from pan_desktop.domain.calendar import plain_date, short_date
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.followed import Standing
from pan_desktop.domain.model import Civility
from pan_desktop.domain.typography import glue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.followed import Followed
    from pan_desktop.domain.model import Person
    from pan_desktop.store.unit_of_work import UnitOfWork

SUBJECT = "Rappel : suites des réunions du comité"
BODY = """\
{appel},

Sauf erreur de notre part, les points suivants, dont vous avez la charge, restent à réaliser à \
ce jour ({date}) :

{liste}

Nous vous remercions de bien vouloir nous faire part de leur état d’avancement.

Cordialement,

{secretariat}
"""
PLACES = ("appel", "date", "liste", "secretariat")
"""What the template may hold in braces."""
SECRETARIAT = "Le secrétariat du comité"
EMPTY = "Le texte du rappel est vide : rien n’a été enregistré. Saisissez-le, ou rétablissez-le."
NO_LIST = (
    "Le texte du rappel ne dit pas où mettre la liste des points : rien n’a été enregistré. "
    "Écrivez {liste} à cet endroit."
)
UNKNOWN_PLACE = "« {name} » n’est pas connu du rappel : rien n’a été enregistré. Employez {known}."
NOBODY = (
    "Personne n’a de point à rappeler : aucun courriel n’a été préparé. Un rappel va au "
    "responsable d’une action encore ouverte, lorsque c’est une personne du répertoire."
)
NO_ROOM = "Le dossier est plein de courriels du même nom : supprimez ceux qui ne servent plus."
_PLACE = re.compile(r"\{([^{}]*)\}")
_MANY = 1000


@dataclass(frozen=True, slots=True)
class ReminderTemplate:
    """What a reminder says, as the office edits it."""

    subject: str = SUBJECT
    body: str = BODY


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one person is to be reminded of."""

    person: Person
    followed: tuple[Followed, ...]


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts that were written, and the people without a usable address."""

    files: tuple[Path, ...]
    without: tuple[str, ...]


@reading
def template(work: UnitOfWork) -> ReminderTemplate:
    """Return the office's reminder."""
    kept = work.read.settings()
    return ReminderTemplate(kept.get("reminder.subject", SUBJECT), kept.get("reminder.body", BODY))


def change_template(
    work: UnitOfWork, *, own: ReminderTemplate, seen: ReminderTemplate | None = None
) -> None:
    """Keep the office's own reminder. Raises InputError when it could not be filled in.

    Of what ``seen`` says it was before, only what differs is written.
    """
    if not own.subject.strip() or not own.body.strip():
        raise InputError(EMPTY)
    for name in _PLACE.findall(own.body):
        if name not in PLACES:
            known = ", ".join(f"{{{place}}}" for place in PLACES)
            raise InputError(UNKNOWN_PLACE.format(name=f"{{{name}}}", known=known))
    if "{liste}" not in own.body:
        raise InputError(NO_LIST)
    for key, words, original, shown in (
        ("reminder.subject", own.subject.strip(), SUBJECT, seen.subject if seen else None),
        ("reminder.body", own.body, BODY, seen.body if seen else None),
    ):
        keep_setting(work, key, words, original=original, seen=shown)


@reading
def reminders(
    work: UnitOfWork, *, today: date, point_ids: Sequence[str] | None = None
) -> tuple[Reminder, ...]:
    """Return who has something open, with all of it, or only what ``point_ids`` names."""
    people = {person.id: person for person in work.read.people()}
    wanted = None if point_ids is None else set(point_ids)
    owned: dict[str, list[Followed]] = {}
    for one in work.read.followed():
        owner = one.follow_up.owner_id
        undone = one.standing(today) in {Standing.OPEN, Standing.OVERDUE}
        if owner in people and undone and (wanted is None or one.id in wanted):
            owned.setdefault(str(owner), []).append(one)
    found = (Reminder(people[owner], tuple(held)) for owner, held in owned.items())
    return tuple(sorted(found, key=lambda reminder: reminder.person.name))


def write_drafts(
    office: Office,
    *,
    folder: Path,
    today: date,
    author: str = "",
    point_ids: Sequence[str] | None = None,
) -> Drafts:
    """Write a draft for each owner of something open into ``folder``.

    A file of the same name that says something else is left alone. Raises ConflictError when
    there is nobody to remind, FileUnwritableError.
    """
    found = office.run(reminders, today=today, point_ids=point_ids).result
    if not found:
        raise ConflictError(NOBODY)
    own = office.run(template).result
    files, without = [], []
    for reminder in found:
        address = mail.address_of(reminder.person)
        if address is None:
            without.append(mail.called(reminder.person))
        letter = mail.Letter((reminder.person,), own.subject, text_of(own, reminder, today, author))
        content = mail.message_of(letter, [address] if address else []).as_bytes()
        files.append(
            _put(folder, f"Rappel – {reminder.person.name} – {today.isoformat()}", content)
        )
    return Drafts(tuple(files), tuple(without))


def text_of(own: ReminderTemplate, reminder: Reminder, today: date, author: str) -> str:
    """Return what the draft to one person says."""
    madam = reminder.person.civility is Civility.MADAME
    values = {
        "appel": "Madame" if madam else "Monsieur",
        "date": plain_date(today),
        "liste": "\n".join(_line(one, today) for one in reminder.followed),
        "secretariat": " ".join(author.split()) or SECRETARIAT,
    }
    return glue(_PLACE.sub(lambda found: values.get(found[1], found[0]), own.body))


def _line(one: Followed, today: date) -> str:
    said = f"– {one.text.strip().rstrip('.')} ({one.body}, {short_date(one.meeting_day)})"
    deadline = one.follow_up.deadline
    if deadline is None:
        return f"{said} ;"
    late = ", échéance dépassée" if one.standing(today) is Standing.OVERDUE else ""
    return f"{said} : pour le {short_date(deadline.last)}{late} ;"


def _put(folder: Path, stem: str, content: bytes) -> Path:
    name = re.sub(r'[\\/:*?"<>|]', "-", stem)
    for number in range(1, _MANY):
        path = folder / (f"{name}.eml" if number == 1 else f"{name} ({number}).eml")
        if not path.exists():
            written.replace(path, content)
            return path
        if path.read_bytes() == content:
            return path
    raise ConflictError(NO_ROOM)
