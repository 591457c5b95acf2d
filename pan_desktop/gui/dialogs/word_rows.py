"""A relevé that is to come in, as its lists show it: its lines, its people, what stays out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pan_desktop.domain.model import Civility
from pan_desktop.gui.progress_words import percent_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pan_desktop.app.word_import import Candidate, LineOutcome, Named, Reading


def _tr(words: str) -> str:
    return QCoreApplication.translate("WordRows", words)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the file and what it becomes."""

    number: int
    outcome: LineOutcome

    @property
    def id(self) -> str:
        """Return what tells the line from others."""
        return str(self.number)

    @property
    def text(self) -> str:
        """Return the line as it stands in the file."""
        return " ".join(self.outcome.text.split())

    @property
    def became(self) -> str:
        """Return what it becomes."""
        what = f"\u00a0: {self.outcome.what}" if self.outcome.what else ""
        return f"{self.outcome.became.value}{what}"

    @property
    def sureness(self) -> str:
        """Return how sure that is, in words."""
        words = (_tr("à vérifier"), _tr("probable"), _tr("sûr"))
        return words[self.outcome.sureness]

    @property
    def doubtful(self) -> bool:
        """Tell whether somebody should look at it."""
        return self.outcome.doubtful


@dataclass(frozen=True, slots=True)
class OutRow:
    """Words of the file that are no part of the minutes, and why."""

    number: int
    place: int
    text: str
    why: str

    @property
    def id(self) -> str:
        """Return what tells it from others."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Someone the file names, and the card she is given: one that is known, or a new one."""

    number: int
    named: Named
    card: Candidate | None
    settled: bool
    """Whether it is certain, or somebody chose."""
    civility: Civility | None

    @property
    def id(self) -> str:
        """Return what tells her from others."""
        return str(self.number)

    @property
    def sign(self) -> str:
        """Return whether it is settled, in one sign."""
        return "✓" if self.settled else "?"

    @property
    def who(self) -> str:
        """Return the card in words."""
        if self.card is not None:
            return self.card.person.name
        if self.civility is None:
            return _tr("Nouvelle fiche (M. ou Mme\u202f?)")
        mine = _tr("Nouvelle fiche (Mme)")
        return mine if self.civility is Civility.MADAME else _tr("Nouvelle fiche (M.)")

    @property
    def why(self) -> str:
        """Return why it is that card, or who else she may be."""
        if self.card is not None:
            return f"{self.card.why}, {percent_words(self.card.likeness)}"
        if self.named.candidates:
            first = self.named.candidates[0]
            return _tr("peut-être {} ({})").format(first.person.name, percent_words(first.likeness))
        return _tr("inconnue jusqu’ici") if _feminine(self) else _tr("inconnu jusqu’ici")

    @property
    def offered(self) -> tuple[Candidate, ...]:
        """Return the cards that have a key, from 1."""
        return self.named.candidates[:_OFFERED]

    @property
    def choices(self) -> str:
        """Return the cards to choose from, each with its key."""
        return " · ".join(
            f"{number} {c.person.name} ({percent_words(c.likeness)})"
            for number, c in enumerate(self.offered, 1)
        )


_OFFERED = 5
"""So many cards are offered by a key."""


def _feminine(row: PersonRow) -> bool:
    return row.civility is Civility.MADAME


def line_rows(reading: Reading) -> list[LineRow]:
    """Return the lines of a file in its order."""
    return [LineRow(number, outcome) for number, outcome in enumerate(reading.outcomes)]


def out_rows(reading: Reading) -> list[OutRow]:
    """Return what stays out of the minutes, in the file's order."""
    asides = sorted(reading.left_out, key=lambda aside: aside.place)
    return [
        OutRow(number, aside.place, " ".join(aside.text.split()), str(aside.why))
        for number, aside in enumerate(asides)
    ]


def person_rows(people: Iterable[Named]) -> list[PersonRow]:
    """Return the people named, those whose card is certain being settled."""
    return [
        PersonRow(
            number,
            named,
            named.candidates[0] if named.certain else None,
            settled=named.certain or (not named.candidates and named.who.civility is not None),
            civility=named.who.civility,
        )
        for number, named in enumerate(people)
    ]
