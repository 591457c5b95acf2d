"""T2 and T3: how the typed texts are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.checks.finding import (
    Field,
    Finding,
    Level,
    Place,
    Repair,
    about,
    quoted,
    shortened,
)
from pan_desktop.domain.checks.slips import slips_in
from pan_desktop.domain.details import Shape, stretches
from pan_desktop.domain.model import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pan_desktop.domain.checks.finding import Subject
    from pan_desktop.domain.checks.slips import Slip
    from pan_desktop.domain.model import AgendaItem

_ENDS = tuple(".!?…;:؟؛،")
_CLOSING = ")»\"'’] "
_GLUED = re.compile(
    r"\)(?= (?:Le|La|Les|L['’]\w+|Un|Une|Ce|Cet|Cette|Ces|Il|Ils|Elle|Elles|Cela|De plus|Par "
    r"ailleurs|En outre|Toutes?|Tous)\b)"
    r"|(?<=[a-zà-öø-ÿ]{3})[.!?](?=(?:Le|La|Les|Un|Une|Ce|Cet|Cette|Ces|Il|Ils|Elle|Elles)\b)"
)
_REPEATED = re.compile(r"(?<![\w'’-])([^\W\d_]{2,}) \1(?![\w'’-])", re.IGNORECASE)
_WORD_END = re.compile(r"\S*\Z")
_WORD_START = re.compile(r"\S*")
_MAY_REPEAT = frozenset({"nous", "vous"})


class _Text(NamedTuple):
    """A typed text of the relevé and the words that tell where it stands."""

    text: str
    place: Place
    where: str
    numbers: tuple[int, ...] = ()
    item: str | None = None


def writing(subject: Subject) -> Iterator[Finding]:
    """T2: report what is empty, run together, repeated, or without its full stop.

    Empty are details or a section. A full stop is asked of the paragraphs of details only; what
    is run together or repeated is looked for in points too.
    """
    for report in subject.record.under_way:
        if not report.details.strip():
            number = report.commitment.number
            yield Finding(
                "T2",
                Level.INFO,
                f"{about([number])} : aucun détail n’est donné pour un taux de {report.percent} %. "
                "Écrivez ce que le point focal en a dit.",
                (number,),
                place=Place(Field.DETAILS, report.id),
            )
    for item in subject.record.agenda:
        if _is_empty(item):
            yield Finding(
                "T2",
                Level.INFO,
                f"La rubrique « {item.section_heading} » ne contient aucun point. Ajoutez ce qui a "
                "été retenu.",
                item=item.id,
            )
    for typed in _typed(subject):
        if typed.place.field is Field.DETAILS:
            yield from _without_stop(typed)
        if typed.place.field in {Field.DETAILS, Field.POINT}:
            yield from _glued(typed)
        yield from _repeated(typed)


def _is_empty(item: AgendaItem) -> bool:
    points = item.kind is ItemKind.POINTS and item.discussed
    return points and not any(c.text.strip() for c in item.conclusions)


def _without_stop(typed: _Text) -> Iterator[Finding]:
    """One finding for all paragraphs of some details; its repairs add the full stops."""
    open_ended = [
        stretch.lines[0]
        for stretch in stretches(typed.text)
        if stretch.shape is Shape.PARAGRAPH
        and not stretch.lines[0].rstrip(_CLOSING).endswith(_ENDS)
    ]
    if not open_ended:
        return
    repairs: list[Repair] = []
    start = 0
    for line in open_ended:
        start = typed.text.index(line, start) + len(line)
        repairs.append(Repair(typed.place, start, "", "."))
    one = len(open_ended) == 1
    what = "un paragraphe finit" if one else f"{len(open_ended)} paragraphes finissent"
    ends = quoted([f"…{line[-25:].partition(' ')[2] or line[-25:]}" for line in open_ended])
    stops = "le point final" if one else "les points finals"
    yield _t2(typed, f"{what} sans ponctuation ({ends}). Ajoutez {stops}.", tuple(repairs))


def _glued(typed: _Text) -> Iterator[Finding]:
    for match in _GLUED.finditer(typed.text):
        context = shortened(typed.text[max(0, match.start() - 20) : match.end() + 20])
        yield _t2(
            typed,
            f"deux phrases semblent collées (« …{context}… »). Séparez-les par un point ou un "
            "retour à la ligne.",
        )


def _repeated(typed: _Text) -> Iterator[Finding]:
    for match in _REPEATED.finditer(typed.text):
        if match[1].lower() in _MAY_REPEAT:
            continue
        repair = Repair(typed.place, match.start(), match[0], match[1])
        yield _t2(
            typed, f"un mot est répété (« {match[0]} »). Supprimez-en un si c’est une erreur.",
            (repair,),
        )  # fmt: skip


def _t2(typed: _Text, what: str, repairs: tuple[Repair, ...] = ()) -> Finding:
    return Finding(
        "T2",
        Level.INFO,
        f"{typed.where} : {what}",
        typed.numbers,
        item=typed.item,
        place=typed.place,
        repairs=repairs,
    )


def spelling(subject: Subject) -> Iterator[Finding]:
    """T3: offer a repair for each slip of ``slips.RULES`` in what was typed and is printed."""
    for typed in _typed(subject):
        for slip in slips_in(typed.text):
            before, after = _in_context(typed.text, slip)
            yield Finding(
                "T3",
                Level.INFO,
                f"{typed.where} : « {before} » s’écrirait « {after} » ({slip.reason}). Acceptez la "
                "proposition, ou gardez le texte.",
                typed.numbers,
                item=typed.item,
                place=typed.place,
                repairs=(Repair(typed.place, slip.start, slip.found, slip.replacement),),
            )


def _in_context(text: str, slip: Slip) -> tuple[str, str]:
    """Return a slip and its replacement with the rest of the words that they are part of."""
    end = slip.start + len(slip.found)
    before, after = text[max(0, slip.start - 30) : slip.start], text[end : end + 30]
    head = _WORD_END.search(before)
    tail = _WORD_START.match(after)
    around = (head[0] if head else "", tail[0] if tail else "")
    return slip.found.join(around), slip.replacement.join(around)


def _typed(subject: Subject) -> Iterator[_Text]:
    """Yield the typed texts that the relevé prints, in its order."""
    record = subject.record
    yield _Text(record.meeting.place, Place(Field.PLACE, record.meeting.id), "Lieu de la réunion")
    for item in record.agenda:
        if item.on_agenda or item.discussed:
            where = f"Point « {shortened(item.title)} » de l’ordre du jour"
            yield _Text(item.title, Place(Field.TITLE, item.id), where, item=item.id)
        if not item.discussed:
            continue
        heading = item.section_heading
        if item.heading:
            where = f"Rubrique « {shortened(heading)} »"
            yield _Text(heading, Place(Field.HEADING, item.id), where, item=item.id)
        where = f"Sous « {shortened(heading)} »"
        for point in item.conclusions:
            yield _Text(point.text, Place(Field.POINT, point.id), where, item=item.id)
    for report in subject.open_reports:
        number = report.commitment.number
        place = Place(Field.DETAILS, report.id)
        yield _Text(report.details, place, about([number]), (number,))
