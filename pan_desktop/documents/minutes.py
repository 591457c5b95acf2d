"""Minutes: what a relevé says, read from any paper, before the store knows whom and what it names.

People are names here, not cards; a commitment is its number. ``releve/1`` becomes minutes, and so
does a Word file; the use case that takes them in is the same for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.documents.interpret.sections import pair_sections
from pan_desktop.domain.model import ConclusionKind, Deadline, Presence, Role

if TYPE_CHECKING:
    from datetime import date, time

    from pan_desktop.documents.interchange import ReleveData
    from pan_desktop.domain.model import Civility


@dataclass(frozen=True, slots=True)
class Called:
    """Someone as a paper names her; ``civility`` is None where it does not say."""

    civility: Civility | None
    name: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone a paper says came, or did not, and what she spoke for."""

    who: Called
    spoken: tuple[tuple[Role, int], ...] = ()
    presence: Presence = Presence.PRESENT
    by: Called | None = None
    """Who came in her place."""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """What a paper says of one activity of a commitment."""

    number: int
    title: str
    percent: int | None
    details: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """A commitment's progress; title and institution where a table gives them."""

    commitment: int
    percent: int | None
    details: str = ""
    marks: str = ""
    title: str = ""
    institution: str = ""
    activities: tuple[ActivityLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a section; ``level`` is its depth, counted from 0."""

    level: int
    text: str
    marks: str = ""
    numbered: bool = False
    kind: ConclusionKind = ConclusionKind.INFORMATION
    owner: str = ""
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """An agenda item and its section; a title alone was not discussed, a heading alone unannounced.

    The progress item's section holds no points: its rates are the minutes' own.
    """

    title: str = ""
    heading: str = ""
    progress: bool = False
    discussed: bool = True
    points: tuple[Point, ...] = ()

    @property
    def on_agenda(self) -> bool:
        """Tell whether the agenda announces it."""
        return bool(self.title)


@dataclass(frozen=True, slots=True)
class Minutes:
    """All that a relevé says."""

    plan: str
    body: str
    day: date
    at: time
    place: str = ""
    heading: str = ""
    """The first line of the paper, "" for the one proposed for the body."""
    attendees: tuple[Attendee, ...] = ()
    sections: tuple[Section, ...] = ()
    rates: tuple[Rate, ...] = ()
    """In the paper's order; a commitment whose rate nobody gave has None."""
    overall: int | None = None


def minutes_of(data: ReleveData) -> Minutes:
    """Return the minutes that a ``releve/1`` file holds."""
    rows = {row.commitment: row for row in data.rows}
    known = dict.fromkeys((*data.completed, *rows, *data.commitments))
    completed = set(data.completed)
    return Minutes(
        plan=data.plan,
        body=data.body,
        day=data.day,
        at=data.at,
        place=data.place,
        attendees=_attendees(data),
        sections=_sections(data),
        rates=tuple(
            Rate(number, rows[number].percent, rows[number].details)
            if number in rows
            else Rate(number, 100 if number in completed else None)
            for number in known
        ),
        overall=data.overall,
    )


def _attendees(data: ReleveData) -> tuple[Attendee, ...]:
    """Return who came, each once: the form has a line for each capacity."""
    spoken: dict[Called, list[tuple[Role, int]]] = {}
    for one in data.participants:
        held = spoken.setdefault(Called(one.civility, one.name), [])
        held += [(one.role, number) for number in one.commitments]
    return tuple(Attendee(who, tuple(held)) for who, held in spoken.items())


def _sections(data: ReleveData) -> tuple[Section, ...]:
    headings = [data.progress_heading, *(note.heading for note in data.notes)]
    found: list[Section] = []
    for section in pair_sections(data.agenda, headings[0], headings[1:]):
        title = data.agenda[section.title] if section.title is not None else ""
        heading = headings[section.heading] if section.heading is not None else ""
        notes = data.notes[section.heading - 1].points if section.heading else ()
        found.append(
            Section(
                title,
                heading,
                progress=section.heading == 0,
                discussed=section.heading is not None,
                points=tuple(Point(level, text) for level, text in notes),
            )
        )
    return tuple(found)
