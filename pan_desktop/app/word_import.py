"""Takes relevés written by hand in: read, shown line by line, settled, and then kept as one step.

Reading a file touches no database. What the store knows (cards of people, plans, bodies) is
matched afterwards; nobody is taken for somebody else unless the name says so to the letter,
capitals, accents and order apart.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pan_desktop.app import written
from pan_desktop.app.minutes import Imported, take_minutes
from pan_desktop.app.office import reading
from pan_desktop.app.people import set_aliases
from pan_desktop.documents.interchange import NOTHING_IMPORTED
from pan_desktop.documents.interpret.outcome import Need, Reading, Sureness
from pan_desktop.documents.interpret.outcome import Outcome as LineOutcome
from pan_desktop.documents.minutes import Called
from pan_desktop.domain.errors import InputError, PanError
from pan_desktop.domain.folding import folded, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, time
    from pathlib import Path

    from pan_desktop.app.office import Office, Outcome
    from pan_desktop.documents.minutes import Minutes
    from pan_desktop.domain.model import ActionPlan, Civility, Person
    from pan_desktop.store.unit_of_work import UnitOfWork

__all__ = [
    "Candidate",
    "Facts",
    "LineOutcome",
    "Named",
    "Need",
    "Preview",
    "Reading",
    "Settled",
    "Sureness",
    "accept",
    "preview",
    "read_file",
]

LARGEST = 64 * 1024 * 1024
"""In bytes: a relevé with photographs in it."""

CONVERTED = frozenset({".odt", ".doc", ".rtf", ".ott", ".fodt"})
"""What LibreOffice turns into Word first."""
SUFFIXES = frozenset({".docx", ".docm", *CONVERTED})

SAME_NAME = "même nom"

NO_CONVERTER = (
    "« {name} » n’est pas un document Word (.docx), et LibreOffice, qui le convertirait, n’est pas "
    "installé : rien n’a été importé. Ouvrez-le dans Word et enregistrez-le au format .docx."
)
NOT_CONVERTED = (
    "LibreOffice n’a pas pu lire « {name} » : rien n’a été importé. Ouvrez-le dans Word et "
    "enregistrez-le au format .docx."
)
NO_DAY = (
    "La date de la réunion n’a pas été trouvée dans « {name} » : rien n’a été importé. Indiquez-la "
    "(en ligne de commande : « --date 21/12/2020 »)."
)
NO_BODY = (
    "L’instance qui se réunit n’a pas été trouvée dans « {name} » : rien n’a été importé. "
    'Indiquez-la (en ligne de commande : « --instance "Comité d’implémentation" »).'
)
NOTHING_THERE = (
    "« {name} » n’a ni participants, ni ordre du jour, ni points : rien n’a été importé. Vérifiez "
    "que c’est bien un relevé."
)
PLAN_OF_STORE = (
    "Le plan n’est pas nommé : la réunion est rangée dans le plan {plan}, en cours ce jour-là."
)
PLAN_OF_YEAR = "Le plan n’est pas nommé : un plan « {plan} » est créé ; renommez-le au besoin."
BODY_OF_STORE = "L’instance n’est pas nommée : c’est « {body} », la seule connue."
NO_HOUR = "L’heure n’est pas indiquée : la réunion est notée à 0 h ; corrigez-la."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known person who may be the one a paper names."""

    person: Person
    likeness: int
    """From 0 to 100."""
    why: str
    """What is alike, in French."""


@dataclass(frozen=True, slots=True)
class Named:
    """Someone the paper names, and who that may be."""

    who: Called
    candidates: tuple[Candidate, ...]
    certain: bool
    """Whether the first candidate is she, to the letter."""

    @property
    def card(self) -> str | None:
        """Return the card proposed for her, None for a new one."""
        return self.candidates[0].person.id if self.certain else None

    @property
    def doubtful(self) -> bool:
        """Tell whether someone known may be meant, without it being certain."""
        return bool(self.candidates) and not self.certain


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it was understood, before anything of it is kept."""

    name: str
    digest: str
    reading: Reading
    minutes: Minutes
    """The reading's, the body and the plan being those that the store knows."""
    people: tuple[Named, ...] = ()
    """Everyone named, each once."""
    remarks: tuple[str, ...] = ()
    """What the paper does not say and what was taken instead, in French sentences."""
    known: str | None = None
    """The meeting that this very file became before."""

    @property
    def missing(self) -> frozenset[Need]:
        """Return what has to be said before it can be kept."""
        unknown = self.reading.missing & {Need.DAY}
        return unknown | ({Need.BODY} if not self.minutes.body else frozenset())


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody says of the meeting because the paper does not, or wrongly."""

    day: date | None = None
    at: time | None = None
    plan: str = ""
    body: str = ""
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What somebody settled in a preview; who is not in ``cards`` is who was proposed."""

    facts: Facts = field(default_factory=Facts)
    cards: Mapping[Called, str | None] = field(default_factory=dict)
    """By person named, her card; None makes a new one."""
    civilities: Mapping[Called, Civility] = field(default_factory=dict)


def read_file(file: Path) -> tuple[str, Reading]:
    """Return a file's digest and what it says as a relevé, whatever program wrote it.

    Raises InputError for a file that cannot be read or is no relevé, with one sentence.
    """
    digest, content = file_of(file)
    return digest, read_content(content, file.name)


def file_of(file: Path) -> tuple[str, bytes]:
    """Return a file's digest and its bytes. Raises InputError for one that cannot be read."""
    content = written.read(file, kept="rien n’a été importé", limit=LARGEST)
    return hashlib.sha256(content).hexdigest(), content


def read_content(content: bytes, name: str) -> Reading:
    """Return what the bytes of a file say as a relevé. Raises InputError as ``read_file`` does."""
    from pan_desktop.documents.interpret.reading import interpret
    from pan_desktop.documents.outside import Kind, PackageError, kind_of
    from pan_desktop.documents.word.reading import read_contents

    try:
        if kind_of(content) in {Kind.OPEN_DOCUMENT, Kind.WORD_97, Kind.RTF}:
            content = _converted(content, name)
        found = interpret(read_contents(content))
        carried = _carried(content, found.minutes)
    except PackageError as error:
        kept = NOTHING_IMPORTED.rstrip(".").lower()
        raise InputError(error.sentence(name, kept)) from error
    if carried is not None:
        return _taken_from(carried, found)
    minutes = found.minutes
    if not (minutes.attendees or minutes.rates or any(s.points for s in minutes.sections)):
        raise InputError(NOTHING_THERE.format(name=name))
    return found


def preview(office: Office, *, file: Path) -> Preview:
    """Return what a file would become, having changed nothing. Raises as ``read_file`` does."""
    digest, found = read_file(file)
    return office.run(matched, name=file.name, digest=digest, found=found).result


@reading
def matched(work: UnitOfWork, *, name: str, digest: str, found: Reading) -> Preview:
    """Return a reading with what the store knows of whom and what it names."""
    known = work.read.people()
    people = _named(_everyone(found.minutes), known)
    minutes, remarks = _placed(work, found)
    return Preview(name, digest, found, minutes, people, remarks, work.read.meeting_from(digest))


def accept(office: Office, *, seen: Preview, settled: Settled | None = None) -> Outcome[Imported]:
    """Keep a file that was shown, as one step that Ctrl+Z takes back.

    Raises InputError while the day or the body is not known, ConflictError when the body meets
    at that moment already.
    """
    return office.run(keep, seen=seen, settled=settled or Settled())


def keep(work: UnitOfWork, *, seen: Preview, settled: Settled) -> Imported:
    """Keep a file that was shown, its people being the cards settled. Raises as ``accept``."""
    minutes = with_facts(seen, settled.facts)
    cards: dict[Called, str] = {}
    renamed: dict[Called, Called] = {}
    for named in seen.people:
        card = settled.cards.get(named.who, named.card)
        civility = settled.civilities.get(named.who)
        if card is not None:
            cards[named.who] = card
            _remember(work, card, named.who.name)
        elif civility is not None and civility is not named.who.civility:
            renamed[named.who] = Called(civility, named.who.name)
    if renamed:
        minutes = _renamed(minutes, renamed)
    return take_minutes(work, minutes=minutes, digest=seen.digest, people=cards)


def with_facts(seen: Preview, facts: Facts) -> Minutes:
    """Return the minutes with what somebody says of the meeting. Raises InputError when lacking."""
    minutes = seen.minutes
    if facts.day is None and Need.DAY in seen.missing:
        raise InputError(NO_DAY.format(name=seen.name))
    minutes = replace(
        minutes,
        day=facts.day or minutes.day,
        at=minutes.at if facts.at is None else facts.at,
        plan=facts.plan or minutes.plan,
        body=facts.body or minutes.body,
        place=minutes.place if facts.place is None else facts.place,
    )
    if not minutes.body:
        raise InputError(NO_BODY.format(name=seen.name))
    if not minutes.plan:
        minutes = replace(minutes, plan=str(minutes.day.year))
    return minutes


def _carried(content: bytes, read: Minutes) -> Minutes | None:
    """Return the minutes of a file of ours with what it carries, None where its pages differ."""
    from pan_desktop.documents.carried import Carried, composed_from
    from pan_desktop.documents.compose import compose_blocks
    from pan_desktop.documents.docx.carrying import carried_in, says

    text = carried_in(content)
    if not text:
        return None
    try:
        carried = Carried(text)
    except (ValueError, InputError):
        return None
    minutes = carried.filled(read)
    if minutes is None:
        return None
    blocks = compose_blocks(composed_from(minutes, carried.layout), carried.style)
    return minutes if says(content, blocks) else None


def _taken_from(carried: Minutes, found: Reading) -> Reading:
    """Return the reading of a file whose minutes are known to the letter."""
    sure = tuple(
        outcome._replace(sureness=Sureness.SURE, note="", person=-1) for outcome in found.outcomes
    )
    return replace(found, minutes=carried, outcomes=sure, missing=frozenset(), carried=True)


def _converted(content: bytes, name: str) -> bytes:
    """Return a document of another program as Word, by LibreOffice."""
    from pan_desktop.documents import libreoffice

    if libreoffice.find() is None:
        raise InputError(NO_CONVERTER.format(name=name))
    try:
        return libreoffice.convert(content, name, ".docx")
    except PanError as error:
        raise InputError(NOT_CONVERTED.format(name=name)) from error


# People -------------------------------------------------------------------------------------


def _everyone(minutes: Minutes) -> Iterator[Called]:
    """Yield everyone whom the minutes name, each once."""
    found: dict[Called, None] = {}
    for attendee in minutes.attendees:
        found[attendee.who] = None
        if attendee.by is not None:
            found[attendee.by] = None
    yield from found


def _named(everyone: Iterable[Called], known: tuple[Person, ...]) -> tuple[Named, ...]:
    """Return who each of those named may be: to the letter, or by a name that is alike."""
    from pan_desktop.app.likeness import (
        PROPOSED,
        Shown,
        propose,
    )  # rapidfuzz is not needed at start

    named = tuple(everyone)
    by_id = {person.id: person for person in known}
    matches = propose([Shown(who.name) for who in named], known)
    found: list[Named] = []
    for who, match in zip(named, matches, strict=True):
        same = _same(who, known)
        if same:
            exact = [person for person in same if person.name == who.name]
            ordered = exact + [person for person in same if person not in exact]
            candidates = tuple(Candidate(person, 100, SAME_NAME) for person in ordered)
            found.append(Named(who, candidates, len(same) == 1 or len(exact) == 1))
        else:
            alike = (
                Candidate(by_id[c.person_id], c.likeness, c.why)
                for c in match.candidates
                if c.likeness >= PROPOSED
            )
            found.append(Named(who, tuple(alike), certain=False))
    return tuple(found)


def _same(who: Called, known: tuple[Person, ...]) -> list[Person]:
    """Return the people of that civility with the same words in their name, in any order."""
    words = sorted(words_of(who.name))
    return [
        person
        for person in known
        if who.civility in {None, person.civility}
        and any(sorted(words_of(name)) == words for name in (person.name, *person.aliases))
    ]


def _remember(work: UnitOfWork, person_id: str, name: str) -> None:
    """Keep a name that a paper gives someone as another name of hers, where it is nobody's."""
    people = work.read.people()
    person = next((p for p in people if p.id == person_id), None)
    taken = {folded(other) for p in people for other in (p.name, *p.aliases)}
    if person is not None and folded(name) not in taken:
        set_aliases(work, person_id=person_id, names=[*person.aliases, name])


def _renamed(minutes: Minutes, renamed: Mapping[Called, Called]) -> Minutes:
    return replace(
        minutes,
        attendees=tuple(
            replace(
                a,
                who=renamed.get(a.who, a.who),
                by=None if a.by is None else renamed.get(a.by, a.by),
            )
            for a in minutes.attendees
        ),
    )


# Plan and body ------------------------------------------------------------------------------


def _placed(work: UnitOfWork, found: Reading) -> tuple[Minutes, tuple[str, ...]]:
    """Return the minutes under the plan and the body that the store knows, and what was taken."""
    minutes, remarks = found.minutes, list[str]()
    bodies = [body.name for body in work.read.bodies()]
    if not minutes.body and len(bodies) == 1:
        minutes = replace(minutes, body=bodies[0])
        remarks.append(BODY_OF_STORE.format(body=bodies[0]))
    else:
        same = next((name for name in bodies if folded(name) == folded(minutes.body)), None)
        minutes = replace(minutes, body=same or minutes.body)
    plans = work.read.plans()
    same = next((p.label for p in plans if folded(p.label) == folded(minutes.plan)), None)
    if same is not None:
        minutes = replace(minutes, plan=same)
    if Need.PLAN in found.missing and Need.DAY not in found.missing:
        minutes, remark = _plan_of_day(minutes, plans)
        remarks.append(remark)
    if Need.HOUR in found.missing:
        remarks.append(NO_HOUR)
    return minutes, tuple(remarks)


def _plan_of_day(minutes: Minutes, plans: tuple[ActionPlan, ...]) -> tuple[Minutes, str]:
    running = [plan for plan in plans if plan.starts <= minutes.day <= plan.ends]
    if len(running) == 1:
        label = running[0].label
        return replace(minutes, plan=label), PLAN_OF_STORE.format(plan=label)
    return minutes, PLAN_OF_YEAR.format(plan=minutes.plan)
