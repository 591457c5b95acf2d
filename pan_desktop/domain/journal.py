"""The journal's own words: who changed which rows and when, and what can be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.nouns import NOUNS

if TYPE_CHECKING:
    from datetime import datetime


class How(StrEnum):
    """What was done to a row."""

    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"


class Touched(NamedTuple):
    """A row that an entry tells of. What it said is not kept, only the digest of it."""

    table: str
    id: str
    how: How
    columns: tuple[str, ...] = ()
    """Those that changed, of a row that was changed."""
    digest: str | None = None
    """Of what the row said afterwards, None when it was removed."""


@dataclass(frozen=True, slots=True)
class Journaled:
    """One entry of the journal: what someone did in one go."""

    sequence: int
    at: datetime
    until: datetime
    """When it ended; later than ``at`` where something was being typed."""
    author: str
    touched: tuple[Touched, ...]
    subjects: tuple[str, ...]
    """The meetings, people and commitments that it is about."""
    previous: str
    hash: str


class Flaw(StrEnum):
    """What can be wrong with a journal, or with the rows that it tells of."""

    MISSING = "missing"
    """An entry is gone, or stands at another place."""
    ALTERED = "altered"
    """An entry does not say what was written, or does not follow the one before."""
    ROW_CHANGED = "row_changed"
    """A row was changed beside the program."""
    ROW_ADDED = "row_added"
    """A row was added beside the program."""
    ROW_REMOVED = "row_removed"
    """A row was removed beside the program."""


_SENTENCES = {
    Flaw.MISSING: "Il manque au journal ce qui précède l’entrée {sequence}.",
    Flaw.ALTERED: "L’entrée {sequence} du journal a été modifiée après coup.",
    Flaw.ROW_CHANGED: "Une ligne des {rows} ({id}) a été modifiée sans le programme.",
    Flaw.ROW_ADDED: "Une ligne des {rows} ({id}) a été ajoutée sans le programme.",
    Flaw.ROW_REMOVED: "Une ligne des {rows} ({id}) a été supprimée sans le programme.",
}


class Problem(NamedTuple):
    """Something that was changed beside the program."""

    flaw: Flaw
    sequence: int = 0
    """The entry at which the chain breaks, or that told last of the row; 0 for none."""
    table: str = ""
    id: str = ""

    @property
    def sentence(self) -> str:
        """Return it in French, for whoever looks after the database."""
        rows = NOUNS.get(self.table, ("", self.table))[1]
        return _SENTENCES[self.flaw].format(sequence=self.sequence, rows=rows, id=self.id)
