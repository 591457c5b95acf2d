"""Writes the relevé des conclusions of a meeting: domain in, document model out.

The skeleton is the committee's own (domain facts, 0.1): what is printed comes from data and
from the fixed words, never from how something was typed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

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
from pan_desktop.domain.calendar import date_in_words, meeting_moment
from pan_desktop.domain.details import Shape, stretches
from pan_desktop.domain.marks import Look, clipped, decoded, encoded
from pan_desktop.domain.marks import stretches as marked_stretches
from pan_desktop.domain.model import Civility, ItemKind, Person, Presence, Role
from pan_desktop.domain.outline import tamed
from pan_desktop.domain.typography import (
    NBSP,
    Typography,
    dress,
    enumeration,
    percent,
    split_ordinals,
)
from pan_desktop.domain.wording import LABELS, civility, quality

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pan_desktop.domain.model import AgendaItem, Attendance, MeetingRecord, ProgressReport

_COLUMNS = (0.15, 0.17, 0.68)
"""Shares of the text width: number, percent, details."""


def compose_releve(
    record: MeetingRecord, style: Typography, *, author: str, written: datetime
) -> Document:
    """Return the relevé of a meeting as a document.

    ``author`` goes to the file's properties, and so does ``written``, an aware instant.
    """
    return _Releve(record, style).document(author, written)


def compose_blocks(record: MeetingRecord, style: Typography) -> tuple[Block, ...]:
    """Return the blocks of a meeting's relevé alone, for what shows it and writes no file."""
    return _Releve(record, style).blocks()


class _Releve:
    """One composition: the record, its style and the words that go with it."""

    def __init__(self, record: MeetingRecord, style: Typography) -> None:
        self._record = record
        self._style = style
        self._labels = LABELS[style]

    def document(self, author: str, written: datetime) -> Document:
        meeting, labels = self._record.meeting, self._labels
        day = date_in_words(meeting.day)
        properties = Properties(
            title=f"{labels.subtitle}, {meeting.body.name}, {day}",
            subject=f"Plan d’action national {self._record.plan.label}",
            author=author,
            created=written,
        )
        return Document(properties, self._style, self.blocks())

    def blocks(self) -> tuple[Block, ...]:
        return (*self._opening(), *self._people_and_agenda(), *self._sections())

    def _opening(self) -> Iterable[Block]:
        meeting, labels = self._record.meeting, self._labels
        yield Title(self._typed(meeting.body.heading))
        yield Title(_plain(labels.subtitle), subtitle=True)
        yield Heading(1, _plain(labels.date))
        yield Paragraph(self._typed(meeting_moment(meeting.day, meeting.at, self._style)))
        if meeting.place.strip():
            yield Heading(1, _plain(labels.place))
            yield Paragraph(self._typed(meeting.place))

    def _people_and_agenda(self) -> Iterable[Block]:
        labels = self._labels
        titles = [item.title for item in self._record.agenda if item.on_agenda]
        yield Heading(1, _plain(labels.participants))
        yield self._list(self._participant(a) for a in self._record.present)
        yield from self._away()
        yield Heading(1, _plain(labels.agenda))
        yield self._list(titles)
        yield Heading(1, _plain(labels.points))

    def _away(self) -> Iterable[Block]:
        """Return who did not come, by how, where the secretariat recorded it."""
        labels = self._labels
        for presence, heading in (
            (Presence.REPRESENTED, labels.represented),
            (Presence.EXCUSED, labels.excused),
            (Presence.ABSENT, labels.absent),
        ):
            away = self._record.with_presence(presence)
            if away:
                yield Heading(1, _plain(heading))
                yield self._list(self._participant(attendance) for attendance in away)

    def _sections(self) -> Iterable[Block]:
        for item in self._record.agenda:
            if not item.discussed:
                continue
            heading = item.section_heading.rstrip()
            colon = "" if heading.endswith(":") else f"{NBSP}:"
            yield Heading(2, (*self._typed(heading), *_plain(colon)))
            if item.kind is ItemKind.PROGRESS:
                yield from self._progress()
            else:
                yield from self._points(item)

    def _list(self, entries: Iterable[str]) -> ItemList:
        items = [list_item(0, text, "", False, self._style) for text in entries]
        return ItemList(tuple(items) or (ListItem(0, _plain(self._labels.nothing)),))

    def _participant(self, attendance: Attendance) -> str:
        person = attendance.person
        qualities = _qualities(attendance, person)
        title = civility(person.civility, self._style)
        said = f"{title}{NBSP}{person.name}, {qualities}"
        if attendance.by is None:
            return said
        other = f"{civility(attendance.by.civility, self._style)}{NBSP}{attendance.by.name}"
        agreed = "représentée" if person.civility is Civility.MADAME else "représenté"
        return f"{said}, {agreed} par {other}"

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
        lines: list[str] = []
        if record.overall is not None:
            lines.append(f"{labels.overall}{NBSP}: {percent(record.overall, style)}")
        full = labels.completed.format(percent=percent(100, style))
        numbers = [str(report.commitment.number) for report in record.completed]
        lines.append(f"{full}{NBSP}: {enumeration(numbers) or labels.no_commitment}")
        rest = "" if record.under_way else f" {labels.no_commitment}"
        lines.append(f"{labels.under_way}{NBSP}:{rest}")
        yield ItemList(tuple(_plain_item(line) for line in lines))
        if record.under_way:
            yield self._table(record.under_way)

    def _table(self, reports: tuple[ProgressReport, ...]) -> Table:
        labels = self._labels
        heads = (labels.column_commitment, labels.column_progress, labels.column_details)
        return Table(
            widths=_COLUMNS,
            header=tuple(Cell((Paragraph(_plain(head)),), centred=True) for head in heads),
            rows=tuple(self._row(report) for report in reports),
            caption=labels.under_way,
            description=(
                "Pour chaque engagement non complété : son numéro, son état d’avancement en "
                "pour cent et les détails fournis par le point focal."
            ),
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
            about = f"Activité{NBSP}{said.activity.number} ({said.activity.title})"
            told = ", ".join(part for part in (rate, words) if part)
            items.append(ListItem(0, self._typed(f"{about}{NBSP}: {told}")))
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


def _qualities(attendance: Attendance, person: Person) -> str:
    """Return all that a participant was there: focal point of some, alternate for others."""
    roles = sorted({role for role, _ in attendance.represented}, key=list(Role).index)
    numbers = {
        role: tuple(sorted(n for r, n in attendance.represented if r is role)) for role in roles
    }
    said = [quality(role, person.civility, numbers[role]) for role in roles]
    return ", ".join(said or [quality(Role.GUEST, person.civility, ())])
