"""The other papers of a meeting: who is invited, who signs, who was not there, in which words.

The words are data: the store keeps the office's own, these are what a new office starts with.
Names in braces are filled in; a paragraph is set apart by an empty line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pan_desktop.domain.model import Civility, Presence, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from pan_desktop.domain.model import (
        Commitment,
        Mandate,
        MeetingRecord,
        Person,
    )

PLACE = re.compile(r"\{([^{}]*)\}")
"""A name in braces."""


class Paper(StrEnum):
    """The papers beside the relevé, by the names that the command line gives them."""

    CONVOCATION = "convocation"
    PRESENCE = "presence"
    LETTERS = "lettres"
    UNREPRESENTED = "non-representes"


INVITATION = """\
{appel},

Nous avons l'honneur de vous inviter à la réunion de l'instance « {instance} », consacrée au plan \
d'action national {plan}, qui se tiendra aux date, heure et lieu indiqués ci-dessous.

En cas d'empêchement, nous vous prions de bien vouloir en informer le secrétariat et désigner la \
personne qui vous représentera."""
PRIVACY = """\
Votre nom, votre qualité, votre organisme, votre adresse électronique professionnelle et votre \
présence sont enregistrés par le secrétariat pour organiser cette réunion et en établir le relevé \
des conclusions. Conformément à la loi 09-08 relative à la protection des personnes physiques à \
l'égard du traitement des données à caractère personnel, vous disposez d'un droit d'accès, de \
rectification et d'opposition, que vous pouvez exercer auprès du secrétariat."""
ABSENCE = """\
{appel},

Lors de la réunion de l'instance « {instance} » tenue le {date}, aucun représentant de votre \
institution n'a pu présenter l'état d'avancement {de_l_engagement} dont elle a la charge :

{liste}

Afin de compléter le relevé des conclusions, nous vous prions de bien vouloir nous faire parvenir, \
avant le {delai}, le taux d'avancement, les difficultés rencontrées et les prochaines étapes \
{de_l_engagement}.

Nous vous saurions gré, en cas de nouvel empêchement, de désigner la personne qui représentera \
votre institution aux prochaines réunions."""
INVITATION_CLOSING = "Veuillez agréer, {appel}, l'expression de notre considération distinguée."
ABSENCE_CLOSING = "Veuillez agréer, {appel}, l'expression de nos salutations distinguées."
SECRETARIAT = "Le secrétariat du comité"
LENGTH_MINUTES = 120
ANSWER_DAYS = 15
GUEST_ROWS = 5


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What the papers say in the office's own words."""

    invitation: str = INVITATION
    invitation_closing: str = INVITATION_CLOSING
    privacy: str = PRIVACY
    """What participants are told of their data (law 09-08); "" prints nothing."""
    absence: str = ABSENCE
    absence_closing: str = ABSENCE_CLOSING
    minutes: int = LENGTH_MINUTES
    """How long a meeting is expected to take, for calendars."""
    days: int = ANSWER_DAYS
    """How long after the letter an answer is asked for."""


PLACES = {
    "invitation": ("appel", "instance", "plan", "date", "heure", "lieu"),
    "invitation_closing": ("appel",),
    "privacy": (),
    "absence": ("appel", "instance", "plan", "date", "de_l_engagement", "liste", "delai"),
    "absence_closing": ("appel",),
}
"""What each text may hold in braces."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Someone expected at a meeting, with what she speaks for there."""

    person: Person
    speaks_for: tuple[tuple[Role, int], ...]
    institution: str = ""
    """Her own, else that of what she speaks for."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A commitment's last known rate, and the day since which it stands."""

    percent: int
    since: date


@dataclass(frozen=True, slots=True)
class Unrepresented:
    """A commitment that nobody present spoke for, and who answers for it."""

    commitment: Commitment
    titulars: tuple[Person, ...] = ()
    alternates: tuple[Person, ...] = ()
    excused: tuple[str, ...] = ()
    """The identifiers of those of them who were excused."""
    rate: Rate | None = None

    @property
    def institutions(self) -> tuple[str, ...]:
        """Return whose commitment it is: its titulars' institutions, else the one it names."""
        own = [" ".join(person.institution.split()) for person in self.titulars]
        found = dict.fromkeys(name for name in own if name)
        return tuple(found) or (
            (self.commitment.institution,) if self.commitment.institution else ()
        )


@dataclass(frozen=True, slots=True)
class AbsenceLetter:
    """A letter to write: to an institution, or to a person where none is known."""

    institution: str
    people: tuple[Person, ...]
    held: tuple[Unrepresented, ...]

    @property
    def name(self) -> str:
        """Return what names the letter among the others."""
        return self.institution or ", ".join(person.name for person in self.people)


def unrepresented(
    record: MeetingRecord, mandates: Sequence[Mandate], rates: dict[str, Rate]
) -> tuple[Unrepresented, ...]:
    """Return the commitments of a meeting that nobody present spoke for, by number.

    ``mandates`` are those in force on its day; ``rates`` are by commitment identifier.
    """
    spoken = record.represented
    excused = tuple(a.person.id for a in record.attendances if a.presence is Presence.EXCUSED)
    return tuple(
        Unrepresented(
            report.commitment,
            _holders(mandates, report.commitment.number, Role.FOCAL_POINT),
            _holders(mandates, report.commitment.number, Role.ALTERNATE),
            excused,
            rates.get(report.commitment.id),
        )
        for report in record.scope
        if report.commitment.number not in spoken
    )


def letters(
    held: Iterable[Unrepresented],
) -> tuple[tuple[AbsenceLetter, ...], tuple[Unrepresented, ...]]:
    """Return the letters to write, by name, and what nobody is known to be written to about.

    An institution gets one letter for all that it answers for; the people of a commitment whose
    institution is not known get one each.
    """
    by_institution: dict[str, list[Unrepresented]] = {}
    by_person: dict[str, tuple[Person, list[Unrepresented]]] = {}
    nobody: list[Unrepresented] = []
    for one in held:
        for institution in one.institutions:
            by_institution.setdefault(institution, []).append(one)
        if one.institutions:
            # A titular who names none while another does is written to all the same.
            alone = [p for p in one.titulars if not p.institution.strip()]
            alone = alone if len(alone) < len(one.titulars) else []
        else:
            alone = list(one.titulars or one.alternates)
            if not alone:
                nobody.append(one)
        for person in alone:
            by_person.setdefault(person.id, (person, []))[1].append(one)
    found = [
        AbsenceLetter(name, _of_institution(name, own), tuple(own))
        for name, own in by_institution.items()
    ]
    found += [AbsenceLetter("", (person,), tuple(own)) for person, own in by_person.values()]
    return tuple(found), tuple(nobody)


def salutation(people: Sequence[Person]) -> str:
    """Return how a letter addresses people: "Madame", "Messieurs", "Madame, Monsieur"."""
    women = sum(person.civility is Civility.MADAME for person in people)
    men = len(people) - women
    if not people:
        return "Madame, Monsieur"
    titles = []
    if women:
        titles.append("Madame" if women == 1 else "Mesdames")
    if men:
        titles.append("Monsieur" if men == 1 else "Messieurs")
    return ", ".join(titles)


def filled(text: str, values: dict[str, str]) -> str:
    """Return a text with the names in braces filled in; one that is not known stays."""
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def _holders(mandates: Sequence[Mandate], number: int, role: Role) -> tuple[Person, ...]:
    found = {m.person.id: m.person for m in mandates if m.role is role and number in m.commitments}
    return tuple(found.values())


def _of_institution(name: str, held: Iterable[Unrepresented]) -> tuple[Person, ...]:
    """Return the focal points through whom an institution is written to."""
    found: dict[str, Person] = {}
    for one in held:
        for person in one.titulars:
            own = " ".join(person.institution.split())
            if own == name or (not own and name == one.commitment.institution):
                found[person.id] = person
    return tuple(found.values())
