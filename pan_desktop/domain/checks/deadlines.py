"""D1 and D2: dates that the texts give, and activities that cannot be done any more.

Dates are looked for in the details of commitments that are not completed and in the points of
discussed items. What is held against them:

* any day: it exists, and the day of the week written before it is its own;
* a deadline (words such as "date limite", "au plus tard" before the date, in its sentence): it
  comes after the meeting unless the sentence tells of the past, and is on a working day;
* any date to come in the details of a commitment: it does not begin after the plan's last day.
  Details say what is still to be done, so that "(1er trimestre 2021)" and "budget annuel de
  l'année 2021" are deadlines without being called so. Points may be about the next plan.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pan_desktop.domain.calendar import WEEKDAYS, date_in_words, short_date
from pan_desktop.domain.checks.finding import (
    Field,
    Finding,
    Level,
    Place,
    about,
    quoted,
    shortened,
)
from pan_desktop.domain.dates_in_text import Precision, dates_in
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pan_desktop.domain.checks.finding import Subject
    from pan_desktop.domain.dates_in_text import DateInText

SATURDAY = 5
_NEAR = 200
"""How many characters around a date may tell what it is."""

_DEADLINE = re.compile(
    r"date[s]? limite|\bdelai de rigueur|\becheance|\bau plus tard|\bd'ici|\bdernier delai"
)
_BEFORE = re.compile(r"\bavant (?:le|la|fin)\b")
_TELLS_OF_THE_PAST = re.compile(
    r"\bdepass|\bn'(?:a|ont|avait) pas ete|\betait\b|\betaient\b|\bavait\b|\bavaient\b|"
    r"\b(?:a|ont) (?:ete|pu|remis|transmis|publie)|\bpasse|\bmanque|\binitial|\brespecte|\btenue?\b"
)
_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)|\n")

_NEVER_DONE = re.compile(
    r"\bne pour(?:ra|ront) (?:pas|plus|jamais) (?:etre \w+|aboutir|se tenir|avoir lieu)\b"
    r"|\bne (?:peut|peuvent) plus (?:etre \w+|aboutir|se tenir|avoir lieu)\b"
    r"|\bne (?:sera|seront) (?:pas|plus|jamais) (?:realise|complete|acheve|publie|mis)\w*"
    r"|\b(?:non realisables?|irrealisables?)\b"
    r"|\b(?:activites?|actions?|volets?|projets?)\b[^.;]{0,40}\b(?:abandonne|annule|supprime)e?s?\b"
    # A deadline that has gone by cannot be met again (the seed's commitment 11).
    r"|\b(?:non|pas|n'a pas pu|n'ont pas pu)\b[^.;]{0,40}"
    r"\b(?:a cause|en raison|du fait|par suite) (?:du|d'un|des) (?:depas+ement|depacement|"
    r"expiration) d(?:u|e|es) delais?\b"
    r"|\b(?:hors delais?|date limite depassee|delai (?:de \w+ )?expire)\b"
)


def deadlines(subject: Subject) -> Iterator[Finding]:
    """D1: report dates that do not exist or do not fit the calendar, the meeting or the plan."""
    for report in subject.open_reports:
        number = report.commitment.number
        faults = [*_faults(subject, report.details), *_after_plan(subject, report.details)]
        for fault in faults:
            yield Finding(
                "D1",
                Level.WARNING,
                f"{about([number])} : {fault}",
                (number,),
                place=Place(Field.DETAILS, report.id),
            )
    for item in subject.record.agenda:
        if not item.discussed:
            continue
        for point in item.conclusions:
            for fault in _faults(subject, point.text):
                yield Finding(
                    "D1",
                    Level.WARNING,
                    f"Sous « {item.section_heading} », point « {shortened(point.text)} » : {fault}",
                    item=item.id,
                    place=Place(Field.POINT, point.id),
                )


def is_deadline(text: str, dated: DateInText) -> bool:
    """Tell whether the words before a date, in its sentence, make it a deadline."""
    before, _ = _around(text, dated)
    return bool(_DEADLINE.search(before) or _BEFORE.search(before))


def _faults(subject: Subject, text: str) -> Iterator[str]:
    """Yield what is wrong with the dates of one text."""
    for dated in dates_in(text):
        if dated.first is None or dated.last is None:
            yield f"« {dated.text} » n’existe pas dans le calendrier. Corrigez cette date."
            continue
        if dated.weekday is not None and dated.weekday != dated.first.weekday():
            yield (
                f"« {dated.text} » : le {short_date(dated.first)} est un "
                f"{WEEKDAYS[dated.first.weekday()]}. Corrigez le jour ou la date."
            )
        if is_deadline(text, dated):
            yield from _deadline_faults(subject, text, dated)


def _deadline_faults(subject: Subject, text: str, dated: DateInText) -> Iterator[str]:
    meeting_day = subject.record.meeting.day
    if dated.first is None or dated.last is None:
        return
    before, after = _around(text, dated)
    if dated.last < meeting_day:
        if _DEADLINE.search(before) and not _TELLS_OF_THE_PAST.search(f"{before} {after}"):
            yield (
                f"l’échéance « {dated.text} » est antérieure à la réunion du "
                f"{short_date(meeting_day)}. Vérifiez l’année, ou écrivez qu’elle est passée."
            )
        return
    if dated.precision is not Precision.DAY:
        return
    day = dated.first
    if day in subject.holidays:
        yield (
            f"l’échéance « {dated.text} » tombe un jour férié ({subject.holidays[day]}). Vérifiez "
            "la date."
        )
    elif day.weekday() >= SATURDAY:
        yield (
            f"l’échéance « {dated.text} » ({date_in_words(day)}) n’est pas un jour ouvré. "
            "Vérifiez la date."
        )


def _after_plan(subject: Subject, text: str) -> Iterator[str]:
    """Yield one sentence for all dates to come that begin after the plan's last day."""
    plan, day = subject.record.plan, subject.record.meeting.day
    late = [
        dated.text
        for dated in dates_in(text)
        if dated.first is not None
        and dated.last is not None
        and dated.first > plan.ends
        and dated.last >= day
    ]
    if late:
        late = list(dict.fromkeys(late))
        verb = (
            "est une échéance postérieure"
            if len(late) == 1
            else ("sont des échéances postérieures")
        )
        yield (
            f"{quoted(late)} {verb} à la fin du plan {plan.label} ({short_date(plan.ends)}). "
            "Vérifiez la date, ou confirmez que l’engagement se poursuit après le plan."
        )


def _around(text: str, dated: DateInText) -> tuple[str, str]:
    """Return, folded, what stands before and after a date in its sentence, or near enough."""
    start = max(0, dated.start - _NEAR)
    for match in _SENTENCE_END.finditer(text, start, dated.start):
        start = match.end()
    found = _SENTENCE_END.search(text, dated.end, dated.end + _NEAR)
    end = found.start() if found else dated.end + _NEAR
    return folded(text[start : dated.start]), folded(text[dated.end : end])


def impossible(subject: Subject) -> Iterator[Finding]:
    """D2: report a commitment under way with an activity that its details say cannot be done.

    It can never reach 100 %, and stands among those that are merely late. Found by the words of
    the details ("ne pourra pas être complétée", "non publié à cause du dépassement du délai"),
    as the store keeps no state of activities.
    """
    for report in subject.open_reports:
        details = unicodedata.normalize("NFC", report.details)
        match = _NEVER_DONE.search(_flat(details))
        if match is None:
            continue
        said = details[match.start() : match.end()]
        number = report.commitment.number
        rate = "en cours" if report.percent is None else f"en cours à {report.percent} %"
        yield Finding(
            "D2",
            Level.WARNING,
            f"{about([number])} : une activité est décrite comme irréalisable "
            f"(« {shortened(said)} »), alors que l’engagement est présenté comme {rate}. "
            "Dites si l’activité est abandonnée : l’engagement ne peut pas atteindre 100 % sans "
            "elle.",
            (number,),
            place=Place(Field.DETAILS, report.id),
        )


def _flat(text: str) -> str:
    """Return a text without accents, in one case, letter for letter: places stay the same."""
    return "".join(_flat_letter(letter) for letter in text)


def _flat_letter(letter: str) -> str:
    if letter.isspace():
        return " "
    if letter in "’ʼ":
        return "'"
    bare = unicodedata.normalize("NFD", letter)[0]
    return bare.lower() if len(bare.lower()) == 1 else bare
