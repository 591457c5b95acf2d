"""The sheet that participants sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.model import Cell, Paragraph, Run, Table, Title
from pan_desktop.documents.papers.common import numbers, qualities
from pan_desktop.domain.calendar import meeting_moment
from pan_desktop.domain.papers import GUEST_ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.model import Document
    from pan_desktop.documents.papers.common import Setting
    from pan_desktop.domain.papers import Expected

NAME = "Feuille de présence"
_HEADS = ("Nom", "Organisme", "Engagements", "Qualité", "Émargement")
_WIDTHS = (0.25, 0.22, 0.17, 0.15, 0.21)
_ROW_HEIGHT = 34
"""In points: a signature needs 12 mm."""


def compose_sheet(setting: Setting, expected: Sequence[Expected]) -> Document:
    """Return the sheet: those expected in their order, then rows for whoever else comes."""
    meeting = setting.record.meeting
    said = meeting_moment(meeting.day, meeting.at, setting.style)
    place = " ".join(meeting.place.split())
    rows = [_row(setting, one) for one in expected]
    rows += [tuple(_cell("") for _ in _HEADS)] * GUEST_ROWS
    table = Table(
        widths=_WIDTHS,
        header=tuple(_cell(head, centred=True) for head in _HEADS),
        rows=tuple(rows),
        caption=NAME,
        description=(
            "Pour chaque personne attendue : son nom, son organisme, les engagements dont elle "
            "répond, sa qualité et la place de sa signature ; puis des lignes pour les invités."
        ),
        row_height=_ROW_HEIGHT,
    )
    blocks = (
        Title(setting.runs(meeting.body.heading)),
        Title((Run(NAME),), subtitle=True),
        setting.paragraph(f"{said}, {place}" if place else said),
        table,
    )
    return setting.document(NAME, blocks)


def _row(setting: Setting, one: Expected) -> tuple[Cell, ...]:
    said = qualities(one.person, one.speaks_for)
    return (
        Cell((setting.paragraph(setting.called(one.person)),)),
        Cell((setting.paragraph(one.institution),)),
        _cell(numbers(one.speaks_for), centred=True),
        _cell(f"{said[:1].upper()}{said[1:]}"),
        _cell(""),
    )


def _cell(text: str, *, centred: bool = False) -> Cell:
    return Cell((Paragraph((Run(text),)),), centred)
