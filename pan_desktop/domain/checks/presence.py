"""P1 to P4: who came, against what the details say and who is listed away.

A guest speaks for nobody: only a focal point or an alternate contradicts "n'a pas assisté" (P1).
Whoever spoke for a commitment, a guest too, is enough for P2 and P3 to be silent.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pan_desktop.domain.checks.absence import (
    is_nothing_moved_only,
    says_absent,
    text_says_absent,
)
from pan_desktop.domain.checks.finding import (
    Field,
    Finding,
    Level,
    Place,
    Reassignment,
    Repair,
    about,
    engagements,
    person_name,
    shortened,
)
from pan_desktop.domain.model import Civility, Presence, Role
from pan_desktop.domain.typography import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pan_desktop.domain.checks.finding import Subject
    from pan_desktop.domain.model import Attendance, Person, ProgressReport


def contradictions(subject: Subject) -> Iterator[Finding]:
    """P1 and P2, together: where both are found side by side they have one likely cause.

    The texts of two rows were swapped, or the number of the commitment was mistaken in the list
    of participants. That is told as a hint in both, and never corrected. Rows are paired when
    they stand next to each other among the commitments, or when there is one of each only.
    """
    speakers = _speakers(subject)
    first = {f.commitments[0]: f for f in _present_but_said_absent(subject, speakers)}
    second = {f.commitments[0]: f for f in _absent_but_not_said(subject)}
    order = [r.commitment.number for r in subject.record.scope]
    after = dict(pairwise(order))
    before = {b: a for a, b in after.items()}
    for here in tuple(first):
        there = [n for n in (before.get(here), after.get(here)) if n in second]
        if not there and len(first) == len(second) == 1:
            there = list(second)
        if len(there) == 1 and there[0] is not None:
            hint = _likely_cause(here, there[0], speakers[here])
            other = _mistaken(here, there[0], speakers[here])
            first[here] = replace(first[here], hint=hint, reassignment=other)
            second[there[0]] = replace(second[there[0]], hint=hint, repairs=(), reassignment=other)
    yield from first.values()
    yield from second.values()


def _speakers(subject: Subject) -> dict[int, list[Attendance]]:
    """Return, by commitment, the focal points and alternates who came for it."""
    found: defaultdict[int, list[Attendance]] = defaultdict(list)
    for attendance in subject.record.present:
        for role, number in attendance.represented:
            if role is not Role.GUEST and attendance not in found[number]:
                found[number].append(attendance)
    return found


def _present_but_said_absent(
    subject: Subject, speakers: dict[int, list[Attendance]]
) -> Iterator[Finding]:
    for report in subject.open_reports:
        number = report.commitment.number
        there = speakers.get(number)
        if not there or not says_absent(report, subject.sentences):
            continue
        names = enumeration([person_name(a.person) for a in there])
        said = f" (« {shortened(report.details)} »)" if report.details.strip() else ""
        is_there = "est noté présent" if len(there) == 1 else "sont notés présents"
        if all(a.person.civility is Civility.MADAME for a in there):
            is_there = is_there.replace("noté présent", "notée présente").replace(
                "notés présents", "notées présentes"
            )
        yield Finding(
            "P1",
            Level.BLOCKING,
            f"{about([number])} : {names} {is_there} pour cet engagement, mais ses détails disent "
            f"que le point focal n’a pas assisté à la réunion{said}. Vérifiez la liste des "
            "participants et le texte.",
            (number,),
            people=tuple(a.person.id for a in there),
            place=Place(Field.DETAILS, report.id),
        )


def _absent_but_not_said(subject: Subject) -> Iterator[Finding]:
    """P2 looks at the rows of the printed table; one without a rate is G2's."""
    represented = subject.record.represented
    for report in subject.record.under_way:
        number = report.commitment.number
        if number in represented or text_says_absent(report.details, subject.sentences):
            continue
        said = f" (« {shortened(report.details)} »)" if report.details.strip() else ""
        yield Finding(
            "P2",
            Level.BLOCKING,
            f"{about([number])} : aucun participant n’est noté pour cet engagement, mais ses "
            f"détails ne disent pas que le point focal était absent{said}. Vérifiez la liste des "
            f"participants, ou écrivez l’absence et de quand date le taux de {report.percent} %.",
            (number,),
            place=Place(Field.DETAILS, report.id),
            repairs=_absent_sentence(subject, report),
        )


def _absent_sentence(subject: Subject, report: ProgressReport) -> tuple[Repair, ...]:
    """Offer the office's sentence where it would replace no one's words."""
    text = report.details
    if text.strip() and not is_nothing_moved_only(text, subject.sentences):
        return ()
    place = Place(Field.DETAILS, report.id)
    return (Repair(place, 0, text, subject.sentences.focal_point_absent),)


def _mistaken(said_absent: int, not_said: int, there: Sequence[Attendance]) -> Reassignment | None:
    """Return the number that may have been mistaken in the list of participants."""
    if len(there) != 1:
        return None
    person = there[0].person
    return Reassignment(person.id, person_name(person), said_absent, not_said)


def _likely_cause(said_absent: int, not_said: int, there: Sequence[Attendance]) -> str:
    swapped = (
        f"Cause probable : les détails des engagements {said_absent} et {not_said} ont été "
        "intervertis"
    )
    if len(there) != 1:
        return f"{swapped}."
    person = there[0].person
    own = {n for role, n in there[0].represented if role is not Role.GUEST}
    meant = own - {said_absent} | {not_said}
    return (
        f"{swapped}, ou {person_name(person)} est venu{_e(person)} pour {_the(meant)} et non pour "
        f"{_the(own)}."
    )


def unlisted(subject: Subject) -> Iterator[Finding]:
    """P3: report commitments without anyone present whose absent or excused nobody is listed.

    A completed commitment counts too. Those of one known focal point are one finding, as she is
    the one to be listed; all those of whom no focal point is known are one more.
    """
    record = subject.record
    away: set[int] = set()
    listed: set[str] = set()
    for attendance in record.attendances:
        if attendance.presence is not Presence.PRESENT:
            away.update(number for _, number in attendance.represented)
            listed.add(attendance.person.id)
    titulars = _titulars(subject)
    missing: defaultdict[str, list[int]] = defaultdict(list)
    people: dict[str, Person] = {}
    for report in record.scope:
        number = report.commitment.number
        known = titulars.get(number, [])
        if number in record.represented or number in away or any(p.id in listed for p in known):
            continue
        first = known[0] if known else None
        missing[first.id if first else ""].append(number)
        if first:
            people[first.id] = first
    for person_id, numbers in missing.items():
        yield _unlisted(tuple(numbers), people.get(person_id))


def _unlisted(numbers: tuple[int, ...], person: Person | None) -> Finding:
    if person is None:
        who = (
            "et personne n’est noté absent ou excusé. Aucun point focal n’est connu à cette date : "
            "ajoutez-le, avec son institution, pour savoir qui relancer."
        )
    else:
        who = (
            f"et {person_name(person)}, point focal, n’est noté{_e(person)} ni absent{_e(person)} "
            f"ni excusé{_e(person)}. Notez ce qu’il en est."
        )
    them = "le" if len(numbers) == 1 else "les"
    return Finding(
        "P3",
        Level.WARNING,
        f"{about(numbers)} : personne ne {them} représente, {who}",
        numbers,
        people=(person.id,) if person else (),
    )


def alternates(subject: Subject) -> Iterator[Finding]:
    """P4: report an alternate's commitments whose titular is not named, or not said to be away."""
    record = subject.record
    titulars = _titulars(subject)
    settled = {
        number
        for attendance in record.attendances
        for role, number in attendance.represented
        if role is Role.FOCAL_POINT
    }
    recorded = {attendance.person.id for attendance in record.attendances}
    for attendance in record.present:
        unknown: list[int] = []
        silent: defaultdict[str, list[int]] = defaultdict(list)
        for number in sorted({n for role, n in attendance.represented if role is Role.ALTERNATE}):
            known = titulars.get(number, [])
            if number in settled or any(person.id in recorded for person in known):
                continue
            if known:
                silent[known[0].id].append(number)
            else:
                unknown.append(number)
        if unknown:
            yield _alternate(attendance.person, tuple(unknown), None)
        for numbers in silent.values():
            yield _alternate(attendance.person, tuple(numbers), titulars[numbers[0]][0])


def _alternate(alternate: Person, numbers: tuple[int, ...], titular: Person | None) -> Finding:
    opening = (
        f"{about(numbers)} : {person_name(alternate)} est venu{_e(alternate)} comme "
        f"suppléant{_e(alternate)}"
    )
    if titular is None:
        message = (
            f"{opening}, mais le point focal titulaire n’est pas connu. Indiquez son nom et s’il "
            "est excusé."
        )
    else:
        message = (
            f"{opening}, mais il n’est pas dit si {person_name(titular)}, point focal titulaire, "
            f"est excusé{_e(titular)}. Notez ce qu’il en est."
        )
    people = (alternate.id, titular.id) if titular else (alternate.id,)
    return Finding("P4", Level.INFO, message, numbers, people=people)


def _titulars(subject: Subject) -> dict[int, list[Person]]:
    """Return the focal points in charge that day, by commitment."""
    found: defaultdict[int, list[Person]] = defaultdict(list)
    for mandate in subject.in_force:
        if mandate.role is Role.FOCAL_POINT:
            for number in mandate.commitments:
                found[number].append(mandate.person)
    return found


def _e(person: Person) -> str:
    return "e" if person.civility is Civility.MADAME else ""


def _the(numbers: set[int]) -> str:
    return f"l’{engagements(numbers)}" if len(numbers) == 1 else f"les {engagements(numbers)}"
