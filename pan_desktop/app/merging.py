"""Use cases on cards that may be one person's: finding them, and making them one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pan_desktop.app.office import reading
from pan_desktop.app.people import set_aliases
from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.errors import ConflictError, InputError, NotFoundError
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Presence

if TYPE_CHECKING:
    from pan_desktop.domain.model import Mandate, Person
    from pan_desktop.store.unit_of_work import UnitOfWork

ALIKE = 88
"""From this likeness on (0 to 100, of the sorted words) two names are shown as perhaps one."""

GONE = "L’une des deux fiches n’existe plus : rien n’a été changé. Rouvrez la page."
SAME = "C’est deux fois la même fiche : rien n’a été changé. Choisissez-en une autre."
BOTH_CAME = (
    "{first} et {second} étaient toutes deux présentes à la réunion du {day} : ce sont deux "
    "personnes, et rien n’a été changé. Si c’est une erreur, corrigez d’abord cette présence."
)
_STRENGTH = (Presence.PRESENT, Presence.REPRESENTED, Presence.EXCUSED, Presence.ABSENT)


@dataclass(frozen=True, slots=True)
class Alike:
    """Two cards whose names are so alike that they may be one person's."""

    first: Person
    second: Person
    likeness: int
    """From 0 to 100, 100 for the same words."""

    @property
    def id(self) -> str:
        """Return what tells the pair from others."""
        return f"{self.first.id}+{self.second.id}"


@reading
def near_duplicates(work: UnitOfWork) -> tuple[Alike, ...]:
    """Return the pairs of cards that may be one person's, the likest first.

    Names are compared by their words, sorted: first and family name change places between lists
    (domain facts, 0.3 B9). Two who were present at one meeting are two people.
    """
    from rapidfuzz.fuzz import token_sort_ratio  # not at start

    people = work.read.people()
    together = work.read.present_together()
    names = {p.id: [folded(name) for name in (p.name, *p.aliases)] for p in people}
    found = []
    for first, second in combinations(people, 2):
        if frozenset((first.id, second.id)) in together:
            continue
        likeness = max(
            token_sort_ratio(one, other) for one in names[first.id] for other in names[second.id]
        )
        if likeness >= ALIKE:
            found.append(Alike(first, second, round(likeness)))
    return tuple(sorted(found, key=lambda alike: (-alike.likeness, alike.first.name)))


def merge(work: UnitOfWork, *, kept_id: str, other_id: str) -> None:
    """Make two cards one: all that hangs on the other goes to the kept, with its name.

    Mandates, presences, actions and other names move; what the kept card lacks (institution,
    address) is taken from the other. Raises InputError for one card twice, ConflictError when
    both were present at one meeting.
    """
    if kept_id == other_id:
        raise InputError(SAME)
    kept, other = work.read.row("person", kept_id), work.read.row("person", other_id)
    if kept is None or other is None:
        raise NotFoundError(GONE)
    _merge_presences(work, kept, other)
    _merge_mandates(work, kept_id, other_id)
    for point_id in work.read.owned_points(other_id):
        work.update("conclusion", point_id, owner_id=kept_id)
    filled = {
        column: other[column]
        for column in ("institution_id", "email")
        if not kept[column] and other[column]
    }
    work.update("person", kept_id, **filled)
    names = [*work.read.aliases().get(kept_id, {}), *work.read.aliases().get(other_id, {})]
    if folded(other["name"]) != folded(kept["name"]):
        names.append(other["name"])
    work.delete("person", other_id)
    set_aliases(work, person_id=kept_id, names=names)


def _merge_presences(work: UnitOfWork, kept: dict[str, Any], other: dict[str, Any]) -> None:
    """Move the other's presences; where both have one, the stronger stands."""
    own = {row["meeting_id"]: row for row in work.read.attendance_rows(kept["id"])}
    for row in work.read.attendance_rows(other["id"]):
        twin = own.get(row["meeting_id"])
        if twin is None:
            work.update("attendance", row["id"], person_id=kept["id"])
            continue
        if twin["presence"] == row["presence"] == Presence.PRESENT.value:
            day = (work.read.row("meeting", row["meeting_id"]) or {})["day"]
            names = {"first": kept["name"], "second": other["name"]}
            raise ConflictError(BOTH_CAME.format(day=plain_date(day), **names))
        weaker, stronger = sorted((twin, row), key=_strength, reverse=True)
        work.delete("attendance", weaker["id"])
        work.update("attendance", stronger["id"], person_id=kept["id"])
    for row_id in work.read.came_for(other["id"]):
        work.update("attendance", row_id, by_id=kept["id"])


def _strength(row: dict[str, Any]) -> int:
    return _STRENGTH.index(Presence(row["presence"]))


def _merge_mandates(work: UnitOfWork, kept_id: str, other_id: str) -> None:
    own = {_terms(mandate) for mandate in work.read.mandates(person_id=kept_id)}
    for mandate in work.read.mandates(person_id=other_id):
        if _terms(mandate) in own:
            work.delete("mandate", mandate.id)
        else:
            work.update("mandate", mandate.id, person_id=kept_id)


def _terms(mandate: Mandate) -> tuple[object, ...]:
    terms = (mandate.plan_id, mandate.role, mandate.commitments)
    return (*terms, mandate.valid_from, mandate.valid_to)
