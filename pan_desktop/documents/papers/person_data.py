"""The paper that tells a person what the office holds about her."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.compose import typed_runs
from pan_desktop.documents.model import (
    Cell,
    Document,
    Heading,
    Paragraph,
    Properties,
    Run,
    Table,
    Title,
)
from pan_desktop.domain.calendar import moment_in_words
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from pan_desktop.documents.model import Block
    from pan_desktop.domain.person_data import DataSection, PersonData

NAME = "Données conservées"
NOTHING = "Rien n’est conservé."
_STYLE = Typography.SOIGNE


def compose_person_data(data: PersonData) -> Document:
    """Return what is held about a person, a section for each kind of thing."""
    blocks: list[Block] = [
        Title((Run(NAME),)),
        Title((Run(data.name),), subtitle=True),
        _paragraph(
            f"Ce document donne tout ce que le secrétariat du comité conserve au sujet de "
            f"{data.name} dans PAN Desktop, le {moment_in_words(data.at)}."
        ),
    ]
    for section in data.sections:
        blocks.append(Heading(1, (Run(section.title),)))
        if section.note:
            blocks.append(_paragraph(section.note))
        blocks.append(_table(section) if section.rows else _paragraph(NOTHING))
    said = f"{NAME}, {data.name}"
    properties = Properties(said, said, "", data.at)
    return Document(properties, _STYLE, tuple(blocks))


def _table(section: DataSection) -> Table:
    share = 1 / len(section.headings)
    return Table(
        widths=tuple(share for _ in section.headings),
        header=tuple(_cell(heading) for heading in section.headings),
        rows=tuple(tuple(_cell(text) for text in row) for row in section.rows),
        caption=section.title,
        description=f"{section.title}\u00a0: {', '.join(section.headings)}.",
    )


def _cell(text: str) -> Cell:
    return Cell((_paragraph(text),))


def _paragraph(text: str) -> Paragraph:
    return Paragraph(typed_runs(text, "", _STYLE))
