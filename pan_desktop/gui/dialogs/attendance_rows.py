"""Who was in the call, as the list shows it: what the reports say and what was decided of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pan_desktop.app.attending import Decision, Settled
from pan_desktop.app.likeness import MatchKind
from pan_desktop.domain.model import Presence
from pan_desktop.gui.progress_words import percent_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pan_desktop.app.attendance import Caller, Preview
    from pan_desktop.app.likeness import Candidate
    from pan_desktop.domain.model import Person


def _tr(words: str) -> str:
    return QCoreApplication.translate("AttendanceRows", words)


def _standing(presence: Presence | None) -> str:
    """Return how someone is noted who was not simply there."""
    return {
        Presence.EXCUSED: _tr("excusé(e)"),
        Presence.ABSENT: _tr("absent(e)"),
        Presence.REPRESENTED: _tr("représenté(e)"),
    }.get(presence or Presence.PRESENT, "")


@dataclass(frozen=True, slots=True)
class CallRow:
    """One person of the call in the list; ``decision`` is None while nobody has decided."""

    caller: Caller
    decision: Decision | None
    person: Person | None
    """Who was decided upon, where she is known."""
    noted: Presence | None = None
    """How she is noted at the meeting by now."""

    @property
    def id(self) -> str:
        """Return what tells the row from others."""
        return self.caller.id

    @property
    def settled(self) -> bool:
        """Tell whether it is decided what becomes of her."""
        return self.decision is not None

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return who may be meant, the likeliest first."""
        return self.caller.match.candidates

    @property
    def choices(self) -> tuple[Candidate, ...]:
        """Return those of them who are named under the list, and only they have a key."""
        return tuple(c for c in self.candidates[:CHOICES] if c.likeness >= WORTH)

    @property
    def proposal(self) -> Candidate | None:
        """Return who is proposed, None for nobody."""
        return self.caller.match.best

    @property
    def hours(self) -> str:
        """Return from when to when she was there."""
        first, last = self.caller.first, self.caller.last
        if first is None or last is None:
            return ""
        return f"{first:%H:%M} – {last:%H:%M}"

    @property
    def times(self) -> str:
        """Return each of her stays, to the second."""
        return ", ".join(f"{s.joined:%H:%M:%S}–{s.left:%H:%M:%S}" for s in self.caller.stays)

    @property
    def length(self) -> str:
        """Return how long she was there, or how a list says she stands."""
        if self.caller.presence is not Presence.PRESENT:
            return _standing(self.caller.presence)
        seconds = self.caller.seconds
        if seconds is None:
            return ""
        minutes = seconds // 60
        return f"{minutes // 60} h {minutes % 60:02d}" if minutes >= 60 else f"{minutes} min"

    @property
    def who(self) -> str:
        """Return who she is, or is proposed to be."""
        decision, proposal = self.decision, self.proposal
        if decision is None:
            return f"{proposal.name}\u202f?" if proposal is not None else _tr("À identifier")
        if decision.settled is Settled.ASIDE:
            return _tr("Laissé de côté")
        if decision.settled is Settled.NEW:
            assert decision.card is not None
            words = _tr("{} (nouveau mandat)") if decision.mandate else _tr("{} (invité)")
            return words.format(decision.card.name)
        name = self.person.name if self.person is not None else ""
        if self.noted in {None, Presence.PRESENT} or self.noted is self.caller.presence:
            return name
        return _tr("{} – noté {} jusqu’ici").format(name, _standing(self.noted))

    @property
    def sign(self) -> str:
        """Return whether it is decided, in one sign."""
        if self.decision is None:
            return "?"
        return "–" if self.decision.settled is Settled.ASIDE else "✓"

    @property
    def sign_words(self) -> str:
        """Return the sign in words."""
        return {"?": _tr("à régler"), "–": _tr("laissé de côté"), "✓": _tr("réglé")}[self.sign]

    @property
    def likeness(self) -> str:
        """Return how alike the names are."""
        chosen = self._chosen
        return percent_words(chosen.likeness) if chosen is not None else ""

    @property
    def why(self) -> str:
        """Return why she is recognised or proposed."""
        if self.caller.phone and self.decision is None:
            return _tr("numéro de téléphone, jamais enregistré")
        chosen = self._chosen
        if chosen is not None:
            return chosen.why
        if self.decision is not None:
            return _tr("choisi par vous") if self.decision.settled is Settled.PERSON else ""
        return _tr("seul le prénom ressemble") if self.choices else _tr("aucune fiche à ce nom")

    @property
    def _chosen(self) -> Candidate | None:
        """Return the candidate decided upon, or proposed."""
        if self.decision is None:
            return self.proposal
        if self.decision.settled is not Settled.PERSON:
            return None
        wanted = self.decision.person_id
        return next((c for c in self.candidates if c.person_id == wanted), None)


WORTH = 30
"""From this likeness on a first name alone is worth a word."""
CHOICES = 9
"""So many candidates have a key, from 1."""


class Answers:
    """What was decided of each person of a call: by the program where certain, by its user."""

    def __init__(self) -> None:
        """Begin with nothing decided."""
        self._seen: Preview | None = None
        self._own: dict[str, Decision] = {}
        self._order: list[str] = []

    def show(self, seen: Preview) -> None:
        """Take a fresh reading; what was decided of people that it still names stands."""
        self._seen = seen
        known = {caller.id for caller in seen.people}
        self._own = {key: d for key, d in self._own.items() if key in known}
        # Who has to be looked at comes first, and stays there when settled.
        asked = [c.id for c in seen.people if c.match.kind is not MatchKind.CERTAIN]
        sure = [c.id for c in seen.people if c.match.kind is MatchKind.CERTAIN]
        self._order = [*asked, *sure]

    def settle(self, decision: Decision) -> None:
        """Decide of one person."""
        self._own[decision.caller_id] = decision

    def take_back(self, caller_id: str) -> None:
        """Forget what was decided of one person."""
        self._own.pop(caller_id, None)

    def rows(self) -> tuple[CallRow, ...]:
        """Return the list as it stands."""
        if self._seen is None:
            return ()
        callers = {caller.id: caller for caller in self._seen.people}
        people = {person.id: person for person in self._seen.known}
        found = []
        for caller_id in self._order:
            decision = self._decided(callers[caller_id])
            person = people.get(decision.person_id) if decision is not None else None
            noted = self._seen.recorded.get(decision.person_id) if decision is not None else None
            presence = noted.presence if noted is not None else None
            found.append(CallRow(callers[caller_id], decision, person, presence))
        return tuple(found)

    def _decided(self, caller: Caller) -> Decision | None:
        if caller.id in self._own:
            return self._own[caller.id]
        best = caller.match.best
        if caller.match.kind is MatchKind.CERTAIN and best is not None:
            return Decision(caller.id, Settled.PERSON, best.person_id, remember=False)
        return None


def counts(rows: Iterable[CallRow]) -> tuple[int, int, int]:
    """Return how many are settled, left aside and still to be settled."""
    signs = [row.sign for row in rows]
    return signs.count("✓"), signs.count("–"), signs.count("?")
