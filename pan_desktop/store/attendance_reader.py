"""Reads what is kept of the reports of video calls: which files served, who stayed when."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from pan_desktop.store import tables as t
from pan_desktop.store.memory_reader import MemoryReader

if TYPE_CHECKING:
    from datetime import time


class KeptStay(NamedTuple):
    """From when to when someone was in the call, by one file."""

    id: str
    file_id: str
    joined: time
    left: time


class AttendanceReader(MemoryReader):
    """Questions about the reports of one meeting's call."""

    def attendance_files(self, meeting_id: str) -> dict[str, tuple[str, str]]:
        """Return, by digest, the reports read for a meeting: the row's id and the lines used."""
        f = t.attendance_file
        rows = self._rows(select(f).where(f.c.meeting_id == meeting_id).order_by(f.c.id))
        return {row["digest"]: (row["id"], row["lines"]) for row in rows}

    def stays(self, meeting_id: str) -> dict[str, tuple[KeptStay, ...]]:
        """Return, by person, when she was in the call, the first arrival first."""
        a, s = t.attendance, t.stay
        rows = self._rows(
            select(s, a.c.person_id)
            .join(a, a.c.id == s.c.attendance_id)
            .where(a.c.meeting_id == meeting_id)
            .order_by(s.c.joined, s.c.left, s.c.id)
        )
        found: defaultdict[str, list[KeptStay]] = defaultdict(list)
        for row in rows:
            kept = KeptStay(row["id"], row["attendance_file_id"], row["joined"], row["left"])
            found[row["person_id"]].append(kept)
        return {person_id: tuple(stays) for person_id, stays in found.items()}
