"""P7: the same person or commitment twice, and names that are easily taken for one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from pan_desktop.domain.checks.finding import Finding, Level, about, person_name
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Role
from pan_desktop.domain.typography import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pan_desktop.domain.checks.finding import Subject
    from pan_desktop.domain.model import Person

_CAPACITIES = {Role.FOCAL_POINT: "points focaux", Role.ALTERNATE: "suppléants"}


def doubles(subject: Subject) -> Iterator[Finding]:
    """P7: report doubles among those who came.

    A person or a commitment twice; names alike but for accents, doubled letters, spaces or
    order; and a first name that several bear, the usual way to tick the wrong one (the seed has
    three Hajar and two Nouredine). A name is printed "Prénom NOM": its first word is the first
    name. A titular with her alternate is no double.
    """
    people = [attendance.person for attendance in subject.record.present]
    distinct = {person.id: person for person in people}
    times = Counter(person.id for person in people)
    for person in distinct.values():
        if times[person.id] > 1:
            yield _finding(
                f"{person_name(person)} figure plusieurs fois parmi les participants. Gardez une "
                "seule ligne.",
                [person],
            )
    alike: defaultdict[str, list[Person]] = defaultdict(list)
    first_names: defaultdict[str, list[Person]] = defaultdict(list)
    for person in distinct.values():
        alike[_skeleton(person.name)].append(person)
        first_names[folded(person.name).partition(" ")[0]].append(person)
    for group in alike.values():
        if len(group) > 1:
            yield _finding(
                f"Les noms de {_names(group)} se ressemblent à s’y méprendre. Vérifiez qu’il ne "
                "s’agit pas de la même personne.",
                group,
            )
    close = {frozenset(p.id for p in group) for group in alike.values()}
    for first, group in first_names.items():
        if first and len(group) > 1 and frozenset(p.id for p in group) not in close:
            shared = group[0].name.split(maxsplit=1)[0]
            yield _finding(
                f"{len(group)} personnes portent le prénom {shared} : {_names(group)}. Vérifiez "
                "qu’aucune n’a été prise pour une autre.",
                group,
            )
    yield from _spoken_twice(subject)


def _spoken_twice(subject: Subject) -> Iterator[Finding]:
    spoken: defaultdict[tuple[int, Role], list[Person]] = defaultdict(list)
    for attendance in subject.record.present:
        for role, number in set(attendance.represented):
            if role is not Role.GUEST:
                spoken[number, role].append(attendance.person)
    for (number, role), people in sorted(spoken.items()):
        group = list({person.id: person for person in people}.values())
        if len(group) > 1:
            yield _finding(
                f"{about([number])} : plusieurs {_CAPACITIES[role]} y sont notés "
                f"({_names(group)}). Vérifiez les numéros d’engagements de chacun.",
                group,
                (number,),
            )


def _skeleton(name: str) -> str:
    """Return the letters of a name, doubled ones once, in alphabetical order."""
    letters = [letter for letter in folded(name) if letter.isalnum()]
    return "".join(sorted(letter for letter, _ in groupby(letters)))


def _names(people: list[Person]) -> str:
    return enumeration([person_name(person) for person in people])


def _finding(message: str, people: list[Person], numbers: tuple[int, ...] = ()) -> Finding:
    return Finding("P7", Level.INFO, message, numbers, people=tuple(p.id for p in people))
