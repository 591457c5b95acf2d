"""What a relevé's Word file carries beside its pages, so that it comes in again as it went out.

The words are those of the pages, and stand in the file once. What is carried is what no page says:
in which order people were noted, which commitments nobody spoke of, the kind of each point, who
answers for it and by when; and a text itself only where the page shows it otherwise than it was
typed (a firm blank, an empty line). Never an address, an hour of arrival, or why a figure was set.

On the way in, what is carried counts only if composing it with the words of the pages gives the
very pages of the file: where somebody corrected a word in Word, the word counts; where somebody
changed more, the file is read by its words alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pan_desktop.documents.minutes import (
    ActivityLine,
    Attendee,
    Called,
    Minutes,
    Point,
    Rate,
    Section,
)
from pan_desktop.domain.dates_in_text import Precision
from pan_desktop.domain.layout import Layout, read_layout, write_layout
from pan_desktop.domain.mending import mended, raised_again
from pan_desktop.domain.model import (
    ActionPlan,
    Activity,
    ActivityReport,
    AgendaItem,
    Attendance,
    Body,
    Civility,
    Commitment,
    Conclusion,
    ConclusionKind,
    Deadline,
    FollowUp,
    ItemKind,
    Meeting,
    MeetingRecord,
    Person,
    Presence,
    ProgressReport,
    Role,
)
from pan_desktop.domain.numbers import HIGHEST
from pan_desktop.domain.outline import MAX_LEVEL, tamed
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORM = "minutes/1"
_CHANGING = re.compile(r"  |\n\n|\n[ \t]|[ \t]\n|(?:^|\n)[–•]")
"""Blanks and signs that a table cell's paragraphs do not give back."""
_CURLY = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_LONGEST = 200_000
_MOST = 100_000


# From the domain -----------------------------------------------------------------------------


def minutes_of_record(record: MeetingRecord) -> Minutes:
    """Return what a relevé of this record says."""
    meeting = record.meeting
    return Minutes(
        plan=record.plan.label,
        body=meeting.body.name,
        day=meeting.day,
        at=meeting.at,
        place=meeting.place,
        heading=meeting.body.heading,
        attendees=tuple(
            Attendee(
                _called(a.person),
                a.represented,
                a.presence,
                None if a.by is None else _called(a.by),
            )
            for a in record.attendances
        ),
        sections=tuple(_section(item) for item in record.agenda),
        rates=tuple(_rate(report) for report in record.reports),
        overall=record.overall,
    )


def _called(person: Person) -> Called:
    return Called(person.civility, person.name)


def _section(item: AgendaItem) -> Section:
    kept = [c for c in item.conclusions if c.text.strip()]
    levels = tamed([c.level for c in kept])
    return Section(
        item.title if item.on_agenda else "",
        item.section_heading if item.discussed else "",
        item.kind is ItemKind.PROGRESS,
        item.discussed,
        tuple(
            Point(
                level,
                c.text,
                c.marks,
                c.numbered,
                c.kind,
                c.follow_up.owner,
                c.follow_up.deadline,
            )
            for c, level in zip(kept, levels, strict=True)
        ),
    )


def _rate(report: ProgressReport) -> Rate:
    return Rate(
        report.commitment.number,
        report.percent,
        report.details,
        report.marks,
        activities=tuple(
            ActivityLine(a.activity.number, a.activity.title, a.percent, a.details)
            for a in report.activities
        ),
    )


# To JSON and back ----------------------------------------------------------------------------


def write_carried(record: MeetingRecord, style: Typography) -> str:
    """Return, as JSON, what the file of a meeting's relevé carries."""
    minutes = minutes_of_record(record)
    data: dict[str, Any] = {
        "form": FORM,
        "style": style.value,
        "language": record.layout.language.value,
        "layout": write_layout(record.layout),
        "plan": minutes.plan,
        "body": minutes.body,
        "heading": minutes.heading,
        "date": minutes.day.isoformat(),
        "time": f"{minutes.at:%H:%M}",
        "place": minutes.place,
        "overall": minutes.overall,
        "people": [
            [
                _person_data(a.who),
                a.presence.value,
                [[role.value, number] for role, number in a.spoken],
                None if a.by is None else _person_data(a.by),
            ]
            for a in minutes.attendees
        ],
        "rates": [
            [
                r.commitment,
                r.percent,
                *_details_data(r, style),
                [[a.number, a.title, a.percent, a.details] for a in r.activities],
            ]
            for r in minutes.rates
        ],
        "sections": [
            [s.title, s.heading, s.progress, s.discussed, [_point_data(p, style) for p in s.points]]
            for s in minutes.sections
        ],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def in_ascii(carried: str) -> str:
    """Return what a file carries in plain letters alone, for what cannot be written otherwise."""
    return json.dumps(json.loads(carried), separators=(",", ":"))


def _person_data(who: Called) -> list[str]:
    return [who.civility.value if who.civility else "", who.name]


def _point_data(point: Point, style: Typography) -> list[Any]:
    due = point.deadline
    stands = not point.marks and _stands(point.text, style) and not raised_again(point.text).done
    return [
        point.level,
        None if stands else point.text,
        point.marks,
        point.numbered,
        point.kind.value,
        point.owner,
        None
        if due is None
        else [due.first.isoformat(), due.last.isoformat(), due.precision.value, due.said],
    ]


def _details_data(rate: Rate, style: Typography) -> list[str | None]:
    """Return the details and their marks, None for details that the page gives back."""
    text = rate.details
    stands = (
        not rate.marks
        and not rate.activities
        and _stands(text, style)
        and not _CHANGING.search(text)
        and not mended(text).done
    )
    return [None if stands else text, rate.marks]


def _stands(text: str, style: Typography) -> bool:
    """Tell whether a page shows a text so that it can be read back to the letter."""
    # Firm and odd blanks, and what Word cannot hold, are not "printable".
    plain = text.replace("\n", "").isprintable() and text == text.strip()
    return plain and (style is Typography.FIDELE or "’" not in text)


def _from_page(text: str, style: Typography) -> str:
    """Return a text as it was typed, from how the page shows it: ``_stands`` told that it can."""
    return text if style is Typography.FIDELE else _CURLY.sub("'", text)


class Carried:
    """Minutes that a file carries, with the look its pages were composed in."""

    def __init__(self, text: str) -> None:
        """Read them. Raises ValueError for what is not of the form, or breaks a rule."""
        try:
            data = json.loads(text)
            if not isinstance(data, dict) or data.get("form") != FORM:
                raise ValueError(FORM)
            self.style = Typography(data["style"])
            self.layout: Layout = read_layout(_text(data["layout"]), _text(data["language"]))
            self._minutes, self._points, self._details = _minutes(data)
        except (KeyError, TypeError, RecursionError, IndexError) as error:
            raise ValueError(FORM) from error

    def filled(self, read: Minutes) -> Minutes | None:
        """Return the minutes, their words being those read from the pages.

        None where the pages do not have the same points and commitments: then nothing that is
        carried can be laid beside what they say.
        """
        minutes = self._minutes
        said = [point for section in read.sections for point in section.points]
        if len(said) != len(self._points):
            return None
        points = iter(
            own
            if known is None
            else replace(own, text=_from_page(known.text, self.style), marks=known.marks)
            for own, known in (
                (own, None if has_text else there)
                for (own, has_text), there in zip(self._points, said, strict=True)
            )
        )
        sections = tuple(
            replace(section, points=tuple(next(points) for _ in section.points))
            for section in minutes.sections
        )
        there = {rate.commitment: rate for rate in read.rates}
        rates: list[Rate] = []
        for rate in minutes.rates:
            if rate.commitment not in self._details:
                known = there.get(rate.commitment)
                if known is None:
                    return None
                text = _from_page(known.details, self.style)
                rate = replace(rate, details=text, marks=known.marks)  # noqa: PLW2901
            rates.append(rate)
        return replace(minutes, sections=sections, rates=tuple(rates))


def composed_from(minutes: Minutes, layout: Layout) -> MeetingRecord:
    """Return the record that the pages of minutes are composed from, as far as they show it."""
    return _record(minutes, layout)


def _minutes(data: dict[str, Any]) -> tuple[Minutes, list[tuple[Point, bool]], set[int]]:
    """Return the minutes; each point with whether its text is carried; whose details are."""
    people = [
        Attendee(
            _who(who),
            tuple((Role(role), _within(n, 1, HIGHEST)) for role, n in _rows(spoken)),
            Presence(presence),
            None if by is None else _who(by),
        )
        for who, presence, spoken, by in _rows(data["people"])
    ]
    for one in people:
        if any(role is Role.GUEST for role, _ in one.spoken):
            raise ValueError(Role.GUEST)
        if one.by is not None and one.presence is not Presence.REPRESENTED:
            raise ValueError(one.presence)
    sections = tuple(
        Section(
            _text(title),
            _text(heading),
            _flag(progress),
            _flag(discussed),
            tuple(_point(point) for point in _rows(points)),
        )
        for title, heading, progress, discussed, points in _rows(data["sections"])
    )
    for section in sections:
        if not (section.title or (section.heading and section.discussed)):
            raise ValueError("a section that is nowhere")
        levels = [point.level for point in section.points]
        if list(tamed(levels)) != levels:
            raise ValueError("a level that is skipped")
    if sum(section.progress for section in sections) > 1:
        raise ValueError("two sections of progress")
    rates = tuple(_rate_of(*row) for row in _rows(data["rates"]))
    if len({rate.commitment for rate in rates}) != len(rates):
        raise ValueError("a commitment twice")
    spoken = {number for one in people for _, number in one.spoken}
    if not spoken <= {rate.commitment for rate in rates}:
        raise ValueError("a commitment that is unknown")
    carried = [row[1] is not None for *_, points in _rows(data["sections"]) for row in points]
    flat = [point for section in sections for point in section.points]
    details = {row[0] for row in _rows(data["rates"]) if row[2] is not None}
    minutes = Minutes(
        plan=_filled(data["plan"]),
        body=_filled(data["body"]),
        day=date.fromisoformat(_text(data["date"])),
        at=time.fromisoformat(_text(data["time"])).replace(second=0, microsecond=0, tzinfo=None),
        place=_text(data["place"]),
        heading=_text(data["heading"]),
        attendees=tuple(people),
        sections=sections,
        rates=rates,
        overall=_percent(data["overall"]),
    )
    return minutes, list(zip(flat, carried, strict=True)), details


def _rate_of(
    number: object, percent: object, details: object, marks: object, activities: object
) -> Rate:
    lines = tuple(
        ActivityLine(_within(n, 1, HIGHEST), _filled(title), _percent(rate), _text(said))
        for n, title, rate, said in _rows(activities)
    )
    return Rate(
        _within(number, 1, HIGHEST),
        _percent(percent),
        "" if details is None else _text(details),
        _text(marks),
        activities=lines,
    )


def _point(row: Sequence[Any]) -> Point:
    level, text, marks, numbered, kind, owner, due = row
    deadline = None
    if due is not None:
        first, last, precision, said = due
        days = date.fromisoformat(_text(first)), date.fromisoformat(_text(last))
        if days[1] < days[0]:
            raise ValueError("a deadline that ends before it begins")
        deadline = Deadline(*days, Precision(precision), _filled(said))
    return Point(
        _within(level, 0, MAX_LEVEL),
        "" if text is None else _filled(text),
        _text(marks),
        _flag(numbered),
        ConclusionKind(kind),
        _text(owner),
        deadline,
    )


def _who(value: Sequence[Any]) -> Called:
    civility, name = value
    return Called(Civility(civility), _filled(name))


def _rows(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise ValueError("no list")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError("no text")
    value.encode()  # half a surrogate pair is none
    return value


def _filled(value: object) -> str:
    text = _text(value)
    if not text.strip():
        raise ValueError("an empty text")
    return text


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _within(value: object, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(value)
    return value


def _percent(value: object) -> int | None:
    return None if value is None else _within(value, 0, 100)


# Back to the domain --------------------------------------------------------------------------


def _record(minutes: Minutes, layout: Layout) -> MeetingRecord:
    people: dict[Called, Person] = {}

    def person(who: Called) -> Person:
        return people.setdefault(
            who, Person(str(len(people)), who.civility or Civility.MONSIEUR, who.name)
        )

    meeting = Meeting(
        "",
        Body("", minutes.body, minutes.heading),
        "",
        minutes.day,
        minutes.at,
        minutes.place,
        stated_overall=minutes.overall,
    )
    reports = tuple(_report(rate) for rate in minutes.rates)
    return MeetingRecord(
        meeting,
        ActionPlan(
            "",
            minutes.plan,
            minutes.day,
            minutes.day,
            commitments=tuple(report.commitment for report in reports),
        ),
        tuple(_item(place, section) for place, section in enumerate(minutes.sections)),
        tuple(
            Attendance(
                str(place),
                person(one.who),
                one.presence,
                one.spoken,
                None if one.by is None else person(one.by),
            )
            for place, one in enumerate(minutes.attendees)
        ),
        reports,
        layout=layout,
    )


def _report(rate: Rate) -> ProgressReport:
    number = str(rate.commitment)
    lines = _once(rate.activities)
    return ProgressReport(
        number,
        Commitment(number, rate.commitment, weight=Decimal(1)),
        rate.percent,
        rate.details,
        marks=rate.marks,
        activities=tuple(
            ActivityReport(
                str(line.number),
                Activity(str(line.number), line.number, line.title),
                line.percent,
                line.details,
            )
            for line in lines
        ),
    )


def _once(lines: Iterable[ActivityLine]) -> tuple[ActivityLine, ...]:
    return tuple({line.number: line for line in lines}.values())


def _item(place: int, section: Section) -> AgendaItem:
    title, heading = section.title or section.heading, section.heading
    return AgendaItem(
        str(place),
        float(place),
        title,
        heading if heading != title else "",
        ItemKind.PROGRESS if section.progress else ItemKind.POINTS,
        section.on_agenda,
        section.discussed,
        tuple(
            Conclusion(
                f"{place}-{number}",
                None,
                float(number),
                point.level,
                point.text,
                point.kind,
                point.marks,
                point.numbered,
                FollowUp(point.owner, None, point.deadline),
            )
            for number, point in enumerate(section.points)
        ),
    )
