"""What became of each line of a paper that was read, and how sure the reading is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import Enum, IntEnum, StrEnum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pan_desktop.documents.minutes import Minutes
    from pan_desktop.documents.word.lines import Aside

UNKNOWN_DAY, UNKNOWN_HOUR = date(1, 1, 1), time(0)
"""What minutes have where the paper does not say when; ``Reading.missing`` tells."""


class Became(StrEnum):
    """What a line is in the minutes, in French."""

    TITLE = "Titre du relevé"
    LABEL = "Libellé"
    DATE = "Date et heure"
    PLACE = "Lieu"
    PERSON = "Participant"
    AWAY = "Absent ou excusé"
    AGENDA = "Ordre du jour"
    HEADING = "Titre de partie"
    POINT = "Point"
    OVERALL = "Avancement global"
    COMPLETED = "Engagements complétés"
    RATE = "État d’avancement"
    LEFT_OUT = "Laissé de côté"


class Sureness(IntEnum):
    """How sure a reading is."""

    UNSURE = 0
    LIKELY = 1
    SURE = 2


class Need(Enum):
    """What a relevé must say and this one does not, or not where it was looked for."""

    DAY = auto()
    HOUR = auto()
    PLAN = auto()
    BODY = auto()


class Outcome(NamedTuple):
    """A line of the paper and what it became."""

    place: int
    text: str
    became: Became
    what: str = ""
    """What it says there: a name, "niveau 2", "engagement 7"."""
    sureness: Sureness = Sureness.SURE
    note: str = ""
    """What is to be looked at, in French; "" for nothing."""
    person: int = -1
    """Which of the minutes' attendees it is about, -1 for none."""

    @property
    def doubtful(self) -> bool:
        """Tell whether somebody should look at it."""
        unsure = bool(self.note) or self.sureness is Sureness.UNSURE
        return unsure and self.became is not Became.LEFT_OUT


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper as it was understood: what it says, line by line, and what no line says."""

    minutes: Minutes
    outcomes: tuple[Outcome, ...]
    left_out: tuple[Aside, ...]
    missing: frozenset[Need] = frozenset()
    carried: bool = False
    """Whether the file is one of ours, unchanged: its data came with it, to the letter."""

    @property
    def doubts(self) -> tuple[Outcome, ...]:
        """Return the lines that somebody should look at; those left out are told apart."""
        return tuple(outcome for outcome in self.outcomes if outcome.doubtful)
