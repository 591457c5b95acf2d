"""The relevé as a paper, for what shows it in the window: its blocks, and one change at a time.

The window does not know `documents`; the names of the document model come to it from here. The
composition is the one that the Word file is written from, so that both say the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pan_desktop.documents.compose import compose_blocks, list_item
from pan_desktop.documents.docx.direction import runs_right_to_left
from pan_desktop.documents.model import (
    Block,
    Cell,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Run,
    Runs,
    Table,
    Title,
)
from pan_desktop.documents.numbering import counted, number_mark
from pan_desktop.domain.model import AgendaItem, Conclusion, MeetingRecord, ProgressReport
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pan_desktop.app.conclusions import PointEdit

__all__ = [
    "Block",
    "Cell",
    "Document",
    "Heading",
    "ItemList",
    "ListItem",
    "Paragraph",
    "Run",
    "Runs",
    "Table",
    "Title",
    "Typography",
    "blocks",
    "counted",
    "number_mark",
    "runs_right_to_left",
    "with_point",
    "with_points",
    "with_report",
    "words_of",
]


def blocks(record: MeetingRecord, style: Typography) -> tuple[Block, ...]:
    """Return the blocks of a meeting's relevé.

    Entries of lists whose source did not change come back as the very same things.
    """
    return compose_blocks(record, style)


def with_point(record: MeetingRecord, item_id: str, point: PointEdit) -> MeetingRecord:
    """Return the record with other words in one point of an agenda item."""

    def changed(item: AgendaItem) -> AgendaItem:
        conclusions = tuple(
            replace(c, text=point.text, marks=point.marks, numbered=point.numbered, kind=point.kind)
            if c.id == point.id
            else c
            for c in item.conclusions
        )
        return replace(item, conclusions=conclusions)

    return _with_item(record, item_id, changed)


def with_points(record: MeetingRecord, item_id: str, points: Sequence[PointEdit]) -> MeetingRecord:
    """Return the record with these points, in this order, under an agenda item."""

    def changed(item: AgendaItem) -> AgendaItem:
        conclusions = tuple(
            Conclusion(p.id, None, float(n), p.level, p.text, p.kind, p.marks, p.numbered)
            for n, p in enumerate(points)
        )
        return replace(item, conclusions=conclusions)

    return _with_item(record, item_id, changed)


def with_report(record: MeetingRecord, report: ProgressReport) -> MeetingRecord:
    """Return the record with another report of one commitment."""
    reports = tuple(report if known.id == report.id else known for known in record.reports)
    return replace(record, reports=reports)


def words_of(point: Conclusion, style: Typography) -> ListItem:
    """Return a point as the entry that the blocks hold; tamed levels apart, the very same."""
    return list_item(point.level, point.text, point.marks, point.numbered, style)


def _with_item(
    record: MeetingRecord, item_id: str, changed: Callable[[AgendaItem], AgendaItem]
) -> MeetingRecord:
    agenda = tuple(changed(item) if item.id == item_id else item for item in record.agenda)
    return replace(record, agenda=agenda)
