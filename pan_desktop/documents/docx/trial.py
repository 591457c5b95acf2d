"""Tries a house template on a paper that has everything, before anybody counts on it."""

from __future__ import annotations

from datetime import UTC, datetime

from pan_desktop.documents.docx.template import TemplateFile, load
from pan_desktop.documents.docx.writer import render
from pan_desktop.documents.model import (
    Cell,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Properties,
    Run,
    Table,
    Title,
)
from pan_desktop.domain.errors import FileVerificationError, InputError
from pan_desktop.domain.typography import Typography

UNFIT = (
    "« {name} » ne peut pas servir de modèle, un relevé écrit avec lui ne se relisant pas tel "
    "quel : rien n’a été enregistré. Vérifiez dans Word que le style « Normal » n’est ni un titre "
    "ni une liste."
)


def tried(file: TemplateFile) -> tuple[str, ...]:
    """Return what the office should know of a template, in French.

    Raises InputError with one sentence when it cannot serve.
    """
    remarks = load(file).remarks
    for language in ("fr-FR", "ar-MA"):
        try:
            render(_paper(language), file.name, template=file)
        except FileVerificationError as error:
            raise InputError(UNFIT.format(name=file.name)) from error
    return remarks


def _paper(language: str) -> Document:
    words = (Run("Un", bold=True), Run(" deux"), Run("er", superscript=True))
    items = tuple(ListItem(level, words, numbered=level == 1) for level in (0, 1, 2, 0))
    cell = Cell((Paragraph(words), ItemList(items), ItemList(items, ordered=True)))
    head = Cell((Paragraph(words),), centred=True)
    return Document(
        Properties("Essai", "Essai", "Essai", datetime(2020, 1, 1, tzinfo=UTC), language),
        Typography.FIDELE,
        (
            Title(words),
            Title(words, subtitle=True),
            *(Heading(level, words) for level in range(1, 4)),
            Paragraph(words),
            ItemList(items),
            ItemList(items, ordered=True),
            Table((0.5, 0.5), (head, head), ((cell, cell),), "Essai", "Essai"),
        ),
    )
