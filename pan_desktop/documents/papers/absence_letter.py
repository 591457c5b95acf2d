"""The letter to an institution whose commitments nobody spoke for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pan_desktop.documents.model import Paragraph, Run
from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.papers import filled, salutation
from pan_desktop.domain.typography import NBSP, enumeration, percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pan_desktop.documents.model import Block, Document
    from pan_desktop.documents.papers.common import Setting
    from pan_desktop.domain.papers import AbsenceLetter, PaperWords, Unrepresented

NAME = "Lettre"


def compose_letter(setting: Setting, words: PaperWords, letter: AbsenceLetter) -> Document:
    """Return one letter, dated the day it is written, with the day an answer is asked for."""
    return setting.document(f"{NAME} à {letter.name}", _blocks(setting, words, letter))


def _blocks(setting: Setting, words: PaperWords, letter: AbsenceLetter) -> Iterable[Block]:
    today = setting.written.date()
    several = len(letter.held) > 1
    values = setting.values(salutation(letter.people)) | {
        "de_l_engagement": "des engagements" if several else "de l'engagement",
        "delai": plain_date(today + timedelta(days=words.days)),
    }
    yield setting.paragraph(f"{setting.record.meeting.body.name}\nSecrétariat")
    yield setting.paragraph(f"Le {plain_date(today)}", half=True)
    yield setting.paragraph(_addressee(setting, letter), half=True, apart=True)
    about = enumeration([str(one.commitment.number) for one in letter.held])
    noun = "engagements" if several else "engagement"
    yield setting.labelled(
        "Objet",
        f"{noun} {about} du plan d'action national {setting.record.plan.label} – réunion du "
        f"{setting.moment}",
    )
    first, *others = setting.body(
        words.absence, values, [_line(setting, one) for one in letter.held]
    )
    yield replace(first, apart=True) if isinstance(first, Paragraph) else first
    yield from others
    yield setting.paragraph(filled(words.absence_closing, values))
    yield Paragraph((Run(setting.signature, bold=True),), half=True, apart=True)


def _addressee(setting: Setting, letter: AbsenceLetter) -> str:
    """Return who the letter goes to: the institution, through its focal points."""
    people = [setting.called(person) for person in letter.people]
    if not letter.institution:
        return "\n".join(people)
    if not people:
        return letter.institution
    return f"{letter.institution}\nÀ l'attention de {enumeration(people)}"


def _line(setting: Setting, one: Unrepresented) -> str:
    title = f"{NBSP}: {one.commitment.title}" if one.commitment.title else ""
    said = f"Engagement{NBSP}{one.commitment.number}{title}"
    if one.rate is None:
        return f"{said} (aucun taux connu)"
    rate = percent(one.rate.percent, setting.style)
    return f"{said} (dernier taux connu{NBSP}: {rate}, depuis le {plain_date(one.rate.since)})"
