"""Keeps what an issued relevé says as it is: asked by the unit of work before every write.

A meeting whose state is not "draft" is locked, with all rows that its relevé is made of. What
happens after it stays possible: that an action was done, the state itself, the versions kept.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, Select, bindparam, select

from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.errors import LockedError
from pan_desktop.domain.model import ReleveState
from pan_desktop.store import tables as t
from pan_desktop.store.journal.chain import DETAILS
from pan_desktop.store.raw import RawRows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sqlalchemy import Connection

LOCKED = (
    "Le relevé du {day} est {state} : rien n’a été changé. Rouvrez-le (Conclure, Rouvrir) pour "
    "le corriger."
)
KEPT = (
    "Le relevé du {day} a été diffusé : la réunion n’a pas été supprimée, ses versions diffusées "
    "étant gardées avec elle."
)
_STATES = {
    ReleveState.ISSUED: "diffusé",
    ReleveState.CORRECTED: "diffusé",
    ReleveState.APPROVED: "approuvé",
}

_OWNERS = {
    "meeting": "id",
    "agenda_item": "meeting_id",
    "conclusion": "agenda_item_id",
    "attendance": "meeting_id",
    "representation": "attendance_id",
    "attendance_file": "meeting_id",
    "stay": "attendance_id",
    "progress_report": "meeting_id",
    "activity_report": "meeting_id",
    "confirmation": "meeting_id",
}
"""The tables a relevé is made of, each with the column that leads to its meeting."""

_FREE = {
    "meeting": {"state", "document_template_id"},
    "conclusion": {"done_on", "done_meeting_id", "owner_id"},
    "attendance": {"person_id", "by_id"},
}
"""What may change of a locked meeting: how far its relevé has come, that an action was done,
which card stands for a person, two cards of one having been made one, and that the house template
of its kept file is gone."""

_DETAILS_ONLY = {"stay", "attendance_file"}


class Locks:
    """Which meetings are locked, remembered within one transaction."""

    def __init__(
        self,
        connection: Connection,
        *,
        details_go: bool = False,
        foreseen: Callable[[str, str], Mapping[str, Any] | None] | None = None,
    ) -> None:
        """Ask through ``connection``.

        With ``details_go`` details of presence may be removed from a locked meeting, which is
        what ends their retention: no relevé says them. They can never be put back. ``foreseen``
        may know the meeting that a column leads to; it raises KeyError where it does not.
        """
        self._connection = connection
        self._foreseen = foreseen
        self.details_go = details_go
        self._known: dict[tuple[str, str], str] = {}

    def check_insert(self, table: str, row: Mapping[str, Any]) -> None:
        """Raise LockedError when a new row would belong to a locked meeting."""
        if table != "meeting":
            self._check(table, row)

    def check_update(
        self, table: str, before: Mapping[str, Any], changed: Mapping[str, Any]
    ) -> None:
        """Raise LockedError when the row belongs to a locked meeting, or is to move to one."""
        if changed.keys() <= _FREE.get(table, set()):
            if table == "meeting":
                self._known.clear()
            return
        details = self.details_go and changed.keys() <= set(DETAILS.get(table, ()))
        if details and not any(changed.values()):
            return
        self._check(table, before)
        if _OWNERS.get(table) in changed:
            self._check(table, changed)

    def check_delete(self, table: str, before: Mapping[str, Any]) -> None:
        """Raise LockedError when the row belongs to a locked meeting, or is one ever issued."""
        if self.details_go and table in _DETAILS_ONLY:
            return
        self._check(table, before)
        if table == "meeting" and self._connection.execute(_issued(), {"id": before["id"]}).first():
            raise LockedError(KEPT.format(day=plain_date(before["day"])))

    def _check(self, table: str, row: Mapping[str, Any]) -> None:
        column = _OWNERS.get(table)
        owner = row.get(column) if column else None
        if column is None or owner is None:
            return
        key = column, str(owner)
        if key not in self._known:
            self._known[key] = self._asked(table, key[1])
        if self._known[key]:
            raise LockedError(self._known[key])

    def _asked(self, table: str, owner: str) -> str:
        """Return the sentence that refuses a write, "" when the meeting is a draft."""
        if self._foreseen is not None:
            with suppress(KeyError):
                meeting = self._foreseen(_OWNERS[table], owner)
                return "" if meeting is None else _refusal(meeting["state"], meeting["day"])
        question = _question(_OWNERS[table])
        # Of nearly every write this is all that is asked.
        if RawRows(self._connection).text(question, owner) in {None, ReleveState.DRAFT.value}:
            return ""
        state, day = self._connection.execute(question, {"owner": owner}).one()
        return _refusal(state, day)


def _refusal(state: str, day: date) -> str:
    """Return the sentence that refuses a write, "" when the meeting is a draft."""
    if state == ReleveState.DRAFT.value:
        return ""
    return LOCKED.format(day=plain_date(day), state=_STATES[ReleveState(state)])


@cache
def _question(column: str) -> Select[Any]:
    """Return the question for the meeting that a row leads to by ``column``."""
    meeting = t.meeting
    owner: BindParameter[str] = bindparam("owner")
    found = select(meeting.c.state, meeting.c.day)
    if column == "agenda_item_id":
        item = t.agenda_item
        return found.join(item, item.c.meeting_id == meeting.c.id).where(item.c.id == owner)
    if column == "attendance_id":
        attendance = t.attendance
        joined = found.join(attendance, attendance.c.meeting_id == meeting.c.id)
        return joined.where(attendance.c.id == owner)
    return found.where(meeting.c.id == owner)


@cache
def _issued() -> Select[Any]:
    version = t.releve_version
    return select(version.c.id).where(version.c.meeting_id == bindparam("id")).limit(1)
