"""Collects what became of each line of a paper, and what was left out of the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.interpret.outcome import Became, Outcome, Sureness
from pan_desktop.documents.word.lines import Aside

if TYPE_CHECKING:
    from pan_desktop.documents.interpret.entries import Entry

NOT_UNDERSTOOD = "ligne qui n’a pas été comprise"


class Telling:
    """The outcomes of a reading, in the order in which they were found."""

    def __init__(self, asides: tuple[Aside, ...] = ()) -> None:
        """Begin with what stands beside the text."""
        self.outcomes: list[Outcome] = []
        self.left_out: list[Aside] = [*asides]

    def tell(
        self,
        entry: Entry,
        became: Became,
        what: str = "",
        *,
        sureness: Sureness = Sureness.SURE,
        note: str = "",
        person: int = -1,
    ) -> None:
        """Say what a line became, and how sure that is."""
        self.outcomes.append(
            Outcome(entry.place, entry.raw or entry.text, became, what, sureness, note, person)
        )

    def leave(self, entry: Entry, why: str) -> None:
        """Keep the words of a line that is no part of the meeting, and say so."""
        self.left_out.append(Aside(entry.place, entry.raw or entry.text, why))
        self.tell(entry, Became.LEFT_OUT, sureness=Sureness.UNSURE, note=why)
