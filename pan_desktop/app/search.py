"""Use cases of the search: everything the office holds, found by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from pan_desktop.app.office import reading, upkeep
from pan_desktop.domain.calendar import date_in_words, plain_date
from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.folding import words_of
from pan_desktop.domain.model import AmendmentKind, Civility, ConclusionKind
from pan_desktop.domain.searching import SearchFilters, Source, sought
from pan_desktop.domain.typography import NBSP, Typography
from pan_desktop.domain.wording import civility
from pan_desktop.store.french import Light

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pan_desktop.app.office import Office
    from pan_desktop.domain.searching import Found
    from pan_desktop.store.french import Spans
    from pan_desktop.store.unit_of_work import UnitOfWork

LIMIT = 20
"""So many results, unless more are asked for."""
EXCERPT, BEFORE = 240, 60
"""A longer text is cut to so many letters, so many of them before the first word found."""

NO_PLAN = (
    "Aucun plan ne porte le libellé « {label} » : rien n’a été cherché. Les plans sont : {known}."
)
NO_PLANS = "La base n’a encore aucun plan : rien n’a été cherché."
NO_COMMITMENT = (
    "Aucun plan n’a d’engagement {number} : rien n’a été cherché. Indiquez un autre numéro."
)
SEVERAL_COMMITMENTS = (
    "Plusieurs plans ont un engagement {number} : rien n’a été cherché. Indiquez aussi le plan : "
    "{known}."
)
NO_PERSON = (
    "Aucune personne ne s’appelle « {name} » : rien n’a été cherché. Indiquez le nom comme il "
    "figure dans les relevés."
)
SEVERAL_PEOPLE = (
    "Plusieurs personnes répondent au nom « {name} » : rien n’a été cherché. Précisez : {known}."
)


class HitKind(Enum):
    """What was found."""

    PERSON = "person"
    COMMITMENT = "commitment"
    ACTIVITY = "activity"
    MEETING = "meeting"
    AGENDA_ITEM = "agenda_item"
    POINT = "point"
    DECISION = "decision"
    ACTION = "action"
    PROGRESS = "progress"
    ACTIVITY_PROGRESS = "activity_progress"
    AMENDMENT = "amendment"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is, its words, and where it lies."""

    kind: HitKind
    title: str
    """What it is, in one line: "Engagement 7 – Portail d’intégrité"."""
    title_lit: Spans
    excerpt: str
    """The words in it, of a long text a part."""
    lit: Spans
    """Where in the excerpt the words lie that were sought."""
    table: str
    id: str
    """The row of ``table`` to jump to."""
    meeting_id: str | None
    day: date | None
    number: int | None
    """The commitment's number."""
    plan: str
    """The plan's label."""
    open: bool
    """Whether it is an action not done yet."""


def search(
    office: Office, *, text: str, filters: SearchFilters | None = None, limit: int = LIMIT
) -> tuple[Hit, ...]:
    """Return what is found of ``text``, all that was written until now being looked through."""
    while True:
        hits = office.run(_found_if_ready, text=text, filters=filters, limit=limit).result
        if hits is not None:
            return hits
        bring_up_to_date(office)


def bring_up_to_date(office: Office) -> None:
    """Index all that changed, in slices between which other work on the store has its turn."""
    while office.run(refresh).result:
        pass


@upkeep
def refresh(work: UnitOfWork) -> bool:
    """Index a slice of what changed; tell whether more is left."""
    return work.search.refresh()


@reading
def find(
    work: UnitOfWork, *, text: str, filters: SearchFilters | None = None, limit: int = LIMIT
) -> tuple[Hit, ...]:
    """Return what is found of ``text`` in what is indexed: names first, then newest sentences.

    Every word must be there, in any of its forms, the last one at least begun; words within
    quotation marks must follow each other. Without a text, all that the filters leave.
    """
    wanted = sought(text)
    light = Light(wanted)
    found = work.search.find(wanted, filters or SearchFilters(), limit)
    return tuple(_hit(each, light) for each in found)


@reading
def _found_if_ready(
    work: UnitOfWork, *, text: str, filters: SearchFilters | None, limit: int
) -> tuple[Hit, ...] | None:
    """Return what is found, None when something is still to be indexed."""
    return None if work.search.behind() else find(work, text=text, filters=filters, limit=limit)


@reading
def named_filters(
    work: UnitOfWork, *, plan: str | None, number: int | None, person: str | None
) -> SearchFilters:
    """Return the filters that a plan's label, a commitment's number and a name mean.

    Raises NotFoundError when one means nothing, or several things.
    """
    plans = work.read.plans()
    if plan is not None:
        wanted = words_of(plan)
        known = ", ".join(p.label for p in plans)
        plans = tuple(p for p in plans if words_of(p.label) == wanted)
        if not plans:
            raise NotFoundError(NO_PLAN.format(label=plan, known=known) if known else NO_PLANS)
    commitments = [(p, c.id) for p in plans for c in p.commitments if c.number == number]
    if number is not None and not commitments:
        raise NotFoundError(NO_COMMITMENT.format(number=number))
    if len(commitments) > 1:
        known = ", ".join(p.label for p, _ in commitments)
        raise NotFoundError(SEVERAL_COMMITMENTS.format(number=number, known=known))
    return SearchFilters(
        plan_id=plans[0].id if plan is not None else None,
        commitment_id=commitments[0][1] if commitments else None,
        person_id=_person_named(work, person) if person is not None else None,
    )


def _person_named(work: UnitOfWork, name: str) -> str:
    """Return the identifier of the one person whose name has all these words."""
    wanted = set(words_of(name))
    called = {p: [set(words_of(n)) for n in (p.name, *p.aliases)] for p in work.read.people()}
    same = [p for p, names in called.items() if wanted in names]
    close = same or [p for p, names in called.items() if any(wanted <= n for n in names)]
    if not close or not wanted:
        raise NotFoundError(NO_PERSON.format(name=name))
    if len(close) > 1:
        known = ", ".join(sorted(p.name for p in close))
        raise NotFoundError(SEVERAL_PEOPLE.format(name=name, known=known))
    return close[0].id


# Words -----------------------------------------------------------------------------------


def _hit(found: Found, light: Light) -> Hit:
    look = _LOOKS[found.source](found)
    excerpt, lit = _excerpt(look.text, light)
    return Hit(
        look.kind,
        look.title,
        light.spans(look.title) if look.named else (),
        excerpt,
        lit,
        found.source.value,
        found.id,
        found.meeting_id,
        found.day,
        found.number,
        found.plan,
        found.open,
    )


def _excerpt(text: str, light: Light) -> tuple[str, Spans]:
    """Return a text in one line, cut around the first word found, and where the words lie."""
    spans = light.spans(text)
    length = len(text)
    if length <= EXCERPT:
        return _BREAK.sub(" ", text), spans
    start = max(0, min(spans[0][0] - BEFORE, length - EXCERPT)) if spans else 0
    end = min(length, start + EXCERPT)
    # At a space, where one is near.
    if start:
        start = text.find(" ", start, start + BEFORE // 2) + 1 or start
    if end < length:
        near = text.rfind(" ", end - BEFORE // 2, end)
        end = near if near > start else end
    opening, closing = "…" * (start > 0), "…" * (end < length)
    moved = len(opening) - start
    kept = tuple((a + moved, b + moved) for a, b in spans if a >= start and b <= end)
    return f"{opening}{_BREAK.sub(' ', text[start:end])}{closing}", kept


_BREAK = re.compile(r"[\n\r\t\v\f\x1c-\x1f\x85\u2028\u2029]")


class _Look(NamedTuple):
    """How something found is shown; of what is ``named`` the words are lit in the title too."""

    kind: HitKind
    title: str
    text: str
    named: bool = True


def _person(found: Found) -> _Look:
    title = civility(Civility(found.kind), Typography.SOIGNE)
    return _Look(HitKind.PERSON, f"{title} {found.name}", _joined(*found.text.split("\n")))


def _commitment(found: Found) -> _Look:
    return _Look(HitKind.COMMITMENT, _named(found), _joined(found.text, _of_plan(found)))


def _activity(found: Found) -> _Look:
    title = f"Engagement{NBSP}{found.number}, activité{NBSP}{found.name}"
    return _Look(HitKind.ACTIVITY, title, found.text)


def _meeting(found: Found) -> _Look:
    text = _joined(found.body, found.text.strip())
    return _Look(HitKind.MEETING, f"Réunion {_on(found)}", text)


def _item(found: Found) -> _Look:
    title = f"Ordre du jour de la réunion {_on(found)}"
    return _Look(HitKind.AGENDA_ITEM, title, found.text, named=False)


def _conclusion(found: Found) -> _Look:
    kind, words = _CONCLUSIONS[ConclusionKind(found.kind)]
    if kind is HitKind.ACTION and not found.open:
        words = "Action faite"
    return _Look(kind, f"{words}, réunion {_on(found)}", found.text, named=False)


def _progress(found: Found) -> _Look:
    title = f"{_named(found)}, réunion {_on(found)}"
    return _Look(HitKind.PROGRESS, title, found.text, named=False)


def _activity_progress(found: Found) -> _Look:
    title = f"Engagement{NBSP}{found.number} – {found.name}, réunion {_on(found)}"
    return _Look(HitKind.ACTIVITY_PROGRESS, title, found.text, named=False)


def _amendment(found: Found) -> _Look:
    done = _AMENDED[AmendmentKind(found.kind)]
    day = plain_date(found.day) if found.day else ""
    title = f"Engagement{NBSP}{found.number}, {done} le {day}"
    return _Look(HitKind.AMENDMENT, title, found.text, named=False)


def _statement(found: Found) -> _Look:
    day = plain_date(found.day) if found.day else ""
    title = f"Engagement{NBSP}{found.number}, taux indiqué le {day}"
    return _Look(HitKind.STATEMENT, title, found.text, named=False)


def _named(found: Found) -> str:
    """Return a commitment's number and title."""
    title = " ".join(found.name.split())
    return f"Engagement{NBSP}{found.number}" + (f" – {title}" if title else "")


def _on(found: Found) -> str:
    return f"du {date_in_words(found.day)}" if found.day else ""


def _of_plan(found: Found) -> str:
    return f"plan {found.plan}"


def _joined(*parts: str) -> str:
    return " – ".join(part for part in parts if part)


_CONCLUSIONS = {
    ConclusionKind.INFORMATION: (HitKind.POINT, "Point retenu"),
    ConclusionKind.DECISION: (HitKind.DECISION, "Décision"),
    ConclusionKind.ACTION: (HitKind.ACTION, "Action ouverte"),
}
_AMENDED = {
    AmendmentKind.AMENDED: "modifié",
    AmendmentKind.SPLIT: "scindé",
    AmendmentKind.WITHDRAWN: "retiré",
}
_LOOKS: dict[Source, Callable[[Found], _Look]] = {
    Source.PERSON: _person,
    Source.COMMITMENT: _commitment,
    Source.ACTIVITY: _activity,
    Source.MEETING: _meeting,
    Source.AGENDA_ITEM: _item,
    Source.CONCLUSION: _conclusion,
    Source.PROGRESS_REPORT: _progress,
    Source.ACTIVITY_REPORT: _activity_progress,
    Source.AMENDMENT: _amendment,
    Source.STATEMENT: _statement,
}


def as_data(hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON holds it."""
    return {
        "kind": hit.kind.value,
        "title": hit.title,
        "title_lit": hit.title_lit,
        "excerpt": hit.excerpt,
        "lit": hit.lit,
        "table": hit.table,
        "id": hit.id,
        "meeting": hit.meeting_id,
        "day": hit.day.isoformat() if hit.day else None,
        "commitment": hit.number,
        "plan": hit.plan,
        "open": hit.open,
    }
