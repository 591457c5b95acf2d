"""The list of the commitments that nobody spoke for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.model import Cell, Paragraph, Run, Table, Title
from pan_desktop.domain.calendar import meeting_moment, plain_date
from pan_desktop.domain.model import Civility
from pan_desktop.domain.typography import NBSP, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pan_desktop.documents.model import Block, Document
    from pan_desktop.documents.papers.common import Setting
    from pan_desktop.domain.model import Person
    from pan_desktop.domain.papers import Unrepresented

NAME = "Engagements non représentés"
ALL_THERE = "Tous les engagements étaient représentés à cette réunion."
_HEADS = ("Engagement", "Institution", "Point focal", "Suppléant(e)", "Dernier taux connu")
_WIDTHS = (0.28, 0.2, 0.19, 0.17, 0.16)
_NONE = "–"


def compose_unrepresented(setting: Setting, held: Sequence[Unrepresented]) -> Document:
    """Return the list, or a sentence where every commitment was represented."""
    return setting.document(NAME, _blocks(setting, held))


def _blocks(setting: Setting, held: Sequence[Unrepresented]) -> Iterable[Block]:
    meeting = setting.record.meeting
    yield Title(setting.runs(meeting.body.heading))
    yield Title((Run(NAME),), subtitle=True)
    yield setting.paragraph(meeting_moment(meeting.day, meeting.at, setting.style))
    if not held:
        yield setting.paragraph(ALL_THERE)
        return
    yield Table(
        widths=_WIDTHS,
        header=tuple(Cell((Paragraph((Run(head),)),), centred=True) for head in _HEADS),
        rows=tuple(_row(setting, one) for one in held),
        caption=NAME,
        description=(
            "Pour chaque engagement que personne ne représentait : son numéro et son titre, son "
            "institution, son point focal, sa suppléance et son dernier taux connu."
        ),
    )


def _row(setting: Setting, one: Unrepresented) -> tuple[Cell, ...]:
    title = f" – {one.commitment.title}" if one.commitment.title else ""
    rate = _NONE
    if one.rate is not None:
        since = plain_date(one.rate.since)
        rate = f"{percent(one.rate.percent, setting.style)} depuis le {since}"
    return (
        _cell(setting, f"{one.commitment.number}{title}"),
        _cell(setting, "\n".join(one.institutions)),
        _cell(setting, _people(setting, one.titulars, one)),
        _cell(setting, _people(setting, one.alternates, one)),
        _cell(setting, rate),
    )


def _people(setting: Setting, people: Sequence[Person], one: Unrepresented) -> str:
    return "\n".join(
        setting.called(person) + (_excused(person) if person.id in one.excused else "")
        for person in people
    )


def _excused(person: Person) -> str:
    agreed = "excusée" if person.civility is Civility.MADAME else "excusé"
    return f"{NBSP}({agreed})"


def _cell(setting: Setting, text: str) -> Cell:
    return Cell(tuple(setting.paragraph(line) for line in (text or _NONE).split("\n")))
