"""What waits for a choice: a relevé is not issued while two texts stand in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.domain.checks.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pan_desktop.domain.checks.finding import Subject


def undecided(subject: Subject) -> Iterator[Finding]:
    """Find what two secretaries wrote at the same time and nobody has settled (X1)."""
    for each in subject.undecided:
        said = "Deux textes différents attendent un choix" if each.texts else "Un choix attend"
        message = f"{said}\u00a0: {each.where}. F8 les montre."
        if not each.texts:
            message = f"{said}\u00a0: {each.where}. F8 le montre."
        yield Finding("X1", Level.BLOCKING, message, place=each.place)
