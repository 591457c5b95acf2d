"""Reads tables of people: one in each row, or many side by side in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.interpret.entries import Entry, entries_of_line
from pan_desktop.documents.interpret.participants import begins_with_civility
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.word.lines import Cell

_HEADS = frozenset({
    "nom", "prenom", "noms", "nom et prenom", "prenom et nom", "nom complet", "participant",
    "participants", "qualite", "fonction", "organisme", "institution", "administration",
    "engagement", "engagements", "civilite", "departement", "entite", "role", "signature",
    "emargement", "n°", "no", "numero", "e-mail", "presence", "noms et prenoms", "prenoms",
    "prenoms et noms", "nom & prenom", "nom/prenom", "nom / prenom", "email", "observations",
    "organisme represente", "institution representee", "engagement(s)", "structure", "titre",
    "engagements suivis", "point focal", "representant", "representants", "membre", "membres",
})  # fmt: skip


def is_people_header(cells: Sequence[str]) -> bool:
    """Tell whether the row of a table of people is its headings."""
    words = [folded(cell).strip(" :.()") for cell in cells if cell]
    return bool(words) and all(word in _HEADS for word in words)


def person_of_row(cells: Sequence[str]) -> str:
    """Return the row of a table of people as the line that would name them."""
    filled = [cell for cell in cells if cell]
    if filled and filled[0].rstrip(".").isdecimal() and len(filled) > 1:
        filled = filled[1:]  # their number in the list
    if len(filled) > 1 and folded(filled[0]).rstrip(".") in {"m", "mr", "mme", "mlle"}:
        filled = [f"{filled[0]} {filled[1]}", *filled[2:]]
    words = [
        f"engagements {cell}" if cell[:1].isdigit() and place else cell
        for place, cell in enumerate(filled)
    ]
    return ", ".join(words)


def side_by_side(row: Sequence[Cell]) -> list[Entry]:
    """Return the lines of a row whose cells list people, none where the row is about one."""
    lines = [entry for cell in row for line in cell.lines for entry in entries_of_line(line)]
    people = sum(begins_with_civility(entry.text) for entry in lines)
    return lines if people > 1 and people * 2 > len(lines) else []
