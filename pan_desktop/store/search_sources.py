"""Reads, for each table that is searched, what is indexed of its rows and shown of them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.calendar import date_in_words, short_date
from pan_desktop.domain.searching import Found, Source

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


class Indexed(NamedTuple):
    """What is indexed of a row."""

    id: str
    text: str
    day: date | None
    facets: tuple[str, ...]
    """What filters go by: "p" and a plan's identifier, "c" a commitment's, "h" a person's, "k"
    and a kind."""


# A meeting's day, identifier, body and plan, in a row that was said at it.
_OF_MEETING = "m.day, m.id, b.name, p.label"
_MEETING = (
    "JOIN meeting m ON m.id = {} JOIN body b ON b.id = m.body_id JOIN plan p ON p.id = m.plan_id"
)
_COMMITMENT = "JOIN commitment k ON k.id = {}"
_PLAN = "JOIN plan p ON p.id = k.plan_id"
_INSTITUTION = "LEFT JOIN institution o ON o.id = x.institution_id"
_P_AND_C = "'p' || k.plan_id || ' c' || k.id"
_SPEAKERS = (
    " || coalesce((SELECT group_concat(' h' || a.person_id, '') FROM attendance a"
    " JOIN representation s ON s.attendance_id = a.id WHERE a.meeting_id = x.meeting_id"
    " AND s.commitment_id = x.commitment_id AND a.presence = 'present'), '')"
)

# Each gives: identifier, text, name; day, meeting's identifier, body, plan's label; commitment's
# identifier and number; kind, whether open; facets.
_SELECTS = {
    Source.PERSON: f"""
        SELECT x.id, ltrim(coalesce(o.name, '') || coalesce((SELECT group_concat(char(10) || a.name,
               '') FROM person_alias a WHERE a.person_id = x.id), ''), char(10)), x.name,
               NULL, NULL, '', '', NULL, NULL, x.civility, 0,
               'h' || x.id
               || coalesce((SELECT group_concat(' p' || d.plan_id, '') FROM mandate d
                             WHERE d.person_id = x.id), '')
               || coalesce((SELECT group_concat(' c' || t.commitment_id, '') FROM mandate d
                              JOIN mandate_commitment t ON t.mandate_id = d.id
                             WHERE d.person_id = x.id), '')
          FROM person x {_INSTITUTION}""",
    Source.COMMITMENT: f"""
        SELECT x.id, coalesce(o.name, ''), x.title, NULL, NULL, '', p.label, x.id, x.number, '', 0,
               'p' || x.plan_id || ' c' || x.id
          FROM commitment x JOIN plan p ON p.id = x.plan_id {_INSTITUTION}""",
    Source.ACTIVITY: f"""
        SELECT x.id, x.title, x.number, NULL, NULL, '', p.label, k.id, k.number, '', 0, {_P_AND_C}
          FROM activity x {_COMMITMENT.format("x.commitment_id")} {_PLAN}""",
    Source.MEETING: f"""
        SELECT m.id, m.place, '', {_OF_MEETING}, NULL, NULL, '', 0,
               'p' || m.plan_id
               || coalesce((SELECT group_concat(' h' || coalesce(a.by_id, a.person_id), '')
                              FROM attendance a WHERE a.meeting_id = m.id
                               AND a.presence IN ('present', 'represented')), '')
          FROM meeting x {_MEETING.format("x.id")}""",
    Source.AGENDA_ITEM: f"""
        SELECT x.id, CASE x.heading WHEN '' THEN x.title ELSE x.title || char(10) || x.heading END,
               '', {_OF_MEETING}, NULL, NULL, '', 0, 'p' || m.plan_id
          FROM agenda_item x {_MEETING.format("x.meeting_id")}""",
    Source.CONCLUSION: f"""
        SELECT x.id, x.text, i.title, {_OF_MEETING}, NULL, NULL, x.kind,
               x.kind = 'action' AND x.done_on IS NULL,
               'p' || m.plan_id || coalesce(' h' || x.owner_id, '')
          FROM conclusion x JOIN agenda_item i ON i.id = x.agenda_item_id
               {_MEETING.format("i.meeting_id")}""",
    Source.PROGRESS_REPORT: f"""
        SELECT x.id, x.details, k.title, {_OF_MEETING}, k.id, k.number, '', 0,
               {_P_AND_C}{_SPEAKERS}
          FROM progress_report x {_COMMITMENT.format("x.commitment_id")}
               {_MEETING.format("x.meeting_id")}""",
    Source.ACTIVITY_REPORT: f"""
        SELECT x.id, x.details, y.title, {_OF_MEETING}, k.id, k.number, '', 0, {_P_AND_C}
          FROM activity_report x JOIN activity y ON y.id = x.activity_id
               {_COMMITMENT.format("y.commitment_id")} {_MEETING.format("x.meeting_id")}""",
    Source.AMENDMENT: f"""
        SELECT x.id, trim(x.reason || char(10) || x.former_title, char(10)), k.title,
               x.day, NULL, '', p.label, k.id, k.number, x.kind, 0, {_P_AND_C}
          FROM amendment x {_COMMITMENT.format("x.commitment_id")} {_PLAN}""",
    Source.STATEMENT: f"""
        SELECT x.id, x.reason, k.title, x.day, NULL, '', p.label, k.id, k.number, '', 0, {_P_AND_C}
          FROM statement x {_COMMITMENT.format("x.commitment_id")} {_PLAN}""",
}
_STATEMENTS = {
    # Asked by a list of one parameter, so that SQLite prepares each statement once.
    source: f"{select} WHERE x.id IN (SELECT value FROM json_each(?))"
    for source, select in _SELECTS.items()
}


def found(connection: sqlite3.Connection, source: Source, ids: Sequence[str]) -> list[Found]:
    """Return what is shown of some rows of a table; those that are gone are left out."""
    return [
        Found._make((source, *row[:3], _day(row[3]), *row[4:10], bool(row[10])))
        for row in connection.execute(_STATEMENTS[source], (json.dumps(ids),))
    ]


def indexed(connection: sqlite3.Connection, source: Source, ids: Sequence[str]) -> list[Indexed]:
    """Return what is indexed of some rows of a table; those that are gone are left out."""
    rows = connection.execute(_STATEMENTS[source], (json.dumps(ids),))
    return [_indexed(source, row) for row in rows]


def _indexed(source: Source, row: tuple[str, ...]) -> Indexed:
    row_id, text, name, said_on, _, body, _, _, number, kind, opened, facets = row
    day = _day(said_on)
    match source:
        case Source.PERSON:
            text = f"{name}\n{text}"
        case Source.COMMITMENT:
            text = f"engagement {number}\n{name}\n{text}"
        case Source.MEETING if day is not None:
            text = f"réunion {date_in_words(day)} {short_date(day)}\n{body}\n{text}"
        case _:
            pass
    kinds = [f"k{source}"]
    if source is Source.CONCLUSION:
        kinds += [f"k{kind}"] + ["kopen"] * bool(opened)
    return Indexed(row_id, text, day, (*kinds, *dict.fromkeys(facets.split())))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
