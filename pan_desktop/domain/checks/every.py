"""Runs all checks of a relevé."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pan_desktop.domain.checks import (
    agenda,
    carried,
    choices,
    deadlines,
    names,
    presence,
    rates,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pan_desktop.domain.checks.finding import Finding, Subject

CHECKS: tuple[Callable[[Subject], Iterable[Finding]], ...] = (
    rates.overall,
    rates.partition,
    presence.contradictions,
    presence.unlisted,
    presence.alternates,
    carried.carried_over,
    carried.unmoved,
    names.doubles,
    deadlines.deadlines,
    deadlines.impossible,
    agenda.headings,
    texts.writing,
    texts.spelling,
    agenda.follow_ups,
    agenda.untold,
    choices.undecided,
)
"""In the order of the table (domain facts, 0.6)."""


def findings(subject: Subject) -> tuple[Finding, ...]:
    """Return all that the checks find, in the order of the table.

    The time grows with the length of the relevé's texts and lists, no faster.
    """
    return tuple(_in_one_line(finding) for check in CHECKS for finding in check(subject))


def _in_one_line(finding: Finding) -> Finding:
    """Keep a line break that was quoted from a text from breaking the message."""
    if "\n" not in finding.message and "\r" not in finding.message:
        return finding
    return replace(finding, message=" ".join(finding.message.splitlines()))
