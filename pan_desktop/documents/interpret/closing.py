"""Finds where a relevé ends and its closing begins: the last sentence, the signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.interpret.entries import Entry

_CLOSED = re.compile(
    r"(?:.*l'ordre du jour (?:etant |est )?(?:ainsi )?epuise.*"
    r"|.*\b(?:la|cette) (?:seance|reunion|session)\b.{0,30}?"
    r"\b(?:levee?|close|cloturee?|terminee?|achevee?|pris fin|prend fin)\b.{0,60})"
)
_NEXT = re.compile(r"(?:date de la )?prochaine reunion ?:.{0,80}")
_SIGNED = re.compile(
    r"fait a \w.{0,60}"
    r"|(?:signature|signe|visa|cachet|redige|etabli|approuve|valide|lu et approuve)\b.{0,60}"
    r"|(?:p\. ?(?:o|i)\.? )?(?:l[ea] |l')?(?:vice-)?(?:president|secretaire|rapporteur|redacteur"
    r"|directeur|directrice|chef|coordonnateur|coordonnatrice|coordinateur|coordinatrice"
    r"|ministre|wali|gouverneur)\w*(?: (?:de|du|d'|general|generale|des)\b.{0,50})?"
)
_CIVILITY = re.compile(r"(?:m\.|mr\.?|mme\.?|mlle|monsieur|madame) [^,;:\d]{3,50}")
_APART = re.compile(r"\s{3,}|\t+|\s*\|\s*|\s*/\s*")


def closing_from(entries: Sequence[Entry]) -> int:
    """Return the index of the first entry of a relevé's closing; their number where it has none.

    Only what stands at the very end is closing, and names only below a signature's place.
    """
    begin = len(entries)
    while begin and (_closes(entries[begin - 1]) or _names(entries[begin - 1])):
        begin -= 1
    while begin < len(entries) and not _closes(entries[begin]):
        begin += 1  # a name over them belongs to a list of people
    return begin


def announces_next(entry: Entry) -> bool:
    """Tell whether a line says when the committee meets next."""
    plain = entry.table is None and not entry.marked
    return plain and _NEXT.fullmatch(" ".join(_parts(entry))) is not None


def words_of(entry: Entry) -> str:
    """Return the words of a line, or of a table that only lays out signatures."""
    if entry.table is None:
        return entry.raw or entry.text
    cells = [" ".join(cell.text.split()) for row in entry.table.rows for cell in row]
    return " | ".join(cell for cell in cells if cell)


def _parts(entry: Entry) -> list[str]:
    parts = [folded(part).strip(" .:,…_-") for part in _APART.split(words_of(entry))]
    return [part for part in parts if part]


def _closes(entry: Entry) -> bool:
    """Tell whether a line ends a meeting, or is a place to sign."""
    if entry.table is not None and sum(map(len, entry.table.rows)) > 12:
        return False
    parts = _parts(entry)
    if not parts:
        return entry.table is not None
    if announces_next(entry):
        return True
    if entry.table is None and not entry.marked and _CLOSED.fullmatch(" ".join(parts)):
        return True
    if entry.numbered or not any(map(_SIGNED.fullmatch, parts)):
        return False
    return all(_SIGNED.fullmatch(part) or _CIVILITY.fullmatch(part) for part in parts)


def _names(entry: Entry) -> bool:
    """Tell whether a line is nothing but names, as under a signature."""
    parts = [] if entry.marked or entry.table is not None else _parts(entry)
    return bool(parts) and all(_CIVILITY.fullmatch(part) for part in parts)
