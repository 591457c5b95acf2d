"""How well names are matched: sixty people in ten ways each, in two committees."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from pan_desktop.app.likeness import MatchKind, Shown, propose
from pan_desktop.domain.model import Civility, Person
from tests.names_corpus import OTHERS, PEOPLE, writings

LEAST_RIGHT = 0.95


class Figures(NamedTuple):
    """What came of all writings of one committee."""

    total: int
    right: int
    """The right person proposed first, or accepted."""
    accepted: int
    wrong: int
    """Someone else accepted without asking."""
    missed: Counter[str]
    """By way of writing, how many were not proposed first."""

    @property
    def kept(self) -> bool:
        """Tell whether what was promised holds."""
        return self.wrong == 0 and self.right >= LEAST_RIGHT * self.total


def measure(people: tuple[str, ...], seed: int = 1, *, told: bool = False) -> Figures:
    """Match every writing of every one of ``people``."""
    cards = [Person(name, Civility.MADAME, name) for name in people]
    said = list(writings(people, seed))
    right = accepted = wrong = 0
    missed: Counter[str] = Counter()
    for one in said:
        (match,) = propose([Shown(one.shown)], cards)
        best = match.best
        good = best is not None and best.person_id == one.who
        right += good
        accepted += match.kind is MatchKind.CERTAIN
        wrong += match.kind is MatchKind.CERTAIN and not good
        if not good:
            missed[one.way] += 1
            if told:
                print(one, match.kind, [(c.name, c.likeness, c.why) for c in match.candidates[:3]])
    return Figures(len(said), right, accepted, wrong, missed)


def lines() -> tuple[list[str], bool]:
    """Return what ``make bench`` prints, and whether all that was promised is kept."""
    found = (("un comité de 60", measure(PEOPLE)), ("un autre comité de 60", measure(OTHERS)))
    said = [
        f"Noms rapprochés, {name} : {f.right} sur {f.total} proposés en premier "
        f"({100 * f.right / f.total:.1f} %), {f.accepted} acceptés sans demander, dont {f.wrong} "
        f"à tort{'' if f.kept else '  DÉPASSÉE'}"
        for name, f in found
    ]
    return said, all(f.kept for _, f in found)
