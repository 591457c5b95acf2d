"""Reads tables of people: one in each row, or many side by side in the cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.interpret.entries import Entry, entries_of_line
from pan_desktop.documents.interpret.participants import leads_with_person
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.word.lines import Cell, Table

_HEADS = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "order": r"n°|no|numero|#|n° d'ordre|ordre|n",
        "civility": r"civilites?|titre|m/mme",
        "first": r"prenoms?",
        "name": (
            r"(?:les )?(?:noms?(?: complet)?|noms? ?(?:et|&|/|,) ?prenoms?"
            r"|prenoms? ?(?:et|&|/|,) ?noms?|participants?(?:\(e\)s)?|membres?(?: presents?)?"
            r"|representants?(?:\(e\)s)?|personnes?)"
        ),
        "focal": r"points? foca(?:l|ux)|titulaires?",
        "alternate": r"(?:points? foca(?:l|ux) )?suppleants?(?:\(e\))?s?",
        "quality": r"(?:qualite|fonction|role|statut)(?: ?(?:et|/|&) ?(?:qualite|fonction|role))?",
        "institution": (
            r"(?:organisme|institution|administration|departement|entite|structure|ministere"
            r"|etablissement|direction|service|organisation)s?\b.*"
        ),
        "engagement": r"(?:n° (?:de l'|d')?)?engagements?\b.*|eng\.?",
        "presence": r"presences?|presente?s?|presence ?/ ?absence",
        "aside": r"signatures?|emargements?|e-?mails?|observations?|remarques?|telephone|adresse.*",
    }.items()
}
_ASIDE = "aside"
_PRESENT = frozenset({"p", "x", "oui", "present", "presente", "present(e)", "✓", "✔", "1"})
_AWAY = {"e": "excusé", "a": "absent", "non": "absent", "abs": "absent", "exc": "excusé"}


class PersonRow(NamedTuple):
    """A row of a table of people as the line that would name one of them."""

    entry: Entry
    institution: str = ""
    unread: str = ""
    """Words of columns that a relevé does not have."""


class PeopleTable(NamedTuple):
    """A table of people under headings."""

    header: Entry
    rows: tuple[PersonRow, ...]


def people_of(table: Table) -> PeopleTable | None:
    """Return the people of a table whose first row says what its columns are, None otherwise."""
    rows = [row for row in table.rows if any(cell.lines for cell in row)]
    kinds = _columns(rows[0]) if rows else {}
    if len(kinds) < 2 or not {"name", "focal", "alternate"} & set(kinds.values()):
        return None
    found = [person for row in rows[1:] for person in _people_of_row(row, kinds, table)]
    return PeopleTable(_entry(rows[0], table), tuple(found))


def _columns(row: Sequence[Cell]) -> dict[int, str]:
    """Return what each column is by its heading, nothing where one is no heading."""
    found: dict[int, str] = {}
    for index, cell in enumerate(row):
        words = folded(" ".join(cell.text.split())).strip(" :.()*")
        if not words:
            continue
        kind = next((kind for kind, head in _HEADS.items() if head.fullmatch(words)), None)
        if kind is None:
            return {}
        found[index] = kind
    return found


def _people_of_row(row: Sequence[Cell], kinds: dict[int, str], table: Table) -> list[PersonRow]:
    said: dict[str, str] = {}
    for index, cell in enumerate(row):
        words = " ".join(cell.text.split())
        kind = kinds.get(index, _ASIDE)
        if words:
            said[kind] = f"{said[kind]}, {words}" if kind in said else words
    entry = _entry(row, table)
    lines = _lines_of(said)
    if not lines:
        return [PersonRow(entry)] if said.keys() - {"order"} else []
    institution, unread = said.get("institution", ""), said.get(_ASIDE, "")
    return [PersonRow(entry._replace(text=line), institution, unread) for line in lines]


def _lines_of(said: dict[str, str]) -> list[str]:
    """Return the line that would name each person of a row."""
    numbers = said.get("engagement", "")
    spoken = f"engagements {numbers}" if numbers[:1].isdigit() else numbers
    presence = said.get("presence", "")
    away = "" if folded(presence) in _PRESENT else _AWAY.get(folded(presence), presence)
    name = " ".join(filter(None, (said.get("civility"), said.get("name"), said.get("first"))))
    alone = "name" not in said and ("focal" in said) != ("alternate" in said)
    quality = said.get("quality", "")
    found = [(name, quality)] if "name" in said else []
    for kind, role in (("focal", "point focal"), ("alternate", "suppléant")):
        if kind in said:
            who = " ".join(filter(None, (said.get("civility") if alone else "", said[kind])))
            found.append((who, f"{role}, {quality}" if quality and kind == "alternate" else role))
            if kind == "focal" and quality:
                found[-1] = who, quality
    return [", ".join(filter(None, (who, role, spoken, away))) for who, role in found]


def _entry(row: Sequence[Cell], table: Table) -> Entry:
    place = next((line.place for cell in row for line in cell.lines), table.place)
    words = ", ".join(filter(None, (" ".join(cell.text.split()) for cell in row)))
    return Entry(place, words, mark="|", raw=words)


def person_of_row(cells: Sequence[str]) -> str:
    """Return the row of a table of people without headings as the line that would name one."""
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
    people = sum(leads_with_person(entry.text) for entry in lines)
    return lines if people > 1 and people * 2 > len(lines) else []
