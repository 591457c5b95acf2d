"""Kill programs at work, and look at what is left.

    python -m tests.soak.killing [--kills 1000] [--seed 0] [--kind NAME] [--only NUMBER]

The kinds of work (``kinds``) take turns. The moment of a kill is drawn from its number: some time
after the work began or, half the time, before, within or after one of the calls by which files are
written, flushed and renamed (``tests.faults``). Several programs run at once, one for each core.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.faults import Call, Effect, Fault, Faults
from tests.soak.kind import Facts
from tests.soak.kinds import KINDS
from tests.soak.remains import LostError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.soak.kind import Kind

SIGKILLED = -9
PATIENCE = 60.0
"""In seconds: what has not begun by then, or not come to the call by then, is a fault."""


class Moment(NamedTuple):
    """When a program is killed."""

    seconds: float
    """After its work began, at the latest."""
    call: Call | None = None
    effect: Effect = Effect.KILL
    skip: int = 0
    """So many such calls go through first."""

    def __str__(self) -> str:
        """Return it in words."""
        if self.call is None:
            return f"after {self.seconds:.3f} s"
        return f"{self.effect.name} at {self.call.name} {self.skip}"


class Killed(NamedTuple):
    """What became of one kill."""

    number: int
    kind: str
    moment: Moment
    done: int
    """How much had been answered for."""
    wrong: str = ""


def moment_of(kind: Kind, chance: random.Random) -> Moment:
    """Draw the moment of a kill."""
    if chance.random() < 0.5:
        return Moment(chance.uniform(0.0, kind.longest))
    call = chance.choice(list(kind.moments))
    effect = chance.choice((Effect.KILL, Effect.KILL_AFTER, Effect.KILL_MIDWAY))
    return Moment(PATIENCE, call, effect, chance.randrange(kind.moments[call]))


def kill(kind: Kind, number: int, folder: Path) -> Killed:
    """Let a program work in ``folder``, kill it, and look at what is left."""
    moment = moment_of(kind, random.Random(number))
    (folder / "start").mkdir()
    begin(kind, folder / "start")
    try:
        facts = _facts_of(kind, folder, moment)
        kind.examine(folder / facts.round, facts)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        wrong = f"{type(error).__name__}: {error}".replace("\n", " ")
        return Killed(number, kind.name, moment, 0, wrong[:600])
    return Killed(number, kind.name, moment, len(facts.done) + len(facts.all("s")))


def begin(kind: Kind, place: Path) -> None:
    """Write what a round of that kind begins with."""
    for name, content in _start(kind.name).items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    kind.prepare(place)


def _facts_of(kind: Kind, folder: Path, moment: Moment) -> Facts:
    """Start a program, kill it at that moment, and return what it said of its last round."""
    faults = Faults(folder)
    # Nothing of the user's own: settings, data, copies lie in the folder too.
    own = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    environment = os.environ | own | faults.environment() | {"QT_QPA_PLATFORM": "offscreen"}
    with (
        tempfile.TemporaryFile() as complained,
        subprocess.Popen(
            kind.command(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complained,
            env=environment,
            text=True,
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        watch = threading.Timer(PATIENCE, process.kill)
        watch.start()
        lines = [process.stdout.readline().rstrip("\n")]
        watch.cancel()
        if moment.call is not None:
            faults.add(Fault(f"{folder}/*", moment.call, moment.effect, skip=moment.skip))
        died: list[int] = []
        watch = threading.Timer(moment.seconds, _end, (process, died))
        watch.start()
        with suppress(BrokenPipeError):
            os.write(process.stdin.fileno(), b"go\n")
        lines += process.stdout.read().splitlines()
        watch.cancel()
        code = process.wait()
        complained.seek(0)
        said = complained.read().decode(errors="replace").strip().splitlines()[-3:]
    if code != SIGKILLED or not lines[0].startswith("b"):
        raise LostError(f"it ended by itself: {code} {lines[-2:]} {said}")
    return Facts(lines, died[0] if died else 0)


def _end(process: subprocess.Popen[str], died: list[int]) -> None:
    died.append(time.monotonic_ns())
    process.kill()


@cache
def _start(name: str) -> dict[str, bytes]:
    return dict(KINDS[name].start())


def one(name: str, number: int) -> Killed:
    """Kill a program of that kind once, in a folder of its own that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="pan-kill-", ignore_cleanup_errors=True) as folder:
        return kill(KINDS[name], number, Path(folder))


def run(kills: int, seed: int, names: Sequence[str] = tuple(KINDS)) -> int:
    """Kill as often as asked, the kinds taking turns; print what was seen.

    Return how many kills left something wrong.
    """
    print(f"{kills} kills of {', '.join(names)}, --seed {seed}", flush=True)
    numbers = range(seed, seed + kills)
    asked = [names[number % len(names)] for number in numbers]
    found: list[Killed] = []
    # Started anew, not split off: a worker must not share what this process has open.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for killed in pool.map(one, asked, numbers):
            found.append(killed)
            if killed.wrong:
                print(told(killed), flush=True)
    for name in names:
        mine = [killed for killed in found if killed.kind == name]
        calls = sum(killed.moment.call is not None for killed in mine)
        print(
            f"{name}: {len(mine)} kills, {calls} of them at a call, {sum(k.done for k in mine)} "
            f"changes answered for before, {sum(bool(k.wrong) for k in mine)} went wrong"
        )
    return sum(bool(killed.wrong) for killed in found)


def told(killed: Killed) -> str:
    """Return what went wrong in words, with what does it again."""
    again = f"--kind {killed.kind} --only {killed.number}"
    return f"{again} ({killed.moment}): {killed.wrong}"


def main() -> int:
    """Kill as often as asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.killing")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=[*KINDS], action="append")
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    names = options.kind or [*KINDS]
    if options.only is None:
        return int(run(options.kills, options.seed, names) > 0)
    folder = Path(tempfile.mkdtemp(prefix="pan-kill-"))
    print(folder)
    killed = kill(KINDS[names[0]], options.only, folder)
    print(told(killed))
    return int(bool(killed.wrong))


if __name__ == "__main__":
    sys.exit(main())
