"""What secretaries do with an office, each deed drawn from chance and told as rows it wrote."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pan_desktop.app import conclusions, history, meetings, people, plans, progress
from pan_desktop.app.conclusions import OutlinePatch, PointEdit
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.app.office import Office, for_good
from pan_desktop.app.people import PersonEdit
from pan_desktop.app.progress import ReportEdit
from pan_desktop.domain.errors import PanError
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import Civility, ItemKind, Presence, ReleveState, Situation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from pan_desktop.domain.model import AgendaItem, MeetingRecord
    from pan_desktop.store.changes import RowChange
    from pan_desktop.store.unit_of_work import UnitOfWork

T = TypeVar("T")
DAY = date(2026, 3, 2)
BODY = "Comité de suivi"
_tokens = count(1)


class Done(NamedTuple):
    """What a deed came to."""

    changes: tuple[RowChange, ...] = ()
    """The rows that it wrote, as their author saw them before, and as she left them."""
    refused: str = ""
    """The sentence with which the program refused it."""


class Hand:
    """One secretary at one office."""

    def __init__(self, office: Office, chance: Random) -> None:
        """Do things in ``office``; which of them and to what is drawn from ``chance``."""
        self.office = office
        self.chance = chance
        self._shown: dict[str, PointEdit] = {}
        """Points as the window showed them when it last looked, which may be some time ago."""

    def does(self, deed: str) -> Done:
        """Do one thing."""
        try:
            return DEEDS[deed](self)
        except PanError as error:
            return Done(refused=f"{type(error).__name__}: {error.sentence}")

    # What she sees ---------------------------------------------------------------------------

    def pick(self, things: Sequence[T]) -> T | None:
        """Return one of several things, None of none."""
        return things[self.chance.randrange(len(things))] if things else None

    def record(self) -> MeetingRecord | None:
        """Return a meeting, mostly one of the last two: that is where they meet."""
        lines = self.office.run(meetings.list_meetings).result
        line = self.pick(lines[:2] if self.chance.random() < 0.85 else lines)
        if line is None:
            return None
        return self.office.run(meetings.view_meeting, meeting_id=line.id).result.record

    def item(self) -> AgendaItem | None:
        """Return an item of an agenda that takes points."""
        record = self.record()
        if record is None:
            return None
        return self.pick([i for i in record.agenda if i.kind is ItemKind.POINTS])

    def run(self, use_case: Callable[..., Any], *, typing: str = "", **arguments: Any) -> Done:
        """Run a use case and return the rows that it wrote."""

        def told(work: UnitOfWork) -> tuple[RowChange, ...]:
            use_case(work, **arguments)
            return tuple(work.changes)

        run = for_good(told) if use_case in _FOR_GOOD else told
        found = self.office.save(typing, run) if typing else self.office.run(run)
        if not typing:  # her own window shows what she did herself
            self._shown.clear()
        return Done(found.result)

    # Points ----------------------------------------------------------------------------------

    def type(self) -> Done:
        """Type into a point, a word or two at a time, now and then into an old picture of it."""
        item = self.item()
        stored = self.pick(item.conclusions) if item else None
        if stored is None:
            return Done()
        now = PointEdit.of(stored)
        seen = self._shown.get(stored.id, now) if self.chance.random() < 0.2 else now
        words = word() if self.chance.random() < 0.5 else f"{seen.text[-40:]} {word()}"
        edit = PointEdit(seen.id, seen.level, words, "", seen.numbered, seen.kind)
        done = self.run(conclusions.save_point, typing=stored.id, point=edit, seen=seen)
        self._shown[stored.id] = edit
        return done

    def look(self) -> Done:
        """Have the window show an item's points as they are now."""
        item = self.item()
        for point in item.conclusions if item else ():
            self._shown[point.id] = PointEdit.of(point)
        return Done()

    def insert(self) -> Done:
        """Put a new point somewhere."""
        item = self.item()
        if item is None:
            return Done()
        points = item.conclusions
        place = self.chance.randint(0, len(points))
        before = points[place - 1] if place else None
        under = before is not None and self.chance.random() < 0.4
        parent = None if before is None else before.id if under else before.parent_id
        level = 0 if before is None else before.level + under
        patch = OutlinePatch(
            None if before is None else before.id,
            (PointEdit(new_id(), min(level, 8), word()),),
            (parent,),
            points[place].id if place < len(points) else None,
        )
        return self.run(conclusions.save_patch, item_id=item.id, patch=patch)

    def outline(self) -> Done:
        """Move points, remove some, all at once."""
        item = self.item()
        if item is None:
            return Done()
        seen = [PointEdit.of(point) for point in item.conclusions]
        points = [point for point in seen if self.chance.random() > 0.15]
        if points and self.chance.random() < 0.7:
            moved = points.pop(self.chance.randrange(len(points)))
            points.insert(self.chance.randint(0, len(points)), moved)
        return self.run(conclusions.save_outline, item_id=item.id, points=points, seen=seen)

    def drop(self) -> Done:
        """Remove a point that nothing hangs under."""
        item = self.item()
        parents = {point.parent_id for point in item.conclusions} if item else set()
        leaf = self.pick([p for p in item.conclusions if p.id not in parents]) if item else None
        if item is None or leaf is None:
            return Done()
        patch = OutlinePatch(None, (), (), None, (leaf.id,), seen=(PointEdit.of(leaf),))
        return self.run(conclusions.save_patch, item_id=item.id, patch=patch)

    # Agenda and meetings ---------------------------------------------------------------------

    def add_item(self) -> Done:
        """Add an item to an agenda."""
        record = self.record()
        if record is None:
            return Done()
        return self.run(meetings.add_item, meeting_id=record.meeting.id, title=word())

    def rename_item(self) -> Done:
        """Change an item's title."""
        item = self.item()
        return (
            Done()
            if item is None
            else self.run(meetings.change_item, item_id=item.id, title=word(), heading=item.heading)
        )

    def order_items(self) -> Done:
        """Put an agenda in another order."""
        record = self.record()
        if record is None:
            return Done()
        ids = [item.id for item in record.agenda]
        self.chance.shuffle(ids)
        return self.run(meetings.order_items, meeting_id=record.meeting.id, item_ids=ids)

    def remove_item(self) -> Done:
        """Remove an item with its points."""
        record = self.record()
        item = (
            self.pick([i for i in record.agenda if i.kind is ItemKind.POINTS]) if record else None
        )
        if record is None or item is None:
            return Done()
        return self.run(meetings.remove_item, meeting_id=record.meeting.id, item_id=item.id)

    def meet(self) -> Done:
        """Make a meeting."""
        plan = self.pick(self.office.run(plans.list_plans).result)
        if plan is None:
            return Done()
        edit = MeetingEdit(BODY, DAY + timedelta(days=self.chance.randrange(600)), time(10))
        return self.run(
            meetings.create_meeting, plan_id=plan.id, edit=edit, progress_title="Avancement"
        )

    def cancel(self) -> Done:
        """Remove a meeting with all that is in it, unless it is one of the last two."""
        lines = self.office.run(meetings.list_meetings).result
        line = self.pick(lines[2:])
        return Done() if line is None else self.run(meetings.remove_meeting, meeting_id=line.id)

    def place(self) -> Done:
        """Say where a meeting is held, and when."""
        record = self.record()
        if record is None:
            return Done()
        day = record.meeting.day + timedelta(days=self.chance.randrange(3))
        edit = MeetingEdit(BODY, day, record.meeting.at, word())
        return self.run(meetings.change_meeting, meeting_id=record.meeting.id, edit=edit)

    def issue(self) -> Done:
        """Issue a meeting's relevé, or open an issued one again."""
        record = self.record()
        if record is None:
            return Done()
        return self.run(_issued_or_reopened, meeting_id=record.meeting.id)

    # People and progress ---------------------------------------------------------------------

    def tick(self) -> Done:
        """Say whether somebody came, or take that away."""
        record = self.record()
        person = self.pick(self.office.run(people.list_people).result)
        if record is None or person is None:
            return Done()
        presence = self.pick([Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT, None])
        return self.run(
            meetings.set_presence,
            meeting_id=record.meeting.id,
            person_ids=[person.person.id],
            presence=presence,
        )

    def come(self) -> Done:
        """Add somebody whom nobody knew."""
        return self.run(people.add_person, person=PersonEdit(Civility.MADAME, f"Salma {word()}"))

    def rename(self) -> Done:
        """Change a person's name and institution."""
        card = self.pick(self.office.run(people.list_people).result)
        if card is None:
            return Done()
        institution = self.pick(["", "Archives", f"Agence {word()}"]) or ""
        edit = PersonEdit(card.person.civility, f"Salma {word()}", institution)
        return self.run(people.change_person, person_id=card.person.id, person=edit)

    def rate(self) -> Done:
        """Say how far a commitment has come."""
        record = self.record()
        report = self.pick(record.reports) if record else None
        if report is None:
            return Done()
        percent = self.pick([None, 10, 50, 100])
        details = word() if self.chance.random() < 0.6 else report.details
        edit = ReportEdit(percent, details, Situation.REPORTED)
        return self.run(progress.save_report, report_id=report.id, edit=edit)

    def overall(self) -> Done:
        """Give the committee's own overall figure, or take it back."""
        record = self.record()
        if record is None:
            return Done()
        percent = self.pick([None, 40, 60])
        return self.run(
            progress.state_overall, meeting_id=record.meeting.id, percent=percent, reason=word()
        )

    # The way back ----------------------------------------------------------------------------

    def undo(self) -> Done:
        """Take back the last thing done."""
        return self.run(history.undo)

    def redo(self) -> Done:
        """Do again what was taken back."""
        return self.run(history.redo)


def word() -> str:
    """Return something that nobody has typed before, to be found again."""
    return f"«{next(_tokens)}»"


def _issued_or_reopened(work: UnitOfWork, *, meeting_id: str) -> None:
    meeting = work.read.record(meeting_id).meeting
    if meeting.state is not ReleveState.DRAFT:
        work.update("meeting", meeting_id, state=ReleveState.DRAFT.value)
        return
    rows = work.read.versions(meeting_id)
    work.insert(
        "releve_version",
        meeting_id=meeting_id,
        number=rows[-1].number + 1 if rows else 1,
        state=ReleveState.ISSUED.value,
        file_name="Relevé.docx",
        content=b"",
        digest="0" * 64,
        issued_at=datetime(2026, 3, 2, tzinfo=UTC),
        author=word(),
    )
    work.update("meeting", meeting_id, state=ReleveState.ISSUED.value)


_FOR_GOOD = {history.undo, history.redo, _issued_or_reopened}

DEEDS: dict[str, Callable[[Hand], Done]] = {
    name: getattr(Hand, name)
    for name in (
        *("type", "look", "insert", "outline", "drop"),
        *("add_item", "rename_item", "order_items", "remove_item"),
        *("meet", "cancel", "place", "issue"),
        *("tick", "come", "rename", "rate", "overall", "undo", "redo"),
    )
}
OFTEN = {"type": 12, "insert": 5, "tick": 5, "rate": 5, "undo": 3, "rename": 2, "outline": 2}
SELDOM = {"meet": 0.4, "cancel": 0.4, "issue": 0.3, "come": 0.4, "remove_item": 0.5}
LIKELY = {name: OFTEN.get(name, SELDOM.get(name, 1)) for name in DEEDS}
"""How likely each deed is."""


def small_office(work: UnitOfWork) -> None:
    """Fill an empty office with what two secretaries meet in at every step."""
    plan_id = plans.create_plan(
        work, label="2026-2028", starts=date(2026, 1, 1), ends=date(2028, 12, 31), commitments=2
    )
    for number in range(3):
        people.add_person(work, person=PersonEdit(Civility.MONSIEUR, f"Karim {number}"))
    for number in range(2):
        edit = MeetingEdit(BODY, DAY + timedelta(days=700 + number), time(10))
        meeting_id = meetings.create_meeting(
            work, plan_id=plan_id, edit=edit, progress_title="Avancement"
        )
        item_id = meetings.add_item(work, meeting_id=meeting_id, title="Divers")
        points = [(0, "Un"), (1, "Deux"), (0, "Trois")]
        conclusions.add_points(work, item_id=item_id, points=points)
