"""Writes the relevé des conclusions of a meeting: domain in, document model out.

The skeleton is the committee's own (domain facts, 0.1): what is printed comes from data and
from the fixed words, never from how something was typed.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from pan_desktop.documents.carried import write_carried
from pan_desktop.documents.model import (
    Block,
    Cell,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Properties,
    Run,
    Runs,
    Table,
    Title,
)
from pan_desktop.domain.details import Shape, stretches
from pan_desktop.domain.layout import Part, filled
from pan_desktop.domain.marks import Look, clipped, decoded, encoded
from pan_desktop.domain.marks import stretches as marked_stretches
from pan_desktop.domain.model import ConclusionKind, ItemKind, Person, Presence, Role
from pan_desktop.domain.outline import tamed
from pan_desktop.domain.speech import labels_of, speech
from pan_desktop.domain.typography import (
    NBSP,
    Typography,
    dress,
    percent,
    split_ordinals,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from pan_desktop.domain.model import (
        AgendaItem,
        Attendance,
        Conclusion,
        MeetingRecord,
        ProgressReport,
    )

_COLUMNS = (0.15, 0.17, 0.68)
"""Shares of the text width: number, percent, details."""
_DECISION_COLUMNS = (0.09, 0.51, 0.22, 0.18)
"""Number, words, owner, deadline."""


def compose_releve(
    record: MeetingRecord, style: Typography, *, author: str, written: datetime
) -> Document:
    """Return the relevé of a meeting as a document, its parts as the record's layout says.

    ``author`` goes to the file's properties, and so does ``written``, an aware instant.
    """
    return _Releve(record, style).document(author, written)


def compose_blocks(record: MeetingRecord, style: Typography) -> tuple[Block, ...]:
    """Return the blocks of a meeting's relevé alone, for what shows it and writes no file."""
    return _Releve(record, style).blocks()


def template_fields(record: MeetingRecord, style: Typography) -> tuple[tuple[str, str], ...]:
    """Return what a house template may say of a meeting, each by the name of its field."""
    meeting, said = record.meeting, speech(record.layout.language)
    return (
        ("date", said.plain_date(meeting.day)),
        ("jour", said.weekday_date(meeting.day)),
        ("heure", said.hour(meeting.at, style)),
        ("instance", meeting.body.name),
        ("lieu", meeting.place),
        ("plan", record.plan.label),
    )


class _Releve:
    """One composition: the record, its style and the words that go with it."""

    def __init__(self, record: MeetingRecord, style: Typography) -> None:
        self._record = record
        self._style = style
        self._speech = speech(record.layout.language)
        self._labels = labels_of(record.layout, style)
        self._parts: dict[Part, Callable[[], Iterable[Block]]] = {
            Part.TITLE: self._title,
            Part.SUBTITLE: self._subtitle,
            Part.DATE: self._date,
            Part.PLACE: self._place,
            Part.CHAIR: partial(self._fixed, self._labels.chair, self._labels.chair_text),
            Part.PARTICIPANTS: self._participants,
            Part.REPRESENTED: partial(self._away, Presence.REPRESENTED, self._labels.represented),
            Part.EXCUSED: partial(self._away, Presence.EXCUSED, self._labels.excused),
            Part.ABSENT: partial(self._away, Presence.ABSENT, self._labels.absent),
            Part.NOT_REPRESENTED: self._not_represented,
            Part.AGENDA: self._agenda,
            Part.POINTS: self._sections,
            Part.DECISIONS: self._decisions,
            Part.NEXT_MEETING: partial(
                self._fixed, self._labels.next_meeting, self._labels.next_meeting_text
            ),
            Part.CLOSING: partial(self._fixed, self._labels.closing, self._labels.closing_text),
            Part.SIGNATURES: self._signatures,
        }

    def document(self, author: str, written: datetime) -> Document:
        meeting, labels = self._record.meeting, self._labels
        comma = self._speech.comma
        properties = Properties(
            title=comma.join(
                (labels.subtitle, meeting.body.name, self._speech.weekday_date(meeting.day))
            ),
            subject=labels.subject.replace("{plan}", self._record.plan.label),
            author=author,
            created=written,
            language=self._speech.tag,
            fields=template_fields(self._record, self._style),
        )
        carried = write_carried(self._record, self._style)
        return Document(properties, self._style, self.blocks(), carried)

    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for part in self._record.layout.shown for block in self._parts[part]())

    def _title(self) -> Iterable[Block]:
        yield Title(self._typed(self._record.meeting.body.heading))

    def _subtitle(self) -> Iterable[Block]:
        if self._labels.subtitle:
            yield Title(_plain(self._labels.subtitle), subtitle=True)

    def _date(self) -> Iterable[Block]:
        meeting = self._record.meeting
        yield from _heading(self._labels.date)
        yield Paragraph(self._typed(self._speech.moment(meeting.day, meeting.at, self._style)))

    def _place(self) -> Iterable[Block]:
        place = self._record.meeting.place
        if place.strip():
            yield from _heading(self._labels.place)
            yield Paragraph(self._typed(place))

    def _fixed(self, heading: str, text: str) -> Iterable[Block]:
        """Return a text of the office's own, its fields filled in; nothing where it has none."""
        values = dict(template_fields(self._record, self._style))
        lines = [line for line in filled(text, values).split("\n") if line.strip()]
        if lines:
            yield from _heading(heading)
            for line in lines:
                yield Paragraph(self._typed(line))

    def _participants(self) -> Iterable[Block]:
        yield from _heading(self._labels.participants)
        yield self._list(self._participant(a) for a in self._record.present)

    def _away(self, presence: Presence, heading: str) -> Iterable[Block]:
        """Return who did not come in that way, where the secretariat recorded it."""
        away = self._record.with_presence(presence)
        if away:
            yield from _heading(heading)
            yield self._list(self._participant(attendance) for attendance in away)

    def _not_represented(self) -> Iterable[Block]:
        spoken = self._record.represented
        missing = (r.commitment for r in self._record.scope if r.commitment.number not in spoken)
        yield from _heading(self._labels.not_represented)
        yield self._list(self._speech.commitment(commitment) for commitment in missing)

    def _agenda(self) -> Iterable[Block]:
        yield from _heading(self._labels.agenda)
        yield self._list(item.title for item in self._record.agenda if item.on_agenda)

    def _sections(self) -> Iterable[Block]:
        yield from _heading(self._labels.points)
        # Without a heading over them the sections are headings of the first level: none skips.
        level = 2 if self._labels.points else 1
        for item in self._record.agenda:
            if not item.discussed:
                continue
            heading = item.section_heading.rstrip()
            colon = "" if heading.endswith(":") else self._speech.colon
            yield Heading(level, (*self._typed(heading), *_plain(colon)))
            if item.kind is ItemKind.PROGRESS:
                yield from self._progress()
            else:
                yield from self._points(item)

    def _decisions(self) -> Iterable[Block]:
        """Return the decisions and actions of all sections as one table."""
        labels = self._labels
        taken = [
            point
            for item in self._record.agenda
            if item.discussed
            for point in item.conclusions
            if point.kind is not ConclusionKind.INFORMATION and point.text.strip()
        ]
        yield from _heading(labels.decisions)
        if not taken:
            yield self._list(())
            return
        heads = (labels.column_number, labels.column_decision, labels.column_owner)
        yield Table(
            widths=_DECISION_COLUMNS,
            header=tuple(_header(head) for head in (*heads, labels.column_due)),
            rows=tuple(self._decision(number, point) for number, point in enumerate(taken, 1)),
            caption=labels.decisions,
            description=labels.decisions_description,
        )

    def _decision(self, number: int, point: Conclusion) -> tuple[Cell, ...]:
        due = point.follow_up.deadline
        return (
            Cell((Paragraph(_plain(str(number))),), centred=True),
            Cell((Paragraph(typed_runs(point.text, point.marks, self._style)),)),
            Cell((Paragraph(self._typed(point.follow_up.owner)),)),
            Cell((Paragraph(self._typed(due.said if due else "")),)),
        )

    def _signatures(self) -> Iterable[Block]:
        labels = self._labels
        yield from _heading(labels.signatures)
        # Room for a stamp and a hand: empty lines of one paragraph, no empty paragraphs.
        room = Cell((Paragraph(_plain("\n\n\n")),))
        yield Table(
            widths=(0.5, 0.5),
            header=(_header(labels.signature_left), _header(labels.signature_right)),
            rows=((room, room),),
            caption=labels.signatures or labels.signature_left,
            description=labels.signatures_description,
        )

    def _list(self, entries: Iterable[str]) -> ItemList:
        items = [list_item(0, text, "", False, self._style) for text in entries]
        return ItemList(tuple(items) or (ListItem(0, _plain(self._labels.nothing)),))

    def _participant(self, attendance: Attendance) -> str:
        person, said = attendance.person, self._speech
        title = said.civility(person.civility, self._style)
        qualities = self._qualities(attendance, person)
        told = f"{title}{NBSP}{person.name}{said.comma}{qualities}"
        if attendance.by is None:
            return told
        other = f"{said.civility(attendance.by.civility, self._style)}{NBSP}{attendance.by.name}"
        return f"{told}{said.comma}{said.represented_by(person.civility, other)}"

    def _qualities(self, attendance: Attendance, person: Person) -> str:
        """Return all that a participant was there: focal point of some, alternate for others."""
        roles = sorted({role for role, _ in attendance.represented}, key=list(Role).index)
        numbers = {
            role: tuple(sorted(n for r, n in attendance.represented if r is role)) for role in roles
        }
        quality = self._speech.quality
        said = [quality(role, person.civility, numbers[role]) for role in roles]
        return self._speech.comma.join(said or [quality(Role.GUEST, person.civility, ())])

    def _points(self, item: AgendaItem) -> Iterable[Block]:
        kept = [c for c in item.conclusions if c.text.strip()]
        # A point left empty is not printed; what hung under it moves up rather than vanish.
        levels = tamed([c.level for c in kept])
        items = [
            list_item(level, c.text, c.marks, c.numbered, self._style)
            for c, level in zip(kept, levels, strict=True)
        ]
        if items:
            yield ItemList(tuple(items))

    def _progress(self) -> Iterable[Block]:
        record, labels, style = self._record, self._labels, self._style
        colon = self._speech.colon
        lines: list[str] = []
        if record.overall is not None:
            lines.append(f"{labels.overall}{colon} {percent(record.overall, style)}")
        full = labels.completed.replace("{percent}", percent(100, style))
        numbers = [str(report.commitment.number) for report in record.completed]
        listed = self._speech.enumeration(numbers) or labels.no_commitment
        lines.append(f"{full}{colon} {listed}")
        rest = "" if record.under_way else f" {labels.no_commitment}"
        lines.append(f"{labels.under_way}{colon}{rest}")
        yield ItemList(tuple(_plain_item(line) for line in lines))
        if record.under_way:
            yield self._table(record.under_way)

    def _table(self, reports: tuple[ProgressReport, ...]) -> Table:
        labels = self._labels
        heads = (labels.column_commitment, labels.column_progress, labels.column_details)
        return Table(
            widths=_COLUMNS,
            header=tuple(_header(head) for head in heads),
            rows=tuple(self._row(report) for report in reports),
            caption=labels.under_way,
            description=labels.table_description,
        )

    def _row(self, report: ProgressReport) -> tuple[Cell, ...]:
        rate = percent(report.percent or 0, self._style)
        return (
            Cell((Paragraph(_plain(str(report.commitment.number))),), centred=True),
            Cell((Paragraph(_plain(rate)),), centred=True),
            Cell((*self._details(report), *self._activities(report)) or (Paragraph(_plain("")),)),
        )

    def _details(self, report: ProgressReport) -> tuple[Paragraph | ItemList, ...]:
        marks, style = decoded(report.marks), self._style
        blocks: list[Paragraph | ItemList] = []
        for stretch in stretches(report.details):
            lines = [
                typed_runs(line, encoded(clipped(marks, start, start + len(line))), style)
                for start, line in zip(stretch.starts, stretch.lines, strict=True)
            ]
            if stretch.shape is Shape.PARAGRAPH:
                blocks.append(Paragraph(lines[0]))
            else:
                items = tuple(ListItem(0, line) for line in lines)
                blocks.append(ItemList(items, ordered=stretch.shape is Shape.NUMBERED))
        return tuple(blocks)

    def _activities(self, report: ProgressReport) -> tuple[ItemList, ...]:
        """Return what was said of the commitment's activities, one entry each."""
        items: list[ListItem] = []
        for said in report.activities:
            if said.percent is None and not said.details.strip():
                continue
            rate = "" if said.percent is None else percent(said.percent, self._style)
            words = " ".join(said.details.split("\n"))
            about = self._speech.activity(said.activity.number, said.activity.title)
            told = self._speech.comma.join(part for part in (rate, words) if part)
            items.append(ListItem(0, self._typed(f"{about}{self._speech.colon} {told}")))
        return (ItemList(tuple(items)),) if items else ()

    def _typed(self, text: str) -> Runs:
        """Return typed text as runs, dressed in the style, its ordinals raised."""
        return typed_runs(text, "", self._style)


# Kept, because the preview composes the whole relevé again for one letter: what did not change
# comes back as the very same thing, which is also how the preview knows that it did not.
@lru_cache(maxsize=8192)
def list_item(level: int, text: str, marks: str, numbered: bool, style: Typography) -> ListItem:
    """Return a point as an entry of a list."""
    return ListItem(level, typed_runs(text, marks, style), numbered)


@lru_cache(maxsize=256)
def _plain_item(text: str) -> ListItem:
    return ListItem(0, _plain(text))


@lru_cache(maxsize=8192)
def typed_runs(text: str, marks: str, style: Typography) -> Runs:
    """Return typed text with its marks as runs, dressed in the style, its ordinals raised.

    Dressing changes no length (``typography.dress``), so that the marks stay on their letters.
    """
    dressed = dress(text, style)
    found: list[Run] = []
    for part, looks in marked_stretches(dressed, decoded(marks)):
        bold, italic = Look.BOLD in looks, Look.ITALIC in looks
        if Look.SUPERSCRIPT in looks:
            found.append(Run(part, bold, italic, superscript=True))
            continue
        found += [
            Run(words, bold, italic, superscript=raised)
            for words, raised in split_ordinals(part)
            if words
        ]
    return tuple(found)


def _plain(text: str) -> Runs:
    return (Run(text),)


def _heading(label: str) -> tuple[Heading, ...]:
    """Return a part's heading; a label that the office emptied prints none."""
    return (Heading(1, _plain(label)),) if label.strip() else ()


def _header(label: str) -> Cell:
    return Cell((Paragraph(_plain(label)),), centred=True)
