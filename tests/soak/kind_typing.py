"""A secretary who types into the real window, has it checked and writes the relevé."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pan_desktop.app import meetings
from pan_desktop.app.office import Office
from pan_desktop.documents.docx.reader import read_blocks
from tests.builders import filled_database
from tests.faults import Call
from tests.soak.kind import Facts, Kind
from tests.soak.remains import LostError, must, usable, whole
from tests.soak.typist import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OLD_NS = 100_000_000
"""A key older than this when the process died must be in the database..."""
OLD_KEYS = 8
"""... if as many keys were handled after it as are in that time: a busy machine handles fewer."""
BASE, TARGET = "essai.sqlite3", "Relevé.docx"


class Typing(Kind):
    """The window, driven by key events (``typist``)."""

    name = "typing"
    lie = "s 7"
    longest = 3.0
    moments: ClassVar = {Call.WRITE: 1400, Call.SYNC: 220, Call.RENAME: 6}

    def start(self) -> Mapping[str, bytes]:
        """Return a database with a meeting that says nothing yet."""
        return {BASE: with_an_empty_item()}

    def command(self, folder: Path) -> Sequence[str]:
        """Return the typist's own program."""
        place = folder / "start"
        return sys.executable, "-m", "tests.soak.typist", str(place / BASE), str(place / TARGET)

    def work(self, place: Path) -> None:
        """Leave it to the typist."""
        raise NotImplementedError

    def examine(self, place: Path, facts: Facts) -> None:
        """See every key that the window had said is on disk, and those older than 100 ms."""
        remains_of(place, facts)
        usable(place / BASE)


def remains_of(place: Path, facts: Facts, *, well: bool = True) -> tuple[int, int, int]:
    """Return how many keys were handled, how many said to be on disk, and how many are.

    The disk being well, what was handled a while before is there as well, said or not. Raises
    LostError.
    """
    database, target = place / BASE, place / TARGET
    whole(database)
    item_id = facts.all("b")[0]
    handled = [(int(n), int(at)) for n, at in (words.split() for words in facts.all("k"))]
    acknowledged = max(map(int, facts.all("s")), default=0)
    died_ns = facts.died_ns or max((at for _, at in handled), default=0)
    old = max((number for number, at in handled if died_ns - at > OLD_NS), default=0)
    old = min(old, len(handled) - OLD_KEYS)
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT text FROM conclusion WHERE agenda_item_id = ? ORDER BY position, id", [item_id]
        ).fetchall()
    stored = _keys_of("\n".join(text for (text,) in rows))
    must(stored >= acknowledged, f"{acknowledged} keys were acknowledged, {stored} are stored")
    must(stored >= old or not well, f"{old} keys were older than 100 ms, {stored} are stored")
    if target.exists():
        read_blocks(target)  # raises for a file that is not whole
    return max((number for number, _ in handled), default=0), acknowledged, stored


def _keys_of(text: str) -> int:
    """Return how many keys of the script a text is. Raises LostError when it is not theirs."""
    typed = SCRIPT * (len(text) // len(SCRIPT) + 1)
    if not typed.startswith(text):
        at = next(i for i, (a, b) in enumerate(zip(text, typed, strict=False)) if a != b)
        around = slice(max(0, at - 40), at + 80)
        raise LostError(f"never typed at {at}: stored {text[around]!r}, typed {typed[around]!r}")
    return len(text)


@cache
def with_an_empty_item() -> bytes:
    """Return the bytes of a database whose latest meeting has nothing in its first item."""
    with tempfile.TemporaryDirectory(prefix="pan-kill-") as folder:
        file = Path(folder) / "essai.sqlite3"
        file.write_bytes(filled_database())
        office = Office(str(file))
        latest = office.run(meetings.list_meetings).result[0]
        plan_id = office.run(meetings.view_meeting, meeting_id=latest.id).result.record.plan.id
        meeting_id = office.run(
            meetings.create_meeting,
            plan_id=plan_id,
            edit=meetings.MeetingEdit(latest.body, latest.day + timedelta(days=90), latest.at),
            progress_title="État d’avancement",
        ).result
        office.run(meetings.add_item, meeting_id=meeting_id, title="Divers")
        office.close()
        return file.read_bytes()
