"""Meetings to check: one that is in order, and ways to put something wrong into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

from pan_desktop.domain.checks.every import findings
from pan_desktop.domain.checks.finding import Subject
from pan_desktop.domain.model import (
    ActionPlan,
    AgendaItem,
    Attendance,
    Body,
    Civility,
    Commitment,
    Conclusion,
    ConclusionKind,
    ItemKind,
    LastKnown,
    Mandate,
    Meeting,
    MeetingRecord,
    Person,
    Presence,
    ProgressReport,
    Role,
    Situation,
)
from pan_desktop.domain.wording import Sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pan_desktop.domain.checks.finding import Finding

DAY = date(2025, 10, 16)
EARLIER = date(2025, 6, 12)
STARTS, ENDS = date(2024, 1, 1), date(2027, 12, 31)
FIRST_NAMES = ("Amal", "Brahim", "Chaïmae", "Driss", "Esra", "Fadwa", "Ghali", "Hind", "Idriss")
LAST_NAMES = ("ZIRAOUI", "El Ghorfi", "TAZBELKO", "Oumari", "VERNAY", "Kilwan", "DUPLOX")
GOOD_POINTS = (
    "La séance est présidée par Mme Amal ZIRAOUI.",
    "Secrétariat : M. Brahim OUMARI.",
    "La prochaine réunion est fixée au 15/01/2026.",
)


def person(number: int) -> Person:
    """Return someone whose name is like no other's."""
    first = FIRST_NAMES[number % len(FIRST_NAMES)] + "abcdefghij"[number // len(FIRST_NAMES)] * 2
    name = f"{first} {LAST_NAMES[number % len(LAST_NAMES)]}"
    civility = Civility.MADAME if number % 2 else Civility.MONSIEUR
    return Person(f"p{number}", civility, name, institution="Archives du pays")


def commitment(number: int) -> Commitment:
    return Commitment(f"c{number}", number)


def report(
    number: int,
    percent: int | None = 50,
    details: str = "La charte est en relecture.",
    situation: Situation = Situation.REPORTED,
) -> ProgressReport:
    return ProgressReport(f"r{number}", commitment(number), percent, details, situation)


def came(
    number: int,
    *numbers: int,
    role: Role = Role.FOCAL_POINT,
    presence: Presence = Presence.PRESENT,
) -> Attendance:
    """Return the attendance of person ``number`` for some commitments."""
    return Attendance(f"a{number}", person(number), presence, tuple((role, n) for n in numbers))


def mandate(number: int, *numbers: int, role: Role = Role.FOCAL_POINT) -> Mandate:
    return Mandate(f"m{number}", person(number), "plan", role, numbers, STARTS)


def item(
    number: int,
    title: str,
    *points: str,
    kind: ConclusionKind = ConclusionKind.INFORMATION,
    **own: Any,
) -> AgendaItem:
    outline = tuple(
        Conclusion(f"i{number}.{n}", None, float(n), 0, text, kind) for n, text in enumerate(points)
    )
    return AgendaItem(f"i{number}", float(number), title, conclusions=outline, **own)


PROGRESS = AgendaItem(
    "i1", 1.0, "État d'avancement des engagements 2024-2027", kind=ItemKind.PROGRESS
)


def subject(
    reports: Iterable[ProgressReport],
    people: Iterable[Attendance],
    *items: AgendaItem,
    mandates: Iterable[Mandate] = (),
    last: dict[int, int] | None = None,
    holidays: dict[date, str] | None = None,
    **meeting: Any,
) -> Subject:
    """Return a meeting of 16 October 2025 whose agenda tells all that T5 asks for."""
    reports = tuple(reports)
    plan = ActionPlan(
        "plan", "2024-2027", STARTS, ENDS, commitments=tuple(r.commitment for r in reports)
    )
    body = Body("b", "Comité de suivi", "RÉUNION DU COMITÉ DE SUIVI")
    held = Meeting("m", body, "plan", DAY, time(9), "Salle des conférences")
    return Subject(
        MeetingRecord(
            replace(held, **meeting),
            plan,
            (PROGRESS, item(2, "Organisation", *GOOD_POINTS), *items),
            tuple(people),
            reports,
        ),
        Sentences(),
        tuple(mandates),
        {
            f"c{n}": LastKnown(percent, "Ancien texte.", EARLIER)
            for n, percent in (last or {}).items()
        },
        holidays or {},
    )


def found(checked: Subject, *ids: str) -> list[Finding]:
    """Return the findings of some checks, of all when none is named."""
    return [finding for finding in findings(checked) if not ids or finding.id in ids]


def numbers(checked: Subject, check: str) -> list[tuple[int, ...]]:
    """Return the commitments of each finding of one check."""
    return [finding.commitments for finding in found(checked, check)]


def with_details(text: str, percent: int | None = 50, **options: Any) -> Subject:
    """Return a meeting of one commitment with these details, its focal point there."""
    return subject([report(1, percent, text)], [came(1, 1)], **options)


def with_point(text: str, **options: Any) -> Subject:
    """Return a meeting in order but for one more point."""
    kind = options.pop("kind", ConclusionKind.INFORMATION)
    return subject(
        [report(1)], [came(1, 1)], item(3, "Portail de suivi", text, kind=kind), **options
    )
