"""What the lists of people say: quality, commitments, dates; and which person a search means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Civility, Role
from pan_desktop.domain.typography import enumeration

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pan_desktop.app.people import PersonCard
    from pan_desktop.domain.model import Mandate, Person


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list, with the mandates that the list shows."""

    card: PersonCard
    mandates: tuple[Mandate, ...]

    @property
    def id(self) -> str:
        """Return the person's identifier."""
        return self.card.person.id

    @property
    def person(self) -> Person:
        """Return the person."""
        return self.card.person


def shown_mandates(
    mandates: Sequence[Mandate], plan_id: str | None, today: date
) -> tuple[Mandate, ...]:
    """Return the mandates that say what a person is now: those in force, else the last ones.

    Only those of one plan where ``plan_id`` names it.
    """
    held = [m for m in mandates if plan_id is None or m.plan_id == plan_id]
    in_force = tuple(m for m in held if m.covers(today))
    if in_force or not held:
        return in_force
    latest = max(held, key=lambda m: (m.valid_from, m.valid_to or m.valid_from))
    return tuple(
        m for m in held if (m.valid_from, m.valid_to) == (latest.valid_from, latest.valid_to)
    )


def civility_words(civility: Civility) -> str:
    """Return "M." or "Mme"."""
    return "M." if civility is Civility.MONSIEUR else "Mme"


def role_words(role: Role, civility: Civility) -> str:
    """Return a quality, agreeing with the person."""
    if role is Role.FOCAL_POINT:
        return QCoreApplication.translate("People", "Point focal")
    if civility is Civility.MADAME:
        return QCoreApplication.translate("People", "Suppléante")
    return QCoreApplication.translate("People", "Suppléant")


def roles_of(row: PersonRow) -> str:
    """Return what a person is, both where she is both."""
    held = {m.role for m in row.mandates}
    words = [role_words(role, row.person.civility) for role in Role if role in held]
    return " et ".join(words[:1] + [word.lower() for word in words[1:]])


def numbers_of(mandates: Sequence[Mandate]) -> str:
    """Return the commitments held: "1, 2 et 8", those of an alternate told apart."""
    titular = _numbers(mandates, Role.FOCAL_POINT)
    alternate = _numbers(mandates, Role.ALTERNATE)
    if titular and alternate:
        word = QCoreApplication.translate("People", "suppl.")
        return f"{titular} ({word} {alternate})"
    return titular or alternate


def since(mandates: Sequence[Mandate]) -> str:
    """Return the first day of the mandates."""
    return short_date(min(m.valid_from for m in mandates)) if mandates else ""


def until(mandates: Sequence[Mandate]) -> str:
    """Return the last day of the mandates, or that they last."""
    ends = [m.valid_to for m in mandates if m.valid_to is not None]
    if not mandates:
        return ""
    if len(ends) < len(mandates):
        return QCoreApplication.translate("People", "en cours")
    return short_date(max(ends))


def family_name_first(name: str) -> tuple[str, str]:
    """Return what a name is sorted by: the words in capitals, or the last one; then all."""
    words = name.split()
    family = [word for word in words if len(word) > 1 and word.isupper()] or words[-1:]
    return folded(" ".join(family)), folded(name)


def matches(row: PersonRow, typed: str) -> bool:
    """Tell whether each word typed is in the name or institution, or is a commitment's number."""
    text = folded(f"{row.person.name} {row.person.institution}")
    numbers = {str(number) for mandate in row.mandates for number in mandate.commitments}
    return all(
        word in numbers if word.isdecimal() else word in text for word in folded(typed).split()
    )


def _numbers(mandates: Sequence[Mandate], role: Role) -> str:
    found = {number for m in mandates if m.role is role for number in m.commitments}
    return enumeration([str(number) for number in sorted(found)])
