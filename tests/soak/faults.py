"""Let the disk fail below SQLite while somebody works, and look at what is left.

    python -m tests.soak.faults [--count 200] [--seed N] [--only NUMBER]

Each run has one fault, drawn from its number: a call that fails on the database, its log or its
index, at a moment among all those a quiet run has, once or until the disk is well again; often a
SIGKILL follows. What works is a process of its own (``at_work``), and now and then the real
window (``typist``). It prints what was acknowledged; the database is then opened.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from pan_desktop.app import meetings, safety, search
from pan_desktop.app.office import Office
from pan_desktop.documents.docx.reader import read_blocks
from pan_desktop.domain.errors import PanError
from pan_desktop.domain.searching import SearchFilters
from tests.faults import Call, Effect, Fault, Faults
from tests.soak.at_work import STEPS
from tests.soak.killing import begin
from tests.soak.kind import Facts
from tests.soak.kind_typing import Typing, remains_of, with_an_empty_item
from tests.soak.remains import LostError

BASE, LOG, INDEX, ALL = FILES = ("*/essai.sqlite3", "*-wal", "*-shm", "*essai*")
ERRORS = {
    Call.WRITE: (errno.ENOSPC, errno.EIO, errno.EDQUOT),
    Call.SYNC: (errno.EIO, errno.ENOSPC),
    Call.OPEN: (errno.EIO, errno.EROFS, errno.EMFILE),
    Call.READ: (errno.EIO,),
    Call.TRUNCATE: (errno.EIO, errno.ENOSPC),
    Call.MAP: (errno.ENOMEM,),
    Call.UNLINK: (errno.EIO, errno.EROFS),
    Call.RENAME: (errno.EIO, errno.EXDEV),
}
WINDOW_EVERY = 8
"""Each so manieth run types into the real window."""
MOMENTS = {
    (Call.WRITE, BASE): 2500,
    (Call.WRITE, LOG): 7000,
    (Call.WRITE, INDEX): 48,
    (Call.WRITE, ALL): 9500,
    (Call.SYNC, BASE): 8,
    (Call.SYNC, LOG): 125,
    (Call.SYNC, ALL): 133,
    (Call.OPEN, BASE): 5,
    (Call.OPEN, LOG): 5,
    (Call.OPEN, INDEX): 5,
    (Call.READ, BASE): 10000,
    (Call.READ, LOG): 4000,
    (Call.TRUNCATE, ALL): 10,
    (Call.MAP, INDEX): 5,
    (Call.UNLINK, ALL): 10,
    (Call.RENAME, ALL): 5,
}
"""How many calls a quiet run makes, roughly: the moments at which one may fail."""
LIKELY = (*[Call.WRITE] * 7, *[Call.SYNC] * 5, Call.READ, *ERRORS)
"""Calls are drawn from here; what is in no ``ERRORS`` is drawn again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes wrong in one run."""

    number: int
    fault: Fault
    patience: int
    """So many refusals are borne until the disk is well again."""
    kill_after: int | None
    """The line of what she says after which she is killed, None to let her end."""
    keeps: bool
    """Whether what cannot be written is kept beside, as the window does it."""

    def __str__(self) -> str:
        fault = self.fault
        times = "until well" if fault.times == 0 else f"{fault.times} times"
        error = errno.errorcode.get(fault.error, "")
        killed = "" if self.kill_after is None else f", killed after line {self.kill_after}"
        killed += ", kept beside" if self.keeps else ""
        return (
            f"--only {self.number}: {fault.calls.name} of {fault.pattern} {fault.effect.name} "
            f"{error} after {fault.skip} calls, {times}, chance {fault.chance:.2f}{killed}"
        )


# Who watches it --------------------------------------------------------------------------


def planned(number: int) -> Plan:
    """Return what goes wrong in the run of that number, the same each time."""
    chance = random.Random(number)
    while True:
        call, pattern = chance.choice(LIKELY), chance.choice(FILES)
        calls = MOMENTS.get((call, pattern), 0)
        if calls:
            break
    effect = Effect.ERROR
    if call is Call.WRITE and chance.random() < 0.35:
        effect = chance.choice((Effect.SHORT, Effect.SHORT, Effect.KILL_MIDWAY))
    elif chance.random() < 0.08:
        effect = chance.choice((Effect.KILL, Effect.KILL_AFTER, Effect.DELAY))
    fault = Fault(
        pattern,
        call,
        effect,
        chance.choice(ERRORS[call]),
        # The beginning has moments of its own: opening, the first commit.
        skip=chance.randrange(calls) if chance.random() < 0.85 else chance.randrange(4),
        times=chance.choice((1, 1, 3, 0)),
        chance=chance.choice((1.0, 1.0, 0.3)),
        seed=number,
        delay=0.02 if effect is Effect.DELAY else 0.0,
    )
    killed = chance.randrange(5, 2 * STEPS) if chance.random() < 0.4 else None
    return Plan(number, fault, chance.choice((1, 4, 12)), killed, chance.random() < 0.5)


def _let_work(folder: Path, faults: Faults, plan: Plan) -> tuple[list[str], int]:
    """Let her work; return what she said and her exit code."""
    database = folder / "essai.sqlite3"
    database.write_bytes(with_an_empty_item())
    command = [sys.executable, "-m", "tests.soak.at_work", str(database)]
    command += [str(folder / "données")] if plan.keeps else []
    environment = os.environ | faults.environment()
    facts: list[str] = []
    with (
        tempfile.TemporaryFile() as complained,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=complained,
            env=environment,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            facts.append(line.rstrip("\n"))
            refused = sum(map(_refused, facts))
            if refused == plan.patience and _refused(facts[-1]):
                faults.clear()
            if len(facts) == plan.kill_after:
                process.send_signal(signal.SIGKILL)
        code = process.wait()
        complained.seek(0)
        facts += [f"stderr {line.decode()}" for line in complained.read().splitlines()[-3:]]
    return facts, code


@dataclass(frozen=True, slots=True)
class Remains:
    """What one run left behind."""

    plan: Plan
    hit: bool
    """Whether the fault met a call."""
    refused: int
    acknowledged: int
    killed: bool


def examine(folder: Path, number: int) -> Remains:
    """Do the run of that number in ``folder``. Raises LostError for anything that is wrong."""
    plan = planned(number)
    faults = Faults(folder)
    rule = faults.add(plan.fault)
    facts, code = _let_work(folder, faults, plan)
    hit = faults.hit(rule) > 0
    crashed = [fact for fact in facts if fact.startswith(("c ", "stderr "))]
    if crashed or code not in {0, -signal.SIGKILL}:
        raise LostError(f"crashed: {crashed or code}")
    if code == 0 and facts[-1] != "e":
        raise LostError(f"ended in the middle: {facts[-3:]}")
    if plan.keeps:
        _resume(folder)
    acknowledged = judge(folder, facts)
    refused = sum(map(_refused, facts))
    return Remains(plan, hit, refused, acknowledged, code != 0)


def examine_window(folder: Path, number: int) -> Remains:
    """Type into the real window while the disk fails, and kill it; look at what is left.

    Raises LostError when a key that the window had said to be on disk is not, neither in the
    database nor in what was kept beside it, or when no key can be stored any more.
    """
    plan, kind = planned(number), Typing()
    chance = random.Random(number)
    begins, lasts = chance.randrange(5, 60), chance.randrange(10, 120)
    faults = Faults(folder)
    begin(kind, folder / "start")
    own = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    environment = os.environ | own | faults.environment() | {"QT_QPA_PLATFORM": "offscreen"}
    lines: list[str] = []
    with subprocess.Popen(
        kind.command(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        keys, rule = 0, None
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            keys += line.startswith("k ")
            if rule is None and keys == begins:
                rule = faults.add(replace(plan.fault, skip=plan.fault.skip % 20))
            if keys == begins + lasts:
                process.kill()
        if process.wait() != -signal.SIGKILL or rule is None:
            raise LostError(f"the window ended by itself: {lines[-3:]}")
    _resume(folder / "start")
    handled, acknowledged, stored = remains_of(folder / "start", Facts(lines), well=False)
    if stored > handled:
        raise LostError(f"{handled} keys were typed, {stored} are stored")
    _use_it(folder / "start" / "essai.sqlite3")
    return Remains(plan, faults.hit(rule) > 0, 0, acknowledged, killed=True)


def _refused(fact: str) -> bool:
    return fact.startswith("f ") or fact == "w"


def _resume(folder: Path) -> None:
    """Open the database as the window does, and take in what earlier sessions had kept."""
    office = Office(str(folder / "essai.sqlite3"), data=folder / "données")
    for left in safety.left_over(office):
        safety.resume(office, file=left.file)
    if safety.left_over(office):
        raise LostError("what was resumed is left once more")
    office.close()


def judge(folder: Path, facts: list[str]) -> int:
    """Compare the database with what was said; return how much was acknowledged."""
    database = folder / "essai.sqlite3"
    tried = {fact[2:] for fact in facts if fact.startswith("t ")}
    done = {fact[2:] for fact in facts if fact.startswith("a ")}
    grown = [fact[2:] for fact in facts if fact.startswith("v ")]
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise LostError(f"integrity_check: {found[:3]}")
        if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
            raise LostError(f"foreign_key_check: {broken[:3]}")
        texts = [text for (text,) in connection.execute("SELECT text FROM conclusion")]
    counts = Counter(t.removeprefix("point n° ") for t in texts if t.startswith("point n° "))
    if lost := done - counts.keys():
        raise LostError(f"acknowledged and lost: {sorted(lost)}")
    if never := counts.keys() - tried:
        raise LostError(f"never written: {sorted(never)}")
    if twice := [token for token, count in counts.items() if count > 1]:
        raise LostError(f"written twice: {twice}")
    words = [text for text in texts if text.startswith("mots")]
    if len(words) > 1 or (grown and (not words or not words[0].startswith(grown[-1]))):
        raise LostError(f"the growing text is {words}, and was {grown[-1:]}")
    if "x" in facts:
        read_blocks(folder / "Relevé essai.docx")  # raises for a file that is not whole
    _use_it(database)
    return len(done)


def _use_it(database: Path) -> None:
    """Open the database with the program, write into it and search it."""
    office = Office(str(database))
    latest = office.run(meetings.list_meetings).result[0]
    office.run(meetings.add_item, meeting_id=latest.id, title="Après la panne")
    if not search.search(office, text="panne", filters=SearchFilters()):
        raise LostError("what is written afterwards is not found")
    office.close()


def run(count: int, seed: int) -> int:
    """Do so many runs from a number on, print what was seen, and return how many went wrong."""
    print(f"{count} faults below SQLite, --seed {seed}", flush=True)
    wrong, seen = 0, []
    with tempfile.TemporaryDirectory(prefix="pan-faults-") as name:
        for number in range(seed, seed + count):
            folder = Path(name) / str(number)
            folder.mkdir()
            try:
                look = examine_window if number % WINDOW_EVERY == 0 else examine
                seen.append(look(folder, number))
            except (LostError, AssertionError, PanError, sqlite3.Error) as error:
                wrong += 1
                print(f"{planned(number)}: {type(error).__name__}: {error}", flush=True)
            shutil.rmtree(folder)
            if (number - seed) % 20 == 19:
                print(f"… {number - seed + 1}", flush=True)
    kinds = Counter(remains.plan.fault.calls.name for remains in seen if remains.hit)
    print(
        f"{sum(r.hit for r in seen)} faults met a call "
        f"({', '.join(f'{number} {name}' for name, number in kinds.most_common())}), "
        f"{sum(r.refused for r in seen)} refusals, {sum(r.killed for r in seen)} kills, "
        f"{sum(r.acknowledged for r in seen)} changes acknowledged, {wrong} runs went wrong"
    )
    return wrong


def main() -> int:
    """Do as many runs as asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.faults")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    if options.only is None:
        return int(run(options.count, options.seed) > 0)
    print(planned(options.only))
    look = examine_window if options.only % WINDOW_EVERY == 0 else examine
    print(look(Path(tempfile.mkdtemp(prefix="pan-fault-")), options.only))
    return 0


if __name__ == "__main__":
    sys.exit(main())
