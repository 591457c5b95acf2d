"""Kill the program while it is typed into, and look at what is left."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from time import monotonic_ns, sleep

from pan_desktop.app import meetings
from pan_desktop.app.office import Office
from pan_desktop.documents.docx.reader import read_blocks
from tests.builders import filled_database
from tests.soak.typist import SCRIPT

OLD_NS = 100_000_000
"""A key older than this when the process died must be in the database."""
LONGEST = 3.0
"""The latest moment of a kill, in seconds after the first key."""


@dataclass(frozen=True, slots=True)
class Remains:
    """What one kill left behind."""

    keys: int
    """How many keys had been handled."""
    acknowledged: int
    old: int
    """How many keys were older than ``OLD_NS``."""
    stored: int
    """How many keys the database holds."""
    exported: bool


class LostError(AssertionError):
    """Something that was to be kept is not there."""


def kill(folder: Path, after: float) -> Remains:
    """Let a typist work on a database of her own in ``folder``; kill her ``after`` seconds.

    Raises LostError when anything is missing that the program answers for.
    """
    database, target = folder / "essai.sqlite3", folder / "Relevé.docx"
    database.write_bytes(with_an_empty_item())
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder)}
    command = [sys.executable, "-m", "tests.soak.typist", str(database), str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as typist:
        assert typist.stdout is not None
        begun = typist.stdout.readline().decode().split()
        if not begun:
            raise LostError("the typist never began to type")
        sleep(after)
        died = monotonic_ns()
        typist.send_signal(signal.SIGKILL)
        facts = typist.stdout.read().decode().splitlines()
        if typist.wait() != -signal.SIGKILL:
            raise LostError(f"the typist ended by herself: {typist.returncode}")
    return _examined(database, target, begun[1], facts, died)


def _examined(database: Path, target: Path, item_id: str, facts: list[str], died: int) -> Remains:
    keys = [line.split() for line in facts if line.startswith("k ") and line.count(" ") == 2]
    handled = [(int(number), int(at)) for _, number, at in keys]
    told = [int(line.split()[1]) for line in facts if line.startswith("s ")]
    acknowledged = max(told, default=0)
    old = max((number for number, at in handled if died - at > OLD_NS), default=0)
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise LostError(f"integrity_check: {found}")
        rows = connection.execute(
            "SELECT text FROM conclusion WHERE agenda_item_id = ? ORDER BY position, id", [item_id]
        ).fetchall()
    stored = _keys_of("\n".join(text for (text,) in rows))
    if stored < acknowledged:
        raise LostError(f"{acknowledged} keys were acknowledged, {stored} are stored")
    if stored < old:
        raise LostError(f"{old} keys were older than 100 ms, {stored} are stored")
    if target.exists():
        read_blocks(target)  # raises for a file that is not whole
    count = max((number for number, _ in handled), default=0)
    return Remains(count, acknowledged, old, stored, target.exists())


def _keys_of(text: str) -> int:
    """Return how many keys of the script a text is. Raises LostError when it is not theirs."""
    typed = SCRIPT * (len(text) // len(SCRIPT) + 1)
    if not typed.startswith(text):
        raise LostError(f"what is stored was never typed: {text[-80:]!r}")
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


def run(kills: int, seed: int) -> None:
    """Kill as often as asked, and print what was seen. Raises LostError."""
    chance = random.Random(seed)
    exported = keys = 0
    youngest = 0
    with tempfile.TemporaryDirectory(prefix="pan-kill-") as name:
        for number in range(kills):
            folder = Path(name) / str(number)
            folder.mkdir()
            remains = kill(folder, chance.uniform(0.05, LONGEST))
            keys += remains.keys
            exported += remains.exported
            youngest = max(youngest, remains.keys - remains.stored)
            shutil.rmtree(folder)
    print(f"{keys} keys, {exported} files exported, at most {youngest} of the last keys not stored")
