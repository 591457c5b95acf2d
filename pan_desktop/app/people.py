"""Use cases on people, their institutions and their mandates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.app.office import reading
from pan_desktop.app.seeing import institution_seen, together
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pan_desktop.domain.model import ActionPlan, Civility, Mandate, Person, Role
    from pan_desktop.store.unit_of_work import UnitOfWork

NO_NAME = "La personne n’a pas de nom : rien n’a été enregistré. Saisissez son prénom et son nom."
BAD_EMAIL = (
    "«\u00a0{email}\u00a0» n’est pas une adresse électronique\u00a0: rien n’a été enregistré. "
    "Il y manque le signe @\u00a0; corrigez l’adresse ou effacez-la."
)
NO_COMMITMENT = (
    "Aucun engagement n’est indiqué pour ce mandat : rien n’a été enregistré. Saisissez les "
    "numéros, par exemple « 1, 2 et 8 »."
)
UNKNOWN_COMMITMENT = (
    "L’engagement {number} n’existe pas dans le plan {plan} : rien n’a été enregistré. Corrigez "
    "les numéros, ou ajoutez d’abord l’engagement au plan."
)
BACKWARDS = (
    "La fin du mandat précède son début : rien n’a été enregistré. Corrigez l’une des deux dates."
)
HAS_ATTENDED = (
    "{name} figure dans une réunion : cette personne n’a pas été supprimée. Mettez plutôt fin à "
    "son mandat."
)

NAME_TAKEN = (
    "« {name} » est déjà le nom ou un autre nom de {person} : rien n’a été enregistré. "
    "Corrigez-le, ou fusionnez les deux fiches."
)


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person with all mandates held, as the people's page shows her."""

    person: Person
    mandates: tuple[Mandate, ...]


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """A person as a form gives her."""

    civility: Civility
    name: str
    institution: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class MandateEdit:
    """A mandate as a form gives it; ``valid_to`` is the last day, None while it lasts."""

    plan_id: str
    role: Role
    commitments: tuple[int, ...]
    valid_from: date
    valid_to: date | None = None


@reading
def list_people(work: UnitOfWork) -> tuple[PersonCard, ...]:
    """Return everyone with their mandates, by name."""
    held: dict[str, list[Mandate]] = {}
    for mandate in work.read.mandates():
        held.setdefault(mandate.person.id, []).append(mandate)
    return tuple(PersonCard(p, tuple(held.get(p.id, ()))) for p in work.read.people())


@reading
def list_institutions(work: UnitOfWork) -> tuple[str, ...]:
    """Return the names of all institutions, to complete what is being typed."""
    return work.read.institutions()


def add_person(work: UnitOfWork, *, person: PersonEdit, mandate: MandateEdit | None = None) -> str:
    """Add a person, with a first mandate where one is given; return the identifier."""
    person_id = work.insert(
        "person",
        civility=person.civility.value,
        name=_name(person),
        institution_id=work.institution(person.institution),
        email=_email(person),
    )
    if mandate is not None:
        add_mandate(work, person_id=person_id, mandate=mandate)
    return person_id


@dataclass(frozen=True, slots=True)
class SavedCard:
    """A card that was stored; ``namesake`` when another person is called and addressed the same."""

    person_id: str
    namesake: bool


def add_card(
    work: UnitOfWork, *, person: PersonEdit, mandate: MandateEdit | None = None
) -> SavedCard:
    """Add a person as ``add_person`` does and tell whether another has that name."""
    person_id = add_person(work, person=person, mandate=mandate)
    return SavedCard(person_id, _has_namesake(work, person_id))


def change_person(
    work: UnitOfWork, *, person_id: str, person: PersonEdit, seen: Person | None = None
) -> None:
    """Change a person's card; relevés print the name as it is now.

    Of what ``seen`` says it was before, only what differs is written.
    """
    known = None
    if seen is not None:
        known = {
            "civility": seen.civility.value,
            "name": seen.name,
            "institution_id": institution_seen(work, seen.institution),
            "email": seen.email,
        }
    work.update(
        "person",
        person_id,
        seen=known,
        civility=person.civility.value,
        name=_name(person),
        institution_id=work.institution(person.institution),
        email=_email(person),
    )


def change_card(
    work: UnitOfWork,
    *,
    person_id: str,
    person: PersonEdit,
    mandates: Sequence[tuple[str | None, MandateEdit]],
    aliases: Sequence[str] | None = None,
    seen: PersonCard | None = None,
) -> SavedCard:
    """Change a person's card and make her mandates those given, each with its identifier.

    A mandate without one is new; one that is not given any more is removed. Another person of
    the same name is told of when the name is new. Her other names become ``aliases`` where given.
    With ``seen``, the card as it was shown, only what differs from it is written, and what
    others did meanwhile stays. Raises NotFoundError when she is gone.
    """
    known = _called(work, person_id)
    change_person(work, person_id=person_id, person=person, seen=seen.person if seen else None)
    if aliases is not None:
        shown = seen.person.aliases if seen else None
        set_aliases(work, person_id=person_id, names=aliases, seen=shown)
    _change_mandates(work, person_id, mandates, seen)
    renamed = _called(work, person_id) != known
    return SavedCard(person_id, renamed and _has_namesake(work, person_id))


def _change_mandates(
    work: UnitOfWork,
    person_id: str,
    mandates: Sequence[tuple[str | None, MandateEdit]],
    seen: PersonCard | None,
) -> None:
    """Make the mandates those given; what others made of them since ``seen`` stays.

    One that they removed comes back only when it was changed here, one that they changed is not
    removed.
    """
    stored = {held.id: _edit_of(held) for held in work.read.mandates(person_id=person_id)}
    shown = stored if seen is None else {held.id: _edit_of(held) for held in seen.mandates}
    kept = {mandate_id for mandate_id, _ in mandates}
    for held_id, edit in stored.items():
        if held_id not in kept and shown.get(held_id) == edit:
            remove_mandate(work, mandate_id=held_id)
    for mandate_id, mandate in mandates:
        before = shown.get(mandate_id or "")
        if before == mandate:
            continue
        if mandate_id is None or mandate_id not in stored:
            add_mandate(work, person_id=person_id, mandate=mandate)
        else:
            change_mandate(work, mandate_id=mandate_id, mandate=mandate, seen=before)


def set_aliases(
    work: UnitOfWork,
    *,
    person_id: str,
    names: Sequence[str],
    seen: Sequence[str] | None = None,
) -> None:
    """Make a person's other names those given. Raises ConflictError for another's name.

    With ``seen``, those that were shown, names that others added or removed meanwhile stay so.
    """
    known = work.read.aliases().get(person_id, {})
    typed = (words for name in names if (words := " ".join(name.split())))
    wanted = together(typed, seen, known)
    owners = {
        folded(name): person
        for person in work.read.people()
        if person.id != person_id
        for name in (person.name, *person.aliases)
    }
    for name in wanted:
        other = owners.get(folded(name))
        if other is not None:
            raise ConflictError(NAME_TAKEN.format(name=name, person=other.name))
    for name, row_id in known.items():
        if name not in wanted:
            work.delete("person_alias", row_id)
    for name in wanted:
        if name not in known:
            work.insert("person_alias", person_id=person_id, name=name)


@reading
def check_person_removal(work: UnitOfWork, *, person_id: str) -> None:
    """Raise the ConflictError that ``remove_person`` would, before anyone is asked to confirm."""
    if work.read.has_attended(person_id):
        name = next((p.name for p in work.read.people() if p.id == person_id), "")
        raise ConflictError(HAS_ATTENDED.format(name=name))


def remove_person(work: UnitOfWork, *, person_id: str) -> None:
    """Remove a person no meeting knows, with her mandates. Raises ConflictError otherwise."""
    check_person_removal(work, person_id=person_id)
    work.delete("person", person_id)


def add_mandate(work: UnitOfWork, *, person_id: str, mandate: MandateEdit) -> str:
    """Give a person a mandate and return its identifier."""
    commitments = _commitment_ids(work, mandate)
    mandate_id = work.insert(
        "mandate",
        person_id=person_id,
        plan_id=mandate.plan_id,
        role=mandate.role.value,
        valid_from=mandate.valid_from,
        valid_to=mandate.valid_to,
    )
    for commitment_id in commitments:
        work.insert(
            "mandate_commitment",
            mandate_id=mandate_id,
            commitment_id=commitment_id,
            plan_id=mandate.plan_id,
        )
    return mandate_id


def change_mandate(
    work: UnitOfWork, *, mandate_id: str, mandate: MandateEdit, seen: MandateEdit | None = None
) -> None:
    """Change a mandate's role, commitments or dates; meetings held keep what they had.

    Of what ``seen`` says it was before, only what differs is written.
    """
    mine = _commitment_ids(work, mandate)
    ties = work.read.mandate_commitments(mandate_id)
    known = shown = None
    if seen is not None:
        known = {"role": seen.role.value, "valid_from": seen.valid_from, "valid_to": seen.valid_to}
        numbers = set(seen.commitments)
        plan = work.read.plan(seen.plan_id)
        shown = [c.id for c in plan.commitments if c.number in numbers]
    # Never none at all: each of two may have left the one that the other took away.
    wanted = set(together(mine, shown, [tie for _, tie in ties]) or mine)
    work.update(
        "mandate",
        mandate_id,
        seen=known,
        role=mandate.role.value,
        valid_from=mandate.valid_from,
        valid_to=mandate.valid_to,
    )
    for row_id, commitment_id in ties:
        if commitment_id in wanted:
            wanted.discard(commitment_id)
        else:
            work.delete("mandate_commitment", row_id)
    for commitment_id in sorted(wanted):
        work.insert(
            "mandate_commitment",
            mandate_id=mandate_id,
            commitment_id=commitment_id,
            plan_id=mandate.plan_id,
        )


def remove_mandate(work: UnitOfWork, *, mandate_id: str) -> None:
    """Remove a mandate given by mistake; to end one, change its last day."""
    work.delete("mandate", mandate_id)


def _edit_of(held: Mandate) -> MandateEdit:
    return MandateEdit(held.plan_id, held.role, held.commitments, held.valid_from, held.valid_to)


def _name(person: PersonEdit) -> str:
    words = " ".join(person.name.split())
    if not words:
        raise InputError(NO_NAME)
    return words


def _email(person: PersonEdit) -> str:
    words = person.email.strip()
    if words and "@" not in words:
        raise InputError(BAD_EMAIL.format(email=words))
    return words


def _called(work: UnitOfWork, person_id: str) -> tuple[Civility, str]:
    """Return how a person is addressed and called, capitals and accents aside."""
    return next((p.civility, folded(p.name)) for p in work.read.people() if p.id == person_id)


def _has_namesake(work: UnitOfWork, person_id: str) -> bool:
    called = _called(work, person_id)
    return any(
        (p.civility, folded(p.name)) == called for p in work.read.people() if p.id != person_id
    )


def check_mandate(plan: ActionPlan, mandate: MandateEdit) -> None:
    """Raise the InputError that says why a mandate of ``plan`` cannot be taken as it is."""
    if not mandate.commitments:
        raise InputError(NO_COMMITMENT)
    if mandate.valid_to is not None and mandate.valid_to < mandate.valid_from:
        raise InputError(BACKWARDS)
    known = {c.number for c in plan.commitments}
    for number in mandate.commitments:
        if number not in known:
            raise InputError(UNKNOWN_COMMITMENT.format(number=number, plan=plan.label))


def _commitment_ids(work: UnitOfWork, mandate: MandateEdit) -> list[str]:
    plan = work.read.plan(mandate.plan_id)
    check_mandate(plan, mandate)
    known = {c.number: c.id for c in plan.commitments}
    return [known[number] for number in dict.fromkeys(mandate.commitments)]
