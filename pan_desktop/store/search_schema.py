"""What keeps the index of the search up to date: triggers that note the rows that changed.

The tables (``search_index``, ``search_names``, ``search_entry``, ``search_pending`` and
``search_state``) are SQLite's own, made by the first migration and no part of ``tables``. A trigger
writes a row's name into ``search_pending``, once however often it changes: a key typed costs next
to nothing, and the next search indexes what is noted (``store.search``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.searching import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_PREFIX = "search_on_"
_OWN, _TIED = "own", "tied"

_SOURCES = {
    Source.PERSON: "civility, name, institution_id",
    Source.COMMITMENT: "plan_id, number, title, institution_id",
    Source.ACTIVITY: "commitment_id, title",
    Source.MEETING: "body_id, plan_id, day, place",
    Source.AGENDA_ITEM: "meeting_id, title, heading",
    Source.CONCLUSION: "agenda_item_id, text, kind, owner_id, done_on",
    Source.PROGRESS_REPORT: "meeting_id, commitment_id, details",
    Source.ACTIVITY_REPORT: "meeting_id, activity_id, details",
    Source.AMENDMENT: "commitment_id, kind, day, reason, former_title",
    Source.STATEMENT: "commitment_id, day, reason",
}
"""The columns of each table that the index holds something of."""


class _Tie(NamedTuple):
    """A table whose rows others are indexed with."""

    table: str
    columns: str
    marks: dict[Source, str]
    """What is to be indexed again: a select of its identifiers, {row} being OLD or NEW."""
    events: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")


_CHANGED = ("UPDATE",)
_SPOKEN = (
    "SELECT r.id FROM representation p JOIN progress_report r ON r.commitment_id = p.commitment_id"
    " WHERE p.attendance_id = {row}.id AND r.meeting_id = {row}.meeting_id"
)
_SPOKEN_FOR = (
    "SELECT r.id FROM attendance a JOIN progress_report r ON r.meeting_id = a.meeting_id"
    " WHERE a.id = {row}.attendance_id AND r.commitment_id = {row}.commitment_id"
)
_POINTS = (
    "SELECT id FROM conclusion WHERE agenda_item_id IN"
    " (SELECT id FROM agenda_item WHERE meeting_id = {row}.id)"
)
_OF_MEETING = {
    Source.AGENDA_ITEM: "SELECT id FROM agenda_item WHERE meeting_id = {row}.id",
    Source.CONCLUSION: _POINTS,
    Source.PROGRESS_REPORT: "SELECT id FROM progress_report WHERE meeting_id = {row}.id",
    Source.ACTIVITY_REPORT: "SELECT id FROM activity_report WHERE meeting_id = {row}.id",
}
_OF_INSTITUTION = {
    Source.PERSON: "SELECT id FROM person WHERE institution_id = {row}.id",
    Source.COMMITMENT: "SELECT id FROM commitment WHERE institution_id = {row}.id",
}
_OF_BODY = {Source.MEETING: "SELECT id FROM meeting WHERE body_id = {row}.id"}
_OF_ACTIVITY = {
    Source.ACTIVITY_REPORT: "SELECT id FROM activity_report WHERE activity_id = {row}.id"
}
_HERS = {Source.PERSON: "SELECT {row}.person_id"}
_OF_MANDATE = {Source.PERSON: "SELECT person_id FROM mandate WHERE id = {row}.mandate_id"}
_TIES = (
    _Tie("body", "name", _OF_BODY, _CHANGED),
    _Tie("institution", "name", _OF_INSTITUTION, _CHANGED),
    _Tie("meeting", "day, plan_id", _OF_MEETING, _CHANGED),
    _Tie("activity", "commitment_id", _OF_ACTIVITY, _CHANGED),
    _Tie("person_alias", "person_id, name", _HERS),
    _Tie("mandate", "person_id, plan_id", _HERS),
    _Tie("mandate_commitment", "mandate_id, commitment_id", _OF_MANDATE),
    _Tie(
        "attendance",
        "meeting_id, person_id, presence, by_id",
        {Source.MEETING: "SELECT {row}.meeting_id", Source.PROGRESS_REPORT: _SPOKEN},
    ),
    _Tie("representation", "attendance_id, commitment_id", {Source.PROGRESS_REPORT: _SPOKEN_FOR}),
)


def drop_triggers(connection: Connection) -> None:
    """Take the triggers away, so that a migration may drop and rename the tables they name."""
    names = connection.exec_driver_sql(
        f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{_PREFIX}*'"
    ).scalars()
    for name in list(names):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def create_triggers(connection: Connection) -> None:
    """Make the triggers, and have everything indexed that is there already."""
    for source, columns in _SOURCES.items():
        for statement in _triggers(_Tie(source, columns, {source: "SELECT {row}.id"}), _OWN):
            connection.exec_driver_sql(statement)
    for tie in _TIES:
        for statement in _triggers(tie, _TIED):
            connection.exec_driver_sql(statement)
    for statement in mark_all():
        connection.exec_driver_sql(statement)


def mark_all() -> Iterator[str]:
    """Yield the statements that note every row as one to be indexed."""
    for source in Source:
        yield _mark(source, f'SELECT id FROM "{source}"')


def _triggers(tie: _Tie, kind: str) -> Iterator[str]:
    for event in tie.events:
        of = f" OF {tie.columns}" if event == "UPDATE" else ""
        # A row keeps its identifier; what it belongs to may change, and both are to be indexed.
        changed = ("NEW",) if kind == _OWN else ("OLD", "NEW")
        rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": changed}[event]
        marks = [_mark(s, ids.format(row=row)) for s, ids in tie.marks.items() for row in rows]
        name, done = f"{_PREFIX}{kind}_{tie.table}_{event.lower()}", " ".join(marks)
        yield f'CREATE TRIGGER {name} AFTER {event}{of} ON "{tie.table}" BEGIN {done} END'


def _mark(source: Source, ids: str) -> str:
    named = ids.replace("SELECT ", f"SELECT '{source}', ", 1)
    return f"INSERT OR IGNORE INTO search_pending (source, row_id) {named};"
