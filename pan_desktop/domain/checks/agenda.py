"""T1, T4 and T5: the agenda against its sections, follow-ups, and what a relevé leaves untold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pan_desktop.domain.checks.deadlines import is_deadline
from pan_desktop.domain.checks.finding import (
    Field,
    Finding,
    Level,
    Place,
    Repair,
    person_name,
    shortened,
)
from pan_desktop.domain.dates_in_text import dates_in
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import ConclusionKind
from pan_desktop.domain.typography import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pan_desktop.domain.checks.finding import Subject
    from pan_desktop.domain.model import AgendaItem, Conclusion

_WORD = re.compile(r"\w+")

# Over folded text. "Les administrations concernées" are nobody in particular.
_WHO = re.compile(
    r"\b(?:secretariat|secretaire|points? foc(?:al|aux)|presidente?|presidence|ministeres?|"
    r"directions?|departements?|comite|commission|instance|equipe|coordination|coordonnateur|"
    r"coordinatrice|membres|suppleante?s?|mme|monsieur|madame)\b(?! concerne)|\bm\. (?=\w)|"
    r"\bengagements? \d"
)
_DATE_LIMIT = re.compile(r"\bdates? limites?\b|\becheance\b|\bau plus tard\b")

_CHAIR = re.compile(
    r"\bpreside(?:e|es)?\b|\b(?:sous la|assure la|assurait la) presidence\b"
    r"|^presiden(?:ce|te?)\b[^:]{0,40}:|\bpresidente? de (?:la )?(?:seance|reunion)\b"
)
_SECRETARY = re.compile(
    r"\bsecreta(?:ire|riat) de (?:la )?(?:seance|reunion)\b|^secreta(?:ire|riat)\b[^:]{0,40}:"
    r"|\bsecretariat (?:est |a ete |etait )?(?:assure|tenu)\b|\brapporteure?\b"
)
_NEXT = re.compile(r"\bprochaine (?:reunion|seance|rencontre)\b")


def headings(subject: Subject) -> Iterator[Finding]:
    """T1: report items without a section, sections without an item, and other words for one.

    Words are compared without accents, case and punctuation: a missing accent is T3's. Order
    cannot differ, an item and its section being one row of the store.
    """
    for item in subject.record.agenda:
        if item.on_agenda and not item.discussed:
            yield _t1(
                item,
                f"Le point « {item.title} » de l’ordre du jour n’a pas de rubrique dans les points "
                "retenus. Traitez-le, ou confirmez qu’il n’a pas été abordé.",
            )
        elif item.discussed and not item.on_agenda:
            yield _t1(
                item,
                f"La rubrique « {item.section_heading} » ne correspond à aucun point de l’ordre du "
                "jour. Ajoutez-la à l’ordre du jour, ou confirmez qu’elle a été soulevée en "
                "séance.",
            )
        elif item.discussed and _words(item.title) != _words(item.section_heading):
            yield _t1(
                item,
                f"Le point « {item.title} » de l’ordre du jour a pour rubrique "
                f"« {item.section_heading} » : les deux intitulés diffèrent. Reprenez le même, ou "
                "confirmez la différence.",
                # A section without a wording of its own has the item's.
                Repair(Place(Field.HEADING, item.id), 0, item.heading, ""),
            )


def _t1(item: AgendaItem, message: str, *repairs: Repair) -> Finding:
    field = Field.HEADING if item.heading else Field.TITLE
    place = Place(field, item.id)
    return Finding("T1", Level.WARNING, message, item=item.id, place=place, repairs=repairs)


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def follow_ups(subject: Subject) -> Iterator[Finding]:
    """T4: report follow-ups of which nobody, or no date, is named.

    A follow-up is a point marked as an action, or one that sets a deadline ("date limite",
    "échéance", "au plus tard"). Its owner is looked for in its words: someone of the committee,
    an institution, a capacity ("le secrétariat", "les points focaux"). The seed has two: the
    forms to fill in and the answers awaited from "administrations concernées".
    """
    known = _known_names(subject)
    for item in subject.record.agenda:
        if not item.discussed:
            continue
        for point in item.conclusions:
            action = point.kind is ConclusionKind.ACTION
            if not point.text.strip() or not (action or _sets_deadline(point.text)):
                continue
            owned = bool(point.follow_up.owner) or _names_someone(point.text, known)
            dated = point.follow_up.deadline is not None or bool(dates_in(point.text))
            if owned and dated:
                continue
            yield _t4(item, point, owned=owned, dated=dated)


def _t4(item: AgendaItem, point: Conclusion, *, owned: bool, dated: bool) -> Finding:
    if owned:
        lack, ask = "n’a pas d’échéance", "Indiquez pour quand"
    elif dated:
        lack, ask = "ne dit pas qui en est chargé", "Indiquez un responsable"
    else:
        lack, ask = "ne dit ni qui en est chargé ni pour quand", "Indiquez les deux"
    return Finding(
        "T4",
        Level.WARNING,
        f"Sous « {item.section_heading} », la suite à donner « {shortened(point.text)} » {lack}. "
        f"{ask}.",
        item=item.id,
        place=Place(Field.POINT, point.id),
    )


def _sets_deadline(text: str) -> bool:
    if not _DATE_LIMIT.search(folded(text)):
        return False
    return any(is_deadline(text, dated) for dated in dates_in(text))


def _known_names(subject: Subject) -> frozenset[str]:
    """Return the folded words that name someone: family names, and institutions whole."""
    record = subject.record
    people = [a.person for a in record.attendances] + [m.person for m in subject.mandates]
    families = {word for p in people for word in folded(p.name).split()[1:] if len(word) > 2}
    houses = {p.institution for p in people} | {c.institution for c in record.plan.commitments}
    return frozenset(families | {folded(house) for house in houses if house.strip()})


def _names_someone(text: str, known: frozenset[str]) -> bool:
    words = folded(text)
    if _WHO.search(words) or not known.isdisjoint(_WORD.findall(words)):
        return True
    return any(" " in name and name in words for name in known)


def untold(subject: Subject) -> Iterator[Finding]:
    """T5: report what a relevé leaves untold: institutions, chair, secretary, next meeting.

    The store has no field for the last three: they are looked for in the typed words of the
    place, the agenda and the points, and a point that tells them is enough.
    """
    record = subject.record
    without = [a.person for a in record.present if not a.person.institution.strip()]
    if without:
        if len(without) == len(record.present) and len(without) > 1:
            message = f"Aucun des {len(without)} participants n’a d’institution indiquée."
        else:
            names = enumeration([person_name(person) for person in without])
            message = f"L’institution n’est pas indiquée pour {names}."
        yield Finding(
            "T5",
            Level.INFO,
            f"{message} Complétez la fiche de chaque personne.",
            people=tuple(person.id for person in without),
        )
    said = [folded(text) for text in _typed(subject)]
    lacking = [
        what
        for pattern, what in (
            (_CHAIR, "qui a présidé la réunion"),
            (_SECRETARY, "qui en a tenu le secrétariat"),
            (_NEXT, "quand se tient la prochaine réunion"),
        )
        if not any(pattern.search(text) for text in said)
    ]
    if lacking:
        yield Finding(
            "T5",
            Level.INFO,
            f"Le relevé ne dit pas {enumeration(lacking)}. Ajoutez un point si le comité le "
            "souhaite.",
        )


def _typed(subject: Subject) -> Iterator[str]:
    yield subject.record.meeting.place
    for item in subject.record.agenda:
        yield item.title
        if item.discussed:
            yield item.section_heading
            yield from (point.text for point in item.conclusions)
